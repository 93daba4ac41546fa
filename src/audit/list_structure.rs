//! `list-structure`: lists that hold more than their items, and items without a list.

use super::{Check, Element, Level, Marks, Page, Rule};
use crate::text::shorten;

pub(super) const RULE: Check = Rule::html("list-structure", include_str!("list_structure.md"))
    .wcag(Level::A, &["1.3.1"])
    .on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    for list in page.all(&["ul", "ol", "menu"]) {
        if !list.is_exposed() || list.role() != Some("list") {
            continue;
        }
        let words = list.own_text().map(str::trim).find(|words| !words.is_empty());
        if let Some(words) = words {
            let message = format!("“{}” is in a list and in no item of it", shorten(words));
            marks.fail(list, message).hint("put it into an item: `<li>…</li>`");
        } else if let Some(child) = list.children().find(|child| !may_be_in_list(*child)) {
            let message = format!("<{}> is in a list and in no item of it", child.tag());
            marks.fail(child, message).hint("put it into an item: `<li>…</li>`");
        } else if let Some(item) = list.children().find(|child| is_taken_out(*child)) {
            let words = shorten(&item.text());
            let message = format!("“{words}” is no item of its list, since its role is taken away");
            let hint = "take the attribute `role` out, or give the list one that goes with it";
            marks.fail(item, message).at(item.attr_span("role")).hint(hint);
        } else {
            marks.pass();
        }
    }
    for item in page.all(&["li"]) {
        if !item.is_exposed() || item.explicit_role().is_some_and(|role| role != "listitem") {
            continue;
        }
        let Some(parent) = item.parent() else { continue };
        // What the list is, if there is one, is in the page that this part goes into.
        let is_loose = page.is_fragment() && parent.is_any(&["body", "html"]);
        if is_loose || is_unknown(parent) {
            continue;
        }
        if let Some(role) = other_role(parent) {
            let words = shorten(&item.text());
            let message = format!("“{words}” is no item: what holds it is a “{role}” and no list");
            marks.fail(item, message).hint("put the list into it: `<ul><li>…</li></ul>`");
            continue;
        }
        // With something between the two, the fault was found above.
        if !marks.passes(is_list(parent) || parent.parent().is_some_and(is_list)) {
            let message = format!("the item “{}” is in no list", shorten(&item.text()));
            marks.fail(item, message).hint("put the items of a list into `<ul>…</ul>`");
        }
    }
}

fn is_list(element: Element<'_>) -> bool {
    element.is_any(&["ul", "ol", "menu"]) || matches!(element.role(), Some("list" | "directory"))
}

/// The role that a list has instead, if its items are none by that. What such a role asks to be
/// in it is the matter of another rule.
fn other_role(list: Element<'_>) -> Option<&'static str> {
    let role = list.given_role().filter(|_| list.is_any(&["ul", "ol", "menu"]))?;
    let is_other = !matches!(role.name, "directory" | "list" | "none" | "presentation");
    (is_other && role.owned.is_empty()).then_some(role.name)
}

/// Whether an item has words and no role.
fn is_taken_out(child: Element<'_>) -> bool {
    child.is("li") && child.role() == Some("none") && child.is_exposed() && child.shows_any()
}

/// Elements that a script gives a meaning, and places that it fills.
fn is_unknown(element: Element<'_>) -> bool {
    element.tag().contains('-') || element.is("slot")
}

fn may_be_in_list(child: Element<'_>) -> bool {
    child.is_any(&["li", "script", "template", "style", "link", "meta"])
        || is_unknown(child)
        || child.role() == Some("listitem")
        || !child.is_exposed()
}
