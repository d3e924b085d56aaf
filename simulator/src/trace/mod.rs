//! What a run leaves behind: the state at sampled closes, in integers.
//!
//! Everything after a trace (metrics, charts, reports) is computed from it and may use
//! floats; nothing in a run reads it.

#[cfg(feature = "trace")]
mod parquet;
mod sample;

#[cfg(feature = "trace")]
pub use parquet::{AgentsWriter, EpochsWriter, TraceError};
pub use sample::{MemberNow, Sample};
