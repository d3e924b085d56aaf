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

#[cfg(test)]
mod tests {
    use super::{Genesis, genesis};
    use crate::{
        Amount, Command, Get, Height, Refusal, Timestamp,
        rewards::{self, Curve, Emission, Grant, Params, Schedule, Vesting},
        testing::{Stage, Store, amount, user},
        token,
    };

    fn grant(total: u128, end: u64) -> Grant {
        let (start, end) = (Timestamp::new(1000), Timestamp::new(end));
        Grant { total: amount(total), start, cliff: start, end, claimed: Amount::ZERO }
    }

    fn valid() -> Genesis {
        let schedule = Schedule { per_block: amount(10), cap: amount(1000), ..Schedule::default() };
        let params = Params { schedule, ..Params::default() };
        let grants =
            vec![(user(0), grant(100, 1100)), (user(1), grant(5, 1001)), (user(0), grant(7, 2000))];
        Genesis { params, supply: amount(500), start: Height::new(1), weights: vec![3, 4], grants }
    }

    fn codes(found: &[Refusal]) -> Vec<u16> {
        found.iter().map(Refusal::code).collect()
    }

    #[test]
    fn grants_are_numbered_by_account_and_issued() {
        let mut s = Store::default();
        genesis(&mut s, &valid()).unwrap();
        let (emission, second): (Emission, Vesting) = (s.get(()), s.get((user(0), 1)));
        assert_eq!((emission.issued, emission.weight), (amount(612), 7));
        assert_eq!(second.grant, grant(7, 2000));
    }

    #[test]
    fn all_violations_come_at_once() {
        let curve = Curve::HalvingByInterval { interval: 0 };
        let mut bad = Genesis { supply: Amount::MAX, weights: vec![0; 65_536], ..valid() };
        bad.params.schedule.curve = curve;
        bad.params.schedule.tail = amount(11);
        bad.grants.push((user(3), grant(0, 5)));
        let all = [512, 513, 509, 1, 516, 514, 515];
        assert_eq!(codes(&bad.violations()), all);
        let mut s = Store::default();
        assert_eq!(codes(&genesis(&mut s, &bad).unwrap_err()), all);
        assert_eq!(s, Store::default());
    }

    #[test]
    fn a_grant_is_paid_once() {
        let mut stage = Stage::default();
        let g = Genesis { supply: Amount::ZERO, ..valid() };
        let (minter, cap) = (Some(crate::ModuleId::Rewards.account()), Amount::MAX);
        token::genesis(&mut stage.store, &token::Genesis { balances: vec![], minter, cap })
            .unwrap();
        genesis(&mut stage.store, &g).unwrap();
        let claim = |number| Command::Rewards(rewards::Command::ClaimVested { number });
        assert_eq!(stage.block(2, 1000).run(user(0), claim(0)), Err(506));
        assert_eq!(stage.run(user(1), claim(1)), Err(508));
        stage.block(3, 1050).run(user(0), claim(0)).unwrap();
        assert_eq!(stage.run(user(0), claim(0)), Err(506));
        stage.block(4, 1200).run(user(0), claim(0)).unwrap();
        assert_eq!(stage.run(user(0), claim(0)), Err(506));
        let balance: token::Balance = stage.store.get(user(0));
        assert_eq!(balance.amount, amount(100));
    }
}
