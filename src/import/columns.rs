//! What the columns of a table mean, by their names.
//!
//! A table that has every column of our own export is read by its exact names, so that
//! nothing of anybody's is taken for something else. Any other is read as councils name
//! things: [`NAMES`] says how. To let people use one more name, add it there.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    diagnostic::Diagnostic,
    model::table::{COLUMNS, NUMBERED},
    parse::sheet::{Cell, Sheet},
    rule,
    text::{Span, date::WEEKDAYS, nearest, shorten},
};

/// The names of columns, after the one that messages use. Capitals, spaces and signs do
/// not matter. A name that is in the first list may have a number: `Telephone 2`.
#[rustfmt::skip] // one meaning, one line
const NAMES: &[(&str, &[&str])] = &[
    ("id", &["service id", "record id", "unique id", "reference", "ref", "reference number", "slug"]),
    ("name", &["service name", "organisation / service name", "service / organisation name", "name of service / organisation", "service name / organisation", "name of group", "group name", "activity name", "name of activity", "service", "title", "service title", "name of service"]),
    ("also called", &["other names", "other name", "alternative name", "alternative names", "also known as", "aka", "previous name", "former name"]),
    ("organisation", &["organization", "provider", "provided by", "run by"]),
    ("organisation name", &["organization name", "provider name", "name of organisation", "name of provider"]),
    ("on offer", &["service details", "what does it do", "what do they do", "brief description", "description of service", "description", "service description", "summary", "about", "about the service", "details", "what we do", "what they do", "what it does", "what is on offer", "services offered", "services provided"]),
    ("cannot do", &["what they cannot do", "not provided", "exclusions"]),
    ("who for", &["who its for", "who is the service for", "service users", "for whom", "eligibility", "eligibility criteria", "who is it for", "who it is for", "who is this for", "who can use it", "who can apply", "target group", "audience", "target audience", "client group"]),
    ("ages", &["age", "age range", "age group", "age groups"]),
    ("age from", &["from age", "age min", "min age", "minimum age", "lowest age"]),
    ("age to", &["to age", "age max", "max age", "maximum age", "highest age"]),
    ("cost", &["cost to user", "cost of service", "costs", "costs / charges", "charges / costs", "price", "prices", "charge", "charges", "fee", "fees", "how much", "how much does it cost"]),
    ("how to access", &["how to access the service", "how to contact", "referral / access", "access / referral", "access", "how to apply", "how to refer", "how to get it", "referral", "referrals", "referral process", "referral route", "referral details", "access route", "how to book", "booking"]),
    ("phone number", &["phone nos", "phone numbers", "telephone nos", "telephone numbers", "tel nos", "tel numbers", "contact nos", "contact no", "contact numbers", "contact tel", "contact tel no", "phone", "phone no", "telephone", "telephone number", "telephone no", "tel", "tel no", "tel number", "contact number", "contact phone", "contact telephone", "main phone"]),
    ("phone label", &["phone type", "telephone type", "telephone label"]),
    ("phone hours", &["telephone hours"]),
    ("phone note", &["telephone note", "telephone notes", "phone notes"]),
    ("mobile", &["mobile number", "mobile phone", "mobile no"]),
    ("freephone", &["freephone number"]),
    ("helpline", &["helpline number"]),
    ("text", &["text number", "sms", "sms number", "text message", "text messages"]),
    ("relay", &["relay uk", "text relay"]),
    ("bsl", &["british sign language", "sign video", "sign language"]),
    ("email address", &["email addresses", "emails", "email contact address", "email", "contact email", "email contact"]),
    ("email label", &[]),
    ("web", &["websites", "website", "web address", "website address", "web page", "site", "url", "website url", "web url", "homepage", "link"]),
    ("place address", &[]),
    ("place position", &["position", "coordinates", "latitude and longitude"]),
    ("place access", &["accessibility", "access information", "access details", "disabled access", "wheelchair access", "venue access", "physical access"]),
    ("venue", &["venue name", "building", "building name", "premises"]),
    ("address", &["address line", "street address", "full address", "location address", "postal address", "venue address", "contact address"]),
    ("street", &["street name", "road"]),
    ("locality", &["village", "suburb", "neighbourhood"]),
    ("town", &["city", "town city", "town or city", "post town"]),
    ("county", &[]),
    ("postcode", &["postal code", "location postcode", "venue postcode"]),
    ("hours", &["opening hours", "opening times", "opening", "open", "times", "hours of opening", "opening days and times", "days and times", "when open"]),
    ("Monday", &["mon", "monday hours", "monday opening hours", "monday opening times", "monday times"]),
    ("Tuesday", &["tue", "tues", "tuesday hours", "tuesday opening hours", "tuesday opening times", "tuesday times"]),
    ("Wednesday", &["wed", "weds", "wednesday hours", "wednesday opening hours", "wednesday opening times", "wednesday times"]),
    ("Thursday", &["thu", "thur", "thurs", "thursday hours", "thursday opening hours", "thursday opening times", "thursday times"]),
    ("Friday", &["fri", "friday hours", "friday opening hours", "friday opening times", "friday times"]),
    ("Saturday", &["sat", "saturday hours", "saturday opening hours", "saturday opening times", "saturday times"]),
    ("Sunday", &["sun", "sunday hours", "sunday opening hours", "sunday opening times", "sunday times"]),
    ("hours note", &["hours notes", "opening hours note", "opening hours notes", "opening times note", "special hours"]),
    ("closed", &["closed on", "closures", "closure dates", "holiday closures"]),
    ("ways", &["ways to contact", "contact methods", "delivery method", "delivery methods", "how it is delivered"]),
    ("languages", &["language", "languages spoken", "spoken languages"]),
    ("areas", &["area / district", "areas served", "area served", "geographic area", "locality / area", "area", "area covered", "areas covered", "district", "districts", "locality covered", "region", "coverage", "geographical area", "catchment area"]),
    ("category", &["categories", "type", "type of service", "service type", "service category", "service types", "types"]),
    ("stage", &[]),
    ("status", &["service status"]),
    ("status note", &["status notes"]),
    ("alert", &["warning"]),
    ("alert until", &["warning until"]),
    ("profile", &[]),
    ("consent until", &["consent ends", "consent expires"]),
    ("checked", &["date last checked", "last check date", "last updated", "date updated", "last checked", "date checked", "checked on", "reviewed", "last reviewed", "date reviewed", "date last reviewed", "last verified", "date verified", "verified"]),
    ("checked by", &["reviewed by", "verified by"]),
    ("check again", &["next check", "next review", "next review date", "review due", "review by", "date of next review"]),
    ("source", &["source of information", "information source"]),
    ("source date", &["date of source"]),
    ("owner", &["record owner"]),
    ("contact", &[]),
    ("words", &["keywords", "tags", "search words", "search terms"]),
    ("staff note", &["staff notes", "internal note", "internal notes", "note for staff", "notes for staff"]),
];

/// Names that may stand several times, with numbers.
#[rustfmt::skip] // a list of words reads better in lines
const MANY: &[&str] = &[
    "phone number", "phone label", "phone hours", "phone note", "email address", "email label",
    "place address", "place access", "place position", "address", "also called", "closed", "ways", "languages",
    "areas", "category", "words",
];

/// The parts of an address, in the order in which they are joined.
pub(super) const ADDRESS: &[&str] =
    &["venue", "address", "street", "locality", "town", "county", "postcode"];

/// The phones that have a name of their own, and how they are labelled.
pub(super) const LABELLED: &[(&str, &str)] =
    &[("mobile", "Mobile"), ("freephone", "Freephone"), ("helpline", "Helpline")];

/// The highest number of a column, and the longest name of one that is kept, in letters.
const HIGHEST: usize = 99;
const LONGEST_NAME: usize = 200;

/// What a column means: the name of [`NAMES`], and a number from 1.
pub(super) type Meaning = (&'static str, usize);

/// The columns of a table.
#[derive(Debug, Default)]
pub(super) struct Columns {
    /// Where each column stands.
    pub(super) known: BTreeMap<Meaning, usize>,
    /// Where the columns are that nothing knows, with their names.
    pub(super) extra: Vec<(usize, String)>,
    /// Whether these are the columns of our own export.
    pub(super) is_own: bool,
}

impl Columns {
    /// What the columns of `sheet` mean. `contacts` says whether words name a contact of
    /// the site: a column of names of people is no such thing.
    pub(super) fn read(
        sheet: &Sheet,
        contacts: impl Fn(&str) -> bool,
        problems: &mut Vec<Diagnostic>,
    ) -> Self {
        let exact: BTreeSet<&str> = sheet.columns.iter().map(|cell| cell.text.trim()).collect();
        let is_own = COLUMNS.iter().all(|name| {
            exact.contains(name) || NUMBERED.iter().any(|(numbered, _)| numbered == name)
        });
        let mut columns = Self { is_own, ..Self::default() };
        let mut by_extra: BTreeMap<String, usize> = BTreeMap::new();
        let names = names();
        for (at, cell) in sheet.columns.iter().enumerate() {
            let name = cell.text.trim();
            let filled = || sheet.rows.iter().map(|row| row.cells[at].text.trim());
            if name.is_empty() && filled().all(str::is_empty) {
                continue;
            }
            let meaning = if is_own { from_export(name) } else { meaning(&names, name) };
            let meaning = meaning.filter(|(what, _)| {
                is_own || !matches!(*what, "contact" | "owner") || filled().any(&contacts)
            });
            let before = match meaning {
                Some(meaning) => columns.known.insert(meaning, at),
                None => {
                    let kept = kept_name(name, at, cell, problems);
                    columns.extra.push((at, kept.clone()));
                    by_extra.insert(kept, at)
                }
            };
            if let Some(before) = before {
                let other = sheet.columns[before].text.trim();
                let what = meaning.map_or_else(|| name.to_owned(), |it| shown(it).to_lowercase());
                let message = format!(
                    "“{}” and “{}” both mean “{}”",
                    shorten(other),
                    shorten(name),
                    shorten(&what)
                );
                let hint = "take one of the two out, or give it another name";
                problems.push(Diagnostic::error(&rule::IMPORT, cell.span, message).hint(hint));
            }
        }
        columns.missing_name(sheet, problems);
        columns
    }

    /// Those of a feed: `known` in order, then the names of `extra`.
    pub(super) fn of_feed(known: BTreeSet<Meaning>, extra: BTreeSet<String>, is_own: bool) -> Self {
        let number = known.len();
        let known = known.into_iter().enumerate().map(|(at, meaning)| (meaning, at)).collect();
        let extra = extra.into_iter().enumerate().map(|(at, name)| (number + at, name)).collect();
        Self { known, extra, is_own }
    }

    /// Where the column of a meaning stands.
    pub(super) fn at(&self, what: &'static str, number: usize) -> Option<usize> {
        self.known.get(&(what, number)).copied()
    }

    /// The columns of a name that may stand several times, by number.
    pub(super) fn all(&self, what: &'static str) -> impl Iterator<Item = (Meaning, usize)> {
        let range = self.known.range((what, 0)..=(what, HIGHEST));
        range.map(|(meaning, at)| (*meaning, *at))
    }

    fn missing_name(&self, sheet: &Sheet, problems: &mut Vec<Diagnostic>) {
        // What lacks names may lack all columns: those that are left out are gone by now.
        let is_empty = sheet.columns.is_empty() && sheet.rows.is_empty();
        if is_empty || self.at("name", 1).is_some() {
            return;
        }
        let place = sheet.columns.first().map_or(Span::default(), |first| first.span);
        let extra = || self.extra.iter().map(|(_, name)| name.as_str());
        let mut short = extra().filter(|name| name.len() < 60);
        let like = extra().find(|name| plain(name).ends_with("name"));
        let like = like.or_else(|| short.find(|name| nearest("name", [*name]).is_some()));
        let hint = match like {
            Some(like) => {
                format!("if “{}” is the name of the service, call the column `name`", shorten(like))
            }
            None => "call the column with the names of the services `name`".into(),
        };
        let message = "there is no column with the names of the services";
        problems.push(Diagnostic::error(&rule::IMPORT, place, message).hint(hint));
    }
}

/// The name under which a column that nothing knows is kept.
fn kept_name(name: &str, at: usize, cell: &Cell, problems: &mut Vec<Diagnostic>) -> String {
    if name.is_empty() {
        return format!("column {}", at + 1);
    }
    if name.chars().count() > LONGEST_NAME {
        let message = format!("the name of column {} is too long", at + 1);
        let hint = "give it a name of a few words";
        problems.push(Diagnostic::error(&rule::IMPORT, cell.span, message).hint(hint));
    }
    name.to_owned()
}

/// A meaning in the words of the export: `phone 2 number`.
pub(super) fn shown((what, number): Meaning) -> String {
    match what.split_once(' ') {
        Some((first @ ("phone" | "email" | "place"), part)) => format!("{first} {number} {part}"),
        _ if number > 1 => format!("{what} {number}"),
        _ => what.to_owned(),
    }
}

/// A meaning in the words of Open Referral, for what is said about a feed.
pub(super) fn in_feed(meaning: Meaning) -> String {
    match meaning.0 {
        "also called" => "alternate_name",
        "organisation" | "organisation name" => "organization",
        "on offer" => "description",
        "who for" => "eligibility_description",
        "age from" => "minimum_age",
        "age to" => "maximum_age",
        "cost" => "fees_description",
        "how to access" => "application_process",
        "phone number" | "phone label" | "text" => "phones",
        "email address" => "email",
        "web" => "url",
        "place address" => "addresses",
        "place access" => "accessibility",
        "place position" => "latitude, longitude",
        "hours" | "hours note" => "schedules",
        "closed" => "holiday_schedules",
        "areas" => "service_areas",
        "category" => "attributes",
        "checked" => "assured_date",
        day if WEEKDAYS.contains(&day) => "schedules",
        _ => return shown(meaning),
    }
    .to_owned()
}

/// The meaning of a column of our own export, by its exact name.
pub(super) fn from_export(name: &str) -> Option<Meaning> {
    let alone = NAMES.iter().map(|(known, _)| *known).find(|known| *known == name);
    if let Some(known) = alone.filter(|known| COLUMNS.contains(known) || *known == "staff note") {
        return Some((known, 1));
    }
    MANY.iter().find_map(|what| {
        let (first, part) = what.split_once(' ')?;
        let number = name.strip_prefix(first)?.strip_suffix(part)?.trim().parse().ok()?;
        let is_number = (1..=HIGHEST).contains(&number) && shown((what, number)) == name;
        is_number.then_some((*what, number))
    })
}

/// Every name by its plain form.
fn names() -> BTreeMap<String, &'static str> {
    let all = NAMES.iter();
    all.flat_map(|(known, names)| {
        let own = std::iter::once(known).chain(*names);
        own.map(|name| (plain(name), *known))
    })
    .collect()
}

/// What a column means that somebody named.
fn meaning(names: &BTreeMap<String, &'static str>, name: &str) -> Option<Meaning> {
    let name = plain(name);
    if name.len() > LONGEST_NAME {
        return None;
    }
    if let Some(what) = names.get(&name) {
        return Some((what, 1));
    }
    let digits = |c: char| c.is_ascii_digit();
    let start = name.find(digits)?;
    let end = start + name[start..].find(|c| !digits(c)).unwrap_or(name.len() - start);
    let what = names.get(&format!("{}{}", &name[..start], &name[end..]))?;
    let number = name[start..end].parse().ok().filter(|number| (1..=HIGHEST).contains(number))?;
    MANY.contains(what).then_some((what, number))
}

/// Whether a column of this name is known.
pub(super) fn is_known(name: &str) -> bool {
    meaning(&names(), name).is_some()
}

/// Whether two names differ in capitals, spaces and signs only.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    plain(one) == plain(other)
}

/// Whether two names mean the same column.
pub(super) fn is_same_column(one: &str, other: &str) -> bool {
    let names = names();
    is_same(one, other) || meaning(&names, one).is_some_and(|it| Some(it) == meaning(&names, other))
}

/// Whether a column of this name holds days.
pub(super) fn is_day(name: &str) -> bool {
    let what = meaning(&names(), name).map(|(what, _)| what);
    matches!(
        what,
        Some("checked" | "check again" | "consent until" | "alert until" | "source date")
    )
}

/// A name without capitals, spaces and signs.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{parse::sheet, text::Source};

    fn columns(names: &str) -> (Columns, Vec<String>) {
        let source = Source::new("services.csv", format!("{names}\nx\n"));
        let mut problems = Vec::new();
        let sheet = sheet::read(&source, &rule::IMPORT, &mut problems);
        let columns = Columns::read(&sheet, |_| false, &mut problems);
        (columns, problems.into_iter().map(|found| found.message).collect())
    }

    #[test]
    fn every_name_means_one_thing() {
        let mut known = BTreeMap::new();
        for (what, names) in NAMES {
            for name in names.iter().chain([what]) {
                assert_eq!(known.insert(plain(name), what), None, "{name}");
            }
        }
        for name in COLUMNS.iter().filter(|name| !["phone", "email", "place"].contains(name)) {
            assert_eq!(from_export(name), Some((*name, 1)));
            assert_eq!(meaning(&names(), name), Some((*name, 1)));
        }
        for (first, parts) in NUMBERED {
            for part in *parts {
                let name = format!("{first} 2 {part}");
                assert_eq!(from_export(&name).map(shown).as_deref(), Some(name.as_str()));
                assert_eq!(meaning(&names(), &name), from_export(&name));
            }
        }
    }

    #[test]
    fn councils_name_columns_in_many_ways() {
        let names = names();
        for (name, means) in [
            ("Service Name", ("name", 1)),
            ("TELEPHONE_2", ("phone number", 2)),
            ("Tel. No.", ("phone number", 1)),
            ("Phone (3)", ("phone number", 3)),
            ("E-mail", ("email address", 1)),
            ("OpeningTimes", ("hours", 1)),
            ("Address Line 2", ("address", 2)),
            ("Who is it for?", ("who for", 1)),
            ("Category 2", ("category", 2)),
        ] {
            assert_eq!(meaning(&names, name), Some(means), "{name}");
        }
        for name in ["UPRN", "Phone 100", "Name 2", "", "2", "Fax"] {
            assert_eq!(meaning(&names, name), None, "{name}");
        }
    }

    #[test]
    fn two_columns_with_one_meaning_are_named() {
        let (_, said) = columns("Name,Telephone,Phone 1,UPRN,UPRN");
        assert_eq!(
            said,
            [
                "“Telephone” and “Phone 1” both mean “phone 1 number”",
                "“UPRN” and “UPRN” both mean “UPRN”",
            ]
        );
        let (_, said) = columns("Library name,Telephone");
        assert_eq!(said, ["there is no column with the names of the services"]);
        let (columns, said) = columns("name,Contact,,UPRN");
        assert!(said.is_empty() && columns.extra.len() == 2, "{columns:?} {said:?}");
    }
}
