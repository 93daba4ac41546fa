//! `phone`: phone numbers that cannot exist.
//!
//! Numbers in contacts and directory entries are found while the file is read.

use std::ops::Range;

use super::{Check, Marks, Subject, prose::Prose, rule};
use crate::{model::reach, parse::phone};

pub(super) const CHECK: Check = rule::PHONE.on_text(run);

fn run(subject: &Subject<'_>, marks: &mut Marks) {
    let prose = subject.prose;
    for place in numbers(prose) {
        let number = &prose.text[place.clone()];
        if let Err(why) = phone::parse(number) {
            let message = format!("“{number}” is not a UK phone number: {why}");
            marks.push(prose.span(place), message).hint(HINT);
        }
    }
    for link in &subject.text.document.links {
        let Some(number) = link.destination.strip_prefix("tel:") else { continue };
        if let Err(why) = phone::parse(number) {
            let message =
                format!("this link rings “{number}”, which is not a UK phone number: {why}");
            marks.push(link.span, message).hint(HINT);
        }
    }
}

const HINT: &str = "ring it, or look it up, and write all its digits";

/// Where there is a number in the words that somebody can ask: a whole one, or a short one that
/// is to be called. Nobody answers questions on those for an emergency.
pub(super) fn to_ask(prose: &Prose<'_>) -> Vec<Range<usize>> {
    let is_for_asking =
        |number: &str| phone::parse(number).is_ok_and(|number| !phone::is_emergency(&number));
    let whole = numbers(prose).into_iter();
    let known = reach::find(&prose.text, "").into_iter().filter(|found| found.is_phone);
    let all = whole.chain(known.map(|found| found.number..found.place.end));
    all.filter(|place| is_for_asking(&prose.text[place.clone()])).collect()
}

/// Where there is something in the words that looks like a UK phone number: 0
/// or +44, and with the digits after it, in groups, 9 to 12 in all.
pub(super) fn numbers(prose: &Prose<'_>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut next = 0;
    for &index in &prose.odd {
        let first = prose.text.as_bytes()[prose.words[index].start];
        if index < next || !matches!(first, b'0' | b'4') {
            continue;
        }
        if let Some((number, after)) = number_at(prose, index) {
            found.push(number);
            next = after;
        }
    }
    found
}

/// The number that begins with a word, and the word after it.
fn number_at(prose: &Prose<'_>, index: usize) -> Option<(Range<usize>, usize)> {
    let first = prose.word(index);
    let start = prose.words[index].start;
    let before = &prose.text[..start];
    let (begin, most) = if before.ends_with('+') && first.starts_with("44") {
        (start - 1, 13)
    } else if first.starts_with('0') && first.len() > 2 && !first.starts_with("00") {
        (start, 11)
    } else {
        return None;
    };
    // A mark before it makes it part of something else: a sum, a reference.
    if prose.text[..begin].ends_with(|c: char| !c.is_whitespace() && !matches!(c, '(' | ':' | '“'))
    {
        return None;
    }
    let mut digits = 0;
    let mut end = start;
    let mut at = index;
    while let Some(word) = prose.words.get(at) {
        let group = &prose.text[word.clone()];
        let is_group = group.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
            || at == index && group == "44(0";
        let count = group.bytes().filter(u8::is_ascii_digit).count();
        if !is_group || at > index && digits + count > most {
            break;
        }
        digits += count;
        end = word.end;
        at += 1;
        if digits >= 11 && most == 11
            || !matches!(prose.after(at - 1), " " | ") " | " (" | "\u{a0}")
        {
            break;
        }
    }
    (9..=13).contains(&digits).then_some((begin..end, at))
}
