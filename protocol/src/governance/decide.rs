//! Who has won: quorum, threshold, veto, plurality, objection.

use crate::{
    governance::{ABSTAIN, Form, NO, Terms, VETO, YES},
    units::Power,
};

/// What the votes say at the deadline.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// It passed.
    Passed {
        /// With which option: yes, a choice's winner; 0 for a gauge.
        option: u8,
    },
    /// It failed.
    Defeated {
        /// Whether enough had voted.
        quorate: bool,
    },
    /// It failed by veto.
    Vetoed,
}

/// All power that voted: yes, no, abstain and veto, or every option.
pub fn cast(tally: &[Power]) -> u128 {
    tally.iter().fold(0, |sum, power| sum.saturating_add(power.units()))
}

/// Power for an option.
pub fn votes_for(tally: &[Power], option: u8) -> u128 {
    tally.get(usize::from(option)).map_or(0, |power| power.units())
}

/// What the votes say.
///
/// - Quorum: cast >= quorum.
/// - Veto, once there is a quorum: veto >= ceil(v * cast).
/// - Standard and signal: yes against yes + no + veto by the track's threshold; of nothing, no.
/// - Standard where the track is optimistic: passes unless no + veto >= objection; then veto
///   counts as above.
/// - Choice: the option with strictly more than any other, none of them included.
/// - Gauge: all topics together strictly more than none of them.
pub fn outcome(terms: &Terms, tally: &[Power]) -> Outcome {
    let cast = cast(tally);
    let quorate = cast > 0 && cast >= terms.quorum.units();
    match terms.form {
        Form::Standard if !terms.objection.is_zero() => optimistic(terms, tally, cast),
        Form::Standard | Form::Signal => standard(terms, tally, (cast, quorate)),
        Form::Choice => match plurality(terms, tally) {
            Some(option) if quorate => Outcome::Passed { option },
            _ => Outcome::Defeated { quorate },
        },
        Form::Gauge => {
            let none = votes_for(tally, terms.options.saturating_sub(1));
            if quorate && cast.saturating_sub(none) > none {
                Outcome::Passed { option: 0 }
            } else {
                Outcome::Defeated { quorate }
            }
        }
    }
}

fn is_vetoed(terms: &Terms, tally: &[Power], cast: u128) -> bool {
    votes_for(tally, VETO) >= terms.veto.ceil_of(cast)
}

fn standard(terms: &Terms, tally: &[Power], (cast, quorate): (u128, bool)) -> Outcome {
    let (yes, base) = (votes_for(tally, YES), cast.saturating_sub(votes_for(tally, ABSTAIN)));
    if !quorate {
        Outcome::Defeated { quorate }
    } else if is_vetoed(terms, tally, cast) {
        Outcome::Vetoed
    } else if terms.threshold.is_met(yes, base) {
        Outcome::Passed { option: YES }
    } else {
        Outcome::Defeated { quorate }
    }
}

fn optimistic(terms: &Terms, tally: &[Power], cast: u128) -> Outcome {
    let against = votes_for(tally, NO).saturating_add(votes_for(tally, VETO));
    if against < terms.objection.units() {
        Outcome::Passed { option: YES }
    } else if is_vetoed(terms, tally, cast) {
        Outcome::Vetoed
    } else {
        Outcome::Defeated { quorate: true }
    }
}

/// The named option with strictly more power than any other option, none of them included.
fn plurality(terms: &Terms, tally: &[Power]) -> Option<u8> {
    let best = (0..terms.options).max_by_key(|option| votes_for(tally, *option))?;
    let most = votes_for(tally, best);
    let first = (0..terms.options).filter(|option| votes_for(tally, *option) == most).count();
    (first == 1 && best.saturating_add(1) < terms.options).then_some(best)
}
