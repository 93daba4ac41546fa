//! `letter-parts`: letters that lack something their reader needs.
//!
//! The parts are those that the Home Office, the NHS and councils ask of their
//! own letters: a greeting, an end that goes with it, someone to ring, and in a
//! decision the five things that the law and good sense require.

use super::{
    Check, Findings, Run, Subject,
    prose::{GAP, Prose},
};
use crate::{
    diagnostic::Severity,
    model::{
        Kind, Page,
        kind::{FieldType, Letter},
        value::Value,
    },
    parse::{Block, Fence, Heading, walk},
    source::Span,
};

pub(super) const CHECK: Check = Check {
    code: "letter-parts",
    severity: Severity::Error,
    manual: include_str!("letter_parts.md"),
    run: Run::Page(run),
};

/// The parts of a decision: the name, what is asked for, and how headings that
/// begin it are often worded, in small letters.
const DECISION: &[(&str, &str, &[&str])] = &[
    ("decision", "what was decided", &["what we decided", "our decision", "we have decided"]),
    ("reason", "why", &["why", "reason", "how we decided"]),
    ("advice", "where to get advice", &["advice", "help you can", "who can help", "get help"]),
    (
        "next",
        "what happens next",
        &["happens next", "next steps", "what you need to do", "what to do next"],
    ),
    (
        "complain",
        "how to complain",
        &["complain", "disagree", "not agree", "appeal", "not happy", "unhappy"],
    ),
];

fn run(subject: &Subject<'_>, page: &Page, findings: &mut Findings<'_>) {
    let Some(letter) = page.kind.letter() else { return };
    let headings = &subject.text.document.headings;
    let top = subject.front("kind");
    greeting(subject, top, findings);
    if let Kind::DecisionLetter(_) = page.kind {
        for (part, what, wordings) in DECISION {
            if !headings.iter().any(|heading| is_part(heading, part, wordings)) {
                let message = format!("this decision does not say {what}");
                let hint = format!("add a part to it: `## {} {{part={part}}}`", example(part));
                findings.push(top, message).hint(hint);
            }
        }
    }
    if let Some(from) = &letter.from
        && !has_phone(subject, page, letter)
    {
        let message = "this letter gives no phone number, so people cannot ask about it";
        findings.push(from.span, message).hint("write `Call us on ((contact phone)).`");
    }
}

/// Whether a heading begins a part: by its mark, or by common words for it.
pub(super) fn is_part(heading: &Heading, part: &str, wordings: &[&str]) -> bool {
    let small = heading.text.to_lowercase();
    heading
        .part
        .as_deref()
        .map_or_else(|| wordings.iter().any(|wording| small.contains(wording)), |own| own == part)
}

fn example(part: &str) -> &'static str {
    match part {
        "decision" => "What we decided",
        "reason" => "Why",
        "advice" => "Help you can get now",
        "next" => "What happens next",
        _ => "If you do not agree",
    }
}

/// The greeting and the end, and whether they go together.
fn greeting(subject: &Subject<'_>, top: Span, findings: &mut Findings<'_>) {
    let prose = subject.prose;
    let starts = |openings: &'static [&'static str]| {
        let paragraphs = prose.runs.iter().filter(|run| run.run == walk::Run::Paragraph);
        paragraphs
            .map(|run| run.text.clone())
            .find(|text| openings.iter().any(|opening| begins(&prose.text[text.clone()], opening)))
    };
    let dear = starts(&["dear", "annwyl"]);
    let end = starts(&["yours", "kind regards", "best wishes", "yn gywir", "yr eiddoch", "cofion"]);
    if dear.is_none() {
        findings
            .push(top, "this letter has no greeting")
            .hint("begin it with `Dear ((full name))`, or `Dear Sir or Madam`");
    }
    if end.is_none() {
        findings
            .push(top, "this letter has no end")
            .hint("write `Yours sincerely` after a name, or `Yours faithfully` without one");
    }
    let (Some(dear), Some(end)) = (dear, end) else { return };
    let named = is_named(subject, prose, &prose.text[dear.clone()]);
    let source = &subject.text.document.source;
    let (said, _) = source.line_at(prose.span(dear).start);
    let closing = &prose.text[end.clone()];
    let place = prose.span(end.clone());
    if named && begins(closing, "yours faithfully") {
        let message =
            format!("“Yours faithfully” does not go with “{}”, which is a name", said.trim());
        findings.push(place, message).hint("write `Yours sincerely`");
    } else if !named && begins(closing, "yours sincerely") {
        let message =
            format!("“Yours sincerely” does not go with “{}”, which is no name", said.trim());
        findings.push(place, message).hint("write `Yours faithfully`");
    }
}

fn begins(text: &str, opening: &str) -> bool {
    text.trim_start().get(..opening.len()).is_some_and(|start| start.eq_ignore_ascii_case(opening))
}

/// Words that greet nobody by name, in small letters.
#[rustfmt::skip] // a list of words
const NOBODY: &[&str] = &[
    "sir", "madam", "team", "department", "service", "services", "centre", "office", "council",
    "colleague", "manager", "officer", "support", "care", "customer", "all", "editor",
    "resident", "occupier", "parent", "carer",
];

/// Whether a greeting names a person.
fn is_named(subject: &Subject<'_>, prose: &Prose<'_>, dear: &str) -> bool {
    let contacts = &subject.scene.site.data.contacts;
    let line = dear.trim_start().lines().next().unwrap_or_default();
    let who = line.split_once(' ').map_or("", |(_, who)| who).trim().trim_end_matches(',');
    let is_nobody = |word: &str| NOBODY.iter().any(|nobody| word.eq_ignore_ascii_case(nobody));
    let is_team = contacts.values().any(|contact| contact.name.eq_ignore_ascii_case(who));
    // A greeting that is a value names whoever is filled in, unless it is a team.
    let is_team_value = who.starts_with(GAP)
        && prose.values.first().is_some_and(|used| {
            used.name.trim().ends_with(" name") && {
                let id = used.name.trim().trim_end_matches(" name").to_lowercase();
                id == "contact" || contacts.contains_key(&id)
            }
        });
    !(who.is_empty()
        || is_team
        || is_team_value
        || who.split(|c: char| !c.is_alphabetic()).any(is_nobody))
}

fn has_phone(subject: &Subject<'_>, page: &Page, letter: &Letter) -> bool {
    let scene = subject.scene;
    let is_phone = |name: &str| {
        matches!(scene.site.value(name, page, scene.config), Some(Value::Phone(_)))
            || letter.field(name.trim()).is_some_and(|field| field.kind == FieldType::Phone)
    };
    let in_snippet = |name: &str| match scene.site.value(name, page, scene.config) {
        Some(Value::Snippet(text)) => {
            let mut found = false;
            text.document.each_inline(&mut |inline| {
                if let crate::parse::Inline::Value(name, _) = inline {
                    found |= is_phone(name);
                }
            });
            found
        }
        _ => false,
    };
    let values = &subject.prose.values;
    let is_contact =
        |block: &Block| matches!(block, Block::Record(record) if record.fence == Fence::Contact);
    // An unknown contact is a fault of its own.
    scene.site.contact_of(page, scene.config).is_none()
        || values.iter().any(|used| is_phone(used.name) || in_snippet(used.name))
        || subject.text.document.blocks.iter().any(is_contact)
}
