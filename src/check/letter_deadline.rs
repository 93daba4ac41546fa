//! `letter-deadline`: days to reply by that are gone before anybody reads the letter.

use super::{Check, Looks, Marks, Rule, Subject, letters, prose::GAP};
use crate::{
    letter::answer,
    model::{Page, kind::FieldType},
    rule::Severity,
    text::{Date, Span, date::Months},
};

pub(super) const CHECK: Check =
    Rule::error("letter-deadline", Looks::Letters, include_str!("letter_deadline.md"))
        .on_written(run);

/// Words before a date that make it one to reply by, in small letters: “by”, and “not
/// later than”. “Before” may tell of what was.
const BEFORE: &[&str] = &["by", "than"];

/// What people are asked to do by a day.
#[rustfmt::skip] // a list of words
const ASKS: &[&str] = &[
    "please", "must", "need", "send", "reply", "return", "submit", "pay ", "tell", "call", "write", "sign", "answer",
    "grateful",
];

/// Names of fields that ask for such a date.
const NAMES: &[&str] =
    &["reply by", "deadline", "due date", "respond by", "return by", "send by", "answer by"];

fn run(subject: &Subject<'_>, page: &Page, marks: &mut Marks) {
    let Some(letter) = page.kind.letter() else { return };
    for field in &letter.fields {
        let name = field.name.value.to_lowercase();
        let is_deadline = NAMES.iter().any(|known| name.contains(known));
        if field.kind == FieldType::Date && is_deadline && field.at_least.is_empty() {
            let message =
                format!("nothing keeps “{}” from being a day that is gone", field.name.value);
            let hint = "add the time that people need: `at least: 14 days`";
            marks.push(field.name.span, message).hint(hint);
        }
    }
    let today = subject.world.today;
    let months = subject.world.site.languages.months();
    let prose = subject.prose;
    let asks = |small: &str| ASKS.iter().any(|ask| small.contains(ask));
    if letter.from.is_some() && subject.is_english() {
        late(subject, page, marks);
    }
    for sentence in letters::sentences(subject).into_iter().filter(|sentence| asks(&sentence.small))
    {
        let words: Vec<&str> = sentence.text.split_whitespace().collect();
        for (at, word) in words.iter().enumerate() {
            if !BEFORE.contains(&word.to_lowercase().as_str()) {
                continue;
            }
            let rest = &words[at + 1..];
            let rest = rest.strip_prefix(&["the"]).unwrap_or(rest);
            let date = |count: usize| {
                let text = rest.get(..count)?.join(" ");
                let text = text.trim_matches(|c: char| !c.is_alphanumeric());
                day(text, months).map(|day| (day, text.to_owned()))
            };
            let Some((day, said)) = date(3).or_else(|| date(1)) else { continue };
            if day < today {
                let message = format!("“{said}” is gone, so nobody can reply by then");
                let hint = "make it a field: `{name: reply by, type: date, at least: 14 days}`";
                marks.push(prose.span(sentence.place.clone()), message).hint(hint);
            }
        }
    }
}

/// How a sentence begins that asks for something.
const ACTS: &[&str] = &[
    "answer", "call", "pay", "reply", "return", "ring", "send", "sign", "submit", "tell", "write",
];

/// So many words may stand before the day by which people must act: half a page of a letter.
/// Source: our own.
const FEW_BEFORE: usize = 150;

/// What to do by when stands where it is seen without scrolling far.
fn late(subject: &Subject<'_>, page: &Page, marks: &mut Marks) {
    let prose = subject.prose;
    let months = subject.world.site.languages.months();
    let is_date = |name: &str| page.field(name).is_some_and(|field| field.kind == FieldType::Date);
    let mut before = 0;
    for sentence in letters::sentences(subject) {
        let place = prose.span(sentence.place.clone());
        let is_here = |span: Span| place.start <= span.start && span.end <= place.end;
        let has_field = || prose.values.iter().any(|used| is_here(used.span) && is_date(used.name));
        let words: Vec<&str> = sentence.text.split_whitespace().collect();
        let is_limit = words.iter().enumerate().any(|(at, word)| {
            let is_before = matches!(word.to_lowercase().as_str(), "by" | "before" | "than");
            let rest = &words[at + 1..];
            let said = rest[..rest.len().min(3)].join(" ");
            let said = said.trim_matches(|c: char| !c.is_alphanumeric() && c != GAP);
            is_before && (day(said, months).is_some() || said.starts_with(GAP) && has_field())
        });
        // `We will call you by 3 May` asks for nothing.
        let begins = sentence.small.split(' ').next().unwrap_or_default();
        let is_asked = ["please ", "you must ", "you need to ", "you have to "]
            .iter()
            .any(|ask| sentence.small.contains(ask))
            || ACTS.contains(&begins);
        if is_limit && is_asked {
            if before > FEW_BEFORE {
                let message = format!("the day to act by stands here, behind {before} words");
                let hint = "say in the first lines what to do, and by when";
                marks.push(place, message).hint(hint).severity(Severity::Warning);
            }
            return;
        }
        before += sentence.text.split_whitespace().count();
    }
}

/// A day in words or in digits; two digits are a year of this century.
fn day(text: &str, months: &Months) -> Option<Date> {
    let short = |text: &str| {
        let (start, year) = text.rsplit_once(['.', '/', '-'])?;
        (year.len() == 2).then(|| format!("{start}.20{year}"))
    };
    answer::date(text, months).or_else(|| answer::date(&short(text)?, months))
}
