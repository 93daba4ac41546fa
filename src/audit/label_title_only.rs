//! `label-title-only`: fields whose only name is a tip or an example.

use super::{
    Check, Marks, Page, Rule,
    fields::{is_field, kind},
    page::From,
    words::short,
};

pub(super) const RULE: Check =
    Rule::html("label-title-only", include_str!("label_title_only.md")).on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    for field in page.elements().filter(|element| is_field(*element)) {
        if !field.is_exposed() {
            continue;
        }
        let attribute = match field.name_from() {
            From::Title => "title",
            From::Placeholder => "placeholder",
            From::Nothing => continue,
            _ => {
                marks.pass();
                continue;
            }
        };
        let (what, name) = (kind(field), short(field.name()));
        let message = match attribute {
            "title" => format!("the only name of the {what} is the tip “{name}”"),
            _ => format!(
                "the only name of the {what} is “{name}”, which is gone as soon as somebody types"
            ),
        };
        let hint = format!("show it: `<label>{name} <input></label>`");
        marks.ask(field, message).hint(hint).at(field.attr_span(attribute));
    }
}
