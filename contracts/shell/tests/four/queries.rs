//! What others read: cw20's and cw4's queries, cw4's raw keys, DAO DAO's voting module, and
//! that what is said to be owed is what is paid.

use cosmwasm_std::{Addr, Decimal, Uint128, coin, from_json};
use cw4::{Member, MemberListResponse, MemberResponse, TOTAL_KEY, TotalWeightResponse, member_key};
use cw20::{
    AllAccountsResponse, AllAllowancesResponse, AllowanceResponse, Cw20ExecuteMsg, Expiration,
};
use interface::{
    campaigns::{CampaignResponse, CampaignsResponse, PublicationMsg, RoundResponse},
    network, rewards, staking, token,
};
use serde_json::{Value, json};

use crate::{
    deployment::{Chain, DENOM, HOLDERS, OTHER_DENOM, code, user},
    genesis::{self, FIRST, TEMPO, UNIT, staking as staking_params},
};

#[test]
fn cw20_lists_every_holder_once_whatever_the_page() {
    let mut chain = Chain::wired();
    chain.stake(&user("alice"), FIRST, 0).unwrap();
    let token = chain.token.clone();
    let holders = ["bob", "carol", "dave"].map(user);
    let mut expected: Vec<String> = holders.iter().map(Addr::to_string).collect();
    expected.push(chain.staking.to_string());
    expected.sort();
    for limit in 1..=5 {
        let (mut found, mut start_after) = (Vec::new(), None);
        loop {
            let limit = Some(limit);
            let query = token::QueryMsg::AllAccounts { start_after, limit };
            let page: AllAccountsResponse = chain.ask(&token, &query);
            let Some(last) = page.accounts.last().cloned() else { break };
            start_after = Some(last);
            found.extend(page.accounts);
            assert!(found.len() <= expected.len(), "the pages never end");
        }
        found.sort();
        assert_eq!(found, expected, "alice holds nothing any more, staking does");
    }
}

#[test]
fn cw20_tells_allowances_supply_and_minter() {
    let mut chain = Chain::wired();
    let (alice, bob, token) = (user("alice"), user("bob"), chain.token.clone());
    for (spender, amount, expires) in
        [(&bob, 70, None), (&user("carol"), 5, Some(Expiration::AtHeight(99_999)))]
    {
        let (spender, amount) = (spender.to_string(), Uint128::new(amount));
        let allow = Cw20ExecuteMsg::IncreaseAllowance { spender, amount, expires };
        chain.run(&alice, &token, &allow).unwrap();
    }
    let burn = Cw20ExecuteMsg::BurnFrom { owner: alice.to_string(), amount: Uint128::new(20) };
    chain.run(&bob, &token, &burn).unwrap();
    let (owner, spender) = (alice.to_string(), bob.to_string());
    let allowance: AllowanceResponse =
        chain.ask(&token, &token::QueryMsg::Allowance { owner: owner.clone(), spender });
    let left = AllowanceResponse { allowance: Uint128::new(50), expires: Expiration::Never {} };
    assert_eq!(allowance, left);
    let all = token::QueryMsg::AllAllowances { owner, start_after: None, limit: None };
    let all: AllAllowancesResponse = chain.ask(&token, &all);
    let mut given: Vec<_> =
        all.allowances.iter().map(|one| (one.allowance.u128(), one.expires)).collect();
    given.sort_by_key(|one| one.0);
    assert_eq!(given, [(5, Expiration::AtHeight(99_999)), (50, Expiration::Never {})]);
    let info = chain.answer(&token, &token::QueryMsg::TokenInfo {}).unwrap();
    let supply = (4 * FIRST - 20).to_string();
    let expected = json!({"name": "Moot", "symbol": "MOOT", "decimals": 6, "total_supply": supply});
    assert_eq!(info, expected);
    let minter = chain.answer(&token, &token::QueryMsg::Minter {}).unwrap();
    assert_eq!(minter, json!({"minter": chain.rewards, "cap": "1000000000"}));
}

/// A member's weight by each of the three ways there are.
fn weight(chain: &Chain, who: &Addr) -> Option<u64> {
    let raw = chain.app.wrap().query_wasm_raw(&chain.staking, member_key(who.as_str())).unwrap();
    let raw: Option<u64> = raw.map(|bytes| from_json(bytes).unwrap());
    let (addr, at_height) = (who.to_string(), None);
    let asked: MemberResponse =
        chain.ask(&chain.staking, &staking::QueryMsg::Member { addr: addr.clone(), at_height });
    assert_eq!(asked.weight, raw, "the query and the raw key of {who}");
    let power = staking::QueryMsg::VotingPowerAtHeight { address: addr, height: None };
    let power: staking::VotingPowerResponse = chain.ask(&chain.staking, &power);
    let floored = u64::try_from(power.power.u128() / UNIT).unwrap();
    assert_eq!(raw.unwrap_or(0), floored, "power and the raw key of {who}");
    raw
}

fn total(chain: &Chain) -> u64 {
    let raw = chain.app.wrap().query_wasm_raw(&chain.staking, TOTAL_KEY.as_bytes()).unwrap();
    let raw: u64 = from_json(raw.unwrap()).unwrap();
    let asked: TotalWeightResponse =
        chain.ask(&chain.staking, &staking::QueryMsg::TotalWeight { at_height: None });
    assert_eq!(asked.weight, raw);
    raw
}

#[test]
fn cw4_weights_are_power_by_the_unit_after_every_change() {
    let mut chain = Chain::wired();
    let [alice, bob, carol, dave] = HOLDERS.map(user);
    let treasury = chain.treasury.clone();
    let to_carol = staking::ExecuteMsg::Delegate { to: Some(carol.to_string()) };
    let unstake = staking::ExecuteMsg::Unstake { amount: Uint128::new(100) };
    let slash = staking::ExecuteMsg::Slash {
        who: bob.to_string(),
        amount: Uint128::new(57),
        informer: dave.to_string(),
    };
    let back = staking::ExecuteMsg::Delegate { to: None };
    assert_eq!(total(&chain), 0);
    chain.stake(&alice, 105, 0).unwrap();
    assert_weights(&chain, [Some(10), None, None, None], 10);
    // floor(57 * 1.5) = 85.
    chain.stake(&bob, 57, 1).unwrap();
    assert_weights(&chain, [Some(10), Some(8), None, None], 19);
    chain.staking(&bob, to_carol.clone()).unwrap();
    assert_weights(&chain, [Some(10), None, Some(8), None], 19);
    chain.staking(&alice, to_carol).unwrap();
    assert_weights(&chain, [None, None, Some(19), None], 19);
    chain.blocks(1);
    chain.staking(&alice, unstake).unwrap();
    assert_weights(&chain, [None, None, Some(9), None], 9);
    chain.staking(&treasury, slash).unwrap();
    assert_weights(&chain, [None; 4], 0);
    chain.staking(&alice, back).unwrap();
    assert_weights(&chain, [None; 4], 0);
    // 5 and 9: neither is a unit, both together are.
    chain.stake(&dave, 9, 0).unwrap();
    assert_weights(&chain, [None; 4], 1);
    chain.stake(&dave, 1, 0).unwrap();
    assert_weights(&chain, [None, None, None, Some(1)], 1);
}

fn assert_weights(chain: &Chain, expected: [Option<u64>; 4], of_all: u64) {
    let holders = HOLDERS.map(user);
    let found: Vec<Option<u64>> = holders.iter().map(|who| weight(chain, who)).collect();
    assert_eq!(found, expected);
    assert_eq!(total(chain), of_all);
    let all = staking::QueryMsg::ListMembers { start_after: None, limit: None };
    let listed: MemberListResponse = chain.ask(&chain.staking, &all);
    let mut members: Vec<Member> = holders
        .iter()
        .zip(expected)
        .filter_map(|(who, weight)| Some(Member { addr: who.to_string(), weight: weight? }))
        .collect();
    members.sort_by(|a, b| a.addr.cmp(&b.addr));
    assert_eq!(listed.members, members);
}

#[test]
fn cw4_tells_admin_and_hooks() {
    let mut chain = Chain::wired();
    let (treasury, staking, addr) =
        (chain.treasury.clone(), chain.staking.clone(), user("bob").to_string());
    chain.staking(&treasury, staking::ExecuteMsg::AddHook { addr: addr.clone() }).unwrap();
    let admin = chain.answer(&staking, &json!({"admin": {}})).unwrap();
    assert_eq!(admin, json!({ "admin": treasury }));
    let hooks = chain.answer(&staking, &json!({"hooks": {}})).unwrap();
    assert_eq!(hooks, json!({ "hooks": [addr] }));
}

#[test]
fn dao_dao_reads_staking_as_a_voting_module() {
    let mut chain = Chain::wired();
    let (alice, staking) = (user("alice"), chain.staking.clone());
    chain.stake(&alice, 105, 0).unwrap();
    chain.blocks(1);
    let height = chain.app.block_info().height;
    let before = height - 1;
    for (query, answer) in [
        (
            json!({"voting_power_at_height": {"address": alice}}),
            json!({"power": "105", "height": height}),
        ),
        (
            json!({"voting_power_at_height": {"address": alice, "height": height}}),
            json!({"power": "105", "height": height}),
        ),
        (
            json!({"voting_power_at_height": {"address": alice, "height": before}}),
            json!({"power": "0", "height": before}),
        ),
        (
            json!({"total_power_at_height": {"height": null}}),
            json!({"power": "105", "height": height}),
        ),
        (
            json!({"total_power_at_height": {"height": before}}),
            json!({"power": "0", "height": before}),
        ),
        (
            json!({"info": {}}),
            json!({"info": {
                "contract": "crates.io:moot-staking",
                "version": env!("CARGO_PKG_VERSION"),
            }}),
        ),
        (json!({"dao": {}}), json!(chain.treasury)),
        (json!({"is_active": {}}), Value::Bool(true)),
        (json!({"token_contract": {}}), json!(chain.token)),
    ] {
        assert_eq!(chain.answer(&staking, &query).unwrap(), answer, "{query}");
    }
    let native = Chain::native();
    let coin = native.answer(&native.staking, &json!({"denom": {}})).unwrap();
    assert_eq!(coin, json!({"denom": DENOM}));
    for (chain, query) in [(&chain, "denom"), (&native, "token_contract")] {
        let refused = chain.answer(&chain.staking, &json!({ query: {} })).unwrap_err();
        assert!(refused.contains("E0212"), "{refused}");
    }
}

/// Two epochs in which alice, with bob's power behind her, finds bob's slot worth twice
/// carol's: the first issues her permit, the second pays.
fn earned() -> Chain {
    let mut chain = Chain::wired();
    let (alice, bob) = (user("alice"), user("bob"));
    chain.stake(&alice, 300, 0).unwrap();
    chain.stake(&bob, 100, 0).unwrap();
    let to = Some(alice.to_string());
    chain.staking(&bob, staking::ExecuteMsg::Delegate { to }).unwrap();
    let rewards = chain.rewards.clone();
    let take = rewards::ExecuteMsg::SetTake { take: Decimal::percent(10) };
    chain.run(&alice, &rewards, &take).unwrap();
    // A row counts only for slots that were registered before it.
    chain.blocks(1);
    let network = chain.network.clone();
    let weights = vec![(1, 2), (2, 1)];
    let submit = network::ExecuteMsg::SubmitWeights { topic: 0, weights };
    chain.run(&alice, &network, &submit).unwrap();
    for _ in 0..2 {
        chain.blocks(TEMPO);
        let close = network::ExecuteMsg::Close { topic: 0, rows: 9 };
        chain.run(&bob, &network, &close).unwrap();
    }
    chain
}

fn unclaimed(chain: &Chain) -> u128 {
    let emission: rewards::EmissionResponse =
        chain.ask(&chain.rewards, &rewards::QueryMsg::Emission {});
    emission.unclaimed.u128()
}

#[test]
fn pending_rewards_are_what_a_claim_pays() {
    let mut chain = earned();
    // 5,000 to the validators, a tenth of it alice's take; 4,500 among 300 and 100.
    for (name, expected) in [("alice", 3_375), ("bob", 1_125), ("carol", 0)] {
        let who = user(name);
        let query = staking::QueryMsg::PendingRewards { address: who.to_string() };
        let pending: Uint128 = chain.ask(&chain.staking, &query);
        assert_eq!(pending.u128(), expected, "{name}");
        let (held, left) = (chain.balance(&who), unclaimed(&chain));
        let outcome = chain.staking(&who, staking::ExecuteMsg::ClaimRewards {});
        assert_eq!(code(outcome), if expected == 0 { 210 } else { 0 }, "{name}");
        assert_eq!(chain.balance(&who) - held, expected, "{name}");
        assert_eq!(left - unclaimed(&chain), expected, "{name}");
        let pending: Uint128 = chain.ask(&chain.staking, &query);
        assert_eq!(pending.u128(), 0, "{name} after the claim");
        let again = chain.staking(&who, staking::ExecuteMsg::ClaimRewards {});
        assert_eq!(code(again), 210, "{name} again");
    }
}

/// Law 27: what another contract refuses undoes the claim, and everything stays owed.
#[test]
fn law_27_a_claim_that_cannot_be_paid_changes_nothing() {
    let mut chain = earned();
    let (alice, token, rewards) = (user("alice"), chain.token.clone(), chain.rewards.clone());
    let update = |minter: &Addr| Cw20ExecuteMsg::UpdateMinter { new_minter: Some(minter.into()) };
    chain.run(&rewards, &token, &update(&alice)).unwrap();
    let claim = rewards::ExecuteMsg::Claim { slots: vec![(0, 0)] };
    // Every refusal is checked to have changed no record of any contract.
    assert_eq!(code(chain.staking(&alice, staking::ExecuteMsg::ClaimRewards {})), 102);
    assert_eq!(code(chain.run(&alice, &rewards, &claim)), 102);
    let vested = rewards::ExecuteMsg::ClaimVested { number: 0 };
    assert_eq!(code(chain.run(&alice, &rewards, &vested)), 102);
    chain.run(&alice, &token, &update(&rewards)).unwrap();
    chain.staking(&alice, staking::ExecuteMsg::ClaimRewards {}).unwrap();
    chain.run(&alice, &rewards, &claim).unwrap();
    assert_eq!(chain.balance(&alice), FIRST - 300 + 3_375 + 500);
}

#[test]
fn what_is_owed_is_what_a_claim_pays() {
    let mut chain = earned();
    let rewards = chain.rewards.clone();
    // 5,000 to contributors by 2:1; alice's take is 500; the first epoch found no score.
    let treasury = chain.treasury.clone();
    for (who, slots, expected) in [
        (user("alice"), vec![(0, 0)], 500),
        (user("bob"), vec![(0, 1)], 3_333),
        (user("carol"), vec![(0, 2)], 1_667),
        (treasury, vec![], 11_000),
    ] {
        let address = who.to_string();
        let owed = rewards::QueryMsg::Owed { address, slots: slots.clone() };
        let found: Uint128 = chain.ask(&rewards, &owed);
        assert_eq!(found.u128(), expected, "{who}");
        let (held, left) = (chain.balance(&who), unclaimed(&chain));
        let claim = rewards::ExecuteMsg::Claim { slots };
        chain.run(&who, &rewards, &claim).unwrap();
        assert_eq!(chain.balance(&who) - held, expected, "{who}");
        assert_eq!(left - unclaimed(&chain), expected, "{who}");
        let found: Uint128 = chain.ask(&rewards, &owed);
        assert_eq!(found.u128(), 0, "{who} after the claim");
        assert_eq!(code(chain.run(&who, &rewards, &claim)), 506, "{who} again");
    }
    let owed = rewards::QueryMsg::Owed { address: user("bob").to_string(), slots: vec![(0, 2)] };
    let refused = chain.answer(&rewards, &owed).unwrap_err();
    assert!(refused.contains("E0505"), "{refused}");
}

#[test]
fn a_grant_tells_what_it_pays() {
    let mut chain = Chain::wired();
    let (alice, rewards) = (user("alice"), chain.rewards.clone());
    chain.blocks(50);
    let query = rewards::QueryMsg::Grant { address: alice.to_string(), number: 0 };
    let grant = chain.answer(&rewards, &query).unwrap();
    assert_eq!(grant, json!({"total": "10000", "earned": "2500", "claimed": "0"}));
    chain.run(&alice, &rewards, &rewards::ExecuteMsg::ClaimVested { number: 0 }).unwrap();
    assert_eq!(chain.balance(&alice), FIRST + 2_500);
    let grant = chain.answer(&rewards, &query).unwrap();
    assert_eq!(grant, json!({"total": "10000", "earned": "2500", "claimed": "2500"}));
    let none = rewards::QueryMsg::Grant { address: alice.to_string(), number: 1 };
    assert_eq!(chain.answer(&rewards, &none).unwrap(), Value::Null);
}

/// From the authority's order to the last unit: what is queried is what a claim does.
#[test]
fn a_campaign_from_its_opening_to_its_end() {
    let mut chain = Chain::wired();
    let (treasury, oracle, dave) = (chain.treasury.clone(), user("alice"), user("dave"));
    let rewards = chain.rewards.clone();
    let params = rewards::ParamsMsg { treasury_cut: Decimal::one(), ..genesis::rewards_params() };
    chain.run(&treasury, &rewards, &rewards::ExecuteMsg::UpdateParams { params }).unwrap();
    chain.blocks(genesis::TEMPO);
    let (terms, budget) = (genesis::terms(&oracle), Uint128::new(1_500));
    chain.run(&treasury, &rewards, &rewards::ExecuteMsg::OpenCampaign { terms, budget }).unwrap();
    let names = ["dave", "bob"];
    let publish = rewards::ExecuteMsg::Publish(PublicationMsg {
        campaign: 1,
        round: 0,
        root: genesis::tree(1, 0, &names).root().into(),
        leaves: 2,
        total: Uint128::new(1_000),
    });
    chain.run(&oracle, &rewards, &publish).unwrap();
    let leaf = |index| genesis::leaf(1, 0, &names, index);
    let claimable = |index| rewards::QueryMsg::Claimable {
        address: user(names[index as usize]).to_string(),
        leaf: leaf(index),
    };
    let early = chain.answer(&rewards, &claimable(0)).unwrap_err();
    assert!(early.contains("E0527"), "{early}");
    chain.blocks(2);
    assert_eq!(chain.answer(&rewards, &claimable(0)).unwrap(), json!("500"));
    let claim = rewards::ExecuteMsg::ClaimLeaf { address: dave.to_string(), leaf: leaf(0) };
    chain.run(&user("mallory"), &rewards, &claim).unwrap();
    assert_eq!(chain.balance(&dave), FIRST + 500);
    assert_eq!(code(chain.run(&dave, &rewards, &claim)), 530);
    let again = chain.answer(&rewards, &claimable(0)).unwrap_err();
    assert!(again.contains("E0530"), "{again}");
    for (index, claimed) in [(0, true), (1, false), (2, false)] {
        let query = rewards::QueryMsg::LeafClaimed { campaign: 1, round: 0, index };
        assert_eq!(chain.answer(&rewards, &query).unwrap(), json!(claimed), "{index}");
    }
    let round = rewards::QueryMsg::Round { campaign: 1, round: 0 };
    let found: Option<RoundResponse> = chain.ask(&rewards, &round);
    assert_eq!(found.map(|round| round.left), Some(Uint128::new(500)));
    chain.blocks(10);
    let late = chain.answer(&rewards, &claimable(1)).unwrap_err();
    assert!(late.contains("E0528"), "{late}");
    let back = rewards::ExecuteMsg::ReturnRest { campaign: 1, round: 0 };
    chain.run(&dave, &rewards, &back).unwrap();
    let campaign = rewards::QueryMsg::Campaign { campaign: 1 };
    let found: Option<CampaignResponse> = chain.ask(&rewards, &campaign);
    assert_eq!(found.map(|campaign| campaign.reserve), Some(Uint128::new(1_000)));
    for (start_after, numbers) in [(None, vec![0, 1]), (Some(0), vec![1]), (Some(1), vec![])] {
        let query = rewards::QueryMsg::Campaigns { start_after, limit: None };
        let page: CampaignsResponse = chain.ask(&rewards, &query);
        let found: Vec<u32> = page.campaigns.iter().map(|one| one.campaign).collect();
        assert_eq!(found, numbers, "after {start_after:?}");
    }
    for query in [
        rewards::QueryMsg::Campaign { campaign: 2 },
        rewards::QueryMsg::Round { campaign: 1, round: 1 },
    ] {
        assert_eq!(chain.answer(&rewards, &query).unwrap(), Value::Null);
    }
}

/// The name of the staked coin is the contract's, not the rules'.
#[test]
fn parameters_cannot_name_another_coin() {
    let mut chain = Chain::native();
    let treasury = chain.treasury.clone();
    for (denom, expected) in
        [(Some(DENOM), 0), (Some(""), 0), (Some(OTHER_DENOM), 226), (None, 226)]
    {
        let params = staking_params(denom);
        let update = staking::ExecuteMsg::UpdateParams { params };
        assert_eq!(code(chain.staking(&treasury, update)), expected, "{denom:?}");
    }
    let params: staking::ParamsMsg = chain.ask(&chain.staking, &staking::QueryMsg::Params {});
    assert_eq!(params, staking_params(Some(DENOM)), "what is asked is what was set");
}

#[test]
fn native_coins_are_staked_and_come_back() {
    let mut chain = Chain::native();
    let (alice, bob, staking) = (user("alice"), user("bob"), chain.staking.clone());
    let treasury = chain.treasury.clone();
    let stake = staking::ExecuteMsg::Stake { tier: 0 };
    for amount in [60u128, 40] {
        chain.run_with(&alice, &staking, &stake, &[coin(amount, DENOM)]).unwrap();
    }
    assert_eq!((chain.coins(&alice), chain.coins(&staking)), (FIRST - 100, 100));
    assert_eq!(weight(&chain, &alice), Some(10));
    let params: staking::ParamsMsg = chain.ask(&staking, &staking::QueryMsg::Params {});
    assert_eq!(params.denom.as_deref(), Some(DENOM));

    let unstake = staking::ExecuteMsg::Unstake { amount: Uint128::new(40) };
    chain.staking(&alice, unstake).unwrap();
    assert_eq!(weight(&chain, &alice), Some(6));
    chain.blocks(19);
    assert_eq!(code(chain.staking(&alice, staking::ExecuteMsg::Claim {})), 207);
    chain.blocks(1);
    chain.staking(&alice, staking::ExecuteMsg::Claim {}).unwrap();
    assert_eq!((chain.coins(&alice), chain.coins(&staking)), (FIRST - 60, 60));
    assert_eq!(code(chain.staking(&alice, staking::ExecuteMsg::Claim {})), 207);

    // A native coin cannot be burned: what the informer does not get is the treasury's.
    let (who, informer) = (alice.to_string(), bob.to_string());
    let slash = staking::ExecuteMsg::Slash { who, amount: Uint128::new(20), informer };
    chain.staking(&treasury, slash).unwrap();
    assert_eq!((chain.coins(&bob), chain.coins(&treasury)), (FIRST + 2, 18));
    assert_eq!(chain.coins(&staking), 40);
    assert_eq!(weight(&chain, &alice), Some(4));

    // The token is not what is staked here.
    assert_eq!(code(chain.stake(&alice, 10, 0)), 212);
}

/// `Chain::send` looks at every event of every test; here, that there are events to look at.
#[test]
fn every_event_begins_with_its_action() {
    let mut chain = Chain::wired();
    let response = chain.stake(&user("alice"), FIRST, 0).unwrap();
    let ours = response.events.iter().filter(|event| event.ty.starts_with("wasm"));
    let actions = ours.flat_map(|event| &event.attributes).filter(|one| one.key == "action");
    let actions: Vec<&str> = actions.map(|one| one.value.as_str()).collect();
    assert!(actions.contains(&"send") && actions.contains(&"stake"), "{actions:?}");
}
