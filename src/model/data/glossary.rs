//! `glossary.yaml`: words and their meanings.

use crate::{
    parse::{Fields, Placed},
    text::slug,
};

/// A word of the glossary.
#[derive(Debug, Clone)]
pub struct Term {
    /// The word: `personal assistant`.
    pub term: String,
    /// What links to it name.
    pub id: String,
    /// Its abbreviation: `PA`.
    pub short: Option<Placed<String>>,
    /// What it means.
    pub means: String,
    /// Other words for it.
    pub also_called: Vec<String>,
    /// Whether the page of words has it. What nobody needs to look up is only written out
    /// where it is met.
    pub listed: bool,
}

/// Reads every term, in the order of the alphabet.
pub(super) fn read(all: &mut Fields<'_>) -> Vec<Term> {
    let mut terms = all.each_named(|name, fields| {
        let short = fields.text("short");
        let means = fields.needed("means", "Someone you pay to support you.");
        let also_called = fields.all_words_of("also called");
        let listed = fields.yes_no("listed").unwrap_or(true);
        let means = means.map(|found| found.value).unwrap_or_default();
        let id = slug(&name.value);
        Some(Term { term: name.value, id, short, means, also_called, listed })
    });
    terms.sort_by_key(|term| term.term.to_lowercase());
    terms
}
