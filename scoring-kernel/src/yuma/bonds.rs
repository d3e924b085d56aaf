//! Step 7: bonds and the dividends they earn.

use super::Scratch;
use super::liquid::Sigmoid;
use super::merge::merge;
use crate::explain::Holding;
use crate::fixed::{ONE, div_trunc, from_u16, mul_floor, normalise, to_u16_floor};
use crate::input::Input;
use crate::outcome::{Prepared, entry};
use crate::params::{YumaParams, YumaVariant};
use crate::rows::{Row, Rows};

/// How bonds are averaged, with parameters as raw shares.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Averaging {
    alpha: u64,
    penalty: u64,
    rule: Rule,
}

/// The variant, and the sigmoid where it applies.
#[derive(Clone, Copy, Debug)]
enum Rule {
    Classic,
    Yuma3(Option<Sigmoid>),
}

impl Averaging {
    /// The averaging of `params`; `liquid` is whether liquid alpha applies in this epoch.
    pub(crate) fn new(params: &YumaParams, liquid: bool) -> Self {
        let rule = match params.variant {
            YumaVariant::Classic => Rule::Classic,
            YumaVariant::Yuma3 { .. } => {
                Rule::Yuma3(params.liquid().filter(|_| liquid).map(Sigmoid::new))
            }
        };
        Self { alpha: params.alpha_raw(), penalty: params.penalty_raw(), rule }
    }

    /// Whether alpha and its complement both fit 32 bits, for every element.
    pub(super) fn fits_lanes(&self) -> bool {
        let constant = self.alpha > 0 && self.alpha < ONE;
        match self.rule {
            Rule::Classic | Rule::Yuma3(None) => constant,
            Rule::Yuma3(Some(sigmoid)) => constant && sigmoid.fits_lanes(),
        }
    }

    /// The constant alpha.
    pub(super) const fn alpha(&self) -> u64 {
        self.alpha
    }

    /// The penalty.
    pub(super) const fn penalty(&self) -> u64 {
        self.penalty
    }

    /// Whether bonds follow weights, and by which sigmoid; `None` in the classic form.
    pub(super) const fn follows(&self) -> Option<Option<Sigmoid>> {
        match self.rule {
            Rule::Classic => None,
            Rule::Yuma3(sigmoid) => Some(sigmoid),
        }
    }

    /// `W + beta (min(W, C) - W)`, floored: the weight that bonds follow.
    pub(super) fn bond_weight(&self, weight: u64, consensus: u64) -> u64 {
        let clipped = weight.min(consensus);
        if self.penalty == ONE {
            return clipped;
        }
        let excess = weight - clipped; // at most one, and the penalty below one
        let taken = excess.wrapping_mul(self.penalty).wrapping_add(ONE - 1) >> 32;
        if excess == ONE { weight - self.penalty } else { weight - taken }
    }

    /// `floor(a x) + floor((1 - a) b)`.
    fn mix(alpha: u64, new: u64, old: u64) -> u64 {
        mul_floor(alpha, new).saturating_add(mul_floor(ONE.saturating_sub(alpha), old))
    }

    /// The averaged bond of yuma3.
    fn follow(&self, sigmoid: Option<Sigmoid>, weight: u64, stored: u16, consensus: u64) -> u64 {
        let (new, old) = (self.bond_weight(weight, consensus), from_u16(stored));
        let alpha = sigmoid.map_or(self.alpha, |sigmoid| sigmoid.alpha(new, old, consensus));
        Self::mix(alpha, new, old)
    }

    /// The averaged bond of the classic form, before its column is normalised.
    fn share(&self, prepared: &Prepared, stake: u64, to: u16, weight: u64, stored: u16) -> u64 {
        let bought = mul_floor(stake, self.bond_weight(weight, entry(&prepared.consensus, to)));
        let new = div_trunc(bought, entry(&prepared.purchase_sums, to));
        let old = div_trunc(stored.into(), entry(&prepared.bond_sums, to));
        Self::mix(self.alpha, new, old)
    }
}

/// Writes the sums that bonds are divided by, and the dividends.
///
/// Classic: `B` and `D = S Wb` are divided by their column sums, `B' = alpha D + (1 - alpha) B` again
/// by its own; dividends are proportional to `sum_j floor(B'_ij I_j)`.
/// Yuma3: `B' = alpha Wb + (1 - alpha) B`; dividends are proportional to
/// `floor(S_i sum_j floor((B'_ij / sum_i B'_ij) I_j))`.
pub(super) fn average(
    averaging: &Averaging,
    input: &Input<'_>,
    scratch: &Scratch,
    prepared: &mut Prepared,
) {
    let slots = input.slots();
    if matches!(averaging.rule, Rule::Classic) {
        sum_classic(averaging, input, scratch, prepared);
    }
    let mut sums = core::mem::take(&mut prepared.average_sums);
    let mut maxima = core::mem::take(&mut prepared.average_maxima);
    reset(&mut sums, slots);
    reset(&mut maxima, slots);
    for uid in uids(input) {
        averaged(averaging, input, scratch, prepared, uid, |to, bond| {
            add(&mut sums, to, bond);
            if let Some(maximum) = maxima.get_mut(usize::from(to)) {
                *maximum = bond.max(*maximum);
            }
        });
    }
    let mut dividends = core::mem::take(&mut prepared.dividends);
    dividends.clear();
    for uid in uids(input) {
        let mut earned = 0u64;
        averaged(averaging, input, scratch, prepared, uid, |to, bond| {
            let share = div_trunc(bond, entry(&sums, to));
            earned = earned.saturating_add(mul_floor(share, entry(&prepared.incentives, to)));
        });
        dividends.push(match averaging.rule {
            Rule::Classic => earned,
            Rule::Yuma3(_) => mul_floor(earned, entry(&prepared.active_stake, uid)),
        });
    }
    normalise(&mut dividends);
    prepared.dividends = dividends;
    if !matches!(averaging.rule, Rule::Classic) {
        // pages need none of it; what stays is the memory
        sums.clear();
        maxima.clear();
    }
    prepared.average_sums = sums;
    prepared.average_maxima = maxima;
}

/// What `uid` weighs and holds, with the terms of its dividend.
pub(super) fn holdings(
    averaging: &Averaging,
    input: &Input<'_>,
    scratch: &Scratch,
    prepared: &Prepared,
    uid: u16,
) -> Vec<Holding> {
    let mut sums = vec![0; input.slots()];
    for row in uids(input) {
        averaged(averaging, input, scratch, prepared, row, |to, bond| add(&mut sums, to, bond));
    }
    let index = usize::from(uid);
    let weights = input.weights.row(index).uids().iter().copied();
    let weights = weights.zip(scratch.row(index).iter().copied());
    let kept = input.bonds.row(index).iter().filter(|&(to, _)| prepared.keeps_bonds(to));
    let mut holdings: Vec<Holding> = merge(weights, kept)
        .map(|(to, weight, bond_before)| Holding {
            bond_before,
            ..Holding::of_weight(prepared, to, weight)
        })
        .collect();
    let mut each = holdings.iter_mut();
    averaged(averaging, input, scratch, prepared, uid, |to, bond| {
        if let Some(holding) = each.next() {
            holding.bond = bond;
            holding.bond_share = div_trunc(bond, entry(&sums, to));
            holding.income = mul_floor(holding.bond_share, entry(&prepared.incentives, to));
        }
    });
    holdings
}

/// Sums of the stored and of the new bonds, by column.
fn sum_classic(
    averaging: &Averaging,
    input: &Input<'_>,
    scratch: &Scratch,
    prepared: &mut Prepared,
) {
    let mut stored = core::mem::take(&mut prepared.bond_sums);
    let mut bought = core::mem::take(&mut prepared.purchase_sums);
    reset(&mut stored, input.slots());
    reset(&mut bought, input.slots());
    for uid in uids(input) {
        let index = usize::from(uid);
        for (to, bond) in input.bonds.row(index).iter().filter(|&(to, _)| prepared.keeps_bonds(to))
        {
            add(&mut stored, to, bond.into());
        }
        let stake = entry(&prepared.active_stake, uid);
        for (&to, &weight) in input.weights.row(index).uids().iter().zip(scratch.row(index)) {
            let weight = averaging.bond_weight(weight, entry(&prepared.consensus, to));
            add(&mut bought, to, mul_floor(stake, weight));
        }
    }
    prepared.bond_sums = stored;
    prepared.purchase_sums = bought;
}

/// Calls `each` with the averaged bonds of a row.
fn averaged(
    averaging: &Averaging,
    input: &Input<'_>,
    scratch: &Scratch,
    prepared: &Prepared,
    uid: u16,
    mut each: impl FnMut(u16, u64),
) {
    let index = usize::from(uid);
    let uids = input.weights.row(index).uids().iter().copied();
    let weights = uids.zip(scratch.row(index).iter().copied());
    for_row(averaging, prepared, uid, weights, input.bonds.row(index), &mut each);
}

/// Calls `each` with the averaged bonds of a row whose normalised weights are given.
fn for_row(
    averaging: &Averaging,
    prepared: &Prepared,
    uid: u16,
    weights: impl Iterator<Item = (u16, u64)>,
    bonds: Row<'_>,
    mut each: impl FnMut(u16, u64),
) {
    let stake = entry(&prepared.active_stake, uid);
    let kept = bonds.iter().filter(|&(to, _)| prepared.keeps_bonds(to));
    for (to, weight, bond) in merge(weights, kept) {
        each(
            to,
            match averaging.rule {
                Rule::Classic => averaging.share(prepared, stake, to, weight, bond),
                Rule::Yuma3(sigmoid) => {
                    averaging.follow(sigmoid, weight, bond, entry(&prepared.consensus, to))
                }
            },
        );
    }
}

/// Appends the entries of a row's new bonds as they are stored.
///
/// Classic: `floor(65535 x / max)` of the normalised column; yuma3: `floor(65535 B')`.
pub(super) fn store(
    averaging: &Averaging,
    prepared: &Prepared,
    uid: u16,
    weights: impl Iterator<Item = (u16, u64)>,
    bonds: Row<'_>,
    out: &mut Rows,
) {
    for_row(averaging, prepared, uid, weights, bonds, |to, bond| {
        let scaled = match averaging.rule {
            Rule::Classic => {
                let sum = entry(&prepared.average_sums, to);
                let largest = div_trunc(entry(&prepared.average_maxima, to), sum);
                div_trunc(div_trunc(bond, sum), largest)
            }
            Rule::Yuma3(_) => bond,
        };
        let stored = to_u16_floor(scaled);
        if stored != 0 {
            out.push(to, stored);
        }
    });
}

/// The uids of all slots.
fn uids(input: &Input<'_>) -> impl Iterator<Item = u16> {
    (0..=u16::MAX).take(input.slots())
}

/// Adds to the entry of a slot.
fn add(column: &mut [u64], to: u16, amount: u64) {
    if let Some(sum) = column.get_mut(usize::from(to)) {
        *sum = sum.saturating_add(amount);
    }
}

/// Makes `column` zeros, one a slot, in the memory it has.
fn reset(column: &mut Vec<u64>, slots: usize) {
    column.clear();
    column.resize(slots, 0);
}
