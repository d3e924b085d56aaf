//! The state at one close, as far as outcomes need it.

use protocol::{Get, ModuleId, laws, network, rewards, staking, token};

use crate::{
    random::Fixed,
    run::{Member, NetworkLosses, Season},
};

/// The network at one close. Amounts are in base units; sums run since the start.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sample {
    /// The epoch that was closed.
    pub epoch: u64,
    /// Its last block.
    pub height: u64,
    /// That block's time, in seconds.
    pub time: u64,
    /// Tokens there are.
    pub supply: u128,
    /// Tokens there are or may still be claimed, and those burned.
    pub issued: u128,
    /// Accrued and not claimed.
    pub unclaimed: u128,
    /// Stake with power.
    pub bonded: u128,
    /// Distributed to contributors.
    pub to_contributors: u128,
    /// Distributed to validators and their delegators.
    pub to_validators: u128,
    /// What the treasury holds and is owed.
    pub treasury: u128,
    /// Burned.
    pub burned: u128,
    /// What a slot of the first topic costs.
    pub slot_price: u128,
    /// (tokens, quote) in the market.
    pub market: Option<(u128, u128)>,
    /// How well the first topic that predicts did in the epoch.
    pub losses: Option<NetworkLosses>,
    /// Commands applied.
    pub applied: u64,
    /// Commands refused.
    pub refused: u64,
    /// Everybody, in the order of the roster.
    pub members: Vec<MemberNow>,
}

/// One agent at one close.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MemberNow {
    /// Stake with power.
    pub stake: u128,
    /// Stake on its way out.
    pub unbonding: u128,
    /// Tokens held free.
    pub free: u128,
    /// Rewards since the start, claimed or not.
    pub rewards: u128,
    /// What it votes and validates with, received power included.
    pub power: u128,
    /// Its slot, if it holds one.
    pub slot: Option<u16>,
    /// True quality of its work.
    pub quality: Fixed,
}

impl Sample {
    /// Reads the state of a season after the close of `epoch`.
    pub fn of(season: &Season<'_>, epoch: u64) -> Self {
        let world = season.state();
        let ledger = season.ledger();
        let supply: token::Supply = world.get(());
        let emission: rewards::Emission = world.get(());
        let unclaimed: rewards::Unclaimed = world.get(());
        let total: staking::Total = world.get(());
        let treasury = ModuleId::Treasury.account();
        let (held, owed): (token::Balance, rewards::Owed) =
            (world.get(treasury), world.get(treasury));
        let topic: network::Topic = world.get(0);
        let members = season.roster().members.iter().enumerate();
        Self {
            epoch,
            height: world.height().get(),
            time: world.time().get(),
            supply: supply.amount.units(),
            issued: emission.issued.units(),
            unclaimed: unclaimed.amount.units(),
            bonded: total.bonded.units(),
            to_contributors: ledger.contributors,
            to_validators: ledger.validators,
            treasury: held.amount.units() + owed.amount.units(),
            burned: ledger.burned,
            slot_price: network::price(&topic, world.height()).units(),
            market: season.reserves(),
            losses: season.losses(),
            applied: ledger.applied,
            refused: ledger.refused.values().sum(),
            members: members.map(|(index, member)| MemberNow::of(season, index, member)).collect(),
        }
    }
}

impl MemberNow {
    fn of(season: &Season<'_>, index: usize, member: &Member) -> Self {
        let (world, who) = (season.state(), member.account);
        let topic = season.scenario().populations[member.group].topic;
        let account: staking::Account = world.get(who);
        let balance: token::Balance = world.get(who);
        let seat: network::Seat = world.get((topic, who));
        let slot = seat.uid_plus_one.checked_sub(1);
        let on_slot = slot.map_or(0, |slot| season.ledger().slot_owed(topic, slot).units());
        let owed: rewards::Owed = world.get(who);
        let delegation = laws::owed_to(world, who).unwrap_or_default();
        let claimed = season.ledger().claimed.get(index).copied().unwrap_or_default();
        let leaving = account.unbondings.iter().map(|unbonding| unbonding.amount.units());
        Self {
            stake: account.position.bonded.units(),
            unbonding: leaving.sum(),
            free: balance.amount.units(),
            rewards: claimed + on_slot + owed.amount.units() + delegation.whole(),
            power: account.voting_power().units(),
            slot,
            quality: season.quality(index),
        }
    }
}
