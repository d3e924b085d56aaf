//! What is made: addresses first, then the messages that need them.

use std::collections::BTreeMap;

use client::{Message, predictable};
use cosmwasm_std::to_json_vec;
use interface::genesis::{self, TokenName};
use interface::{Accounts, Contracts, Error, InstantiateMsg, staking};
use protocol::{AccountId, FIRST_USER, Height, ModuleId, Timestamp};
use simulator::deployment::{Admin, Deployment};

use crate::commands::chain::artifacts::Artifacts;
use crate::commands::chain::receipt::{Order, Receipt};
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
        let address = predictable(&artifacts.get(code)?.checksum, &order.deployer, &salt);
        Ok((module.name().to_owned(), address.map_err(failure)?))
    };
    MADE.into_iter().map(address).collect()
}

fn salt(text: &str, module: ModuleId) -> Vec<u8> {
    format!("{text}/{}", module.name()).into_bytes()
}

/// What is instantiated, by module.
pub(super) struct Made {
    /// Which.
    pub(super) module: ModuleId,
    /// The name of its code.
    pub(super) code: &'static str,
    /// Where it will be.
    pub(super) address: String,
    /// Who may migrate it.
    pub(super) admin: String,
    /// What people call it.
    pub(super) label: String,
    /// What it is made with.
    pub(super) msg: Vec<u8>,
    salt: Vec<u8>,
}

/// Everything that the last transaction does.
pub(super) struct Plan {
    /// In order.
    pub(super) made: Vec<Made>,
    /// What each is told.
    pub(super) contracts: Contracts,
}

impl Plan {
    /// The plan of a deployment at the addresses of its receipt.
    ///
    /// # Errors
    /// An address of the file that is in nobody's book, which reading it excludes.
    pub(super) fn new(deployment: &Deployment, receipt: &Receipt) -> Outcome<Self> {
        let book = Book { accounts: deployment.accounts(), contracts: receipt.contracts.clone() };
        let of = |module: ModuleId| receipt.contract(module).map(str::to_owned);
        let admin = match deployment.admin {
            Admin::Treasury => of(ModuleId::Treasury)?,
            Admin::Deployer => receipt.order.deployer.clone(),
        };
        let made = MADE.into_iter().map(|(module, code)| {
            Ok(Made {
                module,
                code,
                address: of(module)?,
                admin: admin.clone(),
                label: deployment.label_of(module),
                msg: message(module, deployment, &book, receipt.planned_at)?,
                salt: salt(&receipt.order.salt, module),
            })
        });
        let contracts = Contracts {
            token: Some(of(ModuleId::Token)?),
            staking: Some(of(ModuleId::Staking)?),
            network: Some(of(ModuleId::Network)?),
            rewards: Some(of(ModuleId::Rewards)?),
            governor: Some(of(ModuleId::Governor)?),
            treasury: Some(of(ModuleId::Treasury)?),
            royalties: None,
        };
        Ok(Self { made: made.collect::<Outcome<_>>()?, contracts })
    }

    /// The messages of the last transaction.
    ///
    /// # Errors
    /// A code that was not stored.
    pub(super) fn messages(&self, codes: &BTreeMap<String, u64>) -> Outcome<Vec<Message>> {
        let mut messages = Vec::new();
        for made in &self.made {
            let code = codes.get(made.code).copied();
            messages.push(Message::Instantiate {
                code: code.ok_or_else(|| usage(format!("the code {} is not stored", made.code)))?,
                admin: made.admin.clone(),
                label: made.label.clone(),
                msg: made.msg.clone(),
                salt: made.salt.clone(),
            });
        }
        // The same message for every contract.
        let told = json(&staking::ExecuteMsg::Wire(self.contracts.clone()))?;
        for module in WIRED {
            let made = self.made.iter().find(|made| made.module == module);
            messages.extend(made.map(|made| Message::Execute {
                contract: made.address.clone(),
                msg: told.clone(),
                funds: Vec::new(),
            }));
        }
        Ok(messages)
    }

    /// What is about to happen, for people.
    pub(super) fn summary(&self, deployment: &Deployment, session: &Session, who: &str) -> String {
        let mut text = format!("{}\n", deployment.title);
        for made in &self.made {
            text += &format!("  {:<9} {}  ({})\n", made.module.name(), made.address, made.label);
        }
        let admin = match deployment.admin {
            Admin::Treasury => "the treasury, by proposals alone",
            Admin::Deployer => "you",
        };
        let chain = &session.network.chain_id;
        text + &format!("code may be replaced by {admin}\ndeploy this on {chain} as {who}?")
    }
}

/// What a module is made with.
fn message(
    module: ModuleId,
    deployment: &Deployment,
    book: &Book,
    planned_at: u64,
) -> Outcome<Vec<u8>> {
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

fn json(message: &impl serde::Serialize) -> Outcome<Vec<u8>> {
    to_json_vec(message).map_err(|error| Failure::Internal(error.into()))
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
