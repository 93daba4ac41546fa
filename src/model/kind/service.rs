//! Directory entries: one service, as a worker would describe it on the phone.
//!
//! What it offers, who it is for, how to get it, and a number that works. The
//! names follow Open Referral UK where it has them.

use crate::{
    diagnostic::Diagnostic,
    model::data::{Email, PhoneLine, email, phone_line},
    parse::{Document, Fields, Placed},
};

/// A directory entry.
#[derive(Debug, Default)]
pub struct Service {
    /// What it is called.
    pub name: String,
    /// Old and other names.
    pub also_called: Vec<String>,
    /// Who runs it.
    pub organisation: String,
    /// What it does, in a sentence or two.
    pub on_offer: String,
    /// For whom.
    pub who_for: String,
    /// The youngest it is for, in years.
    pub from_age: Option<i64>,
    /// The oldest it is for, in years.
    pub to_age: Option<i64>,
    /// `free`, an amount, or words.
    pub cost: String,
    /// What to do first.
    pub how_to_access: String,
    /// Phone numbers.
    pub phones: Vec<PhoneLine>,
    /// Email addresses.
    pub emails: Vec<Email>,
    /// Its own website, with the scheme.
    pub web: String,
    /// Where it is.
    pub places: Vec<Place>,
    /// When it can be reached, in words.
    pub hours: String,
    /// Phone, online, in person, home visit.
    pub ways: Vec<String>,
    /// Languages spoken.
    pub languages: Vec<String>,
    /// The places it covers, from `areas.yaml`.
    pub areas: Vec<Placed<String>>,
    /// What sort of service it is, from the directory's `categories`.
    pub categories: Vec<Placed<String>>,
    /// For staff only.
    pub staff_note: String,
}

/// Where a service is.
#[derive(Debug, Clone)]
pub struct Place {
    /// The address, with its postcode.
    pub address: Placed<String>,
    /// How to get in.
    pub access: String,
}

impl Service {
    pub(super) fn read(fields: &mut Fields<'_>, document: &Document) -> Self {
        let mut service = Self::default();
        let words =
            |found: Option<Placed<String>>| found.map_or_else(String::new, |found| found.value);
        let plain = |list: Vec<Placed<String>>| list.into_iter().map(|item| item.value).collect();
        let title = fields.has("title") && !fields.has("name");
        service.name =
            if title { String::new() } else { words(fields.needed("name", "Rowan House Advice")) };
        service.on_offer = words(fields.needed("on offer", "Free advice about benefits and debt."));
        service.who_for = words(fields.needed("who for", "Anyone who lives in the county."));
        service.cost = words(fields.needed("cost", "free"));
        service.how_to_access = words(fields.needed("how to access", "Contact them yourself."));
        service.also_called = plain(fields.list("also called"));
        service.organisation = words(fields.text("organisation"));
        service.hours = words(fields.text("hours"));
        service.ways = plain(fields.list("ways"));
        service.languages = plain(fields.list("languages"));
        service.staff_note = words(fields.text("staff note"));
        service.areas = fields.list("areas");
        service.categories = fields.list("category");
        if let Some(mut ages) = fields.map("ages") {
            service.from_age = ages.number("from");
            service.to_age = ages.number("to");
            fields.absorb(ages);
        }
        for (_, mut line) in fields.maps("phones") {
            service.phones.extend(phone_line(&mut line));
            fields.absorb(line);
        }
        for (_, mut line) in fields.maps("emails") {
            service.emails.extend(email(&mut line));
            fields.absorb(line);
        }
        for (_, mut place) in fields.maps("places") {
            let address = place.needed("address", "\"1 High Street, Exampleton, EX1 1AA\"");
            let access = words(place.text("access"));
            service.places.extend(address.map(|address| Place { address, access }));
            fields.absorb(place);
        }
        if let Some(Placed { value, span }) = fields.text("web") {
            if is_web_address(&value) {
                service.web = value;
            } else {
                let message = format!("“{value}” is not a whole web address");
                let hint = format!("write `web: https://{}`", value.trim_start_matches('/'));
                fields.report(Diagnostic::error("web-address", span, message).hint(hint));
            }
        }
        for (name, example) in [
            ("areas", "[Whole county]"),
            ("category", "[money-advice]"),
            ("checked", "21 November 2026"),
        ] {
            if !fields.has(name) {
                let found = Diagnostic::error(
                    "front-matter",
                    fields.start(),
                    format!("`{name}` is missing"),
                );
                fields.report(found.hint(format!("add a line: `{name}: {example}`")));
            }
        }
        let can_be_reached =
            ["phones", "emails", "web", "places"].iter().any(|name| fields.has(name));
        if !can_be_reached && !document.source.text.trim().is_empty() {
            let found = Diagnostic::error(
                "front-matter",
                fields.start(),
                "nothing says how to reach this service",
            );
            fields.report(found.hint("add `phones`, `emails`, `web` or `places`"));
        }
        service
    }
}

/// Whether `text` is an address that a browser opens as it stands.
pub(crate) fn is_web_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        host.contains('.')
            && host.split('.').all(|part| !part.is_empty())
            && !text.contains([' ', '"', '<', '>'])
    })
}
