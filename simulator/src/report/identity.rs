//! Which run a report is about.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What names a run completely: enough to repeat it bit for bit and to know what it asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Identity {
    /// The scenario's short name, for instance `quickstart`.
    pub scenario: String,
    /// The scenario's title.
    pub title: String,
    /// The question that it asks.
    pub question: String,
    /// What it takes for granted.
    pub assumptions: Vec<String>,
    /// What its author expected before running it.
    pub expected: String,
    /// Hash of the resolved scenario, in hexadecimal.
    pub scenario_hash: String,
    /// The first seed.
    pub seed: u64,
    /// How many seeds were run, from `seed` upwards.
    pub seeds: u64,
    /// Epochs in each run.
    pub epochs: u64,
    /// Version of the program.
    pub version: String,
    /// The engines that ran it, with the state that each ended in.
    pub engines: Vec<EngineRun>,
    /// The contracts whose Wasm was run. Empty when none was.
    #[serde(default)]
    pub contracts: Vec<Contract>,
    /// The command that reproduces this report, without options that only say where to write or
    /// how fast to go (see [`reproducing`](super::reproducing)).
    pub command: String,
    /// What was scored, where the report is of a file's one epoch and not of a rehearsal. Seeds
    /// then mean nothing, `scenario` is the file and `scenario_hash` the BLAKE3 of its bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scored: Option<ScoredFile>,
}

/// A metagraph that was scored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScoredFile {
    /// Where its numbers come from, as it says.
    pub source: String,
    /// The mechanism's name.
    pub mechanism: String,
    /// The mechanism's parameters, by name.
    pub parameters: Vec<(String, String)>,
}

impl Identity {
    /// Whether at least two engines ran, and all of them ended in the same state.
    #[must_use]
    pub fn engines_agree(&self) -> bool {
        match self.engines.split_first() {
            Some((first, rest)) => {
                !rest.is_empty() && rest.iter().all(|run| run.state_hash == first.state_hash)
            }
            None => false,
        }
    }
}

/// One engine's run of the first seed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EngineRun {
    /// The engine's name: `native`, `contracts` or `wasm`.
    pub engine: String,
    /// Epochs that it ran.
    pub epochs: u64,
    /// State hash after the last of them, in hexadecimal.
    pub state_hash: String,
}

/// A contract whose Wasm was run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contract {
    /// The contract's name.
    pub name: String,
    /// SHA-256 of its Wasm, in hexadecimal: its checksum on chain.
    pub checksum: String,
}
