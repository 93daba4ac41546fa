//! Pages that nobody wrote: lists of the directory, a guide on one page, the
//! questions of a flow, the A to Z, and what is shown when a page is not there.
//!
//! They are pages like any other, so that links to them are checked and they
//! are rendered, searched and listed by the same code. Their words come from
//! the pages they are made of and from the theme, where their names begin with `made_`.
//!
//!
//! The A to Z, the search page and what is shown when a page is not there are made for each
//! language in which somebody has written a page.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Audience, Data, Front, Kind, Page, Relations, Text, Url,
    kind::{DirectoryList, FlowStep},
    services::{IN_A_LIST, ON_PAPER, Services, parts},
};
use crate::{
    config::Config,
    parse::{Document, Placed},
    text::{Language, Languages, Source, Span, slug},
};

/// The pages that are made for a site.
pub(super) fn pages(
    written: &[Page],
    data: &Data,
    config: &Config,
    languages: &Languages,
    staff: bool,
) -> Vec<Page> {
    let mut made = Vec::new();
    for page in written {
        let words = languages.of(&page.language);
        let print = |word, kind| {
            let title = format!("{} – {}", page.title, words.word(word));
            make(page, page.url.join("print"), title, kind)
        };
        match &page.kind {
            Kind::Guide => made.push(print("made_print", Kind::GuidePrint)),
            Kind::Letter(_) | Kind::DecisionLetter(_) | Kind::Worksheet(_) => {
                made.push(print("made_write_on", Kind::LetterPrint));
            }
            Kind::Directory(_) => made.extend(directory(page, written, data, config, words)),
            Kind::Flow(_) => {
                made.push(print("made_print", Kind::FlowPrint));
                made.extend(flow(page));
            }
            _ => {}
        }
    }
    let mut tags = config.languages.iter().map(String::as_str).collect::<BTreeSet<_>>();
    tags.retain(|tag| written.iter().any(|page| page.language == *tag));
    tags.insert(config.language());
    for tag in tags {
        made.extend(in_language(written, tag, config, languages.of(tag), staff));
    }
    // What an editor wrote at an address stays there.
    made.retain(|page| !written.iter().any(|other| other.url == page.url));
    made
}

/// The pages that a language has once, each in the place that it has in the main one.
fn in_language(
    written: &[Page],
    tag: &str,
    config: &Config,
    words: &Language,
    staff: bool,
) -> Vec<Page> {
    let nothing = Page {
        text: Text::empty(Source::new("site.toml", "")),
        url: Url::of([]),
        language: tag.to_owned(),
        key: String::new(),
        front: Front::default(),
        audience: Audience::Public,
        kind: Kind::Guidance,
        title: String::new(),
        made: true,
        statement: false,
        relations: Relations::default(),
    };
    let mut own = written.iter().filter(|page| page.language == tag);
    let home = own.clone().find(|page| matches!(page.kind, Kind::Home(_))).unwrap_or(&nothing);
    let is_main = tag == config.language();
    let top = Url::of([if is_main { "" } else { tag }]);
    let once = |key: &str, url, title, kind| {
        let page = make(home, url, words.word(title).to_owned(), kind);
        Page { key: key.to_owned(), ..page }
    };
    let mut made = vec![
        once("a-z", top.join("a-z"), "made_a_to_z", Kind::AToZ),
        once("404.html", top.file("404.html"), "made_not_found", Kind::NotFound),
    ];
    let is_search = |page: &&Page| matches!(page.kind, Kind::Search);
    if !own.any(|page| is_search(&page)) {
        let key = written.iter().find(is_search).map_or("search", |page| page.key.as_str());
        made.push(once(key, top.join(key), "made_search", Kind::Search));
    }
    let has_choice = |page: &Page| matches!(page.kind, Kind::Directory(_) | Kind::Booklet(_));
    // Where there is something to choose for somebody.
    if is_main && written.iter().any(has_choice) {
        made.push(once("booklet", top.join("booklet"), "made_booklet", Kind::BookletMaker));
    }
    if is_main && staff {
        let url = top.join("short-links");
        let page = once("short-links", url, "made_short_links", Kind::ShortLinks);
        made.push(Page { audience: Audience::Staff, ..page });
    }
    made
}

/// The questions and outcomes of a flow, each on a page of its own. A flow that the
/// reader’s device works out has its outcomes on its own page.
fn flow(page: &Page) -> Vec<Page> {
    let Kind::Flow(flow) = &page.kind else { return Vec::new() };
    if flow.needs_device() {
        return Vec::new();
    }
    let mut made = Vec::new();
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
fn directory(
    page: &Page,
    written: &[Page],
    data: &Data,
    config: &Config,
    words: &Language,
) -> Vec<Page> {
    let Kind::Directory(directory) = &page.kind else { return Vec::new() };
    let services = Services::of(written, &data.areas);
    let mut made = Vec::new();
    let paper = parts(services.all.len(), ON_PAPER);
    for part in 0..paper {
        let title = format!("{} – {}", page.title, words.word("made_print"));
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
    list(page.url.join("a-z"), words.word("made_all_services").to_owned(), "", (None, None));
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
            let title = words.word("made_services_in").replace("{area}", area);
            list(url, title, "", (None, Some(area)));
        }
    }
    made
}

/// The address and title of a part of something that takes several pages.
fn part_of(url: Url, title: String, part: usize, all: usize, words: &Language) -> (Url, String) {
    if part == 0 {
        return (url, title);
    }
    let number = (part + 1).to_string();
    let which = words.word("made_part").replace("{n}", &number).replace("{all}", &all.to_string());
    (url.join(&number), format!("{title} ({which})"))
}

/// A page in the place of `parent`, looked after and checked by the same people. Below it,
/// it has the same key as the one that is made of the same page in another language.
fn make(parent: &Page, url: Url, title: String, kind: Kind) -> Page {
    let below = url.as_str().strip_prefix(parent.url.as_str());
    let key = below.map_or_else(|| url.to_string(), |below| format!("{}/{below}", parent.key));
    let key = key.trim_matches('/').to_owned();
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
