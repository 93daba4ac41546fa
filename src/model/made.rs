//! Pages that nobody wrote: those that a kind makes of its pages, such as the lists of the
//! directory ([`Own::made`](super::kind::Own::made)), and those that a language has once, such
//! as the A to Z and what is shown when a page is not there.
//!
//! They are pages like any other, so that links to them are checked and they
//! are finished, searched and listed by the same code. Their words come from
//! the pages they are made of and from the theme, where their names begin with `made_`.
//!
//! The A to Z, the search page and what is shown when a page is not there are made for each
//! language in which somebody has written a page, and a section of letters for each that has
//! letters below one of the main language.

use std::collections::BTreeSet;

use super::{
    Audience, Data, Front, Kind, Page, Relations, Text, Url,
    kind::{
        self, A_TO_Z, BOOKLET, BOOKLET_MAKER, DIRECTORY, GUIDANCE, HOME, NOT_FOUND, SEARCH,
        SECTION, SHORT_LINKS, Written, make::make,
    },
};
use crate::{
    config::Config,
    text::{Language, Languages, Source},
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
        made.extend(page.kind.part().made(page, &Written { pages: written, data, config, words }));
    }
    let mut tags = config.languages.iter().map(String::as_str).collect::<BTreeSet<_>>();
    tags.retain(|tag| written.iter().any(|page| page.language == *tag));
    tags.insert(config.language());
    for tag in tags {
        let words = languages.of(tag);
        made.extend(in_language(written, tag, config, words, staff));
        let is_list = |page: &&Page| page.language == tag && page.kind.is(&A_TO_Z);
        // Where somebody wrote a page in their place, all letters stay on one.
        let is_taken = |list: &&Page| {
            written.iter().any(|page| page.url.as_str().starts_with(list.url.as_str()))
        };
        let list = made.iter().find(is_list).filter(|list| !is_taken(list));
        let all = written.iter().chain(&made);
        let letters = list.map(|list| kind::a_to_z::letters(list, all, data, words));
        made.extend(letters.into_iter().flatten());
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
        kind: Kind::plain(&GUIDANCE),
        title: String::new(),
        made: true,
        statement: false,
        old_ids: Default::default(),
        short: String::new(),
        relations: Relations::default(),
    };
    let mut own = written.iter().filter(|page| page.language == tag);
    let home = own.clone().find(|page| page.kind.is(&HOME)).unwrap_or(&nothing);
    let is_main = tag == config.language();
    let top = Url::of([if is_main { "" } else { tag }]);
    let once = |key: &str, url, title, kind| {
        let page = make(home, url, words.word(title).to_owned(), Kind::plain(kind));
        Page { key: key.to_owned(), ..page }
    };
    let mut made = vec![
        once("a-z", top.join("a-z"), "made_a_to_z", &A_TO_Z),
        once("404.html", top.file("404.html"), "made_not_found", &NOT_FOUND),
    ];
    let is_search = |page: &&Page| page.kind.is(&SEARCH);
    if !own.any(|page| is_search(&page)) {
        let key = written.iter().find(is_search).map_or("search", |page| page.key.as_str());
        made.push(once(key, top.join(key), "made_search", &SEARCH));
    }
    let has_choice = |page: &Page| page.kind.is(&DIRECTORY) || page.kind.is(&BOOKLET);
    // Where there is something to choose for somebody.
    if is_main && written.iter().any(has_choice) {
        made.push(once("booklet", top.join("booklet"), "made_booklet", &BOOKLET_MAKER));
    }
    if is_main && staff {
        let url = top.join("short-links");
        let page = once("short-links", url, "made_short_links", &SHORT_LINKS);
        made.push(Page { audience: Audience::Staff, ..page });
    }
    // Letters that somebody translated have a section as in the main language.
    let here = written.iter().filter(|page| page.language == tag);
    let keys: BTreeSet<&str> = here.clone().map(|page| page.key.as_str()).collect();
    let letters = here.filter(|page| page.kind.letter().is_some());
    let folders: BTreeSet<&str> =
        letters.map(|page| page.key.rsplit_once('/').map_or("", |(folder, _)| folder)).collect();
    let lacks_own = |section: &&Page| {
        section.kind.is(&SECTION)
            && section.language == config.language()
            && folders.contains(section.key.as_str())
            && !keys.contains(section.key.as_str())
    };
    for section in written.iter().filter(lacks_own) {
        let mut page = once(&section.key, top.join(&section.key), "made_letters", &SECTION);
        page.front.order = section.front.order;
        made.push(page);
    }
    made
}
