//! `duty-source`: parts of guidance for staff that say what must be done and not who says so,
//! and sentences anywhere that speak of a duty in law of the office and do not name the law.

use std::{collections::BTreeSet, ops::Range};

use super::{
    Check, Looks, Marks, Rule, Subject,
    prose::{Prose, Voice},
};
use crate::{parse::walk::Run, text::Span};

pub(super) const CHECK: Check =
    Rule::warning("duty-source", Looks::Words, include_str!("duty_source.md")).on_text(run);

/// So many duties without a source are told of; fewer are how a colleague speaks.
const FEWEST: usize = 2;

/// What a duty rests on.
#[rustfmt::skip] // a list of words
const SOURCES: &[&str] = &[
    "act", "acts", "law", "laws", "legal", "legally", "regulation", "regulations", "code", "policy", "policies", "guidance", "statutory",
    "section", "article", "gdpr", "court", "standard", "standards", "contract", "agreement", "scheme", "toolkit", "framework", "rule",
    "rules", "principle", "principles", "source", "sources", "because",
];

/// What a part is called that says what is to be done itself.
const DUTIES: &[&str] = &["must", "should", "shall"];

/// How a duty in law is spoken of. `legally obliged to` and `statutory` are words that
/// `plain-words` tells of.
const IN_LAW: &[&[&str]] = &[
    &["legal", "duty"],
    &["legal", "duties"],
    &["legal", "obligation"],
    &["legal", "obligations"],
    &["duty", "in", "law"],
];

/// Whose duty it is, where a reader may ask for it. What readers have to do themselves by law
/// they do not look up.
#[rustfmt::skip] // a list of words
const OFFICES: &[&str] = &[
    "council", "councils", "authority", "authorities", "we", "our", "department", "trust", "board", "nhs", "services", "landlord", "landlords",
    "employer", "employers",
];

/// What names a law, as it is written: `the Care Act 2014`.
const LAWS: &[&str] = &["Act", "Acts", "Regulations", "Code", "Measure", "Order"];

/// Where sentences speak of a duty in law of the office, and none of their paragraph names it.
fn unnamed_laws(subject: &Subject<'_>, links: &[Span]) -> Vec<Range<usize>> {
    let prose = subject.prose;
    let mut found = Vec::new();
    let (sections, laws) = laws(prose);
    for paragraph in prose.said().chunk_by(|one, other| one.run == other.run) {
        let run = &prose.runs[paragraph[0].run];
        let span = prose.span(run.text.clone());
        let next = links.partition_point(|link| link.start < span.start);
        let has_link = links.get(next).is_some_and(|link| link.start < span.end);
        let is_named = has_link
            || laws.contains(&sections[paragraph[0].run])
            || run.words.clone().any(|at| LAWS.contains(&prose.word(at)));
        if run.run != Run::Paragraph || run.voice == Voice::Quoted || run.is_example || is_named {
            continue;
        }
        found.extend(paragraph.iter().filter_map(|one| in_law(prose, one.words.clone())));
    }
    found
}

/// In which part of a page each run stands, and which parts name a law with its year: `the Data
/// Protection Act 2018`.
fn laws(prose: &Prose<'_>) -> (Vec<usize>, BTreeSet<usize>) {
    let is_year = |word: &str| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    let (mut sections, mut laws, mut section) = (Vec::new(), BTreeSet::new(), 0);
    for run in &prose.runs {
        section += usize::from(run.run == Run::Heading);
        sections.push(section);
        let mut ends = run.words.start..run.words.end.saturating_sub(1);
        if ends.any(|at| LAWS.contains(&prose.word(at)) && is_year(prose.word(at + 1))) {
            laws.insert(section);
        }
    }
    (sections, laws)
}

/// Where a sentence says that an office has a duty in law.
fn in_law(prose: &Prose<'_>, words: Range<usize>) -> Option<Range<usize>> {
    words.clone().find_map(|at| {
        let phrase = IN_LAW.iter().find(|phrase| prose.has(at, phrase))?;
        let is_office = (words.start..at).any(|before| OFFICES.contains(&prose.small(before)));
        is_office.then(|| prose.words[at].start..prose.words[at + phrase.len() - 1].end)
    })
}

fn run(subject: &Subject<'_>, marks: &mut Marks) {
    if !subject.is_english() || subject.is_letter() {
        return;
    }
    let prose = subject.prose;
    let mut part = Part::default();
    let links = subject.text.document.links.iter();
    let links: Vec<Span> = links.map(|link| link.span).collect();
    let has_source_at_top = subject.text.document.fields().has("source");
    if has_source_at_top {
        return;
    }
    for place in unnamed_laws(subject, &links) {
        let message = format!("“{}” does not say which law", &prose.text[place.clone()]);
        let hint = "name it: `The Care Act 2014 says that we must …`, or say `must` alone";
        marks.push(prose.span(place), message).hint(hint);
    }
    let mut spans: Vec<(Span, usize)> = Vec::new();
    for sentence in prose.said() {
        let run = &prose.runs[sentence.run];
        if run.run == Run::Heading {
            part.end(&mut spans);
        }
        if run.voice != Voice::Staff || run.is_example {
            continue;
        }
        let mut words = sentence.words.clone();
        part.has_source |= words.clone().any(|at| {
            let word = prose.small(at);
            SOURCES.contains(&word)
                || word.ends_with("’s") && SOURCES.contains(&&word[..word.len() - "’s".len()])
        });
        let span = prose.span(prose.stretch(words.clone()));
        let next = links.partition_point(|link| link.start < span.start);
        part.has_source |= links.get(next).is_some_and(|link| link.start < span.end);
        let is_duty = words.any(|at| DUTIES.contains(&prose.small(at)));
        if is_duty {
            part.duties += 1;
            part.first.get_or_insert(span);
        }
    }
    part.end(&mut spans);
    for (span, duties) in spans {
        let message =
            format!("this part says {duties} things that must or should be done, and no source");
        let hint = "say who asks for it, with a link: `The Care Act says we must …`, or `Our \
                    policy on records says …`";
        marks.push(span, message).hint(hint);
    }
}

/// What stands under one heading.
#[derive(Debug, Default)]
struct Part {
    duties: usize,
    first: Option<Span>,
    has_source: bool,
}

impl Part {
    fn end(&mut self, spans: &mut Vec<(Span, usize)>) {
        let Self { duties, first, has_source } = std::mem::take(self);
        if let Some(first) = first.filter(|_| duties >= FEWEST && !has_source) {
            spans.push((first, duties));
        }
    }
}
