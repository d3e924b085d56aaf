//! Files that are whole at any moment, whatever ends the command.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use serde::Serialize;

/// Writes a file whole: to one beside it, onto the disk, and over the old one.
///
/// # Errors
/// The disk is full, or the folder cannot be written.
pub(crate) fn replace(path: &Path, content: &impl Serialize) -> std::io::Result<()> {
    let mut text = serde_json::to_string_pretty(content)?;
    text.push('\n');
    let beside = path.with_extension("new");
    let mut file = File::create(&beside)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&beside, path)?;
    // The new name is on the disk once its folder is.
    match path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) => File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}
