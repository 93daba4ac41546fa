//! `glossary.yaml`: words and their meanings.

use crate::{
    parse::{Fields, Placed},
    text::{Span, slug},
};

/// A word of the glossary.
#[derive(Debug, Clone)]
pub struct Term {
    /// Where it stands.
    pub span: Span,
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
}

/// Reads every term, in the order of the alphabet.
pub(super) fn read(all: &mut Fields<'_>) -> Vec<Term> {
    let mut terms = Vec::new();
    for (name, mut fields) in all.every_map() {
        let short = fields.text("short");
        let means = fields.needed("means", "Someone you pay to support you.");
        let also_called = fields.list("also called").into_iter().map(|word| word.value).collect();
        all.absorb(fields);
        let means = means.map_or_else(String::new, |found| found.value);
        let id = slug(&name.value);
        terms.push(Term { span: name.span, term: name.value, id, short, means, also_called });
    }
    terms.sort_by_key(|term| term.term.to_lowercase());
    terms
}
