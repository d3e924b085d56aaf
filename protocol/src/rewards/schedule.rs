//! Emission by schedule: how much between two heights.

use crate::{
    refusal::Refusal,
    rewards::{
        Curve, MAX_DECAY_STEPS, Schedule,
        reasons::{CAP_BELOW_SUPPLY, DECAY_TOO_LONG, NOT_DECAYING, TAIL_ABOVE_RATE, ZERO_INTERVAL},
    },
    units::{Amount, Fraction, Height},
};

/// What the blocks from the one after `last` to `now` emit, given what was issued before.
///
/// Let k = 0, 1, ... number the blocks after `start`. Block k emits `max(rate(k), tail)`, cut
/// where `issued` would pass the cap, with rate(k) by curve:
///
/// | curve | rate(k) |
/// |---|---|
/// | constant | per_block |
/// | halving by interval | floor(per_block / 2^j), j = floor(k / interval) |
/// | halving by supply | floor(per_block / 2^j), j largest with issued before k >= cap (1 - 2^-j) |
/// | exponential decay | r(j) with r(0) = per_block, r(j + 1) = floor(ratio r(j)), j = floor(k / interval) |
///
/// It is a sum over blocks, so it is additive over any split of the interval; it is computed
/// by steps of the rate, not by blocks: at most 96 for halvings, [`MAX_DECAY_STEPS`] for a
/// decay.
pub fn emitted(
    schedule: &Schedule,
    issued: Amount,
    start: Height,
    last: Height,
    now: Height,
) -> Amount {
    let Some(room) = schedule.cap.minus(issued) else { return Amount::ZERO };
    let blocks = Blocks { from: last.since(start), to: now.since(start) };
    if blocks.from >= blocks.to {
        return Amount::ZERO;
    }
    let (rate, tail) = (schedule.per_block.units(), schedule.tail.units());
    let sum = match schedule.curve {
        Curve::Constant => rate.max(tail).saturating_mul(u128::from(blocks.to - blocks.from)),
        Curve::HalvingByInterval { interval } => {
            stepped(rate, tail, interval, blocks, |rate| rate >> 1)
        }
        Curve::ExponentialDecay { ratio, interval } => {
            stepped(rate, tail, interval, blocks, |rate| decayed(rate, ratio))
        }
        Curve::HalvingBySupply => halved_by_supply(schedule, issued, blocks),
    };
    Amount::saturating(sum.min(room.units()))
}

/// Blocks by their distance from the start: `from` is in, `to` is not.
#[derive(Clone, Copy)]
struct Blocks {
    from: u64,
    to: u64,
}

/// The sum over `blocks` of a rate that changes by `next` every `interval` blocks.
fn stepped(
    mut rate: u128,
    tail: u128,
    interval: u64,
    blocks: Blocks,
    next: impl Fn(u128) -> u128,
) -> u128 {
    let (mut begin, mut sum) = (0u64, 0u128);
    while begin < blocks.to && rate > tail {
        let end = begin.saturating_add(interval.max(1));
        let inside = end.min(blocks.to).saturating_sub(begin.max(blocks.from));
        sum = sum.saturating_add(rate.saturating_mul(u128::from(inside)));
        (begin, rate) = (end, next(rate));
    }
    let rest = blocks.to.saturating_sub(begin.max(blocks.from));
    sum.saturating_add(tail.saturating_mul(u128::from(rest)))
}

fn decayed(rate: u128, ratio: Fraction) -> u128 {
    ratio.floor_of(Amount::saturating(rate)).units()
}

/// The sum over `blocks` of a rate that depends on what was issued before each.
fn halved_by_supply(schedule: &Schedule, issued: Amount, blocks: Blocks) -> u128 {
    let (cap, first) = (schedule.cap.units(), schedule.per_block.units());
    let (mut now, mut left) = (issued.units(), u128::from(blocks.to - blocks.from));
    while left > 0 && now < cap {
        // cap - floor(cap / 2^j) <= issued is 2^j <= floor(cap / (cap - issued)).
        let halvings = (cap / (cap - now)).ilog2();
        let rate = first.checked_shr(halvings).unwrap_or(0);
        if rate <= schedule.tail.units() {
            now = now.saturating_add(schedule.tail.units().saturating_mul(left));
            break;
        }
        let threshold = cap - cap.checked_shr(halvings + 1).unwrap_or(0);
        let steps = (threshold - now).div_ceil(rate).min(left);
        now = now.saturating_add(rate.saturating_mul(steps));
        left -= steps;
    }
    now.saturating_sub(issued.units())
}

impl Schedule {
    /// What is wrong with the schedule where `issued` exists already, all of it.
    pub fn violations(&self, issued: u128) -> Vec<Refusal> {
        let mut found = Vec::new();
        if self.tail > self.per_block {
            found.push(TAIL_ABOVE_RATE.refuse(self.tail.units(), self.per_block.units()));
        }
        if self.cap.units() < issued {
            found.push(CAP_BELOW_SUPPLY.refuse(self.cap.units(), issued));
        }
        match self.curve {
            Curve::Constant | Curve::HalvingBySupply => {}
            Curve::HalvingByInterval { interval } => {
                if interval == 0 {
                    found.push(ZERO_INTERVAL.refuse(0, 1));
                }
            }
            Curve::ExponentialDecay { ratio, interval } => {
                if interval == 0 {
                    found.push(ZERO_INTERVAL.refuse(0, 1));
                }
                if ratio == Fraction::ONE {
                    found.push(NOT_DECAYING.bare());
                } else if !self.decays_in_time(ratio) {
                    let most = u128::from(MAX_DECAY_STEPS);
                    found.push(DECAY_TOO_LONG.refuse(most + 1, most));
                }
            }
        }
        found
    }

    /// Whether the rate is at the tail after at most [`MAX_DECAY_STEPS`].
    fn decays_in_time(&self, ratio: Fraction) -> bool {
        let tail = self.tail.units();
        let mut rate = self.per_block.units();
        for _ in 0..MAX_DECAY_STEPS {
            if rate <= tail {
                return true;
            }
            rate = decayed(rate, ratio);
        }
        rate <= tail
    }
}

#[cfg(test)]
mod tests {
    use super::emitted;
    use crate::{
        Fraction, Height,
        rewards::{Curve, Schedule},
        testing::amount,
    };
    use proptest::{
        collection::vec,
        prelude::{Just, Strategy, prop_assert, prop_assert_eq, prop_oneof, proptest},
    };

    /// The definition, block by block.
    fn slow(s: &Schedule, issued: u128, from: u64, to: u64) -> u128 {
        let (cap, mut now) = (s.cap.units(), issued);
        for k in from..to {
            let first = s.per_block.units();
            let rate = match s.curve {
                Curve::Constant => first,
                Curve::HalvingByInterval { interval } => {
                    (0..k / interval).fold(first, |rate, _| rate / 2)
                }
                Curve::HalvingBySupply => {
                    let passed = |j: &u32| now >= cap - (cap >> j);
                    first >> (0..=100).take_while(passed).last().unwrap_or(0).min(120)
                }
                Curve::ExponentialDecay { ratio, interval } => (0..k / interval)
                    .fold(first, |rate, _| rate * u128::from(ratio.parts()) / 1_000_000_000),
            };
            now += rate.max(s.tail.units()).min(cap - now);
        }
        now - issued
    }

    fn curve() -> impl Strategy<Value = Curve> {
        prop_oneof![
            Just(Curve::Constant),
            (1u64..20).prop_map(|interval| Curve::HalvingByInterval { interval }),
            Just(Curve::HalvingBySupply),
            (0u32..1_000_000_000, 1u64..20).prop_map(|(parts, interval)| {
                Curve::ExponentialDecay { ratio: Fraction::from_parts(parts).unwrap(), interval }
            }),
        ]
    }

    fn schedule() -> impl Strategy<Value = (Schedule, u128)> {
        (curve(), 0u128..5000, 0u128..5000, 1u128..200_000, 0u128..200_000).prop_map(
            |(curve, rate, tail, cap, issued)| {
                let schedule = Schedule {
                    per_block: amount(rate),
                    curve,
                    tail: amount(tail.min(rate)),
                    cap: amount(cap),
                };
                (schedule, issued.min(cap))
            },
        )
    }

    proptest! {
        #[test]
        fn emission_equals_the_sum_over_blocks(
            (schedule, issued) in schedule(), from in 0u64..200, more in 0u64..200,
        ) {
            let start = Height::new(7);
            let got = emitted(
                &schedule, amount(issued), start, start.after(from), start.after(from + more),
            );
            prop_assert_eq!(got.units(), slow(&schedule, issued, from, from + more));
        }

        #[test]
        fn emission_is_additive_over_any_split(
            (schedule, issued) in schedule(), steps in vec(0u64..1 << 20, 1..12),
        ) {
            let start = Height::new(3);
            let (mut now, mut sum) = (start, 0);
            for step in &steps {
                let next = now.after(*step);
                sum += emitted(&schedule, amount(issued + sum), start, now, next).units();
                now = next;
            }
            prop_assert_eq!(emitted(&schedule, amount(issued), start, start, now).units(), sum);
        }

        /// With a tail every unit up to the cap is emitted in the end; never one more.
        #[test]
        fn emission_sums_to_supply((schedule, issued) in schedule()) {
            let start = Height::ZERO;
            let all = emitted(&schedule, amount(issued), start, start, Height::new(u64::MAX));
            let cap = schedule.cap.units();
            prop_assert!(issued + all.units() <= cap);
            if !schedule.tail.is_zero() {
                prop_assert_eq!(issued + all.units(), cap);
            }
        }
    }

    #[test]
    fn a_schedule_with_21_million_coins_halves_like_one() {
        let coin = 1_000_000_000u128;
        let (per_block, cap) = (amount(coin), amount(21_000_000 * coin));
        let schedule = Schedule { per_block, curve: Curve::HalvingBySupply, tail: amount(0), cap };
        let at = |blocks| {
            let now = Height::new(blocks);
            emitted(&schedule, amount(0), Height::ZERO, Height::ZERO, now).units()
        };
        assert_eq!(at(10_500_000), 10_500_000 * coin);
        assert_eq!(at(10_500_001) - at(10_500_000), coin / 2);
        assert_eq!(at(21_000_000), 15_750_000 * coin);
        assert_eq!(at(21_000_001) - at(21_000_000), coin / 4);
    }

    #[test]
    fn violations_come_all_at_once() {
        let ratio = Fraction::from_parts(999_999_999).unwrap();
        let bad = Schedule {
            per_block: amount(1 << 90),
            curve: Curve::ExponentialDecay { ratio, interval: 0 },
            tail: amount(1 << 91),
            cap: amount(10),
        };
        let codes = |schedule: &Schedule| {
            schedule.violations(11).iter().map(crate::Refusal::code).collect::<Vec<_>>()
        };
        assert_eq!(codes(&bad), [512, 513, 509]);
        assert_eq!(codes(&Schedule { tail: amount(0), ..bad }), [513, 509, 511]);
        let curve = Curve::ExponentialDecay { ratio: Fraction::ONE, interval: 1 };
        assert_eq!(codes(&Schedule { curve, tail: amount(0), cap: amount(11), ..bad }), [510]);
        let curve = Curve::HalvingByInterval { interval: 0 };
        assert_eq!(codes(&Schedule { curve, tail: amount(0), cap: amount(11), ..bad }), [509]);
    }
}
