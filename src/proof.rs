//! Proofs: the finished site, looked at once more before it is published.
//!
//! The audit knows finished HTML alone, and what it finds is told here where somebody can
//! mend it: in the content file, or in the template.

use std::collections::HashSet;

use rayon::prelude::*;

use self::origin::origin;
use crate::{
    audit::{Audit, Mark, Published, RULES, across, diagnostic},
    diagnostic::{Outcome, Report},
    html::outline::Outline,
    load::Theme,
    model::Site,
    polish::{Finished, SourcePlace},
    text::{Source, Span},
};

pub mod left_over;
mod origin;

/// Runs all rules over every page, and reads its words.
pub fn audit(pages: &[Finished], published: &Published<'_>) -> (Vec<Audit>, Vec<Outline>) {
    pages.par_iter().map(|page| audit_page(page, published)).unzip()
}

/// The same for one page.
pub fn audit_page(page: &Finished, published: &Published<'_>) -> (Audit, Outline) {
    published.audit(&page.url.output(), &String::from_utf8_lossy(&page.html))
}

/// Says what was found where an editor, or the maker of the theme, can mend it.
pub fn tell(
    pages: &[Finished],
    audits: Vec<Audit>,
    site: &Site,
    theme: &Theme,
    report: &mut Report,
) {
    let mut seen = Vec::with_capacity(audits.len());
    let mut found: Vec<(usize, usize, Mark)> = Vec::new();
    for (number, audit) in audits.into_iter().enumerate() {
        // What needs a person is for those who ask: `plainsite audit`.
        let failed = audit.marks.into_iter().filter(|(_, mark)| mark.outcome == Outcome::Failed);
        found.extend(failed.map(|(rule, mark)| (number, rule, mark)));
        seen.push(audit.seen);
    }
    for (page, rule, marks, _) in across(&seen, RULES) {
        found.extend(marks.into_iter().map(|mark| (page, rule, mark)));
    }
    let mut told = HashSet::new();
    for (number, rule, mark) in found {
        let (page, rule) = (&pages[number], RULES[rule]);
        let (source, at) = origin(page, mark.written, mark.span, site, theme);
        // A template, or a text used on many pages, repeats its fault: once is enough.
        if !told.insert((source.path.clone(), at, rule.code, mark.message.clone())) {
            continue;
        }
        if is_consequence(rule.code, (&source, at), page, site, report) {
            continue;
        }
        let message = format!("on the page {}: {}", page.url, mark.message);
        let end = source.line_at(at).1 + source.line_at(at).0.len();
        let mark = Mark { span: Span::new(at, end.max(at)), ..mark };
        report.add(&source, [diagnostic(rule, mark, message)]);
    }
}

/// What the audit finds because of what a check has found: the rule, the check, and whether
/// they are about one place in a file. The cause is told of in the words of the editor, and
/// what follows from it is not told again.
const CONSEQUENCES: &[(&str, &str, bool)] = &[
    ("contrast", "colours", false),
    ("contrast-enhanced", "colours", false),
    ("contrast-enhanced", "contrast", true),
    ("dead-address", "dead-link", true),
    ("dead-fragment", "dead-link", true),
    ("heading-levels", "heading-order", true),
    ("image-alt-text", "image-alt", true),
    ("image-name", "image-alt", true),
    ("link-name", "link-text", true),
    ("vague-link", "link-text", true),
];

/// Whether what a rule found on a page, written from a place in a file on, follows from what
/// was found there before.
fn is_consequence(
    rule: &str,
    (source, at): (&Source, usize),
    page: &Finished,
    site: &Site,
    report: &Report,
) -> bool {
    let causes = CONSEQUENCES.iter().filter(|(code, ..)| *code == rule);
    causes.filter(|(_, cause, _)| report.has(cause)).any(|(_, cause, is_there)| {
        if !is_there {
            return report.says(cause, "site.toml", &(0..usize::MAX));
        }
        // In the text of the page, up to where the next part of it begins.
        let is_own = page.page.is_some_and(|id| site.pages[id].source().path == source.path);
        let next = page.places.iter().filter_map(|(_, place)| match place {
            SourcePlace::Text(next) if *next > at => Some(*next),
            _ => None,
        });
        let first = source.position(at).line;
        let end = match next.min() {
            Some(next) if is_own => source.position(next).line,
            None if is_own => usize::MAX,
            _ => first,
        };
        report.says(cause, &source.path, &(first..end.max(first + 1)))
    })
}
