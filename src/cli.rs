//! The commands: what to do, what was found, and how it ended.
//!
//! Standard output is for results, standard error for people. The last line on
//! standard error always says in words what happened and what to do. Exit
//! status: 0 done; 1 the content has errors and nothing was published; 2 wrong
//! usage, or the machine failed. With
//! `cli/audit.rs`, `cli/letter.rs` and `cli/import.rs` the only file that names clap.
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Args, Parser, Subcommand};

use crate::{
    Built, Options, build, check,
    diagnostic::{self, Error, Finding, Format, print},
    rule::{Looks, Severity},
    serve::{self, Preview},
    text::{Date, nearest, wording::counted},
    write::{self, Way},
};

use self::{
    baseline::{BaselineArgs, leave_out},
    speak::{result, tell},
    starters::Made,
};

mod audit;
mod baseline;
mod import;
mod letter;
mod speak;
mod starters;

/// Turns a folder of plain text into a website that everyone can use.
#[derive(Debug, Parser)]
#[command(name = "plainsite", version, disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check everything, then publish it
    Build(BuildArgs),
    /// Check everything and publish nothing
    Check(CheckArgs),
    /// Show the site on this machine while you work on it
    Serve(ServeArgs),
    /// Add a starter page to a site
    New {
        /// What sort of page: guidance, section, letter, easy-read…
        kind: String,
        /// Where it goes, below the folder `content`: manage/records
        path: String,
        /// The folder of the site
        #[arg(long, value_name = "DIR", default_value = ".")]
        root: PathBuf,
    },
    /// Make a starter site
    Init {
        /// A new or an empty folder
        dir: PathBuf,
    },
    /// Say what keeps people out of any folder of HTML
    Audit(audit::AuditArgs),
    /// Make a search for any folder of HTML, in its folder `search`
    Index(IndexArgs),
    /// Show what a reader would find, with scores
    Search(SearchArgs),
    /// Write letters to many people from a table
    Letter(letter::LetterArgs),
    /// Make records of the directory from a spreadsheet
    Import(import::ImportArgs),
    /// List where a contact, fact, snippet, organisation or entry is used
    Uses(UsesArgs),
    /// Say more about one check
    Explain {
        /// Its name, as in [link-text]; leave it out for a list
        check: Option<String>,
    },
}

#[derive(Debug, Args)]
struct IndexArgs {
    /// The folder, as any program made it
    dir: PathBuf,
    /// Make a search that works from a folder, without a server
    #[arg(long)]
    portable: bool,
    /// How to print what was found
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
}

#[derive(Debug, Args)]
struct SearchArgs {
    /// What the reader types
    #[arg(required = true)]
    words: Vec<String>,
    #[command(flatten)]
    site: SiteArgs,
    /// How many results to show
    #[arg(long, value_name = "NUMBER", default_value_t = 10)]
    limit: usize,
    /// Show what each word adds to the score
    #[arg(long)]
    why: bool,
    /// Search as from a page in this language: those in others count half
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<String>,
}

#[derive(Debug, Args)]
struct UsesArgs {
    /// Its id, such as money-team, “receipt limit” or tell-us
    name: String,
    /// The folder of the site
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
}

#[derive(Debug, Args)]
struct SiteArgs {
    /// The folder of the site
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// Treat warnings as errors
    #[arg(long)]
    strict: bool,
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

#[derive(Debug, Args)]
struct BuildArgs {
    #[command(flatten)]
    site: SiteArgs,
    /// Where to publish; `public` in the folder of the site when left out
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Make links name files, so that the site opens without a server
    #[arg(long)]
    portable: bool,
    #[command(flatten)]
    baseline: BaselineArgs,
}

#[derive(Debug, Args)]
struct CheckArgs {
    #[command(flatten)]
    site: SiteArgs,
    #[command(flatten)]
    baseline: BaselineArgs,
    /// Say what letters lost since their last version: a published site, or the
    /// folder of a site as it was
    #[arg(long, value_name = "DIR")]
    compare: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct ServeArgs {
    /// The folder of the site
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// The number in the address; when it is taken, the next free one is used
    #[arg(long, value_name = "NUMBER", default_value_t = 8000)]
    port: u16,
    /// Include pages and notes for staff
    #[arg(long)]
    staff: bool,
    /// The day to build for, instead of today
    #[arg(long, value_name = "DATE", value_parser = day)]
    today: Option<Date>,
}

fn day(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "write it like this: 2026-11-21".into())
}

impl SiteArgs {
    fn options(&self, portable: bool) -> Options {
        Options { today: self.today.unwrap_or_else(Date::today), staff: self.staff, portable }
    }
}

/// Runs the program with the words of its command line.
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let is_help = !error.use_stderr();
            let _ = error.print();
            return if is_help { ExitCode::SUCCESS } else { ExitCode::from(2) };
        }
    };
    let done = with_threads(|| match &cli.command {
        Command::Build(args) => run_build(args),
        Command::Check(args) => run_check(args),
        Command::Serve(args) => run_serve(args),
        Command::New { kind, path, root } => {
            starters::new_page(root, kind, path, Date::today()).and_then(say_made)
        }
        Command::Init { dir } => starters::init(dir, Date::today()).and_then(say_made),
        Command::Audit(args) => audit::run(args),
        Command::Index(args) => run_index(args),
        Command::Search(args) => search(args),
        Command::Letter(args) => letter::run(args),
        Command::Import(args) => import::run(args),
        Command::Uses(args) => uses(args),
        Command::Explain { check } => explain(check.as_deref()),
    });
    done.unwrap_or_else(|error| {
        tell!("error: {error}");
        ExitCode::from(2)
    })
}

/// Runs `work` with a thread for each core, with fewer where the machine gives fewer, and in
/// this thread alone where it gives none.
fn with_threads<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    let mut wanted = rayon::max_num_threads().min(cores());
    loop {
        let pool = rayon::ThreadPoolBuilder::new();
        let pool = match wanted {
            0 => pool.num_threads(1).use_current_thread().build(),
            wanted => pool.num_threads(wanted).stack_size(STACK).build(),
        };
        match pool {
            Ok(pool) => return pool.install(work),
            Err(_) if wanted > 0 => wanted /= 2,
            // Nothing has to be started for this one.
            Err(_) => return work(),
        }
    }
}

/// Whether so many threads can be had. Libraries that start some of their own panic without.
fn has_threads(count: usize) -> bool {
    let (enough, wait) = std::sync::mpsc::channel::<()>();
    let wait = std::sync::Arc::new(std::sync::Mutex::new(wait));
    let threads: Vec<_> = (0..count)
        .map_while(|_| {
            let wait = std::sync::Arc::clone(&wait);
            // Each stays until all have begun.
            let work = move || drop(wait.lock().map(|wait| wait.recv()));
            std::thread::Builder::new().spawn(work).ok()
        })
        .collect();
    drop(enough);
    let begun = threads.len();
    threads.into_iter().for_each(|thread| drop(thread.join()));
    begun == count
}

/// What a thread has for its calls, in bytes: as much as the first thread of a program.
const STACK: usize = 8 * 1024 * 1024;

/// How many threads are wanted: what `RAYON_NUM_THREADS` says, or one for each core.
fn cores() -> usize {
    let said = std::env::var("RAYON_NUM_THREADS").ok().and_then(|said| said.parse().ok());
    said.filter(|&said| said > 0)
        .or_else(|| std::thread::available_parallelism().map(usize::from).ok())
        .unwrap_or(1)
}

fn run_build(args: &BuildArgs) -> Result<ExitCode, Error> {
    let site = &args.site;
    let out = args.out.clone().unwrap_or_else(|| site.root.join("public"));
    may_publish_to(&site.root, &out)?;
    let known = args.baseline.known()?;
    let mut built = build(&site.root, site.options(args.portable))?;
    if args.baseline.write(&built.findings, Finding::is_promised)? {
        tell!("Nothing was published.");
        return Ok(ExitCode::SUCCESS);
    }
    let about_known = leave_out(&mut built.findings, known.as_deref(), Finding::is_promised)?;
    say(&built, site)?;
    if stops(&built, site.strict) {
        tell!("{}{about_known} Nothing was published.", count(&built.findings, site.strict));
        return Ok(ExitCode::from(1));
    }
    let keep: Vec<String> = built.publish.keep.iter().map(|keep| keep.value.clone()).collect();
    let published = write::publish(&built.files, &out, &keep)?;
    if let Way::InPlace(why) = &published.way {
        tell!(
            "{} could not be exchanged as a whole ({why}), so its files were exchanged one by \
             one, pages last. A reader may have met new pages beside old ones for a moment.",
            out.display()
        );
    }
    tell!(
        "{} pages ({}) are in {}.{}{about_known}",
        built.pages,
        megabytes(published.size),
        out.display(),
        if built.findings.is_empty() {
            String::new()
        } else {
            format!(" {}", count(&built.findings, false))
        },
    );
    Ok(ExitCode::SUCCESS)
}

fn run_check(args: &CheckArgs) -> Result<ExitCode, Error> {
    let site = &args.site;
    let known = args.baseline.known()?;
    let mut built = build(&site.root, site.options(false))?;
    if let Some(before) = &args.compare {
        let (letters, mut lost) = letter::compare(&site.root, before, site.options(false))?;
        tell!(
            "{} compared with {}: {} lost.",
            counted(letters, "letter was", "letters were"),
            before.display(),
            match lost.len() {
                0 => "nothing was".to_owned(),
                lost => counted(lost, "thing was", "things were"),
            }
        );
        built.findings.append(&mut lost);
    }
    if args.baseline.write(&built.findings, Finding::is_promised)? {
        return Ok(ExitCode::SUCCESS);
    }
    let about_known = leave_out(&mut built.findings, known.as_deref(), Finding::is_promised)?;
    say(&built, site)?;
    if stops(&built, site.strict) {
        let count = count(&built.findings, site.strict);
        tell!("{count}{about_known} Mend the errors, then check again.");
        return Ok(ExitCode::from(1));
    }
    match built.findings.is_empty() {
        true => tell!("{} pages, and nothing to mend.{about_known}", built.pages),
        false => tell!("{}{about_known} The site can be published.", count(&built.findings, false)),
    }
    Ok(ExitCode::SUCCESS)
}

fn run_serve(args: &ServeArgs) -> Result<ExitCode, Error> {
    let ServeArgs { root, port, staff, today } = args;
    // Those that answer, those that watch, and some for pages that wait for news.
    if !has_threads(32) {
        let message = "the machine has no more threads to give; end other programs, then try again";
        return Err(Error::Usage(message.into()));
    }
    let preview = Preview { root: root.clone(), port: *port, staff: *staff, today: *today };
    serve::serve(&preview, &|text| tell!("{text}"))?;
    Ok(ExitCode::SUCCESS)
}

/// Results on standard output: the files. For people: what to do next.
fn say_made(made: Made) -> Result<ExitCode, Error> {
    made.files.iter().try_for_each(|file| result(&format!("{file}\n")))?;
    tell!("{}", made.next);
    Ok(ExitCode::SUCCESS)
}

/// Makes a search for a folder of HTML.
fn run_index(args: &IndexArgs) -> Result<ExitCode, Error> {
    let made = crate::folder::search::search(&args.dir, args.portable)?;
    print_findings(&made.findings, args.format)?;
    let inside = crate::output::search::FOLDER;
    let size = write::refresh(&made.files, &args.dir, inside)?;
    let place = args.dir.join(inside);
    tell!(
        "{} pages can be found. The search ({}) is in {}.",
        made.pages,
        megabytes(size),
        place.display()
    );
    Ok(ExitCode::SUCCESS)
}

/// Prints what a reader would find. The ranking is the browser's.
fn search(args: &SearchArgs) -> Result<ExitCode, Error> {
    let words = args.words.join(" ");
    let built = build(&args.site.root, args.site.options(false))?;
    let index = crate::output::search::index(&built.files);
    let options = crate::index::Options {
        limit: args.limit,
        language: args.language.clone().unwrap_or_default(),
        ..Default::default()
    };
    let answer = crate::index::search(&index, &words, &options);
    for hit in &answer.hits {
        let place = hit.section.as_ref().map_or_else(String::new, |(id, _)| format!("#{id}"));
        result(&format!("{:>12}  {}  ({}{place})\n", hit.score, hit.title, hit.url))?;
        for reason in hit.reasons.iter().filter(|_| args.why) {
            result(&format!("{:>12}    {}\n", reason.points, reason.word))?;
        }
    }
    let read_as =
        answer.corrected.map_or_else(String::new, |words| format!(" It was read as “{words}”."));
    match answer.total {
        0 => tell!("No page answers “{words}”.{read_as}"),
        total => tell!("{} “{words}”.{read_as}", counted(total, "page answers", "pages answer")),
    }
    Ok(ExitCode::SUCCESS)
}

/// Lists where something is used: the places on standard output, what that touches for
/// people.
fn uses(args: &UsesArgs) -> Result<ExitCode, Error> {
    let settings = crate::config::read(&args.root)?;
    let mut loaded = crate::load::load(&args.root, &settings.config.theme.name)?;
    let options = Options { today: Date::today(), staff: true, portable: false };
    let site = crate::examine(&mut loaded, &settings, options).site;
    let name = args.name.trim().trim_matches(['(', ')']);
    let Some(found) = crate::uses::uses(&site, &settings, name) else {
        let hint = match nearest(name, crate::uses::known(&site)) {
            Some(meant) => format!("did you mean {meant}?"),
            None => "give an id from _data, the name of a snippet or of an entry".into(),
        };
        return Err(Error::Usage(format!("nothing is called “{name}”; {hint}")));
    };
    for place in &found.places {
        let through = match place.through.as_str() {
            "" => String::new(),
            snippet => format!(" ({snippet})"),
        };
        let line = place.place.line;
        result(&format!("{}:{line}: {}{through}\n", place.path, place.how))?;
    }
    let files: BTreeSet<&str> = found.places.iter().map(|place| place.path.as_str()).collect();
    let what = found.thing.name();
    match files.len() {
        0 => tell!("The {what} {name} is used nowhere."),
        1 => tell!("The {what} {name} is used in 1 file. One edit changes it there."),
        files => {
            tell!("The {what} {name} is used in {files} files. One edit changes them all.")
        }
    }
    if found.by_default > 0 {
        tell!("{} more pages show it because site.toml says so.", found.by_default);
    }
    Ok(ExitCode::SUCCESS)
}

/// Refuses to publish into the content, or over it.
fn may_publish_to(root: &Path, out: &Path) -> Result<(), Error> {
    let (root, out) = (real(root), real(out));
    let content = root.join("content");
    if root.starts_with(&out) || out.starts_with(&content) && content.is_dir() {
        let message =
            format!("{} holds the site itself; give another folder with --out", out.display());
        return Err(Error::Usage(message));
    }
    Ok(())
}

/// A path without links and `..`, also when its last parts are not there yet.
fn real(path: &Path) -> PathBuf {
    if let Ok(real) = path.canonicalize() {
        return real;
    }
    match (path.parent(), path.file_name()) {
        (Some(parent), Some(name)) if parent.as_os_str().is_empty() => {
            real(Path::new(".")).join(name)
        }
        (Some(parent), Some(name)) => real(parent).join(name),
        _ => path.to_owned(),
    }
}

fn stops(built: &Built, strict: bool) -> bool {
    built.has_errors() || strict && !built.findings.is_empty()
}

fn say(built: &Built, site: &SiteArgs) -> Result<(), Error> {
    print_findings(&built.findings, site.format)?;
    if site.timings {
        for (stage, time) in &built.timings {
            tell!("{:>8.1} ms  {stage}", time.as_secs_f64() * 1000.0);
        }
    }
    Ok(())
}

fn print_findings(findings: &[Finding], format: Format) -> Result<(), Error> {
    result(&print(findings, format))
}

/// `2 errors and 1 warning.`
fn count(findings: &[Finding], strict: bool) -> String {
    let has_errors = findings.iter().any(|finding| finding.severity == Severity::Error);
    let also = if strict && !has_errors { ", which --strict counts as errors" } else { "" };
    format!("{}{also}.", diagnostic::count(findings))
}

fn megabytes(bytes: u64) -> String {
    if bytes < 1_000_000 {
        format!("{} kB", bytes.div_ceil(1000))
    } else {
        format!("{:.1} MB", bytes as f64 / 1e6)
    }
}

fn explain(code: Option<&str>) -> Result<ExitCode, Error> {
    let rules = check::rules();
    let Some(code) = code else {
        let mut looks: Vec<Looks> = rules.iter().map(|rule| rule.looks).collect();
        looks.sort_unstable();
        looks.dedup();
        for looks in looks {
            result(&format!("# {}\n", looks.heading()))?;
            for rule in rules.iter().filter(|rule| rule.looks == looks) {
                result(&format!("{:<26} {}\n", rule.code, rule.sentence()))?;
            }
            result("\n")?;
        }
        return Ok(ExitCode::SUCCESS);
    };
    let code = code.trim_matches(['[', ']']);
    if let Some(rule) = rules.iter().find(|rule| rule.code == code) {
        result(&format!("{}\n\n{}\n", rule.manual.trim_end(), rule.about()))?;
        return Ok(ExitCode::SUCCESS);
    }
    let hint = match nearest(code, rules.iter().map(|rule| rule.code)) {
        Some(meant) => format!("did you mean {meant}?"),
        None => "`plainsite explain` lists them all".into(),
    };
    Err(Error::Usage(format!("there is no rule “{code}”; {hint}")))
}
