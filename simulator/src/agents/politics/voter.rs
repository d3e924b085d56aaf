use protocol::{
    Fraction,
    governance::{NO, VETO, YES},
};

use super::{
    super::{Agent, Me, Observation, Outbox},
    ProposalView, happens, has_power, whole,
};
use crate::{
    random::{Fixed, Stream},
    scenario::Voter,
};

/// Makes up its mind on each proposal once: whether to take part, whether to read, and how.
pub(super) struct Mind {
    voter: Voter,
    /// Whether it says why.
    speaks: bool,
    /// Proposals that it is done with.
    done: Vec<u32>,
}

impl Mind {
    pub(super) fn new(voter: Voter, speaks: bool) -> Self {
        Self { voter, speaks, done: Vec::new() }
    }

    /// Whether it has not thought about a proposal yet; it has from then on.
    pub(super) fn is_new(&mut self, proposal: u32) -> bool {
        let new = !self.done.contains(&proposal);
        if new {
            self.done.push(proposal);
        }
        new
    }

    /// Votes on one proposal, if it takes part.
    pub(super) fn consider(&self, view: &ProposalView, me: &mut Me, out: &mut Outbox) {
        let takes_part = happens(self.voter.turnout, &mut me.noise);
        if !happens(view.likes.interest, &mut me.noise) || !takes_part {
            return;
        }
        let reads = happens(self.voter.reads, &mut me.noise);
        let option = preferred(view, reads, &mut me.noise);
        let why = match (self.speaks, option) {
            (false, _) => "",
            (true, YES) => "It does what it says, and we can afford it.",
            (true, _) => "What it does is not what we were asked for.",
        };
        whole(view.number, option, why, out);
    }
}

impl Agent for Mind {
    fn act(&mut self, seen: &Observation, me: &mut Me, out: &mut Outbox) {
        if !has_power(seen, me) {
            return;
        }
        for view in seen.proposals.iter().filter(|view| view.is_open()) {
            if self.is_new(view.number) {
                self.consider(view, me, out);
            }
        }
    }
}

/// The option that a voter likes best.
fn preferred(view: &ProposalView, reads: bool, stream: &mut Stream) -> u8 {
    let likes = &view.likes;
    if !view.is_standard() {
        return wanted(&likes.wants, view.none(), stream);
    }
    let part = if reads { likes.support } else { likes.shown };
    match happens(part, stream) {
        true => YES,
        false if reads && happens(likes.veto, stream) => VETO,
        false => NO,
    }
}

/// An option drawn by the parts who want each; none of them by what is left.
fn wanted(wants: &[Fraction], none: u8, stream: &mut Stream) -> u8 {
    let draw = stream.fraction();
    let mut sum = 0;
    for (option, part) in (0..none).zip(wants) {
        sum += i64::from(part.parts());
        if draw < Fixed::from_billionths(sum) {
            return option;
        }
    }
    none
}
