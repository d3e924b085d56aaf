//! Rounds: a root is published against a part of a campaign's reserve, may be revoked, and gives
//! back what nobody claimed.

use crate::{
    account::ModuleId,
    context::Context,
    effect::Effect,
    refusal::{NOT_AUTHORISED, Refusal, ensure},
    rewards::{
        Campaign, Event, Hash, MAX_LEAVES, Round, State,
        accrue::owe,
        campaign::campaign,
        distribute::told,
        reasons::{
            BAD_LEAVES, BAD_TOTAL, ENDED, NO_ROUND, NOTHING_LEFT, OVER_RESERVE, TOO_SOON,
            WINDOW_OPEN, WRONG_ROUND,
        },
    },
    store::Get,
    units::Amount,
};

/// What is published.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Publication {
    /// The campaign.
    pub campaign: u32,
    /// Its next round, which the leaves commit to: who repeats itself is refused.
    pub round: u32,
    /// The root of the leaves.
    pub root: Hash,
    /// How many there are.
    pub leaves: u32,
    /// What they pay together; no more will be paid.
    pub total: Amount,
}

crate::codec::codec_struct!(Publication { campaign, round, root, leaves, total });

/// Publishes a campaign's next round. Its publisher, or the authority.
///
/// Nobody can see on chain whether the leaves sum to the total. If they promise more, who claims
/// late is refused: a round never pays more than its total, a publisher never promises more than
/// `most` a period, and the authority has the delay to revoke.
pub(super) fn publish(
    s: &mut impl State,
    cx: &Context,
    p: Publication,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    let Publication { campaign: number, round, root, leaves, total } = p;
    let campaign = campaign(s, number)?;
    let terms = campaign.terms;
    let allowed = cx.sender == ModuleId::Treasury.account() || terms.publisher == Some(cx.sender);
    ensure(allowed, &NOT_AUTHORISED, 0u128, 0u128)?;
    ensure(!campaign.ended, &ENDED, number, 0u128)?;
    ensure(round == campaign.rounds, &WRONG_ROUND, round, campaign.rounds)?;
    ensure((1..=MAX_LEAVES).contains(&leaves), &BAD_LEAVES, leaves, MAX_LEAVES)?;
    let fits = !total.is_zero() && total <= terms.most;
    ensure(fits, &BAD_TOTAL, total.units(), terms.most.units())?;
    let due = campaign.published.after(terms.period);
    ensure(round == 0 || cx.time >= due, &TOO_SOON, cx.time.get(), due.get())?;
    let short = OVER_RESERVE.refuse(campaign.reserve.units(), total.units());
    let reserve = campaign.reserve.minus(total).ok_or(short)?;
    let from = cx.time.after(terms.delay);
    let until = from.after(terms.window);
    s.set((number, round), Round { root, leaves, from, until, left: total });
    let rounds = round.checked_add(1).ok_or(WRONG_ROUND.refuse(round.into(), round.into()))?;
    s.set(number, Campaign { reserve, rounds, published: cx.time, ..campaign });
    fx.push(told(Event::RootPublished { campaign: number, round, leaves, total }));
    Ok(())
}

/// A round that was published and not revoked.
pub(super) fn round(s: &impl Get<Round>, campaign: u32, number: u32) -> Result<Round, Refusal> {
    let round = s.get((campaign, number));
    ensure(round.leaves != 0, &NO_ROUND, number, 0u128)?;
    Ok(round)
}

/// Gives what is left of a round back: to its campaign's reserve, or to the treasury where that
/// has ended.
fn give_back(s: &mut impl State, number: u32, amount: Amount) -> Result<(), Refusal> {
    let campaign = campaign(s, number)?;
    if campaign.ended {
        return owe(s, ModuleId::Treasury.account(), amount);
    }
    let reserve = campaign.reserve.plus(amount)?;
    s.set(number, Campaign { reserve, ..campaign });
    Ok(())
}

/// Takes a root back before its window is over; what was claimed stays paid. The authority only.
pub(super) fn revoke(
    s: &mut impl State,
    cx: &Context,
    (campaign, number): (u32, u32),
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    ensure(cx.sender == ModuleId::Treasury.account(), &NOT_AUTHORISED, 0u128, 0u128)?;
    let round = round(s, campaign, number)?;
    s.set((campaign, number), Round::default());
    give_back(s, campaign, round.left)?;
    fx.push(told(Event::RootRevoked { campaign, round: number, amount: round.left }));
    Ok(())
}

/// Returns what nobody claimed in time. Anyone.
pub(super) fn return_rest(
    s: &mut impl State,
    cx: &Context,
    (campaign, number): (u32, u32),
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    let round = round(s, campaign, number)?;
    ensure(cx.time >= round.until, &WINDOW_OPEN, cx.time.get(), round.until.get())?;
    ensure(!round.left.is_zero(), &NOTHING_LEFT, 0u128, 1u128)?;
    let amount = round.left;
    s.set((campaign, number), Round { left: Amount::ZERO, ..round });
    give_back(s, campaign, amount)?;
    fx.push(told(Event::RestReturned { campaign, round: number, amount }));
    Ok(())
}
