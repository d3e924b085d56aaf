//! A network in code, for tests, benchmarks and examples.

use protocol::{Amount, Fraction, Power, Timestamp, network, rewards, staking};

use super::{
    Behaviour, Clock, Drift, Emission, Places, Population, QualitySpread, Role, Scenario, Spread,
    Staking, Token, Topic, TraceOptions,
};
use crate::random::Fixed;

/// One token in base units.
const TOKEN: u128 = 1_000_000_000;
/// Seconds in a day.
const DAY: u64 = 86_400;

impl Scenario {
    /// A topic with so many honest validators, who weigh with 10 % error, and so many
    /// contributors of quality 0.1 to 1: classic Yuma, a close every 100 blocks of 6 seconds,
    /// one token a block, no claims.
    pub fn sample(validators: u16, contributors: u16, epochs: u64) -> Self {
        Self {
            name: String::from("sample"),
            title: String::from("A small topic"),
            question: String::from("Does pay follow quality?"),
            assumptions: vec![String::from("Errors of estimates are independent.")],
            expected: String::from("It does."),
            limits: Vec::new(),
            seed: 1,
            seeds: 1,
            epochs,
            clock: Clock {
                genesis: Timestamp::new(1_750_000_000),
                interval: 6,
                jitter: 2,
                halts: Vec::new(),
            },
            token: Token { symbol: String::from("MOOT"), decimals: 9 },
            staking: Staking { params: staking_params() },
            emission: Emission { params: emission_params() },
            topics: vec![topic(validators, contributors)],
            populations: vec![
                people("validators", Role::Validator, validators),
                people("contributors", Role::Contributor, contributors),
            ],
            governance: None,
            market: None,
            events: Vec::new(),
            gates: Vec::new(),
            compared_with_honest: false,
            snapshot: None,
            trace: TraceOptions { every: 1, agents: false },
        }
    }
}

fn tokens(count: u128) -> Amount {
    Amount::saturating(count * TOKEN)
}

fn percent(percent: u32) -> Fraction {
    Fraction::from_parts(percent * (Fraction::WHOLE / 100)).unwrap_or(Fraction::ONE)
}

fn staking_params() -> staking::Params {
    staking::Params {
        asset: staking::Asset::Token,
        tiers: vec![staking::Tier { notice: 21 * DAY, multiplier: staking::MULTIPLIER_ONE }],
        unit: 1_000_000,
        max_stake: Amount::saturating(1 << 80),
        bounty: percent(10),
        slashed: staking::Slashed::Burned,
    }
}

fn emission_params() -> rewards::Params {
    let schedule = rewards::Schedule {
        per_block: tokens(1),
        curve: rewards::Curve::Constant,
        tail: Amount::ZERO,
        cap: tokens(21_000_000),
    };
    rewards::Params { schedule, treasury_cut: percent(5) }
}

fn topic(validators: u16, contributors: u16) -> Topic {
    let slots = validators + contributors;
    let scoring = network::Scoring::Yuma {
        kappa: 32_767,
        bonds_moving_average: 900_000,
        bonds_penalty: u16::MAX,
        variant: network::YumaVariant::Classic,
    };
    let price = network::PriceParams {
        floor: tokens(1),
        ceiling: tokens(1_000),
        rise: percent(10),
        half_life: 7_200,
    };
    let params = network::TopicParams {
        owner: None,
        scoring,
        electorate: network::Electorate {
            max_validators: validators.max(1),
            activity_cutoff: 5_000,
            stake_threshold: Power::ZERO,
        },
        tempo: 100,
        slots,
        immunity: 7_200,
        price,
        owner_cut: Fraction::ZERO,
        contributors: percent(50),
        page_fee: Amount::saturating(TOKEN / 1_000),
    };
    Topic { name: String::from("work"), params, owner: None, weight: 1, rows_a_page: slots.max(1) }
}

fn people(name: &str, role: Role, count: u16) -> Population {
    let validates = role == Role::Validator;
    let honest = Behaviour::Honest { noise: Fixed::from_billionths(100_000_000) };
    Population {
        name: name.to_owned(),
        role,
        behaviour: if validates { honest } else { Behaviour::Passive },
        topic: 0,
        places: Places::Count(count.into()),
        stake: match validates {
            true => Spread::Lognormal { median: tokens(1_000), sigma: Fixed::ONE },
            false => Spread::Each(Amount::ZERO),
        },
        liquid: Spread::Each(tokens(10)),
        tier: 0,
        take: None,
        delegates_to: None,
        quality: QualitySpread::Uniform {
            low: Fixed::from_billionths(100_000_000),
            high: Fixed::ONE,
        },
        drift: Drift::default(),
        claims_every: 0,
        restakes: Fraction::ZERO,
        sells: Fraction::ZERO,
        one_entity: false,
    }
}
