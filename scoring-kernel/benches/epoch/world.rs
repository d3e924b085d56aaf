//! Generated epochs.

use scoring_kernel::{
    Electorate, Input, Liquid, Mechanism, Outcome, Rows, Workspace, YumaParams, YumaVariant,
};
use std::fmt;

/// The form of bonds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Classic,
    Yuma3,
    Liquid,
}

/// What the rows look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Density {
    /// Every validator weighs every contributor; random bonds in all of them, of which nearly all are
    /// sold: the worst case of liquid alpha.
    Dense,
    /// The same weights, and the bonds that 20 epochs of them leave.
    Settled,
    /// Bonds that 20 epochs of weights leave which move by up to a tenth an epoch.
    Drifting,
    /// A third of the contributors, as in the real snapshot.
    Third,
    /// One in ten.
    Tenth,
    /// One in fifty.
    Fiftieth,
    /// The committed snapshot of a real network, with the bonds that 20 epochs of it leave.
    Real,
}

/// A measured case.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Case {
    pub(crate) form: Form,
    pub(crate) validators: usize,
    pub(crate) contributors: usize,
    pub(crate) density: Density,
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name =
            format!("{:?}/{}x{}/{:?}", self.form, self.validators, self.contributors, self.density);
        f.pad(&name.to_lowercase())
    }
}

/// All forms at all densities and sizes; the real snapshot has one size.
pub(crate) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    let forms = [Form::Classic, Form::Yuma3, Form::Liquid];
    for density in [
        Density::Dense,
        Density::Settled,
        Density::Drifting,
        Density::Third,
        Density::Tenth,
        Density::Fiftieth,
    ] {
        for form in forms {
            for (validators, contributors) in [(64, 256), (256, 1024), (64, 4096), (1024, 4096)] {
                cases.push(Case { form, validators, contributors, density });
            }
        }
    }
    for form in forms {
        cases.push(Case { form, validators: 20, contributors: 256, density: Density::Real });
    }
    cases
}

/// An epoch's input.
#[derive(Clone, Debug)]
pub(crate) struct World {
    stakes: Vec<u64>,
    weights: Rows,
    bonds: Rows,
    permits: Vec<bool>,
    last_update: Vec<u64>,
    registered: Vec<u64>,
}

impl World {
    pub(crate) fn input(&self) -> Input<'_> {
        Input {
            stakes: &self.stakes,
            weights: &self.weights,
            bonds: &self.bonds,
            permits: &self.permits,
            last_update: &self.last_update,
            registered: &self.registered,
            block: 2,
            last_close: 1,
            owner: None,
            commit: None,
        }
    }
}

impl Case {
    /// Validators and contributors.
    pub(crate) fn size(&self) -> (usize, usize) {
        (self.validators, self.contributors)
    }

    /// Elements of the matrix, zeros included.
    pub(crate) fn cells(&self) -> usize {
        self.validators * self.contributors
    }

    /// The parameters: the live network's defaults.
    pub(crate) fn mechanism(&self) -> Mechanism {
        let variant = match self.form {
            Form::Classic => YumaVariant::Classic,
            Form::Yuma3 => YumaVariant::Yuma3 { liquid: None },
            Form::Liquid => YumaVariant::Yuma3 { liquid: Some(Liquid::DEFAULT) },
        };
        let electorate = Electorate { max_validators: u16::MAX, ..Electorate::DEFAULT };
        Mechanism::Yuma(YumaParams { electorate, variant, ..YumaParams::DEFAULT })
    }

    /// Validators first, contributors after them.
    pub(crate) fn world(&self) -> World {
        let mut generator = Generator(7);
        let one_in = match self.density {
            Density::Dense | Density::Settled | Density::Drifting | Density::Real => 1,
            Density::Third => 3,
            Density::Tenth => 10,
            Density::Fiftieth => 50,
        };
        let mut world = if self.density == Density::Real {
            World::real()
        } else {
            self.generated(one_in, &mut generator)
        };
        if matches!(self.density, Density::Settled | Density::Drifting | Density::Real) {
            let (mut workspace, mut outcome) = (Workspace::default(), Outcome::default());
            for _ in 0..20 {
                let scored = self.mechanism().score(&world.input(), &mut workspace, &mut outcome);
                scored.expect("the world fits together");
                world.bonds.clone_from(&outcome.bonds);
                if self.density == Density::Drifting {
                    world.drift(&mut generator);
                }
            }
        }
        world
    }

    /// Random weights and bonds of one contributor in so many.
    fn generated(&self, one_in: u64, generator: &mut Generator) -> World {
        let slots = self.validators + self.contributors;
        let (mut weights, mut bonds) = (Rows::new(), Rows::new());
        for row in 0..slots {
            let mut entries: Vec<(u16, u16, u16)> = Vec::new();
            for uid in self.validators..slots {
                if row < self.validators && generator.next().is_multiple_of(one_in) {
                    let weight = 1 + (generator.next() % 65_535) as u16;
                    entries.push((uid as u16, weight, (generator.next() >> 48) as u16));
                }
            }
            weights.push_row(entries.iter().map(|&(uid, w, _)| (uid, w))).expect("ascending");
            bonds.push_row(entries.iter().map(|&(uid, _, b)| (uid, b))).expect("ascending");
        }
        let stakes = (0..slots)
            .map(|uid| if uid < self.validators { 1 + (generator.next() >> 24) } else { 0 })
            .collect();
        World::of(stakes, weights, bonds)
    }
}

impl World {
    /// Rows whose owners with stake hold permits and have just submitted.
    fn of(stakes: Vec<u64>, weights: Rows, bonds: Rows) -> Self {
        let slots = stakes.len();
        Self {
            permits: stakes.iter().map(|&stake| stake != 0).collect(),
            stakes,
            weights,
            bonds,
            last_update: vec![1; slots],
            registered: vec![0; slots],
        }
    }

    /// The snapshot in `tests/data`.
    fn real() -> Self {
        let text = include_str!("../../tests/data/real_subnet15.json");
        let value: serde_json::Value =
            serde_json::from_str(text).expect("committed numbers are JSON");
        let number = |value: &serde_json::Value| value.as_u64().expect("a number");
        let list = |value: &serde_json::Value| value.as_array().expect("a list").clone();
        let stakes: Vec<u64> = list(&value["stakes"]).iter().map(number).collect();
        let mut rows = vec![Vec::new(); stakes.len()];
        for row in list(&value["weights"]) {
            let pairs = list(&row[1]);
            rows[number(&row[0]) as usize] = pairs
                .iter()
                .map(|pair| (number(&pair[0]) as u16, number(&pair[1]) as u16))
                .collect();
        }
        let mut weights = Rows::new();
        for row in rows {
            weights.push_row(row).expect("ascending");
        }
        Self::of(stakes, weights, Rows::new())
    }

    /// Multiplies each weight by a factor between 0.9 and 1.1.
    fn drift(&mut self, generator: &mut Generator) {
        let mut weights = Rows::new();
        for row in self.weights.iter() {
            let moved = row.iter().map(|(uid, value)| {
                let scaled = u64::from(value) * (900 + generator.next() % 201) / 1_000;
                (uid, scaled.clamp(1, 65_535) as u16)
            });
            weights.push_row(moved).expect("ascending");
        }
        self.weights = weights;
    }
}

/// The splitmix64 sequence.
struct Generator(u64);

impl Generator {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}
