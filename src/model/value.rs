//! What `((…))` stands for.

use super::{Contact, Fact, Page, PhoneLine, Site, Text, kind::Field, statement};
use crate::config::Config;

/// A value that can be put into a text.
#[derive(Debug, Clone, Copy)]
pub enum Value<'a> {
    /// A fact.
    Fact(&'a Fact),
    /// A phone number.
    Phone(&'a PhoneLine),
    /// An email address.
    Email(&'a str),
    /// The lines of a postal address.
    Address(&'a [String]),
    /// Words: a name, or opening hours.
    Words(&'a str),
    /// A snippet.
    Snippet(&'a Text),
    /// A blank of the letter.
    Field(&'a Field),
    /// The parts of an accessibility statement that the law asks for.
    Statement,
    /// Something that a contact does not have: `no phone`.
    Lacking(&'static str),
}

/// The parts of a contact that can be put into a text.
pub const PARTS: &[&str] = &["phone", "email", "address", "hours", "name", "text"];

impl Site {
    /// What `((name))` stands for on a page. Letters of either case will do.
    pub fn value(&self, name: &str, page: &Page, config: &Config) -> Option<Value<'_>> {
        let name = name.trim();
        if page.statement && name.eq_ignore_ascii_case(statement::NAME) {
            return Some(Value::Statement);
        }
        let (who, part) = name.rsplit_once(' ').unwrap_or(("", name));
        if let Some(part) = PARTS.iter().find(|known| known.eq_ignore_ascii_case(part)) {
            let contact = if who.eq_ignore_ascii_case("contact") {
                self.contact_of(page, config).map(|(_, contact)| contact)
            } else {
                self.data.contacts.get(&who.to_lowercase())
            };
            if let Some(contact) = contact {
                return Some(part_of(contact, part));
            }
        }
        if let Some(fact) =
            self.data.facts.get(name).or_else(|| self.data.facts.get(&name.to_lowercase()))
        {
            return Some(Value::Fact(fact));
        }
        self.snippets
            .get(name)
            .or_else(|| self.snippets.get(&name.to_lowercase()))
            .map(Value::Snippet)
    }

    /// Who a reader of a page can ask, with the id.
    pub fn contact_of(&self, page: &Page, config: &Config) -> Option<(&str, &Contact)> {
        let letter = page.kind.letter();
        let sender = letter.and_then(|letter| letter.from.as_ref().or(letter.to.as_ref()));
        let ids = [sender, page.front.contact.as_ref()];
        let own = ids.into_iter().flatten().map(|id| id.value.as_str());
        let all = own.chain([config.contact.as_str()]);
        all.filter_map(|id| self.data.contacts.get_key_value(id))
            .map(|(id, contact)| (id.as_str(), contact))
            .next()
    }
}

/// The names in `((…))` in a text that is not Markdown, with their places in
/// bytes, brackets included.
pub fn names_in(text: &str) -> Vec<(&str, std::ops::Range<usize>)> {
    let mut names = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find("((").map(|open| at + open) {
        let Some(close) = text[open..].find("))").map(|close| open + close) else { break };
        names.push((text[open + 2..close].trim(), open..close + 2));
        at = close + 2;
    }
    names
}

impl Site {
    /// A text that is not Markdown, with its values put in as words.
    pub fn fill(&self, text: &str, page: &Page, config: &Config) -> String {
        let mut out = String::with_capacity(text.len());
        let mut done = 0;
        for (name, place) in names_in(text) {
            let words = match self.value(name, page, config) {
                Some(Value::Fact(fact)) => fact.value.clone(),
                Some(Value::Phone(phone)) => phone.number.clone(),
                Some(Value::Email(words) | Value::Words(words)) => words.to_owned(),
                Some(Value::Address(lines)) => lines.join(", "),
                Some(
                    Value::Snippet(_) | Value::Field(_) | Value::Statement | Value::Lacking(_),
                )
                | None => continue,
            };
            out.push_str(&text[done..place.start]);
            out.push_str(&words);
            done = place.end;
        }
        out.push_str(&text[done..]);
        out
    }
}

impl Page {
    /// The blank of this letter or worksheet that `((name))` stands for.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.kind.sheet()?.field(name.trim())
    }
}

fn part_of<'a>(contact: &'a Contact, part: &str) -> Value<'a> {
    let words = |text: &'a str, what| {
        if text.is_empty() { Value::Lacking(what) } else { Value::Words(text) }
    };
    match part {
        "phone" => contact.phones.first().map_or(Value::Lacking("phone number"), Value::Phone),
        "text" => contact.text.as_ref().map_or(Value::Lacking("number for texts"), Value::Phone),
        "email" => contact
            .emails
            .first()
            .map_or(Value::Lacking("email address"), |email| Value::Email(&email.address)),
        "address" if contact.address.is_empty() => Value::Lacking("postal address"),
        "address" => Value::Address(&contact.address),
        "hours" => words(&contact.hours, "opening hours"),
        _ => words(&contact.name, "name"),
    }
}
