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
        if !has_edge || element.visible_text().is_empty() {
            continue;
        }
        let hint = "look at it with letters twice the size, or take the height and width out";
        marks.ask(element, "words that do not fit into the frame are cut off").hint(hint);
    }
}
