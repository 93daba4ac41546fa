//! Other words for what a page is about, from `vocabulary.yaml`.
//!
//! A page is indexed as if each mention of a preferred term were followed, more
//! quietly, by the other words that people use for it. So "wages" finds the
//! pages on payroll, and asking costs the reader nothing.

use std::collections::{BTreeMap, HashMap};

use super::words::{Language, Words};

/// The most words that are looked for as one. More of them would be a sentence.
pub(super) const LONGEST_PHRASE: usize = 4;

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
    others: Vec<Other>,
}

/// What people say instead of a term.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Other {
    /// Its words, without those that only shape questions.
    pub(super) words: Vec<String>,
    /// Whether it had any of those.
    has_common: bool,
}

impl Other {
    /// Whether it is a single word, rather than what is left of several.
    pub(super) fn is_word(&self) -> bool {
        self.words.len() == 1 && !self.has_common
    }
}

impl Synonyms {
    pub(super) fn new(vocabulary: &BTreeMap<String, Vec<String>>, language: &Language) -> Self {
        let mut words = Words::default();
        let mut synonyms = Self::default();
        for (preferred, others) in vocabulary {
            let named = words.list(preferred);
            let stems: Vec<String> = named.iter().map(|word| language.stem(word)).collect();
            let Some(first) = stems.first() else { continue };
            let mut others: Vec<Other> = others
                .iter()
                .map(|other| {
                    let all = words.list(other);
                    let content = all.iter().filter(|word| !language.is_common(word));
                    let words: Vec<String> = content.take(LONGEST_PHRASE).cloned().collect();
                    Other { has_common: words.len() < all.len(), words }
                })
                .filter(|other| !other.words.is_empty() && other.words != named)
                .collect();
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

    /// What people say instead of a term, each once.
    pub(super) fn others(&self, term: usize) -> &[Other] {
        &self.terms[term].others
    }
}
