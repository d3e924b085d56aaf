//! The six contracts together: token holders govern the other four through a treasury.

mod assembly;
mod authority;
mod cw3_queries;
mod extremes;
mod flex;
mod hostile_amounts;
mod hostile_callers;
mod hostile_messages;
mod migration;
mod parameters;
mod pauses;
mod queries;
mod rules;
mod spending;
mod subscriber;
mod timing;
mod voting;

#[path = "../four/deployment.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod deployment;
#[path = "../four/genesis.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod genesis;
#[path = "../four/puppet.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod puppet;
#[path = "../four/told.rs"]
mod told;
