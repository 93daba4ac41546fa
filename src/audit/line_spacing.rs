//! `line-spacing`: space from line to line that a style holds fast, and too narrow.

use super::{Check, Level, Marks, Page, Rule, spacing::look};
use crate::audit::page::Spacing;

pub(super) const RULE: Check = Rule::html("line-spacing", include_str!("line_spacing.md"))
    .wcag(Level::AA, &["1.4.12"])
    .act(&["78fd32"])
    .on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    look(page, Spacing::Lines, marks);
}
