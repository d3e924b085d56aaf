//! A score in the terminal.

use serde_json::json;
use simulator::report::{plain, readable};
use simulator::score::{Standing, parameters, unused};

use super::{Result, Terms};
use crate::args::Score;
use crate::exit::{Failure, Outcome};
use crate::print::say;
use crate::{amount, table, trace};

/// Decimals of a real network's token.
const DECIMALS: u8 = 9;

/// The standings that were asked for.
///
/// # Errors
/// A uid that has no slot.
pub(super) fn chosen<'a>(result: &'a Result, args: &Score) -> Outcome<Vec<&'a Standing>> {
    let all = &result.standings;
    if !args.uid.is_empty() {
        let found = args.uid.iter().map(|uid| {
            all.get(usize::from(*uid)).ok_or_else(|| {
                let most = all.len().saturating_sub(1);
                let why = "there is no such slot; uids are 0 to";
                Failure::Usage(format!("error: --uid {uid}: {why} {most}"))
            })
        });
        return found.collect();
    }
    let mut rows: Vec<&Standing> = all.iter().collect();
    rows.sort_by(|a, b| {
        b.emission.total_cmp(&a.emission).then(b.stake.cmp(&a.stake)).then(a.uid.cmp(&b.uid))
    });
    if args.top > 0 {
        rows.truncate(args.top);
    }
    Ok(rows)
}

/// Everything as one JSON value.
///
/// # Errors
/// None in practice.
pub(super) fn json(result: &Result, rows: &[&Standing], terms: Option<&Terms>) -> Outcome {
    let parameters: serde_json::Map<String, serde_json::Value> =
        parameters(&result.scored.mechanism)
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.into()))
            .collect();
    let payouts = result.scored.payouts.as_ref().map(|payouts| {
        json!({
            "symbol": payouts.pay.symbol,
            "amount": payouts.pay.amount.units().to_string(),
            "owner": payouts.parts.owner.units().to_string(),
            "contributors": payouts.parts.contributors.units().to_string(),
            "validators": payouts.parts.validators.units().to_string(),
            "unscored": payouts.unscored.to_string(),
        })
    });
    let explained = terms.map(|terms| {
        json!({
            "contributor": terms.contributor.as_ref().map(trace::contributor_json),
            "validator": terms.validator.as_ref().map(trace::validator_json),
        })
    });
    let value = json!({
        "schema": "moot-score/1",
        "file": result.inputs[0].name,
        "blake3": result.blake3,
        "source": result.graph.source,
        "command": result.command,
        "mechanism": result.mechanism,
        "parameters": parameters,
        "slots": result.graph.slots(),
        "unread_columns": result.graph.unread,
        "payouts": payouts,
        "standings": rows,
        "explained": explained,
    });
    say!("{}", serde_json::to_string_pretty(&value)?);
    Ok(())
}

/// The table, and the terms where they were asked for.
pub(super) fn human(result: &Result, rows: &[&Standing], terms: Option<&Terms>, args: &Score) {
    notes(result);
    let parameters = parameters(&result.scored.mechanism);
    let parameters: Vec<String> =
        parameters.iter().map(|(name, value)| format!("{name} {value}")).collect();
    let source = plain(&result.graph.source, 200);
    say!("{source}\n{}: {}\n", result.mechanism, parameters.join(", "));
    say!("{}", standings(result, rows));
    let more = result.standings.len() - rows.len();
    if more > 0 && args.uid.is_empty() {
        say!("and {more} more: --top 0 shows all, --out FOLDER exports all");
    }
    payouts(result);
    if let (Some(terms), Some(uid)) = (terms, args.explain) {
        explain(result, terms, uid, args.top);
    }
    match &args.out {
        Some(out) => {
            say!("\nPage:  {}\nAgain: {}", out.join("report.html").display(), result.command)
        }
        None => say!("\nAgain: {}", result.command),
    }
}

/// What the reader should know of the file, on stderr.
fn notes(result: &Result) {
    if !result.graph.unread.is_empty() {
        let columns: Vec<String> =
            result.graph.unread.iter().map(|column| plain(column, 40)).collect();
        eprintln!("note: columns that mean nothing here are not read: {}", columns.join(", "));
    }
    for (parameter, column) in unused(&result.scored.mechanism, &result.graph) {
        eprintln!("note: {parameter} changes nothing: the file does not say `{column}`");
    }
}

fn standings(result: &Result, rows: &[&Standing]) -> comfy_table::Table {
    let symbol = result.scored.payouts.as_ref().map(|payouts| plain(&payouts.pay.symbol, 16));
    let mut headings =
        vec!["uid", "stake", "trust", "consensus", "incentive", "dividend", "emission"];
    let paid = symbol.map(|symbol| format!("paid, {symbol}"));
    headings.extend(paid.as_deref());
    headings.push("permit");
    let mut table = table::long(&headings);
    let percent = |share: f64| match share {
        0.0 => "0".to_owned(),
        share => format!("{} %", readable(100.0 * share, 4)),
    };
    for row in rows {
        let mut cells = vec![
            row.uid.to_string(),
            readable(row.stake as f64 / 1e9, 3),
            percent(row.trust),
            percent(row.consensus),
            percent(row.incentive),
            percent(row.dividend),
            percent(row.emission),
        ];
        if paid.is_some() {
            let paid = row.paid_contributor.unwrap_or(0) + row.paid_validator.unwrap_or(0);
            cells.push(amount::tokens(paid, DECIMALS));
        }
        cells.push(if row.permit { "yes" } else { "no" }.to_owned());
        table.add_row(cells);
    }
    trace::right(&mut table, 0);
    table
}

/// How the emission was split, in a line.
fn payouts(result: &Result) {
    let Some(payouts) = &result.scored.payouts else { return };
    let tokens = |units: u128| amount::tokens(units, DECIMALS);
    let parts = &payouts.parts;
    let mut words = vec![
        format!("contributors {}", tokens(parts.contributors.units())),
        format!("validators {}", tokens(parts.validators.units())),
    ];
    if !parts.owner.is_zero() {
        words.insert(0, format!("owner {}", tokens(parts.owner.units())));
    }
    if payouts.unscored > 0 {
        words.push(format!("of which {} finds no score: treasury", tokens(payouts.unscored)));
    }
    let (all, symbol) = (tokens(payouts.pay.amount.units()), plain(&payouts.pay.symbol, 16));
    say!("{all} {symbol}: {}", words.join(", "));
}

fn explain(result: &Result, terms: &Terms, uid: u16, top: usize) {
    let name = |uid: u16| format!("uid {uid}");
    if let Some(contributor) = &terms.contributor {
        say!("\nWhy uid {uid} earned this as a contributor\n");
        say!("{}", trace::contributor(contributor, &result.scored.mechanism, top, name));
    }
    if let Some(validator) = &terms.validator {
        say!("\nWhy uid {uid} earned this as a validator\n");
        say!("{}", trace::validator(validator, top, name));
    }
    if terms.contributor.is_none() && terms.validator.is_none() {
        say!("\nuid {uid} is weighed by nobody and weighs nobody: there is nothing to earn");
    }
}
