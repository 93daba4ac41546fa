//! `field-name`: fields that do not say what belongs in them.

use super::{
    Check, Element, Level, Marks, Page, Rule,
    fields::{is_field, kind},
};

pub(super) const RULE: Check = Rule::html("field-name", include_str!("field_name.md"))
    .wcag(Level::A, &["4.1.2"])
    .act(&["e086e5"])
    .on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    for field in page.elements().filter(|element| is_field(*element)) {
        if !field.is_exposed() {
            continue;
        }
        if !marks.passes(field.has_name()) {
            marks.fail(field, format!("the {} has no name", kind(field))).hint(hint(field));
        }
    }
}

/// How to give it a name.
fn hint(field: Element<'_>) -> String {
    if !field.is_any(&["input", "select", "textarea"]) {
        return "write `aria-label=\"…\"` with what belongs in it".to_owned();
    }
    match field.attr("id").filter(|id| !id.trim().is_empty()) {
        Some(id) => format!("write `<label for=\"{id}\">…</label>` with what belongs in it"),
        None => "put it in a `<label>` with what belongs in it: `<label>Name <input></label>`"
            .to_owned(),
    }
}
