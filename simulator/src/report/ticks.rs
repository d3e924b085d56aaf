//! Where an axis has its marks: few, round, and printed with just the digits they need.

use std::ops::Range;

use plotters::coord::ranged1d::{KeyPointHint, NoDefaultFormatting, Ranged, ValueFormatter};

use super::chart::{Axis, Scale};
use super::number::{decimal, exponent, scale};
use super::verdict::Unit;

/// An axis with its range and marks, as plotters' coordinate along it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ruler {
    /// Lowest value.
    low: f64,
    /// Highest value, above `low`.
    high: f64,
    /// Values with what is printed at them, ascending.
    marks: Vec<(f64, String)>,
    scale: Scale,
}

impl Ranged for Ruler {
    type FormatOption = NoDefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, limit: (i32, i32)) -> i32 {
        let place = match self.scale {
            Scale::Linear => (value - self.low) / (self.high - self.low),
            Scale::Log => {
                let low = libm::log10(self.low);
                (libm::log10(value.max(self.low)) - low) / (libm::log10(self.high) - low)
            }
        };
        let (from, to) = (f64::from(limit.0), f64::from(limit.1));
        (from + (to - from) * place).round() as i32
    }

    fn key_points<Hint: KeyPointHint>(&self, hint: Hint) -> Vec<f64> {
        if hint.weight().allow_light_points() {
            return Vec::new();
        }
        self.marks.iter().map(|(value, _)| *value).collect()
    }

    fn range(&self) -> Range<f64> {
        self.low..self.high
    }
}

impl ValueFormatter<f64> for Ruler {
    fn format_ext(&self, value: &f64) -> String {
        let mark = self.marks.iter().find(|(mark, _)| mark == value);
        mark.map_or(String::new(), |(_, label)| label.clone())
    }
}

/// Whether an axis ends at its data or at the next mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ends {
    /// At the lowest and highest value.
    Data,
    /// At the marks around them.
    Marks,
}

impl Ruler {
    /// The ruler for the values of an axis, with about `most` marks.
    pub(super) fn new(
        axis: &Axis,
        values: impl Iterator<Item = f64>,
        most: usize,
        ends: Ends,
    ) -> Self {
        match axis.scale {
            Scale::Linear => Self::linear(axis, values, most, ends),
            Scale::Log => Self::logarithmic(axis, values),
        }
    }

    /// What is printed at the marks.
    pub(super) fn labels(&self) -> impl Iterator<Item = &str> {
        self.marks.iter().map(|(_, label)| label.as_str())
    }

    fn linear(axis: &Axis, values: impl Iterator<Item = f64>, most: usize, ends: Ends) -> Self {
        let (mut low, mut high) = bounds(values).unwrap_or((0.0, 1.0));
        // Shares and indices do not leave [0, 1], so neither does an axis of them.
        let within_one =
            matches!(axis.unit, Unit::Ratio | Unit::Fraction) && low >= 0.0 && high <= 1.0;
        if axis.from_zero {
            (low, high) = (low.min(0.0), high.max(0.0));
        }
        let least = low.abs().max(high.abs()).max(f64::MIN_POSITIVE.sqrt()) * 1e-9;
        if high - low <= least {
            let room = if high == 0.0 { 1.0 } else { high.abs() * 0.05 };
            high += room;
            if !axis.from_zero || low < 0.0 {
                low -= room;
            }
        }
        if within_one {
            (low, high) = (low.max(0.0), high.min(1.0));
        }
        let whole = matches!(axis.unit, Unit::Count(_));
        let step = Step::around((high - low) / most as f64, whole);
        let (first, last) = match ends {
            Ends::Marks => (step.floor(low), step.ceil(high)),
            Ends::Data => (step.ceil(low), step.floor(high)),
        };
        let marks: Vec<f64> = (first..=last).map(|times| step.times(times)).collect();
        let labels = labels(&marks, &step, &axis.unit);
        if ends == Ends::Marks {
            low = low.min(step.times(first));
            high = high.max(step.times(last));
        }
        Self { low, high, marks: marks.into_iter().zip(labels).collect(), scale: Scale::Linear }
    }

    fn logarithmic(axis: &Axis, values: impl Iterator<Item = f64>) -> Self {
        let (low, high) = bounds(values.filter(|value| *value > 0.0)).unwrap_or((1.0, 10.0));
        let first = exponent(low);
        let last = exponent(high);
        let last = if power_of_ten(last) < high { last + 1 } else { last }.max(first + 1);
        let every = (last - first + 4) / 5;
        let marks = (first..=last)
            .filter(|power| (power - first) % every.max(1) == 0)
            .map(|power| (power_of_ten(power), power_label(power, &axis.unit)))
            .collect();
        Self { low: power_of_ten(first), high: power_of_ten(last), marks, scale: Scale::Log }
    }
}

/// The lowest and highest of the values.
fn bounds(values: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    values.fold(None, |range, value| match range {
        None => Some((value, value)),
        Some((low, high)) => Some((low.min(value), high.max(value))),
    })
}

/// A distance between marks: 1, 2 or 5 times a power of ten.
struct Step {
    digit: i64,
    power: i32,
}

impl Step {
    /// The smallest step that is not much below `about`; a whole number if `whole`.
    fn around(about: f64, whole: bool) -> Self {
        let least = about * 0.8;
        let power = exponent(least).clamp(-300, 300);
        let digit = least / power_of_ten(power);
        let (digit, power) = match digit {
            digit if digit <= 1.0 => (1, power),
            digit if digit <= 2.0 => (2, power),
            digit if digit <= 5.0 => (5, power),
            _ => (1, power + 1),
        };
        if whole && power < 0 { Self { digit: 1, power: 0 } } else { Self { digit, power } }
    }

    /// `count` steps, as exact as a float can be.
    fn times(&self, count: i64) -> f64 {
        let digits = (count * self.digit) as f64;
        if self.power >= 0 {
            digits * power_of_ten(self.power)
        } else {
            digits / power_of_ten(-self.power)
        }
    }

    fn floor(&self, value: f64) -> i64 {
        let count = (value / self.times(1)).floor() as i64;
        if self.times(count + 1) <= value { count + 1 } else { count }
    }

    fn ceil(&self, value: f64) -> i64 {
        let count = (value / self.times(1)).ceil() as i64;
        if self.times(count - 1) >= value { count - 1 } else { count }
    }
}

fn power_of_ten(power: i32) -> f64 {
    format!("1e{power}").parse().unwrap_or(1.0)
}

/// Marks in words: thousands, millions and billions shortened, decimals as the step needs them.
fn labels(marks: &[f64], step: &Step, unit: &Unit) -> Vec<String> {
    let scale = scale(unit);
    let most = marks.iter().fold(0.0_f64, |most, mark| most.max(mark.abs())) * scale;
    let (power, suffix) = magnitude(most);
    let step_power = exponent(step.times(1) * scale);
    let decimals = usize::try_from((power - step_power).max(0)).unwrap_or(0);
    let percent = if matches!(unit, Unit::Fraction) { "%" } else { "" };
    marks
        .iter()
        .map(|mark| {
            let value = mark * scale / power_of_ten(power);
            let zero = *mark == 0.0;
            let number = decimal(value, if zero { 0 } else { decimals });
            format!("{number}{}{percent}", if zero { "" } else { suffix })
        })
        .collect()
}

fn power_label(power: i32, unit: &Unit) -> String {
    let power = if matches!(unit, Unit::Fraction) { power + 2 } else { power };
    let percent = if matches!(unit, Unit::Fraction) { "%" } else { "" };
    let value = power_of_ten(power);
    let (shift, suffix) = magnitude(value);
    let decimals = usize::try_from((-power).max(0)).unwrap_or(0);
    format!("{}{suffix}{percent}", decimal(value / power_of_ten(shift), decimals))
}

/// The power of ten by which numbers of this size are shortened, and the letter for it.
fn magnitude(size: f64) -> (i32, &'static str) {
    match size {
        size if size >= 1e13 => (12, "T"),
        size if size >= 1e9 => (9, "B"),
        size if size >= 1e6 => (6, "M"),
        size if size >= 1e4 => (3, "k"),
        _ => (0, ""),
    }
}

#[cfg(test)]
mod tests {
    use plotters::coord::ranged1d::Ranged;

    use super::{Ends, Ruler};
    use crate::report::{Axis, Unit};

    fn printed(axis: &Axis, low: f64, high: f64, ends: Ends) -> Vec<String> {
        let ruler = Ruler::new(axis, [low, high].into_iter(), 4, ends);
        assert!(ruler.low < ruler.high);
        ruler.marks.into_iter().map(|(_, label)| label).collect()
    }

    #[test]
    fn marks_are_few_round_and_short() {
        let ratio = Axis::linear("", Unit::Ratio);
        let share = Axis::zero_based("", Unit::Fraction);
        let tokens = Axis::zero_based("", Unit::Tokens("MOOT".into()));
        let rows: [(&Axis, f64, f64, Ends, &[&str]); 9] = [
            (&Axis::epochs(), 1.0, 100.0, Ends::Data, &["20", "40", "60", "80", "100"]),
            (&Axis::epochs(), 1.0, 3.0, Ends::Data, &["1", "2", "3"]),
            (&ratio, 0.31, 0.58, Ends::Marks, &["0.3", "0.4", "0.5", "0.6"]),
            (&share, 0.0, 0.07, Ends::Marks, &["0%", "2%", "4%", "6%", "8%"]),
            (&tokens, 0.0, 21e6, Ends::Marks, &["0", "5M", "10M", "15M", "20M", "25M"]),
            (&tokens, -300.0, 1_100.0, Ends::Marks, &["\u{2212}500", "0", "500", "1,000", "1,500"]),
            (&ratio, 0.98, 0.98, Ends::Marks, &["0.92", "0.94", "0.96", "0.98", "1.00"]),
            (&ratio, 0.5, 0.5, Ends::Marks, &["0.46", "0.48", "0.50", "0.52", "0.54"]),
            (&tokens, 0.0, 0.0, Ends::Marks, &["0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
        ];
        for (axis, low, high, ends, expected) in rows {
            assert_eq!(printed(axis, low, high, ends), expected);
        }
    }

    #[test]
    fn a_logarithmic_axis_counts_powers() {
        let axis = Axis::logarithmic("", Unit::Fraction);
        assert_eq!(printed(&axis, 0.002, 0.3, Ends::Marks), ["0.1%", "1%", "10%", "100%"]);
        let ruler = Ruler::new(&axis, [0.0, 0.01, 1.0].into_iter(), 4, Ends::Marks);
        assert_eq!(ruler.map(&0.0, (0, 300)), 0, "zero is drawn at the edge");
        assert_eq!(ruler.map(&0.1, (0, 300)), 150);
    }

    #[test]
    fn every_range_has_a_ruler() {
        let axis = Axis::zero_based("", Unit::Ratio);
        for (low, high) in [(0.0, 1e-300), (-1e300, 1e300), (1e18, 1e18), (-5.0, -5.0)] {
            let ruler = Ruler::new(&axis, [low, high].into_iter(), 4, Ends::Marks);
            assert!(ruler.low < ruler.high && ruler.marks.len() < 20, "{low} {high}: {ruler:?}");
        }
        assert_eq!(Ruler::new(&axis, std::iter::empty(), 4, Ends::Marks).high, 1.0);
    }
}
