//! The directory as a table: what its columns are called, and what stands in them.
//!
//! One row an entry, one column a thing, with the names that records have. An export is
//! written so, and `plainsite import` reads it back, so that nothing is lost. Phones, emails
//! and places have numbered columns, and each weekday has its own beside the hours in words.

use std::collections::{BTreeMap, BTreeSet};

use super::{Organisation, Page, Status, kind::Service};
use crate::{
    parse::{Placed, hours::Hours},
    text::{Date, slug},
};

/// An entry that is exported.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// Its page.
    pub page: &'a Page,
    /// What it offers.
    pub service: &'a Service,
    /// The last part of its address, which never changes.
    pub id: &'a str,
}

/// What stands between the items of a list in one cell.
pub const BETWEEN: &str = "; ";

/// The weekdays, as columns.
pub const WEEKDAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// Columns that stand alone, in order. Numbered ones stand where `phone`, `email` and
/// `place` are.
#[rustfmt::skip] // a list of words reads better in lines
pub const COLUMNS: &[&str] = &[
    "id", "name", "also called", "organisation", "organisation name", "on offer", "cannot do",
    "who for", "age from", "age to", "cost", "how to access", "phone", "text", "relay", "bsl",
    "email", "web", "place", "hours", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday",
    "Saturday", "Sunday", "hours note", "closed", "ways", "languages", "areas", "category", "stage",
    "status", "status note", "alert", "alert until", "profile", "consent until", "checked",
    "checked by", "check again", "owner", "contact", "words",
];

/// The parts of numbered columns: `phone 1 number`.
pub const NUMBERED: &[(&str, &[&str])] = &[
    ("phone", &["label", "number", "hours", "note"]),
    ("email", &["label", "address"]),
    ("place", &["address", "access"]),
];

/// A cell that no spreadsheet takes for a formula. Source: OWASP, CSV injection.
pub fn safe(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\'']) {
        return format!("'{cell}");
    }
    cell.to_owned()
}

/// A cell without the mark that keeps a spreadsheet from taking it for a formula.
pub fn unsafe_again(cell: &str) -> &str {
    let rest = cell.strip_prefix('\'');
    rest.filter(|rest| rest.starts_with(['=', '+', '-', '@', '\t', '\r', '\''])).unwrap_or(cell)
}

/// The names that an entry has under `extra:`, with words as values.
pub fn extra_names<'a>(entry: &Entry<'a>) -> impl Iterator<Item = &'a str> {
    let extra = entry.page.front.extra.as_ref().and_then(serde_json::Value::as_object);
    let all = extra.into_iter().flatten();
    all.filter(|(name, value)| {
        !value.is_object() && !value.is_array() && !COLUMNS.contains(&name.as_str())
    })
    .map(|(name, _)| name.as_str())
}

/// The cells of an entry, in the order of the columns.
pub fn row(
    organisations: &BTreeMap<String, Organisation>,
    entry: Entry<'_>,
    numbers: &[usize; 3],
    extra: &BTreeSet<&str>,
) -> Vec<String> {
    let Entry { page, service, id } = entry;
    let front = &page.front;
    let list = |items: &[String]| join(items.iter().map(String::as_str));
    let placed = |items: &[Placed<String>]| join(items.iter().map(|i| i.value.as_str()));
    let date = |date: Option<Date>| date.map_or_else(String::new, |date| date.in_english());
    let text = |found: &Option<Placed<String>>| {
        found.as_ref().map_or_else(String::new, |found| found.value.clone())
    };
    let number = |found: Option<i64>| found.map_or_else(String::new, |number| number.to_string());
    let by_day = service.hours.as_ref().map(Hours::by_day).unwrap_or_default();
    let mut cells = Vec::new();
    for name in COLUMNS {
        let cell = match *name {
            "id" => id.to_owned(),
            "name" => page.title.clone(),
            "also called" => list(&service.also_called),
            "organisation" => match &service.organisation {
                Some(own) if !organisations.contains_key(&own.value) => slug(&own.value),
                own => text(own),
            },
            // Without a file of organisations the name stands in the record.
            "organisation name" => match &service.organisation {
                Some(own) => {
                    let known = organisations.get(&own.value);
                    known.map_or_else(|| own.value.clone(), |known| known.name.clone())
                }
                None => String::new(),
            },
            "on offer" => service.on_offer.value.clone(),
            "cannot do" => service.cannot_do.value.clone(),
            "who for" => service.who_for.value.clone(),
            "age from" => number(service.from_age),
            "age to" => number(service.to_age),
            "cost" => service.cost.value.clone(),
            "how to access" => service.how_to_access.value.clone(),
            "phone" => {
                for at in 0..numbers[0] {
                    let parts = service.phones.get(at).map(|phone| {
                        [&phone.label, &phone.number, &phone.hours, &phone.note].map(String::clone)
                    });
                    cells.extend(parts.unwrap_or_default());
                }
                continue;
            }
            "email" => {
                for at in 0..numbers[1] {
                    let email = service.emails.get(at);
                    let parts =
                        email.map(|email| [email.label.clone(), email.address.value.clone()]);
                    cells.extend(parts.unwrap_or_default());
                }
                continue;
            }
            "place" => {
                for at in 0..numbers[2] {
                    let place = service.places.get(at);
                    let parts = place
                        .map(|place| [place.address.value.clone(), place.access.value.clone()]);
                    cells.extend(parts.unwrap_or_default());
                }
                continue;
            }
            "text" => service.text.as_ref().map_or_else(String::new, |phone| phone.number.clone()),
            "relay" => if service.relay { "yes" } else { "" }.to_owned(),
            "bsl" => service.bsl.clone(),
            "web" => service.web.clone(),
            "hours" => service.hours.as_ref().map_or_else(String::new, |hours| hours.in_english()),
            "hours note" => service.hours_note.value.clone(),
            "closed" => {
                let holidays = service.closed.bank_holidays.then(|| "bank holidays".to_owned());
                let days = service.closed.days.iter().map(|(first, last)| match first == last {
                    true => first.in_english(),
                    false => format!("{} to {}", first.in_english(), last.in_english()),
                });
                list(&holidays.into_iter().chain(days).collect::<Vec<_>>())
            }
            "ways" => join(service.ways.iter().map(|way| way.name())),
            "languages" => list(&service.languages),
            "areas" => placed(&service.areas),
            "category" => placed(&service.categories),
            "stage" => front.stage.map_or_else(String::new, |stage| stage.name().to_owned()),
            "status" => match front.status {
                Status::Published if service.paused => "closed for now",
                Status::Published => "active",
                status => status.name(),
            }
            .to_owned(),
            "status note" => text(&front.status_note),
            "alert" => {
                service.alert.as_ref().map_or_else(String::new, |(text, _)| text.value.clone())
            }
            "alert until" => date(service.alert.as_ref().and_then(|(_, until)| *until)),
            "profile" => service.profile.map_or_else(String::new, |own| own.name().to_owned()),
            "consent until" => date(service.consent.as_ref().map(|day| day.value)),
            "checked" => date(front.checked.as_ref().map(|date| date.value)),
            "checked by" => service.checked_by.clone(),
            "check again" => date(front.check_again.as_ref().map(|date| date.value)),
            "owner" => text(&front.owner),
            "contact" => text(&front.contact),
            "words" => placed(&front.words),
            day => {
                let at = WEEKDAYS.iter().position(|known| *known == day);
                at.map_or_else(String::new, |at| by_day[at].clone())
            }
        };
        cells.push(cell);
    }
    let own = page.front.extra.as_ref();
    cells.extend(extra.iter().map(|name| match own.and_then(|own| own.get(name)) {
        Some(serde_json::Value::String(text)) => text.clone(),
        Some(value) if !value.is_object() && !value.is_array() => value.to_string(),
        _ => String::new(),
    }));
    cells
}

/// Whether the rows of two records would be the same: nobody who reads the table or the
/// pages can tell them apart, however they are written.
pub fn is_same(one: &Page, other: &Page) -> bool {
    let row = |page: &Page| {
        let service = page.kind.service()?;
        let numbers = [service.phones.len(), service.emails.len(), service.places.len()];
        let entry = Entry { page, service, id: "" };
        let extra: BTreeSet<String> = extra_names(&entry).map(str::to_owned).collect();
        let names = extra.iter().map(String::as_str).collect();
        Some((numbers, row(&BTreeMap::new(), entry, &numbers, &names), extra))
    };
    row(one).is_some_and(|own| row(other) == Some(own))
}

/// Items in one cell. A mark that would end an item is doubled inside one.
fn join<'a>(items: impl Iterator<Item = &'a str>) -> String {
    items.map(|item| item.replace(';', ";;")).collect::<Vec<_>>().join(BETWEEN)
}

/// The items of a cell.
pub fn split(cell: &str) -> Vec<String> {
    const DOUBLED: &str = "\u{0}";
    let marked = cell.replace(";;", DOUBLED);
    let items = marked.split([';', '\n']).map(|item| item.trim().replace(DOUBLED, ";"));
    items.filter(|item| !item.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_come_back_as_they_were() {
        for items in [&["a", "b; c", "d"][..], &[], &["a;b;"]] {
            assert_eq!(split(&join(items.iter().copied())), items);
        }
        for cell in ["=1+1", "'=1", "-", "+44 20", "@a", "a", "", "'a"] {
            assert_eq!(unsafe_again(&safe(cell)), cell, "{cell}");
            assert!(!safe(cell).starts_with(['=', '+', '-', '@']));
        }
    }
}
