//! `/data/services.json` and a file for each service, in the shape of Open Referral UK.
//! The only file that names uuid.
//!
//! Source of the names: Human Services Data Specification 3.0 and its UK profile, the
//! objects `service`, `organization`, `phone`, `schedule`, `service_at_location`,
//! `location`, `address`, `language`, `service_area`, `cost_option`, `attribute`.
//! What each column of our records becomes is in `content/README.md`.

use rayon::prelude::*;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{Done, Entry, Files};
use crate::{
    model::{
        Site, Status,
        kind::{LANGUAGES, Place, Way},
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
        let phones = reach.phones.iter().chain(&service.text).enumerate().map(|(at, phone)| {
            let mut told = json!({"id": part("phone", at), "number": phone.number});
            let is_text = at == reach.phones.len();
            told["type"] = json!(if is_text { "text" } else { "voice" });
            let words = [&phone.label, &phone.hours, &phone.note];
            let words: Vec<&str> =
                words.into_iter().map(String::as_str).filter(|words| !words.is_empty()).collect();
            if !words.is_empty() {
                told["description"] = json!(words.join(". "));
            }
            told
        });
        put("phones", phones.collect());
        put("schedules", self.schedules(entry));
        let areas = service.areas.iter().enumerate();
        let areas = areas.map(|(at, area)| json!({"id": part("area", at), "name": area.value}));
        put("service_areas", areas.collect());
        let places = service.places.iter().enumerate();
        let places = places.map(|(at, place)| self.place(entry, at, place));
        put("service_at_locations", places.collect());
        let languages = service.languages.iter().enumerate().map(|(at, name)| {
            let known = LANGUAGES.iter().find(|(known, _)| known == name);
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

    fn organization(&self, entry: Entry<'_>) -> Value {
        let Some(own) = &entry.service.organisation else { return Value::Null };
        let known = self.site.data.organisations.get(&own.value);
        let name = known.map_or(own.value.as_str(), |known| known.name.as_str());
        let about = known.map_or(name, |known| known.about.as_str());
        let about = if about.is_empty() { name } else { about };
        let id = self.id(&["organization", &slug(&own.value)]);
        let mut told = json!({"id": id, "name": name, "description": about});
        if let Some(web) = known.map(|known| &known.web).filter(|web| !web.is_empty()) {
            told["website"] = json!(web);
        }
        told
    }

    fn schedules(&self, entry: Entry<'_>) -> Value {
        let Entry { service, id, .. } = entry;
        let time = |minutes: u16| format!("{:02}:{:02}", minutes / 60 % 24, minutes % 60);
        let ways: Vec<&str> = service.ways.iter().filter_map(|way| attending(*way)).collect();
        let mut closed = Vec::new();
        if service.closed.bank_holidays {
            closed.push("Closed on bank holidays".to_owned());
        }
        for (from, to) in service.closed.days.iter().filter(|(_, to)| *to >= self.done.world.today)
        {
            closed.push(match from == to {
                true => format!("Closed on {}", from.in_english()),
                false => format!("Closed from {} to {}", from.in_english(), to.in_english()),
            });
        }
        let slots = service.hours.iter().flat_map(|hours| &hours.slots).enumerate();
        let slots = slots.map(|(at, slot)| {
            let days: Vec<&str> = slot.days.iter().map(|day| DAYS[day]).collect();
            let mut told = json!({
                "id": self.id(&["service", id, "schedule", &at.to_string()]),
                "freq": "WEEKLY",
                "byday": days.join(","),
                "opens_at": time(slot.from),
                "closes_at": if slot.to == 1440 { "23:59".to_owned() } else { time(slot.to) },
            });
            let mut notes = Vec::new();
            if !slot.note.is_empty() {
                notes.push(slot.note.as_str());
            }
            notes.extend(closed.iter().map(String::as_str));
            if !service.hours_note.is_empty() {
                notes.push(&service.hours_note);
            }
            if !notes.is_empty() {
                told["notes"] = json!(notes.join(". "));
            }
            if !ways.is_empty() {
                told["attending_type"] = json!(ways.join(","));
            }
            told
        });
        slots.collect()
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
        if !place.access.is_empty() {
            location["accessibility"] =
                json!([{"id": part("accessibility"), "description": *place.access}]);
        }
        json!({"id": part("service_at_location"), "location": location})
    }

    /// Categories, and what the standard has no name for.
    fn attributes(&self, entry: Entry<'_>) -> Value {
        let Entry { page, service, id } = entry;
        let categories =
            service.categories.iter().map(|category| ("category", category.value.as_str()));
        let ways = service.ways.iter().map(|way| ("way", way.name()));
        let stage = page.front.stage.map(|stage| ("stage", stage.name()));
        let all = categories.chain(ways).chain(stage);
        all.map(|(taxonomy, term)| {
            json!({
                "id": self.id(&["service", id, taxonomy, term]),
                "link_entity": "service",
                "taxonomy_term": {
                    "id": self.id(&[taxonomy, term]),
                    "code": term,
                    "name": self.term_name(taxonomy, term),
                    "description": self.term_name(taxonomy, term),
                    "taxonomy": taxonomy,
                },
            })
        })
        .collect()
    }

    fn term_name(&self, taxonomy: &str, term: &str) -> String {
        let directory = super::directories(self.site);
        let directory = directory.first().filter(|_| taxonomy == "category");
        let directory = directory.and_then(|page| page.kind.own::<crate::model::kind::Directory>());
        let known = directory
            .and_then(|directory| directory.categories.iter().find(|known| known.id.value == term));
        known.map_or_else(|| term.to_owned(), |known| known.name.value.clone())
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
