//! What makes a topic's parameters invalid: every violation at once.

use crate::{
    network::{MAX_SLOTS, TopicParams},
    units::Fraction,
};
use std::fmt::{Display, Formatter};

/// The longest tempo: about two weeks of 12-second blocks.
pub const MAX_TEMPO: u64 = 100_000;
/// The longest immunity, activity cutoff and half-life of the price, in blocks.
pub const MAX_BLOCKS: u64 = 10_000_000;
/// The most permits an epoch: what one close reads and one transaction can pay for.
pub const MAX_VALIDATORS: u16 = 512;
/// The largest owner's cut: one half.
pub const MAX_OWNER_CUT: u32 = Fraction::WHOLE / 2;

/// One parameter out of bounds, or a pair that contradicts itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Violation {
    /// A value outside its bounds.
    OutOfBounds {
        /// The topic's number.
        topic: u16,
        /// The parameter.
        parameter: &'static str,
        /// Its value.
        value: u128,
        /// The least it may be.
        least: u128,
        /// The most it may be.
        most: u128,
    },
    /// A parameter that the mechanism refuses.
    Mechanism {
        /// The topic's number.
        topic: u16,
        /// Which, and why.
        violation: scoring_kernel::Violation,
    },
    /// More holders than slots.
    TooManyHolders {
        /// The topic's number.
        topic: u16,
        /// Holders given.
        holders: usize,
        /// Slots there are.
        slots: u16,
    },
    /// An account that is given two slots of a topic.
    TwoSlots {
        /// The topic's number.
        topic: u16,
        /// Its first slot.
        first: usize,
        /// Its second.
        second: usize,
    },
    /// More topics than numbers for them.
    TooManyTopics {
        /// Topics given.
        topics: usize,
    },
}

impl Display for Violation {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::OutOfBounds { topic, parameter, value, least, most } => {
                write!(f, "topic {topic}: {parameter} is {value}, not from {least} to {most}")
            }
            Self::Mechanism { topic, violation } => write!(f, "topic {topic}: {violation}"),
            Self::TooManyHolders { topic, holders, slots } => {
                write!(f, "topic {topic}: {holders} holders for {slots} slots")
            }
            Self::TwoSlots { topic, first, second } => {
                write!(f, "topic {topic}: slots {first} and {second} have the same holder")
            }
            Self::TooManyTopics { topics } => {
                write!(f, "{topics} topics, but numbers for {} only", u16::MAX)
            }
        }
    }
}

/// All that is wrong with a genesis or a topic's parameters; never empty.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Violations(Vec<Violation>);

impl Violations {
    /// `Ok` without a violation, else all of them.
    pub(crate) fn check(violations: Vec<Violation>) -> Result<(), Self> {
        if violations.is_empty() { Ok(()) } else { Err(Self(violations)) }
    }

    /// The violations, in the order of topics and parameters.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Violation> {
        self.0.iter()
    }
}

impl Display for Violations {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        for (index, violation) in self.0.iter().enumerate() {
            write!(f, "{}{violation}", if index == 0 { "" } else { "; " })?;
        }
        Ok(())
    }
}

impl std::error::Error for Violations {}

impl TopicParams {
    /// Checks every parameter of topic number `topic`.
    ///
    /// Bounds: `tempo` 1 to [`MAX_TEMPO`]; `slots` 1 to [`MAX_SLOTS`]; `immunity` and
    /// `activity_cutoff` at most, `half_life` 1 to [`MAX_BLOCKS`]; `max_validators` 1 to
    /// [`MAX_VALIDATORS`]; the price's `floor` at least 1 and at most its `ceiling`;
    /// `owner_cut` at most [`MAX_OWNER_CUT`]; the mechanism's by the kernel.
    ///
    /// # Errors
    /// All violations at once.
    pub fn validate(&self, topic: u16) -> Result<(), Violations> {
        let mut violations = Vec::new();
        self.collect(topic, &mut violations);
        Violations::check(violations)
    }

    /// Adds what is out of bounds.
    pub(crate) fn collect(&self, topic: u16, violations: &mut Vec<Violation>) {
        let (price, electorate) = (&self.price, &self.electorate);
        let bounds: [(&'static str, u128, u128, u128); 8] = [
            ("tempo", self.tempo.into(), 1, MAX_TEMPO.into()),
            ("slots", self.slots.into(), 1, MAX_SLOTS.into()),
            ("immunity", self.immunity.into(), 0, MAX_BLOCKS.into()),
            ("max_validators", electorate.max_validators.into(), 1, MAX_VALIDATORS.into()),
            ("activity_cutoff", electorate.activity_cutoff.into(), 0, MAX_BLOCKS.into()),
            ("price.floor", price.floor.units(), 1, price.ceiling.units()),
            ("price.half_life", price.half_life.into(), 1, MAX_BLOCKS.into()),
            ("owner_cut", self.owner_cut.parts().into(), 0, MAX_OWNER_CUT.into()),
        ];
        for (parameter, value, least, most) in bounds {
            if !(least..=most).contains(&value) {
                violations.push(Violation::OutOfBounds { topic, parameter, value, least, most });
            }
        }
        // The electorate's own bounds are the stricter ones above.
        let electorate = crate::network::Electorate { max_validators: 1, ..self.electorate };
        if let Err(all) = self.scoring.mechanism(&electorate).validate() {
            let all = all.iter().map(|&violation| Violation::Mechanism { topic, violation });
            violations.extend(all);
        }
    }
}
