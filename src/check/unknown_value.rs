//! `unknown-value`: double brackets that stand for nothing.

use super::{Check, Findings, Run, Scene, Subject};
use crate::{
    diagnostic::Severity,
    model::{
        Page, Site,
        value::{PARTS, Value, names_in},
    },
    parse::nearest,
    source::Span,
};

pub(super) const CHECK: Check = Check {
    code: "unknown-value",
    severity: Severity::Error,
    manual: include_str!("unknown_value.md"),
    run: Run::TextAndData(run, data),
};

fn run(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let Subject { scene, text, prose, page } = *subject;
    let mut seen: Vec<Span> = Vec::new();
    for used in &prose.values {
        seen.push(used.span);
        report(fault(scene, page, used.name, used.is_when), used.span, findings);
    }
    let letter = page.and_then(|page| page.kind.sheet());
    if let Some(words) = letter.and_then(|letter| letter.subject.as_ref()) {
        for name in in_brackets(&words.value) {
            report(fault(scene, page, name, false), words.span, findings);
        }
    }
    // What stands in the other lines at the top: the words of a flow, of a step, of a change.
    if letter.is_some() || page.is_none() {
        return;
    }
    let document = &text.document;
    for (name, span) in in_lines(document.source.at(document.front)) {
        let span = span.shifted(document.front.start);
        if !seen.iter().any(|known| known.start <= span.start && span.start < known.end) {
            report(fault(scene, page, name, false), span, findings);
        }
    }
}

/// Data files whose words are shown on pages.
const SHOWN: &[&str] = &["contacts.yaml", "glossary.yaml", "notices.yaml", "organisations.yaml"];

fn data(scene: &Scene<'_>, findings: &mut Findings<'_>) {
    for name in SHOWN {
        let Some(source) = scene.site.data.sources.get(name) else { continue };
        for (name, span) in in_lines(&source.text) {
            if let Some((message, hint)) = fault(scene, None, name, false) {
                findings.push_in(source, span, message).hint(hint);
            }
        }
    }
}

fn report(fault: Option<(String, String)>, span: Span, findings: &mut Findings<'_>) {
    if let Some((message, hint)) = fault {
        findings.push(span, message).hint(hint);
    }
}

/// The names in double brackets in a file of names and values, without its comments.
fn in_lines(text: &str) -> impl Iterator<Item = (&str, Span)> {
    names_in(text).into_iter().filter_map(move |(name, place)| {
        let line = text[..place.start].rsplit('\n').next().unwrap_or_default();
        let is_comment = line.trim_start().starts_with('#') || line.contains(" #");
        let is_one_line = !name.contains('\n');
        (!is_comment && is_one_line).then(|| (name, Span::new(place.start, place.end)))
    })
}

/// The names in double brackets in words that are not Markdown.
pub(super) fn in_brackets(words: &str) -> impl Iterator<Item = &str> {
    let ends = words.split("((").skip(1).filter_map(|rest| rest.split_once("))"));
    ends.map(|(name, _)| name.split_once("??").map_or(name, |(name, _)| name).trim())
}

/// What is wrong with a value, and what to write instead.
fn fault(
    scene: &Scene<'_>,
    page: Option<&Page>,
    name: &str,
    is_when: bool,
) -> Option<(String, String)> {
    let Scene { site, config, .. } = *scene;
    let is_field = |name: &str| page.is_some_and(|page| page.field(name).is_some());
    // `((field: answer??…))`: whether there is such an answer, `letter-field` says.
    let field = name.split_once(':').filter(|_| is_when).map_or(name, |(field, _)| field);
    if is_field(name) || is_field(field) {
        return None;
    }
    if is_when {
        let name = field;
        let fields = field_names(page);
        let hint = match nearest(name, fields.iter().copied()) {
            Some(meant) => format!("did you mean `(({meant}??…))`?"),
            None => "add a field of the type `yes or no` under `fields:`".to_owned(),
        };
        return Some((format!("there is no field “{name}” that could be yes or no"), hint));
    }
    // A snippet can be on any page, so what depends on the page is left to it.
    let depends = name.split_once(' ').is_some_and(|(who, _)| who.eq_ignore_ascii_case("contact"));
    let own = page;
    let page = page.or_else(|| site.pages.first().filter(|_| !depends))?;
    match site.value(name, page, config) {
        Some(Value::Lacking(what)) => {
            let who = name.rsplit_once(' ').map_or(name, |(who, _)| who);
            let (who, contact) = match site.contact_of(page, config) {
                Some((id, contact)) if who.eq_ignore_ascii_case("contact") => (id, Some(contact)),
                _ => (who, site.data.contacts.get(&who.to_lowercase())),
            };
            let called = contact.map_or(who, |contact| &contact.name);
            let message = format!("“{called}” has no {what}, so “(({name}))” would be empty");
            let hint = format!("add it to “{who}” in contacts.yaml, or name another contact");
            Some((message, hint))
        }
        Some(_) => None,
        None if depends => {
            let message = format!("this page names no contact, so “(({name}))” stands for nothing");
            Some((message, "add a line at the top: `contact: money-team`".to_owned()))
        }
        None => {
            let hint = match meant(site, own, name) {
                Some(meant) => format!("did you mean `(({meant}))`?"),
                None => "use a name from facts.yaml, a contact and its part such as \
                     `((money-team phone))`, or a snippet"
                    .to_owned(),
            };
            Some((format!("“(({name}))” stands for nothing"), hint))
        }
    }
}

fn field_names(page: Option<&Page>) -> Vec<&str> {
    let letter = page.and_then(|page| page.kind.sheet());
    let fields = letter.map_or(&[][..], |letter| &letter.fields);
    fields.iter().map(|field| field.name.value.as_str()).collect()
}

fn meant(site: &Site, page: Option<&Page>, name: &str) -> Option<String> {
    let contacts = site.data.contacts.keys().map(String::as_str);
    let parts: Vec<String> = contacts
        .chain(["contact"])
        .flat_map(|id| PARTS.iter().map(move |part| format!("{id} {part}")))
        .collect();
    let known = field_names(page)
        .into_iter()
        .chain(site.data.facts.keys().map(String::as_str))
        .chain(site.snippets.keys().map(String::as_str))
        .chain(parts.iter().map(String::as_str));
    nearest(name, known).map(str::to_owned)
}
