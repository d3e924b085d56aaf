//! A state from records that another engine wrote.

use std::fmt;

use protocol::{Get, Height, ModuleId, Names, Timestamp, governance};

use super::{
    export::Stored,
    names::Accounts,
    tables::{Bank, Governor, Network, Rewards, Staking, Token, Treasury},
    world::World,
};

/// Why bytes are no record of a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// The module has no such table.
    Table,
    /// The key is not an encoding of the table's keys.
    Key,
    /// The value is not an encoding of the table's records.
    Value,
    /// The value is the default, which is never stored.
    Absent,
    /// The module has no records in any engine.
    Module,
    /// The key counts further than any network has.
    Far,
}

/// Numbers from which a table would take more memory than any real one needs: rows lie at the
/// place that their number says.
pub(super) const FAR: u32 = 1 << 21;

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Table => "the module has no such table",
            Self::Key => "the bytes are no key of this table",
            Self::Value => "the bytes are no value of this table",
            Self::Absent => "the value is the default, which is never stored",
            Self::Module => "the module has no records",
            Self::Far => "the key counts further than any network has",
        })
    }
}

/// A record that was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}, record {number}: {why}", module.name())]
pub struct Unloaded {
    /// Whose record.
    pub module: ModuleId,
    /// Its number among the module's, from 0.
    pub number: usize,
    /// Why.
    pub why: Misfit,
}

impl World {
    /// The state in a block, from each module's records: table and key, and value. `accounts` says
    /// who is who, and learns who is not known yet; token holders govern where the governor has
    /// parameters.
    ///
    /// # Errors
    /// The first record that is none.
    pub fn load<'a>(
        accounts: Accounts,
        (height, time): (Height, Timestamp),
        modules: impl IntoIterator<Item = (ModuleId, Vec<(&'a [u8], &'a [u8])>)>,
    ) -> Result<Self, Unloaded> {
        let mut world = Self { accounts, height, time, ..Self::default() };
        for (module, records) in modules {
            for (number, (key, value)) in records.into_iter().enumerate() {
                let put = world.put(module, key, value);
                put.map_err(|why| Unloaded { module, number, why })?;
            }
        }
        let params: governance::Params = world.get(());
        world.governed = params != governance::Params::default();
        world.commit();
        Ok(world)
    }

    fn put(&mut self, module: ModuleId, key: &[u8], value: &[u8]) -> Result<(), Misfit> {
        let names = &self.accounts;
        match module {
            ModuleId::Token => self.token.put(names, key, value),
            ModuleId::Staking => self.staking.put(names, key, value),
            ModuleId::Network => self.network.put(names, key, value),
            ModuleId::Rewards => self.rewards.put(names, key, value),
            ModuleId::Governor => self.governor.put(names, key, value),
            ModuleId::Treasury => self.treasury.put(names, key, value),
            ModuleId::Bank => self.bank.put(names, key, value),
            ModuleId::Royalties => Err(Misfit::Module),
        }
    }

    /// Every live record, of tables that the state hash does not cover too, by module and key.
    pub fn stored(&self) -> Vec<(ModuleId, Vec<Stored>)> {
        self.stored_as(&self.accounts)
    }

    /// The same with addresses as `names` writes them: a contract's raw storage.
    pub fn stored_as(&self, names: &dyn Names) -> Vec<(ModuleId, Vec<Stored>)> {
        let mut all = vec![
            (ModuleId::Token, self.token.stored(names)),
            (ModuleId::Staking, self.staking.stored(names)),
            (ModuleId::Network, self.network.stored(names)),
            (ModuleId::Rewards, self.rewards.stored(names)),
            (ModuleId::Governor, self.governor.stored(names)),
            (ModuleId::Treasury, self.treasury.stored(names)),
            (ModuleId::Bank, self.bank.stored(names)),
        ];
        all.retain(|(_, records)| !records.is_empty());
        for (_, records) in &mut all {
            records.sort_unstable_by(|a, b| a.key.cmp(&b.key));
        }
        all
    }
}

/// A module's table by its name: its name again, and its number; `None` where there is none.
pub fn table_number(module: ModuleId, name: &str) -> Option<(&'static str, u8)> {
    match module {
        ModuleId::Token => Token::table(name),
        ModuleId::Staking => Staking::table(name),
        ModuleId::Network => Network::table(name),
        ModuleId::Rewards => Rewards::table(name),
        ModuleId::Governor => Governor::table(name),
        ModuleId::Treasury => Treasury::table(name),
        ModuleId::Bank => Bank::table(name),
        ModuleId::Royalties => None,
    }
}
