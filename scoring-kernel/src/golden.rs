//! A digest of epochs over generated inputs: equal wherever the crate runs.
//!
//! The committed value is in `tests/golden.rs`; `cargo xtask digest` compares it natively and on
//! wasm32. Everything is integer arithmetic, the generator included.

use crate::input::Input;
use crate::mechanism::{Mechanism, Workspace};
use crate::outcome::Outcome;
use crate::params::{Electorate, Liquid, MeanParams, YumaParams, YumaVariant};
use crate::rows::Rows;
use crate::split::largest_remainder;
use crate::synthesis::SynthesisParams;

/// Epochs scored of each mechanism on each input.
const EPOCHS: u64 = 3;

/// Slots, validators, and the largest of 16 at which a weight is left out, of each input.
const SHAPES: [(u16, u16, u64); 5] =
    [(1, 1, 0), (7, 3, 4), (33, 8, 0), (96, 16, 12), (300, 40, 10)];

/// The digest of three epochs of every mechanism on inputs from one slot to 300, dense and sparse,
/// with ties, masks, late validators and new slots; and of exact splits.
pub fn golden_digest() -> [u64; 4] {
    let mut digest = Digest::new();
    for (shape, &(slots, validators, omitted)) in (0u64..).zip(&SHAPES) {
        for (number, mechanism) in (0u64..).zip(mechanisms()) {
            let mut generator = Generator::new(shape << 32 | number);
            let mut outcome = Outcome::default();
            let mut workspace = Workspace::default();
            let mut world = World::new(slots, validators, &mut generator);
            for epoch in 0..EPOCHS {
                world.submit(validators, omitted, epoch, &mut generator);
                if mechanism.score(&world.input(epoch), &mut workspace, &mut outcome).is_err() {
                    digest.fold(u64::MAX);
                }
                digest.fold_outcome(&outcome);
                world.bonds.clone_from(&outcome.bonds);
                world.permits.clone_from(&outcome.permits);
            }
            for part in largest_remainder(1 << 94 | 12_345, &outcome.incentives) {
                digest.fold(part as u64);
                digest.fold((part >> 64) as u64);
            }
        }
    }
    digest.0
}

/// Every mechanism and variant, with defaults and with parameters between their ends.
pub(crate) fn mechanisms() -> Vec<Mechanism> {
    let mut mechanisms = vec![Mechanism::Mean(MeanParams::default())];
    let electorate = Electorate { max_validators: 12, ..Electorate::DEFAULT };
    for variant in [
        YumaVariant::Classic,
        YumaVariant::Yuma3 { liquid: None },
        YumaVariant::Yuma3 { liquid: Some(Liquid::DEFAULT) },
    ] {
        let defaults = YumaParams { variant, ..YumaParams::DEFAULT };
        mechanisms.push(Mechanism::Yuma(defaults));
        mechanisms.push(Mechanism::Yuma(YumaParams { bonds_penalty: 0, ..defaults }));
        mechanisms.push(Mechanism::Yuma(YumaParams {
            electorate,
            kappa: 40_000,
            bonds_penalty: 20_000,
            bonds_moving_average: 123_456,
            ..defaults
        }));
    }
    mechanisms.push(Mechanism::Synthesis(SynthesisParams { electorate, alpha: 123_456 }));
    mechanisms
}

/// The state of a topic between epochs.
pub(crate) struct World {
    stakes: Vec<u64>,
    weights: Rows,
    pub(crate) bonds: Rows,
    pub(crate) permits: Vec<bool>,
    last_update: Vec<u64>,
    registered: Vec<u64>,
}

impl World {
    pub(crate) fn new(slots: u16, validators: u16, generator: &mut Generator) -> Self {
        let stake = |uid: u16, generator: &mut Generator| match generator.below(8) {
            _ if uid >= validators => 0,
            0 => 0,
            1 => 1_000_000,
            _ => 1 + (generator.next() >> (8 + generator.below(40))),
        };
        let stakes: Vec<u64> = (0..slots).map(|uid| stake(uid, generator)).collect();
        Self {
            permits: stakes.iter().map(|&stake| stake != 0).collect(),
            stakes,
            weights: Rows::new(),
            bonds: Rows::empty(usize::from(slots)),
            last_update: vec![0; usize::from(slots)],
            registered: vec![0; usize::from(slots)],
        }
    }

    /// New weights of most validators, and a few new slots.
    pub(crate) fn submit(
        &mut self,
        validators: u16,
        omitted: u64,
        epoch: u64,
        generator: &mut Generator,
    ) {
        let block = 10_000 * (epoch + 1);
        let mut weights = Rows::new();
        for ((uid, updated), registered) in
            (0u16..).zip(&mut self.last_update).zip(&mut self.registered)
        {
            let late = generator.below(8) == 0;
            if !late {
                *updated = block - generator.below(100);
            }
            if generator.below(64) == 0 {
                *registered = block - generator.below(200);
            }
            let style = generator.below(4);
            let kept = if late { self.weights.row(usize::from(uid)) } else { Default::default() };
            let renewed = (0..self.stakes.len() as u64).map(|to| {
                let value = match style {
                    _ if uid >= validators || late || generator.below(16) < omitted => 0,
                    0 => 1 << generator.below(16),
                    1 => 1_000 * generator.below(3),
                    _ => generator.below(65_536),
                };
                (to as u16, value as u16)
            });
            let renewed: Vec<(u16, u16)> = renewed.collect();
            let row = if late { kept.iter().collect() } else { renewed };
            if weights.push_row(row).is_err() {
                weights.push_empty();
            }
        }
        self.weights = weights;
    }

    pub(crate) fn input(&self, epoch: u64) -> Input<'_> {
        Input {
            stakes: &self.stakes,
            weights: &self.weights,
            bonds: &self.bonds,
            permits: &self.permits,
            last_update: &self.last_update,
            registered: &self.registered,
            block: 10_000 * (epoch + 1),
            last_close: 10_000 * epoch,
            owner: epoch.is_multiple_of(2).then_some(0),
            commit: (epoch == 1).then_some(19_900),
        }
    }
}

/// The splitmix64 sequence.
pub(crate) struct Generator(u64);

impl Generator {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `bound`, which is small: the bias does not matter.
    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }
}

/// Four lanes of FNV-1a over 64-bit words, each with another start.
struct Digest([u64; 4]);

impl Digest {
    fn new() -> Self {
        Self([0xcbf2_9ce4_8422_2325, 1, 2, 3])
    }

    fn fold(&mut self, word: u64) {
        for lane in &mut self.0 {
            *lane = (*lane ^ word).wrapping_mul(0x0000_0100_0000_01b3);
            *lane ^= *lane >> 29;
        }
    }

    fn fold_outcome(&mut self, outcome: &Outcome) {
        for column in [
            &outcome.consensus,
            &outcome.incentives,
            &outcome.dividends,
            &outcome.trust,
            &outcome.active_stake,
        ] {
            column.iter().for_each(|&x| self.fold(x));
        }
        if let Some(part) = outcome.contributors {
            self.fold(part);
        }
        outcome.permits.iter().for_each(|&permit| self.fold(permit.into()));
        for row in outcome.bonds.iter() {
            self.fold(row.len() as u64);
            row.iter().for_each(|(uid, value)| self.fold(u64::from(uid) << 16 | u64::from(value)));
        }
    }
}
