//! The last page: standings, the next epoch, and the scores for rewards.

use super::Close;
use crate::{
    account::AccountId,
    context::Context,
    effect::{self, Effect, OnFail},
    network::{
        Closing, Event, PAGE, Pending, Scratch, Slot, Standing, State, Topic, Working, price_now,
        slots,
    },
    ports::StakePort,
    refusal::Refusal,
    rewards::{self, Distribution, Dividend},
    store::Get,
    units::{Epoch, Fraction, Power},
};

impl Close {
    /// Whether the topic's parameters change with the next epoch.
    fn changes(&self) -> bool {
        self.pending != Pending::default()
    }

    /// Whether the next epoch begins without bonds.
    pub(super) fn resets_bonds(&self) -> bool {
        self.changes() && !self.pending.params.scoring.shares_bonds_with(&self.topic.params.scoring)
    }
}

/// Ends the epoch. `scratch` holds the columns of the whole in `outcome` if it was scored at
/// once, else in `prepared`.
pub(super) fn finish(
    scratch: &Scratch,
    s: &mut impl State,
    p: &impl StakePort,
    close: Close,
    cx: &Context,
    whole: bool,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    let (incentives, dividends, permits, contributors) = if whole {
        let columns = &scratch.outcome;
        (&columns.incentives, &columns.dividends, &columns.permits, columns.contributors)
    } else {
        let columns = &scratch.prepared;
        (&columns.incentives, &columns.dividends, &columns.permits, columns.contributors)
    };
    let Close { number, .. } = close;
    let mut paid = Vec::new();
    for (uid, score) in nonzero(dividends) {
        if let Some((who, power)) = holder(scratch, s, p, (number, uid))? {
            paid.push(Dividend { uid, who, score, power });
        }
    }
    stand(s, &close, incentives, dividends, permits);
    let distribution = Distribution {
        topic: number,
        epoch: close.topic.epoch,
        callers: close.closing.callers.clone(),
        page_fee: close.topic.params.page_fee,
        owner: close.topic.params.owner,
        owner_cut: close.topic.params.owner_cut,
        contributors: contributors.map_or(close.topic.params.contributors, part),
        incentives: nonzero(incentives).collect(),
        dividends: paid,
    };
    let command = rewards::Command::Distribute(distribution);
    fx.push(Effect::Call { command: effect::Command::Rewards(command), on_fail: OnFail::Revert });
    let event = Event::EpochClosed { topic: number, epoch: close.topic.epoch };
    fx.push(Effect::Event(effect::Event::Network(event)));
    if !whole {
        s.set(number, Closing::default());
        s.set(number, Working::default());
    }
    begin(s, close, cx);
    Ok(())
}

/// The contributors' part as the mechanism decides it, floored to parts of 10^9.
fn part(share: u64) -> Fraction {
    let parts = (u128::from(share) * u128::from(Fraction::WHOLE)) >> 32;
    u32::try_from(parts).ok().and_then(Fraction::from_parts).unwrap_or(Fraction::ONE)
}

/// Begins the next epoch, with the pending parameters if there are any.
fn begin(s: &mut impl State, close: Close, cx: &Context) {
    let changes = close.changes();
    let Close { number, mut topic, closing, pending, .. } = close;
    topic.epoch = Epoch::new(topic.epoch.get().saturating_add(1));
    topic.last_close = closing.height;
    if changes {
        s.set(number, Pending::default());
        change(&mut topic, pending, cx);
    }
    s.set(number, topic);
}

/// Replaces the parameters. The price has moved by the old ones until now.
fn change(topic: &mut Topic, pending: Pending, cx: &Context) {
    let (old, new) = (topic.params.price, pending.params.price);
    if old != new {
        topic.price = price_now(&old, topic.price, cx.height.since(topic.price_at));
        topic.price_at = cx.height;
    }
    topic.params = pending.params;
}

/// Writes scores and permits.
fn stand(
    s: &mut impl State,
    close: &Close,
    incentives: &[u64],
    dividends: &[u64],
    permits: &[bool],
) {
    let size = usize::from(PAGE);
    let columns = incentives.chunks(size).zip(dividends.chunks(size)).zip(permits.chunks(size));
    let pages = usize::from(close.topic.fresh.div_ceil(PAGE));
    for (page, ((incentives, dividends), permits)) in (0..).zip(columns).take(pages) {
        let scores = incentives.iter().zip(dividends).map(|(&incentive, &dividend)| {
            u32::try_from(incentive.saturating_add(dividend)).unwrap_or(u32::MAX)
        });
        let mut scores: Vec<u32> = scores.collect();
        slots::trim(&mut scores, &0);
        let permits =
            permits.iter().rev().fold(0, |bits: u64, &permit| (bits << 1) | u64::from(permit));
        s.set((close.number, page), Standing { scores, permits });
    }
}

/// The scores that are not nothing, with their uids.
fn nonzero(scores: &[u64]) -> impl Iterator<Item = (u16, u64)> {
    (0..=u16::MAX).zip(scores.iter().copied()).filter(|&(_, score)| score != 0)
}

/// Who holds a slot, and the power behind it now: known, if its power was read in this command.
fn holder(
    scratch: &Scratch,
    s: &impl Get<Slot>,
    p: &impl StakePort,
    (number, uid): (u16, u16),
) -> Result<Option<(AccountId, Power)>, Refusal> {
    let known = scratch.holders.binary_search_by_key(&uid, |&(uid, ..)| uid);
    if let Some(&(_, who, power)) = known.ok().and_then(|at| scratch.holders.get(at)) {
        return Ok(Some((who, power)));
    }
    let Some(who) = s.get((number, uid)).holder else { return Ok(None) };
    Ok(Some((who, p.current_power(who)?)))
}
