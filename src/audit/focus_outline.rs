//! `focus-outline`: a style that takes the mark of the focus away.

use super::{Check, Level, Marks, Page, Rule};

pub(super) const RULE: Check = Rule::html("focus-outline", include_str!("focus_outline.md"))
    .wcag(Level::AA, &["2.4.7"])
    .act(&["oj04fd"])
    .on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    for element in page.elements() {
        if !element.is_tabbable() {
            continue;
        }
        if !marks.passes(element.style().has_outline) {
            let hint = "go to it with the Tab key, and look whether it shows that it has the focus";
            marks.ask(element, "a style takes its outline away").hint(hint);
        }
    }
}
