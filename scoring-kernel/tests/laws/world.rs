//! Random and particular epochs.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use scoring_kernel::{
    Electorate, Input, Liquid, MeanParams, Mechanism, MeteredParams, Rows, YumaParams, YumaVariant,
};

/// An epoch's input, dense.
#[derive(Clone, Debug)]
pub(crate) struct World {
    pub(crate) stakes: Vec<u64>,
    pub(crate) weights: Vec<Vec<u16>>,
    pub(crate) bonds: Vec<Vec<u16>>,
    pub(crate) permits: Vec<bool>,
    pub(crate) last_update: Vec<u64>,
    pub(crate) registered: Vec<u64>,
    pub(crate) owner: Option<u16>,
    pub(crate) commit: Option<u64>,
}

const BLOCK: u64 = 100;
const LAST_CLOSE: u64 = 60;

impl World {
    /// Number of slots.
    pub(crate) fn slots(&self) -> usize {
        self.stakes.len()
    }

    /// Number of non-zero weights.
    pub(crate) fn entries(&self) -> usize {
        self.weights.iter().flatten().filter(|&&value| value != 0).count()
    }

    /// Calls `f` with the input.
    pub(crate) fn with_input<T>(&self, f: impl FnOnce(&Input<'_>) -> T) -> T {
        f(&Input {
            stakes: &self.stakes,
            weights: &sparse(&self.weights),
            bonds: &sparse(&self.bonds),
            permits: &self.permits,
            last_update: &self.last_update,
            registered: &self.registered,
            block: BLOCK,
            last_close: LAST_CLOSE,
            owner: self.owner,
            commit: self.commit,
        })
    }

    /// A permutation of the uids: `order[from]` is the new uid.
    pub(crate) fn order(&self, seed: u64) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.slots()).collect();
        order.sort_by_key(|&uid| (uid as u64 + 1).wrapping_mul(seed | 1).rotate_left(17));
        order
    }

    /// The same epoch with uids renamed.
    pub(crate) fn permuted(&self, order: &[usize]) -> Self {
        let mut moved = self.clone();
        for (from, &to) in order.iter().enumerate() {
            moved.stakes[to] = self.stakes[from];
            moved.permits[to] = self.permits[from];
            moved.last_update[to] = self.last_update[from];
            moved.registered[to] = self.registered[from];
            for (column, &moved_column) in order.iter().enumerate() {
                moved.weights[to][moved_column] = self.weights[from][column];
                moved.bonds[to][moved_column] = self.bonds[from][column];
            }
        }
        moved.owner = self.owner.and_then(|uid| u16::try_from(*order.get(usize::from(uid))?).ok());
        moved
    }
}

fn sparse(dense: &[Vec<u16>]) -> Rows {
    let mut rows = Rows::new();
    for row in dense {
        rows.push_row((0..).zip(row.iter().copied())).expect("dense rows ascend");
    }
    rows
}

fn stake() -> impl Strategy<Value = u64> {
    prop_oneof![
        3 => 1u64..1_000_000,
        2 => Just(0),
        1 => Just(1),
        1 => Just(1_000),
        1 => 1u64..1 << 57,
        1 => Just(1 << 57),
    ]
}

fn value() -> impl Strategy<Value = u16> {
    prop_oneof![4 => any::<u16>(), 4 => Just(0), 1 => Just(u16::MAX), 1 => 1u16..4, 1 => Just(1_000)]
}

fn matrix(slots: usize) -> impl Strategy<Value = Vec<Vec<u16>>> {
    let row = prop_oneof![
        4 => vec(value(), slots),
        1 => Just(vec![0; slots]),
        1 => vec(prop_oneof![7 => Just(0u16), 1 => any::<u16>()], slots),
        1 => vec(Just(u16::MAX), slots),
    ];
    vec(row, slots)
}

/// An epoch of up to `slots` slots.
pub(crate) fn world(slots: usize) -> impl Strategy<Value = World> {
    (0..=slots).prop_flat_map(|slots| {
        (
            vec(stake(), slots),
            matrix(slots),
            matrix(slots),
            vec(prop_oneof![5 => Just(true), 1 => Just(false)], slots),
            vec(prop_oneof![1 => 0u64..90, 8 => 90u64..100], slots),
            vec(prop_oneof![6 => Just(0u64), 1 => 0u64..100, 1 => Just(LAST_CLOSE)], slots),
            option::of(0..=u16::try_from(slots).unwrap_or(u16::MAX)),
            option::weighted(0.2, 0u64..100),
        )
            .prop_map(
                |(stakes, weights, bonds, permits, last_update, registered, owner, commit)| World {
                    stakes,
                    weights,
                    bonds,
                    permits,
                    last_update,
                    registered,
                    owner,
                    commit,
                },
            )
    })
}

/// An epoch of a few validators, some of equal stake, and many contributors of whom each weighs few.
pub(crate) fn sparse_world() -> impl Strategy<Value = World> {
    (2usize..12, 40usize..140).prop_flat_map(|(validators, slots)| {
        let stakes = prop_oneof![Just(vec![1; validators]), vec(stake(), validators)];
        let entry = || prop_oneof![6 => Just(0u16), 1 => any::<u16>(), 1 => 1u16..4];
        let entries = || vec(vec(entry(), slots), validators);
        (stakes, entries(), entries()).prop_map(move |(stakes, weights, bonds)| {
            let mut world = square(vec![0; slots], |_, _| 0);
            for (all, some) in [(&mut world.weights, weights), (&mut world.bonds, bonds)] {
                for (row, given) in all.iter_mut().zip(some) {
                    *row = given;
                }
            }
            for (stake, given) in world.stakes.iter_mut().zip(stakes) {
                *stake = given;
            }
            world
        })
    })
}

fn electorate() -> impl Strategy<Value = Electorate> {
    let limit = prop_oneof![1u16..8, Just(u16::MAX)];
    let cutoff = prop_oneof![1 => 0u64..60, 3 => Just(5_000)];
    let threshold = prop_oneof![3 => Just(0u64), 1 => 0u64..2_000];
    (limit, cutoff, threshold).prop_map(|(max_validators, activity_cutoff, stake_threshold)| {
        Electorate { max_validators, activity_cutoff, stake_threshold }
    })
}

fn liquid() -> impl Strategy<Value = Liquid> {
    let steepness = prop_oneof![Just(1_000u16), 1u16..=4_000];
    (any::<u16>(), any::<u16>(), steepness).prop_map(|(a, b, steepness)| Liquid {
        alpha_low: a.min(b),
        alpha_high: a.max(b),
        steepness,
    })
}

/// Any mechanism with valid parameters.
pub(crate) fn mechanism() -> impl Strategy<Value = Mechanism> {
    let kappa = prop_oneof![4 => Just(32_767u16), 1 => any::<u16>(), 1 => Just(u16::MAX)];
    let average = prop_oneof![Just(900_000u32), 0..=1_000_000u32, Just(0), Just(1_000_000)];
    let penalty = prop_oneof![2 => Just(u16::MAX), 1 => Just(0u16), 2 => any::<u16>()];
    let variant = prop_oneof![
        2 => Just(YumaVariant::Classic),
        1 => Just(YumaVariant::Yuma3 { liquid: None }),
        2 => liquid().prop_map(|liquid| YumaVariant::Yuma3 { liquid: Some(liquid) }),
    ];
    let yuma = (electorate(), kappa, average, penalty, variant).prop_map(
        |(electorate, kappa, bonds_moving_average, bonds_penalty, variant)| {
            Mechanism::Yuma(YumaParams {
                electorate,
                kappa,
                bonds_moving_average,
                bonds_penalty,
                variant,
            })
        },
    );
    let mean = electorate().prop_map(|electorate| Mechanism::Mean(MeanParams { electorate }));
    prop_oneof![6 => yuma, 1 => mean, 1 => metered().prop_map(Mechanism::Metered)]
}

/// Pay by measure, with any valid parameters and no cap.
pub(crate) fn metered() -> impl Strategy<Value = MeteredParams> {
    (electorate(), any::<u16>(), 0..=1_000_000u32, 100..=1_000u16, 0..200u64).prop_map(
        |(electorate, kappa, decay, top_multiplier, ramp)| MeteredParams {
            electorate,
            kappa,
            decay,
            cap: u16::MAX,
            top_multiplier,
            ramp,
        },
    )
}

/// The mechanism with a permit for everybody.
pub(crate) fn without_limit(mechanism: &Mechanism) -> Mechanism {
    let mut mechanism = *mechanism;
    match &mut mechanism {
        Mechanism::Mean(params) => params.electorate.max_validators = u16::MAX,
        Mechanism::Yuma(params) => params.electorate.max_validators = u16::MAX,
        Mechanism::Metered(params) => params.electorate.max_validators = u16::MAX,
        Mechanism::Synthesis(params) => params.electorate.max_validators = u16::MAX,
    }
    mechanism
}

/// Each mechanism whose rows are weights, and each form of Yuma, with defaults.
pub(crate) fn defaults() -> Vec<Mechanism> {
    let yuma = |variant| Mechanism::Yuma(YumaParams { variant, ..YumaParams::DEFAULT });
    vec![
        Mechanism::Mean(MeanParams::default()),
        yuma(YumaVariant::Classic),
        yuma(YumaVariant::Yuma3 { liquid: None }),
        yuma(YumaVariant::Yuma3 { liquid: Some(Liquid::DEFAULT) }),
        Mechanism::Metered(MeteredParams::DEFAULT),
    ]
}

/// Every form of Yuma at the ends of its parameters.
pub(crate) fn variants() -> Vec<YumaParams> {
    let mut variants = Vec::new();
    let liquid = Liquid { alpha_low: 0, alpha_high: u16::MAX, steepness: 4_000 };
    for variant in [
        YumaVariant::Classic,
        YumaVariant::Yuma3 { liquid: None },
        YumaVariant::Yuma3 { liquid: Some(liquid) },
    ] {
        for bonds_penalty in [0, 1, 32_767, u16::MAX] {
            for bonds_moving_average in [0, 900_000, 1_000_000] {
                variants.push(YumaParams {
                    variant,
                    bonds_penalty,
                    bonds_moving_average,
                    ..YumaParams::DEFAULT
                });
            }
        }
    }
    variants
}

/// A world in which `validators` weigh `contributors` by `weight`, bonds alike.
fn square(stakes: Vec<u64>, weight: impl Fn(usize, usize) -> u16) -> World {
    let slots = stakes.len();
    let matrix: Vec<Vec<u16>> =
        (0..slots).map(|i| (0..slots).map(|j| weight(i, j)).collect()).collect();
    World {
        stakes,
        bonds: matrix.clone(),
        weights: matrix,
        permits: vec![true; slots],
        last_update: vec![BLOCK - 1; slots],
        registered: vec![0; slots],
        owner: None,
        commit: None,
    }
}

/// Worlds at the edges.
pub(crate) fn edges() -> Vec<(&'static str, World)> {
    let half = 1u64 << 62;
    vec![
        ("empty", square(vec![], |_, _| 0)),
        ("one slot", square(vec![5], |_, _| 65_535)),
        ("one validator", square(vec![5, 0, 0], |i, j| if i == 0 { [0, 3, 65_535][j] } else { 0 })),
        (
            "one validator, one contributor",
            square(vec![5, 0], |i, j| if i < j { 65_535 } else { 0 }),
        ),
        ("no stake", square(vec![0; 4], |i, j| (i * 7 + j) as u16)),
        ("all-zero rows", square(vec![1, 2, 3, 4], |_, _| 0)),
        ("all maximal", square(vec![half, half, 1, 1], |_, _| u16::MAX)),
        (
            "one against nothing",
            square(vec![u64::MAX, 1, 0], |i, j| if i != j { 65_535 } else { 0 }),
        ),
        // shares of 1 - 2^-32 and 2^-32: sums of exactly one with a part just below it
        (
            "one and the last unit",
            square(vec![(1 << 32) - 1, 1, 0, 0], |i, j| if i < 2 && j == 2 { 9 } else { 0 }),
        ),
        (
            "disagreement",
            square(vec![4, 3, 3, 0, 0], |i, j| if j == 3 + i % 2 { 65_535 } else { 0 }),
        ),
        // columns that one of four weighs, beside columns open to all, packed; votes sum to exactly one
        (
            "no support beside support",
            square((0..70).map(|i| u64::from(i < 4)).collect(), |i, j| match j {
                4..10 if i < 4 => (1 + (i * 977 + j * 313) % 5_000) as u16,
                10..14 if j == 10 + i => 500,
                _ => 0,
            }),
        ),
        (
            "wide",
            square((0..70).map(|i| if i < 9 { 10 + i } else { 0 }).collect(), |i, j| {
                if i < 9 { (i * 977 + j * 313) as u16 } else { 0 }
            }),
        ),
    ]
}

/// The real snapshot in `tests/data`; its validators hold permits and have just submitted.
pub(crate) fn real() -> World {
    let text = include_str!("../data/real_subnet15.json");
    let value: serde_json::Value = serde_json::from_str(text).expect("committed numbers are JSON");
    let number = |value: &serde_json::Value| value.as_u64().expect("a number");
    let stakes: Vec<u64> = value["stakes"].as_array().expect("stakes").iter().map(number).collect();
    let slots = stakes.len();
    let mut world = square(stakes, |_, _| 0);
    for row in value["weights"].as_array().expect("rows") {
        let from = usize::try_from(number(&row[0])).expect("a uid");
        for pair in row[1].as_array().expect("pairs") {
            let to = usize::try_from(number(&pair[0])).expect("a uid");
            world.weights[from][to] = u16::try_from(number(&pair[1])).expect("a weight");
        }
    }
    world.permits = vec![true; slots];
    world
}
