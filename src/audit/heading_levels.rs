//! `heading-levels`: headings that leave a level out on the way down.

use super::{Check, Element, Marks, Page, Rule};
use crate::text::shorten;

pub(super) const RULE: Check =
    Rule::html("heading-levels", include_str!("heading_levels.md")).on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    let mut before = None;
    for (heading, level) in headings(page) {
        match before {
            Some(before) if level > before + 1 => {
                let message = format!(
                    "the heading “{}” is of level {level}, and the one before it of level {before}",
                    shorten(&heading.text()),
                );
                marks.fail(heading, message).hint(format!("make it `<h{}>`", before + 1));
            }
            _ => marks.pass(),
        }
        before = Some(level);
    }
}

/// The headings that a screen reader lists, with their levels.
pub(super) fn headings<'p>(page: &'p Page<'_>) -> Vec<(Element<'p>, u32)> {
    let exposed = page.with_role("heading").into_iter().filter(|heading| heading.is_exposed());
    exposed.map(|heading| (heading, level(heading))).collect()
}

/// `aria-level` counts before the tag, and a heading that says nothing is of level 2.
fn level(heading: Element<'_>) -> u32 {
    let said = heading.attr("aria-level").and_then(|level| level.trim().parse().ok());
    let tag = match heading.tag() {
        "h1" => 1,
        "h3" => 3,
        "h4" => 4,
        "h5" => 5,
        "h6" => 6,
        _ => 2,
    };
    said.filter(|level| *level > 0).unwrap_or(tag)
}
