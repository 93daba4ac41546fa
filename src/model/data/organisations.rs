//! `organisations.yaml`: who runs the services of the directory.
//!
//! An organisation runs several services. Its own number and website stand here
//! once, so that one edit changes all of its entries.

use std::collections::BTreeMap;

use super::contacts::{Email, PhoneLine, email, phone_line, web};
use crate::{
    parse::{Fields, Placed},
    text::Span,
};

/// Who runs a service.
#[derive(Debug, Clone, Default)]
pub struct Organisation {
    /// Where its id stands.
    pub span: Span,
    /// What it is called: `Rowan House Trust`.
    pub name: String,
    /// What it is, in a sentence, or empty.
    pub about: String,
    /// Its website, with the scheme.
    pub web: String,
    /// Phone numbers, for services that have no number, email or website of their own.
    pub phones: Vec<PhoneLine>,
    /// Email addresses, for the same.
    pub emails: Vec<Email>,
}

/// Reads every organisation.
pub(super) fn read(all: &mut Fields<'_>) -> BTreeMap<String, Organisation> {
    let mut organisations = BTreeMap::new();
    for (id, mut fields) in all.every_map() {
        let words =
            |found: Option<Placed<String>>| found.map_or_else(String::new, |found| found.value);
        let mut organisation = Organisation {
            span: id.span,
            name: words(fields.needed("name", "Rowan House Trust")),
            about: words(fields.text("about")),
            web: web(&mut fields, "web"),
            ..Organisation::default()
        };
        for (_, mut line) in fields.maps("phones") {
            organisation.phones.extend(phone_line(&mut line));
            fields.absorb(line);
        }
        for (_, mut line) in fields.maps("emails") {
            organisation.emails.extend(email(&mut line));
            fields.absorb(line);
        }
        all.absorb(fields);
        organisations.insert(id.value, organisation);
    }
    organisations
}
