//! `letter-spacing`: space between letters that a style holds fast, and too narrow.

use super::{Level, Marks, Page, Rule, Run, spacing::look};
use crate::audit::page::Spacing;

pub(super) const RULE: Rule = Rule {
    code: "letter-spacing",
    level: Level::AA,
    wcag: &["1.4.12"],
    act: &["24afc2"],
    manual: include_str!("letter_spacing.md"),
    run: Run::Page(run),
};

fn run(page: &Page<'_>, marks: &mut Marks) {
    look(page, Spacing::Letters, marks);
}
