//! The client against a chain in memory: an honest one, and nodes that misbehave.

mod nodes;
mod payments;
mod shown;
mod stage;
