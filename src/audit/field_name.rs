//! `field-name`: fields that do not say what belongs in them.

use super::{
    Check, Element, Level, Marks, Page, Rule, Run,
    fields::{ROLES, kind},
};

pub(super) const RULE: Check = Check {
    rule: Rule::html(
        "field-name",
        Level::A,
        &["4.1.2"],
        &["e086e5"],
        include_str!("field_name.md"),
    ),
    run: Run::Page(run),
};

fn run(page: &Page<'_>, marks: &mut Marks) {
    // Fields without a role of their own are left to `widget-name`.
    let is_field = |element: &Element<'_>| element.role().is_some_and(|role| ROLES.contains(&role));
    for field in page.elements().filter(is_field) {
        if !field.is_exposed() {
            continue;
        }
        if field.name().trim().is_empty() {
            marks.fail(field, format!("the {} has no name", kind(field))).hint(hint(field));
        } else {
            marks.pass();
        }
    }
}

/// How to give it a name.
pub(super) fn hint(field: Element<'_>) -> String {
    if !field.is_any(&["input", "select", "textarea"]) {
        return "write `aria-label=\"…\"` with what belongs in it".to_owned();
    }
    match field.attr("id").filter(|id| !id.trim().is_empty()) {
        Some(id) => format!("write `<label for=\"{id}\">…</label>` with what belongs in it"),
        None => "put it in a `<label>` with what belongs in it: `<label>Name <input></label>`"
            .to_owned(),
    }
}
