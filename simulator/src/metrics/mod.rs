//! Numbers read off a finished trace: concentration, rank correlation, quantiles, intervals.
//!
//! Floats begin here, after the trace; nothing in a run reads a metric. Each is a pure
//! function of slices that does not depend on threads, platform or (but where said) on the
//! order of the slice. `None` means that the metric is undefined for the input; each
//! function says when.

mod coalition;
mod concentration;
mod group;
mod interval;
mod quantile;
mod rank;

pub use coalition::{against_all, alone, block, fewest, newcomer};
pub use concentration::{Threshold, gini, hhi, max_share, nakamoto, theil};
pub use group::by_entity;
pub use interval::{Interval, bootstrap_mean, wilson};
pub use quantile::{mean, quantile, quantiles};
pub use rank::{kendall, spearman};
