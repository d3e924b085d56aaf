//! Numbers as people read them: thousands separated, units named, no more digits than are known.

use super::verdict::{Estimate, Interval, Op, Unit};

/// Decimals beyond which nobody reads.
const MOST_DECIMALS: usize = 9;

/// A measured value in words: the value, and the interval if there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shown {
    /// The value with its unit: `12.5%`.
    pub(super) value: String,
    /// The interval with its level, without the unit: `95%: 11.9 to 13.1`. May be empty.
    pub(super) interval: String,
}

/// A value with its unit.
pub fn show(value: f64, unit: &Unit) -> String {
    with_unit(&decimal(value * scale(unit), decimals_of(value * scale(unit), unit)), unit)
}

/// An estimate with its unit, rounded to what its interval leaves known.
pub(super) fn show_estimate(estimate: &Estimate, unit: &Unit) -> Shown {
    shown(estimate, unit, estimate_decimals(estimate, unit))
}

/// A measured value and the bound it is compared with, with as many decimals as it takes to see
/// which side of the bound it is on.
pub(super) fn show_against(
    estimate: &Estimate,
    op: Op,
    bound: f64,
    unit: &Unit,
) -> (Shown, String) {
    let scale = scale(unit);
    let mut decimals = estimate_decimals(estimate, unit);
    let verdict = op.holds(estimate.value, bound);
    let told = |decimals: usize| {
        let read = format!("{:.decimals$}", estimate.value * scale).parse::<f64>();
        read.is_ok_and(|read| op.holds(read, bound * scale) == verdict)
    };
    while decimals < MOST_DECIMALS && !told(decimals) {
        decimals += 1;
    }
    let exact = (0..=MOST_DECIMALS)
        .find(|&decimals| reads_back(bound * scale, decimals))
        .unwrap_or(MOST_DECIMALS);
    (shown(estimate, unit, decimals), with_unit(&decimal(bound * scale, exact), unit))
}

/// Decimals for a column of values in one unit: as the largest of them needs.
pub(super) fn column_decimals(values: impl Iterator<Item = f64>, unit: &Unit) -> usize {
    let values: Vec<f64> = values.map(|value| value * scale(unit)).collect();
    let largest = values.iter().fold(0.0_f64, |most, value| most.max(value.abs()));
    let whole = values.iter().all(|value| value.fract() == 0.0);
    match unit {
        Unit::Count(_) | Unit::Tokens(_) | Unit::Of(_) if whole => 0,
        Unit::Count(_) => 1,
        _ if largest < 5e-10 => 0,
        Unit::Ratio if largest >= 0.1 => 3_usize.saturating_sub(exponent(largest).max(0) as usize),
        Unit::Fraction if largest >= 1.0 => 1,
        Unit::Ratio | Unit::Fraction => decimals_for(largest, 2),
        Unit::Tokens(_) | Unit::Of(_) => decimals_for(largest, 4),
    }
}

/// A title with its unit in brackets, unless it has none or the title says it already.
pub(super) fn titled(title: &str, unit: &Unit) -> String {
    let unit = match unit {
        Unit::Ratio => "",
        Unit::Fraction => "%",
        Unit::Tokens(name) | Unit::Count(name) | Unit::Of(name) => name,
    };
    if unit.is_empty() || title.eq_ignore_ascii_case(unit) {
        return title.to_owned();
    }
    format!("{title} ({unit})")
}

/// What values of a unit are multiplied with before they are printed.
pub(super) fn scale(unit: &Unit) -> f64 {
    if matches!(unit, Unit::Fraction) { 100.0 } else { 1.0 }
}

/// The power of ten of a number's first digit: 0.012 has -2, 345 has 2, 0 has 0.
pub(super) fn exponent(value: f64) -> i32 {
    let text = format!("{value:e}");
    text.rsplit_once('e').and_then(|(_, power)| power.parse().ok()).unwrap_or(0)
}

/// `value` with `decimals` decimals, thousands separated by commas, a true minus sign, no -0.
pub(super) fn decimal(value: f64, decimals: usize) -> String {
    let plain = format!("{:.decimals$}", value.abs());
    let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut out = String::new();
    if value < 0.0 && plain.bytes().any(|digit| matches!(digit, b'1'..=b'9')) {
        out.push('\u{2212}');
    }
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if !part.is_empty() {
        out.push('.');
        out.push_str(part);
    }
    out
}

fn shown(estimate: &Estimate, unit: &Unit, decimals: usize) -> Shown {
    let print = |value: f64| decimal(value * scale(unit), decimals);
    let interval = match estimate.interval {
        // An interval that prints as its value says nothing more.
        Some(Interval { low, high, .. })
            if print(low) == print(high) && print(low) == print(estimate.value) =>
        {
            String::new()
        }
        Some(Interval { low, high, level }) => {
            let percent = level * 100.0;
            let level = if reads_back(percent, 0) { 0 } else { 1 };
            format!("{}%: {} to {}", decimal(percent, level), print(low), print(high))
        }
        None => String::new(),
    };
    Shown { value: with_unit(&print(estimate.value), unit), interval }
}

fn with_unit(number: &str, unit: &Unit) -> String {
    match unit {
        Unit::Ratio => number.to_owned(),
        Unit::Fraction => format!("{number}%"),
        Unit::Tokens(name) | Unit::Count(name) | Unit::Of(name) if name.is_empty() => {
            number.to_owned()
        }
        Unit::Tokens(name) | Unit::Count(name) | Unit::Of(name) => {
            format!("{number}\u{a0}{}", super::text::clean(name, 16))
        }
    }
}

/// Decimals of an estimate: those of the value alone, or as many as half its interval leaves
/// known, which is its first digit, and the second where the first is a 1 or a 2; never more than
/// four significant digits of the largest number printed.
fn estimate_decimals(estimate: &Estimate, unit: &Unit) -> usize {
    let value = estimate.value * scale(unit);
    let Some(Interval { low, high, .. }) = estimate.interval else {
        return decimals_of(value, unit);
    };
    let (low, high) = (low * scale(unit), high * scale(unit));
    let half = (high - low).abs() / 2.0;
    if half == 0.0 {
        return decimals_of(value, unit);
    }
    let small = format!("{half:e}").starts_with(['1', '2']);
    let largest = value.abs().max(low.abs()).max(high.abs());
    decimals_for(half, if small { 2 } else { 1 }).min(decimals_for(largest, 4))
}

/// Decimals of a value (already scaled) that stands alone.
fn decimals_of(value: f64, unit: &Unit) -> usize {
    let size = value.abs();
    match unit {
        Unit::Count(_) if value.fract() == 0.0 => 0,
        Unit::Count(_) => 1,
        _ if size < 5e-10 => 0,
        Unit::Ratio if size >= 0.1 => 3_usize.saturating_sub(exponent(size).max(0) as usize),
        Unit::Fraction if size >= 100.0 => 0,
        Unit::Fraction if size >= 1.0 => 1,
        Unit::Ratio | Unit::Fraction => decimals_for(size, 2),
        Unit::Tokens(_) | Unit::Of(_) if reads_back(value, 0) => 0,
        Unit::Tokens(_) | Unit::Of(_) => decimals_for(size, 4),
    }
}

/// Decimals that print `digits` significant digits of `value`.
fn decimals_for(value: f64, digits: i32) -> usize {
    let decimals = digits - 1 - exponent(value);
    usize::try_from(decimals.max(0)).unwrap_or(0).min(MOST_DECIMALS)
}

/// Whether `value` loses nothing that matters at this many decimals.
fn reads_back(value: f64, decimals: usize) -> bool {
    format!("{value:.decimals$}")
        .parse::<f64>()
        .is_ok_and(|read| (read - value).abs() <= value.abs() * 1e-12)
}

#[cfg(test)]
mod tests {
    use super::{decimal, exponent, show, show_against, show_estimate};
    use crate::report::{Estimate, Op, Unit};

    #[test]
    fn numbers_read_as_people_write_them() {
        let moot = Unit::Tokens("MOOT".into());
        let rows: [(f64, &Unit, &str); 14] = [
            (20_999_999.6, &moot, "21,000,000\u{a0}MOOT"),
            (1_234.0, &moot, "1,234\u{a0}MOOT"),
            (12.3456, &moot, "12.35\u{a0}MOOT"),
            (-0.25, &moot, "\u{2212}0.2500\u{a0}MOOT"),
            (0.0, &moot, "0\u{a0}MOOT"),
            (0.125, &Unit::Fraction, "12.5%"),
            (0.001_23, &Unit::Fraction, "0.12%"),
            (1.5, &Unit::Fraction, "150%"),
            (0.623_4, &Unit::Ratio, "0.623"),
            (0.000_123_4, &Unit::Ratio, "0.00012"),
            (7.0, &Unit::Count("holders".into()), "7\u{a0}holders"),
            (2.5, &Unit::Count("holders".into()), "2.5\u{a0}holders"),
            (-1e-13, &Unit::Fraction, "0%"),
            (64.0, &Unit::Count(String::new()), "64"),
        ];
        for (value, unit, expected) in rows {
            assert_eq!(show(value, unit), expected);
        }
    }

    #[test]
    fn an_interval_limits_the_digits() {
        let shown = show_estimate(&Estimate::within(0.623_45, 0.52, 0.73, 0.95), &Unit::Ratio);
        assert_eq!(shown.value, "0.62");
        assert_eq!(shown.interval, "95%: 0.52 to 0.73");
        let shown = show_estimate(&Estimate::within(0.957, 0.951, 0.962, 0.95), &Unit::Ratio);
        assert_eq!(shown.interval, "95%: 0.951 to 0.962");
        let noise = Estimate::within(17_820.0, 17_820.0 - 1e-9, 17_820.0 + 1e-9, 0.9);
        let shown = show_estimate(&noise, &Unit::Count(String::new()));
        assert_eq!((shown.value.as_str(), shown.interval.as_str()), ("17,820", ""));
        let shown = show_estimate(&Estimate::within(3.0, 3.0, 3.0, 0.9), &Unit::Ratio);
        assert_eq!((shown.value.as_str(), shown.interval.as_str()), ("3.000", ""));
        let shown = show_estimate(&Estimate::within(0.5, 0.4, 0.6, 0.995), &Unit::Fraction);
        assert_eq!((shown.value.as_str(), shown.interval.as_str()), ("50%", "99.5%: 40 to 60"));
    }

    #[test]
    fn a_narrow_miss_is_seen() {
        let measured = Estimate::within(0.500_04, 0.3, 0.7, 0.95);
        let (shown, bound) = show_against(&measured, Op::AtMost, 0.5, &Unit::Ratio);
        assert_eq!((shown.value.as_str(), bound.as_str()), ("0.50004", "0.5"));
        let equal = Estimate::exact(0.5);
        let (shown, bound) = show_against(&equal, Op::Below, 0.5, &Unit::Ratio);
        assert_eq!((shown.value.as_str(), bound.as_str()), ("0.500", "0.5"));
    }

    #[test]
    fn exponents_are_exact_at_powers_of_ten() {
        for (value, expected) in [(1000.0, 3), (999.9, 2), (0.001, -3), (0.0, 0), (1.0, 0)] {
            assert_eq!(exponent(value), expected);
        }
        assert_eq!(decimal(-1_234_567.891, 1), "\u{2212}1,234,567.9");
    }
}
