//! Laws 4, 5 and 16: what a command may not change. Taken before it, compared after it.

use crate::{
    account::AccountId,
    accrued::Accrued,
    laws::{Book, Breach, breach::at_most, breach::equal},
    rewards::{Emission, SlotOwed, Validator, reward_index},
    staking::{Account, View, current_power, power_at},
    units::{Height, Power},
};

/// Power at chosen heights, as it was read before a command.
#[derive(Clone, Debug, Default)]
pub struct Past {
    read: Vec<(Option<AccountId>, Height, Power)>,
}

impl Past {
    /// Reads the total, and the power of each account that is known to staking, at `heights`.
    pub fn of(b: &(impl View + Book<Account>), heights: &[Height]) -> Self {
        let mut accounts = vec![None];
        b.each(&mut |who: AccountId, _: &Account| accounts.push(Some(who)));
        let mut read = Vec::with_capacity(accounts.len() * heights.len());
        for who in accounts {
            read.extend(heights.iter().map(|height| (who, *height, power_at(b, who, *height))));
        }
        Self { read }
    }

    /// Law 4: power at a height that is reached never changes. The current block's height
    /// counts as reached: its changes show from the next one on, which is half of law 5.
    ///
    /// # Errors
    /// The account, the height and both readings.
    pub fn is_unchanged(&self, b: &impl View) -> Result<(), Breach> {
        for (who, height, before) in &self.read {
            let after = power_at(b, *who, *height);
            if after != *before {
                let who = who.map(AccountId::handle);
                equal(4, &format!("power of {who:?} at {}", height.get()), *before, after)?;
            }
        }
        Ok(())
    }

    /// The other half of law 5: in the next block every change of this one is seen.
    ///
    /// # Errors
    /// The account and both readings.
    pub fn next_block_sees_now(
        b: &(impl View + Book<Account>),
        height: Height,
    ) -> Result<(), Breach> {
        let next = height.after(1);
        let mut wrong = None;
        b.each(&mut |who: AccountId, _: &Account| {
            let (seen, now) = (power_at(b, Some(who), next), current_power(b, who));
            if seen != now && wrong.is_none() {
                wrong = Some((who, seen, now));
            }
        });
        match wrong {
            None => Ok(()),
            Some((who, seen, now)) => {
                let what = format!("power of {} in the next block", who.handle());
                equal(5, &what, now, seen).map_err(|breach| breach.of(who))
            }
        }
    }
}

/// Every reward index, as it was before a command.
#[derive(Clone, Debug, Default)]
pub struct Indices {
    emission: Accrued,
    validators: Vec<(AccountId, Accrued)>,
}

impl Indices {
    /// Reads them.
    pub fn of(b: &(impl Book<Emission> + Book<Validator> + Book<SlotOwed>)) -> Self {
        let emission: Emission = b.get(());
        let mut validators = Vec::new();
        b.each(&mut |who: AccountId, _: &Validator| {
            validators.push((who, reward_index(b, who)));
        });
        Self { emission: emission.index, validators }
    }

    /// Law 16: an index never falls.
    ///
    /// # Errors
    /// Whose index, with both values.
    pub fn never_fall(
        &self,
        b: &(impl Book<Emission> + Book<Validator> + Book<SlotOwed>),
    ) -> Result<(), Breach> {
        let emission: Emission = b.get(());
        at_most(16, "the emission's index", self.emission, emission.index)?;
        for (who, before) in &self.validators {
            let index = reward_index(b, *who);
            if index < *before {
                let what = format!("index of {}", who.handle());
                at_most(16, &what, *before, index).map_err(|breach| breach.of(*who))?;
            }
        }
        Ok(())
    }
}
