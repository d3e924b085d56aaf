//! A real network at one block, read from a file: stakes, weights, and what else is known.
//!
//! Bytes become text (`text`), text becomes a draft by its form (`json`; `slots`: a row a slot;
//! `edges`: a row a weight), the draft becomes a [`Metagraph`] (`draft`), checked: uids have
//! slots, none appears twice, numbers are of their unit (`number`). What is wrong is reported
//! with the place it stands at and a way to mend it, all findings of a stage at once.

mod draft;
mod edges;
mod json;
mod lines;
mod number;
mod slots;
mod text;

pub use text::MAX_BYTES;

use protocol::Amount;

use crate::scenario::file::FileError;

/// The entries of one row: (uid, value), ascending by uid, none zero.
pub type Entries = Vec<(u16, u16)>;

/// A network's slots at one block. Slots are numbered from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metagraph {
    /// Where the numbers come from; may be empty.
    pub source: String,
    /// Stake of each slot, in base units: 10^9 of them are a token.
    pub stakes: Vec<Amount>,
    /// Weight rows by slot, ascending: each scaled so that its largest weight is 65535.
    pub weights: Vec<(u16, Entries)>,
    /// Bond rows by slot, ascending: 65535ths, as the network stores them.
    pub bonds: Vec<(u16, Entries)>,
    /// Who has a permit; whoever the stakes give one to where it is not known.
    pub permits: Option<Vec<bool>>,
    /// Block of each slot's last submission; the block of the file where it is not known.
    pub last_update: Option<Vec<u64>>,
    /// Block in which each slot was taken; 0 where it is not known.
    pub registered: Option<Vec<u64>>,
    /// The block of the file; one after all that are named where it is not known.
    pub block: Option<u64>,
    /// The block of the last close: slots taken since then keep no bonds.
    pub last_close: Option<u64>,
    /// The slot that may weigh itself.
    pub owner: Option<u16>,
    /// Columns of the file that mean nothing here.
    pub unread: Vec<String>,
}

impl Metagraph {
    /// Number of slots.
    pub fn slots(&self) -> usize {
        self.stakes.len()
    }
}

/// Reads a metagraph. `name` is the file's, for messages; `stakes` is a second file with the
/// stakes, where the first has none (name and bytes).
///
/// What begins with `{` is JSON; everything else is CSV, of which the header says the form.
///
/// # Errors
/// What is wrong with it, with places.
pub fn read(
    name: &str,
    bytes: &[u8],
    stakes: Option<(&str, &[u8])>,
) -> Result<Metagraph, FileError> {
    let text = text::checked(name, bytes)?;
    let mut draft = draft_of(name, text)?;
    if let Some((name, bytes)) = stakes {
        let text = text::checked(name, bytes)?;
        draft.take_stakes(draft_of(name, text)?, name)?;
    }
    draft.finish(name)
}

/// The numbers of a file, not yet checked against each other.
fn draft_of(name: &str, text: &str) -> Result<draft::Draft, FileError> {
    if text.trim_start().starts_with(['{', '[']) {
        return json::draft(name, text);
    }
    let lines = lines::Lines::new(name, text)?;
    match lines.has("from") || lines.has("to") {
        true => edges::draft(&lines),
        false => slots::draft(&lines),
    }
}
