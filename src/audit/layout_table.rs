//! `layout-table`: tables that arrange things and sound like tables of data, or the other way round.

use std::collections::HashSet;

use super::{Check, Element, Level, Marks, Page, Rule, header_cells, page::table};

pub(super) const RULE: Check = Rule::html("layout-table", include_str!("layout_table.md"))
    .wcag(Level::A, &["1.3.1"])
    .on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    let around = around_others(page);
    for table in page.all(&["table"]) {
        if !table.is_exposed() {
            continue;
        }
        let arranges = matches!(table.explicit_role(), Some("none" | "presentation"));
        let mark = mark(table);
        if let (true, Some((element, mark))) = (arranges, mark) {
            let message = format!("the table says that it only arranges things, and it has {mark}");
            marks.fail(element, message).hint(
                "take the role out when it is a table of data, or else write `<td>` and `<p>`",
            );
        } else if arranges {
            marks.pass();
        } else if mark.is_none() && table.explicit_role().is_none() && header_cells::is_table(table)
        {
            let one_cell = table::rows(table).flat_map(table::cells).take(2).count() == 1;
            let why = match (around.contains(&table.span().start), one_cell) {
                (true, _) => "this table holds another one",
                (false, true) => "this table has one cell",
                (false, false) => continue,
            };
            let hint = "write `<table role=\"presentation\">` when it does";
            marks.ask(table, format!("{why}: does it only arrange things?")).hint(hint);
        }
    }
}

/// What marks a table as one of data.
fn mark(table: Element<'_>) -> Option<(Element<'_>, &'static str)> {
    if table.attr("summary").is_some_and(|summary| !summary.trim().is_empty()) {
        return Some((table, "a summary"));
    }
    if let Some(caption) = table.children().find(|child| child.is("caption")) {
        return Some((caption, "a caption"));
    }
    let header = table::rows(table).flat_map(table::cells).find(|cell| cell.is("th"));
    header.map(|header| (header, "a header cell"))
}

/// Where tables begin that hold other tables.
pub(super) fn around_others(page: &Page<'_>) -> HashSet<usize> {
    let around = |table: Element<'_>| Some(table.parent()?.closest(&["table"])?.span().start);
    page.all(&["table"]).into_iter().filter_map(around).collect()
}
