//! Taking a slot by burning its price.

use crate::{
    account::{AccountId, ModuleId},
    context::Context,
    effect::{self, Effect, OnFail, Payload},
    network::{
        Event, PAGE, Registered, Slot, State, Topic, VACANT, price_now, prune, raised,
        reasons::{BELOW_PRICE, NOT_THE_TOKEN, SEATED},
        slots,
    },
    refusal::{MALFORMED, Refusal, ensure},
    store::Get,
    token,
    units::Amount,
};

/// cw20's notice: the payload names the topic, the amount pays for the slot. The price is
/// burned and the rest goes back to `from`.
pub(super) fn receive(
    s: &mut impl State,
    cx: &Context,
    from: AccountId,
    amount: Amount,
    payload: &Payload,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    ensure(cx.sender == ModuleId::Token.account(), &NOT_THE_TOKEN, 0u128, 0u128)?;
    let Payload::Register { topic: number } = *payload else { return Err(MALFORMED.bare()) };
    let mut topic = slots::topic(s, number)?;
    slots::ensure_between_epochs(s, number)?;
    if let Some(uid) = slots::seat(s, number, from) {
        return Err(SEATED.refuse(uid.into(), 0));
    }
    let price = price_now(&topic.params.price, topic.price, cx.height.since(topic.price_at));
    let rest = amount.minus(price).ok_or(BELOW_PRICE.refuse(amount.units(), price.units()))?;

    call(token::Command::Burn { amount: price }, fx);
    let uid = match vacant(s, number, &topic) {
        Some(uid) => {
            topic.held = topic.held.saturating_add(1);
            uid
        }
        None => prune(s, number, &topic, cx, fx)?,
    };
    slots::take(s, (number, &mut topic), uid, from, cx.height);
    topic.price = raised(&topic.params.price, price);
    topic.price_at = cx.height;
    s.set(number, topic);
    if !rest.is_zero() {
        call(token::Command::Transfer { to: from, amount: rest }, fx);
    }
    let event = Event::Registered { topic: number, uid, who: from, price };
    fx.push(Effect::Event(effect::Event::Network(event)));
    Ok(())
}

/// The lowest slot that nobody holds.
fn vacant(s: &impl Get<Registered>, number: u16, topic: &Topic) -> Option<u16> {
    if topic.held >= topic.fresh {
        return (topic.fresh < topic.params.slots).then_some(topic.fresh);
    }
    (0..topic.fresh.div_ceil(PAGE)).find_map(|page| {
        let registered = s.get((number, page));
        let heights = registered.heights.iter().copied().chain(std::iter::repeat(VACANT));
        let mut places = (page * PAGE..topic.fresh.min((page + 1) * PAGE)).zip(heights);
        places.find(|&(_, height)| height == VACANT).map(|(uid, _)| uid)
    })
}

/// Clears the slot that earned the least.
fn prune(
    s: &mut impl State,
    number: u16,
    topic: &Topic,
    cx: &Context,
    fx: &mut Vec<Effect>,
) -> Result<u16, Refusal> {
    let uid = prune::choose(s, number, topic, cx.height)?;
    let slot: Slot = s.get((number, uid));
    if let Some(who) = slot.holder {
        slots::vacate(s, (number, topic.params.scoring.memory()), uid, who, fx);
    }
    Ok(uid)
}

fn call(command: token::Command, fx: &mut Vec<Effect>) {
    fx.push(Effect::Call { command: effect::Command::Token(command), on_fail: OnFail::Revert });
}
