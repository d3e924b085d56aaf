//! Data that must not be reported, and data that are read back.

use simulator::report::{
    Defect, Interval, Op, Outcome, Plot, Problem, ReportData, ReportError, defects, render,
};

use super::sample;

#[test]
fn a_report_reads_back_as_it_was_written() {
    let data = sample::report();
    let json = render(&data).expect("the data are sound").json;
    let read: ReportData = serde_json::from_str(&json).expect("it is the same shape");
    assert!(read == data, "every number and name survives");
}

#[test]
fn another_version_or_an_unknown_field_is_refused() {
    let json = render(&sample::report()).expect("the data are sound").json;
    for (from, to) in [("moot-report/1", "moot-report/2"), ("\"finding\"", "\"findings\"")] {
        let changed = json.replacen(from, to, 1);
        assert!(serde_json::from_str::<ReportData>(&changed).is_err(), "{to}");
    }
}

#[test]
fn every_defect_is_listed_and_nothing_is_rendered() {
    let mut data = sample::report();
    data.verdicts[0].outcome = Outcome::Fail;
    data.headlines[0].estimate.value = f64::NAN;
    data.headlines[0].estimate.interval = Some(Interval { low: 2.0, high: 1.0, level: 0.95 });
    if let Plot::Fan(series) = &mut data.sections[0].charts[0].plot {
        series[0].p95.pop();
        series[1].x.reverse();
    }
    if let Plot::Stack { layers, .. } = &mut data.sections[0].charts[1].plot {
        layers[1].values[3] = -1.0;
    }
    data.sections[0].tables[0].rows[1].cells.pop();
    let defect = |place: &str, problem| Defect { place: place.to_owned(), problem };
    let expected = [
        defect("verdicts[0]", Problem::OutcomeContradicted),
        defect("headlines[0].estimate", Problem::NotFinite),
        defect("headlines[0].estimate", Problem::IntervalUpsideDown),
        defect("sections[0].charts[0].fan[0]", Problem::Lengths { expected: 50, got: 49 }),
        defect("sections[0].charts[0].fan[1]", Problem::NotAscending),
        defect("sections[0].charts[1].layers[1]", Problem::Negative),
        defect("sections[0].tables[0].rows[1]", Problem::Lengths { expected: 3, got: 2 }),
    ];
    assert_eq!(defects(&data), expected);
    match render(&data) {
        Err(ReportError::Defective(found)) => assert_eq!(found, expected),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_gate_compares_as_it_says() {
    let rows = [
        (Op::Below, [true, false, false]),
        (Op::AtMost, [true, true, false]),
        (Op::Equal, [false, true, false]),
        (Op::NotEqual, [true, false, true]),
        (Op::AtLeast, [false, true, true]),
        (Op::Above, [false, false, true]),
    ];
    for (op, expected) in rows {
        assert_eq!([1.0, 2.0, 3.0].map(|value| op.holds(value, 2.0)), expected, "{op:?}");
    }
}
