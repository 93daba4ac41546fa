//! `header-words`: header cells with nothing in them.

use super::{Check, Marks, Page, Rule, header_cells};

pub(super) const RULE: Check =
    Rule::html("header-words", include_str!("header_words.md")).on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    for header in page.all(&["th"]) {
        let is_header = matches!(header.role(), Some("columnheader" | "rowheader"))
            && header.closest(&["table"]).is_some_and(header_cells::is_table);
        if !is_header || !header.is_exposed() {
            continue;
        }
        // What a control in it is called is read with each cell.
        let says = header.has_name() || header.descendants().any(|one| one.has_name());
        if !marks.passes(says) {
            let hint = "write what the cells are about, or make an empty corner `<td></td>`";
            marks.wordless(header, "the header cell is empty").hint(hint);
        }
    }
}
