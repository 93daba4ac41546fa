//! What pages have in common: the links and fields of their headers, menus and footers. The
//! rules over a whole site compare them from page to page.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, HashMap},
};

use serde::{Deserialize, Serialize};

use super::{
    Around, Element, Marks, Page, Seen, links,
    words::{short, spoken},
};
use crate::{
    kept::Key,
    rule::{Mark, Outcome},
    text::Span,
};

/// The parts of a page that others have too.
const PARTS: &[&str] = &["banner", "contentinfo", "navigation", "search"];

/// How many things of one part are compared. A part with more is a list of its own.
const MOST: usize = 150;

/// From how many pages on it can be seen what they have in common.
pub(super) const FEWEST: usize = 4;

/// A link or a field in a part that several pages have.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Shared {
    /// The part: its role, and its name if it has one.
    pub part: String,
    /// Where it leads, as a number: two links to one place have the same.
    pub place: u64,
    /// What it stands in, as a number: in the same place of a template that is the same.
    pub slot: u64,
    /// What it is called.
    pub name: String,
    /// Where it is written.
    pub span: Span,
    /// Whether it is something to get help by.
    pub is_help: bool,
    /// Whether it stands below the content; none when the page does not say where that is.
    pub is_below: Option<bool>,
}

/// A number for a place.
pub(super) fn number(place: &str) -> u64 {
    let [a, b, c, d, e, f, g, h, ..] = Key::of([place.as_bytes()]).bytes();
    u64::from_le_bytes([a, b, c, d, e, f, g, h])
}

/// The links and fields in the parts of a page that others may have too.
pub(super) fn shared(page: &Page<'_>, around: &Around<'_>) -> Vec<Shared> {
    let mains: Vec<Element<'_>> =
        page.with_role("main").into_iter().filter(|main| main.is_exposed()).collect();
    let main = match mains.as_slice() {
        [main] => Some(*main),
        _ => None,
    };
    let mut by_part: BTreeMap<String, Vec<Shared>> = BTreeMap::new();
    let fields = page.elements().filter(|one| is_field(*one) && one.is_exposed());
    for element in links::links(page).chain(fields) {
        let Some(part) = part_of(element) else { continue };
        let Some(place) = place(element, around) else { continue };
        let inside = element.ancestors().take_while(|one| *one != part).map(Element::tag);
        let slot = number(&inside.collect::<Vec<_>>().join(" "));
        let name = short(element.name().trim());
        if spoken(&name).is_empty() {
            continue;
        }
        let is_help = is_help(&place, &name);
        // Of those without a role only help is compared.
        if !is_help && !is_part(part) {
            continue;
        }
        let part = format!("{} {}", part.role().unwrap_or(part.tag()), part.name());
        by_part.entry(part.clone()).or_default().push(Shared {
            part,
            is_help,
            place: number(&place),
            slot,
            is_below: main.map(|main| element > main),
            span: element.span(),
            name,
        });
    }
    by_part.into_values().filter(|part| part.len() <= MOST).flatten().collect()
}

/// The part that an element stands in, unless that is in the content. Some themes put the footer
/// of the page into a section, where it has no role.
fn part_of<'p>(element: Element<'p>) -> Option<Element<'p>> {
    let is_end = |one: &Element<'p>| one.is_any(&["header", "footer"]) && !is_of_article(*one);
    let part = element.ancestors().find(|one| is_part(*one) || is_end(one))?;
    let is_inside = element.ancestors().any(|one| one.role() == Some("main"));
    (!is_inside).then_some(part)
}

fn is_of_article(element: Element<'_>) -> bool {
    element.ancestors().any(|one| one.is_any(&["article", "aside", "main"]))
}

fn is_part(element: Element<'_>) -> bool {
    element.role().is_some_and(|role| PARTS.contains(&role))
}

/// Whether it is a field to write in, or what sends it.
fn is_field(element: Element<'_>) -> bool {
    element.is_any(&["button", "input", "textarea"])
        && matches!(element.role(), Some("button" | "searchbox" | "textbox"))
        && element.closest(&["form"]).is_some()
}

/// Where a link leads or what a field is for; nothing for what differs from page to page.
fn place(element: Element<'_>, around: &Around<'_>) -> Option<String> {
    if is_field(element) {
        let form = element.closest(&["form"])?.attr("action").unwrap_or_default();
        let form = links::target(form, around).unwrap_or_else(|| form.to_owned());
        let is_button = element.role() == Some("button");
        let is_sent = !is_button || matches!(element.attr("type"), None | Some("submit"));
        let name = if is_button { "" } else { element.attr("name").unwrap_or_default() };
        return is_sent.then(|| format!("{} {form} {name}", element.role().unwrap_or_default()));
    }
    let rel = element.attr("rel").unwrap_or_default().to_ascii_lowercase();
    let mut rel = rel.split_ascii_whitespace();
    // The next page is another one on each.
    if rel.any(|word| matches!(word, "next" | "prev" | "previous" | "up" | "alternate")) {
        return None;
    }
    let place = links::place(element)?;
    let file = element.attr("href").and_then(|href| links::target(href, around));
    Some(match file {
        Some(file) => {
            let after = place.split_once('?').map_or("", |(_, after)| after);
            let file = links::published(&file, around.files).unwrap_or(file);
            format!("{file}?{after}")
        }
        None => place,
    })
}

/// What a link to help is called, one a line, by no language: no name of one means another
/// thing in another.
const HELP: &str = include_str!("help.txt");

/// Whether a place, or what it is called, is where people get help from the site.
fn is_help(place: &str, name: &str) -> bool {
    let name = spoken(name);
    let is_listed = || HELP.lines().any(|line| !line.starts_with('#') && spoken(line) == name);
    place.starts_with("mailto:")
        || place.starts_with("tel:")
        || place.starts_with("sms:")
        || is_listed()
}

/// The pages that say what they are, by language. Those that lead elsewhere and those that are
/// another one once more are made in ways of their own.
pub(super) fn by_language<'s>(seen: &[&'s Seen]) -> BTreeMap<&'s str, Vec<usize>> {
    let mut all: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, page) in seen.iter().enumerate() {
        if !page.is_redirect && !page.is_copy {
            all.entry(&page.language).or_default().push(at);
        }
    }
    all.retain(|_, pages| pages.len() >= FEWEST);
    all
}

/// What most pages have, and the pages that have it: as many as `all` asks for, and twice as
/// many as those that have it otherwise.
pub(super) fn usual<K: Ord + Copy>(
    kinds: &BTreeMap<K, BTreeSet<usize>>,
    all: usize,
) -> Option<(K, usize)> {
    let (kind, pages) = kinds.iter().max_by_key(|(kind, pages)| (pages.len(), Reverse(**kind)))?;
    let others: BTreeSet<usize> =
        kinds.values().flatten().filter(|page| !pages.contains(page)).copied().collect();
    let count = pages.len();
    (count + 1 >= FEWEST && count * 2 >= all && count >= others.len() * 2).then_some((*kind, count))
}

/// What a whole site has otherwise on some of its pages.
#[derive(Debug)]
pub(super) struct Odd {
    /// The pages, and where it stands on each.
    pub(super) pages: BTreeMap<usize, Span>,
    pub(super) outcome: Outcome,
}

impl Odd {
    /// Says so once, at the first of the pages; `says` is given the words for the others.
    pub(super) fn tell(
        &self,
        seen: &[&Seen],
        marks: &mut [Marks],
        says: impl FnOnce(&str) -> String,
        hint: &str,
    ) {
        let Some((&first, &span)) = self.pages.first_key_value() else { return };
        let others: Vec<&str> = self.pages.keys().skip(1).map(|at| &*seen[*at].path).collect();
        let message = says(&and_others(&others));
        marks[first].add(Mark { outcome: self.outcome, ..Mark::failed(span, message) }).hint(hint);
    }
}

/// “ and on 3 other pages (a.html, b.html, …)”, or nothing.
fn and_others(others: &[&str]) -> String {
    let named = others.iter().take(2).copied().collect::<Vec<_>>().join(", ");
    match others.len() {
        0 => String::new(),
        1 => format!(" and on {named}"),
        2 => format!(" and on 2 other pages ({named})"),
        many => format!(" and on {many} other pages ({named}, …)"),
    }
}

/// The things of each part, by page, of the pages of one language.
pub(super) fn parts<'s>(
    seen: &[&'s Seen],
    pages: &[usize],
) -> HashMap<&'s str, Vec<(usize, Vec<&'s Shared>)>> {
    let mut parts: HashMap<&str, Vec<(usize, Vec<&Shared>)>> = HashMap::new();
    for &at in pages {
        let page: &'s Seen = seen[at];
        for one in &page.shared {
            let all = parts.entry(&one.part).or_default();
            match all.last_mut().filter(|(page, _)| *page == at) {
                Some((_, things)) => things.push(one),
                None => all.push((at, vec![one])),
            }
        }
    }
    parts
}
