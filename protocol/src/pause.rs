//! Pauses: pushed by the governor, bounded in time, and never for an exit.
//!
//! Each module that can be paused keeps the end of its pause in a record of its own, which only
//! its non-exit verbs read: unstaking, claiming, leaving and voting cost nothing more, and
//! cannot be stopped.

use crate::{
    account::ModuleId,
    codec::codec_enum,
    context::Context,
    effect::Command,
    network,
    refusal::{NOT_AUTHORISED, PAUSED, Refusal, ensure},
    rewards, staking,
    units::Timestamp,
};

/// A module whose non-exit verbs can be paused.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pausable {
    /// Staking: bonding, raising, delegating.
    Staking,
    /// The network: registering, submitting, closing.
    Network,
    /// Rewards: distributing, setting takes, publishing roots.
    Rewards,
}

codec_enum!(Pausable { 0 => Staking, 1 => Network, 2 => Rewards });

impl Pausable {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Staking, Self::Network, Self::Rewards];

    /// Whose verbs they are.
    pub const fn module(self) -> ModuleId {
        match self {
            Self::Staking => ModuleId::Staking,
            Self::Network => ModuleId::Network,
            Self::Rewards => ModuleId::Rewards,
        }
    }

    /// The command that pauses it until then; a time that is past ends a pause.
    pub const fn command(self, until: Timestamp) -> Command {
        match self {
            Self::Staking => Command::Staking(staking::Command::Pause { until }),
            Self::Network => Command::Network(network::Command::Pause { until }),
            Self::Rewards => Command::Rewards(rewards::Command::Pause { until }),
        }
    }
}

/// Whether a pause that ends at `until` is over; it is in that very second.
pub const fn is_over(until: Timestamp, now: Timestamp) -> bool {
    now.get() >= until.get()
}

/// The end of a pause after another was asked for: the later of both; a time that is past ends
/// either, and leaves no record.
pub fn prolonged(before: Timestamp, until: Timestamp, now: Timestamp) -> Timestamp {
    if is_over(until, now) { Timestamp::ZERO } else { until.max(before) }
}

/// What each verb asks that is no exit.
///
/// # Errors
/// `E0007` before the pause is over.
pub(crate) fn ensure_running(until: Timestamp, cx: &Context) -> Result<(), Refusal> {
    ensure(is_over(until, cx.time), &PAUSED, cx.time.get(), until.get())
}

/// Who may pause: the governor, which asks the guardian's mandate or a proposal.
///
/// # Errors
/// `E0003` for anyone else.
pub(crate) fn ensure_governor(cx: &Context) -> Result<(), Refusal> {
    ensure(cx.sender == ModuleId::Governor.account(), &NOT_AUTHORISED, 0u128, 0u128)
}
