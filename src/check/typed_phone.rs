//! `typed-phone`: phone numbers typed into a page, which nobody finds when the
//! number changes.

use super::{Check, Looks, Marks, Rule, Subject, phone::numbers, prose::Voice};
use crate::parse::phone;

pub(super) const CHECK: Check =
    Rule::warning("typed-phone", Looks::Words, include_str!("typed_phone.md")).on_text(run);

fn run(subject: &Subject<'_>, marks: &mut Marks) {
    if subject.page.is_some_and(|page| page.kind.service().is_some()) {
        return; // A directory entry is a place for numbers of its own.
    }
    let prose = subject.prose;
    for place in numbers(prose) {
        let run = prose.runs.partition_point(|run| run.text.end < place.start);
        if prose.runs.get(run).is_some_and(|run| run.voice == Voice::Quoted) {
            continue;
        }
        let number = &prose.text[place.clone()];
        let Ok(phone) = phone::parse(number) else { continue };
        let contacts = subject.world.site.data.contacts.iter();
        let known = contacts
            .filter(|(_, contact)| {
                contact.phones.first().is_some_and(|line| line.link == phone.link)
            })
            .map(|(id, _)| id)
            .next();
        let hint = match known {
            Some(id) => format!("write `(({id} phone))`"),
            None => "put it in contacts.yaml, and write its id and `phone`: `((money-team phone))`"
                .to_owned(),
        };
        let message =
            format!("“{number}” is typed here, so a change would have to be made here too");
        marks.push(prose.span(place), message).hint(hint);
    }
}
