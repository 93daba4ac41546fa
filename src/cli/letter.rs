//! `plainsite letter`: which letters there are, a table to start from, and mail
//! merge. The only file that names ctrlc, which says when somebody wants it to stop.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use clap::Args;
use rayon::prelude::*;

use super::{
    site::{self, day, for_staff},
    speak::{count, print_findings, result, tell},
    threads::has_threads,
};
use crate::{
    Examined,
    diagnostic::{Diagnostic, Error, Format as Findings, Report},
    letter::{
        Format, Letters, Size, Template,
        merge::{self, Letter, Merge, ON_A_PAGE},
        people,
    },
    memory::Memory,
    model::{DRAFT, Site, Status},
    open_drafts,
    rule::{self, Severity},
    text::{Date, Source, Span, nearest, wording::counted},
    write::Folder,
};

/// Write letters to many people from a table
#[derive(Debug, Args)]
#[command(
    after_help = "A start:\n  plainsite letter --list\n  plainsite letter ask-for-records --example > people.csv\n  plainsite letter ask-for-records --csv people.csv --out letters"
)]
pub(super) struct LetterArgs {
    /// The letter, as --list names it
    #[arg(required_unless_present = "list")]
    name: Option<String>,
    /// Name all letters of the site, one a line
    #[arg(long)]
    list: bool,
    /// Print a table with one letter, to start from
    #[arg(long, conflicts_with_all = ["list", "csv", "json"])]
    example: bool,
    /// The people to write to: a table as spreadsheet programs save it
    #[arg(long, value_name = "FILE", conflicts_with = "json")]
    csv: Option<PathBuf>,
    /// The people to write to: a list of objects in JSON
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Where the letters go: a new folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Which files to make of each letter: docx, odt, html, txt. Without it docx, or txt for
    /// a text message or an email
    #[arg(long, value_name = "FORMATS", value_delimiter = ',', value_parser = letter_format)]
    formats: Vec<Format>,
    /// Write in 18 points
    #[arg(long)]
    large_print: bool,
    /// Hide what people wrote in the summary
    #[arg(long)]
    redact: bool,
    /// The folder of the site
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// The date of the letters, instead of today
    #[arg(long, value_name = "DATE", value_parser = day)]
    today: Option<Date>,
    /// How to print what was found
    #[arg(long, value_enum, default_value = "human")]
    format: Findings,
}

fn letter_format(text: &str) -> Result<Format, String> {
    let known =
        Format::ALL.into_iter().find(|format| format.extension() == text.trim().to_lowercase());
    known.ok_or_else(|| "the formats are docx, odt, html and txt, with commas between them".into())
}

pub(super) fn run(args: &LetterArgs) -> Result<ExitCode, Error> {
    let today = args.today.unwrap_or_else(Date::today);
    // Staff write letters, so the letters for staff are here as well.
    let (_, Examined { site, letters, report, .. }) = site::read(&args.root, for_staff(today))?;
    if args.list {
        let mut names: Vec<(String, &str)> =
            sent(&site, &letters).map(|letter| (letter.name.clone(), "")).collect();
        let drafts = drafts(&args.root, &site, today)?;
        names.extend(drafts.iter().map(|name| (name.clone(), " (a draft)")));
        names.sort_unstable();
        names.iter().try_for_each(|(name, mark)| result(&format!("{name}{mark}\n")))?;
        let of_drafts = match (names.len(), drafts.len()) {
            (_, 0) => String::new(),
            (1, 1) => ", a draft".to_owned(),
            (_, 1) => ", 1 of them a draft".to_owned(),
            (_, drafts) => format!(", {drafts} of them drafts"),
        };
        tell!(
            "{}{of_drafts}. `plainsite letter NAME --example` prints a table to start from.",
            counted(names.len(), "letter", "letters")
        );
        return Ok(ExitCode::SUCCESS);
    }
    let name = args.name.as_deref().unwrap_or_default();
    let (template, path) = match find(&site, &letters, name) {
        Ok(found) => found,
        Err(_) if drafts(&args.root, &site, today)?.contains(&wanted(name)) => {
            let message = format!(
                "“{name}” is a draft: it can be filled in once its line `status: draft` is taken out"
            );
            return Err(Error::Usage(message));
        }
        Err(why) => return Err(why),
    };
    let mut faults = report.findings();
    faults.retain(|found| found.severity == Severity::Error && *found.file == *path);
    if !faults.is_empty() {
        print_findings(&faults, args.format)?;
        tell!("{} Mend the letter, then try again.", count(&faults, false));
        return Ok(ExitCode::from(1));
    }
    if args.example {
        result(&merge::example(template))?;
        tell!(
            "Save this as people.csv, then: plainsite letter {name} --csv people.csv --out letters"
        );
        return Ok(ExitCode::SUCCESS);
    }
    let Some(file) = args.csv.as_ref().or(args.json.as_ref()) else {
        let message =
            "say who to write to: --csv people.csv, or --example for a table to start from";
        return Err(Error::Usage(message.into()));
    };
    let Some(out) = &args.out else {
        return Err(Error::Usage("say where the letters go: --out letters".into()));
    };
    let known = Format::of(template.form);
    let mut formats = args.formats.clone();
    formats.sort_unstable();
    formats.dedup();
    if formats.is_empty() {
        formats.push(known[0]);
    }
    if formats.iter().any(|format| !known.contains(format)) {
        let message = format!("{} is plain text: --formats txt", template.form.one());
        return Err(Error::Usage(message));
    }
    let mut report = Report::default();
    let people = read(file, args.json.is_some(), template, today, &mut report)?;
    let faults = report.findings();
    print_findings(&faults, args.format)?;
    if faults.iter().any(|found| found.severity == Severity::Error) {
        tell!("{} No letter was written.", count(&faults, false));
        return Ok(ExitCode::from(1));
    }
    let size = if args.large_print { Size::Large } else { Size::Normal };
    let merge = Merge::new(template, &formats, size, &people, args.redact);
    write(&merge, &people, out)?;
    tell!(
        "{} in {}. Look at {} before you send them.",
        counted(people.len(), "letter is", "letters are"),
        out.display(),
        out.join("index.html").display(),
    );
    Ok(ExitCode::SUCCESS)
}

/// The letter that somebody means, however it was typed.
fn wanted(name: &str) -> String {
    let name = name.trim_matches('/').trim_end_matches(".md");
    name.rsplit('/').next().unwrap_or_default().to_lowercase()
}

/// The names of the letters that are drafts.
fn drafts(root: &Path, site: &Site, today: Date) -> Result<Vec<String>, Error> {
    if site.left_out.iter().all(|page| page.why != DRAFT) {
        return Ok(Vec::new());
    }
    // The site with drafts is another site: a link to one leads somewhere there.
    let opened = open_drafts(root, for_staff(today), &Mutex::default(), &Memory::none())?;
    let Examined { site, letters, .. } = &opened.examined;
    let is_draft = |id: usize| {
        site.pages[id].kind.letter().is_some() && site.pages[id].front.status == Status::Draft
    };
    let drafts = letters.iter().filter(|(id, _)| is_draft(**id));
    Ok(drafts.map(|(_, (letter, _))| letter.name.clone()).collect())
}

/// The letter with a name, and its file.
fn find<'a>(
    site: &Site,
    letters: &'a Letters,
    name: &str,
) -> Result<(&'a Template, String), Error> {
    let wanted = wanted(name);
    let mut found = letters.iter().filter(|(_, (letter, _))| letter.name == wanted);
    if let Some((id, (letter, _))) = found.next() {
        if found.next().is_some() {
            let message =
                format!("there are two letters “{name}”; give one of the files another name");
            return Err(Error::Usage(message));
        }
        return Ok((letter, site.pages[*id].source().path.to_string()));
    }
    let names = letters.values().map(|(letter, _)| letter.name.as_str());
    let hint = match nearest(&wanted, names) {
        Some(meant) => format!("did you mean {meant}?"),
        None => "`plainsite letter --list` names them all".into(),
    };
    Err(Error::Usage(format!("there is no letter “{name}”; {hint}")))
}

/// The letters of a site that somebody sends; a worksheet is not one.
fn sent<'a>(site: &'a Site, letters: &'a Letters) -> impl Iterator<Item = &'a Template> {
    let letters = letters.iter().filter(|(id, _)| site.pages[**id].kind.letter().is_some());
    letters.map(|(_, (letter, _))| letter)
}

/// The letters to be written to the people in a file.
fn read(
    file: &Path,
    is_json: bool,
    template: &Template,
    today: Date,
    report: &mut Report,
) -> Result<Vec<Letter>, Error> {
    let bytes = std::fs::read(file).map_err(|why| Error::Read(file.to_owned(), why))?;
    let (text, is_guess) = people::decode(&bytes);
    let source = Source::new(file.display().to_string(), text);
    let mut problems = Vec::new();
    if let Some(at) = source.text.find(char::REPLACEMENT_CHARACTER) {
        let message = "a letter here cannot be read: the file mixes two ways of writing letters";
        let place = Span::new(at, at + char::REPLACEMENT_CHARACTER.len_utf8());
        let found = Diagnostic::error(&rule::LETTER_DATA, place, message);
        problems.push(found.hint("save it again as “CSV UTF-8”, and look at names with accents"));
    }
    let people = if is_json {
        people::json(&source, &mut problems)
    } else {
        people::csv(&source, &mut problems)
    };
    let letters = merge::letters(template, &people, today, &mut problems);
    if is_guess {
        let message = "this file is not in UTF-8; it was read as Windows programs write";
        let found = Diagnostic::warning(&rule::LETTER_DATA, Span::default(), message);
        let hint = "look at names with accents in the summary, or save it as “CSV UTF-8”";
        problems.push(found.hint(hint));
    }
    report.add(&source, problems);
    Ok(letters)
}

/// How long people wait before they are told how far it is.
const SILENCE: Duration = Duration::from_secs(2);

/// Writes all letters and their summary: at once, or not at all.
fn write(merge: &Merge<'_>, letters: &[Letter], out: &Path) -> Result<(), Error> {
    let folder = Folder::begin(out)?;
    let stopped = Arc::new(AtomicBool::new(false));
    let stop = Arc::clone(&stopped);
    // Without a handler the run could only be killed, and letters would be left behind.
    if has_threads(1) {
        let _ = ctrlc::set_handler(move || stop.store(true, Ordering::Relaxed));
    }
    let mut told = Instant::now();
    for (page, some) in letters.chunks(ON_A_PAGE).enumerate() {
        if stopped.load(Ordering::Relaxed) {
            return Err(Error::Usage("stopped; no letter was left behind".into()));
        }
        some.par_iter().try_for_each(|letter| {
            merge.files(letter).iter().try_for_each(|(name, bytes)| folder.put(name, bytes))
        })?;
        let (name, text) = merge.summary(page, some);
        folder.put(&name, text.as_bytes())?;
        if told.elapsed() > SILENCE {
            tell!("{} of {} letters", page * ON_A_PAGE + some.len(), letters.len());
            told = Instant::now();
        }
    }
    folder.finish()
}
