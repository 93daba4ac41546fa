//! `html-nesting`: tags that browsers have to guess about.

use std::collections::HashSet;

use super::{Check, Marks, Page, Rule, page::Slip};
use crate::{html::VOID, text::Span};

pub(super) const RULE: Check =
    Rule::html("html-nesting", include_str!("html_nesting.md")).on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    let mut is_sound = true;
    let ended_by_slash =
        |(slip, span): &(Slip<'_>, Span)| matches!(slip, Slip::SelfClosed(_)).then_some(span.start);
    let slashes: HashSet<usize> = page.slips().iter().filter_map(ended_by_slash).collect();
    for (slip, span) in page.slips() {
        // One slip with a slash is enough to say.
        if matches!(slip, Slip::Unclosed(_)) && slashes.contains(&span.start) {
            continue;
        }
        let Some((message, hint)) = say(slip) else { continue };
        is_sound = false;
        marks.push(*span, message).hint(hint);
    }
    if is_sound {
        marks.pass();
    }
}

/// What to say about a slip, and what to do.
fn say(slip: &Slip<'_>) -> Option<(String, String)> {
    Some(match slip {
        Slip::Unclosed(name) => {
            (format!("<{name}> is never closed"), format!("write `</{name}>` where it ends"))
        }
        Slip::Stray(name) if VOID.iter().any(|void| void.eq_ignore_ascii_case(name)) => {
            (format!("</{name}> closes nothing"), format!("take it out: `<{name}>` has no end"))
        }
        Slip::Stray(name) => (
            format!("</{name}> closes nothing"),
            format!("take it out, or write `<{name}>` where it begins"),
        ),
        Slip::Misnested { name, inside } if name.eq_ignore_ascii_case(inside) => (
            format!("<{name}> holds another <{inside}>, which ends it"),
            format!("write `</{name}>` before the next `<{inside}>`"),
        ),
        Slip::Misnested { name, inside } => (
            format!("</{name}> comes before </{inside}>, which began later"),
            format!("write `</{inside}></{name}>`"),
        ),
        Slip::SelfClosed(name) => (
            format!("the slash in <{name}/> closes nothing: what follows is inside"),
            format!("write `<{name}></{name}>`"),
        ),
        Slip::BlockInParagraph(name) => (
            format!("</p> ends nothing: <{name}> has ended the paragraph already"),
            format!("write `</p>` before `<{name}>`, and take this one out"),
        ),
        Slip::UnclosedComment => {
            ("the comment never ends and hides the rest of the page".into(), "write `-->`".into())
        }
        Slip::UnclosedTag => ("the tag never ends".into(), "write `>`".into()),
        Slip::UnclosedRaw(name) => (
            format!("<{name}> is never closed and hides the rest of the page"),
            format!("write `</{name}>` where it ends"),
        ),
        // A rule of its own.
        Slip::RepeatedAttribute(_) => return None,
    })
}
