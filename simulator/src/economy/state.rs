use super::EconomyError;
use super::lanes::{Columns, Payment};
use super::width;
use crate::random::{Fixed, Seed, Stream};

/// Base units of one token.
pub const UNITS_PER_TOKEN: u64 = 1_000_000_000;
/// Base units issued each step: 1,000 tokens.
pub const EMISSION_PER_STEP: u64 = 1_000 * UNITS_PER_TOKEN;
/// A seen quality of one: 24 fractional bits.
pub const SEEN_ONE: u32 = 1 << 24;
/// Most agents of an economy.
pub const AGENTS_MAX: usize = 1 << 20;
/// Most steps of an economy.
///
/// A stake starts below 10^11 e^6.34 < 5.7 * 10^13 and gains at most half of all emission,
/// 8,000 * 5 * 10^11, so it stays below 2^52.
pub const STEPS_MAX: u64 = 8_000;

/// Agents whose sums fit 64 bits: 2^10 products below 2^52.
const BLOCK: usize = 1 << 10;
/// The initial stake of an agent with z = 0: 100 tokens.
const MEDIAN_STAKE: u64 = 100 * UNITS_PER_TOKEN;

/// What is recorded of each step, after its rewards are paid.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Totals {
    /// Sum of stakes, in base units.
    pub stake: u128,
    /// Sum of squared stakes, in base units squared.
    pub stake_squared: u128,
}

impl Totals {
    /// Herfindahl-Hirschman index, sum(stake^2) / sum(stake)^2: from 1 / N, when all are
    /// equal, to 1.
    pub fn hhi(&self) -> f64 {
        let stake = self.stake as f64;
        self.stake_squared as f64 / (stake * stake)
    }
}

/// The state of an economy between two steps.
#[derive(Clone, Debug)]
pub struct Economy {
    columns: Columns,
    initial_stake: Vec<u64>,
    noise: Stream,
    totals: Totals,
    /// Floor of half the mean seen quality at the coming step.
    half_mean: u32,
    carry: u64,
    steps: u64,
}

impl Economy {
    /// Draws initial stakes and qualities from the streams of one run.
    ///
    /// # Errors
    /// [`EconomyError::Agents`] unless there are 1 to [`AGENTS_MAX`].
    pub fn new(seed: Seed, run: u64, agents: usize) -> Result<Self, EconomyError> {
        if agents == 0 || agents > AGENTS_MAX {
            return Err(EconomyError::Agents { agents });
        }
        let mut qualities = seed.stream(run, "economy", "quality");
        let quality: Vec<u32> = (0..agents).map(|_| qualities.next_u32() >> 8).collect();
        let initial_stake = initial_stakes(&mut seed.stream(run, "economy", "stake"), agents);
        let columns = Columns {
            stake: initial_stake.clone(),
            root: vec![0; agents],
            quality,
            seen: vec![0; agents],
        };
        let mut economy = Self {
            columns,
            initial_stake,
            noise: seed.stream(run, "economy", "noise"),
            totals: Totals { stake: 0, stake_squared: 0 },
            half_mean: 0,
            carry: 0,
            steps: 0,
        };
        economy.pay_and_observe(0);
        Ok(economy)
    }

    /// Pays one step's rewards and returns the totals after it.
    ///
    /// # Errors
    /// [`EconomyError::Steps`] after [`STEPS_MAX`] steps.
    pub fn step(&mut self) -> Result<Totals, EconomyError> {
        self.admit(1)?;
        let half = (EMISSION_PER_STEP + self.carry) / 2;
        let before = self.totals.stake;
        self.pay_and_observe(index(half, self.score_sum()));
        // Half rewards never exceed half the emission, so they fit.
        let paid = (self.totals.stake - before) as u64;
        self.carry = EMISSION_PER_STEP + self.carry - 2 * paid;
        self.steps += 1;
        Ok(self.totals)
    }

    /// Runs that many steps; the totals after each.
    ///
    /// # Errors
    /// [`EconomyError::Steps`] if [`STEPS_MAX`] would be passed; then no step is made.
    pub fn run(&mut self, steps: u64) -> Result<Vec<Totals>, EconomyError> {
        self.admit(steps)?;
        (0..steps).map(|_| self.step()).collect()
    }

    /// Stakes, agent by agent, in base units.
    pub fn stakes(&self) -> &[u64] {
        &self.columns.stake
    }

    /// Liquid amounts, agent by agent, in base units.
    pub fn liquid(&self) -> impl Iterator<Item = u64> {
        let stakes = self.columns.stake.iter();
        stakes.zip(&self.initial_stake).map(|(stake, initial)| stake - initial)
    }

    /// Qualities, agent by agent, with 24 fractional bits.
    pub fn qualities(&self) -> &[u32] {
        &self.columns.quality
    }

    /// Emission not yet paid, in base units.
    pub fn carry(&self) -> u64 {
        self.carry
    }

    /// Steps made.
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// Gini coefficient of stake plus liquid, see [`crate::metrics::gini`].
    pub fn gini(&self) -> f64 {
        let wealth = self.columns.stake.iter().zip(self.liquid());
        let wealth: Vec<u128> = wealth.map(|(stake, liquid)| (stake + liquid).into()).collect();
        // Stakes start above nought and stay below 2^52, so the metric is defined.
        crate::metrics::gini(&wealth).unwrap_or(0.0)
    }

    /// Whether initial stakes + emission = stakes + liquid + carry, each summed anew.
    pub fn is_conserved(&self) -> bool {
        let sum = |amounts: &[u64]| amounts.iter().map(|a| u128::from(*a)).sum::<u128>();
        let emitted = u128::from(EMISSION_PER_STEP) * u128::from(self.steps);
        let liquid: u128 = self.liquid().map(u128::from).sum();
        let held = sum(&self.columns.stake) + liquid + u128::from(self.carry);
        sum(&self.initial_stake) + emitted == held
    }

    fn admit(&self, more: u64) -> Result<(), EconomyError> {
        let steps = self.steps.saturating_add(more);
        if steps > STEPS_MAX { Err(EconomyError::Steps { steps }) } else { Ok(()) }
    }

    fn score_sum(&self) -> u128 {
        let blocks = self.columns.root.chunks(BLOCK).zip(self.columns.seen.chunks(BLOCK));
        blocks.map(|(root, seen)| u128::from(width::score_sum(root, seen, self.half_mean))).sum()
    }

    /// Pays by the index, then sees every agent anew, for the coming step.
    fn pay_and_observe(&mut self, index: u64) {
        let payment = Payment { index, half_mean: self.half_mean };
        let mut noise = [Fixed::ZERO; BLOCK];
        let (mut stake, mut stake_squared, mut stake_seen) = (0, 0, 0);
        for block in self.columns.blocks(BLOCK) {
            let noise = &mut noise[..block.len()];
            self.noise.fill_normal(noise);
            let sums = width::pay_and_observe(block, noise, payment);
            stake += u128::from(sums.stake);
            stake_squared += sums.stake_squared();
            stake_seen += sums.stake_seen();
        }
        self.totals = Totals { stake, stake_squared };
        // A mean of values up to 2^24; stakes start above 10^8, so their sum is not nought.
        self.half_mean = (stake_seen / stake) as u32 / 2;
    }
}

/// Units of half reward for one unit of score, with 64 fractional bits.
fn index(half: u64, score_sum: u128) -> u64 {
    let index = (u128::from(half) << 64).checked_div(score_sum).unwrap_or(0);
    u64::try_from(index).unwrap_or(u64::MAX)
}

/// floor(10^11 e^z) for each agent.
fn initial_stakes(stream: &mut Stream, agents: usize) -> Vec<u64> {
    let stake = |_| {
        let factor = stream.lognormal(Fixed::ZERO, Fixed::ONE).unwrap_or(Fixed::ONE);
        ((u128::from(MEDIAN_STAKE) * factor.bits() as u128) >> 32) as u64
    };
    (0..agents).map(stake).collect()
}

#[cfg(test)]
mod tests {
    use super::{AGENTS_MAX, Economy, EconomyError, STEPS_MAX, index};
    use crate::random::Seed;

    /// 1,000 agents, 500 steps, as committed: any change of rule, stream or sampler shows here.
    #[test]
    fn golden_totals_are_unchanged() {
        let mut economy = Economy::new(Seed::new(1), 0, 1_000).unwrap();
        let last = *economy.run(500).unwrap().last().unwrap();
        assert_eq!(last.stake, 426_580_140_549_201);
        assert_eq!(last.stake_squared, 368_688_341_650_816_954_945_817_425);
        assert_eq!(economy.carry(), 666);
    }

    #[test]
    fn a_lone_agent_takes_everything_and_stays_in_bounds() {
        let mut economy = Economy::new(Seed::new(9), 0, 1).unwrap();
        let totals = economy.run(STEPS_MAX).unwrap();
        assert!(totals.iter().all(|totals| totals.hhi() == 1.0));
        assert!(economy.stakes()[0] < 1 << 52);
        assert!(economy.is_conserved());
        let refused = EconomyError::Steps { steps: STEPS_MAX + 1 };
        assert_eq!(economy.step(), Err(refused));
    }

    #[test]
    fn populations_out_of_bounds_are_refused() {
        for agents in [0, AGENTS_MAX + 1] {
            let refused = EconomyError::Agents { agents };
            assert_eq!(Economy::new(Seed::new(1), 0, agents).err(), Some(refused));
        }
    }

    #[test]
    fn runs_are_independent_and_repeatable() {
        let run = |run| Economy::new(Seed::new(1), run, 50).unwrap().run(20).unwrap();
        assert_eq!(run(3), run(3));
        assert_ne!(run(3), run(4));
    }

    #[test]
    fn index_is_floored_and_capped() {
        assert_eq!(index(5, 0), 0);
        assert_eq!(index(1, 3), u64::MAX / 3);
        assert_eq!(index(7, 7), u64::MAX);
    }
}
