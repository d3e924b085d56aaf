//! Where a sequence begins: small worlds that differ in what is staked, emitted and scored.

use crate::{
    bylaws,
    campaigns::list,
    step::USERS,
    wild::{self, PRICE, percent, tier},
};
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use protocol::{
    AccountId, Amount, FIRST_USER, Fraction, Height, ModuleId, Power, Timestamp,
    network::{self, Electorate, Scoring, TopicGenesis, TopicParams, YumaVariant},
    rewards::{self, Airdrop, Curve, Grant, Schedule},
    staking::{self, Asset, Slashed},
    token,
};
use simulator::{engine::Genesis, native::Accounts};

/// Tokens that each user begins with.
pub(crate) const PURSE: u128 = 1_000_000;
/// The block and second of genesis.
pub(crate) const BEGIN: (u64, u64) = (10, 1_000);

/// The guardian, where there is one.
pub(crate) const GUARDIAN: AccountId = user(4);

/// The `n`th user.
pub(crate) const fn user(n: u32) -> AccountId {
    AccountId::from_handle(FIRST_USER + n)
}

/// An amount in range.
pub(crate) fn amount(units: u128) -> Amount {
    Amount::saturating(units)
}

/// What is tried again and again beside the steps, because chance alone seldom gets there.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Habit {
    /// Nothing.
    None,
    /// User 0 unstakes single units until no more unbondings may be open.
    Dribble,
    /// The authority subscribes one account after the other.
    Subscribe,
    /// The authority meddles with topics, also while their epochs are being closed.
    Meddle,
    /// Token holders propose, vote, queue, execute and settle.
    Assemble,
}

/// What differs from world to world.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// What is tried beside the steps.
    pub(crate) habit: Habit,
    /// Whether token holders govern, and ordinary proposals pass unless objected to.
    governed: Option<bool>,
    asset: Asset,
    slashed: Slashed,
    curve: Curve,
    tail: bool,
    /// Room for emission; small ones end early.
    room: u128,
    /// A token whose cap is below the schedule's, by mistake.
    tight: bool,
    treasury_cut: u32,
    take_all: bool,
    scoring: Scoring,
    slots: u16,
    weights: (u64, u64),
}

fn curve() -> impl Strategy<Value = Curve> {
    prop_oneof![
        Just(Curve::Constant),
        (5u64..50).prop_map(|interval| Curve::HalvingByInterval { interval }),
        Just(Curve::HalvingBySupply),
        (0u32..99, 5u64..50).prop_map(|(ratio, interval)| Curve::ExponentialDecay {
            ratio: percent(ratio),
            interval
        }),
    ]
}

/// Any small world.
pub(crate) fn plan() -> impl Strategy<Value = Plan> {
    let asset = prop_oneof![3 => Just(Asset::Token), 1 => Just(Asset::Native)];
    let slashed = prop_oneof![Just(Slashed::Burned), Just(Slashed::ToTreasury)];
    let room = prop_oneof![Just(20_000), Just(3_000_000), Just(1 << 90)];
    let scoring = prop_oneof![
        Just(Scoring::Mean),
        Just(wild::metered(900_000, 40_000)),
        Just(wild::yuma(900_000, YumaVariant::Classic)),
        Just(wild::yuma(900_000, YumaVariant::Yuma3 { liquid: None })),
    ];
    let money = (curve(), any::<bool>(), room, proptest::bool::weighted(0.1), 0u32..40);
    let weights = (0u64..4, prop_oneof![Just(0), Just(1), Just(u64::MAX)]);
    let habit = prop_oneof![
        3 => Just(Habit::None),
        1 => Just(Habit::Dribble),
        1 => Just(Habit::Subscribe),
        1 => Just(Habit::Meddle),
        3 => Just(Habit::Assemble),
    ];
    let governed = proptest::option::weighted(0.3, proptest::bool::weighted(0.2));
    let habit = (habit, governed);
    (asset, slashed, money, any::<bool>(), scoring, 1u16..6, weights, habit).prop_map(
        |(asset, slashed, money, take_all, scoring, slots, weights, habit)| {
            let (curve, tail, room, tight, treasury_cut) = money;
            let (habit, governed) = habit;
            let governed = match habit {
                Habit::Assemble => governed.or(Some(false)),
                _ => governed,
            };
            Plan {
                habit,
                governed,
                asset,
                slashed,
                curve,
                tail,
                room,
                tight,
                treasury_cut,
                take_all,
                scoring,
                slots,
                weights,
            }
        },
    )
}

impl Plan {
    /// The first state.
    pub(crate) fn genesis(&self) -> Genesis {
        let mut holders: Vec<AccountId> = (0..USERS - 2).map(user).collect();
        if self.governed.is_some() {
            holders.push(ModuleId::Treasury.account());
        }
        let supply = PURSE * holders.len() as u128;
        let purses: Vec<_> = holders.into_iter().map(|who| (who, amount(PURSE))).collect();
        let schedule_cap = supply + GRANTED + DROPPED + self.room;
        let token_cap = if self.tight { supply + 2_000 } else { schedule_cap };
        let weights = vec![self.weights.0, self.weights.1];
        let accounts: Vec<String> = (0..USERS).map(|n| format!("user {n}")).collect();
        let airdrops = vec![airdrop(&accounts)];
        Genesis {
            accounts,
            height: Height::new(BEGIN.0),
            time: Timestamp::new(BEGIN.1),
            native: purses.clone(),
            token: token::Genesis {
                balances: purses,
                minter: Some(ModuleId::Rewards.account()),
                cap: amount(token_cap),
            },
            staking: self.staking(),
            network: network::Genesis {
                topics: vec![self.topic(self.slots, true), self.topic(self.slots + 2, false)],
                start: Height::new(BEGIN.0),
            },
            rewards: rewards::Genesis {
                params: self.rewards(schedule_cap),
                supply: amount(supply),
                start: Height::new(BEGIN.0),
                weights,
                grants: grants(),
                airdrops,
            },
            governance: self.governed.map(|optimistic| bylaws::sound(BEGIN.1, optimistic)),
        }
    }

    fn staking(&self) -> staking::Params {
        staking::Params {
            asset: self.asset,
            // Whoever votes stays exposed until the longest track is over.
            tiers: match self.governed {
                None => vec![tier(50, 10), tier(200, 15), tier(800, 40)],
                Some(_) => vec![tier(640, 10), tier(700, 15), tier(1_500, 40)],
            },
            max_stake: amount(PURSE * 6),
            unit: 1_000,
            bounty: percent(7),
            slashed: self.slashed,
        }
    }

    fn rewards(&self, cap: u128) -> rewards::Params {
        let tail = if self.tail { 17 } else { 0 };
        let schedule = Schedule {
            per_block: amount(997),
            curve: self.curve,
            tail: amount(tail),
            cap: amount(cap),
        };
        rewards::Params { schedule, treasury_cut: percent(self.treasury_cut) }
    }

    fn topic(&self, slots: u16, owned: bool) -> TopicGenesis {
        let params = TopicParams {
            owner: owned.then(|| user(1)),
            electorate: Electorate {
                max_validators: 3,
                activity_cutoff: 60,
                stake_threshold: Power::new(10),
            },
            scoring: self.scoring,
            tempo: 6,
            slots,
            immunity: 20,
            price: PRICE,
            owner_cut: percent(9),
            contributors: if self.take_all { Fraction::ZERO } else { percent(41) },
            page_fee: amount(3),
        };
        TopicGenesis { params, holders: (0..u32::from(slots) / 2).map(user).collect() }
    }
}

/// What the airdrop promises: the one leaf of its list.
const DROPPED: u128 = 100;

/// The list of campaign 0, round 0: claims are open for 500 seconds.
fn airdrop(accounts: &[String]) -> Airdrop {
    let names = Accounts::of(accounts.iter().map(String::as_str));
    let (from, until) = (Timestamp::new(BEGIN.1 + 20), Timestamp::new(BEGIN.1 + 520));
    list(&names, 0, 0).airdrop(amount(DROPPED), from, until)
}

/// The sum of [`grants`].
const GRANTED: u128 = 7_001 + 5_000 + 1;

fn grants() -> Vec<(AccountId, Grant)> {
    let grant = |total, cliff, end| Grant {
        total: amount(total),
        start: Timestamp::new(BEGIN.1),
        cliff: Timestamp::new(cliff),
        end: Timestamp::new(end),
        claimed: Amount::ZERO,
    };
    vec![
        (user(8), grant(7_001, 1_500, 4_000)),
        (user(9), grant(5_000, 1_000, 9_000)),
        (user(8), grant(1, 1_000, 1_001)),
    ]
}
