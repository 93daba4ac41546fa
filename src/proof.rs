//! Proofs: the finished site, looked at once more before it is published.
//!
//! The audit knows finished HTML alone, and what it finds is told here where somebody can
//! mend it: in the content file, or in the template. It also reads the words of each page
//! ([`Outline`]), of which the search is made.

use std::{
    collections::{BTreeMap, HashSet},
    sync::Arc,
};

use rayon::prelude::*;

use self::origin::origin;
use crate::{
    audit::{Audit, Published, RULES, Seen, across},
    check,
    clock::{Progress, Stage},
    diagnostic::{Diagnostic, Report},
    finish::{Finished, SourcePlace},
    html::outline::Outline,
    kept::{Kept, Key},
    load::Theme,
    model::Site,
    rule::{Looks, Mark, Outcome, Rule},
    text::{Source, Span},
};

pub mod left_over;
mod origin;

/// What is known of a finished page.
#[derive(Debug)]
pub struct Looked {
    /// What the rules found.
    pub audit: Audit,
    /// Its words.
    pub outline: Outline,
    /// The files that it asks for, and whether they were published.
    pub asked: BTreeMap<String, bool>,
}

/// Runs all rules over every page, and reads its words, where that is not `known`.
pub fn audit(
    pages: &[Finished],
    published: &Published<'_>,
    known: &Kept<Looked>,
    progress: &Progress,
) -> Vec<Arc<Looked>> {
    progress.begin(Stage::Audit, pages.len());
    let look = |page| {
        progress.step();
        audit_page(page, published, known)
    };
    pages.par_iter().map(look).collect()
}

/// The same for one page.
pub fn audit_page(page: &Finished, published: &Published<'_>, known: &Kept<Looked>) -> Arc<Looked> {
    let key = Key::of([page.key.bytes().as_slice(), &published.key().bytes()]);
    let holds =
        |looked: &Looked| looked.asked.iter().all(|(file, was)| published.has(file) == *was);
    known.get(key, holds, || {
        let html = String::from_utf8_lossy(&page.html);
        let (mut audit, outline, asked) = published.audit(&page.url.output(), &html);
        // What needs a person is for those who ask: `plainsite audit`.
        audit.marks.retain(|(_, mark)| mark.outcome == Outcome::Failed);
        Looked { audit, outline, asked }
    })
}

/// Says what was found where an editor, or the maker of the theme, can mend it.
pub fn tell(
    pages: &[Finished],
    looked: &[Arc<Looked>],
    site: &Site,
    theme: &Theme,
    report: &mut Report,
) {
    let mut found: Vec<(usize, &'static Rule, Mark)> = Vec::new();
    for (number, looked) in looked.iter().enumerate() {
        let marks = looked.audit.marks.iter();
        found.extend(marks.map(|(rule, mark)| (number, *rule, mark.clone())));
    }
    let seen: Vec<&Seen> = looked.iter().map(|looked| &looked.audit.seen).collect();
    for (page, rule, marks, _) in across(&seen, RULES) {
        let rule = &RULES[rule].rule;
        found.extend(marks.into_iter().map(|mark| (page, rule, mark)));
    }
    let causes = Causes::of(report);
    let mut faint = HashSet::new();
    let mut told = HashSet::new();
    for (number, rule, mark) in found {
        let page = &pages[number];
        let (source, at) = origin(page, mark.written, mark.span, site, theme);
        // A template, or a text used on many pages, repeats its fault: once is enough. Only in
        // a template may the words differ, by the folder that a page is in.
        let mut templates = theme.files.keys().map(|file| theme.name_of(file));
        let is_template = templates.any(|name| *name == *source.path);
        let message = (!is_template).then(|| mark.message.clone());
        if !told.insert((source.path.clone(), at, rule.code, message)) {
            continue;
        }
        // What a template makes of a file with such an error may follow from that.
        let file = page.page.map(|id| &site.pages[id].source().path);
        if is_template && file.is_some_and(|file| causes.files.contains(file)) {
            continue;
        }
        let is_own = page.page.is_some_and(|id| site.pages[id].source().path == source.path);
        if causes.explain(rule.code, &source, at, page, is_own)
            || is_template && file.is_some_and(|file| causes.are_in(rule.code, file))
        {
            continue;
        }
        // What is too faint for level AA is too faint for level AAA.
        let place = (source.path.clone(), at, mark.span);
        match rule.code {
            "contrast" => _ = faint.insert(place),
            "contrast-enhanced" if faint.contains(&place) => continue,
            _ => {}
        }
        let end = source.line_at(at).1 + source.line_at(at).0.len();
        let mark = Mark { span: Span::new(at, end.max(at)), ..mark };
        report.add(&source, [Diagnostic::of(rule, mark).seen_on(page.url.as_str())]);
    }
}

/// The rule of level AAA about colours.
const ADVICE: &str = "contrast-enhanced";

/// The lines on which something was found, by file.
type LinesByFile = BTreeMap<Arc<str>, Vec<usize>>;

/// What was found before the audit, where it may be the cause of what the audit finds: a rule
/// says what it [explains](Rule::explains). The cause is told of in the words of the editor,
/// and what follows from it is not told again.
struct Causes {
    /// The lines of a file on which a cause was found, by what follows from it.
    lines: BTreeMap<&'static str, Vec<LinesByFile>>,
    /// What follows, wherever it is, from what is wrong in the settings.
    everywhere: HashSet<&'static str>,
    /// The files with errors that hold the site back in any case.
    files: HashSet<Arc<str>>,
}

impl Causes {
    fn of(report: &Report) -> Self {
        let files = report.files_held_back();
        let mut causes = Self { lines: BTreeMap::new(), everywhere: HashSet::new(), files };
        for cause in check::rules().into_iter().filter(|rule| report.has(rule.code)) {
            for code in cause.explains {
                match cause.looks {
                    // What only falls short of good practice explains no failure.
                    Looks::Settings if report.has_error(cause.code) || *code == ADVICE => {
                        causes.everywhere.insert(code);
                    }
                    Looks::Settings => {}
                    _ => causes.lines.entry(code).or_default().push(report.lines(cause.code)),
                }
            }
        }
        causes
    }

    /// Whether a file has a cause of what a rule found in the template of its page.
    fn are_in(&self, rule: &str, file: &Arc<str>) -> bool {
        let causes = self.lines.get(rule).into_iter().flatten();
        causes.into_iter().any(|files| files.contains_key(file))
    }

    /// Whether what a rule found on a page, written from a place in a file on, follows from
    /// what was found there before.
    fn explain(&self, rule: &str, source: &Source, at: usize, page: &Finished, own: bool) -> bool {
        if self.everywhere.contains(rule) {
            return true;
        }
        let causes = self.lines.get(rule).into_iter().flatten();
        causes.filter_map(|files| files.get(&source.path)).any(|lines| {
            // In the text of the page, up to where the next part of it begins.
            let next = page.places.iter().filter_map(|(_, place)| match place {
                SourcePlace::Text(next) if *next > at => Some(*next),
                _ => None,
            });
            let all = source.lines();
            let first = all.position(at).line;
            let end = match next.min() {
                Some(next) if own => all.position(next).line,
                None if own => usize::MAX,
                _ => first,
            };
            let from = lines.partition_point(|line| *line < first);
            lines.get(from).is_some_and(|line| *line < end.max(first + 1))
        })
    }
}
