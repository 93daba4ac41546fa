//! The directory as a table, for spreadsheets: `/data/services.csv`.

use std::collections::BTreeSet;

use crate::model::{
    Site,
    table::{Entry, extra_names, head, row, safe},
};

use crate::text::rows;

/// The table. Columns that nothing knows may be notes of the office, so only `staff` get them.
pub(super) fn write(site: &Site, entries: &[Entry<'_>], staff: bool) -> String {
    let most = |of: fn(&Entry<'_>) -> usize| entries.iter().map(of).max().unwrap_or(0).max(1);
    let numbers = [
        most(|entry| entry.service.phones.len()),
        most(|entry| entry.service.emails.len()),
        most(|entry| entry.service.places.len()),
    ];
    let shown = entries.iter().filter(|_| staff);
    let extra: BTreeSet<&str> = shown.flat_map(|entry| extra_names(entry)).collect();
    let mut head = head(&numbers);
    head.extend(extra.iter().map(|name| (*name).to_owned()));
    let mut rows = vec![head];
    let organisations = &site.data.organisations;
    rows.extend(entries.iter().map(|entry| row(organisations, *entry, &numbers, &extra)));
    rows::write(rows.into_iter().map(|row| row.iter().map(|cell| safe(cell)).collect()))
}
