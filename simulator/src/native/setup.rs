//! The first state, and the engine that the native world is.

use protocol::{
    AccountId, Amount, Command, Digest, Has, Height, MODULES, Refusal, Timestamp, governance,
    network, rewards, staking, token, treasury,
};

use super::{names::Accounts, world::World};
use crate::{
    bank,
    engine::{Engine, Export, Genesis, Refused},
};

impl World {
    /// The state that a genesis describes.
    ///
    /// # Errors
    /// The first part of the genesis that a module refuses.
    pub fn from_genesis(genesis: &Genesis) -> Result<Self, Refused> {
        let accounts = Accounts::of(genesis.accounts.iter().map(String::as_str));
        let (height, time) = (genesis.height, genesis.time);
        let mut world = Self { accounts, height, time, ..Self::default() };
        for (who, amount) in &genesis.native {
            world.bank.set(*who, bank::Holding { amount: *amount });
        }
        token::genesis(&mut world.token, &genesis.token).map_err(|all| violated(&all))?;
        staking::genesis(&mut world.staking, &genesis.staking).map_err(|all| violated(&all))?;
        network::genesis(&mut world.network, &genesis.network).map_err(|all| violated(&all))?;
        rewards::genesis(&mut world.rewards, &genesis.rewards).map_err(|all| violated(&all))?;
        if let Some((governor, treasury)) = &genesis.governance {
            world.governed = true;
            governance::genesis(&mut world.governor, governor).map_err(|all| violated(&all))?;
            treasury::genesis(&mut world.treasury, treasury).map_err(|all| violated(&all))?;
            let beside = governor.params.violations_beside(&genesis.staking);
            if !beside.is_empty() {
                return Err(violated(&beside));
            }
        }
        world.commit();
        Ok(world)
    }
}

/// Every violation as one refusal, with the code of the first.
fn violated(all: &[Refusal]) -> Refused {
    let texts: Vec<String> = all.iter().map(Refusal::to_string).collect();
    Refused { code: all.first().map_or(0, Refusal::code), text: texts.join("\n") }
}

impl Engine for World {
    fn name(&self) -> &'static str {
        "native"
    }

    fn genesis(&mut self, genesis: &Genesis) -> Result<(), Refused> {
        *self = Self::from_genesis(genesis)?;
        Ok(())
    }

    fn begin_block(&mut self, height: Height, time: Timestamp) {
        World::begin_block(self, height, time);
    }

    fn execute(
        &mut self,
        sender: AccountId,
        command: Command,
        funds: Amount,
    ) -> Result<(), Refused> {
        Ok(World::execute(self, sender, command, funds)?)
    }

    fn digests(&mut self) -> [Digest; MODULES] {
        World::digests(self)
    }

    fn export(&mut self) -> Export {
        World::export(self)
    }
}
