//! Pages that nobody wrote: lists of the directory, a guide on one page, the
//! questions of a flow, the A to Z, and what is shown when a page is not there.
//!
//! They are pages like any other, so that links to them are checked and they
//! are rendered, searched and listed by the same code. Their words come from
//! the pages they are made of and from the few in [`MadeWords`].

use std::collections::BTreeMap;

use super::{
    Audience, Data, Front, Kind, Page, Relations, Text, Url,
    kind::{DirectoryList, FlowStep},
    services::{IN_A_LIST, ON_PAPER, Services, parts},
};
use crate::{
    config::Config,
    parse::{Document, Placed},
    text::{Source, Span, slug},
};

/// The words of made pages.
struct MadeWords {
    a_to_z: &'static str,
    search: &'static str,
    all_services: &'static str,
    print: &'static str,
    write_on: &'static str,
    not_found: &'static str,
    services_in: &'static str,
    part: &'static str,
    booklet: &'static str,
    short_links: &'static str,
}

const ENGLISH: MadeWords = MadeWords {
    a_to_z: "A to Z of all pages",
    search: "Search",
    all_services: "A to Z of services",
    print: "on one page",
    write_on: "to print and write on",
    not_found: "This page is not here",
    services_in: "Services in",
    part: "page {n} of {all}",
    booklet: "Make a booklet",
    short_links: "Short links",
};

const WELSH: MadeWords = MadeWords {
    a_to_z: "A i Y o bob tudalen",
    search: "Chwilio",
    all_services: "A i Y o wasanaethau",
    print: "ar un dudalen",
    write_on: "i’w argraffu ac ysgrifennu arno",
    not_found: "Nid yw’r dudalen hon yma",
    services_in: "Gwasanaethau yn",
    part: "tudalen {n} o {all}",
    booklet: "Gwneud llyfryn",
    short_links: "Dolenni byr",
};

/// The pages that are made for a site.
pub(super) fn pages(written: &[Page], data: &Data, config: &Config, staff: bool) -> Vec<Page> {
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
            Kind::Letter(_) | Kind::DecisionLetter(_) | Kind::Worksheet(_) => made.push(make(
                page,
                page.url.join("print"),
                format!("{} – {}", page.title, words_in(&page.language).write_on),
                Kind::LetterPrint,
            )),
            Kind::Directory(_) => made.extend(directory(page, written, data, config)),
            Kind::Flow(_) => made.extend(flow(page)),
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
        statement: false,
        relations: Relations::default(),
    };
    let parent = home.unwrap_or(&nothing);
    if !written.iter().any(|page| matches!(page.kind, Kind::Search)) {
        made.push(make(parent, Url::of(["search"]), words.search.into(), Kind::Search));
    }
    // Where there is something to choose for somebody.
    if written.iter().any(|page| matches!(page.kind, Kind::Directory(_) | Kind::Booklet(_))) {
        let booklets = Url::of(["booklet"]);
        made.push(make(parent, booklets, words.booklet.into(), Kind::BookletMaker));
    }
    if staff {
        let links = Url::of(["short-links"]);
        let page = make(parent, links, words.short_links.into(), Kind::ShortLinks);
        made.push(Page { audience: Audience::Staff, ..page });
    }
    made.push(make(parent, Url::of(["a-z"]), words.a_to_z.into(), Kind::AToZ));
    made.push(make(parent, Url::file("404.html"), words.not_found.into(), Kind::NotFound));
    // What an editor wrote at an address stays there.
    made.retain(|page| !written.iter().any(|other| other.url == page.url));
    made
}

fn words_in(language: &str) -> &'static MadeWords {
    if language == "cy" { &WELSH } else { &ENGLISH }
}

/// The questions and outcomes of a flow, each on a page of its own, and all of it on
/// one page. A flow that the reader’s device works out has its outcomes on its own page.
fn flow(page: &Page) -> Vec<Page> {
    let Kind::Flow(flow) = &page.kind else { return Vec::new() };
    let words = words_in(&page.language);
    let title = format!("{} – {}", page.title, words.print);
    let mut made = vec![make(page, page.url.join("print"), title, Kind::FlowPrint)];
    if flow.needs_device() {
        return made;
    }
    let questions = flow.questions.iter().skip(1).map(|one| (&one.id.value, &one.ask));
    let outcomes = flow.outcomes.iter().map(|one| (&one.id.value, &one.title));
    for (id, title) in questions.chain(outcomes) {
        let step = FlowStep { flow: page.url.clone(), id: id.clone() };
        let title = format!("{title} – {}", page.title);
        made.push(make(page, page.url.join(id), title, Kind::FlowStep(step)));
    }
    made
}

/// The lists of a directory: all by name, by category, by area and by both.
fn directory(page: &Page, written: &[Page], data: &Data, config: &Config) -> Vec<Page> {
    let Kind::Directory(directory) = &page.kind else { return Vec::new() };
    let services = Services::of(written, &data.areas);
    let words = words_in(&page.language);
    let mut made = Vec::new();
    let paper = parts(services.all.len(), ON_PAPER);
    for part in 0..paper {
        let title = format!("{} – {}", page.title, words.print);
        let (url, title) = part_of(page.url.join("print"), title, part, paper, words);
        made.push(make(page, url, title, Kind::DirectoryPrint(part)));
    }
    let mut list = |url: Url, title: String, about: &str, list: (Option<&str>, Option<&str>)| {
        let all = parts(services.list(list.0, list.1).len(), IN_A_LIST);
        for part in 0..all {
            let (url, title) = part_of(url.clone(), title.clone(), part, all, words);
            let kind = DirectoryList {
                category: list.0.map(str::to_owned),
                area: list.1.map(str::to_owned),
                part,
            };
            let mut page = make(page, url, title, Kind::DirectoryList(kind));
            page.front.description = (!about.is_empty())
                .then(|| Placed { value: about.to_owned(), span: Span::default() });
            made.push(page);
        }
    };
    list(page.url.join("a-z"), words.all_services.to_owned(), "", (None, None));
    let pairs = services.largest_pairs(&data.areas, config.directory.pairs);
    for category in &directory.categories {
        let id = category.id.value.as_str();
        if !services.by_category.contains_key(id) {
            continue;
        }
        let url = page.url.join("category").join(id);
        list(url.clone(), category.name.clone(), &category.about, (Some(id), None));
        for area in data.areas.iter().map(|area| area.name.value.as_str()) {
            if pairs.contains(&(id, area.to_owned())) {
                let url = url.join(&slug(area));
                let title = format!("{} – {area}", category.name);
                list(url, title, "", (Some(id), Some(area)));
            }
        }
    }
    for area in data.areas.iter().map(|area| area.name.value.as_str()) {
        if services.reached(None, area) > 0 {
            let url = page.url.join("area").join(&slug(area));
            list(url, format!("{} {area}", words.services_in), "", (None, Some(area)));
        }
    }
    made
}

/// The address and title of a part of something that takes several pages.
fn part_of(url: Url, title: String, part: usize, all: usize, words: &MadeWords) -> (Url, String) {
    if part == 0 {
        return (url, title);
    }
    let number = (part + 1).to_string();
    let which = words.part.replace("{n}", &number).replace("{all}", &all.to_string());
    (url.join(&number), format!("{title} ({which})"))
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
        statement: false,
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
            one_of_many: false,
        };
        Self {
            document,
            records: BTreeMap::new(),
            filled: Vec::new(),
            targets: Vec::new(),
            pictures: Vec::new(),
            named: BTreeMap::new(),
        }
    }
}
