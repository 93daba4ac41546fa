//! `letter-spacing`: space between letters that a style holds fast, and too narrow.

use super::{Check, Level, Marks, Page, Rule, Run, spacing::look};
use crate::audit::page::Spacing;

pub(super) const RULE: Check = Check {
    rule: Rule::html("letter-spacing", include_str!("letter_spacing.md"))
        .wcag(Level::AA, &["1.4.12"])
        .act(&["24afc2"]),
    run: Run::Page(run),
};

fn run(page: &Page<'_>, marks: &mut Marks) {
    look(page, Spacing::Letters, marks);
}
