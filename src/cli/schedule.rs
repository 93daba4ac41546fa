//! `plainsite schedule`: what will change by itself, and on which days to build again.

use std::{fmt::Write as _, path::PathBuf, process::ExitCode};

use clap::{Args, ValueEnum};

use super::{
    site::{day, for_staff, read},
    speak::{result, tell},
};
use crate::{
    Examined,
    diagnostic::Error,
    model::Upcoming,
    text::{Date, Interval, wording::listed},
};

/// List what will change by itself, and the days on which to build again
#[derive(Debug, Args)]
pub(super) struct ScheduleArgs {
    /// The folder of the site
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// How many days to look ahead
    #[arg(long, value_name = "N", default_value_t = 366)]
    days: u32,
    /// text: what changes, by day; cron: a line for each day, for a scheduler; json: a line for
    /// each change, for programs
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,
    /// Take another day than today, for trying things out
    #[arg(long, value_name = "DATE", value_parser = day)]
    today: Option<Date>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Form {
    Text,
    Cron,
    Json,
}

pub(super) fn run(args: &ScheduleArgs) -> Result<ExitCode, Error> {
    let today = args.today.unwrap_or_else(Date::today);
    let (_, Examined { site, .. }) = read(&args.root, for_staff(today))?;
    let last = today.plus(Interval::Days(args.days));
    let mut all = site.schedule(today);
    all.retain(|one| one.day <= last);
    match args.format {
        Form::Text => result(&by_day(&all))?,
        Form::Cron => result(&cron(&all, &args.root))?,
        Form::Json => {
            for Upcoming { day, file, line, what } in &all {
                let day = day.to_string();
                let line =
                    serde_json::json!({"day": day, "file": file, "line": line, "what": what});
                result(&format!("{line}\n"))?;
            }
        }
    }
    match days_of(&all).len() {
        0 => tell!("Nothing changes by itself in the next {} days.", args.days),
        1 => tell!("Build the site again on that day."),
        days => tell!("Build the site again on each of these {days} days."),
    }
    Ok(ExitCode::SUCCESS)
}

/// The days on which something changes, in order.
fn days_of(all: &[Upcoming]) -> Vec<Date> {
    all.chunk_by(|one, next| one.day == next.day).map(|same| same[0].day).collect()
}

/// What changes, below the day on which it does. The same of many files is one line.
fn by_day(all: &[Upcoming]) -> String {
    let mut out = String::new();
    for same in all.chunk_by(|one, next| one.day == next.day) {
        _ = writeln!(out, "{}", same[0].day.in_english());
        let mut left: Vec<&Upcoming> = same.iter().collect();
        left.sort_by(|a, b| (&a.what, &a.file, a.line).cmp(&(&b.what, &b.file, b.line)));
        for alike in left.chunk_by(|one, next| one.what == next.what) {
            let Upcoming { file, line, what, .. } = alike[0];
            let more = match alike.len() - 1 {
                0 => String::new(),
                more => format!(" (and {more} more)"),
            };
            _ = writeln!(out, "  {file}:{line}: {what}{more}");
        }
    }
    out
}

/// A line for each day as `crontab` takes it, at five past midnight.
fn cron(all: &[Upcoming], root: &std::path::Path) -> String {
    let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    let root = root.display().to_string().replace('\'', "'\\''").replace('%', "\\%");
    let line = |day: Date| {
        let (month, number) = (day.month(), day.day());
        format!("5 0 {number} {month} * cd '{root}' && plainsite build # {}\n", day.in_english())
    };
    days_of(all).into_iter().map(line).collect()
}

/// What a build says of the next days, or nothing.
pub(super) fn soon(all: &[Upcoming]) -> String {
    let days = days_of(all);
    if days.is_empty() {
        return String::new();
    }
    let named: Vec<String> = days.iter().take(3).map(|day| day.in_english()).collect();
    let more = if days.len() > 3 { " and later" } else { "" };
    let (what, them) = match all.len() {
        1 => ("1 thing changes".to_owned(), "it"),
        many => (format!("{many} things change"), "them"),
    };
    format!(
        " In the next {SOON} days {what} by itself: build again on {}{more}; `plainsite schedule` \
         lists {them}.",
        listed(&named, " and ")
    )
}

/// How far a build looks ahead, in days.
pub(super) const SOON: u32 = 30;
