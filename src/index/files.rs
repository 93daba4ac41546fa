//! The index as bytes, as the header of [`super`] states.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde::Serialize;
use xxhash_rust::xxh3::xxh3_64;

use super::{
    Page, SHOWN, numbers,
    terms::{Family, HIGHEST_IMPACT, order},
};

/// The sizes that files are aimed at, in bytes before compression. Smaller
/// files cost fewer bytes a query, but there are more of them.
const WORDS_SIZE: usize = 7_000;
const PAGES_SIZE: usize = 24_000;
const SPELLING_SIZE: usize = 12_000;

/// The fewest and the most pages in one file.
const PAGES: (usize, usize) = (2, 64);

/// The engine, with its comments.
const ENGINE: &str = include_str!("search.js");

/// `index.json`
#[derive(Serialize)]
struct Entry {
    format: u32,
    hash: String,
    pages: usize,
    block: usize,
    words: Vec<String>,
    spelling: Vec<String>,
    common: String,
}

type Text = (String, String, String);

/// A page in a `pages` file.
#[derive(Serialize)]
struct Shown<'a>(&'a str, String, String, &'a str, &'a str, &'a str, Vec<Text>);

/// All files of an index, by name.
pub(super) fn write(pages: &[&Page], families: &[Family]) -> BTreeMap<String, Vec<u8>> {
    let (words, word_starts) = words(families);
    let (spelling, spelling_starts) = spelling(families);
    let (blocks, block) = blocks(pages);

    let labels = json(&labels(pages));
    let mut parts = vec![("labels".to_owned(), labels)];
    for (name, files) in [("words", words), ("pages", blocks), ("spelling", spelling)] {
        let named = files.into_iter().enumerate();
        parts.extend(named.map(|(number, bytes)| (format!("{name}-{number}"), bytes)));
    }
    let mut common: Vec<&str> = families
        .iter()
        .filter(|family| family.is_common)
        .flat_map(|family| family.forms.iter().map(String::as_str))
        .collect();
    common.sort_unstable();
    let mut entry = Entry {
        format: 1,
        hash: String::new(),
        pages: pages.len(),
        block,
        words: word_starts,
        spelling: spelling_starts,
        common: common.join(" "),
    };
    let hashes: Vec<u8> = parts
        .par_iter()
        .flat_map_iter(|(_, bytes)| xxh3_64(bytes).to_be_bytes())
        .chain(json(&entry).into_par_iter())
        .collect();
    let hash = format!("{:016x}", xxh3_64(&hashes));
    let mut files: BTreeMap<String, Vec<u8>> =
        parts.into_iter().map(|(name, bytes)| (format!("{name}.{hash}.json"), bytes)).collect();
    entry.hash = hash;
    files.insert("index.json".into(), json(&entry));
    files.insert("search.js".into(), engine().into_bytes());
    files
}

fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("text and numbers can always be written as JSON")
}

/// The engine without comments and indentation. It has no text that goes over
/// more than one line, so lines that begin with a comment are comments.
fn engine() -> String {
    let lines = ENGINE.lines().map(str::trim).filter(|line| {
        !line.is_empty() && !["//", "/*", "*"].iter().any(|mark| line.starts_with(mark))
    });
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// The beginnings of ranges: enough of the first word of each to tell it from
/// the last word of the range before.
fn start(before: Option<&str>, first: &str) -> String {
    let Some(before) = before else { return String::new() };
    let same = before.chars().zip(first.chars()).take_while(|(a, b)| a == b).count();
    first.chars().take(same + 1).collect()
}

/// The `words` files and where each begins.
fn words(families: &[Family]) -> (Vec<Vec<u8>>, Vec<String>) {
    let written: Vec<(String, String)> = families.par_iter().map(family).collect();
    let mut forms: Vec<(&str, usize)> = families
        .iter()
        .enumerate()
        .flat_map(|(number, family)| family.forms.iter().map(move |form| (form.as_str(), number)))
        .collect();
    forms.par_sort_unstable_by(|a, b| order(a.0, b.0));

    let mut ranges: Vec<BTreeSet<usize>> = Vec::new();
    let mut starts = Vec::new();
    let mut size = usize::MAX;
    let mut before = None;
    for (form, number) in forms {
        let is_new = ranges.last().is_none_or(|range| !range.contains(&number));
        if is_new && size > WORDS_SIZE {
            starts.push(start(before, form));
            ranges.push(BTreeSet::new());
            size = 0;
        }
        let range = ranges.last_mut().expect("the first word began a range");
        if range.insert(number) {
            size += written[number].0.len() + written[number].1.len();
        }
        before = Some(form);
    }
    let file = |range: &BTreeSet<usize>| {
        let families: Vec<&(String, String)> = range.iter().map(|&at| &written[at]).collect();
        let lines: Vec<String> =
            families.iter().map(|(forms, pages)| format!("\"{forms}\":\"{pages}\"")).collect();
        format!("{{{}}}", lines.join(",")).into_bytes()
    };
    (ranges.par_iter().map(file).collect(), starts)
}

/// A family's words and numbers. Words are letters and digits, so that neither
/// needs escaping in JSON.
fn family(family: &Family) -> (String, String) {
    let mut text = String::with_capacity(family.pages.len() * 2);
    numbers::push(&mut text, family.rarity);
    let levels = u32::from(HIGHEST_IMPACT) + 1;
    let mut next = 0;
    for &(page, impact) in &family.pages {
        numbers::push(&mut text, (page - next) * levels + u32::from(HIGHEST_IMPACT - impact));
        next = page + 1;
    }
    (family.forms.join(" "), text)
}

/// The `spelling` files and where each begins.
fn spelling(families: &[Family]) -> (Vec<Vec<u8>>, Vec<String>) {
    let mut words: Vec<(&str, u32)> = Vec::new();
    for family in families {
        let uses = family.pages.len().checked_ilog2().unwrap_or_default();
        let is_word =
            |form: &&String| form.chars().nth(2).is_some() && form.chars().all(char::is_alphabetic);
        words.extend(family.forms.iter().filter(is_word).map(|form| (form.as_str(), uses)));
    }
    words.sort_unstable_by(|a, b| order(a.0, b.0));

    let mut ranges: Vec<(String, String)> = Vec::new();
    let mut starts = Vec::new();
    let mut before: Option<&str> = None;
    for (word, uses) in words {
        // One letter is never in two files.
        let is_letter = before.is_none_or(|before| before.chars().next() != word.chars().next());
        if is_letter && ranges.last().is_none_or(|(words, _)| words.len() > SPELLING_SIZE) {
            starts.push(start(before, word));
            ranges.push(Default::default());
        }
        let (words, digits) = ranges.last_mut().expect("the first word began a range");
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
        numbers::push(digits, uses);
        before = Some(word);
    }
    (ranges.iter().map(json).collect(), starts)
}

/// The `pages` files and how many pages each has.
fn blocks(pages: &[&Page]) -> (Vec<Vec<u8>>, usize) {
    let shown: Vec<Vec<u8>> = pages.par_iter().map(|page| json(&show(page))).collect();
    let total: usize = shown.iter().map(Vec::len).sum();
    let block = (PAGES_SIZE * pages.len()).checked_div(total).unwrap_or(1);
    let block = block.clamp(PAGES.0, PAGES.1);
    let file = |pages: &[Vec<u8>]| [b"[", &*pages.join(&b','), b"]"].concat();
    (shown.par_chunks(block).map(file).collect(), block)
}

fn show(page: &Page) -> Shown<'_> {
    let mut left = SHOWN;
    let sections = page.sections.iter().map(|section| {
        let text = collapse(&section.text, left);
        left -= text.chars().count();
        (section.id.clone(), collapse(&section.heading, SHOWN), text)
    });
    let sections = sections.collect();
    Shown(
        &page.url,
        collapse(&page.title, SHOWN),
        collapse(&page.description, SHOWN),
        &page.kind,
        &page.stage,
        &page.language,
        sections,
    )
}

/// Text with one space between words, cut after so many characters. The marks
/// that excerpts use are taken out.
fn collapse(text: &str, longest: usize) -> String {
    let mut collapsed = String::with_capacity(text.len().min(longest * 4));
    let mut left = longest;
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()) {
        if word.is_empty() {
            continue;
        }
        let length = word.chars().count() + usize::from(!collapsed.is_empty());
        if length > left {
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
