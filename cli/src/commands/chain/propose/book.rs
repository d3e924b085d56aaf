//! What messages of a proposal mean, by the contracts' own reading.

use std::cell::RefCell;

use cosmwasm_std::CosmosMsg;
use interface::{Accounts, Error, Lexicon};
use protocol::treasury::{Action, needed};
use protocol::{AccountId, FIRST_USER, ModuleId, Names, Track};

use super::named;
use crate::commands::chain::receipt::Receipt;
use crate::commands::chain::session::usage;
use crate::commands::chain::tokens;
use crate::exit::Outcome;

/// Handles of addresses in the order in which they are met, after the deployment's contracts.
pub(super) struct Book<'a> {
    receipt: &'a Receipt,
    met: RefCell<Vec<String>>,
}

impl<'a> Book<'a> {
    /// A book that knows the contracts.
    pub(super) const fn new(receipt: &'a Receipt) -> Self {
        Self { receipt, met: RefCell::new(Vec::new()) }
    }

    /// A line for each message, and the least track that carries them all.
    ///
    /// # Errors
    /// A message of ours that cannot be, or that no proposal may carry.
    pub(super) fn read(&self, msgs: &[CosmosMsg]) -> Outcome<(Vec<String>, Track)> {
        let lexicon =
            Lexicon { book: self, names: self, denom: self.receipt.order.denom.as_deref() };
        let (mut lines, mut tracks) = (Vec::new(), Vec::new());
        for msg in msgs {
            let action = lexicon.action(msg).map_err(|error| usage(error.to_string()))?;
            let track = needed(&action).map_err(|refusal| usage(refusal.to_string()))?;
            lines.push(format!("{} (needs the {} track)", self.line(&action, msg)?, named(track)));
            tracks.push(track);
        }
        Ok((lines, least(&tracks)))
    }

    fn line(&self, action: &Action, msg: &CosmosMsg) -> Outcome<String> {
        let text = |msg: &CosmosMsg| serde_json::to_string(msg);
        Ok(match action {
            Action::Pay { to, amount, .. } => {
                let to = self.address(*to).map_err(|error| usage(error.to_string()))?;
                format!("pay {} to {to}", tokens::shown(amount.units(), self.receipt))
            }
            Action::Migrate { module, code } => {
                format!("replace the code of {} by code {code}", module.name())
            }
            Action::Call { command } => format!("{}: {}", command.module().name(), body(msg)?),
            Action::Opaque { .. } => format!("none of ours: {}", text(msg)?),
        })
    }
}

/// A contract's message as JSON.
fn body(msg: &CosmosMsg) -> Outcome<String> {
    Ok(match msg {
        CosmosMsg::Wasm(cosmwasm_std::WasmMsg::Execute { msg, .. }) => {
            String::from_utf8_lossy(msg.as_slice()).into_owned()
        }
        other => serde_json::to_string(other)?,
    })
}

/// The least track that carries all: emergencies only together, and what lapses goes on any.
fn least(tracks: &[Track]) -> Track {
    if tracks.contains(&Track::Constitutional) {
        return Track::Constitutional;
    }
    let urgent = !tracks.is_empty() && tracks.iter().all(|track| *track == Track::Emergency);
    if urgent { Track::Emergency } else { Track::Ordinary }
}

impl Accounts for Book<'_> {
    fn account(&self, address: &str) -> Result<AccountId, Error> {
        let contracts = &self.receipt.contracts;
        let module = ModuleId::ALL
            .into_iter()
            .find(|module| contracts.get(module.name()).is_some_and(|one| one.address == address));
        if let Some(module) = module {
            return Ok(module.account());
        }
        client::address_bytes(address).map_err(|_| Error::NotWired { module: "an address" })?;
        let mut met = self.met.borrow_mut();
        let at = met.iter().position(|one| one == address).unwrap_or_else(|| {
            met.push(address.to_owned());
            met.len() - 1
        });
        Ok(AccountId::from_handle(FIRST_USER + u32::try_from(at).unwrap_or_default()))
    }

    fn address(&self, who: AccountId) -> Result<String, Error> {
        let met = self.met.borrow();
        let found = match who.module() {
            Some(module) => self.receipt.contract(module).ok(),
            None => met.get((who.handle() - FIRST_USER) as usize).map(String::as_str),
        };
        found.map(str::to_owned).ok_or(Error::NotWired { module: "an account" })
    }
}

impl Names for Book<'_> {
    fn write(&self, who: AccountId, out: &mut Vec<u8>) {
        out.extend(self.address(who).unwrap_or_default().bytes());
    }

    fn intern(&self, bytes: &[u8]) -> AccountId {
        let text = String::from_utf8_lossy(bytes);
        self.account(&text).unwrap_or_else(|_| AccountId::from_handle(FIRST_USER))
    }
}
