//! `content-outside-landmarks`: words that belong to no part of the page.

use super::{Check, Element, Marks, Page, Rule};
use crate::text::shorten;

pub(super) const RULE: Check =
    Rule::html("content-outside-landmarks", include_str!("content_outside_landmarks.md"))
        .on_page(run);

/// The parts that screen readers list.
pub(super) const PARTS: &[&str] =
    &["banner", "complementary", "contentinfo", "form", "main", "navigation", "region", "search"];

/// What is announced or opened by itself, wherever it stands.
const APART: &[&str] = &["alert", "alertdialog", "dialog", "log", "status", "timer"];

fn run(page: &Page<'_>, marks: &mut Marks) {
    // Without a main part everything is outside: `landmarks` says that.
    let has_main = page.with_role("main").into_iter().any(Element::is_exposed);
    let Some(body) = page.body().filter(|_| has_main && !page.is_fragment()) else { return };
    let mut inside: Option<Element<'_>> = None;
    for element in std::iter::once(body).chain(body.descendants()) {
        if inside.is_some_and(|part| part.contains(element)) {
            continue;
        }
        if is_apart(element) {
            inside = Some(element);
            continue;
        }
        let mut words = element.own_text().map(str::trim);
        if let Some(words) = words.find(|words| !words.is_empty()) {
            let message = format!("“{}” belongs to no part of the page", shorten(words));
            marks.ask(element, message).hint(
                "move it into `<header>`, `<nav>`, `<main>` or `<footer>`, where people look for it",
            );
            return;
        }
    }
    marks.pass();
}

fn is_apart(element: Element<'_>) -> bool {
    let leads_on = |link: Element<'_>| link.attr("href").is_some_and(|href| href.starts_with('#'));
    let is_part = |role: &str| match role {
        "region" | "form" => element.explicit_role().is_some() || !element.name().is_empty(),
        role => PARTS.contains(&role) || APART.contains(&role),
    };
    !element.is_exposed()
        || element.is_any(&["dialog", "noscript", "script", "style"])
        || element.has("aria-live")
        || element.is("a") && leads_on(element)
        || element.role().is_some_and(is_part)
}
