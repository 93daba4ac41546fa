//! `dead-link`: links that lead nowhere.

use super::{
    Check, Looks, Marks, Rule, Subject, World,
    web_address::{is_email_alone, is_without_scheme},
};
use crate::{
    model::{CONSENT_ENDED, Choice, Missing, Target, Url, normal},
    rule::Severity,
    text::{Span, address::decoded, nearest},
};

pub(super) const CHECK: Check =
    Rule::error("dead-link", Looks::Words, include_str!("dead_link.md"))
        .explains(&["dead-address", "dead-fragment"])
        .promise("a link that leads nowhere costs somebody their support")
        .on_text_and_data(run, data);

/// The most choices that a hint names.
const MOST_NAMED: usize = 12;

fn run(subject: &Subject<'_>, marks: &mut Marks) {
    let text = subject.text;
    let links = text.document.links.iter().map(|link| (link.span, &link.destination));
    for ((span, destination), target) in links.zip(&text.targets) {
        report(span, destination, target, marks);
        own_address(subject.world, span, destination, marks);
    }
    let images = text.document.images.iter().map(|image| (image.span, &image.destination));
    for ((span, destination), target) in images.zip(&text.pictures) {
        report(span, destination, target, marks);
        if *target == Target::External {
            let message = format!("the picture “{destination}” is on another site");
            let hint = "save it beside the page and link to that: `![…](picture.svg)`";
            marks.push(span, message).hint(hint);
        }
    }
    for (link, target) in text.named.values() {
        report(link.span, &link.value, target, marks);
    }
}

/// The pages of contacts.
fn data(world: &World<'_>, marks: &mut Marks) {
    let data = &world.site.data;
    let Some(source) = data.sources.get("contacts.yaml") else { return };
    for page in data.contacts.values().filter_map(|contact| contact.page.as_ref()) {
        if world.site.at(&page.value).is_none() && world.site.page_named(&page.value).is_none() {
            let message = format!("there is no page “{}”", page.value);
            let known = world.site.pages.iter().map(|page| page.url.as_str());
            let hint = nearest(&page.value, known).map_or_else(
                || "write the address of a page: `page: /contact/`".to_owned(),
                |near| format!("did you mean {near}?"),
            );
            marks.push_in(source, page.span, message).hint(hint);
        }
    }
}

/// A full address of this site at which nothing is.
fn own_address(world: &World<'_>, span: Span, destination: &str, marks: &mut Marks) {
    let base = world.config.base.trim_end_matches('/');
    let Some(rest) = destination.strip_prefix(base).filter(|_| !base.is_empty()) else { return };
    let path = decoded(rest.split(['#', '?']).next().unwrap_or_default());
    if !(path.is_empty() || path.starts_with('/')) {
        return;
    }
    let url = normal(&path);
    let is_there = world.site.at(&url).is_some()
        || world.site.file_by_url.contains_key(&url)
        || world.paths.has(url.trim_start_matches('/'))
        || world.paths.has(&Url::from_root(&url).output());
    if !is_there {
        let message = format!("“{destination}” is an address of this site, and nothing is there");
        let hint = "write the way to the file from this one: `../manage/records.md`";
        marks.push(span, message).hint(hint);
    }
}

fn report(span: Span, destination: &str, target: &Target, marks: &mut Marks) {
    let Target::Missing(why) = target else { return };
    if is_without_scheme(destination, target)
        || is_email_alone(destination, target)
        || *why == Missing::Refused
    {
        return; // `web-address` says what to write.
    }
    let did_you_mean = |close: &Option<String>, otherwise: &str| match close {
        Some(close) => format!("did you mean {close}?"),
        None => otherwise.to_owned(),
    };
    let (message, hint) = match why {
        Missing::Unknown(close) => (
            format!("there is no page or file “{destination}”"),
            did_you_mean(close, "write the way to the file from this one: `../manage/records.md`"),
        ),
        Missing::Heading(close) => (
            format!("the page is there, but “{destination}” is not a heading on it"),
            did_you_mean(close, "leave out the # and what comes after it"),
        ),
        Missing::Choice(Choice { wrong, close, known }) => (
            format!("“{destination}” asks for “{wrong}”, which cannot be chosen on that page"),
            match close {
                Some(close) => format!("did you mean `{close}`?"),
                None if known.is_empty() => "take it out".to_owned(),
                None => {
                    format!("write one of: {}", known[..known.len().min(MOST_NAMED)].join(", "))
                }
            },
        ),
        Missing::Unpublished(what) => (
            format!("“{destination}” is {what}, so this page cannot link to it"),
            "take the link out, or put it in a box for staff: `> [!STAFF]`".to_owned(),
        ),
        Missing::Outside => (
            format!("“{destination}” leads out of the folder of the site"),
            "take out a `../`".to_owned(),
        ),
        Missing::Empty | Missing::Refused => {
            ("this link leads nowhere".to_owned(), "write an address in the brackets".to_owned())
        }
    };
    let found = marks.push(span, message).hint(hint);
    // The words of the link stay, and lead nowhere.
    if matches!(why, Missing::Unpublished(what) if *what == CONSENT_ENDED) {
        found.severity(Severity::Warning);
    }
}
