//! `letter-format`: what a letter cannot hold, because paper and Word would show it
//! otherwise, or not at all; and what plain text cannot, where it is a message.

use super::{Check, Looks, Marks, Rule, Subject};
use crate::{model::Page, text::Span};

pub(super) const CHECK: Check =
    Rule::error("letter-format", Looks::Letters, include_str!("letter_format.md")).on_written(run);

fn run(subject: &Subject<'_>, page: &Page, marks: &mut Marks) {
    let id = subject.world.site.by_url.get(&page.url);
    let Some((_, faults)) = id.and_then(|id| subject.world.letters.get(id)) else { return };
    for fault in faults {
        let span = if fault.span == Span::default() { subject.front("kind") } else { fault.span };
        let message = format!("{} cannot hold {}", page.kind.form().one(), fault.what);
        marks.push(span, message).hint(fault.hint);
    }
}
