//! `team-headings`: pages about a team that leave out what a worker needs
//! before they refer someone.

use super::{Check, Looks, Marks, Rule, Subject};
use crate::{
    letter::parts,
    model::{Page, kind},
    text::wording::listed,
};

pub(super) const CHECK: Check =
    Rule::error("team-headings", Looks::Words, include_str!("team_headings.md")).on_written(run);

/// The seven parts, from a referral page that staff of a council use every
/// day: the name, a heading for it, and how it is often worded, in small
/// letters.
const PARTS: &[(&str, &str, &[&str])] = &[
    (
        "purpose",
        "Who we are",
        &["who we are", "what we are", "about us", "about the team", "purpose"],
    ),
    ("who-can-refer", "Who can refer", &["who can refer", "who can ask", "who can contact"]),
    ("can", "What we can do", &["we can do", "we can help", "what we do", "how we can help"]),
    ("cannot", "What we cannot do", &["we cannot", "we can’t", "we can't", "we do not do"]),
    ("before", "Before you refer", &["before you", "before a referral"]),
    ("how", "How to refer", &["how to refer", "how to ask", "make a referral", "refer someone"]),
    ("contact", "Contact", &["contact"]),
];

fn run(subject: &Subject<'_>, page: &Page, marks: &mut Marks) {
    if !page.kind.is(&kind::TEAM) {
        return;
    }
    let headings = &subject.text.document.headings;
    let has =
        |part: &str, wordings: &[&str]| headings.iter().any(|own| parts::is(own, part, wordings));
    let missing: Vec<_> = PARTS.iter().filter(|(part, _, wordings)| !has(part, wordings)).collect();
    let Some((part, heading, _)) = missing.first() else { return };
    let names: Vec<String> = missing.iter().map(|(_, name, _)| format!("“{name}”")).collect();
    let names = listed(&names, " and ");
    marks
        .push(subject.front("kind"), format!("this page about a team has no heading for {names}"))
        .hint(format!("add `## {heading}`, or mark one of yours: `## … {{part={part}}}`"));
}
