//! What was paid and refused, as told by the engine's events.

use std::collections::BTreeMap;

use protocol::{AccountId, Amount, Event, Get, Refusal, network, rewards, token};

use super::{Roster, observe::place};
use crate::native::World;

/// Sums over a run, by member where they are somebody's.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// Rewards that each member has claimed, in base units.
    pub claimed: Vec<u128>,
    /// Of that, what it claimed against published roots.
    pub by_root: Vec<u128>,
    /// What nobody claimed against roots, and went back.
    pub returned: u128,
    /// What each member has paid for slots.
    pub paid_for_slots: Vec<u128>,
    /// Tokens burned by anyone for anything.
    pub burned: u128,
    /// To contributors by all closes.
    pub contributors: u128,
    /// To validators and their delegators by all closes.
    pub validators: u128,
    /// Commands that were applied.
    pub applied: u64,
    /// Refused ones, by code.
    pub refused: BTreeMap<u16, u64>,
    /// What each slot was owed at the last close, and earned by it; by topic.
    owed: Vec<Vec<Amount>>,
    earned: Vec<Vec<Amount>>,
}

impl Ledger {
    pub(super) fn new(roster: &Roster, topics: usize) -> Self {
        let members = roster.members.len();
        Self {
            claimed: vec![0; members],
            by_root: vec![0; members],
            paid_for_slots: vec![0; members],
            owed: vec![Vec::new(); topics],
            earned: vec![Vec::new(); topics],
            ..Self::default()
        }
    }

    /// Books one command.
    pub(super) fn book(&mut self, outcome: &Result<(), Refusal>, heard: &[Event]) {
        if let Err(refusal) = outcome {
            *self.refused.entry(refusal.code()).or_default() += 1;
            return;
        }
        self.applied += 1;
        for event in heard {
            match event {
                Event::Rewards(rewards::Event::Claimed { who, amount }) => {
                    add(&mut self.claimed, *who, *amount);
                }
                Event::Rewards(rewards::Event::Paid { to, amount }) => {
                    add(&mut self.claimed, *to, *amount);
                }
                Event::Rewards(rewards::Event::LeafClaimed { who, amount, .. }) => {
                    add(&mut self.claimed, *who, *amount);
                    add(&mut self.by_root, *who, *amount);
                }
                Event::Rewards(rewards::Event::RestReturned { amount, .. }) => {
                    self.returned += amount.units();
                }
                Event::Rewards(rewards::Event::Distributed {
                    contributors, validators, ..
                }) => {
                    self.contributors += contributors.units();
                    self.validators += validators.units();
                }
                Event::Network(network::Event::Registered { who, price, .. }) => {
                    add(&mut self.paid_for_slots, *who, *price);
                }
                Event::Token(token::Event::Burned { amount, .. }) => self.burned += amount.units(),
                _ => {}
            }
        }
    }

    /// What every slot of a topic earned in the last close.
    pub(super) fn slot_earnings(&self, topic: u16) -> &[Amount] {
        self.earned.get(usize::from(topic)).map_or(&[], Vec::as_slice)
    }

    pub(super) fn before_close(&mut self, world: &World, topic: u16, slots: u16) {
        if let Some(owed) = self.owed.get_mut(usize::from(topic)) {
            read(world, topic, slots, owed);
        }
    }

    pub(super) fn after_close(&mut self, world: &World, topic: u16, slots: u16) {
        let at = usize::from(topic);
        let (Some(owed), Some(earned)) = (self.owed.get_mut(at), self.earned.get_mut(at)) else {
            return;
        };
        read(world, topic, slots, earned);
        owed.resize(earned.len(), Amount::ZERO);
        for (earned, owed) in earned.iter_mut().zip(owed) {
            let now = *earned;
            *earned = now.saturating_minus(*owed);
            *owed = now;
        }
    }

    /// What a slot was owed at the last close.
    pub fn slot_owed(&self, topic: u16, slot: u16) -> Amount {
        let owed = self.owed.get(usize::from(topic));
        owed.and_then(|owed| owed.get(usize::from(slot))).copied().unwrap_or_default()
    }
}

fn add(sums: &mut [u128], who: AccountId, amount: Amount) {
    if let Some(sum) = place(who).and_then(|place| sums.get_mut(place)) {
        *sum += amount.units();
    }
}

/// What each slot of a topic is owed.
fn read(world: &World, topic: u16, slots: u16, out: &mut Vec<Amount>) {
    out.clear();
    for page in 0..slots.div_ceil(rewards::PAGE) {
        let owed: rewards::SlotOwed = world.get((topic, page));
        out.extend_from_slice(&owed.amounts);
        out.resize(usize::from(page + 1) * usize::from(rewards::PAGE), Amount::ZERO);
    }
    out.truncate(usize::from(slots));
}
