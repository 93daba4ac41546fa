//! `letter-parts`: letters that lack something their reader needs.
//!
//! The parts are those that the Home Office, the NHS and councils ask of their
//! own letters: a greeting, an end that goes with it, someone to ring, and in a
//! decision the five things that the law and good sense require.

use super::{
    Check, Findings, Run, Subject, letters,
    prose::{GAP, Prose},
};
use crate::{
    diagnostic::Severity,
    letter::parts::{self, PARTS},
    model::{
        Kind, Page,
        kind::{FieldType, Letter},
        value::Value,
    },
    parse::{Block, Fence, walk},
    source::Span,
};

pub(super) const CHECK: Check = Check {
    code: "letter-parts",
    severity: Severity::Error,
    manual: include_str!("letter_parts.md"),
    run: Run::Page(run),
};

fn run(subject: &Subject<'_>, page: &Page, findings: &mut Findings<'_>) {
    let Some(letter) = page.kind.letter() else { return };
    let headings = &subject.text.document.headings;
    let top = subject.front("kind");
    greeting(subject, top, findings);
    if let Kind::DecisionLetter(_) = page.kind {
        for part in PARTS.iter().filter(|part| part.in_decision) {
            if !headings.iter().any(|heading| parts::of(heading) == Some(part.name)) {
                let message = format!("this decision does not say {}", part.what);
                let hint =
                    format!("add a part to it: `## {} {{part={}}}`", part.heading, part.name);
                findings.push(top, message).hint(hint);
            }
        }
        if subject.is_english() {
            time(subject, page, findings);
        }
    }
    help(subject, letter, top, findings);
    if let Some(from) = &letter.from
        && !has_phone(subject, page, letter)
    {
        let message = "this letter gives no phone number, so people cannot ask about it";
        findings.push(from.span, message).hint("write `Call us on ((contact phone)).`");
    }
}

/// Words that say when, in small letters.
#[rustfmt::skip] // a list of words
const TIMES: &[&str] = &[
    "day", "days", "week", "weeks", "month", "months", "today", "tomorrow", "hour", "hours", "straight", "monday",
    "tuesday", "wednesday", "thursday", "friday", "spring", "summer", "autumn", "winter", "term", "year", "soon",
    "easter", "christmas", "now", "before", "january", "february", "march", "april", "june", "july", "august",
    "september", "october", "november", "december",
];

/// What happens next happens at some time.
fn time(subject: &Subject<'_>, page: &Page, findings: &mut Findings<'_>) {
    let headings = &subject.text.document.headings;
    let Some(at) = headings.iter().position(|heading| parts::of(heading) == Some("next")) else {
        return;
    };
    let start = headings[at].span.end;
    let end = headings
        .get(at + 1)
        .map_or(subject.text.document.source.text.len(), |next| next.span.start);
    let is_here = |span: Span| start <= span.start && span.start < end;
    let is_date = |name: &str| page.field(name).is_some_and(|field| field.kind == FieldType::Date);
    let has_date = subject.prose.values.iter().any(|used| is_here(used.span) && is_date(used.name));
    let has_time = letters::sentences(subject).iter().any(|sentence| {
        is_here(subject.prose.span(sentence.place.clone()))
            && sentence.small.split(|c: char| !c.is_alphabetic()).any(|word| TIMES.contains(&word))
    });
    if !has_date && !has_time {
        findings
            .push(headings[at].span, "this does not say when it will happen")
            .hint("write `We will do this by ((next date)).`, or within how many days")
            .severity(Severity::Warning);
    }
}

/// Someone who is asked for something by a day may need help, or more time.
fn help(subject: &Subject<'_>, letter: &Letter, top: Span, findings: &mut Findings<'_>) {
    let has_deadline = letter.fields.iter().any(|field| !field.at_least.is_empty());
    if letter.from.is_none() || !has_deadline || !subject.is_english() {
        return;
    }
    let offers = ["help", "more time", "call us", "call ", "questions", "tell us if"];
    let has_help =
        subject.text.document.headings.iter().any(|heading| parts::of(heading) == Some("help"))
            || letters::sentences(subject)
                .iter()
                .any(|sentence| offers.iter().any(|offer| sentence.small.contains(offer)));
    if !has_help {
        findings
            .push(top, "this letter does not say what to do for help or more time")
            .hint("add a part to it: `## If you need help or more time`");
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
    let dear = starts(&["dear", "annwyl", "hello", "hi ", "good morning", "good afternoon"]);
    let end = starts(&[
        "yours",
        "kind regards",
        "regards",
        "warm",
        "best",
        "with thanks",
        "many thanks",
        "thank you",
        "yn gywir",
        "yr eiddoch",
        "cofion",
        "gyda diolch",
    ]);
    if dear.is_none() {
        findings
            .push(top, "this letter has no greeting")
            .hint("begin it with `Dear ((full name))`, or `Dear Sir or Madam`")
            .severity(Severity::Warning);
    }
    if end.is_none() {
        findings
            .push(top, "this letter has no end")
            .hint("write `Yours sincerely` after a name, or `Yours faithfully` without one")
            .severity(Severity::Warning);
    }
    let (Some(dear), Some(end)) = (dear, end) else { return };
    let named = is_named(subject, prose, &prose.text[dear.clone()]);
    let source = &subject.text.document.source;
    let (said, _) = source.line_at(prose.span(dear).start);
    let closing = &prose.text[end.clone()];
    let place = prose.span(end.clone());
    if let Some(word) = ["Sincerely", "Faithfully"].into_iter().find(|word| closing.contains(word))
    {
        let message = format!("“{word}” has a small letter at its start");
        findings.push(place, message).hint(format!("write `Yours {}`", word.to_lowercase()));
    }
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

/// Titles that a name follows.
const TITLES: &[&str] = &["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "rev"];

/// Words that greet nobody by name, in small letters.
#[rustfmt::skip] // a list of words
const NOBODY: &[&str] = &[
    "sir", "madam", "team", "department", "service", "services", "centre", "office", "council",
    "colleague", "manager", "officer", "support", "care", "customer", "all", "editor",
    "resident", "occupier", "parent", "carer", "neighbour", "tenant", "friend", "applicant", "provider", "everyone",
];

/// Whether a greeting names a person.
fn is_named(subject: &Subject<'_>, prose: &Prose<'_>, dear: &str) -> bool {
    let contacts = &subject.scene.site.data.contacts;
    let line = dear.trim_start().lines().next().unwrap_or_default();
    let who = line.split_once(' ').map_or("", |(_, who)| who).trim().trim_end_matches(',');
    // `Dear parents` is `Dear parent`; `Dear Mr Care` is somebody.
    let is_title = |word: &str| TITLES.iter().any(|title| word.eq_ignore_ascii_case(title));
    if who.split(|c: char| !c.is_alphabetic()).any(is_title) {
        return true;
    }
    let is_nobody = |word: &str| {
        let one = word.strip_suffix('s').unwrap_or(word);
        NOBODY
            .iter()
            .any(|nobody| word.eq_ignore_ascii_case(nobody) || one.eq_ignore_ascii_case(nobody))
    };
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
