//! Splitting an epoch's emission, in the stated order.

use crate::{
    account::ModuleId,
    accrued::Accrued,
    context::Context,
    effect::{self, Effect},
    ports::StakePort,
    refusal::{Refusal, ensure},
    rewards::{
        Distribution, Dividend, Event, Pot, State, Validator,
        accrue::{accrue, owe, settled},
        reasons::NOT_NETWORK,
        slots::credit,
        split::split,
    },
    units::{Amount, Fraction, Power},
};
use scoring_kernel::largest_remainder;

/// A validator's account after `amount` is shared among the power behind it.
///
/// `index += floor((waiting + amount) * 2^64 / power)`, the remainder is carried. Without
/// power the amount waits for the next distribution that finds some.
///
/// # Errors
/// `E0001` above [`Amount::MAX`], which a supply in range rules out.
pub fn delegated(validator: Validator, amount: Amount, power: Power) -> Result<Validator, Refusal> {
    let amount = validator.waiting.plus(amount)?;
    Ok(match Accrued::per(amount.units(), validator.remainder, power.units()) {
        None => Validator { waiting: amount, ..validator },
        Some((more, remainder)) => Validator {
            index: validator.index.plus(more),
            remainder,
            waiting: Amount::ZERO,
            ..validator
        },
    })
}

/// Splits what a topic has accrued by an epoch's scores. The network only.
///
/// What finds no score goes to the treasury. Power is read now, as settlement reads it.
pub(super) fn distribute(
    s: &mut impl State,
    p: &impl StakePort,
    cx: &Context,
    d: Distribution,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    ensure(cx.sender == ModuleId::Network.account(), &NOT_NETWORK, 0u128, 0u128)?;
    let emission = accrue(s, cx.height)?;
    let pot: Pot = settled(s.get(d.topic), emission.index)?;
    let (whole, owed) = pot.owed.take_whole();
    s.set(d.topic, Pot { owed, ..pot });
    let owner_cut = if d.owner.is_some() { d.owner_cut } else { Fraction::ZERO };
    let amount = Amount::new(whole)?;
    let parts = split(amount, d.callers.len(), d.page_fee, owner_cut, d.contributors);
    for (caller, fee) in d.callers.iter().zip(&parts.fees) {
        owe(s, *caller, *fee)?;
    }
    if let Some(owner) = d.owner {
        owe(s, owner, parts.owner)?;
    }
    let mut credits = by_score(parts.contributors, &d.incentives);
    let contributors = if credits.is_empty() { Amount::ZERO } else { parts.contributors };
    let (takes, validators) = dividends(s, p, parts.validators, &d.dividends)?;
    credits.extend(takes);
    credits.sort_unstable_by_key(|(uid, _)| *uid);
    credit(s, d.topic, &credits)?;
    let given = contributors.plus(validators)?;
    let unscored = parts.contributors.plus(parts.validators)?.saturating_minus(given);
    owe(s, ModuleId::Treasury.account(), unscored)?;
    fx.push(told(Event::Distributed { topic: d.topic, epoch: d.epoch, contributors, validators }));
    Ok(())
}

/// `amount` by largest remainder over scores; nothing where there is no score.
fn by_score(amount: Amount, scores: &[(u16, u64)]) -> Vec<(u16, Amount)> {
    let values: Vec<u64> = scores.iter().map(|(_, score)| *score).collect();
    if values.iter().all(|score| *score == 0) {
        return Vec::new();
    }
    let parts = largest_remainder(amount.units(), &values);
    scores.iter().zip(parts).map(|((uid, _), part)| (*uid, Amount::saturating(part))).collect()
}

/// Each validator's dividend: its take (floor) to its slot, the rest to the power behind it.
/// Returns the takes and what was given in all.
fn dividends(
    s: &mut impl State,
    p: &impl StakePort,
    amount: Amount,
    dividends: &[Dividend],
) -> Result<(Vec<(u16, Amount)>, Amount), Refusal> {
    let scores: Vec<(u16, u64)> = dividends.iter().map(|d| (d.uid, d.score)).collect();
    let mut takes = by_score(amount, &scores);
    if takes.is_empty() {
        return Ok((takes, Amount::ZERO));
    }
    for (dividend, part) in dividends.iter().zip(&mut takes) {
        let validator: Validator = s.get(dividend.who);
        let take = validator.take.floor_of(part.1);
        let rest = part.1.saturating_minus(take);
        let power = p.current_power(dividend.who)?;
        s.set(dividend.who, delegated(validator, rest, power)?);
        part.1 = take;
    }
    Ok((takes, amount))
}

/// Rewards' event as an effect.
pub(super) fn told(event: Event) -> Effect {
    Effect::Event(effect::Event::Rewards(event))
}
