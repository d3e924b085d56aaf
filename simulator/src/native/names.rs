//! Accounts by dense handle.

use std::{cell::RefCell, collections::BTreeMap};

use protocol::{AccountId, FIRST_USER, ModuleId, Names};
use sha2::{Digest, Sha256};

/// Handles for the accounts of a run, and their address bytes.
///
/// A user's address is the first 20 bytes of the SHA-256 of its name, or what a chain says it is; a
/// module's is one byte, its id.
#[derive(Clone, Debug, Default)]
pub struct Accounts {
    table: RefCell<Table>,
}

#[derive(Clone, Debug, Default)]
struct Table {
    /// Of users, by handle from [`FIRST_USER`].
    known: Vec<Known>,
    /// Also holds contract addresses, as the module that each serves.
    handles: BTreeMap<Vec<u8>, AccountId>,
}

/// A user's account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Its address bytes: 20 of a person's, 32 of a contract's that is none of our modules.
    pub address: Vec<u8>,
    /// What people call it; empty where nobody said.
    pub name: String,
}

/// As long as a user's address is on a chain. A contract's has 32.
const ADDRESS_BYTES: usize = 20;

/// The address bytes of the account with this name.
pub fn address_of(name: &str) -> [u8; ADDRESS_BYTES] {
    let hash: [u8; 32] = Sha256::digest(name.as_bytes()).into();
    std::array::from_fn(|place| hash[place])
}

impl Accounts {
    /// One account a name, with handles ascending from [`FIRST_USER`].
    pub fn of<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let named = |name: &str| Known { address: address_of(name).into(), name: name.to_owned() };
        Self::known(names.into_iter().map(named))
    }

    /// These accounts, with handles ascending from [`FIRST_USER`]; an address counts once.
    pub fn known(accounts: impl IntoIterator<Item = Known>) -> Self {
        let all = Self::default();
        for Known { address, name } in accounts {
            let place = all.intern(&address).handle().checked_sub(FIRST_USER);
            let table = &mut *all.table.borrow_mut();
            if let Some(known) = place.and_then(|place| table.known.get_mut(place as usize)) {
                known.name = name;
            }
        }
        all
    }

    /// Every user, in the order of handles.
    pub fn users(&self) -> Vec<Known> {
        self.table.borrow().known.clone()
    }

    /// What an account is called: a module by its own name, a user by what people call it, else by
    /// its address in hexadecimal.
    pub fn name_of(&self, who: AccountId) -> String {
        if let Some(module) = who.module() {
            return module.name().to_owned();
        }
        let table = self.table.borrow();
        let place = who.handle().checked_sub(FIRST_USER);
        match place.and_then(|place| table.known.get(place as usize)) {
            Some(known) if known.name.is_empty() => {
                known.address.iter().map(|byte| format!("{byte:02x}")).collect()
            }
            Some(known) => known.name.clone(),
            None => format!("account {}", who.handle()),
        }
    }

    /// Reads a contract's address as the module that it serves.
    pub fn alias(&self, address: &[u8], module: ModuleId) {
        self.table.borrow_mut().handles.insert(address.to_vec(), module.account());
    }

    /// The handle of an address that is known already.
    pub fn find(&self, address: &[u8]) -> Option<AccountId> {
        match address {
            [id] => module_of(*id),
            _ => self.table.borrow().handles.get(address).copied(),
        }
    }
}

fn module_of(id: u8) -> Option<AccountId> {
    ModuleId::ALL.iter().map(|module| module.account()).find(|who| who.handle() == u32::from(id))
}

impl Names for Accounts {
    fn write(&self, who: AccountId, out: &mut Vec<u8>) {
        let table = self.table.borrow();
        let user = who.handle().checked_sub(FIRST_USER);
        match user.and_then(|user| table.known.get(user as usize)) {
            Some(known) => out.extend_from_slice(&known.address),
            // Module handles are below 16, so one byte holds them.
            None => out.push(who.handle() as u8),
        }
    }

    fn intern(&self, bytes: &[u8]) -> AccountId {
        if let Some(known) = self.find(bytes) {
            return known;
        }
        let table = &mut *self.table.borrow_mut();
        let handle = AccountId::from_handle(FIRST_USER + table.known.len() as u32);
        table.known.push(Known { address: bytes.to_vec(), name: String::new() });
        table.handles.insert(bytes.to_vec(), handle);
        handle
    }
}

#[cfg(test)]
mod tests {
    use super::{Accounts, address_of};
    use protocol::{AccountId, FIRST_USER, ModuleId, Names, decode, encode};

    #[test]
    fn handles_follow_the_order_of_names() {
        let accounts = Accounts::of(["alice", "bob"]);
        let bob = accounts.intern(&address_of("bob"));
        assert_eq!(bob, AccountId::from_handle(FIRST_USER + 1));
        assert_eq!(decode::<AccountId>(&accounts, &encode(&accounts, &bob)), Some(bob));
    }

    #[test]
    fn an_account_is_called_by_its_name_else_by_its_address() {
        let accounts = Accounts::of(["alice"]);
        let contract = accounts.intern(&[0xab; 32]);
        assert_eq!(accounts.name_of(AccountId::from_handle(FIRST_USER)), "alice");
        assert_eq!(accounts.name_of(contract), "ab".repeat(32));
        assert_eq!(encode(&accounts, &contract), [[32].as_slice(), &[0xab; 32]].concat());
        assert_eq!(accounts.name_of(ModuleId::Staking.account()), "staking");
    }

    #[test]
    fn a_contract_reads_as_its_module() {
        let accounts = Accounts::of(["alice"]);
        accounts.alias(&[7; 32], ModuleId::Staking);
        assert_eq!(accounts.intern(&[7; 32]), ModuleId::Staking.account());
        assert_eq!(encode(&accounts, &ModuleId::Staking.account()), [1, 1]);
    }
}
