//! Laws 14 and 18: what is claimed was accrued, and what was accrued is owed to somebody, to
//! the last 2^-64 of a unit.

use crate::{
    account::AccountId,
    accrued::Accrued,
    laws::{
        Books, Breach,
        breach::{at_most, equal},
    },
    rewards::{
        self, Campaign, Campaigns, ClaimedLeaves, Emission, Owed, Pot, Round, SlotOwed, Unclaimed,
        Validator, Vesting, reward_index,
    },
    staking::{self, Account},
    store::Get,
    units::Amount,
};

/// Law 14: claimed <= accrued <= funded. Each grant has paid at most itself, no pot or
/// position is ahead of its index, and what is unclaimed is part of what was issued.
///
/// # Errors
/// The grant, the topic or the account.
pub fn claimed_within_accrued(b: &impl Books) -> Result<(), Breach> {
    let mut overpaid = None;
    b.each(&mut |key: (AccountId, u32), vesting: &Vesting| {
        if vesting.grant.claimed > vesting.grant.total {
            overpaid = Some(key);
        }
    });
    equal(14, "a grant that paid more than itself", None, overpaid)?;
    let emission: Emission = b.get(());
    let mut ahead = None;
    b.each(&mut |topic: u16, pot: &Pot| {
        if pot.paid > emission.index {
            ahead = Some(topic);
        }
    });
    equal(14, "a topic ahead of the emission's index", None, ahead)?;
    let mut ahead = None;
    b.each(&mut |who: AccountId, account: &Account| {
        if account.position.paid > index_of(b, who, account) {
            ahead = Some(who);
        }
    });
    equal(14, "a position ahead of its validator's index", None, ahead)?;
    claims_within_rounds(b)?;
    let unclaimed: Unclaimed = b.get(());
    at_most(14, "unclaimed against issued", unclaimed.amount, emission.issued)
}

/// Every round belongs to a campaign that exists, and no leaf beyond a round's was claimed. A
/// revoked round's claims stay marked.
fn claims_within_rounds(b: &impl Books) -> Result<(), Breach> {
    let Campaigns { next } = b.get(());
    let mut astray = None;
    b.each(&mut |(number, round): (u32, u32), _: &Round| {
        let campaign: Campaign = b.get(number);
        if number >= next || round >= campaign.rounds {
            astray = Some((number, round));
        }
    });
    equal(14, "a round that its campaign did not publish", None, astray)?;
    let mut beyond = None;
    b.each(&mut |(number, round, page): (u32, u32, u32), claimed: &ClaimedLeaves| {
        let found: Round = b.get((number, round));
        let words = (page.saturating_mul(rewards::CLAIM_PAGE)..).step_by(64).zip(claimed.bits);
        let mut last = words.filter(|word| word.1 != 0).map(|(from, word)| from + word.ilog2());
        if found.leaves != 0 && last.any(|index| index >= found.leaves) {
            beyond = Some((number, round, page));
        }
    });
    equal(14, "a claim of a leaf that is not there", None, beyond)
}

/// Law 18: what may still be minted equals, exactly, what slots, accounts, grants and
/// positions are owed, what topics and validators hold for them, what campaigns and their
/// rounds have left, and the carried remainders.
///
/// It holds only if every index is divided by the power that settlement multiplies it with,
/// which is law 17.
///
/// # Errors
/// Both sums, in units and parts of 2^-64.
pub fn everything_accrued_is_owed(b: &impl Books) -> Result<(), Breach> {
    let mut sum = Accrued::ZERO;
    let emission: Emission = b.get(());
    sum = sum.plus(fraction(emission.remainder));
    let mut too_large = false;
    b.each(&mut |_, pot: &Pot| match rewards::settled(pot.clone(), emission.index) {
        Ok(pot) => sum = sum.plus(pot.owed),
        Err(_) => too_large = true,
    });
    b.each(&mut |_, validator: &Validator| {
        let waiting = Accrued::new(validator.waiting.units(), 0);
        sum = sum.plus(waiting).plus(fraction(validator.remainder));
    });
    b.each(&mut |_, page: &SlotOwed| {
        let waiting = page.shares.iter().map(|share| share.waiting);
        let units = page.amounts.iter().copied().chain(waiting).map(Amount::units).sum();
        sum = sum.plus(Accrued::new(units, 0));
        let remainders = page.shares.iter().map(|share| fraction(share.remainder));
        sum = remainders.fold(sum, Accrued::plus);
    });
    b.each(&mut |_, owed: &Owed| sum = sum.plus(Accrued::new(owed.amount.units(), 0)));
    b.each(&mut |_, Vesting { grant }: &Vesting| {
        let left = grant.total.saturating_minus(grant.claimed);
        sum = sum.plus(Accrued::new(left.units(), 0));
    });
    b.each(&mut |_, campaign: &Campaign| {
        sum = sum.plus(Accrued::new(campaign.reserve.units(), 0));
    });
    b.each(&mut |_, round: &Round| sum = sum.plus(Accrued::new(round.left.units(), 0)));
    b.each(&mut |who: AccountId, _: &Account| match owed_to(b, who) {
        Some(owed) => sum = sum.plus(owed),
        None => too_large = true,
    });
    equal(18, "an index whose product leaves 128 bits", false, too_large)?;
    let unclaimed: Unclaimed = b.get(());
    equal(18, "unclaimed", Accrued::new(unclaimed.amount.units(), 0), sum)
}

/// The delegation rewards that an account is owed now, unsettled ones included.
pub fn owed_to(
    b: &(impl Get<Account> + Get<Validator> + Get<SlotOwed>),
    who: AccountId,
) -> Option<Accrued> {
    let account: Account = b.get(who);
    let (position, power) = (account.position, account.own.current.power);
    if power.is_zero() {
        return Some(position.owed);
    }
    Some(staking::settled(position, power, index_of(b, who, &account)).ok()?.owed)
}

/// The index of whom an account validates with.
fn index_of(
    b: &(impl Get<Validator> + Get<SlotOwed>),
    who: AccountId,
    account: &Account,
) -> Accrued {
    reward_index(b, account.own.current.validator(who))
}

/// A remainder, which counts parts of 2^-64.
const fn fraction(remainder: u128) -> Accrued {
    Accrued::new(remainder >> 64, remainder as u64)
}
