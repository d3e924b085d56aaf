//! Token, staking and rewards in one code: what goes on chain.
//!
//! A chain charges 60,000 gas for a code's first load in a transaction and 2,000 for each
//! further one, by the code's checksum. These three call each other in most messages, so that
//! one code makes every second and third contract of a transaction cheap. All contracts
//! together would be more than the 800 KiB that a chain accepts. Which contract an address is
//! was chosen when it was made, and never changes, not by a migration either.

#[cfg(target_arch = "wasm32")]
mod exports;
mod instantiate;

pub use instantiate::{instantiate, module};
