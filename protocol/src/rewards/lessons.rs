//! Regression tests for what audits of such contracts found: the stated numbers, end to end.

use crate::{
    Amount, Command, Height, ModuleId,
    laws::owed_to,
    rewards::{self, Distribution, Dividend, Params, Schedule},
    staking,
    testing::{Stage, amount, user},
};

/// One topic, one validator (user 0) who takes nothing, no contributors.
fn stage(per_block: u128, cap: u128) -> Stage {
    let mut stage = Stage::small();
    let schedule =
        Schedule { per_block: amount(per_block), cap: amount(cap), ..Schedule::default() };
    fund(&mut stage, Params { schedule, ..Params::default() });
    stage
}

fn fund(stage: &mut Stage, params: Params) {
    let update = Command::Rewards(rewards::Command::UpdateParams { params });
    stage.run(ModuleId::Treasury.account(), update).unwrap();
}

fn distribute(stage: &mut Stage) {
    let power = staking::current_power(&stage.store, user(0));
    let dividends = vec![Dividend { uid: 0, who: user(0), score: 1, power }];
    let d = Distribution { dividends, ..Distribution::default() };
    let network = ModuleId::Network.account();
    stage.run(network, Command::Rewards(rewards::Command::Distribute(d))).unwrap();
}

fn delegate(stage: &mut Stage, n: u32) {
    let to = Some(user(0));
    stage.run(user(n), Command::Staking(staking::Command::Delegate { to })).unwrap();
}

fn pending(stage: &Stage, n: u32) -> u128 {
    owed_to(&stage.store, user(n)).unwrap().whole()
}

/// Rate 3,000 a block, 100M funded, power 2:1:1, 33,333 blocks, then 1 more funded.
#[test]
fn reward_rate_numbers() {
    let (supply, funded) = (8_000_000, 100_000_000);
    let mut stage = stage(3000, supply + funded);
    for (n, stake) in [(0, 2), (1, 1), (2, 1)] {
        stage.stake(user(n), stake, 0).unwrap();
    }
    for n in [1, 2] {
        delegate(&mut stage, n);
    }
    stage.block(33_334, 200_000);
    distribute(&mut stage);
    let want = [49_999_500, 24_999_750, 24_999_750];
    assert_eq!([0, 1, 2].map(|n| pending(&stage, n)), want);
    let schedule = Schedule {
        per_block: amount(3000),
        cap: amount(supply + funded + 1),
        ..Schedule::default()
    };
    fund(&mut stage, Params { schedule, ..Params::default() });
    distribute(&mut stage);
    assert_eq!([0, 1, 2].map(|n| pending(&stage, n)), want);
}

/// 100 tokens of 600,000 units an hour of 600 blocks; at minute 30 as much power again joins.
#[test]
fn reward_numbers_mid_period() {
    const TOKEN: u128 = 600_000;
    for (label, dust) in [("plain", false), ("dust staked in every block", true)] {
        let mut stage = stage(100_000, 1 << 90);
        stage.stake(user(0), 400_000, 0).unwrap();
        delegate(&mut stage, 1);
        delegate(&mut stage, 2);
        for block in 2..=601 {
            stage.block(block, 1000 + 6 * block);
            distribute(&mut stage);
            if dust {
                stage.stake(user(2), 1, 0).unwrap();
            }
            if block == 301 {
                stage.stake(user(1), 400_000, 0).unwrap();
            }
        }
        let all: u128 = [0, 1, 2].map(|n| pending(&stage, n)).iter().sum();
        assert!(all <= 100 * TOKEN && all + 3 >= 100 * TOKEN, "{label}: {all}");
        for (n, tokens) in [(0, 75), (1, 25)] {
            let off = (tokens * TOKEN).abs_diff(pending(&stage, n));
            assert!(off <= if dust { TOKEN / 10 } else { 1 }, "{label}: {n} is off by {off}");
        }
        stage.lawful();
    }
}

/// A touch in each block leaves the stream as one touch at the end does.
#[test]
fn interval_keeps_remainder() {
    let run = |touches: u64| {
        let mut stage = stage(1, 1 << 90);
        let allocate =
            |topic, weight| Command::Rewards(rewards::Command::Allocate { topic, weight });
        let treasury = ModuleId::Treasury.account();
        stage.run(treasury, allocate(0, u64::MAX)).unwrap();
        for step in 1..=touches {
            let height = 1 + 600 * step / touches;
            stage.block(height, 1000 + 6 * height).run(treasury, allocate(0, u64::MAX)).unwrap();
        }
        stage.store
    };
    assert_eq!(run(1), run(600));
}

/// Law 17: settlement multiplies by the power that the index was divided by, so that stake of
/// the distribution's own block counts in both or in neither.
#[test]
fn law_17_index_and_power_at_one_height() {
    for (label, before) in [("before the distribution", true), ("after it", false)] {
        let mut stage = stage(1000, 1 << 90);
        stage.stake(user(0), 300, 0).unwrap();
        stage.block(2, 1006);
        if before {
            stage.stake(user(0), 700, 0).unwrap();
        }
        distribute(&mut stage);
        if !before {
            stage.stake(user(0), 700, 0).unwrap();
        }
        assert!(pending(&stage, 0) >= 999, "{label}");
        stage.lawful();
    }
}

/// Law 19: claiming in each epoch or once at the end pays the same within a unit.
#[test]
fn law_19_claim_order_and_frequency() {
    let run = |often: bool| {
        let mut stage = stage(1001, 1 << 90);
        for (n, stake) in [(0, 311), (1, 177), (2, 64)] {
            stage.stake(user(n), stake, 0).unwrap();
        }
        delegate(&mut stage, 1);
        delegate(&mut stage, 2);
        for block in 2..40 {
            stage.block(block, 1000 + 6 * block);
            distribute(&mut stage);
            if often || block == 39 {
                let order = if block % 2 == 0 { [0, 1, 2] } else { [2, 1, 0] };
                for n in order {
                    let claim = Command::Staking(staking::Command::ClaimRewards);
                    stage.run(user(n), claim).unwrap();
                }
            }
        }
        stage.lawful();
        [0, 1, 2].map(|n| {
            let balance: crate::token::Balance = crate::Get::get(&stage.store, user(n));
            balance.amount.units()
        })
    };
    for (often, once) in run(true).into_iter().zip(run(false)) {
        assert!(often.abs_diff(once) <= 1);
    }
}

/// Law 20, for delegators: stake split over accounts earns what it earns in one, within dust.
#[test]
fn law_20_split_stake_earns_as_much() {
    let earned = |stakes: [u128; 2]| {
        let mut stage = stage(997, 1 << 90);
        stage.stake(user(0), 1000, 0).unwrap();
        for (n, stake) in [1, 2].into_iter().zip(stakes) {
            if stake > 0 {
                stage.stake(user(n), stake, 0).unwrap();
                delegate(&mut stage, n);
            }
        }
        for block in 2..30 {
            stage.block(block, 1000 + 6 * block);
            distribute(&mut stage);
        }
        pending(&stage, 1) + pending(&stage, 2)
    };
    assert!(earned([900, 0]).abs_diff(earned([500, 400])) <= 1);
}

/// A donation of tokens to a module changes nobody's power, index or claim.
#[test]
fn live_balance_is_no_share() {
    let mut stage = stage(1000, 1 << 90);
    stage.stake(user(0), 500, 0).unwrap();
    stage.block(2, 1006);
    distribute(&mut stage);
    let (power, owed) = (staking::current_power(&stage.store, user(0)), pending(&stage, 0));
    for module in [ModuleId::Staking, ModuleId::Rewards] {
        let (to, amount) = (module.account(), amount(400_000));
        let gift = Command::Token(crate::token::Command::Transfer { to, amount });
        stage.run(user(5), gift).unwrap();
    }
    distribute(&mut stage);
    assert_eq!(staking::current_power(&stage.store, user(0)), power);
    assert_eq!(pending(&stage, 0), owed);
    let total = staking::power_at(&stage.store, None, Height::new(3));
    assert_eq!(total.units(), 500);
    stage.lawful();
    let mut rich = stage.clone();
    rich.block(9, 2000).run(user(0), Command::Staking(staking::Command::ClaimRewards)).unwrap();
    let balance: crate::token::Balance = crate::Get::get(&rich.store, ModuleId::Rewards.account());
    assert_eq!(balance.amount, Amount::saturating(400_000));
}
