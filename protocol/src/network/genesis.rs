//! The network's first records.

use crate::{
    account::AccountId,
    network::{
        MAX_SLOTS, PAGE, Params, Registered, Seat, Slot, State, Topic, TopicParams,
        reasons::{TOO_MANY_HOLDERS, TOO_MANY_TOPICS, TWO_SLOTS},
    },
    refusal::Refusal,
    units::{Epoch, Height},
};
use std::collections::BTreeSet;

/// How a network begins.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Genesis {
    /// Topics, numbered from 0. Their allocation weights are rewards' genesis.
    pub topics: Vec<TopicGenesis>,
    /// The block of instantiation, from which the first epoch runs.
    pub start: Height,
}

/// A topic that exists from the start.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct TopicGenesis {
    /// What it is.
    pub params: TopicParams,
    /// Who holds slots 0, 1, ... without having paid for them; each account once.
    pub holders: Vec<AccountId>,
}

impl Genesis {
    /// What is wrong, all of it, topic by topic; nothing where the genesis is valid.
    pub fn violations(&self) -> Vec<Refusal> {
        let mut found = Vec::new();
        if self.topics.len() > usize::from(u16::MAX) {
            found.push(TOO_MANY_TOPICS.refuse(self.topics.len() as u128, u16::MAX.into()));
        }
        for topic in &self.topics {
            found.extend(topic.params.violations());
            topic.collect_holders(&mut found);
        }
        found
    }
}

impl TopicGenesis {
    /// Adds what is wrong with the holders: their number, and each one's second slot.
    fn collect_holders(&self, found: &mut Vec<Refusal>) {
        let slots = self.params.slots.min(MAX_SLOTS);
        if self.holders.len() > usize::from(slots) {
            found.push(TOO_MANY_HOLDERS.refuse(self.holders.len() as u128, slots.into()));
        }
        let mut seen = BTreeSet::new();
        for (uid, who) in self.holders.iter().enumerate() {
            if !seen.insert(who.handle()) {
                found.push(TWO_SLOTS.refuse(uid as u128, 0));
            }
        }
    }
}

/// Writes the first records: called at instantiation and by every other engine alike.
///
/// # Errors
/// Every violation at once: `E0303` to `E0311` of the parameters, `E0312` and `E0313` of the
/// holders, `E0314`. Nothing is then written.
pub fn genesis(s: &mut impl State, g: &Genesis) -> Result<(), Vec<Refusal>> {
    let found = g.violations();
    if !found.is_empty() {
        return Err(found);
    }
    let mut topics = 0;
    for topic in &g.topics {
        open(s, topics, topic, g.start);
        topics += 1;
    }
    s.set((), Params { topics });
    Ok(())
}

/// Writes a topic with its first holders. The price starts at its floor.
fn open(s: &mut impl State, number: u16, genesis: &TopicGenesis, start: Height) {
    let (mut held, mut sequence) = (0, 0);
    for &who in &genesis.holders {
        sequence += 1;
        s.set((number, held), Slot { holder: Some(who), sequence });
        held += 1;
        s.set((number, who), Seat { uid_plus_one: held });
    }
    for (page, holders) in (0..).zip(genesis.holders.chunks(usize::from(PAGE))) {
        s.set((number, page), Registered { heights: vec![start; holders.len()] });
    }
    let topic = Topic {
        params: genesis.params.clone(),
        held,
        fresh: held,
        sequence,
        epoch: Epoch::ZERO,
        last_close: start,
        price: genesis.params.price.floor,
        price_at: start,
    };
    s.set(number, topic);
}
