//! From what a run prints to the lines that say where it failed.

use std::process::{Command, Output};

use crate::failure::{Failure, Outcome};

/// Letters that are left of a long line's beginning, and of its end.
const HALF: usize = 120;

/// Runs a command: `None` where it succeeds, else the first line after a panic that holds the
/// first of the marks that is there, and those below it that belong to it.
///
/// # Errors
/// It cannot be started, or fails and says nothing of the kind.
pub(super) fn run(command: &mut Command, marks: &[&str]) -> Outcome<Option<String>> {
    let output = command
        .output()
        .map_err(|error| Failure::new("what catches mutants cannot be started").because(error))?;
    located(&output, marks)
}

fn located(output: &Output, marks: &[&str]) -> Outcome<Option<String>> {
    if output.status.success() {
        return Ok(None);
    }
    let bytes = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    let text = String::from_utf8_lossy(&bytes);
    let lines: Vec<&str> = text.lines().collect();
    let panicked = lines.iter().position(|line| line.contains("panicked at")).unwrap_or(0);
    let first = |mark: &&str| lines.iter().skip(panicked).position(|line| line.contains(*mark));
    let Some(at) = marks.iter().find_map(first).map(|at| at + panicked) else {
        return Err(Failure::new("caught, but nothing says where").because(text));
    };
    let said = lines[at..].iter().position(|line| line.starts_with("minimal failing input"));
    let end = lines.len().min(at + said.unwrap_or(6).min(6));
    Ok(Some(lines[at..end].iter().map(|line| short(line)).collect::<Vec<_>>().join("\n")))
}

/// A long line without its middle: the command is at its beginning, what is wrong at its end.
fn short(line: &str) -> String {
    let letters: Vec<char> = line.chars().collect();
    if letters.len() <= 2 * HALF {
        return line.to_owned();
    }
    let (first, last) = (&letters[..HALF], &letters[letters.len() - HALF..]);
    [first, &[' ', '.', '.', '.', ' '], last].concat().into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::{HALF, short};

    #[test]
    fn a_long_line_loses_its_middle() {
        assert_eq!(short("abc"), "abc");
        let long = format!("{}{}{}", "a".repeat(HALF), "b".repeat(9), "c".repeat(HALF));
        assert_eq!(short(&long), format!("{} ... {}", "a".repeat(HALF), "c".repeat(HALF)));
    }
}
