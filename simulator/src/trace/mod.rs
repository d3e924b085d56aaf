//! What a run leaves behind: the state at sampled closes, in integers.
//!
//! Everything after a trace (metrics, charts, reports) is computed from it and may use
//! floats; nothing in a run reads it.

mod sample;

pub use sample::{MemberNow, Sample};
