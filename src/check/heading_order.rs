//! `heading-order`: headings that skip a level, pages with two titles, and headings twice.

use std::collections::HashSet;

use super::{Check, Looks, Marks, Rule, Subject};
use crate::{model::Page, parse::Heading, rule::Severity};

pub(super) const CHECK: Check =
    Rule::error("heading-order", Looks::Words, include_str!("heading_order.md"))
        .explains(&["heading-levels"])
        .on_written(run);

fn run(subject: &Subject<'_>, page: &Page, marks: &mut Marks) {
    let document = &subject.text.document;
    let headings = &document.headings;
    if page.kind.sheet().is_some() {
        return; // A letter is a document inside the page, with a title of its own.
    }
    let mut level = 1;
    let mut is_first = true;
    for heading in headings {
        if heading.text.trim().is_empty() {
            let hint = "write some, or take it out";
            marks.push(heading.span, "this heading has no words").hint(hint);
        }
        if heading.level == 1
            && !heading.text.contains("<<<<<<< ")
            // A line of `=` under a sentence: `stray-marks` says so.
            && !(heading.text.ends_with('.') && document.source.at(heading.span).contains('\n'))
            && !(is_first && (page.front.title.is_none() || heading.text == page.title))
        {
            let message = format!("“{}” is a second title", heading.text);
            marks.push(heading.span, message).hint(format!("write `## {}`", heading.text));
        } else if heading.level > level + 1 {
            let message = format!(
                "“{}” is a heading of level {} below one of level {level}",
                heading.text, heading.level
            );
            let signs = "#".repeat(usize::from(level) + 1);
            marks.push(heading.span, message).hint(format!("write `{signs} {}`", heading.text));
        }
        level = heading.level.max(1);
        is_first = false;
    }
    twins(headings, marks);
}

/// Headings that cannot be told apart in a list of contents: with the same words, at the same
/// level and in the same part.
fn twins(headings: &[Heading], marks: &mut Marks) {
    let mut seen: [HashSet<String>; 7] = Default::default();
    let mut told = HashSet::new();
    for heading in
        headings.iter().filter(|heading| !heading.explicit && !heading.text.trim().is_empty())
    {
        let level = usize::from(heading.level).min(6);
        seen[level + 1..].iter_mut().for_each(HashSet::clear);
        let words = heading.text.to_lowercase();
        // However often the same words come again, they are one slip.
        if !seen[level].insert(words.clone()) && told.insert(words) {
            let message = format!("“{}” is a heading twice in the same part", heading.text);
            let hint = "say in each what is only in that part";
            marks.push(heading.span, message).hint(hint).severity(Severity::Warning);
        }
    }
}
