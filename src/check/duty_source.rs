//! `duty-source`: parts of guidance for staff that say what must be done and not who says so.

use super::{Check, Looks, Marks, Rule, Subject, prose::Voice};
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
