//! Independent units of work, in parallel, with results in order.

use std::num::NonZeroUsize;

use super::SimulateError;

/// How many units each thread does before results are handed on: what bounds the memory.
#[cfg(feature = "parallel")]
const BATCH: u64 = 4;

/// Computes units 0, 1, ... on several threads and hands each result on, in order.
///
/// # Errors
/// The first error of `take`; units after it may have been computed in vain.
#[cfg(feature = "parallel")]
pub(super) fn in_order<T: Send>(
    count: u64,
    threads: Option<NonZeroUsize>,
    compute: impl Fn(u64) -> T + Sync,
    mut take: impl FnMut(T) -> Result<(), SimulateError>,
) -> Result<(), SimulateError> {
    use rayon::iter::{IntoParallelIterator, ParallelIterator};

    let builder = rayon::ThreadPoolBuilder::new();
    let builder = builder.num_threads(threads.map_or(0, NonZeroUsize::get));
    let pool = builder.build().map_err(|error| SimulateError::Threads(error.to_string()))?;
    let batch = BATCH * pool.current_num_threads().max(1) as u64;
    for first in (0..count).step_by(batch as usize) {
        let units = first..count.min(first + batch);
        let results: Vec<T> = pool.install(|| units.into_par_iter().map(&compute).collect());
        results.into_iter().try_for_each(&mut take)?;
    }
    Ok(())
}

/// Computes units 0, 1, ... one after the other and hands each result on.
///
/// # Errors
/// The first error of `take`.
#[cfg(not(feature = "parallel"))]
pub(super) fn in_order<T>(
    count: u64,
    _: Option<NonZeroUsize>,
    compute: impl Fn(u64) -> T,
    take: impl FnMut(T) -> Result<(), SimulateError>,
) -> Result<(), SimulateError> {
    (0..count).map(compute).try_for_each(take)
}
