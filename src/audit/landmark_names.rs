//! `landmark-names`: parts of a page that sound the same in the list of parts.

use std::collections::HashSet;

use super::{Check, Element, Marks, Page, Rule};
use crate::text::shorten;

pub(super) const RULE: Check =
    Rule::html("landmark-names", include_str!("landmark_names.md")).on_page(run);

/// Roles of which a page may have several, and what people call them.
const ROLES: &[(&str, &str)] = &[
    ("navigation", "navigation menu"),
    ("complementary", "part beside the main one"),
    ("region", "region"),
    ("form", "form"),
    ("search", "search"),
];

fn run(page: &Page<'_>, marks: &mut Marks) {
    for (role, what) in ROLES {
        // A form or a section without a name is no part of the list, unless its role is written.
        let is_listed = |element: &Element<'_>| {
            element.is_exposed()
                && (!matches!(*role, "region" | "form")
                    || element.explicit_role() == Some(*role)
                    || !element.name().is_empty())
        };
        let parts: Vec<Element<'_>> = page.with_role(role).into_iter().filter(is_listed).collect();
        if parts.len() < 2 {
            continue;
        }
        let mut names = HashSet::new();
        for part in parts {
            let name = part.name();
            if name.is_empty() {
                let message = format!("this {what} has no name, and it is not the only one");
                let hint = "say what it is for: `aria-label=\"In this guide\"`";
                marks.fail(part, message).hint(hint);
            } else if names.insert(name.to_lowercase()) {
                marks.pass();
            } else {
                // The same list of links above and below a table may well have one name.
                let message = format!("another {what} has the name “{}” too", shorten(name));
                let hint = "give each a name of its own, unless they are the same";
                marks.ask(part, message).hint(hint);
            }
        }
    }
}
