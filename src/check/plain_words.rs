//! `plain-words`: words that have a plainer one. They are in `model/data/words.yaml`, with what
//! a site adds in its `_data/words.yaml`; a new one needs no Rust.
//!
//! A word is told of once on a page, where it stands first, with how often and where else.

use std::{collections::BTreeMap, ops::Range};

use super::{
    Check, Looks, Marks, Rule, Subject, hard_words,
    once::{self, Place},
};
use crate::{model::data::words::OWN, text::shorten};

pub(super) const CHECK: Check =
    Rule::warning(CODE, Looks::Words, include_str!("plain_words.md")).on_text(run);

const CODE: &str = "plain-words";

/// What is found of one word on a page: where, first the place that is told of.
#[derive(Debug)]
struct Hits {
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
    let mut found: Vec<Hits> = all.into_values().chain(pairs.into_values()).collect();
    found.sort_by_key(|found| found.places[0].start);
    let found = found.into_iter().map(|Hits { places, message, hint }| {
        let place =
            |place| Place { span: prose.span(place), message: message.clone(), hint: hint.clone() };
        places.into_iter().map(place).collect()
    });
    let more = |count: usize, lines: &str| {
        let times = if count == 1 { "twice".into() } else { format!("{} times", count + 1) };
        let also = if lines == "on this line" { "all" } else { "also" };
        format!("it stands here {times}, {also} {lines}")
    };
    once::tell(&subject.text.document, CODE, found, more, marks);
}

/// Looks for the words of the list, into `all` by their number there, and for pairs with a
/// slash, by their letters.
fn hits(
    subject: &Subject<'_>,
    all: &mut BTreeMap<usize, Hits>,
    pairs: &mut BTreeMap<String, Hits>,
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
        let new = || Hits {
            places: Vec::new(),
            message: said(&prose.text[hit.place.clone()], kind),
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
            // A row is one thing to mend, whatever words are in it.
            if (!is_told || hint == AS_LIST) && !hard_words::is_left(subject, &place) {
                let words = &prose.text[place.clone()];
                let new = || Hits {
                    places: Vec::new(),
                    message: format!("“{}” {}", shorten(words), what("slash")),
                    hint,
                };
                let found = pairs.entry(words.to_lowercase()).or_insert_with(new);
                found.places.push(place);
            }
        }
    }
}

/// What is wrong with words of a kind: `“service users” is a phrase that few readers know`.
fn said(words: &str, kind: &str) -> String {
    let what = what(kind);
    match what.strip_prefix("is a word").filter(|_| words.contains(' ')) {
        Some(rest) => format!("“{words}” is a phrase{rest}"),
        None => format!("“{words}” {what}"),
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

/// What to write for a row of things.
const AS_LIST: &str = "make a list of it, or write commas and `or`";

/// The longest thing in a row with slashes, in letters.
const LONGEST_IN_ROW: usize = 60;

/// Rows of three things and more, of which some have several words, with slashes and spaces
/// between them: `from your GP / social landlord / vicar`. From the last word of the first to the
/// first of the last.
fn chains(text: &str) -> Vec<Range<usize>> {
    const SLASH: &str = " / ";
    let slashes: Vec<usize> = text.match_indices(SLASH).map(|(at, _)| at).collect();
    let between =
        |pair: [usize; 2]| &text[pair[0] + SLASH.len()..pair[1].max(pair[0] + SLASH.len())];
    let goes_on = |pair: [usize; 2]| {
        let thing = between(pair);
        thing.len() < LONGEST_IN_ROW && !thing.contains(['.', ';', ':', '?', '!', '\n'])
    };
    let rows = slashes.chunk_by(|one, next| goes_on([*one, *next]));
    let rows = rows.filter(|row| {
        let has_several = |pair: &[usize]| between([pair[0], pair[1]]).contains(' ');
        row.windows(2).any(has_several)
    });
    let is_end = |c: char| !c.is_alphanumeric() && !matches!(c, '-' | '’' | '\'' | '+');
    let row = |row: &[usize]| {
        let (first, last) = (*row.first()?, *row.last()? + SLASH.len());
        let mut before = text[..first].char_indices().rev();
        let is_space = |(_, c): &(usize, char)| c.is_whitespace();
        let start = before.find(is_space).map_or(0, |(at, c)| at + c.len_utf8());
        let end = text[last..].find(is_end).map_or(text.len(), |at| last + at);
        // A way through a menu has capitals: `Settings / Privacy and location / Off`.
        let begins_small =
            |pair: &[usize]| between([pair[0], pair[1]]).starts_with(char::is_lowercase);
        let is_menu = !row.windows(2).any(begins_small);
        (!is_menu).then_some(start..end)
    };
    rows.filter_map(row).collect()
}

/// Words of small letters with a slash between them, and those with an end in brackets,
/// `form(s)`: each with what to write.
fn slashes(text: &str) -> Vec<(Range<usize>, String)> {
    let is_letter = |c: char| c.is_alphabetic() || matches!(c, '-' | '’' | '\'');
    let is_word = |word: &str| {
        word.len() > 2 && word.chars().all(|c| c.is_lowercase() || matches!(c, '-' | '’' | '\''))
    };
    let chains = chains(text);
    // Both stand in order.
    let is_in_row = |at: usize| {
        let next = chains.partition_point(|place| place.end <= at);
        chains.get(next).is_some_and(|place| place.start <= at)
    };
    let mut all: Vec<(Range<usize>, String)> = Vec::new();
    for (at, sign) in text.match_indices(['/', '(']) {
        if sign == "/" && is_in_row(at) {
            continue;
        }
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
        if all.last().is_some_and(|(place, _)| place.end > at) {
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
    all.extend(chains.into_iter().map(|place| (place, AS_LIST.to_owned())));
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
        assert_eq!(
            pairs("Bring a letter from a GP / social landlord / vicar / care home and wait/rest."),
            ["wait/rest", "GP / social landlord / vicar / care"]
        );
        for fine in [
            "The Arts/Science block is open 24/7.",
            "Choose Settings / Privacy and location / Off.",
            "Go to gov.uk/blue-badge or /manage/records/ now.",
            "You can have 30 overnights/year.",
            "Drive at 20 km/h. It is either/or (see below).",
            "Reference A.123/B, the day (so far) and the night.",
        ] {
            assert_eq!(pairs(fine), [""; 0], "{fine}");
        }
    }
}
