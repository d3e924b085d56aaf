//! One seed's season, from its first block to what is left of it.

use std::collections::BTreeMap;

use protocol::laws::Breach;

use super::{
    politics::Ruled,
    row::{row, tokens},
};
use crate::{
    run::{Member, Recorder, RunError, Season, Watch},
    scenario::Scenario,
    snapshot::Snapshot,
    trace::Sample,
};

/// What one season left behind.
#[derive(Clone, Debug)]
pub struct Played {
    /// The run's number.
    pub run: u64,
    /// Epochs that were sampled.
    pub epochs: Vec<u64>,
    /// The columns' values at each of them.
    pub rows: Vec<Vec<f64>>,
    /// Everybody's season, in the order of the roster.
    pub members: Vec<MemberSeason>,
    /// Tokens issued before the first block: all there were.
    pub issued_first: f64,
    /// Tokens issued since: subtracted in base units, so that nothing is rounded twice.
    pub emitted: f64,
    /// The state hash after the last epoch.
    pub state_hash: [u8; 32],
    /// Commands applied.
    pub applied: u64,
    /// Commands refused, by code.
    pub refused: BTreeMap<u16, u64>,
    /// Tokens that nobody claimed against roots in time, and that went back.
    pub returned: f64,
    /// Base units that were neither minted by the schedule nor burned but appeared or vanished.
    pub conservation_error: u128,
    /// The law that broke, if one did; the season ends there.
    pub breach: Option<Broken>,
    /// Who took part.
    pub roster: Vec<Member>,
    /// What governance came to, where there is a governor.
    pub ruled: Option<Ruled>,
    /// The samples, where they were to be kept.
    pub samples: Vec<Sample>,
}

/// One agent's season; amounts in tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MemberSeason {
    /// Rewards over the season, claimed or not.
    pub rewards: f64,
    /// Stake, in the mean over samples.
    pub stake: f64,
    /// Stake after the last epoch.
    pub last_stake: f64,
    /// True quality, in the mean over samples.
    pub quality: f64,
    /// Of its rewards, what it claimed against published roots.
    pub by_root: f64,
    /// Whether it holds a slot after the last epoch.
    pub seated: bool,
    /// Whether it held one at the start.
    pub seated_first: bool,
}

/// A law that broke.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The epoch after which it was found.
    pub epoch: u64,
    /// Which law, and what shows it.
    pub breach: Breach,
}

/// How one season is played.
#[derive(Clone, Copy, Debug)]
pub(super) struct Play<'a> {
    pub(super) run: u64,
    pub(super) honest: bool,
    pub(super) laws: bool,
    pub(super) keep_samples: bool,
    pub(super) from: Option<&'a Snapshot>,
}

/// Plays one season.
///
/// # Errors
/// Where it cannot begin or go on.
pub(super) fn play(
    scenario: &Scenario,
    how: Play<'_>,
    recorder: &mut impl Recorder,
) -> Result<Played, RunError> {
    let mut season = match how.from {
        None => Season::open(scenario, how.run, how.honest, recorder)?,
        Some(snapshot) => Season::resume(scenario, how.run, how.honest, snapshot, recorder)?,
    };
    let groups: Vec<usize> = season.roster().members.iter().map(|member| member.group).collect();
    let first = Sample::of(&season, 0);
    let mut sums = Sums::new(&first);
    let (mut epochs, mut rows, mut samples) = (Vec::new(), Vec::new(), Vec::new());
    let (mut last, mut watch, mut breach) = (first.clone(), Watch::default(), None);
    for epoch in 0..scenario.epochs {
        let flow = season.epoch(epoch, recorder)?;
        if how.laws
            && let Err(found) = watch.check(season.state())
        {
            breach = Some(Broken { epoch, breach: found });
        }
        let ends = epoch + 1 == scenario.epochs || flow.is_break() || breach.is_some();
        if ends || (epoch + 1) % scenario.trace.every == 0 {
            let now = Sample::of(&season, epoch);
            epochs.push(epoch);
            rows.push(row(scenario, &groups, &last, &now));
            sums.add(&now);
            let before = std::mem::replace(&mut last, now);
            if how.keep_samples && epochs.len() > 1 {
                samples.push(before);
            }
        }
        if ends {
            break;
        }
    }
    let state_hash = season.world().state_hash();
    let governed = scenario.governance.is_some();
    let ruled = governed.then(|| Ruled::of(&season, &first, &last));
    let ledger = season.ledger();
    let mut members = sums.members(scenario, &first, &last);
    for (member, by_root) in members.iter_mut().zip(&ledger.by_root) {
        member.by_root = tokens(scenario, *by_root);
    }
    let returned = tokens(scenario, ledger.returned);
    let (applied, refused) = (ledger.applied, ledger.refused.clone());
    let emitted = tokens(scenario, last.issued - first.issued);
    let conservation_error = conservation_error(&last).abs_diff(conservation_error(&first));
    if how.keep_samples {
        samples.push(last);
    }
    Ok(Played {
        run: how.run,
        epochs,
        rows,
        members,
        issued_first: tokens(scenario, first.issued),
        emitted,
        state_hash,
        applied,
        refused,
        returned,
        conservation_error,
        breach,
        roster: season.roster().members.clone(),
        ruled,
        samples,
    })
}

/// `|issued - supply - unclaimed - burned|`.
fn conservation_error(sample: &Sample) -> u128 {
    sample.issued.abs_diff(sample.supply + sample.unclaimed + sample.burned)
}

/// Sums over samples.
struct Sums {
    count: u32,
    stakes: Vec<u128>,
    qualities: Vec<i64>,
}

impl Sums {
    fn new(first: &Sample) -> Self {
        let members = first.members.len();
        Self { count: 0, stakes: vec![0; members], qualities: vec![0; members] }
    }

    fn add(&mut self, sample: &Sample) {
        self.count += 1;
        for (sum, member) in self.stakes.iter_mut().zip(&sample.members) {
            *sum += member.stake;
        }
        for (sum, member) in self.qualities.iter_mut().zip(&sample.members) {
            *sum += member.quality.bits();
        }
    }

    fn members(&self, scenario: &Scenario, first: &Sample, last: &Sample) -> Vec<MemberSeason> {
        let count = f64::from(self.count.max(1));
        let sums = self.stakes.iter().zip(&self.qualities);
        let ends = first.members.iter().zip(&last.members);
        ends.zip(sums)
            .map(|((first, last), (stake, quality))| MemberSeason {
                rewards: tokens(scenario, last.rewards.saturating_sub(first.rewards)),
                stake: tokens(scenario, *stake) / count,
                last_stake: tokens(scenario, last.stake),
                quality: *quality as f64 / 4_294_967_296.0 / count,
                by_root: 0.0,
                seated: last.slot.is_some(),
                seated_first: first.slot.is_some(),
            })
            .collect()
    }
}
