//! Random streams and samplers that give the same bits on every machine.
//!
//! A [`Seed`] gives one ChaCha8 [`Stream`] for each (run, agent, purpose); the samplers are
//! methods of the stream. What they return is an integer or a [`Fixed`] with 32 fractional
//! bits; no float leaves this module except through [`Fixed::to_f64`], for metrics.
//!
//! # Why the bits are the same on x86-64, aarch64 and wasm32
//! - Uniform, Bernoulli, choice, shuffle, categorical and the standard normal are integers
//!   throughout.
//! - Lognormal, exponential, Pareto and Poisson compute in `f64` with `+ - * /`, which IEEE
//!   754 rounds in one way, and with `libm`'s software `exp`, `log`, `sqrt`, `lgamma`; never
//!   with the platform's. Rust does not contract `a * b + c`, and none of these calls fma.
//! - [`golden_digest`] hashes draws from every sampler; tests compare it with a committed
//!   value, natively and in wasm32.
//!
//! | sampler | words of 32 bits it takes |
//! |---|---|
//! | [`Stream::standard_normal`], [`Stream::normal`], [`Stream::lognormal`] | 1 |
//! | [`Stream::exponential`], [`Stream::pareto`] | 2 |
//! | [`Stream::below`], [`Stream::uniform`], [`Stream::bernoulli`], [`Categorical::draw`] | 2, and 2 more with probability below `n / 2^64` |
//! | [`Stream::poisson`] | 2 for means up to 10, else 4 a trial, about 1.2 trials |
//! | [`Stream::shuffle`] | that of `below`, `len - 1` times |
//! | [`Stream::choose`] | that of `below`, `k` times |

mod bulk;
mod categorical;
mod continuous;
mod error;
mod fixed;
mod golden;
mod integer;
mod normal;
mod normal_nodes;
mod poisson;
mod seed;
mod stream;

pub use categorical::Categorical;
pub use error::SampleError;
pub use fixed::Fixed;
pub use golden::golden_digest;
pub use integer::BILLION;
pub use seed::Seed;
pub use stream::Stream;
