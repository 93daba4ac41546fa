//! `plain-words`: words that have a plainer one. They are in `model/data/words.yaml`, with what
//! a site adds in its `_data/words.yaml`; a new one needs no Rust.
//!
//! A word is told of once on a page, where it stands first, with how often and where else.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use super::{
    Check, Looks, Marks, Rule, Subject,
    not_prose::{self, NotProse},
    prose::Prose,
};
use crate::{
    model::data::{Term, words::OWN},
    parse::allow::allowances,
};

pub(super) const CHECK: Check =
    Rule::warning(CODE, Looks::Words, include_str!("plain_words.md")).on_text(run);

const CODE: &str = "plain-words";

/// The most further lines that are named.
const MOST_LINES: usize = 5;

/// What is found of one word on a page.
#[derive(Debug)]
struct Found {
    /// Where, in the order of the page.
    places: Vec<Range<usize>>,
    message: String,
    hint: String,
}

fn run(subject: &Subject<'_>, marks: &mut Marks) {
    if !subject.is_english() {
        return;
    }
    let prose = subject.prose;
    let (mut all, mut pairs) = (BTreeMap::new(), BTreeMap::new());
    hits(subject, &mut all, &mut pairs);
    let mut found: Vec<Found> = all.into_values().chain(pairs.into_values()).collect();
    if found.is_empty() {
        return;
    }
    found.sort_by_key(|found| found.places[0].start);
    let lines = subject.text.document.source.lines();
    let line = |place: &Range<usize>| lines.position(prose.span(place.clone()).start).line;
    let allowed = allowances(&subject.text.document);
    let allowed: Vec<_> =
        allowed.iter().filter(|one| one.codes.iter().any(|(code, _)| code == CODE)).collect();
    for Found { places, message, hint } in found {
        let is_allowed = |place: &&Range<usize>| {
            !allowed.is_empty() && allowed.iter().any(|one| one.lines.contains(&line(place)))
        };
        // What a comment allows is told of at each place, or the comment would seem to be idle.
        let (known, told): (Vec<_>, Vec<_>) = places.iter().partition(is_allowed);
        for place in known {
            marks.push(prose.span(place.clone()), message.as_str()).hint(hint.as_str());
        }
        if let Some((first, others)) = told.split_first() {
            let lines: BTreeSet<usize> = others.iter().map(|place| line(place)).collect();
            let hint = match others.len() {
                0 => hint,
                others => {
                    let times =
                        if others == 1 { "twice".into() } else { format!("{} times", others + 1) };
                    format!("{hint}; it stands here {times}, {}", also_on(&lines, line(first)))
                }
            };
            marks.push(prose.span((*first).clone()), message).hint(hint);
        }
    }
}

/// Looks for the words of the list, into `all` by their number there, and for pairs with a
/// slash, by their letters.
fn hits(
    subject: &Subject<'_>,
    all: &mut BTreeMap<usize, Found>,
    pairs: &mut BTreeMap<String, Found>,
) {
    let prose = subject.prose;
    let data = &subject.world.site.data;
    let list = data.hard_words();
    let not_prose = NotProse::of(subject);
    let mut explained = BTreeSet::new();
    for run in prose.runs.iter().filter(|run| not_prose::is_prose(run)) {
        let (text, at) = (&prose.text[run.text.clone()], run.text.start);
        let on_page = |place: &Range<usize>| at + place.start..at + place.end;
        let is_left = |place: &Range<usize>| {
            let own = on_page(place);
            let words = &text[place.clone()];
            not_prose.holds(&own)
                || data.glossary.iter().any(|term| is_inside(prose, &own, words, term))
        };
        let found = list.find(text, is_left);
        for hit in &found {
            if hit.is_explained {
                explained.insert(hit.word);
            }
            if hit.is_right || explained.contains(&hit.word) {
                continue;
            }
            let place = on_page(&hit.place);
            let word = &list.words()[hit.word];
            let new = || Found {
                places: Vec::new(),
                message: format!("“{}” {}", &text[hit.place.clone()], what(&word.kind)),
                hint: written(&word.forms[hit.form].1),
            };
            all.entry(hit.word).or_insert_with(new).places.push(place);
        }
        for (place, hint) in slashes(text) {
            // They stand in order, and none in another.
            let before = found.partition_point(|hit| hit.place.start < place.end);
            let last = before.checked_sub(1).map(|last| &found[last]);
            let is_told = last.is_some_and(|hit| hit.place.end > place.start);
            if !is_told && !is_left(&place) {
                let words = &text[place.clone()];
                let new = || Found {
                    places: Vec::new(),
                    message: format!("“{words}” {}", what("slash")),
                    hint,
                };
                let found = pairs.entry(words.to_lowercase()).or_insert_with(new);
                found.places.push(on_page(&place));
            }
        }
    }
}

/// What is wrong with a word of a kind: reads well after the word.
fn what(kind: &str) -> &'static str {
    match kind {
        "jargon" | "money" => "is a word that few readers know",
        "legal" => "is a word of lawyers",
        "about people" => "is a word that can hurt the people it is about",
        "vague time" => "does not say when",
        "slash" => "leaves readers to choose what is meant",
        "threat" => "sounds like a threat",
        OWN => "is a word that this site does not use",
        _ => "has a plainer word",
    }
}

/// What to write, from choices of which those in round brackets are advice.
fn written(choices: &[String]) -> String {
    let is_advice = |choice: &&String| choice.starts_with('(') && choice.ends_with(')');
    let (advice, words): (Vec<_>, Vec<_>) = choices.iter().partition(is_advice);
    let mut parts = Vec::new();
    if !words.is_empty() {
        let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
        parts.push(format!("write {}", words.join(" or ")));
    }
    parts.extend(advice.iter().map(|advice| advice[1..advice.len() - 1].to_owned()));
    parts.join(", or: ")
}

/// `also on lines 4, 7 and 9`, without the line that is told of.
fn also_on(lines: &BTreeSet<usize>, first: usize) -> String {
    let others: Vec<String> =
        lines.iter().filter(|line| **line != first).map(ToString::to_string).collect();
    let named = &others[..others.len().min(MOST_LINES)];
    match named {
        [] => "all on this line".to_owned(),
        [one] => format!("also on line {one}"),
        _ if others.len() > MOST_LINES => format!("also on lines {} and more", named.join(", ")),
        [all @ .., last] => format!("also on lines {} and {last}", all.join(", ")),
    }
}

/// What people say with a slash.
const SAID: &[&str] = &["either/or", "yes/no"];

/// Words of small letters with a slash between them, and those with an end in brackets,
/// `form(s)`: each with what to write.
fn slashes(text: &str) -> Vec<(Range<usize>, String)> {
    let is_letter = |c: char| c.is_alphabetic() || matches!(c, '-' | '’' | '\'');
    let is_word = |word: &str| {
        word.len() > 2 && word.chars().all(|c| c.is_lowercase() || matches!(c, '-' | '’' | '\''))
    };
    let mut all = Vec::new();
    for (at, sign) in text.match_indices(['/', '(']) {
        let before = text[..at].trim_end_matches(|c| sign == "/" && c == ' ');
        let start = before.char_indices().rev().take_while(|(_, c)| is_letter(*c)).last();
        let Some((start, _)) = start else { continue };
        let left = &before[start..];
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '@' | '#' | '_');
        if !is_word(left) || before[..start].ends_with(is_part) {
            continue;
        }
        let rest = &text[at + 1..];
        if sign == "(" {
            let ends = ["s)", "es)", "ren)", "n)"];
            if let Some(end) = ends.into_iter().find(|end| rest.starts_with(end)) {
                let several = format!("{left}{}", end.trim_end_matches(')'));
                all.push((start..at + 1 + end.len(), format!("write `{several}`")));
            }
            continue;
        }
        let own = rest.trim_start_matches(' ');
        let length = own.find(|c| !is_letter(c)).unwrap_or(own.len());
        let right = &own[..length];
        let end = at + 1 + (rest.len() - own.len()) + length;
        let pair = format!("{left}/{right}");
        let goes_on =
            text[end..].starts_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '@' | '_'));
        if is_word(right) && !goes_on && !SAID.contains(&pair.as_str()) {
            all.push((start..end, format!("write `{left} or {right}`, or `{left} and {right}`")));
        }
    }
    all
}

/// Whether words are a part of a term of the glossary that stands here.
fn is_inside(prose: &Prose<'_>, place: &Range<usize>, words: &str, term: &Term) -> bool {
    let names = std::iter::once(&term.term).chain(&term.also_called);
    names.into_iter().any(|name| {
        let small = name.to_lowercase();
        let Some(at) = small.find(&words.to_lowercase()) else { return false };
        let Some(start) = place.start.checked_sub(at) else { return false };
        let here = prose.text.get(start..start + name.len());
        here.is_some_and(|here| here.eq_ignore_ascii_case(name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(text: &str) -> Vec<&str> {
        slashes(text).into_iter().map(|(place, _)| &text[place]).collect()
    }

    #[test]
    fn a_slash_between_words_is_found_and_one_in_a_name_or_a_number_is_not() {
        assert_eq!(
            pairs("Ask a nurse/therapist, or your aunt / uncle."),
            ["nurse/therapist", "aunt / uncle"]
        );
        assert_eq!(pairs("Send the bill(s) with it."), ["bill(s)"]);
        for fine in [
            "The Arts/Science block is open 24/7.",
            "Go to gov.uk/blue-badge or /manage/records/ now.",
            "Drive at 20 km/h. It is either/or (see below).",
            "Reference A.123/B, the day (so far) and the night.",
        ] {
            assert_eq!(pairs(fine), [""; 0], "{fine}");
        }
    }

    #[test]
    fn further_lines_are_named_up_to_five() {
        let lines = |all: &[usize]| also_on(&all.iter().copied().collect(), 3);
        assert_eq!(lines(&[3]), "all on this line");
        assert_eq!(lines(&[3, 5]), "also on line 5");
        assert_eq!(lines(&[5, 9, 7]), "also on lines 5, 7 and 9");
        assert_eq!(lines(&[4, 5, 6, 7, 8, 9]), "also on lines 4, 5, 6, 7, 8 and more");
    }
}
