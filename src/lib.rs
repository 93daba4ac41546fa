//! Plainsite: a compiler for public information.
//!
//! It turns a folder of Markdown and YAML into a static site that everyone can
//! read, find things in, and trust, and it refuses to publish what is broken,
//! in words that an editor understands.
//!
//! Data flows one way. Each stage takes a value and gives a value. [`open()`] names them
//! from `load` to `letter`, [`make`] the rest in order, and a command writes what they made:
//!
//! ```text
//! load ──► parse ──► model ──► ledger ──► link ──► letter ──► check ──► view ──► finish ──►
//! files    words     typed     what was   whole    letters    what is   what a   its
//!          and       pages     there      site     to be      hard to   page     finished
//!          places              before     joined   filled in  use       shows    HTML
//!
//! ──► audit ──► statement ──► output ──► last look ──► write
//!     what is   what the      pages,     search tests, all at
//!     wrong in  audit found,  search,    brackets      once
//!     the HTML  on its page   documents  left over
//! ```
//!
//! Beside this way: `starters` are what a new page or a new site begins with, `desk` is for
//! writing in a browser, `import` makes records of a table, `folder` audits HTML of others and
//! gives it a search, `uses` says where something is used, `rename` gives it another name,
//! `outside` asks after links to other sites, `serve` is the preview and answers for the desk. `lost` and `changed` set a
//! site beside its last version. `index` knows no site.
//!
//! Some of what stages make is remembered from build to build (`memory`), each by a hash of
//! all that it was made of (`kept`): files taken apart, pages in their last form, what the
//! audit found on them. So a stage stays a function, and a build with a memory makes the same
//! bytes as one without.
//!
//! `picture` makes pictures lighter, when a check or a page first asks for one.
//!
//! What is published has a `manifest`: what a run put there, and what stays of earlier ones.
//! `send` takes it to other places, and compares what is there with it.
//!
//! `agreed` knows whether somebody agreed to the words, where publishing asks for it, and
//! `report` how the site is, page by page, for those who look after it.
//!
//! `audit` knows HTML alone; `proof` runs it over a site and says of what it finds where
//! somebody can mend it.
//!
//! What outputs make is known before anything is made ([`output::paths`]): links may lead
//! there, and no page or picture may take its place.

pub mod agreed;
pub mod audit;
pub mod changed;
pub mod check;
pub mod cli;
pub mod clock;
pub mod config;
pub mod desk;
pub mod diagnostic;
pub mod finish;
pub mod folder;
pub mod html;
pub mod import;
pub mod index;
pub mod kept;
pub mod ledger;
pub mod letter;
pub mod link;
pub mod load;
pub mod lost;
pub mod manifest;
pub mod memory;
pub mod model;
pub mod output;
pub mod outside;
pub mod parse;
pub mod picture;
pub mod proof;
pub mod rename;
pub mod report;
pub mod rule;
pub mod send;
pub mod serve;
pub mod starters;
pub mod text;
pub mod uses;
pub mod view;
pub mod wcag;
pub mod world;
pub mod write;

use std::{
    collections::{BTreeMap, HashSet},
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use rayon::prelude::*;

use crate::{
    audit::{Audit, summary::Summary},
    clock::{Progress, Stage},
    config::hosts::Host,
    diagnostic::{Error, Finding, Report, policy::Policy},
    finish::{Fault, Finished, Finisher, Polished},
    html::outline::Outline,
    kept::{Kept, Key},
    ledger::Ledger,
    letter::Letters,
    load::{Loaded, Shelf},
    memory::Memory,
    model::{Edition, LeftOut, Paths, Site, Upcoming},
    output::{Done, Files, Plan},
    parse::{Document, allow::allowances},
    picture::Pictures,
    rule::Severity,
    text::Source,
    view::Viewer,
    world::World,
};
pub use crate::{clock::Clock, text::Date};

/// What a run depends on beside the folder.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// The day.
    pub today: Date,
    /// Whether pages and notes for staff are part of the site.
    pub staff: bool,
    /// Whether links name files, so that the site opens without a server.
    pub portable: bool,
}

/// Reads and joins a site, makes templates of its letters and checks its content,
/// in memory.
pub fn examine(loaded: &mut Loaded, settings: &config::Read, options: Options) -> Examined {
    examine_again(loaded, settings, options, &Memory::none())
}

/// The same, with what builds before it remember.
pub fn examine_again(
    loaded: &mut Loaded,
    settings: &config::Read,
    options: Options,
    memory: &Memory,
) -> Examined {
    let examined = join(loaded, settings, options, false, memory);
    let mut report = examined.report.clone();
    check::run(&examined.world(loaded, settings, options), &mut report);
    Examined { report, ..examined }
}

/// Reads and joins a site and makes templates of its letters. What is hard to read in it
/// nobody has looked at yet.
fn join(
    loaded: &mut Loaded,
    settings: &config::Read,
    options: Options,
    drafts: bool,
    memory: &Memory,
) -> Examined {
    let mut report = Report::new(Policy::new(check::rules(), &settings.config.rules.settings));
    report.add(&settings.source, settings.problems.iter().cloned());
    for (source, problem) in loaded.problems.drain(..) {
        report.add(&source, [problem]);
    }
    let sources = std::mem::take(&mut loaded.sources);
    let parsed = sources.into_par_iter().flat_map_iter(|source| {
        // Words that are for some days only are in a file of another day, or not.
        let day = options.today.to_string();
        let staff = [u8::from(options.staff)];
        let parts = [source.path.as_bytes(), source.text.as_bytes(), &staff, day.as_bytes()];
        let all = memory.documents.get(
            Key::of(parts),
            |_| true,
            || {
                parse::parse_all(source, options.staff, options.today)
                    .into_iter()
                    .map(Arc::new)
                    .collect()
            },
        );
        all.iter().map(Arc::clone).collect::<Vec<_>>()
    });
    let documents: Vec<Arc<Document>> = parsed.collect();
    // A list of records is one file, and many documents.
    for same in documents.chunk_by(|a, b| a.source.path == b.source.path) {
        report.allow(&same[0].source, allowances(&same[0]));
    }
    let files = std::mem::take(&mut loaded.files);
    let Options { staff, today, portable } = options;
    let edition = Edition { staff, drafts, today };
    let config = &settings.config;
    let languages = parse::words::languages(
        &loaded.theme,
        config,
        &settings.source,
        &memory.words,
        &mut report,
    );
    let site = model::assemble(documents, files, config, languages, edition, &mut report);
    report.looked_at(&site.sources().map(|source| Arc::clone(&source.path)).collect());
    let mut site = site;
    let plan = Plan { site: &site, config, theme: &loaded.theme, portable };
    let mut paths = output::paths(&plan);
    let ledger = Ledger::read(std::mem::take(&mut loaded.ledger), &mut report);
    let has_hosts = config.hosts.iter().any(|host| *host != Host::Plain);
    let kept = ledger::keep(&mut site, &ledger, &mut paths, edition, has_hosts, &mut report);
    let site = link::resolve(site, config, &paths);
    let letters = letter::letters(&site, config);
    let pictures = Pictures::new(site.files.len(), &config.pictures, &memory.pictures);
    Examined { site, letters, pictures, paths, ledger, kept, report }
}

/// A site that was read and joined.
#[derive(Debug)]
pub struct Examined {
    /// The site.
    pub site: Site,
    /// The templates of its letters.
    pub letters: Letters,
    /// Its pictures, of which lighter ones are made when somebody asks for them.
    pub pictures: Pictures,
    /// What will be published where.
    pub paths: Paths,
    /// What was published before.
    pub ledger: Ledger,
    /// What became of what was published before.
    pub kept: ledger::Kept,
    /// What was found so far.
    pub report: Report,
}

impl Examined {
    /// The whole of what was read.
    pub fn world<'a>(
        &'a self,
        loaded: &'a Loaded,
        settings: &'a config::Read,
        options: Options,
    ) -> World<'a> {
        let Options { today, staff, portable } = options;
        World {
            site: &self.site,
            letters: &self.letters,
            pictures: &self.pictures,
            paths: &self.paths,
            config: &settings.config,
            settings: &settings.source,
            theme: &loaded.theme,
            today,
            staff,
            portable,
        }
    }
}

/// A site as it would be published, and what is wrong with it.
#[derive(Debug)]
pub struct Built {
    /// The files, by path below the published folder, whatever was found. They are a whole
    /// site only when nothing stops it from being published.
    pub files: Files,
    /// What outputs may make, declared before anything was made.
    pub paths: Paths,
    /// What was found, all of it.
    pub findings: Vec<Finding>,
    /// How many pages there are.
    pub pages: usize,
    /// The pages that are not published on this day.
    pub left_out: Vec<LeftOut>,
    /// What will be different by itself, by day.
    pub schedule: Vec<Upcoming>,
    /// What the ledger says once this is published, and in which file.
    pub ledger: Ledger,
    /// What became of what was published before.
    pub kept: ledger::Kept,
    /// What nobody has agreed to, where somebody has to. Only publishing asks for it.
    pub unsigned: Vec<Finding>,
    /// What the settings say about the published folder.
    pub publish: config::Publish,
    /// How long each stage took, for people who ask.
    pub timings: Vec<(&'static str, std::time::Duration)>,
}

impl Built {
    /// Whether anything was found that stops the site from being published.
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Error)
    }
}

/// A site that was read and joined, with all that it was made from.
#[derive(Debug)]
pub struct Opened {
    /// The settings.
    pub settings: config::Read,
    /// The theme; the rest is in the site.
    pub loaded: Loaded,
    /// Every text that was read, by its path below the root.
    pub texts: BTreeMap<Arc<str>, Arc<str>>,
    /// The site, and what was found while it was read.
    pub examined: Examined,
    /// For whom it was read.
    pub options: Options,
}

impl Opened {
    /// The whole of what was read.
    pub fn world(&self) -> World<'_> {
        self.examined.world(&self.loaded, &self.settings, self.options)
    }
}

/// Reads and joins the site in a folder. Of what is on the `shelf` only what changed is read
/// again.
///
/// # Errors
///
/// When the folder cannot be read.
pub fn open(
    root: &Path,
    options: Options,
    shelf: &Mutex<Shelf>,
    memory: &Memory,
) -> Result<Opened, Error> {
    open_edition(root, options, false, shelf, memory)
}

/// The same with drafts and pages of a later day in it, for those who write them.
///
/// # Errors
///
/// As of [`open()`].
pub fn open_drafts(
    root: &Path,
    options: Options,
    shelf: &Mutex<Shelf>,
    memory: &Memory,
) -> Result<Opened, Error> {
    open_edition(root, options, true, shelf, memory)
}

fn open_edition(
    root: &Path,
    options: Options,
    drafts: bool,
    shelf: &Mutex<Shelf>,
    memory: &Memory,
) -> Result<Opened, Error> {
    let settings = config::read(root)?;
    // It is taken off while files are read: a thread that waits for others may do their work
    // meanwhile, and must not find it locked by itself.
    let lock = || shelf.lock().unwrap_or_else(PoisonError::into_inner);
    let mut own = std::mem::take(&mut *lock());
    let loaded = own.load(root, &settings.config.theme.name);
    *lock() = own;
    let mut loaded = loaded?;
    let text = |source: &Source| (Arc::clone(&source.path), Arc::clone(&source.text));
    let texts = loaded.sources.iter().map(text).collect();
    let examined = join(&mut loaded, &settings, options, drafts, memory);
    Ok(Opened { settings, loaded, texts, examined, options })
}

/// Builds the whole site in memory and writes nothing.
///
/// The same folder and the same options give the same bytes.
///
/// # Errors
///
/// When the folder cannot be read. Problems in the content are not errors:
/// they are in [`Built::findings`], all of them.
pub fn build(root: &Path, options: Options) -> Result<Built, Error> {
    build_again(root, options, &Memory::none())
}

/// The same, with what builds before it remember. It gives the same bytes.
///
/// # Errors
///
/// As of [`build`].
pub fn build_again(root: &Path, options: Options, memory: &Memory) -> Result<Built, Error> {
    let mut clock = Clock::start();
    let opened = open(root, options, &Mutex::default(), memory)?;
    clock.lap("load, parse, model, link");
    Ok(make(&opened, memory, clock))
}

/// Checks a site and makes all of it.
pub fn make(opened: &Opened, memory: &Memory, mut clock: Clock) -> Built {
    let world = opened.world();
    let World { site, config, theme, paths, staff, portable, .. } = world;
    let progress = Arc::clone(&clock.progress);
    progress.begin(Stage::Check, 0);
    let mut report = opened.examined.report.clone();
    check::run(&world, &mut report);
    clock.lap("check");

    let assets = output::assets(config, theme, portable);
    let viewer = view::Viewer::new(world, &assets);
    let finisher = Finisher::kept(theme, viewer.shared(), config, portable, &memory.finishers);
    let (mut pages, mut faults) = match &finisher {
        Ok(finisher) => pages(&viewer, finisher, &memory.polished, &progress),
        Err(_) => Default::default(),
    };
    clock.lap("view, finish");

    let plan = Plan { site, config, theme, portable };
    let held: HashSet<&str> = site.withheld.iter().map(|&at| &site.files[at].url[1..]).collect();
    let files = paths.files().filter(|path| !held.contains(path)).map(str::to_owned);
    let lighter = world.pictures.made(&site.files).map(|(path, _)| path);
    let files = files.chain(lighter).collect();
    let styles = output::styles(&plan);
    let styles = styles.iter().map(|(path, text)| (path.as_str(), text.as_ref()));
    let published = audit::Published::new(&files, styles, config.base_path());
    let mut looked = proof::audit(&pages, &published, &memory.looked, &progress);
    let audits: Vec<&Audit> = looked.iter().map(|looked| &looked.audit).collect();
    let found = Summary::of(&audits);
    for id in viewer.statements() {
        let at = pages.iter().position(|page| page.page == Some(id));
        let Some((at, finisher)) = at.zip(finisher.as_ref().ok()) else { continue };
        let (page, more) = finisher.finish(viewer.view(id, Some(&found)), &memory.polished);
        faults.extend(more);
        if let Some(page) = page {
            looked[at] = proof::audit_page(&page, &published, &memory.looked);
            pages[at] = page;
        }
    }
    faults.extend(finisher.err());
    finish::explain(faults, theme, &mut report);
    proof::tell(&pages, &looked, site, theme, &mut report);
    clock.lap("audit, statement");

    progress.begin(Stage::Output, 0);
    let unused = output::unused(site, config, theme, &pages, &mut report);
    let outlines: Vec<&Outline> = looked.iter().map(|looked| &looked.outline).collect();
    let done = Done { world, pages: &pages, outlines: &outlines, unused: &unused };
    let files = output::files(&done);
    output::limits(&done, &mut report);
    clock.lap("output");
    // Readers search the public site; a portable copy has the same index.
    if !staff && !portable {
        output::search::test(&done, &files, &mut report);
    }
    let texts = files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()));
    proof::left_over::look(&pages, texts, site, theme, &mut report);
    clock.lap("last look");

    let (findings, pages) = (report.findings(), pages.len());
    Built {
        publish: config.publish.clone(),
        findings,
        pages,
        left_out: site.left_out.clone(),
        schedule: site.schedule(world.today),
        ledger: ledger::next(
            &opened.examined.ledger,
            site,
            files.keys().map(String::as_str),
            (world.today, world.staff),
        ),
        kept: opened.examined.kept.clone(),
        unsigned: agreed::unsigned(&world),
        paths: paths.clone(),
        timings: clock.laps(),
        files,
    }
}

/// Finishes every page of a site, and the pages that lead on from old and short addresses.
///
/// Each is finished as soon as there is a view of it, so that only the finished ones take
/// room. Those that faults in templates spoil are left out.
fn pages(
    viewer: &Viewer<'_>,
    finisher: &Finisher,
    known: &Kept<Polished>,
    progress: &Progress,
) -> (Vec<Finished>, Vec<Fault>) {
    let finish = |view| {
        progress.step();
        finisher.finish(view, known)
    };
    let pages = viewer.pages();
    progress.begin(Stage::Pages, pages.len());
    let written = pages.into_par_iter().map(|id| finish(viewer.view(id, None)));
    let mut all: Vec<_> = written.collect();
    all.extend(viewer.redirects().into_iter().map(finish));
    let (pages, faults): (Vec<_>, Vec<_>) = all.into_iter().unzip();
    (pages.into_iter().flatten().collect(), faults.into_iter().flatten().collect())
}
