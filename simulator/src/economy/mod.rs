//! The bare token-reward economy: the smallest closed loop of stake, quality and reward.
//!
//! N agents hold stake and have a fixed quality. Each step every agent is seen at its
//! quality plus noise, is scored by the root of its stake and by how far it is seen above
//! half the stake-weighted mean, and gets its part of a fixed emission: half is added to its
//! stake, half it keeps liquid.
//!
//! ```
//! use simulator::economy::Economy;
//! use simulator::random::Seed;
//!
//! let mut economy = Economy::new(Seed::new(1), 0, 1_000)?;
//! let totals = economy.run(500)?;
//! assert_eq!(totals.len(), 500);
//! assert!(economy.is_conserved());
//! # Ok::<(), simulator::economy::EconomyError>(())
//! ```
//!
//! # The rule, exactly
//! Amounts are integers of base units, [`UNITS_PER_TOKEN`] to the token. Qualities, seen
//! qualities and means have 24 fractional bits: 1 = 2^24. `floor` is the only rounding. For
//! agent i, with streams of the seed named "economy":
//!
//! | quantity | value |
//! |---|---|
//! | stake_i at first | floor(10^11 e^z), z standard normal, e^z to 32 fractional bits (stream "stake") |
//! | quality_i | floor(2^24 u), u uniform (stream "quality") |
//! | noise d_i | floor(429,496,730 floor(2^28 z) / 2^36), z standard normal: a tenth of z (stream "noise") |
//! | seen s_i | quality_i + d_i, clipped to 0..=2^24 |
//! | mean m | floor(sum(stake_i s_i) / sum(stake_i)) |
//! | score_i | floor(sqrt(stake_i)) max(s_i - floor(m / 2), 0) |
//! | half emission h | floor((10^12 + carry) / 2) |
//! | index | min(floor(2^64 h / sum(score_i)), 2^64 - 1); 0 if no score is above nought |
//! | half reward r_i | floor(score_i index / 2^64): into stake_i, and as much into liquid_i |
//! | carry | 10^12 + carry - 2 sum(r_i), into the next step |
//!
//! The index with 64 fractional bits is how the rulebook pays stakers as well. A score is
//! below 2^50, so r_i is at most one unit below floor(h score_i / sum(score_i)).
//!
//! # What is exact
//! Everything above: every sum is complete (sums of a block of agents in 64 bits, of blocks
//! in 128), so its order does not matter, and no bit differs between machines, vector widths
//! or runs. In particular
//! - conservation: initial stakes + emission = stakes + liquid + carry, to the unit, at each
//!   step;
//! - both halves of a reward are the same integer, so liquid_i = stake_i - initial stake_i,
//!   and is not stored twice;
//! - the HHI is recorded as the integers sum(stake_i^2) and sum(stake_i); the division is
//!   the reader's ([`Totals::hhi`]);
//! - the root is the integer root. IEEE 754 gives a first guess, which is corrected; its
//!   proof stands beside it.
//!
//! # Why it is fast
//! Columns, one an attribute; numbers chosen so that products of halves of 26 bits and of 24
//! or 26 bits fit a 64-bit lane and 1,024 of them do not overflow it; one division a step;
//! stake and next observation in one pass, a block at a time while the noise is in cache.
//! The loops are plain Rust that the compiler turns into vector code, for SSE2 and for AVX2.

mod error;
mod lanes;
#[cfg(test)]
mod reference;
mod state;
mod width;

pub use error::EconomyError;
pub use state::{
    AGENTS_MAX, EMISSION_PER_STEP, Economy, SEEN_ONE, STEPS_MAX, Totals, UNITS_PER_TOKEN,
};
