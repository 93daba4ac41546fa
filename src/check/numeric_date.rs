//! `numeric-date`: dates in digits, which people read in two ways.

use super::{Check, Looks, Marks, Rule, Subject};
use crate::text::Date;

pub(super) const CHECK: Check =
    Rule::warning("numeric-date", Looks::Words, include_str!("numeric_date.md")).on_text(run);

fn run(subject: &Subject<'_>, marks: &mut Marks) {
    let prose = subject.prose;
    for &index in &prose.odd {
        let word = prose.word(index);
        let Some(day) = day(word) else { continue };
        let words = day.words(subject.world.site.languages.of(subject.language()));
        let message = format!("“{word}” can be read in two ways");
        let hint = format!("write the month as a word: `{words}`");
        marks.push(prose.span(prose.words[index].clone()), message).hint(hint);
    }
}

/// A date in digits, as people read it who put the day first.
pub(super) fn day(word: &str) -> Option<Date> {
    if word.len() < 6 || word.len() > 10 || !word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mark = word.chars().find(|c| !c.is_ascii_digit())?;
    if !matches!(mark, '.' | '/' | '-') {
        return None;
    }
    // `1.4.12` is a number of a rule.
    if mark == '.' && word.len() < 8 && !word.starts_with('0') && word.find('.') == Some(1) {
        return None;
    }
    let mut parts = word.split(mark);
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let century = if year.len() == 2 { "20" } else { "" };
    Date::from_numbers(day, month, &format!("{century}{year}"))
}
