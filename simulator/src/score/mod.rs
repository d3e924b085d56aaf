//! One epoch of a real network: a metagraph goes through the kernel, and out come everybody's
//! shares and payouts, as a table, as a report, and as the terms of one slot's sums.
//!
//! All shares are the kernel's; floats begin where they are shown.

mod charts;
mod epoch;
mod export;
mod pay;
mod present;
mod settings;

pub use epoch::{Epoch, Scored, score};
pub use export::{Standing, csv, standings};
pub use pay::{Pay, Payouts};
pub use present::{Origin, present};
pub use settings::{Kind, mechanism, parameters, unused};

use scoring_kernel::Share;

/// A raw share as a float, for showing.
pub fn shown(raw: u64) -> f64 {
    raw as f64 / Share::ONE.raw() as f64
}
