//! Readers find what they look for: the real content, asked as people ask.
//!
//! `content/_data/search-tests.yaml` stops a build when a page is not among the
//! first three. Here more is asked: most of the pages must come first.

#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

use std::{collections::BTreeMap, fs, path::Path};

use plainsite::{Date, Options, index, output};
use serde_yaml::Value;

/// `employ/index.md#id` as an address and an id.
fn address(name: &str) -> (String, Option<&str>) {
    let (path, id) = match name.split_once('#') {
        Some((path, id)) => (path, Some(id)),
        None => (name, None),
    };
    // An entry may give the last part of its address itself.
    let file =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("content").join(path.trim_start_matches('/'));
    let text = fs::read_to_string(file).unwrap_or_default();
    let own = text.lines().find_map(|line| line.strip_prefix("id: "));
    let own = own.filter(|_| path.ends_with(".yaml")).map(|own| {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        format!("{folder}/{own}")
    });
    let path = own.as_deref().unwrap_or(path);
    let stem = path.trim_end_matches(".md").trim_end_matches(".yaml");
    let (stem, language) = match stem.strip_suffix(".cy") {
        Some(stem) => (stem, "/cy"),
        None => (stem, ""),
    };
    let stem = stem.trim_end_matches("index").trim_matches('/');
    (if stem.is_empty() { format!("{language}/") } else { format!("{language}/{stem}/") }, id)
}

#[test]
fn readers_find_what_they_look_for() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join("content/_data/search-tests.yaml")).expect("the tests");
    let tests: BTreeMap<String, Value> = serde_yaml::from_str(&text).expect("YAML");
    let options = Options { today: Date::today(), staff: false, portable: false };
    let built = plainsite::build(root, options).expect("the site is there");
    let files = output::search::index(&built.files);
    let options =
        index::Options { limit: 3, language: "en".to_owned(), ..index::Options::default() };
    let (mut first, mut found, mut missed) = (0, 0, Vec::new());
    for (query, pages) in &tests {
        let pages: Vec<&str> = match pages {
            Value::String(page) => vec![page],
            Value::Sequence(pages) => pages.iter().filter_map(Value::as_str).collect(),
            _ => panic!("{query} names no page"),
        };
        let is_right = |hit: &index::Hit| {
            pages.iter().map(|page| address(page)).any(|(url, id)| {
                let section = hit.section.as_ref().map(|(id, _)| id.as_str());
                hit.url == url && id.is_none_or(|id| section == Some(id))
            })
        };
        let hits = index::search(&files, query, &options).hits;
        match hits.iter().position(is_right) {
            Some(0) => first += 1,
            Some(_) => {}
            None => missed.push(query),
        }
        found += usize::from(hits.iter().any(is_right));
    }
    let of = tests.len();
    println!("{of} queries: {first} first, {found} among the first three; missed {missed:#?}");
    assert!(of >= 120, "{of} queries are too few to say anything");
    assert!(found * 100 >= of * 97, "{found} of {of} among the first three; missed {missed:#?}");
    assert!(first * 100 >= of * 85, "{first} of {of} come first");
}
