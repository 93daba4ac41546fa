//! `stage`: guidance that does not say which part of the way it belongs to.

use super::{Check, Looks, Marks, Rule, Subject};
use crate::model::{Page, Status, kind};

pub(super) const CHECK: Check =
    Rule::error("stage", Looks::Pages, include_str!("stage.md")).asked_by("stages").on_written(run);

fn run(subject: &Subject<'_>, page: &Page, marks: &mut Marks) {
    let is_guidance =
        [&kind::GUIDANCE, &kind::GUIDE, &kind::CAN_I_BUY].iter().any(|kind| page.kind.is(kind));
    // A part of a guide is found through its guide.
    let is_part = page.relations.guide.is_some();
    let wanted = subject.world.config.rules.stages
        && is_guidance
        && !is_part
        && !page.for_staff()
        && page.front.status == Status::Published;
    if wanted && page.front.stage.is_none() && !subject.text.document.fields().has("stage") {
        marks
            .push(subject.front("stage"), "nothing says which stage this page belongs to")
            .hint("add a line: `stage: decide`, `stage: set up` or `stage: manage`");
    }
}
