//! One epoch, by size, form and sparsity: times, and how they compare with others.
//!
//! `cargo bench -p scoring-kernel` prints divan's statistics and then a table of minima beside the
//! figures published for a two-core machine of this class: the live network's implementation, and
//! PyTorch (classic, two threads). To measure PyTorch here: `pip install torch`, clone
//! bactensor/yuma-simulation, and time its `Yuma` on `torch.rand(validators, contributors)` with
//! `torch.set_num_threads(2)`, minimum of many runs. `EPOCH=classic/1024x4096/dense cargo bench -p
//! scoring-kernel` runs one case 20 times and nothing else, for perf and callgrind.

#[path = "epoch/table.rs"]
mod table;
#[path = "epoch/world.rs"]
mod world;

use divan::Bencher;
use scoring_kernel::{Outcome, Workspace};
use world::Case;

fn main() {
    if let Ok(name) = std::env::var("EPOCH") {
        table::repeat(&name);
        return;
    }
    divan::main();
    if !std::env::args().any(|argument| argument == "--test" || argument == "--list") {
        table::print();
    }
}

/// Every case as divan measures it.
#[divan::bench(args = world::cases(), sample_count = 20, max_time = 1.0)]
fn epoch(bencher: Bencher<'_, '_>, case: &Case) {
    let world = case.world();
    let mechanism = case.mechanism();
    let (mut workspace, mut outcome) = (Workspace::default(), Outcome::default());
    bencher.bench_local(|| {
        mechanism
            .score(&world.input(), &mut workspace, &mut outcome)
            .expect("the world fits together");
    });
}
