//! `target-size`: things to press that a style makes small.

use super::{
    Check, Element, Level, Marks, Page, Rule,
    page::{Display, Size},
};

pub(super) const RULE: Check = Rule::html("target-size", include_str!("target_size.md"))
    .wcag(Level::AA, &["2.5.8"])
    .on_page(run);

/// From success criterion 2.5.8, in pixels of CSS.
const LEAST_SIDE: f32 = 24.0;

fn run(page: &Page<'_>, marks: &mut Marks) {
    for element in page.all(&["a", "button", "input", "select", "summary"]) {
        if !element.is_focusable() || !element.is_visible() {
            continue;
        }
        // Links among words may be as high as the words.
        let style = element.style();
        let is_in_line =
            style.display == Display::Inline && !element.is_any(&["button", "input", "select"]);
        let kind = element.attr("type").unwrap_or_default();
        if is_in_line || (element.is("input") && is_left_to_browsers(kind)) {
            continue;
        }
        let (Some(width), Some(height)) = (extent(element, true), extent(element, false)) else {
            continue;
        };
        if !marks.passes(width >= LEAST_SIDE && height >= LEAST_SIDE) {
            let hint = "make it at least 24 by 24, or leave as much room around it";
            marks.ask(element, format!("it is {width} by {height} pixels to press")).hint(hint);
        }
    }
}

/// Boxes to tick have the size that browsers give them, unless a style says one.
fn is_left_to_browsers(kind: &str) -> bool {
    matches!(kind.to_ascii_lowercase().as_str(), "checkbox" | "radio" | "hidden" | "image")
}

/// How wide or high it is, where styles say so in a fixed size.
fn extent(element: Element<'_>, is_width: bool) -> Option<f32> {
    let style = element.style();
    let (size, least, sides) = if is_width {
        (style.width, style.least.0, [1, 3])
    } else {
        (style.height, style.least.1, [0, 2])
    };
    let pixels = |size: Size| size.pixels(style.font_size);
    let own = pixels(size)?;
    let padding: f32 = sides.iter().filter_map(|side| pixels(style.padding[*side])).sum();
    Some((own + padding).max(pixels(least).unwrap_or(0.0)))
}
