//! `repeated-attribute`: a tag that says the same thing in two ways.

use super::{Check, Marks, Page, Rule, page::Slip};

pub(super) const RULE: Check =
    Rule::html("repeated-attribute", include_str!("repeated_attribute.md")).on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    let mut is_sound = true;
    for (slip, span) in page.slips() {
        let Slip::RepeatedAttribute(name) = slip else { continue };
        is_sound = false;
        let message = format!("the tag has “{name}” twice, and only the first counts");
        marks.push(*span, message).hint("keep one of the two");
    }
    if is_sound {
        marks.pass();
    }
}
