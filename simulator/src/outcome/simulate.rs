//! A scenario over its seeds.

use std::{io, num::NonZeroUsize};

use super::{
    evaluate::evaluate,
    judge::{Judged, UnknownMetric, judge, resolve},
    kept::Kept,
    metric::{Metric, catalogue},
    played::{Play, Played, play},
    row::{Column, columns},
};
use crate::{run::RunError, scenario::Scenario, snapshot::Snapshot};

/// How a scenario is run.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// How many seeds; `None`: as many as the scenario says.
    pub seeds: Option<u32>,
    /// How many run at a time; `None`: as the machine has cores. The outcome does not depend
    /// on it.
    pub threads: Option<NonZeroUsize>,
    /// Whether every law is checked after every epoch.
    pub laws: bool,
    /// The state that every season begins in; `None`: the scenario's own first state.
    pub from: Option<&'a Snapshot>,
    /// Told after each seed how many are done.
    pub progress: &'a (dyn Fn(u32) + Sync),
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self { seeds: None, threads: None, laws: true, from: None, progress: &|_| {} }
    }
}

/// Who gets each seed's table, in the order of seeds.
pub trait Sink {
    /// Takes the season of one seed. The first one has its samples.
    ///
    /// # Errors
    /// What keeps it from being written.
    fn take(&mut self, played: &Played) -> io::Result<()>;
}

/// Nobody.
impl Sink for () {
    fn take(&mut self, _: &Played) -> io::Result<()> {
        Ok(())
    }
}

/// What came of a scenario.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Every metric that the scenario has.
    pub catalogue: Vec<Metric>,
    /// Their values, by seed and metric.
    pub values: Vec<Vec<Option<f64>>>,
    /// The scenario's gates, judged.
    pub gates: Vec<Judged>,
    /// Names of the columns of rows.
    pub columns: Vec<Column>,
    /// The first seed's season, without samples.
    pub first: Option<Played>,
    /// Every seed's season in brief.
    pub seasons: Vec<Kept>,
    /// The same where nobody deviates, if they are compared.
    pub honest: Vec<Kept>,
}

impl Outcome {
    /// The first law that broke, with the seed's number.
    pub fn breach(&self) -> Option<(u64, &super::Broken)> {
        let mut all = self.seasons.iter().chain(&self.honest);
        all.find_map(|played| Some((played.run, played.breach.as_ref()?)))
    }

    /// Whether every gate holds, and every law.
    pub fn holds(&self) -> bool {
        self.gates.iter().all(|judged| judged.holds) && self.breach().is_none()
    }

    /// The values of a metric over seeds; none where a seed does not have it.
    pub fn of(&self, metric: usize) -> Option<Vec<f64>> {
        self.values.iter().map(|values| values.get(metric).copied().flatten()).collect()
    }
}

/// Why there is no outcome.
#[derive(Debug, thiserror::Error)]
pub enum SimulateError {
    /// A gate is about a metric that the scenario does not have.
    #[error(transparent)]
    Metric(#[from] UnknownMetric),
    /// A seed could not be run.
    #[error("run {run}: {why}")]
    Run {
        /// Its number.
        run: u64,
        /// Why.
        why: RunError,
    },
    /// Threads could not be started.
    #[error("no threads: {0}")]
    Threads(String),
    /// The sink failed.
    #[error("the trace could not be written: {0}")]
    Sink(#[from] io::Error),
}

/// Runs every seed of a scenario, hands each to the sink in order, and judges the gates.
///
/// # Errors
/// What is wrong with the scenario, or the first seed that could not be run.
pub fn simulate(
    scenario: &Scenario,
    options: &Options<'_>,
    sink: &mut dyn Sink,
) -> Result<Outcome, SimulateError> {
    let catalogue = catalogue(scenario);
    let metrics = resolve(scenario, &catalogue)?;
    let mut outcome = Outcome {
        values: Vec::new(),
        gates: Vec::new(),
        columns: columns(scenario),
        first: None,
        seasons: Vec::new(),
        honest: Vec::new(),
        catalogue,
    };
    let seeds = u64::from(options.seeds.unwrap_or(scenario.seeds).max(1));
    super::many::in_order(
        seeds,
        options.threads,
        |run| both(scenario, run, options).map_err(|why| SimulateError::Run { run, why }),
        |seed| {
            let Both { mut played, honest } = seed?;
            sink.take(&played)?;
            let values = evaluate(&outcome.catalogue, scenario, &played, honest.as_ref());
            outcome.values.push(values);
            outcome.seasons.push(Kept::of(&played, true));
            outcome.honest.extend(honest.map(|honest| Kept::of(&honest, false)));
            if outcome.first.is_none() {
                played.samples = Vec::new();
                outcome.first = Some(played);
            }
            (options.progress)(outcome.seasons.len() as u32);
            Ok(())
        },
    )?;
    for (gate, metric) in scenario.gates.iter().zip(metrics) {
        let values: Vec<Option<f64>> = outcome.values.iter().map(|seed| seed[metric]).collect();
        outcome.gates.push(judge(gate, metric, &values));
    }
    Ok(outcome)
}

/// A season, and the same where nobody deviates.
struct Both {
    played: Played,
    honest: Option<Played>,
}

fn both(scenario: &Scenario, run: u64, options: &Options<'_>) -> Result<Both, RunError> {
    let Options { laws, from, .. } = *options;
    let keep_samples = run == 0 && scenario.trace.agents;
    let how = Play { run, honest: false, laws, keep_samples, from };
    let played = play(scenario, how, &mut ())?;
    let honest = match scenario.compared_with_honest {
        true => {
            let how = Play { honest: true, keep_samples: false, ..how };
            let mut honest = play(scenario, how, &mut ())?;
            honest.rows = Vec::new();
            Some(honest)
        }
        false => None,
    };
    Ok(Both { played, honest })
}
