//! `staff-words`: words that say themselves that they are for staff, where everyone reads them.

use std::ops::Range;

use super::{
    Check, Looks, Marks, Rule, Subject,
    prose::{Prose, Stretch, Voice},
};
use crate::{parse::walk::Run, rule::Severity, text::shorten};

pub(super) const CHECK: Check =
    Rule::error("staff-words", Looks::Words, include_str!("staff_words.md")).on_text(run);

/// How people begin what only their own team is to read, in small letters.
#[rustfmt::skip] // a list of words
const LABELS: &[&str] = &[
    "staff only", "for staff only", "for staff use", "staff note", "staff notes", "note for staff", "notes for staff", "note to staff",
    "notes to staff", "internal only", "for internal use", "internal note", "internal notes", "for internal staff",
    "not for publication", "not for public release", "do not publish", "do not share with the public", "council staff only",
    "for social workers only", "social workers only", "for practitioners only", "practitioners only", "practitioner note",
    "note for social workers", "notes for social workers",
    "ar gyfer staff", "ar gyfer staff yn unig", "i staff yn unig", "staff yn unig", "nodyn i staff", "nodiadau i staff", "mewnol yn unig",
];

/// The same, which also say it in brackets after something.
#[rustfmt::skip] // a list of words
const IN_BRACKETS: &[&str] = &[
    "for staff only", "staff use only", "for staff use only", "internal use", "internal use only", "for internal use only", "not for the public",
    "nid i’r cyhoedd",
];

/// How many letters are looked through for the end of a bracket.
const LONGEST: usize = 40;

/// What is a label with a colon alone: a page may speak of what is there for staff.
const WITH_COLON: &[&str] =
    &["for staff", "for practitioners", "for workers", "for social workers"];

/// What is one in a quote, where boxes are: `> Staff: …`.
const IN_QUOTES: &[&str] = &["staff", "staff box", "internal", "mewnol"];

fn run(subject: &Subject<'_>, marks: &mut Marks) {
    let prose = subject.prose;
    for (number, run) in prose.runs.iter().enumerate() {
        if run.voice == Voice::Staff {
            continue;
        }
        let Some((found, is_sure)) = label(prose, number) else { continue };
        let words = &prose.text[found.clone()];
        let what = match run.run {
            Run::Heading => "is a heading, and everyone reads what is below it",
            _ => "keeps nothing from the public: everyone reads this",
        };
        let severity = if is_sure { Severity::Error } else { Severity::Warning };
        let hint = "put what is for staff in a box: `> [!STAFF]`; for a whole page, write \
                    `audience: staff` at the top";
        let message = format!("“{}” {what}", shorten(words));
        marks.push(prose.span(found), message).hint(hint).severity(severity);
    }
}

/// Where some words say that they are for staff, and whether there is no doubt: at the
/// beginning of a sentence, or in brackets.
fn label(prose: &Prose<'_>, number: usize) -> Option<(Range<usize>, bool)> {
    let run = &prose.runs[number];
    let end = run.text.end;
    let all = prose.said();
    let first = all.partition_point(|one| one.run < number);
    let mut own = all[first..].iter().take_while(|one| one.run == number);
    let found = own.find_map(|sentence| {
        let start = prose.stretch(sentence.words.clone()).start;
        let length = label_at(&prose.text[start..end], run)?;
        Some((start..start + length, run.run != Run::Heading))
    });
    found.or_else(|| {
        let text = &prose.text[run.text.clone()];
        text.match_indices(['(', '[']).find_map(|(at, _)| {
            let near = text[at + 1..].char_indices().take(LONGEST);
            let (length, _) = near.into_iter().find(|(_, c)| matches!(c, ')' | ']'))?;
            let inner = text[at + 1..at + 1 + length].trim();
            let is_label = IN_BRACKETS.iter().any(|known| is_same(inner, known));
            let start = run.text.start + at;
            is_label.then(|| (start..start + length + 2, false))
        })
    })
}

/// How long the label is that begins some words.
fn label_at(text: &str, run: &Stretch) -> Option<usize> {
    let end = text.find(|c: char| !(c.is_alphanumeric() || matches!(c, ' ' | '’' | '\'')));
    let words = text[..end.unwrap_or(text.len())].trim_end();
    let rest = &text[words.len()..];
    let is_alone = rest.trim_start().is_empty() || rest.starts_with(['.', '!', '\n', ')', ']']);
    let is_colon = rest.trim_start_matches(['*', ' ']).starts_with(':');
    let is_sign = rest.starts_with([',', ';'])
        || [" (", " - ", " – ", " — "].iter().any(|sign| rest.starts_with(sign));
    let one_of = |all: &[&str]| all.iter().any(|known| is_same(words, known));
    let is_heading = run.run == Run::Heading;
    let is_known = || one_of(LABELS) || one_of(IN_BRACKETS);
    let found = (is_colon || is_alone || is_sign) && is_known()
        || (is_colon || is_heading && is_alone) && one_of(WITH_COLON)
        || is_colon && run.voice == Voice::Quoted && one_of(IN_QUOTES);
    let shouted = "STAFF ONLY";
    match found {
        true => Some(words.len()),
        false => words.starts_with(shouted).then_some(shouted.len()),
    }
}

fn is_same(words: &str, known: &str) -> bool {
    let plain = |c: char| if c == '\'' { '’' } else { c };
    words.chars().flat_map(char::to_lowercase).map(plain).eq(known.chars())
}
