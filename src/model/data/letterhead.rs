//! `letterhead.yaml`: what stands around every letter that staff send, where it is not to
//! be what the theme says.

use std::collections::BTreeMap;

use crate::{parse::Fields, text::Language};

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

/// What a site says otherwise than the theme, by the name of the theme’s words.
pub(super) type Own = BTreeMap<&'static str, String>;

impl Letterhead {
    pub(super) fn new(own: Option<&Own>, language: &Language) -> Self {
        let words = |name| {
            let own = own.and_then(|own| own.get(name)).map(String::as_str);
            own.unwrap_or_else(|| language.word(name)).to_owned()
        };
        Self {
            reference: words("letterhead_reference"),
            other_formats: words("letterhead_other_formats"),
            privacy: words("letterhead_privacy"),
            end: words("letterhead_end"),
        }
    }
}

/// Reads the frame of each language.
pub(super) fn read(all: &mut Fields<'_>) -> BTreeMap<String, Own> {
    let letterheads = all.each_named(|language, fields| {
        let names = [
            ("reference", "letterhead_reference"),
            ("other formats", "letterhead_other_formats"),
            ("privacy", "letterhead_privacy"),
            ("end", "letterhead_end"),
        ];
        let own = names
            .into_iter()
            .filter_map(|(name, words)| fields.text(name).map(|found| (words, found.value)));
        Some((language.value, own.collect()))
    });
    letterheads.into_iter().collect()
}
