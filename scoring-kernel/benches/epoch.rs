//! One epoch, by size, form and sparsity: times, and how they compare with others.
//!
//! - `cargo bench -p scoring-kernel` prints a table of minima on one core, with the goal of each size
//!   and the ratio to the figures published for a two-core machine of this class: the live network's
//!   implementation, and PyTorch (classic, two threads). Names follow as filters: `-- classic dense`.
//! - `cargo bench -p scoring-kernel -- --count` counts instructions an epoch instead, which no noise
//!   touches; it needs valgrind.
//! - `EPOCH=classic/1024x4096/dense target/release/deps/epoch-*` runs one case 20 times and nothing
//!   else, for perf and callgrind.
//!
//! To measure PyTorch beside it: `pip install torch`, then
//! `python3 scoring-kernel/benches/epoch/torch_epoch.py`, which prints the same sizes.

#[path = "epoch/count.rs"]
mod count;
#[path = "epoch/table.rs"]
mod table;
#[path = "epoch/world.rs"]
mod world;

use world::{Case, cases};

fn main() {
    if let Ok(name) = std::env::var("EPOCH") {
        table::repeat(&name);
        return;
    }
    let arguments: Vec<String> =
        std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let (options, filters): (Vec<_>, Vec<_>) =
        arguments.into_iter().partition(|argument| argument.starts_with('-'));
    let chosen: Vec<Case> = cases()
        .into_iter()
        .filter(|case| filters.iter().all(|filter| case.to_string().contains(filter.as_str())))
        .collect();
    match options.first().map(String::as_str) {
        None => table::print(&chosen),
        Some("--list") => chosen.iter().for_each(|case| println!("{case}: bench")),
        Some("--test") => chosen.iter().for_each(|case| table::run(case, 1)),
        Some("--count") => count::print(&chosen),
        Some(other) => {
            eprintln!("{other} is none of --count, --list and --test");
            std::process::exit(2);
        }
    }
}
