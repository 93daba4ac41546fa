//! `typed-list`: lists that are typed as a sentence, or with signs of their own.

use std::ops::Range;

use super::{Check, Looks, Marks, Rule, Subject, not_prose};
use crate::{
    parse::{Block, walk::Run},
    text::{Span, date::MONTHS, shorten},
};

pub(super) const CHECK: Check =
    Rule::warning("typed-list", Looks::Words, include_str!("typed_list.md")).on_text(run);

/// So many things behind a colon are a list.
const AFTER_COLON: usize = 4;

/// So many things named as examples are one: four are still said in a breath.
const AS_EXAMPLES: usize = 5;

/// So many things anywhere in a sentence are one.
const ANYWHERE: usize = 7;

/// More are one however short they are.
const MANY: usize = 8;

/// The longest that a thing of a list is, in words. Longer ones are parts of a sentence.
const LONGEST: usize = 9;

fn run(subject: &Subject<'_>, marks: &mut Marks) {
    if !subject.is_english() {
        return;
    }
    let prose = subject.prose;
    let document = &subject.text.document;
    let is_record = |block: &&Block| matches!(block, Block::Record(_));
    // An item of a list is a thing already, and a list in it would be read as one below it.
    // One with a number and nothing after it may hold the others in its line.
    let is_item = |block: &&Block| matches!(block, Block::List { items, start, .. } if items.len() > 1 || start.is_none());
    let blocks: Vec<(Span, bool)> = document
        .blocks
        .iter()
        .filter(|block| !is_record(block) && !is_item(block))
        .filter_map(|block| {
            let is_list = matches!(block, Block::List { .. });
            Some((document.span_of(block)?, is_list))
        })
        .collect();
    let own = prose.runs.iter().enumerate().filter(|(_, run)| not_prose::is_own(run));
    for (number, run) in own {
        if run.run != Run::Paragraph || run.words.len() < AFTER_COLON {
            continue;
        }
        // Records and the lines at the top have no room for lists.
        let place = prose.span(run.text.clone()).start;
        let next = blocks.partition_point(|(block, _)| block.end <= place);
        let Some((_, is_item)) = blocks.get(next).filter(|(block, _)| block.start <= place) else {
            continue;
        };
        let text = &prose.text[run.text.clone()];
        if *is_item {
            if in_order(text, FURTHER).is_some() {
                tell(subject, run.text.start, 0..text.trim_end().len(), marks);
            }
            continue;
        }
        if let Some(place) = numbered(text) {
            tell(subject, run.text.start, place, marks);
            continue;
        }
        let all = prose.said();
        let first = all.partition_point(|one| one.run < number);
        for sentence in all[first..].iter().take_while(|one| one.run == number) {
            let mut own = prose.stretch(sentence.words.clone());
            // `… (then sing!)` ends behind the bracket.
            let rest = &prose.text[own.end..run.text.end.max(own.end)];
            if rest.trim_start_matches(['.', '!', '?']).starts_with(')') {
                own.end += rest.find(')').map_or(0, |at| at + 1);
            }
            if let Some(place) = list(&prose.text[own.clone()]) {
                tell(subject, own.start, place, marks);
            }
        }
    }
}

fn tell(subject: &Subject<'_>, at: usize, place: Range<usize>, marks: &mut Marks) {
    let place = at + place.start..at + place.end;
    if subject.not_prose().holds(&place) {
        return;
    }
    let message = format!("“{}” is a list in a line", shorten(&subject.prose.text[place.clone()]));
    let hint = "put each thing on a line of its own that begins with `- `";
    marks.push(subject.prose.span(place), message).hint(hint);
}

/// The things of a list in a sentence.
fn list(sentence: &str) -> Option<Range<usize>> {
    if sentence.matches([',', ';']).count() + 2 < AFTER_COLON {
        return None;
    }
    let low = sentence.to_ascii_lowercase();
    // It leads into a list that has lines of its own.
    if low.trim_end().ends_with([':', '–', '-']) || low.trim_end().ends_with("such as") {
        return None;
    }
    let mut colons = sentence.match_indices(": ").map(|(at, _)| at);
    let colon = colons.find(|at| !is_note(&low[..*at])).map(|at| at + 2);
    let examples = ["such as ", "including ", "include ", "for example ", "e.g. "];
    let named = || {
        let found = examples.iter().filter_map(|words| Some(low.find(words)? + words.len()));
        found.min()
    };
    // `If you have an illness such as asthma, speak to a doctor, nurse or pharmacist`: who is meant,
    // and what to do.
    let is_condition =
        ["if ", "when ", "where ", "unless "].iter().any(|when| low.starts_with(when));
    let start = colon.or_else(|| if is_condition { None } else { named() }).unwrap_or(0);
    let named = ["but are not limited to ", "but is not limited to ", "but not limited to "];
    let more = named.iter().find(|words| low[start..].starts_with(**words));
    let start = start + more.map_or(0, |words| words.len());
    // `including, for example, a bill`: the examples begin behind it.
    let start =
        low[start..].strip_prefix("for example, ").map_or(start, |rest| low.len() - rest.len());
    let part = sentence[start..].trim_end_matches(['.', '!', '?']);
    let separator = if part.matches(';').count() + 1 >= AFTER_COLON { ';' } else { ',' };
    let things: Vec<&str> = things(part, separator);
    let has_etc = low.trim_end_matches('.').ends_with("etc");
    // A few examples in brackets stand beside what is said.
    let open = sentence[..start].rfind('(');
    let is_aside = open.is_some_and(|open| !sentence[open..start].contains(')'));
    let is_lead = start > 0 && !is_aside;
    let most = match is_lead || has_etc {
        true if colon.is_none() && !has_etc && are_short(&things) => AS_EXAMPLES,
        true => AFTER_COLON,
        false if are_things(&things) => ANYWHERE - 1,
        false => ANYWHERE,
    };
    // A few short things are said in a breath: `critical, moderate and low`.
    let words: usize =
        things.iter().skip(skip_first(start)).map(|thing| thing.split_whitespace().count()).sum();
    let counted = things.len() - skip_first(start).min(things.len());
    let is_long = has_etc
        || things.len() > MANY
        || if start > 0 { words * 2 > counted * 3 } else { words >= counted * 2 };
    let lengths = || things.iter().map(|thing| thing.split_whitespace().count());
    let skip = skip_first(start);
    let is_short = lengths().skip(skip).all(|words| (1..=LONGEST).contains(&words));
    let is_list = things.len() >= most && is_long && is_short && !is_address(&things);
    // Clauses with a subject of their own are no things.
    let is_clause = |thing: &&str| {
        let mut words = thing.split_whitespace().skip_while(|word| *word == "and");
        let first = words.next().unwrap_or_default();
        matches!(
            first,
            "where"
                | "that"
                | "when"
                | "but"
                | "which"
                | "who"
                | "so"
                | "we"
                | "you"
                | "they"
                | "it"
                | "if"
                | "because"
                | "whether"
        )
    };
    (is_list && !things.iter().skip(skip).any(is_clause)).then(|| start..start + part.len())
}

/// Whether things have two or three words each, as said in a breath.
fn are_short(things: &[&str]) -> bool {
    let words: usize = things.iter().map(|thing| thing.split_whitespace().count()).sum();
    words <= things.len() * 3
}

/// Whether nearly all begin as things do, so that they are no parts of a sentence: `a bill, a photo,
/// your bank card`.
fn are_things(all: &[&str]) -> bool {
    const BEFORE: &[&str] = &["a", "an", "the", "your", "our", "their", "any", "proof", "some"];
    let is_thing = |thing: &&&str| BEFORE.contains(&thing.split(' ').next().unwrap_or_default());
    let others = all.get(1..).unwrap_or_default();
    others.iter().filter(is_thing).count() + 1 >= others.len()
}

/// The first thing carries the beginning of the sentence where nothing leads in.
fn skip_first(start: usize) -> usize {
    usize::from(start == 0)
}

/// The things between commas; the last two with `and` or `or` between them are two.
fn things(part: &str, separator: char) -> Vec<&str> {
    let is_balanced = part.matches('(').count() == part.matches(')').count();
    // A comma in a number is none.
    let mut all = Vec::new();
    let (mut start, mut depth) = (0, 0);
    let bytes = part.as_bytes();
    for (at, c) in part.char_indices() {
        let is_number = c == ','
            && at > 0
            && bytes[at - 1].is_ascii_digit()
            && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
        // `December 16, 2003`
        let is_number = is_number
            || c == ','
                && at > 0
                && is_day_of_month(&part[..at])
                && part[at + 1..]
                    .strip_prefix(' ')
                    .is_some_and(|year| year.bytes().take_while(u8::is_ascii_digit).count() == 4);
        depth = match c {
            '(' if is_balanced => depth + 1,
            ')' => usize::saturating_sub(depth, 1),
            _ => depth,
        };
        if c == separator && !is_number && depth == 0 {
            all.push(part[start..at].trim());
            start = at + 1;
        }
    }
    let last = part[start..].trim();
    match [" and ", " or "].iter().find_map(|word| last.split_once(word)) {
        Some((one, other)) if !one.is_empty() => all.extend([one.trim(), other.trim()]),
        _ => all.push(last),
    }
    all.retain(|thing| !thing.is_empty());
    all
}

/// Whether words lead into a sentence and not into a list: `Note: …`.
fn is_note(lead: &str) -> bool {
    matches!(lead.trim(), "note" | "please note" | "important" | "remember" | "tip" | "warning")
}

/// Whether words end with a day of a month, as Americans write it: `December 16`.
fn is_day_of_month(words: &str) -> bool {
    let mut back = words.rsplit(' ');
    let is_day = back.next().is_some_and(|day| {
        (1..3).contains(&day.len()) && day.bytes().all(|byte| byte.is_ascii_digit())
    });
    let month = back.next().and_then(|month| month.get(..3)).unwrap_or_default();
    is_day && MONTHS.iter().any(|name| name[..3].eq_ignore_ascii_case(month))
}

/// Whether the things are names or numbers: an address, places, days.
fn is_address(things: &[&str]) -> bool {
    let is_name = |thing: &&&str| {
        thing.starts_with(|c: char| c.is_ascii_digit())
            || thing.split_whitespace().all(|word| {
                !word.starts_with(char::is_lowercase) || matches!(word, "and" | "of" | "the" | "or")
            })
    };
    things.iter().filter(is_name).count() * 2 >= things.len()
}

/// The signs that begin things of a list inside a line.
#[rustfmt::skip] // one kind a line
const SIGNS: &[[&str; 3]] = &[
    ["1) ", "2) ", "3) "], ["(1) ", "(2) ", "(3) "], ["a) ", "b) ", "c) "], ["(a) ", "(b) ", "(c) "], ["(i) ", "(ii) ", "(iii) "],
    ["i) ", "ii) ", "iii) "], ["1. ", "2. ", "3. "], ["Step 1:", "Step 2:", "Step 3:"],
];

/// The numbers of further things in an item of a list that stands alone, whose first number began
/// the list: `1. Fill it in. 2. Sign it. 3. Post it.`
const FURTHER: &[[&str; 2]] = &[["2. ", "3. "], ["2) ", "3) "]];

/// A list whose things are numbered, or have bullets, inside a line.
fn numbered(text: &str) -> Option<Range<usize>> {
    dashes(text).or_else(|| in_order(text, SIGNS))
}

/// Things that each have a dash before them, behind a colon: `Bring: - a bill - a photo`.
fn dashes(text: &str) -> Option<Range<usize>> {
    let at = [": - ", ": – "].iter().find_map(|lead| text.find(lead))? + 2;
    let sign = &text[at..at + text[at..].find(' ')?];
    (text[at..].matches(&format!(" {sign} ")).count() > 1).then(|| at..text.trim_end().len())
}

/// From the first of some signs to the end, where all of one row stand in order.
fn in_order<const N: usize>(text: &str, rows: &[[&str; N]]) -> Option<Range<usize>> {
    rows.iter().find_map(|signs| {
        let (mut at, mut first) = (0, None);
        for sign in signs {
            let found = at
                + text[at..]
                    .match_indices(sign)
                    .find(|(here, _)| {
                        let before = text[..at + here].chars().next_back();
                        before.is_none_or(|c| c.is_whitespace() || c == ':' || sign.len() > 3)
                    })?
                    .0;
            first.get_or_insert(found);
            at = found + sign.len();
        }
        let end = text.trim_end().len();
        first.map(|first| first..end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: &str = "Help with washing, cooking your meals, doing your shopping, paying your \
                        bills, feeding your cat, cleaning your home and going out with friends";

    #[test]
    fn things_of_a_list_are_told_from_parts_of_a_sentence() {
        let found = |text: &str| list(text).map(|place| text[place].to_owned());
        assert_eq!(
            found("Bring the following: a bill, a photo, your card and a pen.").as_deref(),
            Some("a bill, a photo, your card and a pen")
        );
        assert_eq!(found(&format!("{LONG}.")).as_deref(), Some(LONG));
        for fine in [
            "Help with washing, dressing, cooking, shopping, paying bills and going out.",
            "There are four bands: critical, substantial, moderate and low.",
            "You can wash, cook, or get to the shop.",
            "It looks at your life, including for example, physical, mental and other needs, and \
             whether you can go on.",
            "Write to us at Elm House, Elm Road, Elm, Kent, KT1 1AA.",
            "It is £1,000, £2,000 or more.",
            "If you move, we call you, you call us, they pay, it ends, so you stop and we go.",
        ] {
            assert_eq!(found(fine), None, "{fine}");
        }
    }
}
