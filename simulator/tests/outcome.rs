//! From a scenario to judged gates, traces and a report.

use std::{io, num::NonZeroUsize};

use protocol::{Amount, Fraction};
use simulator::{
    outcome::{Options, Outcome, ParquetSink, SimulateError, columns, present, simulate},
    random::Fixed,
    report::Outcome as Judgement,
    scenario::{Aggregate, Behaviour, Comparison, Gate, Places, QualitySpread, Scenario, Spread},
};

const SEEDS: u32 = 5;

/// Eight honest validators against a copier and a self-dealer, compared with honesty.
fn attacked() -> Scenario {
    let mut scenario = Scenario::sample(8, 24, 12);
    let noise = Fixed::from_billionths(100_000_000);
    let behaviours = [
        ("copier", Behaviour::Copier { lag: 1, noise }),
        (
            "dealer",
            Behaviour::SelfDealer {
                accomplices: String::from("friends"),
                share: Fraction::from_parts(800_000_000).unwrap(),
                noise,
            },
        ),
    ];
    for (name, behaviour) in behaviours {
        let mut population = scenario.populations[0].clone();
        (population.name, population.behaviour) = (name.to_owned(), behaviour);
        population.places = Places::Count(1);
        population.stake = Spread::Each(Amount::saturating(2_000_000_000_000));
        scenario.populations.push(population);
    }
    let mut friends = scenario.populations[1].clone();
    friends.name = String::from("friends");
    friends.places = Places::Count(2);
    friends.quality = QualitySpread::Each(Fixed::from_billionths(50_000_000));
    scenario.populations.push(friends);
    for group in &mut scenario.populations {
        group.claims_every = 3;
        group.restakes = Fraction::from_parts(500_000_000).unwrap();
    }
    let params = &mut scenario.topics[0].params;
    (params.slots, params.electorate.max_validators) = (40, 10);
    scenario.seeds = SEEDS;
    scenario.trace.agents = true;
    scenario.compared_with_honest = true;
    scenario.gates = vec![
        gate("rank_correlation", Aggregate::Percentile(5), Comparison::AtLeast, 0.9),
        gate("conservation.error", Aggregate::Percentile(100), Comparison::Equal, 0.0),
        gate("dealer.gain", Aggregate::Percentile(50), Comparison::Below, 0.5),
    ];
    scenario
}

fn gate(metric: &str, over: Aggregate, comparison: Comparison, bound: f64) -> Gate {
    Gate { metric: metric.to_owned(), over, comparison, bound, note: String::new() }
}

/// The outcome, and both trace files.
fn run(scenario: &Scenario, threads: usize) -> (Outcome, Vec<u8>, Vec<u8>) {
    let columns = columns(scenario);
    let mut sink = ParquetSink::new(scenario, &columns, Vec::new(), Vec::new()).unwrap();
    let options = Options { threads: NonZeroUsize::new(threads), ..Options::default() };
    let outcome = simulate(scenario, &options, &mut sink).unwrap();
    let (epochs, agents) = sink.close().unwrap();
    (outcome, epochs, agents.unwrap())
}

fn value(outcome: &Outcome, name: &str) -> Vec<f64> {
    let at = outcome.catalogue.iter().position(|metric| metric.name == name).unwrap();
    outcome.of(at).unwrap_or_else(|| panic!("{name} is not measured"))
}

#[test]
fn threads_change_no_byte() {
    let scenario = attacked();
    let (one, one_epochs, one_agents) = run(&scenario, 1);
    let (two, two_epochs, two_agents) = run(&scenario, 2);
    assert_eq!(one.values, two.values);
    assert_eq!(one_epochs, two_epochs);
    assert_eq!(one_agents, two_agents);
    assert!(one_epochs.starts_with(b"PAR1") && one_agents.starts_with(b"PAR1"));
    assert_eq!(present(&scenario, &one, "moot"), present(&scenario, &two, "moot"));
}

#[test]
fn an_attacked_network_pays_by_quality_and_conserves_every_unit() {
    let scenario = attacked();
    let (outcome, ..) = run(&scenario, 2);
    assert_eq!(outcome.seasons.len(), SEEDS as usize);
    assert_eq!(outcome.breach(), None);
    for judged in &outcome.gates {
        assert!(judged.holds, "{judged:?}");
    }
    assert!(value(&outcome, "emission.total").iter().all(|tokens| *tokens == 1_200.0));
    assert!(value(&outcome, "copier.earned").iter().all(|tokens| *tokens > 0.0));
    assert!(outcome.seasons.iter().all(|season| season.refused == 0), "{:?}", outcome.first);
    // Seeds differ, in stakes and in errors.
    let gini = value(&outcome, "gini.stake");
    assert!(gini.iter().any(|value| *value != gini[0]));
}

#[test]
fn the_report_says_what_was_judged() {
    let mut scenario = attacked();
    scenario.gates[0].bound = 1.5;
    let (outcome, ..) = run(&scenario, 2);
    assert!(!outcome.holds());
    let report = present(&scenario, &outcome, "moot run attacked.toml");
    assert_eq!(report.outcome(), Some(Judgement::Fail));
    assert_eq!(report.identity.seeds, u64::from(SEEDS));
    assert!(report.finding.contains("rank_correlation"));
    let earners = report.earners.expect("somebody earned something");
    assert!(earners.rows.iter().any(|row| row.deviates && row.against_honest.is_some()));
    assert!(report.sections.iter().any(|section| !section.charts.is_empty()));
    let share: f64 = earners.rows.iter().map(|row| row.emission_share).sum();
    assert!(share > 0.8 && share < 1.2, "medians are near their whole: {share}");
}

#[test]
fn a_gate_on_an_unknown_metric_is_refused_with_suggestions() {
    let mut scenario = attacked();
    scenario.gates.push(gate("copier.gian", Aggregate::Mean, Comparison::Below, 0.0));
    let error = simulate(&scenario, &Options::default(), &mut ()).unwrap_err();
    assert!(matches!(error, SimulateError::Metric(_)));
    assert!(error.to_string().contains("`copier.gain`"), "{error}");
}

#[test]
fn a_sink_that_fails_ends_the_run() {
    struct Full;
    impl simulator::outcome::Sink for Full {
        fn take(&mut self, _: &simulator::outcome::Played) -> io::Result<()> {
            Err(io::Error::from(io::ErrorKind::StorageFull))
        }
    }
    let error = simulate(&attacked(), &Options::default(), &mut Full).unwrap_err();
    assert!(matches!(error, SimulateError::Sink(_)));
}
