//! `unknown-value`: double brackets that stand for nothing.

use super::{Check, Findings, Run, Scene, Subject};
use crate::{
    diagnostic::Severity,
    model::{
        Page,
        value::{PARTS, Value},
    },
    parse::nearest,
    source::Span,
};

pub(super) const CHECK: Check = Check {
    code: "unknown-value",
    severity: Severity::Error,
    manual: include_str!("unknown_value.md"),
    run: Run::Text(run),
};

fn run(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for used in &subject.prose.values {
        value(subject, used.name, used.span, used.is_when, findings);
    }
    let letter = subject.page.and_then(|page| page.kind.sheet());
    if let Some(words) = letter.and_then(|letter| letter.subject.as_ref()) {
        for name in in_brackets(&words.value) {
            value(subject, name, words.span, false, findings);
        }
    }
}

/// The names in double brackets in words that are not Markdown.
pub(super) fn in_brackets(words: &str) -> impl Iterator<Item = &str> {
    let ends = words.split("((").skip(1).filter_map(|rest| rest.split_once("))"));
    ends.map(|(name, _)| name.split_once("??").map_or(name, |(name, _)| name).trim())
}

fn value(
    subject: &Subject<'_>,
    name: &str,
    span: Span,
    is_when: bool,
    findings: &mut Findings<'_>,
) {
    let Scene { site, config, .. } = *subject.scene;
    let is_field = |name: &str| subject.page.is_some_and(|page| page.field(name).is_some());
    // `((field: answer??…))`: whether there is such an answer, `letter-field` says.
    let field = name.split_once(':').filter(|_| is_when).map_or(name, |(field, _)| field);
    if is_field(name) || is_field(field) {
        return;
    }
    if is_when {
        let name = field;
        let fields = field_names(subject.page);
        let hint = match nearest(name, fields.iter().copied()) {
            Some(meant) => format!("did you mean `(({meant}??…))`?"),
            None => "add a field of the type `yes or no` under `fields:`".to_owned(),
        };
        let message = format!("there is no field “{name}” that could be yes or no");
        findings.push(span, message).hint(hint);
        return;
    }
    // A snippet can be on any page, so what depends on the page is left to it.
    let depends = name.split_once(' ').is_some_and(|(who, _)| who.eq_ignore_ascii_case("contact"));
    let Some(page) = subject.page.or_else(|| site.pages.first().filter(|_| !depends)) else {
        return;
    };
    match site.value(name, page, config) {
        Some(Value::Lacking(what)) => {
            let who = name.rsplit_once(' ').map_or(name, |(who, _)| who);
            let (who, contact) = match site.contact_of(page, config) {
                Some((id, contact)) if who.eq_ignore_ascii_case("contact") => (id, Some(contact)),
                _ => (who, site.data.contacts.get(&who.to_lowercase())),
            };
            let called = contact.map_or(who, |contact| &contact.name);
            let message = format!("“{called}” has no {what}, so “(({name}))” would be empty");
            findings
                .push(span, message)
                .hint(format!("add it to “{who}” in contacts.yaml, or name another contact"));
        }
        Some(_) => {}
        None if depends => {
            let message = format!("this page names no contact, so “(({name}))” stands for nothing");
            findings.push(span, message).hint("add a line at the top: `contact: money-team`");
        }
        None => {
            let hint = match meant(subject, name) {
                Some(meant) => format!("did you mean `(({meant}))`?"),
                None => "use a name from facts.yaml, a contact and its part such as \
                     `((money-team phone))`, or a snippet"
                    .to_owned(),
            };
            let message = format!("“(({name}))” stands for nothing");
            findings.push(span, message).hint(hint);
        }
    }
}

fn field_names(page: Option<&Page>) -> Vec<&str> {
    let letter = page.and_then(|page| page.kind.sheet());
    let fields = letter.map_or(&[][..], |letter| &letter.fields);
    fields.iter().map(|field| field.name.value.as_str()).collect()
}

fn meant(subject: &Subject<'_>, name: &str) -> Option<String> {
    let site = subject.scene.site;
    let contacts = site.data.contacts.keys().map(String::as_str);
    let parts: Vec<String> = contacts
        .chain(["contact"])
        .flat_map(|id| PARTS.iter().map(move |part| format!("{id} {part}")))
        .collect();
    let known = field_names(subject.page)
        .into_iter()
        .chain(site.data.facts.keys().map(String::as_str))
        .chain(site.snippets.keys().map(String::as_str))
        .chain(parts.iter().map(String::as_str));
    nearest(name, known).map(str::to_owned)
}
