//! The index as bytes, as the header of [`super`] states. `xxhash_rust` makes the hash in the
//! names of its files.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;
use serde::Serialize;
use xxhash_rust::xxh3::xxh3_64;

use super::{
    Page, english, hash, locate, numbers, slug,
    terms::{Family, HIGHEST_IMPACT, Pages, order},
    words::CAPITALS,
};
use crate::text::{script::shrunk, unseen::seen};

/// The sizes that files are aimed at on a site of a thousand pages, in bytes
/// before compression. Smaller files cost fewer bytes a query, but there are
/// more of them, and a longer list of where they begin.
const WORDS_SIZE: usize = 1_700;
const PAGES_SIZE: usize = 1_200;
const SPELLING_SIZE: usize = 6_000;

/// How much of a title and of a description is kept, in characters.
const LONGEST_TITLE: usize = 200;
const LONGEST_DESCRIPTION: usize = 300;

/// How many sections of a page can be shown.
const MOST_SECTIONS: usize = 500;

/// How many `words` files one `places` file goes with. Only phrases in
/// quotation marks need places.
const PLACES: usize = 4;

/// The engine, with its comments.
pub(super) const ENGINE: &str = include_str!("search.js");

/// The folder of the files that are never the same again under one name.
pub const FOLDER: &str = "parts/";

/// What the parts are called of which there are many, each with a number: `words-0`.
const PARTS: [&str; 5] = ["words", "places", "pages", "spelling", "english"];

/// Whether a file is a part of a search index: `parts/words-3.0123456789abcdef.json`.
pub fn is_part(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let mut parts = name.split('.');
    let (kind, hash, end) = (parts.next(), parts.next(), parts.next());
    let kind = kind.and_then(|kind| kind.split('-').next()).unwrap_or_default();
    (PARTS.contains(&kind) || kind == "labels")
        && hash.is_some_and(|hash| hash.len() == 16 && hash.bytes().all(|b| b.is_ascii_hexdigit()))
        && matches!(end, Some("json" | "js"))
        && parts.next().is_none()
}

/// `index.json`
#[derive(Serialize)]
struct Entry {
    format: u32,
    hash: String,
    pages: String,
    places: usize,
    words: Vec<String>,
    spelling: Vec<String>,
    english: usize,
    common: Vec<(String, String)>,
    languages: (Vec<String>, String),
}

/// A heading, the text that is kept of its section, its id if that is not the
/// heading in small letters, and other words for it. What is empty at the end
/// is left out.
type Text = Vec<String>;

/// A page in a `pages` file.
#[derive(Serialize)]
struct Shown<'a>(&'a str, String, String, &'a str, &'a str, &'a str, Vec<Text>);

/// What the files are made of.
pub(super) struct Index<'a> {
    /// The pages, in order.
    pub(super) pages: &'a [&'a Page],
    /// The text that is shown of each of their sections.
    pub(super) kept: &'a [Vec<String>],
    pub(super) families: &'a [Family],
    /// The words that only shape questions, by language.
    pub(super) common: &'a [(String, String)],
    /// For the words of a query, the pages that come first.
    pub(super) best: &'a BTreeMap<String, Vec<u32>>,
}

/// All files, by name.
pub(super) fn write(index: &Index<'_>) -> BTreeMap<String, Vec<u8>> {
    let pages = index.pages;
    let ranges = ranges(index, grown(WORDS_SIZE, pages.len()));
    let words = words(index, &ranges);
    let places = places(index.families, &ranges);
    let is_english = pages.iter().any(|page| english::is_english(&page.language));
    let forms = if is_english { english::forms(index.families) } else { HashMap::new() };
    let (spelling, spelling_starts) = spelling(index.families, &forms);
    let english: Vec<Vec<u8>> =
        if is_english { english::files().iter().map(json).collect() } else { Vec::new() };
    let (blocks, counts) = blocks(index, grown(PAGES_SIZE, pages.len()));

    let labels = json(&labels(pages));
    let mut parts = vec![("labels".to_owned(), labels)];
    let words_of_english = english.len();
    for (name, files) in PARTS.into_iter().zip([words, places, blocks, spelling, english]) {
        let named = files.into_iter().enumerate();
        parts.extend(named.map(|(number, bytes)| (format!("{name}-{number}"), bytes)));
    }
    let mut entry = Entry {
        format: 4,
        hash: String::new(),
        pages: counts,
        places: PLACES,
        words: ranges.into_iter().map(|range| range.start).collect(),
        spelling: spelling_starts,
        english: words_of_english,
        common: index.common.to_vec(),
        languages: languages(pages),
    };
    let hashes: Vec<u8> = parts
        .par_iter()
        .flat_map_iter(|(_, bytes)| xxh3_64(bytes).to_be_bytes())
        .chain(json(&entry).into_par_iter())
        .collect();
    let hash = format!("{:016x}", xxh3_64(&hashes));
    let mut files: BTreeMap<String, Vec<u8>> =
        parts.into_iter().map(|(name, bytes)| (path(&name, &hash), bytes)).collect();
    entry.hash = hash;
    files.insert("index.json".into(), json(&entry));
    files.insert("search.js".into(), shrunk(ENGINE).into_bytes());
    files
}

/// Where a part is: `parts/words-3.0123456789abcdef.json`.
pub(super) fn path(name: &str, hash: &str) -> String {
    format!("{FOLDER}{name}.{hash}.json")
}

/// A size for a site of so many pages: ten times the pages make files less
/// than twice as large.
fn grown(size: usize, pages: usize) -> usize {
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a size to aim at"
    )]
    let grown = (size as f64 * (pages as f64 / 1000.0).powf(0.25)) as usize;
    grown.clamp(size / 2, size * 4)
}

fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("text and numbers can always be written as JSON")
}

/// The beginnings of ranges: enough of the first word of each to tell it from
/// the last word of the range before.
fn start(before: Option<&str>, first: &str) -> String {
    let Some(before) = before else { return String::new() };
    let same = before.chars().zip(first.chars()).take_while(|(a, b)| a == b).count();
    first.chars().take(same + 1).collect()
}

/// Some words that follow each other in the order of [`order`].
#[derive(Debug)]
struct WordRange {
    /// Enough of the first of them to tell it from the word before.
    start: String,
    /// The families that they are in, by number.
    families: BTreeSet<usize>,
}

/// The words of the index, cut into ranges of about `size` bytes.
fn ranges(index: &Index<'_>, size: usize) -> Vec<WordRange> {
    let families = index.families;
    let sizes: Vec<usize> = families.iter().map(length).collect();
    let mut forms: Vec<(&str, usize)> = families
        .iter()
        .enumerate()
        .flat_map(|(number, family)| family.forms.iter().map(move |form| (form.as_str(), number)))
        .collect();
    forms.par_sort_unstable_by(|a, b| order(a.0, b.0));

    let mut ranges: Vec<WordRange> = Vec::new();
    let mut filled = usize::MAX;
    let mut before = None;
    for (form, number) in forms {
        let is_new = ranges.last().is_none_or(|range| !range.families.contains(&number));
        if is_new && filled > size {
            ranges.push(WordRange { start: start(before, form), families: BTreeSet::new() });
            filled = 0;
        }
        let range = ranges.last_mut().expect("the first word began a range");
        if range.families.insert(number) {
            filled += sizes[number];
        }
        before = Some(form);
    }
    ranges
}

/// About how many bytes a family takes.
fn length(family: &Family) -> usize {
    let phrases: usize = family.phrases.iter().map(|(_, pages)| 12 + pages.len() * 2).sum();
    family.forms.iter().map(String::len).sum::<usize>() + 6 + family.pages.len() * 3 / 2 + phrases
}

/// The `words` files. Words are letters and digits, so that nothing needs
/// escaping in JSON.
fn words(index: &Index<'_>, ranges: &[WordRange]) -> Vec<Vec<u8>> {
    let written: Vec<String> =
        index.families.par_iter().map(|one| family(one, index.families)).collect();
    let starts: Vec<&str> = ranges.iter().map(|range| range.start.as_str()).collect();
    let mut best: Vec<Vec<String>> = vec![Vec::new(); ranges.len()];
    for (words, pages) in index.best {
        let first = words.split('=').next().unwrap_or_default();
        let mut text = String::new();
        pages.iter().for_each(|&page| numbers::push(&mut text, page));
        if let Some(lines) = best.get_mut(locate(&starts, first)) {
            lines.push(format!("\"{}\":\"{text}\"", hash::query(words)));
        }
    }
    ranges
        .par_iter()
        .zip(best)
        .map(|(range, best)| {
            let mut lines: Vec<&str> =
                range.families.iter().map(|&at| written[at].as_str()).collect();
            lines.extend(best.iter().map(String::as_str));
            format!("{{{}}}", lines.join(",")).into_bytes()
        })
        .collect()
}

/// A family, with the phrases that begin with it.
fn family(family: &Family, families: &[Family]) -> String {
    let mut text = format!("\"{}\":", family.forms.join(" "));
    let mut coded = String::with_capacity(family.pages.len() * 2);
    numbers::push(&mut coded, family.rarity * 2 + u32::from(family.is_framing));
    push_pages(&mut coded, &family.pages);
    if family.phrases.is_empty() {
        text.extend(["\"", &coded, "\""]);
        return text;
    }
    text.extend(["[\"", &coded, "\",\""]);
    let named = family.phrases.iter().map(|(rest, pages)| {
        let name: Vec<&str> = rest.iter().map(|&at| families[at as usize].name()).collect();
        (hash::phrase(&name.join(" ")), pages)
    });
    // Of two with one hash, one is told: they are rarer than slips.
    let named: BTreeMap<u32, &Pages> = named.collect();
    let mut next = 0;
    for (name, pages) in named {
        let more = u32::try_from(pages.len() - 1).expect("there are not that many pages");
        for number in [name - next, more] {
            numbers::push(&mut text, number);
        }
        next = name + 1;
        push_pages(&mut text, pages);
    }
    text.push_str("\"]");
    text
}

fn push_pages(text: &mut String, pages: &Pages) {
    let levels = u32::from(HIGHEST_IMPACT) + 1;
    let mut next = 0;
    for &(page, impact) in pages {
        numbers::push(text, (page - next) * levels + u32::from(HIGHEST_IMPACT - impact));
        next = page + 1;
    }
}

/// The `places` files, one for every few `words` files.
fn places(families: &[Family], ranges: &[WordRange]) -> Vec<Vec<u8>> {
    let file = |ranges: &[WordRange]| {
        let all: BTreeSet<usize> =
            ranges.iter().flat_map(|range| range.families.iter().copied()).collect();
        let known = all.into_iter().map(|at| &families[at]).filter(|family| !family.is_common);
        let lines: Vec<String> =
            known.map(|family| format!("\"{}\":\"{}\"", family.name(), family.places)).collect();
        format!("{{{}}}", lines.join(",")).into_bytes()
    };
    ranges.par_chunks(PLACES).map(file).collect()
}

/// The `spelling` files and where each begins.
fn spelling(families: &[Family], forms: &HashMap<&str, String>) -> (Vec<Vec<u8>>, Vec<String>) {
    let mut words: Vec<(&str, u32)> = Vec::new();
    for family in families {
        let uses = family.pages.len().checked_ilog2().unwrap_or_default();
        let is_word = |form: &&String| {
            form.chars().nth(2).is_some()
                && form.chars().all(|c| c.is_alphabetic() && c != CAPITALS)
        };
        words.extend(family.forms.iter().filter(is_word).map(|form| (form.as_str(), uses)));
    }
    words.sort_unstable_by(|a, b| order(a.0, b.0));

    let mut ranges: Vec<(String, String, String)> = Vec::new();
    let mut starts = Vec::new();
    let mut before: Option<&str> = None;
    for (word, uses) in words {
        // One letter is never in two files.
        let is_letter = before.is_none_or(|before| before.chars().next() != word.chars().next());
        if is_letter && ranges.last().is_none_or(|(words, ..)| words.len() > SPELLING_SIZE) {
            starts.push(start(before, word));
            ranges.push(Default::default());
        }
        let (words, digits, others) = ranges.last_mut().expect("the first word began a range");
        if !words.is_empty() {
            words.push(' ');
            others.push(' ');
        }
        words.push_str(word);
        others.push_str(forms.get(word).map_or("", String::as_str));
        numbers::push(digits, uses);
        before = Some(word);
    }
    (ranges.iter().map(json).collect(), starts)
}

/// The `pages` files and how many pages each has.
fn blocks(index: &Index<'_>, size: usize) -> (Vec<Vec<u8>>, String) {
    let shown: Vec<Vec<u8>> = index
        .pages
        .par_iter()
        .zip(index.kept)
        .map(|(page, kept)| json(&show(page, kept)))
        .collect();
    let mut files: Vec<Vec<u8>> = Vec::new();
    let mut counts = String::new();
    let mut pages: u32 = 0;
    for page in shown {
        let is_full = files.last().is_none_or(|file| file.len() + page.len() / 2 > size);
        if is_full {
            if pages > 0 {
                numbers::push(&mut counts, pages);
            }
            files.push(Vec::new());
            pages = 0;
        }
        let file = files.last_mut().expect("the first page began a file");
        file.push(if pages == 0 { b'[' } else { b',' });
        file.extend(page);
        pages += 1;
    }
    if pages > 0 {
        numbers::push(&mut counts, pages);
    }
    files.iter_mut().for_each(|file| file.push(b']'));
    (files, counts)
}

fn show<'a>(page: &'a Page, kept: &[String]) -> Shown<'a> {
    let sections = page.sections.iter().zip(kept).enumerate().take(MOST_SECTIONS);
    let sections = sections
        .filter(|(at, (section, text))| *at == 0 || !text.is_empty() || !section.heading.is_empty())
        .map(|(_, (section, text))| {
            let heading = collapse(&section.heading, LONGEST_TITLE);
            let id = if section.id == slug(&heading) { "" } else { &section.id };
            let words = collapse(&section.words.join(", "), LONGEST_DESCRIPTION);
            let mut parts = vec![heading, collapse(text, usize::MAX), id.to_owned(), words];
            while parts.last().is_some_and(String::is_empty) {
                parts.pop();
            }
            parts
        });
    Shown(
        &page.url,
        collapse(&page.title, LONGEST_TITLE),
        collapse(&page.description, LONGEST_DESCRIPTION),
        &page.kind,
        &page.stage,
        &page.language,
        sections.collect(),
    )
}

/// Text with one space between words, cut after so many characters. The marks
/// that excerpts use are taken out.
fn collapse(text: &str, longest: usize) -> String {
    let text = &*seen(text);
    let mut collapsed = String::with_capacity(text.len().min(longest.saturating_mul(4)));
    let mut left = longest;
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()) {
        if word.is_empty() {
            continue;
        }
        let length = word.chars().count() + usize::from(!collapsed.is_empty());
        if length > left {
            if collapsed.is_empty() {
                collapsed.extend(word.chars().take(left));
            }
            break;
        }
        left -= length;
        if !collapsed.is_empty() {
            collapsed.push(' ');
        }
        collapsed.push_str(word);
    }
    collapsed
}

/// The languages of the pages: their tags, and which tag how many pages in a
/// row have.
fn languages(pages: &[&Page]) -> (Vec<String>, String) {
    let tags: BTreeSet<&str> = pages.iter().map(|page| page.language.as_str()).collect();
    let tags: Vec<&str> = tags.into_iter().collect();
    let mut runs = String::new();
    for same in pages.chunk_by(|a, b| a.language == b.language) {
        let tag = tags.binary_search(&same[0].language.as_str()).expect("it was taken from pages");
        for number in [tag, same.len()] {
            numbers::push(&mut runs, u32::try_from(number).expect("there are not that many pages"));
        }
    }
    (tags.into_iter().map(str::to_owned).collect(), runs)
}

/// The `labels` file.
fn labels(pages: &[&Page]) -> BTreeMap<&'static str, (Vec<String>, String)> {
    let label = |of: fn(&Page) -> &str| {
        let values: BTreeSet<&str> = pages.iter().map(|page| of(page)).collect();
        let values: Vec<&str> = values.into_iter().collect();
        let mut text = String::new();
        for page in pages {
            let at = values.binary_search(&of(page)).expect("it was taken from this page");
            numbers::push(&mut text, u32::try_from(at).expect("there are not that many pages"));
        }
        (values.into_iter().map(str::to_owned).collect(), text)
    };
    BTreeMap::from([
        ("kind", label(|page| &page.kind)),
        ("stage", label(|page| &page.stage)),
        ("language", label(|page| &page.language)),
    ])
}
