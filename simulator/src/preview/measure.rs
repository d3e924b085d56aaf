//! What a state comes to for everybody: enumerated, in base units.

use protocol::{
    AccountId, Get, ModuleId, governance, laws,
    network::{self, Slot, Topic},
    rewards::{self, Emission, Owed, SlotOwed, Unclaimed},
    staking, token,
};

use crate::{
    metrics::{Threshold, against_all, alone, block, fewest, gini, hhi, nakamoto},
    native::World,
};

/// What an account has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Holdings {
    /// Tokens held free, and deposits that can be taken back.
    pub free: u128,
    /// Stake, bonded or on its way out.
    pub staked: u128,
    /// Owed and not claimed: to its slots, to itself, to its power.
    pub owed: u128,
    /// What it votes with, received power included.
    pub power: u128,
}

impl Holdings {
    /// All of it.
    pub const fn all(&self) -> u128 {
        self.free.saturating_add(self.staked).saturating_add(self.owed)
    }
}

/// A state measured.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measured {
    /// By account, in the order of the snapshot's.
    pub accounts: Vec<Holdings>,
    /// What the treasury holds and is owed.
    pub treasury: u128,
    /// Tokens there are or may still be claimed.
    pub issued: u128,
    /// Accrued and not claimed.
    pub unclaimed: u128,
    /// All power.
    pub power: u128,
    /// Numbers of governance by track, where there is a governor.
    pub tracks: Vec<Coalitions>,
}

/// The fewest accounts that decide on one track; `None` where all together do not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coalitions {
    /// Where nobody else votes: they reach the quorum.
    pub alone: Option<usize>,
    /// Though all others vote against it.
    pub pass: Option<usize>,
    /// To defeat what all others want.
    pub block: Option<usize>,
}

impl Measured {
    /// Measures a state; `accounts` are the snapshot's, in its order.
    pub fn of(world: &World, accounts: &[AccountId]) -> Self {
        let slots = slot_owed(world);
        let held = |who: &AccountId| holdings(world, *who, &slots);
        let accounts: Vec<Holdings> = accounts.iter().map(held).collect();
        let treasury = holdings(world, ModuleId::Treasury.account(), &slots);
        let total: staking::Total = world.get(());
        let (emission, unclaimed): (Emission, Unclaimed) = (world.get(()), world.get(()));
        let power = total.power.current.units();
        let powers: Vec<u128> = accounts.iter().map(|one| one.power).collect();
        let params: governance::Params = world.get(());
        let tracks = match world.is_governed() {
            false => Vec::new(),
            true => params
                .tracks
                .iter()
                .map(|track| Coalitions {
                    alone: fewest(&powers, alone(track, power)),
                    pass: fewest(&powers, against_all(track, power)),
                    block: fewest(&powers, block(track, power)),
                })
                .collect(),
        };
        Self {
            accounts,
            treasury: treasury.all(),
            issued: emission.issued.units(),
            unclaimed: unclaimed.amount.units(),
            power,
            tracks,
        }
    }

    /// Gini coefficient, Herfindahl index and Nakamoto coefficient at one half of what accounts
    /// have of something.
    pub fn concentration(&self, of: impl Fn(&Holdings) -> u128) -> [Option<f64>; 3] {
        let all: Vec<u128> = self.accounts.iter().map(of).filter(|held| *held > 0).collect();
        let half = nakamoto(&all, Threshold::Half).map(|count| count as f64);
        [gini(&all), hhi(&all), half]
    }
}

/// What is owed to each account for its slots, by handle.
fn slot_owed(world: &World) -> Vec<u128> {
    let mut all = Vec::new();
    let network::Params { topics } = world.get(());
    for number in 0..topics {
        let topic: Topic = world.get(number);
        let mut page = SlotOwed::default();
        for uid in 0..topic.fresh {
            if uid % rewards::PAGE == 0 {
                page = world.get((number, uid / rewards::PAGE));
            }
            let Slot { holder: Some(holder), .. } = world.get((number, uid)) else { continue };
            let place = holder.handle() as usize;
            if all.len() <= place {
                all.resize(place + 1, 0);
            }
            let owed = page.amounts.get(usize::from(uid % rewards::PAGE));
            all[place] += owed.map_or(0, |amount| amount.units());
        }
    }
    all
}

fn holdings(world: &World, who: AccountId, slots: &[u128]) -> Holdings {
    let (balance, owed): (token::Balance, Owed) = (world.get(who), world.get(who));
    let account: staking::Account = world.get(who);
    let deposit: governance::Depositor = world.get(who);
    let leaving = account.unbondings.iter().map(|unbonding| unbonding.amount.units());
    let on_power = laws::owed_to(world, who).unwrap_or_default().whole();
    let on_slots = slots.get(who.handle() as usize).copied().unwrap_or_default();
    Holdings {
        free: balance.amount.units().saturating_add(deposit.free.units()),
        staked: leaving.fold(account.position.bonded.units(), u128::saturating_add),
        owed: owed.amount.units().saturating_add(on_slots).saturating_add(on_power),
        power: account.voting_power().units(),
    }
}
