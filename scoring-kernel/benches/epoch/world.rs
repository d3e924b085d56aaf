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
    /// Every validator weighs every contributor; random bonds in all of them.
    Dense,
    /// The same weights, and the bonds that 20 epochs of them leave.
    Settled,
    /// A third of the contributors, as in the real snapshot.
    Third,
    /// One in fifty.
    Fiftieth,
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

/// All sizes in all forms; each density at one of them or all.
pub(crate) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for density in [Density::Dense, Density::Settled, Density::Third, Density::Fiftieth] {
        for form in [Form::Classic, Form::Yuma3, Form::Liquid] {
            for (validators, contributors) in [(64, 256), (256, 1024), (64, 4096), (1024, 4096)] {
                cases.push(Case { form, validators, contributors, density });
            }
        }
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
        let mut state = 7u64;
        let mut next = || {
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let z = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            z ^ (z >> 31)
        };
        let one_in = match self.density {
            Density::Dense | Density::Settled => 1,
            Density::Third => 3,
            Density::Fiftieth => 50,
        };
        let slots = self.validators + self.contributors;
        let (mut weights, mut bonds) = (Rows::new(), Rows::new());
        for row in 0..slots {
            let mut entries: Vec<(u16, u16, u16)> = Vec::new();
            for uid in self.validators..slots {
                if row < self.validators && next() % one_in == 0 {
                    entries.push((uid as u16, 1 + (next() % 65_535) as u16, (next() >> 48) as u16));
                }
            }
            weights.push_row(entries.iter().map(|&(uid, w, _)| (uid, w))).expect("ascending");
            bonds.push_row(entries.iter().map(|&(uid, _, b)| (uid, b))).expect("ascending");
        }
        let stakes: Vec<u64> = (0..slots)
            .map(|uid| if uid < self.validators { 1 + (next() >> 24) } else { 0 })
            .collect();
        let mut world = World {
            permits: stakes.iter().map(|&stake| stake != 0).collect(),
            stakes,
            weights,
            bonds,
            last_update: vec![1; slots],
            registered: vec![0; slots],
        };
        if self.density == Density::Settled {
            let (mut workspace, mut outcome) = (Workspace::default(), Outcome::default());
            for _ in 0..20 {
                let scored = self.mechanism().score(&world.input(), &mut workspace, &mut outcome);
                scored.expect("the world fits together");
                world.bonds.clone_from(&outcome.bonds);
            }
        }
        world
    }
}
