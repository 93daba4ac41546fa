//! The words around those that were looked for (snippets, keyword in context).
//!
//! `search.js` does the same in `looking()`, `show()` and `excerpt()`.
//! `unicode-normalization` knows which characters are accents.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

use unicode_normalization::char::is_combining_mark;

use super::{shown::LEFT_OUT, words::Words};

/// The marks around a word that was looked for.
const MARKS: [char; 2] = ['\u{1}', '\u{2}'];

/// How many words an excerpt has, and how many of a long sentence stand before the rarest that
/// was looked for.
const WORDS: usize = 32;
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

    /// One or two whole sentences with the words that were looked for; of a long one, about
    /// thirty words around them. A row of a table or a fact counts half, and stands alone; the
    /// description of the page takes its place where that says as much.
    pub(super) fn excerpt(&self, text: &str, seen: &[Seen], description: &str) -> String {
        let sentences = sentences(text, seen);
        let ends = |at: usize| {
            let Range { start, end } = sentences[at];
            let from = if at == 0 { 0 } else { begin(text, seen, start) };
            (from, begin(text, seen, end))
        };
        let is_whole: Vec<bool> = (0..sentences.len())
            .map(|at| {
                let (from, to) = ends(at);
                is_whole(trimmed(&text[from..to]))
            })
            .collect();
        let mut best: Option<((u64, bool), usize)> = None;
        for (at, words) in sentences.iter().enumerate() {
            let worth = self.worth(&seen[words.clone()]) * (1 + u64::from(is_whole[at]));
            if best.is_none_or(|(most, _)| (worth, is_whole[at]) > most) {
                best = Some(((worth, is_whole[at]), at));
            }
        }
        let of_page = self.at(description);
        let says_less = |&((worth, is_whole), _): &((u64, bool), usize)| {
            !is_whole && worth <= 2 * self.worth(&of_page) && !description.is_empty()
        };
        let Some((_, at)) = best.filter(|best| !says_less(best)) else {
            return match description {
                "" => text.to_owned(),
                _ => self.excerpt(description, &of_page, ""),
            };
        };
        let first = sentences[at].clone();
        if first.len() > WORDS {
            return self.part(text, seen, first);
        }
        // Beside it the one that adds most, and where none adds anything the next.
        let worth = self.worth(&seen[first.clone()]);
        let mut beside: Option<(u64, usize)> = None;
        for (other, words) in sentences.iter().enumerate().filter(|(other, _)| *other != at) {
            let both: Vec<Seen> = [&seen[first.clone()], &seen[words.clone()]].concat();
            let more = self.worth(&both) - worth;
            let is_near = more > 0 || other == at + 1;
            let fits = first.len() + words.len() <= WORDS && is_whole[at] && is_whole[other];
            if is_near && fits && beside.is_none_or(|(most, _)| more > most) {
                beside = Some((more, other));
            }
        }
        let mut shown = vec![at];
        shown.extend(beside.map(|(_, other)| other));
        shown.sort_unstable();
        let is_next = |at: &[usize]| {
            let gap = |at: usize| &text[seen[at - 1].end..seen[at].start];
            at[1] == at[0] + 1 && !gap(sentences[at[1]].start).contains(LEFT_OUT)
        };
        let between = if shown.len() < 2 || is_next(&shown) { " " } else { LEFT_OUT };
        let shown = shown.into_iter().map(|at| {
            let (from, to) = ends(at);
            let marked = marked(text, &seen[sentences[at].clone()], from, to);
            trimmed(&marked).to_owned()
        });
        shown.collect::<Vec<_>>().join(between)
    }

    /// About thirty words of a sentence, around the rarest that was looked for.
    fn part(&self, text: &str, seen: &[Seen], words: Range<usize>) -> String {
        let (mut from, mut rarest) = (words.start, 0);
        for at in words.clone() {
            let worth = self.worth(&seen[at..=at]);
            if worth > rarest {
                (rarest, from) = (worth, at);
            }
        }
        let from = if from - words.start < BEFORE + 4 { words.start } else { from - BEFORE };
        let to = words.end.min(from + WORDS);
        let before = if from > words.start { "… " } else { "" };
        let end = if to < words.end { seen[to - 1].end } else { begin(text, seen, to) };
        let shown = marked(text, &seen[from..to], seen[from].start, end);
        let after = if to < words.end { " …" } else { "" };
        format!("{before}{}{after}", trimmed(&shown))
    }
}

/// The words of each sentence, by their numbers. A sentence ends with a full stop, a question
/// or an exclamation mark before a space and no small letter, and where some were left out.
fn sentences(text: &str, seen: &[Seen]) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut from = 0;
    for at in 1..seen.len() {
        let gap = &text[seen[at - 1].end..seen[at].start];
        // As sentences are parted when pages are read.
        let ends = gap.contains(LEFT_OUT)
            || gap.split_once(' ').is_some_and(|(mark, _)| {
                let next = seen[at - 1].end + mark.len() + 1;
                mark.ends_with(['.', '!', '?'])
                    && !text[next..].starts_with(|c: char| c.is_ascii_lowercase())
            });
        if ends {
            sentences.push(from..at);
            from = at;
        }
    }
    if from < seen.len() {
        sentences.push(from..seen.len());
    }
    sentences
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

/// Text without the mark that some was left out before or behind it.
fn trimmed(text: &str) -> &str {
    let text = text.trim();
    let text = text.strip_prefix("… ").unwrap_or(text);
    text.strip_suffix(" …").unwrap_or(text)
}

/// Where what belongs to a word begins: “£” stands before it.
fn begin(text: &str, seen: &[Seen], at: usize) -> usize {
    let Some(word) = seen.get(at) else { return text.len() };
    let before = at.checked_sub(1).map_or(0, |before| seen[before].end);
    text[before..word.start].rfind(' ').map_or(word.start, |space| before + space + 1)
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
