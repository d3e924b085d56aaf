//! What the contracts of these tests are made with.

use cosmwasm_std::{Addr, Api, Decimal, Uint128, testing::MockApi};
use cw20::{Cw20Coin, MinterResponse};
use interface::{campaigns, network, rewards, staking, token};
use protocol::{
    Amount, Timestamp,
    rewards::{Airdrop, Leaf, Place, Tree, leaf_hash},
};

use crate::deployment::user;

/// Tokens that each holder has at first.
pub(crate) const FIRST: u128 = 1_000_000;
/// Emission a block.
pub(crate) const PER_BLOCK: u128 = 1_000;
/// Blocks of an epoch.
pub(crate) const TEMPO: u64 = 10;
/// Power per unit of cw4 weight.
pub(crate) const UNIT: u128 = 10;

/// A token of these holders.
pub(crate) fn token(holders: &[Addr], minter: &Addr) -> token::InstantiateMsg {
    let coin = |who: &Addr| Cw20Coin { address: who.to_string(), amount: FIRST.into() };
    token::InstantiateMsg {
        name: "Moot".to_owned(),
        symbol: "MOOT".to_owned(),
        decimals: 6,
        initial_balances: holders.iter().map(coin).collect(),
        mint: Some(MinterResponse {
            minter: minter.to_string(),
            cap: Some(Uint128::new(1_000_000_000)),
        }),
    }
}

/// Two notice tiers, 100 seconds and 200 at half as much power again; of the token, or of a
/// native denom.
pub(crate) fn staking(denom: Option<&str>) -> staking::ParamsMsg {
    let tier = |notice, percent| staking::TierMsg { notice, multiplier: Decimal::percent(percent) };
    staking::ParamsMsg {
        denom: denom.map(str::to_owned),
        tiers: vec![tier(100, 100), tier(200, 150)],
        max_stake: Uint128::new(1_000_000_000),
        unit: UNIT.into(),
        bounty: Decimal::percent(10),
        slashed: staking::SlashedMsg::Burned,
    }
}

/// A topic of eight slots that alice owns.
pub(crate) fn topic(owner: &Addr) -> network::TopicMsg {
    network::TopicMsg {
        owner: Some(owner.to_string()),
        scoring: network::ScoringMsg::Mean {},
        electorate: network::ElectorateMsg {
            max_validators: 4,
            activity_cutoff: 1_000,
            stake_threshold: Uint128::zero(),
        },
        tempo: TEMPO,
        slots: 8,
        immunity: 0,
        price: network::PriceMsg {
            floor: Uint128::new(100),
            ceiling: Uint128::new(100_000),
            rise: Decimal::percent(50),
            half_life: 100,
        },
        owner_cut: Decimal::zero(),
        contributors: Decimal::percent(50),
        page_fee: Uint128::zero(),
    }
}

/// One topic whose first slots these accounts hold; the first of them owns it.
pub(crate) fn network(holders: &[Addr]) -> network::InstantiateMsg {
    let params = topic(&holders[0]);
    let holders = holders.iter().map(Addr::to_string).collect();
    network::InstantiateMsg { topics: vec![network::TopicGenesisMsg { params, holders }] }
}

/// A constant emission, all of it to topics.
pub(crate) fn rewards_params() -> rewards::ParamsMsg {
    rewards::ParamsMsg {
        schedule: rewards::ScheduleMsg {
            per_block: PER_BLOCK.into(),
            curve: rewards::CurveMsg::Constant {},
            tail: Uint128::zero(),
            cap: Uint128::new(1_000_000_000),
        },
        treasury_cut: Decimal::zero(),
    }
}

/// Rewards for one topic, with a grant that vests in 1,000 seconds.
pub(crate) fn rewards(supply: u128, granted: &Addr, now: u64) -> rewards::InstantiateMsg {
    let grant = rewards::GrantMsg {
        address: granted.to_string(),
        total: Uint128::new(10_000),
        start: now,
        cliff: now,
        end: now + 1_000,
    };
    rewards::InstantiateMsg {
        params: rewards_params(),
        supply: supply.into(),
        weights: vec![1],
        grants: vec![grant],
        airdrops: vec![airdrop(now)],
    }
}

/// What each of the three whom the airdrop names gets.
pub(crate) const AIRDROP: u128 = 500;
/// Who is named by the airdrop, campaign 0.
const NAMED: [&str; 3] = ["bob", "carol", "dave"];

/// The tree of a round that pays [`AIRDROP`] to these.
pub(crate) fn tree(campaign: u32, round: u32, names: &[&str]) -> Tree {
    let leaf = |(index, name): (u32, &&str)| {
        let address = MockApi::default().addr_canonicalize(user(name).as_str()).unwrap();
        leaf_hash(Place { campaign, round, index }, &address, Amount::saturating(AIRDROP))
    };
    Tree::new((0..).zip(names).map(leaf).collect()).unwrap()
}

/// A leaf of such a round, with its proof.
pub(crate) fn leaf(campaign: u32, round: u32, names: &[&str], index: u32) -> campaigns::LeafMsg {
    let proof = tree(campaign, round, names).proof(index).unwrap();
    campaigns::leaf_message(&Leaf {
        campaign,
        round,
        index,
        amount: Amount::saturating(AIRDROP),
        proof,
    })
}

/// The airdrop, with enough for one of those whom it names.
fn airdrop(now: u64) -> campaigns::AirdropMsg {
    campaigns::airdrop_message(&Airdrop {
        root: tree(0, 0, &NAMED).root(),
        leaves: 3,
        total: Amount::saturating(AIRDROP),
        from: Timestamp::new(now),
        until: Timestamp::new(now + 100_000),
    })
}

/// The claim of one whom the airdrop names.
pub(crate) fn airdropped(name: &str) -> rewards::ExecuteMsg {
    let index = NAMED.iter().position(|named| *named == name).unwrap() as u32;
    let (address, leaf) = (user(name).to_string(), leaf(0, 0, &NAMED, index));
    rewards::ExecuteMsg::ClaimLeaf { address, leaf }
}

/// Terms of a campaign: a round each 100 seconds, revocable for 10, open for 50 after that.
pub(crate) fn terms(publisher: &Addr) -> campaigns::TermsMsg {
    campaigns::TermsMsg {
        publisher: Some(publisher.to_string()),
        most: Uint128::new(1_000),
        period: 100,
        delay: 10,
        window: 50,
    }
}
