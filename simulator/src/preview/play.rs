//! A state run forward by the agents of a scenario, over its seeds.

use std::collections::BTreeMap;

use protocol::AccountId;

use super::{Change, Measured, Preview, PreviewError, accounts, roles};
use crate::{engine::Refused, run::Season, scenario::Scenario, snapshot::Snapshot};

/// Runs a snapshot through a scenario's epochs with and without a change, each seed twice: agents
/// draw the same, and part only where they see something else.
///
/// # Errors
/// A scenario that does not fit the snapshot, or does not run.
pub fn played(
    snapshot: &Snapshot,
    change: Change,
    scenario: &Scenario,
) -> Result<Preview, PreviewError> {
    let world = snapshot.world(&[])?;
    let before = Measured::of(&world, &accounts(snapshot, &world));
    let (mut runs, mut refused, mut hashes) = (Vec::new(), None, [[0; 32]; 2]);
    let mut people = Vec::new();
    for run in 0..u64::from(scenario.seeds.max(1)) {
        let mut play = |carried: bool| -> Result<Measured, PreviewError> {
            let mut season = Season::resume(scenario, run, false, snapshot, &mut ())?;
            if people.is_empty() {
                people = named(scenario, &season, &accounts(snapshot, season.state()));
            }
            let told = change.told_to(&world, season.state()).ok_or(PreviewError::Nothing)?;
            let failed = begin(&mut season, &told, carried);
            for epoch in 0..scenario.epochs {
                let _goes_on = season.epoch(epoch, &mut ())?;
            }
            if run == 0 {
                hashes[usize::from(carried)] = season.world().state_hash();
            }
            refused = failed.or(refused.take());
            Ok(Measured::of(season.state(), &accounts(snapshot, season.state())))
        };
        runs.push((play(false)?, play(true)?));
    }
    let blocks = scenario.tempo().saturating_mul(scenario.epochs);
    let rows_refused = [0, 0];
    Ok(Preview { change, refused, blocks, before, runs, people, hashes, rows_refused })
}

/// Carries the change out in the first block where it is to be; nobody executes its proposal in
/// either run.
fn begin(season: &mut Season<'_>, change: &Change, carried: bool) -> Option<Refused> {
    season.leave_alone(change.number);
    let done = season.first(|world| match carried {
        true => change.carry_out(world),
        false => Ok(()),
    });
    done.err()
}

/// Names and groups: members by their population, others by what they do.
fn named(
    scenario: &Scenario,
    season: &Season<'_>,
    accounts: &[AccountId],
) -> Vec<(String, String)> {
    let members = season.roster().members.iter();
    let groups: BTreeMap<u32, &str> = members
        .filter_map(|member| {
            let population = scenario.populations.get(member.group)?;
            Some((member.account.handle(), population.name.as_str()))
        })
        .collect();
    let mut people = roles::of(season.state(), accounts);
    for ((_, group), who) in people.iter_mut().zip(accounts) {
        if let Some(population) = groups.get(&who.handle()) {
            (*population).clone_into(group);
        }
    }
    people
}
