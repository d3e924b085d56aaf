//! What is shown: proposals as of one block.

/// Everything on the screen but who moves where.
#[derive(Clone, Debug, Default)]
pub(super) struct Board {
    /// What is governed, and on which chain.
    pub(super) title: String,
    /// The block.
    pub(super) height: u64,
    /// Its time, seconds since 1970.
    pub(super) time: u64,
    /// Who looks, and its power now; absent without a key or address.
    pub(super) me: Option<(String, u128)>,
    /// Newest first.
    pub(super) items: Vec<Item>,
    /// Why the last look came to nothing.
    pub(super) trouble: Option<String>,
}

/// A proposal.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// Its number.
    pub(super) number: u32,
    /// One line.
    pub(super) title: String,
    /// How it stands.
    pub(super) status: String,
    /// By which rules.
    pub(super) track: String,
    /// The first second of voting.
    pub(super) opens: u64,
    /// The first second after it.
    pub(super) deadline: u64,
    /// From when it may be executed, once queued.
    pub(super) eta: Option<u64>,
    /// Options and power for each.
    pub(super) tally: Vec<(String, u128)>,
    /// Power that must have voted.
    pub(super) quorum: u128,
    /// All power at its snapshot.
    pub(super) total: u128,
    /// My ballot, and the power behind it; absent where none was cast.
    pub(super) vote: Option<(String, u128)>,
}

impl Item {
    /// Power that voted.
    pub(super) fn cast(&self) -> u128 {
        self.tally.iter().map(|(_, power)| power).sum()
    }

    /// What comes next, and when.
    pub(super) fn next(&self, now: u64) -> String {
        let (what, when) = match (self.status.as_str(), self.eta) {
            ("pending", _) => ("opens in", self.opens),
            ("open", _) => ("closes in", self.deadline),
            ("queued", Some(eta)) => ("executable in", eta),
            _ => return String::new(),
        };
        format!("{what} {}", span(when.saturating_sub(now)))
    }
}

/// Seconds in their two largest units.
pub(super) fn span(seconds: u64) -> String {
    let units = [(86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")];
    let mut left = seconds;
    let mut parts = Vec::new();
    for (size, name) in units {
        if left >= size && parts.len() < 2 {
            parts.push(format!("{} {name}", left / size));
        } else if !parts.is_empty() {
            break;
        }
        left %= size;
    }
    if parts.is_empty() { "0 s".to_owned() } else { parts.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::span;

    #[test]
    fn spans_have_their_two_largest_units() {
        for (seconds, shown) in [
            (0, "0 s"),
            (59, "59 s"),
            (60, "1 min"),
            (3_725, "1 h 2 min"),
            (86_400 + 59, "1 d"),
            (5 * 86_400 + 7_200, "5 d 2 h"),
        ] {
            assert_eq!(span(seconds), shown, "{seconds}");
        }
    }
}
