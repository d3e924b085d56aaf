//! Snapshots: written, read, refused, gone on from, audited.

mod audit;
mod goes_on;
mod refused;
mod stage;
