//! `ambiguous-reference`: labels, descriptions and headers named by an id that a page has twice.

use std::collections::{HashMap, HashSet};

use super::{Check, Element, Level, Marks, Page, Rule};

pub(super) const RULE: Check =
    Rule::html("ambiguous-reference", include_str!("ambiguous_reference.md"))
        .wcag(Level::A, &["1.3.1", "4.1.2"])
        .on_page(run);

/// Attributes that name one id or several, and mean what screen readers say.
#[rustfmt::skip] // a list of words reads better in lines
const NAMING: &[&str] = &[
    "aria-activedescendant", "aria-controls", "aria-describedby", "aria-details",
    "aria-errormessage", "aria-flowto", "aria-labelledby", "aria-owns", "for", "headers",
];

fn run(page: &Page<'_>, marks: &mut Marks) {
    let named = named(page);
    let mut first: HashMap<&str, Element<'_>> = HashMap::new();
    for element in page.elements() {
        let Some(id) = element.attr("id").filter(|id| named.contains(id)) else { continue };
        let Some(earlier) = first.get(id) else {
            first.insert(id, element);
            marks.pass();
            continue;
        };
        // One that a block ended and that went on after it stands there twice by itself.
        if earlier.written() == element.written() || element.is_in_shadow() {
            continue;
        }
        // Of a field for wide and one for narrow screens only one is there at a time.
        if earlier.is_exposed() && element.is_exposed() {
            let message =
                format!("the id {id} is there twice, and something on the page refers to it");
            let hint =
                format!("write another id, such as `{id}-2`, and name that where it is meant");
            marks.fail(element, message).hint(hint).at(element.attr_span("id"));
        }
    }
}

/// The ids that labels, descriptions and table cells name.
pub(super) fn named<'p>(page: &'p Page<'_>) -> HashSet<&'p str> {
    let ids = |element: Element<'p>| {
        let values = element.attrs().filter(|(name, _)| NAMING.contains(name));
        values.flat_map(|(_, value)| value.split_ascii_whitespace()).collect::<Vec<_>>()
    };
    page.elements().flat_map(ids).collect()
}
