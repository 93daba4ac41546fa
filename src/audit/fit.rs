//! Whether words fit into a frame of a fixed size, as far as that is certain without drawing
//! them: letters are taken to be as narrow, and lines as close, as any common font has them.

use super::{
    Element,
    page::{Display, Overflow, Position, Size, Spacing, Style},
};

/// How wide a letter is at the least, in sizes of the font, on the average of a text. Narrow
/// fonts such as Arial Narrow have 0.38.
const NARROWEST: f32 = 0.3;

/// How high a line is at the least where nobody says it: fonts have 1.1 and more.
const LOWEST: f32 = 1.0;

/// A window at 100%, and with letters twice as large: 1,280 pixels, and half of them.
pub(super) const WINDOW: f32 = 1_280.0;
pub(super) const ZOOMED: f32 = WINDOW / 2.0;

/// Up to here a box is there to hide what is in it, in pixels.
const HIDING: f32 = 2.0;

/// Whether the words of a frame are certainly higher than it, in a window of that width. None
/// where it cannot be told.
pub(super) fn is_too_low(frame: Element<'_>, height: Size, window: f32) -> Option<bool> {
    let style = frame.style();
    let height = height.pixels(style.font_size)?;
    if height <= HIDING || !is_plain(frame) {
        return None;
    }
    let line = line_height(frame)?;
    let room = height + padding(style, [0, 2])?;
    let width =
        [style.width, style.most.0].into_iter().filter_map(|size| size.pixels(style.font_size));
    let width = width.fold(window, f32::min).max(1.0);
    let words = match style.is_unbroken {
        true => return Some(line > room + 0.5),
        false => least_width(frame)?,
    };
    Some((words / width).ceil().max(1.0) * line > room + 0.5)
}

/// Whether what stands in one line of a frame is certainly wider than it.
pub(super) fn is_too_narrow(frame: Element<'_>, window: f32) -> Option<bool> {
    let style = frame.style();
    let width = match style.width {
        Size::Auto => style.most.0,
        size => size,
    };
    let width = width.pixels(style.font_size).unwrap_or(window).min(window);
    if width <= HIDING || !style.is_unbroken || !is_plain(frame) {
        return None;
    }
    let room = width + padding(style, [1, 3])?;
    Some(least_width(frame)? > room)
}

/// The room inside two of its sides.
fn padding(style: &Style, sides: [usize; 2]) -> Option<f32> {
    let sizes = sides.map(|side| match style.padding[side] {
        Size::Auto => Some(0.0),
        size => size.pixels(style.font_size).map(|size| size.max(0.0)),
    });
    Some(sizes[0]? + sizes[1]?)
}

/// Whether all in it stands in lines, one after the other.
fn is_plain(frame: Element<'_>) -> bool {
    frame.is_html()
        && frame.descendants().all(|one| {
            let style = one.style();
            one.is_html()
                && (matches!(style.display, Display::Inline | Display::None)
                    || one.is_any(&["img"]) && style.display == Display::InlineBlock)
                && style.position == Position::Flow
                && style.overflow == (Overflow::Visible, Overflow::Visible)
        })
}

/// How wide its words and pictures are at the least, in one line; words that are kept in lines
/// of their own, the longest of those.
fn least_width(frame: Element<'_>) -> Option<f32> {
    let mut width = 0.0;
    let mut longest: f32 = 0.0;
    for (element, words) in frame.seen_words() {
        let size = element.style().font_size?;
        for (at, line) in words.split('\n').enumerate() {
            if at > 0 && frame.style().is_unbroken {
                longest = longest.max(width);
                width = 0.0;
            }
            let words = line.split_ascii_whitespace().map(|word| word.chars().count() + 1);
            width += words.sum::<usize>().saturating_sub(1) as f32 * size * NARROWEST;
        }
    }
    let pictures = frame.descendants().filter(|one| one.is("img") && one.is_visible());
    let pictures: f32 = pictures
        .filter_map(|one| match (one.style().width, one.attr("width").map(Size::read)) {
            (Size::Auto, Some(Size::Number(width))) => Some(width),
            (size, _) => size.pixels(one.style().font_size),
        })
        .sum();
    Some(longest.max(width) + pictures)
}

/// How high its lines are at the least; none where it cannot be told.
pub(super) fn line_height(frame: Element<'_>) -> Option<f32> {
    let size = frame.style().font_size?;
    // Words may be larger than those around them, and what they say of lines may be another.
    let said = frame.and_around().find_map(|one| {
        one.style().spacing[Spacing::Lines as usize].map(|said| (said, one.style().font_size))
    });
    match said {
        None | Some((Size::Auto, _)) => Some(size * LOWEST),
        Some((Size::Number(times), _)) => Some(size * times),
        Some((Size::Percent(share), own)) => Some(own? * share / 100.0),
        Some((Size::Em(times), own)) => Some(own? * times),
        Some((said, _)) => said.pixels(Some(size)),
    }
}

/// Whether something may show what a frame hides: a script, or what it leads to.
pub(super) fn may_open(frame: Element<'_>) -> bool {
    let is_run = |script: &Element<'_>| {
        script.attr("type").is_none_or(|kind| {
            kind.is_empty() || kind == "module" || kind.to_ascii_lowercase().contains("javascript")
        })
    };
    frame.page().all(&["script"]).iter().any(is_run)
        || frame.closest(&["a", "button", "label", "summary"]).is_some()
        || frame.is_tabbable()
        || frame.descendants().any(Element::is_tabbable)
}
