//! What every contract needs to run the rulebook: handles for addresses, records in
//! storage, effects as messages, reads of the other contracts.

mod book;
mod guard;
mod pages;
mod peers;
mod respond;
mod store;
mod version;

pub use book::Book;
pub use guard::{funds, no_funds};
pub use pages::{limit, scan};
pub use peers::Peers;
pub use respond::{Edge, NOTICE_GAS, Visit, Voice, respond, respond_by};
pub use store::{Change, Store, View};
pub use version::{migrate, stamp};

/// What a contract answers.
pub type Outcome<T = cosmwasm_std::Response> = Result<T, interface::Error>;
