//! `moot vote`.

use cosmwasm_std::Decimal;
use interface::governor::ExecuteMsg;
use protocol::ModuleId;

use crate::args::{Output, chain};
use crate::commands::chain::act::act_and_tell;
use crate::commands::chain::call;
use crate::commands::chain::receipt::Receipt;
use crate::commands::chain::session::{Session, usage};
use crate::exit::Outcome;

/// A standard ballot's options by number.
const OPTIONS: [&str; 4] = ["yes", "no", "abstain", "veto"];

/// Casts a ballot, or replaces it.
///
/// # Errors
/// A ballot that is none, or the governor refuses.
pub(crate) fn vote(args: &chain::Vote, output: Output) -> Outcome {
    let session = Session::open(&args.chain)?;
    let receipt = Receipt::of(&session)?;
    let (proposal_id, rationale) = (args.proposal, args.rationale.clone());
    let ballot = ballot(&args.ballot)?;
    let msg = ExecuteMsg::Vote { proposal_id, ballot, rationale };
    let message = call(&receipt, ModuleId::Governor, &msg)?;
    let what = format!("vote {} on proposal {proposal_id}", args.ballot);
    act_and_tell(&session, output, &what, &[message])
}

/// Reads `yes` or `yes=0.7,no=0.3`.
fn ballot(text: &str) -> Outcome<Vec<(u8, Decimal)>> {
    let wrong = || {
        usage(format!(
            "`{text}` is no ballot; write yes, no, abstain, veto, an option's number, or \
             yes=0.7,no=0.3"
        ))
    };
    let option = |name: &str| {
        let named = OPTIONS.iter().position(|one| *one == name.trim());
        named.and_then(|at| u8::try_from(at).ok()).or_else(|| name.trim().parse().ok())
    };
    let share = |part: &str| {
        let (name, share) = part.split_once('=').unwrap_or((part, "1"));
        Some((option(name)?, share.trim().parse().ok()?))
    };
    text.split(',').map(share).collect::<Option<_>>().ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::ballot;
    use cosmwasm_std::Decimal;

    #[test]
    fn ballots_are_read() {
        assert_eq!(ballot("veto").unwrap(), [(3, Decimal::one())]);
        let split = [(0, Decimal::percent(70)), (1, Decimal::percent(30))];
        assert_eq!(ballot("yes=0.7, no=0.3").unwrap(), split);
        assert_eq!(ballot("5").unwrap(), [(5, Decimal::one())]);
        for text in ["", "aye", "yes=", "yes=x", "300"] {
            assert!(ballot(text).is_err(), "{text}");
        }
    }
}
