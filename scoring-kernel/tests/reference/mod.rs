//! An independent, slow Yuma: dense matrices of unbounded integers, every step by its definition.
//!
//! It shares no code with the crate beyond the types of its input. A number is a multiple of 2^-32,
//! held as that multiple, so that no sum, product or quotient can overflow.

use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive, Zero};
use scoring_kernel::{
    Electorate, Input, Liquid, MeanParams, Mechanism, MeteredParams, Outcome, Workspace,
    YumaParams, YumaVariant,
};

/// A multiple of 2^-32.
type Q = BigInt;

/// What the live network does and the crate does not; only tests can ask for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Clipped {
    /// Absent equals zero: a bond whose weight is clipped to nothing decays.
    Decays,
    /// Under liquid alpha, a bond whose positive weight is clipped to zero is dropped at once.
    Drops,
}

/// An epoch's results, as raw 32-bit fractions and 16-bit bonds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Epoch {
    pub(crate) consensus: Vec<u64>,
    pub(crate) incentives: Vec<u64>,
    pub(crate) dividends: Vec<u64>,
    pub(crate) trust: Vec<u64>,
    pub(crate) active_stake: Vec<u64>,
    pub(crate) permits: Vec<bool>,
    pub(crate) bonds: Vec<Vec<u16>>,
}

fn whole(n: impl Into<BigInt>) -> Q {
    n.into() << 32
}

fn one() -> Q {
    whole(1)
}

/// The product, floored.
fn mul(a: &Q, b: &Q) -> Q {
    (a * b) >> 32 // an arithmetic shift: towards minus infinity
}

/// The quotient, truncated; by zero it is zero.
fn div(a: &Q, b: &Q) -> Q {
    if b.is_zero() { Q::zero() } else { (a << 32) / b }
}

fn total(values: &[Q]) -> Q {
    values.iter().fold(Q::zero(), |sum, x| sum + x)
}

fn normalised(values: &[Q]) -> Vec<Q> {
    let sum = total(values);
    values.iter().map(|x| div(x, &sum)).collect()
}

fn raw(values: &[Q]) -> Vec<u64> {
    values.iter().map(|x| x.to_u64().expect("a share is not negative")).collect()
}

fn stored(x: &Q) -> u16 {
    let floored: BigInt = mul(x, &whole(65535)) >> 32;
    floored.to_u16().expect("a bond is at most one")
}

fn column(matrix: &[Vec<Q>], j: usize) -> Vec<Q> {
    matrix.iter().map(|row| row[j].clone()).collect()
}

fn column_normalised(matrix: &[Vec<Q>]) -> Vec<Vec<Q>> {
    let columns = matrix.first().map_or(0, Vec::len);
    let sums: Vec<Q> = (0..columns).map(|j| total(&column(matrix, j))).collect();
    matrix.iter().map(|row| row.iter().zip(&sums).map(|(x, sum)| div(x, sum)).collect()).collect()
}

fn dense(rows: &scoring_kernel::Rows, n: usize) -> Vec<Vec<u16>> {
    let mut matrix = vec![vec![0; n]; n];
    for (i, line) in matrix.iter_mut().enumerate() {
        for (j, value) in rows.row(i).iter() {
            line[usize::from(j)] = value;
        }
    }
    matrix
}

/// `e^x` by the truncated series of the specification.
fn exp(x: &Q) -> Q {
    let magnitude = x.abs();
    let mut term = magnitude.clone();
    let mut sum = one() + &magnitude;
    for i in 2..=31 {
        term = mul(&term, &magnitude) / i;
        sum += &term;
    }
    if x.is_negative() { div(&one(), &sum) } else { sum }
}

fn liquid_alpha(liquid: Liquid, weight: &Q, bond: &Q, consensus: &Q) -> Q {
    let distance = if weight >= bond { weight - consensus } else { bond - weight };
    let distance = distance.max(Q::zero()).min(one());
    let slope = whole(-i64::from(liquid.steepness)) / 100;
    let power = exp(&mul(&slope, &(distance - (one() >> 1))));
    let bound = |x: u16| div(&whole(x), &whole(65535));
    let (low, high) = (bound(liquid.alpha_low), bound(liquid.alpha_high));
    let sigmoid = div(&one(), &(one() + power));
    &low + mul(&sigmoid, &(&high - &low))
}

fn permits(stake: &[Q], limit: usize) -> Vec<bool> {
    (0..stake.len())
        .map(|i| {
            let better = |k: &usize| (&stake[*k], *k) > (&stake[i], i);
            !stake[i].is_zero() && (0..stake.len()).filter(better).count() < limit
        })
        .collect()
}

/// The largest weight of a validator with stake, below which at most the minority weighs.
fn median(weights: &[Q], stake: &[Q], minority: &Q) -> Q {
    let below = |w: &Q| {
        total(
            &weights
                .iter()
                .zip(stake)
                .filter(|(x, _)| *x < w)
                .map(|(_, s)| s.clone())
                .collect::<Vec<_>>(),
        )
    };
    let votes = weights.iter().zip(stake).filter(|(_, s)| !s.is_zero()).map(|(w, _)| w);
    votes.filter(|w| below(w) <= *minority).max().cloned().unwrap_or_else(Q::zero)
}

fn masked_weights(input: &Input<'_>) -> Vec<Vec<Q>> {
    let n = input.slots();
    let submitted = dense(input.weights, n);
    (0..n)
        .map(|i| {
            let counts = |j: usize| {
                input.permits[i]
                    && (i != j || input.owner.map(usize::from) == Some(i))
                    && input.last_update[i] > input.registered[j]
                    && input.commit.is_none_or(|commit| input.registered[j] <= commit)
            };
            let row: Vec<Q> = (0..n)
                .map(|j| if counts(j) { whole(submitted[i][j]) } else { Q::zero() })
                .collect();
            normalised(&row)
        })
        .collect()
}

/// Active stake, and the permits issued.
fn admitted(electorate: &Electorate, input: &Input<'_>) -> (Vec<Q>, Vec<bool>) {
    let n = input.slots();
    let stakes: Vec<Q> = input
        .stakes
        .iter()
        .map(|&s| if s < electorate.stake_threshold { Q::zero() } else { whole(s) })
        .collect();
    let sum = total(&stakes);
    let stake: Vec<Q> = stakes
        .iter()
        .map(|s| if sum.is_zero() { Q::zero() } else { ((s << 64u8) / &sum) >> 32u8 })
        .collect();
    let permits = permits(&stake, electorate.max_validators.into());
    let active: Vec<Q> = (0..n)
        .map(|i| {
            let late =
                input.last_update[i].saturating_add(electorate.activity_cutoff) < input.block;
            if late || !input.permits[i] { Q::zero() } else { stake[i].clone() }
        })
        .collect();
    (normalised(&active), permits)
}

/// One epoch of the stake-weighted mean.
pub(crate) fn mean(params: &MeanParams, input: &Input<'_>) -> Epoch {
    let n = input.slots();
    let (active, permits) = admitted(&params.electorate, input);
    let weights = masked_weights(input);
    let consensus: Vec<Q> = (0..n)
        .map(|j| total(&(0..n).map(|i| mul(&active[i], &weights[i][j])).collect::<Vec<_>>()))
        .collect();
    let overlap = |row: &Vec<Q>| {
        total(&row.iter().zip(&consensus).map(|(w, c)| w.min(c).clone()).collect::<Vec<_>>())
    };
    Epoch {
        incentives: raw(&normalised(&consensus)),
        dividends: raw(&active),
        trust: raw(&weights.iter().map(overlap).collect::<Vec<_>>()),
        active_stake: raw(&active),
        consensus: raw(&consensus),
        permits,
        bonds: vec![vec![0; n]; n],
    }
}

/// One epoch of pay by measure, without a cap.
pub(crate) fn metered(params: &MeteredParams, input: &Input<'_>) -> Epoch {
    let n = input.slots();
    // all that concerns weights is Yuma's
    let agreed =
        YumaParams { electorate: params.electorate, kappa: params.kappa, ..YumaParams::DEFAULT };
    let agreed = yuma(&agreed, input, Clipped::Decays);
    let shares = |raw: &[u64]| raw.iter().map(|&x| Q::from(x)).collect::<Vec<_>>();
    let top = whole(params.top_multiplier) / 100;
    let points: Vec<Q> = (0..n)
        .map(|j| {
            let age = (input.block - input.registered[j]).min(params.ramp);
            let progress =
                if params.ramp == 0 { one() } else { div(&whole(age), &whole(params.ramp)) };
            mul(&Q::from(agreed.consensus[j]), &(one() + mul(&(&top - one()), &progress)))
        })
        .collect();
    let points = normalised(&points);
    let decay = div(&whole(params.decay), &whole(1_000_000));
    let stored_rows = dense(input.bonds, n);
    let scores: Vec<Q> = (0..n)
        .map(|j| {
            let kept = input.registered[j] < input.last_close;
            let old = div(&whole(if kept { stored_rows[j][j] } else { 0 }), &whole(65535));
            mul(&(one() - &decay), &points[j]) + mul(&decay, &old)
        })
        .collect();
    let earned: Vec<Q> = shares(&agreed.active_stake)
        .iter()
        .zip(&shares(&agreed.trust))
        .map(|(stake, trust)| mul(stake, trust))
        .collect();
    let mut bonds = vec![vec![0; n]; n];
    for (j, row) in bonds.iter_mut().enumerate() {
        row[j] = stored(&scores[j]);
    }
    Epoch {
        incentives: raw(&normalised(&scores)),
        dividends: raw(&normalised(&earned)),
        bonds,
        ..agreed
    }
}

/// One epoch of Yuma consensus.
pub(crate) fn yuma(params: &YumaParams, input: &Input<'_>, clipped_bonds: Clipped) -> Epoch {
    let n = input.slots();
    let zero = Q::zero();
    let (active, permits) = admitted(&params.electorate, input);
    let weights = masked_weights(input);
    let voting = normalised(&active);
    let kappa = div(&whole(params.kappa), &whole(65535));
    let minority = (total(&voting) - kappa).max(Q::zero());
    let consensus: Vec<Q> =
        (0..n).map(|j| median(&column(&weights, j), &voting, &minority)).collect();
    let clipped: Vec<Vec<Q>> = weights
        .iter()
        .map(|row| row.iter().zip(&consensus).map(|(w, c)| w.min(c).clone()).collect())
        .collect();
    let trust: Vec<Q> = clipped.iter().map(|row| total(row)).collect();
    let ranks: Vec<Q> = (0..n)
        .map(|j| total(&(0..n).map(|i| mul(&active[i], &clipped[i][j])).collect::<Vec<_>>()))
        .collect();
    let incentives = normalised(&ranks);
    let penalty = div(&whole(params.bonds_penalty), &whole(65535));
    let followed: Vec<Vec<Q>> = (0..n)
        .map(|i| {
            (0..n)
                .map(|j| &weights[i][j] + mul(&penalty, &(&clipped[i][j] - &weights[i][j])))
                .collect()
        })
        .collect();
    let kept: Vec<Vec<u16>> = dense(input.bonds, n)
        .into_iter()
        .map(|row| {
            let keep = |(j, b)| if input.registered[j] < input.last_close { b } else { 0 };
            row.into_iter().enumerate().map(keep).collect()
        })
        .collect();
    let alpha = one() - div(&whole(params.bonds_moving_average), &whole(1_000_000));
    let mixed = |a: &Q, new: &Q, old: &Q| mul(a, new) + mul(&(one() - a), old);
    let (bonds, dividends) = match params.variant {
        YumaVariant::Classic => {
            let old: Vec<Vec<Q>> =
                kept.iter().map(|row| row.iter().map(|&b| whole(b)).collect()).collect();
            let bought: Vec<Vec<Q>> =
                (0..n).map(|i| followed[i].iter().map(|w| mul(&active[i], w)).collect()).collect();
            let (old, new) = (column_normalised(&old), column_normalised(&bought));
            let average: Vec<Vec<Q>> = (0..n)
                .map(|i| (0..n).map(|j| mixed(&alpha, &new[i][j], &old[i][j])).collect())
                .collect();
            let shares = column_normalised(&average);
            let earned: Vec<Q> = (0..n)
                .map(|i| {
                    total(&(0..n).map(|j| mul(&shares[i][j], &incentives[j])).collect::<Vec<_>>())
                })
                .collect();
            let largest: Vec<Q> = (0..n)
                .map(|j| column(&shares, j).into_iter().max().unwrap_or_else(Q::zero))
                .collect();
            let upscaled = shares
                .iter()
                .map(|row| row.iter().zip(&largest).map(|(x, m)| div(x, m)).collect())
                .collect();
            (upscaled, earned)
        }
        YumaVariant::Yuma3 { liquid } => {
            let liquid = liquid.filter(|_| consensus.iter().any(|c| *c != zero));
            let average: Vec<Vec<Q>> = (0..n)
                .map(|i| {
                    (0..n)
                        .map(|j| {
                            let old = div(&whole(kept[i][j]), &whole(65535));
                            let new = &followed[i][j];
                            let Some(liquid) = liquid else { return mixed(&alpha, new, &old) };
                            if clipped_bonds == Clipped::Drops
                                && weights[i][j] > zero
                                && *new == zero
                            {
                                return Q::zero();
                            }
                            let alpha = liquid_alpha(liquid, new, &old, &consensus[j]);
                            mixed(&alpha, new, &old).min(one())
                        })
                        .collect()
                })
                .collect();
            let shares: Vec<Vec<Q>> = column_normalised(&average);
            let earned: Vec<Q> = (0..n)
                .map(|i| {
                    let bonds = total(
                        &(0..n).map(|j| mul(&shares[i][j], &incentives[j])).collect::<Vec<_>>(),
                    );
                    mul(&active[i], &bonds)
                })
                .collect();
            (average, earned)
        }
    };
    let bonds: Vec<Vec<u16>> = (0..n)
        .map(|i| bonds[i].iter().map(|b| if permits[i] { stored(b) } else { 0 }).collect())
        .collect();
    Epoch {
        consensus: raw(&consensus),
        incentives: raw(&incentives),
        dividends: raw(&normalised(&dividends)),
        trust: raw(&trust),
        active_stake: raw(&active),
        permits,
        bonds,
    }
}

/// Runs the crate, and checks on the way that memory which served another epoch does not matter.
pub(crate) fn product(mechanism: &Mechanism, input: &Input<'_>) -> Epoch {
    let (mut workspace, mut outcome) = (Workspace::default(), Outcome::default());
    mechanism.score(input, &mut workspace, &mut outcome).expect("the input fits together");
    let first = outcome.clone();
    mechanism.score(input, &mut workspace, &mut outcome).expect("the input fits together");
    assert_eq!(first, outcome, "a used workspace changed the result");
    let dense = outcome.bonds.to_dense(input.slots());
    Epoch {
        consensus: outcome.consensus,
        incentives: outcome.incentives,
        dividends: outcome.dividends,
        trust: outcome.trust,
        active_stake: outcome.active_stake,
        permits: outcome.permits,
        bonds: dense.rows().into_iter().map(|row| row.to_vec()).collect(),
    }
}
