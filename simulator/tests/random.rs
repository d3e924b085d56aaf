//! The samplers' laws: the same bits everywhere, streams that do not touch, and draws that
//! follow their distributions (fixed seeds, so a failure is a change and not bad luck).

use simulator::random::{BILLION, Categorical, Fixed, Seed, Stream, golden_digest};

const DRAWS: usize = 400_000;

fn stream(purpose: &str) -> Stream {
    Seed::new(20_261_122).stream(0, "laws", purpose)
}

fn thousandths(parts: i64) -> Fixed {
    Fixed::from_billionths(parts * 1_000_000)
}

fn draws(count: usize, mut draw: impl FnMut() -> Fixed) -> Vec<f64> {
    (0..count).map(|_| draw().to_f64()).collect()
}

/// Kolmogorov's sqrt(n) sup |F_n - F|; above 1.95 with probability 0.001 if F is the law.
fn kolmogorov(mut values: Vec<f64>, law: impl Fn(f64) -> f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let count = values.len() as f64;
    let mut distance: f64 = 0.0;
    for (rank, value) in values.iter().enumerate() {
        let expected = law(*value);
        distance = distance.max(expected - rank as f64 / count);
        distance = distance.max((rank + 1) as f64 / count - expected);
    }
    distance * count.sqrt()
}

/// Pearson's sum (observed - expected)^2 / expected, as deviations above its mean.
fn pearson(observed: &[u64], probabilities: &[f64]) -> f64 {
    let count = observed.iter().sum::<u64>() as f64;
    let mut sum = 0.0;
    for (seen, probability) in observed.iter().zip(probabilities) {
        let expected = count * probability;
        sum += (*seen as f64 - expected).powi(2) / expected;
    }
    let freedom = (observed.len() - 1) as f64;
    (sum - freedom) / (2.0 * freedom).sqrt()
}

fn moments(values: &[f64]) -> [f64; 4] {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let central = |power| values.iter().map(|v| (v - mean).powi(power)).sum::<f64>() / count;
    let variance = central(2);
    [mean, variance, central(3) / variance.powf(1.5), central(4) / variance.powi(2)]
}

fn normal_law(z: f64) -> f64 {
    libm::erfc(-z * std::f64::consts::FRAC_1_SQRT_2) / 2.0
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn golden_draws_are_unchanged() {
    assert_eq!(hex(&golden_digest()), GOLDEN);
}

/// `golden_digest()`; wasm32 must give the same. A change here changes every committed run.
const GOLDEN: &str = "8f298ba367918932e3452ef0852988288094cf1b7c9f5faa7959c41e3188fab2";

#[test]
fn another_agent_or_draw_shifts_no_stream() {
    let seed = Seed::new(3);
    let alone = seed.stream(5, "alice", "noise").next_u64();
    let mut alice = seed.stream(5, "alice", "noise");
    let mut bob = seed.stream(5, "bob", "noise");
    for _ in 0..1_000 {
        bob.next_u64();
    }
    assert_eq!(alice.next_u64(), alone);
    assert_eq!(seed.stream(5, "alice", "noise").next_u64(), alone);
}

#[test]
fn streams_are_uncorrelated() {
    let seed = Seed::new(0);
    let keys = [(0, "a", "x"), (1, "a", "x"), (0, "b", "x"), (0, "a", "y")];
    let series: Vec<Vec<f64>> = keys
        .iter()
        .map(|(run, agent, purpose)| {
            let mut stream = seed.stream(*run, agent, purpose);
            draws(100_000, || stream.standard_normal())
        })
        .collect();
    for (place, first) in series.iter().enumerate() {
        for second in &series[place + 1..] {
            let sum: f64 = first.iter().zip(second).map(|(a, b)| a * b).sum();
            assert!(sum.abs() / (first.len() as f64).sqrt() < 3.5, "{sum}");
        }
    }
}

#[test]
fn filling_equals_drawing_one_by_one() {
    let mut single = stream("fill");
    let mut filled = single.clone();
    for length in [0, 1, 255, 256, 257, 1_000] {
        let mut block = vec![Fixed::ZERO; length];
        filled.fill_normal(&mut block);
        for value in block {
            assert_eq!(value, single.standard_normal());
        }
    }
}

#[test]
fn integers_in_a_range_are_equally_likely() {
    let mut stream = stream("uniform");
    let mut seen = [0; 7];
    for _ in 0..DRAWS {
        seen[(stream.uniform(10, 16).unwrap() - 10) as usize] += 1;
    }
    assert!(pearson(&seen, &[1.0 / 7.0; 7]) < 4.0, "{seen:?}");
    // Without redrawing, the thirds of this range would have 25, 25 and 50%.
    let mut thirds = [0; 3];
    for _ in 0..DRAWS {
        thirds[(stream.uniform(0, (3 << 62) - 1).unwrap() >> 62) as usize] += 1;
    }
    assert!(pearson(&thirds, &[1.0 / 3.0; 3]) < 4.0, "{thirds:?}");
}

#[test]
fn bernoulli_has_its_probability() {
    for (parts, purpose) in [(BILLION / 2, "half"), (BILLION / 1_000, "rare")] {
        let mut stream = stream(purpose);
        let hits = (0..DRAWS).filter(|_| stream.bernoulli(parts).unwrap()).count() as u64;
        let p = f64::from(parts) / f64::from(BILLION);
        assert!(pearson(&[hits, DRAWS as u64 - hits], &[p, 1.0 - p]) < 5.0, "{hits}");
    }
}

#[test]
fn categories_are_drawn_in_proportion_to_weight() {
    let categories = Categorical::new(&[1, 2, 3, 10]).unwrap();
    let mut stream = stream("categorical");
    let mut seen = [0; 4];
    for _ in 0..DRAWS {
        seen[categories.draw(&mut stream)] += 1;
    }
    assert!(pearson(&seen, &[0.0625, 0.125, 0.1875, 0.625]) < 4.0, "{seen:?}");
}

#[test]
fn all_orders_and_selections_are_equally_likely() {
    let (mut shuffled, mut chosen) = (stream("shuffle"), stream("choose"));
    let mut orders = [0; 256];
    let mut selections = [0; 16];
    for _ in 0..DRAWS {
        let mut items = [0_usize, 1, 2, 3];
        shuffled.shuffle(&mut items);
        orders[items.iter().fold(0, |packed, item| packed * 4 + item)] += 1;
        let pair = chosen.choose(4, 2).unwrap();
        selections[(pair[0] * 4 + pair[1]) as usize] += 1;
    }
    let orders: Vec<u64> = orders.into_iter().filter(|count| *count > 0).collect();
    assert_eq!(orders.len(), 24);
    assert!(pearson(&orders, &[1.0 / 24.0; 24]) < 4.0, "{orders:?}");
    let selections: Vec<u64> = selections.into_iter().filter(|count| *count > 0).collect();
    assert_eq!(selections.len(), 12);
    assert!(pearson(&selections, &[1.0 / 12.0; 12]) < 4.0, "{selections:?}");
}

#[test]
fn standard_normal_follows_the_normal_law() {
    let mut stream = stream("normal");
    let values = draws(DRAWS, || stream.standard_normal());
    let root = (DRAWS as f64).sqrt();
    let [mean, variance, skewness, kurtosis] = moments(&values);
    assert!(mean.abs() < 4.0 / root, "{mean}");
    assert!((variance - 1.0).abs() < 4.0 * 2_f64.sqrt() / root, "{variance}");
    assert!(skewness.abs() < 4.0 * 6_f64.sqrt() / root, "{skewness}");
    assert!((kurtosis - 3.0).abs() < 4.0 * 24_f64.sqrt() / root, "{kurtosis}");
    for (beyond, probability) in [(2.0, 0.045_500_264), (3.0, 0.002_699_796), (4.0, 6.334_2e-5)] {
        let seen = values.iter().filter(|value| value.abs() > beyond).count() as u64;
        let seen = [seen, DRAWS as u64 - seen];
        assert!(pearson(&seen, &[probability, 1.0 - probability]) < 5.0, "{beyond}: {seen:?}");
    }
    assert!(kolmogorov(values, normal_law) < 1.95);
}

#[test]
fn normal_has_its_mean_and_deviation() {
    let mut stream = stream("normal scaled");
    let (mean, deviation) = (thousandths(-2_500), thousandths(300));
    let values = draws(DRAWS, || stream.normal(mean, deviation).unwrap());
    assert!(kolmogorov(values, |x| normal_law((x + 2.5) / 0.3)) < 1.95);
}

#[test]
fn lognormal_is_the_exponential_of_a_normal() {
    let mut stream = stream("lognormal");
    let (mu, sigma) = (thousandths(4_605), thousandths(500));
    let values = draws(DRAWS, || stream.lognormal(mu, sigma).unwrap());
    assert!(kolmogorov(values, |x| normal_law((libm::log(x) - 4.605) / 0.5)) < 1.95);
}

#[test]
fn exponential_has_no_memory() {
    let mut stream = stream("exponential");
    let values = draws(DRAWS, || stream.exponential(thousandths(2_500)).unwrap());
    let later: Vec<f64> = values.iter().filter(|x| **x > 5.0).map(|x| x - 5.0).collect();
    let law = |x: f64| 1.0 - libm::exp(-x / 2.5);
    assert!(kolmogorov(values, law) < 1.95);
    assert!(kolmogorov(later, law) < 1.95);
}

#[test]
fn pareto_has_a_power_tail() {
    let mut stream = stream("pareto");
    let (scale, shape) = (thousandths(2_000), thousandths(1_160));
    let values = draws(DRAWS, || stream.pareto(scale, shape).unwrap());
    assert!(values.iter().all(|x| *x >= 2.0));
    assert!(kolmogorov(values, |x| 1.0 - libm::pow(2.0 / x, 1.16)) < 1.95);
}

#[test]
fn poisson_counts_have_their_probabilities() {
    for (purpose, parts) in [("0.3", 300), ("9", 9_000), ("10.5", 10_500), ("60", 60_000)] {
        let mut stream = stream(purpose);
        let mean = parts as f64 / 1_000.0;
        let mut seen = vec![0; 200];
        for _ in 0..DRAWS {
            seen[stream.poisson(thousandths(parts)).unwrap() as usize] += 1;
        }
        let mut probability = libm::exp(-mean);
        let (mut counts, mut law) = (vec![0], vec![1.0]);
        for (k, count) in seen.iter().enumerate() {
            if k > 0 {
                probability *= mean / k as f64;
            }
            // Counts too rare for Pearson's test are pooled in the first cell.
            if probability * DRAWS as f64 > 10.0 {
                counts.push(*count);
                law.push(probability);
                law[0] -= probability;
            } else {
                counts[0] += count;
            }
        }
        let excess = pearson(&counts, &law);
        assert!(excess < 4.0, "mean {mean}: {excess}");
    }
}
