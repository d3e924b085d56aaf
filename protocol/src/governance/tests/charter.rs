//! The governor changes itself only by proposal: parameters, guardian, pauses, holds, hooks.

use super::lifecycle::{balance, free, refused};
use crate::{
    AccountId, Bytes, Command as Any, Effect, Event as AnyEvent, Get, ModuleId, Timestamp,
    governance::{
        Command, Event, Guardian, Mandate, Params, Status, Terms, YES,
        reasons::{
            HELD, HOOK_KNOWN, HOOK_UNKNOWN, JUST_CHANGED, NO_MANDATE, NO_PAUSES, NO_REASON,
            NOT_CANCELLABLE, NOT_HELD, NOT_QUEUED, NOT_SUSPENDED, OWN_FATE, PAUSE_TOO_LONG,
            TOO_MANY_HOOKS,
        },
    },
    pause::Pausable,
    staking,
    testing::{GUARDIAN, Stage, all_for, amount, draft, pay, percent, rules, to_governor, user},
    track::Track,
};

const TREASURY: AccountId = ModuleId::Treasury.account();

fn cancel(proposal: u32, reason: &str) -> Command {
    Command::Cancel { proposal, reason: Bytes(reason.as_bytes().to_vec()) }
}

fn queue(proposal: u32) -> Command {
    Command::Queue { proposal }
}

fn execute(proposal: u32) -> Command {
    Command::Execute { proposal }
}

fn pause(module: Pausable, seconds: u64) -> Command {
    Command::Pause { module, seconds }
}

fn enact(stage: &mut Stage, track: Track, command: Command) {
    stage.enact(draft(track, vec![to_governor(command)]));
}

#[test]
fn a_proposer_cancels_before_voting_opens_and_nobody_else() {
    let mut stage = Stage::governed();
    let id = stage.propose(draft(Track::Ordinary, vec![pay(user(9), 1)])).unwrap();
    assert_eq!(stage.govern(user(4), cancel(id, "mine")), Err(3));
    assert_eq!(stage.govern(GUARDIAN, cancel(id, "no")), refused(&NOT_CANCELLABLE));
    let mut open = stage.clone();
    stage.govern(user(5), cancel(id, "")).unwrap();
    assert_eq!((stage.status(id), free(&stage, 5)), (Status::Cancelled, 10_000));
    assert_eq!(stage.govern(user(5), cancel(id, "")), refused(&NOT_CANCELLABLE));
    assert_eq!(stage.wait(9).vote(user(5), id, all_for(YES)), Err(405));
    assert_eq!(open.wait(5).govern(user(5), cancel(id, "")), refused(&NOT_CANCELLABLE));
    stage.lawful();
}

#[test]
fn the_guardian_cancels_what_is_queued_and_says_why() {
    let mut stage = Stage::governed();
    let id = stage.propose(draft(Track::Ordinary, vec![pay(user(9), 1)])).unwrap();
    stage.wait(5).vote(user(5), id, all_for(YES)).unwrap();
    stage.wait(20);
    assert_eq!(stage.govern(GUARDIAN, cancel(id, "bad")), refused(&NOT_CANCELLABLE));
    stage.govern(user(9), queue(id)).unwrap();
    assert_eq!(stage.govern(GUARDIAN, cancel(id, "")), refused(&NO_REASON));
    let mut late = stage.clone();
    stage.govern(GUARDIAN, cancel(id, "pays a thief")).unwrap();
    assert_eq!(stage.status(id), Status::Cancelled);
    assert_eq!(stage.wait(15).govern(user(9), execute(id)), refused(&NOT_QUEUED));
    // Executable is still queued; executed is not.
    late.wait(15).govern(GUARDIAN, cancel(id, "pays a thief")).unwrap();
    // After the mandate's end the guardian is anybody.
    let mut ended = Stage::governed();
    ended.block(9, 5900);
    let id = ended.pass(draft(Track::Ordinary, vec![pay(user(9), 1)]));
    ended.block(30, 6000);
    assert_eq!(ended.govern(GUARDIAN, cancel(id, "bad")), refused(&NO_MANDATE));
    ended.lawful();
}

/// A guardian that has been captured cannot keep its seat.
#[test]
fn the_guardian_cannot_cancel_its_own_dismissal() {
    let mut stage = Stage::governed();
    let replace = Command::SetGuardian { mandate: Mandate::default() };
    let id = stage.pass(draft(Track::Constitutional, vec![to_governor(replace.clone())]));
    assert_eq!(stage.govern(GUARDIAN, cancel(id, "I stay")), refused(&OWN_FATE));
    stage.govern(user(9), execute(id)).unwrap();
    let Guardian { mandate } = stage.store.get(());
    assert_eq!(mandate, Mandate::default());
    // With anything else beside it, it may be cancelled: it could hide what is to be stopped.
    let mut stage = Stage::governed();
    let both = vec![to_governor(replace), pay(user(9), 1)];
    let id = stage.pass(draft(Track::Constitutional, both));
    stage.govern(GUARDIAN, cancel(id, "hides a payment")).unwrap();
}

#[test]
fn a_mandate_is_renewed_by_a_constitutional_proposal_inside_bounds() {
    let mandate = Mandate {
        guardian: Some(user(8)),
        ends: Timestamp::new(9000),
        pause: 200,
        pauses: 7,
        suspended: Timestamp::new(77),
    };
    for (label, mandate, code) in [
        ("over", Mandate { ends: Timestamp::new(1), ..mandate }, 465),
        ("too long", Mandate { ends: Timestamp::new(11_011), ..mandate }, 465),
        ("pauses too long", Mandate { pause: 201, ..mandate }, 466),
    ] {
        let mut stage = Stage::governed();
        let set = Command::SetGuardian { mandate };
        assert_eq!(stage.govern(TREASURY, set), Err(code), "{label}");
    }
    let mut stage = Stage::governed();
    assert_eq!(stage.govern(GUARDIAN, Command::SetGuardian { mandate }), Err(3));
    let low = draft(Track::Ordinary, vec![to_governor(Command::SetGuardian { mandate })]);
    assert_eq!(stage.propose(low), Err(603));
    enact(&mut stage, Track::Constitutional, Command::SetGuardian { mandate });
    let Guardian { mandate: given } = stage.store.get(());
    assert_eq!(given, Mandate { suspended: Timestamp::ZERO, ..mandate });
}

#[test]
fn the_guardian_pauses_so_long_and_so_often() {
    let mut stage = Stage::governed();
    assert_eq!(stage.govern(user(0), pause(Pausable::Staking, 5)), Err(3));
    assert_eq!(stage.govern(GUARDIAN, pause(Pausable::Staking, 51)), refused(&PAUSE_TOO_LONG));
    assert_eq!(stage.govern(GUARDIAN, pause(Pausable::Staking, 0)), Err(436));
    stage.govern(GUARDIAN, pause(Pausable::Staking, 50)).unwrap();
    assert_eq!(stage.stake(user(0), 1, 0), Err(7));
    stage.wait(49);
    assert_eq!(stage.stake(user(0), 1, 0), Err(7));
    stage.wait(1).stake(user(0), 1, 0).unwrap();
    stage.govern(GUARDIAN, pause(Pausable::Network, 1)).unwrap();
    assert_eq!(stage.govern(GUARDIAN, pause(Pausable::Network, 1)), refused(&NO_PAUSES));
    stage.block(99, 6000);
    assert_eq!(stage.govern(GUARDIAN, pause(Pausable::Network, 1)), refused(&NO_MANDATE));
    stage.lawful();
}

/// Law 24: with everything paused, who wants to leave or to vote does.
#[test]
fn law_24_a_pause_stops_no_exit_and_no_vote() {
    let mut stage = Stage::governed();
    let id = stage.propose(draft(Track::Ordinary, vec![pay(user(9), 1)])).unwrap();
    stage.seat(0, 3, user(3));
    let unstake = |units| Any::Staking(staking::Command::Unstake { amount: amount(units) });
    stage.run(user(0), unstake(10)).unwrap();
    for module in Pausable::ALL {
        stage.govern(TREASURY, pause(module, 200)).unwrap();
    }
    assert_eq!(stage.stake(user(0), 1, 0), Err(7));
    let raise = Any::Staking(staking::Command::Raise { tier: 1 });
    assert_eq!(stage.run(user(0), raise), Err(7));
    let lend = Any::Staking(staking::Command::Delegate { to: Some(user(1)) });
    assert_eq!(stage.run(user(0), lend), Err(7));
    let submit = crate::network::Command::Submit { topic: 0, weights: vec![] };
    assert_eq!(stage.run(user(3), Any::Network(submit)), Err(7));
    let take = crate::rewards::Command::SetTake { take: percent(1) };
    assert_eq!(stage.run(user(3), Any::Rewards(take)), Err(7));
    // Exits and votes.
    stage.run(user(0), unstake(20)).unwrap();
    stage.wait(5).vote(user(5), id, all_for(YES)).unwrap();
    stage.govern(user(4), Command::Withdraw { amount: amount(10_000) }).unwrap();
    stage.wait(100).run(user(0), Any::Staking(staking::Command::Claim)).unwrap();
    assert_eq!(balance(&stage, user(0)), 1_000_000 - 10_000 - 100 + 30);
    let claim = crate::rewards::Command::Claim { slots: vec![(0, 3)] };
    // Refused for what it is, not for the pause.
    assert_eq!(stage.run(user(3), Any::Rewards(claim)), Err(506));
    assert_eq!(stage.run(user(3), Any::Staking(staking::Command::ClaimRewards)), Err(210));
    // 200 seconds after it began it is over by itself.
    stage.wait(95).stake(user(0), 1, 0).unwrap();
    stage.lawful();
}

#[test]
fn the_guardian_cannot_shorten_what_token_holders_paused() {
    let mut stage = Stage::governed();
    stage.govern(TREASURY, pause(Pausable::Staking, 200)).unwrap();
    stage.govern(GUARDIAN, pause(Pausable::Staking, 1)).unwrap();
    assert_eq!(stage.wait(199).stake(user(0), 1, 0), Err(7));
    stage.govern(TREASURY, pause(Pausable::Staking, 0)).unwrap();
    stage.stake(user(0), 1, 0).unwrap();
    assert_eq!(stage.govern(TREASURY, pause(Pausable::Staking, 201)), refused(&PAUSE_TOO_LONG));
}

/// An emergency's pause lasts as long as it takes to confirm it, and lapses.
#[test]
fn an_emergency_pause_lapses_unless_an_ordinary_proposal_confirms_it() {
    let emergency =
        |seconds| draft(Track::Emergency, vec![to_governor(pause(Pausable::Staking, seconds))]);
    let mut stage = Stage::governed();
    assert_eq!(stage.propose(emergency(61)), refused(&PAUSE_TOO_LONG));
    let pays = draft(Track::Emergency, vec![pay(user(9), 1)]);
    assert_eq!(stage.propose(pays), Err(603), "not on the list");
    let began = stage.enact(emergency(60));
    let mut lapsed = stage.clone();
    lapsed.wait(60).stake(user(0), 1, 0).unwrap();
    // Proposed at once, an ordinary proposal is there in time.
    let confirm = draft(Track::Ordinary, vec![to_governor(pause(Pausable::Staking, 200))]);
    let confirmed = stage.enact(confirm);
    assert!(stage.time.get() < 1_021 + 60 && confirmed > began);
    stage.wait(100);
    assert_eq!(stage.stake(user(0), 1, 0), Err(7));
    stage.lawful();
}

#[test]
fn a_held_proposal_is_dropped_or_goes_on() {
    let mut stage = Stage::governed();
    // Constitutional, so that its timelock of 20 s is longer than an emergency takes.
    let bad = stage.propose(draft(Track::Constitutional, vec![pay(user(9), 50_000)])).unwrap();
    stage.wait(10);
    for n in 0..6 {
        stage.vote(user(n), bad, all_for(YES)).unwrap();
    }
    let hold = draft(Track::Emergency, vec![to_governor(Command::Hold { proposal: bad })]);
    stage.wait(28);
    let stop = stage.propose(hold.clone()).unwrap();
    stage.wait(2);
    for n in [5, 4, 3, 2] {
        stage.vote(user(n), stop, all_for(YES)).unwrap();
    }
    stage.govern(user(9), queue(bad)).unwrap();
    stage.wait(10).govern(user(9), queue(stop)).unwrap();
    stage.wait(1).govern(user(9), execute(stop)).unwrap();
    assert_eq!((stage.status(stop), stage.status(bad)), (Status::Executed, Status::Queued));
    assert_eq!(stage.govern(TREASURY, Command::Hold { proposal: bad }), refused(&HELD));
    assert_eq!(stage.wait(59).govern(user(9), execute(bad)), Err(415));
    let mut dropped = stage.clone();
    dropped.govern(TREASURY, Command::Drop { proposal: bad }).unwrap();
    assert_eq!(dropped.status(bad), Status::Cancelled);
    dropped.lawful();
    stage.wait(1);
    assert_eq!(stage.govern(TREASURY, Command::Drop { proposal: bad }), refused(&NOT_HELD));
    stage.govern(user(9), execute(bad)).unwrap();
    assert_eq!(balance(&stage, user(9)), 50_000);
    assert_eq!(stage.govern(TREASURY, Command::Hold { proposal: bad }), refused(&NOT_QUEUED));
    assert_eq!(stage.govern(user(0), Command::Hold { proposal: bad }), Err(3));
}

#[test]
fn a_suspended_mandate_is_ended_or_comes_back() {
    let mut stage = Stage::governed();
    enact(&mut stage, Track::Emergency, Command::Suspend);
    assert_eq!(stage.govern(GUARDIAN, pause(Pausable::Network, 1)), refused(&NO_MANDATE));
    let mut back = stage.clone();
    back.wait(60).govern(GUARDIAN, pause(Pausable::Network, 1)).unwrap();
    assert_eq!(back.govern(TREASURY, Command::Dismiss), refused(&NOT_SUSPENDED));
    enact(&mut stage, Track::Ordinary, Command::Dismiss);
    let Guardian { mandate } = stage.store.get(());
    assert_eq!(mandate, Mandate::default());
    assert_eq!(stage.govern(TREASURY, Command::Suspend), refused(&NO_MANDATE));
}

/// The audit lesson: config changes never touch live proposals.
#[test]
fn config_changes_never_touch_live_proposals() {
    let mut stage = Stage::governed();
    let live = stage.propose(draft(Track::Ordinary, vec![pay(user(9), 1)])).unwrap();
    let before: Terms = stage.store.get(live);
    let mut params = rules().params;
    params.tracks[0].quorum = percent(39);
    params.tracks[0].period = 21;
    params.tracks[0].deposit = amount(7);
    params.lapse = 70;
    stage.govern(TREASURY, Command::UpdateParams { params: params.clone() }).unwrap();
    let after: Terms = stage.store.get(live);
    assert_eq!(before, after);
    stage.wait(5).vote(user(5), live, all_for(YES)).unwrap();
    stage.wait(20);
    assert_eq!(stage.status(live), Status::Passed, "600 of 2,100: below the new quorum");
    let next = stage.propose(draft(Track::Ordinary, vec![pay(user(9), 1)])).unwrap();
    let terms: Terms = stage.store.get(next);
    assert_eq!((terms.quorum.units(), terms.deposit), (819, amount(7)));
    assert_eq!(stage.govern(user(0), Command::UpdateParams { params }), Err(3));
    stage.lawful();
}

/// Aragon's lesson: new rules and the power of the block before never meet.
#[test]
fn lesson_nothing_is_proposed_in_the_block_that_changed_the_rules() {
    let mut stage = Stage::governed();
    let mut params = rules().params;
    params.tracks[0].quorum = percent(5);
    stage.govern(TREASURY, Command::UpdateParams { params }).unwrap();
    let signal = || draft(Track::Ordinary, vec![]);
    assert_eq!(stage.propose(signal()), refused(&JUST_CHANGED));
    stage.wait(0).propose(signal()).unwrap();
}

/// Unbonding and the longest track are checked from both sides.
#[test]
fn stake_stays_exposed_as_long_as_the_longest_track() {
    let mut stage = Stage::governed();
    let mut params = rules().params;
    params.tracks[1].grace += 1;
    let update = Command::UpdateParams { params: params.clone() };
    assert_eq!(stage.govern(TREASURY, update.clone()), Err(460));
    let mut notices = Stage::small_staking();
    notices.tiers[0].notice = 99;
    let shorten = |params| Any::Staking(staking::Command::UpdateParams { params });
    assert_eq!(stage.run(TREASURY, shorten(notices.clone())), Err(227));
    notices.tiers[0].notice = 101;
    stage.run(TREASURY, shorten(notices.clone())).unwrap();
    stage.govern(TREASURY, update).unwrap();
    notices.tiers[0].notice = 100;
    assert_eq!(stage.run(TREASURY, shorten(notices)), Err(227));
    let Params { tracks, .. } = stage.store.get(());
    assert_eq!(tracks, params.tracks);
}

/// The audit lessons: a failing subscriber blocks nothing, and is removed by its address.
#[test]
fn subscribers_are_told_and_block_nothing() {
    let mut stage = Stage::governed();
    let add = |n| Command::AddHook { hook: user(n) };
    for n in 20..28 {
        stage.govern(TREASURY, add(n)).unwrap();
    }
    assert_eq!(stage.govern(TREASURY, add(30)), refused(&TOO_MANY_HOOKS));
    assert_eq!(stage.govern(TREASURY, add(20)), refused(&HOOK_KNOWN));
    assert_eq!(stage.govern(user(0), add(31)), Err(3));
    let remove = |n| Command::RemoveHook { hook: user(n) };
    assert_eq!(stage.govern(user(0), remove(20)), Err(3));
    for n in 20..26 {
        stage.govern(user(n), remove(n)).unwrap();
    }
    stage.govern(TREASURY, remove(26)).unwrap();
    assert_eq!(stage.govern(TREASURY, remove(26)), refused(&HOOK_UNKNOWN));
    let heard = |stage: &Stage| {
        let told = stage.hooks.iter().filter_map(|hook| match hook {
            Effect::Herald { to, before, after, .. } => Some((*to, *before, *after)),
            _ => None,
        });
        told.collect::<Vec<_>>()
    };
    let id = stage.propose(draft(Track::Ordinary, vec![pay(user(9), 200_000)])).unwrap();
    assert_eq!(heard(&stage), [(user(27), None, Status::Pending)]);
    let failed = AnyEvent::Governance(Event::HookFailed { tag: 0 });
    assert!(stage.told.contains(&failed));
    stage.wait(5).vote(user(5), id, all_for(YES)).unwrap();
    assert!(heard(&stage).is_empty(), "a vote tells nobody");
    stage.wait(20).govern(user(9), queue(id)).unwrap();
    assert_eq!(heard(&stage), [(user(27), Some(Status::Passed), Status::Queued)]);
    stage.wait(15).govern(user(9), execute(id)).unwrap();
    let executed = (user(27), Some(Status::Executable), Status::Executed);
    assert_eq!(heard(&stage), [executed, (user(27), Some(Status::Executed), Status::Failed)]);
    stage.lawful();
}
