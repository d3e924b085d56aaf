//! Every crate that the project builds on is free to use under Apache-2.0.

use std::path::Path;

use crate::tidy::Finding;
use crate::workspace::Workspace;

/// Licences under which the project may use a crate. No GPL and no LGPL: static linking binds.
const ACCEPTED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Crates that may be used for tests and rehearsals and never in what users run by default.
///
/// - `wasmer-compiler-singlepass`: Business Source License 1.1, which allows every use but
///   production; cosmwasm-vm compiles contracts with it. It is reached through `conformance` alone.
const NOT_FOR_PRODUCTION: &[&str] = &["wasmer-compiler-singlepass"];
/// The package that users build without features.
const PRODUCT: &str = "moot";

/// Checks the licence of every package in the lockfile.
pub(super) fn check(workspace: &Workspace) -> Vec<Finding> {
    let product: Vec<_> = workspace.members().filter(|one| one.name == PRODUCT).collect();
    let shipped = workspace.closure(&product);
    let refused = workspace.packages().filter_map(|package| {
        let licence = package.license.as_deref().unwrap_or("no licence");
        let is_shipped = shipped.iter().any(|one| one.name == package.name);
        let is_excepted = NOT_FOR_PRODUCTION.contains(&package.name.as_str()) && !is_shipped;
        let is_fine = is_excepted || is_accepted(licence);
        (!is_fine).then(|| format!("{} is under {licence}", package.name))
    });
    refused.map(|says| Finding::new(Path::new("Cargo.lock"), 0, says)).collect()
}

/// Whether an expression leaves a choice that is accepted: `OR` offers, `AND` demands, `AND` binds
/// closer, and parentheses stand around a choice.
fn is_accepted(expression: &str) -> bool {
    let mut parser = Expression { words: words(expression), at: 0 };
    parser.choice() && parser.at == parser.words.len()
}

struct Expression {
    words: Vec<String>,
    at: usize,
}

impl Expression {
    fn choice(&mut self) -> bool {
        let mut accepted = self.demand();
        while self.takes("OR") || self.takes("/") {
            accepted |= self.demand();
        }
        accepted
    }

    fn demand(&mut self) -> bool {
        let mut accepted = self.term();
        while self.takes("AND") {
            accepted &= self.term();
        }
        accepted
    }

    fn term(&mut self) -> bool {
        if self.takes("(") {
            let accepted = self.choice();
            return self.takes(")") && accepted;
        }
        let mut name = self.next();
        if self.takes("WITH") {
            name = format!("{name} WITH {}", self.next());
        }
        ACCEPTED.contains(&name.as_str())
    }

    fn next(&mut self) -> String {
        self.at += 1;
        self.words.get(self.at - 1).cloned().unwrap_or_default()
    }

    fn takes(&mut self, word: &str) -> bool {
        let is_next = self.words.get(self.at).is_some_and(|next| next == word);
        self.at += usize::from(is_next);
        is_next
    }
}

fn words(expression: &str) -> Vec<String> {
    let spaced = ["(", ")", "/"]
        .iter()
        .fold(expression.to_owned(), |text, mark| text.replace(mark, &format!(" {mark} ")));
    spaced.split_whitespace().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::is_accepted;

    #[test]
    fn expressions_are_read_as_spdx_means_them() {
        let cases = [
            ("MIT OR Apache-2.0", true),
            ("MIT/Apache-2.0", true),
            ("Apache-2.0 WITH LLVM-exception OR GPL-2.0", true),
            ("(MIT OR GPL-3.0) AND Unicode-3.0", true),
            ("LGPL-3.0-or-later", false),
            ("MIT AND GPL-3.0", false),
            ("GPL-3.0 OR MIT AND LGPL-2.1", false),
            ("(MIT", false),
            ("no licence", false),
        ];
        for (expression, accepted) in cases {
            assert_eq!(is_accepted(expression), accepted, "{expression}");
        }
    }
}
