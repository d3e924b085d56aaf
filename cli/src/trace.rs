//! The kernel's terms of one slot's sums, as tables and as JSON.

use comfy_table::{CellAlignment, Table};
use scoring_kernel::synthesis::{Signed, SynthesisTrace};
use scoring_kernel::{ContributorTrace, Mechanism, ValidatorTrace};
use serde_json::{Value, json};
use simulator::score::shown;

use crate::table;

/// A raw share with nine decimals; a plain 0 for nothing.
pub(crate) fn share(raw: u64) -> String {
    if raw == 0 { "0".to_owned() } else { format!("{:.9}", shown(raw)) }
}

/// Numbers to the right, from this column on.
pub(crate) fn right(table: &mut Table, from: usize) {
    let columns = table.column_iter_mut().skip(from);
    columns.for_each(|column| column.set_cell_alignment(CellAlignment::Right));
}

/// The `top` largest items, in their order, and how many there are besides; all for 0.
fn largest<T>(items: &[T], top: usize, size: impl Fn(&T) -> u64) -> (Vec<&T>, usize) {
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(items.get(*at).map(&size)));
    let keep = if top == 0 { items.len() } else { top.min(items.len()) };
    order.truncate(keep);
    order.sort_unstable();
    (order.into_iter().filter_map(|at| items.get(at)).collect(), items.len() - keep)
}

/// A line for what a table leaves out.
fn more(lines: &mut Vec<String>, count: usize) {
    if count > 0 {
        lines.push(format!("and {count} smaller ones: --top 0 shows all"));
    }
}

/// Why a contributor earned its incentive: at most `top` votes are shown, all for 0. `name` names
/// a slot.
pub(crate) fn contributor(
    trace: &ContributorTrace,
    mechanism: &Mechanism,
    top: usize,
    name: impl Fn(u16) -> String,
) -> String {
    let mut votes =
        table::long(&["weighed by", "stake", "weight", "counts", "clipped", "adds to rank"]);
    let (shown, others) = largest(&trace.votes, top, |vote| vote.rank);
    for vote in shown {
        votes.add_row([
            name(vote.from),
            share(vote.stake),
            share(vote.weight),
            share(vote.clipped),
            share(vote.weight.saturating_sub(vote.clipped)),
            share(vote.rank),
        ]);
    }
    right(&mut votes, 1);
    let clipped: Vec<String> = trace
        .votes
        .iter()
        .filter(|vote| vote.stake > 0 && vote.clipped < vote.weight)
        .map(|vote| name(vote.from))
        .collect();
    let (consensus, rank, ranks) = (share(trace.consensus), share(trace.rank), share(trace.ranks));
    let mut lines = vec![match mechanism {
        Mechanism::Mean(_) => format!("Consensus {consensus}: the stake-weighted mean."),
        _ => format!("Consensus {consensus}: the largest weight that enough stake supports."),
    }];
    if !matches!(mechanism, Mechanism::Mean(_)) {
        lines.push(match clipped.len() {
            0 => "Nobody with stake weighed it higher: nothing is clipped.".to_owned(),
            _ => format!("Higher weights of stake are clipped to it: {}.", clipped.join(", ")),
        });
    }
    lines.push(votes.to_string());
    more(&mut lines, others);
    lines.push(format!("Rank {rank} of {ranks} for all contributors."));
    let incentive = share(trace.incentive);
    lines.push(match mechanism {
        Mechanism::Metered(_) => {
            format!("Incentive {incentive}: the rank's share after multiplier, memory and cap.")
        }
        _ => format!("Incentive {incentive}: the rank's share, truncated."),
    });
    lines.join("\n")
}

/// Why a validator earned its dividend: at most `top` holdings are shown, all for 0. `name` names
/// a slot.
pub(crate) fn validator(
    trace: &ValidatorTrace,
    top: usize,
    name: impl Fn(u16) -> String,
) -> String {
    let mut holdings = table::long(&[
        "holds",
        "weight",
        "consensus",
        "counts",
        "bond before",
        "bond",
        "share of bonds",
        "income",
        "bond stored",
    ]);
    let (shown, others) = largest(&trace.holdings, top, |holding| match holding.income {
        0 => holding.clipped,
        income => income,
    });
    for holding in shown {
        holdings.add_row([
            name(holding.to),
            share(holding.weight),
            share(holding.consensus),
            share(holding.clipped),
            holding.bond_before.to_string(),
            share(holding.bond),
            share(holding.bond_share),
            share(holding.income),
            holding.bond_after.to_string(),
        ]);
    }
    right(&mut holdings, 1);
    let (stake, trust) = (share(trace.active_stake), share(trace.trust));
    let mut lines = vec![
        format!("Stake that counts {stake}; consensus confirms {trust} of its weights."),
        holdings.to_string(),
    ];
    more(&mut lines, others);
    if trace.income > 0 {
        lines.push(format!("Income {} from all holdings.", share(trace.income)));
    }
    lines.push(format!(
        "Dividend {}: its part of what all validators' sums are.",
        share(trace.dividend)
    ));
    lines.join("\n")
}

/// A contributor's terms, raw.
pub(crate) fn contributor_json(trace: &ContributorTrace) -> Value {
    let votes: Vec<Value> = trace
        .votes
        .iter()
        .map(|vote| {
            json!({
                "from": vote.from, "stake": vote.stake, "weight": vote.weight,
                "clipped": vote.clipped, "rank": vote.rank,
            })
        })
        .collect();
    json!({
        "uid": trace.uid, "consensus": trace.consensus, "votes": votes, "rank": trace.rank,
        "ranks": trace.ranks, "incentive": trace.incentive,
    })
}

/// A validator's terms, raw.
pub(crate) fn validator_json(trace: &ValidatorTrace) -> Value {
    let holdings: Vec<Value> = trace
        .holdings
        .iter()
        .map(|holding| {
            json!({
                "to": holding.to, "weight": holding.weight, "consensus": holding.consensus,
                "clipped": holding.clipped, "bond_before": holding.bond_before,
                "bond": holding.bond, "bond_share": holding.bond_share,
                "income": holding.income, "bond_after": holding.bond_after,
            })
        })
        .collect();
    json!({
        "uid": trace.uid, "active_stake": trace.active_stake, "trust": trace.trust,
        "holdings": holdings, "income": trace.income, "dividend": trace.dividend,
    })
}

/// A signed number of 64 fractional bits, with nine decimals.
fn signed(number: Signed) -> String {
    format!("{:.9}", float(number))
}

fn float(number: Signed) -> f64 {
    number.raw() as f64 / (1u128 << 64) as f64
}

/// Why a slot of a synthesis topic earned what it earned. `name` names a slot.
pub(crate) fn synthesis(trace: &SynthesisTrace, name: impl Fn(u16) -> String) -> String {
    let mut lines = vec![format!(
        "Losses (logarithms to base 10): combined {}, naive {}.",
        signed(trace.network_loss),
        trace.naive_loss.map_or("not reported".to_owned(), signed)
    )];
    lines.push(format!(
        "The reward goes to inferers {}, forecasters {}, reputers {}.",
        signed(trace.inferers),
        signed(trace.forecasters),
        signed(trace.reputers)
    ));
    if let Some(worker) = &trace.worker {
        let mut reports = table::long(&["reported by", "stake", "its loss"]);
        for report in &worker.reports {
            reports.add_row([name(report.from), signed(report.stake), signed(report.own)]);
        }
        right(&mut reports, 1);
        let class = if worker.forecasts { "forecaster" } else { "inferer" };
        lines.push(reports.to_string());
        lines.push(format!(
            "As a {class}: loss {}, without it {}, score {}, fraction of its class {}.",
            signed(worker.own_loss),
            worker.loss_without.map_or("not reported".to_owned(), signed),
            signed(worker.score),
            signed(worker.fraction)
        ));
        lines.push(format!(
            "Part of the reward {}; incentive {}; regret before {}, weight from now on {}.",
            signed(worker.part),
            share(worker.incentive),
            signed(worker.regret_before),
            share(worker.weight)
        ));
    }
    if let Some(reputer) = &trace.reputer {
        lines.push(format!(
            "As a reputer: stake {} (listened to {}), score {} at coverage {}, fraction {}, \
             dividend {}.",
            signed(reputer.stake),
            signed(reputer.listening_before),
            signed(reputer.score),
            signed(reputer.coverage),
            signed(reputer.fraction),
            share(reputer.dividend)
        ));
    }
    lines.join("\n")
}

/// A synthesis topic's terms, as numbers.
pub(crate) fn synthesis_json(trace: &SynthesisTrace) -> Value {
    let worker = trace.worker.as_ref().map(|worker| {
        let reports: Vec<Value> = worker
            .reports
            .iter()
            .map(|report| {
                json!({
                    "from": report.from, "stake": float(report.stake), "own": float(report.own),
                })
            })
            .collect();
        json!({
            "forecasts": worker.forecasts, "reports": reports, "own_loss": float(worker.own_loss),
            "loss_without": worker.loss_without.map(float),
            "loss_with": worker.loss_with.map(float), "score": float(worker.score),
            "deviation": float(worker.deviation), "regret_before": float(worker.regret_before),
            "fraction": float(worker.fraction), "part": float(worker.part),
            "incentive": worker.incentive, "weight": worker.weight,
        })
    });
    let reputer = trace.reputer.map(|reputer| {
        json!({
            "stake": float(reputer.stake), "listening_before": float(reputer.listening_before),
            "listening": float(reputer.listening), "adjusted_stake": float(reputer.adjusted_stake),
            "coverage": float(reputer.coverage), "score": float(reputer.score),
            "fraction": float(reputer.fraction), "dividend": reputer.dividend,
        })
    });
    json!({
        "network_loss": float(trace.network_loss), "naive_loss": trace.naive_loss.map(float),
        "inferers": float(trace.inferers), "forecasters": float(trace.forecasters),
        "reputers": float(trace.reputers), "worker": worker, "reputer": reputer,
    })
}
