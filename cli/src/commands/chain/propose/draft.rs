//! A proposal as a file.

use std::path::Path;

use cosmwasm_std::CosmosMsg;
use interface::governor::TrackMsg;
use protocol::Track;
use serde::Deserialize;

use crate::args::chain;
use crate::commands::chain::session::usage;
use crate::exit::Outcome;

/// What is proposed.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// One line.
    pub(super) title: String,
    /// At length.
    pub(super) description: String,
    /// Under which rules; the least that it needs where absent.
    pub(super) track: Option<Track>,
    /// What a yes does; a signal where empty.
    pub(super) msgs: Vec<CosmosMsg>,
    /// What parameters are and become, for people.
    pub(super) changes: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DraftFile {
    title: String,
    #[serde(default)]
    description: String,
    track: Option<TrackMsg>,
    #[serde(default)]
    msgs: Vec<CosmosMsg>,
}

impl Draft {
    /// Reads `{"title", "description", "track", "msgs"}`; messages are the chain's.
    ///
    /// # Errors
    /// A file that cannot be read or is none.
    pub(super) fn read(path: &Path) -> Outcome<Self> {
        let wrong = |why: String| usage(format!("{}: {why}", path.display()));
        let text = std::fs::read(path).map_err(|error| wrong(error.to_string()))?;
        let file: DraftFile =
            serde_json::from_slice(&text).map_err(|error| wrong(error.to_string()))?;
        let DraftFile { title, description, track, msgs } = file;
        let track = track.map(Track::from);
        Ok(Self { title, description, track, msgs, changes: Vec::new() })
    }
}

/// A track as it is written after `--track`.
pub(super) const fn track(track: chain::Track) -> Track {
    match track {
        chain::Track::Ordinary => Track::Ordinary,
        chain::Track::Constitutional => Track::Constitutional,
        chain::Track::Emergency => Track::Emergency,
    }
}
