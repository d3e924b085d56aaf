//! What a number of a metagraph may be, by its unit.

use protocol::Amount;

use super::Entries;

/// Why a number is refused, and what to do.
pub(super) struct Wrong {
    pub(super) what: String,
    pub(super) fix: &'static str,
}

fn wrong<T>(what: String, fix: &'static str) -> Result<T, Wrong> {
    Err(Wrong { what, fix })
}

/// The stake that all slots may have together: the kernel's bound of 2^63 base units. More is
/// base units taken for tokens.
pub(super) const MOST_TOKENS: u64 = (1 << 63) / 1_000_000_000;

/// A text as it is shown in a message.
pub(super) fn shown(text: &str) -> String {
    let short: String = text.chars().take(40).collect();
    let more = if short.len() < text.len() { "..." } else { "" };
    format!("`{short}{more}`")
}

/// A decimal number, finite and at least zero.
pub(super) fn number(text: &str) -> Result<f64, Wrong> {
    let bare = "write the number alone, with a point: 1234.5";
    match text.parse::<f64>() {
        Ok(number) if number.is_nan() => {
            wrong("NaN is no number".into(), "find out why it was not measured; 0 is a number")
        }
        Ok(number) if number.is_infinite() => {
            wrong(format!("{} is not finite", shown(text)), "use a finite number")
        }
        Ok(number) if number < 0.0 => {
            wrong(format!("{} is negative", shown(text)), "use 0 or more")
        }
        Ok(number) => Ok(number),
        Err(_) => wrong(format!("{} is no number", shown(text)), bare),
    }
}

/// A whole number.
pub(super) fn whole(text: &str) -> Result<u64, Wrong> {
    match text.parse::<u64>() {
        Ok(number) => Ok(number),
        Err(_) => {
            wrong(format!("{} is no whole number of at least 0", shown(text)), "use digits only")
        }
    }
}

/// A uid: 0 to 65535.
pub(super) fn uid(text: &str) -> Result<u16, Wrong> {
    let number = whole(text)?;
    uid_of(number)
}

/// A uid: 0 to 65535.
pub(super) fn uid_of(number: u64) -> Result<u16, Wrong> {
    match u16::try_from(number) {
        Ok(uid) => Ok(uid),
        Err(_) => wrong(format!("{number} is no uid"), "uids are 0 to 65535"),
    }
}

/// stake * 10^9, to the nearest base unit.
pub(super) fn tokens(stake: f64) -> Result<Amount, Wrong> {
    let units = (stake * 1e9).round();
    if !units.is_finite() || !(0.0..1e25).contains(&units) {
        return wrong(format!("{stake} is no stake"), "use tokens, 0 or more");
    }
    amount(units as u128)
}

/// A stake in base units.
pub(super) fn base_units(text: &str) -> Result<Amount, Wrong> {
    let tokens = "base units are whole; stakes in tokens belong to `stake`";
    match text.parse::<u128>() {
        Ok(units) => amount(units),
        Err(_) => wrong(format!("{} is no number of base units", shown(text)), tokens),
    }
}

fn amount(units: u128) -> Result<Amount, Wrong> {
    match Amount::new(units) {
        Ok(amount) => Ok(amount),
        Err(_) => wrong(format!("{units} is too much"), "use less than 2^95 base units"),
    }
}

/// `true` or `false`, `1` or `0`, `yes` or `no`.
pub(super) fn flag(text: &str) -> Result<bool, Wrong> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" => Ok(true),
        "false" | "0" | "no" | "" => Ok(false),
        _ => wrong(format!("{} is neither true nor false", shown(text)), "use true or false"),
    }
}

/// A weight row: u16 weight = round(65535 w / row maximum), halves away from zero; zeros are
/// dropped.
///
/// # Errors
/// A weight that is none, and a uid that appears twice.
pub(super) fn weights(entries: Vec<(u16, f64)>) -> Result<Entries, Wrong> {
    let entries = ascending(entries)?;
    let most = entries.iter().map(|(_, weight)| *weight).fold(0.0, f64::max);
    let mut row = Vec::with_capacity(entries.len());
    for (to, weight) in entries {
        if !weight.is_finite() || weight < 0.0 {
            return wrong(format!("{weight} is no weight, for uid {to}"), "use 0 or more");
        }
        let value = (65_535.0 * weight / most).round() as u16;
        if value > 0 {
            row.push((to, value));
        }
    }
    Ok(row)
}

/// A bond row: whole 65535ths; zeros are dropped.
///
/// # Errors
/// A bond that is none, and a uid that appears twice.
pub(super) fn bonds(entries: Vec<(u16, f64)>) -> Result<Entries, Wrong> {
    let mut row = Vec::with_capacity(entries.len());
    for (to, bond) in ascending(entries)? {
        if bond.fract() != 0.0 || !(0.0..=65_535.0).contains(&bond) {
            let fix = "bonds are whole 65535ths: multiply fractions by 65535 and round down";
            return wrong(format!("{bond} is no bond, for uid {to}"), fix);
        }
        if bond > 0.0 {
            row.push((to, bond as u16));
        }
    }
    Ok(row)
}

/// The entries by uid.
fn ascending(mut entries: Vec<(u16, f64)>) -> Result<Vec<(u16, f64)>, Wrong> {
    entries.sort_by_key(|(uid, _)| *uid);
    let twice = entries.windows(2).find(|pair| pair[0].0 == pair[1].0);
    match twice {
        Some(pair) => wrong(format!("uid {} appears twice", pair[0].0), "keep one of the two"),
        None => Ok(entries),
    }
}

#[cfg(test)]
mod tests {
    use super::{bonds, number, tokens, weights};

    #[test]
    fn weights_are_proportions_of_the_largest() {
        let row = |entries: &[(u16, f64)]| weights(entries.to_vec()).map_err(|wrong| wrong.what);
        assert_eq!(row(&[(9, 2.0), (3, 1.0), (5, 0.0)]), Ok(vec![(3, 32_768), (9, 65_535)]));
        assert_eq!(row(&[(3, 65_535.0), (9, 1.0)]), Ok(vec![(3, 65_535), (9, 1)]));
        assert_eq!(row(&[(1, 0.0)]), Ok(vec![]));
        assert_eq!(row(&[(1, 1.0), (1, 2.0)]), Err("uid 1 appears twice".into()));
        assert!(row(&[(1, f64::NAN)]).is_err());
        assert!(row(&[(1, -1.0)]).is_err());
    }

    #[test]
    fn bonds_are_whole_65535ths() {
        let row = |entries: &[(u16, f64)]| bonds(entries.to_vec()).map_err(|wrong| wrong.what);
        assert_eq!(row(&[(2, 65_535.0), (1, 0.0)]), Ok(vec![(2, 65_535)]));
        assert_eq!(row(&[(2, 0.5)]), Err("0.5 is no bond, for uid 2".into()));
        assert!(row(&[(2, 65_536.0)]).is_err());
    }

    #[test]
    fn numbers_are_finite_and_not_negative() {
        for text in ["NaN", "inf", "-1", "1,5", "5 %", "", "100 TAO"] {
            assert!(number(text).is_err(), "{text}");
        }
        assert_eq!(
            tokens(423_150.094).map(|amount| amount.units()).ok(),
            Some(423_150_094_000_000)
        );
    }
}
