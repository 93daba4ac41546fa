//! The words around those that were looked for (snippets, keyword in context).
//!
//! `search.js` does the same in `looking()`, `show()` and `excerpt()`.
//! `unicode-normalization` knows which characters are accents.

use std::collections::{HashMap, HashSet};

use unicode_normalization::char::is_combining_mark;

use super::words::Words;

/// The marks around a word that was looked for.
const MARKS: [char; 2] = ['\u{1}', '\u{2}'];

/// How many words an excerpt has, how many of them are weighed together, and
/// how many stand before the first that was looked for.
const WORDS: usize = 32;
const WEIGHED: usize = 24;
const BEFORE: usize = 6;

/// A word of a text: where it is, and the number of the term it belongs to.
#[derive(Clone, Copy)]
pub(super) struct Seen {
    start: usize,
    end: usize,
    term: Option<usize>,
}

/// What is looked for in texts.
pub(super) struct Looking<'a> {
    /// The number of the term that each word belongs to.
    pub(super) forms: HashMap<&'a str, usize>,
    /// How rare each term is.
    pub(super) rarities: Vec<u64>,
}

impl Looking<'_> {
    /// The words of a text.
    pub(super) fn at(&self, text: &str) -> Vec<Seen> {
        let is_part = |c: char| c.is_alphanumeric() || is_combining_mark(c) || "'’-".contains(c);
        let mut words = Words::default();
        let mut seen = Vec::new();
        let mut from = 0;
        while let Some(start) = text[from..].find(is_part) {
            let start = from + start;
            let end =
                text[start..].find(|c| !is_part(c)).map_or(text.len(), |length| start + length);
            let mut term = None;
            words.each(&text[start..end], |word, form| {
                let capitals = form.name(word, |_| true);
                let found = self.forms.get(word).or_else(|| self.forms.get(&*capitals));
                term = term.or(found.copied());
            });
            seen.push(Seen { start, end, term });
            from = end;
        }
        seen
    }

    /// How much the words are worth, each term once.
    pub(super) fn worth(&self, seen: &[Seen]) -> u64 {
        let terms: HashSet<usize> = seen.iter().filter_map(|word| word.term).collect();
        let mut worth = 0;
        #[expect(clippy::iter_over_hash_type, reason = "a sum does not depend on the order")]
        for term in terms {
            worth += self.rarities[term];
        }
        worth
    }

    /// About thirty words around those that were looked for.
    pub(super) fn excerpt(&self, text: &str, seen: &[Seen]) -> String {
        let (mut from, mut best) = (0, 0);
        for at in (0..seen.len()).filter(|&at| seen[at].term.is_some()) {
            let worth = self.worth(&seen[at..seen.len().min(at + WEIGHED)]);
            if worth > best {
                (best, from) = (worth, at);
            }
        }
        let from = if from < BEFORE + 4 { 0 } else { from - BEFORE };
        let to = seen.len().min(from + WORDS);
        let (mut excerpt, mut at) =
            if from > 0 { ("… ".to_owned(), seen[from].start) } else { (String::new(), 0) };
        for word in &seen[from..to] {
            excerpt.push_str(&text[at..word.start]);
            let written = &text[word.start..word.end];
            if word.term.is_some() {
                excerpt.push(MARKS[0]);
                excerpt.push_str(written);
                excerpt.push(MARKS[1]);
            } else {
                excerpt.push_str(written);
            }
            at = word.end;
        }
        excerpt.push_str(if to < seen.len() { " …" } else { &text[at..] });
        excerpt
    }
}
