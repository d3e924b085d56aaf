//! What came of a run: metrics of every seed, gates judged, and the report made of both.
//!
//! It reads traces and writes nothing back; floats begin here.

mod evaluate;
mod judge;
mod kept;
mod many;
mod metric;
mod played;
mod politics;
mod present;
mod row;
mod simulate;
#[cfg(feature = "trace")]
mod write;

pub use evaluate::evaluate;
pub use judge::{Judged, UnknownMetric, aggregate, resolve};
pub use kept::Kept;
pub use metric::{Measure, Metric, catalogue, metric_index};
pub use played::{Broken, MemberSeason, Played};
pub use politics::{Decided, Ruled, Stop};
pub use present::present;
pub use row::{Column, columns};
pub use simulate::{Options, Outcome, SimulateError, Sink, simulate};
#[cfg(feature = "trace")]
pub use write::ParquetSink;
