//! The baseline: what the stake-weighted mean of the weights pays.
//!
//! With `S` the active stake and `W` the masked, row-normalised weights:
//! consensus `C_j = sum_i floor(S_i W_ij)`, incentive `C / sum(C)`, trust `T_i = sum_j min(W_ij, C_j)`
//! (the overlap of a row with the mean), dividends `S`. There are no bonds: a validator earns by
//! stake, whatever it weighs.

use crate::electorate::admit;
use crate::fixed::{div_trunc, mul_floor, normalise};
use crate::input::Input;
use crate::mechanism::Workspace;
use crate::outcome::{Prepared, entry};
use crate::params::MeanParams;
use crate::rows::Row;

/// Computes the columns of an epoch.
pub(crate) fn prepare(
    params: &MeanParams,
    input: &Input<'_>,
    workspace: &mut Workspace,
    prepared: &mut Prepared,
) {
    prepared.clear_bond_columns();
    admit(&params.electorate, input, &mut workspace.by_stake, prepared);
    let slots = input.slots();
    let mut mean = core::mem::take(&mut prepared.consensus);
    mean.clear();
    mean.resize(slots, 0);
    let rows = || (0..=u16::MAX).zip(input.weights.iter());
    for (from, row) in rows() {
        let stake = entry(&prepared.active_stake, from);
        if stake == 0 {
            continue;
        }
        let sum = counted_sum(prepared, from, row);
        for (to, value) in row.iter().filter(|&(to, _)| prepared.weighs(from, to)) {
            if let Some(cell) = mean.get_mut(usize::from(to)) {
                *cell = cell.saturating_add(mul_floor(stake, div_trunc(value.into(), sum)));
            }
        }
    }
    prepared.trust.clear();
    prepared.trust.resize(slots, 0);
    let mut trust = core::mem::take(&mut prepared.trust);
    for ((from, row), trust) in rows().zip(&mut trust) {
        let sum = counted_sum(prepared, from, row);
        *trust = row.iter().filter(|&(to, _)| prepared.weighs(from, to)).fold(
            0,
            |trust: u64, (to, value)| {
                trust.saturating_add(div_trunc(value.into(), sum).min(entry(&mean, to)))
            },
        );
    }
    prepared.trust = trust;
    prepared.incentives.clone_from(&mean);
    normalise(&mut prepared.incentives);
    prepared.consensus = mean;
    prepared.dividends.clone_from(&prepared.active_stake);
}

/// Sum of the values of a row that count.
pub(crate) fn counted_sum(prepared: &Prepared, from: u16, row: Row<'_>) -> u64 {
    row.iter().filter(|&(to, _)| prepared.weighs(from, to)).map(|(_, value)| u64::from(value)).sum()
}
