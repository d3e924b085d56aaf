use protocol::{
    Fraction,
    governance::{ABSTAIN, NO, YES},
};

use super::{
    super::{Agent, Me, Observation, Outbox},
    ProposalView, cast, has_power, whole,
};
use crate::scenario::Stance;

/// Holds others' stake. Its customers say how to vote, some of them: the ballot is split as
/// they say and abstains with the rest. One that votes with all of it asks nobody.
pub(super) struct Custodian {
    customers: Fraction,
    votes: Option<Stance>,
    on: Option<String>,
    done: Vec<u32>,
}

impl Custodian {
    pub(super) const fn new(
        customers: Fraction,
        votes: Option<Stance>,
        on: Option<String>,
    ) -> Self {
        Self { customers, votes, on, done: Vec::new() }
    }

    /// What its customers say: yes, no and the silence of the rest; or a choice's options.
    fn split(&self, view: &ProposalView) -> Vec<(u8, Fraction)> {
        let interested = u64::from(view.likes.interest.parts());
        let asked = u64::from(self.customers.parts()) * interested / u64::from(Fraction::WHOLE);
        let of = |part: Fraction| asked * u64::from(part.parts()) / u64::from(Fraction::WHOLE);
        let mut shares: Vec<(u8, u64)> = match view.is_standard() {
            true => {
                let yes = of(view.likes.support);
                vec![(YES, yes), (NO, asked - yes)]
            }
            false => (0..view.none()).zip(view.likes.wants.iter().map(|part| of(*part))).collect(),
        };
        let said: u64 = shares.iter().map(|(_, share)| share).sum();
        let silent = if view.is_standard() { ABSTAIN } else { view.none() };
        shares.push((silent, u64::from(Fraction::WHOLE).saturating_sub(said)));
        let part = |share: u64| u32::try_from(share).ok().and_then(Fraction::from_parts);
        shares.retain(|(_, share)| *share > 0);
        shares.into_iter().filter_map(|(option, share)| Some((option, part(share)?))).collect()
    }
}

impl Agent for Custodian {
    fn act(&mut self, seen: &Observation, me: &mut Me, out: &mut Outbox) {
        if !has_power(seen, me) {
            return;
        }
        for view in seen.proposals.iter().filter(|view| view.is_open()) {
            if self.done.contains(&view.number) {
                continue;
            }
            self.done.push(view.number);
            match self.votes.filter(|_| view.is_standard() && view.is(self.on.as_deref())) {
                Some(votes) => whole(view.number, votes.option(), "", out),
                None => cast(view.number, self.split(view), "", out),
            }
        }
    }
}
