//! Carrying out what a proposal decided, all or nothing.

use crate::{
    asset::Asset,
    context::Context,
    effect::{Command as Any, Effect},
    ports::BalancePort,
    refusal::{NOT_AUTHORISED, Refusal, ensure},
    store::Get,
    track::Track,
    treasury::{
        Action, Command, Event, Outflow, Params, Promised, State,
        authority::{authority, ensure_self},
        carry::{carried, outflow},
        pay::{call, ensure_covered, payment, told},
        reasons::OVER_CAP,
    },
    units::Amount,
};

/// One effect an action, in order; any that is refused undoes all. Whom the treasury obeys only.
///
/// What actions pay and promise is counted first: it must be held beside what is promised
/// already, and on any but the constitutional track it must fit under the cap together with
/// what the window has paid.
pub(super) fn execute(
    s: &mut impl State,
    p: &impl BalancePort,
    cx: &Context,
    (proposal, track): (u32, Track),
    actions: Vec<Action>,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    ensure(cx.sender == authority(s), &NOT_AUTHORISED, 0u128, 0u128)?;
    carried(track, &actions)?;
    for asset in Asset::ALL {
        let paid = actions.iter().filter_map(outflow).filter(|(of, _)| *of == asset);
        let paid = paid.fold(0u128, |sum, (_, units)| sum.saturating_add(units));
        if paid > 0 {
            ensure_covered(s, p, asset, paid)?;
            count(s, cx, asset, track, paid)?;
        }
    }
    let count = u32::try_from(actions.len()).unwrap_or(u32::MAX);
    fx.push(told(Event::Executed { proposal, track, actions: count }));
    let unread = actions.iter().any(|action| matches!(action, Action::Opaque { .. }));
    for action in actions {
        carry_out(action, fx);
    }
    if unread {
        fx.push(call(Any::Treasury(Command::Settle)));
    }
    Ok(())
}

/// Adds a proposal's outflow to the window.
fn count(
    s: &mut impl State,
    cx: &Context,
    asset: Asset,
    track: Track,
    paid: u128,
) -> Result<(), Refusal> {
    let (params, window): (Params, Outflow) = (s.get(()), s.get(asset));
    let after = window.spent(cx.time, params.window).saturating_add(paid);
    let cap = params.cap(asset).units();
    let free = track == Track::Constitutional || after <= cap;
    ensure(free, &OVER_CAP, after, cap)?;
    s.set(asset, window.with(cx.time, params.window, Amount::new(paid)?));
    Ok(())
}

fn carry_out(action: Action, fx: &mut Vec<Effect>) {
    match action {
        Action::Call { command } => fx.push(call(command)),
        Action::Pay { asset, to, amount } => {
            fx.push(told(Event::Paid { asset, to, amount }));
            fx.push(payment(asset, to, amount));
        }
        Action::Migrate { module, code } => fx.push(Effect::Migrate { module, code }),
        Action::Opaque { message } => fx.push(Effect::Opaque { message }),
    }
}

/// Checks that what is held still covers what is promised. The treasury itself, after messages
/// that it cannot read: they may pay whatever is free, and no more.
pub(super) fn settle(
    s: &impl Get<Promised>,
    p: &impl BalancePort,
    cx: &Context,
) -> Result<(), Refusal> {
    ensure_self(cx)?;
    Asset::ALL.into_iter().try_for_each(|asset| ensure_covered(s, p, asset, 0))
}
