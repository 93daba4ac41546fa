//! `letter-reply`: letters that can only be answered online.

use super::{Check, Looks, Marks, Rule, Run, Subject, letters::Ways};
use crate::model::Page;

pub(super) const CHECK: Check = Check {
    rule: Rule::error("letter-reply", Looks::Letters, include_str!("letter_reply.md")),
    run: Run::Page(run),
};

fn run(subject: &Subject<'_>, page: &Page, marks: &mut Marks) {
    let Some(letter) = page.kind.letter() else { return };
    let Some(from) = &letter.from else { return };
    let ways = Ways::of(subject, page);
    if ways.online && !ways.phone && !ways.post {
        let message = "people can only answer this letter online";
        marks
            .push(from.span, message)
            .hint("add a number to ring or an address: `((contact phone))`, `((contact address))`");
    }
}
