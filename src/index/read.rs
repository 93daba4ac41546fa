//! Pages to numbered words, in order: the one time their text is read.
//!
//! Everything that is made of a text later (what a word is worth, where it
//! stands, which sentences are shown) is made of these numbers. `xxhash_rust` makes it
//! quick to look words up.

use std::{
    collections::{BTreeMap, HashMap},
    hash::{BuildHasherDefault, Hasher},
    ops::Range,
};

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use super::{
    Page, Section,
    synonyms::Synonyms,
    words::{Form, Language, Words},
};

/// What a word in the body counts. Counts are whole numbers so that their sum
/// does not depend on the order in which words are met.
pub(super) const BODY: u32 = 64;

/// Stands between the words of two texts, which are not neighbours.
pub(super) const GAP: u32 = u32::MAX;

/// How many words of a page are read. A page of this length is a book.
const MOST_WORDS: usize = 200_000;

/// How many of them have a place, so that phrases with them are found.
pub(super) const MOST_PLACES: usize = 20_000;

/// A sentence is shown whole up to so many bytes, and cut beyond.
const SENTENCE: usize = 240;

/// How many times a word in the title counts as much as one in the text, and
/// so on. What a page is called matters more than what it mentions. Each of its other words is
/// a text of its own, so that a long list of them takes nothing from any.
const TITLE: Field = Field { weight: 9, typical: 5 };
const HEADING: Field = Field { weight: 8, typical: 30 };
const OTHER_WORDS: Field = Field { weight: 5, typical: 4 };
const SECTION_WORDS: Field = Field { weight: 6, typical: 4 };
const DESCRIPTION: Field = Field { weight: 3, typical: 15 };

/// A mention of a term counts so many times as much as one of its other words: of those of the
/// site, and of those of the language.
const SYNONYM: u32 = 2;
const GENERAL_SYNONYM: u32 = 6;

/// A mention of a term of the site counts so many times as much as a word of several that are
/// said instead.
const PART_OF_SYNONYM: u32 = 8;

/// What is said instead of something and counts less than this finds no page that is shown.
const LEAST_SAID: u32 = BODY / 4;

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

/// A language of the site.
pub(super) struct Tongue<'a> {
    pub(super) tag: &'a str,
    pub(super) language: Language,
    pub(super) synonyms: Synonyms,
}

/// How often a word is on a page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Count {
    /// In the short texts, weighted.
    pub(super) prominent: u32,
    /// In the body.
    pub(super) body: u32,
}

impl Count {
    fn add(&mut self, more: Self) {
        self.prominent += more.prominent;
        self.body += more.body;
    }

    /// Whether what is said instead of something is worth its bytes.
    fn says_something(self) -> bool {
        self.prominent + self.body >= LEAST_SAID
    }

    fn divided(self, by: u32) -> Self {
        Self { prominent: self.prominent / by, body: self.body / by }
    }
}

/// What was read from some of the pages.
pub(super) struct Part {
    pub(super) words: Lexicon,
    pub(super) pages: Vec<Counted>,
}

/// One page: its words by their numbers in [`Part::words`].
#[derive(Debug, Default)]
pub(super) struct Counted {
    /// Each word with its count, by number.
    pub(super) counts: Vec<(u32, Count)>,
    /// Words that follow each other, where the page makes something of it.
    pub(super) neighbours: Vec<(u32, u32, Count)>,
    /// Other words for what the page is about, where they are several.
    pub(super) phrases: Vec<(Phrase, Count)>,
    /// How many words the body has.
    pub(super) length: u32,
    /// Every word as it stands, with [`GAP`] between texts.
    pub(super) text: Vec<u32>,
    /// How many numbers of `text` are the title.
    pub(super) title: usize,
    /// The sentences of the sections, in order.
    pub(super) sentences: Vec<Sentence>,
}

/// Two to four words in a row, none of them common.
pub(super) type Phrase = Box<[u32]>;

/// A sentence, or as much of one as is shown at once.
#[derive(Debug)]
pub(super) struct Sentence {
    /// The number of its section.
    pub(super) section: usize,
    /// Where it is in the text of the section.
    pub(super) bytes: Range<usize>,
    /// Where its words are in [`Counted::text`].
    pub(super) words: Range<usize>,
}

/// The words of a part. The same letters in two languages are two words.
#[derive(Default)]
pub(super) struct Lexicon {
    numbers: Vec<HashMap<Box<str>, u32, BuildHasherDefault<WordHasher>>>,
    pub(super) words: Vec<Word>,
}

pub(super) struct Word {
    pub(super) text: Box<str>,
    pub(super) stem: Box<str>,
    /// Whether it only shapes questions.
    pub(super) is_common: bool,
    /// Whether it frames questions.
    pub(super) is_framing: bool,
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
        let is_common = language.is_common(word);
        let is_framing = language.frames(word);
        self.words.push(Word {
            text: word.into(),
            stem: stem.into(),
            is_common,
            is_framing,
            terms,
        });
        self.numbers[tongue].insert(word.into(), number);
        number
    }
}

/// Words are short and nobody gains by choosing them to collide.
#[derive(Default)]
pub(super) struct WordHasher(u64);

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = xxh3_64(bytes);
    }

    fn write_u8(&mut self, _: u8) {}

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Reads all pages, one part for each core.
pub(super) fn read(pages: &[&Page], tongues: &[Tongue<'_>]) -> Vec<Part> {
    let size = pages.len().div_ceil(rayon::current_num_threads()).max(1);
    pages.par_chunks(size).map(|pages| part(pages, tongues)).collect()
}

fn part(pages: &[&Page], tongues: &[Tongue<'_>]) -> Part {
    let lexicon = Lexicon {
        numbers: tongues.iter().map(|_| HashMap::default()).collect(),
        words: Vec::new(),
    };
    let mut reader = Reader {
        tongues,
        lexicon,
        words: Words::default(),
        counts: Vec::new(),
        touched: Vec::new(),
        neighbours: Vec::new(),
        run: Vec::new(),
        page: Counted::default(),
    };
    let pages = pages.iter().map(|page| reader.page(page)).collect();
    Part { words: reader.lexicon, pages }
}

struct Reader<'a> {
    tongues: &'a [Tongue<'a>],
    lexicon: Lexicon,
    words: Words,
    /// What has been counted on this page, by word.
    counts: Vec<Count>,
    /// The words that have been counted.
    touched: Vec<u32>,
    /// Pairs of neighbours on this page.
    neighbours: Vec<(u32, u32, Count)>,
    /// The words of one text, in order.
    run: Vec<(u32, Form)>,
    page: Counted,
}

impl Reader<'_> {
    fn page(&mut self, page: &Page) -> Counted {
        let tongue = self.tongues.iter().position(|tongue| tongue.tag == page.language);
        let tongue = tongue.expect("the languages were taken from the pages");
        let mut about = BTreeMap::new();
        self.short(&page.title, &TITLE, tongue, &mut about);
        self.page.title = self.page.text.len();
        self.short(&page.description, &DESCRIPTION, tongue, &mut about);
        for words in &page.words {
            self.short(words, &OTHER_WORDS, tongue, &mut about);
        }
        let mut mentions = about.clone();
        let headings: Vec<&str> = page.sections.iter().map(|s| s.heading.as_str()).collect();
        self.short(&headings.join(" \n "), &HEADING, tongue, &mut mentions);
        for section in page.sections.iter().filter(|section| !section.words.is_empty()) {
            self.short(&section.words.join(" \n "), &SECTION_WORDS, tongue, &mut mentions);
        }
        let before = self.page.text.len();
        for (section, Section { text, .. }) in page.sections.iter().enumerate() {
            for bytes in sentences(text) {
                if self.page.text.len() > MOST_WORDS {
                    break;
                }
                let from = self.page.text.len();
                self.read(&text[bytes.clone()], tongue);
                self.count(Count { prominent: 0, body: BODY }, tongue, &mut mentions);
                let words = from..self.page.text.len();
                self.page.sentences.push(Sentence { section, bytes, words });
            }
            self.page.text.push(GAP);
        }
        let length = self.page.text[before..].iter().filter(|&&word| word != GAP).count();
        self.page.length = u32::try_from(length).unwrap_or(u32::MAX);
        self.synonyms(&about, mentions, tongue);
        self.touched.sort_unstable();
        let take = |&number: &u32| (number, std::mem::take(&mut self.counts[number as usize]));
        self.page.counts = self.touched.iter().map(take).collect();
        self.touched.clear();
        self.neighbours();
        std::mem::take(&mut self.page)
    }

    fn short(
        &mut self,
        text: &str,
        field: &Field,
        tongue: usize,
        mentions: &mut BTreeMap<usize, Count>,
    ) {
        let mut length = 0;
        self.words.each(text, |_, form| length += usize::from(form.is_written()));
        for line in text.split('\n') {
            self.read(line, tongue);
            self.count(Count { prominent: field.each(length), body: 0 }, tongue, mentions);
            self.page.text.push(GAP);
        }
    }

    /// Reads the words of a text that has no gap in it.
    fn read(&mut self, text: &str, tongue: usize) {
        self.run.clear();
        let language = &self.tongues[tongue].language;
        self.words.each(text, |word, form| {
            let word = form.name(word, |word| language.is_common(word));
            let number = self.lexicon.number(&word, tongue, self.tongues);
            self.run.push((number, form));
            if form.is_written() {
                self.page.text.push(number);
            }
        });
    }

    /// Counts the words that were read, their neighbours, and the vocabulary's
    /// terms among them.
    fn count(&mut self, each: Count, tongue: usize, mentions: &mut BTreeMap<usize, Count>) {
        self.counts.resize(self.lexicon.words.len(), Count::default());
        let synonyms = &self.tongues[tongue].synonyms;
        let mut before = None;
        for at in 0..self.run.len() {
            let (number, form) = self.run[at];
            add(&mut self.counts, &mut self.touched, number, each);
            if !form.is_written() {
                continue;
            }
            let word = &self.lexicon.words[number as usize];
            if !word.is_common
                && let Some(before) = before.replace(number)
            {
                self.neighbours.push((before, number, each));
            }
            for &term in &word.terms {
                let mut following = self.run[at..]
                    .iter()
                    .filter(|(_, form)| form.is_written())
                    .map(|&(number, _)| &*self.lexicon.words[number as usize].stem);
                if synonyms.stems(term).iter().all(|stem| following.next() == Some(stem)) {
                    mentions.entry(term).or_default().add(each);
                }
            }
        }
    }

    /// Counts what people say instead of the terms that are mentioned; of those of the language
    /// only what the page is `about`. Of several terms of the language that have the same
    /// word, the one that is mentioned most counts.
    fn synonyms(
        &mut self,
        about: &BTreeMap<usize, Count>,
        mentions: BTreeMap<usize, Count>,
        tongue: usize,
    ) {
        let Tongue { synonyms, .. } = &self.tongues[tongue];
        let mut general: BTreeMap<Phrase, (u32, bool)> = BTreeMap::new();
        for (term, mentioned) in mentions {
            for other in synonyms.others(term) {
                let number = |word: &String| self.lexicon.number(word, tongue, self.tongues);
                let numbers: Phrase = other.words.iter().map(number).collect();
                if synonyms.is_general(term) {
                    let Some(mentioned) = about.get(&term) else { break };
                    let (most, is_word) = general.entry(numbers).or_default();
                    *most = mentioned.prominent.max(*most);
                    *is_word |= other.is_word();
                } else {
                    let whole = mentioned.divided(SYNONYM);
                    self.say_instead(&numbers, whole, other.is_word());
                }
            }
        }
        for (numbers, (prominent, is_word)) in general {
            let mentioned = Count { prominent, body: 0 };
            self.say_instead(&numbers, mentioned.divided(GENERAL_SYNONYM), is_word);
        }
    }

    /// Counts what is said instead of something: a word and a phrase whole, words of several as
    /// parts of that.
    fn say_instead(&mut self, numbers: &[u32], whole: Count, is_word: bool) {
        let part = if is_word { 1 } else { PART_OF_SYNONYM / SYNONYM };
        self.counts.resize(self.lexicon.words.len(), Count::default());
        let each = whole.divided(part);
        for &number in numbers.iter().filter(|_| each.says_something()) {
            add(&mut self.counts, &mut self.touched, number, each);
        }
        if numbers.len() > 1 && whole.says_something() {
            self.page.phrases.push((numbers.into(), whole));
        }
    }

    /// Keeps the neighbours that the page makes something of: in a short text,
    /// or more than once.
    fn neighbours(&mut self) {
        self.neighbours.sort_unstable_by_key(|&(before, word, _)| (before, word));
        for same in self.neighbours.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let mut count = Count::default();
            same.iter().for_each(|(.., each)| count.add(*each));
            if count.prominent > 0 || same.len() > 1 {
                self.page.neighbours.push((same[0].0, same[0].1, count));
            }
        }
        self.neighbours.clear();
    }
}

fn add(counts: &mut [Count], touched: &mut Vec<u32>, number: u32, more: Count) {
    if more == Count::default() {
        return;
    }
    let count = &mut counts[number as usize];
    if *count == Count::default() {
        touched.push(number);
    }
    count.add(more);
}

/// Where the sentences of a text are. Lines end sentences; long ones are cut
/// between two words.
fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
            at += 1;
        }
        let start = at;
        let mut space = None;
        while let Some(&byte) = bytes.get(at) {
            let is_end = byte == b'\n'
                || byte == b' '
                    && matches!(bytes[at - 1], b'.' | b'!' | b'?')
                    && !bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase);
            if is_end {
                break;
            }
            // Not between the halves of a number or a postcode.
            if byte == b' '
                && !bytes[at - 1].is_ascii_digit()
                && !bytes.get(at + 1).is_some_and(u8::is_ascii_digit)
            {
                space = Some(at);
            }
            if at - start > SENTENCE
                && let Some(space) = space
            {
                at = space;
                break;
            }
            if at - start > SENTENCE * 4 && text.is_char_boundary(at) {
                break;
            }
            at += 1;
        }
        (start < at).then_some(start..at)
    })
}
