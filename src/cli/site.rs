//! What commands that read a site share: which one, for whom, and what was found in it.

use std::path::{Path, PathBuf};

use clap::Args;

use super::speak::{print_findings, tell};
use crate::{
    Built, Examined, Options, config,
    diagnostic::{Error, Format},
    examine, load,
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

/// Reads a site that is not to be published now, with its settings.
pub(super) fn read(root: &Path, options: Options) -> Result<(config::Read, Examined), Error> {
    let settings = config::read(root)?;
    let mut loaded = load::load(root, &settings.config.theme.name)?;
    let examined = examine(&mut loaded, &settings, options);
    Ok((settings, examined))
}

/// A site as those see it who work on it.
pub(super) fn for_staff(today: Date) -> Options {
    Options { today, staff: true, portable: false }
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
