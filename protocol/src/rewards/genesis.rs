//! The first state of rewards.

use crate::{
    account::AccountId,
    accrued::Accrued,
    refusal::{AMOUNT_TOO_LARGE, Refusal},
    rewards::{Emission, Grant, Params, Pot, State, Unclaimed, Vesting, reasons::TOO_MANY_TOPICS},
    store::Get,
    units::{Amount, Height},
};

/// What rewards begins with.
#[derive(Clone, Debug, PartialEq)]
pub struct Genesis {
    /// The rules' parameters.
    pub params: Params,
    /// Tokens that exist already.
    pub supply: Amount,
    /// The schedule's origin: the block after it is the first that emits.
    pub start: Height,
    /// Allocation weights of topics 0, 1, ...
    pub weights: Vec<u64>,
    /// Grants, numbered by account in this order.
    pub grants: Vec<(AccountId, Grant)>,
}

impl Genesis {
    /// What is wrong, all of it; nothing where the genesis is valid.
    pub fn violations(&self) -> Vec<Refusal> {
        let issued = self.issued();
        let mut found = self.params.violations(issued);
        if issued > Amount::MAX.units() {
            found.push(AMOUNT_TOO_LARGE.refuse(issued, Amount::MAX.units()));
        }
        let (topics, most) = (self.weights.len(), usize::from(u16::MAX));
        if topics > most {
            found.push(TOO_MANY_TOPICS.refuse(topics as u128, most as u128));
        }
        found.extend(self.grants.iter().flat_map(|(_, grant)| grant.violations()));
        found
    }

    fn granted(&self) -> u128 {
        self.grants.iter().fold(0, |sum, (_, grant)| sum.saturating_add(grant.total.units()))
    }

    fn issued(&self) -> u128 {
        self.supply.units().saturating_add(self.granted())
    }
}

/// Writes the first state into an empty store.
///
/// # Errors
/// Every violation at once: of the schedule, of grants, of their sum, of the number of topics.
pub fn genesis(s: &mut impl State, g: &Genesis) -> Result<(), Vec<Refusal>> {
    let found = g.violations();
    if !found.is_empty() {
        return Err(found);
    }
    s.set((), g.params.clone());
    s.set(
        (),
        Emission {
            issued: Amount::saturating(g.issued()),
            start: g.start,
            last: g.start,
            index: Accrued::ZERO,
            remainder: 0,
            weight: g.weights.iter().map(|weight| u128::from(*weight)).sum(),
        },
    );
    for (topic, weight) in (0u16..).zip(&g.weights) {
        s.set(topic, Pot { weight: *weight, ..Pot::default() });
    }
    for (who, grant) in &g.grants {
        let number = next_number(s, *who);
        s.set((*who, number), Vesting { grant: *grant });
    }
    s.set((), Unclaimed { amount: Amount::saturating(g.granted()) });
    Ok(())
}

/// The first number under which an account has no grant.
fn next_number(s: &impl Get<Vesting>, who: AccountId) -> u32 {
    (0..u32::MAX).find(|number| s.get((who, *number)) == Vesting::default()).unwrap_or(u32::MAX)
}
