//! What may be written after `moot`.

pub(crate) mod chain;
pub(crate) mod keeper;
mod localnet;
mod schema;
pub(crate) mod watch;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub(crate) use localnet::{Localnet, LocalnetVerb};
pub(crate) use schema::{Schema, SchemaOf};

/// Rehearse the rules of a contributor-owned network before anyone deploys them.
#[derive(Debug, Parser)]
#[command(name = "moot", version, about, arg_required_else_help = true)]
#[command(after_help = "Exit codes: 0 done; 1 internal error; 2 usage or scenario; 3 refused by \
    chain or contract; 4 network; 5 not reproducible; 99 a gate does not hold.\n\n\
    Start with: moot run scenarios/quickstart.toml")]
pub(crate) struct Cli {
    /// Tables for people, or JSON for programs.
    #[arg(long, global = true, value_enum, default_value_t = Output::Human)]
    pub(crate) output: Output,
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// How results are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Output {
    /// Tables and sentences.
    Human,
    /// One JSON value.
    Json,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Play a scenario and write its report.
    #[command(after_help = "Examples:\n  \
        moot run scenarios/quickstart.toml --seeds 200 --out reports/q\n  \
        moot run scenarios/quickstart.toml --from state.json --epochs 50")]
    Run(Run),
    /// Play scenarios and check their gates; exit 99 where one does not hold.
    #[command(after_help = "Example: moot check 'scenarios/**/*.toml'")]
    Check(Check),
    /// Play scenarios in three engines and compare their state each epoch.
    #[command(after_help = "Example: cargo run --release --features conform -- conform \
        scenarios/quickstart.toml --epochs 10")]
    Conform(Conform),
    /// Play a report's scenario again and compare every byte.
    #[command(
        after_help = "With --deployment: whether what is on a chain is what a receipt says.\n\n\
        Examples: moot verify reports/quickstart; moot verify --deployment deployments/localnet.json"
    )]
    Verify(Verify),
    /// Find the first epoch and record in which two runs differ.
    #[command(after_help = "Example: moot diff reports/a reports/b\n\
        Either side may be a report's folder or a scenario file.")]
    Diff(Diff),
    /// Find what is wrong or doubtful about the parameters of scenarios and deployments.
    #[command(
        after_help = "Violations are what the rules refuse: exit code 2. Doubts are allowed and \
        seldom meant; with --strict they exit with 99.\n\n\
        Example: moot lint 'scenarios/**/*.toml' deploy/example.toml"
    )]
    Lint(Lint),
    /// Score a real network's snapshot: who earns what in one epoch.
    #[command(
        after_help = "FILE is JSON (stake, weights_sparse) or CSV (uid,stake,weights, or a row a \
        weight: from,to,weight); docs/score.md has the forms. `-` reads standard input.\n\n\
        Examples:\n  \
        moot score scenarios/data/subnet15.json\n  \
        moot score scenarios/data/subnet15.json --param kappa=0.6 --emission '148 TAO' --explain 17\n  \
        moot score weights.csv --stakes stakes.csv --mechanism metered --out reports/scored"
    )]
    Score(Score),
    /// Say why somebody earned what it earned in an epoch of a run, term by term.
    #[command(
        after_help = "Members are called as their population, with a number from 0 where there \
        are more: `copier`, `honest.3`.\n\n\
        Examples:\n  \
        moot why scenarios/quickstart.toml --who copier --epoch 9\n  \
        moot why scenarios/quickstart.toml --who contributors.70 --epoch 5 --output json\n  \
        moot why --from state.json --who contributors.70"
    )]
    Why(Why),
    /// Write the whole state of a rehearsal to a file, for any engine to start from.
    #[command(
        after_help = "The file is read by `moot audit`, `moot preview` and `moot run --from`; \
        docs/snapshot.md has its form.\n\n\
        Examples:\n  \
        moot snapshot scenarios/quickstart.toml --epoch 9 --out state.json\n  \
        moot snapshot scenarios/governance/season.toml --out year.json"
    )]
    Snapshot(Snapshot),
    /// Check the laws on a snapshot; exit 99 where one is broken.
    #[command(after_help = "Every record is enumerated; nothing that the file states is taken on \
        trust.\n\n\
        Examples:\n  \
        moot audit state.json\n  \
        moot audit state.json --output json")]
    Audit(Audit),
    /// Say what a proposal would do: a snapshot run forward with it and without it.
    #[command(
        after_help = "PROPOSAL is the number of one that is live in the snapshot, or a file: \
        `title`, `track` and `deeds` as proposals of scenarios have them, with accounts of the \
        snapshot in place of populations and topics called by their numbers; docs/preview.md.\n\n\
        Examples:\n  \
        moot preview 3 --from state.json\n  \
        moot preview raise-kappa.toml --from state.json --epochs 60 --out reports/kappa\n  \
        moot preview 3 --from state.json --scenario season.toml --seeds 20"
    )]
    Preview(Preview),
    /// Say what a refusal's code or a metric means.
    #[command(after_help = "Examples: moot explain E0205; moot explain gini.stake; moot explain")]
    Explain(Explain),
    /// Write a first scenario to start from.
    #[command(after_help = "Example: moot new my.toml --template subnet")]
    New(New),
    /// Print the JSON Schema of scenarios, incidents, deployments or reports.
    #[command(after_help = "Example: moot schema scenario > scenario.schema.json")]
    Schema(Schema),
    /// Run a real chain on this machine: one wasmd node, on loopback only.
    #[command(after_help = "The node is built once, which takes some minutes and Go 1.25.9.\n\n\
        Examples: moot localnet start; moot localnet status; moot localnet stop")]
    Localnet(Localnet),
    /// Build the contracts: artifacts/NAME.wasm and their checksums.
    #[command(after_help = "Example: moot build --check-reproducible")]
    Build(chain::Build),
    /// Put a network onto a chain from one file: store, make, wire, hand over, read back.
    #[command(
        after_help = "Writes a receipt before and after each step: run it again after whatever \
        happened, and it goes on where it stopped.\n\n\
        Example: moot deploy deploy/example.toml --network localnet --from faucet"
    )]
    Deploy(chain::Deploy),
    /// Bond tokens in a notice tier.
    #[command(after_help = "Example: moot stake 25MOOT --tier 1 --from alice")]
    Stake(chain::Stake),
    /// Start the notice of part of the stake.
    #[command(after_help = "Example: moot unstake 5MOOT --from alice")]
    Unstake(chain::Unstake),
    /// Lend one's whole power, or take it back.
    #[command(after_help = "Examples: moot delegate wasm1... --from alice; moot delegate --back")]
    Delegate(chain::Delegate),
    /// Make a proposal, and lock its deposit.
    #[command(
        after_help = "Shows what it does, on which track and what it needs to pass, and asks.\n\n\
        Example: moot propose --set network.kappa=0.6 --pay wasm1...:10MOOT --from alice"
    )]
    Propose(chain::Propose),
    /// Vote on a proposal, or vote again.
    #[command(after_help = "Examples: moot vote 1 yes --from bob; moot vote 1 yes=0.7,no=0.3")]
    Vote(chain::Vote),
    /// Start the timelock of a proposal that passed.
    #[command(after_help = "Example: moot queue 1 --from bob")]
    Queue(chain::Proposal),
    /// Run a proposal whose timelock is over.
    #[command(after_help = "Example: moot execute 1 --from bob")]
    Execute(chain::Proposal),
    /// End a proposal: its proposer before voting opens, the guardian while it is queued.
    #[command(after_help = "Example: moot cancel 1 --reason 'wrong address' --from alice")]
    Cancel(chain::Cancel),
    /// Claim pay, or stake whose notice is over.
    #[command(after_help = "Examples: moot claim --from alice; moot claim stake --from alice")]
    Claim(chain::Claim),
    /// Burn the price of a slot, and take it.
    #[command(after_help = "Example: moot register 0 --from alice")]
    Register(chain::Register),
    /// Replace one's row of weights.
    #[command(after_help = "Example: moot submit-weights 0 3:65535,5:20000 --from alice")]
    SubmitWeights(chain::SubmitWeights),
    /// Close a topic's due epoch, or continue to.
    #[command(after_help = "Example: moot epoch 0 --from bob")]
    Epoch(chain::Epoch),
    /// Do what happened on a chain once more in the native engine, and compare the states.
    #[command(after_help = "Example: moot replay state.json --network localnet")]
    Replay(chain::Replay),
    /// Close epochs, carry proposals through and submit a row, over and over.
    #[command(after_help = "Writes down what it is about to send: start it again after whatever \
        happened. It never asks; --dry-run says what it would do.\n\n\
        Example: moot keeper deployments/localnet.json --from bob --row-command ./weigh.sh")]
    Keeper(keeper::Keeper),
    /// Watch proposals in a terminal: status, quorum, votes, time left, one's own power and vote.
    #[command(after_help = "Example: moot watch deployments/localnet.json --from alice")]
    Watch(watch::Watch),
    /// Ask a contract.
    #[command(after_help = "Example: moot query governor '{\"details\":{\"proposal_id\":1}}'")]
    Query(chain::Query),
    /// Check this machine: tools, artifacts, and that the arithmetic has the known digests.
    Doctor,
    /// Print completions for a shell.
    #[command(
        after_help = "Example: moot completions bash > ~/.local/share/bash-completion/completions/moot"
    )]
    Completions(Completions),
}

/// `moot run`.
#[derive(Args, Debug)]
pub(crate) struct Run {
    /// The scenario file.
    pub(crate) scenario: PathBuf,
    /// Begin in the state of this snapshot: members are its accounts, by name or address.
    #[arg(long, value_name = "SNAPSHOT")]
    pub(crate) from: Option<PathBuf>,
    /// What is run how often.
    #[command(flatten)]
    pub(crate) series: Series,
    /// The report's folder; reports/NAME where absent.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) out: Option<PathBuf>,
}

/// How often, how long, and on how many cores.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct Series {
    /// Runs, each with draws of its own; the scenario's number where absent.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(crate) seeds: Option<u32>,
    /// The seed of everything drawn, below 2^63; the scenario's where absent.
    #[arg(long, value_name = "SEED", value_parser = clap::value_parser!(u64).range(..=i64::MAX as u64))]
    pub(crate) seed: Option<u64>,
    /// Epochs of each run; the scenario's number where absent.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) epochs: Option<u64>,
    /// Threads; all cores where absent. Changes no byte of what comes out.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
}

/// `moot check`.
#[derive(Args, Debug)]
pub(crate) struct Check {
    /// Scenario files, or quoted patterns such as 'scenarios/**/*.toml'.
    #[arg(required = true)]
    pub(crate) scenarios: Vec<String>,
    /// What is run how often.
    #[command(flatten)]
    pub(crate) series: Series,
}

/// `moot conform`.
#[derive(Args, Debug)]
pub(crate) struct Conform {
    /// Scenario files, or quoted patterns.
    #[arg(required = true)]
    pub(crate) scenarios: Vec<String>,
    /// Epochs to compare at most.
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) epochs: u64,
    /// Compare all epochs of the scenario.
    #[arg(long, conflicts_with = "epochs")]
    pub(crate) full: bool,
    /// The folder of the Wasm files; they are built there where missing.
    #[arg(long, value_name = "FOLDER", default_value = "artifacts")]
    pub(crate) artifacts: PathBuf,
}

/// `moot verify`.
#[derive(Args, Debug)]
pub(crate) struct Verify {
    /// The report's folder; absent where a deployment is verified.
    #[arg(required_unless_present = "deployment", conflicts_with = "deployment")]
    pub(crate) report: Option<PathBuf>,
    /// Threads; all cores where absent.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
    /// The contracts that a deployment's codes are compared with.
    #[arg(long, value_name = "FOLDER", default_value = "artifacts")]
    pub(crate) artifacts: PathBuf,
    /// The chain of a deployment: --deployment RECEIPT --network NETWORK.
    #[command(flatten)]
    pub(crate) chain: chain::Chain,
}

/// `moot diff`.
#[derive(Args, Debug)]
pub(crate) struct Diff {
    /// One run.
    pub(crate) a: PathBuf,
    /// The other.
    pub(crate) b: PathBuf,
}

/// `moot lint`.
#[derive(Args, Debug)]
pub(crate) struct Lint {
    /// Files of scenarios or deployments, or quoted patterns such as 'scenarios/**/*.toml'.
    #[arg(required = true)]
    pub(crate) scenarios: Vec<String>,
    /// Exit with 99 where anything is doubtful.
    #[arg(long)]
    pub(crate) strict: bool,
}

/// `moot score`.
#[derive(Args, Debug)]
pub(crate) struct Score {
    /// The snapshot: JSON or CSV; `-` reads standard input.
    pub(crate) file: PathBuf,
    /// How weights become shares.
    #[arg(long, value_enum, default_value_t = MechanismName::Yuma)]
    pub(crate) mechanism: MechanismName,
    /// A parameter of the mechanism; the live network's value where absent. May be repeated.
    #[arg(long, value_name = "NAME=VALUE")]
    pub(crate) param: Vec<String>,
    /// A second file, uid,stake, where the first has no stakes.
    #[arg(long, value_name = "FILE")]
    pub(crate) stakes: Option<PathBuf>,
    /// What the epoch emits, so that payouts are told: '148 TAO', 148, or '7 base units'.
    #[arg(long, value_name = "AMOUNT")]
    pub(crate) emission: Option<String>,
    /// The owner's cut of it, first: 0.18 or '18 %'.
    #[arg(long, value_name = "PART", default_value = "0", requires = "emission")]
    pub(crate) owner_cut: String,
    /// The contributors' part of what is left; validators get the rest.
    #[arg(long, value_name = "PART", default_value = "0.5")]
    pub(crate) contributors: String,
    /// Show these slots only. May be repeated, or given as a list: 3,5,8.
    #[arg(long, value_name = "UID", value_delimiter = ',')]
    pub(crate) uid: Vec<u16>,
    /// Show so many of the largest earners, votes and holdings; 0 shows all.
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) top: usize,
    /// Tell why a slot earned what it earned, term by term.
    #[arg(long, value_name = "UID")]
    pub(crate) explain: Option<u16>,
    /// Write a page with plots, the table as CSV and JSON, and a copy of the file to this folder.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) out: Option<PathBuf>,
}

/// `moot why`.
#[derive(Args, Debug)]
pub(crate) struct Why {
    /// The scenario file, or a report's folder; absent where a snapshot is asked.
    #[arg(required_unless_present = "from", conflicts_with = "from")]
    pub(crate) run: Option<PathBuf>,
    /// Ask about the next close of this snapshot, where everybody repeats.
    #[arg(long, value_name = "SNAPSHOT", conflicts_with_all = ["epoch", "seed"])]
    pub(crate) from: Option<PathBuf>,
    /// Who: a member's name, such as `honest.3`; of a snapshot also an address in hexadecimal.
    #[arg(long, value_name = "NAME")]
    pub(crate) who: String,
    /// The epoch, from 0; the last one where absent.
    #[arg(long, value_name = "N")]
    pub(crate) epoch: Option<u64>,
    /// The topic's name; the member's own where absent.
    #[arg(long, value_name = "TOPIC")]
    pub(crate) topic: Option<String>,
    /// The seed of everything drawn; the scenario's where absent.
    #[arg(long, value_name = "SEED", value_parser = clap::value_parser!(u64).range(..=i64::MAX as u64))]
    pub(crate) seed: Option<u64>,
    /// Which run of the series, from 0.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) number: u64,
    /// Show so many of the largest votes or holdings; 0 shows all.
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) top: usize,
}

/// `moot snapshot`.
#[derive(Args, Debug)]
pub(crate) struct Snapshot {
    /// The scenario file, or a report's folder; absent where a deployment is read.
    #[arg(required_unless_present = "deployment", conflicts_with = "deployment")]
    pub(crate) run: Option<PathBuf>,
    /// After which epoch, from 0; the last one where absent.
    #[arg(long, value_name = "N")]
    pub(crate) epoch: Option<u64>,
    /// The seed of everything drawn; the scenario's where absent.
    #[arg(long, value_name = "SEED", value_parser = clap::value_parser!(u64).range(..=i64::MAX as u64))]
    pub(crate) seed: Option<u64>,
    /// Which run of the series, from 0.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) number: u64,
    /// The file to write; it is replaced where it exists.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// The chain of a deployment: --deployment RECEIPT --network NETWORK.
    #[command(flatten)]
    pub(crate) chain: chain::Chain,
}

/// `moot audit`.
#[derive(Args, Debug)]
pub(crate) struct Audit {
    /// The snapshot; absent where a deployment is read.
    #[arg(required_unless_present = "deployment", conflicts_with = "deployment")]
    pub(crate) snapshot: Option<PathBuf>,
    /// The chain of a deployment: --deployment RECEIPT --network NETWORK.
    #[command(flatten)]
    pub(crate) chain: chain::Chain,
}

/// `moot preview`.
#[derive(Args, Debug)]
pub(crate) struct Preview {
    /// The number of a proposal, or a file of one.
    pub(crate) proposal: String,
    /// The snapshot.
    #[arg(long, value_name = "SNAPSHOT")]
    pub(crate) from: PathBuf,
    /// Let the agents of this scenario act, over its seeds; else everybody repeats.
    #[arg(long, value_name = "FILE")]
    pub(crate) scenario: Option<PathBuf>,
    /// Runs, each with draws of its own; the scenario's number where absent.
    #[arg(long, value_name = "N", requires = "scenario", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub(crate) seeds: Option<u32>,
    /// Epochs of the first topic to run; 30 where absent.
    #[arg(long, value_name = "N", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=100_000))]
    pub(crate) epochs: u64,
    /// Which option of a choice, from 0; the leading one where absent.
    #[arg(long, value_name = "N")]
    pub(crate) option: Option<u8>,
    /// The report's folder; reports/preview where absent.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) out: Option<PathBuf>,
}

/// Names of mechanisms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum MechanismName {
    /// Stake-weighted mean of the weights: the baseline.
    Mean,
    /// Yuma consensus: stake-weighted median, clipping, bonds.
    Yuma,
    /// Pay by what meters measured.
    Metered,
}

/// `moot explain`.
#[derive(Args, Debug)]
pub(crate) struct Explain {
    /// A code such as E0205, or a metric's name; everything where absent.
    pub(crate) what: Option<String>,
    /// Explain this scenario's metrics: those of its populations have their names.
    #[arg(long, value_name = "FILE")]
    pub(crate) scenario: Option<PathBuf>,
}

/// `moot new`.
#[derive(Args, Debug)]
pub(crate) struct New {
    /// The file to write; it must not exist.
    pub(crate) file: PathBuf,
    /// What to start from.
    #[arg(long, value_enum, default_value_t = Template::Minimal)]
    pub(crate) template: Template,
}

/// First scenarios.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Template {
    /// A few validators and contributors, one gate.
    Minimal,
    /// 64 validators, 192 contributors, delegators, a copier.
    Subnet,
    /// Contributors who come and go by cost, and a market.
    Market,
}

/// `moot completions`.
#[derive(Args, Debug)]
pub(crate) struct Completions {
    /// The shell.
    #[arg(value_enum)]
    pub(crate) shell: clap_complete::Shell,
}
