//! Why a slot of a synthesis topic earned what it earned: every term, as [`Signed`] numbers.

use super::epoch::{Epoch, remembered};
use super::{Column, Section, Signed, SlotMemory, SynthesisParams};
use crate::input::Input;
use crate::mechanism::Workspace;
use crate::outcome::{Prepared, entry};

/// Why a slot earned what it earned. A slot may be worker and reputer at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SynthesisTrace {
    /// The slot.
    pub uid: u16,
    /// The combined inference's loss.
    pub network_loss: Signed,
    /// The naive inference's, if enough reputers report it.
    pub naive_loss: Option<Signed>,
    /// What inferers earn of the topic's reward.
    pub inferers: Signed,
    /// What forecasters earn of it.
    pub forecasters: Signed,
    /// What reputers earn of it.
    pub reputers: Signed,
    /// As a worker.
    pub worker: Option<WorkerTrace>,
    /// As a reputer.
    pub reputer: Option<ReputerTrace>,
    /// What is remembered of it from now on.
    pub memory: SlotMemory,
}

/// Why a worker earned what it earned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkerTrace {
    /// Whether it is a forecaster; an inferer else.
    pub forecasts: bool,
    /// What each reputer reports of it, ascending.
    pub reports: Vec<Report>,
    /// Its own loss: the mean of the reports by stake.
    pub own_loss: Signed,
    /// The combined inference's loss without it, if enough reputers report it.
    pub loss_without: Option<Signed>,
    /// The naive inference's loss with it, if it is a forecaster.
    pub loss_with: Option<Signed>,
    /// Its score.
    pub score: Signed,
    /// How far scores of its class deviate.
    pub deviation: Signed,
    /// Its regret before the epoch.
    pub regret_before: Signed,
    /// Its fraction of what its class earns.
    pub fraction: Signed,
    /// What it earns of the topic's reward: fraction times the class's share.
    pub part: Signed,
    /// Its incentive, a raw share of what all workers earn.
    pub incentive: u64,
    /// Its weight in the next combined inference, a raw share.
    pub weight: u64,
}

/// What one reputer reports of a worker; the network's loss where it reports none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Report {
    /// The reputer.
    pub from: u16,
    /// Its active stake.
    pub stake: Signed,
    /// The worker's own loss.
    pub own: Signed,
}

/// Why a reputer earned what it earned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReputerTrace {
    /// Its active stake.
    pub stake: Signed,
    /// Its listening coefficient before the epoch.
    pub listening_before: Signed,
    /// From now on.
    pub listening: Signed,
    /// Its stake as consensus counts it, at most one of N.
    pub adjusted_stake: Signed,
    /// The part that it reports of the losses that it may report.
    pub coverage: Signed,
    /// Its score, coverage included.
    pub score: Signed,
    /// Its fraction of what reputers earn: stake times score over everybody's.
    pub fraction: Signed,
    /// Its dividend, a raw share.
    pub dividend: u64,
}

/// The terms of a slot's pay; `None` where nobody could be judged.
pub(crate) fn explain(
    params: &SynthesisParams,
    input: &Input<'_>,
    uid: u16,
) -> Option<SynthesisTrace> {
    let mut prepared = Prepared::default();
    super::prepare(params, input, &mut Workspace::default(), &mut prepared);
    let before = remembered(input, &prepared);
    let epoch = Epoch::judge(params, input, &prepared, &before)?;
    let memory =
        |memories: &[SlotMemory]| memories.get(usize::from(uid)).copied().unwrap_or_default();
    let regret_before = memory(&before).regret;
    Some(SynthesisTrace {
        uid,
        network_loss: epoch.network,
        naive_loss: epoch.naive,
        inferers: epoch.shares.inferers,
        forecasters: epoch.shares.forecasters,
        reputers: epoch.shares.reputers,
        worker: epoch.worker(uid, regret_before, &prepared),
        reputer: epoch.reputer(uid, &prepared),
        memory: memory(&epoch.memories),
    })
}

impl Epoch {
    fn worker(&self, uid: u16, regret_before: Signed, prepared: &Prepared) -> Option<WorkerTrace> {
        let worker = self.workers.iter().find(|worker| worker.uid == uid)?;
        let reputers = self.heard.reputers.iter().zip(&self.heard.stakes).enumerate();
        let reports = reputers.filter_map(|(at, (&from, &stake))| {
            let own = self.heard.report(at, Column::Of(uid, Section::Own))?;
            Some(Report { from, stake, own })
        });
        let [inferers, forecasters] = self.deviations;
        Some(WorkerTrace {
            forecasts: worker.forecasts,
            reports: reports.collect(),
            own_loss: worker.own,
            loss_without: worker.without,
            loss_with: worker.with,
            score: worker.score,
            deviation: if worker.forecasts { forecasters } else { inferers },
            regret_before,
            fraction: worker.fraction,
            part: self.part_of(worker),
            incentive: entry(&prepared.incentives, uid),
            weight: entry(&prepared.consensus, uid),
        })
    }

    fn reputer(&self, uid: u16, prepared: &Prepared) -> Option<ReputerTrace> {
        let at = self.heard.reputers.binary_search(&uid).ok()?;
        Some(ReputerTrace {
            stake: self.heard.stakes.get(at).copied()?,
            listening_before: self.heard.listening.get(at).copied()?,
            listening: self.listening.get(at).copied()?,
            adjusted_stake: self.adjusted.get(at).copied()?,
            coverage: self.heard.coverage.get(at).copied()?,
            score: self.scores.get(at).copied()?,
            fraction: self.fractions.get(at).copied()?,
            dividend: entry(&prepared.dividends, uid),
        })
    }
}
