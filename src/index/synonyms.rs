//! Other words for what a page is about: those of the site, from `vocabulary.yaml`, and those
//! of its language, from the theme.
//!
//! A page is indexed as if each mention of a preferred term were followed, more
//! quietly, by the other words that people use for it. So "wages" finds the
//! pages on payroll, and asking costs the reader nothing. Those of the language follow, more
//! quietly still, only what says what the page is about.

use std::collections::{BTreeMap, HashMap};

use super::words::{Language, Words as Reader};

/// For what pages say, what people say instead.
type Words = BTreeMap<String, Vec<String>>;

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
    /// Whether it is the language's, and not the site's.
    is_general: bool,
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
    /// The words of a site, and those of its language.
    pub(super) fn new(own: &Words, general: &Words, language: &Language) -> Self {
        let mut words = Reader::default();
        let mut synonyms = Self::default();
        let is_common = |word: &str| language.is_common(word);
        let general = both_ways(general);
        let own = own.iter().map(|words| (words, false));
        for ((preferred, others), is_general) in
            own.chain(general.iter().map(|words| (words, true)))
        {
            let named = words.list(preferred, is_common);
            let stems: Vec<String> = named.iter().map(|word| language.stem(word)).collect();
            let Some(first) = stems.first() else { continue };
            let mut others: Vec<Other> = others
                .iter()
                .map(|other| {
                    let all = words.list(other, is_common);
                    let content = all.iter().filter(|word| !language.is_common(word));
                    let words: Vec<String> = content.take(LONGEST_PHRASE).cloned().collect();
                    Other { has_common: words.len() < all.len(), words }
                })
                .filter(|other| !other.words.is_empty() && other.words != named)
                .collect();
            others.sort();
            others.dedup();
            synonyms.by_first.entry(first.clone()).or_default().push(synonyms.terms.len());
            synonyms.terms.push(Term { stems, others, is_general });
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

    /// Whether a term is the language's, and not the site's.
    pub(super) fn is_general(&self, term: usize) -> bool {
        self.terms[term].is_general
    }

    /// What people say instead of a term, each once.
    pub(super) fn others(&self, term: usize) -> &[Other] {
        &self.terms[term].others
    }
}

/// Each word with those that people say instead, and each of those with the word: a page says
/// one, and a reader the other.
fn both_ways(words: &Words) -> Words {
    let mut both = words.clone();
    for (term, others) in words {
        for other in others {
            both.entry(other.clone()).or_default().push(term.clone());
        }
    }
    both
}
