//! Random epochs of a synthesis topic, from a seed.

use scoring_kernel::synthesis::{Column, Section};
use scoring_kernel::{Electorate, Input, Rows, SynthesisParams};

/// The block of the first close.
const BLOCK: u64 = 1_000;

/// The splitmix64 sequence.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }
}

/// A topic, its slots of fixed kinds: what a worker is really worth, and who reports.
#[derive(Clone, Debug)]
pub(crate) struct World {
    pub(crate) stakes: Vec<u64>,
    pub(crate) weights: Vec<Vec<(u16, u16)>>,
    pub(crate) bonds: Vec<Vec<(u16, u16)>>,
    pub(crate) last_update: Vec<u64>,
    pub(crate) registered: Vec<u64>,
    pub(crate) permits: Vec<bool>,
    pub(crate) epoch: u64,
    kinds: Vec<u64>,
}

impl World {
    /// Up to `most` slots; some remember something at random.
    pub(crate) fn new(most: u64, dice: &mut Dice) -> Self {
        let slots = 1 + dice.below(most) as usize;
        let stake = |dice: &mut Dice| match dice.below(4) {
            0 => 0,
            1 => 1_000,
            _ => 1 + dice.below(1 << 40),
        };
        let stakes: Vec<u64> = (0..slots).map(|_| stake(dice)).collect();
        let memories = dice.below(2) == 0;
        let bond = |dice: &mut Dice| {
            let words = (0..22).map(|place| (place, dice.next() as u16));
            words.filter(|_| memories).collect()
        };
        Self {
            weights: vec![Vec::new(); slots],
            bonds: (0..slots).map(|_| bond(dice)).collect(),
            last_update: vec![0; slots],
            registered: vec![0; slots],
            permits: stakes.iter().map(|stake| stake % 16 != 3).collect(),
            kinds: (0..slots).map(|_| dice.below(4)).collect(),
            stakes,
            epoch: 0,
        }
    }

    pub(crate) fn slots(&self) -> usize {
        self.stakes.len()
    }

    /// An epoch passes: what losses truly are, and what each reputer says that they are.
    pub(crate) fn report(&mut self, dice: &mut Dice) {
        self.epoch += 1;
        let block = BLOCK * (self.epoch + 1);
        let slots = self.slots();
        // -7 to -2: nobody is as good as to make the length of consensus vanish
        let mut loss = || 20_000 + dice.below(8_000);
        let mut truth = vec![(0, loss()), (1, loss())];
        for uid in 0..slots as u16 {
            let mut of = |section| (Column::Of(uid, section).place(), loss());
            match self.kinds[usize::from(uid)] {
                0 => {}
                1 => truth.extend([Section::Own, Section::Without, Section::With].map(&mut of)),
                _ => truth.extend([Section::Own, Section::Without].map(&mut of)),
            }
        }
        for from in 0..slots {
            self.last_update[from] = block - 1 - dice.below(50);
            if dice.below(16) == 0 {
                self.registered[from] = block - dice.below(100);
            }
            let (error, omitted) = (1 + dice.below(3) * 900, dice.below(3) * 2);
            let said = truth.iter().filter_map(|&(place, loss)| {
                let said = (loss + dice.below(2 * error) - error.min(loss)) as u16;
                (dice.below(16) >= omitted).then_some((place, said))
            });
            self.weights[from] = said.collect();
        }
    }

    pub(crate) fn with_input<T>(&self, then: impl FnOnce(&Input<'_>) -> T) -> T {
        let rows = |pairs: &[Vec<(u16, u16)>]| {
            let mut rows = Rows::new();
            for row in pairs {
                rows.push_row(row.iter().copied()).expect("columns ascend");
            }
            rows
        };
        let (weights, bonds) = (rows(&self.weights), rows(&self.bonds));
        then(&Input {
            stakes: &self.stakes,
            weights: &weights,
            bonds: &bonds,
            permits: &self.permits,
            last_update: &self.last_update,
            registered: &self.registered,
            block: BLOCK * (self.epoch + 1),
            last_close: BLOCK * self.epoch,
            owner: self.epoch.is_multiple_of(3).then_some(0),
            commit: (self.epoch % 4 == 1).then_some(BLOCK * (self.epoch + 1) - 60),
        })
    }

    /// The same topic with the slots in another order.
    pub(crate) fn permuted(&self, order: &[usize]) -> Self {
        let moved_place = |place: u16| match Column::at(place) {
            Column::Of(uid, section) => {
                let to = u16::try_from(order[usize::from(uid)]).expect("few slots");
                Column::Of(to, section).place()
            }
            shared => shared.place(),
        };
        let mut moved = self.clone();
        for (from, &to) in order.iter().enumerate() {
            moved.stakes[to] = self.stakes[from];
            moved.bonds[to].clone_from(&self.bonds[from]);
            moved.last_update[to] = self.last_update[from];
            moved.registered[to] = self.registered[from];
            moved.permits[to] = self.permits[from];
            moved.kinds[to] = self.kinds[from];
            let row = self.weights[from].iter().map(|&(place, loss)| (moved_place(place), loss));
            moved.weights[to] = row.collect();
            moved.weights[to].sort_unstable();
        }
        moved
    }
}

/// Parameters, mostly the defaults.
pub(crate) fn params(dice: &mut Dice) -> SynthesisParams {
    let limit = if dice.below(3) == 0 { 1 + dice.below(6) as u16 } else { 32 };
    let electorate = Electorate {
        max_validators: limit,
        activity_cutoff: if dice.below(3) == 0 { 30 } else { 5_000 },
        stake_threshold: 0,
    };
    let alpha = if dice.below(2) == 0 { 100_000 } else { 1 + dice.below(1_000_000) as u32 };
    SynthesisParams { electorate, alpha }
}
