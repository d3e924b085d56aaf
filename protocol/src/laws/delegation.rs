//! Law 7: delegation conserves power, and nobody gains from oneself.

use crate::{
    account::AccountId,
    laws::{Book, Breach, breach::equal},
    staking::Account,
    units::Power,
};

/// Law 7: what each account has received is the sum of its delegators' own power, and nobody
/// is its own delegate. As received power is never lent on, there can be no cycle.
///
/// # Errors
/// The account.
pub fn delegation_conserves_power(b: &impl Book<Account>) -> Result<(), Breach> {
    let mut lent = Vec::new();
    let mut selfish = None;
    b.each(&mut |who: AccountId, account: &Account| {
        let standing = account.own.current;
        let Some(delegate) = standing.delegate else { return };
        if delegate == who {
            selfish = Some(who);
        }
        add(&mut lent, delegate, standing.power);
    });
    equal(7, "an account that is its own delegate", None, selfish)?;
    let mut wrong = None;
    b.each(&mut |who: AccountId, account: &Account| {
        let stated = account.received.current;
        let found = take(&mut lent, who);
        if stated != found && wrong.is_none() {
            wrong = Some((who, stated, found));
        }
    });
    if let Some((who, stated, found)) = wrong {
        let what = format!("power received by {}", who.handle());
        equal(7, &what, stated, found).map_err(|breach| breach.of(who))?;
    }
    let unstated = lent.iter().find(|power| !power.is_zero());
    equal(7, "power lent to an account that received none", None, unstated)
}

/// Adds to the power of an account, in a list by handle.
fn add(list: &mut Vec<Power>, who: AccountId, power: Power) {
    let place = who.handle() as usize;
    if list.len() <= place {
        list.resize(place + 1, Power::ZERO);
    }
    if let Some(sum) = list.get_mut(place) {
        *sum = sum.plus(power);
    }
}

fn take(list: &mut [Power], who: AccountId) -> Power {
    list.get_mut(who.handle() as usize).map(std::mem::take).unwrap_or_default()
}
