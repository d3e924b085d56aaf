//! A report's folder, which appears whole or not at all.
//!
//! Everything is written into a hidden folder beside the place where the report is to be. Only
//! when it is complete do two renames put it there; a report that was there before is removed
//! after that. An error or an interrupt before the renames leaves the old report untouched.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::data::{ReportData, WrittenFile};
use super::error::ReportError;
use super::{Outputs, render};

/// The machine-readable output, which also tells a report's folder from any other.
pub(super) const JSON: &str = "report.json";
/// The page.
pub(super) const HTML: &str = "report.html";
/// The summary.
pub(super) const MARKDOWN: &str = "summary.md";

/// A file to be written into the report's folder besides its three outputs.
#[derive(Clone, Copy, Debug)]
pub struct ExtraFile<'a> {
    /// Its relative path in the folder, with `/` between parts.
    pub name: &'a str,
    /// Its content.
    pub bytes: &'a [u8],
}

/// Writes the report of `data`, and `extra` files, as the folder `dir`.
///
/// # Errors
/// Nothing is lost on any error: see [`ReportError`].
pub fn write(dir: &Path, data: &ReportData, extra: &[ExtraFile<'_>]) -> Result<(), ReportError> {
    let mut draft = Draft::beside(dir)?;
    for file in extra {
        draft.add(file.name, file.bytes)?;
    }
    draft.publish(data)
}

/// A report's folder in the making.
///
/// For files too large to hold in memory: write them to [`Draft::path`], then [`Draft::publish`].
/// A draft that is dropped removes itself.
#[derive(Debug)]
pub struct Draft {
    target: PathBuf,
    folder: PathBuf,
}

impl Draft {
    /// Begins a report that is to become the folder `dir`; its parents are made if need be.
    ///
    /// # Errors
    /// When there is something at `dir` that must not be replaced, or nothing can be written
    /// beside it.
    pub fn beside(dir: &Path) -> Result<Self, ReportError> {
        let target = resolve(dir)?;
        replaceable(&target)?;
        for attempt in 0_u32.. {
            let folder = sibling(&target, &format!("partial-{}-{attempt}", std::process::id()));
            match fs::create_dir(&folder) {
                Ok(()) => return Ok(Self { target, folder }),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(ReportError::io("create", folder, error)),
            }
        }
        Err(ReportError::io("create", target, io::ErrorKind::AlreadyExists.into()))
    }

    /// Where the file `name` is to be written; the folders above it are made.
    ///
    /// # Errors
    /// When `name` is not a plain relative path, or is one of the three outputs.
    pub fn path(&self, name: &str) -> Result<PathBuf, ReportError> {
        let relative = Path::new(name);
        let plain = relative.components().all(|part| matches!(part, Component::Normal(_)));
        if !plain || name.is_empty() || [JSON, HTML, MARKDOWN].contains(&name) {
            return Err(ReportError::FileName { name: name.to_owned() });
        }
        let path = self.folder.join(relative);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|error| ReportError::io("create", parent, error))?;
        }
        Ok(path)
    }

    /// Adds the file `name`.
    ///
    /// # Errors
    /// As [`Draft::path`], when there is such a file already, or when it cannot be written.
    pub fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), ReportError> {
        let path = self.path(name)?;
        if path.exists() {
            return Err(ReportError::FileName { name: name.to_owned() });
        }
        fs::write(&path, bytes).map_err(|error| ReportError::io("write", path, error))
    }

    /// Writes the three outputs beside the files added so far, and puts the folder in its place.
    /// In `report.json`, [`ReportData::files`] lists those files whatever `data` says.
    ///
    /// # Errors
    /// When the data are defective, or writing or renaming fails.
    pub fn publish(self, data: &ReportData) -> Result<(), ReportError> {
        let data = ReportData { files: written(&self.folder)?, ..data.clone() };
        let Outputs { html, markdown, json } = render(&data)?;
        for (name, content) in [(HTML, html), (MARKDOWN, markdown), (JSON, json)] {
            let path = self.folder.join(name);
            fs::write(&path, content).map_err(|error| ReportError::io("write", path, error))?;
        }
        self.swap()
    }

    fn swap(self) -> Result<(), ReportError> {
        // Again, because the run may have taken hours.
        replaceable(&self.target)?;
        let old = sibling(&self.target, &format!("old-{}", std::process::id()));
        let replaced = match fs::rename(&self.target, &old) {
            Ok(()) => true,
            Err(error) if error.kind() == io::ErrorKind::NotFound => false,
            Err(error) => return Err(ReportError::io("replace", &self.target, error)),
        };
        if let Err(error) = fs::rename(&self.folder, &self.target) {
            if replaced {
                fs::rename(&old, &self.target)
                    .map_err(|error| ReportError::io("put back", &old, error))?;
            }
            return Err(ReportError::io("rename to", &self.target, error));
        }
        if replaced {
            fs::remove_dir_all(&old).map_err(|error| ReportError::io("remove", old, error))?;
        }
        Ok(())
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // After publishing, the folder has another name and there is nothing to remove.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The absolute place of a folder that may not exist yet, links followed; its parents are made.
fn resolve(dir: &Path) -> Result<PathBuf, ReportError> {
    match fs::canonicalize(dir) {
        Ok(path) => Ok(path),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let absolute =
                std::path::absolute(dir).map_err(|error| ReportError::io("find", dir, error))?;
            let (Some(parent), Some(name)) = (absolute.parent(), absolute.file_name()) else {
                return Err(ReportError::io("find", dir, io::ErrorKind::InvalidInput.into()));
            };
            fs::create_dir_all(parent).map_err(|error| ReportError::io("create", parent, error))?;
            let parent =
                fs::canonicalize(parent).map_err(|error| ReportError::io("find", parent, error))?;
            Ok(parent.join(name))
        }
        Err(error) => Err(ReportError::io("find", dir, error)),
    }
}

/// Refuses whatever must not be replaced: anything but nothing, an empty folder, or a report with
/// no files besides its own.
fn replaceable(target: &Path) -> Result<(), ReportError> {
    let path = || target.to_path_buf();
    match fs::symlink_metadata(target) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(ReportError::io("look at", target, error)),
        Ok(meta) if !meta.is_dir() => return Err(ReportError::IsFile { path: path() }),
        Ok(_) => {}
    }
    if std::env::current_dir().is_ok_and(|here| here.starts_with(target)) {
        return Err(ReportError::CurrentDirectory { path: path() });
    }
    let present = list(target)?;
    if present.is_empty() {
        return Ok(());
    }
    let Some(mut own) = own_files(target) else {
        return Err(ReportError::NotAReport { path: path() });
    };
    own.extend([JSON, HTML, MARKDOWN].map(str::to_owned));
    let names: Vec<String> = present.difference(&own).take(5).cloned().collect();
    if names.is_empty() { Ok(()) } else { Err(ReportError::ForeignFiles { path: path(), names }) }
}

/// The files that a report lists as its own; `None` if the folder holds no report.
fn own_files(folder: &Path) -> Option<BTreeSet<String>> {
    let bytes = fs::read(folder.join(JSON)).ok()?;
    let report: serde_json::Value = serde_json::from_slice(&bytes).ok()?;
    report.get("schema")?.as_str()?.strip_prefix("moot-report/")?;
    let files = report.get("files").and_then(serde_json::Value::as_array);
    let name = |file: &serde_json::Value| Some(file.get("name")?.as_str()?.to_owned());
    Some(files.into_iter().flatten().filter_map(name).collect())
}

/// The relative paths of all files below a folder, ascending. Links count as files.
fn list(folder: &Path) -> Result<BTreeSet<String>, ReportError> {
    let mut files = BTreeSet::new();
    let mut open = vec![PathBuf::new()];
    while let Some(below) = open.pop() {
        let path = folder.join(&below);
        let failed = |error| ReportError::io("read", &path, error);
        for entry in fs::read_dir(&path).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let name = below.join(entry.file_name());
            if entry.file_type().map_err(failed)?.is_dir() {
                open.push(name);
            } else {
                let parts: Vec<_> = name.iter().map(|part| part.to_string_lossy()).collect();
                files.insert(parts.join("/"));
            }
        }
    }
    Ok(files)
}

/// Name, length and digest of every file below a folder, by name.
fn written(folder: &Path) -> Result<Vec<WrittenFile>, ReportError> {
    let mut files = Vec::new();
    for name in list(folder)? {
        let path = folder.join(&name);
        let failed = |error| ReportError::io("read", &path, error);
        let (bytes, blake3) = digest(fs::File::open(&path).map_err(failed)?).map_err(failed)?;
        files.push(WrittenFile { name, bytes, blake3 });
    }
    Ok(files)
}

/// Length and BLAKE3 of what can be read.
fn digest(mut from: impl io::Read) -> io::Result<(u64, String)> {
    let mut hasher = blake3::Hasher::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match from.read(&mut buffer)? {
            0 => return Ok((hasher.count(), hasher.finalize().to_hex().to_string())),
            got => hasher.update(&buffer[..got]),
        };
    }
}

/// A hidden name beside `target`.
fn sibling(target: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(target.file_name().unwrap_or_default());
    name.push(".");
    name.push(suffix);
    target.with_file_name(name)
}
