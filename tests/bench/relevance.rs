//! How good the ranking is: `cargo bench --bench relevance -- COLLECTION…`.
//!
//! A collection is a JSON file with `docs` (`id`, `title`, `body`), `queries`
//! (`id`, `text`) and `qrels` (for each query the documents that answer it, and
//! how well). It prints nDCG@10 of the search index with its usual settings,
//! and of BM25 with Snowball stems and stop words over the same text.

#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    error::Error,
    fs,
};

use plainsite::{
    diagnostic::Report,
    index::{Options, Page, Section, Vocabulary, build, search},
    load::Theme,
    parse::words::speeches,
};
use rust_stemmers::{Algorithm, Stemmer};
use serde::Deserialize;

#[derive(Deserialize)]
struct Collection {
    docs: Vec<Doc>,
    queries: Vec<Query>,
    qrels: BTreeMap<String, BTreeMap<String, f64>>,
}

#[derive(Deserialize)]
struct Doc {
    id: String,
    #[serde(default)]
    title: String,
    body: String,
}

#[derive(Deserialize)]
struct Query {
    id: String,
    text: String,
}

fn main() -> Result<(), Box<dyn Error>> {
    let files: Vec<String> =
        std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    if files.is_empty() {
        println!("Say which collections: cargo bench --bench relevance -- cranfield.json");
    }
    println!("{:<28} {:>9} {:>9} {:>9}", "nDCG@10", "plainsite", "BM25", "nothing");
    for file in files {
        let collection: Collection = serde_json::from_slice(&fs::read(&file)?)?;
        let name = file.rsplit('/').next().unwrap_or_default();
        let (ours, without) = plainsite(&collection);
        println!("{name:<28} {ours:>9.4} {:>9.4} {without:>9}", bm25(&collection));
    }
    Ok(())
}

/// The mean over all queries that have an answer.
fn mean(collection: &Collection, mut answer: impl FnMut(&str) -> Vec<String>) -> f64 {
    let judged = collection.queries.iter().filter_map(|query| {
        let relevant = collection.qrels.get(&query.id)?;
        relevant.values().any(|&gain| gain > 0.0).then_some((query, relevant))
    });
    let scores: Vec<f64> =
        judged.map(|(query, relevant)| ndcg(&answer(&query.text), relevant)).collect();
    scores.iter().sum::<f64>() / scores.len() as f64
}

fn ndcg(found: &[String], relevant: &BTreeMap<String, f64>) -> f64 {
    let discounted = |gains: &mut dyn Iterator<Item = f64>| -> f64 {
        gains.take(10).enumerate().map(|(at, gain)| gain / (at as f64 + 2.0).log2()).sum()
    };
    let mut best: Vec<f64> = relevant.values().copied().collect();
    best.sort_by(|a, b| b.total_cmp(a));
    let gain = |id: &String| relevant.get(id).copied().unwrap_or_default();
    discounted(&mut found.iter().map(gain)) / discounted(&mut best.into_iter())
}

/// The mean, and how many queries found nothing.
fn plainsite(collection: &Collection) -> (f64, usize) {
    let pages: Vec<Page> = collection
        .docs
        .iter()
        .map(|doc| Page {
            url: format!("/{}/", doc.id),
            title: doc.title.clone(),
            language: "en".to_owned(),
            sections: vec![Section { text: doc.body.clone(), ..Section::default() }],
            ..Page::default()
        })
        .collect();
    let files = build(&pages, &spoken());
    let options = Options { limit: 10, ..Options::default() };
    let mut without = 0;
    let mean = mean(collection, |query| {
        let answer = search(&files, query, &options);
        without += usize::from(answer.hits.is_empty());
        answer.hits.into_iter().map(|hit| hit.url.trim_matches('/').to_owned()).collect()
    });
    (mean, without)
}

/// What the textbook does: k1 1.2, b 0.75, title and text as one.
fn bm25(collection: &Collection) -> f64 {
    let stemmer = Stemmer::create(Algorithm::English);
    let stop: HashSet<&str> = STOP.split_whitespace().collect();
    let terms = |text: &str| -> Vec<String> {
        let lower = text.to_lowercase();
        let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.filter(|word| !stop.contains(word)).map(|w| stemmer.stem(w).into_owned()).collect()
    };
    let mut postings: HashMap<String, HashMap<usize, f64>> = HashMap::new();
    let mut lengths = Vec::new();
    for (number, doc) in collection.docs.iter().enumerate() {
        let words = terms(&format!("{} {}", doc.title, doc.body));
        lengths.push(words.len() as f64);
        for word in words {
            *postings.entry(word).or_default().entry(number).or_default() += 1.0;
        }
    }
    let count = lengths.len() as f64;
    let average = lengths.iter().sum::<f64>() / count;
    mean(collection, |query| {
        let mut scores = vec![0.0; lengths.len()];
        for word in terms(query) {
            let Some(pages) = postings.get(&word) else { continue };
            let with = pages.len() as f64;
            let rarity = (1.0 + (count - with + 0.5) / (with + 0.5)).ln();
            let mut pages: Vec<_> = pages.iter().collect();
            pages.sort_unstable_by_key(|(page, _)| **page);
            for (&page, often) in pages {
                let length = 0.25 + 0.75 * lengths[page] / average;
                scores[page] += rarity * often * 2.2 / (often + 1.2 * length);
            }
        }
        let mut ranked: Vec<usize> = (0..scores.len()).filter(|&page| scores[page] > 0.0).collect();
        ranked.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]));
        ranked.iter().take(10).map(|&page| collection.docs[page].id.clone()).collect()
    })
}

const STOP: &str = "a about above after again against all am an and any are as at be because been \
    before being below between both but by can cannot could did do does doing down during each few \
    for from further had has have having he her here hers him his how i if in into is it its me \
    more most my no nor not of off on once only or other our ours out over own same she should so \
    some such than that the their them then there these they this those through to too under \
    until up very was we were what when where which while who whom why will with would you your";

/// How people ask, as the theme in the program has it.
fn spoken() -> Vocabulary {
    let speech = speeches(&Theme::embedded(), &mut Report::default());
    Vocabulary { speech, ..Vocabulary::default() }
}
