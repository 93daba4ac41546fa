//! Answers from an index, word for word as `search.js` gives them.
//!
//! What a reader types is read as words. Each word stands for a family; the
//! last one also for words that begin with it, and an unknown one for the
//! nearest known. A family adds `rarity * impact * factor` to the pages it is
//! on. With `n` words in the query, the sum of a page is multiplied by
//! `4 * covered² + (n - 1) * total²`, where `total` is the rarity of all words
//! and `covered` of those it has: of two words a page should have both, of
//! twelve most. This stays below 2^53, where JavaScript counts exactly.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap, HashSet},
};

use serde::{
    Deserialize,
    de::{DeserializeOwned, IgnoredAny},
};
use unicode_normalization::char::is_combining_mark;

use super::{
    numbers,
    terms::{HIGHEST_IMPACT, order},
    words::{Form, Words},
};

/// The most of a query that is read, in UTF-16 code units and in words.
const LONGEST_QUERY: usize = 1000;
const MOST_WORDS: usize = 32;

/// What a word adds, in quarters, when it is the one that was typed, one that
/// begins with an unknown one, one that begins with a known one, and the
/// nearest to a slip.
const EXACT: u64 = 4;
const BEGUN: u64 = 3;
const LONGER: u64 = 1;
const NEAREST: u64 = 3;

/// How much it matters that a page has all the words.
const COVERED: u64 = 4;

/// How many files are looked through for words that begin with another.
const MOST_FILES: usize = 3;

/// The marks around a word that was looked for.
const MARKS: [char; 2] = ['\u{1}', '\u{2}'];

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// The best pages, the best first.
    pub hits: Vec<Hit>,
    /// How many pages answer about as well as the best.
    pub total: usize,
    /// The query as it was understood, unless that is how it was typed.
    pub corrected: Option<String>,
}

/// A page that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Its address from the root of the site: `/money/`.
    pub url: String,
    /// Its title.
    pub title: String,
    /// About thirty words. Those that were looked for stand between U+0001
    /// and U+0002.
    pub excerpt: String,
    /// The id and the heading of the section that answers, unless that is the
    /// page as a whole.
    pub section: Option<(String, String)>,
    /// What kind of page it is.
    pub kind: String,
    /// How well it answers, compared with the others.
    pub score: u64,
}

/// Answers a query from the files of an index, with at most `limit` pages.
///
/// Any text is a query. A file that is missing or cannot be read counts as
/// empty.
pub fn search(files: &BTreeMap<String, Vec<u8>>, query: &str, limit: usize) -> Answer {
    let Some(entry) = files.get("index.json") else { return Answer::default() };
    let Ok(entry) = serde_json::from_slice(entry) else { return Answer::default() };
    Index { files, entry }.answer(query, limit)
}

#[derive(Deserialize)]
struct Entry {
    hash: String,
    pages: usize,
    block: usize,
    words: Vec<String>,
    spelling: Vec<String>,
    common: String,
}

#[derive(Deserialize)]
struct Shown(String, String, String, String, IgnoredAny, IgnoredAny, Vec<(String, String, String)>);

struct Index<'a> {
    files: &'a BTreeMap<String, Vec<u8>>,
    entry: Entry,
}

/// A word of the query and what it stands for.
struct Term {
    word: String,
    meant: String,
    matches: Vec<Match>,
    rarity: u64,
}

/// A family, and how far it is from what was typed.
struct Match {
    forms: Vec<String>,
    rarity: u64,
    /// Pages and impacts.
    pages: Vec<(usize, u64)>,
    factor: u64,
}

impl Index<'_> {
    fn answer(&self, query: &str, limit: usize) -> Answer {
        let query = beginning(query);
        let written = Words::default().list(query);
        let mut typed: Vec<(String, Form)> = Vec::new();
        Words::default().each(query, |word, form| {
            if typed.len() < MOST_WORDS && typed.iter().all(|(other, _)| other != word) {
                typed.push((word.to_owned(), form));
            }
        });
        let common: HashSet<&str> = self.entry.common.split(' ').collect();
        if typed.iter().any(|(word, _)| !common.contains(word.as_str())) {
            typed.retain(|(word, _)| !common.contains(word.as_str()));
        }
        let last = written.last();
        let terms: Vec<Term> =
            typed.into_iter().map(|(word, form)| self.term(word, form, last)).collect();

        let known: Vec<&Term> = terms.iter().filter(|term| !term.matches.is_empty()).collect();
        let ranked = self.rank(&known);
        let shown = ranked.iter().take(limit);
        let hits = shown.filter_map(|&(page, score)| self.hit(page, score, &terms)).collect();
        let corrected = terms.iter().any(|term| term.meant != term.word).then(|| {
            let meant = |word: &String| {
                let term = terms.iter().find(|term| term.word == *word);
                term.map_or(word, |term| &term.meant).clone()
            };
            written.iter().map(meant).collect::<Vec<_>>().join(" ")
        });
        Answer { hits, total: ranked.len(), corrected }
    }

    fn read<T: DeserializeOwned + Default>(&self, name: &str) -> T {
        let file = self.files.get(&format!("{name}.{}.json", self.entry.hash));
        file.and_then(|bytes| serde_json::from_slice(bytes).ok()).unwrap_or_default()
    }

    /// The families in a `words` file for which `wanted` holds of a word.
    fn families(&self, file: usize, factor: u64, wanted: impl Fn(&str) -> bool) -> Vec<Match> {
        let families: BTreeMap<Cow<'_, str>, Cow<'_, str>> = self.read(&format!("words-{file}"));
        let wanted = families.iter().filter(|(forms, _)| forms.split(' ').any(&wanted));
        wanted.map(|(forms, coded)| Match::read(forms, coded, factor)).collect()
    }

    fn term(&self, word: String, form: Form, last: Option<&String>) -> Term {
        let at = locate(&self.entry.words, &word);
        let mut matches = self.families(at, EXACT, |form| form == word);
        let known = matches.first().map(|known| known.rarity);
        let least = if known.is_some() { 3 } else { 2 };
        if last == Some(&word) && word.encode_utf16().count() >= least {
            let factor = if known.is_some() { LONGER } else { BEGUN };
            let begins = |name: &&String| name.starts_with(&word) && known.is_none();
            let following = self.entry.words.iter().skip(at + 1).take_while(begins);
            for next in at..=(at + following.take(MOST_FILES - 1).count()) {
                for longer in self.families(next, factor, |form| form.starts_with(&word)) {
                    if !matches.iter().any(|other| other.forms == longer.forms) {
                        matches.push(longer);
                    }
                }
            }
        }
        let mut meant = word.clone();
        let is_slip = matches.is_empty()
            && form == Form::Written
            && word.encode_utf16().count() > 3
            && !word.chars().any(char::is_numeric);
        if is_slip && let Some(found) = self.nearest(&word) {
            let at = locate(&self.entry.words, &found);
            matches = self.families(at, NEAREST, |form| form == found);
            meant = found;
        }
        let least = || matches.iter().map(|found| found.rarity).min().unwrap_or_default();
        let rarity = known.unwrap_or_else(least);
        Term { word, meant, matches, rarity }
    }

    /// The known word that was meant by an unknown one.
    ///
    /// It most likely has the same first letter, or else the second one.
    fn nearest(&self, typed: &str) -> Option<String> {
        typed.chars().take(2).find_map(|letter| {
            let file = locate(&self.entry.spelling, letter.encode_utf8(&mut [0; 4]));
            let (words, uses): (String, String) = self.read(&format!("spelling-{file}"));
            nearest(typed, letter, &words, &numbers::read(&uses)).map(str::to_owned)
        })
    }

    /// Page numbers and scores, the best first.
    fn rank(&self, terms: &[&Term]) -> Vec<(usize, u64)> {
        let mut scores = vec![(0, 0); self.entry.pages];
        for term in terms {
            let mut best = HashMap::new();
            for found in &term.matches {
                for &(page, impact) in &found.pages {
                    let best = best.entry(page).or_insert(0);
                    *best = impact.saturating_mul(found.factor).max(*best);
                }
            }
            #[expect(clippy::iter_over_hash_type, reason = "a sum does not depend on the order")]
            for (page, best) in best {
                if let Some((score, covered)) = scores.get_mut(page) {
                    *score += best * term.rarity;
                    *covered += term.rarity;
                }
            }
        }
        // The more words are asked for, the less it matters that one is missing.
        let total: u64 = terms.iter().map(|term| term.rarity).sum();
        let others = total * total * (terms.len() as u64).saturating_sub(1);
        let scores = scores
            .into_iter()
            .map(|(score, covered)| score * (COVERED * covered * covered + others));
        let mut found: Vec<(usize, u64)> =
            scores.enumerate().filter(|(_, score)| *score > 0).collect();
        let best = found.iter().map(|(_, score)| *score).max().unwrap_or_default();
        found.retain(|(_, score)| score * 4 >= best);
        found.sort_by_key(|&(page, score)| (std::cmp::Reverse(score), page));
        found
    }

    /// The page, with the section of it that has most of the words.
    fn hit(&self, page: usize, score: u64, terms: &[Term]) -> Option<Hit> {
        let block = self.entry.block.max(1);
        let mut pages: Vec<Shown> = self.read(&format!("pages-{}", page / block));
        if page % block >= pages.len() {
            return None;
        }
        let Shown(url, title, description, kind, _, _, sections) = pages.swap_remove(page % block);
        let looking = Looking::new(terms);
        let mut best: Option<(u64, _, _)> = None;
        for (at, section) in sections.iter().enumerate() {
            let (id, heading, text) = section;
            let is_named = at > 0 || !id.is_empty();
            let mut seen = looking.at(if is_named { heading } else { &title });
            let text = looking.at(text);
            let in_heading = looking.worth(&seen);
            seen.extend(&text);
            let worth = in_heading + looking.worth(&seen);
            if best.as_ref().is_none_or(|(most, ..)| worth > *most) {
                best = Some((worth, section, text));
            }
        }
        let nothing = <(String, String, String)>::default();
        let (_, (id, heading, text), found) = best.unwrap_or((0, &nothing, Vec::new()));
        let excerpt = if id.is_empty() && looking.worth(&found) == 0 && !description.is_empty() {
            looking.excerpt(&description, &looking.at(&description))
        } else {
            looking.excerpt(text, &found)
        };
        let section = (!id.is_empty()).then(|| (id.clone(), heading.clone()));
        Some(Hit { url, title, excerpt, section, kind, score })
    }
}

impl Match {
    fn read(forms: &str, coded: &str, factor: u64) -> Self {
        let forms = forms.split(' ').map(str::to_owned).collect();
        let mut numbers = numbers::read(coded).into_iter();
        let rarity = u64::from(numbers.next().unwrap_or_default());
        let levels = u32::from(HIGHEST_IMPACT) + 1;
        let mut next = 0;
        let page = |number| {
            let page = next + (number / levels) as usize;
            next = page + 1;
            (page, u64::from(levels - 1 - number % levels))
        };
        Self { forms, rarity, pages: numbers.map(page).collect(), factor }
    }
}

/// As much of a query as is read.
fn beginning(query: &str) -> &str {
    let mut units = 0;
    let too_far = |&(_, letter): &(usize, char)| {
        units += letter.len_utf16();
        units > LONGEST_QUERY
    };
    query.char_indices().find(too_far).map_or(query, |(end, _)| &query[..end])
}

/// Which range a word is in.
fn locate(starts: &[String], word: &str) -> usize {
    starts.partition_point(|start| order(start, word).is_le()).saturating_sub(1)
}

/// The nearest word that begins with `letter`, or else the one that has the
/// longest beginning in common with what was typed.
fn nearest<'a>(typed: &str, letter: char, words: &'a str, uses: &[u32]) -> Option<&'a str> {
    let typed: Vec<u16> = typed.encode_utf16().collect();
    let most = if typed.len() < 8 { 1 } else { 2 };
    let shortest = typed.len().saturating_sub(4).max(5);
    let (mut best, mut other) = (None, None);
    for (word, uses) in words.split(' ').zip(uses).filter(|(word, _)| word.starts_with(letter)) {
        let units: Vec<u16> = word.encode_utf16().collect();
        // The first of several that are as good stays.
        let slips = slips(&typed, &units, most);
        let key = (std::cmp::Reverse(slips), uses);
        if slips <= most && best.is_none_or(|(than, _)| key > than) {
            best = Some((key, word));
        }
        let same = typed.iter().zip(&units).take_while(|(a, b)| a == b).count();
        if same >= shortest && other.is_none_or(|(than, _)| (same, uses) > than) {
            other = Some(((same, uses), word));
        }
    }
    best.map(|(_, word)| word).or(other.map(|(_, word)| word))
}

/// How many letters must be added, dropped, changed or swapped with the next
/// to turn one word into the other; more than `most` when it is more than that.
fn slips(typed: &[u16], word: &[u16], most: usize) -> usize {
    if typed.len().abs_diff(word.len()) > most {
        return most + 1;
    }
    let mut last = Vec::new();
    let mut row: Vec<usize> = (0..=word.len()).collect();
    for i in 1..=typed.len() {
        let mut next = vec![i];
        for j in 1..=word.len() {
            let changed = usize::from(typed[i - 1] != word[j - 1]);
            let mut least = (row[j] + 1).min(next[j - 1] + 1).min(row[j - 1] + changed);
            if i > 1 && j > 1 && typed[i - 1] == word[j - 2] && typed[i - 2] == word[j - 1] {
                let before: &Vec<usize> = &last;
                least = least.min(before[j - 2] + 1);
            }
            next.push(least);
        }
        last = std::mem::replace(&mut row, next);
    }
    row[word.len()]
}

/// A word of a text: where it is, and the number of the term it belongs to.
#[derive(Clone, Copy)]
struct Seen {
    start: usize,
    end: usize,
    term: Option<usize>,
}

/// What is looked for in texts.
struct Looking<'a> {
    terms: &'a [Term],
    forms: HashMap<&'a str, usize>,
}

impl<'a> Looking<'a> {
    fn new(terms: &'a [Term]) -> Self {
        let mut forms = HashMap::new();
        for (number, term) in terms.iter().enumerate() {
            for form in term.matches.iter().flat_map(|found| &found.forms) {
                forms.entry(form.as_str()).or_insert(number);
            }
        }
        Self { terms, forms }
    }

    /// The words of a text.
    fn at(&self, text: &str) -> Vec<Seen> {
        let is_part = |c: char| c.is_alphanumeric() || is_combining_mark(c) || "'’-".contains(c);
        let mut words = Words::default();
        let mut seen = Vec::new();
        let mut from = 0;
        while let Some(start) = text[from..].find(is_part) {
            let start = from + start;
            let end =
                text[start..].find(|c| !is_part(c)).map_or(text.len(), |length| start + length);
            let mut term = None;
            words.each(&text[start..end], |word, _| {
                term = term.or_else(|| self.forms.get(word).copied());
            });
            seen.push(Seen { start, end, term });
            from = end;
        }
        seen
    }

    /// How much the words are worth, each term once.
    fn worth(&self, seen: &[Seen]) -> u64 {
        let terms: HashSet<usize> = seen.iter().filter_map(|word| word.term).collect();
        let mut worth = 0;
        #[expect(clippy::iter_over_hash_type, reason = "a sum does not depend on the order")]
        for term in terms {
            worth += self.terms[term].rarity;
        }
        worth
    }

    /// About thirty words around those that were looked for.
    fn excerpt(&self, text: &str, seen: &[Seen]) -> String {
        let (mut from, mut best) = (0, 0);
        for at in (0..seen.len()).filter(|&at| seen[at].term.is_some()) {
            let worth = self.worth(&seen[at..seen.len().min(at + 24)]);
            if worth > best {
                (best, from) = (worth, at);
            }
        }
        let from = if from < 10 { 0 } else { from - 6 };
        let to = seen.len().min(from + 32);
        let (mut excerpt, mut at) =
            if from > 0 { ("… ".to_owned(), seen[from].start) } else { (String::new(), 0) };
        for word in &seen[from..to] {
            excerpt.push_str(&text[at..word.start]);
            let written = &text[word.start..word.end];
            if word.term.is_some() {
                excerpt.extend([MARKS[0]]);
                excerpt.push_str(written);
                excerpt.extend([MARKS[1]]);
            } else {
                excerpt.push_str(written);
            }
            at = word.end;
        }
        excerpt.push_str(if to < seen.len() { " …" } else { &text[at..] });
        excerpt
    }
}
