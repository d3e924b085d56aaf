//! The same scenario through the real contracts and the real Wasm.

pub mod vm;
