//! Reads what decisions depend on, all of it as of one block.

use client::Block;
use interface::governor::DetailsResponse;
use interface::network::{SlotResponse, TopicResponse, TopicsResponse};
use protocol::ModuleId;
use protocol::governance::Status;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::decide::{Proposal, Row, Topic, View};
use super::journal::Notes;
use crate::commands::chain::receipt::Receipt;
use crate::commands::chain::session::Session;
use crate::exit::{Failure, Outcome};

/// What contracts list at most.
const PAGE: usize = 30;

/// Whose row is submitted where, and when.
#[derive(Clone, Copy)]
pub(super) struct Seat<'a> {
    /// Whose.
    pub(super) who: &'a str,
    /// The topic.
    pub(super) topic: u16,
    /// Only in so many last blocks of an epoch.
    pub(super) within: Option<u64>,
}

/// Asks contracts as of one block.
pub(super) struct Reader<'a> {
    /// The chain.
    pub(super) session: &'a Session,
    /// Where the contracts are.
    pub(super) receipt: &'a Receipt,
    /// What was done before.
    pub(super) notes: &'a Notes,
    /// Whose row, if any.
    pub(super) seat: Option<Seat<'a>>,
}

impl Reader<'_> {
    /// Everything that decisions depend on.
    ///
    /// # Errors
    /// The node does not answer, or a contract answers what it never should.
    pub(super) fn view(&self, block: &Block) -> Outcome<View> {
        let height = block.height;
        let holds = self.notes.holds.iter().map(|(name, hold)| (name.clone(), hold.until));
        Ok(View {
            height,
            time: block.time,
            topics: self.topics(height)?,
            proposals: self.proposals(height)?,
            holds: holds.collect(),
        })
    }

    fn topics(&self, height: u64) -> Outcome<Vec<Topic>> {
        let (mut topics, mut start_after) = (Vec::new(), None::<u16>);
        loop {
            let question = json!({ "topics": { "start_after": start_after, "limit": PAGE } });
            let page: TopicsResponse = self.ask(ModuleId::Network, &question, height)?;
            let count = page.topics.len();
            start_after = page.topics.last().map(|topic| topic.topic);
            for found in page.topics {
                topics.push(self.topic(&found, height)?);
            }
            if count < PAGE {
                return Ok(topics);
            }
        }
    }

    fn topic(&self, found: &TopicResponse, height: u64) -> Outcome<Topic> {
        let TopicResponse { topic: number, epoch, last_close, due, closing, .. } = *found;
        let row = match self.seat.filter(|seat| seat.topic == number) {
            Some(seat) => self.row(seat, height)?,
            None => None,
        };
        Ok(Topic { number, epoch, last_close, due, closing, row })
    }

    /// Absent where the account has no slot.
    fn row(&self, seat: Seat, height: u64) -> Outcome<Option<Row>> {
        let Seat { who, topic, within } = seat;
        let question = json!({ "uid": { "topic": topic, "address": who } });
        let uid: Option<u16> = self.ask(ModuleId::Network, &question, height)?;
        let Some(uid) = uid else { return Ok(None) };
        let question = json!({ "slot": { "topic": topic, "uid": uid } });
        let slot: SlotResponse = self.ask(ModuleId::Network, &question, height)?;
        let submitted = self.notes.rows.get(&topic).copied();
        Ok(Some(Row { updated: slot.updated, submitted, within }))
    }

    fn proposals(&self, height: u64) -> Outcome<Vec<Proposal>> {
        let question = json!({ "reverse_proposals": { "limit": 1 } });
        let newest: Value = self.ask(ModuleId::Governor, &question, height)?;
        let newest = newest["proposals"][0]["id"].as_u64().and_then(|id| u32::try_from(id).ok());
        let Some(newest) = newest else { return Ok(Vec::new()) };
        (self.notes.first..=newest).map(|number| self.proposal(number, height)).collect()
    }

    fn proposal(&self, number: u32, height: u64) -> Outcome<Proposal> {
        let question = json!({ "details": { "proposal_id": number } });
        let details: DetailsResponse = self.ask(ModuleId::Governor, &question, height)?;
        let status = Status::ALL.into_iter().find(|status| status.name() == details.status);
        let status = status.ok_or_else(|| {
            let status = client::harmless(&details.status);
            Failure::Network(format!("the governor says that proposal {number} is {status}"))
        })?;
        let follows = status == Status::Passed && self.follows(number, &details, height)?;
        Ok(Proposal { number, status, settled: details.settled, follows })
    }

    /// Whether anything follows from a result that passed: a gauge's allocation, or messages of
    /// the option that won, which has more votes than any other.
    fn follows(&self, number: u32, details: &DetailsResponse, height: u64) -> Outcome<bool> {
        let winner = match details.form.as_str() {
            "gauge" => return Ok(true),
            "signal" => return Ok(false),
            "choice" => {
                let best = details.tally.iter().enumerate().max_by_key(|(_, power)| **power);
                best.map_or(0, |(option, _)| option)
            }
            _ => usize::from(protocol::governance::YES),
        };
        let question = json!({ "messages": { "proposal_id": number } });
        let messages: Value = self.ask(ModuleId::Governor, &question, height)?;
        let list = messages["options"].get(winner).and_then(Value::as_array);
        Ok(list.is_some_and(|list| !list.is_empty()))
    }

    fn ask<T: DeserializeOwned>(
        &self,
        module: ModuleId,
        question: &Value,
        height: u64,
    ) -> Outcome<T> {
        let (node, contract) = (self.session.node()?, self.receipt.contract(module)?);
        let answer = self.session.wait(node.smart(contract, question, Some(height)))?;
        serde_json::from_value(answer).map_err(|why| {
            let (name, why) = (module.name(), client::harmless(&why.to_string()));
            Failure::Network(format!("{name} answers {question} with what it never should: {why}"))
        })
    }
}
