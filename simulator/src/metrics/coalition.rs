//! Who can decide together, and what it costs a newcomer to decide alone. Whole numbers.

use protocol::governance::{Threshold, TrackParams};

/// The fewest holders who have at least `needed` together; `None` where all do not.
pub fn fewest(powers: &[u128], needed: u128) -> Option<usize> {
    let mut descending = powers.to_vec();
    descending.sort_unstable_by(|a, b| b.cmp(a));
    let mut sum = 0u128;
    for (at, power) in descending.into_iter().enumerate() {
        if sum >= needed {
            return Some(at);
        }
        sum = sum.saturating_add(power);
        if sum >= needed {
            return Some(at + 1);
        }
    }
    (needed == 0).then_some(0)
}

/// Votes that pass where nobody else votes: the quorum, ceil(q * total).
pub const fn alone(track: &TrackParams, total: u128) -> u128 {
    track.quorum.ceil_of(total)
}

/// Votes that pass though all others vote against it and veto:
/// the threshold of the total, at least total - ceil(v * total) + 1, and the quorum.
pub fn against_all(track: &TrackParams, total: u128) -> u128 {
    let unvetoed = total.saturating_sub(track.veto.ceil_of(total)).saturating_add(1);
    of(track.threshold, total).max(unvetoed).max(alone(track, total)).min(total)
}

/// Votes that defeat though all others vote for it: more than the threshold leaves, or a veto.
pub fn block(track: &TrackParams, total: u128) -> u128 {
    let left = total.saturating_sub(of(track.threshold, total)).saturating_add(1);
    left.min(track.veto.ceil_of(total))
}

/// Yes votes that a base of yes, no and veto needs.
const fn of(threshold: Threshold, base: u128) -> u128 {
    match threshold {
        Threshold::Majority => base / 2 + 1,
        Threshold::AtLeast { part } => part.ceil_of(base),
    }
}

/// Stake that a newcomer must bond, at multiplier 1, to pass something while `others` of
/// `total` vote against it. The least x with
///
/// - threshold: x of x + others
/// - quorum: x + others >= q (total + x)
///
/// `None` where no stake suffices.
pub fn newcomer(track: &TrackParams, total: u128, others: u128) -> Option<u128> {
    const WHOLE: u128 = protocol::Fraction::WHOLE as u128;
    let outvotes = match track.threshold {
        Threshold::Majority => others.checked_add(1)?,
        Threshold::AtLeast { part } => {
            let part = u128::from(part.parts());
            let left = WHOLE.checked_sub(part).filter(|left| *left > 0 || others == 0)?;
            others.checked_mul(part)?.checked_div(left.max(1))?.checked_add(1)?
        }
    };
    let quorum = u128::from(track.quorum.parts());
    let left = WHOLE.checked_sub(quorum).filter(|left| *left > 0)?;
    let lacks = total.checked_mul(quorum)?.saturating_sub(others.checked_mul(WHOLE)?);
    Some(outvotes.max(lacks.div_ceil(left)))
}

#[cfg(test)]
mod tests {
    use protocol::{
        Fraction,
        governance::{Threshold, TrackParams},
    };

    use super::{against_all, alone, block, fewest, newcomer};

    fn percent(percent: u32) -> Fraction {
        Fraction::from_parts(percent * 10_000_000).unwrap_or_default()
    }

    fn track(threshold: Threshold) -> TrackParams {
        let (quorum, veto) = (percent(20), percent(34));
        TrackParams { quorum, veto, threshold, ..TrackParams::default() }
    }

    #[test]
    fn coalitions_are_the_largest_holders_first() {
        let powers = [5, 40, 10, 25, 20];
        for (needed, fewest_needed) in
            [(0, Some(0)), (1, Some(1)), (40, Some(1)), (41, Some(2)), (100, Some(5)), (101, None)]
        {
            assert_eq!(fewest(&powers, needed), fewest_needed, "{needed}");
        }
        assert_eq!((fewest(&[], 0), fewest(&[], 1)), (Some(0), None));
    }

    #[test]
    fn what_passes_and_what_blocks_add_up_to_more_than_all() {
        for (threshold, pass, stop) in [
            (Threshold::Majority, 67, 34),
            (Threshold::AtLeast { part: percent(80) }, 80, 21),
            (Threshold::AtLeast { part: percent(100) }, 100, 1),
        ] {
            let track = track(threshold);
            assert_eq!(alone(&track, 100), 20);
            assert_eq!((against_all(&track, 100), block(&track, 100)), (pass, stop));
            assert!(against_all(&track, 100) + block(&track, 100) > 100);
        }
    }

    #[test]
    fn a_newcomer_is_part_of_the_total_that_it_is_measured_by() {
        let majority = track(Threshold::Majority);
        // 25 of 125 are 20 %.
        assert_eq!(newcomer(&majority, 100, 0), Some(25));
        assert_eq!(newcomer(&majority, 100, 40), Some(41));
        let hard = track(Threshold::AtLeast { part: percent(75) });
        assert_eq!(newcomer(&hard, 100, 40), Some(121));
        let never = track(Threshold::AtLeast { part: percent(100) });
        assert_eq!(newcomer(&never, 100, 1), None);
    }
}
