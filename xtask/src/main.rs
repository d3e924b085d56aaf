//! The project's own chores: `cargo xtask --help` lists them.

mod bindings;
mod builds;
mod digest;
mod e2e;
mod failure;
mod files;
mod fuzz;
mod gas;
mod golden;
mod mutants;
mod process;
mod progress;
mod schema;
mod test;
mod tidy;
mod tools;
mod wasm;
mod workspace;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

use crate::builds::Extent;
use crate::failure::Outcome;
use crate::workspace::Workspace;

/// The project's own chores.
#[derive(Parser)]
#[command(name = "cargo xtask", after_help = "Example: cargo xtask test")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Install what is missing, build, and run everything that must hold.
    #[command(after_help = "Example: cargo xtask test --quick")]
    Test {
        /// Leave out what needs wasmer: the engines over contracts and Wasm, wasm32, the fuzz.
        #[arg(long)]
        quick: bool,
    },
    /// Build, lower and check the contracts: artifacts/NAME.wasm and checksums.txt.
    #[command(after_help = "Example: cargo xtask wasm --check-reproducible")]
    Wasm {
        /// Build once more in another folder and compare the bytes.
        #[arg(long)]
        check_reproducible: bool,
    },
    /// Compare the digests of kernel, samplers and ten epochs with the committed ones.
    #[command(after_help = "Example: cargo xtask digest --target wasm32")]
    Digest {
        /// Which machine computes them.
        #[arg(long, value_enum, default_value = "native")]
        target: DigestTarget,
    },
    /// Compare digests and small reports with the committed ones, by size and digest.
    #[command(after_help = "Example: cargo xtask golden --bless")]
    Golden {
        /// Replace the committed values.
        #[arg(long)]
        bless: bool,
    },
    /// Compare the JSON schemas of scenario, report and contracts with the committed ones.
    #[command(after_help = "Example: cargo xtask schema --bless")]
    Schema {
        /// Replace the committed schemas.
        #[arg(long)]
        bless: bool,
    },
    /// Generate the TypeScript bindings, compare them with those committed, compile and try them.
    #[command(after_help = "Example: cargo xtask bindings --bless")]
    Bindings {
        /// Replace the committed bindings.
        #[arg(long)]
        bless: bool,
    },
    /// Run long random command sequences, laws checked after every command.
    #[command(after_help = "Example: cargo xtask fuzz --commands 50000 --contracts 0 --seed 7")]
    Fuzz {
        /// Commands in the native engine.
        #[arg(long, default_value_t = 1_000_000)]
        commands: u64,
        /// Commands through the contracts; 0 leaves them, and wasmer, out.
        #[arg(long, default_value_t = 100_000)]
        contracts: u64,
        /// What the sequences are drawn from.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Measure the gas of each message in the real VM and compare with gas.md.
    #[command(after_help = "Example: cargo xtask gas --bless")]
    Gas {
        /// Replace the committed table.
        #[arg(long)]
        bless: bool,
    },
    /// Break rules on purpose, one at a time, and see that conformance or a law catches each.
    #[command(after_help = "Example: cargo xtask mutants-conform --only power-rounds-up")]
    MutantsConform {
        /// Print the list and do nothing.
        #[arg(long)]
        list: bool,
        /// One mutant, by its name.
        #[arg(long, value_name = "NAME")]
        only: Option<String>,
        /// Those that must be caught by `conformance`, or by a `law`.
        #[arg(long, value_name = "JUDGE")]
        judge: Option<String>,
    },
    /// Deploy a network on a real node and play a season on it, by the command that users have.
    #[command(after_help = "Needs Go 1.25.9 or later; skipped without. Example: cargo xtask e2e")]
    E2e {
        /// A `moot` with its feature `chain`, in place of one that is built.
        #[arg(long, value_name = "PROGRAM")]
        moot: Option<PathBuf>,
        /// The folder of the contracts, in place of ones that are built.
        #[arg(long, value_name = "FOLDER")]
        artifacts: Option<PathBuf>,
    },
    /// Check layout, style, licences and docs/laws.toml.
    #[command(after_help = "Example: cargo xtask tidy")]
    Tidy,
}

#[derive(Clone, Copy, ValueEnum)]
enum DigestTarget {
    /// This machine.
    Native,
    /// WebAssembly, run in node.
    Wasm32,
}

fn main() -> ExitCode {
    match perform(&Arguments::parse().chore) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn perform(chore: &Chore) -> Outcome {
    let workspace = Workspace::read()?;
    match *chore {
        Chore::MutantsConform { list: true, .. } => mutants::print(&workspace),
        Chore::MutantsConform { list: false, ref only, ref judge } => {
            let (only, judge) = (only.as_deref(), judge.as_deref());
            mutants::mutants(&workspace, mutants::Choice { only, judge })
        }
        Chore::Test { quick: false } => test::test(&workspace, Extent::Whole),
        Chore::Test { quick: true } => test::test(&workspace, Extent::WithoutVm),
        Chore::Wasm { check_reproducible: false } => wasm::wasm(&workspace),
        Chore::Wasm { check_reproducible: true } => wasm::check_reproducible(&workspace),
        Chore::Digest { target } => digest::check(&workspace, target.into()),
        Chore::Golden { bless: false } => golden::check(&workspace),
        Chore::Golden { bless: true } => golden::bless(&workspace),
        Chore::Bindings { bless: false } => bindings::check(&workspace),
        Chore::Bindings { bless: true } => bindings::bless(&workspace),
        Chore::Schema { bless: false } => schema::check(&workspace),
        Chore::Schema { bless: true } => schema::bless(&workspace),
        Chore::Fuzz { commands, contracts, seed } => {
            fuzz::fuzz(&workspace, &fuzz::Effort { commands, contracts, seed })
        }
        Chore::Gas { bless: false } => gas::check(&workspace),
        Chore::Gas { bless: true } => gas::bless(&workspace),
        Chore::E2e { ref moot, ref artifacts } => {
            let (moot, artifacts) = (moot.clone(), artifacts.clone());
            e2e::e2e(&workspace, e2e::Given { moot, artifacts })
        }
        Chore::Tidy => tidy::tidy(&workspace),
    }
}

impl From<DigestTarget> for digest::Platform {
    fn from(target: DigestTarget) -> Self {
        match target {
            DigestTarget::Native => Self::Native,
            DigestTarget::Wasm32 => Self::Wasm32,
        }
    }
}
