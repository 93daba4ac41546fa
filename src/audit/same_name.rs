//! `same-name`: links that say the same and lead to different places.

use std::collections::{HashMap, HashSet};

use super::{
    Check, Element, Level, Marks, Page, Rule,
    links::{has_place, links, place},
    words::{short, spoken},
};

pub(super) const RULE: Check = Rule::html("same-name", include_str!("same_name.md"))
    .wcag(Level::AAA, &["2.4.9"])
    .act(&["b20e66", "fd3a94"])
    .on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    // The first link of each name.
    let mut first: HashMap<String, Element<'_>> = HashMap::new();
    let mut told = HashSet::new();
    for link in links(page) {
        let name = spoken(link.name());
        if name.is_empty() || !has_place(link) {
            continue;
        }
        let Some(before) = first.get(&name) else {
            first.insert(name, link);
            marks.pass();
            continue;
        };
        // Once for each name is enough.
        if marks.passes(place(*before) == place(link) || !told.insert(name)) {
            continue;
        }
        let message = format!(
            "“{}” leads to {} here, and to {} before",
            short(link.name()),
            short(&written(link)),
            short(&written(*before)),
        );
        marks.ask(link, message).hint("say in each link what is special about its page");
    }
}

/// Its address as the page writes it.
fn written(link: Element<'_>) -> String {
    match link.attr("href") {
        Some(href) => href.trim().to_owned(),
        None => place(link).unwrap_or_default(),
    }
}
