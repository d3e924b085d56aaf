//! The bare token-reward economy: ours, exact and through the public API, beside a plain
//! loop in doubles over the same noise. `cargo bench -p simulator --bench economy`.
//!
//! Columns of items/s count agent-steps; the other frameworks' figures, measured on a like
//! two-core machine, are printed below.

use divan::Bencher;
use divan::counter::ItemsCount;
use simulator::economy::Economy;
use simulator::random::{Fixed, Seed, Stream};

const STEPS: u64 = 500;

/// Million agent-steps a second of the same economy elsewhere, one core.
const PEERS: &[(&str, &str)] = &[
    ("plain u128 loop", "18-20"),
    ("numpy arrays", "17-26"),
    ("krABMaga", "9-14"),
    ("radCAD, agents to arrays", "0.18-2.4"),
    ("cadCAD, agents to arrays", "0.11-6.9"),
    ("Mesa", "0.36"),
];

fn main() {
    divan::main();
    println!("\nelsewhere, M agent-steps/s (N = 1,000 and 100,000, T = {STEPS}):");
    for (name, figure) in PEERS {
        println!("  {name:<26} {figure}");
    }
}

#[divan::bench(args = [1_000, 100_000], sample_count = 20, sample_size = 1)]
fn exact(bencher: Bencher, agents: usize) {
    bencher
        .counter(ItemsCount::new(agents as u64 * STEPS))
        .with_inputs(|| Economy::new(Seed::new(1), 0, agents).expect("within bounds"))
        .bench_values(|mut economy| economy.run(STEPS).expect("within bounds"));
}

/// One step at a time: its fastest sample is what a busy machine cannot slow down.
#[divan::bench(args = [1_000, 100_000], sample_count = 2_000, sample_size = 1)]
fn exact_step(bencher: Bencher, agents: usize) {
    let mut economy = Economy::new(Seed::new(1), 0, agents).expect("within bounds");
    bencher.counter(ItemsCount::new(agents)).bench_local(|| economy.step().expect("within bounds"));
}

#[divan::bench(args = [1_000, 100_000], sample_count = 2_000, sample_size = 1)]
fn doubles_step(bencher: Bencher, agents: usize) {
    let mut economy = Doubles::new(Seed::new(1), agents);
    bencher.counter(ItemsCount::new(agents)).bench_local(|| economy.step());
}

/// The noise of one epoch of 64 validators who each look at 256 contributors.
#[divan::bench(sample_count = 2_000, sample_size = 1)]
fn noise_of_an_epoch(bencher: Bencher) {
    let mut stream = Seed::new(1).stream(0, "bench", "noise");
    let mut noise = vec![Fixed::ZERO; 64 * 256];
    bencher
        .counter(ItemsCount::new(noise.len()))
        .bench_local(|| stream.fill_normal(divan::black_box(&mut noise)));
}

#[divan::bench(args = [1_000, 100_000], sample_count = 20, sample_size = 1)]
fn doubles(bencher: Bencher, agents: usize) {
    bencher
        .counter(ItemsCount::new(agents as u64 * STEPS))
        .with_inputs(|| Doubles::new(Seed::new(1), agents))
        .bench_values(|mut economy| (0..STEPS).map(|_| economy.step()).last());
}

/// The economy as one would write it in floats; it conserves only nearly.
struct Doubles {
    stake: Vec<f64>,
    liquid: Vec<f64>,
    quality: Vec<f64>,
    score: Vec<f64>,
    noise: Vec<Fixed>,
    stream: Stream,
}

impl Doubles {
    fn new(seed: Seed, agents: usize) -> Self {
        let mut stream = seed.stream(0, "doubles", "all");
        let stake = (0..agents).map(|_| 100.0 * stream.standard_normal().to_f64().exp()).collect();
        let quality = (0..agents).map(|_| stream.fraction().to_f64()).collect();
        Self {
            stake,
            liquid: vec![0.0; agents],
            quality,
            score: vec![0.0; agents],
            noise: vec![Fixed::ZERO; agents],
            stream,
        }
    }

    /// One step; the total stake and the HHI after it.
    fn step(&mut self) -> (f64, f64) {
        self.stream.fill_normal(&mut self.noise);
        let (mut total, mut weighted) = (0.0, 0.0);
        let seen = self.score.iter_mut().zip(&self.quality).zip(&self.noise);
        for (((seen, quality), noise), stake) in seen.zip(&self.stake) {
            *seen = (quality + 0.1 * noise.to_f64()).clamp(0.0, 1.0);
            total += stake;
            weighted += stake * *seen;
        }
        let half_mean = weighted / total / 2.0;
        let mut sum = 0.0;
        for (score, stake) in self.score.iter_mut().zip(&self.stake) {
            *score = stake.sqrt() * (*score - half_mean).max(0.0);
            sum += *score;
        }
        let half_reward = 500.0 / sum;
        let (mut total, mut squared) = (0.0, 0.0);
        let agents = self.stake.iter_mut().zip(&mut self.liquid);
        for ((stake, liquid), score) in agents.zip(&self.score) {
            *stake += score * half_reward;
            *liquid += score * half_reward;
            total += *stake;
            squared += *stake * *stake;
        }
        (total, squared / (total * total))
    }
}
