//! `tabindex`: an order of its own for the Tab key.

use super::{Check, Marks, Page, Rule};

pub(super) const RULE: Check = Rule::html("tabindex", include_str!("tabindex.md")).on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    for element in page.elements() {
        let Some(at) = element.tabindex() else { continue };
        if !element.is_rendered() {
            continue;
        }
        if at > 0 {
            let message =
                format!("`tabindex=\"{at}\"` takes the Tab key here before everything else");
            let hint = "write `tabindex=\"0\"`, and put things in the order in which they are used";
            marks.fail(element, message).hint(hint).at(element.attr_span("tabindex"));
        } else {
            marks.pass();
        }
    }
}
