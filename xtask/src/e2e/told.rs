//! What each message cost on the node, beside what the virtual machine measured.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::failure::{Failure, Outcome};
use crate::files;
use crate::progress::say;
use crate::workspace::Workspace;

/// Gas by the name of the message in gas.md, in the order in which it was first sent.
#[derive(Default)]
pub(crate) struct Told {
    rows: Vec<(String, Vec<u64>)>,
}

impl Told {
    /// Notes a transaction.
    ///
    /// # Errors
    /// It tells no gas.
    pub(crate) fn note(&mut self, name: &str, transaction: &Value) -> Outcome {
        let gas = transaction["gas_used"].as_u64();
        let gas = gas.ok_or_else(|| Failure::new(format!("{name} tells no gas: {transaction}")))?;
        match self.rows.iter_mut().find(|(row, _)| row == name) {
            Some((_, all)) => all.push(gas),
            None => self.rows.push((name.to_owned(), vec![gas])),
        }
        Ok(())
    }

    /// Transactions that were noted.
    pub(crate) fn count(&self) -> usize {
        self.rows.iter().map(|(_, all)| all.len()).sum::<usize>()
    }

    /// Prints each message's gas on the node, gas.md's figure, and what is between them: ante
    /// handler and signature, ten gas for each byte of the transaction included.
    ///
    /// # Errors
    /// gas.md cannot be read.
    pub(crate) fn compare(&self, workspace: &Workspace) -> Outcome {
        let text = files::read_text(&workspace.root().join("gas.md"))?;
        let known = known(&text);
        say("    message                           times   on the node      gas.md   between");
        for (name, all) in &self.rows {
            // The middle one: the first of a kind may write what later ones find.
            let mut sorted = all.clone();
            sorted.sort_unstable();
            let middle = sorted.get(sorted.len() / 2).copied().unwrap_or_default();
            let (figure, between) = match known.get(name.as_str()) {
                Some(gas) => (gas.to_string(), (i128::from(middle) - i128::from(*gas)).to_string()),
                None => ("-".to_owned(), "-".to_owned()),
            };
            let times = all.len();
            say(&format!("    {name:<32} {times:>6} {middle:>13} {figure:>11} {between:>9}"));
        }
        Ok(())
    }
}

/// The rows of gas.md's first table.
fn known(text: &str) -> BTreeMap<&str, u64> {
    let rows = text.lines().filter_map(|line| {
        let (name, gas) = line.strip_prefix("| `")?.strip_suffix(" |")?.split_once("` | ")?;
        Some((name, gas.parse().ok()?))
    });
    rows.collect()
}

#[cfg(test)]
mod tests {
    use super::known;

    #[test]
    fn rows_of_one_figure_are_read() {
        let text = "| message | gas |\n|---|---:|\n| `staking.stake.first` | 102350 |\n\
            | `classic.16x128` | 1 | 25068 | 386878 | 411946 |\n";
        assert_eq!(known(text).into_iter().collect::<Vec<_>>(), [("staking.stake.first", 102_350)]);
    }
}
