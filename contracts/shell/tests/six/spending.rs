//! What leaves the treasury: under the cap, by streams that anyone adds to, by milestones.

use cosmwasm_std::{Uint128, coin};
use cw20::Cw20ExecuteMsg;
use interface::{
    SendMsg,
    governor::{QuestionMsg, TrackMsg},
    treasury::{self, AssetMsg},
};

use crate::{
    assembly::{call, draft, pay, pay_tokens},
    deployment::{Chain, DENOM, code, user},
    rules::{self, CAP},
};

/// What ordinary proposals pay of each asset in a window is capped; the constitutional track pays
/// more, and is counted too.
#[test]
fn the_cap_holds_for_each_asset_in_its_window() {
    let mut chain = Chain::ready();
    let dave = user("dave");
    assert_eq!(chain.enact(TrackMsg::Ordinary, vec![pay(&dave, CAP)]), "executed");
    assert_eq!(chain.enact(TrackMsg::Ordinary, vec![pay(&dave, 1)]), "failed");
    let tokens = vec![pay_tokens(&chain, &dave, CAP - 100)];
    assert_eq!(chain.enact(TrackMsg::Ordinary, tokens), "executed");
    assert_eq!(chain.enact(TrackMsg::Constitutional, vec![pay(&dave, 1)]), "executed");
    // A promise counts as a payment does, and what is burned or sent with a message as well.
    let stream = rules::stream(&dave, AssetMsg::Token, chain.now());
    let terms = treasury::StreamMsg { funded: Uint128::new(101), ..stream };
    let open = call(&chain.treasury, &treasury::ExecuteMsg::OpenStream { terms });
    let terms = rules::grant(&dave, &dave, chain.now());
    let grant = call(&chain.treasury, &treasury::ExecuteMsg::OpenGrant { terms });
    let amount = Uint128::new(101);
    let burn = call(&chain.token, &Cw20ExecuteMsg::Burn { amount });
    let msg = cosmwasm_std::to_json_binary(&SendMsg::Stake { tier: 0 }).unwrap();
    let contract = chain.staking.to_string();
    let send = call(&chain.token, &Cw20ExecuteMsg::Send { contract, amount, msg });
    let split = vec![pay_tokens(&chain, &dave, 1), grant];
    for msgs in [vec![open], split, vec![burn], vec![send]] {
        let before = chain.balance(&chain.treasury);
        assert_eq!(chain.enact(TrackMsg::Ordinary, msgs), "failed");
        assert_eq!(chain.balance(&chain.treasury), before);
    }
    // A window and a stretch of it later.
    chain.blocks(210);
    assert_eq!(chain.enact(TrackMsg::Ordinary, vec![pay(&dave, CAP)]), "executed");
}

/// Allowances could take promised tokens later: no track carries one, whatever contract asks.
#[test]
fn no_proposal_gives_an_allowance() {
    let mut chain = Chain::ready();
    let (spender, amount) = (user("dave").to_string(), Uint128::new(5));
    let allow = Cw20ExecuteMsg::IncreaseAllowance { spender, amount, expires: None };
    for track in [TrackMsg::Ordinary, TrackMsg::Constitutional] {
        let msgs = vec![call(&chain.token, &allow)];
        let propose = draft(track, QuestionMsg::Standard { msgs });
        assert_eq!(code(chain.govern(&user("alice"), &propose)), 604);
    }
}

/// What is promised to streams and grants no payment touches, an opaque message neither.
#[test]
fn promises_are_covered_whatever_is_paid() {
    let mut chain = Chain::ready();
    let (dave, held) = (user("dave"), crate::assembly::HELD);
    let terms = rules::stream(&dave, AssetMsg::Native, chain.now());
    chain.itself(&treasury::ExecuteMsg::OpenStream { terms }).unwrap();
    let all = vec![pay(&dave, held - 99)];
    assert_eq!(chain.enact(TrackMsg::Constitutional, all), "failed");
    // Two coins make a bank message opaque; of the second there is nothing.
    let amount = vec![coin(held - 99, DENOM)];
    let agent = chain.make(crate::subscriber::code(), &crate::subscriber::Manner::Listen).unwrap();
    let act = crate::subscriber::ExecuteMsg::Act(Vec::new());
    let (contract_addr, msg) = (agent.to_string(), cosmwasm_std::to_json_binary(&act).unwrap());
    let opaque = cosmwasm_std::WasmMsg::Execute { contract_addr, msg, funds: amount };
    assert_eq!(chain.enact(TrackMsg::Constitutional, vec![opaque.into()]), "failed");
    assert_eq!(chain.coins(&chain.treasury), held);
    let all = vec![pay(&dave, held - 100)];
    assert_eq!(chain.enact(TrackMsg::Constitutional, all), "executed");
}

#[test]
fn anyone_adds_to_a_stream_and_its_recipient_claims() {
    let mut chain = Chain::governed();
    let (alice, dave, treasury) = (user("alice"), user("dave"), chain.treasury.clone());
    for asset in [AssetMsg::Token, AssetMsg::Native] {
        let terms = rules::stream(&dave, asset, chain.now());
        chain.itself(&treasury::ExecuteMsg::OpenStream { terms }).unwrap();
    }
    chain.attached(&alice, &treasury, 50, &SendMsg::Fund { stream: 0 }).unwrap();
    let fund = treasury::ExecuteMsg::Fund { stream: 1 };
    chain.run_with(&alice, &treasury, &fund, &[coin(50, DENOM)]).unwrap();
    chain.blocks(30);
    let before = (chain.balance(&dave), chain.coins(&dave));
    for stream in [0, 1] {
        let claim = treasury::ExecuteMsg::ClaimStream { stream };
        chain.treasure(&dave, &claim).unwrap();
        assert_eq!(code(chain.treasure(&dave, &claim)), 609, "a second claim pays nothing");
    }
    // 100 and then 50 at 1 a second, for 150 seconds.
    assert_eq!((chain.balance(&dave), chain.coins(&dave)), (before.0 + 150, before.1 + 150));
}

#[test]
fn milestones_are_released_before_the_deadline_or_returned() {
    let mut chain = Chain::governed();
    let (carol, dave, mallory) = (user("carol"), user("dave"), user("mallory"));
    let terms = rules::grant(&dave, &carol, chain.now());
    chain.itself(&treasury::ExecuteMsg::OpenGrant { terms }).unwrap();
    let release = |milestone| treasury::ExecuteMsg::Release { grant: 0, milestone };
    let before = chain.balance(&dave);
    chain.treasure(&carol, &release(1)).unwrap();
    assert_eq!(chain.balance(&dave), before + 70);
    assert_eq!(code(chain.treasure(&carol, &release(1))), 614);
    let back = treasury::ExecuteMsg::Return { grant: 0 };
    chain.blocks(199);
    assert_eq!(code(chain.treasure(&mallory, &back)), 616);
    chain.blocks(1);
    assert_eq!(code(chain.treasure(&carol, &release(0))), 615);
    chain.treasure(&mallory, &back).unwrap();
    assert_eq!(code(chain.treasure(&mallory, &back)), 617);
    assert_eq!(chain.balance(&dave), before + 70);
}
