//! The governor's first state.

use crate::{
    governance::{Bounds, Guardian, Mandate, Params, State},
    refusal::Refusal,
    units::Timestamp,
};

/// What the governor begins with.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Genesis {
    /// What constitutional proposals may change.
    pub params: Params,
    /// What no proposal can change.
    pub bounds: Bounds,
    /// The first guardian's mandate; nobody's where it names none.
    pub mandate: Mandate,
    /// When: a mandate may last so long from then.
    pub start: Timestamp,
}

impl Genesis {
    /// What is wrong, all of it; nothing where the genesis is valid. What staking has to say is
    /// [`Params::violations_beside`]'s.
    pub fn violations(&self) -> Vec<Refusal> {
        let mut found = self.bounds.violations();
        found.extend(self.params.violations(&self.bounds));
        found.extend(self.mandate.violations(&self.bounds, self.start));
        found
    }
}

/// Writes the first records: called at instantiation and by every other engine alike.
///
/// # Errors
/// Every violation at once; nothing is then written.
pub fn genesis(s: &mut impl State, g: &Genesis) -> Result<(), Vec<Refusal>> {
    let found = g.violations();
    if !found.is_empty() {
        return Err(found);
    }
    s.set((), g.params.clone());
    s.set((), g.bounds.clone());
    s.set((), Guardian { mandate: g.mandate });
    Ok(())
}
