//! `contacts.yaml`: people and teams that readers can ask.

use std::collections::BTreeMap;

use crate::{
    parse::{Fields, Placed, phone},
    rule,
    text::{Span, nearest, unseen::bare},
};

/// Someone to ask.
#[derive(Debug, Clone, Default)]
pub struct Contact {
    /// Where its id stands.
    pub span: Span,
    /// What it is called: `Direct payments money team`.
    pub name: String,
    /// The language of its name and of what else it says, where it is not the one that was
    /// asked for.
    pub language: Option<String>,
    /// What it can help with.
    pub what_for: String,
    /// The language of that, where it is not the one that was asked for.
    pub what_for_language: Option<String>,
    /// Phone numbers, the most useful first.
    pub phones: Vec<PhoneLine>,
    /// Email addresses, the most useful first.
    pub emails: Vec<Email>,
    /// The lines of its postal address.
    pub address: Vec<String>,
    /// The language of those, where it is not the one that was asked for.
    pub address_language: Option<String>,
    /// Where that stands.
    pub address_span: Span,
    /// When it can be reached, in words.
    pub hours: String,
    /// The language of those words, where it is not the one that was asked for.
    pub hours_language: Option<String>,
    /// A number for text messages.
    pub text: Option<PhoneLine>,
    /// Whether Relay UK reaches it.
    pub relay: bool,
    /// Where to talk in British Sign Language.
    pub bsl: String,
    /// The page about it: `/contact/`.
    pub page: Option<Placed<String>>,
    /// The id of who answers when it is closed.
    pub when_closed: Option<Placed<String>>,
}

/// A phone number and what it is for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PhoneLine {
    /// `Advice line`, or empty.
    pub label: String,
    /// In groups: `0306 999 0100`.
    pub number: String,
    /// `+443069990100`
    pub link: String,
    /// When it is answered, or empty.
    pub hours: String,
    /// Anything else, or empty.
    pub note: String,
}

/// An email address and what it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email {
    /// `Referrals`, or empty.
    pub label: String,
    /// The address.
    pub address: Placed<String>,
}

/// Reads every contact.
pub(super) fn read(all: &mut Fields<'_>) -> BTreeMap<String, Contact> {
    let contacts = all.each_named(|id, fields| {
        let mut contact = Contact { span: id.span, ..Contact::default() };
        contact.language = fields.other_language("name");
        if let Some(name) = fields.needed("name", "Direct payments money team") {
            contact.name = name.value;
        }
        contact.what_for_language = fields.other_language("what for");
        contact.what_for = fields.words_of("what for");
        contact.hours_language = fields.other_language("hours");
        contact.hours = fields.words_of("hours");
        contact.bsl = web(fields, "bsl");
        contact.address_language = fields.other_language("address");
        if let Some(Placed { value, span }) = fields.text("address") {
            let lines = value.lines().map(str::trim).filter(|line| !line.is_empty());
            contact.address = lines.map(str::to_owned).collect();
            contact.address_span = span;
        }
        contact.relay = fields.yes_no("relay").unwrap_or(false);
        contact.page = fields.text("page");
        contact.when_closed = fields.text("when closed");
        if let Some(Placed { value, span }) = fields.text("text") {
            contact.text = number(fields, &value, span);
        }
        contact.phones = phones(fields);
        contact.emails = emails(fields);
        Some((id.value, contact))
    });
    let contacts: BTreeMap<String, Contact> = contacts.into_iter().collect();
    for (id, contact) in &contacts {
        let Some(other) = &contact.when_closed else { continue };
        let found = contacts.get(&other.value).filter(|_| other.value != *id);
        if found.is_some_and(|found| !found.phones.is_empty()) {
            continue;
        }
        if found.is_some() {
            let message =
                format!("“{}” has no phone number to call when this is closed", other.value);
            all.wrong(
                &rule::DATA,
                other.span,
                message,
                "give it one under `phones`, or name another",
            );
            continue;
        }
        let message = format!("there is no other contact “{}” here", other.value);
        let known = contacts.keys().filter(|known| *known != id).map(String::as_str);
        let hint = match nearest(&other.value, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "write the name that stands above the details of a team in this file".into(),
        };
        all.wrong(&rule::DATA, other.span, message, hint);
    }
    contacts
}

/// Reads each line under `phones`: `{label: Advice line, number: 0306 999 0100}`.
pub(crate) fn phones(fields: &mut Fields<'_>) -> Vec<PhoneLine> {
    fields.each_of("phones", |_, line| {
        let mut text = |name| line.words_of(name);
        let (label, hours, note) = (text("label"), text("hours"), text("note"));
        let Placed { value, span } = line.needed("number", "0306 999 0100")?;
        let own = number(line, &value, span)?;
        Some(PhoneLine { label, hours, note, ..own })
    })
}

/// Reads a number on its own, as under `text`.
pub(crate) fn number(fields: &mut Fields<'_>, value: &str, span: Span) -> Option<PhoneLine> {
    match phone::parse(value) {
        Ok(phone) => {
            Some(PhoneLine { number: phone.grouped, link: phone.link, ..PhoneLine::default() })
        }
        Err(why) => {
            let message = format!("“{value}” is not a UK phone number: {why}");
            let hint = "ring it, or look it up, and write all its digits";
            fields.wrong(&rule::PHONE, span, message, hint);
            None
        }
    }
}

/// Reads each line under `emails`: `{label: Referrals, address: team@county.example}`.
pub(crate) fn emails(fields: &mut Fields<'_>) -> Vec<Email> {
    fields.each_of("emails", |_, line| {
        let label = line.words_of("label");
        let Placed { value, span } = line.needed("address", "team@county.example")?;
        let value = bare(&value).trim().to_owned();
        if !is_email(&value) {
            let message = format!("“{value}” is not an email address");
            line.wrong(&rule::EMAIL, span, message, "write it like this: team@county.example");
            return None;
        }
        Some(Email { label, address: Placed { value, span } })
    })
}

/// Reads `web: https://www.rowanhouse.example/`; nothing when it was not written.
pub(crate) fn web(fields: &mut Fields<'_>, name: &'static str) -> String {
    let Some(Placed { value, span }) = fields.text(name) else { return String::new() };
    let value = bare(&value).trim().to_owned();
    if is_web_address(&value) {
        return value;
    }
    let message = format!("“{value}” is not a whole web address");
    let rest = value.trim_start_matches('/');
    let hint = match value.contains(':') {
        true => {
            format!("write an address that begins with https://: `{name}: https://www.example.org`")
        }
        false => format!("write `{name}: https://{rest}`"),
    };
    fields.wrong(&rule::WEB_ADDRESS, span, message, hint);
    String::new()
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

/// Whether `text` has the shape of an email address that people use.
pub(crate) fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else { return false };
    let good = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+/=?^_`{|}~.-".contains(c);
    let label = |part: &str| {
        !part.is_empty()
            && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && !part.starts_with('-')
            && !part.ends_with('-')
    };
    !name.is_empty()
        && name.chars().all(good)
        && !name.starts_with('.')
        && !name.ends_with('.')
        && !name.contains("..")
        && host.contains('.')
        && host.split('.').all(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn email_addresses_have_a_shape() {
        for good in ["ilt@warwickshire.gov.uk", "a.b-c@d.example"] {
            assert!(is_email(good), "{good}");
        }
        for bad in ["ilt", "@b.uk", "a@b", "a b@c.uk", "a@b..uk", "a@-b.uk", "a@b@c.uk"] {
            assert!(!is_email(bad), "{bad}");
        }
    }
}
