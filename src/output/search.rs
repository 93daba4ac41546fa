//! The search index, beside the search page, and the tests of what it finds.

use std::collections::BTreeMap;

use super::{Bytes, Done, Files, Output, Plan};
use crate::{
    diagnostic::{Diagnostic, Report},
    finish::Finished,
    html::outline::Outline,
    index,
    model::{Page, RecordData, Site, kind},
    parse::Placed,
    rule,
};

/// Where the index is, wherever the search pages are.
pub const FOLDER: &str = "search/";

/// How near the top a page must be that a search test names.
const FIRST: usize = 3;

pub(super) const OUTPUT: Output = Output { name: "the search", paths, files };

/// The engine, where an index begins, and the parts of the index.
fn paths(_: &Plan<'_>) -> Vec<String> {
    // The same whether it is portable or not, so that a check knows what every build makes.
    ["index.js", "index.json", "search.js", index::FOLDER].map(|it| format!("{FOLDER}{it}")).into()
}

/// The files of the index.
fn files(done: &Done<'_>) -> Files {
    let pages = done.pages.iter().zip(done.outlines);
    let pages: Vec<index::Page> =
        pages.filter_map(|(page, outline)| found(done, page, outline)).collect();
    let files = index::build(&pages, &vocabulary(done.world.site));
    let files = if done.world.portable { index::portable(files) } else { files };
    files.into_iter().map(|(name, bytes)| (format!("{FOLDER}{name}"), Bytes::Own(bytes))).collect()
}

/// The words of the vocabulary and of the glossary, with their abbreviations.
fn vocabulary(site: &Site) -> index::Vocabulary {
    let speech = site.languages.speech.clone();
    let mut vocabulary = index::Vocabulary { speech, ..index::Vocabulary::default() };
    for preferred in &site.data.vocabulary {
        let words = preferred.words.iter().map(|word| word.value.clone());
        vocabulary.words.entry(preferred.term.value.clone()).or_default().extend(words);
        let best = preferred.best.as_ref().and_then(|best| site.page_named(&best.value));
        if let Some((page, _)) = best {
            for query in preferred.all() {
                let pages = vocabulary.best.entry(query.value.clone()).or_default();
                pages.push(site.pages[page].url.to_string());
            }
        }
    }
    // What people ask to buy is answered first, unless the vocabulary knows better.
    for page in site.pages.iter().filter(|page| page.is_listed()) {
        for item in page.text.records.values().flat_map(RecordData::bought) {
            for query in std::iter::once(&item.item.value).chain(&item.words) {
                let pages = vocabulary.best.entry(query.clone()).or_default();
                if pages.is_empty() {
                    pages.push(page.url.to_string());
                }
            }
        }
    }
    for term in &site.data.glossary {
        let words = vocabulary.words.entry(term.term.clone()).or_default();
        words.extend(term.also_called.iter().cloned());
        if let Some(short) = &term.short {
            words.push(short.value.clone());
            vocabulary.words.entry(short.value.clone()).or_default().push(term.term.clone());
        }
    }
    vocabulary
}

/// Asks what people type, and reports what it does not find.
pub fn test(done: &Done<'_>, files: &Files, report: &mut Report) {
    let data = &done.world.site.data;
    let mut tests: Vec<(&str, &Placed<String>, Vec<&str>)> = Vec::new();
    for test in &data.search_tests {
        let pages = test.pages.iter().map(|page| page.value.as_str()).collect();
        tests.push(("search-tests.yaml", &test.query, pages));
    }
    for preferred in &data.vocabulary {
        if let Some(page) = &preferred.test {
            let page = vec![page.value.as_str()];
            tests.extend(preferred.all().map(|query| ("vocabulary.yaml", query, page.clone())));
        }
    }
    // Where no page could be made, that is told, and nothing can be found.
    if tests.is_empty() || done.pages.is_empty() {
        return;
    }
    let index = index(files);
    // All of one file at once: its lines are counted for each that is told by itself.
    let mut found: BTreeMap<&str, Vec<Diagnostic>> = BTreeMap::new();
    for (file, query, pages) in tests {
        let wanted: Vec<Wanted<'_>> =
            pages.iter().filter_map(|page| Wanted::new(done.world.site, page)).collect();
        if wanted.len() == pages.len()
            && let Some(one) = try_one(done, &index, query, &wanted)
        {
            found.entry(file).or_default().push(one);
        }
    }
    for (file, all) in found {
        if let Some(source) = data.sources.get(file) {
            report.add(source, all);
        }
    }
}

/// The files of the index by their names in its folder.
pub fn index(files: &Files) -> BTreeMap<String, Vec<u8>> {
    let in_folder = |(path, bytes): (&String, &Bytes)| {
        Some((path.strip_prefix(FOLDER)?.to_owned(), bytes.as_slice().to_vec()))
    };
    files.range(FOLDER.to_owned()..).map_while(in_folder).collect()
}

/// A page that a test must find.
struct Wanted<'a> {
    name: &'a str,
    url: &'a str,
    id: Option<&'a str>,
}

impl<'a> Wanted<'a> {
    fn new(site: &'a Site, name: &'a str) -> Option<Self> {
        let (page, id) = site.page_named(name)?;
        site.pages[page].is_listed().then(|| Self { name, url: site.pages[page].url.as_str(), id })
    }

    fn is(&self, hit: &index::Hit) -> bool {
        let section = hit.section.as_ref().map(|(id, _)| id.as_str());
        hit.url == self.url && self.id.is_none_or(|id| section == Some(id))
    }
}

fn try_one(
    done: &Done<'_>,
    index: &BTreeMap<String, Vec<u8>>,
    query: &Placed<String>,
    wanted: &[Wanted<'_>],
) -> Option<Diagnostic> {
    let language = done.world.config.language().to_owned();
    let options = index::Options { limit: FIRST, language, ..index::Options::default() };
    let answer = index::search(index, &query.value, &options);
    if answer.hits.iter().any(|hit| wanted.iter().any(|wanted| wanted.is(hit))) {
        return None;
    }
    let names: Vec<&str> = wanted.iter().map(|wanted| wanted.name).collect();
    let message = format!(
        "“{}” does not find {} among the first {FIRST} results",
        query.value,
        names.join(" or ")
    );
    let came: Vec<String> =
        answer.hits.iter().map(|hit| format!("{} ({})", hit.url, reasons(hit))).collect();
    let came = if came.is_empty() { "nothing".to_owned() } else { came.join(", then ") };
    let own = wanted.iter().map(|wanted| {
        match index::explain(index, &query.value, &options, wanted.url) {
            Some((place, hit)) => {
                let (page, _) = wanted.name.split_once('#').unwrap_or((wanted.name, ""));
                let shown = match (&hit.section, wanted.id) {
                    (Some((id, _)), Some(_)) => format!(", and shows its part #{id}"),
                    (None, Some(_)) => ", and shows no part of it".to_owned(),
                    (_, None) => String::new(),
                };
                format!("{page} is number {place}{shown} ({})", reasons(&hit))
            }
            None => format!("{} has none of these words", wanted.name),
        }
    });
    let own: Vec<String> = own.collect();
    Some(Diagnostic::error(&rule::SEARCH_TEST, query.span, message).hint(format!(
        "what came was {came}; {}. Use the word on the page, or add it to its `words:` or to \
         vocabulary.yaml",
        own.join("; ")
    )))
}

/// `wages 120, pension 0`
fn reasons(hit: &index::Hit) -> String {
    let each = hit.reasons.iter().map(|reason| format!("{} {}", reason.word, reason.points));
    each.collect::<Vec<_>>().join(", ")
}

/// A page as search sees it, if readers are to find it.
fn found(done: &Done<'_>, finished: &Finished, outline: &Outline) -> Option<index::Page> {
    let page = &done.world.site.pages[finished.page?];
    if !page.kind.entry.is_searched || !page.is_listed() {
        return None;
    }
    let items = bought(page);
    let sections = outline.sections.iter().map(|section| index::Section {
        id: section.id.clone(),
        heading: section.heading.clone(),
        text: section.text.clone(),
        words: items.get(section.id.as_str()).copied().cloned().unwrap_or_default(),
    });
    let mut found = index::Page {
        url: page.url.to_string(),
        title: page.title.clone(),
        description: done.world.site.fill(description(page), page, done.world.config),
        language: page.language.clone(),
        kind: if items.is_empty() { page.kind.entry } else { &kind::CAN_I_BUY }.name.to_owned(),
        stage: page.front.stage.map_or_else(String::new, |stage| stage.name().to_owned()),
        words: words(page),
        sections: Vec::new(),
    };
    sections.for_each(|section| found.add(section));
    Some(found)
}

/// What a page is for; of a service, what it offers.
fn description(page: &Page) -> &str {
    let own = page.front.description.as_ref();
    let offer = || page.kind.service().map(|service| &service.on_offer);
    own.or_else(offer).map_or("", |text| &text.value)
}

/// Other words that people use for what is on a page.
fn words(page: &Page) -> Vec<String> {
    let own = page.front.words.iter().map(|word| word.value.clone());
    let service = page.kind.service().into_iter().flat_map(|service| service.also_called.clone());
    own.chain(service).collect()
}

/// Other words for what can be bought, by id.
fn bought(page: &Page) -> BTreeMap<&str, &Vec<String>> {
    let items = page.text.records.values().filter_map(|record| match record {
        RecordData::Buy(items) => Some(items),
        _ => None,
    });
    items.flatten().map(|item| (item.id.as_str(), &item.words)).collect()
}
