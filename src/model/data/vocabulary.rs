//! `vocabulary.yaml`: what we call things, and what people type instead; and
//! `search-tests.yaml`: what people type, and what they must find.

use crate::parse::{Fields, Placed};

/// One of the words that pages use.
#[derive(Debug, Clone)]
pub struct Preferred {
    /// The words: `personal assistant`.
    pub term: Placed<String>,
    /// What people say instead.
    pub words: Vec<Placed<String>>,
    /// The page that comes first for exactly these words.
    pub best: Option<Placed<String>>,
    /// The page that must be found with each of them.
    pub test: Option<Placed<String>>,
}

impl Preferred {
    /// The term and what people say instead.
    pub fn all(&self) -> impl Iterator<Item = &Placed<String>> {
        std::iter::once(&self.term).chain(&self.words)
    }
}

/// What someone types, and the pages one of which must be among the first.
#[derive(Debug, Clone)]
pub struct SearchTest {
    /// The words.
    pub query: Placed<String>,
    /// The pages: `pay/payroll.md`, `can-i-buy/fun.md#gym`.
    pub pages: Vec<Placed<String>>,
}

/// Reads every term. Its value is a list of words, or names with values.
pub(super) fn read(all: &mut Fields<'_>) -> Vec<Preferred> {
    let mut terms = Vec::new();
    for (term, value) in all.every() {
        if all.is_list(value) {
            let words = all.list_in(value);
            terms.push(Preferred { term, words, best: None, test: None });
            continue;
        }
        let mut fields = all.part(value);
        terms.push(one(term, &mut fields));
        all.absorb(fields);
    }
    terms
}

/// Reads a term whose value is names with values.
pub(super) fn one(term: Placed<String>, fields: &mut Fields<'_>) -> Preferred {
    let words = fields.list("words");
    let (best, test) = (fields.text("best"), fields.text("test"));
    Preferred { term, words, best, test }
}

/// Reads every search test.
pub(super) fn read_tests(all: &mut Fields<'_>) -> Vec<SearchTest> {
    all.every_list().into_iter().map(|(query, pages)| SearchTest { query, pages }).collect()
}
