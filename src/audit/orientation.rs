//! `orientation`: content that is turned when the screen is.

use super::{Check, Level, Marks, Page, Rule};

pub(super) const RULE: Check = Rule::html("orientation", include_str!("orientation.md"))
    .wcag(Level::AA, &["1.3.4"])
    .act(&["b33eff"])
    .on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    for element in page.elements() {
        let [transform, rotate] = element.style().turned;
        let on = |screen: usize| Some(transform[screen]? + rotate[screen]?);
        let (Some(wide), Some(high)) = (on(0), on(1)) else { continue };
        if wide == high || !element.is_visible() {
            continue;
        }
        let between = (wide - high).rem_euclid(180.0);
        // A right angle, give or take what rounding and radians do.
        if (between - 90.0).abs() <= 1.0 {
            let message = "the content is turned on its side when the screen is turned";
            marks.fail(element, message).hint("take the rotation out of `@media (orientation: …)`");
        } else {
            marks.pass();
        }
    }
}
