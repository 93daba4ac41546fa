//! `line-spacing`: space from line to line that a style holds fast, and too narrow.

use super::{Level, Marks, Page, Rule, Run, spacing::look};
use crate::audit::page::Spacing;

pub(super) const RULE: Rule = Rule {
    code: "line-spacing",
    level: Level::AA,
    wcag: &["1.4.12"],
    act: &["78fd32"],
    manual: include_str!("line_spacing.md"),
    run: Run::Page(run),
};

fn run(page: &Page<'_>, marks: &mut Marks) {
    look(page, Spacing::Lines, marks);
}
