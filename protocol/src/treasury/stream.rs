//! Streams: so much a period, out of what was set aside, claimable as it is earned.

use crate::{
    account::{AccountId, ModuleId},
    asset::Asset,
    context::Context,
    effect::{Effect, Payload},
    ports::BalancePort,
    refusal::{MALFORMED, Refusal, ensure},
    store::Get,
    treasury::{
        Event, MAX_PERIOD, Numbers, State, Stream, StreamTerms,
        authority::ensure_self,
        pay::{ensure_covered, payment, promise, redeem, told},
        reasons::{
            NO_STREAM, NOT_RECIPIENT, NOT_THE_TOKEN, NOTHING, NOTHING_EARNED, OTHER_ASSET,
            STREAM_DATES, STREAM_ENDED, STREAM_RATE,
        },
    },
    units::{Amount, Timestamp},
    wide::mul_div_floor,
};

impl StreamTerms {
    /// What is wrong with a new stream, all of it.
    pub fn violations(&self) -> Vec<Refusal> {
        let mut found = Vec::new();
        if self.to.is_none() {
            found.push(MALFORMED.bare());
        }
        if self.funded.is_zero() {
            found.push(NOTHING.refuse(0, 1));
        }
        if self.rate.is_zero() || !(1..=MAX_PERIOD).contains(&self.period) {
            found.push(STREAM_RATE.refuse(self.period.into(), MAX_PERIOD.into()));
        } else if self.cliff < self.start || self.flowed(self.cliff) > self.funded.units() {
            found.push(STREAM_DATES.refuse(self.cliff.get().into(), self.start.get().into()));
        }
        found
    }

    /// `floor(rate * (now - start) / period)`: what has flowed since the start, were there no end.
    fn flowed(&self, now: Timestamp) -> u128 {
        let passed = now.since(self.start).into();
        match mul_div_floor(self.rate.units(), passed, self.period.into()) {
            Some((whole, _)) => whole,
            // A rate below 2^95 in 2^64 seconds is more than there can be.
            None => u128::MAX,
        }
    }
}

impl Stream {
    /// What is earned by `now`: nothing before the cliff; then what was earned before `start`
    /// and `floor(rate * (now - start) / period)`, at most all that it was funded with.
    ///
    /// It is counted from `start` each time, never from the last claim or funding: what a floor
    /// leaves is not lost, however often the stream is touched.
    pub fn earned(&self, now: Timestamp) -> Amount {
        if now < self.terms.cliff {
            return Amount::ZERO;
        }
        let most = self.terms.funded.saturating_minus(self.base).units();
        let flowed = if self.cancelled { 0 } else { self.terms.flowed(now).min(most) };
        Amount::saturating(self.base.units() + flowed)
    }

    /// With `amount` more. What had been spent is earned first and begins anew from `now`: the
    /// time between pays nothing. What still flows goes on for longer, at the same rate.
    ///
    /// # Errors
    /// `E0606` nothing, `E0610` a stream that was ended, `E0001` above what there can be.
    pub fn funded(mut self, now: Timestamp, amount: Amount) -> Result<Self, Refusal> {
        ensure(!amount.is_zero(), &NOTHING, 0u128, 1u128)?;
        ensure(!self.cancelled, &STREAM_ENDED, 0u128, 0u128)?;
        if now >= self.terms.start && self.earned(now) == self.terms.funded {
            (self.base, self.terms.start) = (self.terms.funded, now);
        }
        self.terms.funded = self.terms.funded.plus(amount)?;
        Ok(self)
    }

    /// Ended at `now`: only what is earned stays; the rest is free again.
    ///
    /// # Errors
    /// `E0610` a stream that was ended.
    pub fn ended(mut self, now: Timestamp) -> Result<(Self, Amount), Refusal> {
        ensure(!self.cancelled, &STREAM_ENDED, 0u128, 0u128)?;
        let earned = self.earned(now);
        let freed = self.terms.funded.saturating_minus(earned);
        (self.base, self.terms.funded, self.cancelled) = (earned, earned, true);
        Ok((self, freed))
    }
}

fn found(s: &impl Get<Stream>, number: u32) -> Result<Stream, Refusal> {
    let stream: Stream = s.get(number);
    ensure(stream.terms.to.is_some(), &NO_STREAM, number, 0u128)?;
    Ok(stream)
}

/// Promises a stream. The treasury itself, by a proposal, which counted it against the cap.
pub(super) fn open(
    s: &mut impl State,
    p: &impl BalancePort,
    cx: &Context,
    terms: StreamTerms,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    ensure_self(cx)?;
    terms.violations().into_iter().next().map_or(Ok(()), Err)?;
    let (asset, amount) = (terms.asset, terms.funded);
    ensure_covered(s, p, asset, amount.units())?;
    promise(s, asset, amount)?;
    let numbers: Numbers = s.get(());
    let stream = numbers.streams;
    s.set((), Numbers { streams: stream.saturating_add(1), ..numbers });
    s.set(stream, Stream { terms, ..Stream::default() });
    let to = terms.to.unwrap_or(ModuleId::Treasury.account());
    fx.push(told(Event::StreamOpened { stream, to, asset, amount }));
    Ok(())
}

/// Adds from the treasury's own balance. The treasury itself, by a proposal, which counted it
/// against the cap.
pub(super) fn fund_own(
    s: &mut impl State,
    p: &impl BalancePort,
    cx: &Context,
    number: u32,
    (asset, amount): (Asset, Amount),
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    ensure_self(cx)?;
    ensure_covered(s, p, asset, amount.units())?;
    add(s, cx, number, (cx.sender, asset, amount), fx)
}

/// Adds the attached coins. Anyone.
pub(super) fn fund(
    s: &mut impl State,
    cx: &Context,
    number: u32,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    add(s, cx, number, (cx.sender, Asset::Native, cx.funds), fx)
}

/// cw20's notice: adds what `from` sent. The token only; `from` may be a spender.
pub(super) fn receive(
    s: &mut impl State,
    cx: &Context,
    (from, amount): (AccountId, Amount),
    payload: Payload,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    ensure(cx.sender == ModuleId::Token.account(), &NOT_THE_TOKEN, 0u128, 0u128)?;
    let Payload::Fund { stream } = payload else { return Err(MALFORMED.bare()) };
    add(s, cx, stream, (from, Asset::Token, amount), fx)
}

fn add(
    s: &mut impl State,
    cx: &Context,
    number: u32,
    (from, asset, amount): (AccountId, Asset, Amount),
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    let stream = found(s, number)?;
    let of = stream.terms.asset;
    ensure(of == asset, &OTHER_ASSET, asset as u128, of as u128)?;
    let stream = stream.funded(cx.time, amount)?;
    promise(s, asset, amount)?;
    s.set(number, stream);
    fx.push(told(Event::StreamFunded { stream: number, from, amount }));
    Ok(())
}

/// Ends a stream. The treasury itself, by a proposal.
pub(super) fn cancel(
    s: &mut impl State,
    cx: &Context,
    number: u32,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    ensure_self(cx)?;
    let (stream, freed) = found(s, number)?.ended(cx.time)?;
    redeem(s, stream.terms.asset, freed);
    s.set(number, stream);
    fx.push(told(Event::StreamCancelled { stream: number, freed }));
    Ok(())
}

/// Pays what is earned and not claimed. The recipient only.
pub(super) fn claim(
    s: &mut impl State,
    cx: &Context,
    number: u32,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    let (who, stream) = (cx.sender, found(s, number)?);
    ensure(stream.terms.to == Some(who), &NOT_RECIPIENT, 0u128, 0u128)?;
    let earned = stream.earned(cx.time);
    let amount = earned.saturating_minus(stream.claimed);
    ensure(!amount.is_zero(), &NOTHING_EARNED, 0u128, 1u128)?;
    redeem(s, stream.terms.asset, amount);
    s.set(number, Stream { claimed: earned, ..stream });
    fx.push(told(Event::StreamClaimed { stream: number, who, amount }));
    fx.push(payment(stream.terms.asset, who, amount));
    Ok(())
}
