//! The rule of the module's table once more, slow and literal: 128-bit integers, agent by
//! agent, nothing fused, liquid amounts kept. The economy must agree with it bit for bit.

use super::{EMISSION_PER_STEP, Economy, SEEN_ONE, UNITS_PER_TOKEN};
use crate::random::{Fixed, Seed, Stream};

struct Agent {
    stake: u128,
    liquid: u128,
    quality: i128,
}

struct Reference {
    agents: Vec<Agent>,
    noise: Stream,
    carry: u128,
}

impl Reference {
    fn new(seed: Seed, run: u64, agents: usize) -> Self {
        let mut stakes = seed.stream(run, "economy", "stake");
        let mut qualities = seed.stream(run, "economy", "quality");
        let mut agent = || {
            let factor = stakes.lognormal(Fixed::ZERO, Fixed::ONE).unwrap();
            let quality = (i128::from(qualities.fraction().bits()) * i128::from(SEEN_ONE)) >> 32;
            let stake = factor.bits() as u128 * 100 * u128::from(UNITS_PER_TOKEN) / (1 << 32);
            Agent { stake, liquid: 0, quality }
        };
        let agents = (0..agents).map(|_| agent()).collect();
        Self { agents, noise: seed.stream(run, "economy", "noise"), carry: 0 }
    }

    fn step(&mut self) {
        let one = i128::from(SEEN_ONE);
        let mut seen = Vec::new();
        for agent in &self.agents {
            let z = i128::from(self.noise.standard_normal().bits()).div_euclid(1 << 4);
            let noise = (z * 429_496_730).div_euclid(1 << 36);
            seen.push((agent.quality + noise).clamp(0, one) as u128);
        }
        let stake: u128 = self.agents.iter().map(|agent| agent.stake).sum();
        let weighted: u128 = self.agents.iter().zip(&seen).map(|(a, s)| a.stake * s).sum();
        let half_mean = weighted / stake / 2;
        let scores: Vec<u128> = self
            .agents
            .iter()
            .zip(&seen)
            .map(|(agent, seen)| agent.stake.isqrt() * seen.saturating_sub(half_mean))
            .collect();
        let emission = u128::from(EMISSION_PER_STEP) + self.carry;
        let sum: u128 = scores.iter().sum();
        let index = ((emission / 2) << 64).checked_div(sum).unwrap_or(0);
        let index = index.min(u128::from(u64::MAX));
        let mut paid = 0;
        for (agent, score) in self.agents.iter_mut().zip(scores) {
            let half = (score * index) >> 64;
            agent.stake += half;
            agent.liquid += half;
            paid += 2 * half;
        }
        self.carry = emission - paid;
    }
}

#[test]
fn agrees_with_the_reference_bit_for_bit() {
    for (seed, agents, steps) in
        [(1, 1, 400), (2, 2, 400), (3, 3, 400), (4, 1_000, 100), (5, 1_023, 50), (6, 5_000, 20)]
    {
        let mut economy = Economy::new(Seed::new(seed), seed, agents).unwrap();
        let mut reference = Reference::new(Seed::new(seed), seed, agents);
        for step in 0..steps {
            let totals = economy.step().unwrap();
            reference.step();
            let stakes = reference.agents.iter().map(|agent| agent.stake);
            assert_eq!(totals.stake, stakes.clone().sum(), "seed {seed} step {step}");
            assert_eq!(totals.stake_squared, stakes.clone().map(|stake| stake * stake).sum());
            assert_eq!(u128::from(economy.carry()), reference.carry);
            assert!(stakes.eq(economy.stakes().iter().map(|stake| u128::from(*stake))));
            let liquid = reference.agents.iter().map(|agent| agent.liquid);
            assert!(liquid.eq(economy.liquid().map(u128::from)));
            assert!(economy.is_conserved());
        }
    }
}
