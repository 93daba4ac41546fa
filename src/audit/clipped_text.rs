//! `clipped-text`: words in a frame that does not grow with them.

use super::{
    Check, Element, Level, Marks, Page, Rule, fit,
    page::{Frame, Overflow, Size},
};

pub(super) const RULE: Check = Rule::html("clipped-text", include_str!("clipped_text.md"))
    .wcag(Level::AA, &["1.4.4"])
    .act(&["59br37"])
    .on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    for element in page.elements().filter(|element| element.is_html()) {
        let style = element.style();
        let frames = [style.frame(), style.zoomed];
        let may_cut = |frame: &Frame| {
            frame.overflow.0 == Overflow::Hidden || frame.overflow.1 == Overflow::Hidden
        };
        if !frames.iter().any(may_cut) || !element.is_visible() || !element.shows_any() {
            continue;
        }
        let cuts = frames.map(|frame| cut(element, frame));
        let hint = "look at it with letters twice the size, or take the height and width out";
        if cuts.contains(&Some(true)) && !fit::may_open(element) {
            marks.fail(element, "words are cut off where letters are twice as large").hint(hint);
        } else if cuts.iter().any(Option::is_some) {
            marks.ask(element, "words that do not fit into the frame are cut off").hint(hint);
        }
    }
}

/// Whether a frame cuts off what does not fit and some of its words certainly do not; none where
/// it grows with them or shows them.
fn cut(element: Element<'_>, frame: Frame) -> Option<bool> {
    let is_fixed = |size: Size| {
        matches!(size, Size::Pixels(edge) if edge > 1.0)
            || matches!(size, Size::Em(_) | Size::Rem(_))
    };
    let cuts_below = frame.overflow.1 == Overflow::Hidden;
    let cuts_aside = frame.overflow.0 == Overflow::Hidden;
    let too_low = |height: Size| fit::is_too_low(element, height, fit::ZOOMED) == Some(true);
    if cuts_below && is_fixed(frame.height) {
        return Some(too_low(frame.height));
    }
    if cuts_aside && matches!(element.style().width, Size::Pixels(edge) if edge > 1.0) {
        let is_shortened = element.style().is_shortened;
        return Some(!is_shortened && fit::is_too_narrow(element, fit::ZOOMED) == Some(true));
    }
    if !cuts_below || element.is_any(&["body", "html"]) {
        return None;
    }
    // A most height lets words be as low as they are, until they are more than it.
    if is_fixed(frame.most_height) && too_low(frame.most_height) {
        return Some(false);
    }
    // What a part of the window is high can be too low for it, unless the rest scrolls.
    let is_of_window = frame.height == Size::Unknown || frame.most_height == Size::Unknown;
    let scrolls = || element.descendants().any(|one| one.style().overflow.1 == Overflow::Scroll);
    (is_of_window && !scrolls()).then_some(false)
}
