//! An independent, slow synthesis: every step by its definition, on numbers of 160 fractional bits.
//!
//! It shares no code with the crate beyond the types of its input: distances are lengths of vectors,
//! gradients are differences of whole epochs of scores, and nothing is rounded but what is stored.

use num_bigint::BigInt;
use num_traits::{Signed as _, ToPrimitive, Zero};
use scoring_kernel::{Input, MeanParams, Mechanism, Outcome, Rows, SynthesisParams, Workspace};
use std::collections::BTreeMap;

const PLACES: usize = 160;

/// A multiple of 2^-160.
type Q = BigInt;

/// What an epoch yields, for comparison within a bound.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Epoch {
    pub(crate) consensus: Vec<f64>,
    pub(crate) incentives: Vec<f64>,
    pub(crate) dividends: Vec<f64>,
    pub(crate) trust: Vec<f64>,
    pub(crate) contributors: Option<f64>,
    /// By slot: two regrets, two fractions, one less the coefficient, the ratio.
    pub(crate) numbers: Vec<[f64; 6]>,
    /// By slot: the words of its scores.
    pub(crate) scores: Vec<Vec<u16>>,
    /// Whether a score lies so close to the middle between two words that the last of 64 places
    /// decides: what follows from it cannot be compared.
    pub(crate) tie: bool,
}

fn whole(n: i64) -> Q {
    Q::from(n) << PLACES
}

fn part(n: i64, d: i64) -> Q {
    whole(n) / d
}

fn mul(a: &Q, b: &Q) -> Q {
    (a * b) >> PLACES
}

fn div(a: &Q, b: &Q) -> Q {
    if b.is_zero() { Q::zero() } else { (a << PLACES) / b }
}

fn sqrt(a: &Q) -> Q {
    if a.is_negative() { Q::zero() } else { (a << PLACES).sqrt() }
}

/// `e^x`: the series of `x / 2^20`, squared twenty times.
fn exp(x: &Q) -> Q {
    let small = x >> 20;
    let (mut term, mut sum) = (whole(1), whole(1));
    for i in 1..40 {
        term = mul(&term, &small) / i;
        sum += &term;
    }
    (0..20).for_each(|_| sum = mul(&sum, &sum));
    sum
}

/// The natural logarithm: steps of third order from a double.
fn ln(x: &Q) -> Q {
    let mut y = Q::from((real(x).ln() * 2f64.powi(60)) as i128) << (PLACES - 60);
    for _ in 0..4 {
        // y + 2 (x - e^y) / (x + e^y)
        let power = exp(&y);
        y += div(&((x - &power) * 2), &(x + &power));
    }
    y
}

fn total<'a>(values: impl IntoIterator<Item = &'a Q>) -> Q {
    values.into_iter().fold(Q::zero(), |sum, x| sum + x)
}

/// As a double.
fn real(x: &Q) -> f64 {
    (x >> 60usize).to_f64().expect("small") / 2f64.powi(100)
}

fn deviation(numbers: &[Q]) -> Q {
    let n = numbers.len() as i64;
    if n < 2 {
        return Q::zero();
    }
    let mean = total(numbers) / n;
    let squares: Vec<Q> = numbers.iter().map(|x| mul(&(x - &mean), &(x - &mean))).collect();
    sqrt(&(total(&squares) / (n - 1)))
}

/// What a slot remembers, decoded.
#[derive(Clone, Default)]
struct Kept {
    numbers: [Q; 6],
    scores: Vec<u16>,
    any: bool,
}

fn kept(bonds: &Rows, uid: usize) -> Kept {
    let words: BTreeMap<u16, u16> = bonds.row(uid).iter().collect();
    let word = |place: u16| u32::from(words.get(&place).copied().unwrap_or(0));
    let both = |place: u16| word(place) << 16 | word(place + 1);
    let signed = |place: u16| Q::from(both(place) as i32) << (PLACES - 26);
    let fraction = |place: u16| Q::from(both(place)) << (PLACES - 32);
    Kept {
        numbers: [signed(0), signed(2), fraction(4), fraction(6), fraction(8), signed(10)],
        scores: (12..22).map(|place| word(place) as u16).collect(),
        any: (0..22).any(|place| word(place) != 0),
    }
}

/// Numbers as a row stores them.
fn rounded(kept: &Kept) -> [f64; 6] {
    let mut numbers = [0.0; 6];
    for (at, (number, value)) in numbers.iter_mut().zip(&kept.numbers).enumerate() {
        *number = match at {
            0 | 1 | 5 => real(value).clamp(-32.0, 32.0),
            _ => real(value).clamp(0.0, 1.0),
        };
    }
    numbers
}

fn grid(word: u16) -> Q {
    Q::from(i64::from(word) - 32_768) << (PLACES - 11)
}

/// Whether a loss is half way between two words, up to 2^-50.
fn tie(loss: &Q) -> bool {
    let above: Q = (loss + (Q::from(1) << (PLACES - 12))) & ((Q::from(1) << (PLACES - 11)) - 1);
    let below: Q = (Q::from(1) << (PLACES - 11)) - &above;
    above.min(below) < Q::from(1) << (PLACES - 50)
}

fn word(loss: &Q) -> u16 {
    let steps: BigInt = (loss + (Q::from(1) << (PLACES - 12))) >> (PLACES - 11);
    (steps + 32_768i64).to_i64().expect("small").clamp(1, 65_535) as u16
}

/// Scores by definition: the distance from the consensus of these coefficients.
fn scores(reports: &[Vec<Q>], stakes: &[Q], listening: &[Q]) -> Vec<Q> {
    let heard: Vec<Q> = stakes.iter().zip(listening).map(|(s, a)| mul(s, a)).collect();
    let all = total(&heard);
    let count = heard.len() as i64;
    let weights: Vec<Q> = heard.iter().map(|h| div(&(h * count), &all).min(whole(1))).collect();
    let sum = total(&weights);
    let consensus: Vec<Q> = (0..reports[0].len())
        .map(|at| {
            let terms: Vec<Q> = reports.iter().zip(&weights).map(|(r, w)| mul(&r[at], w)).collect();
            div(&total(&terms), &sum)
        })
        .collect();
    let square = |vector: &[Q]| total(&vector.iter().map(|x| mul(x, x)).collect::<Vec<_>>());
    let length = sqrt(&square(&consensus));
    reports
        .iter()
        .map(|report| {
            let apart: Vec<Q> = report.iter().zip(&consensus).map(|(l, c)| l - c).collect();
            div(&whole(1), &(div(&sqrt(&square(&apart)), &length) + part(1, 100)))
        })
        .collect()
}

fn heard_part(stakes: &[Q], listening: &[Q]) -> Q {
    let heard: Vec<Q> = stakes.iter().zip(listening).map(|(s, a)| mul(s, a)).collect();
    div(&total(&heard), &total(stakes))
}

fn raised(stakes: &[Q], listening: &[Q]) -> Vec<Q> {
    let (heard, half) = (heard_part(stakes, listening), part(1, 2));
    if heard >= half {
        return listening.to_vec();
    }
    let by = div(&(half - &heard), &(whole(1) - &heard));
    listening.iter().map(|a| a + mul(&(whole(1) - a), &by)).collect()
}

fn ascended(reports: &[Vec<Q>], stakes: &[Q], before: &[Q]) -> Vec<Q> {
    let mut now = raised(stakes, before);
    for _ in 0..10 {
        let here = total(&scores(reports, stakes, &now));
        let mut next = Vec::new();
        for at in 0..now.len() {
            let step = if now[at] == whole(1) { part(-1, 1_000) } else { part(1, 1_000) };
            let mut there = now.clone();
            there[at] += &step;
            let gradient =
                div(&(whole(1) - div(&here, &total(&scores(reports, stakes, &there)))), &step);
            let moved: Q = &now[at] + gradient / 20;
            next.push(moved.max(Q::zero()).min(whole(1)));
        }
        let (old, new) = (heard_part(stakes, &now), heard_part(stakes, &next));
        if new < part(1, 2) {
            let by = div(&(&old - part(1, 2)), &(&old - &new));
            next = next.iter().zip(&now).map(|(n, o)| o + mul(&(n - o), &by)).collect();
            next = raised(stakes, &next);
        }
        let moved = next.iter().zip(&now).map(|(n, o)| (n - o).abs()).max();
        now = next;
        if moved.is_none_or(|moved| moved <= part(1, 20_000)) {
            break;
        }
    }
    now
}

fn weights(regrets: &[Q]) -> Vec<Q> {
    let scale = deviation(regrets) + part(1, 100);
    let mut r: Vec<Q> = regrets.iter().map(|x| div(x, &scale).min(whole(3))).collect();
    let most = r.iter().max().cloned().unwrap_or_default();
    if most < whole(-2) {
        r.iter_mut().for_each(|x| *x += whole(-2) - &most);
    }
    r.iter()
        .map(|x| {
            if *x < whole(-5) {
                return Q::zero();
            }
            div(&whole(3), &(exp(&((part(3, 4) - x) * 3)) + whole(1)))
        })
        .collect()
}

fn fractions(scores: &[Q], deviation: &Q) -> Vec<Q> {
    let scale = deviation + part(1, 100);
    let mut y: Vec<Q> = scores.iter().map(|t| (div(t, &scale) - part(3, 4)) * 3).collect();
    let most = y.iter().max().cloned().unwrap_or_default();
    if most < part(-33, 4) {
        y.iter_mut().for_each(|x| *x += part(-33, 4) - &most);
    }
    // for a large x, ln(1 + e^x) = x + ln(1 + e^-x)
    let phi = |x: &Q| {
        if x.is_negative() { ln(&(exp(x) + whole(1))) } else { x + ln(&(exp(&-x) + whole(1))) }
    };
    let parts: Vec<Q> = y.iter().map(phi).collect();
    let sum = total(&parts);
    parts.iter().map(|x| div(x, &sum)).collect()
}

fn entropy(fractions: &[Q]) -> Q {
    if fractions.len() == 1 {
        return ln(&whole(2)) / 4;
    }
    let sum = total(fractions);
    let f: Vec<Q> = fractions.iter().map(|x| div(x, &sum)).filter(|x| x.is_positive()).collect();
    let information = total(&f.iter().map(|x| -mul(x, &ln(x))).collect::<Vec<_>>());
    let squares = total(&f.iter().map(|x| mul(x, x)).collect::<Vec<_>>());
    let even = div(&div(&whole(1), &squares), &whole(fractions.len() as i64));
    if fractions.is_empty() { Q::zero() } else { mul(&information, &sqrt(&sqrt(&even))) }
}

/// Old and new, averaged; the new one where there is no old one.
fn averaged(old: &Q, new: &Q, alpha: &Q) -> Q {
    if old.is_zero() { new.clone() } else { mul(alpha, new) + mul(&(whole(1) - alpha), old) }
}

struct Worker {
    uid: usize,
    forecasts: bool,
    own: Q,
    score: Q,
}

/// A network's losses and who reports what.
struct Reported {
    reputers: Vec<usize>,
    stakes: Vec<Q>,
    listening: Vec<Q>,
    network: BTreeMap<u16, Q>,
    reports: Vec<Vec<Q>>,
    coverage: Vec<Q>,
}

fn active(params: &SynthesisParams, input: &Input<'_>) -> Vec<u64> {
    let nothing = Rows::new();
    let mean = Mechanism::Mean(MeanParams { electorate: params.electorate });
    let mut outcome = Outcome::default();
    let input = Input { weights: &nothing, bonds: &nothing, ..*input };
    mean.score(&input, &mut Workspace::default(), &mut outcome).expect("it fits");
    outcome.active_stake
}

fn may(input: &Input<'_>, from: usize, place: u16) -> bool {
    let Some(of) = place.checked_sub(2) else { return true };
    let of = usize::from(of / 3);
    let registered = input.registered[of];
    (of != from || input.owner.map(usize::from) == Some(from))
        && input.last_update[from] > registered
        && input.commit.is_none_or(|commit| registered <= commit)
}

fn reported(input: &Input<'_>, active: &[u64], before: &[Kept]) -> Reported {
    let rows: Vec<(usize, BTreeMap<u16, Q>)> = (0..input.stakes.len())
        .filter(|&from| active[from] != 0)
        .map(|from| {
            let row = input.weights.row(from).iter().filter(|&(place, _)| may(input, from, place));
            (from, row.map(|(place, value)| (place, grid(value))).collect())
        })
        .filter(|(_, row): &(usize, BTreeMap<u16, Q>)| !row.is_empty())
        .collect();
    let reputers: Vec<usize> = rows.iter().map(|(from, _)| *from).collect();
    let stakes: Vec<Q> =
        reputers.iter().map(|&from| Q::from(active[from]) << (PLACES - 32)).collect();
    let listening: Vec<Q> =
        reputers.iter().map(|&from| whole(1) - &before[from].numbers[4]).collect();
    let listening = if reputers.is_empty() { listening } else { raised(&stakes, &listening) };
    let each: Vec<Q> = stakes.iter().zip(&listening).map(|(s, a)| mul(s, a)).collect();
    let mut network = BTreeMap::new();
    for place in 0..(2 + 3 * input.stakes.len()) as u16 {
        let by: Vec<usize> =
            (0..rows.len()).filter(|&at| rows[at].1.contains_key(&place)).collect();
        if total(by.iter().map(|&at| &each[at])) * 2 > total(&each) {
            let terms: Vec<Q> =
                by.iter().map(|&at| mul(&stakes[at], &rows[at].1[&place])).collect();
            network.insert(place, div(&total(&terms), &total(by.iter().map(|&at| &stakes[at]))));
        }
    }
    let report = |row: &BTreeMap<u16, Q>| {
        network.iter().map(|(place, mean)| row.get(place).unwrap_or(mean).clone()).collect()
    };
    let covered = |(from, row): &(usize, BTreeMap<u16, Q>)| {
        let due = network.keys().filter(|&&place| may(input, *from, place)).count();
        let given = network.keys().filter(|place| row.contains_key(place)).count();
        div(&whole(given as i64), &whole(due as i64))
    };
    let reports = rows.iter().map(|(_, row)| report(row)).collect();
    let coverage = rows.iter().map(covered).collect();
    Reported { reputers, stakes, listening, network, reports, coverage }
}

fn workers(network: &BTreeMap<u16, Q>, slots: usize) -> Vec<Worker> {
    let (combined, naive) = (&network[&0], network.get(&1));
    let at = |uid: usize, section: usize| network.get(&((2 + 3 * uid + section) as u16));
    let forecasts = |uid: usize| naive.is_some() && at(uid, 2).is_some();
    let forecasters = (0..slots).filter(|&uid| at(uid, 0).is_some() && forecasts(uid)).count();
    let score = |uid: usize| {
        let out = at(uid, 1).unwrap_or(combined) - combined;
        if !forecasts(uid) {
            return out;
        }
        let f = whole(1) >> (forecasters - 1);
        let gain = naive.expect("it is there") - at(uid, 2).expect("it is there");
        mul(&f, &gain) + mul(&(whole(1) - &f), &out)
    };
    (0..slots)
        .filter_map(|uid| {
            let own = at(uid, 0)?.clone();
            Some(Worker { uid, forecasts: forecasts(uid), own, score: score(uid) })
        })
        .collect()
}

/// The epoch that `input` describes.
pub(crate) fn epoch(params: &SynthesisParams, input: &Input<'_>) -> Epoch {
    let slots = input.stakes.len();
    let keeps = |uid: usize| input.registered[uid] < input.last_close;
    let mut kept: Vec<Kept> = (0..slots)
        .map(|uid| {
            if keeps(uid) {
                kept(input.bonds, uid)
            } else {
                Kept { scores: vec![0; 10], ..Kept::default() }
            }
        })
        .collect();
    let active = active(params, input);
    let said = reported(input, &active, &kept);
    let mut epoch = Epoch {
        consensus: vec![0.0; slots],
        incentives: vec![0.0; slots],
        dividends: vec![0.0; slots],
        trust: vec![0.0; slots],
        contributors: None,
        numbers: kept.iter().map(rounded).collect(),
        scores: kept.iter().map(|kept| kept.scores.clone()).collect(),
        tie: false,
    };
    if !said.network.contains_key(&0) {
        return epoch;
    }
    let workers = workers(&said.network, slots);
    if workers.is_empty() {
        return epoch;
    }
    let (combined, naive) = (&said.network[&0], said.network.get(&1));
    let mut ratio = kept.iter().filter(|kept| kept.any).map(|kept| kept.numbers[5].clone()).max();
    let alpha = part(params.alpha.into(), 1_000_000);
    for worker in &workers {
        let kept = &mut kept[worker.uid];
        kept.numbers[0] = averaged(&kept.numbers[0], &(combined - &worker.own), &alpha);
        if let (Some(naive), false) = (naive, worker.forecasts) {
            kept.numbers[1] = averaged(&kept.numbers[1], &(naive - &worker.own), &alpha);
        }
        epoch.tie |= tie(&worker.score);
        kept.scores.insert(0, word(&worker.score));
        kept.scores.truncate(10);
    }
    let mut earned = vec![Q::zero(); slots];
    let mut entropies = Vec::new();
    for forecasts in [false, true] {
        let class: Vec<&Worker> = workers.iter().filter(|w| w.forecasts == forecasts).collect();
        let past = class.iter().flat_map(|w| kept[w.uid].scores.iter().filter(|&&s| s != 0));
        let deviation = deviation(&past.map(|&s| grid(s)).collect::<Vec<_>>());
        let scores: Vec<Q> = class.iter().map(|w| w.score.clone()).collect();
        for (worker, fraction) in class.iter().zip(fractions(&scores, &deviation)) {
            let smoothed = averaged(&kept[worker.uid].numbers[2], &fraction, &part(1, 10));
            kept[worker.uid].numbers[2] = smoothed;
            earned[worker.uid] = fraction;
        }
        let smoothed: Vec<Q> = class.iter().map(|w| kept[w.uid].numbers[2].clone()).collect();
        entropies.push(entropy(&smoothed));
    }
    let listening = ascended(&said.reports, &said.stakes, &said.listening);
    let raw = scores(&said.reports, &said.stakes, &listening);
    let scored: Vec<Q> = raw.iter().zip(&said.coverage).map(|(s, c)| mul(s, c)).collect();
    let pays: Vec<Q> = said.stakes.iter().zip(&scored).map(|(s, t)| mul(s, t)).collect();
    let sum = total(&pays);
    let mut smoothed = Vec::new();
    for (at, &uid) in said.reputers.iter().enumerate() {
        let fraction = div(&pays[at], &sum);
        epoch.dividends[uid] = real(&fraction);
        epoch.trust[uid] = real(&scored[at]) / 100.0;
        kept[uid].numbers[3] = averaged(&kept[uid].numbers[3], &fraction, &part(1, 10));
        kept[uid].numbers[4] = whole(1) - &listening[at];
        smoothed.push(kept[uid].numbers[3].clone());
    }
    if let (Some(naive), true) = (naive, workers.iter().any(|w| w.forecasts)) {
        let inferers = workers.iter().filter(|w| !w.forecasts).map(|w| w.score.clone());
        let best = inferers.max().unwrap_or_default();
        let gain = naive - combined - best.clone().min(Q::zero());
        let old = ratio.unwrap_or_default();
        ratio = Some(div(&gain, &best.abs()) / 10 + old * 9 / 10);
    }
    let ratio = ratio.unwrap_or_default();
    for kept in &mut kept {
        if kept.numbers.iter().take(5).any(|n| !n.is_zero())
            || kept.scores.iter().any(|&s| s != 0)
            || kept.any
        {
            kept.numbers[5] = ratio.clone();
        }
    }
    let chi = match &ratio {
        x if x.is_negative() => part(1, 10),
        x if *x >= whole(1) => part(1, 2),
        x => x * 4 / 10 + part(1, 10),
    };
    let reputers = entropy(&smoothed);
    let (f, g) = (&entropies[0], &entropies[1]);
    let (pays_f, pays_g) = (mul(&(whole(1) - &chi), f), mul(&chi, g));
    let gamma = div(&(f + g), &(&pays_f + &pays_g));
    let all = f + g + &reputers;
    let shares = [div(&mul(&gamma, &pays_f), &all), div(&mul(&gamma, &pays_g), &all)];
    let part_of = |w: &Worker| mul(&earned[w.uid], &shares[usize::from(w.forecasts)]);
    let parts: Vec<Q> = workers.iter().map(part_of).collect();
    let granted =
        weights(&workers.iter().map(|w| kept[w.uid].numbers[0].clone()).collect::<Vec<_>>());
    for ((worker, part), weight) in workers.iter().zip(&parts).zip(&granted) {
        epoch.incentives[worker.uid] = real(&div(part, &total(&parts)));
        epoch.consensus[worker.uid] = real(&div(weight, &total(&granted)));
    }
    epoch.contributors = Some(real(&(&shares[0] + &shares[1])));
    epoch.numbers = kept.iter().map(rounded).collect();
    epoch.scores = kept.into_iter().map(|kept| kept.scores).collect();
    epoch
}
