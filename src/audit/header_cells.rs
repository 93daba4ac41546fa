//! `header-cells`: header cells that are the header of nothing.

use std::collections::{HashMap, HashSet};

use super::{
    Check, Element, Level, Marks, Page, Rule,
    page::table::{self, Grid, Heads},
};
use crate::text::shorten;

pub(super) const RULE: Check = Rule::html("header-cells", include_str!("header_cells.md"))
    .wcag(Level::A, &["1.3.1"])
    .act(&["d0f69e"])
    .on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    let has_scripts = !page.all(&["script"]).is_empty();
    for role in ["table", "grid", "treegrid"] {
        for table in page.with_role(role) {
            if !table.is_exposed() {
                continue;
            }
            let headers = if table.is("table") { in_html(table) } else { in_roles(table) };
            for (header, found) in headers {
                match found {
                    Found::Cell => marks.pass(),
                    // Rows may come with a script, some tables repeat their headers below, and a
                    // stylesheet that is missing may hide one.
                    Found::Nothing { is_repeated, empty }
                        if is_repeated
                            || empty && has_scripts
                            || !page.missing_styles().is_empty() =>
                    {
                        marks.ask(header, message(header)).hint(HINT);
                    }
                    Found::Nothing { .. } => {
                        marks.fail(header, message(header)).hint(HINT);
                    }
                }
            }
        }
    }
}

const HINT: &str = "add the cells that belong to it, or make it `<td>`";

fn message(header: Element<'_>) -> String {
    format!("no cell belongs to the header “{}”", shorten(&header.text()))
}

/// Whether an element is a table to those who hear it.
pub(super) fn is_table(table: Element<'_>) -> bool {
    matches!(table.role(), Some("table" | "grid" | "treegrid")) && table.is_exposed()
}

/// What there is for a header.
enum Found {
    /// At least one cell.
    Cell,
    Nothing {
        /// Whether it says at the end of its column or row what stands at the start.
        is_repeated: bool,
        /// Whether there is no data in the whole table.
        empty: bool,
    },
}

/// The headers of a `<table>`.
fn in_html(table: Element<'_>) -> Vec<(Element<'_>, Found)> {
    // Most tables that only arrange things need no further look.
    let may_head = |cell: Element<'_>| cell.is("th") || cell.explicit_role().is_some();
    if !table::rows(table).flat_map(table::cells).any(may_head) {
        return Vec::new();
    }
    let Some(grid) = Grid::of(table) else { return Vec::new() };
    let mut heads = grid.heads();
    for (cell, heads) in grid.cells.iter().zip(&mut heads) {
        match cell.element.explicit_role() {
            None => {}
            Some("columnheader") if !cell.element.has("scope") => *heads = Some(Heads::Column),
            Some("rowheader") if !cell.element.has("scope") => *heads = Some(Heads::Row),
            Some("columnheader" | "rowheader") => {}
            Some(_) => *heads = None,
        }
    }
    let assigned = grid.assigned(&heads);
    let (mut top, mut left) = (vec![usize::MAX; grid.width()], vec![usize::MAX; grid.height()]);
    let mut empty = true;
    for (cell, heads) in grid.cells.iter().zip(&heads) {
        if heads.is_none() && !cell.element.is("th") {
            empty = false;
            top[cell.x..cell.x + cell.width].iter_mut().for_each(|top| *top = cell.y.min(*top));
            left[cell.y..cell.y + cell.height]
                .iter_mut()
                .for_each(|left| *left = cell.x.min(*left));
        }
    }
    let mut headers = Vec::new();
    let mut said = HashSet::new();
    for ((cell, heads), assigned) in grid.cells.iter().zip(&heads).zip(assigned) {
        let Some(heads) = heads.filter(|_| is_header(cell.element)) else { continue };
        let elsewhere = match heads {
            Heads::Column | Heads::Columns => {
                top[cell.x..cell.x + cell.width].iter().any(|top| *top < cell.y)
            }
            Heads::Row | Heads::Rows => {
                left[cell.y..cell.y + cell.height].iter().any(|left| *left < cell.x)
            }
        };
        let is_repeated = !said.insert(cell.element.text()) && elsewhere;
        let found = if assigned { Found::Cell } else { Found::Nothing { is_repeated, empty } };
        headers.push((cell.element, found));
    }
    headers
}

/// A corner without words is no header, whatever its tag.
fn is_header(cell: Element<'_>) -> bool {
    cell.is_exposed() && cell.is_visible() && (cell.has_text() || !cell.name().is_empty())
}

/// The headers of a table that is made of roles: those of a column stand in the
/// same place of their row as its cells.
fn in_roles(table: Element<'_>) -> Vec<(Element<'_>, Found)> {
    let mut cells = Vec::new();
    for (y, row) in rows(table).into_iter().enumerate() {
        let mut x = 1;
        for cell in row.owned() {
            let Some(role @ ("cell" | "columnheader" | "gridcell" | "rowheader")) = cell.role()
            else {
                continue;
            };
            let number = |name| cell.attr(name).and_then(|value| value.trim().parse::<u32>().ok());
            x = number("aria-colindex").unwrap_or(x);
            let width = number("aria-colspan").unwrap_or(1).clamp(1, 1000);
            cells.push((cell, role, x, y, width));
            x = x.saturating_add(width);
        }
    }
    let places: usize = cells.iter().map(|(.., width)| *width as usize).sum();
    if places > 4096 + 64 * cells.len() {
        return Vec::new();
    }
    let (mut columns, mut lines): (HashMap<u32, usize>, HashMap<usize, usize>) = Default::default();
    for (_, role, x, y, width) in &cells {
        if *role != "columnheader" {
            for column in *x..x.saturating_add(*width) {
                *columns.entry(column).or_default() += 1;
            }
        }
        if *role != "rowheader" {
            *lines.entry(*y).or_default() += 1;
        }
    }
    let empty = !cells.iter().any(|(_, role, ..)| matches!(*role, "cell" | "gridcell"));
    let found = |role, x: u32, y, width| {
        let found = match role {
            "columnheader" => {
                (x..x.saturating_add(width)).any(|column| columns.contains_key(&column))
            }
            _ => lines.contains_key(&y),
        };
        if found { Found::Cell } else { Found::Nothing { is_repeated: false, empty } }
    };
    let headers = cells.iter().filter(|(cell, role, ..)| {
        matches!(*role, "columnheader" | "rowheader") && is_header(*cell)
    });
    headers.map(|(cell, role, x, y, width)| (*cell, found(*role, *x, *y, *width))).collect()
}

/// The rows of a table that is made of roles, in groups or not.
fn rows(table: Element<'_>) -> Vec<Element<'_>> {
    let mut rows = Vec::new();
    for child in table.owned() {
        match child.role() {
            Some("row") => rows.push(child),
            Some("rowgroup") => {
                rows.extend(child.owned().into_iter().filter(|row| row.role() == Some("row")));
            }
            _ => {}
        }
    }
    rows
}
