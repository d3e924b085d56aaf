//! Counting: the tally is the sum of the ballots, each split by its shares.

use crate::{
    governance::{Ballot, ballot::split},
    units::Power,
};

/// `tally` with a ballot counted in.
pub fn counted(mut tally: Vec<Power>, ballot: &Ballot) -> Vec<Power> {
    for (option, part) in split(&ballot.shares, ballot.weight) {
        if let Some(votes) = tally.get_mut(usize::from(option)) {
            *votes = votes.plus(part);
        }
    }
    tally
}

/// `tally` with a ballot that was counted in taken out again.
pub fn uncounted(mut tally: Vec<Power>, ballot: &Ballot) -> Vec<Power> {
    for (option, part) in split(&ballot.shares, ballot.weight) {
        if let Some(votes) = tally.get_mut(usize::from(option)) {
            *votes = votes.minus(part);
        }
    }
    tally
}
