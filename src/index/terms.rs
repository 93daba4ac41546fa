//! Which words are on which pages, and how much each says about its page.
//!
//! Words with one stem make a *family* and are searched as one. A word that is
//! used in two languages is in one family, which is then that of both its
//! stems.
//!
//! How much a word says is a whole number, so that the browser ranks exactly as
//! the builder does: see [`Family`].

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet, HashMap},
    hash::{BuildHasherDefault, Hasher},
};

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use super::{
    Page,
    synonyms::Synonyms,
    words::{Form, Language, Words},
};

/// The highest impact of a word on a page.
pub(super) const HIGHEST_IMPACT: u8 = 31;

/// How many times a word in the title counts as much as one in the text, and
/// so on. What a page is called matters more than what it mentions.
const TITLE: Field = Field { weight: 12, typical: 5 };
const HEADING: Field = Field { weight: 4, typical: 30 };
const OTHER_WORDS: Field = Field { weight: 6, typical: 12 };
const DESCRIPTION: Field = Field { weight: 3, typical: 15 };

/// A mention of a term counts so many times as much as one of its other words.
const SYNONYM: u32 = 2;

/// The usual constants of BM25: how soon more of the same word stops
/// mattering, and how much a long text is held against it.
const SATURATION: f32 = 1.2;
const LENGTH: f32 = 0.75;

/// What a word in the body counts. Counts are whole numbers so that their sum
/// does not depend on the order in which words are met.
const BODY: u32 = 64;

/// What rarity is multiplied by before it is made a whole number.
const RARITY_SCALE: f64 = 16.0;

/// How many pages are kept for a word that only shapes questions.
const COMMON_PAGES: usize = 50;

/// A short text beside the body of a page.
struct Field {
    weight: u32,
    /// Its usual length in words. A word in a title of ten says less than one
    /// in a title of two. Typical rather than average, so that a new page does
    /// not change what the others are worth.
    typical: u32,
}

impl Field {
    /// What a word counts in a text of so many words.
    fn each(&self, length: usize) -> u32 {
        let (typical, weight) = (self.typical, self.weight * BODY);
        let length = u32::try_from(length).unwrap_or(u32::MAX / 2);
        (weight * 2 * typical / (typical + length)).max(1)
    }
}

/// Words that are searched as one, and where they are.
#[derive(Debug)]
pub(super) struct Family {
    /// The words, sorted.
    pub(super) forms: Vec<String>,
    /// How rare the family is, from 1. A page scores `rarity * impact`.
    pub(super) rarity: u32,
    /// Page number and impact, by page; impacts are from 1 to
    /// [`HIGHEST_IMPACT`].
    pub(super) pages: Vec<(u32, u8)>,
    /// Whether it only shapes questions.
    pub(super) is_common: bool,
}

/// How words are sorted: as JavaScript compares them.
pub(super) fn order(a: &str, b: &str) -> Ordering {
    if a.is_ascii() || b.is_ascii() { a.cmp(b) } else { a.encode_utf16().cmp(b.encode_utf16()) }
}

/// The families of all pages, by their first words.
pub(super) fn families(pages: &[&Page], vocabulary: &BTreeMap<String, Vec<String>>) -> Vec<Family> {
    let tags: BTreeSet<&str> = pages.iter().map(|page| page.language.as_str()).collect();
    let tongues: Vec<Tongue> = tags.into_iter().map(|tag| Tongue::new(tag, vocabulary)).collect();
    // One part for each core: each has words of its own, joined below.
    let size = pages.len().div_ceil(rayon::current_num_threads()).max(1);
    let parts: Vec<Part> =
        pages.par_chunks(size).map(|pages| Part::read(pages, &tongues)).collect();
    join(&parts, &tongues)
}

/// A language of the site.
struct Tongue<'a> {
    tag: &'a str,
    language: Language,
    synonyms: Synonyms,
}

impl<'a> Tongue<'a> {
    fn new(tag: &'a str, vocabulary: &BTreeMap<String, Vec<String>>) -> Self {
        let language = Language::new(tag);
        let synonyms = Synonyms::new(vocabulary, &language);
        Self { tag, language, synonyms }
    }
}

/// How often a word is on a page.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    /// In the short texts, weighted.
    prominent: u32,
    /// In the body.
    body: u32,
}

/// What was read from some of the pages.
struct Part {
    words: Lexicon,
    pages: Vec<Counted>,
}

/// One page: its words by their numbers in [`Part::words`].
struct Counted {
    counts: Vec<(u32, Count)>,
    length: u32,
}

/// The words of a part. The same letters in two languages are two words.
#[derive(Default)]
struct Lexicon {
    numbers: Vec<HashMap<Box<str>, u32, BuildHasherDefault<WordHasher>>>,
    words: Vec<Word>,
}

struct Word {
    text: Box<str>,
    stem: Box<str>,
    /// The vocabulary's terms that may begin here.
    terms: Box<[usize]>,
}

impl Lexicon {
    fn number(&mut self, word: &str, tongue: usize, tongues: &[Tongue<'_>]) -> u32 {
        if let Some(&number) = self.numbers[tongue].get(word) {
            return number;
        }
        let number = u32::try_from(self.words.len()).expect("memory ends before words do");
        let Tongue { language, synonyms, .. } = &tongues[tongue];
        let stem = language.stem(word);
        let terms = synonyms.beginning_with(&stem).into();
        self.words.push(Word { text: word.into(), stem: stem.into(), terms });
        self.numbers[tongue].insert(word.into(), number);
        number
    }
}

/// Words are short and nobody gains by choosing them to collide.
#[derive(Default)]
struct WordHasher(u64);

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = xxh3_64(bytes);
    }

    fn write_u8(&mut self, _: u8) {}

    fn finish(&self) -> u64 {
        self.0
    }
}

impl Part {
    fn read(pages: &[&Page], tongues: &[Tongue<'_>]) -> Self {
        let mut reader = Reader {
            tongues,
            lexicon: Lexicon {
                numbers: tongues.iter().map(|_| HashMap::default()).collect(),
                words: Vec::new(),
            },
            words: Words::default(),
            counts: Vec::new(),
            touched: Vec::new(),
            text: Vec::new(),
        };
        let pages = pages.iter().map(|page| reader.page(page)).collect();
        Self { words: reader.lexicon, pages }
    }
}

struct Reader<'a> {
    tongues: &'a [Tongue<'a>],
    lexicon: Lexicon,
    words: Words,
    /// What has been counted on this page, by word.
    counts: Vec<Count>,
    /// The words that have been counted.
    touched: Vec<u32>,
    /// The words of one text, in order.
    text: Vec<(u32, Form)>,
}

impl Reader<'_> {
    fn page(&mut self, page: &Page) -> Counted {
        let tongue = self.tongues.iter().position(|tongue| tongue.tag == page.language);
        let tongue = tongue.expect("the languages were taken from the pages");
        let mut mentions = BTreeMap::new();
        self.short(&page.title, &TITLE, tongue, &mut mentions);
        self.short(&page.description, &DESCRIPTION, tongue, &mut mentions);
        self.short(&page.words.join(" \n "), &OTHER_WORDS, tongue, &mut mentions);
        let headings: Vec<&str> = page.sections.iter().map(|s| s.heading.as_str()).collect();
        self.short(&headings.join(" \n "), &HEADING, tongue, &mut mentions);
        let mut length = 0;
        for section in &page.sections {
            length += self.read(&section.text, tongue);
            self.count(Count { prominent: 0, body: BODY }, tongue, &mut mentions);
        }
        for (term, mentioned) in mentions {
            for other in self.tongues[tongue].synonyms.others(term) {
                let number = self.lexicon.number(other, tongue, self.tongues);
                self.add(
                    number,
                    Count {
                        prominent: mentioned.prominent / SYNONYM,
                        body: mentioned.body / SYNONYM,
                    },
                );
            }
        }
        self.touched.sort_unstable();
        let take = |&number: &u32| (number, std::mem::take(&mut self.counts[number as usize]));
        let counts = self.touched.iter().map(take).collect();
        self.touched.clear();
        Counted { counts, length: u32::try_from(length).unwrap_or(u32::MAX) }
    }

    fn short(
        &mut self,
        text: &str,
        field: &Field,
        tongue: usize,
        mentions: &mut BTreeMap<usize, Count>,
    ) {
        let length = self.read(text, tongue);
        self.count(Count { prominent: field.each(length), body: 0 }, tongue, mentions);
    }

    /// Reads the words of a text; gives how many there are.
    fn read(&mut self, text: &str, tongue: usize) -> usize {
        self.text.clear();
        let mut length = 0;
        self.words.each(text, |word, form| {
            self.text.push((self.lexicon.number(word, tongue, self.tongues), form));
            length += usize::from(form == Form::Written);
        });
        length
    }

    /// Counts the words of the text that was read, and the vocabulary's terms
    /// in it.
    fn count(&mut self, each: Count, tongue: usize, mentions: &mut BTreeMap<usize, Count>) {
        self.counts.resize(self.lexicon.words.len(), Count::default());
        let synonyms = &self.tongues[tongue].synonyms;
        for at in 0..self.text.len() {
            let (number, form) = self.text[at];
            self.add(number, each);
            if form == Form::Joined {
                continue;
            }
            for &term in &self.lexicon.words[number as usize].terms {
                let mut following = self.text[at..]
                    .iter()
                    .filter(|(_, form)| *form == Form::Written)
                    .map(|&(number, _)| &*self.lexicon.words[number as usize].stem);
                if synonyms.stems(term).iter().all(|stem| following.next() == Some(stem)) {
                    let mentioned = mentions.entry(term).or_default();
                    mentioned.prominent += each.prominent;
                    mentioned.body += each.body;
                }
            }
        }
    }

    fn add(&mut self, number: u32, more: Count) {
        if self.counts.len() <= number as usize {
            self.counts.resize(self.lexicon.words.len(), Count::default());
        }
        let count = &mut self.counts[number as usize];
        if count.prominent + count.body == 0 {
            self.touched.push(number);
        }
        count.prominent += more.prominent;
        count.body += more.body;
    }
}

/// Makes families of the words of all parts and weighs them.
fn join(parts: &[Part], tongues: &[Tongue<'_>]) -> Vec<Family> {
    let (groups, numbers) = group(parts);
    let pages: Vec<&Counted> = parts.iter().flat_map(|part| &part.pages).collect();
    let total: u64 = pages.iter().map(|page| u64::from(page.length)).sum();
    #[expect(clippy::cast_precision_loss, reason = "an average")]
    let average = (total.max(1) as f64 / pages.len().max(1) as f64) as f32;

    let weighed: Vec<Vec<Weighed>> = parts
        .par_iter()
        .zip(&numbers)
        .flat_map(|(part, numbers)| part.pages.par_iter().map(move |page| (page, numbers)))
        .map(|(page, numbers)| weigh(page, numbers, average))
        .collect();

    let common: BTreeSet<&str> =
        tongues.iter().flat_map(|tongue| tongue.language.common()).collect();
    let mut families: Vec<Family> = groups
        .into_iter()
        .map(|forms| Family {
            is_common: forms.iter().any(|form| common.contains(form.as_str())),
            forms,
            rarity: 0,
            pages: Vec::new(),
        })
        .collect();
    for (number, words) in (0..).zip(&weighed) {
        for word in words {
            let family = &mut families[word.family as usize];
            family.pages.push((number, word.impact));
        }
    }
    for family in &mut families {
        family.rarity = rarity(family.pages.len(), pages.len());
        if family.is_common {
            family.rarity = 1;
            family.pages.sort_by_key(|&(page, impact)| (std::cmp::Reverse(impact), page));
            family.pages.truncate(COMMON_PAGES);
            family.pages.sort_unstable();
        }
    }
    families
}

/// The inverse document frequency of BM25, as a whole number.
fn rarity(with: usize, of: usize) -> u32 {
    #[expect(clippy::cast_precision_loss, reason = "a ratio")]
    let (with, of) = (with as f64, of as f64);
    let rarity = (1.0 + (of - with + 0.5) / (with + 0.5)).ln() * RARITY_SCALE;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few hundred")]
    let whole = rarity.round().max(1.0) as u32;
    whole
}

/// The words that belong together, by the first of them, and for each part
/// which group each of its words is in.
fn group(parts: &[Part]) -> (Vec<Vec<String>>, Vec<Vec<u32>>) {
    let mut words: Vec<(&str, &str)> = parts
        .iter()
        .flat_map(|part| part.words.words.iter().map(|word| (&*word.text, &*word.stem)))
        .collect();
    words.par_sort_unstable_by(|a, b| order(a.0, b.0).then_with(|| order(a.1, b.1)));
    words.dedup();

    // Words in order; each joins the group of a word seen before that has its
    // letters or one of its stems. A group that is joined to another one
    // points at it.
    let mut groups: Vec<usize> = Vec::new();
    let mut by_stem: HashMap<&str, usize> = HashMap::new();
    let mut by_text: Vec<(&str, usize)> = Vec::new();
    for (text, stem) in words {
        let of_text = by_text.last().filter(|(last, _)| *last == text).map(|&(_, group)| group);
        let of_stem = by_stem.get(stem).copied();
        let found = match (of_text, of_stem) {
            (None, None) => {
                groups.push(groups.len());
                groups.len() - 1
            }
            (Some(group), None) | (None, Some(group)) => root(&groups, group),
            (Some(one), Some(other)) => {
                let (one, other) = (root(&groups, one), root(&groups, other));
                groups[one.max(other)] = one.min(other);
                one.min(other)
            }
        };
        by_stem.insert(stem, found);
        if of_text.is_none() {
            by_text.push((text, found));
        }
    }

    let mut numbers = vec![None; groups.len()];
    let mut forms: Vec<Vec<String>> = Vec::new();
    let mut of_word: HashMap<&str, u32> = HashMap::with_capacity(by_text.len());
    for (text, group) in by_text {
        let number = *numbers[root(&groups, group)].get_or_insert_with(|| {
            forms.push(Vec::new());
            forms.len() - 1
        });
        forms[number].push(text.to_owned());
        of_word.insert(text, u32::try_from(number).expect("there are fewer families than words"));
    }
    let of_part = |part: &Part| part.words.words.iter().map(|word| of_word[&*word.text]).collect();
    let of_parts = parts.iter().map(of_part).collect();
    (forms, of_parts)
}

fn root(groups: &[usize], mut group: usize) -> usize {
    while groups[group] != group {
        group = groups[group];
    }
    group
}

/// A family on one page.
struct Weighed {
    family: u32,
    impact: u8,
}

#[expect(clippy::cast_precision_loss, reason = "ratios")]
fn weigh(page: &Counted, families: &[u32], average: f32) -> Vec<Weighed> {
    let mut counts: Vec<(u32, Count)> =
        page.counts.iter().map(|&(word, count)| (families[word as usize], count)).collect();
    counts.sort_unstable_by_key(|(family, _)| *family);
    let length = 1.0 - LENGTH + LENGTH * page.length as f32 / average;
    counts
        .chunk_by(|a, b| a.0 == b.0)
        .map(|same| {
            let prominent: u32 = same.iter().map(|(_, count)| count.prominent).sum();
            let body: u32 = same.iter().map(|(_, count)| count.body).sum();
            let often = (prominent as f32 + body as f32 / length) / BODY as f32;
            let impact = often / (often + SATURATION) * f32::from(HIGHEST_IMPACT);
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "between 0 and the highest impact"
            )]
            let impact = (impact.round() as u8).clamp(1, HIGHEST_IMPACT);
            Weighed { family: same[0].0, impact }
        })
        .collect()
}
