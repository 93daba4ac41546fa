//! `menu-item-name`: entries of a menu without words.

use super::{Check, Level, Marks, Page, Rule};

pub(super) const RULE: Check = Rule::html("menu-item-name", include_str!("menu_item_name.md"))
    .wcag(Level::A, &["4.1.2"])
    .act(&["m6b1q3"])
    .on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    for item in page.with_role("menuitem") {
        if !item.is_exposed() {
            continue;
        }
        if !marks.passes(item.has_name()) {
            let hint = "write what it does, or `aria-label=\"…\"` when it shows a picture";
            marks.wordless(item, "the entry of the menu has no words").hint(hint);
        }
    }
}
