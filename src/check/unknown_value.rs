//! `unknown-value`: double brackets that stand for nothing.

use std::collections::BTreeSet;

use super::{
    Check, Marks, Subject, World,
    owner::lost_contact,
    prose::{Use, UsePlace},
    rule,
    stray_marks::{template_tag, wrong_brackets},
};
use crate::{
    model::{
        Page, RecordData,
        value::{PARTS, Value},
    },
    parse::{Inline, Placed, values::Filled, walk::each_in},
    text::{
        Source, Span,
        brackets::{Bracketed, bracketed, left_over, literal_name},
        nearest,
    },
};

pub(super) const CHECK: Check = rule::UNKNOWN_VALUE.on_text_and_data(run, data);

/// Where names are looked for: on a page, in a snippet or in a data file.
#[derive(Clone, Copy)]
struct Asked<'a> {
    world: &'a World<'a>,
    page: Option<&'a Page>,
    source: &'a Source,
    /// Whether `contact` is the contact of the site.
    is_data: bool,
}

fn run(subject: &Subject<'_>, marks: &mut Marks) {
    let (text, prose) = (subject.text, subject.prose);
    let source = &text.document.source;
    let asked = Asked { world: subject.world, page: subject.page, source, is_data: false };
    for used in &prose.values {
        if used.place == UsePlace::Markdown || has_blanks(subject, used.span) {
            value(asked, used.name, used.span, used.is_when, marks);
        } else {
            words(asked, used, marks);
        }
    }
    for heading in &text.document.headings {
        each_in(&heading.content, &mut |inline| {
            if let Inline::Value(name, span) = inline {
                no_words(asked, name, *span, marks);
            }
        });
    }
    let mut seen = BTreeSet::new();
    for filled in &text.filled {
        half_written(asked, filled, &mut seen, marks);
        other_marks(asked, filled, marks);
    }
    let mut at = 0;
    let is_literal = |rest: &str| subject.world.site.literal.contains(&literal_name(rest));
    while let Some((_, open)) = left_over(&prose.text[at..], is_literal) {
        let start = at + open;
        let shown = half(&prose.text[start..]);
        at = start + shown.len();
        let span = prose.span(start..at);
        // Nothing else stands between the two brackets: `(**(a)** b)`.
        let typed =
            source.text.get(span.start..).unwrap_or_default().chars().filter(|&c| c != '\\');
        let is_pair = typed.take(2).all(|c| matches!(c, '(' | '（'));
        let is_exact = span.end - span.start <= shown.len() + 2;
        if (is_pair || !is_exact) && seen.insert(span.start) {
            unclosed(asked, shown, span, marks);
        }
    }
}

fn data(world: &World<'_>, marks: &mut Marks) {
    let data = &world.site.data;
    for (file, all) in &data.filled {
        let Some(source) = data.sources.get(file) else { continue };
        let asked = Asked { world, page: None, source, is_data: true };
        for filled in all {
            Use::all(filled, source, UsePlace::Top).for_each(|used| words(asked, &used, marks));
            half_written(asked, filled, &mut BTreeSet::new(), marks);
            other_marks(asked, filled, marks);
        }
    }
}

/// Whether blanks may stand at a place that is not Markdown: in the subject of a letter and
/// in its easy-read rows.
fn has_blanks(subject: &Subject<'_>, span: Span) -> bool {
    let Some(letter) = subject.page.and_then(|page| page.kind.sheet()) else { return false };
    let is_in =
        |words: &Placed<String>| words.span.start <= span.start && span.end <= words.span.end;
    let is_row = |data: &RecordData| match data {
        RecordData::Symbols(rows) => rows.iter().any(|row| is_in(&row.words)),
        _ => false,
    };
    letter.subject.as_ref().is_some_and(is_in) || subject.text.records.values().any(is_row)
}

/// A name where only words can stand.
fn words(asked: Asked<'_>, used: &Use<'_>, marks: &mut Marks) {
    let Use { name, span, is_when, .. } = *used;
    let is_blank = asked.page.is_some_and(|page| page.field(name).is_some());
    if is_when || is_blank {
        let shown = if is_when { format!("(({name}??…))") } else { format!("(({name}))") };
        let message = format!("“{shown}” cannot stand here: nobody has answered yet");
        marks.push_in(asked.source, span, message).hint(
            "write words that are right for everyone, and put this into the text of a letter",
        );
    } else if !no_words(asked, name, span, marks) {
        value(asked, name, span, false, marks);
    }
}

/// Says that a name stands for a text, where only words can stand; whether it does.
fn no_words(asked: Asked<'_>, name: &str, span: Span, marks: &mut Marks) -> bool {
    let Some(page) = asked.page.or(asked.world.site.pages.first()) else { return false };
    let what = match asked.world.site.value(name, page, asked.world.config) {
        Some(Value::Snippet(_)) => "a snippet",
        Some(Value::Statement) => "a part of a page",
        _ => return false,
    };
    let message = format!("“(({name}))” is {what}, and only a few words can stand here");
    let hint = "write the words themselves, or name a fact or a part of a contact";
    marks.push_in(asked.source, span, message).hint(hint);
    true
}

/// Brackets in words that are not Markdown which are no value and were meant to be one.
fn half_written(asked: Asked<'_>, filled: &Filled, seen: &mut BTreeSet<usize>, marks: &mut Marks) {
    // Values that are whole are told of on their own.
    let mut rest = filled.typed.clone();
    for Bracketed { place, .. } in bracketed(&filled.typed) {
        rest.replace_range(place.clone(), &" ".repeat(place.len()));
    }
    let mut at = 0;
    while let Some((_, open)) = left_over(&rest[at..], |_| false) {
        let start = at + open;
        let shown = half(&rest[start..]);
        at = start + shown.len();
        let span = filled.place(asked.source, &(start..at));
        if seen.insert(span.start) {
            unclosed(asked, shown, span, marks);
        }
    }
}

/// Values in brackets of the wrong sort, and tags of a template, in words that are not Markdown.
fn other_marks(asked: Asked<'_>, filled: &Filled, marks: &mut Marks) {
    let Some(page) = asked.page.or(asked.world.site.pages.first()) else { return };
    if let Some((part, name)) = wrong_brackets(asked.world, page, &filled.typed) {
        let message = format!("“{}” stands for nothing", &filled.typed[part.clone()]);
        let hint = format!("write `(({name}))`");
        marks.push_in(asked.source, filled.place(asked.source, &part), message).hint(hint);
    } else if let Some(part) = template_tag(&filled.typed) {
        let message = format!(
            "“{}” is a mark of another program, and readers see it as typed",
            &filled.typed[part.clone()]
        );
        let hint = "write the words themselves";
        marks.push_in(asked.source, filled.place(asked.source, &part), message).hint(hint);
    }
}

/// Brackets, the name after them, and the brackets that close it, as far as there are any.
fn half(text: &str) -> &str {
    let is_bracket = |c: char| matches!(c, '(' | ')' | '（' | '）');
    let inner = text.trim_start_matches(is_bracket);
    let open = text.len() - inner.len();
    let is_end = |c: char| is_bracket(c) || matches!(c, '\n' | super::prose::GAP);
    let end = inner.find(is_end).unwrap_or(inner.len());
    let name = inner[..end].trim_end();
    if name.len() < end && !inner[end..].starts_with(is_bracket) || name.chars().count() > 60 {
        let short = name.char_indices().nth(60).map_or(name.len(), |(at, _)| at);
        return &text[..open + short];
    }
    let closing = inner[end..].chars().take_while(|c| matches!(c, ')' | '）')).take(2);
    &text[..open + end + closing.map(char::len_utf8).sum::<usize>()]
}

fn unclosed(asked: Asked<'_>, shown: &str, span: Span, marks: &mut Marks) {
    let is_bracket = |c: char| matches!(c, '(' | ')' | '（' | '）');
    let name = shown.trim_matches(is_bracket).trim();
    let site = asked.world.site;
    let page = asked.page.or(site.pages.first());
    let is_known = page.is_some_and(|page| {
        page.field(name).is_some() || site.value(name, page, asked.world.config).is_some()
    });
    let near = if is_known { Some(name.to_owned()) } else { meant(asked, name) };
    // Brackets of another width are the marks of other scripts, unless a name stands in them.
    if shown.contains('（') && near.is_none() {
        return;
    }
    let message = format!("“{shown}” is not a name in double brackets, and would be seen as typed");
    let name = near.as_deref().unwrap_or(name);
    let hint = format!("write `(({name}))`, or `\\(({name}))` to show the brackets");
    marks.push_in(asked.source, span, message).hint(hint);
}

fn value(asked: Asked<'_>, name: &str, span: Span, is_when: bool, marks: &mut Marks) {
    let Asked { page, source, .. } = asked;
    let World { site, config, .. } = *asked.world;
    let is_field = |name: &str| page.is_some_and(|page| page.field(name).is_some());
    // `((field: answer??…))`: whether there is such an answer, `letter-field` says.
    let field = name.split_once(':').filter(|_| is_when).map_or(name, |(field, _)| field);
    if is_field(name) || is_field(field) {
        return;
    }
    if is_when {
        let name = field;
        let fields = field_names(page);
        let hint = match nearest(name, fields.iter().copied()) {
            Some(meant) => format!("did you mean `(({meant}??…))`?"),
            None => "add a field of the type `yes or no` under `fields:`".to_owned(),
        };
        let message = format!("there is no field “{name}” that could be yes or no");
        marks.push_in(source, span, message).hint(hint);
        return;
    }
    // A snippet can be on any page, so what depends on the page is left to it.
    let depends = name
        .split_whitespace()
        .next()
        .is_some_and(|who| who.eq_ignore_ascii_case("contact") && name.trim().contains(' '));
    if depends && asked.is_data && !site.data.contacts.contains_key(&config.contact) {
        let message = format!("this site names no contact, so “(({name}))” stands for nothing");
        marks.push_in(source, span, message).hint("name a team: `((money-team phone))`");
        return;
    }
    let first = || site.pages.first().filter(|_| !depends || asked.is_data);
    let Some(page) = page.or_else(first) else { return };
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
            marks.push_in(source, span, message).hint(hint).one_cause();
        }
        Some(_) => {}
        None if depends => {
            let message = format!("this page names no contact, so “(({name}))” stands for nothing");
            let hint = "add a line at the top: `contact: money-team`";
            marks.push_in(source, span, message).hint(hint);
        }
        None => {
            let hint = match meant(asked, name) {
                Some(meant) => format!("did you mean `(({meant}))`?"),
                None => "use a name from facts.yaml, a contact and its part such as \
                     `((money-team phone))`, or a snippet"
                    .to_owned(),
            };
            let message = format!("“(({name}))” stands for nothing");
            let mark = marks.push_in(source, span, message).hint(hint);
            match name.trim().rsplit_once(' ').filter(|(_, part)| PARTS.contains(part)) {
                Some((id, _)) => mark.caused_by(lost_contact(&site.data, id)),
                None => mark.one_cause(),
            };
        }
    }
}

fn field_names(page: Option<&Page>) -> Vec<&str> {
    let letter = page.and_then(|page| page.kind.sheet());
    let fields = letter.map_or(&[][..], |letter| &letter.fields);
    fields.iter().map(|field| field.name.value.as_str()).collect()
}

fn meant(asked: Asked<'_>, name: &str) -> Option<String> {
    let site = asked.world.site;
    let contacts = site.data.contacts.keys().map(String::as_str);
    let parts: Vec<String> = contacts
        .chain(["contact"])
        .flat_map(|id| PARTS.iter().map(move |part| format!("{id} {part}")))
        .collect();
    let known = field_names(asked.page)
        .into_iter()
        .chain(site.data.facts.keys().map(String::as_str))
        .chain(site.snippets.keys().map(String::as_str))
        .chain(parts.iter().map(String::as_str));
    nearest(name, known).map(str::to_owned)
}
