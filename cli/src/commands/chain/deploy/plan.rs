//! What is made: addresses first, then the messages that need them.

use std::collections::BTreeMap;

use client::{Message, predictable};
use interface::genesis::{self, TokenName};
use interface::{Accounts, Contracts, Error, InstantiateMsg, staking};
use protocol::{AccountId, FIRST_USER, Height, ModuleId, Timestamp};
use serde_json::Value;
use simulator::deployment::{Admin, Deployment};

use crate::commands::chain::artifacts::Artifacts;
use crate::commands::chain::receipt::{Contract, Order, Receipt};
use crate::commands::chain::session::{Session, failure, usage};
use crate::exit::{Failure, Outcome};

/// Modules in the order in which they are made, and the code of each.
pub(super) const MADE: [(ModuleId, &str); 6] = [
    (ModuleId::Treasury, "treasury"),
    (ModuleId::Governor, "governor"),
    (ModuleId::Rewards, "suite"),
    (ModuleId::Staking, "suite"),
    (ModuleId::Network, "network"),
    (ModuleId::Token, "suite"),
];
/// Modules in the order in which they are told the others' addresses: staking before the
/// governor, which reads its parameters. The token needs nobody.
pub(super) const WIRED: [ModuleId; 5] = [
    ModuleId::Rewards,
    ModuleId::Network,
    ModuleId::Staking,
    ModuleId::Governor,
    ModuleId::Treasury,
];

/// The contracts' addresses, which follow from code, deployer and salt.
///
/// # Errors
/// A salt that is too long.
pub(super) fn addresses(artifacts: &Artifacts, order: &Order) -> Outcome<BTreeMap<String, String>> {
    let address = |(module, code): (ModuleId, &str)| {
        let salt = salt(&order.salt, module);
        let checksum = &artifacts.get(code)?.checksum;
        let address = predictable(checksum, &order.deployer, salt.as_bytes());
        Ok((module.name().to_owned(), address.map_err(failure)?))
    };
    MADE.into_iter().map(address).collect()
}

fn salt(text: &str, module: ModuleId) -> String {
    format!("{text}/{}", module.name())
}

/// The contracts of a deployment, with what each is made with.
///
/// # Errors
/// A salt that is too long, or an address of the file that is in nobody's book, which reading it
/// excludes.
pub(super) fn contracts(
    deployment: &Deployment,
    artifacts: &Artifacts,
    order: &Order,
    planned_at: u64,
) -> Outcome<BTreeMap<String, Contract>> {
    let addresses = addresses(artifacts, order)?;
    let treasury = addresses.get(ModuleId::Treasury.name()).cloned().unwrap_or_default();
    let admin = match deployment.admin {
        Admin::Treasury => treasury,
        Admin::Deployer => order.deployer.clone(),
    };
    let book = Book { accounts: deployment.accounts(), contracts: addresses };
    let contract = |(module, code): (ModuleId, &str)| {
        let contract = Contract {
            address: book.contracts.get(module.name()).cloned().unwrap_or_default(),
            code: code.to_owned(),
            admin: admin.clone(),
            label: deployment.label_of(module),
            salt: salt(&order.salt, module),
            msg: message(module, deployment, &book, planned_at)?,
        };
        Ok((module.name().to_owned(), contract))
    };
    MADE.into_iter().map(contract).collect()
}

/// What each contract is told.
///
/// # Errors
/// A receipt without one of them.
pub(super) fn links(receipt: &Receipt) -> Outcome<Contracts> {
    let of = |module: ModuleId| receipt.contract(module).map(|address| Some(address.to_owned()));
    Ok(Contracts {
        token: of(ModuleId::Token)?,
        staking: of(ModuleId::Staking)?,
        network: of(ModuleId::Network)?,
        rewards: of(ModuleId::Rewards)?,
        governor: of(ModuleId::Governor)?,
        treasury: of(ModuleId::Treasury)?,
        royalties: None,
    })
}

/// The messages of the last transaction.
///
/// # Errors
/// A code that was not stored.
pub(super) fn messages(receipt: &Receipt) -> Outcome<Vec<Message>> {
    let mut messages = Vec::new();
    for (module, code) in MADE {
        let stored = receipt.codes.get(code).copied();
        let stored = stored.ok_or_else(|| usage(format!("the code {code} is not stored")))?;
        let made = receipt.contracts.get(module.name());
        messages.extend(made.map(|made| Message::Instantiate {
            code: stored,
            admin: made.admin.clone(),
            label: made.label.clone(),
            msg: made.msg.to_string().into_bytes(),
            salt: made.salt.clone().into_bytes(),
        }));
    }
    // The same message for every contract.
    let told = serde_json::to_vec(&staking::ExecuteMsg::Wire(links(receipt)?))?;
    for module in WIRED {
        let contract = receipt.contract(module)?.to_owned();
        messages.push(Message::Execute { contract, msg: told.clone(), funds: Vec::new() });
    }
    Ok(messages)
}

/// What is about to happen, for people.
pub(super) fn summary(receipt: &Receipt, session: &Session) -> String {
    let Order { title, deployer, .. } = &receipt.order;
    let mut text = format!("{title}\n");
    for (name, made) in &receipt.contracts {
        let Contract { address, label, .. } = made;
        text += &format!("  {name:<9} {address}  ({label})\n");
    }
    let theirs = receipt.contracts.values().any(|made| made.admin == *deployer);
    let admin = if theirs { "you" } else { "the treasury, by proposals alone" };
    let chain = &session.network.chain_id;
    text + &format!("code may be replaced by {admin}\ndeploy this on {chain} as {deployer}?")
}

/// What a module is made with.
fn message(
    module: ModuleId,
    deployment: &Deployment,
    book: &Book,
    planned_at: u64,
) -> Outcome<Value> {
    // Contracts begin in the block that makes them: the height here is nobody's.
    let first = deployment.genesis(Height::new(1), Timestamp::new(planned_at));
    let denom = deployment.denom.as_deref();
    let governed = || first.governance.as_ref().ok_or_else(|| usage("nobody governs".into()));
    let called = TokenName {
        name: &deployment.token.name,
        symbol: &deployment.token.symbol,
        decimals: deployment.token.decimals,
    };
    match module {
        ModuleId::Treasury => json(&genesis::treasury_message(&governed()?.1, denom)),
        ModuleId::Governor => {
            json(&genesis::governor_message(book, &governed()?.0, denom).map_err(wrong)?)
        }
        ModuleId::Rewards => {
            let made = genesis::rewards_message(book, &first.rewards).map_err(wrong)?;
            json(&InstantiateMsg::Rewards(made))
        }
        ModuleId::Staking => {
            json(&InstantiateMsg::Staking(genesis::staking_message(&first.staking, denom)))
        }
        ModuleId::Network => json(&genesis::network_message(book, &first.network).map_err(wrong)?),
        _ => {
            let made = genesis::token_message(book, &first.token, called).map_err(wrong)?;
            json(&InstantiateMsg::Token(made))
        }
    }
}

fn json(message: &impl serde::Serialize) -> Outcome<Value> {
    Ok(serde_json::to_value(message)?)
}

fn wrong(error: Error) -> Failure {
    usage(error.to_string())
}

/// Handles of the deployment file's accounts, and of the contracts.
struct Book {
    accounts: Vec<String>,
    contracts: BTreeMap<String, String>,
}

impl Accounts for Book {
    fn account(&self, address: &str) -> Result<AccountId, Error> {
        let module = ModuleId::ALL.into_iter().find(|module| {
            self.contracts.get(module.name()).is_some_and(|contract| contract == address)
        });
        let user = || {
            let at = self.accounts.iter().position(|one| one == address)?;
            Some(AccountId::from_handle(FIRST_USER + u32::try_from(at).ok()?))
        };
        let found = module.map(ModuleId::account).or_else(user);
        found.ok_or(Error::NotWired { module: "an address" })
    }

    fn address(&self, who: AccountId) -> Result<String, Error> {
        let found = match who.module() {
            Some(module) => self.contracts.get(module.name()),
            None => self.accounts.get((who.handle() - FIRST_USER) as usize),
        };
        found.cloned().ok_or(Error::NotWired { module: "an account" })
    }
}
