//! Which chain, which node, whose key.

use std::cell::OnceCell;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use client::{
    Coin, Decimal, Error, GasPolicy, GasPrice, Key, Network, Node, Sender, SignMode, Source, Timing,
};
use tokio::runtime::Runtime;

use crate::args::chain::{Chain, Mode};
use crate::commands::localnet::Home;
use crate::exit::{Failure, Outcome};

/// The local chain's name.
const LOCALNET: &str = "localnet";

/// What the verbs of one call share.
pub(crate) struct Session {
    /// What was asked for.
    pub(crate) args: Chain,
    /// The chain.
    pub(crate) network: Network,
    runtime: Runtime,
    node: OnceCell<Node>,
}

impl Session {
    /// Reads the network's file; asks nobody yet.
    ///
    /// # Errors
    /// A file that is none, or of another chain than was asked for.
    pub(crate) fn open(args: &Chain) -> Outcome<Self> {
        let path = network_file(&args.network)?;
        let mut network = Network::read(&path).map_err(failure)?;
        if let Some(node) = &args.node {
            network = network.at(node);
        }
        if let Some(asked) = args.chain_id.as_ref().filter(|asked| **asked != network.chain_id) {
            let chain = &network.chain_id;
            return Err(usage(format!("the network file says {chain}, and --chain-id {asked}")));
        }
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        Ok(Self { args: args.clone(), network, runtime, node: OnceCell::new() })
    }

    /// Waits for an answer.
    ///
    /// # Errors
    /// What the client says.
    pub(crate) fn wait<T>(&self, answer: impl Future<Output = client::Result<T>>) -> Outcome<T> {
        self.answer(answer).map_err(failure)
    }

    /// Waits for an answer, and leaves what went wrong in the client's own words.
    pub(crate) fn answer<T>(&self, answer: impl Future<Output = T>) -> T {
        self.runtime.block_on(answer)
    }

    /// Forgets the node: the next use connects anew, to whichever answers then.
    pub(crate) fn disconnect(&mut self) {
        self.node = OnceCell::new();
    }

    /// The node, connected to on first use.
    ///
    /// # Errors
    /// None can be used.
    pub(crate) fn node(&self) -> Outcome<&Node> {
        if let Some(node) = self.node.get() {
            return Ok(node);
        }
        let node = self.wait(client::connect(&self.network, Timing::default()))?;
        Ok(self.node.get_or_init(|| node))
    }

    /// The key that `--from` names.
    ///
    /// # Errors
    /// None was named, or it cannot be opened.
    pub(crate) fn key(&self) -> Outcome<Key> {
        let from = self.args.from.as_deref();
        let from = from.ok_or_else(|| usage("whose key? name it: --from".into()))?;
        Key::open(&self.source(from)?, &self.network, passphrase).map_err(failure)
    }

    /// Whose transactions: the key's, or the address that `--from` is.
    ///
    /// # Errors
    /// As [`Self::key`].
    pub(crate) fn address(&self) -> Outcome<String> {
        let from = self.args.from.as_deref().unwrap_or_default();
        let prefix = format!("{}1", self.network.prefix);
        match from.starts_with(&prefix) && !Path::new(from).exists() {
            true => Ok(from.to_owned()),
            false => Ok(self.key()?.address().to_owned()),
        }
    }

    /// A sender with that key.
    ///
    /// # Errors
    /// No key, no node, or gas that is none.
    pub(crate) fn sender(&self) -> Outcome<Sender> {
        let (key, node) = (self.key()?, self.node()?.clone());
        Ok(Sender::new(node, self.network.clone(), key, self.policy()?, self.mode()))
    }

    /// What is signed.
    pub(crate) const fn mode(&self) -> SignMode {
        match self.args.sign_mode {
            Mode::Direct => SignMode::Direct,
            Mode::AminoJson => SignMode::AminoJson,
        }
    }

    /// How gas and fee are chosen.
    ///
    /// # Errors
    /// A number, price or coin that is none.
    pub(crate) fn policy(&self) -> Outcome<GasPolicy> {
        let args = &self.args;
        let gas = match args.gas.as_str() {
            "auto" => None,
            text => Some(
                text.parse()
                    .map_err(|_| usage(format!("`{text}` is no gas; write a number, or auto")))?,
            ),
        };
        let adjustment = Decimal::read(&args.gas_adjustment);
        let adjustment = adjustment
            .ok_or_else(|| usage(format!("`{}` is no factor; write 1.3", args.gas_adjustment)))?;
        let price = args.gas_prices.as_deref().map(GasPrice::read).transpose().map_err(failure)?;
        let price = price.unwrap_or_else(|| self.network.gas_price.clone());
        let fee = args.fees.as_deref().map(coin).transpose()?;
        Ok(GasPolicy { gas, adjustment, price, fee })
    }

    /// Where the deployment's receipt is.
    pub(crate) fn receipt_path(&self) -> PathBuf {
        let usual = || PathBuf::from(format!("deployments/{}.json", self.network.name));
        self.args.deployment.clone().unwrap_or_else(usual)
    }

    fn source(&self, from: &str) -> Outcome<Source> {
        if from.starts_with("env:") || Path::new(from).is_file() {
            return Ok(Source::read(from));
        }
        let folder = self.keyring()?;
        let named = [folder.join(from), folder.join(format!("{from}.age"))];
        match named.iter().find(|path| path.is_file()) {
            Some(path) => Ok(Source::read(&path.display().to_string())),
            None => Err(usage(format!(
                "there is no key `{from}` in {}; --from takes a file, env:NAME, or a file's name \
                 there",
                folder.display()
            ))),
        }
    }

    fn keyring(&self) -> Outcome<PathBuf> {
        if let Some(folder) = &self.args.keyring_dir {
            return Ok(folder.clone());
        }
        if self.network.name == LOCALNET {
            let file = network_file(&self.args.network)?;
            return Ok(file.parent().unwrap_or(Path::new(".")).join("keys"));
        }
        let home = std::env::home_dir().ok_or_else(|| usage("name --keyring-dir".into()))?;
        Ok(home.join(".config/moot/keys"))
    }
}

/// A network's file: a path, or the local chain's.
fn network_file(name: &str) -> Outcome<PathBuf> {
    if Path::new(name).exists() {
        return Ok(name.into());
    }
    if name == LOCALNET {
        let home = Home::new(None, None)?;
        return match home.is_made() {
            true => Ok(home.chain_file()),
            false => Err(usage("there is no local chain; start one: moot localnet start".into())),
        };
    }
    Err(usage(format!(
        "there is no network file `{name}`\n\
         next: take the chain's folder of github.com/cosmos/chain-registry, and name it or its \
         chain.json"
    )))
}

/// Reads `5000ustake`.
///
/// # Errors
/// Text that is none.
fn coin(text: &str) -> Outcome<Coin> {
    let at = text.find(|one: char| !one.is_ascii_digit()).unwrap_or(text.len());
    let (amount, denom) = text.split_at(at);
    match amount.parse() {
        Ok(amount) if !denom.is_empty() => Ok(Coin { denom: denom.to_owned(), amount }),
        _ => Err(usage(format!("`{text}` are no coins; write 5000ustake"))),
    }
}

/// The passphrase of an encrypted key: from the environment, else asked for where nobody sees it.
fn passphrase() -> client::Result<String> {
    if let Ok(passphrase) = std::env::var("MOOT_PASSPHRASE") {
        return Ok(passphrase);
    }
    if !std::io::stdin().is_terminal() {
        let why = "the key is encrypted, and there is no terminal to ask for its passphrase; set \
                   MOOT_PASSPHRASE";
        return Err(Error::Usage(why.into()));
    }
    let asked = rpassword::prompt_password("passphrase: ");
    asked.map_err(|error| Error::Usage(format!("no passphrase: {error}")))
}

/// A failure of the client as the command's.
pub(crate) fn failure(error: Error) -> Failure {
    match error {
        Error::Usage(why) => usage(why),
        Error::Journal(why) => Failure::Internal(anyhow::anyhow!(why)),
        Error::Refused { .. } => Failure::Refused(error.to_string()),
        Error::Network(_) | Error::Undecided { .. } => Failure::Network(error.to_string()),
    }
}

/// A mistake of who asked.
pub(crate) fn usage(why: String) -> Failure {
    Failure::Usage(format!("error: {why}"))
}
