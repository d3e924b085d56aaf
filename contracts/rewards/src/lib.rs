//! The rewards contract: messages onto the rules of protocol::rewards.
