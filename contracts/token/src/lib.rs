//! The token contract: messages onto the rules of protocol::token.
