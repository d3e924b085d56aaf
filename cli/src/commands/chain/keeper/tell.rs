//! One line a decision.

use client::Included;
use serde_json::{Map, Value, json};

use super::decide::{Act, Decision};
use crate::args::Output;
use crate::exit::Outcome;
use crate::print::say;

/// What came of a decision.
#[derive(Debug)]
pub(super) enum End {
    /// A block includes it.
    Done(Included),
    /// The chain or a contract says no; the transaction, where one was paid for.
    Refused(String, Option<String>),
    /// It was signed and no block can include it any more.
    Lapsed,
    /// There is no row to submit.
    NoRow(String),
    /// Nothing was to be sent.
    Would,
}

impl End {
    /// One word.
    pub(super) const fn name(&self) -> &'static str {
        match self {
            Self::Done(_) => "done",
            Self::Refused(..) => "refused",
            Self::Lapsed => "lapsed",
            Self::NoRow(_) => "no-row",
            Self::Would => "would",
        }
    }
}

/// Tells a decision and what came of it. `found`: it was sent before a crash or trouble.
///
/// # Errors
/// None in practice: numbers and text always serialise.
pub(super) fn tell(
    output: Output,
    height: u64,
    decision: &Decision,
    (end, found): (&End, bool),
) -> Outcome {
    let line = match output {
        Output::Json => json_line(height, decision, end, found)?,
        Output::Human => human_line(height, decision, end, found),
    };
    say!("{}", client::harmless(&line));
    Ok(())
}

fn human_line(height: u64, Decision { act, why }: &Decision, end: &End, found: bool) -> String {
    let came = match end {
        End::Done(Included { height, gas_used, hash, .. }) => {
            format!("done in block {height}, {gas_used} gas, transaction {hash}")
        }
        End::Refused(reason, None) => format!("refused: {reason}"),
        End::Refused(reason, Some(hash)) => format!("refused: {reason}; transaction {hash}"),
        End::Lapsed => "lapsed, and no block has it".to_owned(),
        End::NoRow(why) => format!("no row: {why}"),
        End::Would => "would be sent".to_owned(),
    };
    let found = if found { " (sent before)" } else { "" };
    format!("block {height}: {}: {why}: {came}{found}", act.name()).replace('\n', " ")
}

fn json_line(height: u64, decision: &Decision, end: &End, found: bool) -> Outcome<String> {
    let mut told = match serde_json::to_value(&decision.act)? {
        Value::Object(act) => act,
        _ => Map::new(),
    };
    let more = json!({
        "height": height, "why": decision.why, "end": end.name(), "sent_before": found,
    });
    let came = match end {
        End::Done(included) => json!({
            "block": included.height, "gas_used": included.gas_used,
            "gas_wanted": included.gas_wanted, "hash": included.hash,
        }),
        End::Refused(reason, hash) => json!({ "reason": reason, "hash": hash }),
        End::NoRow(reason) => json!({ "reason": reason }),
        End::Lapsed | End::Would => json!({}),
    };
    for one in [more, came] {
        told.extend(one.as_object().cloned().unwrap_or_default());
    }
    Ok(serde_json::to_string(&told)?)
}

/// Tells that there is nothing to do.
pub(super) fn idle(output: Output, height: u64) {
    match output {
        Output::Human => say!("block {height}: nothing to do"),
        Output::Json => say!("{}", json!({ "height": height, "end": "idle" })),
    }
}

/// What was noted of a transaction, as a decision.
pub(super) fn remembered(act: &Act, why: &str) -> Decision {
    Decision { act: act.clone(), why: why.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{Act, Decision, End, human_line, json_line};

    #[test]
    fn a_line_says_what_why_and_what_came_of_it() {
        let why = "it is passed".to_owned();
        let decision = Decision { act: Act::Queue { proposal: 3 }, why };
        let end = End::Refused("E0404 governor: no\nstack".into(), None);
        let line = human_line(9, &decision, &end, true);
        let expected = "block 9: queue proposal 3: it is passed: refused: E0404 governor: no stack \
                        (sent before)";
        assert_eq!(line, expected);
        let line = json_line(9, &decision, &End::Would, false).unwrap();
        let told: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!(
            (&told["act"], &told["proposal"], &told["end"]),
            (&"queue".into(), &3.into(), &"would".into())
        );
        assert!(!line.contains('\n'));
    }
}
