//! The `moot` command.

mod amount;
mod args;
mod commands;
mod exit;
mod files;
mod print;
mod progress;
mod snippet;
mod table;
mod trace;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let cli = args::Cli::parse();
    exit::code(commands::dispatch(cli))
}
