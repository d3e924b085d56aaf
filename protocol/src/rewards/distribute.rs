//! Splitting an epoch's emission, in the stated order.

use crate::{
    account::ModuleId,
    context::Context,
    effect::{self, Effect},
    refusal::{Refusal, ensure},
    rewards::{
        Distribution, Event, Pot, State,
        accrue::{accrue, owe, settled},
        reasons::NOT_NETWORK,
        slots::credit,
        split::{Split, split},
    },
    units::{Amount, Fraction},
};
use scoring_kernel::largest_remainder;

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
/// What finds no score goes to the treasury. Of each validator's dividend its take (floor) goes
/// to its slot, the rest to the power behind it now.
pub(super) fn distribute(
    s: &mut impl State,
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
    let dividends = d.dividends.iter().zip(&parts.validators);
    let dividends: Vec<_> = dividends.map(|(one, (_, part))| (*one, *part)).collect();
    credit(s, d.topic, &parts.contributors, &dividends)?;
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

/// Rewards' event as an effect.
pub(super) fn told(event: Event) -> Effect {
    Effect::Event(effect::Event::Rewards(event))
}

#[cfg(test)]
mod tests {
    use crate::{
        AccountId, Accrued, Command, Fraction, Get, ModuleId, Power,
        rewards::{
            self, Distribution, Dividend, Owed, Share, SlotOwed, Validator, delegated, slot_owed,
        },
        staking,
        testing::{Stage, amount, percent, user},
    };
    use proptest::{
        collection::vec,
        prelude::{prop_assert, prop_assert_eq, proptest},
    };

    const NETWORK: AccountId = ModuleId::Network.account();

    fn dividend(uid: u16, score: u64) -> Dividend {
        Dividend { uid, who: user(uid.into()), score, power: Power::ZERO }
    }

    /// With the power that is behind each validator.
    fn distribute(stage: &mut Stage, mut d: Distribution) {
        for one in &mut d.dividends {
            one.power = staking::current_power(&stage.store, one.who);
        }
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
        assert_eq!(rewards::reward_index(&stage.store, user(2)), Accrued::new(4, 0));
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
        let page: SlotOwed = stage.store.get((0, 0));
        assert_eq!((page.shares[0].waiting, page.shares[0].index), (amount(1000), Accrued::ZERO));
        stage.block(3, 1012).stake(user(2), 300, 0).unwrap();
        distribute(&mut stage, d());
        stage.run(user(2), Command::Staking(staking::Command::ClaimRewards)).unwrap();
        let told = staking::Event::RewardsClaimed { who: user(2), amount: amount(1999) };
        assert!(stage.told.contains(&crate::Event::Staking(told)));
        stage.lawful();
    }

    #[test]
    fn what_a_validator_could_not_share_moves_with_it() {
        let mut stage = Stage::small();
        stage.seat(0, 2, user(2));
        let d = |uid| {
            let dividends = vec![Dividend { who: user(2), ..dividend(uid, 1) }];
            Distribution { dividends, ..Default::default() }
        };
        stage.block(2, 1006);
        distribute(&mut stage, d(2));
        stage.block(3, 1012).stake(user(2), 300, 0).unwrap();
        distribute(&mut stage, d(2));
        let before = rewards::reward_index(&stage.store, user(2));
        let vacate = rewards::Command::Vacate { topic: 0, uid: 2, who: user(2) };
        stage.run(NETWORK, Command::Rewards(vacate)).unwrap();
        stage.lawful();
        let left: Validator = stage.store.get(user(2));
        assert_eq!((left.index, left.slots.len()), (before, 0));
        assert_eq!(rewards::reward_index(&stage.store, user(2)), before);
        assert!(left.remainder > 0);
        stage.block(4, 1018);
        distribute(&mut stage, d(70));
        let moved: Validator = stage.store.get(user(2));
        assert_eq!((moved.remainder, moved.slots), (0, vec![(0, 70)]));
    }

    proptest! {
        /// The audit lesson of interval floors: however thin a slice is, nothing is lost.
        #[test]
        fn many_thin_slices_give_the_index_of_one_thick_one(
            slices in vec(0u128..1000, 1..50), power in 1u128..1 << 99,
        ) {
            let mut thin = Share::default();
            for slice in &slices {
                thin = delegated(thin, amount(*slice), Power::new(power)).unwrap();
            }
            let all = amount(slices.iter().sum());
            let thick = delegated(Share::default(), all, Power::new(power)).unwrap();
            prop_assert_eq!(thin, thick);
        }

        /// Law 16: a distribution never lowers an index.
        #[test]
        fn law_16_an_index_never_falls(steps in vec((0u128..1 << 90, 0u128..1 << 99), 1..20)) {
            let mut share = Share::default();
            for (units, power) in steps {
                let after = delegated(share, amount(units), Power::new(power)).unwrap();
                prop_assert!(after.index >= share.index);
                prop_assert!(power == 0 || after.remainder < power);
                share = Share { waiting: amount(0), ..after };
            }
        }
    }
}
