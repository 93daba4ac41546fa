//! How much each word says about each page.
//!
//! Words with one stem make a *family* and are searched as one. A word that is
//! used in two languages is in one family, which is then that of both its
//! stems. A *phrase* is some families in a row: neighbours that pages make
//! much of, and the vocabulary's other words for what a page is about.
//!
//! How much a word says is a whole number, so that the browser ranks exactly as
//! the builder does: see [`Family`].

use std::{
    cmp::{Ordering, Reverse},
    collections::HashMap,
    ops::Range,
};

use rayon::prelude::*;

use super::{
    numbers,
    read::{BODY, Count, Counted, GAP, MOST_PLACES, Part},
    synonyms::LONGEST_PHRASE,
};

/// The highest impact of a word on a page.
pub(super) const HIGHEST_IMPACT: u8 = 15;

/// The constants of BM25: how soon more of the same word stops mattering (later
/// than usual, since a word in the title counts as many), and how much a long
/// text is held against it.
const SATURATION: f32 = 3.0;
const LENGTH: f32 = 0.75;

/// What rarity is multiplied by before it is made a whole number.
const RARITY_SCALE: f64 = 16.0;

/// How many pages are kept for a word that only shapes questions.
const COMMON_PAGES: usize = 50;

/// Neighbours say something only where both are also found apart. A word on
/// fewer pages than this tells them apart by itself.
const APART: usize = 4;

/// Words that are searched as one, and where they are.
#[derive(Debug)]
pub(super) struct Family {
    /// The words, sorted.
    pub(super) forms: Vec<String>,
    /// How rare the family is, from 1. A page scores `rarity * impact`.
    pub(super) rarity: u32,
    /// Page number and impact, by page; impacts are from 1 to
    /// [`HIGHEST_IMPACT`].
    pub(super) pages: Pages,
    /// Whether all its words only shape questions.
    pub(super) is_common: bool,
    /// Whether one of its words frames questions.
    pub(super) is_framing: bool,
    /// The numbers of its places: for each of its pages how many, and the gaps
    /// between them.
    pub(super) places: String,
    /// The families that follow it, and the pages of that phrase.
    pub(super) phrases: Vec<(Vec<u32>, Pages)>,
}

/// Page number and impact, by page.
pub(super) type Pages = Vec<(u32, u8)>;

/// How words are sorted: as JavaScript compares them.
pub(super) fn order(a: &str, b: &str) -> Ordering {
    if a.is_ascii() || b.is_ascii() { a.cmp(b) } else { a.encode_utf16().cmp(b.encode_utf16()) }
}

/// Which family each word of a part is in.
pub(super) type Numbers = Vec<u32>;

/// The families of all pages, by their first words, and which of them the
/// words of each part are in.
pub(super) fn families(parts: &[Part]) -> (Vec<Family>, Vec<Numbers>) {
    let (groups, numbers) = group(parts);
    // "ni" shapes questions in Welsh, and is National Insurance in English.
    let mut says_something = vec![false; groups.len()];
    let mut frames = vec![false; groups.len()];
    for (part, numbers) in parts.iter().zip(&numbers) {
        for (word, &family) in part.words.words.iter().zip(numbers) {
            says_something[family as usize] |= !word.is_common;
            frames[family as usize] |= word.is_framing;
        }
    }
    let mut families: Vec<Family> = groups
        .into_iter()
        .zip(says_something)
        .zip(frames)
        .map(|((forms, says_something), is_framing)| Family {
            is_common: !says_something,
            is_framing,
            forms,
            rarity: 0,
            pages: Vec::new(),
            places: String::new(),
            phrases: Vec::new(),
        })
        .collect();

    let pages: Vec<(&Counted, &Numbers)> = parts
        .iter()
        .zip(&numbers)
        .flat_map(|(part, numbers)| part.pages.iter().map(move |page| (page, numbers)))
        .collect();
    let total: u64 = pages.iter().map(|(page, _)| u64::from(page.length)).sum();
    #[expect(clippy::cast_precision_loss, reason = "an average")]
    let average = (total.max(1) as f64 / pages.len().max(1) as f64) as f32;
    let scale = |page: &Counted| Scale::new(page, average);

    let weighed: Vec<(Vec<Weighed>, String)> =
        pages.par_iter().map(|(page, numbers)| weigh(page, numbers, &scale(page))).collect();
    for (number, (words, places)) in (0..).zip(weighed) {
        for word in words {
            let family = &mut families[word.family as usize];
            family.pages.push((number, word.impact));
            if !family.is_common {
                family.places.push_str(&places[word.places]);
            }
        }
    }
    let of = pages.len();
    families.par_iter_mut().for_each(|family| family.rate(of));

    let found: Vec<Found> = (0_u32..)
        .zip(&pages)
        .collect::<Vec<_>>()
        .into_par_iter()
        .flat_map_iter(|(number, (page, numbers))| {
            phrases(page, number, numbers, &families, &scale(page))
        })
        .collect();
    add_phrases(found, &mut families);
    (families, numbers)
}

impl Family {
    /// What it goes by in phrases and places: the first of its words.
    pub(super) fn name(&self) -> &str {
        self.forms.first().map_or("", String::as_str)
    }

    fn rate(&mut self, of: usize) {
        self.rarity = rarity(self.pages.len(), of);
        if self.is_common {
            self.rarity = 1;
            self.pages.sort_by_key(|&(page, impact)| (Reverse(impact), page));
            self.pages.truncate(COMMON_PAGES);
            self.pages.sort_unstable();
        }
    }
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
fn group(parts: &[Part]) -> (Vec<Vec<String>>, Vec<Numbers>) {
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

/// Turns counts on one page into impacts.
struct Scale {
    length: f32,
}

impl Scale {
    #[expect(clippy::cast_precision_loss, reason = "a ratio")]
    fn new(page: &Counted, average: f32) -> Self {
        Self { length: 1.0 - LENGTH + LENGTH * page.length as f32 / average }
    }

    #[expect(clippy::cast_precision_loss, reason = "ratios")]
    fn impact(&self, count: Count) -> u8 {
        let often = (count.prominent as f32 + count.body as f32 / self.length) / BODY as f32;
        let impact = often / (often + SATURATION) * f32::from(HIGHEST_IMPACT);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 0 and the highest impact"
        )]
        let whole = impact.round() as u8;
        whole.clamp(1, HIGHEST_IMPACT)
    }
}

/// A family on one page.
struct Weighed {
    family: u32,
    impact: u8,
    /// Where its places are written.
    places: Range<usize>,
}

/// The families of a page, and their places as numbers: how many each has, and
/// the gaps between them.
fn weigh(page: &Counted, numbers: &Numbers, scale: &Scale) -> (Vec<Weighed>, String) {
    let mut places: Vec<(u32, u32)> = (0..)
        .zip(&page.text[..page.text.len().min(MOST_PLACES)])
        .filter(|&(_, &word)| word != GAP)
        .map(|(place, &word)| (numbers[word as usize], place))
        .collect();
    places.sort_unstable();
    let mut places = places.chunk_by(|a, b| a.0 == b.0).peekable();

    let mut counts: Vec<(u32, Count)> =
        page.counts.iter().map(|&(word, count)| (numbers[word as usize], count)).collect();
    counts.sort_unstable_by_key(|(family, _)| *family);
    let mut text = String::new();
    let family = |same: &[(u32, Count)]| {
        let family = same[0].0;
        let at = places.next_if(|at| at[0].0 == family).unwrap_or_default();
        let from = text.len();
        push_places(&mut text, at);
        let impact = scale.impact(sum(same.iter().map(|(_, count)| *count)));
        Weighed { family, impact, places: from..text.len() }
    };
    let weighed = counts.chunk_by(|a, b| a.0 == b.0).map(family).collect();
    (weighed, text)
}

fn sum(counts: impl Iterator<Item = Count>) -> Count {
    counts.fold(Count::default(), |sum, count| Count {
        prominent: sum.prominent + count.prominent,
        body: sum.body + count.body,
    })
}

fn push_places(text: &mut String, places: &[(u32, u32)]) {
    numbers::push(text, u32::try_from(places.len()).expect("places are few"));
    let mut next = 0;
    for &(_, place) in places {
        numbers::push(text, place - next);
        next = place + 1;
    }
}

/// A phrase on one page, as families, the rest being [`GAP`].
type Found = ([u32; LONGEST_PHRASE], u32, u8);

fn phrases(
    page: &Counted,
    number: u32,
    numbers: &Numbers,
    families: &[Family],
    scale: &Scale,
) -> Vec<Found> {
    let key = |words: &[u32]| {
        let mut key = [GAP; LONGEST_PHRASE];
        key.iter_mut().zip(words).for_each(|(key, &word)| *key = numbers[word as usize]);
        key
    };
    let is_apart = |family: u32| families[family as usize].pages.len() >= APART;
    let neighbours =
        page.neighbours.iter().map(|&(before, word, count)| (key(&[before, word]), count));
    let neighbours = neighbours.filter(|(key, _)| is_apart(key[0]) && is_apart(key[1]));
    let said = page.phrases.iter().map(|(words, count)| (key(words), *count));
    let mut found: Vec<_> = neighbours.chain(said).collect();
    found.sort_unstable_by_key(|(key, _)| *key);
    found
        .chunk_by(|a, b| a.0 == b.0)
        .map(|same| {
            let count = sum(same.iter().map(|(_, count)| *count));
            (same[0].0, number, scale.impact(count))
        })
        .collect()
}

/// Gives each family the phrases that begin with it.
fn add_phrases(mut found: Vec<Found>, families: &mut [Family]) {
    found.par_sort_unstable_by_key(|&(key, page, ..)| (key, page));
    for same in found.chunk_by(|a, b| a.0 == b.0) {
        let [first, rest @ ..] = same[0].0;
        let rest = rest.into_iter().take_while(|&family| family != GAP).collect();
        let pages = same.iter().map(|&(_, page, impact)| (page, impact)).collect();
        families[first as usize].phrases.push((rest, pages));
    }
}
