//! The verbs that talk to a chain, as a user meets them, against the contracts in memory.

mod deployed;
mod governed;
mod keeper;
mod keys;
mod killed;
mod stage;
