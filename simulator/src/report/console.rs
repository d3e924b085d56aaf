//! A report in a terminal, and read back from its folder.

use super::data::ReportData;
use super::number::show_against;
use super::page::op_sign;
use super::text::{NAME, clean};
use super::verdict::Outcome;

/// The gates as rows of a table: gate, aggregate, measured, verdict.
#[must_use]
pub fn verdict_rows(data: &ReportData) -> Vec<[String; 4]> {
    let rows = data.verdicts.iter().map(|verdict| {
        let (measured, bound) = match &verdict.measured {
            Some(estimate) => {
                let (shown, bound) =
                    show_against(estimate, verdict.op, verdict.bound, &verdict.unit);
                (format!("{} {}", shown.value, shown.interval), bound)
            }
            None => (String::from("nothing"), super::number::show(verdict.bound, &verdict.unit)),
        };
        let word = match verdict.outcome {
            Outcome::Pass => "✓ holds",
            Outcome::Fail => "✗ BROKEN",
            Outcome::NotMeasured => "? not measured",
        };
        let gate = format!("{} {} {bound}", clean(&verdict.metric, NAME), op_sign(verdict.op));
        let over = clean(&verdict.over, NAME);
        [gate, over, measured.trim_end().to_owned(), word.to_owned()]
    });
    rows.collect()
}

/// Words from a scenario as one harmless line: no escapes, at most `limit` characters.
#[must_use]
pub fn plain(text: &str, limit: usize) -> String {
    clean(text, limit)
}

/// A number with so many decimals, thousands separated.
#[must_use]
pub fn readable(value: f64, decimals: usize) -> String {
    super::number::decimal(value, decimals)
}

/// BLAKE3 of a file's content as `report.json` lists it: 64 hexadecimal digits.
#[must_use]
pub fn content_hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// The words of a command that [`reproducing`](super::reproducing) wrote.
#[must_use]
pub fn words(command: &str) -> Vec<String> {
    let (mut words, mut word, mut quoted, mut begun) = (Vec::new(), String::new(), false, false);
    let mut letters = command.chars();
    while let Some(letter) = letters.next() {
        match (letter, quoted) {
            ('\'', _) => (quoted, begun) = (!quoted, true),
            ('\\', false) => word.extend(letters.next()),
            (' ', false) => {
                if begun || !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
                begun = false;
            }
            (letter, _) => word.push(letter),
        }
    }
    if begun || !word.is_empty() {
        words.push(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::words;
    use crate::report::reproducing;

    #[test]
    fn words_undo_quoting() {
        let rows: [&[&str]; 3] = [
            &["moot", "run", "a.toml"],
            &["moot", "run", "my file.toml", "--seeds", "9"],
            &["moot", "run", "it's;$x", "", "\\"],
        ];
        for arguments in rows {
            assert_eq!(words(&reproducing(arguments)), arguments);
        }
    }
}
