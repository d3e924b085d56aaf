//! The network contract: messages onto the rules of protocol::network.
