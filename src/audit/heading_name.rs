//! `heading-name`: headings without words.

use super::{Check, Level, Marks, Page, Rule};

pub(super) const RULE: Check = Rule::html("heading-name", include_str!("heading_name.md"))
    .wcag(Level::A, &["1.3.1", "2.4.6"])
    .act(&["ffd0e9"])
    .on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    for heading in page.with_role("heading") {
        if !heading.is_exposed() {
            continue;
        }
        if !marks.passes(heading.has_name()) {
            let hint = "write what the part below it is about, or take the heading out";
            marks.wordless(heading, "the heading has no words").hint(hint);
        }
    }
}
