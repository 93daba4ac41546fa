//! `letter-reply`: letters that can only be answered online.

use super::{Check, Findings, Run, Subject, letters::Ways};
use crate::{diagnostic::Severity, model::Page};

pub(super) const CHECK: Check = Check {
    code: "letter-reply",
    severity: Severity::Error,
    manual: include_str!("letter_reply.md"),
    run: Run::Page(run),
};

fn run(subject: &Subject<'_>, page: &Page, findings: &mut Findings<'_>) {
    let Some(letter) = page.kind.letter() else { return };
    let Some(from) = &letter.from else { return };
    let ways = Ways::of(subject, page);
    if ways.online && !ways.phone && !ways.post {
        let message = "people can only answer this letter online";
        findings
            .push(from.span, message)
            .hint("add a number to ring or an address: `((contact phone))`, `((contact address))`");
    }
}
