//! `dead-link`: links that lead nowhere.

use super::{
    Check, Looks, Marks, Rule, Run, Subject,
    web_address::{is_email_alone, is_without_scheme},
};
use crate::{
    model::{CONSENT_ENDED, Choice, Missing, Target},
    rule::Severity,
    text::Span,
};

pub(super) const CHECK: Check = Check {
    rule: Rule::error("dead-link", Looks::Words, include_str!("dead_link.md"))
        .explains(&["dead-address", "dead-fragment"])
        .promise("a link that leads nowhere costs somebody their support"),
    run: Run::Text(run),
};

/// The most choices that a hint names.
const MOST_NAMED: usize = 12;

fn run(subject: &Subject<'_>, marks: &mut Marks) {
    let text = subject.text;
    let links = text.document.links.iter().map(|link| (link.span, &link.destination));
    for ((span, destination), target) in links.zip(&text.targets) {
        report(span, destination, target, marks);
    }
    let images = text.document.images.iter().map(|image| (image.span, &image.destination));
    for ((span, destination), target) in images.zip(&text.pictures) {
        report(span, destination, target, marks);
        if *target == Target::External {
            let message = format!("the picture “{destination}” is on another site");
            marks
                .push(span, message)
                .hint("save it beside the page and link to that: `![…](picture.svg)`");
        }
    }
    for (link, target) in text.named.values() {
        report(link.span, &link.value, target, marks);
    }
}

fn report(span: Span, destination: &str, target: &Target, marks: &mut Marks) {
    let Target::Missing(why) = target else { return };
    if is_without_scheme(destination, target)
        || is_email_alone(destination, target)
        || *why == Missing::Refused
    {
        return; // `web-address` says what to write.
    }
    let did_you_mean = |close: &Option<String>, otherwise: &str| match close {
        Some(close) => format!("did you mean {close}?"),
        None => otherwise.to_owned(),
    };
    let (message, hint) = match why {
        Missing::Unknown(close) => (
            format!("there is no page or file “{destination}”"),
            did_you_mean(close, "write the way to the file from this one: `../manage/records.md`"),
        ),
        Missing::Heading(close) => (
            format!("the page is there, but “{destination}” is not a heading on it"),
            did_you_mean(close, "leave out the # and what comes after it"),
        ),
        Missing::Choice(Choice { wrong, close, known }) => (
            format!("“{destination}” asks for “{wrong}”, which cannot be chosen on that page"),
            match close {
                Some(close) => format!("did you mean `{close}`?"),
                None if known.is_empty() => "take it out".to_owned(),
                None => {
                    format!("write one of: {}", known[..known.len().min(MOST_NAMED)].join(", "))
                }
            },
        ),
        Missing::Unpublished(what) => (
            format!("“{destination}” is {what}, so this page cannot link to it"),
            "take the link out, or put it in a box for staff: `> [!STAFF]`".to_owned(),
        ),
        Missing::Outside => (
            format!("“{destination}” leads out of the folder of the site"),
            "take out a `../`".to_owned(),
        ),
        Missing::Empty | Missing::Refused => {
            ("this link leads nowhere".to_owned(), "write an address in the brackets".to_owned())
        }
    };
    let found = marks.push(span, message).hint(hint);
    // The words of the link stay, and lead nowhere.
    if matches!(why, Missing::Unpublished(what) if *what == CONSENT_ENDED) {
        found.severity(Severity::Warning);
    }
}
