//! The tables of a page that can be had as files, each with its name: `who-was-helped.csv`
//! beside the page.

use std::collections::BTreeSet;

use super::{Page, RecordData, Text};
use crate::{
    parse::{Block, Table, plain},
    text::slug,
};

impl Page {
    /// Its tables of data, in order, each with the address of its file. Nobody takes tables out
    /// of letters, nor out of lists that nobody wrote.
    pub fn data_tables(&self) -> Vec<(String, &Table)> {
        let mut tables = Vec::new();
        if !self.made && self.kind.sheet().is_none() {
            of_blocks(&self.text, &self.text.document.blocks, &mut tables);
        }
        let mut names = BTreeSet::new();
        let mut named = Vec::new();
        for table in tables {
            let name = short(&slug(&plain(&table.caption)));
            let others = (2..).map(|number| format!("{name}-{number}"));
            let free = [name.clone()].into_iter().chain(others).find(|one| !names.contains(one));
            let free = free.unwrap_or(name);
            named.push((format!("{}{free}.csv", self.url), table));
            names.insert(free);
        }
        named
    }
}

/// The most letters in the name of a file: it stands in links, and people read it out.
const LONGEST_NAME: usize = 40;

/// The first words of a name, as many as are not too long.
fn short(name: &str) -> String {
    let ends = name.match_indices('-').map(|(at, _)| at).chain([name.len()]);
    let mut ends = ends.filter(|end| name[..*end].chars().count() <= LONGEST_NAME);
    match ends.next_back() {
        Some(0) | None => "table".to_owned(),
        Some(end) => name[..end].to_owned(),
    }
}

fn of_blocks<'a>(text: &'a Text, blocks: &'a [Block], tables: &mut Vec<&'a Table>) {
    for block in blocks {
        match block {
            Block::Table(table) if table.is_data() => tables.push(table),
            Block::Record(record) => {
                if let Some(RecordData::Table(table)) = text.records.get(&record.span.start)
                    && table.is_data()
                {
                    tables.push(table);
                }
            }
            Block::Quote { blocks, .. } => of_blocks(text, blocks, tables),
            Block::List { items, .. } => {
                items.iter().for_each(|item| of_blocks(text, &item.blocks, tables));
            }
            _ => {}
        }
    }
}
