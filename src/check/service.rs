//! `service`: directory entries that lists cannot place.

use super::{Check, Looks, Marks, Rule, Subject};
use crate::{
    model::{Page, Status, kind},
    text::{did_you_mean, slug},
};

pub(super) const CHECK: Check =
    Rule::error("service", Looks::Records, include_str!("service.md")).on_written(run);

fn run(subject: &Subject<'_>, page: &Page, marks: &mut Marks) {
    let Some(service) = page.kind.service() else { return };
    let site = subject.world.site;
    let areas = || site.data.areas.iter().map(|area| area.name.value.as_str());
    if site.data.sources.contains_key("areas.yaml") {
        for area in service.areas.iter().filter(|area| !areas().any(|known| known == area.value)) {
            let message = format!("“{}” is not a place in areas.yaml", area.value);
            let otherwise = if area.value.contains(',') {
                format!("write `[{}]`", area.value)
            } else {
                format!("add `- {}` to areas.yaml, or write one that is there", area.value)
            };
            let hint = did_you_mean(&area.value, areas(), otherwise);
            marks.push(area.span, message).hint(hint);
        }
    }
    let organisations = &site.data.organisations;
    let named = |name: &str| organisations.contains_key(name);
    if let Some(own) = &service.organisation
        && site.data.sources.contains_key("organisations.yaml")
        && !named(&own.value)
    {
        let message = format!("“{}” is not an organisation in organisations.yaml", own.value);
        let otherwise = format!(
            "add `{}:` and below it `  name: {}` to organisations.yaml",
            slug(&own.value),
            own.value
        );
        let hint = did_you_mean(&own.value, organisations.keys().map(String::as_str), otherwise);
        marks.push(own.span, message).hint(hint);
    }
    let directories = site.each(&kind::DIRECTORY);
    let directories = directories.filter_map(|id| site.pages[id].kind.own::<kind::Directory>());
    let known: Vec<&str> = directories
        .flat_map(|directory| directory.categories.iter().map(|known| known.id.value.as_str()))
        .collect();
    for category in &service.categories {
        if known.is_empty() || known.contains(&category.value.as_str()) {
            continue;
        }
        let message = format!("“{}” is not a category of the directory", category.value);
        let otherwise = format!("write one of {}", known.join(", "));
        let hint = did_you_mean(&category.value, known.iter().copied(), otherwise);
        marks.push(category.span, message).hint(hint);
    }
    if let (Some(from), Some(to)) = (service.from_age, service.to_age)
        && from > to
    {
        let message = format!("nobody is at least {from} and at most {to} years old");
        let hint = format!("write `ages: {{from: {to}, to: {from}}}`");
        marks.push(subject.front("ages"), message).hint(hint);
    }
    if service.profile.is_some() && page.front.status == Status::Ended {
        marks
            .push(subject.front("status"), "a person cannot end, and their details would stay")
            .hint("write `status: draft`, or take the entry out");
    }
    let is_over = matches!(page.front.status, Status::Ended | Status::Withdrawn);
    if is_over && page.front.status_note.is_none() {
        let message = format!(
            "this service has {} and nothing says what to do now",
            match page.front.status {
                Status::Ended => "ended",
                _ => "been withdrawn",
            }
        );
        let hint = "add a line: `status note: This closed in May. Rowan House can help instead.`";
        marks.push(subject.front("status"), message).hint(hint);
    }
}
