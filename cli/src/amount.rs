//! Amounts for people: exact, in tokens.

/// Base units as tokens of so many decimals, thousands separated, without zeros at the end.
pub(crate) fn tokens(units: u128, decimals: u8) -> String {
    let one = 10u128.pow(decimals.into());
    let whole = grouped(&(units / one).to_string());
    let width = usize::from(decimals);
    let part = format!("{:0width$}", units % one);
    match part.trim_end_matches('0') {
        "" => whole,
        part => format!("{whole}.{part}"),
    }
}

fn grouped(digits: &str) -> String {
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::tokens;

    #[test]
    fn amounts_are_exact() {
        for (units, decimals, shown) in [
            (0, 9, "0"),
            (1, 9, "0.000000001"),
            (1_500_000_000, 9, "1.5"),
            (1_234_567_000_000_000, 9, "1,234,567"),
            (7, 0, "7"),
            (1_000, 0, "1,000"),
        ] {
            assert_eq!(tokens(units, decimals), shown);
        }
    }
}
