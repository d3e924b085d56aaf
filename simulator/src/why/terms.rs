//! From what was kept of a close to every term.

use protocol::rewards::{self, Accrual, Divided, accrual, divided, settled};
use protocol::{AccountId, Accrued, Amount, Get, laws, mul_div_floor, staking};

use super::listen::{Before, Kept};
use super::{Account, Answer, ContributorPay, Emitted, Part, PowerPay, Shared, ValidatorPay};
use crate::run::Season;

/// The answer; `None` where what was kept contradicts itself.
pub(super) fn answer(
    season: &Season<'_>,
    member: usize,
    topic: u16,
    epoch: u64,
    kept: Kept,
) -> Option<Answer> {
    let scenario = season.scenario();
    let who = season.roster().members.get(member)?;
    let group = scenario.populations.get(who.group)?;
    let (before, distribution) = (&kept.before, &kept.distribution);
    let height = season.state().height();
    let emission = emitted(before, height)?;
    let parts = divided(emission.whole, distribution).ok()?;
    let names = |account: &AccountId| season.roster().name_of(*account);
    let slot = before.slot;
    Some(Answer {
        name: who.name.clone(),
        population: group.name.clone(),
        behaviour: group.behaviour.name(),
        epoch,
        topic: scenario.topics.get(usize::from(topic))?.name.clone(),
        height,
        slot,
        holders: before.holders.iter().map(|holder| holder.as_ref().map(names)).collect(),
        mechanism: kept.mechanism,
        permits: kept.epoch.input().permits.iter().filter(|permit| **permit).count(),
        emission,
        contributor: slot.and_then(|slot| contributor(&kept, &parts, slot)),
        validator: slot.and_then(|slot| validator(season, who.account, &kept, &parts, slot)),
        synthesis: match slot {
            Some(slot) => kept.mechanism.explain_synthesis(&kept.epoch.input(), slot).ok()?,
            None => None,
        },
        power: power(season, before, &kept),
        owner: distribution.owner.filter(|owner| *owner == who.account).map(|_| parts.split.owner),
        account: account(season, member, who.account, topic, slot)?,
        divided: parts,
        distribution: kept.distribution,
    })
}

/// What the topic had to distribute, by the rulebook's own steps.
fn emitted(before: &Before, height: protocol::Height) -> Option<Emitted> {
    let Accrual { minted, treasury, emission } =
        accrual(&before.params, before.emission.clone(), height).ok()?;
    let pot = settled(before.pot.clone(), emission.index).ok()?;
    let (whole, kept) = pot.owed.take_whole();
    Some(Emitted {
        minted,
        treasury,
        weight: before.pot.weight,
        weights: emission.weight,
        carried: before.pot.owed,
        accrued: pot.owed.since(before.pot.owed),
        whole: Amount::new(whole).ok()?,
        kept,
    })
}

/// A slot's part of an amount by scores.
fn part(of: Amount, scores: &[(u16, u64)], paid: &[(u16, Amount)], slot: u16) -> Part {
    let sum: u128 = scores.iter().map(|(_, score)| u128::from(*score)).sum();
    let score = scores.iter().find(|(uid, _)| *uid == slot).map_or(0, |(_, score)| *score);
    let floor = mul_div_floor(of.units(), score.into(), sum).map_or(0, |(floor, _)| floor);
    let paid = paid.iter().find(|(uid, _)| *uid == slot).map_or(0, |(_, paid)| paid.units());
    Part { of, score, scores: sum, floor: Amount::saturating(floor), unit: paid > floor }
}

fn contributor(kept: &Kept, parts: &Divided, slot: u16) -> Option<ContributorPay> {
    let trace = kept.mechanism.explain_contributor(&kept.epoch.input(), slot).ok()?;
    let (contributors, _) = parts.given();
    let part = part(contributors, &kept.distribution.incentives, &parts.contributors, slot);
    (!trace.votes.is_empty() || part.score > 0).then_some(ContributorPay { trace, part })
}

fn validator(
    season: &Season<'_>,
    who: AccountId,
    kept: &Kept,
    parts: &Divided,
    slot: u16,
) -> Option<ValidatorPay> {
    let trace = kept.mechanism.explain_validator(&kept.epoch.input(), slot).ok()?;
    let (_, validators) = parts.given();
    let scores: Vec<(u16, u64)> =
        kept.distribution.dividends.iter().map(|dividend| (dividend.uid, dividend.score)).collect();
    let part = part(validators, &scores, &parts.validators, slot);
    if trace.holdings.is_empty() && trace.active_stake == 0 && part.score == 0 {
        return None;
    }
    let (old, new) = (&kept.before.own, &kept.own);
    let taken = old.take.floor_of(part.paid());
    let shared = Shared {
        amount: part.paid().saturating_minus(taken),
        waiting: old.waiting,
        power: staking::current_power(season.state(), who),
        growth: new.index.since(old.index),
        remainder_before: old.remainder,
        remainder_after: new.remainder,
    };
    Some(ValidatorPay { trace, part, take: old.take, taken, shared })
}

fn power(season: &Season<'_>, before: &Before, kept: &Kept) -> Option<PowerPay> {
    let power = before.standing.power;
    let growth = kept.behind.since(before.behind);
    (!power.is_zero()).then_some(PowerPay {
        validator: season.roster().name_of(before.validator),
        lent: before.standing.delegate.is_some(),
        power,
        growth,
        earned: growth.times(power.units())?,
    })
}

fn account(
    season: &Season<'_>,
    member: usize,
    who: AccountId,
    topic: u16,
    slot: Option<u16>,
) -> Option<Account> {
    let world = season.state();
    let owed: rewards::Owed = world.get(who);
    Some(Account {
        claimed: season.ledger().claimed.get(member).copied()?,
        on_slot: slot.map_or(Amount::ZERO, |slot| rewards::slot_owed(world, topic, slot)),
        on_account: owed.amount,
        on_power: laws::owed_to(world, who).unwrap_or(Accrued::ZERO),
    })
}
