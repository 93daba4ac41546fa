//! `empty-page`: pages with facts at the top and no words under them.

use super::{Check, Looks, Marks, Rule, Subject};
use crate::model::{Page, Status};

pub(super) const CHECK: Check =
    Rule::warning("empty-page", Looks::Words, include_str!("empty_page.md")).on_written(run);

/// The template of pages that are nothing but their words.
const WORDS_ALONE: &str = "guidance.html";

fn run(subject: &Subject<'_>, page: &Page, marks: &mut Marks) {
    let document = &subject.text.document;
    let is_empty = document.blocks.is_empty() && !document.names.is_broken;
    let is_shown = page.front.status == Status::Published;
    if is_empty && is_shown && page.kind.entry.template == WORDS_ALONE {
        let hint = "write them under the second line of `---`, or add a line: `status: draft`";
        marks.push(document.fields().start(), "this page has no words").hint(hint);
    }
}
