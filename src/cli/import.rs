//! `plainsite import`: a spreadsheet or an Open Referral feed becomes records of the directory,
//! and a document becomes pages. What the file is decides; its name only helps.

use std::{
    collections::BTreeMap,
    io::Read as _,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;

use super::{
    site::{day, for_staff},
    speak::{print_findings, tell},
};
use crate::{
    config,
    diagnostic::{Diagnostic, Error, Format, Report},
    examine,
    import::{
        self, Directory, Imported, LARGEST, LARGEST_FEED,
        document::{FileKind, LARGEST as LARGEST_DOCUMENT, kind_of},
        habits::{self, SaidTwice},
        workbook,
    },
    load,
    model::{Site, data::Habits, kind},
    parse::sheet,
    rule,
    text::{
        Date, Source, Span,
        wording::{counted, listed},
    },
    write,
};

mod document;

/// Make pages from a document, or records of the directory from a spreadsheet or a feed
#[derive(Debug, Args)]
#[command(
    after_help = "A start:\n  plainsite import guide.docx --into content/manage\n  plainsite import long.odt --split-at 2\n  plainsite import review.docx --letter --into content/letters\n  plainsite import services.csv --dry-run\n  plainsite import services.json\n  plainsite explain import\n  plainsite explain document"
)]
pub(super) struct ImportArgs {
    /// A document (.docx, .odt, .html), which becomes pages. Or a table of services, as
    /// spreadsheet programs save it: CSV. Or a page of an Open Referral feed: JSON, or a folder
    /// of such files
    file: PathBuf,
    /// The folder of the site
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// Where they go, below the folder of the site; left out: pages into content, records into
    /// the folder of the directory, content/directory
    #[arg(long, value_name = "DIR")]
    into: Option<String>,
    /// Of a document: what its page is called, instead of after its title
    #[arg(long)]
    name: Option<String>,
    /// Of a document: make a guide with a page for each heading of this level; 2 is the highest
    /// below the title
    #[arg(long, value_name = "LEVEL", value_parser = clap::value_parser!(u8).range(2..=4))]
    split_at: Option<u8>,
    /// Of a document: make a letter of it, or a worksheet, in which each blank is a field
    #[arg(long, conflicts_with = "split_at")]
    letter: bool,
    /// Of a workbook: the sheet with the services, instead of the one that looks most like it
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// What a column means: "Tel=phone number"; "Fax=leave out" leaves it out. Kept for next time
    #[arg(long, value_name = "THEIRS=OURS")]
    map: Vec<String>,
    /// What stands in a column where a row says nothing: "cost=free". Kept for next time
    #[arg(long, value_name = "COLUMN=WORDS")]
    default: Vec<String>,
    /// What a value means: "Countywide=Whole county". Kept for next time
    #[arg(long, value_name = "THEIRS=OURS")]
    value: Vec<String>,
    /// Days in digits have the day first: 01/02/2026 is 1 February. Kept for next time
    #[arg(long)]
    day_first: bool,
    /// Write over pages or records that are there and say something else
    #[arg(long)]
    replace: bool,
    /// Say what would happen, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// The day on which it is read, instead of today
    #[arg(long, value_name = "DATE", value_parser = day)]
    today: Option<Date>,
    /// How to print what was found
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

pub(super) fn run(args: &ImportArgs) -> Result<ExitCode, Error> {
    let packed = document_in(&args.file)?;
    let is_document = packed.as_ref().is_some_and(|(_, kind)| *kind == FileKind::Document);
    if let Some((bytes, _)) = packed.as_ref().filter(|_| is_document) {
        return document::run(args, bytes);
    }
    if args.letter || args.split_at.is_some() || args.name.is_some() {
        let message = format!(
            "{} is no document, so --letter, --split-at and --name mean nothing for it",
            args.file.display()
        );
        return Err(Error::Usage(message));
    }
    let settings = config::read(&args.root)?;
    let mut loaded = load::load(&args.root, &settings.config.theme.name)?;
    let sources: BTreeMap<String, Source> =
        loaded.sources.iter().map(|source| (source.path.to_string(), source.clone())).collect();
    let today = args.today.unwrap_or_else(Date::today);
    let site = examine(&mut loaded, &settings, for_staff(today)).site;
    let folder = folder(&site, &args.root, args.into.as_deref())?;
    let said = Habits {
        sheet: args.sheet.clone().unwrap_or_default(),
        day_first: args.day_first,
        map: pairs(&args.map)?,
        defaults: pairs(&args.default)?,
        values: pairs(&args.value)?,
    };
    let is_said = said != Habits::default();
    if let Some(SaidTwice { option, from, ways: [one, other] }) = habits::said_twice(&said) {
        let message = format!(
            "{option} says two things of “{from}”: “{one}” and “{other}”; say the one that is meant"
        );
        return Err(Error::Usage(message));
    }
    let habits = habits::joined(&site.data.habits, said);
    if let Some(SaidTwice { option, from, ways: [one, other] }) = habits::said_twice(&habits) {
        let message = format!(
            "{}_data/import.yaml says two things of “{from}”: “{one}” and “{other}”; take one of the lines out, or add {option} \"{from}={one}\"",
            site.folder
        );
        return Err(Error::Usage(message));
    }
    let (files, notes, is_feed) = match packed {
        Some((bytes, _)) => match sheet_of(&bytes, args, &habits) {
            Ok(taken) => taken,
            Err(sentence) => {
                tell!("{sentence} Nothing was written.");
                return Ok(ExitCode::from(1));
            }
        },
        None => read(&args.file)?,
    };
    let into = Directory {
        site: &site,
        config: &settings.config,
        sources: &sources,
        folder,
        today,
        replace: args.replace,
        habits: habits.clone(),
    };
    let mut done = match &files[..] {
        [table] if !is_feed => import::import(table, &into),
        feed => import::import_feed(feed, &into),
    };
    let mut report = Report::default();
    let found = import::by_file(&files, std::mem::take(&mut done.problems));
    for ((file, note), found) in files.iter().zip(notes).zip(found) {
        report.add(file, note.into_iter().chain(found));
    }
    print_findings(&report.findings(), args.format)?;
    if done.stopped {
        tell!(
            "{}",
            match is_feed {
                true =>
                    "This feed cannot be used as it is. Nothing was written. Save it again, all of it, then try again.",
                false =>
                    "This table cannot be used as it is. Nothing was written. Mend the table, then try again.",
            }
        );
        return Ok(ExitCode::from(1));
    }
    if !args.dry_run {
        if is_said {
            done.files
                .insert(format!("{}_data/import.yaml", site.folder), habits::written(&habits));
        }
        let files = done.files.iter().map(|(path, text)| (path.clone(), text.clone().into()));
        write::change(&files.collect(), &args.root)?;
    }
    tell!("{}", last_line(&done, &into.folder, args.dry_run, is_feed));
    Ok(ExitCode::from(u8::from(done.unread + done.without > 0)))
}

/// What was read of a path: the tables or feeds, what is wrong with each as a whole, and whether
/// they are feeds.
type Taken = (Vec<Source>, Vec<Option<Diagnostic>>, bool);

/// The bytes of a file that is a document or a workbook, and no table or feed.
fn document_in(path: &Path) -> Result<Option<(Vec<u8>, FileKind)>, Error> {
    if path.is_dir() {
        return Ok(None);
    }
    let failed = |why| Error::Read(path.to_owned(), why);
    let mut open = std::fs::File::open(path).map_err(failed)?;
    let mut bytes = Vec::new();
    open.by_ref().take(1024).read_to_end(&mut bytes).map_err(failed)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    // A table can be larger than a document may be, and is read elsewhere.
    if !bytes.starts_with(b"PK") && kind_of(&bytes, &name) == FileKind::Text {
        return Ok(None);
    }
    open.take(LARGEST_DOCUMENT + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > LARGEST_DOCUMENT {
        return Err(document::too_large(path));
    }
    let kind = kind_of(&bytes, &name);
    Ok(Some((bytes, kind)))
}

/// What is written as `this=that`, in parts.
fn pairs(all: &[String]) -> Result<Vec<(String, String)>, Error> {
    let each = all.iter().map(|text| {
        let (from, to) = text.split_once('=').ok_or_else(|| {
            let message =
                format!("“{text}” has no `=`; write it like this: \"Countywide=Whole county\"");
            Error::Usage(message)
        })?;
        Ok((from.trim().to_owned(), to.trim().to_owned()))
    });
    each.collect()
}

/// The sheet of a workbook with the services, as a table; or a sentence why there is none.
fn sheet_of(bytes: &[u8], args: &ImportArgs, habits: &Habits) -> Result<Taken, String> {
    let file = args.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let sheets = workbook::read(bytes).map_err(|why| format!("{file} {}.", why.words()))?;
    let Some(sheet) = workbook::chosen(&sheets, &habits.sheet, &habits.map) else {
        let names: Vec<String> = sheets.iter().map(|sheet| format!("“{}”", sheet.name)).collect();
        return Err(match habits.sheet.is_empty() {
            true => format!("{file} has no sheet with anything in it."),
            false => {
                format!(
                    "{file} has no sheet “{}”; it has {}.",
                    habits.sheet,
                    listed(&names, " and ")
                )
            }
        });
    };
    let others = sheets.iter().filter(|other| other.name != sheet.name && !other.rows.is_empty());
    let mut said = Vec::new();
    if others.count() > 0 && habits.sheet.is_empty() {
        said.push(format!("the sheet “{}” was read, and the others were not", sheet.name));
    }
    if sheet.hidden > 0 {
        said.push(format!(
            "{} hidden, and read all the same",
            counted(sheet.hidden, "row is", "rows are")
        ));
    }
    if sheet.hidden_columns > 0 {
        said.push(format!(
            "{} hidden, and left out: show them in the sheet, if they are for everyone",
            counted(sheet.hidden_columns, "column is", "columns are")
        ));
    }
    if sheet.errors > 0 {
        said.push(format!(
            "{} an error such as #N/A, and taken as empty",
            counted(sheet.errors, "cell has", "cells have")
        ));
    }
    let note = (!said.is_empty()).then(|| {
        let found = Diagnostic::warning(&rule::IMPORT, Span::default(), said.join("; "));
        found.hint("name another sheet with `--sheet`, or take out what should not be read")
    });
    Ok((
        vec![Source::new(args.file.display().to_string(), sheet.table(&habits.map))],
        vec![note],
        false,
    ))
}

/// The files, with a note for each whose letters were guessed, and whether they are a feed:
/// a folder is, and so is what begins as JSON does.
fn read(path: &Path) -> Result<Taken, Error> {
    let mut paths = vec![path.to_owned()];
    if path.is_dir() {
        let failed = |why| Error::Read(path.to_owned(), why);
        let all = std::fs::read_dir(path).map_err(failed)?;
        let all: Vec<PathBuf> = all.flatten().map(|entry| entry.path()).collect();
        let is_json = |path: &PathBuf| {
            path.extension().is_some_and(|end| end.eq_ignore_ascii_case("json")) && path.is_file()
        };
        paths = all.into_iter().filter(is_json).collect();
        paths.sort();
        if paths.is_empty() {
            let message = format!("no file in {} ends in .json", path.display());
            return Err(Error::Usage(message));
        }
    }
    let mut left = LARGEST_FEED;
    let (mut files, mut notes, mut is_feed) = (Vec::new(), Vec::new(), false);
    for path in paths {
        let (source, note, is_json) = read_one(&path, left)?;
        left = left.saturating_sub(source.text.len() as u64);
        is_feed |= is_json;
        files.push(source);
        notes.push(note);
    }
    Ok((files, notes, is_feed))
}

fn read_one(file: &Path, left: u64) -> Result<(Source, Option<Diagnostic>, bool), Error> {
    let failed = |why| Error::Read(file.to_owned(), why);
    let open = std::fs::File::open(file).map_err(failed)?;
    let mut bytes = Vec::new();
    open.take(left + 1).read_to_end(&mut bytes).map_err(failed)?;
    let (text, is_guess) = sheet::decode(&bytes);
    let is_named = file.extension().is_some_and(|end| end.eq_ignore_ascii_case("json"));
    let is_json = is_named || text.trim_start().starts_with(['{', '[']);
    let most = if is_json { left } else { LARGEST };
    if bytes.len() as u64 > most {
        let message = match is_json {
            true => format!(
                "this feed is larger than {} MB; read it in parts, each in a folder of its own",
                LARGEST_FEED / 1024 / 1024
            ),
            false => format!(
                "{} is larger than {} MB; split it, with the names of the columns at the top of each part",
                file.display(),
                LARGEST / 1024 / 1024
            ),
        };
        return Err(Error::Usage(message));
    }
    let note = is_guess.then(|| {
        let message = "this file is not in UTF-8; it was read as Windows programs write";
        let found = Diagnostic::warning(&rule::IMPORT, Span::default(), message);
        let save = if is_json { "UTF-8" } else { "“CSV UTF-8”" };
        found.hint(format!("look at names with accents, or save it as {save}"))
    });
    Ok((Source::new(file.display().to_string(), text), note, is_json))
}

/// The folder for the records, with `/` at its end.
fn folder(site: &Site, root: &Path, into: Option<&str>) -> Result<String, Error> {
    let mut folders = site.each(&kind::DIRECTORY).filter_map(|id| {
        let path = site.pages[id].path();
        path.rsplit_once('/').map(|(folder, _)| format!("{folder}/"))
    });
    let Some(into) = into else {
        return folders.next().ok_or_else(|| {
            let message = format!(
                "the site in {} has no directory; make one with `plainsite new directory directory`",
                root.display()
            );
            Error::Usage(message)
        });
    };
    let slashes = into.replace('\\', "/");
    let wanted = slashes.trim_start_matches("./").trim_matches('/');
    let leads_out = slashes.starts_with('/')
        || wanted.contains(':')
        || wanted.split('/').any(|part| part == "..");
    let wanted = format!("{wanted}/");
    if leads_out || !wanted.starts_with(site.folder) {
        let message = format!(
            "“{into}” leads out of the pages of the site; give a folder such as content/directory"
        );
        return Err(Error::Usage(message));
    }
    if !is_of_services(site, &wanted) {
        let message = format!(
            "pages in {wanted} are not services; write `kind of pages: service` at the top of {wanted}index.md"
        );
        return Err(Error::Usage(message));
    }
    Ok(wanted)
}

/// Whether the page of a folder says that records in it are services.
fn is_of_services(site: &Site, folder: &str) -> bool {
    let names = ["index.md", "_index.md"];
    names.iter().any(|name| {
        let page = site.by_path.get(&format!("{folder}{name}")).map(|&id| &site.pages[id]);
        let kind = page.and_then(|page| page.text.document.fields().text("kind of pages"));
        kind.is_some_and(|kind| kind.value.trim().eq_ignore_ascii_case(kind::SERVICE.name))
    })
}

/// What happened, and what to do next.
fn last_line(done: &Imported, folder: &str, is_dry: bool, is_feed: bool) -> String {
    let count = |number: usize, what: &str| counted(number, what, &format!("{what}s"));
    let (was, were) = if is_dry { ("would be", "would be") } else { ("was", "were") };
    let made = if done.records == 1 { was } else { were };
    let mut line = format!("{} {made} made in {folder}", count(done.records, "record"));
    line += &match done.drafts {
        0 => ".".to_owned(),
        1 => ", 1 of them a draft.".to_owned(),
        drafts => format!(", {drafts} of them drafts."),
    };
    let mut say = |number: usize, words: String| {
        if number > 0 {
            line += &format!(" {words}");
        }
    };
    say(
        done.unread,
        format!(
            "{} could not be read.",
            count(done.unread, if is_feed { "value" } else { "cell" })
        ),
    );
    say(
        done.without,
        format!("{} made no record.", count(done.without, if is_feed { "service" } else { "row" })),
    );
    say(done.left, format!("{} stayed as before.", count(done.left, "file")));
    say(done.same, format!("{} said the same already.", count(done.same, "file")));
    say(
        done.organisations,
        format!(
            "{} {} added to organisations.yaml.",
            count(done.organisations, "organisation"),
            if done.organisations == 1 { was } else { were }
        ),
    );
    line + match (is_dry, done.drafts > 0) {
        (true, _) => " Nothing was written. Leave out --dry-run to write them.",
        (false, true) => {
            " Each draft says at its top what is wrong: mend it there, then run `plainsite check`."
        }
        (false, false) => " Now run `plainsite check`.",
    }
}
