//! `scrollable`: a part that scrolls and that the keyboard may not reach.

use super::{Check, Element, Level, Marks, Page, Rule, fit, page::Overflow};

pub(super) const RULE: Check = Rule::html("scrollable", include_str!("scrollable.md"))
    .wcag(Level::A, &["2.1.1"])
    .act(&["0ssw9k"])
    .on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    for element in page.elements().filter(|element| element.is_html()) {
        let style = element.style();
        let scrolls = style.overflow.0 == Overflow::Scroll || style.overflow.1 == Overflow::Scroll;
        if !scrolls || element.is_any(&["body", "html", "textarea"]) || !element.is_visible() {
            continue;
        }
        let has_edge = [style.height, style.width, style.most.0, style.most.1]
            .iter()
            .any(|size| size.pixels(style.font_size).is_some());
        if !has_edge {
            continue;
        }
        if !marks.passes(element.is_tabbable() || element.descendants().any(Element::is_tabbable)) {
            let hint = "write `tabindex=\"0\"`, a role and a name for it, or let it grow";
            let message = "it scrolls, and nothing in it can have the focus";
            let is_too_small = fit::is_too_low(element, style.height, fit::WINDOW) == Some(true)
                || fit::is_too_narrow(element, fit::WINDOW) == Some(true);
            if is_too_small && !fit::may_open(element) {
                marks.fail(element, message).hint(hint);
            } else {
                marks.ask(element, message).hint(hint);
            }
        }
    }
}
