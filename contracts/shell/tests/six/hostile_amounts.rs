//! Amounts and coins meant to do harm: each is refused with a clear error, and changes nothing.

use cosmwasm_std::{Decimal, Uint128, coin};
use cw_multi_test::Executor;
use interface::{
    SendMsg,
    governor::{self, PausableMsg, QuestionMsg, TrackMsg},
    treasury::{self, AssetMsg},
};
use serde_json::json;

use crate::{
    assembly::{HELD, YES, ballot, draft, governor_code, pay, pay_tokens, treasury_code},
    deployment::{Chain, DENOM, OTHER_DENOM, code, refused, text, user, wire},
    rules,
};

/// A proposal of this question by alice.
fn proposed(chain: &mut Chain, track: TrackMsg, question: QuestionMsg) -> u16 {
    code(chain.govern(&user("alice"), &draft(track, question)))
}

/// One that has one message.
fn proposed_one(chain: &mut Chain, msg: cosmwasm_std::CosmosMsg) -> u16 {
    proposed(chain, TrackMsg::Ordinary, QuestionMsg::Standard { msgs: vec![msg] })
}

#[test]
fn zero() {
    let mut chain = Chain::ready();
    let (alice, nothing) = (user("alice"), Uint128::zero());
    assert_eq!(code(chain.deposit(&alice, 0)), 436);
    let withdraw = governor::ExecuteMsg::Withdraw { amount: nothing };
    assert_eq!(code(chain.govern(&alice, &withdraw)), 436);
    assert_eq!(proposed_one(&mut chain, pay(&alice, 0)), 606);
    let tokens = pay_tokens(&chain, &alice, 0);
    assert_eq!(proposed_one(&mut chain, tokens), 606);
    for (question, expected) in [
        (QuestionMsg::Standard { msgs: vec![] }, 429),
        (QuestionMsg::Choice { options: vec![] }, 427),
        (QuestionMsg::Gauge { topics: vec![], weight: 1 }, 427),
        (QuestionMsg::Gauge { topics: vec![0, 1], weight: 0 }, 432),
    ] {
        assert_eq!(proposed(&mut chain, TrackMsg::Ordinary, question), expected);
    }
    let pause = governor::ExecuteMsg::Pause { module: PausableMsg::Staking, seconds: 0 };
    assert_eq!(code(chain.govern(&user("guardian"), &pause)), 436);
    let (id, now) = (open(&mut chain), chain.now());
    for shares in
        [vec![], vec![(YES, Decimal::zero())], vec![(0, Decimal::zero()), (1, Decimal::one())]]
    {
        let (proposal_id, rationale) = (id, None);
        let vote = governor::ExecuteMsg::Vote { proposal_id, ballot: shares, rationale };
        assert_eq!(code(chain.govern(&alice, &vote)), 410);
    }
    let stream = rules::stream(&alice, AssetMsg::Token, now);
    for (label, terms, expected) in [
        ("funded", treasury::StreamMsg { funded: nothing, ..stream.clone() }, 606),
        ("rate", treasury::StreamMsg { rate: nothing, ..stream.clone() }, 611),
        ("period", treasury::StreamMsg { period: 0, ..stream.clone() }, 611),
    ] {
        let open = treasury::ExecuteMsg::OpenStream { terms };
        assert_eq!(code(chain.itself(&open)), expected, "{label}");
    }
    chain.itself(&treasury::ExecuteMsg::OpenStream { terms: stream }).unwrap();
    let (treasury, asset) = (chain.treasury.clone(), AssetMsg::Token);
    assert_eq!(code(chain.attached(&alice, &treasury, 0, &SendMsg::Fund { stream: 0 })), 606);
    let fund = treasury::ExecuteMsg::FundStream { stream: 0, asset, amount: nothing };
    assert_eq!(code(chain.itself(&fund)), 606);
    for milestones in [vec![], vec![Uint128::one(), nothing]] {
        let terms = treasury::GrantMsg { milestones, ..rules::grant(&alice, &alice, now) };
        assert_eq!(code(chain.itself(&treasury::ExecuteMsg::OpenGrant { terms })), 618);
    }
    let params = treasury::ParamsMsg { window: 0, ..rules::caps() };
    assert_eq!(code(chain.itself(&treasury::ExecuteMsg::UpdateParams { params })), 620);
}

/// An open proposal to pay 5 coins.
fn open(chain: &mut Chain) -> u32 {
    let msgs = vec![pay(&user("dave"), 5)];
    let question = QuestionMsg::Standard { msgs };
    let id = chain.propose(&user("alice"), TrackMsg::Ordinary, question);
    chain.blocks(1);
    id
}

#[test]
fn the_largest_integers() {
    let (largest, above, most) = (u128::MAX, 1u128 << 95, (1u128 << 95) - 1);
    let mut chain = Chain::ready();
    let (alice, governor, now) = (user("alice"), chain.governor(), chain.now());
    let stream = rules::stream(&alice, AssetMsg::Token, now);
    for (units, withdrawn, paid) in [(largest, 1, 1), (above, 1, 1), (most, 402, 602)] {
        let amount = Uint128::new(units);
        let withdraw = governor::ExecuteMsg::Withdraw { amount };
        assert_eq!(code(chain.govern(&alice, &withdraw)), withdrawn);
        let msgs = vec![pay(&alice, units)];
        let (proposal, track) = (0, TrackMsg::Constitutional);
        let dispatch = treasury::ExecuteMsg::Dispatch { proposal, track, msgs };
        assert_eq!(code(chain.treasure(&governor, &dispatch)), paid);
        let terms = treasury::StreamMsg { funded: amount, ..stream.clone() };
        let open = treasury::ExecuteMsg::OpenStream { terms };
        assert_eq!(code(chain.itself(&open)), paid);
        let milestones = vec![amount];
        let terms = treasury::GrantMsg { milestones, ..rules::grant(&alice, &alice, now) };
        assert_eq!(code(chain.itself(&treasury::ExecuteMsg::OpenGrant { terms })), paid);
    }
    for units in [largest, above] {
        assert_eq!(proposed_one(&mut chain, pay(&alice, units)), 1);
        let tokens = pay_tokens(&chain, &alice, units);
        assert_eq!(proposed_one(&mut chain, tokens), 1);
        let terms = treasury::StreamMsg { rate: units.into(), ..stream.clone() };
        assert_eq!(code(chain.itself(&treasury::ExecuteMsg::OpenStream { terms })), 1);
        let params = treasury::ParamsMsg { token_cap: units.into(), ..rules::caps() };
        assert_eq!(code(chain.itself(&treasury::ExecuteMsg::UpdateParams { params })), 1);
    }
    let milestones = vec![Uint128::new(most); 16];
    let terms = treasury::GrantMsg { milestones, ..rules::grant(&alice, &alice, now) };
    let sum = code(chain.itself(&treasury::ExecuteMsg::OpenGrant { terms }));
    assert_eq!(sum, 1, "the sum of milestones");
    assert_eq!(chain.app.wrap().query_balance(&chain.treasury, DENOM).unwrap().amount.u128(), HELD);
}

/// A payment of more than there can ever be passes like any other; it pays nothing.
#[test]
fn a_payment_above_everything_fails_and_is_recorded() {
    let mut chain = Chain::ready();
    let (dave, most) = (user("dave"), (1u128 << 95) - 1);
    let before = (chain.coins(&dave), chain.coins(&chain.treasury));
    for track in [TrackMsg::Ordinary, TrackMsg::Constitutional] {
        let msgs = vec![pay(&dave, 1), pay(&dave, most)];
        assert_eq!(chain.enact(track, msgs), "failed");
    }
    assert_eq!((chain.coins(&dave), chain.coins(&chain.treasury)), before);
}

#[test]
fn the_largest_times_and_numbers() {
    let mut chain = Chain::ready();
    let (alice, guardian, treasury) = (user("alice"), user("guardian"), chain.treasury.clone());
    for msg in [
        ballot(u32::MAX, YES),
        governor::ExecuteMsg::Queue { proposal_id: u32::MAX },
        governor::ExecuteMsg::Execute { proposal_id: u32::MAX },
        governor::ExecuteMsg::Settle { proposal_id: u32::MAX },
        governor::ExecuteMsg::Cancel { proposal_id: u32::MAX, reason: None },
    ] {
        assert_eq!(code(chain.govern(&alice, &msg)), 403, "{msg:?}");
    }
    let (module, seconds) = (PausableMsg::Staking, u64::MAX);
    let pause = governor::ExecuteMsg::Pause { module, seconds };
    assert_eq!(code(chain.govern(&guardian, &pause)), 425);
    assert_eq!(code(chain.govern(&treasury, &pause)), 425);
    let mut mandate = rules::mandate(&guardian, chain.now());
    mandate.ends = u64::MAX;
    assert_eq!(code(chain.govern(&treasury, &governor::ExecuteMsg::SetGuardian { mandate })), 465);
    let longest: fn(&mut governor::TrackParamsMsg) = |track| track.delay = u64::MAX;
    let endless: fn(&mut governor::TrackParamsMsg) = |track| track.grace = u64::MAX;
    for (change, expected) in [(longest, 452), (endless, 450)] {
        let mut params = rules::params();
        change(&mut params.ordinary);
        let update = governor::ExecuteMsg::UpdateParams { params: Box::new(params) };
        assert_eq!(code(chain.govern(&treasury, &update)), expected);
    }
    for (grant, milestone) in [(u32::MAX, 0), (0, u8::MAX)] {
        let release = treasury::ExecuteMsg::Release { grant, milestone };
        assert_eq!(code(chain.itself(&release)), 613);
    }
    let terms = rules::grant(&alice, &alice, chain.now());
    chain.itself(&treasury::ExecuteMsg::OpenGrant { terms }).unwrap();
    let release = treasury::ExecuteMsg::Release { grant: 0, milestone: u8::MAX };
    assert_eq!(code(chain.treasure(&alice, &release)), 614);
    let mut terms = rules::stream(&alice, AssetMsg::Token, chain.now());
    terms.period = u64::MAX;
    assert_eq!(code(chain.itself(&treasury::ExecuteMsg::OpenStream { terms })), 611);
    let claim = treasury::ExecuteMsg::ClaimStream { stream: u32::MAX };
    assert_eq!(code(chain.treasure(&alice, &claim)), 607);
}

#[test]
fn numbers_that_their_type_cannot_hold() {
    let mut chain = Chain::ready();
    let (alice, governor, treasury) = (user("alice"), chain.governor(), chain.treasury.clone());
    for (contract, message) in [
        (&governor, json!({"withdraw": {"amount": format!("{}0", u128::MAX)}})),
        (&governor, json!({"withdraw": {"amount": "-1"}})),
        (&governor, json!({"queue": {"proposal_id": 4_294_967_296u64}})),
        (&governor, json!({"vote": {"proposal_id": 0, "ballot": [[256, "1"]]}})),
        (&governor, json!({"vote": {"proposal_id": 0, "ballot": [[0, "-1"]]}})),
        (&governor, json!({"vote": {"proposal_id": 0, "ballot": [[0, "1.1"]]}})),
        (&governor, json!({"vote": {"proposal_id": 0, "ballot": [[0, "0.0000000001"]]}})),
        (&treasury, json!({"release": {"grant": 0, "milestone": 256}})),
        (&treasury, json!({"claim_stream": {"stream": -1}})),
    ] {
        text(chain.run(&alice, contract, &message));
    }
}

#[test]
fn coins_of_a_wrong_denom_and_two_coins() {
    let mut chain = Chain::governed();
    let (alice, treasury, now) = (user("alice"), chain.treasury.clone(), chain.now());
    let terms = rules::stream(&alice, AssetMsg::Native, now);
    chain.itself(&treasury::ExecuteMsg::OpenStream { terms }).unwrap();
    let fund = treasury::ExecuteMsg::Fund { stream: 0 };
    for coins in [
        vec![coin(5, OTHER_DENOM)],
        vec![coin(5, DENOM), coin(5, OTHER_DENOM)],
        vec![coin(5, OTHER_DENOM), coin(5, DENOM)],
        vec![coin(5, DENOM), coin(5, DENOM)],
    ] {
        assert_eq!(code(chain.run_with(&alice, &treasury, &fund, &coins)), 6, "{coins:?}");
    }
    chain.run_with(&alice, &treasury, &fund, &[coin(5, DENOM)]).unwrap();
    let terms = rules::stream(&alice, AssetMsg::Token, now);
    chain.itself(&treasury::ExecuteMsg::OpenStream { terms }).unwrap();
    let other = treasury::ExecuteMsg::Fund { stream: 1 };
    assert_eq!(code(chain.run_with(&alice, &treasury, &other, &[coin(5, DENOM)])), 622);
}

/// A payment in a denom that the treasury does not count is no payment: it needs the
/// constitutional track.
#[test]
fn a_payment_of_another_denom_is_opaque() {
    let mut chain = Chain::ready();
    let to_address = user("dave").to_string();
    for amount in [vec![coin(5, OTHER_DENOM)], vec![coin(5, DENOM), coin(5, OTHER_DENOM)], vec![]] {
        let to_address = to_address.clone();
        let msg = cosmwasm_std::BankMsg::Send { to_address, amount };
        assert_eq!(proposed_one(&mut chain, msg.into()), 603);
    }
}

#[test]
fn unsolicited_funds() {
    let mut chain = Chain::ready();
    let (alice, coins) = (user("alice"), [coin(5, DENOM)]);
    let (governor, treasury) = (chain.governor(), chain.treasury.clone());
    let told = wire(&chain.contracts());
    for (contract, message) in [
        (&governor, told.clone()),
        (&governor, json!({"withdraw": {"amount": "1"}})),
        (&governor, json!(draft(TrackMsg::Ordinary, QuestionMsg::Signal {}))),
        (&governor, json!({"vote": {"proposal_id": 0, "ballot": [[0, "1"]]}})),
        (&governor, json!({"execute": {"proposal_id": 0}})),
        (&treasury, told),
        (&treasury, json!({"claim_stream": {"stream": 0}})),
        (&treasury, json!({"accept": {}})),
        (&treasury, json!({"settle": {}})),
    ] {
        assert_eq!(code(chain.run_with(&alice, contract, &message, &coins)), 5, "{message}");
    }
    let (app, now) = (&mut chain.app, 0);
    let governor = app.store_code(governor_code());
    let made = rules::governor(now);
    let error = app.instantiate_contract(governor, alice.clone(), &made, &coins, "test", None);
    assert_eq!(refused(&error.unwrap_err()).code, 5);
    let treasury = app.store_code(treasury_code());
    let made = rules::treasury();
    let error = app.instantiate_contract(treasury, alice, &made, &coins, "test", None);
    assert_eq!(refused(&error.unwrap_err()).code, 5);
}

/// The lesson of donations: what arrives unasked is nobody's deposit, vote or stream.
#[test]
fn a_donation_is_no_deposit_and_promises_nothing() {
    let mut chain = Chain::ready();
    let (bob, mallory, governor) = (user("bob"), user("mallory"), chain.governor());
    let before = (chain.app.dump_wasm_raw(&governor), chain.app.dump_wasm_raw(&chain.treasury));
    chain.transfer(&bob, &governor, 900);
    let treasury = chain.treasury.clone();
    chain.transfer(&bob, &treasury, 900);
    chain.app.send_tokens(bob, treasury.clone(), &[coin(900, DENOM)]).unwrap();
    let after = (chain.app.dump_wasm_raw(&governor), chain.app.dump_wasm_raw(&treasury));
    assert!(before == after);
    let withdraw = governor::ExecuteMsg::Withdraw { amount: Uint128::new(1) };
    assert_eq!(code(chain.govern(&mallory, &withdraw)), 402);
    for asset in [AssetMsg::Token, AssetMsg::Native] {
        let query = treasury::QueryMsg::Balance { asset };
        let found: treasury::BalanceResponse = chain.ask(&treasury, &query);
        let found = (found.held.u128(), found.promised.u128(), found.room.u128());
        assert_eq!(found, (HELD + 900, 0, rules::CAP));
    }
}
