//! The search index: pages in, files out, and the engine that reads them.
//!
//! A reader on a slow line pays for each byte and each round trip, so nothing
//! is fetched but the parts of the index that the query needs: the words around
//! the ones that were typed, then the texts of the best pages. What a query
//! costs hardly grows with the site.
//!
//! [`build`] writes the files and [`search`] reads them, as `search.js` does in
//! a browser; a test proves that the two agree.
//!
//! # The files
//!
//! All are UTF-8 JSON. `HASH` is one hash over all of them, in 16 hexadecimal
//! digits, so that parts of two builds never meet. Every file but the first two
//! may be kept for ever, and compressed beforehand; so they have a folder, which
//! web hosts can be told of.
//!
//! | Name | What it holds | When it is needed |
//! |---|---|---|
//! | `search.js` | the engine | always |
//! | `index.json` | where the rest is | always |
//! | `parts/words-N.HASH.json` | a range of words and the pages they are on | for each word of a query |
//! | `parts/pages-N.HASH.json` | titles, addresses and texts of some pages | for each page that is shown |
//! | `parts/spelling-N.HASH.json` | a range of words to correct slips with | for words nobody knows |
//! | `parts/english-N.HASH.json` | which words are English | the same |
//! | `parts/places-N.HASH.json` | where the words of a range stand | for words in quotation marks |
//! | `parts/labels.HASH.json` | kind, stage and language of all pages | to filter |
//!
//! **`index.json`** is an object:
//! - `format`: 4;
//! - `hash`: the `HASH` in the names of the other files;
//! - `pages`: numbers: how many pages each `pages` file holds. Pages are numbered
//!   from 0 in the order of their addresses;
//! - `places`: how many `words` files one `places` file goes with: the words of
//!   file `N` are in `places` file `N / places`;
//! - `english`: how many `english` files there are; 0 if no page is in English;
//! - `words`, `spelling`: the beginning of each range. A word is in the last
//!   file whose beginning is not after it, or in file 0. Words compare by their
//!   UTF-16 code units;
//! - `common`: for each language `[tag, words]`, first the one most pages are in: words that
//!   shape questions, with spaces between them. A query does without them unless it has no
//!   others;
//! - `languages`: `[tags, numbers]`, pairs of numbers: which tag, and how many
//!   pages in a row have it.
//!
//! **Numbers** (variable-length integers) are written in printable ASCII without
//! `"` and `\`: the digits are the 93 characters from space to `~` that are left,
//! in order. A digit `d` below 64 ends a number and adds `64 * so far + d`; a digit
//! of 64 or more goes on: `so far` becomes `29 * so far + d - 64`. It starts at 0.
//! Most numbers are one character, and compression by the server makes of that
//! about what packed bits would take.
//!
//! **Postings** are numbers, one for each page in order:
//! `(gap - 1) * 16 + 15 - impact`, where `gap` is the distance to the page before
//! (delta coding), the first one being -1, and `impact`, from 1 to 15, is how much
//! the page is about it.
//!
//! **`words`** is an object. A key without `=` is a family, the words with one
//! stem, with spaces between them; the first is its name. A common word that stands in two or
//! three capitals among small letters is a word of its own, with `C` behind it: `itC` for
//! “IT support”. Its value is a text, the
//! number of its rarity (inverse document frequency), doubled, and one more if it frames
//! questions, and then its postings, or
//! `[that text, phrases]`. `phrases` is numbers: for each phrase that begins with the family the
//! gap to the hash before, the first one before being -1, how many pages it has, less one, and
//! its postings. What is hashed, by FNV-1a modulo 2^18, is the names of the families that follow,
//! with spaces between them.
//! A family is in every file that one of its words belongs to, so that a word
//! takes one file. A family of common words has only the pages that it matters most on. A key of
//! `=` and hexadecimal digits has the numbers of the pages that come first for a query; it is in
//! the file of the first of its words that are not common. What is hashed, by FNV-1a modulo 2^24,
//! is these words with `=` between them, where pages were chosen for it; or the first of them and
//! then all words of the query, for the pages whose own words it is.
//!
//! **`pages`** is a list of pages, each `[url, title, description, kind, stage,
//! language, sections]`. A section is `[heading, text, id, other words]`, without
//! what is empty at its end. No id means that it is the heading in small letters,
//! with `-` for all that is no letter or digit of ASCII. The text is the
//! sentences with the words that the page can be found by, up to 6,000 bytes a
//! page, with ` … ` where some were left out and behind a line without an end. A thing of a list
//! has the line that leads to it before it. The rest is found, and not shown.
//!
//! **`spelling`** is `[words, uses, forms]`: the words with spaces between them; a
//! digit for each, which is larger the more pages have it; and for each, with
//! spaces between them, its other forms that are on no page and differ by more
//! than an "s", with commas between them: a digit, how many letters to take off,
//! and what to put there. Only words of three letters or more are in it, and no
//! numbers. Words with the same first letter are in one file.
//!
//! **`english`** is numbers, gaps again, the first one before being -1: the words
//! of English of four letters or more, each by FNV-1a over its code units, modulo
//! 2^20. A word is in the file with the number of its first four code units by
//! FNV-1a, modulo the number of files.
//!
//! **`places`** is an object from the name of a family to numbers: for each of
//! its pages, in the order of its postings, how many places it has there, and for
//! each place how many words are between it and the one before, the first one
//! being -1. Words count from the first of the title; between two texts one
//! number is left out.
//!
//! **`labels`** is an object with `kind`, `stage` and `language`, each
//! `[values, numbers]`: for each page the number of its value.
//!
//! A portable index has scripts: `NAME.js` calls `plainsiteSearch.part` with the
//! name of the JSON file and what is in it.
//!
//! # The limits
//!
//! The first 200,000 words of a page are read and the first 20,000 have places.
//! Words are cut after 40 letters, titles after 200, descriptions after 300. The
//! first 500 sections of a page can be shown.
//! Of a query, 1,000 code units and 32 words are read.
//!
//! # The ranking
//!
//! A page scores the sum over the words of the query (BM25, in whole numbers), and
//! more if it has most or all of them; none is required. Words that follow each other as in the
//! query count half as much again, and where they stand elsewhere in the query a quarter. Words
//! that only frame a question, such as “worried” and “mum”, count no more than words that half the
//! pages have, where others tell what it is about. Pages with less than a quarter of the best
//! score are left out. `answer.rs` has the details, `read.rs` and `terms.rs` what
//! a word is worth in which place.

mod answer;
mod english;
mod excerpt;
mod families;
mod files;
mod hash;
mod numbers;
mod portable;
mod read;
mod shown;
mod spelling;
mod synonyms;
mod terms;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

pub use self::{
    answer::{Answer, Hit, Options, Reason, explain, search},
    files::{FOLDER, is_part},
    portable::portable,
};
use self::{read::Tongue, shown::Worth, synonyms::Synonyms, words::Language};
use crate::text::speech::{Speech, Speeches, speech};

/// A page as search sees it.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// From the root of the site: `/money/`.
    pub url: String,
    /// `What you pay`.
    pub title: String,
    /// What the page is for, in a sentence or two.
    pub description: String,
    /// `en`, `cy`.
    pub language: String,
    /// `guidance`; shown as a label, and to filter by.
    pub kind: String,
    /// `set up`; the same. Empty when the page belongs to none.
    pub stage: String,
    /// Other words people use for what the page is about.
    pub words: Vec<String>,
    /// The text, heading by heading.
    pub sections: Vec<Section>,
}

impl Page {
    /// Adds a section. One that no link can lead to goes on the one before.
    pub fn add(&mut self, section: Section) {
        match self.sections.last_mut() {
            Some(last) if section.id.is_empty() => {
                for text in [section.heading, section.text] {
                    if !last.text.is_empty() && !text.is_empty() {
                        last.text.push('\n');
                    }
                    last.text.push_str(&text);
                }
                last.words.extend(section.words);
            }
            _ => self.sections.push(section),
        }
    }
}

/// The text below a heading, up to the next.
#[derive(Debug, Clone, Default)]
pub struct Section {
    /// Where a link to the heading leads; empty only for the text before the
    /// first.
    pub id: String,
    /// The heading; empty for the text before the first.
    pub heading: String,
    /// The text, as it is read; a line for each paragraph.
    pub text: String,
    /// Other words people use for what the section is about.
    pub words: Vec<String>,
}

/// What people call things, and what they are looking for.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    /// For each of the words that pages use, what people say instead.
    pub words: BTreeMap<String, Vec<String>>,
    /// For what people type, the addresses of the pages that come first.
    pub best: BTreeMap<String, Vec<String>>,
    /// How people ask in each language.
    pub speech: Speeches,
}

/// The files of a search index, by their names below its folder.
///
/// The order of `pages` does not matter: the same pages give the same bytes.
pub fn build(pages: &[Page], vocabulary: &Vocabulary) -> BTreeMap<String, Vec<u8>> {
    let mut ordered: Vec<&Page> = pages.iter().collect();
    ordered.sort_by(|a, b| a.url.cmp(&b.url));
    let tags: BTreeSet<&str> = ordered.iter().map(|page| page.language.as_str()).collect();
    let tongues: Vec<Tongue<'_>> = tags.into_iter().map(|tag| tongue(tag, vocabulary)).collect();
    let parts = read::read(&ordered, &tongues);
    let (families, numbers) = terms::families(&parts);
    let counted: Vec<_> = parts
        .iter()
        .zip(&numbers)
        .flat_map(|(part, numbers)| part.pages.iter().map(move |page| (page, numbers)))
        .zip(&ordered)
        .collect();
    let each = counted.len().div_ceil(rayon::current_num_threads()).max(1);
    let kept: Vec<Vec<String>> = counted
        .par_chunks(each)
        .flat_map_iter(|pages| {
            let mut worth = Worth::new(families.len());
            let families = &families;
            pages
                .iter()
                .map(move |((counted, numbers), page)| worth.keep(page, counted, numbers, families))
        })
        .collect();
    let common = common(&ordered, &tongues);
    let best = best(&ordered, &common, vocabulary);
    files::write(&files::Index {
        pages: &ordered,
        kept: &kept,
        families: &families,
        common: &common,
        best: &best,
    })
}

/// For each language the words that only shape questions, with spaces between
/// them; first the language that most pages are in.
type Common = Vec<(String, String)>;

fn common(pages: &[&Page], tongues: &[Tongue<'_>]) -> Common {
    let in_language = |tag: &str| pages.iter().filter(|page| page.language == tag).count();
    let mut common: Vec<(usize, &Tongue<'_>)> =
        tongues.iter().map(|tongue| (in_language(tongue.tag), tongue)).collect();
    common.sort_by_key(|(pages, tongue)| (std::cmp::Reverse(*pages), tongue.tag));
    let named = |tongue: &Tongue<'_>| (tongue.tag.to_owned(), tongue.language.common());
    common.into_iter().map(|(_, tongue)| named(tongue)).collect()
}

/// What a query is asking for.
struct Telling<'a> {
    /// The words that say it; all of them if none does.
    words: Vec<&'a str>,
    /// Words that only shape questions in its language.
    shaping: Vec<String>,
    /// The tag of that.
    language: String,
}

/// The words of a query that say what it is asking for.
///
/// It is taken to be in the language whose common words it has most of; the
/// language of the reader, or else that of most pages, has one word's lead.
fn telling<'a>(words: &[&'a str], common: &Common, language: &str) -> Telling<'a> {
    let own = common.iter().position(|(tag, _)| tag == language).unwrap_or_default();
    let (mut most, mut shaping, mut language) = (0, Vec::new(), "");
    for (at, (tag, list)) in common.iter().enumerate() {
        let list: Vec<&str> = list.split(' ').collect();
        let lead = usize::from(at == own);
        let count = words.iter().filter(|word| list.contains(word)).count() + lead;
        if count > most || count == most && at == own {
            (most, shaping, language) = (count, list, tag);
        }
    }
    let telling: Vec<&str> = words.iter().copied().filter(|word| !shaping.contains(word)).collect();
    let shaping = shaping.into_iter().map(str::to_owned).collect();
    let words = if telling.is_empty() { words.to_vec() } else { telling };
    Telling { words, shaping, language: language.to_owned() }
}

/// The words of what somebody types, without the joined ones.
fn listed(query: &str, common: &Common) -> Vec<String> {
    words::Words::default().list(query, |word| is_common(word, common))
}

/// Whether a word shapes questions in any language.
fn is_common(word: &str, common: &Common) -> bool {
    common.iter().any(|(_, list)| list.split(' ').any(|common| common == word))
}

fn tongue<'a>(tag: &'a str, vocabulary: &Vocabulary) -> Tongue<'a> {
    let none = Speech::default();
    let speech = speech(&vocabulary.speech, tag).unwrap_or(&none);
    let language = Language::new(tag, speech);
    let synonyms = Synonyms::new(&vocabulary.words, &speech.words, &language);
    Tongue { tag, language, synonyms }
}

/// The numbers of the best pages, by the words of the query as the engine
/// reads them: those that say what it asks for; or, where a page has other words for itself
/// that make a question, the first of those and then all.
fn best(pages: &[&Page], common: &Common, vocabulary: &Vocabulary) -> BTreeMap<String, Vec<u32>> {
    let number = |url: &String| {
        let at = pages.binary_search_by(|page| page.url.as_str().cmp(url)).ok()?;
        u32::try_from(at).ok()
    };
    let mut best = BTreeMap::new();
    for (at, page) in (0..).zip(pages) {
        for query in &page.words {
            let words = listed(query, common);
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let asked = telling(&words, common, &page.language).words;
            if words.len() > 2 && asked.len() < words.len() {
                let key = format!("{}={}", asked[0], words.join("="));
                best.entry(key).or_insert_with(Vec::new).push(at);
            }
        }
    }
    for (query, urls) in &vocabulary.best {
        let words = listed(query, common);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let mut asked = telling(&words, common, "").words;
        let mut seen = BTreeSet::new();
        asked.retain(|word| seen.insert(*word));
        let pages: Vec<u32> = urls.iter().filter_map(number).collect();
        if !asked.is_empty() && !pages.is_empty() {
            best.entry(asked.join("=")).or_insert(pages);
        }
    }
    best
}

/// Which range a word is in, by the beginnings of the ranges.
fn locate(starts: &[impl AsRef<str>], word: &str) -> usize {
    starts.partition_point(|start| terms::order(start.as_ref(), word).is_le()).saturating_sub(1)
}

/// The id that most headings have: their letters and digits, small, with
/// hyphens between.
fn slug(heading: &str) -> String {
    let small = heading.to_ascii_lowercase();
    let words = small.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}
