//! `table-headers`: tables in which no cell is a header.

use super::{Check, Level, Marks, Page, Rule, header_cells, layout_table, page::table};

pub(super) const RULE: Check = Rule::html("table-headers", include_str!("table_headers.md"))
    .wcag(Level::A, &["1.3.1"])
    .on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    let around = layout_table::around_others(page);
    for table in page.all(&["table"]) {
        if !header_cells::is_table(table) || around.contains(&table.span().start) {
            continue;
        }
        let (mut rows, mut widest, mut has_header) = (0, 0, false);
        for row in table::rows(table) {
            let mut width = 0;
            for cell in table::cells(row) {
                width += 1;
                has_header |= cell.is("th")
                    || matches!(cell.explicit_role(), Some("columnheader" | "rowheader"))
                    || cell.has("headers")
                    || cell.has("scope");
            }
            rows += usize::from(width > 0);
            widest = widest.max(width);
        }
        if rows < 2 || widest < 2 {
            continue;
        }
        let caption = table.children().find(|child| child.is("caption") && child.has_text());
        if has_header {
            marks.pass();
        } else if caption.is_some() {
            marks.fail(table, "the table has a caption, and no cell of it is a header").hint(
                "write `<th>` for the first cell of each column, and of each row if it names the row",
            );
        } else {
            marks.ask(table, "no cell of the table is a header").hint(
                "write `<th>` for the cells that are headers, or `role=\"presentation\"` when the table only arranges things",
            );
        }
    }
}
