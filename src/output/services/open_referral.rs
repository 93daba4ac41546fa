//! `/data/services.json` and a file for each service, in the shape of Open Referral UK.
//! The only file that names uuid.
//!
//! Source of the names: Human Services Data Specification 3.0 and its UK profile, the
//! objects `service`, `organization`, `contact`, `phone`, `schedule`, `service_at_location`,
//! `location`, `address`, `accessibility`, `language`, `service_area`, `cost_option`,
//! `attribute`, `taxonomy_term`.
//! What each column of our records becomes is in `content/README.md`. What the standard has
//! no place for is an attribute of the taxonomy [`RECORD`], named after its column of the
//! table, so that `plainsite import` makes the same record of it again.

use std::collections::BTreeSet;

use rayon::prelude::*;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{Done, Entry, Files};
use crate::{
    model::{
        Email, PhoneLine, Site, Status,
        kind::{Category, Directory, Place, PublicTerm, Way},
        spoken::SPOKEN_LANGUAGES,
        table::{RECORD, head, is_outside_open_referral, row},
    },
    text::{json::put, slug},
};

/// The days of the week as iCalendar names them. Source: RFC 5545, section 3.3.10.
const DAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/// The specification that the files are in the shape of.
const PROFILE: &str = "https://docs.openreferraluk.org/en/3.0-uk/";

pub(super) fn files(done: &Done<'_>, entries: &[Entry<'_>]) -> Files {
    let shape = Shape { site: done.world.site, base: &done.world.config.base, done };
    let services: Vec<(String, String)> = entries
        .par_iter()
        .map(|entry| {
            let service = Value::Object(shape.service(*entry));
            (path_of(shape.base, entry.id), service.to_string())
        })
        .collect();
    let number = services.len();
    let all: Vec<&str> = services.iter().map(|(_, service)| service.as_str()).collect();
    let list = format!(
        "{{\"total_items\":{number},\"total_pages\":1,\"page_number\":1,\"size\":{number},\
         \"first_page\":true,\"last_page\":true,\"empty\":{},\"contents\":[{}]}}\n",
        number == 0,
        all.join(",")
    );
    let address = |path: &str| format!("{}data/{path}", done.world.config.base);
    let index = json!({
        "version": "HSDS-UK-3.0",
        "profile": PROFILE,
        "publisher": done.world.config.publisher,
        "note": "In the shape of the standard. All services are on one page; there are no queries.",
        "services": address("services.json"),
        "schema": address("schema.json"),
        "table": address("services.csv"),
        "cards": address("services.vcf"),
    });
    let mut files = Files::from([
        ("data/services.json".to_owned(), list.into()),
        ("data/index.json".to_owned(), format!("{index}\n").into()),
        ("data/schema.json".to_owned(), include_str!("schema.json").to_owned().into()),
    ]);
    let each = services.into_iter().map(|(path, service)| (path, (service + "\n").into()));
    files.extend(each);
    files
}

/// The same id for the same thing for ever: a name in the space of the site.
fn id(base: &str, name: &[&str]) -> Uuid {
    let space = Uuid::new_v5(&Uuid::NAMESPACE_URL, base.as_bytes());
    Uuid::new_v5(&space, name.join("/").as_bytes())
}

/// The file of the service whose entry has an id.
pub(super) fn path_of(base: &str, entry: &str) -> String {
    format!("data/services/{}.json", id(base, &["service", entry]))
}

struct Shape<'a> {
    site: &'a Site,
    base: &'a str,
    done: &'a Done<'a>,
}

impl Shape<'_> {
    fn id(&self, name: &[&str]) -> Uuid {
        id(self.base, name)
    }

    fn service(&self, entry: Entry<'_>) -> Map<String, Value> {
        let Entry { page, service, id } = entry;
        let reach = self.site.reach(service);
        let part = |what: &str, at: usize| self.id(&["service", id, what, &at.to_string()]);
        let mut all = Map::new();
        let mut put = |name: &str, value: Value| put(&mut all, name, value);
        put("id", json!(self.id(&["service", id])));
        put("name", json!(page.title));
        put("alternate_name", json!(service.also_called.join("; ")));
        put("description", json!(*service.on_offer));
        put("url", json!(reach.web));
        put("email", json!(reach.emails.first().map(|email| &email.address.value)));
        let status = match page.front.status {
            Status::Published if service.paused => "temporarily closed",
            Status::Published => "active",
            Status::Ended => "defunct",
            Status::Draft | Status::Withdrawn => "inactive",
        };
        put("status", json!(status));
        put("application_process", json!(*service.how_to_access));
        put("eligibility_description", json!(*service.who_for));
        put("minimum_age", json!(service.from_age));
        put("maximum_age", json!(service.to_age));
        put("fees_description", json!(*service.cost));
        let checked = page.front.checked.as_ref();
        put("assured_date", json!(checked.map(|date| date.value.to_string())));
        let checker = self.site.data.contacts.get(&service.checked_by);
        let checker = checker.and_then(|contact| contact.emails.first());
        put("assurer_email", json!(checker.map(|email| &email.address.value)));
        let alert = service.alert.as_ref();
        let alert =
            alert.filter(|(_, until)| until.is_none_or(|until| until >= self.done.world.today));
        put("alert", json!(alert.map(|(text, _)| &text.value)));
        put("organization", self.organization(entry));
        let own = ["service", id];
        let mut phones = self.phones(&[&own[..], &["phone"]].concat(), reach.phones);
        phones.extend(service.text.iter().map(|text| {
            let id = part("phone", reach.phones.len());
            json!({"id": id, "number": text.number, "type": "text"})
        }));
        put("phones", json!(phones));
        put("contacts", self.contacts(entry));
        put("schedules", self.schedules(entry));
        let areas = service.areas.iter().enumerate().map(|(at, area)| {
            let mut told = json!({"id": part("area", at), "name": area.value});
            let wider = self.site.services.wider(&area.value);
            if !wider.is_empty() {
                told["description"] = json!(format!("{}, {}", area.value, wider.join(", ")));
            }
            told
        });
        put("service_areas", areas.collect());
        let places = service.places.iter().enumerate();
        let places = places.map(|(at, place)| self.place(entry, at, place));
        put("service_at_locations", places.collect());
        let languages = service.languages.iter().enumerate().map(|(at, name)| {
            let known = SPOKEN_LANGUAGES.iter().find(|(known, _)| known == name);
            let code = known.map_or("", |(_, code)| *code);
            let mut told = json!({"id": part("language", at), "name": name});
            if !code.is_empty() {
                told["code"] = json!(code);
            }
            told
        });
        put("languages", languages.collect());
        let is_free = service.cost.trim().eq_ignore_ascii_case("free");
        let mut cost = json!({"id": part("cost", 0), "option": *service.cost});
        if is_free {
            cost["amount"] = json!(0);
            cost["currency"] = json!("GBP");
        }
        put("cost_options", if service.cost.is_empty() { Value::Null } else { json!([cost]) });
        put("attributes", self.attributes(entry));
        all
    }

    /// Phone numbers; each has an id that is made of `name` and its place.
    fn phones(&self, name: &[&str], phones: &[PhoneLine]) -> Vec<Value> {
        let told = phones.iter().enumerate().map(|(at, phone)| {
            let id = self.id(&[name, &[&at.to_string()]].concat());
            let mut told = json!({"id": id, "number": phone.number, "type": "voice"});
            let words = [&phone.label, &phone.hours, &phone.note];
            let words: Vec<&str> =
                words.into_iter().map(String::as_str).filter(|words| !words.is_empty()).collect();
            if !words.is_empty() {
                told["description"] = json!(words.join(". "));
            }
            told
        });
        told.collect()
    }

    /// Who to ask: the service itself, or its organisation where that lends its number, one
    /// more for each further email address, and the team that the entry names.
    fn contacts(&self, entry: Entry<'_>) -> Value {
        let Entry { page, service, id } = entry;
        let reach = self.site.reach(service);
        let mut all = Vec::new();
        let mut add = |name: &str, phones: &[PhoneLine], email: Option<&Email>| {
            if phones.is_empty() && email.is_none() {
                return;
            }
            let own = ["service", id, "contact", &all.len().to_string()];
            let mut told = Map::new();
            put(&mut told, "id", json!(self.id(&own)));
            put(&mut told, "name", json!(name));
            put(&mut told, "email", json!(email.map(|email| &email.address.value)));
            put(&mut told, "phones", json!(self.phones(&[&own[..], &["phone"]].concat(), phones)));
            all.push(told);
        };
        let lender = match &service.organisation {
            Some(own) if !service.has_own_contact() => self.site.data.organisations.get(&own.value),
            _ => None,
        };
        let name = lender.map_or(page.title.as_str(), |lender| lender.name.as_str());
        add(name, reach.phones, reach.emails.first());
        for email in reach.emails.iter().skip(1) {
            let label = if email.label.is_empty() { name } else { &email.label };
            add(label, &[], Some(email));
        }
        let team = page.front.contact.as_ref();
        if let Some(team) = team.and_then(|team| self.site.data.contacts.get(&team.value)) {
            add(&team.name, &team.phones, team.emails.first());
        }
        json!(all)
    }

    /// Who runs it. The standard asks for one of every service: what names none is its own,
    /// and a person on a register is with who publishes that.
    fn organization(&self, entry: Entry<'_>) -> Value {
        let Some(own) = &entry.service.organisation else {
            let publisher = self.done.world.config.publisher.as_str();
            let is_person = entry.service.profile.is_some() && !publisher.is_empty();
            let (id, name) = match is_person {
                true => (self.id(&["publisher"]), publisher),
                false => {
                    (self.id(&["service", entry.id, "organization"]), entry.page.title.as_str())
                }
            };
            return json!({"id": id, "name": name, "description": name});
        };
        let known = self.site.data.organisations.get(&own.value);
        let name = known.map_or(own.value.as_str(), |known| known.name.as_str());
        let about = known.map_or(name, |known| known.about.as_str());
        let about = if about.is_empty() { name } else { about };
        let key = slug(&own.value);
        let mut told = Map::new();
        put(&mut told, "id", json!(self.id(&["organization", &key])));
        put(&mut told, "name", json!(name));
        put(&mut told, "description", json!(about));
        if let Some(known) = known {
            let email = known.emails.first().map(|email| &email.address.value);
            put(&mut told, "website", json!(known.web));
            put(&mut told, "email", json!(email));
            let phones = self.phones(&["organization", &key, "phone"], &known.phones);
            put(&mut told, "phones", json!(phones));
        }
        Value::Object(told)
    }

    /// When it is open: one for each time that is the same on some days, with what changes it
    /// in words. What is said in words alone is one too.
    fn schedules(&self, entry: Entry<'_>) -> Value {
        let Entry { service, id, .. } = entry;
        let time = |minutes: u16| format!("{:02}:{:02}", minutes / 60 % 24, minutes % 60);
        let ways: Vec<&str> = service.ways.iter().filter_map(|way| attending(*way)).collect();
        let mut said = Vec::new();
        said.extend(Some(service.hours_note.value.clone()).filter(|note| !note.is_empty()));
        if service.closed.bank_holidays {
            said.push("Closed on bank holidays".to_owned());
        }
        for (from, to) in service.closed.days.iter().filter(|(_, to)| *to >= self.done.world.today)
        {
            said.push(match from == to {
                true => format!("Closed on {}", from.in_english()),
                false => format!("Closed from {} to {}", from.in_english(), to.in_english()),
            });
        }
        let said: Vec<&str> = said.iter().map(|words| words.trim_end_matches('.')).collect();
        let schedule = |at: usize| {
            let mut told = Map::new();
            let id = self.id(&["service", id, "schedule", &at.to_string()]);
            put(&mut told, "id", json!(id));
            put(&mut told, "description", json!(said.join(". ")));
            put(&mut told, "attending_type", json!(ways.join(",")));
            told
        };
        let slots = service.hours.iter().flat_map(|hours| &hours.slots).enumerate();
        let mut all: Vec<_> = slots
            .map(|(at, slot)| {
                let days: Vec<&str> = slot.days.iter().map(|day| DAYS[day]).collect();
                let closes = if slot.to == 1440 { "23:59".to_owned() } else { time(slot.to) };
                let mut told = schedule(at);
                put(&mut told, "freq", json!("WEEKLY"));
                put(&mut told, "byday", json!(days.join(",")));
                put(&mut told, "opens_at", json!(time(slot.from)));
                put(&mut told, "closes_at", json!(closes));
                put(&mut told, "notes", json!(slot.note));
                told
            })
            .collect();
        if all.is_empty() && !said.is_empty() {
            all.push(schedule(0));
        }
        json!(all)
    }

    fn place(&self, entry: Entry<'_>, at: usize, place: &Place) -> Value {
        let part = |what: &str| self.id(&["service", entry.id, what, &at.to_string()]);
        let (street, town, postcode) = place.parts();
        let name = street.split(',').next().unwrap_or_default();
        let mut location = json!({
            "id": part("location"),
            "location_type": "physical",
            "name": name,
            "addresses": [{
                "id": part("address"),
                "address_1": street,
                "city": town,
                "state_province": "",
                "postal_code": postcode,
                "country": "GB",
                "address_type": "physical",
            }],
        });
        if let Some((latitude, longitude)) = place.position {
            location["latitude"] = json!(latitude);
            location["longitude"] = json!(longitude);
        }
        // What has one place is called there.
        let service = entry.service;
        if service.places.len() == 1 && !service.phones.is_empty() {
            let name = ["service", entry.id, "location", "phone"];
            location["phones"] = json!(self.phones(&name, &service.phones));
        }
        if !place.access.is_empty() {
            location["accessibility"] =
                json!([{"id": part("accessibility"), "description": *place.access}]);
        }
        json!({"id": part("service_at_location"), "location": location})
    }

    /// Categories, as the directory and as public lists of terms call them, and what the
    /// standard has no place for.
    fn attributes(&self, entry: Entry<'_>) -> Value {
        let Entry { page, service, id } = entry;
        let attribute = |taxonomy: &str, term: &str, name: &str| {
            json!({
                "id": self.id(&["service", id, taxonomy, term]),
                "link_id": self.id(&["service", id]),
                "link_entity": "service",
                "taxonomy_term": {
                    "id": self.id(&[taxonomy, term]),
                    "code": term,
                    "name": name,
                    "description": name,
                    "taxonomy": taxonomy,
                },
            })
        };
        let mut all = Vec::new();
        let mut public: Vec<&PublicTerm> = Vec::new();
        for category in service.categories.iter().map(|category| category.value.as_str()) {
            let known = self.category(category);
            let name = known.map_or(category, |known| known.name.value.as_str());
            all.push(attribute("category", category, name));
            for term in known.map_or(&[][..], |known| &known.taxonomy) {
                // Two categories can be one term.
                if public.contains(&term) {
                    continue;
                }
                let mut told = attribute(&term.name, &term.id, name);
                if term.id.starts_with("http") {
                    told["taxonomy_term"]["term_uri"] = json!(term.id);
                }
                all.push(told);
                public.push(term);
            }
        }
        let ways = service.ways.iter().map(|way| attribute("way", way.name(), way.name()));
        let stage = page.front.stage.map(|stage| attribute("stage", stage.name(), stage.name()));
        all.extend(ways.chain(stage));
        let numbers = [service.phones.len(), service.emails.len(), service.places.len()];
        let organisations = &self.site.data.organisations;
        let today = self.done.world.today;
        let cells = row(organisations, entry, &numbers, &BTreeSet::new());
        for (name, cell) in head(&numbers).iter().zip(cells) {
            let is_outside = || is_outside_open_referral(name, entry, organisations, today);
            if !cell.is_empty() && is_outside() {
                let mut told = attribute(RECORD, name, name);
                told["value"] = json!(cell);
                all.push(told);
            }
        }
        json!(all)
    }

    fn category(&self, id: &str) -> Option<&Category> {
        let directories = super::directories(self.site);
        let own = directories.first()?.kind.own::<Directory>()?;
        own.categories.iter().find(|known| known.id.value == id)
    }
}

/// A way as schedules name it. Source: HSDS 3.0, `schedule.attending_type`.
fn attending(way: Way) -> Option<&'static str> {
    match way {
        Way::InPerson => Some("in_venue"),
        Way::HomeVisit => Some("at_home"),
        Way::Online => Some("online"),
        Way::Phone => Some("phone"),
        Way::Text | Way::Email | Way::Post => None,
    }
}
