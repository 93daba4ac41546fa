//! `lost-letters`: signs that stand where a letter was lost when a text was copied.

use super::{Check, Looks, Marks, Rule, Subject};
use crate::text::Span;

pub(super) const CHECK: Check =
    Rule::error("lost-letters", Looks::Words, include_str!("lost_letters.md")).on_text(run);

/// What the bytes of a letter in UTF-8 look like when they are read as Windows-1252, which is
/// called mojibake, and the letter.
const MOJIBAKE: &[(&str, &str)] = &[
    ("â€™", "’"),
    ("â€˜", "‘"),
    ("â€œ", "“"),
    ("â€\u{9d}", "”"),
    ("â€“", "–"),
    ("â€”", "—"),
    ("â€¦", "…"),
    ("â€¢", "•"),
    ("â‚¬", "€"),
    ("Â£", "£"),
    ("Â\u{a0}", " "),
    ("Ã©", "é"),
    ("Ã¨", "è"),
    ("Ã¶", "ö"),
    ("Ã¼", "ü"),
    ("Å´", "Ŵ"),
    ("Åµ", "ŵ"),
    ("Å·", "ŷ"),
    ("ï»¿", ""),
    ("\u{fffd}", ""),
];

fn run(subject: &Subject<'_>, marks: &mut Marks) {
    let document = &subject.text.document;
    if document.one_of_many || document.names.is_broken {
        return; // The whole file is in the wrong encoding, and that was said.
    }
    let text = &*document.source.text;
    // Where one is lost to the encoding of the file, so are all.
    let mut is_said = false;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        if line.is_ascii() {
            continue;
        }
        let lost_at = |(place, _): (usize, char)| {
            let is_here = |(lost, _): &&(&str, &str)| line[place..].starts_with(lost);
            Some((place, MOJIBAKE.iter().find(is_here)?))
        };
        let beyond_ascii = line.char_indices().filter(|(_, c)| !c.is_ascii());
        let Some((place, (lost, letter))) = beyond_ascii.into_iter().find_map(lost_at) else {
            continue;
        };
        if *lost == "\u{fffd}" && std::mem::replace(&mut is_said, true) {
            continue;
        }
        let span = Span::new(start + place, start + place + lost.len());
        let hint = match *letter {
            "" => "look up what stood here, and write it".to_owned(),
            letter => format!("write “{letter}”, here and wherever it is"),
        };
        marks.push(span, format!("“{lost}” stands where a letter was lost")).hint(hint);
    }
}
