//! `letter-reply`: letters that can only be answered online.

use super::{Check, Looks, Marks, Rule, Subject, letters::Ways};
use crate::model::Page;

pub(super) const CHECK: Check =
    Rule::error("letter-reply", Looks::Letters, include_str!("letter_reply.md")).on_written(run);

fn run(subject: &Subject<'_>, page: &Page, marks: &mut Marks) {
    let Some(letter) = page.kind.letter() else { return };
    let Some(from) = &letter.from else { return };
    let ways = Ways::of(subject, page);
    if ways.online && !ways.phone && !ways.post {
        let message = format!("people can only answer this {} online", page.kind.form().name());
        let hint = "add a number to ring or an address: `((contact phone))`, `((contact address))`";
        marks.push(from.span, message).hint(hint);
    }
}
