//! How unequally an amount is held. All of them take the holders' amounts in base units and
//! are undefined (`None`) for no holders, for a sum of nought, and for a sum of 2^95 or
//! more, which no supply reaches.

/// The sum above which amounts are no token's.
const SUM_BOUND: u128 = 1 << 95;

/// Gini coefficient: `sum_i (2 i - n - 1) x_i / (n sum x)`, x ascending, i from 1.
///
/// Range 0 (all equal, or one holder) to 1 - 1/n (one of n holds all). The numerator and the
/// denominator are exact integers; one division. Source: Gini 1912 in the ordered form of
/// Sen, "On Economic Inequality", 1973.
pub fn gini(amounts: &[u128]) -> Option<f64> {
    let total = total(amounts)?;
    let mut ascending = amounts.to_vec();
    ascending.sort_unstable();
    let count = ascending.len() as i128;
    let mut weight = 1 - count;
    let mut numerator = 0;
    for amount in ascending {
        numerator += weight * amount as i128;
        weight += 2;
    }
    Some(numerator as f64 / (count * total as i128) as f64)
}

/// Herfindahl-Hirschman index: `sum (x_i / sum x)^2`.
///
/// Range 1/n (all equal) to 1 (one holds all); times 10,000 it is the index of antitrust
/// practice. Summed in descending order.
pub fn hhi(amounts: &[u128]) -> Option<f64> {
    let total = total(amounts)? as f64;
    let squares = descending(amounts).into_iter().map(|amount| {
        let share = amount as f64 / total;
        share * share
    });
    Some(squares.sum())
}

/// Theil index T: `(1/n) sum (x_i / mean) ln(x_i / mean)`; a holder of nought adds nought.
///
/// Range 0 (all equal) to ln n (one holds all). Summed in descending order, with `libm`'s
/// logarithm. Source: Theil, "Economics and Information Theory", 1967.
pub fn theil(amounts: &[u128]) -> Option<f64> {
    let count = amounts.len() as f64;
    let mean = total(amounts)? as f64 / count;
    let terms = descending(amounts).into_iter().filter(|amount| *amount > 0).map(|amount| {
        let ratio = amount as f64 / mean;
        ratio * libm::log(ratio)
    });
    Some((terms.sum::<f64>() / count).max(0.0))
}

/// The largest holder's share: `max x / sum x`. Range 1/n to 1.
pub fn max_share(amounts: &[u128]) -> Option<f64> {
    let total = total(amounts)?;
    amounts.iter().max().map(|most| *most as f64 / total as f64)
}

/// A part of the whole that, once exceeded, gives power over it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Threshold {
    /// More than a third stops a Byzantine-tolerant network.
    Third,
    /// More than a half outvotes the rest.
    Half,
    /// More than two thirds decides alone.
    TwoThirds,
}

impl Threshold {
    fn ratio(self) -> (u128, u128) {
        match self {
            Self::Third => (1, 3),
            Self::Half => (1, 2),
            Self::TwoThirds => (2, 3),
        }
    }
}

/// Nakamoto coefficient: the least number of holders who together hold more than the
/// threshold's part of the sum. Range 1 to n.
///
/// Give it entities, not addresses ([`by_entity`](super::by_entity)), where they differ.
/// Integers throughout: two holders of one half each give 2 at [`Threshold::Half`].
/// Source: Srinivasan and Lee, "Quantifying Decentralization", 2017 (there: at least 51%).
pub fn nakamoto(amounts: &[u128], threshold: Threshold) -> Option<usize> {
    let total = total(amounts)?;
    let (part, whole) = threshold.ratio();
    let mut held = 0;
    let enough = descending(amounts).into_iter().position(|amount| {
        held += amount;
        held * whole > total * part
    });
    enough.map(|place| place + 1)
}

fn total(amounts: &[u128]) -> Option<u128> {
    let sum = amounts.iter().try_fold(0_u128, |sum, amount| sum.checked_add(*amount))?;
    (sum > 0 && sum < SUM_BOUND).then_some(sum)
}

fn descending(amounts: &[u128]) -> Vec<u128> {
    let mut sorted = amounts.to_vec();
    sorted.sort_unstable_by(|a, b| b.cmp(a));
    sorted
}
