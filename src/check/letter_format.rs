//! `letter-format`: what a letter cannot hold, because paper and Word would show it
//! otherwise, or not at all.

use super::{Check, Findings, Run, Subject};
use crate::{diagnostic::Severity, model::Page, text::Span};

pub(super) const CHECK: Check = Check {
    code: "letter-format",
    severity: Severity::Error,
    manual: include_str!("letter_format.md"),
    run: Run::Page(run),
};

fn run(subject: &Subject<'_>, page: &Page, findings: &mut Findings<'_>) {
    let id = subject.scene.site.by_url.get(&page.url);
    let Some((_, faults)) = id.and_then(|id| subject.scene.letters.get(id)) else { return };
    for fault in faults {
        let span = if fault.span == Span::default() { subject.front("kind") } else { fault.span };
        let message = format!("a letter cannot hold {}", fault.what);
        findings.push(span, message).hint(fault.hint);
    }
}
