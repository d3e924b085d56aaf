//! Reads the board, all of it as of one block.

use interface::governor::{BallotResponse, DetailsResponse, TrackMsg};
use interface::staking::VotingPowerResponse;
use protocol::{ModuleId, Track};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::board::{Board, Item};
use crate::commands::chain::receipt::Receipt;
use crate::commands::chain::session::Session;
use crate::exit::{Failure, Outcome};

/// Proposals that are shown at most, the newest.
const SHOWN: u32 = 30;
/// A standard ballot's options.
const STANDARD: [&str; 4] = ["yes", "no", "abstain", "veto"];

/// The board as of the last block whose state can be asked for.
///
/// # Errors
/// The node does not answer, or a contract answers what it never should.
pub(super) fn read(session: &Session, receipt: &Receipt, me: Option<&str>) -> Outcome<Board> {
    let block = session.wait(session.node()?.settled())?;
    let ask = Ask { session, receipt, height: block.height };
    let power = |who: &str| {
        let question = json!({ "voting_power_at_height": { "address": who } });
        let answer: VotingPowerResponse = ask.of(ModuleId::Staking, &question)?;
        Ok::<_, Failure>((who.to_owned(), answer.power.u128()))
    };
    // The newest alone is listed: a list carries each proposal's messages.
    let question = json!({ "reverse_proposals": { "limit": 1 } });
    let newest: Value = ask.of(ModuleId::Governor, &question)?;
    let newest = newest["proposals"][0]["id"].as_u64().and_then(|id| u32::try_from(id).ok());
    let numbers = newest.map(|newest| newest.saturating_sub(SHOWN - 1)..=newest);
    let items = numbers.into_iter().flatten().rev().map(|number| ask.item(number, me));
    Ok(Board {
        title: format!("{} on {}", receipt.order.title, receipt.order.chain_id),
        height: block.height,
        time: block.time,
        me: me.map(power).transpose()?,
        items: items.collect::<Outcome<_>>()?,
        trouble: None,
    })
}

struct Ask<'a> {
    session: &'a Session,
    receipt: &'a Receipt,
    height: u64,
}

impl Ask<'_> {
    fn item(&self, number: u32, me: Option<&str>) -> Outcome<Item> {
        let id = json!({ "proposal_id": number });
        let found: DetailsResponse = self.of(ModuleId::Governor, &json!({ "details": id }))?;
        let named: Value = self.of(ModuleId::Governor, &json!({ "proposal": id }))?;
        let options = options(&found);
        let vote = match me {
            None => None,
            Some(voter) => {
                let question = json!({ "ballot": { "proposal_id": number, "voter": voter } });
                vote(&self.of(ModuleId::Governor, &question)?, &options)
            }
        };
        let tally = options.into_iter().zip(found.tally.iter().map(|power| power.u128()));
        Ok(Item {
            number,
            title: named["title"].as_str().unwrap_or_default().to_owned(),
            status: found.status,
            track: track(found.track).to_owned(),
            opens: found.opens,
            deadline: found.deadline,
            eta: found.eta,
            tally: tally.collect(),
            quorum: found.quorum.u128(),
            total: found.total.u128(),
            vote,
        })
    }

    fn of<T: DeserializeOwned>(&self, module: ModuleId, question: &Value) -> Outcome<T> {
        let (node, contract) = (self.session.node()?, self.receipt.contract(module)?);
        let answer = self.session.wait(node.smart(contract, question, Some(self.height)))?;
        serde_json::from_value(answer).map_err(|why| {
            let (name, why) = (module.name(), client::harmless(&why.to_string()));
            Failure::Network(format!("{name} answers {question} with what it never should: {why}"))
        })
    }
}

/// Names of what can be voted for: a choice's own, topics of a gauge by number; none of them last.
fn options(found: &DetailsResponse) -> Vec<String> {
    let count = found.tally.len();
    let name = |at: usize| match found.form.as_str() {
        "choice" | "gauge" if at + 1 == count => "none".to_owned(),
        "choice" => found.options.get(at).cloned().unwrap_or_else(|| at.to_string()),
        "gauge" => format!("option {at}"),
        _ => STANDARD.get(at).map_or_else(|| at.to_string(), |name| (*name).to_owned()),
    };
    (0..count).map(name).collect()
}

fn vote(found: &BallotResponse, options: &[String]) -> Option<(String, u128)> {
    let parts = found.ballot.iter().map(|(option, share)| {
        let name = options.get(usize::from(*option)).map_or("?", String::as_str);
        format!("{name} {share}")
    });
    let parts: Vec<_> = parts.collect();
    (!parts.is_empty()).then(|| (parts.join(", "), found.weight.u128()))
}

fn track(msg: TrackMsg) -> &'static str {
    match Track::from(msg) {
        Track::Ordinary => "ordinary",
        Track::Constitutional => "constitutional",
        Track::Emergency => "emergency",
    }
}
