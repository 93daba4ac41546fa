//! `organisations.yaml`: who runs the services of the directory.
//!
//! An organisation runs several services. Its own number and website stand here
//! once, so that one edit changes all of its entries.

use std::collections::BTreeMap;

use super::contacts::{Email, PhoneLine, emails, phones, web};
use crate::parse::Fields;

/// Who runs a service.
#[derive(Debug, Clone, Default)]
pub struct Organisation {
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
    let organisations = all.each_named(|id, fields| {
        let name = fields.needed("name", "Rowan House Trust");
        let organisation = Organisation {
            name: name.map(|name| name.value).unwrap_or_default(),
            about: fields.words_of("about"),
            web: web(fields, "web"),
            phones: phones(fields),
            emails: emails(fields),
        };
        Some((id.value, organisation))
    });
    organisations.into_iter().collect()
}
