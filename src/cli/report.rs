//! `plainsite report`: how the whole site is, as a page for people or a table.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Mutex,
};

use clap::{Args, ValueEnum};

use super::{
    site::day,
    speak::{result, tell},
};
use crate::{
    Options,
    clock::Clock,
    diagnostic::Error,
    make,
    memory::{Memory, disk::Cache},
    open,
    output::Bytes,
    report::{self, SiteReport},
    text::{Date, wording::counted},
    write,
};

/// Show how the site is: owners, dates, findings, reading, links, translations
#[derive(Debug, Args)]
#[command(after_help = "A start:\n  plainsite report --out report.html\n  \
                        plainsite report --format csv --out report.csv")]
pub(super) struct ReportArgs {
    /// The folder of the site
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// html: a page that opens in any browser; csv: a table for spreadsheets
    #[arg(long, value_enum, default_value_t = ReportFormat::Html)]
    format: ReportFormat,
    /// Write it there, in the place of what is there; otherwise it is printed
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// With pages for staff
    #[arg(long)]
    staff: bool,
    /// Take another day than today, for trying things out
    #[arg(long, value_name = "DATE", value_parser = day)]
    today: Option<Date>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ReportFormat {
    Html,
    Csv,
}

pub(super) fn run(args: &ReportArgs) -> Result<ExitCode, Error> {
    let today = args.today.unwrap_or_else(Date::today);
    let options = Options { today, staff: args.staff, portable: false };
    let memory = Memory { pictures: Cache::of(&args.root).pictures(), ..Memory::none() };
    let opened = open(&args.root, options, &Mutex::default(), &memory)?;
    let built = make(&opened, &memory, Clock::start());
    let all = report::report(&opened.world(), &built.files, &built.findings);
    let text = match args.format {
        ReportFormat::Html => report::page(&all),
        ReportFormat::Csv => report::table(&all),
    };
    let place = match &args.out {
        None => {
            result(&text)?;
            String::new()
        }
        Some(out) => {
            put(out, text)?;
            format!(" The report is in {}.", out.display())
        }
    };
    tell!("{}{place}", summary(&all));
    Ok(ExitCode::SUCCESS)
}

/// Writes a file beside its place, and then in it.
fn put(out: &Path, text: String) -> Result<(), Error> {
    let Some(name) = out.file_name() else {
        let message = format!("{} is no file; write --out report.html", out.display());
        return Err(Error::Usage(message));
    };
    let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty());
    let files = [(name.to_string_lossy().into_owned(), Bytes::from(text))];
    write::change(&files.into(), folder.unwrap_or(Path::new(".")))
}

fn summary(all: &SiteReport) -> String {
    let count =
        |is: fn(&report::PageReport) -> bool| all.pages.iter().filter(|page| is(page)).count();
    format!(
        "{}: {} overdue, {} with errors, {} that no page leads to, {} with an older or no \
         translation.",
        counted(all.pages.len(), "page", "pages"),
        count(|page| matches!(page.turn, report::Turn::Overdue(_))),
        count(|page| page.found.errors > 0),
        count(|page| page.is_orphan),
        count(|page| {
            let needs =
                |version| matches!(version, report::Version::Older | report::Version::Missing);
            page.versions.iter().any(|(_, version)| needs(*version))
        }),
    )
}
