//! The network's first records.

use crate::{
    account::AccountId,
    network::{
        MAX_SLOTS, PAGE, Params, Registered, Seat, Slot, State, Topic, TopicParams,
        params::{Violation, Violations},
    },
    units::{Epoch, Height},
};
use std::collections::BTreeMap;

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
    /// Checks every topic.
    ///
    /// # Errors
    /// All violations at once.
    pub fn validate(&self) -> Result<(), Violations> {
        let mut violations = Vec::new();
        if self.topics.len() > usize::from(u16::MAX) {
            violations.push(Violation::TooManyTopics { topics: self.topics.len() });
        }
        for (topic, genesis) in (0..=u16::MAX).zip(&self.topics) {
            genesis.params.collect(topic, &mut violations);
            genesis.collect_holders(topic, &mut violations);
        }
        Violations::check(violations)
    }
}

impl TopicGenesis {
    fn collect_holders(&self, topic: u16, violations: &mut Vec<Violation>) {
        let (holders, slots) = (self.holders.len(), self.params.slots);
        if holders > usize::from(slots.min(MAX_SLOTS)) {
            violations.push(Violation::TooManyHolders { topic, holders, slots });
        }
        let mut firsts = BTreeMap::new();
        for (second, who) in self.holders.iter().enumerate() {
            let first = *firsts.entry(who.handle()).or_insert(second);
            if first != second {
                violations.push(Violation::TwoSlots { topic, first, second });
            }
        }
    }
}

/// Writes the first records: called at instantiation and by every other engine alike.
///
/// # Errors
/// All violations of `genesis` at once; nothing is then written.
pub fn genesis(s: &mut impl State, genesis: &Genesis) -> Result<(), Violations> {
    genesis.validate()?;
    let mut topics = 0;
    for topic in &genesis.topics {
        open(s, topics, topic, genesis.start);
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
