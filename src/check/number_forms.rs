//! `number-forms`: numbers and sums that are written in two ways on a page, and codes for
//! spans of time that only staff read.
//!
//! Small numbers in words and large ones in figures are one way, which many books of style ask
//! for: a number in words is told of only where one of the same size is in figures. All that is
//! written in one of two ways is told of once, where it stands first.

use std::{collections::HashSet, ops::Range};

use super::{Check, Looks, Marks, Rule, Subject, not_prose, prose::Prose};
use crate::text::{date::month_named, wording::listed};

pub(super) const CHECK: Check =
    Rule::warning("number-forms", Looks::Words, include_str!("number_forms.md")).on_text(run);

/// Numbers in words that stand before a unit. One of something is no number.
#[rustfmt::skip] // a list of words
const NUMBERS: &[(&str, u32)] = &[
    ("two", 2), ("three", 3), ("four", 4), ("five", 5), ("six", 6), ("seven", 7), ("eight", 8), ("nine", 9), ("ten", 10), ("eleven", 11),
    ("twelve", 12), ("thirteen", 13), ("fourteen", 14), ("fifteen", 15), ("sixteen", 16), ("eighteen", 18), ("twenty", 20),
    ("twenty-one", 21), ("twenty-eight", 28), ("thirty", 30), ("forty", 40), ("sixty", 60), ("ninety", 90),
];

/// What numbers count here.
#[rustfmt::skip] // a list of words
const UNITS: &[&str] = &[
    "minute", "minutes", "hour", "hours", "day", "days", "week", "weeks", "weekly", "month", "months", "monthly", "year", "years", "weeks’",
    "weeks'", "months’", "months'", "days’", "days'", "years’", "years'", "times", "per", "pounds",
];

/// Clipped units, with the word.
#[rustfmt::skip] // a list of words
const CLIPPED: &[(&str, &str)] = &[
    ("hrs", "hours"), ("hr", "hour"), ("yrs", "years"), ("yr", "year"), ("wks", "weeks"), ("wk", "week"), ("mths", "months"),
    ("mth", "month"), ("p/h", "an hour"), ("p/w", "a week"), ("p/m", "a month"), ("pw", "a week"), ("pcm", "a month"), ("ph", "an hour"),
];

/// What stands before a number of days in the short form of nurses: `review in 5/7`.
const BEFORE_DAYS: &[&str] =
    &["in", "for", "after", "within", "every", "over", "about", "next", "than"];

/// What is counted by a number behind it.
const LABELS: &[&str] = &["step", "stage", "phase", "part"];

/// A number that was found in one of two forms.
struct Number {
    place: Range<usize>,
    /// The same in the other form.
    other: String,
}

fn run(subject: &Subject<'_>, marks: &mut Marks) {
    if !subject.is_english() {
        return;
    }
    let prose = subject.prose;
    let mut found = Found::default();
    for run in prose.runs.iter().filter(|run| not_prose::is_own(run)) {
        for at in run.words.clone() {
            found.read(prose, at, run.words.clone());
        }
    }
    let mut tell = |place: &Range<usize>, message: String, hint: String| {
        if !subject.not_prose().holds(place) {
            marks.push(prose.span(place.clone()), message).hint(hint);
        }
    };
    for Number { place, other } in &found.codes {
        let message =
            format!("“{}” is short for words that few readers know", &prose.text[place.clone()]);
        tell(place, message, format!("write `{other}`"));
    }
    // In each pair the form that the guidance of the government asks for stays.
    let in_words = found
        .in_words
        .iter()
        .filter(|(own, _)| found.in_figures.iter().any(|other| is_one_size(*own, *other)));
    let in_words = in_words.map(|(_, number)| number).collect();
    let has_sums = !found.sums.is_empty();
    let pairs = [
        (in_words, "in words, and other numbers here are in figures"),
        (
            all(&found.without_comma, !found.with_comma.is_empty()),
            "without a comma, and other sums here have one",
        ),
        (all(&found.thousands, has_sums), "a sum cut short, and other sums here are whole"),
        (all(&found.labels, found.has_labels), "in words, and others here are in figures"),
        (all(&found.in_pounds, has_sums), "in words, and other sums here have a sign"),
        (
            all(&found.with_zeros, !found.whole.is_empty() && found.pence.is_empty()),
            "with pence, and other sums here have none",
        ),
        (
            all(&found.per_cent, !found.percents.is_empty()),
            "in words, and elsewhere here it is a sign",
        ),
        (
            all(&found.ordinals, !found.days.is_empty()),
            "a date with letters behind the day, and others here have none",
        ),
    ];
    for (wrong, what) in pairs {
        let wrong = wrong.into_iter().filter(|number| !subject.not_prose().holds(&number.place));
        let mut seen = HashSet::new();
        let mut told = wrong.filter(|number| seen.insert(prose.small_at(number.place.clone())));
        let Some(Number { place, other }) = told.next() else { continue };
        let message = format!("“{}” is {what}", &prose.text[place.clone()]);
        let others: Vec<String> = told
            .take(MOST)
            .map(|other| format!("“{}”", &prose.text[other.place.clone()]))
            .collect();
        let also = match others.is_empty() {
            true => String::new(),
            false => format!("; so is {}", listed(&others, " and ")),
        };
        marks.push(prose.span(place.clone()), message).hint(format!("write `{other}`{also}"));
    }
}

/// So many more are named beside the first.
const MOST: usize = 4;

/// From here on numbers are written in figures where small ones are written in words.
const LARGE: u32 = 10;

/// Whether two numbers are both small or both large, so that one in words and one in figures are
/// two ways. Ten itself is either.
fn is_one_size(in_words: u32, in_figures: u32) -> bool {
    match in_words {
        LARGE => in_figures <= LARGE,
        small if small < LARGE => in_figures < LARGE,
        _ => in_figures >= LARGE,
    }
}

/// What there is on a page, form by form.
#[derive(Default)]
struct Found {
    codes: Vec<Number>,
    in_words: Vec<(u32, Number)>,
    in_figures: Vec<u32>,
    with_comma: Vec<usize>,
    without_comma: Vec<Number>,
    thousands: Vec<Number>,
    sums: Vec<usize>,
    in_pounds: Vec<Number>,
    with_zeros: Vec<Number>,
    whole: Vec<usize>,
    pence: Vec<usize>,
    per_cent: Vec<Number>,
    percents: Vec<usize>,
    labels: Vec<Number>,
    has_labels: bool,
    ordinals: Vec<Number>,
    days: Vec<usize>,
}

impl Found {
    /// Reads the word at a place of a run.
    fn read(&mut self, prose: &Prose<'_>, at: usize, run: Range<usize>) {
        let word = prose.small(at);
        let place = prose.words[at].clone();
        let is_joined = |at: usize| matches!(prose.after(at), " " | "\u{a0}");
        let next = if at + 1 < run.end && is_joined(at) { prose.small(at + 1) } else { "" };
        let both = || prose.stretch(at..at + 2);
        let before = if at > run.start && is_joined(at - 1) { prose.small(at - 1) } else { "" };
        if let Some((_, number)) = NUMBERS.iter().find(|(name, _)| *name == word) {
            let unit = Self::unit(prose, at, &run);
            let is_counted = |unit: &str| !matches!(unit, "times" | "per" | "pounds");
            // `Two weeks later` begins a sentence, and `a week or two` and `one or two days` are
            // no numbers.
            let is_loose = before == "or" || place.start == first_of(prose, at);
            if let Some((unit, end)) = unit.filter(|(unit, _)| is_counted(unit) && !is_loose) {
                let between = if end > at + 2 { format!("{next} ") } else { String::new() };
                let other = format!("{number} {between}{unit}");
                self.in_words.push((*number, Number { place: prose.stretch(at..end), other }));
            } else if prose.after(at).trim_start_matches([' ', '\u{a0}']).starts_with('%') {
                self.percents.push(at);
            } else if LABELS.contains(&before) {
                self.label(prose, at, *number);
            }
            return;
        }
        if word == "one" && LABELS.contains(&before) {
            self.label(prose, at, 1);
        }
        if !word.starts_with(|c: char| c.is_ascii_digit()) {
            return;
        }
        let digits = word.trim_end_matches(|c: char| c.is_alphabetic());
        let rest = &word[digits.len()..];
        let is_number = digits.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.'));
        let is_sum = prose.text[..place.start].ends_with('£');
        if is_sum {
            self.sum(&place, word, digits, rest);
        }
        if let Some((number, under)) = word.split_once('/')
            && let Some(unit) = [("12", "months"), ("52", "weeks"), ("7", "days")]
                .iter()
                .find(|(code, _)| *code == under)
            && number.len() < 3
            && number.chars().all(|c| c.is_ascii_digit())
            && !prose.text[..place.start].ends_with(['£', '/'])
            && !(under == "7" && number == "24")
            // Alone in a cell it is a part of seven.
            && (under != "7" || BEFORE_DAYS.contains(&before))
        {
            self.in_figures.extend(number.parse::<u32>());
            self.codes.push(Number { place, other: format!("{number} {}", unit.1) });
            return;
        }
        if !is_number {
            return;
        }
        let clipped = |unit: &str| CLIPPED.iter().find(|(short, _)| *short == unit);
        if let Some((_, unit)) = clipped(rest).filter(|_| rest.len() > 2) {
            self.in_figures.extend(digits.parse::<u32>());
            self.codes.push(Number { place, other: format!("{digits} {unit}") });
        } else if rest.is_empty()
            && let Some((_, unit)) = clipped(next)
        {
            let sum = if is_sum { "£" } else { "" };
            self.in_figures.extend(digits.parse::<u32>().ok().filter(|_| !is_sum));
            self.codes.push(Number { place: both(), other: format!("{sum}{digits} {unit}") });
        } else if rest.is_empty() && next == "pounds" && !is_sum {
            let digits = with_commas(digits);
            self.in_pounds.push(Number { place: both(), other: format!("£{digits}") });
        } else if rest.is_empty() && matches!(next, "per" | "percent") {
            if next == "percent" {
                self.per_cent.push(Number { place: both(), other: format!("{digits}%") });
            } else if at + 2 < run.end && prose.small(at + 2) == "cent" {
                let place = prose.stretch(at..at + 3);
                self.per_cent.push(Number { place, other: format!("{digits}%") });
            }
        } else if prose.after(at).starts_with('%') {
            self.percents.push(at);
        }
        if rest.is_empty() && Self::unit(prose, at, &run).is_some_and(|(unit, _)| unit != "pounds")
        {
            self.in_figures.extend(digits.parse::<u32>());
        }
        self.has_labels |= rest.is_empty() && LABELS.contains(&before);
        if digits.len() < 3 && month_named(next).is_some() {
            match rest {
                "" => self.days.push(at),
                "st" | "nd" | "rd" | "th" => {
                    let month = &prose.text[prose.words[at + 1].clone()];
                    self.ordinals
                        .push(Number { place: both(), other: format!("{digits} {month}") });
                }
                _ => {}
            }
        }
    }

    /// What a number counts, and where its words end: `weeks` of `6 weeks` and of `six working
    /// weeks`.
    fn unit<'p>(prose: &'p Prose<'_>, at: usize, run: &Range<usize>) -> Option<(&'p str, usize)> {
        let is_joined = |at: usize| matches!(prose.after(at), " " | "\u{a0}");
        let word = |at: usize| (at < run.end && is_joined(at - 1)).then(|| prose.small(at));
        let next = word(at + 1)?;
        if UNITS.contains(&next) {
            return Some((next, at + 2));
        }
        let unit = word(at + 2).filter(|unit| UNITS.contains(unit))?;
        matches!(next, "working" | "calendar" | "school").then_some((unit, at + 3))
    }

    /// Reads the word of a number behind what it counts: `step two`.
    fn label(&mut self, prose: &Prose<'_>, at: usize, number: u32) {
        let other = format!("{} {number}", prose.word(at - 1));
        self.labels.push(Number { place: prose.stretch(at - 1..at + 1), other });
    }

    /// Reads a sum in pounds.
    fn sum(&mut self, place: &Range<usize>, word: &str, digits: &str, rest: &str) {
        let own = place.start - '£'.len_utf8()..place.end;
        if rest == "k" {
            let number: Option<f64> = digits.parse().ok();
            let whole = number.map(|number| (number * 1000.0) as u64).unwrap_or_default();
            self.thousands.push(Number {
                place: own,
                other: format!("£{}", with_commas(&whole.to_string())),
            });
            return;
        }
        if !rest.is_empty() || !word.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.')) {
            return;
        }
        self.sums.push(place.start);
        let (pounds, pence) = digits.split_once('.').unwrap_or((digits, ""));
        match pence {
            "" => self.whole.push(place.start),
            "00" => {
                self.with_zeros.push(Number { place: own.clone(), other: format!("£{pounds}") })
            }
            _ => self.pence.push(place.start),
        }
        if pounds.contains(',') {
            self.with_comma.push(place.start);
        } else if pounds.len() > 3 {
            let pence = if pence.is_empty() { String::new() } else { format!(".{pence}") };
            let other = format!("£{}{pence}", with_commas(pounds));
            self.without_comma.push(Number { place: own, other });
        }
    }
}

/// Where the sentence of a word begins.
fn first_of(prose: &Prose<'_>, at: usize) -> usize {
    let said = prose.said_at(prose.words[at].start);
    said.map_or(0, |said| prose.words[said.words.start].start)
}

/// `1,200` for `1200`; what has pence stays.
fn with_commas(digits: &str) -> String {
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return digits.to_owned();
    }
    let mut out = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Those of one form, where the other stands on the page as well.
fn all(numbers: &[Number], is_both: bool) -> Vec<&Number> {
    numbers.iter().filter(|_| is_both).collect()
}

#[cfg(test)]
mod tests {
    use super::with_commas;

    #[test]
    fn each_three_digits_have_a_comma() {
        assert_eq!(
            ["5", "100", "1000", "23250", "1234567"].map(with_commas),
            ["5", "100", "1,000", "23,250", "1,234,567"]
        );
    }
}
