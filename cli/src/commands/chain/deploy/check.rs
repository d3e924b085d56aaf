//! Reads everything back: what is on the chain is what the file says, and nobody else owns it.

use interface::{InstantiateMsg, governor, network, rewards, staking, token, treasury};
use protocol::ModuleId;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::plan::{MADE, WIRED, links};
use crate::commands::chain::receipt::{Contract, Receipt};
use crate::commands::chain::session::{Session, failure};
use crate::exit::{Failure, Outcome};

/// Where contracts keep the others' addresses: `contracts/shell` writes it.
const LINKS: &[u8] = b"links";

/// Checks codes, admins, links, parameters and supply, at one height; gives the height.
///
/// # Errors
/// Everything that is not as it was meant, at once.
pub(super) fn check(session: &Session, receipt: &Receipt) -> Outcome<u64> {
    // A node tells of a block before its state can be asked for; what it told of a transaction can.
    let latest = session.wait(session.node()?.latest())?.height;
    let included = receipt.steps.iter().filter_map(|step| Some(step.done.as_ref()?.height)).max();
    let height = included.unwrap_or_default().max(latest.saturating_sub(1));
    let mut check = Check { session, height, wrong: Vec::new() };
    for (module, _) in MADE {
        let Some(made) = receipt.contracts.get(module.name()) else { continue };
        check.contract(module, made, receipt)?;
        check.content(module, made, receipt)?;
    }
    let links = known(receipt)?;
    for module in WIRED {
        check.links(module, &links, receipt)?;
    }
    match check.wrong.is_empty() {
        true => Ok(height),
        false => Err(Failure::Refused(format!(
            "what is on {} is not what was deployed:\n  {}",
            session.network.chain_id,
            check.wrong.join("\n  ")
        ))),
    }
}

struct Check<'a> {
    session: &'a Session,
    height: u64,
    wrong: Vec<String>,
}

impl Check<'_> {
    /// Code, admin and label.
    fn contract(&mut self, module: ModuleId, made: &Contract, receipt: &Receipt) -> Outcome {
        let name = module.name();
        let found = self.session.wait(self.session.node()?.contract(&made.address))?;
        let Some(found) = found else {
            self.wrong.push(format!("{name}: there is no contract at {}", made.address));
            return Ok(());
        };
        let code = receipt.codes.get(&made.code).copied().unwrap_or_default();
        self.same(name, "code", &found.code, &code);
        self.same(name, "admin", &found.admin, &made.admin);
        self.same(name, "label", &found.label, &made.label);
        Ok(())
    }

    /// The parameters that it was made with, and what hangs on them.
    fn content(&mut self, module: ModuleId, made: &Contract, receipt: &Receipt) -> Outcome {
        let name = module.name();
        let (session, height) = (self.session, Some(self.height));
        let ask =
            |question: Value| session.wait(session.node()?.smart(&made.address, &question, height));
        let params = || ask(json!({ "params": {} }));
        match module {
            ModuleId::Token => {
                let InstantiateMsg::Token(meant) = value(made.msg.clone())? else { return Ok(()) };
                let (info, minter) =
                    (ask(json!({ "token_info": {} }))?, ask(json!({ "minter": {} }))?);
                self.token(name, &meant, &info, &minter)
            }
            ModuleId::Staking => {
                let InstantiateMsg::Staking(meant) = value(made.msg.clone())? else {
                    return Ok(());
                };
                let found: staking::ParamsMsg = value(params()?)?;
                self.same(name, "parameters", &found, &meant.params);
            }
            ModuleId::Rewards => {
                let InstantiateMsg::Rewards(meant) = value(made.msg.clone())? else {
                    return Ok(());
                };
                let found: rewards::ParamsMsg = value(params()?)?;
                self.same(name, "parameters", &found, &meant.params);
            }
            ModuleId::Network => {
                let meant: network::InstantiateMsg = value(made.msg.clone())?;
                for (number, topic) in meant.topics.iter().enumerate() {
                    let found = ask(json!({ "topic": { "topic": number } }))?;
                    let found: network::TopicResponse = value(found)?;
                    self.same(name, &format!("topic {number}"), &found.params, &topic.params);
                }
            }
            ModuleId::Governor => {
                let meant: governor::InstantiateMsg = value(made.msg.clone())?;
                let bounds: governor::BoundsMsg = value(ask(json!({ "bounds": {} }))?)?;
                let guardian: governor::MandateMsg = value(ask(json!({ "guardian": {} }))?)?;
                let found: governor::ParamsMsg = value(params()?)?;
                self.same(name, "parameters", &found, &meant.params);
                self.same(name, "bounds", &bounds, &meant.bounds);
                self.same(name, "guardian", &guardian, &meant.mandate);
            }
            _ => {
                let meant: treasury::InstantiateMsg = value(made.msg.clone())?;
                let authority = ask(json!({ "authority": {} }))?;
                let found: treasury::ParamsMsg = value(params()?)?;
                self.same(name, "parameters", &found, &meant.params);
                let governor = receipt.contract(ModuleId::Governor)?;
                self.same(name, "authority", &authority["holder"], &json!(governor));
            }
        }
        Ok(())
    }

    fn token(&mut self, name: &str, meant: &token::InstantiateMsg, info: &Value, minter: &Value) {
        let balances = meant.initial_balances.iter();
        let supply: u128 = balances.map(|coin| coin.amount.u128()).sum();
        self.same(name, "supply", &info["total_supply"], &json!(supply.to_string()));
        self.same(name, "symbol", &info["symbol"], &json!(meant.symbol));
        let minted = meant.mint.as_ref().map(|mint| json!(mint.minter));
        self.same(name, "minter", &minter["minter"], &minted.unwrap_or_default());
    }

    /// Whether a contract knows the others, once and for all.
    fn links(&mut self, module: ModuleId, meant: &[u8], receipt: &Receipt) -> Outcome {
        let address = receipt.contract(module)?;
        let raw = self.session.node()?.raw(address, LINKS, Some(self.height));
        if self.session.wait(raw)? != meant {
            self.wrong.push(format!("{}: it does not know the other contracts", module.name()));
        }
        Ok(())
    }

    fn same<T: Serialize + PartialEq>(&mut self, name: &str, what: &str, found: &T, meant: &T) {
        if found != meant {
            let text = |value: &T| serde_json::to_string(value).unwrap_or_default();
            let (found, meant) = (client::harmless(&text(found)), text(meant));
            self.wrong.push(format!("{name}: {what} is {found}, and should be {meant}"));
        }
    }
}

/// The links as each contract keeps them: told, then each address with its length before it.
fn known(receipt: &Receipt) -> Outcome<Vec<u8>> {
    let mut meant = vec![1];
    for address in links(receipt)?.by_module() {
        let bytes = address.map(client::address_bytes).transpose().map_err(failure)?;
        let bytes = bytes.unwrap_or_default();
        // Addresses have 20 or 32 bytes.
        meant.push(u8::try_from(bytes.len()).unwrap_or_default());
        meant.extend(bytes);
    }
    Ok(meant)
}

fn value<T: DeserializeOwned>(value: Value) -> Outcome<T> {
    let wrong =
        |error| Failure::Network(format!("a contract answers otherwise than ours: {error}"));
    serde_json::from_value(value).map_err(wrong)
}
