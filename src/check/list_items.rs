//! `list-items`: items of a list that do not go on from the words before them, or not all in
//! the same way.

use super::{Check, Looks, Marks, Rule, Subject};
use crate::{
    parse::{Block, Item, plain},
    text::{Span, shorten},
};

pub(super) const CHECK: Check =
    Rule::advice("list-items", Looks::Words, include_str!("list_items.md")).on_text(run);

/// How an item begins, where that is certain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Start {
    /// `the form`, `your rent book`
    Thing,
    /// `checking the form`
    Doing,
    /// `you check the form`
    Sentence,
    /// `to check the form`
    To,
    /// Anything else: `check the form`, `receipts`.
    Other,
}

/// Words in -ing that are things.
#[rustfmt::skip] // a list of words
const THINGS: &[&str] = &[
    "nothing", "something", "anything", "everything", "clothing", "housing", "bedding", "building", "evening", "morning", "wedding",
    "parking", "training", "funding", "hearing", "living", "feeling", "meeting", "ceiling", "heating", "lighting", "flooring", "banking",
    "planning", "nursing", "recycling", "charging", "dressing", "swimming", "gardening", "including", "during", "string", "spring", "king", "missing", "existing", "shopping", "cleaning", "cooking",
];

fn run(subject: &Subject<'_>, marks: &mut Marks) {
    if subject.is_english() {
        blocks(&subject.text.document.blocks, marks);
    }
}

fn blocks(all: &[Block], marks: &mut Marks) {
    let mut before: Option<String> = None;
    for block in all {
        match block {
            Block::Paragraph(inlines, _) => before = Some(plain(inlines)),
            Block::List { items, .. } => {
                if let Some(lead) = before.take().filter(|lead| lead.trim_end().ends_with(':')) {
                    list(&lead, items, marks);
                }
                items.iter().for_each(|item| blocks(&item.blocks, marks));
            }
            Block::Quote { label: Some(_), blocks: inner, .. } => {
                before = None;
                blocks(inner, marks);
            }
            _ => before = None,
        }
    }
}

/// What a lead-in asks for, when it ends in one of these: a verb as it stands.
#[rustfmt::skip] // a list of words
const BEFORE_VERB: &[&str] = &[
    "can", "must", "should", "will", "may", "cannot", "could", "might", "would", "shall", "not", "to",
];

/// Whom a lead-in speaks of, so that what it ends in is no noun: `you can`.
fn asks_for_verb(lead: &str) -> bool {
    let mut words = lead.trim_end_matches(|c: char| !c.is_alphanumeric()).rsplit(' ');
    let last = words.next().unwrap_or_default().to_lowercase();
    if lead.to_lowercase().contains(" if you ") {
        return false; // `Have these by you, if you can:`
    }
    BEFORE_VERB.contains(&last.as_str())
        && words.next().is_some_and(|word| match last.as_str() {
            "to" => matches!(
                word,
                "need" | "needs" | "have" | "has" | "want" | "how" | "able" | "us" | "you"
            ),
            // `as long as they are not:` goes on with what they might be.
            "not" => BEFORE_VERB.contains(&word) || matches!(word, "do" | "does" | "did"),
            _ => true,
        })
}

/// Whether sentences go on from a lead-in: `You cannot report it if:`.
fn asks_for_clauses(lead: &str) -> bool {
    let mut words = lead.trim_end_matches(|c: char| !c.is_alphanumeric()).rsplit(' ');
    let last = words.next().unwrap_or_default().to_lowercase();
    matches!(
        last.as_str(),
        "if" | "because"
            | "when"
            | "unless"
            | "until"
            | "that"
            | "true"
            | "reasons"
            | "following"
            | "where"
    ) && !lead.trim_start().to_lowercase().starts_with("you need")
}

/// Whether what begins as a thing goes on as a sentence: it has a verb that stands in few other
/// places.
fn is_clause(text: &str) -> bool {
    const VERBS: &[&str] = &[
        "is", "are", "was", "were", "has", "have", "had", "does", "do", "did", "will", "can",
        "cannot", "may", "must", "should", "isn’t", "isn't", "wasn’t", "wasn't", "tells",
        "affects", "needs", "wants", "agrees", "lives", "gets", "asks",
    ];
    let mut words = text.split_whitespace().skip(1).take(6);
    // `the bank statements that you have` is a thing.
    let own = words.by_ref().take_while(|word| !matches!(*word, "that" | "who" | "which" | "you"));
    own.map(|word| word.trim_end_matches(|c: char| !c.is_alphanumeric()))
        .any(|word| VERBS.contains(&word))
}

fn list(lead: &str, items: &[Item], marks: &mut Marks) {
    let starts: Vec<(Start, Span, String)> = items
        .iter()
        .filter_map(|item| match item.blocks.first() {
            Some(Block::Paragraph(inlines, span)) => {
                let text = plain(inlines);
                // What leads to a list of its own has its own shape.
                let leads_on = text.trim_end().ends_with(':') && item.blocks.len() > 1;
                (!leads_on).then(|| (start(&text), *span, text))
            }
            _ => None,
        })
        .collect();
    if starts.len() < 2 {
        return;
    }
    if asks_for_verb(lead) {
        for (start, span, text) in &starts {
            if matches!(start, Start::Thing | Start::Sentence | Start::Doing | Start::To) {
                let message =
                    format!("“{}” does not go on from “{}”", shorten(text), shorten(lead.trim()));
                let hint = "begin each item with what to do: `check the form`, or end the words \
                            before the list in another way";
                marks.push(*span, message).hint(hint);
            }
        }
        return;
    }
    // Some that are made otherwise than most.
    let count = |wanted: Start| starts.iter().filter(|(start, ..)| *start == wanted).count();
    let certain = [Start::Thing, Start::Doing, Start::To, Start::Sentence];
    let Some(mut most) = certain.into_iter().max_by_key(|start| count(*start)) else { return };
    // `the manager agrees` and `you agree` are sentences, `checking the form` never is one.
    let sentences = count(Start::Sentence) + count(Start::Thing);
    // Items that end in a full stop are sentences, whatever they begin with: `The notice is too
    // short.`
    let closed = starts.iter().filter(|(.., text)| text.trim_end().ends_with('.')).count();
    let are_closed = closed > 1 && closed * 3 >= starts.len() * 2;
    // `your doctor tells you to stop` begins as a thing does, and is a sentence.
    let things = starts.iter().filter(|(start, ..)| *start == Start::Thing);
    let may_be_clauses = asks_for_clauses(lead) || things.clone().any(|(.., text)| is_clause(text));
    let is_mixed = count(Start::Sentence) > 0 && count(Start::Doing) > 0;
    if is_mixed && sentences >= count(Start::Doing) && sentences > 1 {
        most = Start::Sentence;
    }
    let is_odd = |start: Start| match (most, start) {
        (_, Start::Other) => false,
        // `a letter` and `checking the form` are things, and so is `sneezing`.
        (Start::Thing, Start::Doing) | (Start::Doing | Start::Sentence, Start::Thing) => false,
        (Start::Thing, Start::Sentence) if are_closed || may_be_clauses => false,
        _ => start != most,
    };
    let odd = starts.iter().filter(|(start, ..)| is_odd(*start)).count();
    let is_few = match most {
        Start::Sentence if is_mixed => odd <= sentences,
        _ => odd * 2 <= count(most) && count(most) * 2 >= starts.len() && count(most) > 1,
    };
    if !is_few {
        return;
    }
    for (_, span, text) in starts.iter().filter(|(start, ..)| is_odd(*start)) {
        let message = format!("“{}” is not made like the other items", shorten(text));
        let hint = "begin all items in the same way: all things, or all with what to do";
        marks.push(*span, message).hint(hint);
    }
}

fn start(text: &str) -> Start {
    let mut words = text.split_whitespace();
    let first = words.next().unwrap_or_default();
    let low = first.to_lowercase();
    let low = low.trim_end_matches(|c: char| !c.is_alphanumeric());
    let second = words.next().unwrap_or_default();
    match low {
        "a" | "an" | "the" | "your" | "our" | "their" | "his" | "her" => Start::Thing,
        "you" | "we" | "they" | "he" | "she" | "i" | "there" => Start::Sentence,
        "to" if !second.starts_with(char::is_uppercase) => Start::To,
        _ if low.len() > 5
            && low.ends_with("ing")
            && !THINGS.contains(&low)
            && !second.is_empty() =>
        {
            Start::Doing
        }
        _ => Start::Other,
    }
}
