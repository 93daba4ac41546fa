//! `plainsite build`: the whole site, published when nothing stops it.

use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::{Arc, Mutex, PoisonError},
};

use clap::Args;
use serde::{Deserialize, Serialize};

use super::{
    baseline::{BaselineArgs, leave_out},
    own, progress, schedule,
    site::{SiteArgs, say, stops},
    speak::{count, left_out, megabytes, print_findings, tell, where_advice_is},
    terms::{kept, refuse_no_names, tell_changes, terms},
};
use crate::{
    check,
    clock::{Progress, Stage},
    config,
    diagnostic::{Error, Finding, join, saved::Saved},
    kept::Key,
    ledger::Ledger,
    load::Shelf,
    memory::disk::{Cache, Last, state},
    output::{Bytes, Files},
    text::{Interval, wording::counted},
    write::{self, Changes, Way},
};

/// Check everything, then publish it
#[derive(Debug, Args)]
pub(super) struct BuildArgs {
    #[command(flatten)]
    site: SiteArgs,
    /// Where to publish; `public` in the folder of the site when left out
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Make links name files, so that the site opens without a server
    #[arg(long)]
    portable: bool,
    /// Publish nothing when the ledger does not hold every address already
    #[arg(long, conflicts_with = "no_ledger")]
    locked: bool,
    /// Do not note new addresses, to try something out
    #[arg(long)]
    no_ledger: bool,
    /// Leave this file or folder, which others put into the published folder, as it is there;
    /// may be given more than once
    #[arg(long, value_name = "NAME")]
    keep: Vec<String>,
    #[command(flatten)]
    baseline: BaselineArgs,
}

impl BuildArgs {
    /// Whether the addresses of this build are to be remembered. A copy to carry about has
    /// none that anybody else could use.
    fn notes_addresses(&self) -> bool {
        !self.portable && !self.no_ledger
    }
}

pub(super) fn run(args: &BuildArgs) -> Result<ExitCode, Error> {
    let site = &args.site;
    let out = args.out.clone().unwrap_or_else(|| site.root.join("public"));
    own::refuse(&site.root, &out, "--out")?;
    refuse_no_names(&args.keep)?;
    let shelf = Mutex::default();
    let last = Ended::new(args, &out, &shelf)?;
    if let Some(last) = last.as_ref().filter(|last| last.is_same)
        && let Some(said) = &last.said
    {
        print_findings(&told(&said.findings), site.format)?;
        tell_changes(&Changes::default());
        tell_published(said, &out, "");
        return Ok(ExitCode::SUCCESS);
    }
    let known = args.baseline.known()?;
    let mut built = site.build(&shelf, args.portable)?;
    if args.baseline.write(&built.findings, Finding::is_promised)? {
        tell!("Nothing was published.");
        return Ok(ExitCode::SUCCESS);
    }
    let about_known = leave_out(&mut built.findings, known.as_deref(), Finding::is_promised)?;
    built.findings = join(built.findings);
    built.findings.append(&mut built.unsigned);
    say(&told(&built.findings), &built.timings, site)?;
    if stops(&built, site.strict) {
        tell!("{}{about_known} Nothing was published.", count(&built.findings, site.strict));
        return Ok(ExitCode::from(1));
    }
    let ledger = args.notes_addresses().then_some(&built.ledger);
    let noted = ledger.filter(|ledger| !ledger.is_as_written());
    if let Some(ledger) = noted {
        may_note(ledger, site, args.locked)?;
        if ledger.before == 0 {
            may_begin(ledger, &built.files, &out)?;
        }
    }
    let keep = kept(&built.publish, &args.keep);
    let progress = Arc::new(Progress::default());
    progress.begin(Stage::Write, 0);
    let shown = progress::show(&progress);
    let published = write::publish(&built.files, &out, terms(&built.publish, &keep))?;
    drop(shown);
    if let Way::InPlace(why) = &published.way {
        tell!(
            "{} could not be exchanged as a whole ({why}), so its files were exchanged one by \
             one, pages last. A reader may have met new pages beside old ones for a moment.",
            out.display()
        );
    }
    if let Some(ledger) = noted {
        let text = [(ledger.source.path.to_string(), Bytes::from(ledger.text()))];
        write::change(&text.into(), &site.root)?;
    }
    tell_changes(&published.changes);
    let said = Said {
        ledger: said_of_addresses(&built.kept.sentences, &built.ledger, noted.is_some()),
        pages: built.pages,
        left_out: built.left_out.len(),
        size: published.size,
        soon: {
            let last = site.options(args.portable).today.plus(Interval::Days(schedule::SOON));
            built.schedule.retain(|one| one.day <= last);
            schedule::soon(&built.schedule)
        },
        findings: built.findings,
    };
    tell_published(&said, &out, &about_known);
    if let Some(mut last) = last {
        if noted.is_some() {
            last.key = key(args, &shelf)?;
        }
        last.keep(&said);
    }
    Ok(ExitCode::SUCCESS)
}

/// The most sentences about old links that are said in full.
const MOST_SAID: usize = 5;

/// What was done for old links, and how many addresses are new.
fn said_of_addresses(kept: &[String], ledger: &Ledger, is_noted: bool) -> String {
    let mut said = String::new();
    for sentence in kept.iter().take(MOST_SAID).chain(&ledger.notes) {
        said.push_str(sentence);
        said.push('\n');
    }
    if kept.len() > MOST_SAID {
        let _ = writeln!(said, "{} more old links lead on.", kept.len() - MOST_SAID);
    }
    let new = ledger.added();
    if is_noted && new > 0 {
        let _ = writeln!(
            said,
            "{} in {}: keep that file with the site.",
            counted(new, "new address is noted", "new addresses are noted"),
            ledger.source.path
        );
    }
    said
}

/// Refuses to begin a ledger where pages were published that are not there any more: the
/// ledger that knew them is lost.
fn may_begin(ledger: &Ledger, files: &Files, out: &Path) -> Result<(), Error> {
    let published = write::published(out)?;
    let pages = published.ours().filter(|path| path.ends_with(".html"));
    let pages = pages.filter(|path| !path.ends_with("404.html"));
    let gone: Vec<&String> = pages.filter(|path| !files.contains_key(*path)).collect();
    let Some(first) = gone.first() else { return Ok(()) };
    let path = &ledger.source.path;
    Err(Error::Usage(format!(
        "there is no {path}, and {} has {} that this build does not have, /{} first. Nothing was \
         published; bring that file back (`git checkout {path}`), or, where there never was one, \
         build into an empty folder with --out",
        out.display(),
        counted(gone.len(), "page", "pages"),
        first.trim_end_matches("index.html")
    )))
}

/// Refuses to publish addresses that cannot be remembered.
fn may_note(ledger: &Ledger, site: &SiteArgs, locked: bool) -> Result<(), Error> {
    let path = &ledger.source.path;
    if locked {
        return Err(Error::Usage(format!(
            "{path} is not up to date ({}), and --locked was asked for. Nothing was published; \
             run `plainsite build` where you write, and keep the file with the site",
            match ledger.added() {
                0 => "what is at some addresses has changed".to_owned(),
                new => counted(new, "address is new", "addresses are new"),
            }
        )));
    }
    write::may_change(&site.root.join(&**path)).map_err(|why| {
        Error::Usage(format!(
            "{why}. So the new addresses of this site could not be remembered, and links to them \
             could get lost. Nothing was published; build where the folder can be written to, or \
             add --no-ledger to publish all the same"
        ))
    })
}

/// What who publishes is told. Advice is for those who write; how much there is, is said.
fn told(findings: &[Finding]) -> Vec<Finding> {
    findings.iter().filter(|found| found.counts()).cloned().collect()
}

fn tell_published(said: &Said<Finding>, out: &Path, known: &str) {
    let Said { pages, left_out: drafts, size, findings, soon, ledger } = said;
    if !ledger.is_empty() {
        tell!("{}", ledger.trim_end());
    }
    let count =
        if findings.is_empty() { String::new() } else { format!(" {}", count(findings, false)) };
    let advice = where_advice_is(findings);
    let (size, left_out) = (megabytes(*size), left_out(*drafts));
    tell!("{pages} pages ({size}) are in {}.{count}{advice}{known}{left_out}{soon}", out.display());
}

/// What a build said.
#[derive(Serialize, Deserialize)]
struct Said<F> {
    /// How many pages there are, and how many are not published.
    pages: usize,
    left_out: usize,
    /// How large all of it is, in bytes.
    size: u64,
    /// What it says of the next days.
    soon: String,
    /// What it says of addresses.
    ledger: String,
    findings: Vec<F>,
}

/// How the last build ended, beside what this one is made from.
struct Ended {
    cache: Cache,
    /// The hash of all that this build is made from.
    key: u128,
    out: PathBuf,
    /// Whether that is the same, and what was published is still there as it was.
    is_same: bool,
    said: Option<Said<Finding>>,
}

impl Ended {
    /// None when nothing is to be remembered, or more is asked for than the site.
    fn new(args: &BuildArgs, out: &Path, shelf: &Mutex<Shelf>) -> Result<Option<Self>, Error> {
        let site = &args.site;
        let Some(cache) = site.cache().filter(|_| !site.timings && args.baseline.is_none()) else {
            return Ok(None);
        };
        let key = key(args, shelf)?;
        let out = own::real(out);
        let last = cache.last::<Said<Saved>>().filter(|last| last.key == key);
        let is_same = last.as_ref().is_some_and(|last| state(&out) == Some(last.published));
        let rules = check::rules();
        let said = last.and_then(|last| {
            let Said { findings, pages, left_out, size, soon, .. } = last.said;
            let findings = findings.into_iter().map(|one| one.finding(&rules));
            let findings = findings.collect::<Option<_>>()?;
            // What came was said when it came.
            Some(Said { findings, pages, left_out, size, soon, ledger: String::new() })
        });
        let is_strict = site.strict
            && said.as_ref().is_some_and(|said| said.findings.iter().any(Finding::counts));
        Ok(Some(Self { cache, key, out, is_same: is_same && !is_strict, said }))
    }

    /// Keeps how this build ended.
    fn keep(self, said: &Said<Finding>) {
        let Some(published) = state(&self.out) else { return };
        let Said { pages, left_out, size, soon, findings, .. } = said;
        let (pages, left_out, size, soon) = (*pages, *left_out, *size, soon.clone());
        let findings: Vec<Saved> = findings.iter().map(Saved::from).collect();
        let said = Said { findings, pages, left_out, size, soon, ledger: String::new() };
        self.cache.write_last(&Last { key: self.key, published, said });
    }
}

/// The hash of all that a build is made from.
fn key(args: &BuildArgs, shelf: &Mutex<Shelf>) -> Result<u128, Error> {
    let site = &args.site;
    let settings = config::read(&site.root)?;
    let mut shelf = shelf.lock().unwrap_or_else(PoisonError::into_inner);
    let loaded = shelf.load(&site.root, &settings.config.theme.name)?;
    let all = (site.options(args.portable), args.notes_addresses(), &args.keep);
    let options = format!("{all:?}");
    let parts = [settings.source.text.as_bytes(), options.as_bytes(), &loaded.key().bytes()];
    Ok(Key::of(parts).0)
}
