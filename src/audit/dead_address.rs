//! `dead-address`: an address in finished HTML at which nothing is published.

use super::{Around, Marks, Page, Rule, Run, folder};
use crate::diagnostic::Level;

pub(super) const RULE: Rule = Rule {
    code: "dead-address",
    level: Level::A,
    wcag: &[],
    act: &[],
    manual: include_str!("dead_address.md"),
    run: Run::Around(run),
};

/// Attributes that name a file, by element.
const NAMES: &[(&str, &str)] = &[
    ("a", "href"),
    ("area", "href"),
    ("audio", "src"),
    ("embed", "src"),
    ("form", "action"),
    ("iframe", "src"),
    ("img", "src"),
    ("input", "src"),
    ("link", "href"),
    ("object", "data"),
    ("script", "src"),
    ("source", "src"),
    ("track", "src"),
    ("video", "poster"),
    ("video", "src"),
];

fn run(page: &Page<'_>, around: &Around<'_>, marks: &mut Marks) {
    if around.files.is_empty() {
        return;
    }
    for (tag, name) in NAMES {
        for element in page.all(&[tag]) {
            let Some(address) = element.attr(name) else { continue };
            let Some(file) = folder::target(address, around) else { continue };
            if folder::is_published(&file, around.files) {
                marks.pass();
            } else {
                let path = address.split(['?', '#']).next().unwrap_or_default();
                marks
                    .fail(element, format!("nothing is published at {path}"))
                    .at(element.attr_span(name))
                    .hint("mend the link, or take it out");
            }
        }
    }
}
