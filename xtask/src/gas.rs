//! `cargo xtask gas`: what each message costs in the real VM, against the committed gas.md.
//!
//! The measurement is the test `gas` of `conformance`. It prints one line a message and population,
//! `gas token.transfer 10 128500`: the message, how many holders there are, SDK gas. Epochs are
//! measured beside them.

mod epochs;

use std::collections::BTreeMap;
use std::process::Command;

use self::epochs::Epochs;
use crate::builds::{self, Extent};
use crate::failure::{Failure, Outcome};
use crate::files;
use crate::process;
use crate::progress::{say, step};
use crate::wasm;
use crate::workspace::Workspace;

/// The committed table.
const TABLE: &str = "gas.md";
/// What stands around the table in the committed file.
const ABOVE: &str = "# Gas of each message

SDK gas of one message: the contract's instructions, reads and writes of the store, loads of
contracts and events, measured on fresh instances of the CosmWasm VM with the chain's prices. What a
chain adds to every transaction (signature and ante handler, about 52,000) is not in it. The number
of holders changes nothing, nor does that of proposals on record. `propose.with_deposit` is a
deposit and a proposal in one transaction; `text_200` a description's bytes. `cargo xtask gas`
measures again, epochs too, and allows 2%.

| message | gas |
|---|---:|
";
/// How far a message may move.
const TOLERANCE_PERCENT: u64 = 2;

/// What was measured.
struct Measured {
    /// The gas of each message.
    messages: BTreeMap<String, u64>,
    epochs: Epochs,
}

/// The gas of each message, by how many holders there are.
type Costs = BTreeMap<String, BTreeMap<u64, u64>>;

/// Measures and compares with the committed table.
///
/// # Errors
/// The measurement fails, a message or an epoch moved by more than 2%, or a message's cost
/// depends on holders.
pub(crate) fn check(workspace: &Workspace) -> Outcome {
    let Measured { messages: mut found, epochs } = measure(workspace)?;
    found.extend(epochs.into_iter().map(|(name, epoch)| (name, epoch.together())));
    let text = files::read_text(&workspace.root().join(TABLE))?;
    let mut committed = read_table(&text);
    committed.extend(epochs::read_table(&text));
    let moves = moves(&committed, &found);
    if moves.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!("gas differs from {TABLE}"))
        .because(moves.join("\n"))
        .fix("if the change is meant: cargo xtask gas --bless, and say why in the commit"))
}

/// Replaces the committed table by today's.
///
/// # Errors
/// The measurement fails, or a message's cost depends on holders.
pub(crate) fn bless(workspace: &Workspace) -> Outcome {
    let Measured { messages, epochs } = measure(workspace)?;
    let rows = messages.iter().map(|(message, gas)| format!("| `{message}` | {gas} |\n"));
    let rows = rows.collect::<String>();
    let text = format!("{ABOVE}{rows}{}{}", epochs::ABOVE, epochs::render(&epochs));
    files::replace(&workspace.root().join(TABLE), text.as_bytes())?;
    say(&format!("    wrote {TABLE}"));
    Ok(())
}

fn measure(workspace: &Workspace) -> Outcome<Measured> {
    wasm::wasm(workspace)?;
    let (mut costs, mut epochs) = (Costs::new(), Epochs::new());
    step("gas: measure messages in the VM", || {
        run(workspace, "gas", |line| record(line, &mut costs))
    })?;
    step("gas: measure epochs in the VM", || {
        run(workspace, "epoch_gas", |line| epochs::record(line, &mut epochs))
    })?;
    if costs.is_empty() {
        return Err(Failure::new("the measurement printed no line `gas MESSAGE HOLDERS GAS`"));
    }
    if epochs.is_empty() {
        return Err(Failure::new("the measurement printed no line `epoch NAME PAGES VM STORAGE`"));
    }
    Ok(Measured { messages: flatten(&costs)?, epochs })
}

/// Runs one of the measuring tests.
fn run(workspace: &Workspace, test: &str, line: impl FnMut(&str)) -> Outcome {
    let mut run = Command::new(builds::test_binary(workspace, Extent::Whole, "conformance", test)?);
    run.arg("--nocapture").env("RUST_BACKTRACE", "0");
    process::watch(run.current_dir(workspace.folder_of("conformance")?), line)
}

/// Takes in a line such as `gas token.transfer 10 128500`.
fn record(line: &str, costs: &mut Costs) {
    // A test that runs alone prints its first line behind its name.
    let line = line.rsplit(" ... ").next().unwrap_or(line);
    let words: Vec<&str> = line.split_whitespace().collect();
    if let ["gas", message, holders, gas] = words[..]
        && let (Ok(holders), Ok(gas)) = (holders.parse(), gas.parse())
    {
        costs.entry(message.to_owned()).or_default().insert(holders, gas);
    }
}

/// One number a message, which must be the same for every population that was measured.
fn flatten(costs: &Costs) -> Outcome<BTreeMap<String, u64>> {
    let mut flat = BTreeMap::new();
    let mut growing = Vec::new();
    for (message, by_holders) in costs {
        let mut gas: Vec<u64> = by_holders.values().copied().collect();
        gas.sort_unstable();
        gas.dedup();
        match gas[..] {
            [one] if by_holders.len() > 1 => {
                flat.insert(message.clone(), one);
            }
            [_] => growing.push(format!("{message} was measured at one number of holders only")),
            _ => growing.push(format!("{message} costs {by_holders:?} by number of holders")),
        }
    }
    if growing.is_empty() {
        return Ok(flat);
    }
    Err(Failure::new("a message's gas must not depend on how many holders there are")
        .because(growing.join("\n")))
}

fn read_table(text: &str) -> BTreeMap<String, u64> {
    let rows = text.lines().filter_map(|line| {
        let (message, gas) = line.strip_prefix("| `")?.split_once("` | ")?;
        Some((message.to_owned(), gas.trim_end_matches(['|', ' ']).parse().ok()?))
    });
    rows.collect()
}

fn moves(committed: &BTreeMap<String, u64>, found: &BTreeMap<String, u64>) -> Vec<String> {
    let gone = committed.keys().filter(|message| !found.contains_key(*message));
    let gone = gone.map(|message| format!("{message} is no longer measured"));
    let moved = found.iter().filter_map(|(message, &gas)| match committed.get(message) {
        None => Some(format!("{message} is new, at {gas}")),
        Some(&before) if gas.abs_diff(before) * 100 > before * TOLERANCE_PERCENT => {
            Some(format!("{message} went from {before} to {gas}"))
        }
        Some(_) => None,
    });
    gone.chain(moved).collect()
}

#[cfg(test)]
mod tests {
    use super::{Costs, flatten, moves, read_table, record};
    use std::collections::BTreeMap;

    fn costs(lines: &[&str]) -> Costs {
        let mut costs = Costs::new();
        lines.iter().for_each(|line| record(line, &mut costs));
        costs
    }

    #[test]
    fn gas_that_depends_on_holders_is_refused() {
        let equal =
            costs(&["gas token.send 10 700", "gas token.send 10000 700", "test gas ... ok"]);
        assert_eq!(flatten(&equal), Ok(BTreeMap::from([("token.send".to_owned(), 700)])));
        let grows = costs(&["gas token.send 10 700", "gas token.send 10000 701"]);
        assert!(flatten(&grows).is_err());
        assert!(flatten(&costs(&["gas token.send 10 700"])).is_err());
    }

    #[test]
    fn two_percent_pass_and_more_does_not() {
        let table = |gas: u64| BTreeMap::from([("token.send".to_owned(), gas)]);
        assert_eq!(moves(&table(1000), &table(1020)), [""; 0]);
        assert_eq!(moves(&table(1000), &table(980)), [""; 0]);
        assert_eq!(moves(&table(1000), &table(1021)).len(), 1);
        assert_eq!(moves(&table(1000), &BTreeMap::new()).len(), 1);
        assert_eq!(moves(&BTreeMap::new(), &table(1000)).len(), 1);
    }

    #[test]
    fn the_committed_table_is_read_back() {
        let text = format!("{}| `token.send` | 700 |\n", super::ABOVE);
        assert_eq!(read_table(&text), BTreeMap::from([("token.send".to_owned(), 700)]));
    }
}
