//! The staking contract: messages onto the rules of protocol::staking.
