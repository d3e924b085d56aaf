//! What may be written after `moot watch`.

use std::path::PathBuf;

use clap::Args;

use crate::args::chain::Chain;

/// `moot watch`.
#[derive(Args, Debug)]
pub(crate) struct Watch {
    /// The receipt of the deployment.
    #[arg(required_unless_present = "deployment", conflicts_with = "deployment")]
    pub(crate) receipt: Option<PathBuf>,
    /// Seconds between two looks.
    #[arg(long, value_name = "SECONDS", default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub(crate) every: u64,
    /// Print one frame as text, and end.
    #[arg(long)]
    pub(crate) once: bool,
    /// The chain.
    #[command(flatten)]
    pub(crate) chain: Chain,
}
