//! `plainsite audit`: what keeps people out of a folder of HTML.

use std::{collections::BTreeMap, fmt::Write as _, path::PathBuf, process::ExitCode};

use super::{
    baseline::{BaselineArgs, leave_out, since},
    speak::{print_findings, result, tell},
};
use clap::{Args, ValueEnum};

use crate::{
    diagnostic::{Error, Finding, Format},
    folder::{
        audit::{self, Asked, Audited},
        earl, report,
    },
    rule::{Guideline, Level, Outcome, Severity},
    text::wording::counted,
};

/// Say what keeps people out of any folder of HTML
#[derive(Debug, Args)]
pub(super) struct AuditArgs {
    /// The folder, as any program made it; or one page
    dir: PathBuf,
    /// How to print what was found
    #[arg(long, value_enum, default_value = "human")]
    format: AuditFormat,
    /// Up to which level of the guidelines to look, and for links that lead nowhere;
    /// everything when left out
    #[arg(long, value_name = "LEVEL", ignore_case = true)]
    level: Option<Level>,
    /// Run this rule only; may be given several times
    #[arg(long = "rule", value_name = "RULE")]
    rules: Vec<String>,
    /// Leave this rule out; may be given several times
    #[arg(long, value_name = "RULE")]
    without: Vec<String>,
    /// Where the pages are published, so that addresses from the top can be looked up:
    /// / or /docs/
    #[arg(long, value_name = "PATH")]
    base: Option<String>,
    /// Judge no colours of a page of which a stylesheet is not in the folder
    #[arg(long)]
    strict_styles: bool,
    #[command(flatten)]
    baseline: BaselineArgs,
    /// Say what is new, what was mended and what is still there since this file was written
    /// with --write-baseline; only what is new is printed and counts
    #[arg(long, value_name = "FILE", conflicts_with_all = ["baseline", "write_baseline"])]
    since: Option<PathBuf>,
    /// Treat every failure as an error, those of level AAA and good practice too
    #[arg(long)]
    strict: bool,
    /// Say for each rule how much it looked at
    #[arg(long)]
    table: bool,
}

/// How an audit is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum AuditFormat {
    /// The finding, the line it is on with a mark under the words, and help.
    Human,
    /// One line a finding: `file:line:column: error: message [rule]`.
    Plain,
    /// One JSON object a line.
    Json,
    /// Annotations for a pull request on GitHub.
    Github,
    /// One SARIF 2.1.0 document, for code scanners.
    Sarif,
    /// One EARL report in JSON-LD: what each rule says of each page.
    Earl,
    /// A page for people, the worst first, with a count for what has one cause.
    Html,
    /// A table for spreadsheets, one row a finding.
    Csv,
}

impl AuditFormat {
    /// The format that all commands have; none for that of audits alone.
    fn common(self) -> Option<Format> {
        Some(match self {
            Self::Human => Format::Human,
            Self::Plain => Format::Plain,
            Self::Json => Format::Json,
            Self::Github => Format::Github,
            Self::Sarif => Format::Sarif,
            Self::Earl | Self::Html | Self::Csv => return None,
        })
    }
}

pub(super) fn run(args: &AuditArgs) -> Result<ExitCode, Error> {
    let asked = Asked {
        rules: Asked::choose(&args.rules, &args.without, args.level)?,
        base: args
            .base
            .as_ref()
            .map(|base| format!("/{}/", base.trim_matches('/')).replace("//", "/")),
        strict_styles: args.strict_styles,
    };
    let known = args.baseline.known()?;
    let mut audited = audit::audit_folder(&args.dir, &asked)?;
    if args.baseline.write(&audited.findings, |_| false)? {
        return Ok(ExitCode::SUCCESS);
    }
    let about_known = match &args.since {
        Some(file) => since(&mut audited.findings, file)?,
        None => leave_out(&mut audited.findings, known.as_deref(), |_| false)?,
    };
    match (args.format, args.format.common()) {
        (AuditFormat::Human, Some(format)) => print_findings(&audited.told_once(), format)?,
        (_, Some(format)) => print_findings(&audited.findings, format)?,
        (AuditFormat::Html, _) => {
            let name = args.dir.file_name().map_or_else(
                || "this folder".to_owned(),
                |name| name.to_string_lossy().into_owned(),
            );
            result(&report::page(&audited, &name, &summary(&audited)))?;
        }
        (AuditFormat::Csv, _) => result(&report::table(&audited))?,
        _ => result(&earl::report(&audited))?,
    }
    if args.table {
        tell!("{}", table(&audited).trim_end());
    }
    let is_failed = |finding: &&Finding| finding.outcome == Outcome::Failed;
    let stops = audited
        .findings
        .iter()
        .filter(is_failed)
        .any(|finding| finding.severity == Severity::Error || args.strict);
    let beside = [missing(&audited.missing), unplaced(audited.unplaced.as_ref())];
    for said in beside.into_iter().flatten() {
        tell!("{said}");
    }
    tell!("{}{about_known}", summary(&audited));
    Ok(ExitCode::from(u8::from(stops)))
}

/// The most names that a sentence gives.
const MOST_NAMED: usize = 3;

/// What to say of stylesheets that are not there.
fn missing(missing: &BTreeMap<String, usize>) -> Option<String> {
    let mut all: Vec<(&String, &usize)> = missing.iter().collect();
    all.sort_by_key(|(name, pages)| (std::cmp::Reverse(**pages), *name));
    let named = all.iter().take(MOST_NAMED);
    let named =
        named.map(|(name, pages)| format!("{name} ({})", counted(**pages, "page", "pages")));
    let named: Vec<String> = named.collect();
    let more = match all.len().checked_sub(named.len())? {
        0 => String::new(),
        more => format!(" and {}", counted(more, "more", "more")),
    };
    (!named.is_empty()).then(|| {
        format!(
            "Not in the folder, so that colours are judged without: {}{more}. What depends on \
             that says so; --strict-styles leaves it out.",
            named.join(", ")
        )
    })
}

/// What to say of addresses of which nobody knows whether something is there.
fn unplaced(unplaced: Option<&(String, usize)>) -> Option<String> {
    let (address, pages) = unplaced?;
    Some(format!(
        "Links such as {address}, on {}, begin at the top of the host, and nothing is there in \
         this folder. Say where it is published, --base / or --base /docs/, to have them looked \
         up.",
        counted(*pages, "page", "pages")
    ))
}

/// What was looked at and what came of it, in a sentence or two.
fn summary(audited: &Audited) -> String {
    let Audited { findings, tallies, pages, rules, .. } = audited;
    let places: usize = tallies.iter().map(|tally| tally.all()).sum();
    let had_work = tallies.iter().filter(|tally| tally.all() > 0).count();
    let mut text = format!(
        "{had_work} of {} rules found something to look at, {} on {}.",
        rules.len(),
        counted(places, "time", "times"),
        counted(pages.len(), "page", "pages")
    );
    let of = |outcome: Outcome, is_counted: &dyn Fn(&Finding, Level) -> bool| {
        let is_one = |finding: &&Finding| {
            let is_counted = |said: Guideline| is_counted(finding, said.level);
            finding.outcome == outcome && finding.rule.guideline.is_some_and(is_counted)
        };
        findings.iter().filter(is_one).count()
    };
    let is_law = |level: Level| matches!(level, Level::A | Level::AA);
    let is_broken =
        |finding: &Finding, level: Level| !is_law(level) && finding.severity == Severity::Error;
    let law = of(Outcome::Failed, &|_, level| is_law(level));
    let broken = of(Outcome::Failed, &is_broken);
    let beyond = of(Outcome::Failed, &|one, level| !is_law(level) && !is_broken(one, level));
    let unsure = of(Outcome::CantTell, &|_, _| true);
    if law == 0 {
        text.push_str(" None fails level A or AA.");
    }
    let mut say = |count: usize, one: &str, many: &str| {
        if count > 0 {
            let _ = write!(text, " {}.", counted(count, one, many));
        }
    };
    say(law, "fails level A or AA", "fail level A or AA");
    say(broken, "address leads nowhere", "addresses lead nowhere");
    say(beyond, "fails level AAA or good practice", "fail level AAA or good practice");
    say(unsure, "is for a person to look at", "are for a person to look at");
    text
}

/// A line for each rule, widest first column first.
fn table(audited: &Audited) -> String {
    let mut text = format!(
        "{:<26} {:>8} {:>8} {:>8} {:>8} {:>8}\n",
        "rule", "pages", "looked", "passed", "failed", "unsure"
    );
    for (check, tally) in audited.rules.iter().zip(&audited.tallies) {
        let _ = writeln!(
            text,
            "{:<26} {:>8} {:>8} {:>8} {:>8} {:>8}",
            check.rule.code,
            tally.pages,
            tally.all(),
            tally.passed,
            tally.failed,
            tally.unsure
        );
    }
    text
}
