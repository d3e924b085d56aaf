//! What a reader sees while a chore runs: each step by name, then how long it took.

use std::io::Write;
use std::time::{Duration, Instant};

use crate::failure::Outcome;

/// How long a chore has been running, for people.
pub(crate) struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts now.
    #[expect(clippy::disallowed_methods, reason = "durations are printed and decide nothing")]
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    /// The time since the start, spelt for people.
    pub(crate) fn spell(&self) -> String {
        spell(self.0.elapsed())
    }
}

/// Runs `work` as a named step and prints its duration when it ends.
pub(crate) fn step<T>(name: &str, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    say(&format!("==> {name}"));
    let watch = Stopwatch::start();
    let outcome = work();
    let verdict = if outcome.is_ok() { "done" } else { "FAILED" };
    say(&format!("    {verdict} in {}: {name}", watch.spell()));
    outcome
}

/// Prints one line at once, also into a pipe. A closed pipe is not an error of the chore.
pub(crate) fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}");
    let _ = out.flush();
}

/// `0.4 s`, `75 s`, `12 min 5 s`.
fn spell(elapsed: Duration) -> String {
    let seconds = elapsed.as_secs();
    match seconds {
        0..=9 => format!("{:.1} s", elapsed.as_secs_f64()),
        10..=119 => format!("{seconds} s"),
        _ => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::spell;
    use std::time::Duration;

    #[test]
    fn durations_are_spelt_by_size() {
        for (millis, text) in [(400, "0.4 s"), (75_000, "75 s"), (725_000, "12 min 5 s")] {
            assert_eq!(spell(Duration::from_millis(millis)), text);
        }
    }
}
