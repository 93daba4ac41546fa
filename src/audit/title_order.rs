//! `title-order`: titles in which the name of the site comes before that of the page.

use std::collections::BTreeMap;

use super::{Check, Marks, Rule, Seen, words::short};

pub(super) const RULE: Check =
    Rule::html("title-order", include_str!("title_order.md")).on_site(run);

/// What stands between the name of a page and that of its site.
const BETWEEN: &[&str] = &[" – ", " — ", " - ", " | ", " · ", " » ", " :: ", " • "];

/// From how many pages on it can be seen what they have in common.
const FEWEST: usize = 3;

fn run(seen: &[&Seen], marks: &mut [Marks]) {
    let mut by_language: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, page) in seen.iter().enumerate().filter(|(_, page)| !page.is_redirect) {
        by_language.entry(&page.language).or_default().push(at);
    }
    for pages in by_language.values() {
        let parts: Vec<(usize, Vec<&str>)> =
            pages.iter().map(|&at| (at, parts(&seen[at].title.0))).collect();
        let is_last = common(&parts, pages.len(), |parts| parts.last().copied()).is_some();
        let site = common(&parts, pages.len(), |parts| parts.first().copied());
        let Some((name, first, count)) = site.filter(|_| !is_last) else {
            let titled = parts.iter().filter(|(_, parts)| parts.len() > 1);
            titled.for_each(|(at, _)| marks[*at].pass());
            continue;
        };
        // One template writes them all: to say it once is enough.
        let message = format!(
            "the title names the site, “{}”, before the page, as do those of {} other pages",
            short(name),
            count - 1
        );
        let hint = "put the page first: `<title>Hire someone – Northfold Council</title>`";
        marks[first].push(seen[first].title.1, message).hint(hint);
    }
}

/// What most titles have in a place, the first page that has it, and how many have it.
fn common<'t>(
    titles: &[(usize, Vec<&'t str>)],
    all: usize,
    place: impl Fn(&[&'t str]) -> Option<&'t str>,
) -> Option<(&'t str, usize, usize)> {
    let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, parts) in titles.iter().filter(|(_, parts)| parts.len() > 1) {
        by_name.entry(place(parts)?).or_default().push(*at);
    }
    let (name, pages) = by_name.into_iter().max_by_key(|(_, pages)| pages.len())?;
    let is_site = pages.len() >= FEWEST && pages.len() * 2 > all;
    is_site.then(|| (name, pages[0], pages.len()))
}

/// The parts of a title: the page, its section, the site.
fn parts(title: &str) -> Vec<&str> {
    let mut parts = vec![title];
    for between in BETWEEN {
        parts = parts.into_iter().flat_map(|part| part.split(between)).map(str::trim).collect();
    }
    parts
}
