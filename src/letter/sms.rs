//! How long a text message is, as networks count it, and what makes it longer than it need be.
//!
//! A text of nothing but the GSM alphabet holds 160 characters; one other character, and it
//! holds 70. What is longer goes as several texts, which have less room, because each says
//! which one it is.
//!
//! Source: 3GPP TS 23.038, sections 6.2.1 (the GSM 7-bit default alphabet), 6.2.1.1 (its
//! extension table) and 6.2.3 (UCS2). The room is 140 bytes, of which several texts spend 6
//! each on their number: 3GPP TS 23.040, sections 9.2.3.16 and 9.2.3.24.1.

use serde::Serialize;

use super::{Run, Template, fill, text::MARKS};

/// The characters that count once.
const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?\
                     ¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

/// The characters that count twice, because another stands before each.
const EXTENSION: &str = "\u{c}^{}\\[~]|€";

/// How many characters one text holds, and each of several: of the GSM alphabet, and with any
/// other character.
const ROOM: [[usize; 2]; 2] = [[160, 153], [70, 67]];

/// Characters outside the alphabet that programs put in by themselves, and what to write
/// instead.
const INSTEAD: &[(char, &str)] = &[
    ('‘', "'"),
    ('’', "'"),
    ('“', "\""),
    ('”', "\""),
    ('–', "-"),
    ('—', "-"),
    ('‑', "-"),
    ('−', "-"),
    ('•', "-"),
    ('…', "..."),
    ('\u{a0}', " "),
    ('\u{202f}', " "),
];

/// How long a text message is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Length {
    /// How many characters it has, as networks count them.
    pub characters: usize,
    /// How many texts it is sent as.
    pub parts: usize,
    /// The characters that are not in the alphabet, each once.
    pub odd: Vec<char>,
}

/// How long `text` is. A character is never in two texts.
pub fn length(text: &str) -> Length {
    let mut odd: Vec<char> = Vec::new();
    for c in text.chars().filter(|&c| !BASIC.contains(c) && !EXTENSION.contains(c)) {
        if !odd.contains(&c) {
            odd.push(c);
        }
    }
    let size = |c: char| match odd.is_empty() {
        true => 1 + usize::from(EXTENSION.contains(c)),
        false => c.len_utf16(),
    };
    let [one, each] = ROOM[usize::from(!odd.is_empty())];
    let characters = text.chars().map(size).sum();
    let (mut parts, mut used) = (1, 0);
    if characters > one {
        for c in text.chars() {
            if used + size(c) > each {
                (parts, used) = (parts + 1, 0);
            }
            used += size(c);
        }
    }
    Length { characters, parts, odd }
}

/// What to write instead of a character that is not in the alphabet.
pub fn instead(c: char) -> Option<&'static str> {
    INSTEAD.iter().find(|(odd, _)| *odd == c).map(|(_, plain)| *plain)
}

/// Words with what programs put in turned back.
pub fn straight(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match instead(c) {
            Some(plain) => out.push_str(plain),
            None => out.push(c),
        }
    }
    out
}

/// The same in what a message is made of.
pub(super) fn straighten(runs: &mut [Run]) {
    for run in runs {
        match run {
            Run::Text(words) => *words = straight(words),
            Run::Strong(inner) | Run::Em(inner) | Run::When { runs: inner, .. } => {
                straighten(inner);
            }
            // Values are straight already.
            Run::Dated { .. } | Run::Field(_) => {}
        }
    }
}

/// A message of plain text with `answers`, as it is sent.
pub fn said(template: &Template, answers: &[Option<String>]) -> String {
    MARKS.write(template, &fill(template, answers)).trim_end_matches('\n').to_owned()
}

/// What the script needs to know to count.
#[derive(Debug, Serialize)]
pub struct Told {
    basic: &'static str,
    extension: &'static str,
    room: [[usize; 2]; 2],
    instead: &'static [(char, &'static str)],
}

impl Told {
    /// All of it.
    #[expect(clippy::new_without_default, reason = "it is made in one place")]
    pub fn new() -> Self {
        Self { basic: BASIC, extension: EXTENSION, room: ROOM, instead: INSTEAD }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(text: &str) -> (usize, usize) {
        let Length { characters, parts, .. } = length(text);
        (characters, parts)
    }

    #[test]
    fn the_alphabet_is_that_of_the_standard() {
        // 128 places, of which one stands before those of the extension table.
        assert_eq!(BASIC.chars().count(), 127);
        assert_eq!(EXTENSION.chars().count(), 10);
        assert!(!BASIC.chars().any(|c| EXTENSION.contains(c) || instead(c).is_some()));
        assert!(INSTEAD.iter().all(|(_, plain)| plain.chars().all(|c| BASIC.contains(c))));
    }

    #[test]
    fn a_text_holds_160_and_several_153_each() {
        assert_eq!(counted(""), (0, 1));
        assert_eq!(counted(&"a".repeat(160)), (160, 1));
        assert_eq!(counted(&"a".repeat(161)), (161, 2));
        assert_eq!(counted(&"a".repeat(306)), (306, 2));
        assert_eq!(counted(&"a".repeat(307)), (307, 3));
    }

    #[test]
    fn some_characters_count_twice_and_stay_whole() {
        assert_eq!(counted("£5"), (2, 1));
        assert_eq!(counted("€5"), (3, 1));
        assert_eq!(counted(&"€".repeat(80)), (160, 1));
        assert_eq!(counted(&"€".repeat(81)), (162, 2));
        // 152 and a sign of two do not go into 153.
        assert_eq!(counted(&("a".repeat(152) + "€" + &"a".repeat(152))), (306, 3));
    }

    #[test]
    fn one_other_character_leaves_room_for_70() {
        assert_eq!(length("Don’t – don’t").odd, ['’', '–']);
        assert_eq!(counted(&("’".to_owned() + &"a".repeat(69))), (70, 1));
        assert_eq!(counted(&("’".to_owned() + &"a".repeat(70))), (71, 2));
        assert_eq!(counted(&("ŵ".repeat(134))), (134, 2));
        assert_eq!(counted(&("ŵ".repeat(135))), (135, 3));
        // A sign counts once here, and a picture twice, which is never cut.
        assert_eq!(counted("ŵ€"), (2, 1));
        assert_eq!(counted("\u{1f600}"), (2, 1));
        assert_eq!(counted(&"\u{1f600}".repeat(36)), (72, 2));
        assert_eq!(counted(&"\u{1f600}".repeat(67)), (134, 3));
    }

    #[test]
    fn what_programs_put_in_is_turned_back() {
        assert_eq!(straight("“It’s 9 – 5…”"), "\"It's 9 - 5...\"");
    }
}
