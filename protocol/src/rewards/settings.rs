//! What validators, the network and the authority set: takes, weights, parameters.

use crate::{
    account::ModuleId,
    context::Context,
    effect::Effect,
    refusal::{NOT_AUTHORISED, Refusal, ensure},
    rewards::{
        Emission, Event, MAX_TAKE, PAGE, Params, Pot, SlotOwed, State, Validator,
        accrue::{accrue, settled},
        distribute::told,
        reasons::TAKE_TOO_HIGH,
    },
    units::Fraction,
};

/// Sets the part of dividends that the sender keeps as a validator, from the next
/// distribution on. Anyone, for itself.
pub(super) fn set_take(
    s: &mut impl State,
    cx: &Context,
    take: Fraction,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    let who = cx.sender;
    ensure(take.parts() <= MAX_TAKE, &TAKE_TOO_HIGH, take.parts(), MAX_TAKE)?;
    let validator = Validator { take, ..s.get(who) };
    for (topic, uid) in &validator.slots {
        let at = (*topic, *uid / PAGE);
        let mut page: SlotOwed = s.get(at);
        page.set_take(*uid, take);
        s.set(at, page);
    }
    s.set(who, validator);
    fx.push(told(Event::TakeSet { who, take }));
    Ok(())
}

/// Sets a topic's allocation weight; what the old one earned is settled first. The network or
/// the authority only.
pub(super) fn allocate(
    s: &mut impl State,
    cx: &Context,
    topic: u16,
    weight: u64,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    let by = cx.sender.module();
    let allowed = matches!(by, Some(ModuleId::Network | ModuleId::Treasury));
    ensure(allowed, &NOT_AUTHORISED, 0u128, 0u128)?;
    let emission = accrue(s, cx.height)?;
    let pot: Pot = settled(s.get(topic), emission.index)?;
    let others = emission.weight.saturating_sub(u128::from(pot.weight));
    s.set((), Emission { weight: others + u128::from(weight), ..emission });
    s.set(topic, Pot { weight, ..pot });
    fx.push(told(Event::Allocated { topic, weight }));
    Ok(())
}

/// Replaces the parameters; what the old ones emitted is accrued first. The authority only.
///
/// The schedule keeps its origin: intervals are still counted from where they began.
pub(super) fn update_params(
    s: &mut impl State,
    cx: &Context,
    params: Params,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    ensure(cx.sender == ModuleId::Treasury.account(), &NOT_AUTHORISED, 0u128, 0u128)?;
    let emission = accrue(s, cx.height)?;
    if let Some(violation) = params.violations(emission.issued.units()).first() {
        return Err(*violation);
    }
    s.set((), params);
    fx.push(told(Event::ParamsUpdated {}));
    Ok(())
}

impl Params {
    /// What is wrong with the parameters where `issued` exists already, all of it.
    pub fn violations(&self, issued: u128) -> Vec<Refusal> {
        // A treasury's cut is a fraction of one by its type.
        self.schedule.violations(issued)
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        Command, Get, ModuleId,
        rewards::{self, Curve, Emission, MAX_TAKE, Owed, Params, Pot, Schedule},
        testing::{Stage, amount, percent, user},
    };

    fn run(stage: &mut Stage, who: ModuleId, command: rewards::Command) -> Result<(), u16> {
        let outcome = stage.run(who.account(), Command::Rewards(command));
        stage.lawful();
        outcome
    }

    fn pot(stage: &Stage, topic: u16) -> u128 {
        let (pot, emission): (Pot, Emission) = (stage.store.get(topic), stage.store.get(()));
        rewards::settled(pot, emission.index).unwrap().owed.whole()
    }

    #[test]
    fn a_new_weight_counts_from_its_block_on() {
        let mut stage = Stage::small();
        let allocate = |topic, weight| rewards::Command::Allocate { topic, weight };
        stage.block(11, 1060);
        run(&mut stage, ModuleId::Network, allocate(1, 4)).unwrap();
        assert_eq!((pot(&stage, 0), pot(&stage, 1)), (10_000, 0));
        stage.block(21, 1120);
        run(&mut stage, ModuleId::Treasury, allocate(0, 0)).unwrap();
        assert_eq!((pot(&stage, 0), pot(&stage, 1)), (12_000, 8_000));
        stage.block(31, 1180);
        run(&mut stage, ModuleId::Treasury, allocate(1, 0)).unwrap();
        assert_eq!((pot(&stage, 0), pot(&stage, 1)), (12_000, 18_000));
        assert_eq!(run(&mut stage, ModuleId::Governor, allocate(1, 1)), Err(3));
        // No topic: all of it to the treasury.
        stage.block(41, 1240);
        run(&mut stage, ModuleId::Treasury, allocate(1, 1)).unwrap();
        let treasury: Owed = stage.store.get(ModuleId::Treasury.account());
        assert_eq!(treasury.amount, amount(10_000));
    }

    /// The audit lesson: what the old parameters emitted is accrued before they change, also
    /// after the cap was reached.
    #[test]
    fn parameters_change_after_accruing() {
        let mut stage = Stage::small();
        let params = |per_block, cap| {
            let schedule =
                Schedule { per_block: amount(per_block), cap: amount(cap), ..Schedule::default() };
            rewards::Command::UpdateParams {
                params: Params { schedule, treasury_cut: percent(10) },
            }
        };
        stage.block(11, 1060);
        run(&mut stage, ModuleId::Treasury, params(500, 8_010_700)).unwrap();
        assert_eq!(pot(&stage, 0), 10_000);
        // 500 and 200: the cap is reached, and long past when it is raised.
        stage.block(1000, 7000);
        run(&mut stage, ModuleId::Treasury, params(500, 9_000_000)).unwrap();
        assert_eq!(pot(&stage, 0), 10_630);
        stage.block(1001, 7006);
        assert_eq!(run(&mut stage, ModuleId::Treasury, params(500, 8_010_700)), Err(513));
        run(&mut stage, ModuleId::Treasury, params(500, 8_011_200)).unwrap();
        assert_eq!(pot(&stage, 0), 11_080);
        assert_eq!(run(&mut stage, ModuleId::Governor, params(1, 9_000_000)), Err(3));
    }

    #[test]
    fn a_new_schedule_keeps_the_origin_of_its_intervals() {
        let mut stage = Stage::small();
        let schedule = Schedule {
            per_block: amount(1000),
            curve: Curve::HalvingByInterval { interval: 10 },
            tail: amount(0),
            cap: amount(1 << 90),
        };
        let params = Params { schedule, ..Params::default() };
        stage.block(16, 1090);
        run(&mut stage, ModuleId::Treasury, rewards::Command::UpdateParams { params }).unwrap();
        stage.block(31, 1180);
        run(&mut stage, ModuleId::Treasury, rewards::Command::Allocate { topic: 0, weight: 1 })
            .unwrap();
        // 15 blocks of the constant, then 5 at a half and 10 at a quarter.
        assert_eq!(pot(&stage, 0), 15_000 + 2_500 + 2_500);
    }

    #[test]
    fn a_take_is_at_most_one_half() {
        let mut stage = Stage::small();
        let set = |parts| {
            let take = crate::Fraction::from_parts(parts).unwrap();
            Command::Rewards(rewards::Command::SetTake { take })
        };
        assert_eq!(stage.run(user(0), set(MAX_TAKE + 1)), Err(507));
        stage.run(user(0), set(MAX_TAKE)).unwrap();
        assert_eq!(stage.run_with(user(0), set(0), 1), Err(5));
    }
}
