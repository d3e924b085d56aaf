//! Opening a topic.

use crate::{
    account::ModuleId,
    context::Context,
    effect::{self, Effect, OnFail},
    network::{Event, Params, State, Topic, TopicParams, reasons::TOO_MANY_TOPICS},
    refusal::{NOT_AUTHORISED, Refusal, ensure},
    rewards,
};

/// Opens a topic without holders; its first epoch begins now and its price is the floor. The
/// treasury only. Rewards is told the allocation weight.
pub(super) fn create_topic(
    s: &mut impl State,
    cx: &Context,
    params: TopicParams,
    weight: u64,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    ensure(cx.sender == ModuleId::Treasury.account(), &NOT_AUTHORISED, 0u128, 0u128)?;
    params.ensure_valid()?;
    let Params { topics: number } = s.get(());
    let topics =
        number.checked_add(1).ok_or(TOO_MANY_TOPICS.refuse(number.into(), number.into()))?;
    s.set((), Params { topics });
    let topic = Topic {
        price: params.price.floor,
        price_at: cx.height,
        last_close: cx.height,
        params,
        ..Topic::default()
    };
    s.set(number, topic);
    let command = rewards::Command::Allocate { topic: number, weight };
    fx.push(Effect::Call { command: effect::Command::Rewards(command), on_fail: OnFail::Revert });
    fx.push(Effect::Event(effect::Event::Network(Event::TopicCreated { topic: number })));
    Ok(())
}
