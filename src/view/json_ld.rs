//! Entries for other programs, as schema.org describes services: JSON-LD in the page.
//!
//! Source of the names: schema.org, `GovernmentService`, `ServiceChannel`,
//! `ContactPoint`, `GeoCoordinates`, `OpeningHoursSpecification`. Only what a reader sees is
//! said, and where an address lies.

use serde_json::{Map, Value, json};

use super::Viewer;
use crate::{
    model::{Page, kind::Service, spoken::SPOKEN_LANGUAGES},
    text::{date::WEEKDAYS, json::put},
};

/// An entry as JSON that can stand in a script element.
pub(super) fn service(viewer: &Viewer<'_>, page: &Page, service: &Service) -> String {
    let site = viewer.site;
    let reach = site.reach(service);
    let address = viewer.address(page.url.as_str());
    let organisation = service.organisation.as_ref().map(|id| id.value.as_str());
    let known = organisation.and_then(|id| site.data.organisations.get(id));
    let mut all = Map::new();
    let mut put = |name: &str, value: Value| put(&mut all, name, value);
    put("@context", json!("https://schema.org"));
    let is_person = service.profile.is_some();
    put("@type", json!(if is_person { "Service" } else { "GovernmentService" }));
    put("@id", json!(address));
    put("name", json!(page.title));
    put("alternateName", json!(service.also_called));
    put("description", json!(viewer.fill(&service.on_offer, page)));
    put("url", json!(if reach.web.is_empty() { &address } else { reach.web }));
    put("serviceType", json!(service.categories.iter().map(|one| &one.value).collect::<Vec<_>>()));
    put("areaServed", json!(service.areas.iter().map(|one| &one.value).collect::<Vec<_>>()));
    if !service.who_for.is_empty() {
        put("audience", json!({"@type": "Audience", "audienceType": *service.who_for}));
    }
    if let Some(organisation) = organisation {
        let name = known.map_or(organisation, |known| known.name.as_str());
        let mut provider = json!({"@type": "Organization", "name": name});
        if let Some(web) = known.map(|known| &known.web).filter(|web| !web.is_empty()) {
            provider["url"] = json!(web);
        }
        put("provider", provider);
    }
    let languages: Vec<&str> = service
        .languages
        .iter()
        .filter_map(|name| SPOKEN_LANGUAGES.iter().find(|(known, _)| known == name))
        .map(|(_, code)| *code)
        .filter(|code| !code.is_empty())
        .collect();
    let phones: Vec<Value> = reach
        .phones
        .iter()
        .map(|phone| {
            let mut point = json!({"@type": "ContactPoint", "telephone": phone.link});
            if !phone.label.is_empty() {
                point["contactType"] = json!(phone.label);
            }
            point
        })
        .collect();
    let mut channel = json!({"@type": "ServiceChannel"});
    if let [phone, ..] = &phones[..] {
        channel["servicePhone"] = phone.clone();
    }
    if !reach.web.is_empty() {
        channel["serviceUrl"] = json!(reach.web);
    }
    if let Some(place) = service.places.first() {
        let mut there = json!({"@type": "Place", "address": place.address.value});
        if let Some((north, east)) = place.position {
            there["geo"] = json!({"@type": "GeoCoordinates", "latitude": north, "longitude": east});
        }
        channel["serviceLocation"] = there;
    }
    if !languages.is_empty() {
        channel["availableLanguage"] = json!(languages);
    }
    put("availableChannel", channel);
    put("hoursAvailable", hours(viewer, service));
    // A script element ends where its end tag is, whatever stands around it.
    serde_json::to_string(&all).unwrap_or_default().replace('<', "\\u003c")
}

/// When it is open, and the days on which it is not.
fn hours(viewer: &Viewer<'_>, service: &Service) -> Value {
    let Some(hours) = service.hours.as_ref().filter(|_| !service.paused) else {
        return Value::Null;
    };
    let time = |minutes: u16| format!("{:02}:{:02}", minutes / 60 % 24, minutes % 60);
    let slots = hours.slots.iter().map(|slot| {
        let days: Vec<&str> = slot.days.iter().map(|day| WEEKDAYS[day]).collect();
        json!({
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": days,
            "opens": time(slot.from),
            "closes": if slot.to == 1440 { "23:59".to_owned() } else { time(slot.to) },
        })
    });
    // Source: schema.org, OpeningHoursSpecification: opens and closes at the same time for closed.
    let closed = service.closed.days.iter().filter(|(_, last)| *last >= viewer.today);
    let closed = closed.map(|(first, last)| {
        json!({
            "@type": "OpeningHoursSpecification",
            "validFrom": first.to_string(),
            "validThrough": last.to_string(),
            "opens": "00:00",
            "closes": "00:00",
        })
    });
    slots.chain(closed).collect()
}
