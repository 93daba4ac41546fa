//! `stage`: guidance that does not say which part of the way it belongs to.

use super::{Check, Findings, Run, Subject};
use crate::{
    diagnostic::Severity,
    model::{KindName, Page, Status},
};

pub(super) const CHECK: Check = Check {
    code: "stage",
    severity: Severity::Error,
    manual: include_str!("stage.md"),
    run: Run::Page(run),
};

fn run(subject: &Subject<'_>, page: &Page, findings: &mut Findings<'_>) {
    let is_guidance =
        matches!(page.kind.name(), KindName::Guidance | KindName::Guide | KindName::CanIBuy);
    // A part of a guide is found through its guide.
    let is_part = page.relations.guide.is_some();
    let wanted = subject.scene.config.rules.stages
        && is_guidance
        && !is_part
        && !page.for_staff()
        && page.front.status == Status::Published;
    if wanted && page.front.stage.is_none() && !subject.text.document.fields().has("stage") {
        findings
            .push(subject.front("stage"), "nothing says which stage this page belongs to")
            .hint("add a line: `stage: decide`, `stage: set up` or `stage: manage`");
    }
}
