//! The first state of rewards.

use crate::{
    account::AccountId,
    accrued::Accrued,
    refusal::{AMOUNT_TOO_LARGE, Refusal},
    rewards::{
        Campaign, Campaigns, Emission, Grant, Hash, MAX_LEAVES, Params, Pot, Round, State,
        Unclaimed, Vesting,
        reasons::{AIRDROP_WINDOW, BAD_LEAVES, BAD_TOTAL, TOO_MANY_TOPICS},
    },
    store::Get,
    units::{Amount, Height, Timestamp},
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
    /// Airdrops: campaigns 0, 1, ... of one round each, round 0.
    pub airdrops: Vec<Airdrop>,
}

/// Tokens that whoever a root names may claim from the beginning; what nobody claims in time
/// goes to the treasury.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Airdrop {
    /// The root of its leaves, which commit to the campaign's number and to round 0.
    pub root: Hash,
    /// How many there are.
    pub leaves: u32,
    /// What they pay together.
    pub total: Amount,
    /// Claims are open from then,
    pub from: Timestamp,
    /// until then.
    pub until: Timestamp,
}

impl Airdrop {
    /// What is wrong with it, all of it.
    pub fn violations(&self) -> Vec<Refusal> {
        let mut found = Vec::new();
        if !(1..=MAX_LEAVES).contains(&self.leaves) {
            found.push(BAD_LEAVES.refuse(self.leaves.into(), MAX_LEAVES.into()));
        }
        if self.total.is_zero() {
            found.push(BAD_TOTAL.refuse(0, 1));
        }
        if self.until <= self.from {
            found.push(AIRDROP_WINDOW.refuse(self.until.get().into(), self.from.get().into()));
        }
        found
    }
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
        found.extend(self.airdrops.iter().flat_map(Airdrop::violations));
        found
    }

    /// What may be claimed from the beginning: grants and airdrops.
    fn promised(&self) -> u128 {
        let grants = self.grants.iter().map(|(_, grant)| grant.total);
        let totals = grants.chain(self.airdrops.iter().map(|airdrop| airdrop.total));
        totals.fold(0, |sum, total| sum.saturating_add(total.units()))
    }

    fn issued(&self) -> u128 {
        self.supply.units().saturating_add(self.promised())
    }
}

/// Writes the first state into an empty store.
///
/// # Errors
/// Every violation at once: of the schedule, of grants, of airdrops, of their sum, of the number of
/// topics.
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
    for airdrop in &g.airdrops {
        open_airdrop(s, airdrop);
    }
    s.set((), Unclaimed { amount: Amount::saturating(g.promised()) });
    Ok(())
}

/// Writes a campaign of one round that nobody can add to.
fn open_airdrop(s: &mut impl State, airdrop: &Airdrop) {
    let Campaigns { next: number } = s.get(());
    s.set((), Campaigns { next: number.saturating_add(1) });
    s.set(number, Campaign { rounds: 1, ended: true, ..Campaign::default() });
    let Airdrop { root, leaves, total: left, from, until } = *airdrop;
    s.set((number, 0), Round { root, leaves, from, until, left });
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
        Genesis {
            params,
            supply: amount(500),
            start: Height::new(1),
            weights: vec![3, 4],
            grants,
            airdrops: vec![],
        }
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
