//! What commands that read a site share: which one, for whom, and what was found in it.

use std::path::PathBuf;

use clap::Args;

use super::speak::{print_findings, tell};
use crate::{
    Built, Options,
    diagnostic::{Error, Format},
    text::Date,
};

#[derive(Debug, Args)]
pub(super) struct SiteArgs {
    /// The folder of the site
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(super) root: PathBuf,
    /// Treat warnings as errors
    #[arg(long)]
    pub(super) strict: bool,
    /// Include pages and notes for staff
    #[arg(long)]
    staff: bool,
    /// The day to build for, instead of today
    #[arg(long, value_name = "DATE", value_parser = day)]
    today: Option<Date>,
    /// How to print what was found
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
    /// Say how long each stage took
    #[arg(long)]
    timings: bool,
}

impl SiteArgs {
    pub(super) fn options(&self, portable: bool) -> Options {
        Options { today: self.today.unwrap_or_else(Date::today), staff: self.staff, portable }
    }
}

/// A day as an argument.
pub(super) fn day(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "write it like this: 2026-11-21".into())
}

/// Whether what was found keeps the site from being published.
pub(super) fn stops(built: &Built, strict: bool) -> bool {
    built.has_errors() || strict && !built.findings.is_empty()
}

/// Prints what was found, and how long it took when that was asked for.
pub(super) fn say(built: &Built, site: &SiteArgs) -> Result<(), Error> {
    print_findings(&built.findings, site.format)?;
    if site.timings {
        for (stage, time) in &built.timings {
            tell!("{:>8.1} ms  {stage}", time.as_secs_f64() * 1000.0);
        }
    }
    Ok(())
}
