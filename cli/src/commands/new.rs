//! `moot new`: a first scenario.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};

use crate::args::{New, Output, Template};
use crate::exit::{Failure, Outcome};
use crate::print::say;

/// Writes a template to a file that does not exist yet.
///
/// # Errors
/// A file that exists, or that cannot be written.
pub(crate) fn new(args: &New, output: Output) -> Outcome {
    let text = match args.template {
        Template::Minimal => include_str!("../../templates/minimal.toml"),
        Template::Subnet => include_str!("../../templates/subnet.toml"),
        Template::Market => include_str!("../../templates/market.toml"),
    };
    let file = args.file.display();
    let mut open =
        OpenOptions::new().write(true).create_new(true).open(&args.file).map_err(|error| {
            match error.kind() {
                ErrorKind::AlreadyExists => {
                    Failure::Usage(format!("error: {file} exists; give another name"))
                }
                _ => Failure::Usage(format!("error: {file} cannot be written: {error}")),
            }
        })?;
    open.write_all(text.as_bytes())?;
    match output {
        Output::Json => say!("{}", serde_json::json!({ "written": args.file })),
        Output::Human => say!("Written. Play it: moot run {file}"),
    }
    Ok(())
}
