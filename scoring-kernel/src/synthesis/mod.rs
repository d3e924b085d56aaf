//! Inference synthesis: the terms by which a network of inferers, forecasters and reputers combines
//! predictions and shares what they earn (allora-network/allora-chain at c8a40c3, `x/emissions`).
//!
//! Losses are logarithms to base 10, as reported. Every function here is one formula on [`Signed`]
//! numbers; `epoch` makes a mechanism of them, `loss` says what a reputer's row reports, `memory` what
//! a topic remembers of a slot.

mod epoch;
mod explain;
mod heard;
mod listening;
mod loss;
mod memory;
mod params;
mod signed;

pub(crate) use epoch::{finish_row, prepare};
pub(crate) use explain::explain;
pub(crate) use loss::MAX_WORKERS;
pub(crate) use memory::WORDS;

pub use explain::{Report, ReputerTrace, SynthesisTrace, WorkerTrace};
pub use listening::{listening_coefficients, reputer_scores};
pub use loss::{Column, Section, columns, loss_of, word_of};
pub use memory::SlotMemory;
pub use params::{MAX_REPUTERS, SynthesisParams};
pub use signed::Signed;

/// How much of a new value enters a moving average of fractions and ratios: a tenth.
const ALPHA: (i64, i64) = (1, 10);

/// What is added to a deviation before dividing by it: a hundredth.
const TOLERANCE: (i64, i64) = (1, 100);

/// Slope of the weight function.
const SLOPE: i64 = 3;

/// A fraction that has no finite binary form.
const fn ratio((numerator, denominator): (i64, i64)) -> Signed {
    Signed::from_ratio_trunc(numerator, denominator)
}

/// `alpha new + (1 - alpha) old`.
fn averaged(alpha: Signed, new: Signed, old: Signed) -> Signed {
    alpha.mul_trunc(new).plus(Signed::ONE.minus(alpha).mul_trunc(old))
}

/// Sum of the numbers.
fn sum(numbers: impl IntoIterator<Item = Signed>) -> Signed {
    numbers.into_iter().fold(Signed::ZERO, Signed::plus)
}

/// `sum(weight value) / sum(weight)`: a network loss over reputers by stake, or a combined inference
/// over inferers and forecast-implied values by [`weights`]. Zero if all weights are.
pub fn weighted_mean(weights: &[Signed], values: &[Signed]) -> Signed {
    let products = weights.iter().zip(values).map(|(weight, value)| weight.mul_trunc(*value));
    sum(products).div_trunc(sum(weights.iter().copied()))
}

/// `alpha (network loss - own loss) + (1 - alpha) old`: how much better than the network a worker was.
pub fn regret(alpha: Signed, old: Signed, network_loss: Signed, own_loss: Signed) -> Signed {
    averaged(alpha, network_loss.minus(own_loss), old)
}

/// Weights of workers by their regrets: `r = R / (sd(R) + 0.01)` with the sample deviation, capped at
/// `c + 6.75 / p`; all raised until the largest is at least `c - 8.25 / p`; then
/// `p / (e^(p (c - r)) + 1)`, or zero below `c - 17.25 / p`; `p = 3`, `c = 3 / 4`.
pub fn weights(regrets: &[Signed]) -> Vec<Signed> {
    let quarter = |n: i64| Signed::from_ratio_trunc(n, 4);
    let centre = quarter(3);
    let (cap, floor, zero) = (quarter(3 + 9), quarter(3 - 11), quarter(3 - 23));
    let scale = deviation(regrets).plus(ratio(TOLERANCE));
    let mut scaled: Vec<Signed> =
        regrets.iter().map(|regret| regret.div_trunc(scale).min(cap)).collect();
    let largest = scaled.iter().copied().max().unwrap_or(floor);
    if largest < floor {
        let lift = floor.minus(largest);
        scaled.iter_mut().for_each(|regret| *regret = regret.plus(lift));
    }
    let slope = Signed::from_int(SLOPE);
    let weight = |regret: Signed| {
        if regret < zero {
            return Signed::ZERO;
        }
        slope.div_trunc(slope.mul_trunc(centre.minus(regret)).exp().plus(Signed::ONE))
    };
    scaled.into_iter().map(weight).collect()
}

/// The sample standard deviation; zero of fewer than two numbers.
pub fn deviation(numbers: &[Signed]) -> Signed {
    let count = i64::try_from(numbers.len()).unwrap_or(i64::MAX);
    if count < 2 {
        return Signed::ZERO;
    }
    let mean = sum(numbers.iter().copied()).div_trunc(Signed::from_int(count));
    let squares = numbers.iter().map(|number| {
        let distance = number.minus(mean);
        distance.mul_trunc(distance)
    });
    sum(squares).div_trunc(Signed::from_int(count - 1)).sqrt()
}

/// What the network's loss would rise by without an inferer.
pub fn inferer_score(loss_without: Signed, network_loss: Signed) -> Signed {
    loss_without.minus(network_loss)
}

/// `f (naive loss - naive loss with it) + (1 - f) (loss without it - loss)` with
/// `f = 2^-(forecasters - 1)`: the fewer forecasters, the more its addition to the naive network counts.
pub fn forecaster_score(
    naive_loss: Signed,
    naive_loss_with: Signed,
    loss_without: Signed,
    network_loss: Signed,
    forecasters: u32,
) -> Signed {
    let halvings = forecasters.saturating_sub(1).min(64);
    let f = Signed::from_raw(Signed::ONE.raw() >> halvings);
    let added = f.mul_trunc(naive_loss.minus(naive_loss_with));
    added.plus(Signed::ONE.minus(f).mul_trunc(loss_without.minus(network_loss)))
}

/// Fractions of what a class of workers earns: proportional to `phi(T / (deviation + 0.01))` with
/// `phi(x) = ln(1 + e^(p (x - c)))`; all arguments raised until the largest is at least
/// `c - 8.25 / p`, as those of [`weights`] are.
pub fn worker_fractions(scores: &[Signed], deviation: Signed) -> Vec<Signed> {
    let (slope, centre) = (Signed::from_int(SLOPE), Signed::from_ratio_trunc(3, 4));
    let scale = deviation.plus(ratio(TOLERANCE));
    let mut steps: Vec<Signed> =
        scores.iter().map(|score| slope.mul_trunc(score.div_trunc(scale).minus(centre))).collect();
    let least = Signed::from_ratio_trunc(-33, 4);
    let largest = steps.iter().copied().max().unwrap_or(least);
    if largest < least {
        let lift = least.minus(largest);
        steps.iter_mut().for_each(|step| *step = step.plus(lift));
    }
    // e^-44 is below 2^-63: above 44 the logarithm is its argument
    let straight = Signed::from_int(44);
    let phi = |step: Signed| {
        if step >= straight { step } else { step.exp().plus(Signed::ONE).ln() }
    };
    let parts: Vec<Signed> = steps.into_iter().map(phi).collect();
    let whole = sum(parts.iter().copied());
    parts.into_iter().map(|part| part.div_trunc(whole)).collect()
}

/// A participant's smoothed fraction of what its class earns.
pub fn smoothed_fraction(old: Signed, fraction: Signed) -> Signed {
    averaged(ratio(ALPHA), fraction, old)
}

/// Entropy of a class by its smoothed fractions `f`, divided by their sum: `-sum(f ln f)
/// (N_eff / N)^(1/4)` with `N_eff = 1 / sum(f^2)`; of one participant `ln 2 / 4`. The more evenly many
/// share, the more their class earns.
pub fn entropy(fractions: &[Signed]) -> Signed {
    let Some(count) = i64::try_from(fractions.len()).ok().filter(|&count| count != 0) else {
        return Signed::ZERO;
    };
    if count == 1 {
        return Signed::from_int(2).ln().div_trunc(Signed::from_int(4));
    }
    let whole = sum(fractions.iter().copied());
    let shares = || fractions.iter().map(|f| f.div_trunc(whole)).filter(|&f| f > Signed::ZERO);
    let information = sum(shares().map(|f| f.mul_trunc(f.ln())));
    let effective = Signed::ONE.div_trunc(sum(shares().map(|f| f.mul_trunc(f))));
    let evenness = effective.div_trunc(Signed::from_int(count)).sqrt().sqrt();
    Signed::ZERO.minus(information).mul_trunc(evenness)
}

/// The moving average of `(task score - min(0, best)) / |best|`: the gain by forecasts, which is
/// `naive loss - loss`, against the best inferer's score.
pub fn forecast_ratio(old: Signed, task_score: Signed, best_inferer: Signed) -> Signed {
    let gain = task_score.minus(best_inferer.min(Signed::ZERO));
    averaged(ratio(ALPHA), gain.div_trunc(best_inferer.magnitude()), old)
}

/// What part of the workers' reward forecasters may have: a tenth while they harm, a half when they
/// are worth the best inferer, and `0.4 ratio + 0.1` between.
pub fn forecasters_utility(ratio_: Signed) -> Signed {
    if ratio_ < Signed::ZERO {
        ratio((1, 10))
    } else if ratio_ >= Signed::ONE {
        ratio((1, 2))
    } else {
        ratio((2, 5)).mul_trunc(ratio_).plus(ratio((1, 10)))
    }
}

/// What each class earns of a topic's reward.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClassShares {
    /// Of inferers: `(1 - chi) gamma F / (F + G + H)`.
    pub inferers: Signed,
    /// Of forecasters: `chi gamma G / (F + G + H)`.
    pub forecasters: Signed,
    /// Of reputers: `H / (F + G + H)`.
    pub reputers: Signed,
}

/// Splits a topic's reward by the entropies `F`, `G`, `H` of inferers, forecasters and reputers, with
/// `gamma = (F + G) / ((1 - chi) F + chi G)` and the utility `chi`.
pub fn class_shares(
    inferers: Signed,
    forecasters: Signed,
    reputers: Signed,
    utility: Signed,
) -> ClassShares {
    let infers = Signed::ONE.minus(utility).mul_trunc(inferers);
    let forecasts = utility.mul_trunc(forecasters);
    let workers = inferers.plus(forecasters);
    let gamma = workers.div_trunc(infers.plus(forecasts));
    let all = workers.plus(reputers);
    ClassShares {
        inferers: gamma.mul_trunc(infers).div_trunc(all),
        forecasters: gamma.mul_trunc(forecasts).div_trunc(all),
        reputers: reputers.div_trunc(all),
    }
}

/// Reputers' fractions: `stake score / sum(stake score)`.
pub fn reputer_fractions(stakes: &[Signed], scores: &[Signed]) -> Vec<Signed> {
    let parts: Vec<Signed> =
        stakes.iter().zip(scores).map(|(stake, score)| stake.mul_trunc(*score)).collect();
    let whole = sum(parts.iter().copied());
    parts.into_iter().map(|part| part.div_trunc(whole)).collect()
}

/// `(old + sqrt(stake) sqrt(fee an epoch)) / 2`: what a topic receives of an emission, against others.
pub fn topic_weight(old: Signed, stake: Signed, fee_per_epoch: Signed) -> Signed {
    old.plus(stake.sqrt().mul_trunc(fee_per_epoch.sqrt())).div_trunc(Signed::from_int(2))
}
