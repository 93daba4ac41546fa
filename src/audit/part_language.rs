//! `part-language`: words in a language that does not exist.

use super::{
    Check, Element, Level, Marks, Page, Rule,
    page_language_tag::{correction, primary},
};
use crate::parse::language::is_language;

pub(super) const RULE: Check = Rule::html("part-language", include_str!("part_language.md"))
    .wcag(Level::AA, &["3.1.2"])
    .act(&["de46e4"])
    .on_page(run);

/// An element that says the language of what is inside, but for parts with their own.
struct Part<'p> {
    element: Element<'p>,
    lang: &'p str,
    has_words: bool,
}

fn run(page: &Page<'_>, marks: &mut Marks) {
    let Some(body) = page.body() else { return };
    let mut open: Vec<Part<'_>> = Vec::new();
    for element in page.elements().filter(|element| body.contains(*element)) {
        while let Some(part) = open.pop_if(|part| !part.element.contains(element)) {
            close(&part, marks);
        }
        if let Some(lang) = element.attr("lang") {
            open.push(Part { element, lang, has_words: false });
        }
        if let Some(part) = open.last_mut()
            && !part.has_words
        {
            part.has_words = has_words(element);
        }
    }
    while let Some(part) = open.pop() {
        close(&part, marks);
    }
}

fn close(part: &Part<'_>, marks: &mut Marks) {
    let element = part.element;
    if part.lang.is_empty() || !part.has_words || !element.is_html() {
        return;
    }
    if !marks.passes(is_language(primary(part.lang))) {
        let message = format!("“{}” is no language", part.lang);
        marks.fail(element, message).at(element.attr_span("lang")).hint(correction(part.lang));
    }
}

/// Whether the element itself has words that somebody sees or hears.
fn has_words(element: Element<'_>) -> bool {
    #[rustfmt::skip] // a list of words reads better in lines
    const SPOKEN: &[&str] = &[
        "alt", "aria-description", "aria-describedby", "aria-label", "aria-labelledby",
        "placeholder", "title", "value",
    ];
    let has_text = || element.own_text().any(|text| !text.trim().is_empty());
    if element.is_exposed() {
        has_text() || (SPOKEN.iter().any(|name| element.has(name)) && !element.name().is_empty())
    } else {
        has_text() && element.is_visible()
    }
}
