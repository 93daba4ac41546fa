//! `letter-ask`: letters that ask for more than one thing, or too often.

use super::{Check, Looks, Marks, Rule, Subject, letters};
use crate::{model::Page, text::shorten};

pub(super) const CHECK: Check =
    Rule::warning("letter-ask", Looks::Letters, include_str!("letter_ask.md")).on_written(run);

/// What begins an ask, in small letters.
const ASKS: &[&str] =
    &["please ", "you must ", "you need to ", "we need you to ", "i need you to "];

/// What begins an ask or something else: `you should get your money soon`.
const PERHAPS: &[&str] =
    &["you will need to ", "you should ", "could you ", "can you ", "would you ", "will you "];

/// What people are asked to do about the letter itself, which is no other task.
#[rustfmt::skip] // a list of words
const ABOUT_IT: &[&str] = &[
    "note", "see", "call", "contact", "phone", "ring", "tell", "ask", "let", "read", "do", "speak", "talk", "say",
    "reply", "answer", "write", "email", "check", "keep", "give", "explain",
];

/// Parts in which people are told how and where to get help.
const OTHER_PARTS: &[&str] = &["help", "next", "complain", "advice", "how"];

/// So many times is polite. Source: letters that people answered, in which it
/// stands once or twice.
const MOST_PLEASE: usize = 3;

/// So many things to do fit in a sentence: `fill it in and send it back`.
const MOST_IN_ONE: usize = 2;

/// What people are asked to do with papers, in small letters.
#[rustfmt::skip] // a list of words
const TASKS: &[&str] = &[
    "complete", "sign", "return", "send", "attach", "enclose", "obtain", "get", "provide", "fill", "bring", "pay", "submit", "copy", "post",
    "include", "date", "confirm", "forward", "keep", "collect", "ask", "call", "contact", "tick", "write", "check", "ring", "find", "close", "cancel", "print",
    "upload", "scan",
];

/// How many things the words of an ask ask for.
fn asks_in(ask: &str) -> usize {
    let parts = ask.split([',', ';']).flat_map(|part| part.split(" and "));
    let first = |part: &str| {
        let words = part.split_whitespace().find(|word| !matches!(*word, "also" | "then" | "to"));
        words.unwrap_or_default().to_owned()
    };
    parts.filter(|part| TASKS.contains(&first(part).as_str())).count()
}

fn run(subject: &Subject<'_>, page: &Page, marks: &mut Marks) {
    if page.kind.letter().is_none() || !subject.is_english() {
        return;
    }
    let mut first: Option<(String, String)> = None;
    let mut please = Vec::new();
    for sentence in letters::sentences(subject) {
        let count = sentence.small.matches("please").count();
        please.extend(std::iter::repeat_n(sentence.place.clone(), count));
        if sentence.is_when {
            continue;
        }
        let after = |all: &[&str]| {
            let mut all = all.iter();
            all.find_map(|ask| sentence.small.strip_prefix(ask)).map(str::to_owned)
        };
        let (certain, perhaps) = (after(ASKS), after(PERHAPS));
        let Some(ask) = certain.as_deref().or(perhaps.as_deref()) else { continue };
        let before = ["also ", "please ", "remember to ", "make sure to ", "make sure that you "];
        let ask = before.iter().find_map(|words| ask.strip_prefix(words)).unwrap_or(ask);
        let asks = asks_in(ask);
        if asks > MOST_IN_ONE {
            let message = format!("“{}” asks for {asks} things at once", shorten(sentence.text));
            let hint = "give each thing to do a line of its own, in a list";
            marks.push(subject.prose.span(sentence.place.clone()), message).hint(hint);
        }
        let verb: String = ask.chars().take_while(|c| c.is_alphabetic()).collect();
        if certain.is_none()
            || OTHER_PARTS.contains(&sentence.part)
            || ABOUT_IT.contains(&verb.as_str())
        {
            continue;
        }
        match &first {
            None => first = Some((verb, shorten(sentence.text))),
            Some((known, _)) if *known == verb => {}
            Some((_, said)) => {
                let message = format!(
                    "“{}” asks for a second thing; the first was “{said}”",
                    shorten(sentence.text)
                );
                let hint = "ask for one thing in one letter, or make a list of what belongs to it";
                marks.push(subject.prose.span(sentence.place.clone()), message).hint(hint);
            }
        }
    }
    if let Some(place) = please.get(MOST_PLEASE) {
        let message = format!("this letter says “please” {} times", please.len());
        let hint = "ask once, and say the rest as plain facts";
        marks.push(subject.prose.span(place.clone()), message).hint(hint);
    }
}
