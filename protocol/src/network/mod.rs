//! The scoring network: topics, slots, weights, paged epochs.

mod command;
mod genesis;
mod params;
mod reasons;
mod records;
mod scoring;
mod scratch;

pub use command::{Command, Event};
pub use genesis::{Genesis, TopicGenesis, genesis};
pub use params::{MAX_BLOCKS, MAX_OWNER_CUT, MAX_TEMPO, MAX_VALIDATORS, Violation, Violations};
pub use reasons::ALL as REASONS;
pub use records::{
    Bonds, Closing, MAX_SLOTS, Next, PAGE, Params, Pending, PriceParams, Registered, Row, Seat,
    Slot, Standing, State, Topic, TopicParams, Updated, VACANT, Working,
};
pub use scoring::{Electorate, Liquid, Scoring, YumaVariant};
pub use scratch::Scratch;

use crate::{context::Context, effect::Effect, ports::StakePort, refusal::Refusal};

/// Applies one command with memory made for it; see [`apply_with`].
///
/// # Errors
/// The refusal; `s` and `fx` are then to be thrown away.
pub fn apply(
    s: &mut impl State,
    p: &impl StakePort,
    cx: &Context,
    c: Command,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    apply_with(&mut Scratch::default(), s, p, cx, c, fx)
}

/// Applies one command with memory that the caller keeps between closes; the result is the
/// same whatever `scratch` held.
///
/// # Errors
/// The refusal; `s` and `fx` are then to be thrown away.
pub fn apply_with(
    _scratch: &mut Scratch,
    _s: &mut impl State,
    _p: &impl StakePort,
    _cx: &Context,
    _c: Command,
    _fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    Err(reasons::NO_TOPIC.bare())
}
