//! What may be asked of the network, and what it tells.

use crate::{
    account::AccountId,
    codec::codec_enum,
    effect::{Payload, Value, events},
    network::TopicParams,
    units::{Amount, Epoch, Timestamp},
};

/// The network's verbs.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Opens a topic with an allocation weight. The authority only.
    CreateTopic {
        /// What it is.
        params: TopicParams,
        /// Its weight in the emission.
        weight: u64,
    },
    /// Changes a topic from the next epoch on. The authority, or the owner inside bounds.
    UpdateTopic {
        /// Which.
        topic: u16,
        /// The new parameters.
        params: TopicParams,
    },
    /// cw20's notice of a `send`: burns the price of a slot and returns the rest. The token
    /// only.
    Receive {
        /// Whose tokens they were.
        from: AccountId,
        /// How many.
        amount: Amount,
        /// Which topic.
        payload: Payload,
    },
    /// Gives the sender's slot up. Nothing is refunded; what was earned stays claimable.
    Leave {
        /// The topic.
        topic: u16,
    },
    /// Replaces the sender's row of weights; an empty one withdraws it.
    Submit {
        /// The topic.
        topic: u16,
        /// (uid, weight): ascending, no uid twice. Scaled so that the largest is 65535.
        weights: Vec<(u16, u16)>,
    },
    /// Closes the due epoch, or continues to: at most `rows` bond rows are written.
    Close {
        /// The topic.
        topic: u16,
        /// At least 1.
        rows: u16,
    },
    /// Pauses the verbs that are no exits until then; a time that is past ends a pause. The
    /// governor only.
    Pause {
        /// The first second without it.
        until: Timestamp,
    },
}

codec_enum!(Command {
    0 => CreateTopic { params, weight },
    1 => UpdateTopic { topic, params },
    2 => Receive { from, amount, payload },
    3 => Leave { topic },
    4 => Submit { topic, weights },
    5 => Close { topic, rows },
    6 => Pause { until },
});

events! {
    /// A topic was opened.
    TopicCreated "create_topic" {
        /// Its number.
        topic: u16 => Value::Number(u128::from(*topic)),
    }
    /// A topic's parameters changed.
    TopicUpdated "update_topic" {
        /// Its number.
        topic: u16 => Value::Number(u128::from(*topic)),
    }
    /// A slot was taken.
    Registered "register" {
        /// The topic.
        topic: u16 => Value::Number(u128::from(*topic)),
        /// The slot.
        uid: u16 => Value::Number(u128::from(*uid)),
        /// By whom.
        who: AccountId => Value::Account(*who),
        /// What was burned for it.
        price: Amount => Value::Number(price.units()),
    }
    /// A slot was given up, or taken from who earned the least.
    Left "leave" {
        /// The topic.
        topic: u16 => Value::Number(u128::from(*topic)),
        /// The slot.
        uid: u16 => Value::Number(u128::from(*uid)),
        /// Who held it.
        who: AccountId => Value::Account(*who),
    }
    /// A row of weights was submitted.
    Submitted "submit_weights" {
        /// The topic.
        topic: u16 => Value::Number(u128::from(*topic)),
        /// The slot.
        uid: u16 => Value::Number(u128::from(*uid)),
    }
    /// A page of a closing epoch was done.
    PageClosed "close_page" {
        /// The topic.
        topic: u16 => Value::Number(u128::from(*topic)),
        /// The epoch.
        epoch: Epoch => Value::Number(u128::from(epoch.get())),
        /// Bond rows written so far.
        rows: u16 => Value::Number(u128::from(*rows)),
    }
    /// An epoch was closed.
    EpochClosed "close_epoch" {
        /// The topic.
        topic: u16 => Value::Number(u128::from(*topic)),
        /// The epoch.
        epoch: Epoch => Value::Number(u128::from(epoch.get())),
    }
    /// Verbs that are no exits were paused, or a pause was ended.
    Paused "pause" {
        /// The first second without it.
        until: Timestamp => Value::Number(u128::from(until.get())),
    }
}
