//! `table-caption`: tables that do not say what they show.

use super::{Check, Looks, Marks, Rule, Subject};
use crate::parse::plain;

pub(super) const CHECK: Check =
    Rule::warning("table-caption", Looks::Words, include_str!("table_caption.md")).on_text(run);

fn run(subject: &Subject<'_>, marks: &mut Marks) {
    for table in &subject.prose.tables {
        if table.caption.is_empty() || plain(&table.caption).trim().is_empty() {
            let is_record = subject.text.records.contains_key(&table.span.start);
            let hint = if is_record {
                "write it after the name of the fence: ```table Who manages the money"
            } else {
                "write a line above it, and an empty line between: `Table: What we pay for training`"
            };
            marks.push(table.span, "nothing says what this table shows").hint(hint);
        }
    }
}
