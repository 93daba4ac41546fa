//! A service of an Open Referral feed as the cells of a row, which the rest of the importer
//! reads as it reads those of a spreadsheet.
//!
//! Source of the names: Human Services Data Specification 3.0 and Open Referral UK 3.0, and
//! for what they call otherwise Open Referral UK 1.0: `content`, `eligibilitys`,
//! `regular_schedules`, `holiday_schedules`, `physical_addresses`,
//! `accessibility_for_disabilities`, `service_taxonomys`, `service_area`, `language`, `fees`.
//!
//! A feed of ours says in attributes of the taxonomy `record` what the standard has no place
//! for, and its words are taken as they are. In those of others HTML becomes plain words.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{
    cells,
    columns::{Meaning, from_export},
    record::Known,
};
use crate::{
    html::{Token, decode, tokens},
    model::{
        kind::PublicTerm,
        table::{RECORD, joined, list, safe},
    },
    text::{Date, date::WEEKDAYS, slug},
};

/// Under which name of `extra:` the id of a service of others is kept.
pub(super) const ID: &str = "open referral id";

/// What a service says, as cells.
#[derive(Debug, Default)]
pub(super) struct Service {
    pub(super) cells: BTreeMap<Meaning, String>,
    /// What no record has a name for.
    pub(super) extra: BTreeMap<String, String>,
    /// Its id in the feed, or empty.
    pub(super) id: String,
    /// Whether a site like this one made it.
    pub(super) is_own: bool,
    /// What its organisation is, and how to reach it.
    pub(super) organisation: Option<Lender>,
    /// The places and terms that the site does not know, and whether there are others of the
    /// service that it does know.
    pub(super) unknown: Vec<(Unknown, bool)>,
}

/// What an organisation says of itself.
#[derive(Debug, Default)]
pub(super) struct Lender {
    pub(super) about: String,
    pub(super) web: String,
    /// Each with what it is for.
    pub(super) phones: Vec<(String, String)>,
    pub(super) email: String,
}

/// What a site does not know.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unknown {
    /// A place, by its name.
    Area(String),
    /// A term: its name, its list and its id there.
    Term(String, PublicTerm),
}

/// What services are compared with.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    pub(super) areas: &'a Known,
    pub(super) categories: &'a Known,
    /// The terms of public lists, with the category that each is.
    pub(super) terms: &'a [(PublicTerm, String)],
    pub(super) today: Date,
}

/// The names of a service that are read, or that say nothing to people: the rest is kept.
const READ: &[&str] = &[
    "id",
    "name",
    "alternate_name",
    "description",
    "url",
    "email",
    "status",
    "organization",
    "organization_id",
    "application_process",
    "eligibility_description",
    "eligibilitys",
    "minimum_age",
    "maximum_age",
    "fees_description",
    "fees",
    "cost_options",
    "assured_date",
    "alert",
    "phones",
    "contacts",
    "schedules",
    "regular_schedules",
    "holiday_schedules",
    "service_areas",
    "service_at_locations",
    "locations",
    "languages",
    "attributes",
    "service_taxonomys",
    "last_modified",
    "metadata",
    "program_id",
];

/// The longest of what is kept of a name that nothing reads, in letters.
const LONGEST_KEPT: usize = 2_000;

/// The most phone numbers, and the most places, that are read of one service.
const MOST: usize = 20;

impl Reader<'_> {
    /// Reads a service.
    pub(super) fn service(&self, value: &Value) -> Service {
        let mut service = Service { id: one(value, &["id"]), ..Service::default() };
        let attributes = items(value, &["attributes", "service_taxonomys"]);
        service.is_own = attributes.iter().any(|own| Term::of(own).is_some_and(|own| own.is_id()));
        let words = |names: &[&str]| words(value, names, service.is_own);
        let cells = [
            ("name", words(&["name"])),
            ("also called", words(&["alternate_name"])),
            ("on offer", words(&["description"])),
            ("who for", words(&["eligibility_description"])),
            ("cost", words(&["fees_description", "fees"])),
            ("how to access", words(&["application_process"])),
            ("web", one(value, &["url"])),
            ("alert", words(&["alert"])),
            ("age from", one(value, &["minimum_age"])),
            ("age to", one(value, &["maximum_age"])),
            ("checked", day(&one(value, &["assured_date"]))),
            ("status", status(&one(value, &["status"]))),
        ];
        for (what, text) in cells {
            service.put((what, 1), &text);
        }
        service.reach(value);
        service.places(value);
        self.hours(&mut service, value);
        self.areas(&mut service, value);
        self.attributes(&mut service, &attributes);
        let languages = items(value, &["languages"]);
        let languages = languages.iter().map(|one_of| one(one_of, &["name", "language", "code"]));
        service.put(("languages", 1), &list(languages.filter(|name| !name.is_empty())));
        service.organisation(value);
        if !service.is_own {
            service.others(value);
            service.kept(value);
        }
        service
    }

    /// The hours of the week, and what changes them.
    fn hours(&self, service: &mut Service, value: &Value) {
        let mut schedules = items(value, &["schedules", "regular_schedules"]);
        let places = items(value, &["service_at_locations"]);
        if schedules.is_empty() {
            let names = &["schedules", "regular_schedules", "regular_schedule"];
            schedules = places.iter().flat_map(|place| items(place, names)).collect();
        }
        let mut days: [Vec<(String, String)>; 7] = Default::default();
        let (mut notes, mut odd, mut ways) = (Vec::new(), Vec::new(), Vec::new());
        let note = |text: String, into: &mut Vec<String>| {
            if !text.is_empty() && !into.contains(&text) {
                into.push(text);
            }
        };
        for schedule in schedules {
            let said = |name: &str| words(schedule, &[name], service.is_own);
            let until = Date::parse(&day(&one(schedule, &["valid_to"])));
            if until.is_some_and(|until| until < self.today) {
                continue;
            }
            for way in one(schedule, &["attending_type"]).split([',', ';']).map(str::trim) {
                note(attending(way).unwrap_or_default().to_owned(), &mut ways);
            }
            let (opens, closes) = (one(schedule, &["opens_at"]), one(schedule, &["closes_at"]));
            if !service.is_own {
                note(said("description"), &mut notes);
                note(said("notes"), &mut notes);
            }
            let by_day = one(schedule, &["byday"]);
            if opens.is_empty() && closes.is_empty() && by_day.is_empty() {
                continue;
            }
            let from = one(schedule, &["valid_from"]);
            let starts_later = Date::parse(&day(&from)).is_some_and(|from| from > self.today);
            let frequency = one(schedule, &["freq"]);
            let is_weekly = frequency.is_empty() || frequency.eq_ignore_ascii_case("weekly");
            let every = one(schedule, &["interval"]);
            let times = times(&opens, &closes)
                .filter(|_| is_weekly && !starts_later && matches!(every.as_str(), "" | "0" | "1"));
            let on: Option<Vec<usize>> = by_day.split([',', ';']).map(weekday).collect();
            let (Some(times), Some(on)) = (times, on) else {
                // Words of its own say it better than signs.
                if said("description").is_empty() || starts_later {
                    let signs = [frequency, every, by_day, opens, closes, from];
                    note(joined(&signs.each_ref().map(String::as_str)), &mut odd);
                }
                continue;
            };
            let own = if service.is_own { said("notes") } else { String::new() };
            let own = if own.is_empty() { own } else { format!(" ({own})") };
            for day in on {
                let time = (opens.clone(), format!("{times}{own}"));
                if !days[day].contains(&time) {
                    days[day].push(time);
                }
            }
        }
        for (day, mut times) in WEEKDAYS.iter().zip(days) {
            times.sort();
            let times: Vec<String> = times.into_iter().map(|(_, time)| time).collect();
            service.put((day, 1), &times.join(", "));
        }
        service.put(("hours", 1), &odd.join("; "));
        service.put(("hours note", 1), &notes.join("\n"));
        service.put(("ways", 1), &list(ways));
        let holidays = items(value, &["holiday_schedules"]);
        let closed = holidays.iter().filter(|one_of| is_yes(&one_of["closed"]));
        let closed = closed.filter_map(|schedule| {
            let (first, last) = (one(schedule, &["start_date"]), one(schedule, &["end_date"]));
            let (first, last) = (day(&first), day(&last));
            let is_over = Date::parse(&last).is_some_and(|last| last < self.today);
            let is_one = last.is_empty() || last == first;
            (!is_over).then(|| if is_one { first } else { format!("{first} to {last}") })
        });
        service.put(("closed", 1), &list(closed.filter(|days| !days.is_empty())));
    }

    fn areas(&self, service: &mut Service, value: &Value) {
        let own = service.is_own;
        let names = items(value, &["service_areas"]).into_iter();
        let names = names.map(|area| words(area, &["name", "service_area"], own));
        let names: Vec<String> = names.filter(|name| !name.is_empty()).collect();
        let known: Vec<String> = names.iter().filter_map(|name| self.areas.find(name)).collect();
        let unknown: Vec<String> =
            names.into_iter().filter(|name| self.areas.find(name).is_none()).collect();
        let told = unknown.iter().map(|name| (Unknown::Area(name.clone()), !known.is_empty()));
        service.unknown.extend(told);
        if known.is_empty() {
            return service.put(("areas", 1), &list(unknown));
        }
        service.put(("areas", 1), &list(distinct(known)));
        service.keep("service_areas", &list(unknown));
    }

    /// Categories, ways, and in a feed of ours whatever else a record has.
    fn attributes(&self, service: &mut Service, attributes: &[&Value]) {
        let (mut known, mut unknown, mut ways) = (Vec::new(), Vec::new(), Vec::new());
        let mut loose = Vec::new();
        for attribute in attributes {
            let Some(term) = Term::of(attribute) else {
                loose.push(one(attribute, &["value", "label"]));
                continue;
            };
            let is_ours = |name: &str| service.is_own && term.list == name;
            if is_ours(RECORD) {
                if let Some(meaning) = from_export(&term.code) {
                    service.put(meaning, &raw(&attribute["value"]));
                }
            } else if is_ours("way") {
                ways.push(term.code);
            } else if is_ours("stage") {
                service.put(("stage", 1), &term.code);
            } else if let Some(category) = self.category(&term) {
                known.push(category);
            } else if !service.is_own || term.list == "category" {
                unknown.push(term);
            }
        }
        if !ways.is_empty() {
            service.put(("ways", 1), &list(ways));
        }
        let told = unknown.iter().map(|term| {
            let id = if term.code.is_empty() { &term.id } else { &term.code };
            let term_of = PublicTerm { name: term.list.clone(), id: id.clone() };
            (Unknown::Term(term.name.clone(), term_of), !known.is_empty())
        });
        service.unknown.extend(told.collect::<BTreeSet<_>>());
        let names = list(distinct(unknown.into_iter().map(|term| term.name).collect()));
        if known.is_empty() {
            service.put(("category", 1), &names);
        } else {
            service.put(("category", 1), &list(distinct(known)));
            service.keep("attributes", &names);
        }
        service.keep("other attributes", &list(loose.into_iter().filter(|word| !word.is_empty())));
    }

    /// The category that a term is: by its place in a public list, or by its name.
    fn category(&self, term: &Term) -> Option<String> {
        let is_it = |public: &PublicTerm| {
            let ids = [&term.code, &term.id, &term.uri];
            let is_list = term.list.is_empty() || term.list.eq_ignore_ascii_case(&public.name);
            is_list && ids.iter().any(|id| id.eq_ignore_ascii_case(&public.id))
        };
        let public = self.terms.iter().find(|(public, _)| is_it(public));
        let public = public.map(|(_, category)| category.clone());
        public
            .or_else(|| self.categories.find(&term.code).filter(|_| !term.code.is_empty()))
            .or_else(|| self.categories.find(&term.name))
    }
}

impl Service {
    /// Puts words into a cell, as a table has them. Nothing is put where there are none.
    fn put(&mut self, meaning: Meaning, text: &str) {
        if !text.is_empty() {
            self.cells.insert(meaning, safe(text));
        }
    }

    /// Keeps what no record has a name for.
    fn keep(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            let text: String = text.chars().take(LONGEST_KEPT).collect();
            self.extra.insert(name.to_owned(), safe(&text));
        }
    }

    /// Phone numbers, those of its contacts and places as well, and email addresses. What its
    /// organisation lends a service of ours is left to the organisation.
    fn reach(&mut self, value: &Value) {
        let organisation = &value["organization"];
        let lent = &|name: &str, other: &str| one(value, &[name]) == one(organisation, &[other]);
        let (mut phones, mut emails) = (items(value, &["phones"]), vec![one(value, &["email"])]);
        if self.is_own {
            let numbers = |phones: &[&Value]| {
                let voice = phones.iter().filter(|phone| phone["type"] != "text");
                voice.map(|phone| one(phone, &["number"])).collect::<Vec<_>>()
            };
            let others = items(organisation, &["phones"]);
            let is_lent = numbers(&phones) == numbers(&others)
                && lent("email", "email")
                && lent("url", "website");
            if is_lent {
                phones.retain(|phone| phone["type"] == "text");
                emails.clear();
                self.cells.remove(&("web", 1));
            }
        } else {
            let at = items(value, &["service_at_locations"]);
            let at = at.into_iter().flat_map(|place| [place, &place["location"]]);
            let all: Vec<&Value> = std::iter::once(value).chain(at).collect();
            let contacts: Vec<&Value> =
                all.iter().flat_map(|place| items(place, &["contacts"])).collect();
            phones = all.iter().chain(&contacts).flat_map(|of| items(of, &["phones"])).collect();
            emails.extend(contacts.iter().map(|contact| one(contact, &["email"])));
        }
        let (mut seen, mut fax) = (BTreeSet::new(), Vec::new());
        for phone in phones {
            let number = one(phone, &["number"]);
            let kind = one(phone, &["type"]).to_lowercase();
            let digits: String = number.chars().filter(char::is_ascii_digit).collect();
            if number.is_empty() || seen.len() == MOST || !seen.insert((kind == "text", digits)) {
                continue;
            }
            if kind == "text" && !self.cells.contains_key(&("text", 1)) {
                self.put(("text", 1), &number);
                continue;
            }
            if kind == "fax" {
                fax.push(number);
                continue;
            }
            let at = self.count("phone number") + 1;
            let extension = one(phone, &["extension"]);
            let extension =
                if extension.is_empty() { extension } else { format!(" ext {extension}") };
            self.put(("phone number", at), &format!("{number}{extension}"));
            let label = words(phone, &["description"], false).replace('\n', " ");
            if !self.is_own {
                self.put(("phone label", at), &label);
            }
        }
        self.keep("fax", &list(fax));
        let emails = distinct(emails.into_iter().filter(|email| !email.is_empty()).collect());
        for (at, email) in emails.iter().take(MOST).enumerate() {
            self.put(("email address", at + 1), email);
        }
    }

    /// How many cells of a name there are.
    fn count(&self, what: &'static str) -> usize {
        self.cells.range((what, 0)..=(what, usize::MAX)).count()
    }

    fn places(&mut self, value: &Value) {
        let mut all = items(value, &["locations"]);
        let at = items(value, &["service_at_locations"]);
        all.extend(at.iter().map(|place| &place["location"]));
        let mut number = 0;
        for location in all {
            let own = self.is_own;
            let addresses = items(location, &["addresses", "physical_addresses"]);
            // A second address of one place is the one for letters.
            let Some(address) = addresses.first() else { continue };
            let part = |name: &str| words(address, &[name], own).replace('\n', ", ");
            let code = part("postal_code");
            let code = cells::whole_postcode(&code).unwrap_or(code);
            let name = words(location, &["name"], own).replace('\n', ", ");
            let names = ["attention", "address_1", "address_2", "city", "region", "state_province"];
            let mut parts = if own { Vec::new() } else { vec![name] };
            parts.extend(names.map(part));
            parts.push(code);
            let parts: Vec<&str> =
                parts.iter().map(|part| part.trim().trim_end_matches(',')).collect();
            let address = if own { joined(&parts) } else { joined(&once_each(&parts)) };
            if address.is_empty() || number == MOST {
                continue;
            }
            number += 1;
            self.put(("place address", number), &address);
            let ways_in = items(location, &["accessibility", "accessibility_for_disabilities"]);
            let ways_in = ways_in.iter().flat_map(|way| {
                [words(way, &["description", "accessibility"], own), words(way, &["details"], own)]
            });
            let ways_in = distinct(ways_in.filter(|way| !way.is_empty()).collect());
            self.put(("place access", number), &ways_in.join("\n"));
            let degrees = |name: &str| raw(&location[name]).parse::<f64>().ok();
            // Nought is what programs write for nothing.
            if let (Some(north), Some(east)) = (degrees("latitude"), degrees("longitude"))
                && (north != 0.0 || east != 0.0)
            {
                self.put(("place position", number), &format!("{north}, {east}"));
            }
        }
    }

    fn organisation(&mut self, value: &Value) {
        let organisation = &value["organization"];
        // Where no record names one, the standard still asks for one.
        if self.is_own && !self.cells.contains_key(&("organisation", 1)) {
            return;
        }
        let name = words(organisation, &["name"], self.is_own).replace('\n', " ");
        if name.is_empty() {
            return;
        }
        self.put(("organisation name", 1), &name);
        let about = words(organisation, &["description"], self.is_own).replace('\n', " ");
        let phones = items(organisation, &["phones"]);
        let phones = phones.iter().take(MOST).map(|phone| {
            let label = words(phone, &["description"], false).replace('\n', " ");
            (one(phone, &["number"]), label)
        });
        self.organisation = Some(Lender {
            about: if about == name { String::new() } else { about },
            web: one(organisation, &["website", "url"]),
            phones: phones.filter(|(number, _)| !number.is_empty()).collect(),
            email: one(organisation, &["email"]),
        });
    }

    /// What feeds of others say in other places.
    fn others(&mut self, value: &Value) {
        if self.cells.get(&("age from", 1)).is_some_and(|age| age == "0") {
            self.cells.remove(&("age from", 1));
        }
        let groups = items(value, &["eligibilitys"]);
        let said = groups.iter().map(|group| words(group, &["eligibility"], false));
        let said = distinct(said.filter(|words| !words.is_empty()).collect());
        if let [group] = groups[..] {
            self.put(("age from", 1), &one(group, &["minimum_age"]));
            self.put(("age to", 1), &one(group, &["maximum_age"]));
        }
        if !self.cells.contains_key(&("who for", 1)) {
            self.put(("who for", 1), &said.join("; "));
        }
        if !self.cells.contains_key(&("cost", 1)) {
            let costs = items(value, &["cost_options"]);
            let costs = distinct(costs.iter().map(|cost| price(cost)).collect());
            self.put(("cost", 1), &joined(&costs.iter().map(String::as_str).collect::<Vec<_>>()));
        }
        let names = items(value, &["contacts"]);
        let names = names.iter().map(|contact| {
            joined(&[&one(contact, &["name"]), &one(contact, &["title", "department"])])
        });
        self.keep("contacts", &list(names.filter(|name| !name.is_empty())));
        let special = items(value, &["holiday_schedules"]);
        let special = special.iter().filter(|one_of| !is_yes(&one_of["closed"]));
        self.keep("holiday_schedules", &list(special.map(|one_of| all_words(one_of))));
    }

    /// The names that nothing reads, with what is in them.
    fn kept(&mut self, value: &Value) {
        let id = self.id.clone();
        self.keep(ID, &id);
        for (name, value) in value.as_object().into_iter().flatten() {
            if !READ.contains(&name.as_str()) {
                self.keep(name, &all_words(value));
            }
        }
    }
}

/// A term of a list of terms.
#[derive(Debug, Default, PartialEq, Eq)]
struct Term {
    name: String,
    code: String,
    id: String,
    uri: String,
    /// The name of the list.
    list: String,
}

impl Term {
    fn of(attribute: &Value) -> Option<Self> {
        let term = ["taxonomy_term", "taxonomy"].iter().map(|name| &attribute[*name]);
        let term = term.into_iter().find(|term| term.is_object())?;
        let (code, id) = (one(term, &["code"]), one(term, &["id"]));
        let name = one(term, &["name", "term"]);
        let name = [name, code.clone(), id.clone()].into_iter().find(|name| !name.is_empty())?;
        let list = match &term["taxonomy_detail"]["name"] {
            Value::String(name) if term["taxonomy"].is_null() => name.clone(),
            _ => one(term, &["taxonomy", "vocabulary"]),
        };
        Some(Self { name, code, id, uri: one(term, &["term_uri"]), list })
    }

    /// Whether it says which entry of a site like this one it is about.
    fn is_id(&self) -> bool {
        self.list == RECORD && self.code == "id"
    }
}

/// A way of attending. Source: HSDS 3.0, `schedule.attending_type`; Open Referral UK 1.0.
fn attending(way: &str) -> Option<&'static str> {
    match way.to_lowercase().replace([' ', '-'], "_").as_str() {
        "in_venue" | "venue" | "in_person" => Some("in person"),
        "at_home" | "home_visit" => Some("home visit"),
        "online" => Some("online"),
        "phone" | "telephone" => Some("phone"),
        _ => None,
    }
}

/// What records call the state of a service.
fn status(text: &str) -> String {
    match text.to_lowercase().as_str() {
        "inactive" => "withdrawn",
        "defunct" => "ended",
        _ => text,
    }
    .to_owned()
}

/// A price in words: `Under 18s £3.50 a session`.
fn price(cost: &Value) -> String {
    let said = words(cost, &["option"], false);
    let about = words(cost, &["amount_description"], false);
    let amount = raw(&cost["amount"]).parse::<f64>().ok();
    let amount = amount.map(|amount| {
        let is_pounds = matches!(one(cost, &["currency"]).as_str(), "" | "GBP" | "gbp");
        let number =
            if amount.fract() == 0.0 { format!("{amount}") } else { format!("{amount:.2}") };
        match is_pounds {
            _ if amount == 0.0 => "free".to_owned(),
            true => format!("£{number}"),
            false => format!("{number} {}", one(cost, &["currency"])),
        }
    });
    let amount = amount.filter(|amount| !said.eq_ignore_ascii_case(amount)).unwrap_or_default();
    let parts = [said, amount, about].into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" ").replace('\n', " ")
}

/// The words of a string or a number; nothing of anything else.
fn raw(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().to_owned(),
        // 18.0 is 18.
        Value::Number(number) => match number.as_f64() {
            Some(whole) if whole.fract() == 0.0 && whole.abs() < 1e15 => format!("{whole}"),
            _ => number.to_string(),
        },
        _ => String::new(),
    }
}

/// The first of some names that has a string or a number.
fn one(value: &Value, names: &[&str]) -> String {
    let all = names.iter().map(|name| raw(&value[*name]));
    all.into_iter().find(|text| !text.is_empty()).unwrap_or_default()
}

/// The same as plain words, unless they are ours and plain already.
fn words(value: &Value, names: &[&str], is_own: bool) -> String {
    let text = one(value, names);
    if is_own { text } else { plain(&text) }
}

/// All that is in the lists of some names; a thing alone is a list of one.
fn items<'a>(value: &'a Value, names: &[&str]) -> Vec<&'a Value> {
    let all = names.iter().flat_map(|name| match &value[*name] {
        Value::Array(all) => all.as_slice(),
        Value::Null => &[],
        one => std::slice::from_ref(one),
    });
    all.filter(|item| item.is_object()).collect()
}

/// All words in a value, without ids.
fn all_words(value: &Value) -> String {
    match value {
        Value::Array(all) => list(all.iter().map(all_words).filter(|words| !words.is_empty())),
        Value::Object(all) => {
            let all = all.iter().filter(|(name, _)| *name != "id" && !name.ends_with("_id"));
            let words: Vec<String> = all.map(|(_, value)| all_words(value)).collect();
            joined(&words.iter().map(String::as_str).collect::<Vec<_>>())
        }
        Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        value => plain(&raw(value)),
    }
}

fn is_yes(value: &Value) -> bool {
    value == &Value::Bool(true) || matches!(raw(value).to_lowercase().as_str(), "true" | "yes")
}

/// Each once, in order.
fn distinct(all: Vec<String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    all.into_iter().filter(|item| seen.insert(item.clone())).collect()
}

/// The parts of an address that no part before says already.
fn once_each<'a>(parts: &[&'a str]) -> Vec<&'a str> {
    let mut seen = BTreeSet::new();
    let bare = |text: &str| slug(text.trim());
    let mut kept = Vec::new();
    for part in parts {
        if !part.is_empty() && !seen.contains(&bare(part)) {
            seen.insert(bare(part));
            seen.extend(part.split(',').map(bare));
            kept.push(*part);
        }
    }
    kept
}

/// A day without the time of it.
fn day(text: &str) -> String {
    text.split(['T', ' ']).next().filter(|day| day.len() == 10).unwrap_or(text).to_owned()
}

/// A day of the week as iCalendar names it, or in full: 0 is Monday.
fn weekday(name: &str) -> Option<usize> {
    let name = name.trim().to_lowercase();
    let letters = name.get(..2)?;
    let is_it = |day: &&str| day.to_lowercase().starts_with(letters);
    let is_day = |day: &&str| name.len() == 2 || day.to_lowercase().starts_with(&name);
    WEEKDAYS.iter().position(|day| is_it(day) && is_day(day))
}

/// From one time to another, as hours are written.
fn times(opens: &str, closes: &str) -> Option<String> {
    let clock = |text: &str| {
        let text = text.rsplit_once('T').map_or(text, |(_, time)| time);
        let (hour, rest) = text.split_once(':')?;
        let (hour, minute) = (hour.parse::<u16>().ok()?, rest.get(..2)?.parse::<u16>().ok()?);
        (hour < 25 && minute < 60).then_some((hour, minute))
    };
    let (from, to) = (clock(opens)?, clock(closes)?);
    let is_end = matches!(to, (23, 59) | (24, 0) | (0, 0));
    if from == (0, 0) && to != (0, 0) && is_end {
        return Some("24 hours".to_owned());
    }
    let to = if is_end { "midnight".to_owned() } else { format!("{:02}:{:02}", to.0, to.1) };
    Some(format!("{:02}:{:02} to {to}", from.0, from.1))
}

/// Elements that begin a line of their own.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "blockquote",
    "dd",
    "div",
    "dl",
    "dt",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tr",
    "ul",
];

/// HTML as plain words: a line between paragraphs, and `;` between the items of a list.
fn plain(text: &str) -> String {
    if !text.contains(['<', '&', '\n', '\r', '\t', '\u{a0}']) && !text.contains("  ") {
        return text.to_owned();
    }
    let is_html =
        tokens(text).any(|token| matches!(token, Token::Open { .. } | Token::Close { .. }));
    let (mut out, mut raw, mut items) = (String::new(), false, 0);
    for token in tokens(text) {
        match token {
            Token::Open { name, .. } | Token::Close { name, .. } => {
                let name = name.to_lowercase();
                let opens = matches!(token, Token::Open { .. });
                if matches!(name.as_str(), "script" | "style") {
                    raw = opens;
                } else if name == "br" {
                    out.push('\n');
                } else if name == "li" && opens {
                    out.truncate(out.trim_end().len());
                    let is_ended = out.ends_with(['.', ':', ';', ',', '!', '?']) || items == 0;
                    out += if is_ended { " " } else { "; " };
                    items += 1;
                } else if BLOCKS.contains(&name.as_str()) {
                    // The first item of a list goes on behind what leads to it.
                    if !(opens && matches!(name.as_str(), "ul" | "ol")) {
                        out += "\n\n";
                    }
                    items = 0;
                }
            }
            Token::Text(words) if !raw => {
                let words = decode(words);
                // In HTML a line end is a space.
                out += &if is_html {
                    words.replace(['\n', '\r'], " ")
                } else {
                    words.replace('\r', "")
                };
            }
            Token::Text(_) | Token::Aside(_) => {}
        }
    }
    let lines = out.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    let mut kept: Vec<String> = Vec::new();
    for line in lines {
        if !line.is_empty() || kept.last().is_some_and(|last| !last.is_empty()) {
            kept.push(line);
        }
    }
    kept.join("\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_becomes_plain_words() {
        for (html, text) in [
            ("<p>Advice &amp; help.</p><p>Call <b>first</b>.</p>", "Advice & help.\n\nCall first."),
            (
                "We help with:<ul><li>benefits</li><li>debt</li></ul>",
                "We help with: benefits; debt",
            ),
            (
                "<p>We do:</p>\n<ul>\n<li>One.</li>\n<li>Two.</li></ul>After",
                "We do: One. Two.\n\nAfter",
            ),
            ("a<br/>b<script>alert(1)</script>", "a\nb"),
            ("Under <18s & over 60\r\nso", "Under <18s & over 60\nso"),
            ("plain", "plain"),
            ("&nbsp;two  spaces ", "two spaces"),
        ] {
            assert_eq!(plain(html), text, "{html}");
        }
    }

    #[test]
    fn times_are_read_in_every_shape() {
        for (opens, closes, read) in [
            ("09:00", "17:30", Some("09:00 to 17:30")),
            ("9:00:00", "17:00:00Z", Some("09:00 to 17:00")),
            ("2024-01-01T09:00:00", "T12:00", Some("09:00 to 12:00")),
            ("00:00", "23:59", Some("24 hours")),
            ("18:00", "00:00", Some("18:00 to midnight")),
            ("morning", "17:00", None),
            ("9", "5", None),
        ] {
            assert_eq!(times(opens, closes).as_deref(), read, "{opens} {closes}");
        }
        assert_eq!(
            ["MO", "Sunday", "tu", " we"].map(weekday),
            [Some(0), Some(6), Some(1), Some(2)]
        );
        assert_eq!(["2MO", "x", "", "Mox"].map(weekday), [None; 4]);
    }
}
