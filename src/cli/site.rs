//! What commands that read a site share: which one, for whom, and what was found in it.

use std::{
    path::{Path, PathBuf},
    sync::Mutex,
    time::Duration,
};

use clap::Args;

use super::{
    progress,
    speak::{print_findings, tell},
};
use crate::{
    Built, Examined, Options,
    clock::Clock,
    config,
    diagnostic::{Error, Finding, Format},
    examine_again,
    load::{self, Loaded, Shelf},
    make,
    memory::{Memory, disk::Cache},
    open,
    text::Date,
};

#[derive(Debug, Args)]
pub(super) struct SiteArgs {
    /// The folder of the site
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(super) root: PathBuf,
    /// Treat warnings as errors; advice stays advice
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
    pub(super) format: Format,
    /// Say how long each stage took
    #[arg(long)]
    pub(super) timings: bool,
    /// Remember nothing of earlier runs, and nothing for later ones
    #[arg(long)]
    no_cache: bool,
}

impl SiteArgs {
    pub(super) fn options(&self, portable: bool) -> Options {
        Options { today: self.today.unwrap_or_else(Date::today), staff: self.staff, portable }
    }
}

impl SiteArgs {
    /// What is remembered from run to run, unless nothing shall be.
    pub(super) fn cache(&self) -> Option<Cache> {
        (!self.no_cache).then(|| Cache::of(&self.root))
    }

    /// Builds the site in memory, with what is remembered.
    pub(super) fn build(&self, shelf: &Mutex<Shelf>, portable: bool) -> Result<Built, Error> {
        let cache = self.cache();
        let mut clock = Clock::start();
        let _shown = progress::show(&clock.progress);
        // Nothing is read beside the folder of a site, and nothing is left where none is.
        let memory = cache.as_ref().map_or_else(Memory::none, Cache::read);
        let opened = open(&self.root, self.options(portable), shelf, &memory)?;
        clock.lap("load, parse, model, link");
        let built = make(&opened, &memory, clock);
        if let Some(cache) = cache.filter(|_| !memory.is_as_before()) {
            cache.write(&memory);
        }
        Ok(built)
    }
}

/// Reads a site that is not to be published now, with its settings.
pub(super) fn read(root: &Path, options: Options) -> Result<(config::Read, Examined), Error> {
    let (settings, examined, _) = read_all(root, options)?;
    Ok((settings, examined))
}

/// The same, with the rest of what was read.
pub(super) fn read_all(
    root: &Path,
    options: Options,
) -> Result<(config::Read, Examined, Loaded), Error> {
    let settings = config::read(root)?;
    let mut loaded = load::load(root, &settings.config.theme.name)?;
    let memory = Memory { pictures: Cache::of(root).pictures(), ..Memory::none() };
    let examined = examine_again(&mut loaded, &settings, options, &memory);
    Ok((settings, examined, loaded))
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
    built.has_errors() || strict && built.findings.iter().any(Finding::counts)
}

/// Prints what was found, and how long it took when that was asked for.
pub(super) fn say(
    findings: &[Finding],
    timings: &[(&'static str, Duration)],
    site: &SiteArgs,
) -> Result<(), Error> {
    print_findings(findings, site.format)?;
    if site.timings {
        for (stage, time) in timings {
            tell!("{:>8.1} ms  {stage}", time.as_secs_f64() * 1000.0);
        }
    }
    Ok(())
}
