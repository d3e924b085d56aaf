//! What may be written after `moot keeper`.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;

use crate::args::chain::Chain;

/// `moot keeper`.
#[derive(Args, Debug)]
pub(crate) struct Keeper {
    /// The receipt of the deployment.
    #[arg(required_unless_present = "deployment", conflicts_with = "deployment")]
    pub(crate) receipt: Option<PathBuf>,
    /// Submit this row each epoch: UID:WEIGHT, comma separated, or JSON pairs; read each time.
    #[arg(long, value_name = "FILE", conflicts_with = "row_command")]
    pub(crate) row: Option<PathBuf>,
    /// Submit what this command prints each epoch. It is told MOOT_TOPIC, MOOT_EPOCH and
    /// MOOT_HEIGHT.
    #[arg(long, value_name = "CMD")]
    pub(crate) row_command: Option<String>,
    /// The topic of the row.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) topic: u16,
    /// Submit it in the last blocks of an epoch; as soon as one begins where absent.
    #[arg(long, value_name = "BLOCKS")]
    pub(crate) row_within: Option<u64>,
    /// Bond rows to write at most in one page of a close.
    #[arg(long, value_name = "N", default_value_t = 256, value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) rows: u16,
    /// Seconds between two looks; the deployment's time between blocks where absent.
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub(crate) every: Option<u64>,
    /// Look once, do what is due, and end.
    #[arg(long)]
    pub(crate) once: bool,
    /// Serve metrics in Prometheus' text form there; loopback only.
    #[arg(long, value_name = "ADDRESS", conflicts_with = "once")]
    pub(crate) metrics: Option<SocketAddr>,
    /// The folder of what is written down; RECEIPT.keeper beside the receipt where absent.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) state: Option<PathBuf>,
    /// The chain.
    #[command(flatten)]
    pub(crate) chain: Chain,
}
