//! `title-order`: titles in which the name of the site comes before that of the page.

use std::collections::{BTreeMap, HashSet};

use super::{Level, Marks, Rule, Run, Seen, words::short};

pub(super) const RULE: Rule = Rule {
    code: "title-order",
    level: Level::Practice,
    wcag: &[],
    act: &[],
    manual: include_str!("title_order.md"),
    run: Run::Site(run),
};

/// What stands between the name of a page and that of its site.
const BETWEEN: &[&str] = &[" – ", " — ", " - ", " | ", " · ", " » ", " :: ", " • "];

/// From how many pages on it can be seen what they have in common.
const FEWEST: usize = 3;

fn run(seen: &[Seen], marks: &mut [Marks]) {
    let titled = || seen.iter().enumerate().filter(|(_, one)| !one.is_redirect);
    let parts = titled().filter_map(|(at, one)| Some((at, parts(&one.title.0)?)));
    let parts: Vec<(usize, (&str, &str))> = parts.collect();
    let mut by_first: BTreeMap<&str, Vec<(usize, &str)>> = BTreeMap::new();
    for &(at, (first, rest)) in &parts {
        by_first.entry(first).or_default().push((at, rest));
    }
    // The name of the site is what most titles begin with while they go on differently.
    let site = by_first.into_iter().find(|(_, pages)| {
        let differ: HashSet<&str> = pages.iter().map(|(_, rest)| *rest).collect();
        pages.len() >= FEWEST
            && pages.len() * 2 > titled().count()
            && differ.len() * 2 > pages.len()
    });
    let Some((name, pages)) = site else {
        parts.iter().for_each(|(at, _)| marks[*at].pass());
        return;
    };
    // One template writes them all: to say it once is enough.
    let first = pages[0].0;
    let message = format!(
        "the title names the site, “{}”, before the page, as do those of {} other pages",
        short(name),
        pages.len() - 1
    );
    marks[first]
        .fail_at(seen[first].title.1, message)
        .hint("put the page first: `<title>Hire someone – Northfold Council</title>`");
}

/// The first part of a title, and the rest.
fn parts(title: &str) -> Option<(&str, &str)> {
    let ends = BETWEEN.iter().filter_map(|between| Some((title.find(between)?, between.len())));
    let (at, length) = ends.min()?;
    Some((title[..at].trim(), title[at + length..].trim()))
}
