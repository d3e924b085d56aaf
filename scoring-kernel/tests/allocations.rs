//! After the first epoch of a size none allocates: counted by the allocator, by thread.

#![expect(
    unsafe_code,
    reason = "an allocator is unsafe by its trait; this one hands everything on"
)]

use scoring_kernel::{
    Input, Liquid, MeanParams, Mechanism, MeteredParams, Outcome, Prepared, Rows, Workspace,
    YumaParams, YumaVariant,
};
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

thread_local! {
    static ALLOCATIONS: Cell<u64> = const { Cell::new(0) };
}

/// The system's allocator, counted.
struct Counted;

#[global_allocator]
static COUNTED: Counted = Counted;

fn count() {
    ALLOCATIONS.with(|allocations| allocations.set(allocations.get() + 1));
}

// SAFETY: every call goes on to the system's allocator as it came; counting allocates nothing.
unsafe impl GlobalAlloc for Counted {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count();
        // SAFETY: the caller keeps the contract of `alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count();
        // SAFETY: the caller keeps the contract of `realloc`.
        unsafe { System.realloc(pointer, layout, size) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller keeps the contract of `dealloc`.
        unsafe { System.dealloc(pointer, layout) }
    }
}

/// How often `run` allocates.
fn allocations(run: impl FnOnce()) -> u64 {
    let before = ALLOCATIONS.get();
    run();
    ALLOCATIONS.get() - before
}

/// A topic: validators first, contributors after them.
struct World {
    stakes: Vec<u64>,
    weights: Rows,
    bonds: Rows,
    permits: Vec<bool>,
    last_update: Vec<u64>,
    registered: Vec<u64>,
}

impl World {
    /// Validators that weigh one contributor in `one_in`, two of three the same ones.
    fn new(validators: usize, contributors: usize, one_in: usize) -> Self {
        let slots = validators + contributors;
        let mut weights = Rows::new();
        for from in 0..validators {
            let weighed = (validators..slots).filter(|to| (to * 3 + from % 3 / 2) % one_in == 0);
            let row = weighed.map(|to| (to as u16, 1 + (from * 977 + to * 313) as u16 % 9_973));
            weights.push_row(row).expect("columns ascend");
        }
        let stake = |uid| if uid < validators { 1_000 + 37 * uid as u64 } else { 0 };
        Self {
            stakes: (0..slots).map(stake).collect(),
            bonds: weights.clone(),
            weights,
            permits: (0..slots).map(|uid| uid < validators).collect(),
            last_update: vec![99; slots],
            registered: (0..slots).map(|uid| if uid % 50 == 49 { 98 } else { 0 }).collect(),
        }
    }

    fn input(&self) -> Input<'_> {
        Input {
            stakes: &self.stakes,
            weights: &self.weights,
            bonds: &self.bonds,
            permits: &self.permits,
            last_update: &self.last_update,
            registered: &self.registered,
            block: 100,
            last_close: 60,
            owner: Some(0),
            commit: Some(95),
        }
    }
}

fn worlds() -> [(&'static str, World); 4] {
    [
        ("dense", World::new(40, 200, 1)),
        ("a tenth", World::new(40, 200, 10)),
        ("not kept between passes", World::new(100, 2_600, 1)),
        ("one validator, row by row", World::new(1, 50, 1)),
    ]
}

/// All but synthesis: its formulas return vectors.
fn mechanisms() -> Vec<(&'static str, Mechanism)> {
    let yuma = |variant| Mechanism::Yuma(YumaParams { variant, ..YumaParams::DEFAULT });
    vec![
        ("mean", Mechanism::Mean(MeanParams::default())),
        ("classic", yuma(YumaVariant::Classic)),
        ("yuma3", yuma(YumaVariant::Yuma3 { liquid: None })),
        ("liquid", yuma(YumaVariant::Yuma3 { liquid: Some(Liquid::DEFAULT) })),
        ("metered", Mechanism::Metered(MeteredParams { cap: 3_000, ..MeteredParams::DEFAULT })),
    ]
}

#[test]
fn no_epoch_allocates_after_the_first_of_its_size() {
    for (name, mechanism) in mechanisms() {
        for (label, mut world) in worlds() {
            let (mut workspace, mut outcome) = (Workspace::default(), Outcome::default());
            for epoch in 0..3 {
                let counted = allocations(|| {
                    let scored = mechanism.score(&world.input(), &mut workspace, &mut outcome);
                    scored.expect("the world fits together");
                });
                assert!(outcome.dividends.iter().any(|&share| share != 0), "{name}, {label}");
                // the first one counts, so that a counter which does nothing cannot pass
                assert_eq!(counted != 0, epoch == 0, "{name}, {label}: {counted} in {epoch}");
                world.bonds.clone_from(&outcome.bonds);
            }
        }
    }
}

#[test]
fn no_page_allocates_after_the_first_epoch_of_its_size() {
    for (name, mechanism) in mechanisms() {
        for (label, mut world) in worlds() {
            let (mut workspace, mut prepared) = (Workspace::default(), Prepared::default());
            let mut bonds = Rows::new();
            for epoch in 0..3 {
                let counted = allocations(|| {
                    let input = world.input();
                    let ready = mechanism.prepare(&input, &mut workspace, &mut prepared);
                    ready.expect("the world fits together");
                    bonds.clear();
                    for uid in 0..input.slots() {
                        let (weights, stored) = (input.weights.row(uid), input.bonds.row(uid));
                        mechanism.finish_row(&prepared, uid as u16, weights, stored, &mut bonds);
                    }
                });
                assert_eq!(counted != 0, epoch == 0, "{name}, {label}: {counted} in {epoch}");
                world.bonds.clone_from(&bonds);
            }
        }
    }
}
