//! Why talking to a chain did not end well.

use crate::text::harmless;

/// What the functions of this crate give.
pub type Result<T> = std::result::Result<T, Error>;

/// Why something did not happen.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// What was asked for makes no sense here: a key, a network file, an option.
    #[error("{0}")]
    Usage(String),
    /// The chain or a contract says no. A contract's coded reason comes first.
    #[error("{}", refusal(.reason, .hash.as_deref()))]
    Refused {
        /// Why.
        reason: String,
        /// The transaction that was paid for and did nothing; none where it was never included.
        hash: Option<String>,
    },
    /// No node answers, or not what a node of this chain answers.
    #[error("{0}")]
    Network(String),
    /// A transaction was sent, and it is not known whether it was or will be included.
    #[error(
        "the transaction {hash} was sent and the node does not say whether it was included: {why}\n\
         next: look it up before sending anything like it again"
    )]
    Undecided {
        /// Its hash.
        hash: String,
        /// What happened.
        why: String,
    },
    /// What was to be written before a broadcast could not be; nothing was broadcast.
    #[error("{0}")]
    Journal(String),
}

impl Error {
    /// A node that did not answer.
    pub(crate) fn silent(endpoint: &str, why: &tonic::Status) -> Self {
        let why = harmless(why.message());
        Self::Network(format!("{} does not answer: {why}", harmless(endpoint)))
    }
}

fn refusal(reason: &str, hash: Option<&str>) -> String {
    match hash {
        Some(hash) => format!("{reason}\n(transaction {hash} was included, and changed nothing)"),
        None => reason.to_owned(),
    }
}
