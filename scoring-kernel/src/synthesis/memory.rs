//! What a topic remembers of a slot between epochs: words of 16 bits in the slot's own bond row.
//!
//! | place | what | form |
//! |---|---|---|
//! | 0, 1 | regret against the combined inference | signed, 26 fractional bits, floored |
//! | 2, 3 | regret against the naive inference | the same |
//! | 4, 5 | smoothed fraction of its class of workers | 32 fractional bits, floored, below one |
//! | 6, 7 | smoothed fraction of reputers | the same |
//! | 8, 9 | one less the listening coefficient | the same |
//! | 10, 11 | the topic's ratio of forecasts, alike in every row | as regrets |
//! | 12 to 21 | its last ten scores as a worker, the latest first | words of losses |
//!
//! Pairs have the high word first. What is nought is absent, as in every row: a newcomer has no row,
//! and is listened to.

use super::Signed;
use super::loss::{loss_of, word_of};
use crate::rows::{Row, Rows};

/// Epochs whose scores tell how far scores deviate.
pub(super) const SCORES: usize = 10;
/// Where the scores begin.
const FIRST_SCORE: u16 = 12;
/// Words of a slot.
pub(crate) const WORDS: usize = FIRST_SCORE as usize + SCORES;

/// What is remembered of a slot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SlotMemory {
    /// How much better than the combined inference it was, smoothed; zero before its first loss.
    pub regret: Signed,
    /// The same against the naive inference.
    pub naive_regret: Signed,
    /// Its smoothed fraction of what its class of workers earns.
    pub worker_fraction: Signed,
    /// Its smoothed fraction of what reputers earn.
    pub reputer_fraction: Signed,
    /// One less its listening coefficient as a reputer.
    pub unheard: Signed,
    /// The topic's smoothed ratio of the gain by forecasts to the best inferer's score.
    pub ratio: Signed,
    /// The words of its last scores as a worker, the latest first; nought is none.
    pub scores: [u16; SCORES],
}

impl SlotMemory {
    /// What a bond row says.
    pub fn of(row: Row<'_>) -> Self {
        let mut words = [0u16; WORDS];
        for (place, value) in row.iter() {
            if let Some(word) = words.get_mut(usize::from(place)) {
                *word = value;
            }
        }
        let [a, b, c, d, e, f, g, h, i, j, k, l, scores @ ..] = words;
        Self {
            regret: signed(pair(a, b)),
            naive_regret: signed(pair(c, d)),
            worker_fraction: fraction(pair(e, f)),
            reputer_fraction: fraction(pair(g, h)),
            unheard: fraction(pair(i, j)),
            ratio: signed(pair(k, l)),
            scores,
        }
    }

    /// The listening coefficient, 0 to 1.
    pub const fn listening(&self) -> Signed {
        Signed::ONE.minus(self.unheard)
    }

    /// Scores of the last epochs, the latest first.
    pub fn last_scores(&self) -> impl Iterator<Item = Signed> {
        self.scores.into_iter().filter_map(loss_of)
    }

    /// One more score; the oldest is forgotten.
    pub(super) fn remember(&mut self, score: Signed) {
        self.scores.rotate_right(1);
        if let Some(first) = self.scores.first_mut() {
            *first = word_of(score);
        }
    }

    /// All but the scores, as four columns of a prepared epoch keep it between pages.
    pub(super) fn pack(&self) -> [u64; 4] {
        let two = |high: u32, low: u32| u64::from(high) << 32 | u64::from(low);
        [
            two(signed_bits(self.regret), signed_bits(self.naive_regret)),
            two(fraction_bits(self.worker_fraction), fraction_bits(self.reputer_fraction)),
            two(fraction_bits(self.unheard), signed_bits(self.ratio)),
            self.scores.first().copied().unwrap_or(0).into(),
        ]
    }
}

/// Appends the bond row of a slot: what [`SlotMemory::pack`] made of it, and its scores: those of the `old`
/// row, after the new one if there is one.
pub(super) fn write(packed: [u64; 4], old: Row<'_>, out: &mut Rows) {
    let [regrets, fractions, topic, score] = packed;
    let mut place = 0;
    let mut push = |word: u16| {
        if word != 0 {
            out.push(place, word);
        }
        place += 1;
    };
    for pair in [regrets, fractions, topic] {
        for shift in [48, 32, 16, 0] {
            push((pair >> shift) as u16);
        }
    }
    let new = score as u16;
    let kept = SlotMemory::of(old).scores.into_iter();
    let scores = (new != 0).then_some(new).into_iter().chain(kept);
    scores.take(SCORES).for_each(push);
    out.end_row();
}

/// Two words as one, the high one first.
const fn pair(high: u16, low: u16) -> u32 {
    (high as u32) << 16 | low as u32
}

/// 26 fractional bits, two's complement.
const fn signed(bits: u32) -> Signed {
    Signed::from_raw((bits as i32 as i128) << 38)
}

/// Floored to 26 fractional bits, between -32 and 32.
const fn signed_bits(number: Signed) -> u32 {
    let steps = number.raw() >> 38;
    let steps = if steps > i32::MAX as i128 {
        i32::MAX
    } else if steps < i32::MIN as i128 {
        i32::MIN
    } else {
        steps as i32
    };
    steps as u32
}

/// 32 fractional bits.
const fn fraction(bits: u32) -> Signed {
    Signed::from_raw((bits as i128) << 32)
}

/// Floored to 32 fractional bits, from 0 to just below one.
const fn fraction_bits(number: Signed) -> u32 {
    let steps = number.raw() >> 32;
    if steps < 0 {
        0
    } else if steps > u32::MAX as i128 {
        u32::MAX
    } else {
        steps as u32
    }
}

#[cfg(test)]
mod tests {
    use super::{SCORES, SlotMemory, write};
    use crate::rows::Rows;
    use crate::synthesis::Signed;

    #[test]
    fn what_is_written_is_read() {
        let mut memory = SlotMemory {
            regret: Signed::from_ratio_trunc(-7, 4),
            naive_regret: Signed::from_raw(1 << 38),
            worker_fraction: Signed::from_ratio_trunc(3, 8),
            reputer_fraction: Signed::ONE,
            unheard: Signed::from_raw(1 << 32),
            ratio: Signed::from_int(100),
            scores: [0; SCORES],
        };
        let mut rows = Rows::new();
        write(memory.pack(), Default::default(), &mut rows);
        for (index, step) in (0..).zip([3, -1, 5]) {
            memory.remember(Signed::from_int(step));
            let before = rows.clone();
            write(memory.pack(), before.row(index), &mut rows);
        }
        let read = SlotMemory::of(rows.row(3));
        memory.reputer_fraction = Signed::from_raw(u32::MAX as i128 * (1 << 32));
        memory.ratio = Signed::from_raw(i32::MAX as i128 * (1 << 38));
        assert_eq!(read, memory);
        let scores: Vec<_> = read.last_scores().collect();
        assert_eq!(scores, [5, -1, 3].map(Signed::from_int));
        assert_eq!(SlotMemory::of(Default::default()), SlotMemory::default());
    }

    #[test]
    fn the_eleventh_score_is_forgotten() {
        let mut memory = SlotMemory::default();
        (1..=11).for_each(|step| memory.remember(Signed::from_int(step)));
        assert_eq!(memory.last_scores().map(|score| score.raw() >> 64).sum::<i128>(), 65);
    }
}
