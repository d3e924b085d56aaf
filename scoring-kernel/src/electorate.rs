//! Steps 1 to 3 of an epoch: stake, permits, active stake.

use crate::fixed::normalise;
use crate::input::Input;
use crate::outcome::Prepared;
use crate::params::Electorate;

/// Writes permits, the masks' inputs and active stake of `input` into `prepared`.
///
/// - Stake: zero below the threshold, then `floor(2^32 stake / total)`.
/// - Permits for the next epoch: the `max_validators` largest non-zero stakes; among equal stakes the
///   higher uid comes first.
/// - Active stake: zero without a permit of the *last* epoch or after `activity_cutoff` blocks
///   without a submission, then divided by its sum.
pub(crate) fn admit(
    electorate: &Electorate,
    input: &Input<'_>,
    by_stake: &mut Vec<u16>,
    prepared: &mut Prepared,
) {
    let stake = &mut prepared.active_stake;
    normalised_stakes(input.stakes, electorate.stake_threshold, stake);
    issue_permits(stake, electorate.max_validators, by_stake, &mut prepared.permits);
    for ((share, &permitted), &updated) in
        stake.iter_mut().zip(input.permits).zip(input.last_update)
    {
        if !permitted || updated.saturating_add(electorate.activity_cutoff) < input.block {
            *share = 0;
        }
    }
    normalise(stake);
    copy(&mut prepared.permitted, input.permits);
    copy(&mut prepared.last_update, input.last_update);
    copy(&mut prepared.registered, input.registered);
    prepared.last_close = input.last_close;
    prepared.owner = input.owner;
    prepared.commit = input.commit;
}

/// `floor(2^32 stake / total)` of the stakes that reach the threshold.
fn normalised_stakes(stakes: &[u64], threshold: u64, shares: &mut Vec<u64>) {
    let counted = |stake: u64| if stake < threshold { 0 } else { stake };
    let total: u128 = stakes.iter().map(|&stake| u128::from(counted(stake))).sum();
    shares.clear();
    shares.extend(stakes.iter().map(|&stake| {
        match (u128::from(counted(stake)) << 32).checked_div(total) {
            Some(share) => u64::try_from(share).unwrap_or(u64::MAX), // at most 2^32
            None => 0,
        }
    }));
}

/// Marks the `limit` largest non-zero stakes.
fn issue_permits(stake: &[u64], limit: u16, by_stake: &mut Vec<u16>, permits: &mut Vec<bool>) {
    permits.clear();
    permits.extend(stake.iter().map(|&share| share != 0));
    let limit = usize::from(limit);
    by_stake.clear();
    by_stake
        .extend((0..=u16::MAX).zip(stake).filter(|&(_, &share)| share != 0).map(|(uid, _)| uid));
    if by_stake.len() <= limit {
        return;
    }
    let share = |uid: u16| stake.get(usize::from(uid)).copied().unwrap_or(0);
    by_stake.sort_unstable_by_key(|&uid| core::cmp::Reverse((share(uid), uid)));
    for &uid in by_stake.iter().skip(limit) {
        if let Some(permit) = permits.get_mut(usize::from(uid)) {
            *permit = false;
        }
    }
}

/// Overwrites `target` with `source`, reusing its memory.
fn copy<T: Copy>(target: &mut Vec<T>, source: &[T]) {
    target.clear();
    target.extend_from_slice(source);
}

#[cfg(test)]
mod tests {
    use super::{issue_permits, normalised_stakes};

    #[test]
    fn permits_go_to_the_largest_stakes_and_ties_to_the_higher_uid() {
        let mut permits = Vec::new();
        for (label, stake, limit, expected) in [
            ("room for all", vec![3, 0, 1], 3, vec![true, false, true]),
            ("largest", vec![3, 5, 1], 1, vec![false, true, false]),
            ("tie", vec![5, 5, 5], 2, vec![false, true, true]),
            ("nobody has stake", vec![0, 0], 1, vec![false, false]),
        ] {
            issue_permits(&stake, limit, &mut Vec::new(), &mut permits);
            assert_eq!(permits, expected, "{label}");
        }
    }

    #[test]
    fn extreme_stakes_do_not_overflow() {
        let mut shares = Vec::new();
        normalised_stakes(&[u64::MAX, u64::MAX, 1], 2, &mut shares);
        assert_eq!(shares, [1 << 31, 1 << 31, 0]);
        normalised_stakes(&[u64::MAX, 0], 0, &mut shares);
        assert_eq!(shares, [1 << 32, 0]);
    }
}
