//! The token's first state.

use crate::{
    account::AccountId,
    refusal::{AMOUNT_TOO_LARGE, Refusal},
    token::{
        Balance, Minting, State, Supply,
        reasons::{ABOVE_CAP, DUPLICATE_ACCOUNT},
    },
    units::Amount,
};

/// Who holds what at first, and who may mint up to where.
#[derive(Clone, Debug, PartialEq)]
pub struct Genesis {
    /// First balances; each account once.
    pub balances: Vec<(AccountId, Amount)>,
    /// `None`: nobody, ever.
    pub minter: Option<AccountId>,
    /// The largest supply that minting may reach; [`Amount::MAX`] where there is no other.
    /// Without a minter it is not looked at.
    pub cap: Amount,
}

impl Genesis {
    /// What is wrong, all of it; nothing where the genesis is valid.
    pub fn violations(&self) -> Vec<Refusal> {
        let mut found = Vec::new();
        let mut handles: Vec<u32> = self.balances.iter().map(|(who, _)| who.handle()).collect();
        handles.sort_unstable();
        let once = {
            let mut handles = handles.clone();
            handles.dedup();
            handles.len()
        };
        if once != handles.len() {
            found.push(DUPLICATE_ACCOUNT.refuse(handles.len() as u128, once as u128));
        }
        match self.supply() {
            None => found.push(AMOUNT_TOO_LARGE.bare()),
            Some(supply) if supply > Amount::MAX.units() => {
                found.push(AMOUNT_TOO_LARGE.refuse(supply, Amount::MAX.units()));
            }
            Some(supply) if self.minter.is_some() && supply > self.cap.units() => {
                found.push(ABOVE_CAP.refuse(supply, self.cap.units()));
            }
            Some(_) => {}
        }
        found
    }

    /// The sum of all balances; `None` above `u128`.
    fn supply(&self) -> Option<u128> {
        self.balances.iter().try_fold(0u128, |sum, (_, amount)| sum.checked_add(amount.units()))
    }
}

/// Writes the first state into an empty store.
///
/// # Errors
/// Every violation at once: `E0109` an account listed twice, `E0001` a supply out of range,
/// `E0103` a supply above the cap.
pub fn genesis(s: &mut impl State, g: &Genesis) -> Result<(), Vec<Refusal>> {
    let found = g.violations();
    if !found.is_empty() {
        return Err(found);
    }
    for (who, amount) in &g.balances {
        s.set(*who, Balance { amount: *amount });
    }
    s.set((), Supply { amount: Amount::saturating(g.supply().unwrap_or_default()) });
    if g.minter.is_some() {
        s.set((), Minting { minter: g.minter, cap: g.cap });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Genesis, genesis};
    use crate::{
        Amount, Get, Refusal,
        testing::{Store, amount, user},
        token::{Minting, Supply},
    };

    #[test]
    fn each_violation_has_its_code_and_all_come_at_once() {
        let half = amount((1 << 94) + 1);
        for (label, balances, has_minter, cap, codes) in [
            ("valid", vec![(0, amount(5)), (1, amount(6))], true, amount(11), vec![]),
            ("above the cap", vec![(0, amount(5)), (1, amount(6))], true, amount(10), vec![103]),
            ("no minter, no cap", vec![(0, amount(5))], false, amount(0), vec![]),
            ("twice", vec![(0, amount(5)), (0, amount(6))], true, amount(11), vec![109]),
            ("too large", vec![(0, half), (1, half)], true, Amount::MAX, vec![1]),
            ("both", vec![(0, half), (0, half)], false, amount(0), vec![109, 1]),
        ] {
            let balances = balances.into_iter().map(|(n, amount)| (user(n), amount)).collect();
            let genesis_of = Genesis { balances, minter: has_minter.then(|| user(9)), cap };
            let mut s = Store::default();
            let found = genesis(&mut s, &genesis_of).err().unwrap_or_default();
            assert_eq!(found.iter().map(Refusal::code).collect::<Vec<_>>(), codes, "{label}");
            assert_eq!(found.is_empty(), s != Store::default(), "{label}");
        }
    }

    #[test]
    fn supply_is_the_sum_and_without_a_minter_nothing_is_kept_of_the_cap() {
        let mut s = Store::default();
        let balances = vec![(user(0), amount(5)), (user(1), amount(6))];
        genesis(&mut s, &Genesis { balances, minter: None, cap: amount(3) }).unwrap();
        let (supply, minting): (Supply, Minting) = (s.get(()), s.get(()));
        assert_eq!((supply.amount, minting), (amount(11), Minting::default()));
    }
}
