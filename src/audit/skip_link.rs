//! `skip-link`: links to the content that lead nowhere, and pages with no way past their menu.

use std::collections::HashSet;

use super::{Check, Element, Level, Marks, Page, Rule, heading_levels, refresh_delay};
use crate::text::{address::decoded, shorten};

pub(super) const RULE: Check =
    Rule::html("skip-link", include_str!("skip_link.md")).wcag(Level::A, &["2.4.1"]).on_page(run);

/// How links begin that lead past something, in lower case.
#[rustfmt::skip] // a list of words reads better in lines
const SKIPS: &[&str] = &[
    "skip ", "jump to ", "go to content", "go to main", "go to the content", "go to the main",
    "straight to ", "neidio i", "mynd i'r", "aller au contenu", "zum inhalt", "ir al contenido",
];

/// What the first link of a page says when it leads past the others.
const PLACES: &[&str] = &["content", "main"];

/// So many links are no burden to go through.
const FEW: usize = 5;

fn run(page: &Page<'_>, marks: &mut Marks) {
    // Where the links of a part lead is in the page that it goes into.
    if page.is_fragment() {
        return;
    }
    let links: Vec<Element<'_>> = page
        .all(&["a"])
        .into_iter()
        .filter(|link| link.is_html() && link.has("href") && link.is_exposed())
        .collect();
    let (mut skips, mut names) = (0, None);
    for (number, link) in links.iter().enumerate() {
        let Some(id) = place(*link) else { continue };
        let words = link.text().to_lowercase();
        let is_first = number == 0 && PLACES.iter().any(|place| words.contains(place));
        if !is_first && !SKIPS.iter().any(|skip| words.starts_with(skip)) {
            continue;
        }
        skips += 1;
        let names = names.get_or_insert_with(|| {
            page.all(&["a"]).into_iter().filter_map(|anchor| anchor.attr("name")).collect()
        });
        check(*link, &id, names, marks);
    }
    if skips == 0 && links.len() > FEW && !has_a_way(page) {
        let body = page.body().unwrap_or(page.root());
        let message =
            "there is no main part, no heading and no link with which to get past the menu";
        let hint = "put what the page is about into `<main>…</main>`, with its title as `<h1>`";
        marks.ask(body, message).hint(hint);
    }
}

/// Whether screen readers and browsers can go to what the page is about.
fn has_a_way(page: &Page<'_>) -> bool {
    page.with_role("main").into_iter().any(Element::is_exposed)
        || !heading_levels::headings(page).is_empty()
        || !page.all(&["frameset"]).is_empty()
        || refresh_delay::sends_on(page)
}

fn check(link: Element<'_>, id: &str, names: &HashSet<&str>, marks: &mut Marks) {
    let words = shorten(&link.text());
    let target = link.page().by_id(id);
    match target {
        Some(target) if target.is_rendered() => marks.pass(),
        Some(_) => {
            let hint = "put the id on something that is shown, or show it when the link is used";
            marks.ask(link, format!("“{words}” leads to “#{id}”, which is not shown")).hint(hint);
        }
        None if names.contains(id) => marks.pass(),
        None => {
            let message =
                format!("“{words}” leads to “#{id}”, and nothing on the page has that id");
            let hint = format!("write the id where the content begins: `<main id=\"{id}\">`");
            marks.fail(link, message).hint(hint).at(link.attr_span("href"));
        }
    }
}

/// The id that a link on the same page names. `#` alone and `#top` lead to the
/// top of any page, and what is no id is there for a script.
fn place(link: Element<'_>) -> Option<String> {
    let id = link.attr("href")?.trim().strip_prefix('#')?;
    let is_script = id.starts_with(['/', '!', ':']) || id.contains(['=', '?', '&', '{', '<']);
    if id.is_empty() || id.eq_ignore_ascii_case("top") || is_script {
        return None;
    }
    Some(decoded(id).into_owned())
}
