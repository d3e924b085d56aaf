//! The rulebook's laws, checked against the state of a run.

use protocol::{
    Get, ModuleId,
    laws::{Breach, Indices, assembly_laws, promises_are_kept, state_laws},
};

use crate::{bank, native::World};

/// Checks every law of a state.
///
/// # Errors
/// The first that is broken, and by what.
pub fn laws_hold(world: &World) -> Result<(), Breach> {
    let staked: bank::Holding = world.get(ModuleId::Staking.account());
    state_laws(world, world.height(), staked.amount)?;
    let coins: bank::Holding = world.get(ModuleId::Treasury.account());
    promises_are_kept(world, world.time(), coins.amount)?;
    assembly_laws(world)
}

/// Checks laws from close to close: those of a state, and that no reward index falls.
#[derive(Default)]
pub struct Watch {
    last: Option<Indices>,
}

impl Watch {
    /// Checks the state of a close.
    ///
    /// # Errors
    /// The first law that is broken, and by what.
    pub fn check(&mut self, world: &World) -> Result<(), Breach> {
        laws_hold(world)?;
        if let Some(last) = &self.last {
            last.never_fall(world)?;
        }
        self.last = Some(Indices::of(world));
        Ok(())
    }
}
