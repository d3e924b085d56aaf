//! A report with one of everything.

use simulator::report::{
    Axis, Bar, Cell, Chart, Column, Contract, Earner, Earners, EngineRun, Estimate, Headline,
    Identity, Layer, Op, Outcome, Plot, ReportData, Row, RuleNote, Scale, Section, Series, Table,
    Unit, Verdict, reproducing,
};

fn identity() -> Identity {
    let engine = |engine: &str| EngineRun {
        engine: engine.to_owned(),
        epochs: 50,
        state_hash: "1b9d".repeat(16),
    };
    Identity {
        scenario: "sample".to_owned(),
        title: "Does copying pay?".to_owned(),
        question: "Does a copier earn more than the same stake run honestly?".to_owned(),
        assumptions: vec!["Stake does not move.".to_owned()],
        expected: "A little less.".to_owned(),
        scenario_hash: "9f2c".repeat(16),
        seed: 7,
        seeds: 5,
        epochs: 50,
        version: "0.1.0".to_owned(),
        engines: vec![engine("native"), engine("contracts")],
        contracts: vec![Contract { name: "staking".to_owned(), checksum: "aa00".repeat(16) }],
        command: reproducing(["moot", "run", "sample.toml", "--out", "elsewhere", "--threads=2"]),
        scored: None,
    }
}

fn verdict(metric: &str, op: Op, bound: f64, measured: Option<Estimate>) -> Verdict {
    Verdict {
        metric: metric.to_owned(),
        meaning: "Return less that of the same stake run honestly".to_owned(),
        op,
        bound,
        over: "p95 of 5 seeds".to_owned(),
        unit: Unit::Fraction,
        outcome: Verdict::judge(measured.as_ref(), op, bound),
        measured,
        note: "Measured over 200 seeds.".to_owned(),
    }
}

fn headline() -> Headline {
    Headline {
        label: "Emitted".to_owned(),
        estimate: Estimate::exact(36_000.0),
        unit: Unit::Tokens("MOOT".to_owned()),
        note: "over 50 epochs".to_owned(),
    }
}

fn earners() -> Earners {
    let rows = (0..30).map(|at| {
        let quality = f64::from(at) / 30.0;
        let deviates = at == 3;
        Earner {
            name: format!("uid {at}"),
            group: if deviates { "copier" } else { "honest" }.to_owned(),
            deviates,
            true_quality: Some(quality),
            earned: 1_200.0 * quality,
            emission_share: quality / 15.0,
            return_on_stake: deviates.then_some(0.04),
            against_honest: deviates.then(|| Estimate::within(-6.2, -8.0, -4.1, 0.95)),
        }
    });
    Earners {
        symbol: "MOOT".to_owned(),
        over: "median of 5 seeds".to_owned(),
        quality: "The mean of the weights, 0 to 1.".to_owned(),
        rank_correlation: Some(Estimate::within(0.957, 0.951, 0.962, 0.95)),
        scale: Scale::Linear,
        rows: rows.rev().collect(),
    }
}

/// A chart of every kind.
fn charts() -> Vec<Chart> {
    let x: Vec<f64> = (1..=50).map(f64::from).collect();
    let run = |seed: u32| x.iter().map(|at| 0.5 + at * f64::from(seed) / 3e3).collect();
    let runs: Vec<Vec<f64>> = (0..5).map(run).collect();
    let chart = |title: &str, y: Axis, plot: Plot| Chart {
        title: title.to_owned(),
        caption: "It rises.".to_owned(),
        x: Axis::epochs(),
        y,
        plot,
    };
    let stake = || Unit::Tokens("MOOT".to_owned());
    let layer = |name: &str, size: f64| Layer {
        name: name.to_owned(),
        values: x.iter().map(|at| size + at).collect(),
    };
    let bar = |name: &str, value: f64, emphasis| Bar {
        name: name.to_owned(),
        estimate: Estimate::within(value, value - 5.0, value + 9.0, 0.9),
        emphasis,
    };
    vec![
        chart(
            "Gini of stake",
            Axis::linear("Gini", Unit::Ratio),
            Plot::Fan(vec![
                Series::over_seeds("stake", x.clone(), &runs),
                Series::line("reward", x.clone(), vec![0.4; 50]),
            ]),
        ),
        chart(
            "Stake by holder",
            Axis::zero_based("Stake", stake()),
            Plot::Stack { x: x.clone(), layers: vec![layer("one", 90.0), layer("two", 40.0)] },
        ),
        chart(
            "Against being honest",
            Axis::zero_based("Difference", stake()),
            Plot::Bars(vec![bar("copier", -6.2, false), bar("cartel", 88.0, true)]),
        ),
    ]
}

/// A report with one of everything, whose second gate is broken and whose third is not measured.
pub(crate) fn report() -> ReportData {
    let mut data = ReportData::new(identity());
    data.finding = "Copying paid a little less.".to_owned();
    data.verdicts = vec![
        verdict(
            "copier.excess",
            Op::Below,
            0.0,
            Some(Estimate::within(-0.006, -0.008, -0.004, 0.95)),
        ),
        verdict("dealer.excess", Op::Below, -0.4, Some(Estimate::exact(-0.33))),
        verdict("cartel.excess", Op::AtMost, 0.0, None),
    ];
    data.headlines = vec![headline()];
    data.earners = Some(earners());
    data.sections = vec![Section {
        title: "Concentration".to_owned(),
        text: "Delegations count with the delegate.".to_owned(),
        charts: charts(),
        tables: vec![Table {
            title: "Schedules".to_owned(),
            caption: "After four years.".to_owned(),
            of: "Schedule".to_owned(),
            columns: vec![
                Column { name: "Supply".to_owned(), unit: Some(Unit::Tokens("MOOT".to_owned())) },
                Column { name: "Stayed".to_owned(), unit: Some(Unit::Fraction) },
                Column { name: "Reading".to_owned(), unit: None },
            ],
            rows: vec![
                Row {
                    name: "constant".to_owned(),
                    cells: vec![
                        Cell::Number(10_519_200.0),
                        Cell::Estimate(Estimate::within(0.92, 0.88, 0.95, 0.95)),
                        Cell::Text("steady".to_owned()),
                    ],
                },
                Row {
                    name: "none".to_owned(),
                    cells: vec![Cell::Absent, Cell::Absent, Cell::Absent],
                },
            ],
        }],
    }];
    data.rules = vec![RuleNote {
        rule: "The median clips weights".to_owned(),
        effect: "It held the dealer.".to_owned(),
        evidence: Some(headline()),
    }];
    data.limits = vec!["Prices.".to_owned()];
    assert_eq!(data.outcome(), Some(Outcome::Fail));
    data
}
