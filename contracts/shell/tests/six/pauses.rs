//! Pauses, from the guardian or a proposal through the governor to the module: what they stop,
//! what they never stop, and that they end.

use cosmwasm_std::{Decimal, Uint128, to_json_binary};
use cw20::Cw20ExecuteMsg;
use interface::{
    SendMsg,
    governor::{self, PausableMsg, QuestionMsg, TrackMsg},
    network, rewards, staking,
};
use serde_json::json;

use crate::{
    assembly::{YES, call},
    deployment::{Chain, code, user},
    genesis,
};

/// The governor's message to a module is nobody else's to send, the treasury's neither.
#[test]
fn modules_are_paused_by_the_governor_alone() {
    let mut chain = Chain::ready();
    let (governor, until) = (chain.governor(), chain.now() + 100);
    let pause = json!({"pause": {"until": until}});
    let mut others = chain.codes();
    others.retain(|other| *other != governor);
    others.extend(["guardian", "alice", "maker", "mallory"].map(user));
    for module in [chain.staking.clone(), chain.network.clone(), chain.rewards.clone()] {
        for who in &others {
            assert_eq!(code(chain.run(who, &module, &pause)), 3, "{who}");
        }
        chain.run(&governor, &module, &pause).unwrap();
    }
}

fn pause(module: PausableMsg, seconds: u64) -> governor::ExecuteMsg {
    governor::ExecuteMsg::Pause { module, seconds }
}

/// Law 24: bonding stops; whoever wants to leave leaves, and whoever wants to vote votes.
#[test]
fn a_paused_staking_lets_everybody_out() {
    let mut chain = Chain::ready();
    let (alice, bob, guardian) = (user("alice"), user("bob"), user("guardian"));
    let id = chain.propose(&alice, TrackMsg::Ordinary, QuestionMsg::Signal {});
    let unstake = staking::ExecuteMsg::Unstake { amount: Uint128::new(100) };
    chain.staking(&bob, unstake.clone()).unwrap();
    chain.blocks(1);
    chain.govern(&guardian, &pause(PausableMsg::Staking, 100)).unwrap();
    let to = Some(bob.to_string());
    assert_eq!(code(chain.stake(&alice, 10, 0)), 7);
    assert_eq!(code(chain.staking(&alice, staking::ExecuteMsg::Raise { tier: 1 })), 7);
    assert_eq!(code(chain.staking(&alice, staking::ExecuteMsg::Delegate { to })), 7);
    chain.staking(&alice, unstake).unwrap();
    chain.vote(&alice, id, YES).unwrap();
    let withdraw = governor::ExecuteMsg::Withdraw { amount: Uint128::new(5) };
    chain.govern(&alice, &withdraw).unwrap();
    chain.blocks(19);
    let before = chain.balance(&bob);
    chain.staking(&bob, staking::ExecuteMsg::Claim {}).unwrap();
    assert_eq!(chain.balance(&bob) - before, 100, "while it is paused");
    assert_eq!(code(chain.stake(&alice, 10, 0)), 7);
    chain.blocks(1);
    chain.stake(&alice, 10, 0).unwrap();
}

#[test]
fn a_paused_network_and_rewards_let_everybody_out() {
    let mut chain = Chain::ready();
    let (bob, dave, guardian) = (user("bob"), user("dave"), user("guardian"));
    let (token, network, rewards) =
        (chain.token.clone(), chain.network.clone(), chain.rewards.clone());
    chain.blocks(genesis::TEMPO);
    for module in [PausableMsg::Network, PausableMsg::Rewards] {
        chain.govern(&guardian, &pause(module, 100)).unwrap();
    }
    let msg = to_json_binary(&SendMsg::Register { topic: 0 }).unwrap();
    let contract = network.to_string();
    let register = Cw20ExecuteMsg::Send { contract, amount: Uint128::new(150), msg };
    assert_eq!(code(chain.run(&dave, &token, &register)), 7);
    let submit = network::ExecuteMsg::SubmitWeights { topic: 0, weights: vec![(1, 1)] };
    assert_eq!(code(chain.run(&bob, &network, &submit)), 7);
    let close = network::ExecuteMsg::Close { topic: 0, rows: 9 };
    assert_eq!(code(chain.run(&bob, &network, &close)), 7);
    let take = rewards::ExecuteMsg::SetTake { take: Decimal::percent(5) };
    assert_eq!(code(chain.run(&bob, &rewards, &take)), 7);
    chain.run(&bob, &network, &network::ExecuteMsg::Leave { topic: 0 }).unwrap();
    chain.run(&dave, &rewards, &genesis::airdropped("dave")).unwrap();
    let grant = rewards::ExecuteMsg::ClaimVested { number: 0 };
    chain.run(&user("alice"), &rewards, &grant).unwrap();
    chain.blocks(20);
    chain.run(&dave, &token, &register).unwrap();
    chain.run(&dave, &network, &close).unwrap();
    chain.run(&dave, &rewards, &take).unwrap();
}

/// Three pauses, each as long as the mandate says and no longer, and none that shortens another.
#[test]
fn a_guardian_runs_out_of_pauses() {
    let mut chain = Chain::ready();
    let (alice, guardian) = (user("alice"), user("guardian"));
    assert_eq!(code(chain.govern(&guardian, &pause(PausableMsg::Staking, 101))), 425);
    chain.govern(&guardian, &pause(PausableMsg::Staking, 100)).unwrap();
    for _ in 0..2 {
        chain.govern(&guardian, &pause(PausableMsg::Staking, 1)).unwrap();
    }
    assert_eq!(code(chain.govern(&guardian, &pause(PausableMsg::Staking, 1))), 424);
    chain.blocks(19);
    assert_eq!(code(chain.stake(&alice, 10, 0)), 7, "the first one still holds");
    chain.blocks(1);
    chain.stake(&alice, 10, 0).unwrap();
}

/// Token holders pause by an emergency, and an ordinary proposal ends it before it lapses.
#[test]
fn token_holders_pause_and_end_a_pause() {
    let mut chain = Chain::ready();
    let (alice, governor) = (user("alice"), chain.governor());
    let too_long = vec![call(&governor, &pause(PausableMsg::Staking, 61))];
    let question = QuestionMsg::Standard { msgs: too_long };
    let propose = crate::assembly::draft(TrackMsg::Emergency, question);
    assert_eq!(code(chain.govern(&alice, &propose)), 425);
    let msgs = vec![call(&governor, &pause(PausableMsg::Staking, 60))];
    assert_eq!(chain.enact(TrackMsg::Emergency, msgs), "executed");
    assert_eq!(code(chain.stake(&alice, 10, 0)), 7);
    let msgs = vec![call(&governor, &pause(PausableMsg::Staking, 0))];
    assert_eq!(chain.enact(TrackMsg::Ordinary, msgs), "executed");
    chain.stake(&alice, 10, 0).unwrap();
}

/// A suspended guardian does nothing, and an ordinary proposal dismisses it for good.
#[test]
fn a_captured_guardian_is_suspended_and_dismissed() {
    let mut chain = Chain::ready();
    let (guardian, governor) = (user("guardian"), chain.governor());
    let suspend = vec![call(&governor, &governor::ExecuteMsg::Suspend {})];
    // It may not cancel what only concerns itself.
    let id = chain.pass(TrackMsg::Emergency, suspend);
    let reason = Some("Because".to_owned());
    let cancel = governor::ExecuteMsg::Cancel { proposal_id: id, reason };
    assert_eq!(code(chain.govern(&guardian, &cancel)), 422);
    chain.govern(&guardian, &governor::ExecuteMsg::Execute { proposal_id: id }).unwrap();
    assert_eq!(chain.details(id).status, "executed");
    assert_eq!(code(chain.govern(&guardian, &pause(PausableMsg::Staking, 1))), 423);
    let dismiss = vec![call(&governor, &governor::ExecuteMsg::Dismiss {})];
    assert_eq!(chain.enact(TrackMsg::Ordinary, dismiss), "executed");
    let found: governor::MandateMsg = chain.ask(&governor, &governor::QueryMsg::Guardian {});
    assert_eq!(found.guardian, None);
    assert_eq!(code(chain.govern(&guardian, &pause(PausableMsg::Staking, 1))), 3);
}
