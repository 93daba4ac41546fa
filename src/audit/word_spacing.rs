//! `word-spacing`: space between words that a style holds fast, and too narrow.

use super::{Level, Marks, Page, Rule, Run, spacing::look};
use crate::audit::page::Spacing;

pub(super) const RULE: Rule = Rule {
    code: "word-spacing",
    level: Level::AA,
    wcag: &["1.4.12"],
    act: &["9e45ec"],
    manual: include_str!("word_spacing.md"),
    run: Run::Page(run),
};

fn run(page: &Page<'_>, marks: &mut Marks) {
    look(page, Spacing::Words, marks);
}
