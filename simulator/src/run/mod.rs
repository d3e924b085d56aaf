//! Runs: a scenario's epochs on the native engine, one seed or many.

mod board;
mod cast;
mod clock;
mod error;
mod exchange;
mod happen;
mod inference;
mod lawful;
mod ledger;
mod observe;
mod opening;
mod politics;
mod propose;
mod recorder;
mod resume;
mod roster;
mod routine;
mod season;
mod tend;
mod truth;

pub use error::RunError;
pub use inference::NetworkLosses;
pub use lawful::{Watch, laws_hold};
pub use ledger::Ledger;
pub use politics::{Case, Payment, Politics, TurnedAway};
#[cfg(feature = "report")]
pub(crate) use propose::Drafting;
pub use recorder::Recorder;
pub use roster::{BUYERS, KEEPER, Member, POOL, Roster};
pub use season::Season;
