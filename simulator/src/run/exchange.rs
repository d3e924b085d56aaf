//! The market during a run: what is sold and bought, as transfers to and from the pool.

use protocol::{AccountId, Amount};

use super::{Recorder, Season, routine::transfer};
use crate::{
    market::Pool,
    random::{Fixed, Seed, Stream},
    scenario::{Market, Scenario},
};

/// The pool, and the demand of outsiders.
pub(super) struct Exchange {
    pool: Pool,
    /// Quote that outsiders spend in an epoch, before its noise.
    demand: u128,
    volatility: Fixed,
    noise: Stream,
}

impl Exchange {
    pub(super) fn open(scenario: &Scenario, market: Option<Market>, run: u64) -> Option<Self> {
        let market = market?;
        let pool = Pool::new(market.tokens, market.quote, market.fee).ok()?;
        let noise = Seed::new(scenario.seed).stream(run, "market", "demand");
        Some(Self { pool, demand: market.demand, volatility: market.volatility, noise })
    }

    /// (tokens, quote) in the pool.
    pub(super) fn reserves(&self) -> (u128, u128) {
        (self.pool.tokens(), self.pool.quote())
    }

    /// Multiplies demand by `percent / 100`, floored.
    pub(super) fn change_demand(&mut self, percent: u32) {
        self.demand = self.demand.saturating_mul(u128::from(percent)) / 100;
    }

    /// What outsiders spend in this epoch: demand (1 + volatility N(0, 1)), at least 0.
    fn spent(&mut self) -> u128 {
        let factor = Fixed::ONE + self.volatility.mul_floor(self.noise.standard_normal());
        let bits = u128::try_from(factor.bits()).unwrap_or(0);
        protocol::mul_div_floor(self.demand, bits, 1 << 32).map_or(0, |(spent, _)| spent)
    }
}

impl Season<'_> {
    /// Outsiders buy tokens with their quote, once an epoch.
    pub(super) fn trade_of_outsiders(&mut self, block: u64, recorder: &mut impl Recorder) {
        let Some(exchange) = &mut self.exchange else { return };
        let spent = exchange.spent();
        let Ok(bought) = exchange.pool.buy(spent) else { return };
        if bought > 0 {
            self.enter(block, recorder);
            let (pool, buyers) = (self.roster.pool, self.roster.buyers);
            let command = transfer(buyers, Amount::saturating(bought));
            // The pool's account holds the pool's tokens, so this is never refused.
            let _refused = self.apply(pool, command, Amount::ZERO, recorder);
        }
    }

    /// An agent sells tokens: they go to the pool, the quote leaves the run.
    pub(super) fn sell(&mut self, who: AccountId, amount: Amount, recorder: &mut impl Recorder) {
        if self.exchange.is_none() {
            return;
        }
        let command = transfer(self.roster.pool, amount);
        let sold = self.apply(who, command, Amount::ZERO, recorder).is_ok();
        if let Some(exchange) = self.exchange.as_mut().filter(|_| sold) {
            // What the pool refuses (a trade too large for it) stays with it as a gift.
            let _refused = exchange.pool.sell(amount.units());
        }
    }
}
