//! `aria-reference`: attributes that point to something that is not there.

use super::{Check, Element, Level, Marks, Page, Rule, page::aria};

pub(super) const RULE: Check = Rule::html("aria-reference", include_str!("aria_reference.md"))
    .wcag(Level::A, &["1.3.1"])
    .on_page(run);

/// Attributes that hold ids.
#[rustfmt::skip] // a list of words reads better in lines
const POINTERS: &[&str] = &[
    "aria-activedescendant", "aria-controls", "aria-describedby", "aria-details",
    "aria-errormessage", "aria-flowto", "aria-labelledby", "aria-owns", "for", "form", "list",
];

fn run(page: &Page<'_>, marks: &mut Marks) {
    for element in page.elements() {
        for (name, value) in element.attrs() {
            if !POINTERS.contains(&name) || !counts(element, name) {
                continue;
            }
            let (missing, found): (Vec<&str>, Vec<&str>) =
                ids(element, name, value).into_iter().partition(|id| page.by_id(id).is_none());
            let Some(first) = missing.first() else {
                if !found.is_empty() {
                    marks.pass();
                }
                continue;
            };
            let message = format!("“{name}” points to “{first}”, and nothing here has that id");
            let named = matches!(name, "aria-labelledby" | "aria-describedby" | "for");
            let finding = if named && found.is_empty() && !element.is("output") {
                marks.fail(element, message)
            } else {
                marks.ask(element, message)
            };
            finding.at(element.attr_span(name)).hint(format!(
                "write `id=\"{first}\"` on what it should point to, or correct the id"
            ));
        }
    }
}

/// Whether the attribute does anything on this element as the page stands.
fn counts(element: Element<'_>, name: &str) -> bool {
    let on = match name {
        "for" => element.is_any(&["label", "output"]),
        "list" => element.is("input"),
        "form" => element
            .is_any(&["button", "fieldset", "input", "object", "output", "select", "textarea"]),
        // The words of an error may be missing as long as there is no error.
        "aria-errormessage" => element
            .attr("aria-invalid")
            .is_some_and(|invalid| !matches!(invalid.trim_ascii(), "" | "false")),
        // What a role needs is asked of elsewhere.
        _ => element.role().and_then(aria::role).is_none_or(|role| !role.required.contains(&name)),
    };
    on && element.is_exposed()
}

/// The ids in `value`. What takes one id takes it with its spaces.
fn ids<'p>(element: Element<'_>, name: &str, value: &'p str) -> Vec<&'p str> {
    let one = matches!(name, "form" | "list") || (name == "for" && element.is("label"));
    if one && !value.is_empty() { vec![value] } else { value.split_ascii_whitespace().collect() }
}
