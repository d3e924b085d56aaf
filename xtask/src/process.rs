//! Child processes: run, capture, and watch line by line.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use crate::failure::{Failure, Outcome};
use crate::progress::say;

/// The cargo that runs this chore, with what `cargo run` set for it taken out again.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in std::env::vars_os() {
        let name_text = name.to_string_lossy();
        if name_text.starts_with("CARGO_PKG_") || name_text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command
}

/// Runs `command` with its output passed through.
///
/// # Errors
/// It cannot be started, or it ends with another code than 0.
pub(crate) fn run(command: &mut Command) -> Outcome {
    let status = command.status().map_err(|error| cannot_start(command, &error))?;
    if status.success() { Ok(()) } else { Err(ended_badly(command, &status.to_string())) }
}

/// Runs `command` and returns its standard output.
///
/// # Errors
/// As [`run`]; the reason holds what it wrote to standard error.
pub(crate) fn capture(command: &mut Command) -> Outcome<String> {
    let output = command.output().map_err(|error| cannot_start(command, &error))?;
    if !output.status.success() {
        let errors = String::from_utf8_lossy(&output.stderr);
        return Err(ended_badly(command, &format!("{}: {}", output.status, errors.trim())));
    }
    String::from_utf8(output.stdout)
        .map_err(|error| ended_badly(command, &format!("its output is not UTF-8: {error}")))
}

/// Runs `command`, passing each line of its standard output on and to `watch`.
///
/// # Errors
/// As [`run`].
pub(crate) fn watch(command: &mut Command, mut watch: impl FnMut(&str)) -> Outcome {
    let mut child =
        command.stdout(Stdio::piped()).spawn().map_err(|error| cannot_start(command, &error))?;
    if let Some(out) = child.stdout.take() {
        for line in BufReader::new(out).split(b'\n') {
            let bytes = line.map_err(|error| ended_badly(command, &error.to_string()))?;
            let line = String::from_utf8_lossy(&bytes);
            say(&line);
            watch(&line);
        }
    }
    let status = child.wait().map_err(|error| ended_badly(command, &error.to_string()))?;
    if status.success() { Ok(()) } else { Err(ended_badly(command, &status.to_string())) }
}

fn cannot_start(command: &Command, error: &std::io::Error) -> Failure {
    Failure::new(format!("cannot start `{}`", spell(command))).because(error)
}

fn ended_badly(command: &Command, reason: &str) -> Failure {
    Failure::new(format!("`{}` failed", spell(command))).because(reason)
}

fn spell(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{capture, cargo, run, watch};
    use std::process::Command;

    #[test]
    fn a_missing_program_is_named() {
        let failure = run(&mut Command::new("no-such-program-as-this")).expect_err("it is missing");
        assert!(failure.to_string().contains("no-such-program-as-this"), "{failure}");
    }

    #[test]
    fn a_failing_command_tells_its_words_and_reason() {
        let failure = capture(cargo().arg("no-such-verb")).expect_err("cargo refuses it");
        let text = failure.to_string();
        assert!(text.contains("no-such-verb") && text.contains("because:"), "{text}");
    }

    #[test]
    fn watch_sees_each_line() {
        let mut lines = Vec::new();
        watch(cargo().arg("--version"), |line| lines.push(line.to_owned())).expect("it runs");
        assert!(lines.iter().any(|line| line.starts_with("cargo ")), "{lines:?}");
    }
}
