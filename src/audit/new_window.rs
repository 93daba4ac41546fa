//! `new-window`: links that open a new window and do not say so.

use super::{
    Check, Level, Marks, Page, Rule,
    links::links,
    words::{short, spoken},
};

pub(super) const RULE: Check = Rule::html("new-window", include_str!("new_window.md"))
    .wcag(Level::AAA, &["3.2.5"])
    .on_page(run);

/// Words that say so, in English, Welsh, French, German and Spanish.
#[rustfmt::skip] // a list of words reads better in lines
const SAYS_SO: &[&str] = &[
    "new tab", "new window", "another tab", "another window", "separate window", "tab newydd",
    "ffenestr newydd", "nouvel onglet", "nouvelle fenêtre", "neuen tab", "neuem tab",
    "neues fenster", "neuem fenster", "nueva pestaña", "nueva ventana",
];

fn run(page: &Page<'_>, marks: &mut Marks) {
    for link in links(page) {
        let opens =
            link.attr("target").is_some_and(|target| target.trim().eq_ignore_ascii_case("_blank"));
        if !opens || !link.has("href") {
            continue;
        }
        let mut told = vec![link.name().to_owned(), link.text()];
        told.extend(link.attr("title").map(str::to_owned));
        told.extend(link.references("aria-describedby").into_iter().map(|text| text.text()));
        let says_so = |text: &String| {
            // Words in brackets are just where people say so.
            let text = spoken(&text.replace(['(', ')', '[', ']'], " "));
            SAYS_SO.iter().any(|words| text.contains(words))
        };
        if !marks.passes(told.iter().any(says_so)) {
            let name = short(link.name());
            let message = format!("“{name}” opens a new window and does not say so");
            let hint = format!("take out `target`, or say so: `{name} (opens in a new tab)`");
            marks.ask(link, message).hint(hint).at(link.attr_span("target"));
        }
    }
}
