//! `word-spacing`: space between words that a style holds fast, and too narrow.

use super::{Check, Level, Marks, Page, Rule, Run, spacing::look};
use crate::audit::page::Spacing;

pub(super) const RULE: Check = Check {
    rule: Rule::html(
        "word-spacing",
        Level::AA,
        &["1.4.12"],
        &["9e45ec"],
        include_str!("word_spacing.md"),
    ),
    run: Run::Page(run),
};

fn run(page: &Page<'_>, marks: &mut Marks) {
    look(page, Spacing::Words, marks);
}
