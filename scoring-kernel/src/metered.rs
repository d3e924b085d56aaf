//! Pay for what was measured: bandwidth, data, uptime.
//!
//! Meters are validators: their rows say what share of the measured work each contributor did. With
//! `S` the active stake and `W` the masked, row-normalised rows:
//!
//! 1. Measure `C`: the stake-weighted median of Yuma, so that meters with less than `1 - kappa` of
//!    stake cannot raise anyone.
//! 2. Points `P_j = floor(C_j m_j)` with the multiplier of seniority
//!    `m_j = 1 + (top - 1) min(age_j, ramp) / ramp`, `age_j` in blocks since the slot was taken; divided
//!    by their sum.
//! 3. Score `Q_j = floor((1 - decay) P_j) + floor(decay Q_j)`, stored as `floor(65535 Q_j)` in the bond
//!    row of `j` itself; a slot taken since the last close starts from nothing.
//! 4. Incentives `Q / sum(Q)`, none above `cap`: what is above is shared by the others in proportion,
//!    as long as there are enough of them.
//! 5. Trust `T_i = sum_j min(W_ij, C_j)`; dividends are proportional to `floor(S_i T_i)`.

use crate::electorate::admit;
use crate::fixed::{ONE, div_trunc, from_u16, mul_floor, normalise, to_u16_floor};
use crate::input::Input;
use crate::mechanism::Workspace;
use crate::outcome::{Prepared, entry};
use crate::params::MeteredParams;
use crate::rows::Rows;
use crate::yuma;

/// Computes the columns of an epoch.
pub(crate) fn prepare(
    params: &MeteredParams,
    input: &Input<'_>,
    workspace: &mut Workspace,
    prepared: &mut Prepared,
) {
    prepared.clear_bond_columns();
    admit(&params.electorate, input, &mut workspace.by_stake, prepared);
    yuma::measure(from_u16(params.kappa), input, &mut workspace.yuma, prepared);
    let mut scores = core::mem::take(&mut prepared.average_sums);
    scores.clear();
    scores.extend(prepared.consensus.iter().zip(input.registered).map(
        |(&measure, &registered)| {
            mul_floor(measure, multiplier(params, input.block.saturating_sub(registered)))
        },
    ));
    normalise(&mut scores);
    let kept = params.decay_raw();
    for (uid, score) in (0..=u16::MAX).zip(&mut scores) {
        let stored = input.bonds.row(usize::from(uid)).iter().find(|&(to, _)| to == uid);
        let old =
            stored.filter(|_| prepared.keeps_bonds(uid)).map_or(0, |(_, value)| from_u16(value));
        *score = mul_floor(ONE.saturating_sub(kept), *score).saturating_add(mul_floor(kept, old));
    }
    prepared.incentives.clone_from(&scores);
    normalise(&mut prepared.incentives);
    cap(from_u16(params.cap), &mut prepared.incentives, &mut workspace.by_stake);
    prepared.average_sums = scores;
    prepared.dividends.clear();
    let stakes = prepared.active_stake.iter().zip(&prepared.trust);
    prepared.dividends.extend(stakes.map(|(&stake, &trust)| mul_floor(stake, trust)));
    normalise(&mut prepared.dividends);
}

/// Appends the row in which `uid` keeps its score.
pub(crate) fn finish_row(prepared: &Prepared, uid: u16, out: &mut Rows) {
    let stored = to_u16_floor(entry(&prepared.average_sums, uid));
    if stored != 0 {
        out.push(uid, stored);
    }
    out.end_row();
}

/// `1 + (top - 1) min(age, ramp) / ramp` as a raw share, truncated; at once `top` without a ramp.
fn multiplier(params: &MeteredParams, age: u64) -> u64 {
    let top = u64::from(params.top_multiplier) * ONE / 100;
    let progress =
        if params.ramp == 0 { ONE } else { div_trunc(age.min(params.ramp), params.ramp) };
    ONE.saturating_add(mul_floor(top.saturating_sub(ONE), progress))
}

/// Lowers shares above `cap` to it and raises the others in proportion, the largest first.
///
/// If every share ends at the cap the sum stays below one.
fn cap(cap: u64, shares: &mut [u64], order: &mut Vec<u16>) {
    order.clear();
    order.extend(
        (0..=u16::MAX).zip(shares.iter()).filter(|&(_, &share)| share != 0).map(|(uid, _)| uid),
    );
    order.sort_unstable_by_key(|&uid| (core::cmp::Reverse(entry(shares, uid)), uid));
    let mut budget = ONE;
    let mut rest: u64 = shares.iter().sum();
    let mut capped = 0;
    for &uid in order.iter() {
        let share = entry(shares, uid);
        if budget < cap || mul_floor(budget, div_trunc(share, rest)) <= cap {
            break;
        }
        budget -= cap;
        rest = rest.saturating_sub(share);
        capped += 1;
    }
    if capped == 0 {
        return;
    }
    for (index, &uid) in order.iter().enumerate() {
        if let Some(share) = shares.get_mut(usize::from(uid)) {
            *share = if index < capped { cap } else { mul_floor(budget, div_trunc(*share, rest)) };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ONE, cap, multiplier};
    use crate::params::MeteredParams;

    #[test]
    fn seniority_multiplies_up_to_the_top() {
        let params = MeteredParams { ramp: 100, top_multiplier: 300, ..MeteredParams::DEFAULT };
        for (label, age, expected) in [
            ("new", 0, ONE),
            ("half way", 50, 2 * ONE),
            ("there", 100, 3 * ONE),
            ("old", 1 << 60, 3 * ONE),
        ] {
            assert_eq!(multiplier(&params, age), expected, "{label}");
        }
        assert_eq!(multiplier(&MeteredParams { ramp: 0, ..params }, 0), 3 * ONE);
    }

    #[test]
    fn what_is_above_the_cap_goes_to_the_others() {
        let quarter = ONE / 4;
        for (label, shares, limit, expected) in [
            ("nobody above", vec![quarter; 4], ONE / 2, vec![quarter; 4]),
            ("one above", vec![ONE / 2, quarter, quarter], ONE / 3, vec![ONE / 3; 3]),
            ("no share, no part", vec![ONE / 2, 0, ONE / 2], quarter, vec![quarter, 0, quarter]),
            ("raised above it", vec![6 * (ONE / 8), ONE / 8, ONE / 8], quarter, vec![quarter; 3]),
            ("nobody", vec![0, 0], quarter, vec![0, 0]),
        ] {
            let mut shares: Vec<u64> = shares;
            cap(limit, &mut shares, &mut Vec::new());
            for (&share, &expected) in shares.iter().zip(&expected) {
                assert!(share.abs_diff(expected) <= 2, "{label}: {shares:?}");
            }
        }
    }
}
