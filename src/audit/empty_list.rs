//! `empty-list`: lists without an item.

use super::{Check, Element, Marks, Page, Rule};

pub(super) const RULE: Check = Rule::html("empty-list", include_str!("empty_list.md")).on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    let has_scripts = !page.all(&["script"]).is_empty();
    for list in page.all(&["ul", "ol", "menu", "dl"]) {
        let is_list =
            list.is("dl") && list.explicit_role().is_none() || list.role() == Some("list");
        if !is_list || !list.is_exposed() {
            continue;
        }
        let message = "the list has no items";
        if list.children().any(may_be_item) || list.has_text() || list.has("aria-owns") {
            marks.pass();
        } else if has_scripts {
            marks.ask(list, message).hint("hide it until a script fills it: `<ul hidden>`");
        } else {
            marks.fail(list, message).hint("take the list out, or write its items");
        }
    }
}

/// Anything but what is never shown.
fn may_be_item(child: Element<'_>) -> bool {
    !child.is_any(&["script", "template", "style"])
}
