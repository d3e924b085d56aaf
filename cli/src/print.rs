//! Lines on stdout. Who reads may close the pipe at any time: then there is nothing left to say,
//! and the command ends well.

use std::fmt::Arguments;
use std::io::{ErrorKind, Write, stdout};

/// Prints a line.
pub(crate) fn line(text: Arguments<'_>) {
    let written = writeln!(stdout().lock(), "{text}");
    if let Err(error) = written {
        let code = i32::from(error.kind() != ErrorKind::BrokenPipe);
        std::process::exit(code);
    }
}

/// `println!` for a pipe that may close.
macro_rules! say {
    ($($text:tt)*) => { $crate::print::line(format_args!($($text)*)) };
}
pub(crate) use say;
