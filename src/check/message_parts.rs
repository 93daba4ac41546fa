//! `message-parts`: text messages and emails that lack something their reader needs.

use super::{Check, Looks, Marks, Rule, Subject};
use crate::{
    letter::sms,
    model::{Page, kind::Form},
};

pub(super) const CHECK: Check =
    Rule::error("message-parts", Looks::Letters, include_str!("message_parts.md"))
        .promise("the person who gets it could not tell who wrote, or what about")
        .on_written(run);

fn run(subject: &Subject<'_>, page: &Page, marks: &mut Marks) {
    let form = page.kind.form();
    let Some(letter) = page.kind.letter().filter(|_| form != Form::Paper) else { return };
    let world = subject.world;
    let id = world.site.by_url.get(&page.url);
    let Some((template, _)) = id.and_then(|id| world.letters.get(id)) else { return };
    match (&letter.subject, form) {
        (None, Form::Email) => {
            let hint = "say what it is about in a line at the top: `subject: We have your records`";
            marks.push(subject.front("kind"), "this email has no subject").hint(hint);
        }
        (Some(about), Form::Text) => {
            let hint = "take the line out, and say it in the text";
            marks.push(about.span, "a text message has no subject").hint(hint);
        }
        _ => {}
    }
    let Some(from) = &letter.from else { return };
    let Some(team) = world.site.data_in(&page.language).contacts.get(&from.value) else { return };
    let said = sms::said(template, &template.examples()).to_lowercase();
    let is_named = |name: &String| !name.is_empty() && said.contains(&name.to_lowercase());
    if ![&world.config.publisher, &team.name].into_iter().any(is_named) {
        let message = format!("this {} does not say who it is from", form.name());
        let hint = format!("write the name of the team, `{}`, or of who publishes", team.name);
        marks.push(from.span, message).hint(hint);
    }
}
