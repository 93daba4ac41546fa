//! The lists of a directory, and the whole of it to print.

use super::{
    super::{
        Kind, Written,
        make::make,
        services::{IN_A_LIST, ON_PAPER, Services, parts},
    },
    DIRECTORY_LIST, DIRECTORY_PRINT, Directory, DirectoryList, DirectoryPart,
};
use crate::{
    model::{Page, Url},
    parse::Placed,
    text::{Language, Span, slug},
};

/// The lists of a directory: all by name, by category, by area and by both.
pub(super) fn pages(directory: &Directory, page: &Page, written: &Written<'_>) -> Vec<Page> {
    let Written { pages, data, config, words } = *written;
    let services = Services::of(pages, &data.areas);
    let mut made = Vec::new();
    let paper = parts(services.all.len(), ON_PAPER);
    for part in 0..paper {
        let title = format!("{} – {}", page.title, words.word("made_print"));
        let (url, title) = part_of(page.url.join("print"), title, part, paper, words);
        made.push(make(page, url, title, Kind::of(&DIRECTORY_PRINT, DirectoryPart(part))));
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
            let mut page = make(page, url, title, Kind::of(&DIRECTORY_LIST, kind));
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
        list(url.clone(), category.name.value.clone(), &category.about, (Some(id), None));
        for area in data.areas.iter().map(|area| area.name.value.as_str()) {
            if pairs.contains(&(id, area.to_owned())) {
                let url = url.join(&slug(area));
                let title = format!("{} – {area}", *category.name);
                list(url, title, "", (Some(id), Some(area)));
            }
        }
    }
    for known in &data.areas {
        let area = known.name.value.as_str();
        if services.reached(None, area) > 0 {
            let url = page.url.join("area").join(&slug(area));
            let title = words.word("made_services_in").replace("{area}", known.said());
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
