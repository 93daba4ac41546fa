//! `settings`: what `site.toml` asks for and the site does not have.
//!
//! Slips in the file itself are found while it is read.

use super::{Check, Marks, World, rule};
use crate::{
    config::{ASKED, OVERDUE},
    diagnostic::policy::{Level, RuleSetting},
    rule::{Rule, Severity},
    text::{did_you_mean, nearest},
};

pub(super) const CHECK: Check = rule::SETTINGS.on_world(run);

fn run(world: &World<'_>, marks: &mut Marks) {
    let (site, config) = (world.site, world.config);
    let contacts = &site.data.contacts;
    if !config.contact.is_empty() && !contacts.contains_key(&config.contact) {
        let message = format!("“{}” is not the id of a contact", config.contact);
        let hint = match nearest(&config.contact, contacts.keys().map(String::as_str)) {
            Some(meant) => format!("did you mean `contact = \"{meant}\"`?"),
            None => "write an id from contacts.yaml".to_owned(),
        };
        marks.push(config.places.of("contact"), message).hint(hint);
    }
    for asked in &config.publish.files {
        let path = asked.value.trim_matches('/');
        let inner = site.files.iter().map(|file| site.inner(&file.file.path));
        let is_in = |inner: &str| {
            inner.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        if !path.is_empty() && inner.clone().any(is_in) {
            continue;
        }
        let message = format!("there is no file or folder “{}” to publish", asked.value);
        let hint = match nearest(path, inner) {
            Some(meant) => format!("did you mean `\"{meant}\"`?"),
            None => format!(
                "write the way to it from {}: `\"google123.html\"`",
                match site.folder {
                    "" => "the folder of the site",
                    folder => folder,
                }
            ),
        };
        marks.push(asked.span, message).hint(hint);
    }
    if !config.logo.is_empty() && site.logo(config).is_none() {
        let message = format!("there is no picture “{}”", config.logo);
        let pictures = site.files.iter().filter(|file| file.is_picture());
        let hint = match nearest(&config.logo, pictures.map(|file| site.inner(&file.file.path))) {
            Some(meant) => format!("did you mean `logo = \"{meant}\"`?"),
            None => "write the way to an SVG, PNG, JPEG, GIF or WebP file from the folder of the \
                     pages: `logo = \"pictures/council.svg\"`"
                .to_owned(),
        };
        marks.push(config.places.of("logo"), message).hint(hint);
    }
    bank_holidays(world, marks);
    rules(world, marks);
    for (number, address) in config.footer.iter().enumerate() {
        if site.at(address).is_none() {
            let message = format!("there is no page at “{address}” for the foot of each page");
            let pages = site.pages.iter().map(|page| page.url.as_str());
            let hint = match nearest(address, pages) {
                Some(meant) => format!("did you mean `\"{meant}\"`?"),
                None => "write an address from the top of the site: `\"/privacy/\"`".to_owned(),
            };
            marks.push(config.places.of(&format!("footer.{number}")), message).hint(hint);
        }
    }
}

/// How long before its bank holidays end a site is told, in days.
const BEFORE_THE_END: u32 = 60;

/// Years whose bank holidays nobody knows, though services of the directory keep hours.
fn bank_holidays(world: &World<'_>, marks: &mut Marks) {
    let services = world.site.pages.iter().filter_map(|page| page.kind.service());
    let years = world.site.bank_holidays(world.config).years();
    let last = world.today.plus_days(BEFORE_THE_END).year();
    let mut asked = world.today.year()..=last;
    let Some(unknown) = asked.find(|year| !years.contains(year)) else { return };
    if !services.into_iter().any(|service| service.hours.is_some()) {
        return;
    }
    let nation = world.config.nation.name();
    let message = format!("the bank holidays of {nation} in {unknown} are not known");
    let hint = format!(
        "get a newer Plainsite, or write all of them in _data/bank-holidays.yaml: `1 January \
         {unknown}: New Year’s Day`. Until then nobody is told that a service is open now in \
         {unknown}, unless it is open every day"
    );
    let place = world.config.places.of("nation");
    marks.push(place, message).hint(hint).severity(Severity::Warning);
}

/// Rules that nobody has or that cannot be switched off, and files that are not there.
fn rules(world: &World<'_>, marks: &mut Marks) {
    let (site, config) = (world.site, world.config);
    let rules = super::rules();
    let files: Vec<&str> = {
        let others = site.files.iter().map(|file| &*file.file.path);
        let theme = world.theme.files.keys().map(|file| world.theme.name_of(file));
        let written = site.sources().map(|one| &*one.path);
        written
            .chain(site.unpublished.keys().map(String::as_str))
            .chain(others)
            .chain(theme)
            .chain(["site.toml"])
            .collect()
    };
    let mut missing: Vec<&str> = Vec::new();
    for setting in &world.config.rules.settings {
        let RuleSetting { code, files: asked, level, name } = setting;
        let places = &world.config.places;
        let is_asked_of_all = match code.as_str() {
            "owner" => config.rules.owner,
            "review-dates" => config.rules.review_dates,
            "reserved-roles" => config.rules.reserved_roles,
            "stage" => config.rules.stages,
            "british-spelling" => config.rules.british_spelling,
            _ => true,
        };
        match rules.iter().find(|rule| rule.code == code) {
            None => {
                let own = if asked.is_empty() { &ASKED[..] } else { &[] };
                let own = own.iter().map(|(name, _)| *name).chain([OVERDUE]);
                let known = rules.iter().map(|rule| rule.code).chain(own);
                let otherwise = "write the name in square brackets after what was found";
                let hint = did_you_mean(code, known, otherwise);
                marks.push(places.of_name(name), format!("“{code}” is not a rule")).hint(hint);
            }
            Some(Rule { asked_by: Some(_), .. }) if !is_asked_of_all && *level != Level::Off => {
                if !asked.is_empty() {
                    let message = format!("`{code}` is not asked of the site, so not of “{asked}”");
                    let hint = "ask it of the whole site, and switch it off where it is not wanted";
                    marks.push(places.of(name), message).hint(hint);
                }
            }
            Some(Rule { asked_by: Some(_), .. }) => {}
            Some(Rule { promise: Some(why), severity: Severity::Error, .. })
                if matches!(level, Level::Off | Level::Advice | Level::Warning) =>
            {
                let message = format!("`{code}` cannot be switched off, since {why}");
                let hint = "take the line out, and mend what was found";
                marks.push(places.of(name), message).hint(hint);
            }
            Some(_) => {}
        }
        if !setting.is_readable() && !missing.contains(&asked.as_str()) {
            missing.push(asked);
            let of_files = name.strip_suffix(&format!(".{code}")).unwrap_or(name);
            marks
                .push(places.of_name(of_files), format!("the pattern “{asked}” cannot be read"))
                .hint("write a file, a folder, or `*` for any name: `\"news/*\"`");
        }
        if !files.iter().any(|file| setting.is_about(file)) && !missing.contains(&asked.as_str()) {
            missing.push(asked);
            let hint = match nearest(asked, files.iter().map(|file| site.inner(file))) {
                Some(meant) => format!("did you mean `\"{meant}\"`?"),
                None => "write a file or a folder as it is in the folder of the pages".to_owned(),
            };
            let message = format!("no file is named “{asked}”, so nothing is switched there");
            let of_files = name.strip_suffix(&format!(".{code}")).unwrap_or(name);
            marks.push(places.of_name(of_files), message).hint(hint).severity(Severity::Warning);
        }
    }
}
