//! One file a verb.

mod audit;
mod check;
mod completions;
mod conform;
mod diff;
mod doctor;
mod explain;
mod lint;
mod localnet;
mod new;
mod play;
mod preview;
mod run;
mod schema;
mod score;
mod snapshot;
mod tell;
mod verify;
mod why;

use crate::args::{Cli, Command};
use crate::exit::Outcome;

/// Does what was asked.
pub(crate) fn dispatch(cli: Cli) -> Outcome {
    let output = cli.output;
    match cli.command {
        Command::Run(args) => run::run(&args, output),
        Command::Check(args) => check::check(&args, output),
        Command::Conform(args) => conform::conform(&args, output),
        Command::Verify(args) => verify::verify(&args, output),
        Command::Diff(args) => diff::diff(&args, output),
        Command::Explain(args) => explain::explain(&args, output),
        Command::New(args) => new::new(&args, output),
        Command::Lint(args) => lint::lint(&args, output),
        Command::Score(args) => score::score(&args, output),
        Command::Why(args) => why::why(&args, output),
        Command::Snapshot(args) => snapshot::snapshot(&args, output),
        Command::Audit(args) => audit::audit(&args, output),
        Command::Preview(args) => preview::preview(&args, output),
        Command::Schema(args) => schema::schema(&args),
        Command::Localnet(args) => localnet::localnet(&args, output),
        Command::Doctor => doctor::doctor(output),
        Command::Completions(args) => completions::completions(&args),
    }
}
