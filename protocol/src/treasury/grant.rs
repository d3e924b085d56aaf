//! Grants by milestone: set aside, released one by one before a deadline, else returned.

use crate::{
    account::{AccountId, ModuleId},
    context::Context,
    effect::Effect,
    ports::BalancePort,
    refusal::{MALFORMED, NOT_AUTHORISED, Refusal, ensure},
    store::Get,
    treasury::{
        Event, Grant, GrantTerms, MAX_MILESTONES, Numbers, State,
        authority::ensure_self,
        pay::{ensure_covered, payment, promise, redeem, told},
        reasons::{
            BEFORE_DEADLINE, GRANT_MILESTONES, GRANT_RETURNED, NO_GRANT, NO_MILESTONE,
            PAST_DEADLINE,
        },
    },
    units::{Amount, Timestamp},
};

impl GrantTerms {
    /// All milestones together, in base units.
    pub fn total(&self) -> u128 {
        self.milestones.iter().fold(0, |sum, amount| sum.saturating_add(amount.units()))
    }

    /// What is wrong with a new grant, all of it.
    pub fn violations(&self, now: Timestamp) -> Vec<Refusal> {
        let mut found = Vec::new();
        if self.to.is_none() {
            found.push(MALFORMED.bare());
        }
        let count = self.milestones.len();
        let none = self.milestones.iter().any(|amount| amount.is_zero());
        if none || !(1..=MAX_MILESTONES).contains(&count) {
            found.push(GRANT_MILESTONES.refuse(count as u128, MAX_MILESTONES as u128));
        }
        if now >= self.deadline {
            found.push(PAST_DEADLINE.refuse(now.get().into(), self.deadline.get().into()));
        }
        found
    }
}

impl Grant {
    /// A milestone's amount, if it is there and not released.
    pub fn open(&self, milestone: u8) -> Option<Amount> {
        let bit = 1u16.checked_shl(milestone.into())?;
        let amount = self.terms.milestones.get(usize::from(milestone)).copied()?;
        (self.released & bit == 0).then_some(amount)
    }

    /// What is set aside for it: nothing once the rest was taken back.
    pub fn left(&self) -> Amount {
        if self.returned {
            return Amount::ZERO;
        }
        let open = (0u8..).take(self.terms.milestones.len()).filter_map(|n| self.open(n));
        Amount::saturating(open.fold(0, |sum, amount| sum.saturating_add(amount.units())))
    }
}

fn found(s: &impl Get<Grant>, number: u32) -> Result<Grant, Refusal> {
    let grant: Grant = s.get(number);
    ensure(grant.terms.to.is_some(), &NO_GRANT, number, 0u128)?;
    ensure(!grant.returned, &GRANT_RETURNED, 0u128, 0u128)?;
    Ok(grant)
}

/// Promises a grant. The treasury itself, by a proposal, which counted it against the cap.
pub(super) fn open(
    s: &mut impl State,
    p: &impl BalancePort,
    cx: &Context,
    terms: GrantTerms,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    ensure_self(cx)?;
    terms.violations(cx.time).into_iter().next().map_or(Ok(()), Err)?;
    let (asset, amount) = (terms.asset, Amount::new(terms.total())?);
    ensure_covered(s, p, asset, amount.units())?;
    promise(s, asset, amount)?;
    let numbers: Numbers = s.get(());
    let grant = numbers.grants;
    s.set((), Numbers { grants: grant.saturating_add(1), ..numbers });
    let to = terms.to.unwrap_or(ModuleId::Treasury.account());
    s.set(grant, Grant { terms, ..Grant::default() });
    fx.push(told(Event::GrantOpened { grant, to, asset, amount }));
    Ok(())
}

/// Pays a milestone out, before the deadline. The reviewer, or the treasury by a proposal.
pub(super) fn release(
    s: &mut impl State,
    cx: &Context,
    number: u32,
    milestone: u8,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    let (by, grant): (AccountId, Grant) = (cx.sender, found(s, number)?);
    let allowed = by == ModuleId::Treasury.account() || grant.terms.reviewer == Some(by);
    ensure(allowed, &NOT_AUTHORISED, 0u128, 0u128)?;
    let deadline = grant.terms.deadline;
    ensure(cx.time < deadline, &PAST_DEADLINE, cx.time.get(), deadline.get())?;
    let (Some(amount), Some(to)) = (grant.open(milestone), grant.terms.to) else {
        return Err(NO_MILESTONE.refuse(milestone.into(), grant.terms.milestones.len() as u128));
    };
    let (asset, released) = (grant.terms.asset, grant.released | (1 << milestone));
    redeem(s, asset, amount);
    s.set(number, Grant { released, ..grant });
    fx.push(told(Event::Released { grant: number, milestone, by, amount }));
    fx.push(payment(asset, to, amount));
    Ok(())
}

/// Takes back what was not released. Anyone from the deadline on; before it the treasury itself,
/// by a proposal.
pub(super) fn take_back(
    s: &mut impl State,
    cx: &Context,
    number: u32,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    let grant = found(s, number)?;
    let deadline = grant.terms.deadline;
    let over = cx.time >= deadline || cx.sender == ModuleId::Treasury.account();
    ensure(over, &BEFORE_DEADLINE, cx.time.get(), deadline.get())?;
    let freed = grant.left();
    redeem(s, grant.terms.asset, freed);
    s.set(number, Grant { returned: true, ..grant });
    fx.push(told(Event::Returned { grant: number, freed }));
    Ok(())
}
