//! What proposals may do, and on which track.

use super::{GOVERNOR, TREASURY, coins, execute, execute_on, grant, own, pay, run, stage, stream};
use super::{promised, tokens};
use crate::{
    Asset, Bytes, Command, Get, ModuleId, Payload, Track, effect, network, rewards, staking,
    testing::{Stage, amount, user},
    token,
    treasury::{self, Action, Command as Verb, Event, Outflow, Params},
};

#[test]
fn a_payment_is_made_and_told() {
    let mut stage = stage();
    execute(&mut stage, vec![pay(40), pay(2)]).unwrap();
    assert_eq!(tokens(&stage, user(0)), 1_000_042);
    let executed = Event::Executed { proposal: 1, track: Track::Ordinary, actions: 2 };
    assert_eq!(stage.told.first(), Some(&effect::Event::Treasury(executed)));
    stage.lawful();
}

#[test]
fn only_the_governor_has_proposals_carried_out() {
    let mut stage = stage();
    for who in [user(0), TREASURY, ModuleId::Token.account(), ModuleId::Staking.account()] {
        let (track, actions) = (Track::Constitutional, vec![pay(1)]);
        let forged = Verb::Execute { proposal: 1, track, actions };
        assert_eq!(stage.run(who, Command::Treasury(forged)), Err(3));
    }
}

#[test]
fn all_actions_are_carried_out_or_none() {
    let mut stage = stage();
    let before = stage.store.clone();
    for (label, last, code) in [
        (
            "a refused call",
            Action::Call { command: Command::Staking(staking::Command::Claim) },
            207,
        ),
        ("a message that is not ours", Action::Opaque { message: Bytes(b"{}".to_vec()) }, 2),
        ("more than is held", pay(10_000), 602),
    ] {
        let done = execute_on(&mut stage, Track::Constitutional, vec![pay(40), last]);
        assert_eq!(done, Err(code), "{label}");
        assert_eq!(stage.store, before, "{label}");
    }
}

#[test]
fn ordinary_proposals_pay_up_to_the_cap_in_a_window() {
    let mut stage = stage();
    execute(&mut stage, vec![pay(600)]).unwrap();
    stage.block(2, 1_100);
    assert_eq!(execute(&mut stage, vec![pay(300), pay(101)]), Err(601));
    execute(&mut stage, vec![pay(300), pay(100)]).unwrap();
    // The first payment counts from second 1,000 to 1,249 at the latest.
    stage.block(3, 1_240);
    assert_eq!(execute(&mut stage, vec![pay(1)]), Err(601));
    stage.block(4, 1_250);
    assert_eq!(execute(&mut stage, vec![pay(601)]), Err(601));
    execute(&mut stage, vec![pay(600)]).unwrap();
    stage.lawful();
}

#[test]
fn the_constitutional_track_pays_above_the_cap_and_is_counted() {
    let mut stage = stage();
    execute_on(&mut stage, Track::Constitutional, vec![pay(5_000)]).unwrap();
    assert_eq!(execute(&mut stage, vec![pay(1)]), Err(601));
    let outflow: Outflow = stage.store.get(Asset::Token);
    assert_eq!(outflow.spent(stage.time, 240), 5_000);
}

#[test]
fn each_asset_has_its_own_cap() {
    let mut stage = stage();
    let pay_coins =
        |units| Action::Pay { asset: Asset::Native, to: user(0), amount: amount(units) };
    assert_eq!(execute(&mut stage, vec![pay_coins(1)]), Err(602));
    stage.store_coins(TREASURY, 500);
    assert_eq!(execute(&mut stage, vec![pay(1_000), pay_coins(101)]), Err(601));
    execute(&mut stage, vec![pay(1_000), pay_coins(100)]).unwrap();
    assert_eq!((stage.paid.as_slice(), coins(&stage)), ([(user(0), amount(100))].as_slice(), 400));
}

/// What leaves the treasury as a promise, or by cw20's own verbs, counts as a payment does.
#[test]
fn every_way_out_counts_against_the_cap() {
    let to = user(0);
    let call = |command| Action::Call { command: Command::Token(command) };
    let payload = Payload::Stake { tier: 0 };
    let (dear_stream, dear_grant) = (
        treasury::StreamTerms { rate: amount(1_001), funded: amount(1_001), ..stream() },
        treasury::GrantTerms { milestones: vec![amount(1_000), amount(1)], ..grant() },
    );
    for (label, action) in [
        ("pay", pay(1_001)),
        ("transfer", call(token::Command::Transfer { to, amount: amount(1_001) })),
        ("burn", call(token::Command::Burn { amount: amount(1_001) })),
        (
            "send",
            call(token::Command::Send {
                to: ModuleId::Staking.account(),
                amount: amount(1_001),
                payload,
            }),
        ),
        ("stream", own(Verb::OpenStream { terms: dear_stream })),
        ("grant", own(Verb::OpenGrant { terms: dear_grant })),
    ] {
        let mut stage = stage();
        assert_eq!(execute(&mut stage, vec![action.clone()]), Err(601), "{label}");
        execute_on(&mut stage, Track::Constitutional, vec![action]).unwrap();
        stage.lawful();
    }
}

#[test]
fn what_is_promised_cannot_be_paid() {
    let mut stage = stage();
    execute(&mut stage, vec![own(Verb::OpenStream { terms: stream() })]).unwrap();
    execute(&mut stage, vec![own(Verb::OpenGrant { terms: grant() })]).unwrap();
    assert_eq!(promised(&stage, Asset::Token), 220);
    let done = execute_on(&mut stage, Track::Constitutional, vec![pay(9_781)]);
    assert_eq!(done, Err(602));
    let twice = vec![pay(9_680), own(Verb::OpenStream { terms: stream() }), pay(1)];
    assert_eq!(execute_on(&mut stage, Track::Constitutional, twice), Err(602));
    execute_on(&mut stage, Track::Constitutional, vec![pay(9_780)]).unwrap();
    stage.lawful();
}

#[test]
fn each_action_needs_its_track() {
    use Track::{Constitutional, Ordinary};
    let staking = |command| Action::Call { command: Command::Staking(command) };
    let token = |command| Action::Call { command: Command::Token(command) };
    let rewards = |command| Action::Call { command: Command::Rewards(command) };
    let network = |command| Action::Call { command: Command::Network(command) };
    let params = Params { window: 1, ..Params::default() };
    let (to, spender, units) = (user(1), user(1), amount(1));
    let payload = Payload::Fund { stream: 0 };
    let topic = network::TopicParams::default();
    for (label, action, needed) in [
        ("pay", pay(1), Ok(Ordinary)),
        ("migrate", Action::Migrate { module: ModuleId::Token, code: 2 }, Ok(Constitutional)),
        ("opaque", Action::Opaque { message: Bytes::default() }, Ok(Constitutional)),
        ("burn", token(token::Command::Burn { amount: units }), Ok(Ordinary)),
        ("mint", token(token::Command::Mint { to, amount: units }), Ok(Constitutional)),
        ("minter", token(token::Command::UpdateMinter { to: None }), Ok(Constitutional)),
        (
            "allowance",
            token(token::Command::IncreaseAllowance { spender, amount: units, expires: None }),
            Err(604),
        ),
        ("delegate", staking(staking::Command::Delegate { to: None }), Ok(Ordinary)),
        (
            "slash",
            staking(staking::Command::Slash { who: to, amount: units, informer: to }),
            Ok(Constitutional),
        ),
        (
            "staking",
            staking(staking::Command::UpdateParams { params: Stage::small_staking() }),
            Ok(Constitutional),
        ),
        ("hook", staking(staking::Command::AddHook { hook: to }), Ok(Constitutional)),
        ("failed", staking(staking::Command::Failed { tag: 0 }), Err(604)),
        (
            "topic",
            network(network::Command::CreateTopic { params: topic, weight: 1 }),
            Ok(Ordinary),
        ),
        ("allocate", rewards(rewards::Command::Allocate { topic: 0, weight: 1 }), Ok(Ordinary)),
        (
            "rewards",
            rewards(rewards::Command::UpdateParams { params: rewards::Params::default() }),
            Ok(Constitutional),
        ),
        ("mint by rewards", rewards(rewards::Command::Pay { to, amount: units }), Err(604)),
        ("stream", own(Verb::OpenStream { terms: stream() }), Ok(Ordinary)),
        ("cancel", own(Verb::CancelStream { stream: 0 }), Ok(Ordinary)),
        ("grant", own(Verb::OpenGrant { terms: grant() }), Ok(Ordinary)),
        ("caps", own(Verb::UpdateParams { params }), Ok(Constitutional)),
        ("handover", own(Verb::Offer { to: None }), Ok(Constitutional)),
        ("accept", own(Verb::Accept), Err(604)),
        ("notice", own(Verb::Receive { from: to, amount: units, payload }), Err(604)),
        (
            "a proposal in a proposal",
            own(Verb::Execute { proposal: 1, track: Ordinary, actions: vec![] }),
            Err(604),
        ),
    ] {
        let found = treasury::needed(&action).map_err(|refusal| refusal.code());
        assert_eq!(found, needed, "{label}");
        let carried = |track| treasury::carried(track, std::slice::from_ref(&action));
        let code = |track| carried(track).map_err(|refusal| refusal.code());
        let (ordinary, constitutional, emergency) = match needed {
            Ok(Constitutional) => (Err(603), Ok(()), Err(603)),
            Ok(_) => (Ok(()), Ok(()), Err(603)),
            Err(never) => (Err(never), Err(never), Err(never)),
        };
        assert_eq!(code(Ordinary), ordinary, "{label}");
        assert_eq!(code(Constitutional), constitutional, "{label}");
        assert_eq!(code(Track::Emergency), emergency, "{label}");
        if let Err(code) = ordinary {
            assert_eq!(execute(&mut stage(), vec![action]), Err(code), "{label}");
        }
    }
}

#[test]
fn actions_are_bounded() {
    let mut stage = stage();
    let long = Bytes(vec![b' '; treasury::MAX_MESSAGE + 1]);
    for (label, actions, code) in [
        ("too many", vec![pay(1); 17], 605),
        ("nothing", vec![pay(0)], 606),
        ("too long", vec![Action::Opaque { message: long }], 623),
    ] {
        assert_eq!(execute_on(&mut stage, Track::Constitutional, actions), Err(code), "{label}");
    }
    execute(&mut stage, vec![pay(1); 16]).unwrap();
    execute(&mut stage, vec![]).unwrap();
}

#[test]
fn sums_of_the_largest_amounts_are_refused_and_do_not_wrap() {
    let mut stage = stage();
    let most = Action::Pay { asset: Asset::Token, to: user(0), amount: crate::Amount::MAX };
    assert_eq!(execute_on(&mut stage, Track::Constitutional, vec![most; 16]), Err(602));
}

#[test]
fn coins_come_only_to_fund_a_stream() {
    let mut stage = stage();
    for verb in [
        Verb::Execute { proposal: 1, track: Track::Ordinary, actions: vec![] },
        Verb::ClaimStream { stream: 0 },
        Verb::Accept,
    ] {
        assert_eq!(stage.run_with(GOVERNOR, Command::Treasury(verb), 5), Err(5));
    }
    assert_eq!(stage.run_with(user(0), Command::Treasury(Verb::Fund { stream: 0 }), 5), Err(607));
}

#[test]
fn own_verbs_are_reached_by_proposals_only() {
    let params = Params { window: 1, ..Params::default() };
    for verb in [
        Verb::OpenStream { terms: stream() },
        Verb::FundStream { stream: 0, asset: Asset::Token, amount: amount(1) },
        Verb::CancelStream { stream: 0 },
        Verb::OpenGrant { terms: grant() },
        Verb::Offer { to: Some(user(0)) },
        Verb::UpdateParams { params },
        Verb::Settle,
    ] {
        let mut stage = stage();
        assert_eq!(run(&mut stage, 0, verb.clone()), Err(3), "{verb:?}");
        assert_eq!(stage.run(GOVERNOR, Command::Treasury(verb.clone())), Err(3), "{verb:?}");
    }
}

#[test]
fn caps_and_window_change_by_a_constitutional_proposal() {
    let mut stage = stage();
    let update =
        |window| own(Verb::UpdateParams { params: Params { window, ..Params::default() } });
    for (window, outcome) in [
        (0, Err(620)),
        (treasury::MAX_WINDOW + 1, Err(620)),
        (treasury::MAX_WINDOW, Ok(())),
        (1, Ok(())),
    ] {
        let done = execute_on(&mut stage, Track::Constitutional, vec![update(window)]);
        assert_eq!(done, outcome, "{window}");
    }
    assert_eq!(execute(&mut stage, vec![pay(1)]), Err(601));
    let mut empty = Stage::default();
    let refused = treasury::genesis(&mut empty.store, &Params::default()).unwrap_err();
    assert_eq!((refused.len(), refused[0].code()), (1, 620));
}
