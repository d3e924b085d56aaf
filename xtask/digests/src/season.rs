//! Ten epochs of the quickstart on the native engine.

use std::fmt::Display;

use simulator::run::Season;
use simulator::scenario::file::{self, Source};

/// How many epochs are played.
pub(crate) const EPOCHS: u64 = 10;
/// The scenario, below the folder of scenarios.
const SCENARIO: &str = "quickstart.toml";

/// The scenario's files, compiled in: a wasm32 module has no disk.
struct CompiledIn;

impl Source for CompiledIn {
    fn bytes(&self, path: &str) -> Result<Vec<u8>, String> {
        let text: &[u8] = match path {
            SCENARIO => include_bytes!("../../../scenarios/quickstart.toml"),
            "data/subnet15.json" => include_bytes!("../../../scenarios/data/subnet15.json"),
            _ => return Err(format!("{path} is not compiled in; name it in xtask/digests")),
        };
        Ok(text.to_vec())
    }
}

/// The state hash after [`EPOCHS`] epochs of the first run.
///
/// # Errors
/// What is wrong with the scenario, in words.
pub(crate) fn state_hash() -> Result<[u8; 32], String> {
    let scenario = file::read(&CompiledIn, SCENARIO).map_err(in_words)?;
    let mut season = Season::open(&scenario, 0, false, &mut ()).map_err(in_words)?;
    for epoch in 0..EPOCHS {
        // Nobody listens, so nobody breaks the run.
        let _ = season.epoch(epoch, &mut ()).map_err(in_words)?;
    }
    Ok(season.into_world().state_hash())
}

fn in_words(error: impl Display) -> String {
    error.to_string()
}
