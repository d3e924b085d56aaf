//! From what was kept of a close to every term.

use protocol::rewards::{self, Accrual, Divided, accrual, divided, settled};
use protocol::{AccountId, Accrued, Amount, Get, laws, mul_div_floor, staking};

use super::listen::{Before, Kept};
use super::{Account, Answer, ContributorPay, Emitted, Part, PowerPay, Shared, ValidatorPay};
use crate::native::World;

/// Whom an answer is about, and the state after the close.
pub(super) struct Scene<'a> {
    pub(super) world: &'a World,
    pub(super) names: &'a dyn Fn(AccountId) -> String,
    pub(super) who: AccountId,
    pub(super) population: String,
    pub(super) behaviour: &'static str,
    pub(super) topic: (u16, String),
    /// What it has claimed so far.
    pub(super) claimed: u128,
}

/// The answer; `None` where what was kept contradicts itself.
pub(super) fn answer(scene: Scene<'_>, epoch: u64, kept: Kept) -> Option<Answer> {
    let who = scene.who;
    let (before, distribution) = (&kept.before, &kept.distribution);
    let height = scene.world.height();
    let emission = emitted(before, height)?;
    let parts = divided(emission.whole, distribution).ok()?;
    let names = |account: &AccountId| (scene.names)(*account);
    let slot = before.slot;
    Some(Answer {
        name: names(&who),
        epoch,
        height,
        slot,
        holders: before.holders.iter().map(|holder| holder.as_ref().map(names)).collect(),
        mechanism: kept.mechanism,
        permits: kept.epoch.input().permits.iter().filter(|permit| **permit).count(),
        emission,
        contributor: slot.and_then(|slot| contributor(&kept, &parts, slot)),
        validator: slot.and_then(|slot| validator(scene.world, who, &kept, &parts, slot)),
        synthesis: match slot {
            Some(slot) => kept.mechanism.explain_synthesis(&kept.epoch.input(), slot).ok()?,
            None => None,
        },
        power: power(&scene, before, &kept),
        owner: distribution.owner.filter(|owner| *owner == who).map(|_| parts.split.owner),
        account: account(&scene, slot),
        divided: parts,
        distribution: kept.distribution,
        population: scene.population,
        behaviour: scene.behaviour,
        topic: scene.topic.1,
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
    world: &World,
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
        power: staking::current_power(world, who),
        growth: new.index.since(old.index),
        remainder_before: old.remainder,
        remainder_after: new.remainder,
    };
    Some(ValidatorPay { trace, part, take: old.take, taken, shared })
}

fn power(scene: &Scene<'_>, before: &Before, kept: &Kept) -> Option<PowerPay> {
    let power = before.standing.power;
    let growth = kept.behind.since(before.behind);
    (!power.is_zero()).then_some(PowerPay {
        validator: (scene.names)(before.validator),
        lent: before.standing.delegate.is_some(),
        power,
        growth,
        earned: growth.times(power.units())?,
    })
}

fn account(scene: &Scene<'_>, slot: Option<u16>) -> Account {
    let Scene { world, who, topic: (topic, _), claimed, .. } = scene;
    let owed: rewards::Owed = world.get(*who);
    Account {
        claimed: *claimed,
        on_slot: slot.map_or(Amount::ZERO, |slot| rewards::slot_owed(*world, *topic, slot)),
        on_account: owed.amount,
        on_power: laws::owed_to(*world, *who).unwrap_or(Accrued::ZERO),
    }
}
