//! What is asked of the voters, as a message.

use crate::{Error, Lexicon};
use cosmwasm_schema::cw_serde;
use cosmwasm_std::CosmosMsg;
use protocol::{
    Bytes,
    governance::{Choice, Question},
    treasury::Action,
};

/// What is asked of the voters.
#[cw_serde]
pub enum QuestionMsg {
    /// Yes, no, abstain or veto.
    Standard {
        /// What a yes does; at least one message, sent by the treasury.
        msgs: Vec<CosmosMsg>,
    },
    /// The same, and nothing follows.
    Signal {},
    /// 2 to 16 options, or none of them.
    Choice {
        /// Each one's name and messages.
        options: Vec<ChoiceMsg>,
    },
    /// Which topics the emission goes to, or none of these.
    Gauge {
        /// 2 to 16, none twice.
        topics: Vec<u16>,
        /// Allocation weight that is shared among them by their votes.
        weight: u64,
    },
}

impl QuestionMsg {
    /// Whether it is one that brings messages of the chain.
    pub const fn has_messages(&self) -> bool {
        matches!(self, Self::Standard { .. } | Self::Choice { .. })
    }
}

/// One option of a choice.
#[cw_serde]
pub struct ChoiceMsg {
    /// Its name.
    pub name: String,
    /// What it does if it wins.
    pub msgs: Vec<CosmosMsg>,
}

pub(super) fn bytes(text: String) -> Bytes {
    Bytes(text.into_bytes())
}

/// Text as it was given; stored text is UTF-8, since it came as JSON.
pub fn text(bytes: &Bytes) -> String {
    String::from_utf8_lossy(&bytes.0).into_owned()
}

pub(super) fn optional_text(bytes: &Bytes) -> Option<String> {
    (!bytes.0.is_empty()).then(|| text(bytes))
}

pub(super) fn question(lexicon: &Lexicon, msg: QuestionMsg) -> Result<Question, Error> {
    Ok(match msg {
        QuestionMsg::Standard { msgs } => Question::Standard { actions: lexicon.actions(&msgs)? },
        QuestionMsg::Signal {} => Question::Signal,
        QuestionMsg::Choice { options } => {
            let option = |ChoiceMsg { name, msgs }| {
                Ok(Choice { name: bytes(name), actions: lexicon.actions(&msgs)? })
            };
            Question::Choice {
                options: options.into_iter().map(option).collect::<Result<_, Error>>()?,
            }
        }
        QuestionMsg::Gauge { topics, weight } => Question::Gauge { topics, weight },
    })
}

pub(super) fn question_message(
    lexicon: &Lexicon,
    question: &Question,
) -> Result<QuestionMsg, Error> {
    let messages = |actions: &[Action]| -> Result<Vec<CosmosMsg>, Error> {
        actions.iter().map(|action| lexicon.message(action)).collect()
    };
    Ok(match question {
        Question::Standard { actions } => QuestionMsg::Standard { msgs: messages(actions)? },
        Question::Signal => QuestionMsg::Signal {},
        Question::Choice { options } => {
            let option = |choice: &Choice| {
                Ok(ChoiceMsg { name: text(&choice.name), msgs: messages(&choice.actions)? })
            };
            QuestionMsg::Choice {
                options: options.iter().map(option).collect::<Result<_, Error>>()?,
            }
        }
        Question::Gauge { topics, weight } => {
            QuestionMsg::Gauge { topics: topics.clone(), weight: *weight }
        }
    })
}
