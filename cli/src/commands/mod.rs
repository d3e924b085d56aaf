//! One file a verb.

mod audit;
mod chain;
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
        Command::Build(args) => chain::build(&args),
        Command::Deploy(args) => chain::deploy(&args, output),
        Command::Stake(args) => chain::stake(&args, output),
        Command::Unstake(args) => chain::unstake(&args, output),
        Command::Delegate(args) => chain::delegate(&args, output),
        Command::Propose(args) => chain::propose(&args, output),
        Command::Vote(args) => chain::vote(&args, output),
        Command::Queue(args) => chain::queue(&args, output),
        Command::Execute(args) => chain::execute(&args, output),
        Command::Cancel(args) => chain::cancel(&args, output),
        Command::Claim(args) => chain::claim(&args, output),
        Command::Register(args) => chain::register(&args, output),
        Command::SubmitWeights(args) => chain::submit_weights(&args, output),
        Command::Epoch(args) => chain::epoch(&args, output),
        Command::Replay(args) => chain::replay(&args, output),
        Command::Keeper(args) => chain::keeper(&args, output),
        Command::Watch(args) => chain::watch(&args, output),
        Command::Query(args) => chain::query(&args, output),
        Command::Doctor => doctor::doctor(output),
        Command::Completions(args) => completions::completions(&args),
    }
}
