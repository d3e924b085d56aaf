//! Staking's first state: its parameters. Stakes and delegations are commands of block 1.

use crate::{
    refusal::Refusal,
    staking::{Params, State},
};

/// What staking begins with.
pub type Genesis = Params;

/// Writes the parameters into an empty store.
///
/// # Errors
/// Every violation of [`Params::violations`] at once.
pub fn genesis(s: &mut impl State, g: &Genesis) -> Result<(), Vec<Refusal>> {
    let found = g.violations();
    if !found.is_empty() {
        return Err(found);
    }
    s.set((), g.clone());
    Ok(())
}
