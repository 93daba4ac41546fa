//! `staff-words`: words that say themselves that they are for staff, where everyone reads them.

use std::ops::Range;

use super::{
    Check, Looks, Marks, Rule, Subject,
    prose::{GAP, Voice},
};
use crate::{parse::walk::Run, rule::Severity, text::shorten};

pub(super) const CHECK: Check =
    Rule::error("staff-words", Looks::Words, include_str!("staff_words.md")).on_text(run);

/// How people begin what only their own team is to read, in small letters.
#[rustfmt::skip] // a list of words
const LABELS: &[&str] = &[
    "staff only", "for staff only", "for staff", "staff use only", "for staff use only", "staff note", "staff notes", "note for staff",
    "notes for staff", "note to staff", "notes to staff", "internal", "internal only", "internal use only", "for internal use",
    "for internal use only", "internal note", "internal notes", "not for the public", "not for publication", "not for public release",
    "do not publish", "do not share with the public", "workers only", "for workers only", "social workers only",
    "for social workers only", "practitioners only", "for practitioners only", "practitioner note", "council staff only",
    "ar gyfer staff yn unig", "ar gyfer staff", "i staff yn unig", "staff yn unig", "nodyn i staff", "nodiadau i staff", "mewnol yn unig", "nid i’r cyhoedd",
];

/// What is a label only with a sign after it: a page may speak of staff.
const SHORT: &[&str] = &["staff", "staff box", "workers", "practitioners", "team only", "mewnol"];

fn run(subject: &Subject<'_>, marks: &mut Marks) {
    let prose = subject.prose;
    for run in prose.runs.iter().filter(|run| run.voice != Voice::Staff) {
        let text = &prose.text[run.text.clone()];
        let Some(found) = label(text, run.run) else { continue };
        let is_heading = run.run == Run::Heading;
        let words = &text[found.clone()];
        let (what, severity) = match is_heading {
            true => ("is a heading, and everyone reads what is below it", Severity::Warning),
            false => ("keeps nothing from the public: everyone reads this", Severity::Error),
        };
        let place = run.text.start + found.start..run.text.start + found.end;
        marks
            .push(prose.span(place), format!("“{}” {what}", shorten(words)))
            .hint("put what is for staff in a box: `> [!STAFF]`; for a whole page, write `audience: staff` at the top")
            .severity(severity);
    }
}

/// Where some words say that they are for staff: at the beginning of a sentence, or in round or
/// square brackets.
fn label(text: &str, run: Run) -> Option<Range<usize>> {
    let ends = text.match_indices(['.', '!', '?', '\n', GAP]).map(|(at, end)| at + end.len());
    for sentence in std::iter::once(0).chain(ends) {
        let rest = &text[sentence..];
        let start =
            sentence + rest.len() - rest.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
        if let Some(end) = label_at(&text[start..], run == Run::Heading) {
            return Some(start..start + end);
        }
    }
    let brackets = text.match_indices(['(', '[']).map(|(at, _)| at + 1);
    let mut inside = brackets.filter_map(|at| {
        let end = text[at..].find([')', ']'])?;
        let inner = &text[at..at + end];
        let is_whole = LABELS.iter().any(|known| is_same(inner.trim(), known));
        is_whole.then(|| at - 1..at + end + 1)
    });
    inside.next()
}

/// Where the label that begins some words ends.
fn label_at(text: &str, is_heading: bool) -> Option<usize> {
    let end = text.find(|c: char| !(c.is_alphanumeric() || matches!(c, ' ' | '’' | '\'')));
    let end = end.unwrap_or(text.len());
    let words = text[..end].trim_end();
    let rest = text[words.len()..].trim_start();
    let is_known = |known: &&str| is_same(words, known);
    let is_sign = rest.starts_with([':', '-', '–', '—']);
    let ends = is_sign || rest.is_empty() || rest.starts_with(['.', '!', '\n', ')', ']']);
    let found = LABELS.iter().any(|known| is_known(&known))
        && (ends || is_heading && rest.is_empty())
        || SHORT.iter().any(|known| is_known(&known)) && rest.starts_with(':') && !is_heading;
    found.then_some(words.len())
}

fn is_same(words: &str, known: &str) -> bool {
    let plain = |c: char| if c == '\'' { '’' } else { c };
    words.chars().flat_map(char::to_lowercase).map(plain).eq(known.chars())
}
