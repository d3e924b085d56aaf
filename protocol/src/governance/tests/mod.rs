//! The governor's verbs, on the stage with all modules.

mod charter;
mod decisions;
mod laws;
mod lifecycle;
mod model;
mod parameters;
mod questions;
mod random;
mod votes;
