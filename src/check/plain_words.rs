//! `plain-words`: words that have a plainer one. They are in `model/data/words.yaml`, with what
//! a site adds in its `_data/words.yaml`; a new one needs no Rust.
//!
//! A word is told of once on a page, where it stands first, with how often and where else.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use super::{Check, Looks, Marks, Rule, Subject, hard_words};
use crate::{model::data::words::OWN, parse::allow::allowances};

pub(super) const CHECK: Check =
    Rule::warning(CODE, Looks::Words, include_str!("plain_words.md")).on_text(run);

const CODE: &str = "plain-words";

/// The most further lines that are named.
const MOST_LINES: usize = 5;

/// What is found of one word on a page.
#[derive(Debug)]
struct Found {
    /// Where: first the place that is told of.
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
    let words = subject.world.site.data.hard_words().words();
    let hits = subject.hard_words();
    let mut alone: BTreeMap<usize, Vec<Range<usize>>> = BTreeMap::new();
    for hit in hits {
        let word = &words[hit.word];
        if hit.is_alone {
            alone.entry(hit.word).or_default().push(hit.place.clone());
        }
        // `vague-time` asks first whether a day is said.
        let choices = &word.forms[hit.form].1;
        if hit.is_right
            || word.kind == hard_words::VAGUE_TIME
            || choices.iter().all(|choice| choice.starts_with("(say w"))
                && prose.is_in_link(&hit.place)
        {
            continue;
        }
        // Nobody stumbles over a mild word.
        let kind = if word.is_mild { "office words" } else { &word.kind };
        let new = || Found {
            places: Vec::new(),
            message: format!("“{}” {}", &prose.text[hit.place.clone()], what(kind)),
            hint: hard_words::written(prose, &hit.place, choices),
        };
        all.entry(hit.word).or_insert_with(new).places.push(hit.place.clone());
    }
    // Who writes another word in one place writes it in all of them.
    for (word, places) in alone {
        if let Some(found) = all.get_mut(&word) {
            found.places.extend(places);
        }
    }
    for run in prose.runs.iter().filter(|run| hard_words::is_read(subject, run)) {
        let (text, at) = (&prose.text[run.text.clone()], run.text.start);
        for (place, hint) in slashes(text) {
            let place = at + place.start..at + place.end;
            // They stand in order, and none in another.
            let before = hits.partition_point(|hit| hit.place.start < place.end);
            let last = before.checked_sub(1).map(|last| &hits[last]);
            let is_told = last.is_some_and(|hit| hit.place.end > place.start);
            if !is_told && !hard_words::is_left(subject, &place) {
                let words = &prose.text[place.clone()];
                let new = || Found {
                    places: Vec::new(),
                    message: format!("“{words}” {}", what("slash")),
                    hint,
                };
                let found = pairs.entry(words.to_lowercase()).or_insert_with(new);
                found.places.push(place);
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
        "slash" => "leaves readers to choose what is meant",
        "threat" => "sounds like a threat",
        OWN => "is a word that this site does not use",
        _ => "has a plainer word",
    }
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

/// What a rate is counted for.
const UNITS: &[&str] = &["hour", "day", "night", "week", "month", "year", "person"];

/// What files hold, as the two parts of a media type.
const FILES: &[&str] = &["application", "audio", "font", "image", "text", "video"];
const FORMATS: &[&str] = &[
    "css", "csv", "gif", "html", "jpeg", "json", "mp4", "mpeg", "ogg", "pdf", "plain", "png",
    "svg", "webm", "webp", "xml", "zip",
];

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
        if all.last().is_some_and(|(place, _): &(Range<usize>, String)| place.end > at) {
            continue; // A further slash of the same words.
        }
        // `by post/telephone/online`: one word after the other.
        let (mut end, mut parts) = (at, vec![left]);
        while text[end..].trim_start_matches(' ').starts_with('/') {
            let next = end + (text[end..].find('/').unwrap_or_default()) + 1;
            let own = text[next..].trim_start_matches(' ');
            let word = &own[..own.find(|c| !is_letter(c)).unwrap_or(own.len())];
            if !is_word(word) {
                break;
            }
            end = text.len() - own.len() + word.len();
            parts.push(word);
        }
        let goes_on =
            text[end..].starts_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '@' | '_'));
        // `£20/week` and `visits/year` are rates, and `day/night` is none.
        let is_amount = left.ends_with('s')
            || text[..start].ends_with(|c: char| c.is_ascii_digit() || c == '£')
            || left.starts_with(|c: char| c.is_ascii_digit());
        let is_rate = is_amount && parts.last().is_some_and(|last| UNITS.contains(last));
        // What a file holds, as programs write it: `video/webm`.
        let is_file = parts.len() == 2 && FILES.contains(&left) && FORMATS.contains(&parts[1]);
        if parts.len() > 1
            && !goes_on
            && !is_rate
            && !is_file
            && !SAID.contains(&parts.join("/").as_str())
        {
            let hint = match &parts[..] {
                [one, other] => format!("write `{one} or {other}`, or `{one} and {other}`"),
                [most @ .., last] => format!("write `{} or {last}`", most.join(", ")),
                [] => continue,
            };
            all.push((start..end, hint));
        }
    }
    all
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
        assert_eq!(pairs("Tell us by post/phone/online."), ["post/phone/online"]);
        for fine in [
            "The Arts/Science block is open 24/7.",
            "Go to gov.uk/blue-badge or /manage/records/ now.",
            "You can have 30 overnights/year.",
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
