//! The receipt of a deployment: what is where on which chain, and how it came there.
//!
//! It is the journal too. A step is written down as sent before it is broadcast, with its hash and
//! last block, and as done once a block includes it: whoever comes after a crash looks the hash up.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use protocol::ModuleId;
use serde::{Deserialize, Serialize};

use crate::commands::chain::disk;
use crate::commands::chain::session::{Session, usage};
use crate::exit::Outcome;

/// The version of this form.
const VERSION: u32 = 1;

/// What is where.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Receipt {
    /// Of the form.
    pub(crate) version: u32,
    /// What was asked for: everything that must be the same when a deployment goes on.
    pub(crate) order: Order,
    /// Codes by name.
    pub(crate) codes: BTreeMap<String, u64>,
    /// Contracts by module, known before they are made.
    pub(crate) contracts: BTreeMap<String, Contract>,
    /// The steps that were begun, in order.
    pub(crate) steps: Vec<Step>,
    /// The block at which everything was read back as it was meant to be.
    pub(crate) checked_at: Option<u64>,
}

/// A contract as it is meant to be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Contract {
    /// Where.
    pub(crate) address: String,
    /// The name of its code.
    pub(crate) code: String,
    /// Who may migrate it.
    pub(crate) admin: String,
    /// What people call it.
    pub(crate) label: String,
    /// What tells contracts of one code apart, as text.
    pub(crate) salt: String,
    /// What it is made with.
    pub(crate) msg: serde_json::Value,
}

/// What a deployment is of, and for whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Order {
    /// The chain.
    pub(crate) chain_id: String,
    /// The deployment file's title.
    pub(crate) title: String,
    /// The hash of its content.
    pub(crate) deployment: String,
    /// Who deploys.
    pub(crate) deployer: String,
    /// Part of the contracts' addresses.
    pub(crate) salt: String,
    /// SHA-256 of each code.
    pub(crate) checksums: BTreeMap<String, String>,
    /// The token's symbol.
    pub(crate) symbol: String,
    /// Base units of a token are 10^decimals.
    pub(crate) decimals: u8,
    /// The chain's coin that contracts deal in, if any.
    pub(crate) denom: Option<String>,
    /// Whether that is staked, in place of the token.
    pub(crate) stakes_coins: bool,
    /// Seconds from block to block, about.
    pub(crate) block_seconds: u64,
}

/// One transaction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Step {
    /// What it does.
    pub(crate) name: String,
    /// Its hash.
    pub(crate) hash: String,
    /// The deployer's sequence that it uses up.
    pub(crate) sequence: u64,
    /// The last block that may include it.
    pub(crate) timeout_height: u64,
    /// What a block says of it; absent until one includes it.
    pub(crate) done: Option<Done>,
}

/// An included transaction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Done {
    /// The block.
    pub(crate) height: u64,
    /// Gas it might have used.
    pub(crate) gas_wanted: u64,
    /// Gas it used.
    pub(crate) gas_used: u64,
}

impl Receipt {
    /// A receipt of nothing yet.
    pub(crate) fn new(order: Order, contracts: BTreeMap<String, Contract>) -> Self {
        let (codes, steps) = Default::default();
        Self { version: VERSION, order, codes, contracts, steps, checked_at: None }
    }

    /// The receipt that a session names, of a deployment that is complete.
    ///
    /// # Errors
    /// There is none, it is of another chain, or the deployment is not complete.
    pub(crate) fn of(session: &Session) -> Outcome<Self> {
        let path = session.receipt_path();
        let receipt = read(&path)?.ok_or_else(|| {
            usage(format!("there is no receipt {}; name one: --deployment", path.display()))
        })?;
        let (theirs, ours) = (&receipt.order.chain_id, &session.network.chain_id);
        if theirs != ours {
            let path = path.display();
            return Err(usage(format!("{path} is of {theirs}, and the network is {ours}")));
        }
        match receipt.checked_at {
            Some(_) => Ok(receipt),
            None => {
                Err(usage(format!("{} is not complete; run `moot deploy` again", path.display())))
            }
        }
    }

    /// The coin that is staked, where it is not the token.
    pub(crate) fn staked_denom(&self) -> Option<&String> {
        self.order.denom.as_ref().filter(|_| self.order.stakes_coins)
    }

    /// A contract's address.
    ///
    /// # Errors
    /// The deployment has no such contract.
    pub(crate) fn contract(&self, module: ModuleId) -> Outcome<&str> {
        let found = self.contracts.get(module.name()).map(|found| found.address.as_str());
        found.ok_or_else(|| usage(format!("this deployment has no {}", module.name())))
    }

    /// Whether a step is done, and the step.
    pub(crate) fn step(&self, name: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.name == name)
    }
}

/// A receipt that one process at a time goes on writing.
pub(crate) struct Journal {
    path: PathBuf,
    /// What is written.
    pub(crate) receipt: Receipt,
    _lock: File,
}

impl Journal {
    /// Goes on with the receipt at `path`, or begins with `fresh`.
    ///
    /// # Errors
    /// Another process has it, it is of another order, or it cannot be written.
    pub(crate) fn open(path: PathBuf, fresh: Receipt) -> Outcome<Self> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let lock = File::create(path.with_extension("lock"))?;
        if lock.try_lock().is_err() {
            return Err(usage(format!("another deployment writes {}", path.display())));
        }
        let receipt = match read(&path)? {
            None => fresh,
            Some(old) if old.order == fresh.order => old,
            Some(old) => {
                let differs = difference(&old.order, &fresh.order);
                return Err(usage(format!(
                    "{} is the receipt of another deployment: its {differs} differs\n\
                     next: name another receipt: --deployment",
                    path.display()
                )));
            }
        };
        let journal = Self { path, receipt, _lock: lock };
        journal.write()?;
        Ok(journal)
    }

    /// Writes the receipt whole: to a file beside it, onto the disk, and over the old one.
    ///
    /// # Errors
    /// The disk is full, or the folder cannot be written.
    pub(crate) fn write(&self) -> std::io::Result<()> {
        disk::replace(&self.path, &self.receipt)
    }
}

fn read(path: &Path) -> Outcome<Option<Receipt>> {
    let text = match fs::read(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(usage(format!("{}: {error}", path.display()))),
    };
    let wrong = |why: String| usage(format!("{} is no receipt: {why}", path.display()));
    let receipt: Receipt = serde_json::from_slice(&text).map_err(|why| wrong(why.to_string()))?;
    match receipt.version {
        VERSION => Ok(Some(receipt)),
        other => Err(wrong(format!("version {other}, and this is version {VERSION}"))),
    }
}

fn difference(old: &Order, new: &Order) -> &'static str {
    match () {
        () if old.chain_id != new.chain_id => "chain",
        () if old.deployer != new.deployer => "deployer",
        () if old.salt != new.salt => "salt",
        () if old.checksums != new.checksums => "code",
        () => "deployment file",
    }
}
