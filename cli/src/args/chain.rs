//! What may be written after the verbs that talk to a chain.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Which chain, whose key, and how a transaction is made.
#[derive(Args, Clone, Debug)]
pub(crate) struct Chain {
    /// A chain.json in chain-registry's form, its folder, or `localnet`.
    #[arg(long, value_name = "NETWORK", default_value = "localnet")]
    pub(crate) network: String,
    /// A gRPC endpoint in place of the network file's.
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) node: Option<String>,
    /// Refuse to talk to another chain than this.
    #[arg(long, value_name = "ID")]
    pub(crate) chain_id: Option<String>,
    /// Whose key: a file with its words, NAME.age where it is encrypted, `env:NAME`, or the name of
    /// a file in the keyring's folder.
    #[arg(long, value_name = "KEY")]
    pub(crate) from: Option<String>,
    /// The folder of keys; the local chain's for `localnet`.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) keyring_dir: Option<PathBuf>,
    /// The receipt of the deployment; deployments/NETWORK.json where absent.
    #[arg(long, value_name = "RECEIPT")]
    pub(crate) deployment: Option<PathBuf>,
    /// Gas: a number, or `auto`, by simulation.
    #[arg(long, value_name = "GAS", default_value = "auto")]
    pub(crate) gas: String,
    /// What simulated gas is multiplied by.
    #[arg(long, value_name = "FACTOR", default_value = "1.3")]
    pub(crate) gas_adjustment: String,
    /// The price of gas, such as 0.025ustake; the network's where absent.
    #[arg(long, value_name = "PRICE")]
    pub(crate) gas_prices: Option<String>,
    /// The fee, such as 5000ustake, in place of gas times price.
    #[arg(long, value_name = "COINS")]
    pub(crate) fees: Option<String>,
    /// A note that everyone can read.
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(crate) note: String,
    /// Say what would be used and paid, and send nothing.
    #[arg(long, conflicts_with_all = ["generate_only", "offline"])]
    pub(crate) dry_run: bool,
    /// Print the unsigned transaction, for the chain's own command line to sign; `--from` may then
    /// be an address.
    #[arg(long, conflicts_with = "offline")]
    pub(crate) generate_only: bool,
    /// Sign without asking a node, and print the signed transaction and what was signed.
    #[arg(long, requires_all = ["account_number", "sequence"])]
    pub(crate) offline: bool,
    /// The account's number, for signing offline.
    #[arg(long, value_name = "N")]
    pub(crate) account_number: Option<u64>,
    /// The account's sequence, for signing offline.
    #[arg(long, value_name = "N")]
    pub(crate) sequence: Option<u64>,
    /// What is signed.
    #[arg(long, value_enum, default_value_t = Mode::Direct)]
    pub(crate) sign_mode: Mode,
    /// Do not ask.
    #[arg(long, short = 'y')]
    pub(crate) yes: bool,
}

/// What is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Mode {
    /// The chain's own bytes.
    Direct,
    /// Sorted JSON, which a Ledger can show.
    AminoJson,
}

/// `moot build`.
#[derive(Args, Debug)]
pub(crate) struct Build {
    /// Build once more in another folder and compare the bytes.
    #[arg(long)]
    pub(crate) check_reproducible: bool,
}

/// `moot deploy`.
#[derive(Args, Debug)]
pub(crate) struct Deploy {
    /// The deployment file.
    pub(crate) file: PathBuf,
    /// The folder of the contracts and their checksums.txt.
    #[arg(long, value_name = "FOLDER", default_value = "artifacts")]
    pub(crate) artifacts: PathBuf,
    /// Part of the contracts' addresses: another one deploys the same file beside itself.
    #[arg(long, value_name = "TEXT", default_value = "moot")]
    pub(crate) salt: String,
    /// The chain.
    #[command(flatten)]
    pub(crate) chain: Chain,
}

/// `moot stake`.
#[derive(Args, Debug)]
pub(crate) struct Stake {
    /// How much: 25MOOT, or base units.
    pub(crate) amount: String,
    /// The notice tier, from 0.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) tier: u8,
    /// The chain.
    #[command(flatten)]
    pub(crate) chain: Chain,
}

/// `moot unstake`.
#[derive(Args, Debug)]
pub(crate) struct Unstake {
    /// How much: 25MOOT, or base units.
    pub(crate) amount: String,
    /// The chain.
    #[command(flatten)]
    pub(crate) chain: Chain,
}

/// `moot delegate`.
#[derive(Args, Debug)]
pub(crate) struct Delegate {
    /// Who votes with one's power.
    #[arg(required_unless_present = "back")]
    pub(crate) to: Option<String>,
    /// Take it back.
    #[arg(long, conflicts_with = "to")]
    pub(crate) back: bool,
    /// The chain.
    #[command(flatten)]
    pub(crate) chain: Chain,
}

/// `moot propose`.
#[derive(Args, Debug)]
pub(crate) struct Propose {
    /// A proposal as JSON: title, description, track, and msgs in the chain's form.
    #[arg(required_unless_present_any = ["set", "pay", "upgrade"])]
    pub(crate) file: Option<PathBuf>,
    /// One line; told from what it does where absent.
    #[arg(long, value_name = "TEXT")]
    pub(crate) title: Option<String>,
    /// At length.
    #[arg(long, value_name = "TEXT")]
    pub(crate) description: Option<String>,
    /// Under which rules; the least that what it does needs where absent.
    #[arg(long, value_enum)]
    pub(crate) track: Option<Track>,
    /// Change a parameter: MODULE.KEY=VALUE, topics as network.TOPIC.KEY; `network.KEY` is topic 0.
    #[arg(long, value_name = "KEY=VALUE")]
    pub(crate) set: Vec<String>,
    /// Pay tokens from the treasury.
    #[arg(long, value_name = "ADDRESS:AMOUNT")]
    pub(crate) pay: Vec<String>,
    /// Replace a contract's code; the file is stored first.
    #[arg(long, value_name = "MODULE=FILE")]
    pub(crate) upgrade: Vec<String>,
    /// The chain.
    #[command(flatten)]
    pub(crate) chain: Chain,
}

/// Tracks of proposals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Track {
    /// Payments under the cap, topics inside bounds.
    Ordinary,
    /// Whatever may be done at all.
    Constitutional,
    /// A short list of actions whose effects lapse.
    Emergency,
}

/// `moot vote`.
#[derive(Args, Debug)]
pub(crate) struct Vote {
    /// The proposal.
    pub(crate) proposal: u32,
    /// yes, no, abstain, veto, an option's number, or shares: yes=0.6,no=0.4.
    pub(crate) ballot: String,
    /// Why.
    #[arg(long, value_name = "TEXT")]
    pub(crate) rationale: Option<String>,
    /// The chain.
    #[command(flatten)]
    pub(crate) chain: Chain,
}

/// `moot queue` and `moot execute`.
#[derive(Args, Debug)]
pub(crate) struct Proposal {
    /// The proposal.
    pub(crate) proposal: u32,
    /// The chain.
    #[command(flatten)]
    pub(crate) chain: Chain,
}

/// `moot cancel`.
#[derive(Args, Debug)]
pub(crate) struct Cancel {
    /// The proposal.
    pub(crate) proposal: u32,
    /// Why; the guardian must say.
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: Option<String>,
    /// The chain.
    #[command(flatten)]
    pub(crate) chain: Chain,
}

/// `moot claim`.
#[derive(Args, Debug)]
pub(crate) struct Claim {
    /// What.
    #[arg(value_enum, default_value_t = ClaimOf::Rewards)]
    pub(crate) of: ClaimOf,
    /// Slots whose pay is claimed too: TOPIC:UID. Absent: the sender's own.
    #[arg(long, value_name = "TOPIC:UID", value_delimiter = ',')]
    pub(crate) slots: Vec<String>,
    /// The chain.
    #[command(flatten)]
    pub(crate) chain: Chain,
}

/// What can be claimed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ClaimOf {
    /// What account and slots have earned.
    Rewards,
    /// Stake whose notice is over.
    Stake,
    /// What delegated power has earned.
    Delegation,
}

/// `moot register`.
#[derive(Args, Debug)]
pub(crate) struct Register {
    /// The topic's number.
    pub(crate) topic: u16,
    /// The most that the slot may cost; its price now where absent.
    #[arg(long, value_name = "AMOUNT")]
    pub(crate) at_most: Option<String>,
    /// The chain.
    #[command(flatten)]
    pub(crate) chain: Chain,
}

/// `moot submit-weights`.
#[derive(Args, Debug)]
pub(crate) struct SubmitWeights {
    /// The topic's number.
    pub(crate) topic: u16,
    /// UID:WEIGHT, comma separated, weights up to 65535; or a file of JSON pairs.
    pub(crate) weights: String,
    /// The chain.
    #[command(flatten)]
    pub(crate) chain: Chain,
}

/// `moot epoch`.
#[derive(Args, Debug)]
pub(crate) struct Epoch {
    /// The topic's number.
    pub(crate) topic: u16,
    /// Bond rows to write at most.
    #[arg(long, value_name = "N", default_value_t = 256)]
    pub(crate) rows: u16,
    /// The chain.
    #[command(flatten)]
    pub(crate) chain: Chain,
}

/// `moot replay`.
#[derive(Args, Debug)]
pub(crate) struct Replay {
    /// A snapshot of the deployment: what came after it is replayed.
    pub(crate) since: PathBuf,
    /// The chain.
    #[command(flatten)]
    pub(crate) chain: Chain,
}

/// `moot query`.
#[derive(Args, Debug)]
pub(crate) struct Query {
    /// The contract: token, staking, network, rewards, governor, treasury, or an address.
    pub(crate) contract: String,
    /// The question as JSON; '{"params":{}}' may be written `params`.
    pub(crate) question: String,
    /// Answer as of this block.
    #[arg(long, value_name = "N")]
    pub(crate) height: Option<u64>,
    /// The chain.
    #[command(flatten)]
    pub(crate) chain: Chain,
}
