//! How people ask in a language, as a value: what search knows of it beside its stems.
//!
//! It comes from the theme, a file for each language: `search/en.yaml`.

use std::collections::BTreeMap;

/// How people ask in one language.
#[derive(Debug, Clone, Default)]
pub struct Speech {
    /// Words that shape a question and say nothing about what it is asking for (stop words).
    pub shape: Vec<String>,
    /// Words that frame it: how people feel, what they do about it, who it is about.
    pub frame: Vec<String>,
    /// For words that public pages use, what people say instead (synonyms).
    pub words: BTreeMap<String, Vec<String>>,
}

/// How people ask, by the tag of the language.
pub type Speeches = BTreeMap<String, Speech>;

/// The one for a tag such as `en-GB`, if there is one.
pub fn speech<'a>(all: &'a Speeches, tag: &str) -> Option<&'a Speech> {
    let tag = tag.to_ascii_lowercase();
    all.get(&tag).or_else(|| all.get(tag.split('-').next()?))
}
