//! What may be written after `moot localnet`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// `moot localnet`.
#[derive(Args, Debug)]
pub(crate) struct Localnet {
    /// What to do with it.
    #[arg(value_enum)]
    pub(crate) verb: LocalnetVerb,
    /// The chain's folder; one in the cache where absent.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) home: Option<PathBuf>,
    /// Keys with coins beside alice, bob, carol and the faucet, called key-1, key-2 and so on; for a
    /// chain that is made.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) keys: u16,
    /// Add this to the ports 26656, 26657 and 9090; what the chain was made with where absent.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(..=30_000))]
    pub(crate) offset: Option<u16>,
}

/// What can be done with a local chain.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum LocalnetVerb {
    /// Start it, and wait for a block; makes the chain where there is none.
    Start,
    /// Stop it; its state stays.
    Stop,
    /// Say whether it runs, at which height, and where its keys are.
    Status,
    /// Stop it and remove its state.
    Reset,
    /// Check the node on a chain of its own; skipped where there is no Go.
    Test,
}
