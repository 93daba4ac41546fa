//! `frame-title`: frames of a frameset without a name.

use super::{Check, Level, Marks, Page, Rule};

pub(super) const RULE: Check = Rule::html("frame-title", include_str!("frame_title.md"))
    .wcag(Level::A, &["4.1.2"])
    .on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    for frame in page.all(&["frame"]) {
        if frame.closest(&["frameset"]).is_none() {
            continue;
        }
        let says = |name: &str| frame.attr(name).is_some_and(|value| !value.trim().is_empty());
        if !marks.passes(says("title") || says("aria-label") || says("aria-labelledby")) {
            let hint = "write `title=\"…\"` with what is in it, such as `title=\"Menu\"`";
            marks.fail(frame, "the frame does not say what is in it").hint(hint);
        }
    }
}
