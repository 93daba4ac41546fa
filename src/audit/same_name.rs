//! `same-name`: links that say the same and lead to different places.

use std::collections::{HashMap, HashSet};

use super::{
    Level, Marks, Page, Rule, Run,
    links::{links, place},
    words::{short, spoken},
};

pub(super) const RULE: Rule = Rule {
    code: "same-name",
    level: Level::AAA,
    wcag: &["2.4.9"],
    act: &["b20e66", "fd3a94"],
    manual: include_str!("same_name.md"),
    run: Run::Page(run),
};

fn run(page: &Page<'_>, marks: &mut Marks) {
    // Where the first link of each name leads.
    let mut first: HashMap<String, (String, String)> = HashMap::new();
    let mut told = HashSet::new();
    for link in links(page) {
        let name = spoken(link.name());
        let Some(place) = place(link).filter(|_| !name.is_empty()) else { continue };
        let written =
            link.attr("href").map_or_else(|| place.clone(), |href| href.trim().to_owned());
        let Some((elsewhere, other)) = first.get(&name) else {
            first.insert(name, (place, written));
            marks.pass();
            continue;
        };
        // Once for each name is enough.
        if *elsewhere == place || !told.insert(name.clone()) {
            marks.pass();
            continue;
        }
        let message = format!(
            "“{}” leads to {} here, and to {} before",
            short(link.name()),
            short(&written),
            short(other),
        );
        marks.ask(link, message).hint("say in each link what is special about its page");
    }
}
