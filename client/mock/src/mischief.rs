//! What a node may do wrong.

/// One way to misbehave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mischief {
    /// Takes connections and never answers.
    Silent,
    /// Says that it serves this chain, and shows headers of its own.
    NamesChain(String),
    /// Includes the next transaction, and does not answer for it.
    LosesNextAnswer,
    /// Accepts the next transaction, and forgets it.
    ForgetsNext,
    /// Neither includes the next transaction nor answers for it: it never arrived.
    SwallowsNext,
    /// Answers a broadcast with another transaction's hash.
    OtherHash,
    /// Answers of another transaction than it is asked for.
    OtherTransaction,
    /// Refuses whatever is simulated, with this text.
    Refuses(String),
}
