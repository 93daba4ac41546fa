//! What the program says. Results go to standard output: findings, names, tables. Words for
//! people go to standard error.
//!
//! `println!` ends the program where nobody reads any more (`plainsite explain | head -1`) or
//! the disk behind is full. Here the first is no fault, and the second an error like others.

use std::{
    fmt,
    io::{self, Write as _},
    path::PathBuf,
};

use crate::diagnostic::Error;

/// Prints a result, whole: it ends its lines itself.
///
/// # Errors
///
/// [`Error::Write`] when it could not be printed, though somebody reads.
pub(super) fn result(text: &str) -> Result<(), Error> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        // Nobody reads any more: the rest of the work can go on.
        Err(why) if why.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        done => done.map_err(|why| Error::Write(PathBuf::from("to standard output"), why)),
    }
}

/// Says a line to people. Where it cannot be said nothing can be said about that either.
pub(super) fn say(line: fmt::Arguments<'_>) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Says a line to people, with the arguments of `format!`.
macro_rules! tell {
    ($($words:tt)*) => {
        $crate::cli::speak::say(format_args!($($words)*))
    };
}
pub(super) use tell;
