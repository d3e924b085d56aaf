//! A copy of the clone with every mutant in it, asleep, and what wakes one in a built file.

use std::collections::BTreeMap;
use std::path::Path;

use super::list::Mutant;
use crate::failure::{Failure, Outcome};
use crate::files::{self, ContentHash};

/// What a built file holds in place of the number of the mutant that is awake: none is.
const ASLEEP: &[u8] = b"moot-mutant=0000";

/// What each crate with a mutant in it gets. The number lies in the file, not in the environment:
/// a contract has none.
const AWAKE: &str = "
/// Whether this is the mutant that is awake.
pub(crate) fn is_awake(number: u32) -> bool {
    static MARK: [u8; 16] = *b\"moot-mutant=0000\";
    let mark = core::hint::black_box(&MARK);
    mark.iter().skip(12).fold(0, |all, digit| all * 10 + u32::from(digit.wrapping_sub(b'0'))) == number
}
";

/// Copies the sources below `from` to `to` with every mutant in them and returns their hash. A file
/// that is there already and the same is left alone, so that cargo builds what has changed.
///
/// # Errors
/// A mutant does not apply, or a file cannot be copied.
pub(super) fn copy(from: &Path, to: &Path, all: &[Mutant]) -> Outcome<String> {
    let mut mutated = mutated(from, all)?;
    let mut hash = ContentHash::new();
    let names = files::sources(from)?;
    for name in &names {
        let content = match mutated.remove(name) {
            Some(text) => text.into_bytes(),
            None => files::read(&from.join(name))?,
        };
        hash.add(name, &content);
        let path = to.join(name);
        if files::read(&path).ok().as_ref() != Some(&content) {
            files::replace(&path, &content)?;
        }
    }
    if to.is_dir() {
        for path in files::walk(to, &|_| false)? {
            let name = path.strip_prefix(to).unwrap_or(&path).to_string_lossy().into_owned();
            if !names.contains(&name) {
                std::fs::remove_file(&path)
                    .map_err(|error| Failure::new("a stale copy stays").because(error))?;
            }
        }
    }
    Ok(hash.finish())
}

/// The files that mutants are in, by name.
fn mutated(root: &Path, all: &[Mutant]) -> Outcome<BTreeMap<String, String>> {
    let mut texts = BTreeMap::new();
    for mutant in all {
        let root_file = mutant.crate_root()?;
        for name in [&mutant.file, &root_file] {
            if !texts.contains_key(name) {
                texts.insert(name.clone(), files::read_text(&root.join(name))?);
            }
        }
        if let Some(text) = texts.get_mut(&mutant.file) {
            // What asks whether it is awake is not constant.
            *text = mutant.applied_to(text)?.replace("const fn ", "fn ");
        }
        if let Some(text) = texts.get_mut(&root_file).filter(|text| !text.ends_with(AWAKE)) {
            text.push_str(AWAKE);
        }
    }
    Ok(texts)
}

/// A built file with one mutant awake.
///
/// # Errors
/// There is none in it.
pub(super) fn awake(built: &[u8], number: u32) -> Outcome<Vec<u8>> {
    let mark = format!("moot-mutant={number:04}");
    let mut woken = built.to_vec();
    let mut times = 0;
    let mut from = 0;
    while let Some(at) = built[from..].windows(ASLEEP.len()).position(|part| part == ASLEEP) {
        let at = from + at;
        woken[at..at + ASLEEP.len()].copy_from_slice(mark.as_bytes());
        (times, from) = (times + 1, at + ASLEEP.len());
    }
    if times == 0 {
        return Err(Failure::new("a built file has no mutant in it")
            .because("the compiler has left the mark out"));
    }
    Ok(woken)
}

#[cfg(test)]
mod tests {
    use super::awake;

    #[test]
    fn the_mark_is_changed_wherever_it_is() {
        let built = b"..moot-mutant=0000,moot-mutant=0000.";
        let woken = awake(built, 12).expect("it has a mark");
        assert_eq!(woken, b"..moot-mutant=0012,moot-mutant=0012.");
        assert!(awake(b"moot-mutant", 12).is_err());
    }
}
