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
        split::{Split, split},
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

/// One distribution in parts; they sum to the amount exactly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Divided {
    /// Before scores.
    pub split: Split,
    /// By slot, what each contributor gets; nothing where there is no score.
    pub contributors: Vec<(u16, Amount)>,
    /// By slot, what each validator gets with the power behind it; likewise.
    pub validators: Vec<(u16, Amount)>,
    /// What finds no score: the treasury's.
    pub unscored: Amount,
}

impl Divided {
    /// What goes to contributors and to validators in all.
    pub fn given(&self) -> (Amount, Amount) {
        let of = |parts: &[(u16, Amount)], part| if parts.is_empty() { Amount::ZERO } else { part };
        let Split { contributors, validators, .. } = &self.split;
        (of(&self.contributors, *contributors), of(&self.validators, *validators))
    }
}

/// Divides `amount` by an epoch's scores: fees, the owner's cut where there is an owner, then the
/// contributors' part by incentives and the validators' by dividends, each by largest remainder.
///
/// # Errors
/// `E0001` above [`Amount::MAX`], which an amount in range rules out.
pub fn divided(amount: Amount, d: &Distribution) -> Result<Divided, Refusal> {
    let owner_cut = if d.owner.is_some() { d.owner_cut } else { Fraction::ZERO };
    let split = split(amount, d.callers.len(), d.page_fee, owner_cut, d.contributors);
    let contributors = by_score(split.contributors, &d.incentives);
    let dividends: Vec<(u16, u64)> = d.dividends.iter().map(|d| (d.uid, d.score)).collect();
    let validators = by_score(split.validators, &dividends);
    let mut divided = Divided { split, contributors, validators, unscored: Amount::ZERO };
    let (contributors, validators) = divided.given();
    let all = divided.split.contributors.plus(divided.split.validators)?;
    divided.unscored = all.saturating_minus(contributors.plus(validators)?);
    Ok(divided)
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
    let parts = divided(Amount::new(whole)?, &d)?;
    for (caller, fee) in d.callers.iter().zip(&parts.split.fees) {
        owe(s, *caller, *fee)?;
    }
    if let Some(owner) = d.owner {
        owe(s, owner, parts.split.owner)?;
    }
    let (contributors, validators) = parts.given();
    let mut credits = parts.contributors;
    credits.extend(dividends(s, p, parts.validators, &d.dividends)?);
    credits.sort_unstable_by_key(|(uid, _)| *uid);
    credit(s, d.topic, &credits)?;
    owe(s, ModuleId::Treasury.account(), parts.unscored)?;
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

/// Pays each validator's part: its take (floor) to its slot, the rest to the power behind it.
/// Returns the takes.
fn dividends(
    s: &mut impl State,
    p: &impl StakePort,
    mut parts: Vec<(u16, Amount)>,
    dividends: &[Dividend],
) -> Result<Vec<(u16, Amount)>, Refusal> {
    for (dividend, part) in dividends.iter().zip(&mut parts) {
        let validator: Validator = s.get(dividend.who);
        let take = validator.take.floor_of(part.1);
        let rest = part.1.saturating_minus(take);
        let power = p.current_power(dividend.who)?;
        s.set(dividend.who, delegated(validator, rest, power)?);
        part.1 = take;
    }
    Ok(parts)
}

/// Rewards' event as an effect.
pub(super) fn told(event: Event) -> Effect {
    Effect::Event(effect::Event::Rewards(event))
}

#[cfg(test)]
mod tests {
    use super::delegated;
    use crate::{
        AccountId, Accrued, Command, Fraction, Get, ModuleId, Power,
        rewards::{self, Distribution, Dividend, Owed, Validator, slot_owed},
        staking,
        testing::{Stage, amount, percent, user},
    };
    use proptest::{
        collection::vec,
        prelude::{prop_assert, prop_assert_eq, proptest},
    };

    const NETWORK: AccountId = ModuleId::Network.account();

    fn dividend(uid: u16, score: u64) -> Dividend {
        Dividend { uid, who: user(uid.into()), score }
    }

    fn distribute(stage: &mut Stage, d: Distribution) {
        stage.run(NETWORK, Command::Rewards(rewards::Command::Distribute(d))).unwrap();
        stage.lawful();
    }

    fn owed(stage: &Stage, who: AccountId) -> u128 {
        let owed: Owed = stage.store.get(who);
        owed.amount.units()
    }

    #[test]
    fn the_order_of_splits() {
        let mut stage = Stage::small();
        stage.stake(user(64), 1, 0).unwrap_err();
        stage.stake(user(2), 100, 0).unwrap();
        let set = Command::Rewards(rewards::Command::SetTake { take: percent(10) });
        stage.run(user(2), set).unwrap();
        stage.block(2, 1006);
        // 1,000: fees 7 and 7, owner floor(0.1 * 986) = 98, contributors floor(0.5 * 888) =
        // 444 by 1:1:1 = 148 each, validators 444: take floor(0.1 * 444) = 44.
        let d = Distribution {
            callers: vec![user(0), user(1)],
            page_fee: amount(7),
            owner: Some(user(3)),
            owner_cut: percent(10),
            contributors: percent(50),
            incentives: vec![(0, 5), (63, 5), (64, 5)],
            dividends: vec![dividend(2, 9)],
            ..Distribution::default()
        };
        distribute(&mut stage, d);
        assert_eq!([0, 1, 3].map(|n| owed(&stage, user(n))), [7, 7, 98]);
        let slots = [0, 2, 63, 64].map(|uid| slot_owed(&stage.store, 0, uid).units());
        assert_eq!(slots, [148, 44, 148, 148]);
        let validator: Validator = stage.store.get(user(2));
        assert_eq!(validator.index, Accrued::new(4, 0));
        assert_eq!(owed(&stage, ModuleId::Treasury.account()), 0);
    }

    #[test]
    fn what_finds_no_score_goes_to_the_treasury() {
        let treasury = ModuleId::Treasury.account();
        for (label, incentives, dividends, left) in [
            ("neither", vec![], vec![], 1000),
            ("no contributor", vec![], vec![dividend(2, 1)], 400),
            ("no validator", vec![(0, 1)], vec![], 600),
            ("both", vec![(0, 1)], vec![dividend(2, 1)], 0),
        ] {
            let mut stage = Stage::small();
            stage.stake(user(2), 7, 0).unwrap();
            stage.block(2, 1006);
            let contributors = percent(40);
            let d = Distribution { contributors, incentives, dividends, ..Default::default() };
            distribute(&mut stage, d);
            assert_eq!(owed(&stage, treasury), left, "{label}");
        }
    }

    #[test]
    fn without_an_owner_there_is_no_cut() {
        let mut stage = Stage::small();
        stage.block(2, 1006);
        let (owner_cut, incentives) = (percent(10), vec![(0, 1)]);
        let contributors = Fraction::ONE;
        distribute(
            &mut stage,
            Distribution { owner_cut, contributors, incentives, ..Default::default() },
        );
        assert_eq!(slot_owed(&stage.store, 0, 0), amount(1000));
    }

    #[test]
    fn only_the_network_distributes() {
        let mut stage = Stage::small();
        for who in [user(0), ModuleId::Treasury.account()] {
            let command = rewards::Command::Distribute(Distribution::default());
            assert_eq!(stage.run(who, Command::Rewards(command)), Err(501));
        }
    }

    /// The audit lesson: with zero power the amount waits and joins the next one.
    #[test]
    fn dividends_without_power_behind_them_wait() {
        let mut stage = Stage::small();
        let d = || Distribution { dividends: vec![dividend(2, 1)], ..Default::default() };
        stage.block(2, 1006);
        distribute(&mut stage, d());
        let validator: Validator = stage.store.get(user(2));
        assert_eq!((validator.waiting, validator.index), (amount(1000), Accrued::ZERO));
        stage.block(3, 1012).stake(user(2), 300, 0).unwrap();
        distribute(&mut stage, d());
        stage.run(user(2), Command::Staking(staking::Command::ClaimRewards)).unwrap();
        let told = staking::Event::RewardsClaimed { who: user(2), amount: amount(1999) };
        assert!(stage.told.contains(&crate::Event::Staking(told)));
        stage.lawful();
    }

    proptest! {
        /// The audit lesson of interval floors: however thin a slice is, nothing is lost.
        #[test]
        fn many_thin_slices_give_the_index_of_one_thick_one(
            slices in vec(0u128..1000, 1..50), power in 1u128..1 << 99,
        ) {
            let mut thin = Validator::default();
            for slice in &slices {
                thin = delegated(thin, amount(*slice), Power::new(power)).unwrap();
            }
            let all = amount(slices.iter().sum());
            let thick = delegated(Validator::default(), all, Power::new(power)).unwrap();
            prop_assert_eq!(thin, thick);
        }

        /// Law 16: a distribution never lowers an index.
        #[test]
        fn law_16_an_index_never_falls(steps in vec((0u128..1 << 90, 0u128..1 << 99), 1..20)) {
            let mut validator = Validator::default();
            for (units, power) in steps {
                let after = delegated(validator.clone(), amount(units), Power::new(power)).unwrap();
                prop_assert!(after.index >= validator.index);
                prop_assert!(power == 0 || after.remainder < power);
                validator = Validator { waiting: amount(0), ..after };
            }
        }
    }
}
