//! Directory entries: one service, as a worker would describe it on the phone.
//!
//! What it offers, who it is for, how to get it, and a number that works. The
//! names follow Open Referral UK where it has them. An entry about a person, such
//! as a personal assistant on a register, needs their consent and goes when it
//! ends.

use super::{KindEntry, Own};
use crate::{
    diagnostic::Diagnostic,
    model::{
        data::{Email, PhoneLine, emails, number, phones, position, web},
        front::{Status, names, one_of},
        spoken::SPOKEN_LANGUAGES,
    },
    parse::{
        Fields, Placed, YesNo,
        hours::{Hours, HoursFault, Slot},
        walk::Run,
    },
    rule,
    text::{Date, Span, did_you_mean, language::Language},
};

/// An entry of the directory.
pub static SERVICE: KindEntry = KindEntry::written(
    "service",
    "A directory entry (a `.yaml` file).",
    include_str!("starter.yaml"),
)
.names("see Directory")
.shown_by("service.html")
.fits_a_booklet()
.record()
.read(|fields| Box::new(Service::read(fields)));

/// An entry of the directory.
#[derive(Debug, Default)]
pub struct Service {
    /// What it is called.
    pub name: String,
    /// Old and other names.
    pub also_called: Vec<String>,
    /// Who runs it: an id of `organisations.yaml`, or a name where there is no such file.
    pub organisation: Option<Placed<String>>,
    /// What it does, in a sentence or two.
    pub on_offer: Placed<String>,
    /// What people may think it does, and it does not.
    pub cannot_do: Placed<String>,
    /// For whom.
    pub who_for: Placed<String>,
    /// The youngest it is for, in years.
    pub from_age: Option<i64>,
    /// The oldest it is for, in years.
    pub to_age: Option<i64>,
    /// `free`, an amount, or words.
    pub cost: Placed<String>,
    /// What to do first.
    pub how_to_access: Placed<String>,
    /// Phone numbers.
    pub phones: Vec<PhoneLine>,
    /// A number for text messages.
    pub text: Option<PhoneLine>,
    /// Whether Relay UK reaches it.
    pub relay: bool,
    /// Where to talk in British Sign Language.
    pub bsl: String,
    /// Email addresses.
    pub emails: Vec<Email>,
    /// Its own website, with the scheme.
    pub web: String,
    /// Where it is.
    pub places: Vec<Place>,
    /// When it is open.
    pub hours: Option<Hours>,
    /// What the hours do not say: `By appointment`.
    pub hours_note: Placed<String>,
    /// When it is closed although its hours say otherwise.
    pub closed: Closed,
    /// How it can be reached or where help happens.
    pub ways: Vec<Way>,
    /// Languages spoken, by name: `English`, `BSL`.
    pub languages: Vec<String>,
    /// The places it covers, from `areas.yaml`.
    pub areas: Vec<Placed<String>>,
    /// What sort of service it is, from the directory's `categories`.
    pub categories: Vec<Placed<String>>,
    /// Whether it is closed for now.
    pub paused: bool,
    /// A short warning, and the last day on which it is shown.
    pub alert: Option<(Placed<String>, Option<Date>)>,
    /// Who checked the entry, in words.
    pub checked_by: String,
    /// Whether it is about a person.
    pub profile: Option<Profile>,
    /// The last day on which the person lets us publish it.
    pub consent: Option<Placed<Date>>,
    /// For staff only.
    pub staff_note: Placed<String>,
}

/// Where a service is.
#[derive(Debug, Clone)]
pub struct Place {
    /// The address, with its postcode.
    pub address: Placed<String>,
    /// How to get in.
    pub access: Placed<String>,
    /// Where it is on the map: the latitude and the longitude in degrees (WGS 84).
    pub position: Option<(f64, f64)>,
}

impl Place {
    /// The street, the town and the postcode: the last part of the address is the
    /// postcode, and the one before it the town, if a street is left.
    pub fn parts(&self) -> (String, &str, &str) {
        let mut parts: Vec<&str> = self.address.value.split(',').map(str::trim).collect();
        let postcode = parts.pop().unwrap_or_default();
        let town = if parts.len() > 1 { parts.pop().unwrap_or_default() } else { "" };
        (parts.join(", "), town, postcode)
    }
}

/// Days on which a service is closed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Closed {
    /// Whether it is closed on bank holidays.
    pub bank_holidays: bool,
    /// The first and the last of each run of days, in order.
    pub days: Vec<(Date, Date)>,
}

names! {
    /// How a service can be reached, or where help happens.
    Way {
        /// By phone.
        Phone = "phone",
        /// By text message.
        Text = "text",
        /// By email.
        Email = "email",
        /// On a website or by video.
        Online = "online",
        /// At its own place.
        InPerson = "in person",
        /// At the home of the person.
        HomeVisit = "home visit",
        /// By letter.
        Post = "post",
    }
}

impl Way {
    /// What readers call it: `at your home`.
    pub fn words(self, language: &Language) -> &str {
        let words = language.word(&format!("way_{}", self.name().replace(' ', "_")));
        if words.is_empty() { self.name() } else { words }
    }
}

names! {
    /// The sorts of person that an entry can be about.
    Profile {
        /// Someone who wants to work as a personal assistant.
        PersonalAssistant = "personal assistant",
    }
}

impl Own for Service {
    fn title(&self) -> Option<String> {
        Some(self.name.clone()).filter(|name| !name.is_empty())
    }

    fn words(&self) -> Vec<(Run, &Placed<String>)> {
        let said = [
            &self.on_offer,
            &self.cannot_do,
            &self.who_for,
            &self.cost,
            &self.how_to_access,
            &self.hours_note,
        ];
        let alert = self.alert.iter().map(|(text, _)| text);
        let places = self.places.iter().map(|place| &place.access);
        said.into_iter().chain(alert).chain(places).map(|said| (Run::Paragraph, said)).collect()
    }

    fn notes(&self) -> Vec<&Placed<String>> {
        vec![&self.staff_note]
    }
}

impl Service {
    fn read(fields: &mut Fields<'_>) -> Self {
        // `name` may be called `title`, as on other pages.
        let titled = fields.has("title") && !fields.has("name");
        let mut service = Self {
            name: match titled {
                true => String::new(),
                false => fields.needed("name", "Rowan House Advice").unwrap_or_default().value,
            },
            profile: one_of(fields, "profile", Profile::ALL, Profile::name),
            consent: fields.date("consent until"),
            ..Self::default()
        };
        // Nobody sees a draft yet, and whoever works on it knows.
        let is_draft = is_draft(fields);
        let needed = |fields: &mut Fields<'_>, name, example| match is_draft {
            true => fields.text(name),
            false => fields.needed(name, example),
        };
        let on_offer = "Free advice about benefits and debt.";
        service.on_offer = needed(fields, "on offer", on_offer).unwrap_or_default();
        let others = [
            (&mut service.who_for, "who for", "Anyone who lives in the county."),
            (&mut service.cost, "cost", "free"),
            (&mut service.how_to_access, "how to access", "Contact them yourself."),
        ];
        for (value, name, example) in others {
            let found = match service.profile {
                Some(_) => fields.text(name),
                None => needed(fields, name, example),
            };
            *value = found.unwrap_or_default();
        }
        // Read already, for the address of the entry.
        fields.text("id");
        service.also_called = fields.all_words_of("also called");
        service.organisation = fields.text("organisation");
        service.cannot_do = fields.said("cannot do");
        service.hours = hours(fields);
        service.hours_note = fields.said("hours note");
        service.closed = closed(fields);
        service.ways = ways(fields);
        service.languages = languages(fields);
        service.checked_by = fields.words_of("checked by");
        service.staff_note = fields.said("staff note");
        service.areas = fields.list("areas");
        service.categories = fields.list("category");
        service.paused = fields.text("status").is_some_and(|status| is_paused(&status.value));
        if let Some(mut ages) = fields.map("ages") {
            service.from_age = ages.number("from");
            service.to_age = ages.number("to");
            fields.absorb(ages);
        }
        service.alert = alert(fields);
        service.reach(fields);
        service.places = fields.each_of("places", |_, place| {
            let address = place.needed("address", "\"1 High Street, Exampleton, EX1 1AA\"");
            let access = place.said("access");
            let at = place.text("position");
            let position = at.and_then(|at| position(place, &at, &rule::FRONT_MATTER));
            Some(Place { address: address?, access, position })
        });
        if !is_draft {
            service.missing(fields);
        }
        service
    }

    /// How to reach it.
    fn reach(&mut self, fields: &mut Fields<'_>) {
        self.phones = phones(fields);
        self.emails = emails(fields);
        if let Some(Placed { value, span }) = fields.text("text") {
            self.text = number(fields, &value, span);
        }
        self.relay = fields.yes_no("relay").unwrap_or(false);
        self.bsl = web(fields, "bsl");
        self.web = web(fields, "web");
    }

    /// Says what an entry cannot do without.
    fn missing(&self, fields: &mut Fields<'_>) {
        let mut needed = vec![("areas", "[Whole county]"), ("category", "[money-advice]")];
        // What nobody has checked says what it is taken from, and when that was so.
        if !fields.has("source date") {
            needed.push(("checked", "21 November 2026"));
        }
        if self.profile.is_some() {
            needed.push(("consent until", "30 June 2027"));
        }
        for (name, example) in needed {
            fields.needs(name, example);
        }
        let status = fields.words_of("status");
        let is_gone = [Status::Ended, Status::Withdrawn]
            .iter()
            .any(|gone| status.trim().eq_ignore_ascii_case(gone.name()));
        let ways = ["phones", "emails", "web", "places", "text", "organisation"];
        // Nobody is sent to a service that is no more.
        if !is_gone && fields.is_whole() && !ways.iter().any(|name| fields.has(name)) {
            let message = "nothing says how to reach this service";
            let hint = "add `phones`, `emails`, `web` or `places`";
            fields.wrong(&rule::FRONT_MATTER, fields.start(), message, hint);
        }
    }

    /// The way to reach it that stands in this entry, if any does.
    pub fn has_own_contact(&self) -> bool {
        !self.phones.is_empty() || !self.emails.is_empty() || !self.web.is_empty()
    }
}

/// Whether an entry says that it is not to be published yet.
fn is_draft(fields: &mut Fields<'_>) -> bool {
    let status = fields
        .text("status")
        .is_some_and(|status| status.value.trim().eq_ignore_ascii_case(Status::Draft.name()));
    let draft = fields.text("draft").and_then(|draft| YesNo::parse(&draft.value));
    status || draft.is_some_and(|draft| draft.0)
}

/// Whether a status says that a service is closed and will open again.
pub(in crate::model) fn is_paused(status: &str) -> bool {
    status.trim().eq_ignore_ascii_case("closed for now")
}

/// Reads `hours` as words, or as a list of `{days, from, to, note}`.
fn hours(fields: &mut Fields<'_>) -> Option<Hours> {
    let span = fields.place("hours")?;
    if fields.is_list_of_maps("hours") {
        let slots: Vec<Slot> = fields.each_of("hours", |_, line| {
            let days = line.needed("days", "Mon to Fri");
            let from = line.needed("from", "9am");
            let to = line.needed("to", "5pm");
            let note = line.words_of("note");
            let (days, from, to) = (days?, from?, to?);
            let slot = Hours::slot(&days.value, &from.value, &to.value, &note);
            let report = |fault: HoursFault| {
                let part = match fault.part {
                    "from" => &from,
                    "to" => &to,
                    _ => &days,
                };
                let words = part.value.get(fault.at).unwrap_or(&part.value);
                let message = format!("“{words}” {}", fault.message);
                line.wrong(&rule::HOURS, part.span, message, fault.hint);
            };
            slot.map_err(report).ok()
        });
        return match Hours::from_slots(slots) {
            Ok(hours) => Some(hours),
            Err(overlap) => {
                let [one, other] = &overlap.times;
                let message = format!("on {} “{one}” and “{other}” overlap", overlap.day);
                fields.wrong(&rule::HOURS, span, message, "let one end before the other begins");
                None
            }
        };
    }
    let Placed { value, span } = fields.text("hours")?;
    match Hours::parse(&value) {
        Ok(hours) => Some(hours),
        Err(fault) => {
            // A value that was folded or quoted is at fault as a whole.
            let words = value.get(fault.at.clone()).filter(|words| !words.is_empty());
            let message = format!("“{}” {}", words.unwrap_or(&value), fault.message);
            let at = fields
                .at(span)
                .find(&value)
                .map_or(span, |start| Span::from(fault.at).shifted(span.start + start));
            fields.wrong(&rule::HOURS, at, message, fault.hint);
            None
        }
    }
}

/// Reads `[bank holidays, 25 December 2026, 27 December 2026 to 1 January 2027]`.
fn closed(fields: &mut Fields<'_>) -> Closed {
    let mut closed = Closed::default();
    let values = fields.values();
    for Placed { value, span } in fields.list("closed") {
        if matches!(value.to_lowercase().trim(), "bank holidays" | "bank holiday") {
            closed.bank_holidays = true;
            continue;
        }
        let (first, last) = value.split_once(" to ").unwrap_or((&value, &value));
        match (values.day(first), values.day(last)) {
            (Some(first), Some(last)) if first <= last => closed.days.push((first, last)),
            (Some(_), Some(_)) => {
                let hint = format!("write `{last} to {first}`");
                fields.wrong(&rule::HOURS, span, format!("“{value}” ends before it begins"), hint);
            }
            _ => {
                let message = format!("“{value}” is not a day, or days, on which it is closed");
                let hint =
                    "write `bank holidays`, a date, or two: `24 December 2026 to 1 January 2027`";
                fields.wrong(&rule::HOURS, span, message, hint);
            }
        }
    }
    closed.days.sort_unstable();
    closed
}

fn ways(fields: &mut Fields<'_>) -> Vec<Way> {
    let mut ways = Vec::new();
    for Placed { value, span } in fields.list("ways") {
        match Way::named(&value.trim().to_lowercase()) {
            Some(way) if ways.contains(&way) => {}
            Some(way) => ways.push(way),
            None => {
                let names: Vec<&str> = Way::ALL.iter().map(|way| way.name()).collect();
                let message = format!("“{value}” is not a way that is known");
                let otherwise = format!("write one of: {}", names.join(", "));
                let hint = did_you_mean(&value, names.iter().copied(), otherwise);
                fields.wrong(&rule::FRONT_MATTER, span, message, hint);
            }
        }
    }
    ways
}

fn languages(fields: &mut Fields<'_>) -> Vec<String> {
    let mut languages = Vec::new();
    for Placed { value, span } in fields.list("languages") {
        if let Some(name) = language(&value) {
            languages.push(name.to_owned());
            continue;
        }
        let message = format!("“{value}” is not a language that is known");
        let names = SPOKEN_LANGUAGES.iter().map(|(name, _)| *name);
        let hint = did_you_mean(&value, names, "write its English name, such as Polish");
        fields.report(Diagnostic::warning(&rule::FRONT_MATTER, span, message).hint(hint));
        languages.push(value);
    }
    languages
}

/// The language that somebody names, by its name or its code.
pub fn language(text: &str) -> Option<&'static str> {
    let wanted = text.trim().to_lowercase();
    let wanted = if wanted == "british sign language" { "bsl" } else { &wanted };
    let is_it = |(name, code): &&(&str, &str)| {
        name.to_lowercase() == wanted || !code.is_empty() && *code == wanted
    };
    SPOKEN_LANGUAGES.iter().find(is_it).map(|(name, _)| *name)
}

/// Reads `{text: The phone line is down., until: 1 December 2026}`, or words.
fn alert(fields: &mut Fields<'_>) -> Option<(Placed<String>, Option<Date>)> {
    if !fields.is_map("alert") {
        return fields.text("alert").map(|text| (text, None));
    }
    let mut alert = fields.map("alert")?;
    let text = alert.needed("text", "The phone line is down.");
    let until = alert.date("until").map(|until| until.value);
    fields.absorb(alert);
    text.map(|text| (text, until))
}
