//! Amounts as people write them: tokens by the token's symbol, base units without.

use protocol::Amount;

use crate::commands::chain::receipt::Receipt;
use crate::commands::chain::session::usage;
use crate::exit::Outcome;

/// Reads `2.5MOOT` or `2500000`, exactly.
///
/// # Errors
/// Another unit, more digits than the token has, or too much.
pub(crate) fn units(text: &str, receipt: &Receipt) -> Outcome<Amount> {
    let order = &receipt.order;
    let (symbol, decimals) = (&order.symbol, usize::from(order.decimals));
    let wrong = |why: String| {
        usage(format!("`{text}` is no amount: {why}; write 2.5{symbol}, or base units: 2500"))
    };
    let number = text.trim().replace('_', "");
    let units = match number.strip_suffix(symbol.as_str()) {
        None => number.clone(),
        Some(tokens) => {
            let (whole, part) =
                tokens.trim_end().split_once('.').unwrap_or((tokens.trim_end(), ""));
            if part.len() > decimals {
                return Err(wrong(format!("{symbol} has {decimals} digits after the point")));
            }
            format!("{whole}{part:0<decimals$}")
        }
    };
    if units.is_empty() || !units.bytes().all(|one| one.is_ascii_digit()) {
        return Err(wrong(format!("its unit is not {symbol}")));
    }
    let units = units.parse().map_err(|_| wrong("it is too large".into()))?;
    Amount::new(units).map_err(|refusal| wrong(refusal.to_string()))
}

/// Base units as tokens, with the symbol.
pub(crate) fn shown(units: u128, receipt: &Receipt) -> String {
    format!("{}{}", crate::amount::tokens(units, receipt.order.decimals), receipt.order.symbol)
}
