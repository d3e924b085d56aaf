//! The project's own chores: `cargo xtask --help` lists them.

mod failure;
mod files;
mod process;
mod progress;
mod tidy;
mod tools;
mod wasm;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

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
    /// Build, lower and check the contracts: artifacts/NAME.wasm and checksums.txt.
    #[command(after_help = "Example: cargo xtask wasm --check-reproducible")]
    Wasm {
        /// Build once more in another folder and compare the bytes.
        #[arg(long)]
        check_reproducible: bool,
    },
    /// Check layout, style and docs/laws.toml.
    #[command(after_help = "Example: cargo xtask tidy")]
    Tidy,
}

fn main() -> ExitCode {
    match perform(Arguments::parse().chore) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn perform(chore: Chore) -> Outcome {
    let workspace = Workspace::read()?;
    match chore {
        Chore::Wasm { check_reproducible: false } => wasm::wasm(&workspace),
        Chore::Wasm { check_reproducible: true } => wasm::check_reproducible(&workspace),
        Chore::Tidy => tidy::tidy(&workspace),
    }
}
