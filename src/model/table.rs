//! The directory as a table: what its columns are called, and what stands in them.
//!
//! One row an entry, one column a thing, with the names that records have. An export is
//! written so, and `plainsite import` reads it back, so that nothing is lost. Phones, emails
//! and places have numbered columns, and each weekday has its own beside the hours in words.

use std::collections::{BTreeMap, BTreeSet};

use super::{Email, Organisation, Page, PhoneLine, Status, kind::Service};
use crate::{
    parse::{Placed, hours::Hours},
    text::{Date, date::WEEKDAYS, slug},
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

/// Columns that stand alone, in order. Numbered ones stand where `phone`, `email` and
/// `place` are.
#[rustfmt::skip] // a list of words reads better in lines
pub const COLUMNS: &[&str] = &[
    "id", "name", "also called", "organisation", "organisation name", "on offer", "cannot do",
    "who for", "age from", "age to", "cost", "how to access", "phone", "text", "relay", "bsl",
    "email", "web", "place", "hours", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday",
    "Saturday", "Sunday", "hours note", "closed", "ways", "languages", "areas", "category", "stage",
    "status", "status note", "alert", "alert until", "profile", "consent until", "checked",
    "checked by", "check again", "source", "source date", "owner", "contact", "words",
];

/// The parts of numbered columns: `phone 1 number`.
pub const NUMBERED: &[(&str, &[&str])] = &[
    ("phone", &["label", "number", "hours", "note"]),
    ("email", &["label", "address"]),
    ("place", &["address", "access", "position"]),
];

/// The taxonomy of what Open Referral has no place for: a term is the name of a column, and
/// the value of its attribute the cell.
pub const RECORD: &str = "record";

/// The columns that Open Referral has no place for. `id` and `organisation` are among them,
/// because ids there are no words.
const OUTSIDE: &[&str] = &[
    "id",
    "organisation",
    "cannot do",
    "relay",
    "bsl",
    "hours note",
    "closed",
    "status note",
    "profile",
    "consent until",
    "checked by",
    "check again",
    "source",
    "source date",
    "owner",
    "contact",
    "words",
];

/// Whether a cell of an entry cannot be made again from what Open Referral says of it.
pub fn is_outside_open_referral(
    column: &str,
    entry: Entry<'_>,
    organisations: &BTreeMap<String, Organisation>,
    today: Date,
) -> bool {
    let service = entry.service;
    // Else it would be taken for what the organisation lends.
    let lender = service.organisation.as_ref().and_then(|id| organisations.get(&id.value));
    let is_lent_alike = lender.is_some_and(|lender| is_reached_alike(service, lender));
    let numbered = column.split_once(' ').and_then(|(what, rest)| {
        let (number, part) = rest.split_once(' ')?;
        Some((what, number.parse::<usize>().ok()?, part))
    });
    match numbered {
        Some(("phone", _, part)) => part != "number" || is_lent_alike,
        Some(("email", number, part)) => part != "address" || number > 1 || is_lent_alike,
        Some(("place", number, "address")) => {
            let place = number.checked_sub(1).and_then(|at| service.places.get(at));
            place.is_some_and(|place| {
                let (street, town, postcode) = place.parts();
                joined(&[&street, town, postcode]) != place.address.value
            })
        }
        _ => match column {
            "web" => is_lent_alike,
            "also called" => service.also_called.iter().any(|name| name.contains(';')),
            // An alert that is over is told to nobody.
            "alert until" => {
                let until = service.alert.as_ref().and_then(|(_, until)| *until);
                until.is_some_and(|until| until >= today)
            }
            _ => OUTSIDE.contains(&column),
        },
    }
}

/// Whether an entry says itself how to reach it, and its organisation says the same.
fn is_reached_alike(service: &Service, lender: &Organisation) -> bool {
    let numbers = |phones: &[PhoneLine]| -> Vec<String> {
        phones.iter().map(|phone| phone.number.clone()).collect()
    };
    let email = |emails: &[Email]| emails.first().map(|email| email.address.value.clone());
    service.has_own_contact()
        && numbers(&service.phones) == numbers(&lender.phones)
        && email(&service.emails) == email(&lender.emails)
        && service.web == lender.web
}

/// The parts of an address that are there, in one line.
pub fn joined(parts: &[&str]) -> String {
    let parts = parts.iter().copied().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(", ")
}

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

/// The names of the columns, with so many phones, emails and places.
pub fn head(numbers: &[usize; 3]) -> Vec<String> {
    let mut head: Vec<String> = Vec::new();
    for name in COLUMNS {
        match NUMBERED.iter().zip(numbers).find(|((known, _), _)| known == name) {
            Some(((_, parts), number)) => head.extend(
                (1..=*number)
                    .flat_map(|at| parts.iter().map(move |part| format!("{name} {at} {part}"))),
            ),
            None => head.push((*name).to_owned()),
        }
    }
    head
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
    let placed = |items: &[Placed<String>]| list(items.iter().map(|item| item.value.as_str()));
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
                    let parts = place.map(|place| {
                        let position =
                            place.position.map(|(north, east)| format!("{north}, {east}"));
                        let [address, access] =
                            [&place.address, &place.access].map(|part| part.value.clone());
                        [address, access, position.unwrap_or_default()]
                    });
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
                list(holidays.into_iter().chain(days))
            }
            "ways" => list(service.ways.iter().map(|way| way.name())),
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
            "source" => text(&front.source),
            "source date" => text(&front.source_date),
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
pub fn list(items: impl IntoIterator<Item: AsRef<str>>) -> String {
    let items = items.into_iter().map(|item| item.as_ref().replace(';', ";;"));
    items.collect::<Vec<_>>().join(BETWEEN)
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
            assert_eq!(split(&list(items)), items);
        }
        for cell in ["=1+1", "'=1", "-", "+44 20", "@a", "a", "", "'a"] {
            assert_eq!(unsafe_again(&safe(cell)), cell, "{cell}");
            assert!(!safe(cell).starts_with(['=', '+', '-', '@']));
        }
    }
}
