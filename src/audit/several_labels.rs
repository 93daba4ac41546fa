//! `several-labels`: fields with more than one label.

use super::{
    Check, Element, Marks, Page, Rule,
    fields::{is_field, kind},
    words::short,
};

pub(super) const RULE: Check =
    Rule::html("several-labels", include_str!("several_labels.md")).on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    for field in page.all(&["input", "select", "textarea"]) {
        let labels: Vec<Element<'_>> =
            field.labels().into_iter().filter(|label| label.is_visible()).collect();
        if labels.is_empty() || !is_field(field) || !field.is_exposed() {
            continue;
        }
        let [first, second, ..] = labels.as_slice() else {
            marks.pass();
            continue;
        };
        let message = format!(
            "the {} has {} labels, among them “{}” and “{}”",
            kind(field),
            labels.len(),
            short(&first.text()),
            short(&second.text()),
        );
        let hint = "keep one `<label>`, and name the rest with `aria-describedby`";
        marks.ask(field, message).hint(hint);
    }
}
