//! Upgrades by vote: new code for contracts that hold stake and live proposals.

use std::collections::BTreeSet;

use protocol::governance::{Command as Verb, Question, Stage, Status};
use protocol::treasury::Action;
use protocol::{Asset, Command, Get, ModuleId, Track, governance, staking};
use simulator::engine::Engine;

use crate::engines::{Engines, USERS, pay, propose, yes};
use crate::stage::{TOKEN, amount, user};
use crate::versions::{DEPLOYED, Version};

/// `E0008`: not newer code of the same contract.
const NOT_NEWER: u16 = 8;

/// Stake that is unbonding and stake that is delegated, beside what everybody has.
fn ready() -> Engines {
    let mut engines = Engines::ready();
    let unstake = staking::Command::Unstake { amount: amount(10 * TOKEN) };
    engines.ok(user(4), Command::Staking(unstake));
    let delegate = staking::Command::Delegate { to: Some(user(1)) };
    engines.ok(user(3), Command::Staking(delegate));
    engines
}

fn migrate((module, code): (ModuleId, u64)) -> Action {
    Action::Migrate { module, code }
}

/// Executes an upgrade while another proposal is being voted on; no record of any module changes
/// but the governor's own of the upgrade. Then that vote ends and pays.
fn upgrade_amid_a_vote(engines: &mut Engines, codes: &[(ModuleId, u64)]) {
    engines.world.know_codes(codes.iter().copied().collect());
    let actions = codes.iter().copied().map(migrate).collect();
    let upgrade = engines.pass_proposal(Track::Constitutional, actions);
    let question = Question::Standard { actions: vec![pay(Asset::Token, user(7), 5)] };
    engines.govern(user(1), propose(Track::Ordinary, question));
    engines.pass(6);
    engines.govern(user(1), yes(upgrade + 1));

    let (digests, before) = (engines.world.digests(), engines.world.export());
    engines.govern(user(6), Verb::Execute { proposal: upgrade });
    assert_eq!(engines.status(upgrade), Status::Executed);
    let (later, after) = (engines.world.digests(), engines.world.export());
    let changed = after
        .iter()
        .filter(|(at, record)| before.get(*at).is_none_or(|known| known.value != record.value));
    let changed: Vec<_> = changed.map(|((module, _), record)| (*module, record.table)).collect();
    assert_eq!(changed, [(ModuleId::Governor, "Proposal")]);
    for module in ModuleId::ALL.into_iter().filter(|module| *module != ModuleId::Governor) {
        assert_eq!(digests[module as usize], later[module as usize], "{}", module.name());
    }

    let held = engines.tokens(user(7));
    engines.govern(user(2), yes(upgrade + 1));
    engines.govern(user(3), yes(upgrade + 1));
    engines.pass(20);
    engines.govern(user(6), Verb::Queue { proposal: upgrade + 1 });
    engines.pass(16);
    engines.govern(user(6), Verb::Execute { proposal: upgrade + 1 });
    assert_eq!(engines.status(upgrade + 1), Status::Executed);
    assert_eq!(engines.tokens(user(7)), held + 5);
}

/// Law 26, for each contract by a proposal of its own, the governor's and the treasury's code
/// included; cw2 says the new version, and only that contract's.
#[test]
fn law_26_an_upgrade_by_vote_keeps_every_record_and_votes_go_on() {
    let mut engines = ready();
    let codes = engines.upload(Version::Later);
    for (place, code) in codes.into_iter().enumerate() {
        upgrade_amid_a_vote(&mut engines, &[code]);
        for (other, module) in DEPLOYED.into_iter().enumerate() {
            let version = if other <= place { Version::Later.text() } else { today() };
            engines.says(module, &version);
        }
    }
    engines.pass(100);
    engines.ok(user(4), Command::Staking(staking::Command::Claim));
}

#[test]
fn one_proposal_upgrades_every_contract() {
    let mut engines = ready();
    let codes = engines.upload(Version::Later);
    upgrade_amid_a_vote(&mut engines, &codes);
    DEPLOYED.into_iter().for_each(|module| engines.says(module, &Version::Later.text()));
}

/// Earlier code, code of no known version, and another contract's: the execution is undone, the
/// payment before it too, and fails again; the code's own refusal has a code.
#[test]
fn a_refused_upgrade_changes_nothing_and_may_be_tried_again() {
    let mut engines = ready();
    engines.world.know_codes(BTreeSet::new());
    engines.world.listen(true);
    let (earlier, unknown) = (engines.upload(Version::Earlier), engines.upload(Version::Unknown));
    let later = engines.upload(Version::Later);
    for to in [earlier, unknown, later.map(|(module, _)| foreign(module, &later))].concat() {
        let actions = vec![pay(Asset::Token, user(7), 5), migrate(to)];
        let id = engines.pass_proposal(Track::Constitutional, actions);
        let before = engines.world.digests();
        for _ in 0..2 {
            engines.govern(user(6), Verb::Execute { proposal: id });
            assert_eq!(engines.world.reported(), [NOT_NEWER], "{to:?}");
            let proposal: governance::Proposal = engines.world.get(id);
            assert!(matches!(proposal.stage, Stage::Failed { .. }), "{to:?}");
            let after = engines.world.digests();
            for module in DEPLOYED.into_iter().filter(|module| *module != ModuleId::Governor) {
                assert_eq!(before[module as usize], after[module as usize], "{to:?}");
            }
            engines.says(to.0, &today());
        }
        for chain in &mut engines.chains {
            let refused = chain.give_code(ModuleId::Treasury.account(), to.0, to.1);
            let refused = refused.expect_err("the code refuses");
            assert_eq!(refused.code, NOT_NEWER, "{} {to:?}: {refused}", chain.name());
            assert!(refused.text.contains(&today()), "{refused}");
        }
    }
}

/// The code of a passed upgrade was not uploaded yet: it fails, and is carried out later.
#[test]
fn an_upgrade_is_tried_again_until_its_code_is_there() {
    let mut engines = ready();
    engines.world.know_codes(BTreeSet::new());
    // The numbers that the next codes will have.
    let codes: Vec<_> = DEPLOYED.into_iter().zip(DEPLOYED.len() as u64 + 1..).collect();
    let actions = codes.iter().copied().map(migrate).collect();
    let id = engines.pass_proposal(Track::Constitutional, actions);
    engines.govern(user(6), Verb::Execute { proposal: id });
    assert_eq!(engines.status(id), Status::Failed);
    assert_eq!(engines.upload(Version::Later).as_slice(), codes);
    engines.world.know_codes(codes.into_iter().collect());
    engines.govern(user(6), Verb::Execute { proposal: id });
    assert_eq!(engines.status(id), Status::Executed);
    DEPLOYED.into_iter().for_each(|module| engines.says(module, &Version::Later.text()));
}

/// The chain lets nobody but the treasury give a contract other code: not the guardian, not the
/// governor, and no contract itself but the treasury, which acts for a passed proposal alone.
#[test]
fn nobody_upgrades_without_a_proposal() {
    let mut engines = Engines::ready();
    let codes = engines.upload(Version::Later);
    let modules = DEPLOYED.into_iter().filter(|module| *module != ModuleId::Treasury);
    let senders = modules.map(ModuleId::account).chain((0..USERS).map(user));
    for sender in senders {
        for (module, code) in codes {
            for chain in &mut engines.chains {
                let refused = chain.give_code(sender, module, code).expect_err("not the admin");
                assert!(refused.text.contains("Only admin"), "{refused}");
            }
        }
    }
    DEPLOYED.into_iter().for_each(|module| engines.says(module, &today()));
}

/// Code that is not the module's; as Wasm the token's is staking's and rewards' too.
fn foreign(module: ModuleId, codes: &[(ModuleId, u64)]) -> (ModuleId, u64) {
    let of = match module {
        ModuleId::Token | ModuleId::Staking | ModuleId::Rewards => ModuleId::Network,
        _ => ModuleId::Token,
    };
    let code = codes.iter().find(|(module, _)| *module == of).expect("every code is uploaded");
    (module, code.1)
}

fn today() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}
