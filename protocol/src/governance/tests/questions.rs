//! Choices, gauges, optimistic proposals; and what cannot be proposed.

use super::lifecycle::{balance, free, refused};
use crate::{
    Bytes, Command as Any, Fraction, Get, Has, Power,
    governance::{
        self, Choice, Command, Draft, MAX_BODY, MAX_LINE, NO, Question, Status, Text, VETO, YES,
        reasons::{
            BAD_NAME, BAD_OPTIONS, LOW_POWER, LOW_TOTAL, NO_ACTIONS, NO_TOPIC, NO_WEIGHT,
            NOTHING_TO_EXECUTE, TOO_LONG, TOO_MANY_ACTIONS,
        },
    },
    network,
    rewards::Pot,
    staking,
    testing::{Stage, all_for, amount, choice, draft, pay, percent, rules, to_governor, user},
    track::Track,
    treasury::Action,
};

fn queue(proposal: u32) -> Command {
    Command::Queue { proposal }
}

fn execute(proposal: u32) -> Command {
    Command::Execute { proposal }
}

#[test]
fn a_choice_carries_out_the_winner_alone() {
    let options = || {
        vec![
            ("north", vec![pay(user(20), 10)]),
            ("south", vec![pay(user(21), 20)]),
            ("east", vec![]),
        ]
    };
    for (label, votes, paid) in [
        ("north", [(5, 0), (0, 1)], Some(0)),
        ("south", [(5, 1), (0, 0)], Some(1)),
        ("east, and nothing follows", [(5, 2), (0, 0)], None),
        ("none of them", [(5, 3), (0, 1)], None),
    ] {
        let mut stage = Stage::governed();
        let id = stage.propose(choice(Track::Ordinary, options())).unwrap();
        let text: Text = stage.store.get(id);
        assert_eq!(text.options.len(), 3);
        stage.wait(5);
        for (n, option) in votes {
            stage.vote(user(n), id, all_for(option)).unwrap();
        }
        assert_eq!(stage.vote(user(1), id, all_for(4)), Err(411), "{label}");
        stage.wait(20);
        let queued = stage.govern(user(9), queue(id));
        match paid {
            Some(n) => {
                queued.unwrap();
                stage.wait(15).govern(user(9), execute(id)).unwrap();
                assert_eq!(balance(&stage, user(20 + n)), 10 * (u128::from(n) + 1), "{label}");
                assert_eq!(balance(&stage, user(21 - n)), 0, "{label}");
            }
            None if label == "none of them" => assert_eq!(queued, Err(413), "{label}"),
            None => {
                assert_eq!(queued, refused(&NOTHING_TO_EXECUTE), "{label}");
                stage.govern(user(9), Command::Settle { proposal: id }).unwrap();
                assert_eq!(free(&stage, 5), 10_000, "{label}");
            }
        }
        stage.lawful();
    }
}

fn gauge(topics: Vec<u16>, weight: u64) -> Draft {
    Draft { question: Question::Gauge { topics, weight }, ..draft(Track::Ordinary, vec![]) }
}

/// The emission's allocation by vote: each topic gets its part of the weight.
#[test]
fn a_gauge_sets_allocation_weights_by_votes() {
    let mut stage = Stage::governed();
    stage.store.set((), network::Params { topics: 4 });
    let id = stage.propose(gauge(vec![0, 2, 3], 1_000)).unwrap();
    stage.wait(5);
    // 600 for topics 0 and 2 alike, 300 for 3, 100 for none.
    stage.vote(user(5), id, vec![(0, percent(50)), (1, percent(50))]).unwrap();
    stage.vote(user(2), id, all_for(2)).unwrap();
    stage.vote(user(0), id, all_for(3)).unwrap();
    stage.wait(20).govern(user(9), queue(id)).unwrap();
    stage.wait(15).govern(user(9), execute(id)).unwrap();
    assert_eq!(stage.status(id), Status::Executed);
    let weights = [0, 1, 2, 3].map(|topic| {
        let pot: Pot = stage.store.get(topic);
        pot.weight
    });
    // 1,000 by thirds: the first of equal remainders gets the unit that is left.
    assert_eq!(weights, [334, 0, 333, 333]);
    stage.lawful();
}

/// Passes unless it is objected to.
#[test]
fn an_optimistic_track_needs_no_votes() {
    let mut lax = rules();
    lax.params.tracks[0].objection = percent(10);
    for (label, votes, status) in [
        ("nobody votes", &[][..], Status::Passed),
        ("209 of 2,100 object", &[(0, NO)], Status::Passed),
        ("210 are needed", &[(0, NO), (1, NO)], Status::Defeated),
        ("veto", &[(0, YES), (1, VETO), (2, NO)], Status::Vetoed),
    ] {
        let mut stage = Stage::governed_by(lax.clone());
        let id = stage.propose(draft(Track::Ordinary, vec![pay(user(9), 3)])).unwrap();
        stage.wait(5);
        for (n, option) in votes {
            stage.vote(user(*n), id, all_for(*option)).unwrap();
        }
        stage.wait(40);
        assert_eq!(stage.status(id), status, "{label}");
        if status == Status::Passed {
            stage.govern(user(9), queue(id)).unwrap();
            stage.wait(15).govern(user(9), execute(id)).unwrap();
            assert_eq!(balance(&stage, user(9)), 3, "{label}");
        }
    }
    // A signal on that track still has to gather votes.
    let mut stage = Stage::governed_by(lax);
    let id = stage.propose(draft(Track::Ordinary, vec![])).unwrap();
    assert_eq!(stage.wait(99).status(id), Status::Defeated);
}

#[test]
fn what_cannot_be_proposed() {
    let bytes = |count| Bytes(vec![b'x'; count]);
    let plain = || draft(Track::Ordinary, vec![pay(user(9), 1)]);
    let named = |names: &[&str]| {
        choice(Track::Ordinary, names.iter().map(|name| (*name, vec![])).collect())
    };
    let many = vec!["a"; 17];
    let empty = Question::Standard { actions: vec![] };
    let two = |n| Choice { name: bytes(n), actions: vec![pay(user(9), 1); 9] };
    let crowded = Question::Choice { options: vec![two(1), two(2)] };
    let own = |command| draft(Track::Constitutional, vec![to_governor(command)]);
    for (label, draft, code) in [
        ("a long title", Draft { title: bytes(MAX_LINE + 1), ..plain() }, TOO_LONG.code),
        ("1 MB of text", Draft { body: bytes(1 << 20), ..plain() }, TOO_LONG.code),
        ("a byte too much", Draft { body: bytes(MAX_BODY + 1), ..plain() }, TOO_LONG.code),
        ("nothing to do", Draft { question: empty, ..plain() }, NO_ACTIONS.code),
        ("17 actions", draft(Track::Ordinary, vec![pay(user(9), 1); 17]), TOO_MANY_ACTIONS.code),
        ("18 in two options", Draft { question: crowded, ..plain() }, TOO_MANY_ACTIONS.code),
        ("one option", named(&["a"]), BAD_OPTIONS.code),
        ("17 options", named(&many), BAD_OPTIONS.code),
        ("a name twice", named(&["a", "a"]), BAD_NAME.code),
        ("no name", named(&["a", ""]), BAD_NAME.code),
        ("one topic", gauge(vec![0], 5), BAD_OPTIONS.code),
        ("a topic twice", gauge(vec![0, 0], 5), NO_TOPIC.code),
        ("a topic that is not there", gauge(vec![0, 1], 5), NO_TOPIC.code),
        ("no weight", gauge(vec![0, 1], 0), NO_WEIGHT.code),
        // The audit lesson: a proposal cannot run itself, vote, or make another.
        ("executes itself", own(execute(0)), 604),
        ("queues", own(queue(0)), 604),
        (
            "votes",
            own(Command::Vote { proposal: 0, shares: all_for(YES), rationale: bytes(0) }),
            604,
        ),
        ("proposes", own(Command::Propose { draft: plain() }), 604),
        ("fails another", own(Command::Failed { tag: 0 }), 604),
        (
            "constitutional by ordinary",
            draft(
                Track::Ordinary,
                vec![to_governor(Command::UpdateParams { params: rules().params })],
            ),
            603,
        ),
    ] {
        let mut stage = Stage::governed();
        let before = stage.store.clone();
        assert_eq!(stage.propose(draft), Err(code), "{label}");
        assert!(stage.store == before, "{label}");
    }
}

#[test]
fn proposers_have_power_at_the_snapshot() {
    let mut stage = Stage::governed();
    let signal = || Command::Propose { draft: draft(Track::Ordinary, vec![]) };
    // 1% of 2,100, rounded up.
    stage.run(user(4), Any::Staking(staking::Command::Unstake { amount: amount(480) })).unwrap();
    stage.govern(user(4), signal()).unwrap();
    stage.wait(1);
    // Now 20 of 1,620.
    stage.govern(user(4), signal()).unwrap();
    stage.run(user(4), Any::Staking(staking::Command::Unstake { amount: amount(4) })).unwrap();
    stage.wait(1);
    assert_eq!(stage.govern(user(4), signal()), refused(&LOW_POWER));
    // What is staked in the block itself does not count.
    stage.stake(user(4), 1_000, 0).unwrap();
    assert_eq!(stage.govern(user(4), signal()), refused(&LOW_POWER));
}

/// Zero total power: nothing can be proposed.
#[test]
fn nothing_is_proposed_while_nobody_has_power() {
    let mut stage = Stage::governed();
    for n in 0..6 {
        let all = amount(100 * u128::from(n + 1));
        stage.run(user(n), Any::Staking(staking::Command::Unstake { amount: all })).unwrap();
    }
    stage.wait(1);
    assert_eq!(stage.propose(draft(Track::Ordinary, vec![])), refused(&LOW_TOTAL));
    stage.stake(user(5), 9, 0).unwrap();
    stage.wait(1);
    assert_eq!(stage.propose(draft(Track::Ordinary, vec![])), refused(&LOW_TOTAL));
    stage.stake(user(5), 1, 0).unwrap();
    stage.wait(1).propose(draft(Track::Ordinary, vec![])).unwrap();
}

/// The audit lesson: dust staked later, at execution even, changes nothing of the past.
#[test]
fn lesson_all_power_comes_from_the_snapshot_at_execution_too() {
    let mut stage = Stage::governed();
    let id = stage.propose(draft(Track::Ordinary, vec![pay(user(9), 1)])).unwrap();
    stage.wait(5).vote(user(4), id, all_for(YES)).unwrap();
    stage.stake(user(6), 1, 0).unwrap();
    stage.wait(20);
    // A total a thousand times larger makes no quorum of it.
    stage.stake(user(6), 899_000, 0).unwrap();
    assert_eq!(stage.status(id), Status::Passed);
    stage.govern(user(9), queue(id)).unwrap();
    stage.wait(15).stake(user(6), 1, 0).unwrap();
    stage.govern(user(9), execute(id)).unwrap();
    assert_eq!((stage.status(id), balance(&stage, user(9))), (Status::Executed, 1));
    let terms: governance::Terms = stage.store.get(id);
    assert_eq!((terms.total, terms.quorum), (Power::new(2100), Power::new(420)));
}

/// A proposal cannot set a quorum above 100%: there is no such fraction.
#[test]
fn a_quorum_above_one_is_no_fraction() {
    assert_eq!(Fraction::from_parts(Fraction::WHOLE + 1), None);
    let encoded = (Fraction::WHOLE + 1).to_be_bytes();
    let names = crate::testing::PlainNames;
    assert_eq!(crate::decode::<Fraction>(&names, &encoded), None);
}

/// What the track may carry is asked again when it is executed, and the cap then.
#[test]
fn the_cap_is_asked_when_it_is_paid() {
    let mut stage = Stage::governed();
    let first = stage.propose(draft(Track::Ordinary, vec![pay(user(9), 6_000)])).unwrap();
    let second = stage.propose(draft(Track::Ordinary, vec![pay(user(9), 6_000)])).unwrap();
    stage.wait(5);
    for id in [first, second] {
        stage.vote(user(5), id, all_for(YES)).unwrap();
    }
    stage.wait(20);
    for id in [first, second] {
        stage.govern(user(9), queue(id)).unwrap();
    }
    stage.wait(15);
    for id in [first, second] {
        stage.govern(user(9), execute(id)).unwrap();
    }
    assert_eq!([first, second].map(|id| stage.status(id)), [Status::Executed, Status::Failed]);
    assert_eq!(balance(&stage, user(9)), 6_000);
    stage.lawful();
}

/// Lesson: an opaque message that fails undoes all that came before it.
#[test]
fn an_execution_is_never_half_done() {
    let mut stage = Stage::governed();
    let message = Bytes(br#"{"wasm":{}}"#.to_vec());
    let actions = vec![pay(user(9), 5), Action::Opaque { message }];
    let id = stage.pass(draft(Track::Constitutional, actions));
    stage.govern(user(9), execute(id)).unwrap();
    assert_eq!((stage.status(id), balance(&stage, user(9))), (Status::Failed, 0));
}
