//! The accounts met during one call. The modules' handles come first.

use crate::Outcome;
use cosmwasm_std::{Api, CanonicalAddr, Env, MessageInfo, StdError, Storage};
use cw_storage_plus::Item;
use interface::{Accounts, Contracts, Error, Lexicon};
use protocol::{
    AccountId, Amount, Context, FIRST_USER, Height, MODULES, ModuleId, NOT_AUTHORISED, Names,
    Timestamp,
};
use std::cell::RefCell;

/// Where the links lie: a flag byte, 1 once told, then each module's address with its
/// length before it, nought where unknown.
const LINKS: &[u8] = b"links";

struct Links {
    told: bool,
    contracts: Vec<CanonicalAddr>,
}

impl Links {
    fn load(storage: &dyn Storage) -> Outcome<Self> {
        let raw = storage.get(LINKS).unwrap_or_default();
        let lost = || StdError::generic_err("the links to the other contracts do not parse");
        let (told, mut rest) = raw.split_first().ok_or_else(lost)?;
        let mut contracts = Vec::with_capacity(FIRST_USER as usize);
        for _ in 0..MODULES {
            let (length, tail) = rest.split_first().ok_or_else(lost)?;
            let (address, tail) = tail.split_at_checked(usize::from(*length)).ok_or_else(lost)?;
            contracts.push(address.into());
            rest = tail;
        }
        Ok(Self { told: *told == 1, contracts })
    }

    fn save(&self, storage: &mut dyn Storage) {
        let mut raw = vec![u8::from(self.told)];
        for address in &self.contracts {
            // Canonical addresses are at most 32 bytes.
            raw.push(address.len() as u8);
            raw.extend_from_slice(address);
        }
        storage.set(LINKS, &raw);
    }

    fn set(&mut self, module: ModuleId, address: CanonicalAddr) {
        if let Some(place) = self.contracts.get_mut(module as usize) {
            *place = address;
        }
    }

    fn knows(&self, module: ModuleId) -> bool {
        self.contracts.get(module as usize).is_some_and(|address| !address.is_empty())
    }
}

/// Who made the contract, until it has told the links.
const MAKER: Item<CanonicalAddr> = Item::new("maker");

/// Without these no command can be carried out.
const NEEDED: [ModuleId; 5] =
    [ModuleId::Token, ModuleId::Staking, ModuleId::Network, ModuleId::Rewards, ModuleId::Treasury];

/// An address book: the handle of an account is its place in it.
pub struct Book<'a> {
    api: &'a dyn Api,
    table: RefCell<Vec<CanonicalAddr>>,
}

impl<'a> Book<'a> {
    /// The book of a contract that needs no other: it reads no links, and every address is a
    /// stranger's to it.
    pub fn alone(api: &'a dyn Api) -> Self {
        Self::over(api, vec![CanonicalAddr::from(Vec::new()); MODULES])
    }

    /// The book of a contract that is being made: it knows itself alone.
    ///
    /// # Errors
    /// Addresses that the chain would not give.
    pub fn create(
        api: &'a dyn Api,
        storage: &mut dyn Storage,
        env: &Env,
        info: &MessageInfo,
        me: ModuleId,
    ) -> Outcome<Self> {
        let contracts = vec![CanonicalAddr::from(Vec::new()); MODULES];
        let mut links = Links { told: false, contracts };
        links.set(me, api.addr_canonicalize(env.contract.address.as_str())?);
        links.save(storage);
        MAKER.save(storage, &api.addr_canonicalize(info.sender.as_str())?)?;
        Ok(Self::over(api, links.contracts))
    }

    /// The book of a contract at the beginning of a call.
    ///
    /// # Errors
    /// A contract that has not been told the others' addresses.
    pub fn open(api: &'a dyn Api, storage: &dyn Storage) -> Outcome<Self> {
        let links = Links::load(storage)?;
        if !links.told {
            return Err(Error::NotWired { module: "the other contracts" });
        }
        Ok(Self::over(api, links.contracts))
    }

    /// Learns the other contracts' addresses: once, from the instantiator.
    ///
    /// # Errors
    /// `E0003` for anyone else, or a second time; a contract that is missing.
    pub fn wire(
        api: &dyn Api,
        storage: &mut dyn Storage,
        info: &MessageInfo,
        told: &Contracts,
    ) -> Outcome<()> {
        let mut links = Links::load(storage)?;
        let maker = MAKER.load(storage)?;
        if links.told || maker != api.addr_canonicalize(info.sender.as_str())? {
            return Err(NOT_AUTHORISED.bare().into());
        }
        for (module, address) in ModuleId::ALL.into_iter().zip(told.by_module()) {
            if let (Some(address), false) = (address, links.knows(module)) {
                let address = api.addr_validate(address)?;
                links.set(module, api.addr_canonicalize(address.as_str())?);
            }
        }
        if let Some(missing) = NEEDED.into_iter().find(|module| !links.knows(*module)) {
            return Err(Error::NotWired { module: missing.name() });
        }
        links.told = true;
        links.save(storage);
        Ok(())
    }

    fn over(api: &'a dyn Api, contracts: Vec<CanonicalAddr>) -> Self {
        let mut table = contracts;
        table.resize(FIRST_USER as usize, CanonicalAddr::from(Vec::new()));
        Self { api, table: table.into() }
    }

    /// What turns messages into actions of proposals and back.
    pub fn lexicon<'b>(&'b self, denom: Option<&'b str>) -> Lexicon<'b> {
        Lexicon { book: self, names: self, denom }
    }

    /// What the rules may know of this call; `funds` is what came with it, already checked.
    ///
    /// # Errors
    /// A sender that the chain would not give.
    pub fn context(&self, env: &Env, sender: &str, funds: Amount) -> Outcome<Context> {
        Ok(Context {
            height: Height::new(env.block.height),
            time: Timestamp::new(env.block.time.seconds()),
            sender: self.account(sender)?,
            funds,
        })
    }
}

impl Accounts for Book<'_> {
    fn account(&self, address: &str) -> Result<AccountId, Error> {
        // Canonicalising alone would accept upper case.
        let address = self.api.addr_validate(address)?;
        Ok(self.intern(&self.api.addr_canonicalize(address.as_str())?))
    }

    fn address(&self, who: AccountId) -> Result<String, Error> {
        let table = self.table.borrow();
        match table.get(who.handle() as usize) {
            Some(bytes) if !bytes.is_empty() => Ok(self.api.addr_humanize(bytes)?.into_string()),
            _ => Err(Error::NotWired { module: who.module().map_or("an account", ModuleId::name) }),
        }
    }
}

impl Names for Book<'_> {
    fn write(&self, who: AccountId, out: &mut Vec<u8>) {
        if let Some(bytes) = self.table.borrow().get(who.handle() as usize) {
            out.extend_from_slice(bytes);
        }
    }

    fn intern(&self, bytes: &[u8]) -> AccountId {
        let mut table = self.table.borrow_mut();
        let known = table.iter().position(|known| known.as_slice() == bytes);
        let at = known.unwrap_or_else(|| {
            table.push(bytes.into());
            table.len() - 1
        });
        AccountId::from_handle(at as u32)
    }
}
