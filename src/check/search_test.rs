//! `search-test`: what people type must find the page that answers them.
//!
//! That the pages are there is seen here; whether they are found, when the
//! search index has been made.

use super::{Check, Marks, World, rule};
use crate::{parse::Placed, text::nearest};

pub(super) const CHECK: Check = rule::SEARCH_TEST.on_world(run);

fn run(world: &World<'_>, marks: &mut Marks) {
    let data = &world.site.data;
    let tested = data.search_tests.iter().flat_map(|test| &test.pages);
    look(world, "search-tests.yaml", tested, marks);
    let chosen = data.vocabulary.iter().flat_map(|term| term.best.iter().chain(&term.test));
    look(world, "vocabulary.yaml", chosen, marks);
    if let Some(source) = data.sources.get("search-tests.yaml") {
        for test in data.search_tests.iter().filter(|test| test.pages.is_empty()) {
            let query = &test.query;
            let message = format!("nothing says which page “{}” must find", query.value);
            let hint = format!("write `{}: manage/records.md`", query.value);
            marks.push_in(source, query.span, message).hint(hint);
        }
    }
}

fn look<'a>(
    world: &World<'_>,
    file: &str,
    pages: impl Iterator<Item = &'a Placed<String>>,
    marks: &mut Marks,
) {
    let site = world.site;
    let Some(source) = site.data.sources.get(file) else { return };
    for named in pages {
        let Some((page, id)) = site.page_named(&named.value) else {
            if site.has_left(&named.value) {
                continue; // The check of consent says so, and the rest is published.
            }
            let message = format!("there is no page “{}”", named.value);
            let known = site.by_path.keys().map(|path| path.trim_start_matches(&*site.folder));
            let path = named.value.split('#').next().unwrap_or_default();
            let mut known: Vec<&str> = known.collect();
            known.sort_unstable();
            let hint = match nearest(path, known) {
                Some(close) => format!("did you mean {close}?"),
                None => "write the file of the page, from the content folder: \
                         `manage/records.md`"
                    .to_owned(),
            };
            marks.push_in(source, named.span, message).hint(hint);
            continue;
        };
        let page = &site.pages[page];
        if !page.is_listed() {
            let message = format!("“{}” is not in the search", named.value);
            let hint = "name a page that is published, and neither withdrawn nor ended";
            marks.push_in(source, named.span, message).hint(hint);
        } else if let Some(id) = id
            && !page.anchors().any(|known| known == id)
            && !site.data.glossary.iter().any(|term| term.listed && term.id == id)
        {
            let message = format!("{} has no heading “#{id}”", page.source().path);
            let hint = match nearest(id, page.anchors()) {
                Some(close) => format!("did you mean #{close}?"),
                None => "leave out what follows `#`, or name a heading of the page".to_owned(),
            };
            marks.push_in(source, named.span, message).hint(hint);
        }
    }
}
