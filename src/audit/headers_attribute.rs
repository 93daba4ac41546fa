//! `headers-attribute`: cells that name headers which are no cells of their table.

use super::{Check, Element, Level, Marks, Page, Rule, header_cells};

pub(super) const RULE: Check =
    Rule::html("headers-attribute", include_str!("headers_attribute.md"))
        .wcag(Level::A, &["1.3.1"])
        .act(&["a25f45"])
        .on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    for cell in page.all(&["td", "th"]) {
        let Some(headers) = cell.attr("headers") else { continue };
        let table = cell.closest(&["table"]).filter(|table| header_cells::is_table(*table));
        let Some(table) = table.filter(|_| cell.is_exposed() && cell.role() != Some("none")) else {
            continue;
        };
        let mut ids = headers.split_ascii_whitespace().peekable();
        if ids.peek().is_none() {
            continue;
        }
        match ids.find_map(|id| Some((id, fault(page, table, cell, id)?))) {
            None => marks.pass(),
            Some((id, fault)) => {
                let message = format!("the header “{id}” of this cell {fault}");
                let hint = "name the ids of header cells in the same table, or take `headers` out";
                marks.fail(cell, message).hint(hint).at(cell.attr_span("headers"));
            }
        }
    }
}

/// What is wrong with one of the ids that `cell` names.
fn fault(page: &Page<'_>, table: Element<'_>, cell: Element<'_>, id: &str) -> Option<&'static str> {
    let Some(header) = page.by_id(id) else { return Some("is not on the page") };
    if header == cell {
        Some("is the cell itself")
    } else if !header.is_any(&["td", "th"]) {
        Some("is not a cell of a table")
    } else if header.closest(&["table"]) != Some(table) {
        Some("is a cell of another table")
    } else {
        None
    }
}
