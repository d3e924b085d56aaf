//! The six contracts together: token holders govern the other four through a treasury.

mod assembly;
mod authority;
mod hostile_amounts;
mod hostile_callers;
mod hostile_messages;
mod rules;
mod subscriber;

#[path = "../four/deployment.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod deployment;
#[path = "../four/genesis.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod genesis;
#[path = "../four/puppet.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod puppet;
