//! `cargo xtask test`: everything that must hold, from a fresh machine to one closing line.

use crate::builds::{self, Extent};
use crate::digest::{self, Platform};
use crate::failure::{Failure, Outcome};
use crate::fuzz;
use crate::process;
use crate::progress::{Stopwatch, say, step};
use crate::wasm;
use crate::workspace::Workspace;

/// What the test runners counted.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Tally {
    passed: u64,
    failed: u64,
    ignored: u64,
}

/// Installs what is missing, builds once, and runs everything.
///
/// # Errors
/// A tool cannot be installed, something does not compile, or a test fails.
pub(crate) fn test(workspace: &Workspace, extent: Extent) -> Outcome {
    let watch = Stopwatch::start();
    if extent == Extent::Whole {
        wasm::wasm(workspace)?;
    } else {
        say("    --quick leaves out the engines over contracts and Wasm, wasm32 and the fuzz");
    }
    step("build tests (wasmer: 10 to 30 minutes the first time)", || {
        builds::tests(workspace, extent)
    })?;
    digest::check(workspace, Platform::Native)?;
    if extent == Extent::Whole {
        digest::check(workspace, Platform::Wasm32)?;
        fuzz::fuzz(workspace, &fuzz::SHORT)?;
    }
    let tally = step("run tests", || run(workspace, extent))?;
    let Tally { passed, failed, ignored } = tally;
    let counts = format!("{passed} tests passed, {failed} failed, {ignored} ignored");
    say(&format!("xtask test: {counts}, in {}", watch.spell()));
    Ok(())
}

/// Runs the tests, passing on what they print.
fn run(workspace: &Workspace, extent: Extent) -> Outcome<Tally> {
    let mut tally = Tally::default();
    let mut cargo = builds::test_run(workspace, extent);
    process::watch(cargo.arg("--no-fail-fast"), |line| tally.add(line))
        .map_err(|failure| Failure::new("tests failed").because(failure))?;
    if extent == Extent::Whole {
        process::watch(&mut builds::clients(workspace), |line| tally.add(line)).map_err(
            |failure| Failure::new("tests of published clients failed").because(failure),
        )?;
    }
    let mut client = builds::client_run(workspace);
    process::watch(client.arg("--no-fail-fast"), |line| tally.add(line))
        .map_err(|failure| Failure::new("the client's tests failed").because(failure))?;
    if tally.passed == 0 {
        return Err(Failure::new("no test ran"));
    }
    Ok(tally)
}

impl Tally {
    /// Adds a closing line such as `test result: ok. 3 passed; 0 failed; 1 ignored; ...`.
    fn add(&mut self, line: &str) {
        let Some((_, counts)) =
            line.strip_prefix("test result: ").and_then(|rest| rest.split_once(". "))
        else {
            return;
        };
        for count in counts.split("; ") {
            match count.split_once(' ').map(|(number, what)| (number.parse::<u64>(), what)) {
                Some((Ok(number), "passed")) => self.passed += number,
                Some((Ok(number), "failed")) => self.failed += number,
                Some((Ok(number), "ignored")) => self.ignored += number,
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn closing_lines_add_up() {
        let mut tally = Tally::default();
        for line in [
            "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s",
            "test result: FAILED. 2 passed; 4 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s",
            "test a_test ... ok",
        ] {
            tally.add(line);
        }
        assert_eq!(tally, Tally { passed: 5, failed: 4, ignored: 1 });
    }
}
