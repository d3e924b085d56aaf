//! Token holders govern: the same proposals natively and through the contracts, with the same state
//! after each command.

mod engines;
#[path = "../stage/mod.rs"]
mod stage;
mod upgrade;
mod versions;

use protocol::governance::{Command as Verb, Status};
use protocol::treasury::Action;
use protocol::{Asset, Bytes, Command, Get, Track, governance, staking};

use engines::{Engines, pay};
use stage::user;

/// The whole path: propose, vote, queue, execute.
#[test]
fn a_passed_proposal_pays_tokens_and_coins() {
    let mut engines = Engines::ready();
    let before = engines.tokens(user(7));
    let actions = vec![pay(Asset::Token, user(7), 5), pay(Asset::Native, user(7), 6)];
    assert_eq!(engines.enact(Track::Ordinary, actions), Status::Executed);
    assert_eq!(engines.tokens(user(7)), before + 5);
}

/// What fails in the middle undoes all of it, is recorded, and may be tried again.
#[test]
fn a_failed_execution_does_nothing_and_is_tried_again() {
    let mut engines = Engines::ready();
    let call = Action::Call { command: Command::Staking(staking::Command::Claim) };
    let opaque = Bytes(b"{\"bank\":{\"burn\":{\"amount\":[]}}}".to_vec());
    let before = engines.tokens(user(7));
    for (track, last) in
        [(Track::Ordinary, call), (Track::Constitutional, Action::Opaque { message: opaque })]
    {
        let id = engines.pass_proposal(track, vec![pay(Asset::Token, user(7), 5), last]);
        for _ in 0..2 {
            engines.govern(user(6), Verb::Execute { proposal: id });
            assert_eq!(engines.status(id), Status::Failed);
            assert_eq!(engines.tokens(user(7)), before);
        }
    }
}

/// Only the authority's proposals move the treasury, and only the treasury the governor.
#[test]
fn nobody_goes_around_a_proposal() {
    let mut engines = Engines::ready();
    let execute = protocol::treasury::Command::Execute {
        proposal: 0,
        track: Track::Constitutional,
        actions: vec![pay(Asset::Token, user(7), 5)],
    };
    assert_eq!(engines.send(user(0), Command::Treasury(execute)), 3);
    let params: governance::Params = engines.world.get(());
    for verb in [Verb::UpdateParams { params }, Verb::Suspend, Verb::AddHook { hook: user(0) }] {
        assert_eq!(engines.send(user(0), Command::Governance(verb)), 3);
    }
}
