//! The contracts as a snapshot, and from one.

use cosmwasm_std::{Addr, Coin};
use cw_multi_test::error::AnyResult;
use interface::Error;
use protocol::{AccountId, All, Get, ModuleId, governance, rewards, staking, token, treasury};
use simulator::bank::Holding;
use simulator::engine::{Genesis, Refused};
use simulator::native::{Known, Unloaded, World};
use simulator::snapshot::{About, Snapshot};

use crate::book::AddressBook;
use crate::chain::{CONTRACTS, Chain, outside, refused};
use crate::deploy::{DENOM, deploy};

/// First bytes of keys that are no record's: the framework's own, and text.
const FRAMEWORKS: std::ops::RangeInclusive<u8> = 32..=126;

impl Chain {
    /// The state as any engine writes it, from raw contract storage.
    ///
    /// # Errors
    /// The first record that is none.
    pub fn snapshot(&self, about: impl Into<About>) -> Result<Snapshot, Unloaded> {
        let raw: Vec<_> = self.raw().collect();
        let modules = raw.iter().map(|(module, storage)| {
            let records = storage.iter().filter(|(key, _)| is_record(key));
            (*module, records.map(|(key, value)| (&key[..], &value[..])).collect())
        });
        let accounts = self.book.digest_names().clone();
        Ok(Snapshot::take(&mut World::load(accounts, self.block(), modules)?, about))
    }

    /// Sets the contracts up in the state of a snapshot: made and wired as at a genesis, then
    /// their records replaced. Called once, before anything else, in place of a genesis. Handles
    /// are those of [`Snapshot::world`] for the same `first`.
    ///
    /// # Errors
    /// What a contract refuses.
    pub fn start_from(&mut self, snapshot: &Snapshot, first: &[Known]) -> Result<(), Refused> {
        let world = snapshot.world(first).map_err(outside)?;
        let codes = self.codes.take().ok_or_else(|| outside("the chain has started already"))?;
        self.book = AddressBook::known(*self.app.api(), &world.accounts().users());
        self.governed = world.is_governed();
        simulator::engine::Engine::begin_block(self, world.height(), world.time());
        let genesis = skeleton(&world);
        deploy(&mut self.app, &mut self.book, codes, &genesis).map_err(|error| refused(&error))?;
        self.fill(&world);
        self.fund(&world).map_err(|error| refused(&error))
    }

    /// Replaces every record of every contract.
    fn fill(&mut self, world: &World) {
        let contracts = CONTRACTS.into_iter().filter(|module| self.is_contract(*module));
        let contracts: Vec<(ModuleId, Addr)> = contracts
            .filter_map(|module| Some((module, self.book.module(module)?.clone())))
            .collect();
        let records = world.stored_as(&self.book);
        for (module, at) in contracts {
            let before = self.app.dump_wasm_raw(&at);
            let mut storage = self.app.contract_storage_mut(&at);
            for (key, _) in before.iter().filter(|(key, _)| is_record(key)) {
                storage.remove(key);
            }
            let mine = records.iter().filter(|(of, _)| *of == module);
            for record in mine.flat_map(|(_, records)| records) {
                storage.set(&record.key, &record.value);
            }
        }
    }

    /// Gives everybody the coins that the bank's records say.
    fn fund(&mut self, world: &World) -> AnyResult<()> {
        let mut held: Vec<(AccountId, u128)> = Vec::new();
        world.each(&mut |who: AccountId, holding: &Holding| {
            held.push((who, holding.amount.units()));
        });
        self.coins = !held.is_empty();
        let book = &self.book;
        self.app.init_modules(|router, _, storage| {
            for (who, amount) in held {
                let holder = book.find(who).ok_or(Error::NotWired { module: "a holder" })?;
                router.bank.init_balance(storage, holder, vec![Coin::new(amount, DENOM)])?;
            }
            Ok(())
        })
    }
}

/// Whether a raw key is that of a record of the rulebook.
fn is_record(key: &[u8]) -> bool {
    key.first().is_some_and(|table| *table != 0 && !FRAMEWORKS.contains(table))
}

/// A genesis with the parameters of a state, and nobody in it: what contracts are made with before
/// their records are replaced.
fn skeleton(world: &World) -> Genesis {
    let token::Minting { cap, .. } = world.get(());
    let treasury: treasury::Params = world.get(());
    let governor = || governance::Genesis {
        params: world.get(()),
        bounds: world.get(()),
        mandate: governance::Mandate::default(),
        start: world.time(),
    };
    let params: rewards::Params = world.get(());
    let staking: staking::Params = world.get(());
    Genesis {
        accounts: Vec::new(),
        height: world.height(),
        time: world.time(),
        native: Vec::new(),
        token: token::Genesis {
            balances: Vec::new(),
            minter: Some(ModuleId::Rewards.account()),
            cap,
        },
        staking,
        network: protocol::network::Genesis { topics: Vec::new(), start: world.height() },
        rewards: rewards::Genesis {
            params,
            supply: protocol::Amount::ZERO,
            start: world.height(),
            weights: Vec::new(),
            grants: Vec::new(),
            airdrops: Vec::new(),
        },
        governance: world.is_governed().then(|| (governor(), treasury)),
    }
}
