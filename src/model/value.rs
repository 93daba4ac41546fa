//! What `((…))` stands for.

use std::collections::{BTreeMap, HashMap};

use super::{
    Contact, Data, Fact, Front, Kind, Page, PhoneLine, Site, Text, kind::Field, statement,
};
use crate::{
    config::Config,
    diagnostic::Diagnostic,
    rule,
    text::{
        Date, Span,
        brackets::{filled, plain_value},
        wording::one_line,
    },
};

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
        let name = &*one_line(name);
        if page.statement && name.eq_ignore_ascii_case(statement::NAME) {
            return Some(Value::Statement);
        }
        value_in(self.data_in(&page.language), name, page, config)
            .or_else(|| by_name(&self.snippets, name).map(Value::Snippet))
    }

    /// The snippet that a name stands for. Letters of either case will do.
    pub fn snippet_named(&self, name: &str) -> Option<&Text> {
        by_name(&self.snippets, &one_line(name))
    }

    /// What `((name))` stands for on a page from later days on, by day: facts and contacts.
    pub fn values_later<'a>(
        &'a self,
        name: &'a str,
        page: &'a Page,
        config: &'a Config,
    ) -> impl Iterator<Item = (Date, Value<'a>)> {
        let name = one_line(name);
        self.later.iter().filter_map(move |(day, data)| {
            let data = data.get(&page.language).or_else(|| data.get(config.language()))?;
            Some((*day, value_in(data, &name, page, config)?))
        })
    }

    /// Who a reader of a page can ask, with the id.
    pub fn contact_of(&self, page: &Page, config: &Config) -> Option<(&str, &Contact)> {
        contact_of(&page.front, &page.kind, self.data_in(&page.language), config)
    }
}

/// What a name stands for among the contacts and facts.
fn value_in<'a>(data: &'a Data, name: &str, page: &Page, config: &Config) -> Option<Value<'a>> {
    let (who, part) = name.rsplit_once(' ').unwrap_or(("", name));
    if let Some(part) = PARTS.iter().find(|known| known.eq_ignore_ascii_case(part)) {
        let contact = if who.eq_ignore_ascii_case("contact") {
            contact_of(&page.front, &page.kind, data, config).map(|(_, contact)| contact)
        } else {
            by_name(&data.contacts, who)
        };
        if let Some(contact) = contact {
            return Some(part_of(contact, part));
        }
    }
    by_name(&data.facts, name).map(Value::Fact)
}

pub(super) fn contact_of<'a>(
    front: &Front,
    kind: &Kind,
    data: &'a Data,
    config: &Config,
) -> Option<(&'a str, &'a Contact)> {
    let letter = kind.letter();
    let sender = letter.and_then(|letter| letter.from.as_ref().or(letter.to.as_ref()));
    let ids = [sender, front.contact.as_ref()];
    let own = ids.into_iter().flatten().map(|id| id.value.as_str());
    let all = own.chain([config.contact.as_str()]);
    all.filter_map(|id| data.contacts.get_key_value(id))
        .map(|(id, contact)| (id.as_str(), contact))
        .next()
}

impl Site {
    /// A text that is not Markdown, with its values put in as words: those that depend on
    /// the page. All others were put in when the text was read.
    pub fn fill(&self, text: &str, page: &Page, config: &Config) -> String {
        if !text.contains("((") {
            return text.to_owned();
        }
        filled(text, |name| {
            if self.literal.contains(&plain_value(name)) {
                return None;
            }
            match self.value(name, page, config)? {
                Value::Fact(fact) => Some(fact.value.clone()),
                Value::Phone(phone) => Some(phone.number.clone()),
                Value::Email(words) | Value::Words(words) => Some(words.to_owned()),
                Value::Address(lines) => Some(lines.join(", ")),
                Value::Snippet(_) | Value::Statement | Value::Lacking(_) => None,
            }
        })
    }
}

/// The deepest that values may name others, and the longest that one may become.
const DEEPEST_VALUE: usize = 32;
const LONGEST_VALUE: usize = 64 * 1024;

/// The words that each name stands for, by [`plain_value`], from the contacts and facts as
/// typed; and what is wrong with those that name others, with the file it is in.
pub(super) fn words(
    data: &Data,
    config: &Config,
) -> (HashMap<String, String>, Vec<(&'static str, Diagnostic)>) {
    let mut all = Resolver { contact: plain_value(&config.contact), ..Resolver::default() };
    for (name, fact) in &data.facts {
        let typed = (fact.value.clone(), "facts.yaml", fact.span);
        all.typed.entry(plain_value(name)).or_insert(typed);
    }
    for (id, contact) in &data.contacts {
        for part in PARTS {
            let words = match part_of(contact, part) {
                Value::Phone(phone) => phone.number.clone(),
                Value::Email(words) | Value::Words(words) => words.to_owned(),
                Value::Address(lines) => lines.join(", "),
                _ => continue,
            };
            let name = plain_value(&format!("{id} {part}"));
            all.typed.insert(name, (words, "contacts.yaml", contact.span));
        }
    }
    let names: Vec<String> = all.typed.keys().cloned().collect();
    for name in names {
        all.resolve(&name);
    }
    let known = all.done.into_iter().filter_map(|(name, words)| Some((name, words?)));
    (known.collect(), all.problems)
}

/// Puts values into values.
#[derive(Default)]
struct Resolver {
    /// The id of the contact of the site.
    contact: String,
    typed: BTreeMap<String, (String, &'static str, Span)>,
    done: HashMap<String, Option<String>>,
    /// The names that are being worked out, from the outside in.
    open: Vec<String>,
    problems: Vec<(&'static str, Diagnostic)>,
}

impl Resolver {
    fn resolve(&mut self, name: &str) -> Option<String> {
        if let Some(done) = self.done.get(name) {
            return done.clone();
        }
        let (text, file, span) = self.typed.get(name)?.clone();
        if let Some(at) = self.open.iter().position(|open| open == name) {
            let round = self.open[at..].iter().chain([&self.open[at]]);
            let round: Vec<String> = round.map(|name| format!("(({name}))")).collect();
            let message = format!("this stands for itself: {}", round.join(", "));
            let found = Diagnostic::error(&rule::DATA, span, message);
            self.problems.push((file, found.hint("write the words themselves in one of them")));
            return None;
        }
        let mut words = None;
        if self.open.len() < DEEPEST_VALUE {
            self.open.push(name.to_owned());
            let mut is_whole = true;
            let contact = std::mem::take(&mut self.contact);
            let out = filled(&text, |name| {
                let name = plain_value(name);
                let own = name.strip_prefix("contact ").map(|part| format!("{contact} {part}"));
                let known = own.filter(|own| self.typed.contains_key(own)).unwrap_or(name);
                let words = self.resolve(&known);
                is_whole &= words.is_some() || !self.typed.contains_key(&known);
                words
            });
            self.contact = contact;
            self.open.pop();
            words = Some(out).filter(|out| is_whole && out.len() <= LONGEST_VALUE);
            if is_whole && words.is_none() {
                self.too_much(file, span);
            }
        } else {
            self.too_much(file, span);
        }
        self.done.insert(name.to_owned(), words.clone());
        words
    }

    fn too_much(&mut self, file: &'static str, span: Span) {
        let message = "this names values that name too many others";
        let found = Diagnostic::error(&rule::DATA, span, message);
        self.problems.push((file, found.hint("write the words themselves")));
    }
}

impl Page {
    /// The blank of this letter or worksheet that `((name))` stands for.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.kind.sheet()?.field(name.trim())
    }
}

/// What has a name, written in letters of either case.
fn by_name<'a, T>(all: &'a BTreeMap<String, T>, name: &str) -> Option<&'a T> {
    let own = || all.get(&name.to_lowercase());
    let other = || {
        let name = plain_value(name);
        all.iter().find(|(known, _)| plain_value(known) == name).map(|(_, found)| found)
    };
    all.get(name).or_else(own).or_else(other)
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
            .map_or(Value::Lacking("email address"), |email| Value::Email(&email.address.value)),
        "address" if contact.address.is_empty() => Value::Lacking("postal address"),
        "address" => Value::Address(&contact.address),
        "hours" => words(&contact.hours, "opening hours"),
        _ => words(&contact.name, "name"),
    }
}
