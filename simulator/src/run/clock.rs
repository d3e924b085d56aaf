//! When blocks come.

use protocol::{Height, Timestamp};

use crate::{
    random::Seed,
    scenario::{Clock, Scenario},
};

/// Block times of one run: `genesis + h * interval + jitter(h)`, later by the halts before.
#[derive(Clone, Debug)]
pub(super) struct Times {
    clock: Clock,
    key: u64,
    /// A block and its time that the others follow; genesis where there was none before.
    from: (u64, Timestamp),
}

impl Times {
    pub(super) fn new(scenario: &Scenario, run: u64) -> Self {
        let key = Seed::new(scenario.seed).stream(run, "chain", "jitter").next_u64();
        Self { clock: scenario.clock.clone(), key, from: (0, scenario.clock.genesis) }
    }

    /// The same after a block that came already, at this time.
    pub(super) fn after(
        scenario: &Scenario,
        run: u64,
        (height, time): (Height, Timestamp),
    ) -> Self {
        Self { from: (height.get(), time), ..Self::new(scenario, run) }
    }

    /// The time of a block; later blocks never come earlier, since jitter is below the
    /// interval.
    pub(super) fn at(&self, height: u64) -> Timestamp {
        let (from, time) = self.from;
        let halts = self.clock.halts.iter();
        let halted =
            halts.filter(|halt| halt.height <= height && (halt.height > from || from == 0));
        let halted: u64 = halted.map(|halt| halt.seconds).sum();
        let regular = height.saturating_sub(from).saturating_mul(self.clock.interval);
        time.after(regular).after(halted).after(self.jitter(height))
    }

    /// 0 to `clock.jitter`: SplitMix64 of key and height, so that no block's depends on
    /// another's.
    fn jitter(&self, height: u64) -> u64 {
        let Some(bound) = self.clock.jitter.checked_add(1).filter(|bound| *bound > 1) else {
            return 0;
        };
        let mut mixed = self.key.wrapping_add(height.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }
}

#[cfg(test)]
mod tests {
    use super::Times;
    use crate::scenario::{Clock, Halt};
    use protocol::Timestamp;

    #[test]
    fn time_never_goes_back_and_halts_add_up() {
        let halts = vec![Halt { height: 50, seconds: 3_600 }];
        let genesis = Timestamp::new(1_000);
        let clock = Clock { genesis, interval: 6, jitter: 5, halts };
        let times = Times { clock, key: 7, from: (0, genesis) };
        for height in 1..200 {
            let (before, now) = (times.at(height - 1), times.at(height));
            let halt = if height == 50 { 3_600 } else { 0 };
            assert!(now >= before && now.since(before) >= halt, "{height}");
        }
        assert!(times.at(100).since(genesis) >= 3_600 + 600);
    }
}
