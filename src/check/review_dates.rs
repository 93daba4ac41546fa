//! `review-dates`: pages that do not say when they were checked, and when they
//! will be checked again.

use super::{Check, Findings, Run, Subject};
use crate::{diagnostic::Severity, model::Page};

pub(super) const CHECK: Check = Check {
    code: "review-dates",
    severity: Severity::Error,
    manual: include_str!("review_dates.md"),
    run: Run::Page(run),
};

fn run(subject: &Subject<'_>, page: &Page, findings: &mut Findings<'_>) {
    let scene = subject.scene;
    let front = &page.front;
    if scene.config.rules.review_dates {
        // A date that cannot be read, and one that an entry needs in any case,
        // are reported where they are read.
        let is_entry = page.kind.service().is_some();
        let is_missing = |name| !subject.text.document.fields().has(name);
        if front.checked.is_none() && !is_entry && is_missing("checked") {
            let today = scene.today.in_english();
            findings
                .push(subject.front("checked"), "nothing says when this page was checked")
                .hint(format!("read all of it, and add a line: `checked: {today}`"));
        }
        if front.check_again.is_none() && is_missing("check again") {
            findings
                .push(subject.front("check again"), "nothing says when to check this page again")
                .hint("add a line: `check again: every 12 months`");
        }
    }
    if let Some(checked) = front.checked.as_ref().filter(|day| day.value > scene.today) {
        let day = checked.value.in_english();
        findings
            .push(checked.span, format!("{day} is still to come"))
            .hint("write the day on which someone last read the whole page");
    }
}
