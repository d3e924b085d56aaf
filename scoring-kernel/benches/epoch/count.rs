//! Instructions an epoch, by callgrind.

use crate::table::REPEATS;
use crate::world::Case;
use std::process::Command;

/// Prints the instructions of the scoring of one epoch; the world it scores is left out.
pub(crate) fn print(cases: &[Case]) {
    println!("{:<30} {:>14} {:>12}", "epoch", "instructions", "a cell");
    for case in cases {
        match instructions(case) {
            Some(count) => {
                println!("{case:<30} {count:>14} {:>12.2}", count as f64 / case.cells() as f64);
            }
            None => println!("{case:<30} {:>14} {:>12}", "no valgrind?", "-"),
        }
    }
}

/// What callgrind collects inside `measured_epoch`, divided by the epochs that a run scores.
fn instructions(case: &Case) -> Option<u64> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg("--toggle-collect=*measured_epoch*")
        .arg(std::env::current_exe().ok()?)
        .env("EPOCH", case.to_string())
        .output()
        .ok()?;
    let report = String::from_utf8_lossy(&output.stderr).into_owned();
    let collected = report.lines().find_map(|line| line.split("Collected :").nth(1))?;
    Some(collected.trim().parse::<u64>().ok()? / REPEATS)
}
