//! What closing an epoch costs, by mechanism and size: the second table of gas.md.
//!
//! The measurement is the test `epoch_gas` of `conformance`. It prints one line a network, `epoch
//! real.20x256 1 210000 180000`: its name, how many pages, SDK gas of the VM and of storage.

use std::collections::BTreeMap;

/// What stands above the table in the committed file.
pub(super) const ABOVE: &str = "
## An epoch

SDK gas of closing an epoch, all its pages and rewards' part together: the dearest of the first
three epochs. Loads of contracts are not in it, 60,000 a page and as much again for rewards in the
last, nor are events. A name is mechanism, validators who weigh, and whom each weighs; `real` is a
live network's snapshot, 1,687 weights among 256 slots by classic Yuma; `yuma3` has a bonds penalty
of nought. Goals and what bounds each: `docs/performance.md`.

| epoch | pages | instructions | storage | together |
|---|---:|---:|---:|---:|
";

/// What closing one network's epoch costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Epoch {
    pages: u64,
    vm: u64,
    storage: u64,
}

impl Epoch {
    /// Virtual machine and storage, in SDK gas.
    pub(super) fn together(self) -> u64 {
        self.vm + self.storage
    }
}

/// Epochs by the network's name.
pub(super) type Epochs = BTreeMap<String, Epoch>;

/// Takes in a line such as `epoch real.20x256 1 210000 180000`.
pub(super) fn record(line: &str, epochs: &mut Epochs) {
    // A test that runs alone prints its first line behind its name.
    let line = line.rsplit(" ... ").next().unwrap_or(line);
    let words: Vec<&str> = line.split_whitespace().collect();
    if let ["epoch", name, pages, vm, storage] = words[..]
        && let (Ok(pages), Ok(vm), Ok(storage)) = (pages.parse(), vm.parse(), storage.parse())
    {
        epochs.insert(name.to_owned(), Epoch { pages, vm, storage });
    }
}

/// The table's rows.
pub(super) fn render(epochs: &Epochs) -> String {
    let row = |(name, epoch): (&String, &Epoch)| {
        let &Epoch { pages, vm, storage } = epoch;
        format!("| `{name}` | {pages} | {vm} | {storage} | {} |\n", epoch.together())
    };
    epochs.iter().map(row).collect()
}

/// The gas of each epoch of the committed file, together.
pub(super) fn read_table(text: &str) -> BTreeMap<String, u64> {
    let rows = text.lines().filter_map(|line| {
        let (name, cells) = line.strip_prefix("| `")?.split_once("` | ")?;
        let cells: Vec<&str> = cells.trim_end_matches(['|', ' ']).split(" | ").collect();
        let [_, _, _, together] = cells[..] else { return None };
        Some((name.to_owned(), together.parse().ok()?))
    });
    rows.collect()
}

#[cfg(test)]
mod tests {
    use super::{Epochs, read_table, record, render};
    use std::collections::BTreeMap;

    #[test]
    fn what_is_printed_is_written_and_read_back() {
        let mut epochs = Epochs::new();
        for line in [
            "test a_dense_epoch ... epoch classic.64x256 4 700 800",
            "epoch real.20x256 1 20 30",
            "epoch with words",
        ] {
            record(line, &mut epochs);
        }
        let table = render(&epochs);
        assert_eq!(
            table,
            "| `classic.64x256` | 4 | 700 | 800 | 1500 |\n| `real.20x256` | 1 | 20 | 30 | 50 |\n"
        );
        let expected = [("classic.64x256".to_owned(), 1500), ("real.20x256".to_owned(), 50)];
        assert_eq!(read_table(&format!("| `token.send` | 700 |\n{table}")), expected.into());
        assert_eq!(super::super::read_table(&table), BTreeMap::new());
    }
}
