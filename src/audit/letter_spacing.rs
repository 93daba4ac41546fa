//! `letter-spacing`: space between letters that a style holds fast, and too narrow.

use super::{Check, Level, Marks, Page, Rule, spacing::look};
use crate::audit::page::Spacing;

pub(super) const RULE: Check = Rule::html("letter-spacing", include_str!("letter_spacing.md"))
    .wcag(Level::AA, &["1.4.12"])
    .act(&["24afc2"])
    .on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    look(page, Spacing::Letters, marks);
}
