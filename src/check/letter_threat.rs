//! `letter-threat`: letters that threaten before they help.

use super::{Check, Looks, Marks, Rule, Subject, letters};
use crate::model::Page;

pub(super) const CHECK: Check =
    Rule::warning("letter-threat", Looks::Letters, include_str!("letter_threat.md"))
        .on_written(run);

/// What will be done to somebody, in small letters.
const THREATS: &[&str] = &[
    "failure to",
    "legal action",
    "to court",
    "may lead to",
    "will lead to",
    "could lead to",
    "will result in",
    "may result in",
    "could result in",
    "we will refer",
    "will be referred",
    "will be stopped",
    "may be stopped",
    "will be suspended",
    "may be suspended",
    "will stop your",
    "may stop your",
    "will be withdrawn",
    "may be withdrawn",
    "will be taken back",
    "take back the money",
    "debt collection",
    "bailiff",
    "evict",
    "prosecut",
    "you will lose",
];

/// What is offered to the reader.
const HELP: &[&str] = &[
    "need help",
    "help you",
    "we can help",
    "more time",
    "call us",
    "ring us",
    "phone us",
    "contact us",
    "talk to us",
    "tell us",
    "ask us",
    "you can call",
    "you can ask",
    "someone to help",
    "email us",
];

fn run(subject: &Subject<'_>, page: &Page, marks: &mut Marks) {
    // Who writes to an office may say what they will do.
    let from_office = page.kind.letter().is_some_and(|letter| letter.to.is_none());
    if !from_office || !subject.is_english() {
        return;
    }
    for sentence in letters::sentences(subject) {
        if HELP.iter().any(|help| sentence.small.contains(help)) {
            return;
        }
        if let Some(threat) = THREATS.iter().find(|threat| sentence.small.contains(*threat)) {
            let message = format!("“{threat}” comes before any help");
            let hint = "say first who can help and that there is more time, then what will happen";
            marks.push(subject.prose.span(sentence.place.clone()), message).hint(hint);
            return;
        }
    }
}
