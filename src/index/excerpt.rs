//! The words around those that were looked for (snippets, keyword in context).
//!
//! `search.js` does the same in `looking()`, `show()` and `excerpt()`.
//! `unicode-normalization` knows which characters are accents.

use std::collections::{HashMap, HashSet};

use unicode_normalization::char::is_combining_mark;

use super::words::Words;

/// The marks around a word that was looked for.
const MARKS: [char; 2] = ['\u{1}', '\u{2}'];

/// What stands between sentences that were not neighbours.
pub(super) const LEFT_OUT: &str = " … ";

/// How many words an excerpt has, how many of a long sentence are weighed together, and how many
/// stand before the first that was looked for.
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

    /// The sentence with most of what was looked for, and one beside it; of a long one, about
    /// thirty words around them. A row of a table or a fact counts half, and stands alone; the
    /// description of the page takes its place where that says as much.
    pub(super) fn excerpt(&self, text: &str, description: &str) -> String {
        let sentences = self.sentences(text);
        let value = |one: &Sentence<'_>| {
            2 * self.worth(&one.seen) * (1 + u64::from(one.is_whole)) + u64::from(one.is_whole)
        };
        let most = sentences.iter().map(value).max().unwrap_or_default();
        let best = sentences.iter().position(|one| value(one) == most);
        let is_whole = best.is_some_and(|best| sentences[best].is_whole);
        if !description.is_empty() && !is_whole && most <= 2 * self.worth(&self.at(description)) {
            return self.excerpt(description, "");
        }
        let Some(at) = best else { return text.to_owned() };
        let best = &sentences[at];
        if best.seen.len() > WORDS {
            return self.part(best);
        }
        // The one behind it, or the one before where that adds more.
        let beside = |one: &Sentence<'_>| {
            let fits = is_whole && one.is_whole && best.seen.len() + one.seen.len() <= WORDS;
            fits.then(|| self.worth(&[&best.seen[..], &one.seen].concat()))
        };
        let before = at.checked_sub(1).map(|at| &sentences[at]).filter(|_| best.goes_on);
        let behind = sentences.get(at + 1).filter(|behind| behind.goes_on);
        let more = behind.and_then(beside);
        let less = before.and_then(beside);
        match (before, behind) {
            (Some(before), _) if less > more.max(Some(self.worth(&best.seen))) => {
                format!("{} {}", before.marked(), best.marked())
            }
            (_, Some(behind)) if more.is_some() => {
                format!("{} {}", best.marked(), behind.marked())
            }
            _ => best.marked(),
        }
    }

    /// The sentences of a text. One ends with a full stop, a question or an exclamation mark
    /// before a space and no small letter, and where some were left out.
    fn sentences<'t>(&self, text: &'t str) -> Vec<Sentence<'t>> {
        let mut sentences = Vec::new();
        for run in text.split(LEFT_OUT) {
            let (bytes, mut from) = (run.as_bytes(), 0);
            while from < run.len() {
                let ends = |at: &usize| {
                    matches!(bytes[*at], b'.' | b'!' | b'?')
                        && bytes.get(at + 1) == Some(&b' ')
                        && !bytes.get(at + 2).is_some_and(u8::is_ascii_lowercase)
                };
                let end = (from + 1..run.len()).find(ends).map_or(run.len(), |mark| mark + 2);
                let words = run[from..end].trim();
                let (seen, is_whole) = (self.at(words), is_whole(words));
                sentences.push(Sentence { words, seen, is_whole, goes_on: from > 0 });
                from = end;
            }
        }
        sentences
    }

    /// About thirty words of a sentence, around those that were looked for.
    fn part(&self, sentence: &Sentence<'_>) -> String {
        let Sentence { words, seen, .. } = sentence;
        let (mut from, mut best) = (0, 0);
        for at in (0..seen.len()).filter(|&at| seen[at].term.is_some()) {
            let worth = self.worth(&seen[at..seen.len().min(at + WEIGHED)]);
            if worth > best {
                (best, from) = (worth, at);
            }
        }
        let from = if from < BEFORE + 4 { 0 } else { from - BEFORE };
        let shown = &seen[from..seen.len().min(from + WORDS)];
        let goes_on = from + WORDS < seen.len();
        let start = if from > 0 { seen[from].start } else { 0 };
        let end = if goes_on { seen[from + WORDS - 1].end } else { words.len() };
        let (before, after) = (if from > 0 { "… " } else { "" }, if goes_on { " …" } else { "" });
        format!("{before}{}{after}", marked(words, shown, start, end))
    }
}

/// A sentence of a text.
struct Sentence<'t> {
    words: &'t str,
    seen: Vec<Seen>,
    is_whole: bool,
    /// Whether it stands right behind the one before.
    goes_on: bool,
}

impl Sentence<'_> {
    fn marked(&self) -> String {
        marked(self.words, &self.seen, 0, self.words.len())
    }
}

/// Whether words are a sentence with an end: no row of a table, no fact behind its name, and
/// nothing that is to be filled in.
pub(super) fn is_whole(words: &str) -> bool {
    let open = words.trim_end_matches(['"', '”', '’', ')', ']']);
    let name = |word: &str| word.len() > 1 && word.ends_with(':');
    let first: Vec<&str> = words.splitn(5, ' ').collect();
    open.ends_with(['.', '!', '?'])
        && !words.contains(" – ")
        && !words.contains("[…]")
        && !first.iter().take(first.len() - 1).take(3).any(|&word| name(word))
}

/// A part of a text with marks round the words that were looked for.
fn marked(text: &str, seen: &[Seen], from: usize, to: usize) -> String {
    let (mut shown, mut at) = (String::new(), from);
    for word in seen.iter().filter(|word| word.term.is_some()) {
        shown.push_str(&text[at..word.start]);
        shown.push(MARKS[0]);
        shown.push_str(&text[word.start..word.end]);
        shown.push(MARKS[1]);
        at = word.end;
    }
    shown + &text[at..to]
}
