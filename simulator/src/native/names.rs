//! Accounts by dense handle.

use std::{cell::RefCell, collections::BTreeMap};

use protocol::{AccountId, FIRST_USER, ModuleId, Names};
use sha2::{Digest, Sha256};

/// Handles for the accounts of a run, and their address bytes.
///
/// A user's address is the first 20 bytes of the SHA-256 of its name; a module's is one
/// byte, its id.
#[derive(Debug, Default)]
pub struct Accounts {
    table: RefCell<Table>,
}

#[derive(Debug, Default)]
struct Table {
    /// Of users, by handle from [`FIRST_USER`].
    addresses: Vec<[u8; ADDRESS_BYTES]>,
    /// Also holds contract addresses, as the module that each serves.
    handles: BTreeMap<Vec<u8>, AccountId>,
}

/// As long as a user's address is on a chain. A contract's has 32.
pub(super) const ADDRESS_BYTES: usize = 20;

/// The address bytes of the account with this name.
pub fn address_of(name: &str) -> [u8; ADDRESS_BYTES] {
    let hash: [u8; 32] = Sha256::digest(name.as_bytes()).into();
    std::array::from_fn(|place| hash[place])
}

impl Accounts {
    /// One account a name, with handles ascending from [`FIRST_USER`].
    pub fn of<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let accounts = Self::default();
        for name in names {
            accounts.intern(&address_of(name));
        }
        accounts
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
        match user.and_then(|user| table.addresses.get(user as usize)) {
            Some(address) => out.extend_from_slice(address),
            // Module handles are below 16, so one byte holds them.
            None => out.push(who.handle() as u8),
        }
    }

    fn intern(&self, bytes: &[u8]) -> AccountId {
        if let Some(known) = self.find(bytes) {
            return known;
        }
        let table = &mut *self.table.borrow_mut();
        let handle = AccountId::from_handle(FIRST_USER + table.addresses.len() as u32);
        let mut address = [0; ADDRESS_BYTES];
        let length = bytes.len().min(address.len());
        address[..length].copy_from_slice(&bytes[..length]);
        table.addresses.push(address);
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
    fn a_contract_reads_as_its_module() {
        let accounts = Accounts::of(["alice"]);
        accounts.alias(&[7; 32], ModuleId::Staking);
        assert_eq!(accounts.intern(&[7; 32]), ModuleId::Staking.account());
        assert_eq!(encode(&accounts, &ModuleId::Staking.account()), [1, 1]);
    }
}
