//! The `moot` command.
fn main() {}
