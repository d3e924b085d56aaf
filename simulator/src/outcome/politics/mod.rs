//! What governance came to in one season: every proposal's way, who could decide, and what
//! an attack cost.

mod decided;
mod metric;
mod ruled;
mod stop;

pub use decided::Decided;
pub use ruled::Ruled;
pub use stop::Stop;

pub(super) use metric::{
    Against, OfPlan, OfPopulation, Ruling, catalogue, cost, of_plan, of_population, ruling,
};
