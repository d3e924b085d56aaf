//! Minima, goals, and ratios to published figures.

use crate::world::{Case, Density, Form, World, cases};
use scoring_kernel::{Mechanism, Outcome, Workspace};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Epochs that [`repeat`] scores.
pub(crate) const REPEATS: u64 = 20;

/// Milliseconds an epoch of dense weights takes elsewhere, and should take here.
struct Published {
    size: (usize, usize),
    /// The live network's implementation, one core: classic, liquid.
    live: [f64; 2],
    /// PyTorch, classic, two threads.
    torch: f64,
    /// The goal, with AVX2: classic and yuma3, liquid.
    goal: [f64; 2],
}

/// Source: docs/scoring.md.
const PUBLISHED: [Published; 4] = [
    Published { size: (64, 256), live: [2.4, 39.0], torch: 1.3, goal: [0.05, 0.10] },
    Published { size: (256, 1024), live: [45.0, 802.0], torch: 48.0, goal: [0.65, 1.3] },
    Published { size: (64, 4096), live: [59.0, 7017.0], torch: 47.0, goal: [0.8, 1.6] },
    Published { size: (1024, 4096), live: [824.0, 11603.0], torch: 1120.0, goal: [12.0, 22.0] },
];

/// Milliseconds of the fastest of many epochs.
#[expect(clippy::disallowed_methods, reason = "a bench is for looking at the clock")]
fn minimum(case: &Case) -> f64 {
    let (world, mechanism) = (case.world(), case.mechanism());
    let (mut workspace, mut outcome) = (Workspace::default(), Outcome::default());
    let (start, mut best, mut runs) = (Instant::now(), Duration::MAX, 0);
    while runs < 5 || (start.elapsed() < Duration::from_millis(1_000) && runs < 10_000) {
        let begin = Instant::now();
        mechanism
            .score(black_box(&world.input()), &mut workspace, &mut outcome)
            .expect("the world fits together");
        best = best.min(begin.elapsed());
        runs += 1;
    }
    best.as_secs_f64() * 1e3
}

/// Prints the table.
pub(crate) fn print(chosen: &[Case]) {
    println!(
        "{:<30} {:>9} {:>8} {:>7} {:>11} {:>12} {:>12}",
        "epoch", "ms", "ns/cell", "goal", "ours / goal", "live / ours", "torch / ours"
    );
    for case in chosen {
        let best = minimum(case);
        let published = PUBLISHED.iter().find(|row| row.size == case.size());
        let liquid = usize::from(case.form == Form::Liquid);
        let goal = published.map(|row| row.goal[liquid]);
        let live = published.filter(|_| case.form != Form::Yuma3).map(|row| row.live[liquid]);
        let torch = published.filter(|_| case.form == Form::Classic).map(|row| row.torch);
        let dense = matches!(case.density, Density::Dense | Density::Settled | Density::Drifting);
        println!(
            "{case:<30} {best:>9.4} {:>8.2} {:>7} {:>11} {:>12} {:>12}",
            best * 1e6 / case.cells() as f64,
            goal.map_or("-".into(), |goal| goal.to_string()),
            goal.map_or("-".into(), |goal| format!("{:.2}", best / goal)),
            live.filter(|_| dense).map_or("-".into(), |live| format!("{:.0}x", live / best)),
            torch.filter(|_| dense).map_or("-".into(), |torch| format!("{:.0}x", torch / best)),
        );
    }
}

/// Runs one case 20 times.
pub(crate) fn repeat(name: &str) {
    let Some(case) = cases().into_iter().find(|case| case.to_string() == name) else {
        eprintln!("no case is named {name}; --list names them");
        std::process::exit(2);
    };
    run(&case, REPEATS);
}

/// Scores an epoch so many times.
pub(crate) fn run(case: &Case, times: u64) {
    let (world, mechanism) = (case.world(), case.mechanism());
    let (mut workspace, mut outcome) = (Workspace::default(), Outcome::default());
    for _ in 0..times {
        measured_epoch(&mechanism, &world, &mut workspace, &mut outcome);
    }
}

/// What [`count`](crate::count) counts, by this name: the epochs that make a world are left out.
#[inline(never)]
fn measured_epoch(
    mechanism: &Mechanism,
    world: &World,
    workspace: &mut Workspace,
    outcome: &mut Outcome,
) {
    mechanism
        .score(black_box(&world.input()), workspace, outcome)
        .expect("the world fits together");
}
