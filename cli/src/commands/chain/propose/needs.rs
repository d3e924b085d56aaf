//! What a proposal on a track needs: a deposit to be made, votes to pass, time.

use interface::governor::{DepositResponse, ParamsMsg, ThresholdMsg, TrackParamsMsg};
use protocol::{Fraction, ModuleId, Track};
use serde_json::{Value, json};

use super::named;
use crate::commands::chain::receipt::Receipt;
use crate::commands::chain::session::Session;
use crate::commands::chain::tokens;
use crate::exit::{Failure, Outcome};

/// A track's rules, and where the proposer and the voters stand.
pub(super) struct Needs {
    track: Track,
    rules: TrackParamsMsg,
    total: u128,
    power: u128,
    /// Base units that the track locks.
    pub(super) deposit: u128,
    /// Base units that the proposer has in its deposit balance.
    pub(super) free: u128,
}

impl Needs {
    /// Asks governor and staking.
    ///
    /// # Errors
    /// They do not answer.
    pub(super) fn ask(session: &Session, receipt: &Receipt, track: Track) -> Outcome<Self> {
        let who = session.address()?;
        let ask = |module, question: Value| {
            let node = session.node()?;
            session.wait(node.smart(receipt.contract(module)?, &question, None))
        };
        let params = ask(ModuleId::Governor, json!({ "params": {} }))?;
        let params: ParamsMsg = serde_json::from_value(params)?;
        let rules = match track {
            Track::Ordinary => params.ordinary,
            Track::Constitutional => params.constitutional,
            Track::Emergency => params.emergency,
        };
        let deposit = ask(ModuleId::Governor, json!({ "deposit": { "address": who } }))?;
        let deposit: DepositResponse = serde_json::from_value(deposit)?;
        let total = ask(ModuleId::Staking, json!({ "total_power_at_height": {} }))?;
        let power =
            ask(ModuleId::Staking, json!({ "voting_power_at_height": { "address": who } }))?;
        Ok(Self {
            track,
            deposit: rules.deposit.u128(),
            rules,
            total: number(&total)?,
            power: number(&power)?,
            free: deposit.free.u128(),
        })
    }

    /// For people.
    pub(super) fn shown(&self, receipt: &Receipt) -> String {
        let Self { rules, total, power, .. } = self;
        let quorum = part(rules.quorum, *total);
        let own = part(rules.proposal_power, *total);
        let threshold = match &rules.threshold {
            ThresholdMsg::Majority {} => "more than half".to_owned(),
            ThresholdMsg::AtLeast { part } => format!("at least {part}"),
        };
        let [delay, period, timelock] =
            [rules.delay, rules.period, rules.timelock].map(|seconds| seconds.to_string() + " s");
        let deposit = tokens::shown(self.deposit, receipt);
        format!(
            "on the {} track: a deposit of {deposit}, and {own} power to propose (you have \
             {power})\nto pass: {quorum} of {total} power votes, and yes is {threshold} of yes, no \
             and veto; veto from {} of all votes defeats it\nvoting opens after {delay}, lasts \
             {period}; {timelock} from queueing to execution",
            named(self.track),
            rules.veto,
        )
    }
}

fn number(answer: &Value) -> Outcome<u128> {
    let power = answer["power"].as_str().and_then(|power| power.parse().ok());
    power.ok_or_else(|| Failure::Network(format!("staking answers {answer}")))
}

/// A part of all power, rounded up as the rules do.
fn part(of: cosmwasm_std::Decimal, total: u128) -> u128 {
    let parts = u32::try_from(of.atomics().u128() / 1_000_000_000).ok();
    parts.and_then(Fraction::from_parts).map_or(total, |fraction| fraction.ceil_of(total))
}
