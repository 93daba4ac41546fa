//! Pages that nobody wrote: lists of the directory, a guide on one page, the
//! A to Z, and what is shown when a page is not there.
//!
//! They are pages like any other, so that links to them are checked and they
//! are rendered, searched and listed by the same code. Their words come from
//! the pages they are made of and from the few in [`Words`].

use std::collections::BTreeMap;

use super::{Audience, Data, Front, Kind, Page, Relations, Status, Text, Url, kind::DirectoryList};
use crate::{
    config::Config,
    parse::{Document, Placed, slug},
    source::{Source, Span},
};

/// The words of made pages.
struct Words {
    a_to_z: &'static str,
    search: &'static str,
    all_services: &'static str,
    print: &'static str,
    write_on: &'static str,
    not_found: &'static str,
    services_in: &'static str,
}

const ENGLISH: Words = Words {
    a_to_z: "A to Z of all pages",
    search: "Search",
    all_services: "A to Z of services",
    print: "on one page",
    write_on: "to print and write on",
    not_found: "This page is not here",
    services_in: "Services in",
};

const WELSH: Words = Words {
    a_to_z: "A i Y o bob tudalen",
    search: "Chwilio",
    all_services: "A i Y o wasanaethau",
    print: "ar un dudalen",
    write_on: "i’w argraffu ac ysgrifennu arno",
    not_found: "Nid yw’r dudalen hon yma",
    services_in: "Gwasanaethau yn",
};

/// The pages that are made for a site.
pub(super) fn pages(written: &[Page], data: &Data, config: &Config) -> Vec<Page> {
    let mut made = Vec::new();
    let words = if config.language() == "cy" { &WELSH } else { &ENGLISH };
    for page in written {
        match &page.kind {
            Kind::Guide => made.push(make(
                page,
                page.url.join("print"),
                format!("{} – {}", page.title, words_in(&page.language).print),
                Kind::GuidePrint,
            )),
            Kind::Letter(_) | Kind::DecisionLetter(_) => made.push(make(
                page,
                page.url.join("print"),
                format!("{} – {}", page.title, words_in(&page.language).write_on),
                Kind::LetterPrint,
            )),
            Kind::Directory(_) => made.extend(directory(page, written, data)),
            _ => {}
        }
    }
    let home = written
        .iter()
        .find(|page| matches!(page.kind, Kind::Home(_)) && page.language == config.language());
    let nothing = Page {
        text: Text::empty(Source::new("site.toml", "")),
        url: Url::of([]),
        language: config.language().to_owned(),
        key: String::new(),
        front: Front::default(),
        audience: Audience::Public,
        kind: Kind::Guidance,
        title: String::new(),
        made: true,
        relations: Relations::default(),
    };
    let parent = home.unwrap_or(&nothing);
    if !written.iter().any(|page| matches!(page.kind, Kind::Search)) {
        made.push(make(parent, Url::of(["search"]), words.search.into(), Kind::Search));
    }
    made.push(make(parent, Url::of(["a-z"]), words.a_to_z.into(), Kind::AToZ));
    made.push(make(parent, Url::file("404.html"), words.not_found.into(), Kind::NotFound));
    // What an editor wrote at an address stays there.
    made.retain(|page| !written.iter().any(|other| other.url == page.url));
    made
}

fn words_in(language: &str) -> &'static Words {
    if language == "cy" { &WELSH } else { &ENGLISH }
}

fn directory(page: &Page, written: &[Page], data: &Data) -> Vec<Page> {
    let Kind::Directory(directory) = &page.kind else { return Vec::new() };
    let words = words_in(&page.language);
    let mut made = vec![
        make(page, page.url.join("a-z"), words.all_services.into(), list(None, None)),
        make(
            page,
            page.url.join("print"),
            format!("{} – {}", page.title, words.print),
            Kind::DirectoryPrint,
        ),
    ];
    let mut by_category: BTreeMap<&str, usize> = BTreeMap::new();
    let mut by_area: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in written.iter().filter(|entry| entry.front.status == Status::Published) {
        let Some(service) = entry.kind.service() else { continue };
        service.categories.iter().for_each(|id| *by_category.entry(&id.value).or_default() += 1);
        service.areas.iter().for_each(|area| *by_area.entry(&area.value).or_default() += 1);
    }
    let with_entries =
        |category: &&super::kind::Category| by_category.contains_key(category.id.value.as_str());
    for category in directory.categories.iter().filter(with_entries) {
        let url = page.url.join("category").join(&category.id.value);
        let kind = list(Some(category.id.value.clone()), None);
        let mut made_page = make(page, url, category.name.clone(), kind);
        made_page.front.description =
            Some(Placed { value: category.about.clone(), span: Span::default() });
        made.push(made_page);
    }
    for area in data.areas.iter().filter(|area| by_area.contains_key(area.value.as_str())) {
        let url = page.url.join("area").join(&slug(&area.value));
        let title = format!("{} {}", words.services_in, area.value);
        made.push(make(page, url, title, list(None, Some(area.value.clone()))));
    }
    made
}

fn list(category: Option<String>, area: Option<String>) -> Kind {
    Kind::DirectoryList(DirectoryList { category, area })
}

/// A page in the place of `parent`, looked after and checked by the same people.
fn make(parent: &Page, url: Url, title: String, kind: Kind) -> Page {
    let key = url.as_str().trim_matches('/').to_owned();
    let front = Front {
        owner: parent.front.owner.clone(),
        contact: parent.front.contact.clone(),
        checked: parent.front.checked.clone(),
        check_again: parent.front.check_again.clone(),
        ..Front::default()
    };
    Page {
        text: Text::empty(parent.source().clone()),
        url,
        language: parent.language.clone(),
        key,
        front,
        audience: parent.audience,
        kind,
        title,
        made: true,
        relations: Relations::default(),
    }
}

impl Text {
    /// No words, in the file of another page.
    fn empty(source: Source) -> Self {
        let document = Document {
            source,
            front: Span::default(),
            blocks: Vec::new(),
            headings: Vec::new(),
            links: Vec::new(),
            hidden_links: Vec::new(),
            images: Vec::new(),
            problems: Vec::new(),
        };
        Self {
            document,
            records: BTreeMap::new(),
            targets: Vec::new(),
            pictures: Vec::new(),
            named: BTreeMap::new(),
        }
    }
}
