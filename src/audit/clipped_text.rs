//! `clipped-text`: words in a frame that does not grow with them.

use super::{
    Check, Level, Marks, Page, Rule,
    page::{Overflow, Size},
};

pub(super) const RULE: Check = Rule::html("clipped-text", include_str!("clipped_text.md"))
    .wcag(Level::AA, &["1.4.4"])
    .act(&["59br37"])
    .on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    for element in page.elements().filter(|element| element.is_html()) {
        let style = element.style();
        if style.overflow.0 != Overflow::Hidden && style.overflow.1 != Overflow::Hidden {
            continue;
        }
        let is_fixed = |size: Size| matches!(size, Size::Pixels(edge) if edge > 1.0);
        let has_edge = (style.overflow.1 == Overflow::Hidden
            && (matches!(style.height, Size::Em(_) | Size::Rem(_)) || is_fixed(style.height)))
            || (style.overflow.0 == Overflow::Hidden && is_fixed(style.width));
        // What a part of the window is high can be too low for it, unless the rest scrolls.
        let is_of_window = || {
            style.overflow.1 == Overflow::Hidden
                && style.height == Size::Unknown
                && !element.is_any(&["body", "html"])
                && !element.descendants().any(|one| one.style().overflow.1 == Overflow::Scroll)
        };
        if !(has_edge || is_of_window()) || !element.is_visible() || !element.shows_any() {
            continue;
        }
        let hint = "look at it with letters twice the size, or take the height and width out";
        marks.ask(element, "words that do not fit into the frame are cut off").hint(hint);
    }
}
