//! What can be called or written to, found in plain words: phone numbers and email
//! addresses, however they came there.
//!
//! What is found is sure enough to be a link. A long number must be one that can exist.
//! Three digits are a number to call only after a word that says so: “call 999”, and not
//! “101 people”.

use std::ops::Range;

use serde_json::{Value, json};

use super::data::is_email;
use crate::parse::phone;

/// A part of some words that can be a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    /// Where it stands.
    pub place: Range<usize>,
    /// Where the number itself begins, when something is dialled before it:
    /// `18001 then 0306 999 0100`.
    pub number: usize,
    /// What the link names: `tel:+443069990100`, `mailto:team@county.example`.
    pub link: String,
    /// Whether it is a phone number.
    pub is_phone: bool,
}

/// Words directly before a short number to call.
const CALL: &[&str] = &[
    "call", "calling", "dial", "dialling", "nhs", "phone", "phoning", "ring", "ringing",
    "deialwch", "deialu", "ffonio", "ffoniwch", "galw", "galwch", "gig",
];

/// Words between a short number and whom to call on it.
const ON: &[&str] = &["on", "ar"];

/// Words before whom to call.
const WHOM: &[&str] = &["a", "our", "the", "your"];

/// Words between two numbers.
const OR: &[&str] = &["or", "and", "then", "neu", "a", "ac", "yna"];

/// Finds all of it in words that come after `before`, in order.
pub fn find(text: &str, before: &str) -> Vec<Reach> {
    let mut found: Vec<Reach> = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let done = found.last().map_or(0, |last| last.place.end);
        let next = match byte {
            b'+' | b'0'..=b'9' => number(text, before, at, done),
            b'@' => email(text, at, done),
            _ => None,
        };
        at = match next {
            Some(next) => {
                let end = next.place.end;
                found.push(next);
                end
            }
            // A group of digits is looked at once.
            None if byte.is_ascii_digit() => at + digits(&text[at..]),
            None => at + 1,
        };
    }
    found
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// Whether what stands before a number may stand there: a letter, a sign or a currency
/// makes it part of something else.
fn is_free(before: &str, ends_number: bool) -> bool {
    let Some(last) = before.chars().next_back() else { return true };
    last.is_whitespace() || "([:;,\"'“‘–—>".contains(last) || last == '/' && ends_number
}

/// Whether a number may end before this.
fn is_end(after: &str) -> bool {
    let mut after = after.chars();
    match after.next() {
        None => true,
        Some('.' | ',' | '-' | '–' | '%' | '&') => {
            !after.next().is_some_and(|next| next.is_ascii_digit() || next == '#')
        }
        Some(next) => !next.is_alphanumeric() && !matches!(next, '@' | '_' | '£' | '€'),
    }
}

/// The number that begins here.
fn number(text: &str, before: &str, start: usize, done: usize) -> Option<Reach> {
    if !is_free(&text[..start], done > 0 && start == done + 1)
        || start == 0 && !is_free(before, false)
    {
        return None;
    }
    let first = &text[start..start + digits(&text[start..])];
    if phone::is_short(first) {
        let end = start + first.len();
        let is_sure = is_called(text, before, start, done);
        return (is_sure && is_end(&text[end..])).then(|| Reach {
            place: start..end,
            number: start,
            link: format!("tel:{first}"),
            is_phone: true,
        });
    }
    let has_code = first.is_empty();
    if !(has_code || first.starts_with('0') || first.starts_with("116")) {
        return None;
    }
    let most = if has_code { 13 } else { 11 };
    // The longest that can exist.
    for end in ends(text, start, most).into_iter().rev() {
        let words: String = text[start..end]
            .chars()
            .map(|c| if c.is_whitespace() || c == '\u{2011}' { ' ' } else { c })
            .collect();
        let count = words.bytes().filter(u8::is_ascii_digit).count();
        if count < 6 || !is_end(&text[end..]) {
            continue;
        }
        let Ok(phone) = phone::parse(&words) else { continue };
        let opens = text[..start].ends_with('(')
            && text[start..end].contains(')')
            && !text[start..end].contains('(');
        let number = if opens { start - 1 } else { start };
        return Some(match relay(text, number) {
            Some((place, prefix)) if place >= done => {
                let national = phone.link.replacen("+44", "0", 1);
                let link = format!("tel:{prefix}{national}");
                Reach { place: place..end, number, link, is_phone: true }
            }
            _ => {
                let link = format!("tel:{}", phone.link);
                Reach { place: number..end, number, link, is_phone: true }
            }
        });
    }
    None
}

/// Where a number that begins at `start` may end: after each group of its digits.
fn ends(text: &str, start: usize, most: usize) -> Vec<usize> {
    let mut ends = Vec::new();
    let (mut count, mut gap) = (0, 0);
    for (at, c) in text[start..].char_indices() {
        let end = start + at + c.len_utf8();
        match c {
            '0'..='9' => {
                count += 1;
                gap = 0;
                if count > most {
                    break;
                }
                if !text[end..].starts_with(|next: char| next.is_ascii_digit()) {
                    ends.push(end);
                }
            }
            '+' if at == 0 => {}
            // Between two groups: a space or a hyphen, with brackets around a group.
            '(' | ')' | ' ' | '\u{a0}' | '\u{202f}' | '\n' | '\t' | '-' | '–' | '\u{2011}'
                if gap < 3 =>
            {
                gap += 1
            }
            _ => break,
        }
    }
    ends
}

/// Whether the words before a short number say to call it.
fn is_called(text: &str, before: &str, start: usize, done: usize) -> bool {
    let all = [before, last_words(&text[..start])].concat();
    let mut words = all
        .rsplit(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase);
    let Some(last) = words.next().filter(|_| all.ends_with(char::is_whitespace)) else {
        return false;
    };
    let is = |list: &[&str], word: &str| list.contains(&word);
    if is(CALL, &last) {
        return true;
    }
    if is(ON, &last) {
        return words.take(8).any(|word| is(CALL, &word) || word == "contact");
    }
    let joined = done > 0 && text[done..start].trim() == last;
    if !is(OR, &last) {
        return false;
    }
    // `Call 999 or 111`; `call the nurse or 111`.
    let before: Vec<String> = words.take(4).collect();
    let is_whom = |pair: &[String]| is(WHOM, &pair[0]) && is(CALL, &pair[1]);
    joined
        || before.first().is_some_and(|word| phone::is_short(word))
        || before.windows(2).skip(1).any(is_whom)
}

/// JSON that can stand in a script element, whatever it says.
pub fn for_script(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c")
}

/// Words for a script that makes links of them: a string, or a list of strings and of
/// links, each its words and where it leads.
pub fn pieces(text: &str) -> Value {
    let mut pieces = Vec::new();
    let mut done = 0;
    for found in find(text, "") {
        pieces.push(json!(text[done..found.place.start]));
        done = found.place.end;
        pieces.push(json!([text[found.place], found.link]));
    }
    if pieces.is_empty() {
        return json!(text);
    }
    pieces.push(json!(text[done..]));
    pieces.retain(|piece| *piece != json!(""));
    json!(pieces)
}

/// The end of some words, which is all that says whether a number is to be called.
pub fn last_words(text: &str) -> &str {
    let start = text.len().saturating_sub(80);
    let start = (start..text.len()).find(|&at| text.is_char_boundary(at));
    start.map_or(text, |start| &text[start..])
}

/// Where the prefix of Relay UK stands before a number: `18001 ` or `18001 then `.
fn relay(text: &str, number: usize) -> Option<(usize, &'static str)> {
    let before = text[..number].trim_end();
    let shorter = before.trim_end_matches(char::is_alphabetic).trim_end();
    [before, shorter].into_iter().find_map(|before| {
        let prefix = phone::RELAY.iter().find(|prefix| before.ends_with(**prefix))?;
        let place = before.len() - prefix.len();
        is_free(&before[..place], false).then_some((place, *prefix))
    })
}

/// The email address around an `@`.
fn email(text: &str, at: usize, done: usize) -> Option<Reach> {
    let good = |c: char| c.is_ascii_alphanumeric() || "+_.-'".contains(c);
    let name = text[done..at].trim_end_matches(good).len() + done;
    // An apostrophe there opens a quotation.
    let name = name + text[name..at].bytes().take_while(|byte| b"'.".contains(byte)).count();
    let host = text[at + 1..].find(|c: char| !c.is_ascii_alphanumeric() && !"-.".contains(c));
    let end = host.map_or(text.len(), |length| at + 1 + length);
    let end = at + text[at..end].trim_end_matches(['.', '-']).len();
    let address = text.get(name..end)?;
    let last = address.rsplit('.').next().unwrap_or_default();
    let is_whole = !text[end..].starts_with(|c: char| c.is_alphanumeric() || "@:/_".contains(c));
    let is_free = !text[..name].ends_with(|c: char| c.is_alphanumeric() || "/@=&".contains(c));
    let is_sure =
        is_whole && is_free && last.len() > 1 && last.bytes().all(|b| b.is_ascii_alphabetic());
    (is_sure && is_email(address)).then(|| Reach {
        place: name..end,
        number: name,
        link: format!("mailto:{address}"),
        is_phone: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let all = find(text, "").into_iter();
        all.map(|one| format!("{} {}", &text[one.place], one.link)).collect()
    }

    #[test]
    fn numbers_that_can_exist_are_found_as_they_are_written() {
        for (text, number, link) in [
            ("Call 0306 999 0100.", "0306 999 0100", "tel:+443069990100"),
            ("Call (01632) 960123, then wait", "(01632) 960123", "tel:+441632960123"),
            ("(0306 999 0100)", "0306 999 0100", "tel:+443069990100"),
            ("+44 (0)1632 960123", "+44 (0)1632 960123", "tel:+441632960123"),
            ("phone:07700900123", "07700900123", "tel:+447700900123"),
            ("07700-900-123 (mobile)", "07700-900-123", "tel:+447700900123"),
            ("0306\n999\u{a0}0100", "0306\n999\u{a0}0100", "tel:+443069990100"),
            ("0306 999 0100 24 hours", "0306 999 0100", "tel:+443069990100"),
            ("&quot;0306 999 0100&quot;", "0306 999 0100", "tel:+443069990100"),
            ("0800 1111 is free", "0800 1111", "tel:+448001111"),
            ("Samaritans: 116 123", "116 123", "tel:116123"),
            ("Call 999 now", "999", "tel:999"),
            ("Your bank: call 159", "159", "tel:159"),
            ("Call 18000 if you cannot hear", "18000", "tel:18000"),
            ("Call the police on 101.", "101", "tel:101"),
            ("Ffoniwch 999", "999", "tel:999"),
            ("18001 0306 999 0100", "18001 0306 999 0100", "tel:1800103069990100"),
            ("dial 18001 then 0306 999 0100", "18001 then 0306 999 0100", "tel:1800103069990100"),
            (
                "Write to o'brien@county.example.",
                "o'brien@county.example",
                "mailto:o'brien@county.example",
            ),
            ("'team@county.example'", "team@county.example", "mailto:team@county.example"),
        ] {
            assert_eq!(found(text), [format!("{number} {link}")], "{text}");
        }
        assert_eq!(found("0306 999 0100/07700 900123 or 0306 999 0101").len(), 3);
        assert_eq!(found("Call 999 or 111").len(), 2);
        assert_eq!(found("Call the nurse or 111").len(), 1);
        assert_eq!(found("Call us in a year or 111 days").len(), 0);
        assert_eq!(find("999", "Please call ").len(), 1);
    }

    #[test]
    fn what_only_looks_like_it_is_left_alone() {
        for text in [
            "",
            "0",
            "101 people",
            "on 999 days",
            "£07700 900123",
            "No07700900123",
            "01/02/2026",
            "0306 999 01000",
            "0999 999 9999",
            "+1 202 555 0143",
            "x07700900123@county.example?",
            "https://a.example/07700900123",
            "07700 900123-4",
            "a@b",
            "@county",
            "1@2.3",
            "é0306 999 0100é",
            "a.b@",
            "&#039;",
            "9am to 5pm",
            "EX1 1AA",
            "form 105",
            "159 people",
            "18001",
            "0.07700900123",
            "a@b.example/c",
        ] {
            let phones: Vec<String> =
                found(text).into_iter().filter(|one| !one.contains("mailto")).collect();
            assert!(phones.is_empty(), "{text}: {phones:?}");
        }
        assert!(found("a@b.example/c a@b x@y@z.example").is_empty());
    }
}
