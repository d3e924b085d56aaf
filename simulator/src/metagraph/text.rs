//! From bytes to text.

use crate::scenario::file::{FileError, Problem};

/// The longest file that is read: a dense row for each of 4,096 validators of 4,096 slots.
pub const MAX_BYTES: u64 = 256 << 20;

/// The bytes as text, without a byte order mark.
pub(super) fn checked<'a>(name: &str, bytes: &'a [u8]) -> Result<&'a str, FileError> {
    let failed = |what: String, fix: &str| FileError::from(Problem::at(name, what, fix));
    if bytes.len() as u64 > MAX_BYTES {
        let what = format!("has more than {MAX_BYTES} bytes");
        return Err(failed(what, "leave out weights that are zero: absent equals zero"));
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(failed("is UTF-16".into(), "save the file as UTF-8"));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        let line = bytes.iter().take(at).filter(|byte| **byte == b'\n').count() + 1;
        failed(format!("line {line}: byte {at} is not UTF-8"), "save the file as UTF-8")
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(failed("is empty".into(), "see docs/score.md for what may be in it"));
    }
    Ok(text)
}
