//! `moot completions`: for the shell.

use clap::CommandFactory;

use crate::args::{Cli, Completions};
use crate::exit::Outcome;

/// Prints the completions.
///
/// # Errors
/// None.
pub(crate) fn completions(args: &Completions) -> Outcome {
    clap_complete::generate(args.shell, &mut Cli::command(), "moot", &mut std::io::stdout());
    Ok(())
}
