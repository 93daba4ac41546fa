//! `repeated-attribute`: a tag that says the same thing in two ways.

use super::{Check, Marks, Page, Rule, Run, page::Slip};

pub(super) const RULE: Check = Check {
    rule: Rule::html("repeated-attribute", include_str!("repeated_attribute.md")),
    run: Run::Page(run),
};

fn run(page: &Page<'_>, marks: &mut Marks) {
    let mut is_sound = true;
    for (slip, span) in page.slips() {
        let Slip::RepeatedAttribute(name) = slip else { continue };
        is_sound = false;
        marks
            .push(*span, format!("the tag has “{name}” twice, and only the first counts"))
            .hint("keep one of the two");
    }
    if is_sound {
        marks.pass();
    }
}
