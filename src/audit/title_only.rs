//! `title-only`: words that show only under a mouse.

use std::collections::HashMap;

use super::{
    Check, Element, Marks, Page, Rule,
    words::{contains, short, words},
};

pub(super) const RULE: Check = Rule::html("title-only", include_str!("title_only.md")).on_page(run);

/// Elements that stand for nothing by themselves.
const PLAIN: &[&str] = &["b", "em", "i", "span", "strong"];

/// In a text of more words than these, anything may be said.
const MOST_WORDS: usize = 500;

fn run(page: &Page<'_>, marks: &mut Marks) {
    // The words around such elements, so that each place is read once.
    let mut own: HashMap<Element<'_>, Vec<String>> = HashMap::new();
    for element in page.all(PLAIN) {
        let Some(title) = element.filled("title") else {
            continue;
        };
        let is_bare = matches!(element.role(), None | Some("emphasis" | "strong"))
            && !element.has("aria-label")
            && !element.has("aria-labelledby")
            && !element.is_focusable()
            && element.children().next().is_none();
        if !is_bare || !element.is_exposed() {
            continue;
        }
        // Words beside it may say the same.
        let said = words(title);
        let near = [element.previous(), element.next()].into_iter().flatten();
        let is_beside = near.map(|one| words(&one.text())).any(|near| contains(&near, &said))
            || element.parent().is_some_and(|parent| {
                let own = own
                    .entry(parent)
                    .or_insert_with(|| words(&parent.own_text().collect::<String>()));
                own.len() > MOST_WORDS || contains(own, &said)
            });
        if !marks.passes(element.has_text() || is_beside) {
            marks
                .fail(element, format!("“{}” shows only under a mouse", short(title)))
                .hint("write the words on the page, or `role=\"img\"` with `aria-label=\"…\"` when it is a picture")
                .at(element.attr_span("title"));
        }
    }
}
