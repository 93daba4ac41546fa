//! `owner`: pages that nobody looks after, and names of contacts that are not
//! there.

use super::{Check, Looks, Marks, Rule, Subject};
use crate::{
    model::{Data, Page},
    parse::Placed,
    rule::Severity,
    text::nearest,
};

pub(super) const CHECK: Check = Rule::error("owner", Looks::Pages, include_str!("owner.md"))
    .asked_by("owner")
    .promise("nobody would look after the page")
    .on_written(run);

fn run(subject: &Subject<'_>, page: &Page, marks: &mut Marks) {
    let data = &subject.world.site.data;
    let front = &page.front;
    if subject.world.config.rules.owner && looked_after_by(subject, page).is_none() {
        let id = data.contacts.keys().next().map_or("money-team", String::as_str);
        let hint = format!("add a line with an id from contacts.yaml: `owner: {id}`");
        marks.push(subject.front("owner"), "nobody looks after this page").hint(hint);
    }
    let letter = page.kind.letter();
    let named = [
        ("owner", front.owner.as_ref()),
        ("deputy", front.deputy.as_ref()),
        ("contact", front.contact.as_ref()),
        ("from", letter.and_then(|letter| letter.from.as_ref())),
    ];
    for (name, id) in named {
        let Some(id) = id.filter(|id| !data.contacts.contains_key(&id.value)) else { continue };
        let message = format!("“{}” is not the id of a contact", id.value);
        let hint = hint(data, name, id);
        marks.push(id.span, message).hint(hint).caused_by(lost_contact(data, &id.value));
    }
    // A letter may be to anyone at all; only a slip is reported.
    if let Some(to) = letter.and_then(|letter| letter.to.as_ref()) {
        let is_known = data.contacts.contains_key(&to.value)
            || data.contacts.values().any(|contact| contact.name == to.value);
        let close = nearest(&to.value, data.contacts.keys().map(String::as_str));
        if let Some(close) = close.filter(|_| !is_known) {
            let message = format!("“{}” is not the id of a contact, and one is close", to.value);
            let hint = format!("did you mean `to: {close}`?");
            marks.push(to.span, message).hint(hint).severity(Severity::Warning);
        }
    }
}

/// Who looks after a page.
pub(super) fn looked_after_by<'a>(
    subject: &Subject<'a>,
    page: &'a Page,
) -> Option<&'a Placed<String>> {
    subject.world.site.owner_of(page)
}

/// What a contact causes that is named in many places and not there: most likely it has
/// another id now.
pub(super) fn lost_contact(data: &Data, id: &str) -> (String, String) {
    let id = id.to_lowercase();
    let hint = match nearest(&id, data.contacts.keys().map(String::as_str)) {
        Some(near) => {
            format!("write `{id}:` in contacts.yaml in place of `{near}:`, or `{near}` here")
        }
        None => format!("add `{id}:` to contacts.yaml, or write the id of another here"),
    };
    (format!("“{id}” is not the id of a contact"), hint)
}

fn hint(data: &Data, name: &str, id: &Placed<String>) -> String {
    let ids = data.contacts.keys().map(String::as_str);
    let by_name = data.contacts.iter().find(|(_, contact)| contact.name == id.value);
    let meant = by_name.map(|(id, _)| id.as_str()).or_else(|| nearest(&id.value, ids));
    match meant {
        Some(meant) => format!("did you mean `{name}: {meant}`?"),
        None => format!("add “{}” to contacts.yaml, or write the id of another", id.value),
    }
}
