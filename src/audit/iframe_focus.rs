//! `iframe-focus`: pages inside the page that the Tab key cannot enter.

use super::{Check, Element, Level, Marks, Page, Rule, page::Size};

pub(super) const RULE: Check = Rule::html("iframe-focus", include_str!("iframe_focus.md"))
    .wcag(Level::A, &["2.1.1"])
    .act(&["akn7bn"])
    .on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    for frame in page.all(&["iframe"]) {
        let Some(inside) = frame.attr("srcdoc") else { continue };
        if !frame.is_visible() || is_tiny(frame) || frame.is_inert() {
            continue;
        }
        let inside = Page::read(inside, |_| None);
        let stop = inside.elements().find(|element| {
            // A page inside that page is entered, not stopped at.
            element.is_tabbable() && element.is_visible() && !element.is("iframe")
        });
        let Some(stop) = stop else { continue };
        if marks.passes(frame.tabindex().is_none_or(|at| at >= 0)) {
            continue;
        }
        let message = format!(
            "the Tab key passes over the page inside this page, and its `<{}>`",
            stop.tag()
        );
        let hint = "take out `tabindex`, or what can be used inside";
        marks.fail(frame, message).hint(hint).at(frame.attr_span("tabindex"));
    }
}

/// Whether it has no room to show anything.
fn is_tiny(frame: Element<'_>) -> bool {
    let style = frame.style();
    let is_tiny = |size: Size, attribute: &str| {
        let written = frame.attr(attribute).map_or(Size::Auto, |value| match Size::read(value) {
            Size::Number(pixels) => Size::Pixels(pixels),
            size => size,
        });
        let size = if size == Size::Auto { written } else { size };
        size.pixels(style.font_size).is_some_and(|pixels| pixels <= 1.0)
    };
    is_tiny(style.width, "width") || is_tiny(style.height, "height")
}
