//! Files by content: walk, hash, replace.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::failure::{Failure, Outcome};
use crate::process;

/// Every file below `folder` in path order, leaving out folders that `skip` names.
///
/// # Errors
/// A folder cannot be read.
pub(crate) fn walk(folder: &Path, skip: &dyn Fn(&Path) -> bool) -> Outcome<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).map_err(|error| cannot("read", &next, &error))? {
            let entry = entry.map_err(|error| cannot("read", &next, &error))?;
            let kind = entry.file_type().map_err(|error| cannot("read", &next, &error))?;
            let path = entry.path();
            if kind.is_dir() && !skip(&path) {
                open.push(path);
            } else if kind.is_file() {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Reads a file whole.
///
/// # Errors
/// The file cannot be read; the failure names it.
pub(crate) fn read(path: &Path) -> Outcome<Vec<u8>> {
    fs::read(path).map_err(|error| cannot("read", path, &error))
}

/// Reads a text file whole.
///
/// # Errors
/// The file cannot be read or is not UTF-8; the failure names it.
pub(crate) fn read_text(path: &Path) -> Outcome<String> {
    fs::read_to_string(path).map_err(|error| cannot("read", path, &error))
}

/// Writes beside, then renames: a reader never sees half a file.
///
/// # Errors
/// The folder cannot be made, or the file not written.
pub(crate) fn replace(path: &Path, content: &[u8]) -> Outcome {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(|error| cannot("create", folder, &error))?;
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".{}.part", std::process::id()));
    let beside = folder.join(name);
    fs::write(&beside, content).map_err(|error| cannot("write", &beside, &error))?;
    fs::rename(&beside, path).map_err(|error| cannot("replace", path, &error))
}

/// Removes a folder with all that is in it, if it is there.
///
/// # Errors
/// It cannot be removed.
pub(crate) fn clear(folder: &Path) -> Outcome {
    if !folder.exists() {
        return Ok(());
    }
    fs::remove_dir_all(folder).map_err(|error| cannot("clear", folder, &error))
}

/// What git tracks or would track of a work tree, and is there.
///
/// # Errors
/// There is no git.
pub(crate) fn sources(root: &Path) -> Outcome<Vec<String>> {
    let listing = process::capture(
        std::process::Command::new("git")
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .current_dir(root),
    )?;
    let names = listing.split('\0').filter(|name| !name.is_empty() && root.join(name).is_file());
    Ok(names.map(str::to_owned).collect())
}

/// Copies the [`sources`].
///
/// # Errors
/// There is no git, or a file cannot be copied.
pub(crate) fn copy_sources(from: &Path, to: &Path) -> Outcome {
    for name in sources(from)? {
        replace(&to.join(&name), &read(&from.join(&name))?)?;
    }
    Ok(())
}

/// The sha256 of `content` in lower-case hex.
pub(crate) fn sha256(content: &[u8]) -> String {
    hex(&Sha256::digest(content))
}

/// A hash over named contents in the order they are given.
pub(crate) struct ContentHash(Sha256);

impl ContentHash {
    /// The hash of nothing yet.
    pub(crate) fn new() -> Self {
        Self(Sha256::new())
    }

    /// Adds one named content; both are length-prefixed, so that no two lists collide.
    pub(crate) fn add(&mut self, name: &str, content: &[u8]) {
        for part in [name.as_bytes(), content] {
            self.0.update((part.len() as u64).to_be_bytes());
            self.0.update(part);
        }
    }

    /// The hash in lower-case hex.
    pub(crate) fn finish(self) -> String {
        hex(&self.0.finalize())
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn cannot(verb: &str, path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(format!("cannot {verb} {}", path.display())).because(error)
}

#[cfg(test)]
mod tests {
    use super::{ContentHash, read_text, replace, sha256, walk};

    #[test]
    fn sha256_of_abc_is_the_standard_vector() {
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256(b"abc"), expected);
    }

    #[test]
    fn a_content_hash_tells_where_a_name_ends() {
        let hash = |name: &str, content: &str| {
            let mut hash = ContentHash::new();
            hash.add(name, content.as_bytes());
            hash.finish()
        };
        assert_ne!(hash("ab", "c"), hash("a", "bc"));
        assert_eq!(hash("ab", "c"), hash("ab", "c"));
    }

    #[test]
    fn replace_leaves_one_file_and_walk_skips_what_it_is_told() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        replace(&folder.path().join("kept/a.txt"), b"one").expect("it is written");
        replace(&folder.path().join("kept/a.txt"), b"two").expect("it is replaced");
        replace(&folder.path().join("left/b.txt"), b"x").expect("it is written");
        let found = walk(folder.path(), &|path| path.ends_with("left")).expect("it is read");
        assert_eq!(found, [folder.path().join("kept/a.txt")]);
        assert_eq!(read_text(&found[0]).expect("it is there"), "two");
    }
}
