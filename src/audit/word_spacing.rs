//! `word-spacing`: space between words that a style holds fast, and too narrow.

use super::{Check, Level, Marks, Page, Rule, spacing::look};
use crate::audit::page::Spacing;

pub(super) const RULE: Check = Rule::html("word-spacing", include_str!("word_spacing.md"))
    .wcag(Level::AA, &["1.4.12"])
    .act(&["9e45ec"])
    .on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    look(page, Spacing::Words, marks);
}
