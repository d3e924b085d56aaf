//! Who votes, proposes, buys votes or guards: one file a behaviour.

mod bloc;
mod bribe;
mod custodian;
mod flash;
mod guardian;
mod spammer;
mod view;
mod voter;

use protocol::{Bytes, Command, Fraction, governance};

pub use view::{Likes, ProposalView};

use super::{Agent, Me, Observation, Outbox};
use crate::{
    random::{Fixed, Stream},
    scenario::{Political, Stance},
};

/// An agent that behaves so. `others` are the accounts of the population that it names.
pub(super) fn behaving(behaviour: &Political, others: Vec<usize>) -> Box<dyn Agent> {
    match behaviour {
        Political::Voter(voter) => Box::new(voter::Mind::new(*voter, false)),
        Political::Delegate(voter) => Box::new(voter::Mind::new(*voter, true)),
        Political::Bloc { votes, on, late } => Box::new(bloc::Bloc::new(*votes, on.clone(), *late)),
        Political::Raider { on } => Box::new(bloc::Bloc::new(Stance::Yes, Some(on.clone()), true)),
        Political::FlashBorrower { strikes, on, .. } => {
            Box::new(flash::FlashBorrower { strikes: *strikes, on: on.clone(), lender: others })
        }
        Political::Briber { each, on, .. } => {
            Box::new(bribe::Briber { each: *each, on: on.clone(), bribes: others, paid: false })
        }
        Political::Bribed { price, on, voter } => {
            Box::new(bribe::Bribed::new(*price, on.clone(), *voter))
        }
        Political::Custodian { customers, votes, on } => {
            Box::new(custodian::Custodian::new(*customers, *votes, on.clone()))
        }
        Political::Spammer { every } => Box::new(spammer::Spammer { every: *every }),
        Political::Guardian { watches } => Box::new(guardian::Guardian::new(*watches)),
        Political::CapturedGuardian { pauses } => {
            Box::new(guardian::Captured { pauses: *pauses, cancelled: Vec::new() })
        }
    }
}

/// Whether something happens that happens with this probability.
fn happens(part: Fraction, stream: &mut Stream) -> bool {
    stream.fraction() < Fixed::from_billionths(i64::from(part.parts()))
}

/// Votes with everything for one option.
fn whole(proposal: u32, option: u8, rationale: &str, out: &mut Outbox) {
    cast(proposal, vec![(option, Fraction::ONE)], rationale, out);
}

fn cast(proposal: u32, shares: Vec<(u8, Fraction)>, rationale: &str, out: &mut Outbox) {
    let rationale = Bytes(rationale.as_bytes().to_vec());
    let vote = governance::Command::Vote { proposal, shares, rationale };
    out.send(Command::Governance(vote));
}

/// Whether an agent has anything to vote with, its own or others'.
fn has_power(seen: &Observation, me: &Me) -> bool {
    let account = seen.account(me.index);
    !account.bonded.is_zero() || !account.power.is_zero()
}
