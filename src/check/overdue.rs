//! `overdue`: pages whose day to be checked has passed.

use super::{Check, Looks, Marks, Rule, Subject, owner::looked_after_by};
use crate::{
    model::{Page, Status},
    rule::Severity,
};

pub(super) const CHECK: Check =
    Rule::warning("overdue", Looks::Pages, include_str!("overdue.md")).on_written(run);

fn run(subject: &Subject<'_>, page: &Page, marks: &mut Marks) {
    let world = subject.world;
    let Some(due) = page.front.check_again.as_ref() else { return };
    if due.value >= world.today || page.front.status != Status::Published {
        return;
    }
    let called = |id: &str| {
        let contact = world.site.data.contacts.get(id);
        contact.map_or_else(|| id.to_owned(), |contact| contact.name.clone())
    };
    let people = [looked_after_by(subject, page), page.front.deputy.as_ref()];
    let people: Vec<String> = people.into_iter().flatten().map(|id| called(&id.value)).collect();
    let who = match &people[..] {
        [] => "someone".to_owned(),
        [owner] => owner.clone(),
        [owner, deputy, ..] => format!("{owner} or {deputy}"),
    };
    let message = format!("this page was due to be checked on {}", due.value.in_english());
    let hint =
        format!("ask {who} to read all of it, and write `checked: {}`", world.today.in_english());
    let grace = world.config.rules.overdue_days;
    let is_error = grace.is_some_and(|days| due.value.plus_days(days) < world.today);
    let severity = if is_error { Severity::Error } else { Severity::Warning };
    marks.push(due.span, message).hint(hint).severity(severity);
}
