//! `heading-name`: headings without words.

use super::{Check, Level, Marks, Page, Rule, Run};

pub(super) const RULE: Check = Check {
    rule: Rule::html(
        "heading-name",
        Level::A,
        &["1.3.1", "2.4.6"],
        &["ffd0e9"],
        include_str!("heading_name.md"),
    ),
    run: Run::Page(run),
};

fn run(page: &Page<'_>, marks: &mut Marks) {
    for heading in page.with_role("heading") {
        if !heading.is_exposed() {
            continue;
        }
        if heading.name().trim().is_empty() {
            marks
                .wordless(heading, "the heading has no words")
                .hint("write what the part below it is about, or take the heading out");
        } else {
            marks.pass();
        }
    }
}
