//! `no-such-day`: days that no calendar has, months that are misspelt, and days of the week that
//! a date is not on.

use super::{Check, Looks, Marks, Rule, Subject, prose::Prose};
use crate::text::{
    Date,
    date::{MONTHS, WEEKDAYS},
    nearest,
};

pub(super) const CHECK: Check =
    Rule::warning("no-such-day", Looks::Words, include_str!("no_such_day.md")).on_text(run);

fn run(subject: &Subject<'_>, marks: &mut Marks) {
    if !subject.is_english() {
        return;
    }
    let prose = subject.prose;
    for at in 0..prose.words.len() {
        let Some(day) = day_of_month(prose.word(at)) else { continue };
        let Some(Place { named, first, last }) = place(prose, at) else { continue };
        let name = prose.word(named);
        let year = follows(prose, last, &["", ","]).then(|| prose.word(last + 1));
        let year = year.filter(|year| {
            year.len() == 4 && ["19", "20"].iter().any(|century| year.starts_with(century))
        });
        // `In February 30 people came`, `by June 5, 2000 people`.
        if named < at && is_count(prose, named, last, year.is_some()) {
            continue;
        }
        let Some(month) = month(name) else {
            if let (Some(_), Some(meant)) = (year, misspelt(name)) {
                let place = prose.words[named].clone();
                let message = format!("“{name}” is not how the month is written");
                marks.push(prose.span(place), message).hint(format!("write `{meant}`"));
            }
            continue;
        };
        let most = most_days(month, year);
        let end = if year.is_some() { last + 2 } else { last + 1 };
        let place = prose.stretch(first..end);
        if day == 0 || day > most {
            // `99 May Street` is an address.
            if year.is_none() && day > 31 {
                continue;
            }
            let message = format!(
                "“{}” is no day: {} has {most} days{}",
                &prose.text[place.clone()],
                MONTHS[month],
                match year {
                    Some(year) if month == 1 => format!(" in {year}"),
                    None if month == 1 => " at most".to_owned(),
                    _ => String::new(),
                }
            );
            let hint = "look up which day is meant, and write it";
            marks.push(prose.span(place), message).hint(hint);
            continue;
        }
        let said = first.checked_sub(1).filter(|before| follows(prose, *before, &["", ","]));
        let said = said.and_then(|before| {
            let word = prose.word(before);
            Some((before, WEEKDAYS.iter().position(|day| day.eq_ignore_ascii_case(word))?))
        });
        let (Some((before, said)), Some(year)) = (said, year) else { continue };
        let month_number = (month + 1).to_string();
        let Some(date) = Date::from_numbers(&day.to_string(), &month_number, year) else {
            continue;
        };
        if date.weekday() != said {
            let whole = prose.stretch(before..end);
            let (is, rest) = (WEEKDAYS[date.weekday()], &prose.text[prose.stretch(first..end)]);
            let message = format!("“{}” is a {is}", &prose.text[whole.clone()]);
            let hint = format!("write `{is} {rest}`, or the day that is meant");
            marks.push(prose.span(whole), message).hint(hint);
        }
    }
}

/// Where the words of a day and its month stand.
struct Place {
    named: usize,
    first: usize,
    last: usize,
}

/// Where the month of this day stands: `31 May`, `31st of May`, `May 31`.
fn place(prose: &Prose<'_>, at: usize) -> Option<Place> {
    let is_name = |at: usize| prose.word(at).starts_with(|c: char| c.is_ascii_uppercase());
    if follows(prose, at, &[""]) {
        let is_of = prose.word(at + 1) == "of" && follows(prose, at + 1, &[""]);
        let named = if is_of { at + 2 } else { at + 1 };
        if is_name(named) {
            return Some(Place { named, first: at, last: named });
        }
    }
    let before = at.checked_sub(1)?;
    let word = prose.word(before);
    let is_wanted = before > 0 && matches!(prose.small(before - 1), "by" | "on" | "until");
    let is_month = month(word).is_some() || is_wanted && misspelt(word).is_some();
    (is_month && is_name(before) && follows(prose, before, &[""])).then_some(Place {
        named: before,
        first: before,
        last: at,
    })
}

/// Whether a number behind a month counts something, as in `In February 30 people came`, and is no
/// day of it: a day has a year, an ordinal, or words before it that want one.
fn is_count(prose: &Prose<'_>, named: usize, last: usize, has_year: bool) -> bool {
    const WANT: &[&str] = &["before", "by", "from", "on", "since", "till", "until"];
    let end = if has_year { last + 1 } else { last };
    let before = named.checked_sub(1).map_or("", |before| prose.small(before));
    let is_followed = prose.after(end) == " " && end + 1 < prose.words.len();
    match has_year {
        true => prose.word(end).ends_with("00") && is_followed || before == "in",
        false => {
            let is_ordinal = prose.word(last).ends_with(|c: char| c.is_ascii_alphabetic());
            !is_ordinal && (!WANT.contains(&before) || is_followed)
        }
    }
}

/// Whether the next word follows with one of these marks and a space between.
fn follows(prose: &Prose<'_>, at: usize, marks: &[&str]) -> bool {
    let between = prose.after(at);
    at + 1 < prose.words.len()
        && between.ends_with(char::is_whitespace)
        && !between.contains('\n')
        && marks.contains(&between.trim())
}

/// `31` and `31st`.
fn day_of_month(word: &str) -> Option<u8> {
    if !word.starts_with(|c: char| c.is_ascii_digit()) || word.len() > 4 {
        return None;
    }
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let is_day =
        digits.len() <= 2 && matches!(&word[digits.len()..], "" | "st" | "nd" | "rd" | "th");
    if is_day { digits.parse().ok() } else { None }
}

/// The place of a month in the year, from its name or its first letters: `Feb`, `Sept`.
fn month(word: &str) -> Option<usize> {
    let word = word.trim_end_matches('.');
    let is_short = (3..=4).contains(&word.len());
    MONTHS.iter().position(|month| *month == word || is_short && month.starts_with(word))
}

/// The month that a word was meant to be.
fn misspelt(word: &str) -> Option<&'static str> {
    (word.len() > 4).then(|| nearest(word, MONTHS)).flatten()
}

/// How many days a month has; without a year, the most that it can have.
fn most_days(month: usize, year: Option<&str>) -> u8 {
    match month {
        1 => {
            let leaps = year.is_none_or(|year| Date::from_numbers("29", "2", year).is_some());
            if leaps { 29 } else { 28 }
        }
        3 | 5 | 8 | 10 => 30,
        _ => 31,
    }
}
