//! The four contracts together, on a chain in memory.

mod authority;
mod deployment;
mod genesis;
mod hostile_callers;
mod hostile_values;
mod puppet;
mod queries;
mod reads;
mod told;
