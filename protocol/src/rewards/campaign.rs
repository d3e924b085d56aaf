//! Campaigns: budgets that the authority sets aside, out of what the treasury is owed, for whoever
//! a published root names.

use crate::{
    account::ModuleId,
    context::Context,
    effect::Effect,
    refusal::{NOT_AUTHORISED, Refusal, ensure},
    rewards::{
        Campaign, Campaigns, Event, MAX_SECONDS, Owed, State, Terms,
        accrue::{accrue, owe},
        distribute::told,
        reasons::{BAD_MOST, BAD_SECONDS, ENDED, NO_CAMPAIGN, OVER_RESERVE},
    },
    store::Get,
    units::Amount,
};

impl Terms {
    /// What is wrong with them, all of it: `most` at least 1, each time at most
    /// [`MAX_SECONDS`], the window at least 1.
    pub fn violations(&self) -> Vec<Refusal> {
        let mut found = Vec::new();
        if self.most.is_zero() {
            found.push(BAD_MOST.refuse(0, 1));
        }
        for (seconds, least) in [(self.period, 0), (self.delay, 0), (self.window, 1)] {
            if seconds < least {
                found.push(BAD_SECONDS.refuse(seconds.into(), least.into()));
            } else if seconds > MAX_SECONDS {
                found.push(BAD_SECONDS.refuse(seconds.into(), MAX_SECONDS.into()));
            }
        }
        found
    }
}

/// A campaign that exists.
pub(super) fn campaign(
    s: &(impl Get<Campaigns> + Get<Campaign>),
    number: u32,
) -> Result<Campaign, Refusal> {
    let Campaigns { next } = s.get(());
    ensure(number < next, &NO_CAMPAIGN, number, next)?;
    Ok(s.get(number))
}

/// One that may still have rounds, for the authority.
fn live(s: &impl State, cx: &Context, number: u32) -> Result<Campaign, Refusal> {
    ensure(cx.sender == ModuleId::Treasury.account(), &NOT_AUTHORISED, 0u128, 0u128)?;
    let campaign = campaign(s, number)?;
    ensure(!campaign.ended, &ENDED, number, 0u128)?;
    Ok(campaign)
}

/// Takes `amount` out of what the treasury has accrued and not claimed.
fn set_aside(s: &mut impl State, cx: &Context, amount: Amount) -> Result<(), Refusal> {
    accrue(s, cx.height)?;
    let treasury = ModuleId::Treasury.account();
    let Owed { amount: owed } = s.get(treasury);
    let left = owed.minus(amount).ok_or(OVER_RESERVE.refuse(owed.units(), amount.units()))?;
    s.set(treasury, Owed { amount: left });
    Ok(())
}

/// Opens the next campaign with a budget. The authority only.
pub(super) fn open(
    s: &mut impl State,
    cx: &Context,
    terms: Terms,
    budget: Amount,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    ensure(cx.sender == ModuleId::Treasury.account(), &NOT_AUTHORISED, 0u128, 0u128)?;
    if let Some(violation) = terms.violations().first() {
        return Err(*violation);
    }
    let Campaigns { next: number } = s.get(());
    // One a transaction, so that the count of a chain's life fits.
    let next = number.checked_add(1).ok_or(NO_CAMPAIGN.refuse(number.into(), number.into()))?;
    set_aside(s, cx, budget)?;
    s.set((), Campaigns { next });
    s.set(number, Campaign { terms, reserve: budget, ..Campaign::default() });
    fx.push(told(Event::CampaignOpened { campaign: number, budget }));
    Ok(())
}

/// Adds to a campaign's reserve. The authority only.
pub(super) fn fund(
    s: &mut impl State,
    cx: &Context,
    number: u32,
    amount: Amount,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    let campaign = live(s, cx, number)?;
    set_aside(s, cx, amount)?;
    let reserve = campaign.reserve.plus(amount)?;
    s.set(number, Campaign { reserve, ..campaign });
    fx.push(told(Event::CampaignFunded { campaign: number, amount }));
    Ok(())
}

/// Ends a campaign: its reserve returns to the treasury; rounds that are open stay so until
/// their window is over. The authority only.
pub(super) fn end(
    s: &mut impl State,
    cx: &Context,
    number: u32,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    let campaign = live(s, cx, number)?;
    let amount = campaign.reserve;
    s.set(number, Campaign { reserve: Amount::ZERO, ended: true, ..campaign });
    owe(s, ModuleId::Treasury.account(), amount)?;
    fx.push(told(Event::CampaignEnded { campaign: number, amount }));
    Ok(())
}
