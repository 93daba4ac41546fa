//! Other words for what a page is about, from `vocabulary.yaml`.
//!
//! A page is indexed as if each mention of a preferred term were followed, more
//! quietly, by the other words that people use for it. So "wages" finds the
//! pages on payroll, and asking costs the reader nothing.

use std::collections::{BTreeMap, HashMap};

use super::words::{Language, Words};

/// The vocabulary, ready to be recognised in text of one language.
#[derive(Debug, Default)]
pub(super) struct Synonyms {
    terms: Vec<Term>,
    /// Terms by the first of their stems.
    by_first: HashMap<String, Vec<usize>>,
}

#[derive(Debug)]
struct Term {
    stems: Vec<String>,
    others: Vec<String>,
}

impl Synonyms {
    pub(super) fn new(vocabulary: &BTreeMap<String, Vec<String>>, language: &Language) -> Self {
        let mut words = Words::default();
        let mut synonyms = Self::default();
        for (preferred, others) in vocabulary {
            let named = words.list(preferred);
            let stems: Vec<String> = named.iter().map(|word| language.stem(word)).collect();
            let Some(first) = stems.first() else { continue };
            let mut others: Vec<String> =
                others.iter().flat_map(|other| words.list(other)).collect();
            others.retain(|word| !named.contains(word) && !language.common().any(|c| c == word));
            others.sort();
            others.dedup();
            synonyms.by_first.entry(first.clone()).or_default().push(synonyms.terms.len());
            synonyms.terms.push(Term { stems, others });
        }
        synonyms
    }

    /// The terms that begin with a stem, by number.
    pub(super) fn beginning_with(&self, stem: &str) -> &[usize] {
        self.by_first.get(stem).map_or(&[], Vec::as_slice)
    }

    /// The stems of a term.
    pub(super) fn stems(&self, term: usize) -> &[String] {
        &self.terms[term].stems
    }

    /// The other words for a term, each once.
    pub(super) fn others(&self, term: usize) -> &[String] {
        &self.terms[term].others
    }
}
