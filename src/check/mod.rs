//! Checks: what makes a page hard to use, one file each.
//!
//! A check reads pages and says what it found. It never changes a page and
//! never touches the disk, so checks run in any order, and on any text a test
//! cares to make up.
//!
//! To add one, write `src/check/your_check.rs` and its manual page
//! `src/check/your_check.md`, and name it in [`CHECKS`]. The examples in the
//! manual page are its test.
//!
//! What is found while a file is read (a slip in front matter, a phone number
//! that cannot exist) has a manual page here too; see [`Run::Reading`].

use rayon::prelude::*;

use crate::{
    config::Config,
    diagnostic::{Diagnostic, Report, Severity},
    model::{Page, Site, Text},
    parse::Date,
    source::{Source, Span},
};

mod dead_link;
mod heading_order;
mod link_text;
mod reading;

/// One check.
#[derive(Debug)]
pub struct Check {
    /// What it is called; reads well after “this page has a problem with”.
    pub code: &'static str,
    /// How much its findings matter, unless one says otherwise.
    pub severity: Severity,
    /// Its manual page, in Markdown.
    pub manual: &'static str,
    /// How it works.
    pub run: Run,
}

/// How a check works.
#[derive(Debug, Clone, Copy)]
pub enum Run {
    /// It was done while the file was read.
    Reading,
    /// On the words of each page and snippet that someone wrote.
    Text(fn(&Subject<'_>, &mut Findings<'_>)),
    /// On each page that someone wrote.
    Page(fn(&Subject<'_>, &Page, &mut Findings<'_>)),
    /// Once, on the whole site.
    Site(fn(&Scene<'_>, &mut Findings<'_>)),
}

/// What all checks may look at.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// The whole site.
    pub site: &'a Site,
    /// What is asked of it.
    pub config: &'a Config,
    /// The file that says so.
    pub settings: &'a Source,
    /// The day.
    pub today: Date,
}

/// The words that a check looks at.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// Everything else.
    pub scene: &'a Scene<'a>,
    /// The words.
    pub text: &'a Text,
    /// The page they are on; none for a snippet.
    pub page: Option<&'a Page>,
}

/// Where a check says what it found.
#[derive(Debug)]
pub struct Findings<'a> {
    check: &'a Check,
    source: &'a Source,
    found: Vec<(Source, Diagnostic)>,
}

/// What was just found, to be completed.
#[derive(Debug)]
pub struct Found<'a>(&'a mut Diagnostic);

impl Findings<'_> {
    /// Something wrong at a place in the file being looked at.
    pub fn push(&mut self, span: Span, message: impl Into<String>) -> Found<'_> {
        let source = self.source.clone();
        self.push_in(&source, span, message)
    }

    /// Something wrong in another file.
    pub fn push_in(
        &mut self,
        source: &Source,
        span: Span,
        message: impl Into<String>,
    ) -> Found<'_> {
        let mut diagnostic = Diagnostic::error(self.check.code, span, message);
        diagnostic.severity = self.check.severity;
        self.found.push((source.clone(), diagnostic));
        Found(&mut self.found.last_mut().expect("one was just pushed").1)
    }
}

impl Found<'_> {
    /// What to write instead.
    pub fn hint(self, hint: impl Into<String>) -> Self {
        self.0.hint = Some(hint.into());
        self
    }

    /// Makes this one more or less severe than the others of its check.
    pub fn severity(self, severity: Severity) -> Self {
        self.0.severity = severity;
        self
    }
}

/// All checks, by code.
pub const CHECKS: &[&Check] = &[
    &reading::DATA,
    &dead_link::CHECK,
    &reading::DUPLICATE_ID,
    &reading::FRONT_MATTER,
    &heading_order::CHECK,
    &link_text::CHECK,
];

/// The check with a code.
pub fn named(code: &str) -> Option<&'static Check> {
    CHECKS.iter().copied().find(|check| check.code == code)
}

/// Runs all checks over a site.
pub fn run(scene: &Scene<'_>, report: &mut Report) {
    let pages: Vec<_> = scene.site.pages.par_iter().map(|page| on_page(scene, page)).collect();
    let snippets: Vec<_> =
        scene.site.snippets.values().map(|text| on_text(scene, text, None)).collect();
    let whole = CHECKS.iter().filter_map(|check| match check.run {
        Run::Site(run) => {
            let mut findings = Findings { check, source: scene.settings, found: Vec::new() };
            run(scene, &mut findings);
            Some(findings.found)
        }
        _ => None,
    });
    for (source, diagnostic) in pages.into_iter().chain(snippets).chain(whole).flatten() {
        report.add(&source, [diagnostic]);
    }
}

fn on_page(scene: &Scene<'_>, page: &Page) -> Vec<(Source, Diagnostic)> {
    if page.made { Vec::new() } else { on_text(scene, &page.text, Some(page)) }
}

fn on_text(scene: &Scene<'_>, text: &Text, page: Option<&Page>) -> Vec<(Source, Diagnostic)> {
    let subject = Subject { scene, text, page };
    let mut all = Vec::new();
    for check in CHECKS {
        let mut findings = Findings { check, source: &text.document.source, found: Vec::new() };
        match (check.run, page) {
            (Run::Text(run), _) => run(&subject, &mut findings),
            (Run::Page(run), Some(page)) => run(&subject, page, &mut findings),
            _ => {}
        }
        all.extend(findings.found);
    }
    all
}
