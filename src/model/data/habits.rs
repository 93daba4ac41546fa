//! How a spreadsheet of services is read, so that next month’s needs nothing:
//! `_data/import.yaml`, which `plainsite import` writes.

use crate::parse::{Fields, Placed};

/// What was said once of a spreadsheet that comes again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Habits {
    /// The sheet of a workbook; empty for the one that looks most like services.
    pub sheet: String,
    /// Whether days in digits have the day first.
    pub day_first: bool,
    /// What columns mean: the name in the sheet, and ours.
    pub map: Vec<(String, String)>,
    /// What stands in a column where a row says nothing.
    pub defaults: Vec<(String, String)>,
    /// What values mean: as they are typed, and ours.
    pub values: Vec<(String, String)>,
}

pub(super) fn read(fields: &mut Fields<'_>) -> Habits {
    let mut pairs = |name| {
        let mut all = Vec::new();
        if let Some(mut part) = fields.map(name) {
            for (from, to) in part.every_list() {
                let to: Vec<String> = to.into_iter().map(|Placed { value, .. }| value).collect();
                all.push((from.value, to.join(", ")));
            }
            fields.absorb(part);
        }
        all
    };
    let (map, defaults, values) = (pairs("map"), pairs("defaults"), pairs("values"));
    Habits {
        sheet: fields.words_of("sheet"),
        day_first: fields.yes_no("day first").unwrap_or(false),
        map,
        defaults,
        values,
    }
}
