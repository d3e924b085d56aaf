//! Changing a topic.

use crate::{
    account::ModuleId,
    context::Context,
    effect::{self, Effect},
    network::{
        Event, Pending, State, TopicParams,
        reasons::{FEWER_SLOTS, OTHER_ROWS, RESERVED},
        slots,
    },
    refusal::{NOT_AUTHORISED, Refusal, ensure},
};

/// Whether the owner may make this change: the number of slots and the split of the emission
/// (owner's cut, contributors' part, page fee) are the authority's.
pub fn owner_may_change(from: &TopicParams, to: &TopicParams) -> bool {
    (from.slots, from.owner_cut, from.contributors, from.page_fee)
        == (to.slots, to.owner_cut, to.contributors, to.page_fee)
}

/// Replaces a topic's parameters when its epoch is closed; a later change before that takes the
/// place of an earlier one. The treasury, or the owner for what is the owner's: against a
/// change of the treasury's that is pending, if there is one, so that none can be undone.
///
/// Slots cannot become fewer: rows and bonds name them. Nor can rows come to mean something else,
/// losses instead of weights: those that were submitted would be read by the other mechanism. Bonds are kept unless their form
/// changes ([`Scoring::shares_bonds_with`](crate::network::Scoring::shares_bonds_with)); then
/// all begin anew.
pub(super) fn update_topic(
    s: &mut impl State,
    cx: &Context,
    number: u16,
    params: TopicParams,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    let topic = slots::topic(s, number)?;
    if cx.sender != ModuleId::Treasury.account() {
        let pending: Pending = s.get(number);
        let base = if pending == Pending::default() { &topic.params } else { &pending.params };
        ensure(base.owner == Some(cx.sender), &NOT_AUTHORISED, 0u128, 0u128)?;
        ensure(owner_may_change(base, &params), &RESERVED, 0u128, 0u128)?;
    }
    params.ensure_valid()?;
    ensure(params.slots >= topic.params.slots, &FEWER_SLOTS, params.slots, topic.params.slots)?;
    let same_rows = params.scoring.row_form() == topic.params.scoring.row_form();
    ensure(same_rows, &OTHER_ROWS, number, number)?;
    slots::ensure_between_epochs(s, number)?;
    let pending = if params == topic.params { Pending::default() } else { Pending { params } };
    s.set(number, pending);
    fx.push(Effect::Event(effect::Event::Network(Event::TopicUpdated { topic: number })));
    Ok(())
}
