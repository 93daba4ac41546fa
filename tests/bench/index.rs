//! What the search index costs: `cargo bench --bench index`.
//!
//! On one core, an item of `index` is a page of 600 words. It should take at
//! most 0.15 ms.

use std::{fs, path::Path};

use divan::{Bencher, counter::ItemsCount};
use plainsite::{
    diagnostic::Report,
    index::{Options, Page, Section, Vocabulary, build, search},
    load::Theme,
    parse::words::speeches,
};

const PAGES: usize = 1000;
const WORDS: usize = 600;

fn main() {
    divan::main();
}

/// Pages of words from `content/`, each from another place in it.
fn pages() -> Vec<Page> {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let files = walkdir::WalkDir::new(content).sort_by_file_name().into_iter().flatten();
    let texts: Vec<String> =
        files.filter_map(|file| fs::read_to_string(file.path()).ok()).collect();
    let words: Vec<&str> = texts.iter().flat_map(|text| text.split_whitespace()).collect();
    let page = |number: usize| {
        let words: Vec<&str> =
            words.iter().cycle().skip(number * 37).take(WORDS).copied().collect();
        let section = |words: &[&str]| Section {
            id: words[0].to_owned(),
            heading: words[..4].join(" "),
            text: words.join(" "),
            ..Section::default()
        };
        Page {
            url: format!("/{number}/"),
            title: words[..5].join(" "),
            description: words[5..20].join(" "),
            language: "en".to_owned(),
            sections: words.chunks(WORDS / 6).map(section).collect(),
            ..Page::default()
        }
    };
    (0..PAGES).map(page).collect()
}

#[divan::bench]
fn index(bencher: Bencher<'_, '_>) {
    let pages = pages();
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    bencher
        .counter(ItemsCount::new(PAGES))
        .bench_local(|| one.install(|| build(&pages, &spoken())));
}

#[divan::bench(args = ["respite", "can i pay my dauhgter", "what happens if i go into hospital"])]
fn query(bencher: Bencher<'_, '_>, words: &str) {
    let files = build(&pages(), &spoken());
    bencher.bench_local(|| search(&files, words, &Options { limit: 10, ..Options::default() }));
}

/// How people ask, as the theme in the program has it.
fn spoken() -> Vocabulary {
    let speech = speeches(&Theme::embedded(), &mut Report::default());
    Vocabulary { speech, ..Vocabulary::default() }
}
