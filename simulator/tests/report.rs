//! A run's report: what it shows, what it must never let through, and how it is written.
#![cfg(feature = "report")]

#[path = "report/data.rs"]
mod data;
#[path = "report/folder.rs"]
mod folder;
#[path = "report/interrupt.rs"]
mod interrupt;
#[path = "report/page.rs"]
mod page;
#[path = "report/palette.rs"]
mod palette;
#[path = "report/sample.rs"]
mod sample;
#[path = "report/schema.rs"]
mod schema;
#[path = "report/strangers.rs"]
mod strangers;
