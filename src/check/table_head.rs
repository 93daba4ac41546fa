//! `table-head`: tables whose columns have no names.

use super::{Check, Looks, Marks, Rule, Subject};
use crate::parse::plain;

pub(super) const CHECK: Check =
    Rule::error("table-head", Looks::Words, include_str!("table_head.md")).on_text(run);

fn run(subject: &Subject<'_>, marks: &mut Marks) {
    for table in &subject.prose.tables {
        let is_empty = |cell: &Vec<_>| cell.is_empty() || plain(cell).trim().is_empty();
        let empty = table.head.iter().skip(1).position(is_empty);
        if let Some(column) = empty {
            let message = format!("column {} of this table has no name", column + 2);
            let hint = "write what the column shows in its first row: `| Course | We pay |`";
            marks.push(table.span, message).hint(hint);
        } else if table.rows.is_empty() && table.head.len() < 2 {
            let hint = "write it as a paragraph, or as a box: `> [!NOTE]`";
            marks.push(table.span, "this table has one cell").hint(hint);
        }
    }
}
