//! `repeated-id`: an id that a page has twice.

use std::collections::HashMap;

use super::{Check, Element, Marks, Page, Rule, ambiguous_reference};

pub(super) const RULE: Check =
    Rule::html("repeated-id", include_str!("repeated_id.md")).on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    let named = ambiguous_reference::named(page);
    let mut first: HashMap<&str, Element<'_>> = HashMap::new();
    for element in page.elements() {
        let Some(id) = element.attr("id").filter(|id| !id.is_empty()) else { continue };
        let Some(earlier) = first.get(id) else {
            first.insert(id, element);
            marks.pass();
            continue;
        };
        // One that a block ended and that went on after it stands there twice by itself.
        if earlier.written() == element.written() || element.is_in_shadow() {
            continue;
        }
        // What a label or a description names is the matter of another rule.
        if !(named.contains(id) && earlier.is_exposed() && element.is_exposed()) {
            let message = format!("the id {id} is there twice");
            let hint = format!("write another id, such as `{id}-2`, and mend links to it");
            marks.fail(element, message).hint(hint).at(element.attr_span("id"));
        }
    }
}
