//! The mechanism: from reputers' reports to what everybody earns, and to what is remembered.
//!
//! 1. A loss counts where reputers with more than half of the stake that is listened to report it; the
//!    network's is their mean by active stake. Without the combined inference's loss, or without a
//!    worker that has one of its own, nobody earns and nothing is remembered.
//! 2. A worker whose loss with the naive inference counts is a forecaster, any other an inferer.
//!    Scores, regrets and fractions by the formulas of this module; a first regret is not averaged.
//!    Deviations are those of the class's scores over the last ten epochs of each.
//! 3. Reputers: listening coefficients climb, then scores, times the part of the losses that one
//!    reports; fractions by stake times score.
//! 4. Classes share by entropies of smoothed fractions and by the forecasters' utility. Incentives are
//!    fractions times the class's share, dividends reputers' fractions, and `contributors` the part of
//!    the emission that both classes of workers earn.
//! 5. Consensus is each worker's weight in the next combined inference, divided by their sum; trust
//!    `coverage / (1 + 100 |l - c| / |c|)`.

use super::heard::Heard;
use super::listening::Panel;
use super::memory::{self, SlotMemory};
use super::{
    ClassShares, Column, Section, Signed, SynthesisParams, averaged, class_shares, deviation,
    entropy, forecast_ratio, forecaster_score, forecasters_utility, inferer_score, ratio,
    reputer_fractions, smoothed_fraction, weights, worker_fractions,
};
use crate::electorate::admit;
use crate::fixed::normalise;
use crate::input::Input;
use crate::mechanism::Workspace;
use crate::outcome::{Prepared, entry};
use crate::rows::{Row, Rows};

/// One worker in one epoch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Worker {
    pub(super) uid: u16,
    /// A forecaster, else an inferer.
    pub(super) forecasts: bool,
    /// Its own network loss.
    pub(super) own: Signed,
    /// The network's without it.
    pub(super) without: Option<Signed>,
    /// The naive network's with it.
    pub(super) with: Option<Signed>,
    pub(super) score: Signed,
    /// Its fraction of what its class earns.
    pub(super) fraction: Signed,
}

/// An epoch that counts.
pub(super) struct Epoch {
    pub(super) heard: Heard,
    /// The combined inference's loss.
    pub(super) network: Signed,
    /// The naive one's, if it counts.
    pub(super) naive: Option<Signed>,
    /// Workers, ascending.
    pub(super) workers: Vec<Worker>,
    /// By reputer, its coefficient from now on.
    pub(super) listening: Vec<Signed>,
    /// By reputer, its stake as consensus counts it.
    pub(super) adjusted: Vec<Signed>,
    /// By reputer, its score.
    pub(super) scores: Vec<Signed>,
    /// By reputer, its fraction.
    pub(super) fractions: Vec<Signed>,
    /// How far scores of inferers, then of forecasters, deviate.
    pub(super) deviations: [Signed; 2],
    /// What each class earns.
    pub(super) shares: ClassShares,
    /// By slot, what is remembered from now on.
    pub(super) memories: Vec<SlotMemory>,
    /// Slots that were given a score.
    pub(super) scored: Vec<bool>,
}

/// Computes the columns of an epoch.
pub(crate) fn prepare(
    params: &SynthesisParams,
    input: &Input<'_>,
    workspace: &mut Workspace,
    prepared: &mut Prepared,
) {
    prepared.clear_bond_columns();
    admit(&params.electorate, input, &mut workspace.by_stake, prepared);
    let slots = input.slots();
    for column in [
        &mut prepared.consensus,
        &mut prepared.incentives,
        &mut prepared.dividends,
        &mut prepared.trust,
    ] {
        column.clear();
        column.resize(slots, 0);
    }
    let before = remembered(input, prepared);
    let Some(epoch) = Epoch::judge(params, input, prepared, &before) else {
        let unscored = vec![false; slots];
        keep(&before, &unscored, prepared);
        return;
    };
    epoch.pay(prepared);
    epoch.grant(prepared);
    keep(&epoch.memories, &epoch.scored, prepared);
}

/// Appends the row in which a slot's memory is kept.
pub(crate) fn finish_row(prepared: &Prepared, uid: u16, bonds: Row<'_>, out: &mut Rows) {
    let packed = [
        entry(&prepared.bond_sums, uid),
        entry(&prepared.purchase_sums, uid),
        entry(&prepared.average_sums, uid),
        entry(&prepared.average_maxima, uid),
    ];
    let old = if prepared.keeps_bonds(uid) { bonds } else { Row::default() };
    memory::write(packed, old, out);
}

/// What is remembered of each slot; nothing of one taken since the last close.
pub(super) fn remembered(input: &Input<'_>, prepared: &Prepared) -> Vec<SlotMemory> {
    let slots = (0..=u16::MAX).zip(input.stakes);
    slots
        .map(|(uid, _)| match prepared.keeps_bonds(uid) {
            true => SlotMemory::of(input.bonds.row(usize::from(uid))),
            false => SlotMemory::default(),
        })
        .collect()
}

/// Writes memories into the columns that pages keep; a score only where there is a new one.
fn keep(memories: &[SlotMemory], scored: &[bool], prepared: &mut Prepared) {
    for (memory, &scored) in memories.iter().zip(scored) {
        let [regrets, fractions, topic, score] = memory.pack();
        prepared.bond_sums.push(regrets);
        prepared.purchase_sums.push(fractions);
        prepared.average_sums.push(topic);
        prepared.average_maxima.push(if scored { score } else { 0 });
    }
}

impl Epoch {
    /// Judges an epoch; `None` where no worker can be judged.
    pub(super) fn judge(
        params: &SynthesisParams,
        input: &Input<'_>,
        prepared: &Prepared,
        before: &[SlotMemory],
    ) -> Option<Self> {
        let heard = Heard::gather(input, prepared, before);
        let network = heard.loss(Column::Combined)?;
        let naive = heard.loss(Column::Naive);
        let workers = found(&heard, network, naive, input.slots());
        if workers.is_empty() {
            return None;
        }
        let panel = Panel::new(&heard.reports, &heard.network, &heard.stakes);
        let listening = panel.listen(&heard.listening);
        let adjusted = panel.adjusted(&listening);
        let scores: Vec<Signed> = panel
            .scores(&listening)
            .into_iter()
            .zip(&heard.coverage)
            .map(|(score, coverage)| score.mul_trunc(*coverage))
            .collect();
        let mut epoch = Self {
            fractions: reputer_fractions(&heard.stakes, &scores),
            network,
            naive,
            workers,
            listening,
            adjusted,
            scores,
            deviations: [Signed::ZERO; 2],
            shares: ClassShares::default(),
            memories: before.to_vec(),
            scored: vec![false; before.len()],
            heard,
        };
        epoch.remember(params);
        epoch.share_classes(before);
        Some(epoch)
    }

    /// Brings every participant's memory up to date, and finds workers' fractions on the way.
    fn remember(&mut self, params: &SynthesisParams) {
        let alpha = params.alpha();
        for worker in &self.workers {
            let at = usize::from(worker.uid);
            let Some(memory) = self.memories.get_mut(at) else { continue };
            let own = worker.own;
            memory.regret = after(alpha, memory.regret, self.network.minus(own));
            if let (Some(naive), false) = (self.naive, worker.forecasts) {
                memory.naive_regret = after(alpha, memory.naive_regret, naive.minus(own));
            }
            memory.remember(worker.score);
            if let Some(scored) = self.scored.get_mut(at) {
                *scored = true;
            }
        }
        for (class, forecasts) in [(0, false), (1, true)] {
            let (memories, workers) = (&self.memories, &self.workers);
            let members = || workers.iter().filter(|worker| worker.forecasts == forecasts);
            let known = members().filter_map(|worker| memories.get(usize::from(worker.uid)));
            let known: Vec<Signed> = known.flat_map(SlotMemory::last_scores).collect();
            let deviation = deviation(&known);
            let scores: Vec<Signed> = members().map(|worker| worker.score).collect();
            let mut fractions = worker_fractions(&scores, deviation).into_iter();
            if let Some(kept) = self.deviations.get_mut(class) {
                *kept = deviation;
            }
            for worker in self.workers.iter_mut().filter(|worker| worker.forecasts == forecasts) {
                worker.fraction = fractions.next().unwrap_or_default();
                if let Some(memory) = self.memories.get_mut(usize::from(worker.uid)) {
                    memory.worker_fraction = smoothed(memory.worker_fraction, worker.fraction);
                }
            }
        }
        let reputers = self.heard.reputers.iter().zip(&self.fractions).zip(&self.listening);
        for ((&uid, &fraction), &listening) in reputers {
            if let Some(memory) = self.memories.get_mut(usize::from(uid)) {
                memory.reputer_fraction = smoothed(memory.reputer_fraction, fraction);
                memory.unheard = Signed::ONE.minus(listening);
            }
        }
    }

    /// Finds what each class earns, and the ratio that the topic remembers.
    fn share_classes(&mut self, before: &[SlotMemory]) {
        let known = before.iter().filter(|memory| **memory != SlotMemory::default());
        let mut ratio = known.map(|memory| memory.ratio).max().unwrap_or_default();
        let forecasters = self.workers.iter().any(|worker| worker.forecasts);
        if let (Some(naive), true) = (self.naive, forecasters) {
            let inferers = self.workers.iter().filter(|worker| !worker.forecasts);
            let best = inferers.map(|worker| worker.score).max().unwrap_or_default();
            ratio = forecast_ratio(ratio, naive.minus(self.network), best);
        }
        for memory in self.memories.iter_mut().filter(|memory| **memory != SlotMemory::default()) {
            memory.ratio = ratio;
        }
        let memory = |uid: u16| self.memories.get(usize::from(uid)).copied().unwrap_or_default();
        let class = |forecasts: bool| {
            let members = self.workers.iter().filter(|worker| worker.forecasts == forecasts);
            let fractions: Vec<Signed> =
                members.map(|worker| memory(worker.uid).worker_fraction).collect();
            entropy(&fractions)
        };
        let reputers: Vec<Signed> =
            self.heard.reputers.iter().map(|&uid| memory(uid).reputer_fraction).collect();
        let utility = forecasters_utility(ratio);
        self.shares = class_shares(class(false), class(true), entropy(&reputers), utility);
    }

    /// What a worker earns of the topic's reward.
    pub(super) fn part_of(&self, worker: &Worker) -> Signed {
        let shares = &self.shares;
        worker.fraction.mul_trunc(if worker.forecasts {
            shares.forecasters
        } else {
            shares.inferers
        })
    }

    /// Writes incentives, dividends and the split between them.
    fn pay(&self, prepared: &mut Prepared) {
        for worker in &self.workers {
            set(&mut prepared.incentives, worker.uid, self.part_of(worker));
        }
        normalise(&mut prepared.incentives);
        for (&uid, &fraction) in self.heard.reputers.iter().zip(&self.fractions) {
            set(&mut prepared.dividends, uid, fraction);
        }
        normalise(&mut prepared.dividends);
        let workers = self.shares.inferers.plus(self.shares.forecasters);
        prepared.contributors = Some(workers.min(Signed::ONE).to_share_floor());
    }

    /// Writes weights in the next combined inference, and trust.
    fn grant(&self, prepared: &mut Prepared) {
        let regrets: Vec<Signed> = self
            .workers
            .iter()
            .map(|worker| self.memories.get(usize::from(worker.uid)).copied().unwrap_or_default())
            .map(|memory| memory.regret)
            .collect();
        for (worker, weight) in self.workers.iter().zip(weights(&regrets)) {
            set(&mut prepared.consensus, worker.uid, weight);
        }
        normalise(&mut prepared.consensus);
        for (&uid, &score) in self.heard.reputers.iter().zip(&self.scores) {
            set(&mut prepared.trust, uid, score.mul_trunc(ratio((1, 100))));
        }
    }
}

/// The workers whose own losses count, with their scores.
fn found(heard: &Heard, network: Signed, naive: Option<Signed>, slots: usize) -> Vec<Worker> {
    let mut workers: Vec<Worker> = (0..=u16::MAX)
        .take(slots)
        .filter_map(|uid| {
            let with = heard.loss(Column::Of(uid, Section::With)).filter(|_| naive.is_some());
            Some(Worker {
                uid,
                forecasts: with.is_some(),
                own: heard.loss(Column::Of(uid, Section::Own))?,
                without: heard.loss(Column::Of(uid, Section::Without)),
                with,
                score: Signed::ZERO,
                fraction: Signed::ZERO,
            })
        })
        .collect();
    let forecasters = workers.iter().filter(|worker| worker.forecasts).count();
    let forecasters = u32::try_from(forecasters).unwrap_or(u32::MAX);
    for worker in &mut workers {
        let without = worker.without.unwrap_or(network);
        worker.score = match (naive, worker.with) {
            (Some(naive), Some(with)) => {
                forecaster_score(naive, with, without, network, forecasters)
            }
            _ => inferer_score(without, network),
        };
    }
    workers
}

/// A regret after an epoch: the first one is what it is, later ones are averaged.
fn after(alpha: Signed, old: Signed, new: Signed) -> Signed {
    if old == Signed::ZERO { new } else { averaged(alpha, new, old) }
}

/// A fraction after an epoch, likewise.
fn smoothed(old: Signed, new: Signed) -> Signed {
    if old == Signed::ZERO { new } else { smoothed_fraction(old, new) }
}

fn set(column: &mut [u64], uid: u16, value: Signed) {
    if let Some(cell) = column.get_mut(usize::from(uid)) {
        *cell = value.to_share_floor();
    }
}
