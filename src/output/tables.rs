//! Tables of data as files for spreadsheets, each beside its page.
//!
//! A cell says what the page shows. A number below nothing stays a number: it is no formula.

use super::{Bytes, Done, Files, Output, Plan};
use crate::{
    model::{Page, table::safe},
    parse::{Inline, Table, plain},
    text::{amount::Amount, rows},
    world::World,
};

pub(super) const OUTPUT: Output = Output { name: "a table as a file", paths, files };

fn paths(plan: &Plan<'_>) -> Vec<String> {
    let tables = plan.site.pages.iter().flat_map(Page::data_tables);
    tables.map(|(url, _)| url.trim_start_matches('/').to_owned()).collect()
}

fn files(done: &Done<'_>) -> Files {
    let mut files = Files::new();
    for page in &done.world.site.pages {
        for (url, table) in page.data_tables() {
            let path = url.trim_start_matches('/').to_owned();
            files.insert(path, Bytes::from(rows::write(words(&done.world, page, table))));
        }
    }
    files
}

fn words(world: &World<'_>, page: &Page, table: &Table) -> Vec<Vec<String>> {
    let cell = |cell: &Vec<Inline>| {
        let words = world.site.fill(&plain(cell), page, world.config);
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        // The minus sign of print is no minus for a spreadsheet.
        let is_below = Amount::read(&words).is_some_and(|amount| amount.value < 0);
        if is_below { words.replace(['–', '−'], "-") } else { safe(&words) }
    };
    let columns = table.head.len();
    let row = |row: &Vec<Vec<Inline>>| {
        let mut cells: Vec<String> = row.iter().take(columns).map(cell).collect();
        cells.resize(columns, String::new());
        cells
    };
    std::iter::once(&table.head).chain(&table.rows).map(row).collect()
}
