//! Minima, and ratios to published figures.

use crate::world::{Case, Density, Form, cases};
use scoring_kernel::{Outcome, Workspace};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Milliseconds of the live network's implementation (classic, liquid) and of PyTorch (classic) on
/// dense weights; one core, PyTorch two. Source: docs/scoring.md.
const PUBLISHED: [(usize, usize, f64, f64, f64); 4] = [
    (64, 256, 2.4, 39.0, 1.3),
    (256, 1024, 45.0, 802.0, 48.0),
    (64, 4096, 59.0, 7017.0, 47.0),
    (1024, 4096, 824.0, 11603.0, 1120.0),
];

/// Milliseconds of the fastest of many epochs.
#[expect(clippy::disallowed_methods, reason = "a bench is for looking at the clock")]
fn minimum(case: &Case) -> f64 {
    let (world, mechanism) = (case.world(), case.mechanism());
    let (mut workspace, mut outcome) = (Workspace::default(), Outcome::default());
    let (start, mut best, mut runs) = (Instant::now(), Duration::MAX, 0);
    while runs < 5 || (start.elapsed() < Duration::from_millis(2_000) && runs < 10_000) {
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
pub(crate) fn print() {
    println!();
    println!(
        "{:<30} {:>10} {:>9} {:>12} {:>12}",
        "epoch", "ms", "ns/cell", "live / ours", "torch / ours"
    );
    for case in cases() {
        let best = minimum(&case);
        let cells = (case.validators * case.contributors) as f64;
        let published = PUBLISHED
            .iter()
            .find(|row| (row.0, row.1) == (case.validators, case.contributors))
            .filter(|_| matches!(case.density, Density::Dense | Density::Settled));
        let (live, torch) = match (case.form, published) {
            (Form::Classic, Some(row)) => (ratio(row.2, best), ratio(row.4, best)),
            (Form::Liquid, Some(row)) => (ratio(row.3, best), "-".into()),
            _ => ("-".into(), "-".into()),
        };
        println!("{case:<30} {best:>10.4} {:>9.2} {live:>12} {torch:>12}", best * 1e6 / cells);
    }
}

fn ratio(published: f64, ours: f64) -> String {
    format!("{:.0}x", published / ours)
}

/// Runs one case 20 times.
pub(crate) fn repeat(name: &str) {
    let Some(case) = cases().into_iter().find(|case| case.to_string() == name) else {
        eprintln!("no case is named {name}; their names are in the table");
        std::process::exit(2);
    };
    let (world, mechanism) = (case.world(), case.mechanism());
    let (mut workspace, mut outcome) = (Workspace::default(), Outcome::default());
    for _ in 0..20 {
        mechanism
            .score(black_box(&world.input()), &mut workspace, &mut outcome)
            .expect("the world fits together");
    }
}
