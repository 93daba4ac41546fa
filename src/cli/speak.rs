//! What the program says. Results go to standard output: findings, names, tables. Words for
//! people go to standard error.
//!
//! `println!` ends the program where nobody reads any more (a broken pipe, as in
//! `plainsite explain | head -1`) or the disk behind is full. Here the first is no fault, and
//! the second an error like others.

use std::{
    cmp::Reverse,
    collections::BTreeMap,
    fmt,
    io::{self, Write as _},
    path::PathBuf,
};

use crate::{
    diagnostic::{self, Error, Finding, Format, print},
    rule::Severity,
    text::wording::counted,
};

/// Prints a result, whole: it ends its lines itself.
///
/// # Errors
///
/// [`Error::Write`] when it could not be printed, though somebody reads.
pub(super) fn result(text: &str) -> Result<(), Error> {
    let mut out = io::stdout().lock();
    printed(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
}

/// What came of printing a result.
pub(super) fn printed(done: io::Result<()>) -> Result<(), Error> {
    match done {
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

/// Prints findings as results.
pub(super) fn print_findings(findings: &[Finding], format: Format) -> Result<(), Error> {
    result(&print(findings, format))
}

/// `2 errors and 1 warning.`
pub(super) fn count(findings: &[Finding], strict: bool) -> String {
    let has_errors = findings.iter().any(|finding| finding.severity == Severity::Error);
    let (counted, advice): (Vec<Finding>, Vec<Finding>) =
        findings.iter().cloned().partition(Finding::counts);
    if !strict || has_errors || counted.is_empty() {
        return format!("{}.", diagnostic::count(findings));
    }
    let also = match advice.len() {
        0 => String::new(),
        _ => format!(" There is more: {}.", diagnostic::count(&advice)),
    };
    format!("{}, which --strict counts as errors.{also}", diagnostic::count(&counted))
}

/// Where advice is to be read, for commands that do not show it.
pub(super) fn where_advice_is(findings: &[Finding]) -> &'static str {
    match findings.iter().all(Finding::counts) {
        true => "",
        false => " `plainsite check` shows the advice.",
    }
}

/// How many files are named of those with most to mend.
const MOST_FILES: usize = 5;

/// `Most worth mending: content/a.md (12), content/b.md (9).`, where so many files have
/// findings that somebody has to choose.
pub(super) fn worth_mending(findings: &[Finding]) -> Option<String> {
    let mut files: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in findings.iter().filter(|finding| finding.counts()) {
        *files.entry(&finding.file).or_default() += 1;
    }
    if files.len() <= MOST_FILES {
        return None;
    }
    let mut files: Vec<(&str, usize)> = files.into_iter().collect();
    files.sort_by_key(|(file, count)| (Reverse(*count), *file));
    files.truncate(MOST_FILES);
    let named: Vec<String> =
        files.iter().map(|(file, count)| format!("{file} ({count})")).collect();
    Some(format!("Most worth mending: {}.", named.join(", ")))
}

/// ` 3 pages are left out: …`, or nothing.
pub(super) fn left_out(count: usize) -> String {
    let pages = match count {
        0 => return String::new(),
        count => counted(count, "page is", "pages are"),
    };
    format!(" {pages} left out: `plainsite check --drafts` lists them.")
}

/// The size of something, for people: `12 kB`, `3.4 MB`.
pub(super) fn megabytes(bytes: u64) -> String {
    if bytes < 1_000_000 {
        format!("{} kB", bytes.div_ceil(1000))
    } else {
        format!("{:.1} MB", bytes as f64 / 1e6)
    }
}
