//! `above-below`: words that point to another place of the page. Whoever hears the page, or
//! reads it on a phone, does not know where that is. In letters `letter-pointer` looks.

use std::{cell::LazyCell, ops::Range};

use super::{Check, Looks, Marks, Rule, Subject, not_prose, prose::Prose};
use crate::{
    parse::{Block, Document, walk::Run},
    text::Span,
};

pub(super) const CHECK: Check =
    Rule::warning("above-below", Looks::Words, include_str!("above_below.md")).on_text(run);

/// What stands before `above` and `below` when they mean a place of the page.
#[rustfmt::skip] // a list of words
const POINTED: &[&str] = &[
    "see", "as", "mentioned", "given", "shown", "listed", "stated", "out", "found", "described", "detailed", "outlined", "noted", "explained",
    "provided", "defined", "specified", "number", "numbers", "address", "table", "list", "details", "form", "link", "links",
    "section", "sections", "box", "contact", "contacts", "information", "steps", "points", "guidance", "criteria", "paragraph", "diagram",
    "chart", "map", "rules", "conditions", "options", "questions", "date", "items", "email", "example", "examples", "procedure", "process",
];

/// What stands after `the above`.
#[rustfmt::skip] // a list of words
const POINTING: &[&str] = &[
    "number", "numbers", "address", "table", "list", "details", "form", "link", "section", "criteria", "information", "steps", "points",
    "named", "mentioned", "guidance", "rules", "conditions", "options", "questions", "procedure", "process", "items", "contact", "services",
    "team", "period", "date", "documents", "circumstances",
];

fn run(subject: &Subject<'_>, marks: &mut Marks) {
    if subject.is_letter() || !subject.is_english() {
        return;
    }
    let prose = subject.prose;
    let near = LazyCell::new(|| Neighbours::of(&subject.text.document));
    for sentence in prose.said() {
        let run = &prose.runs[sentence.run];
        if !not_prose::is_own(run) || run.run == Run::Heading {
            continue;
        }
        for at in sentence.words.clone() {
            let Some(words) = pointer(prose, at, sentence.words.clone()) else { continue };
            let place = prose.stretch(words);
            let said = prose.small_at(place.clone());
            let at = prose.span(place.clone());
            let is_beside = if said.ends_with("below") {
                prose.text[..run.text.end].trim_end().ends_with(':')
                    || is_in(&near.before, at)
                    || PARTS.contains(&said) && is_in(&near.before_part, at)
            } else {
                said.ends_with("above") && is_in(&near.behind, at)
            };
            let is_here = || said.ends_with("below") && is_in(&near.in_list, at);
            let is_led = || !said.starts_with("over") && links_here(subject, &place);
            let is_there =
                (is_beside || is_here()) && !NUMBERS.iter().any(|word| said.starts_with(word));
            if subject.not_prose().holds(&place) || is_there || is_led() {
                continue;
            }
            let message =
                format!("“{}” says a direction and not a place", &prose.text[place.clone()]);
            let first = prose.small(sentence.words.start);
            let of_page = OF_PAGE.iter().find(|noun| said.strip_suffix(" below") == Some(noun));
            let hint = if let Some(noun) = of_page.filter(|_| is_first(&subject.text.document, at))
            {
                &format!("write `{noun} on this page`")
            } else if said.ends_with("below") && FILLED_IN.contains(&first) {
                "leave the direction out"
            } else {
                "write the words again, or link to their heading: `[what to keep](#what-to-keep)`"
            };
            marks.push(prose.span(place), message).hint(hint);
        }
    }
}

/// The words that point, when the one at `at` is the last of them.
fn pointer(prose: &Prose<'_>, at: usize, words: Range<usize>) -> Option<Range<usize>> {
    let before = |offset: usize| {
        at.checked_sub(offset).filter(|at| *at >= words.start).map_or("", |at| prose.small(at))
    };
    let next = if at + 1 < words.end && prose.after(at) == " " { prose.small(at + 1) } else { "" };
    match prose.small(at) {
        "overleaf" => Some(at..at + 1),
        "above-mentioned" | "abovementioned" | "undermentioned" | "below-mentioned" => {
            Some(at..at + 1)
        }
        "above" | "below" => {
            let is_measured = next.starts_with(|c: char| c.is_ascii_digit())
                || prose.after(at).contains('£')
                || matches!(
                    next,
                    "the"
                        | "a"
                        | "an"
                        | "this"
                        | "that"
                        | "your"
                        | "pension"
                        | "all"
                        | "zero"
                        | "freezing"
                        | "average"
                );
            if is_measured && !POINTING.contains(&next) {
                return None;
            }
            if matches!(before(1), "the" | "all" | "any") || before(1) == "of" {
                let is_thing = before(2) == "of"
                    || next.is_empty()
                    || POINTING.contains(&next)
                    || !prose.after(at).starts_with(' ');
                return is_thing.then(|| at - 1..at + 1);
            }
            // `and above`, `or below` is a measure, unless it is both: `above and below`.
            if matches!(before(1), "and" | "or") {
                let is_age =
                    before(2).ends_with(|c: char| c.is_ascii_digit()) || before(2).is_empty();
                return (!is_age && matches!(before(2), "above" | "below")).then(|| at - 2..at + 1);
            }
            let is_pointed =
                POINTED.contains(&before(1)) || before(1) == "to" && before(2) == "referred";
            // `set out above`
            let first = if before(1) == "out" && before(2) == "set" { at - 2 } else { at - 1 };
            is_pointed.then(|| first..at + 1)
        }
        "overpage" => Some(at..at + 1),
        _ => None,
    }
}

/// What the beginning of a page says of all of it.
const OF_PAGE: &[&str] = &["guidance", "information"];

/// Whether a place is in the paragraph that a page begins with.
fn is_first(document: &Document, place: Span) -> bool {
    let first = document.blocks.first();
    matches!(first, Some(Block::Paragraph(_, span)) if span.start <= place.start && place.end <= span.end)
}

/// How a sentence begins that stands above what is filled in.
const FILLED_IN: &[&str] = &["choose", "enter", "pick", "select", "tick", "type"];

/// What the next part of a page is where a heading follows at once. A number or a table may have
/// been taken out.
const PARTS: &[&str] = &["described below", "explained below", "listed below", "steps below"];

/// What a list beside it may not hold.
const NUMBERS: &[&str] = &["number", "address", "email", "contact"];

/// Paragraphs beside what they point to: nobody has to look for it.
#[derive(Debug, Default)]
struct Neighbours {
    /// Those that a list, a table or a record follows at once.
    before: Vec<Span>,
    /// Those that a heading follows at once.
    before_part: Vec<Span>,
    /// Those that stand right behind a list, a table or a record.
    behind: Vec<Span>,
    /// Items of a list that another follows.
    in_list: Vec<Span>,
}

impl Neighbours {
    fn of(document: &Document) -> Self {
        let is_thing = |block: &Block| {
            matches!(block, Block::List { .. } | Block::Table(_) | Block::Record(_))
        };
        let mut all = Self::default();
        let lists = document.blocks.iter().filter_map(|block| match block {
            Block::List { items, .. } => items.split_last().map(|(_, before)| before),
            _ => None,
        });
        let before = lists.flatten().flat_map(|item| &item.blocks);
        all.in_list = before.filter_map(|block| document.span_of(block)).collect();
        for pair in document.blocks.windows(2) {
            match pair {
                [Block::Paragraph(_, span), next] if is_thing(next) => all.before.push(*span),
                [Block::Paragraph(_, span), Block::Heading(_)] => all.before_part.push(*span),
                [thing, Block::Paragraph(_, span)] if is_thing(thing) => all.behind.push(*span),
                _ => {}
            }
        }
        all
    }
}

/// Whether a link to a heading of the page stands right beside the words: `the [list](#list) below`.
fn links_here(subject: &Subject<'_>, place: &Range<usize>) -> bool {
    let (prose, links) = (subject.prose, &subject.text.document.links);
    let is_near = |between: Option<&str>| {
        between.is_some_and(|between| {
            !between.contains('\n') && between.split_whitespace().count() <= NEAR
        })
    };
    let next = prose.links.partition_point(|link| link.end <= place.start);
    let before =
        next.checked_sub(1).filter(|at| is_near(prose.text.get(prose.links[*at].end..place.start)));
    let after = prose.links.get(next).filter(|link| is_near(prose.text.get(place.end..link.start)));
    let beside = before.into_iter().chain(after.map(|_| next));
    let mut own = beside.filter_map(|at| links.get(*prose.link_numbers.get(at)?));
    own.any(|link| link.destination.starts_with('#'))
}

/// So many words may stand between a link and what points the same way.
const NEAR: usize = 1;

/// Whether a place is in one of these, which are in order.
fn is_in(all: &[Span], place: Span) -> bool {
    let next = all.partition_point(|one| one.end <= place.start);
    all.get(next).is_some_and(|one| one.start <= place.start)
}
