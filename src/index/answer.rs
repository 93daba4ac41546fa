//! Answers from an index, word for word as `search.js` gives them.
//!
//! What a reader types is read as words. Each word stands for a family; the
//! last one also for words that begin with it, and an unknown one for the word
//! that was meant. A family adds `weight * impact * factor` to the pages it is
//! on; where words follow each other as the query has them, or two of the query follow each
//! other anyhow, the phrase counts for each of its words instead, if that is more. Of a query
//! of a few words a page should have all: its sum is multiplied by
//! `4 * covered² + apart * total²`, where `total` is the weight of all words, `covered` of those
//! it has, and `apart` grows with their number ([`APART`]). A long page has a few words of any
//! story, so of more words the sum alone counts. This stays below 2^53, where JavaScript counts
//! exactly. A word of a story may be rare by chance: the cat that was asleep. There each weighs
//! as much as the square root of its rarity ([`damped`]).
//!
//! Of the best pages those come before others that have most of the words in one part, in its
//! heading above all ([`LOOKED`], [`SCATTERED`]).

use std::{
    borrow::Cow,
    cmp::Reverse,
    collections::{BTreeMap, HashMap, HashSet},
};

use serde::{Deserialize, de::DeserializeOwned};

use super::{
    Common, Telling, english,
    excerpt::Looking,
    files::path,
    hash, is_common, listed, locate, numbers, slug,
    spelling::{Spelling, alike},
    synonyms::LONGEST_PHRASE,
    telling,
    terms::HIGHEST_IMPACT,
    words::{CAPITALS, Form, Words},
};

/// The most of a query that is read, in UTF-16 code units and in words.
const LONGEST_QUERY: usize = 1000;
const MOST_WORDS: usize = 32;

/// What a word adds, in quarters, when it is the one that was typed, one that
/// begins with an unknown one, one that begins with a known one, the one that
/// was meant, one of a phrase, and one of two that stand elsewhere in the query.
const EXACT: u64 = 4;
const BEGUN: u64 = 3;
const LONGER: u64 = 1;
const MEANT: u64 = 3;
const PHRASE: u64 = 6;
const PAIR: u64 = 5;

/// The most that a word weighs which only frames a question, where others tell what it is
/// about: as rare as one that three pages of four have. How seldom a page says “lovely” tells nothing.
const FRAMING: u64 = 5;

/// How much it matters that a page has all the words.
const COVERED: u64 = 4;

/// How much of a page's sum counts whether or not it has all the words, by the number of words
/// that are asked for; of more words all of it. A word that is missing from three says less than
/// one from two, and from five nothing. Source: tried on questions that were written for it, on
/// Cranfield and on short queries; see `tests/bench/relevance.rs`.
const APART: [u64; 5] = [0, 0, 1, 8, 64];

/// How many of the best pages are looked through, part by part. Their texts are fetched for the
/// first results in any case, or a little before they are needed.
const LOOKED: usize = 5;

/// What a page counts, in quarters of what all words say, before its best part: so much that this
/// part alone decides between pages that answer about as well.
const SCATTERED: u64 = 13;

/// How exactly scores are compared then.
const PARTS: f64 = 65_536.0;

/// Pages with less than this part of the best score are left out: a quarter of it, or of three words
/// and more, whose sum counts, half.
fn least(words: usize) -> u64 {
    if words < 3 { 4 } else { 2 }
}

/// How many files are looked through for words that begin with another.
const MOST_FILES: usize = 3;

/// What a query found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// The best pages, the best first.
    pub hits: Vec<Hit>,
    /// How many pages answer about as well as the best.
    pub total: usize,
    /// How the query was understood, where words of it are no words.
    pub corrected: Option<String>,
}

/// A page that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Its address from the root of the site: `/money/`.
    pub url: String,
    /// Its title.
    pub title: String,
    /// One or two sentences, or about thirty words of a long one. Words that were looked for
    /// stand between U+0001 and U+0002.
    pub excerpt: String,
    /// The id and the heading of the section that answers, unless that is the
    /// page as a whole.
    pub section: Option<(String, String)>,
    /// What kind of page it is.
    pub kind: String,
    /// The stage that it belongs to, or empty.
    pub stage: String,
    /// Its language.
    pub language: String,
    /// How well it answers by its words, compared with the others. Among the first few a part that
    /// says it all may come before a page with a little more.
    pub score: u64,
    /// What each word of the query adds to that.
    pub reasons: Vec<Reason>,
}

/// What a word of a query says for a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The word as it was understood.
    pub word: String,
    /// What it adds: nothing if the page does not have it.
    pub points: u64,
}

/// How a query is to be answered.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// How many pages at most.
    pub limit: usize,
    /// Pages in other languages count half. Empty for none.
    pub language: String,
    /// For `kind`, `stage` and `language` the values that are wanted.
    pub filters: BTreeMap<String, Vec<String>>,
    /// Whether words that are on no page stay as they are.
    pub as_typed: bool,
}

/// What a word weighs among many: the square root, so that ten times as rare counts three times as
/// much. It stays as it is at 100, which is the rarity of a word of one page of many hundred.
fn damped(weight: u64) -> u64 {
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a small number, and its root as JavaScript has it"
    )]
    let root = ((weight as f64).sqrt() * 10.0).floor() as u64;
    root
}

/// Answers a query from the files of an index.
///
/// Any text is a query. A file that is missing or cannot be read counts as
/// empty.
pub fn search(files: &BTreeMap<String, Vec<u8>>, query: &str, options: &Options) -> Answer {
    let Some(index) = Index::open(files) else { return Answer::default() };
    let mut asked = index.ask(query, options);
    index.look_through(&mut asked);
    let shown = asked.ranked[..asked.total].iter().take(options.limit);
    let hits = shown.filter_map(|&(page, score)| index.hit(page, score, &asked.terms));
    Answer {
        hits: hits.map(|(hit, _)| hit).collect(),
        total: asked.total,
        corrected: asked.corrected,
    }
}

/// Where a page comes in the answer to a query, from 1, and why; none if it has
/// none of the words.
pub fn explain(
    files: &BTreeMap<String, Vec<u8>>,
    query: &str,
    options: &Options,
    url: &str,
) -> Option<(usize, Hit)> {
    let index = Index::open(files)?;
    let mut asked = index.ask(query, options);
    index.look_through(&mut asked);
    let page = index.page_at(url)?;
    let at = asked.ranked.iter().position(|(found, _)| *found == page)?;
    let (hit, _) = index.hit(page, asked.ranked[at].1, &asked.terms)?;
    Some((at + 1, hit))
}

#[derive(Deserialize)]
struct Entry {
    hash: String,
    pages: String,
    places: usize,
    words: Vec<String>,
    spelling: Vec<String>,
    english: u32,
    common: Common,
    languages: (Vec<String>, String),
}

#[derive(Deserialize)]
struct Shown(String, String, String, String, String, String, Vec<Vec<String>>);

/// A line of a `words` file.
#[derive(Deserialize)]
#[serde(untagged)]
enum Line<'a> {
    Alone(#[serde(borrow)] Cow<'a, str>),
    WithPhrases(Cow<'a, str>, Cow<'a, str>),
}

type Labels = BTreeMap<String, (Vec<String>, String)>;

struct Index<'a> {
    files: &'a BTreeMap<String, Vec<u8>>,
    entry: Entry,
    /// The first page of each `pages` file, and the number of all pages.
    starts: Vec<usize>,
}

/// What came of a query.
struct Asked {
    terms: Vec<Term>,
    /// Page numbers and scores, the best first.
    ranked: Vec<(usize, u64)>,
    /// How many of them were chosen for just these words.
    chosen: usize,
    /// How many of them are worth showing.
    total: usize,
    corrected: Option<String>,
}

/// A word of the query and what it stands for.
struct Term {
    word: String,
    /// What the reader is told that it was read as.
    told: String,
    matches: Vec<Match>,
    rarity: u64,
    /// How much a page counts for having it: how rare it is, and little where it only frames
    /// what others tell.
    weight: u64,
    /// Whether it only frames the question.
    is_framing: bool,
}

/// A family or a phrase, and how far it is from what was typed.
#[derive(Clone)]
struct Match {
    forms: Vec<String>,
    rarity: u64,
    is_framing: bool,
    /// Pages and impacts.
    pages: Vec<(usize, u64)>,
    factor: u64,
    /// By the hash of the families that follow.
    phrases: Vec<(u32, Vec<(usize, u64)>)>,
}

impl Match {
    /// What it goes by in phrases and places.
    fn name(&self) -> &str {
        self.forms.first().map_or("", String::as_str)
    }
}

impl<'a> Index<'a> {
    fn open(files: &'a BTreeMap<String, Vec<u8>>) -> Option<Self> {
        let entry: Entry = serde_json::from_slice(files.get("index.json")?).ok()?;
        let mut starts = vec![0];
        for count in numbers::read(&entry.pages) {
            starts.push(starts.last().copied().unwrap_or_default() + count as usize);
        }
        Some(Self { files, entry, starts })
    }

    fn pages(&self) -> usize {
        self.starts.last().copied().unwrap_or_default()
    }

    fn read<T: DeserializeOwned + Default>(&self, name: &str) -> T {
        self.bytes(name).and_then(|bytes| serde_json::from_slice(bytes).ok()).unwrap_or_default()
    }

    fn bytes(&self, name: &str) -> Option<&'a [u8]> {
        self.files.get(&path(name, &self.entry.hash)).map(Vec::as_slice)
    }

    fn ask(&self, query: &str, options: &Options) -> Asked {
        let query = beginning(query);
        let mut written: Vec<String> = Vec::new();
        let mut joined: Vec<(String, Vec<String>)> = Vec::new();
        let common = &self.entry.common;
        Words::default().each(query, |word, form| match form {
            Form::Joined(parts) => {
                joined.push((word.to_owned(), written[written.len() - parts..].to_vec()));
            }
            _ => written.push(form.name(word, |word| is_common(word, common)).into_owned()),
        });
        let mut typed: Vec<&str> = Vec::new();
        for word in &written {
            if typed.len() < MOST_WORDS && !typed.contains(&word.as_str()) {
                typed.push(word);
            }
        }
        let Telling { words: typed, shaping, language } =
            telling(&typed, &self.entry.common, &options.language);
        let is_english = english::is_english(&language);
        joined.truncate(MOST_WORDS);
        let mut terms: Vec<Term> = Vec::new();
        let mut meant: HashMap<&str, String> = HashMap::new();
        for &word in &typed {
            let together: Vec<Match> = joined
                .iter()
                .filter(|(_, parts)| parts.iter().any(|part| part == word))
                .flat_map(|(whole, _)| self.known(whole, PHRASE))
                .collect();
            let corrects = (!options.as_typed).then_some(is_english);
            let found = self.understand(word, together, written.last(), corrects);
            let words: Vec<&str> = found.iter().map(|term| term.told.as_str()).collect();
            meant.insert(word, words.join(" "));
            terms.extend(found);
        }
        terms.truncate(MOST_WORDS);
        // The beginning of a word tells nothing yet.
        let tells = |term: &Term| !term.is_framing && term.own().is_some();
        if terms.iter().any(tells) {
            let framing = terms.iter_mut().filter(|term| term.is_framing);
            framing.for_each(|term| term.weight = term.rarity.min(FRAMING));
        }
        if terms.iter().filter(|term| !term.matches.is_empty()).count() >= APART.len() {
            terms.iter_mut().for_each(|term| term.weight = damped(term.weight));
        }
        Self::add_phrases(&mut terms);
        let mut ranked = self.rank(&terms, options);
        let quoted = self.with_phrases(query, &shaping, &mut ranked);
        let chosen = self.put_best_first(&written, &terms, options, &mut ranked);
        let best = ranked.first().map_or(0, |(_, score)| *score);
        let least = least(terms.iter().filter(|term| !term.matches.is_empty()).count());
        let total = ranked.iter().take_while(|(_, score)| score * least >= best).count();
        let is_changed = !quoted || typed.iter().any(|word| *word != meant[word]);
        let corrected = is_changed.then(|| {
            let words =
                written.iter().map(|word| meant.get(word.as_str()).unwrap_or(word).as_str());
            let words = words.map(|word| word.trim_end_matches(CAPITALS));
            words.collect::<Vec<_>>().join(" ")
        });
        Asked { terms, ranked, chosen, total, corrected }
    }

    /// The lines of a `words` file.
    fn lines(&self, file: usize) -> BTreeMap<Cow<'a, str>, Line<'a>> {
        let bytes = self.bytes(&format!("words-{file}"));
        bytes.and_then(|bytes| serde_json::from_slice(bytes).ok()).unwrap_or_default()
    }

    /// The families in a `words` file for which `wanted` holds of a word.
    fn families(&self, file: usize, factor: u64, wanted: impl Fn(&str) -> bool) -> Vec<Match> {
        let lines = self.lines(file);
        let wanted = lines.iter().filter(|(forms, _)| forms.split(' ').any(&wanted));
        wanted.map(|(forms, line)| Match::new(forms, line, factor)).collect()
    }

    fn known(&self, word: &str, factor: u64) -> Vec<Match> {
        self.families(locate(&self.entry.words, word), factor, |form| form == word)
    }

    /// What a word of the query stands for. Two words that were run together
    /// are two.
    ///
    /// `together` has what it stands for together with its neighbours, as the
    /// parts of a phone number do. It `corrects` slips, perhaps those of English, or nothing.
    fn understand(
        &self,
        word: &str,
        together: Vec<Match>,
        last: Option<&String>,
        corrects: Option<bool>,
    ) -> Vec<Term> {
        let mut matches = self.known(word, EXACT);
        let known = matches.first().map(|known| known.rarity);
        matches.extend(together);
        let length = word.encode_utf16().count();
        let is_last = last.is_some_and(|last| last == word);
        if is_last && length >= if known.is_some() { 3 } else { 2 } {
            self.add_longer(word, &mut matches);
        }
        let least = |matches: &[Match]| matches.iter().map(|found| found.rarity).min().unwrap_or(0);
        let term = |word: &str, matches: Vec<Match>| {
            let rarity = known.unwrap_or_else(|| least(&matches));
            Term {
                word: word.to_owned(),
                told: word.to_owned(),
                rarity,
                weight: rarity,
                is_framing: matches.first().is_some_and(|first| first.is_framing),
                matches,
            }
        };
        let is_word = length > 3 && !word.chars().any(|c| c.is_numeric() || c == CAPITALS);
        let Some(is_english) = corrects.filter(|_| matches.is_empty() && is_word) else {
            return vec![term(word, matches)];
        };
        if self.is_proper(word) {
            let Some(form) = self.inflected(word) else { return vec![term(word, matches)] };
            let known = self.known(&form, EXACT);
            return vec![Term { told: word.to_owned(), ..term(&form, known) }];
        }
        match self.meant(word, is_english) {
            words if words.is_empty() => vec![term(word, matches)],
            words => words.iter().map(|word| term(word, self.known(word, MEANT))).collect(),
        }
    }

    /// Adds the words that begin with `word`.
    fn add_longer(&self, word: &str, matches: &mut Vec<Match>) {
        let is_known = matches.iter().any(|found| found.factor == EXACT);
        let at = locate(&self.entry.words, word);
        let begins = |name: &&String| name.starts_with(word) && !is_known;
        let following = self.entry.words.iter().skip(at + 1).take_while(begins);
        let factor = if is_known { LONGER } else { BEGUN };
        for next in at..=(at + following.take(MOST_FILES - 1).count()) {
            for longer in self.families(next, factor, |form| form.starts_with(word)) {
                if !matches.iter().any(|other| other.forms == longer.forms) {
                    matches.push(longer);
                }
            }
        }
    }

    /// The known word that an unknown but proper one is another form of.
    fn inflected(&self, typed: &str) -> Option<String> {
        let first = typed.chars().next()?;
        self.spelling(first).inflected(typed, first).map(str::to_owned)
    }

    /// Whether an unknown word is a proper one.
    fn is_proper(&self, typed: &str) -> bool {
        if self.entry.english == 0 {
            return false;
        }
        let file = english::file(typed, self.entry.english);
        english::has(&self.read::<String>(&format!("english-{file}")), typed)
    }

    /// The known words that were meant by an unknown one, if any.
    ///
    /// Slips of other kinds than a wrong letter are those of English.
    fn meant(&self, typed: &str, is_english: bool) -> Vec<String> {
        let mut letters = typed.chars();
        let (Some(first), Some(second)) = (letters.next(), letters.next()) else {
            return Vec::new();
        };
        let near = self.spelling(first);
        let one = |word: &str| vec![word.to_owned()];
        let splits = near.splits(typed, first);
        let split = |together: bool| {
            let is_split = |(word, rest): &&(String, String)| {
                let second = self.known(rest, MEANT).into_iter().next();
                second.is_some_and(|second| !together || self.is_phrase(word, &second))
            };
            splits.iter().find(is_split).map(|(word, rest)| vec![word.clone(), rest.clone()])
        };
        // Two words that pages have one after the other are no slip of one.
        if let Some(words) = split(true) {
            return words;
        }
        if let Some(word) = near.nearest(typed, first, is_english) {
            return one(word);
        }
        if is_english {
            let found = near.without_ending(typed, first).or_else(|| near.heard(typed, first));
            if let Some(word) = found {
                return one(word);
            }
            if let Some(word) = self.spelling(second).nearest(typed, second, is_english) {
                return one(word);
            }
            if let Some(letter) = alike(first)
                && let Some(word) = self.spelling(letter).heard(typed, letter)
            {
                return one(word);
            }
        }
        if let Some(words) = split(false) {
            return words;
        }
        near.begun(typed, first).map(one).unwrap_or_default()
    }

    /// Whether pages make something of a word with a family after it.
    fn is_phrase(&self, word: &str, second: &Match) -> bool {
        let first = self.known(word, MEANT).into_iter().next();
        first.is_some_and(|first| first.phrase(second.name(), MEANT).is_some())
    }

    fn spelling(&self, letter: char) -> Spelling {
        let file = locate(&self.entry.spelling, letter.encode_utf8(&mut [0; 4]));
        let name = format!("spelling-{file}");
        let (words, uses, forms): (String, String, String) = self.read(&name);
        Spelling::new(words, &uses, forms)
    }

    /// Adds the phrases that the words of the query make, to each of them: some in a row, and
    /// two wherever they stand in it.
    fn add_phrases(terms: &mut [Term]) {
        let mut found: Vec<(usize, Match)> = Vec::new();
        for (first, term) in terms.iter().enumerate() {
            let Some(own) = term.own() else { continue };
            let mut name = String::new();
            for (end, next) in terms.iter().enumerate().skip(first + 1).take(LONGEST_PHRASE - 1) {
                let before = name.clone();
                // Of the last word, perhaps only the beginning was typed.
                let is_begun = |other: &&Match| matches!(other.factor, BEGUN | LONGER);
                let begun = next.matches.iter().filter(is_begun);
                for other in next.own().into_iter().chain(begun) {
                    name.clone_from(&before);
                    if !name.is_empty() {
                        name.push(' ');
                    }
                    name.push_str(other.name());
                    if let Some(phrase) = own.phrase(&name, PHRASE) {
                        found.extend((first..=end).map(|at| (at, phrase.clone())));
                    }
                }
                let Some(own) = next.own() else { break };
                name = before;
                if !name.is_empty() {
                    name.push(' ');
                }
                name.push_str(own.name());
            }
        }
        for (first, own) in terms.iter().enumerate() {
            for (second, other) in terms.iter().enumerate() {
                if let (Some(own), Some(other)) = (own.own(), other.own())
                    && let Some(phrase) = own.phrase(other.name(), PAIR)
                {
                    found.extend([first, second].map(|at| (at, phrase.clone())));
                }
            }
        }
        for (at, phrase) in found {
            terms[at].matches.push(phrase);
        }
    }

    /// Page numbers and scores, the best first.
    fn rank(&self, terms: &[Term], options: &Options) -> Vec<(usize, u64)> {
        let mut scores = vec![(0, 0); self.pages()];
        let known: Vec<&Term> = terms.iter().filter(|term| !term.matches.is_empty()).collect();
        for term in &known {
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
                    *score += best * term.weight;
                    *covered += term.weight;
                }
            }
        }
        let total: u64 = known.iter().map(|term| term.weight).sum();
        let others = APART.get(known.len()).map(|apart| apart * total * total);
        let labels = self.labels(options);
        let mut ranked: Vec<(usize, u64)> = scores
            .into_iter()
            .enumerate()
            .filter(|(page, (score, _))| *score > 0 && labels.allow(*page))
            .map(|(page, (score, covered))| {
                let score = match others {
                    Some(others) => score * (COVERED * covered * covered + others),
                    None => score,
                };
                (page, if labels.is_foreign(page) { score / 2 } else { score })
            })
            .collect();
        ranked.sort_by_key(|&(page, score)| (Reverse(score), page));
        ranked
    }

    fn labels(&self, options: &Options) -> Wanted {
        let mut wanted = Wanted::default();
        let (tags, runs) = &self.entry.languages;
        let is_own = |tag: &String| !tag.is_empty() && *tag == options.language;
        if let Some(own) = tags.iter().position(is_own) {
            wanted.language = u32::try_from(own).ok();
            for run in numbers::read(runs).chunks_exact(2) {
                let end = wanted.languages.len() + run[1] as usize;
                wanted.languages.resize(end.min(self.pages()), run[0]);
            }
        }
        if options.filters.values().all(Vec::is_empty) {
            return wanted;
        }
        let labels: Labels = self.read("labels");
        for (label, values) in &options.filters {
            if let Some((names, of)) = labels.get(label).filter(|_| !values.is_empty()) {
                let allowed = names.iter().map(|name| values.contains(name)).collect();
                wanted.allowed.push((numbers::read(of), allowed));
            }
        }
        wanted
    }

    /// Puts those of the best pages first that have most of the words in one part. Pages that
    /// were chosen stay where they are.
    fn look_through(&self, asked: &mut Asked) {
        let Asked { terms, ranked, chosen, total, .. } = asked;
        let looked = &mut ranked[..(*total).min(LOOKED)];
        let looked = looked.get_mut(*chosen..).unwrap_or_default();
        let Some(&(_, best)) = looked.first() else { return };
        let all: u64 = terms.iter().map(|term| term.rarity).sum();
        looked.sort_by_cached_key(|&(page, score)| {
            let worth = self.hit(page, score, terms).map_or(0, |(_, worth)| worth);
            #[expect(
                clippy::cast_precision_loss,
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a number below 2^53 in parts, as JavaScript has it"
            )]
            let parts = (score as f64 / best as f64 * PARTS).floor() as u64;
            Reverse(parts * (SCATTERED * all + worth))
        });
    }

    /// Puts the pages first that were chosen for exactly these words, and says how many.
    fn put_best_first(
        &self,
        written: &[String],
        terms: &[Term],
        options: &Options,
        ranked: &mut Vec<(usize, u64)>,
    ) -> usize {
        let words: Vec<&str> = terms.iter().map(|term| term.word.as_str()).collect();
        let Some(first) = words.first() else { return 0 };
        let lines = self.lines(locate(&self.entry.words, first));
        let whole = hash::query(&format!("{first}={}", written.join("=")));
        let key = hash::query(&words.join("="));
        let found = lines.get(&*whole).or_else(|| lines.get(&*key));
        let Some(Line::Alone(pages)) = found else { return 0 };
        let labels = self.labels(options);
        let pages: Vec<usize> = numbers::read(pages)
            .into_iter()
            .map(|page| page as usize)
            .filter(|&page| page < self.pages() && labels.allow(page))
            .collect();
        let best = ranked.first().map_or(0, |(_, score)| *score);
        ranked.retain(|(page, _)| !pages.contains(page));
        let first = pages.iter().rev().zip(1..).map(|(&page, more)| (page, best + more));
        let mut first: Vec<(usize, u64)> = first.collect();
        first.reverse();
        let chosen = first.len();
        ranked.splice(0..0, first);
        chosen
    }

    /// Keeps the pages that have what stands in quotation marks, if there are
    /// any; says whether there are.
    fn with_phrases(
        &self,
        query: &str,
        shaping: &[String],
        ranked: &mut Vec<(usize, u64)>,
    ) -> bool {
        let mut kept = ranked.clone();
        for phrase in quoted(query, &self.entry.common) {
            let pages = self.pages_with(&phrase, shaping);
            kept.retain(|(page, _)| pages.contains(page));
        }
        let is_there = !kept.is_empty() || ranked.is_empty();
        if is_there {
            *ranked = kept;
        }
        is_there
    }

    /// The pages where the words follow each other. Common words may be any
    /// word.
    fn pages_with(&self, phrase: &[String], shaping: &[String]) -> HashSet<usize> {
        let mut starts: Option<HashMap<usize, HashSet<i64>>> = None;
        for (at, word) in (0_i64..).zip(phrase) {
            if shaping.contains(word) {
                continue;
            }
            let Some(family) = self.known(word, EXACT).into_iter().next() else {
                return HashSet::new();
            };
            let file = locate(&self.entry.words, word) / self.entry.places.max(1);
            let places: BTreeMap<String, String> = self.read(&format!("places-{file}"));
            let Some(places) = places.get(family.name()) else { continue };
            let mut numbers = numbers::read(places).into_iter();
            let mut found: HashMap<usize, HashSet<i64>> = HashMap::new();
            for &(page, _) in &family.pages {
                let count = numbers.next().unwrap_or_default();
                let mut next = 0;
                for gap in numbers.by_ref().take(count as usize) {
                    let place = next + i64::from(gap);
                    next = place + 1;
                    let start = place - at;
                    let fits = starts.as_ref().is_none_or(|starts| {
                        starts.get(&page).is_some_and(|places| places.contains(&start))
                    });
                    if fits {
                        found.entry(page).or_default().insert(start);
                    }
                }
            }
            starts = Some(found);
        }
        starts.map(|starts| starts.into_keys().collect()).unwrap_or_default()
    }

    /// The number of the page at an address. Each file is read once.
    fn page_at(&self, url: &str) -> Option<usize> {
        self.starts.iter().enumerate().find_map(|(file, start)| {
            let pages: Vec<Shown> = self.read(&format!("pages-{file}"));
            pages.iter().position(|page| page.0 == url).map(|at| start + at)
        })
    }

    fn shown(&self, page: usize) -> Option<Shown> {
        let file = self.starts.partition_point(|&start| start <= page).checked_sub(1)?;
        let mut pages: Vec<Shown> = self.read(&format!("pages-{file}"));
        let at = page - self.starts[file];
        (at < pages.len()).then(|| pages.swap_remove(at))
    }

    /// The page, with the section of it that has most of the words.
    fn hit(&self, page: usize, score: u64, terms: &[Term]) -> Option<(Hit, u64)> {
        let Shown(url, title, description, kind, stage, language, sections) = self.shown(page)?;
        let looking = looking(terms);
        let mut best: Option<(u64, _, _, _, _)> = None;
        for (at, section) in sections.iter().enumerate() {
            let part = |at: usize| section.get(at).map_or("", String::as_str);
            let (heading, text) = (part(0), part(1));
            let id = if part(2).is_empty() { slug(heading) } else { part(2).to_owned() };
            let is_named = at > 0 || !id.is_empty();
            let mut seen = looking.at(if is_named { heading } else { title.as_str() });
            seen.extend(looking.at(part(3)));
            let found = looking.at(text);
            let in_heading = looking.worth(&seen);
            seen.extend(&found);
            let worth = in_heading + looking.worth(&seen);
            // A part that says as much as the title is what was asked for.
            let is_better = |(most, id, ..): &(u64, String, _, _, _)| {
                worth > *most || worth == *most && worth > 0 && id.is_empty()
            };
            if best.as_ref().is_none_or(is_better) {
                best = Some((worth, id, heading, text, found));
            }
        }
        let (worth, id, heading, text, found) = best.unwrap_or_default();
        let says_nothing = text.is_empty() || id.is_empty() && looking.worth(&found) == 0;
        let texts = sections.iter().filter_map(|section| section.get(1));
        let other = std::iter::once(&description).chain(texts).find(|text| !text.is_empty());
        let excerpt = match other.filter(|_| says_nothing) {
            Some(other) => looking.excerpt(other, &description),
            None => looking.excerpt(text, &description),
        };
        let section = (!id.is_empty()).then(|| (id.clone(), heading.to_owned()));
        let reasons = terms.iter().map(|term| term.reason(page)).collect();
        let hit = Hit { url, title, excerpt, section, kind, stage, language, score, reasons };
        Some((hit, worth))
    }
}

/// Which pages a query may find.
#[derive(Default)]
struct Wanted {
    /// For each label the values of all pages, and which are allowed.
    allowed: Vec<(Vec<u32>, Vec<bool>)>,
    language: Option<u32>,
    languages: Vec<u32>,
}

impl Wanted {
    fn allow(&self, page: usize) -> bool {
        self.allowed.iter().all(|(of, allowed)| {
            let value = of.get(page).map(|&value| value as usize);
            value.and_then(|value| allowed.get(value).copied()).unwrap_or_default()
        })
    }

    fn is_foreign(&self, page: usize) -> bool {
        self.language.is_some() && self.languages.get(page).copied() != self.language
    }
}

impl Term {
    /// The family of the word itself, or of the one that was meant.
    fn own(&self) -> Option<&Match> {
        self.matches
            .iter()
            .find(|found| matches!(found.factor, EXACT | MEANT) && found.forms.contains(&self.word))
    }

    fn reason(&self, page: usize) -> Reason {
        let points = self.matches.iter().filter_map(|found| {
            let at = found.pages.binary_search_by_key(&page, |(page, _)| *page).ok()?;
            Some(found.pages[at].1 * found.factor * self.weight)
        });
        Reason { word: self.word.clone(), points: points.max().unwrap_or_default() }
    }
}

impl Match {
    fn new(forms: &str, line: &Line<'_>, factor: u64) -> Self {
        let (coded, phrases) = match line {
            Line::Alone(coded) => (coded, Vec::new()),
            Line::WithPhrases(coded, phrases) => (coded, read_phrases(phrases)),
        };
        let mut numbers = numbers::read(coded).into_iter();
        let rarity = u64::from(numbers.next().unwrap_or_default());
        let (rarity, is_framing) = (rarity / 2, rarity % 2 == 1);
        let forms = forms.split(' ').map(str::to_owned).collect();
        Self { forms, rarity, is_framing, pages: pages(numbers), factor, phrases }
    }
}

impl Match {
    /// The phrase that it makes with the families that are named `rest`.
    fn phrase(&self, rest: &str, factor: u64) -> Option<Self> {
        let wanted = hash::phrase(rest);
        let (_, pages) = self.phrases.iter().find(|(name, _)| *name == wanted)?;
        Some(Self {
            forms: Vec::new(),
            rarity: 0,
            is_framing: false,
            pages: pages.clone(),
            factor,
            phrases: Vec::new(),
        })
    }
}

/// The hashes of phrases, and their pages.
fn read_phrases(coded: &str) -> Vec<(u32, Vec<(usize, u64)>)> {
    let mut numbers = numbers::read(coded).into_iter();
    let mut next = 0;
    let mut phrases = Vec::new();
    while let (Some(gap), Some(more)) = (numbers.next(), numbers.next()) {
        let name = gap.wrapping_add(next);
        next = name.wrapping_add(1);
        phrases.push((name, pages(numbers.by_ref().take(more as usize + 1))));
    }
    phrases
}

fn pages(numbers: impl Iterator<Item = u32>) -> Vec<(usize, u64)> {
    let levels = u32::from(HIGHEST_IMPACT) + 1;
    let mut next = 0;
    let page = |number| {
        let page = next + (number / levels) as usize;
        next = page + 1;
        (page, u64::from(levels - 1 - number % levels))
    };
    numbers.map(page).collect()
}

fn looking(terms: &[Term]) -> Looking<'_> {
    let mut forms = HashMap::new();
    for (number, term) in terms.iter().enumerate() {
        for form in term.matches.iter().flat_map(|found| &found.forms) {
            forms.entry(form.as_str()).or_insert(number);
        }
    }
    Looking { forms, rarities: terms.iter().map(|term| term.rarity).collect() }
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

/// The words between quotation marks, where there is more than one.
fn quoted(query: &str, common: &Common) -> Vec<Vec<String>> {
    let parts = query.split(['"', '“', '”']);
    let inside = parts.skip(1).step_by(2).map(|part| listed(part, common));
    inside.filter(|words| words.len() > 1).collect()
}
