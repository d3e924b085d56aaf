//! Law 3: every counter equals what full enumeration finds.

use crate::{
    account::AccountId,
    laws::{Book, Books, Breach, breach::equal},
    network::{Seat, Slot, Topic},
    rewards::{Emission, Pot},
    staking::{self, Account, Params, Total, power_of},
    token::{Balance, Supply},
};

/// Law 3: supply, stake, own power, total power, allocation weight and held slots.
///
/// # Errors
/// The counter, with both values.
pub fn counters_equal_enumeration(b: &impl Books) -> Result<(), Breach> {
    supply(b)?;
    stake(b)?;
    own_power(b)?;
    weight(b)?;
    slots(b)
}

pub(super) fn supply(b: &(impl Book<Balance> + Book<Supply>)) -> Result<(), Breach> {
    let mut sum = 0u128;
    b.each(&mut |_, balance: &Balance| sum += balance.amount.units());
    let supply: Supply = b.get(());
    equal(3, "token supply", supply.amount.units(), sum)
}

pub(super) fn stake(b: &(impl Book<Account> + Book<Total>)) -> Result<(), Breach> {
    let (mut bonded, mut unbonding) = (0u128, 0u128);
    b.each(&mut |_, account: &Account| {
        bonded += account.position.bonded.units();
        unbonding += account.unbondings.iter().map(|one| one.amount.units()).sum::<u128>();
    });
    let total: Total = b.get(());
    equal(3, "bonded stake", total.bonded.units(), bonded)?;
    equal(3, "unbonding stake", total.unbonding.units(), unbonding)
}

/// Each account's power follows from its position; the total from all accounts.
pub(super) fn own_power(
    b: &(impl Book<Params> + Book<Account> + Book<Total>),
) -> Result<(), Breach> {
    let params: staking::Params = b.get(());
    let (mut total, mut wrong) = (0u128, None);
    b.each(&mut |who: AccountId, Account { own, position, .. }: &Account| {
        let multiplier = params.tier(position.tier).map_or(0, |tier| tier.multiplier);
        let (stated, found) = (own.current.power, power_of(position.bonded, multiplier));
        total += found.units();
        if stated != found && wrong.is_none() {
            wrong = Some((who, stated, found));
        }
    });
    if let Some((who, stated, found)) = wrong {
        let what = format!("own power of {}", who.handle());
        equal(3, &what, stated, found).map_err(|breach| breach.of(who))?;
    }
    let stated: Total = b.get(());
    equal(3, "total power", stated.power.current.units(), total)
}

pub(super) fn weight(b: &(impl Book<Pot> + Book<Emission>)) -> Result<(), Breach> {
    let mut sum = 0u128;
    b.each(&mut |_, pot: &Pot| sum += u128::from(pot.weight));
    let emission: Emission = b.get(());
    equal(3, "allocation weight", emission.weight, sum)
}

/// A topic's count of held slots; and slots and seats name each other.
pub(super) fn slots(b: &(impl Book<Topic> + Book<Slot> + Book<Seat>)) -> Result<(), Breach> {
    let mut held: Vec<u16> = Vec::new();
    let mut wrong = None;
    b.each(&mut |(topic, uid): (u16, u16), slot: &Slot| {
        let Some(holder) = slot.holder else { return };
        let place = usize::from(topic);
        if held.len() <= place {
            held.resize(place + 1, 0);
        }
        if let Some(count) = held.get_mut(place) {
            *count += 1;
        }
        let seat: Seat = b.get((topic, holder));
        if seat.uid_plus_one != uid.saturating_add(1) {
            wrong = Some((topic, uid));
        }
    });
    b.each(&mut |(topic, who): (u16, AccountId), seat: &Seat| {
        let Some(uid) = seat.uid_plus_one.checked_sub(1) else { return };
        let slot: Slot = b.get((topic, uid));
        if slot.holder != Some(who) {
            wrong = Some((topic, uid));
        }
    });
    equal(3, "a slot and a seat that do not name each other", None, wrong)?;
    let mut miscounted = None;
    b.each(&mut |number: u16, topic: &Topic| {
        let found = held.get(usize::from(number)).copied().unwrap_or_default();
        if topic.held != found {
            miscounted = Some((number, topic.held, found));
        }
    });
    match miscounted {
        None => Ok(()),
        Some((number, stated, found)) => {
            equal(3, &format!("held slots of topic {number}"), stated, found)
        }
    }
}
