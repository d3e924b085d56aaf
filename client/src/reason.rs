//! What a chain's log means for people.

use crate::text::harmless;

/// What the SDK and wasmd wrap round an error, from where on it says nothing more.
const ENDS: [&str; 8] = [
    ": execute wasm contract failed",
    ": instantiate wasm contract failed",
    ": migrate wasm contract failed",
    ": query wasm contract failed",
    ": dispatch: submessages",
    " [CosmWasm/wasmd",
    " [cosmos/cosmos-sdk",
    "\ngoroutine ",
];
/// What it writes in front.
const BEGINNINGS: [&str; 4] = [
    "failed to execute message; message index: ",
    "rpc error: ",
    "dispatch: submessages: ",
    "reply: ",
];

/// The reason in a log: a contract's coded refusal where there is one, else the innermost error,
/// without stacks, places in the node's source, or anything that a terminal would obey.
pub fn reason(log: &str) -> String {
    let said = coded(log).unwrap_or_else(|| plain(log));
    let said = ENDS
        .iter()
        .filter_map(|end| said.find(end))
        .min()
        .and_then(|at| said.get(..at))
        .unwrap_or(said);
    harmless(said.lines().next().unwrap_or_default().trim())
}

/// From the code of a refusal on: `E`, four digits, a space.
fn coded(log: &str) -> Option<&str> {
    let starts = log.match_indices('E').map(|(at, _)| at);
    let mut codes = starts.filter(|at| {
        let before = at.checked_sub(1).and_then(|at| log.as_bytes().get(at));
        let code = log.as_bytes().get(at + 1..at + 6);
        before.is_none_or(|byte| !byte.is_ascii_alphanumeric())
            && code.is_some_and(|code| {
                code.iter().take(4).all(u8::is_ascii_digit) && code.last() == Some(&b' ')
            })
    });
    codes.next().and_then(|at| log.get(at..))
}

fn plain(log: &str) -> &str {
    let mut rest = log.trim_start();
    'again: loop {
        for beginning in BEGINNINGS {
            if let Some(after) = rest.strip_prefix(beginning) {
                let number = after.find(": ").filter(|at| {
                    after.get(..*at).is_some_and(|n| n.bytes().all(|one| one.is_ascii_digit()))
                });
                rest = number.and_then(|at| after.get(at + 2..)).unwrap_or(after);
                continue 'again;
            }
        }
        return rest;
    }
}

#[cfg(test)]
mod tests {
    use super::reason;

    #[test]
    fn the_coded_reason_leads_and_stacks_are_cut() {
        for (label, log, shown) in [
            (
                "a contract's refusal",
                "failed to execute message; message index: 0: E0205 staking: nothing to claim \
                 (have 0, need 1); wait: execute wasm contract failed \
                 [CosmWasm/wasmd@v0.70.3/x/wasm/keeper/keeper.go:465] with gas used: '123'",
                "E0205 staking: nothing to claim (have 0, need 1); wait",
            ),
            (
                "out of a submessage",
                "failed to execute message; message index: 0: dispatch: submessages: E0101 token: \
                 balance too low; send less: execute wasm contract failed",
                "E0101 token: balance too low; send less",
            ),
            (
                "no contract's",
                "failed to execute message; message index: 0: insufficient funds: spendable \
                 balance 0ustake is smaller than 5ustake [cosmos/cosmos-sdk@v0.54.1/x/bank/x.go:1]",
                "insufficient funds: spendable balance 0ustake is smaller than 5ustake",
            ),
            ("a stack", "panic: boom\ngoroutine 1 [running]:\nmain.main()", "panic: boom"),
            ("escapes", "E0404 governor: \u{1b}[2Jno; see", "E0404 governor: \\u{1b}[2Jno; see"),
            ("no code", "TYPE0205 x", "TYPE0205 x"),
        ] {
            assert_eq!(reason(log), shown, "{label}");
        }
    }
}
