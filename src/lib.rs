//! Plainsite: a compiler for public information.
//!
//! It turns a folder of Markdown and YAML into a static site that everyone can
//! read, find things in, and trust, and it refuses to publish what is broken,
//! in words that an editor understands.
//!
//! Data flows one way. Each stage takes a value and gives a value, and
//! [`build`] names them in order:
//!
//! ```text
//! load ──► parse ──► model ──► link ──► letter ──► check ──► render ──► polish ──► audit ──► output ──► write
//! files    words     typed     whole    letters    what is   pages      finished   what is   pages,     all at
//!          and       pages     site     to be      hard to   of HTML    HTML       wrong in  search,    once
//!          places              joined   filled in  use                             the HTML  documents
//! ```

pub mod audit;
pub mod check;
pub mod cli;
pub mod config;
pub mod diagnostic;
pub mod folder;
pub mod html;
pub mod import;
pub mod index;
pub mod letter;
pub mod link;
pub mod load;
pub mod model;
pub mod outline;
pub mod output;
pub mod parse;
pub mod polish;
pub mod render;
pub mod serve;
pub mod text;
pub mod uses;
pub mod wcag;
pub mod write;

use std::{path::Path, sync::Arc, time::Instant};

use rayon::prelude::*;

pub use crate::text::Date;
use crate::{
    check::Scene,
    diagnostic::{Error, Finding, Report, Severity},
    letter::Letters,
    load::Loaded,
    model::Site,
    output::{Bytes, Done, Files},
};

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
pub fn examine(
    loaded: &mut Loaded,
    settings: &config::Read,
    options: Options,
    report: &mut Report,
) -> (Site, Letters) {
    report.add(&settings.source, settings.problems.iter().cloned());
    for (source, problem) in loaded.problems.drain(..) {
        report.add(&source, [problem]);
    }
    let sources = std::mem::take(&mut loaded.sources);
    let documents =
        sources.into_par_iter().flat_map_iter(|source| parse::parse_all(source, options.staff));
    let documents = documents.collect();
    let files = std::mem::take(&mut loaded.files);
    let Options { staff, today, .. } = options;
    let site = model::assemble(documents, files, &settings.config, staff, today, report);
    let site = link::resolve(site, &settings.config);
    let letters = letter::letters(&site, &settings.config);
    let scene = Scene {
        site: &site,
        letters: &letters,
        config: &settings.config,
        settings: &settings.source,
        today: options.today,
    };
    check::run(&scene, report);
    (site, letters)
}

/// A site as it would be published, and what is wrong with it.
#[derive(Debug)]
pub struct Built {
    /// The files, by path below the published folder. Empty when something was
    /// found that stops the site from being published before it was rendered.
    pub files: Files,
    /// What was found, all of it.
    pub findings: Vec<Finding>,
    /// How many pages there are.
    pub pages: usize,
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

/// Builds the whole site in memory and writes nothing.
///
/// The same folder and the same options give the same bytes.
///
/// # Errors
///
/// When the folder cannot be read. Problems in the content are not errors:
/// they are in [`Built::findings`], all of them.
pub fn build(root: &Path, options: Options) -> Result<Built, Error> {
    let mut report = Report::default();
    let mut clock = Clock::start();

    let settings = config::read(root)?;
    let config = &settings.config;
    let mut loaded = load::load(root, &config.theme.name)?;
    clock.lap("load");
    let (site, letters) = examine(&mut loaded, &settings, options, &mut report);
    clock.lap("parse, model, link, check");

    let theme = &loaded.theme;
    let assets = output::assets(config, theme, options.portable);
    let content = render::Content { site: &site, letters: &letters, config, theme };
    let Options { today, portable, staff } = options;
    let polish = |page| polish::polish(page, config, portable);
    let mut pages = render::render(content, &assets, staff, today, &mut report, polish);
    clock.lap("render, polish");
    let unused = output::unused(&site, config, theme, &pages, &mut report);
    let done = Done {
        site: &site,
        letters: &letters,
        config,
        theme,
        pages: &pages,
        today,
        portable,
        staff,
        unused: &unused,
    };
    let mut files = output::files(&done);
    clock.lap("output");
    // Readers search the public site; a portable copy has the same index.
    if !staff && !portable {
        output::search::test(&done, &files, &mut report);
        clock.lap("search tests");
    }
    let published = files.keys().cloned().collect();
    let styles = files.iter().filter(|(path, _)| path.ends_with(".css"));
    let styles: Vec<(&str, &str)> = styles
        .filter_map(|(path, bytes)| Some((path.as_str(), str::from_utf8(bytes.as_slice()).ok()?)))
        .collect();
    let around = audit::Audience { site: &site, config, theme, styles: &styles, today };
    let changed = audit::run(&mut pages, &published, around, &mut report);
    for number in changed {
        let page = &pages[number];
        files.insert(page.url.output(), Bytes::Shared(Arc::clone(&page.html)));
    }
    // What is known to be wrong would only be told again.
    if !report.has_errors() {
        let files = files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()));
        audit::left_over::look(&pages, files, &site, theme, &mut report);
    }
    clock.lap("audit");

    let (findings, pages) = (report.findings(), pages.len());
    Ok(Built { files, findings, pages, publish: config.publish.clone(), timings: clock.laps })
}

/// Times the stages.
struct Clock {
    last: Instant,
    laps: Vec<(&'static str, std::time::Duration)>,
}

impl Clock {
    fn start() -> Self {
        Self { last: Instant::now(), laps: Vec::new() }
    }

    fn lap(&mut self, name: &'static str) {
        let now = Instant::now();
        self.laps.push((name, now - self.last));
        self.last = now;
    }
}
