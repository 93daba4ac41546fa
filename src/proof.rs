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
    polish::Finished,
    text::Span,
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
        let message = format!("on the page {}: {}", page.url, mark.message);
        let end = source.line_at(at).1 + source.line_at(at).0.len();
        let mark = Mark { span: Span::new(at, end.max(at)), ..mark };
        report.add(&source, [diagnostic(rule, mark, message)]);
    }
}
