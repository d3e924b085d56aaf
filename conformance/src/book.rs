//! Handles against the addresses of a chain in memory.

use cosmwasm_std::testing::MockApi;
use cosmwasm_std::{Addr, Api, CanonicalAddr};
use interface::{Error, Lexicon};
use protocol::{AccountId, FIRST_USER, MODULES, ModuleId, Names};
use simulator::native::{Accounts, Known};

use crate::deploy::DENOM;

/// Who is who on one chain. Users' addresses are made of their names, as the native engine
/// makes them; modules' become known as they are deployed.
pub(crate) struct AddressBook {
    api: MockApi,
    /// Digest form: a module's contract address is an alias of its one-byte id.
    accounts: Accounts,
    users: Vec<Addr>,
    modules: [Option<Addr>; MODULES],
}

impl AddressBook {
    /// The users, and the modules that are plain accounts because nothing is deployed for them.
    pub(crate) fn new(api: MockApi, names: &[String]) -> Self {
        Self::known(api, &Accounts::of(names.iter().map(String::as_str)).users())
    }

    /// Users by address, and the modules as above.
    pub(crate) fn known(api: MockApi, users: &[Known]) -> Self {
        let accounts = Accounts::known(users.iter().cloned());
        let users = users.iter().map(|known| user(&api, known)).collect();
        let mut book = Self { api, accounts, users, modules: Default::default() };
        for module in [ModuleId::Governor, ModuleId::Treasury, ModuleId::Royalties] {
            // No user's name has a line break, so no user has this address.
            let address = api.addr_make(&format!("{}\n", module.name()));
            book.deployed(module, address);
        }
        book
    }

    /// A module has this address from now on.
    pub(crate) fn deployed(&mut self, module: ModuleId, address: Addr) {
        // An address that the chain has just made converts back.
        if let Ok(bytes) = self.api.addr_canonicalize(address.as_str()) {
            self.accounts.alias(&bytes, module);
        }
        self.modules[module as usize] = Some(address);
    }

    /// Where a module is, if it is anywhere.
    pub(crate) fn module(&self, module: ModuleId) -> Option<&Addr> {
        self.modules[module as usize].as_ref()
    }

    /// An account's address, if it has one.
    pub(crate) fn find(&self, who: AccountId) -> Option<&Addr> {
        match who.module() {
            Some(module) => self.module(module),
            None => self.users.get(who.handle().checked_sub(FIRST_USER)? as usize),
        }
    }

    /// Everybody who has an address: modules, then users.
    pub(crate) fn everybody(&self) -> impl Iterator<Item = (AccountId, &Addr)> {
        let modules = ModuleId::ALL.iter().map(|module| module.account());
        let users = (FIRST_USER..).take(self.users.len()).map(AccountId::from_handle);
        modules.chain(users).filter_map(|who| Some((who, self.find(who)?)))
    }

    /// What turns commands into messages.
    pub(crate) fn lexicon(&self) -> Lexicon<'_> {
        Lexicon { book: self, names: self, denom: Some(DENOM) }
    }

    /// Names as the digest writes them.
    pub(crate) fn digest_names(&self) -> &Accounts {
        &self.accounts
    }
}

/// A user's address. The mock's own are as long as a contract's, which would cost more gas than
/// on a chain.
fn user(api: &MockApi, known: &Known) -> Addr {
    let bytes = CanonicalAddr::from(known.address.clone());
    // Any bytes of an address's length are an address.
    api.addr_humanize(&bytes).unwrap_or_else(|_| api.addr_make(&known.name))
}

impl interface::Accounts for AddressBook {
    fn account(&self, address: &str) -> Result<AccountId, Error> {
        let address = self.api.addr_validate(address)?;
        Ok(self.accounts.intern(&self.api.addr_canonicalize(address.as_str())?))
    }

    fn address(&self, who: AccountId) -> Result<String, Error> {
        let module = who.module().map_or("an account", ModuleId::name);
        self.find(who).map(Addr::to_string).ok_or(Error::NotWired { module })
    }
}

/// Names as the chain writes them: modules by their contracts' addresses.
impl Names for AddressBook {
    fn write(&self, who: AccountId, out: &mut Vec<u8>) {
        let address = self.find(who).map(|address| self.api.addr_canonicalize(address.as_str()));
        if let Some(Ok(bytes)) = address {
            out.extend_from_slice(&bytes);
        }
    }

    fn intern(&self, bytes: &[u8]) -> AccountId {
        self.accounts.intern(bytes)
    }
}
