//! `letterhead.yaml`: what stands around every letter that staff send.

use std::collections::BTreeMap;

use crate::parse::Fields;

/// The words of the frame in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letterhead {
    /// Before the reference of a letter: `Our reference`.
    pub reference: String,
    /// How to have the letter in another format or language. Values in double
    /// brackets are filled in: `((contact phone))`.
    pub other_formats: String,
    /// Before the address of the page on privacy.
    pub privacy: String,
    /// The last line.
    pub end: String,
}

/// What a site that says nothing else has.
const ENGLISH: [&str; 4] = [
    "Our reference",
    "You can have this letter in large print, in easy read, as sound, in Braille or in another language. Call ((contact phone)).",
    "How we look after what we know about you:",
    "End of letter",
];

const WELSH: [&str; 4] = [
    "Ein cyfeirnod",
    "Gallwch gael y llythyr hwn mewn print bras, mewn fersiwn hawdd ei ddeall, ar sain, mewn Braille neu mewn iaith arall. Ffoniwch ((contact phone)).",
    "Sut rydym yn gofalu am eich gwybodaeth:",
    "Diwedd y llythyr",
];

impl Letterhead {
    /// What a letter in `language` has where nothing else is said.
    pub(super) fn of(language: &str) -> Self {
        let words = if language == "cy" { WELSH } else { ENGLISH };
        let [reference, other_formats, privacy, end] = words.map(str::to_owned);
        Self { reference, other_formats, privacy, end }
    }
}

/// Reads the frame of each language.
pub(super) fn read(all: &mut Fields<'_>) -> BTreeMap<String, Letterhead> {
    let mut letterheads = BTreeMap::new();
    for (language, mut fields) in all.every_map() {
        let mut letterhead = Letterhead::of(&language.value);
        let mut own = |name, words: &mut String| {
            if let Some(found) = fields.text(name) {
                *words = found.value;
            }
        };
        own("reference", &mut letterhead.reference);
        own("other formats", &mut letterhead.other_formats);
        own("privacy", &mut letterhead.privacy);
        own("end", &mut letterhead.end);
        all.absorb(fields);
        letterheads.insert(language.value, letterhead);
    }
    letterheads
}
