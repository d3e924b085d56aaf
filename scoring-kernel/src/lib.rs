//! Consensus weights in fixed point: the same bits on chain and off.
//!
//! One call, [`Mechanism::score`], takes the state of a topic and returns who earned what. It is
//! called by the contracts, by the native engine and by the command line, so it has no clock, no
//! randomness, no float, and its only memory is the caller's [`Workspace`].
//!
//! Shares have 32 fractional bits ([`Share`]); products floor, quotients truncate. Amounts are split
//! by [`largest_remainder`], whose parts sum exactly. Rows are sparse ([`Rows`]) and **absent equals
//! zero**; a dense matrix is the special case `Rows::from(array.view())`.
//!
//! An epoch may be paged: [`Mechanism::prepare`] once, then [`Mechanism::finish_row`] for every slot,
//! in as many pages as its storage needs, yields the bits of one [`Mechanism::score`].

mod electorate;
mod explain;
mod fixed;
mod form;
pub mod golden;
mod input;
mod lanes;
mod mean;
mod mechanism;
mod metered;
mod outcome;
mod params;
mod rows;
mod share;
mod split;
pub mod synthesis;
mod yuma;

pub use explain::{ContributorTrace, Holding, ValidatorTrace, Vote};
pub use form::RowForm;
pub use input::{Input, InputError, MAX_SLOTS};
pub use mechanism::{Mechanism, Memory, Workspace};
pub use outcome::{Outcome, Prepared};
pub use params::{
    Electorate, Liquid, MAX_MULTIPLIER, MAX_STEEPNESS, MOVING_AVERAGE_ONE, MeanParams,
    MeteredParams, Violation, Violations, YumaParams, YumaVariant,
};
pub use rows::{Row, RowError, Rows, accept_row, max_upscale};
pub use share::Share;
pub use split::{SplitScratch, largest_remainder, largest_remainder_into};
pub use synthesis::{MAX_REPUTERS, SynthesisParams};
