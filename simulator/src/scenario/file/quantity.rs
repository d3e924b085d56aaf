//! Numbers with units. A bare number where a unit is needed is refused: blocks are not seconds,
//! and tokens are not base units.

use std::borrow::Cow;

use protocol::{Amount, Fraction};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

use super::problem::Problem;
use crate::random::Fixed;

/// What amounts and durations are converted by.
#[derive(Clone, Debug)]
pub(super) struct Units {
    /// Base units of one token are 10^decimals.
    pub(super) decimals: u8,
    /// What one token is called.
    pub(super) symbol: String,
    /// Seconds of a block.
    pub(super) interval: u64,
}

/// `"1_000.5 MOOT"` or `"7 base units"`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(transparent)]
pub(super) struct Tokens(String);

/// `"360 blocks"`, `"12 s"`, `"90 min"`, `"6 h"`, `"7 days"`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(transparent)]
pub(super) struct Duration(String);

/// `0.18` or `"18 %"`: 0 to 1, at most 9 digits.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged, expecting = "expected a fraction from 0 to 1, or a text such as \"18 %\"")]
pub(crate) enum Part {
    /// From 0 to 1.
    Number(f64),
    /// In percent.
    Text(String),
}

macro_rules! text_schema {
    ($($name:ident $title:literal $pattern:literal $example:literal;)*) => {$(
        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({
                    "type": "string", "description": $title, "pattern": $pattern, "examples": [$example],
                })
            }
        }
    )*};
}
text_schema! {
    Tokens "An amount with its unit: the token's symbol, or base units." "^[0-9_]+(\\.[0-9]+)? .+$" "1_000 MOOT";
    Duration "A duration with its unit: blocks, s, min, h or days." "^[0-9_]+ ?(blocks?|s|min|h|days?)$" "7 days";
}

impl JsonSchema for Part {
    fn schema_name() -> Cow<'static, str> {
        "Part".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A fraction from 0 to 1, or a percentage.",
            "anyOf": [
                { "type": "number", "minimum": 0, "maximum": 1 },
                { "type": "string", "pattern": "^[0-9]+(\\.[0-9]+)? ?%$" },
            ],
        })
    }
}

/// A decimal number as its digits and how many of them stand behind the point.
fn digits(text: &str) -> Option<(u128, u32)> {
    let text = text.replace('_', "");
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !plain(whole) || !plain(part) || text.ends_with('.') {
        return None;
    }
    let digits = format!("{whole}{part}").parse().ok()?;
    Some((digits, part.len().try_into().ok()?))
}

fn split(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == '_' || c == '.'));
    let (number, unit) = text.split_at(end.unwrap_or(text.len()));
    (number, unit.trim())
}

impl Tokens {
    /// Whether it is no amount but this word.
    pub(super) fn is_word(&self, word: &str) -> bool {
        self.0.trim() == word
    }

    /// In base units.
    pub(super) fn amount(&self, units: &Units, path: &str) -> Result<Amount, Problem> {
        let wrong = |what: String, fix: String| Problem::at(path, what, fix);
        let (number, unit) = split(self.0.trim());
        let scale = match unit {
            "base units" | "base unit" => 0,
            unit if unit == units.symbol => u32::from(units.decimals),
            unit => {
                let what = format!("`{}` has the unit `{unit}`", self.0);
                let fix = format!("write \"1000 {}\" or \"1000 base units\"", units.symbol);
                return Err(wrong(what, fix));
            }
        };
        let (digits, behind) = digits(number).ok_or_else(|| {
            let fix = "use digits, `_` between them, and one point at most".to_owned();
            wrong(format!("`{number}` is not an amount"), fix)
        })?;
        let Some(factor) = scale.checked_sub(behind).and_then(|power| 10u128.checked_pow(power))
        else {
            return Err(wrong(
                format!("`{}` is finer than a base unit", self.0),
                format!("use at most {scale} digits behind the point"),
            ));
        };
        let all = digits.checked_mul(factor).and_then(|all| Amount::new(all).ok());
        all.ok_or_else(|| {
            wrong(format!("`{}` is too large", self.0), "use less than 2^95 base units".into())
        })
    }
}

impl Duration {
    /// In whole blocks; time must be a multiple of the interval.
    pub(super) fn blocks(&self, units: &Units, path: &str) -> Result<u64, Problem> {
        match self.read(path)? {
            (number, 0) => Ok(number),
            (number, seconds) => {
                let all = number.saturating_mul(seconds);
                let interval = units.interval.max(1);
                if all % interval != 0 {
                    let what = format!("`{}` is not a whole number of blocks", self.0);
                    let fix = format!("a block takes {interval} s; or write \"10 blocks\"");
                    return Err(Problem::at(path, what, fix));
                }
                Ok(all / interval)
            }
        }
    }

    /// In seconds.
    pub(super) fn seconds(&self, units: &Units, path: &str) -> Result<u64, Problem> {
        Ok(match self.read(path)? {
            (number, 0) => number.saturating_mul(units.interval),
            (number, seconds) => number.saturating_mul(seconds),
        })
    }

    /// The number, and the seconds of its unit; 0 for blocks.
    fn read(&self, path: &str) -> Result<(u64, u64), Problem> {
        let (number, unit) = split(self.0.trim());
        let seconds = match unit {
            "block" | "blocks" => 0,
            "s" => 1,
            "min" => 60,
            "h" => 3_600,
            "day" | "days" => 86_400,
            _ => {
                let what = format!("`{}` is not a duration", self.0);
                let fix = "write \"360 blocks\", \"12 s\", \"90 min\", \"6 h\" or \"7 days\"";
                return Err(Problem::at(path, what, fix));
            }
        };
        let number = number.replace('_', "").parse();
        number.map(|number| (number, seconds)).map_err(|_| {
            Problem::at(path, format!("`{}` has no whole number", self.0), "use digits only")
        })
    }
}

impl Part {
    /// What a text such as `0.18` or `18 %` says.
    #[cfg(feature = "report")]
    pub(crate) fn of(text: &str) -> Self {
        text.parse().map_or_else(|_| Self::Text(text.to_owned()), Self::Number)
    }

    /// Exactly, in parts per 10^9.
    pub(crate) fn fraction(&self, path: &str) -> Result<Fraction, Problem> {
        let parts = self.billionths(path)?;
        u32::try_from(parts).ok().and_then(Fraction::from_parts).ok_or_else(|| {
            let fix = "use a number from 0 to 1, or a percentage such as \"18 %\"";
            Problem::at(path, "is not from 0 to 1", fix)
        })
    }

    fn billionths(&self, path: &str) -> Result<u64, Problem> {
        match self {
            Self::Number(number) => billionths(*number, path),
            Self::Text(text) => {
                let (number, unit) = split(text.trim());
                let parts = digits(number).filter(|(_, behind)| unit == "%" && *behind <= 7);
                let parts =
                    parts.and_then(|(digits, behind)| digits.checked_mul(10u128.pow(7 - behind)));
                parts.and_then(|parts| u64::try_from(parts).ok()).ok_or_else(|| {
                    let what = format!(
                        "`{text}` is not a percentage of at most 7 digits behind the point"
                    );
                    Problem::at(path, what, "write \"18 %\" or 0.18")
                })
            }
        }
    }
}

/// The nearest part of 65535, halves down, so that 0.5 is the live network's 32767.
pub(crate) fn of_65535(part: &Part, path: &str) -> Result<u16, Problem> {
    let parts = u64::from(part.fraction(path)?.parts());
    let scaled = (parts * 65_535 + 499_999_999) / 1_000_000_000;
    // At most 65535: a fraction is at most one.
    Ok(scaled as u16)
}

/// The nearest part of 10^6, halves up.
pub(crate) fn millionths(part: &Part, path: &str) -> Result<u32, Problem> {
    Ok((part.fraction(path)?.parts() + 500) / 1_000)
}

/// A number in hundredths, floored.
pub(crate) fn hundredths(number: f64, path: &str) -> Result<u16, Problem> {
    let hundredths = billionths(number, path)? / 10_000_000;
    u16::try_from(hundredths)
        .map_err(|_| Problem::at(path, format!("{number} is too much"), "use less than 655"))
}

/// `148`, `148 TAO` or `7 base units` as base units, 10^9 of which are a token, and what a token
/// is called: `tokens` where the text does not say it.
#[cfg(feature = "report")]
pub(crate) fn coins(text: &str, path: &str) -> Result<(Amount, String), Problem> {
    let (number, unit) = split(text.trim());
    let base = matches!(unit, "base unit" | "base units");
    let symbol = if unit.is_empty() || base { "tokens" } else { unit }.to_owned();
    let tokens = if base { text.to_owned() } else { format!("{number} {symbol}") };
    let units = Units { decimals: 9, symbol: symbol.clone(), interval: 1 };
    Ok((Tokens(tokens).amount(&units, path)?, symbol))
}

/// A number that is finite, not negative and exact in parts per 10^9.
pub(super) fn billionths(number: f64, path: &str) -> Result<u64, Problem> {
    let scaled = number * 1e9;
    let fix = "use a number of at least 0 with at most 9 digits behind the point";
    if !number.is_finite() || number < 0.0 || scaled > 9e18 {
        return Err(Problem::at(path, format!("{number} cannot be used here"), fix));
    }
    let rounded = scaled.round();
    if (scaled - rounded).abs() > 1e-3 {
        return Err(Problem::at(path, format!("{number} is finer than 1e-9"), fix));
    }
    Ok(rounded as u64)
}

/// A number of at least 0 for the samplers.
pub(super) fn fixed(number: f64, path: &str) -> Result<Fixed, Problem> {
    let parts = billionths(number, path)?;
    match i64::try_from(parts) {
        Ok(parts) if number < 2e9 => Ok(Fixed::from_billionths(parts)),
        _ => Err(Problem::at(path, format!("{number} is too large"), "use less than 2e9")),
    }
}

#[cfg(test)]
mod tests {
    use super::{Duration, Part, Tokens, Units, billionths};

    fn units() -> Units {
        Units { decimals: 6, symbol: "MOOT".into(), interval: 12 }
    }

    #[test]
    fn amounts_need_their_unit_and_are_exact() {
        for (text, want) in [
            ("1_000.5 MOOT", Ok(1_000_500_000)),
            ("7 base units", Ok(7)),
            ("0.000001 MOOT", Ok(1)),
            ("0.0000001 MOOT", Err("finer")),
            ("7.5 base units", Err("finer")),
            ("1000", Err("the unit ``")),
            ("5 ATOM", Err("the unit `ATOM`")),
            ("-5 MOOT", Err("unit")),
            ("1.2.3 MOOT", Err("not an amount")),
            ("99999999999999999999999999 MOOT", Err("too large")),
        ] {
            let got = Tokens(text.into()).amount(&units(), "x").map(|amount| amount.units());
            match (got, want) {
                (Ok(got), Ok(want)) => assert_eq!(got, want, "{text}"),
                (Err(got), Err(want)) => assert!(got.what.contains(want), "{text}: {got}"),
                (got, _) => panic!("{text}: {got:?}"),
            }
        }
    }

    #[test]
    fn blocks_are_not_seconds() {
        let duration = |text: &str| Duration(text.to_owned());
        assert_eq!(duration("36 s").blocks(&units(), "x"), Ok(3));
        assert_eq!(duration("360 blocks").blocks(&units(), "x"), Ok(360));
        assert_eq!(duration("2 blocks").seconds(&units(), "x"), Ok(24));
        assert_eq!(duration("1 day").seconds(&units(), "x"), Ok(86_400));
        assert!(duration("35 s").blocks(&units(), "x").unwrap_err().what.contains("whole"));
        assert!(duration("360").blocks(&units(), "x").unwrap_err().what.contains("not a duration"));
    }

    #[test]
    fn fractions_are_exact_and_at_most_one() {
        assert_eq!(Part::Number(0.18).fraction("x").unwrap().parts(), 180_000_000);
        assert_eq!(Part::Text("18 %".into()).fraction("x").unwrap().parts(), 180_000_000);
        assert_eq!(Part::Text("0.5%".into()).fraction("x").unwrap().parts(), 5_000_000);
        assert!(Part::Number(18.0).fraction("x").is_err());
        for number in [f64::NAN, f64::INFINITY, -0.1, 1e-10] {
            assert!(billionths(number, "x").is_err(), "{number}");
        }
    }
}
