//! Runs a scenario file and prints every metric's median over seeds.
//!
//! `cargo run --release -p simulator --example rehearse -- FILE [SEEDS]`

use std::error::Error;

use simulator::{
    outcome::{Options, aggregate, simulate},
    scenario::{
        Aggregate,
        file::{Source, read},
    },
};

/// Files as they are named.
struct Folder;

impl Source for Folder {
    fn bytes(&self, path: &str) -> Result<Vec<u8>, String> {
        std::fs::read(path).map_err(|error| error.to_string())
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().ok_or("which scenario file?")?;
    let seeds = arguments.next().map(|seeds| seeds.parse()).transpose()?;
    let scenario = read(&Folder, &file)?;
    let outcome = simulate(&scenario, &Options { seeds, ..Options::default() }, &mut ())?;
    for (at, metric) in outcome.catalogue.iter().enumerate() {
        let values = outcome.of(at);
        let over = |percent| {
            values.as_ref().and_then(|values| aggregate(Aggregate::Percentile(percent), values))
        };
        println!("{:32} {:>16?} {:>16?} {:>16?}", metric.name, over(5), over(50), over(95));
    }
    for season in &outcome.seasons {
        println!("run {}: {} applied, refused {}", season.run, season.applied, season.refused);
    }
    if let Some((run, broken)) = outcome.breach() {
        println!("run {run} broke after epoch {}: {}", broken.epoch, broken.breach);
    }
    Ok(())
}
