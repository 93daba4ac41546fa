//! `fact-dates`: amounts and limits that are used when they no longer hold, or
//! not yet.

use super::{Check, Looks, Marks, Rule, World};
use crate::{
    parse::{Inline, values::Filled},
    rule::Severity,
    text::brackets::{bracketed, plain_value},
};

pub(super) const CHECK: Check =
    Rule::error("fact-dates", Looks::Records, include_str!("fact_dates.md")).on_world(run);

fn run(world: &World<'_>, marks: &mut Marks) {
    let data = &world.site.data;
    let Some(source) = data.sources.get("facts.yaml") else { return };
    for (name, fact) in &data.facts {
        let past = fact.until.as_ref().filter(|until| until.value < world.today);
        let future = fact.from.as_ref().filter(|from| from.value > world.today);
        if past.is_none() && future.is_none() {
            continue;
        }
        let Some(where_used) = used(world, name) else { continue };
        if let Some(until) = past {
            let day = until.value.in_english();
            let message = format!("“{name}” ended on {day} and is still used in {where_used}");
            let hint = "write the new `value:`, `from:` and `until:`, or take it out of the pages";
            marks.push_in(source, until.span, message).hint(hint);
        } else if let Some(from) = future {
            let day = from.value.in_english();
            let message = format!("“{name}” begins on {day} and is used already in {where_used}");
            let hint = "keep the old value until that day";
            marks.push_in(source, from.span, message).hint(hint).severity(Severity::Warning);
        }
    }
}

/// The most pages that a message names.
const NAMED: usize = 3;

/// Whether a value is in words that are not Markdown.
fn is_in(filled: &[Filled], name: &str) -> bool {
    let mut found = filled.iter().flat_map(|filled| bracketed(&filled.typed));
    found.any(|found| plain_value(found.name) == plain_value(name))
}

/// Where a value is used: `a.md, b.md and 4 more`.
fn used(world: &World<'_>, name: &str) -> Option<String> {
    let pages = world.site.pages.iter().filter(|page| !page.made).map(|page| &page.text);
    let mut paths = Vec::new();
    for text in pages.chain(world.site.snippets.values()) {
        let mut is_used = false;
        text.document.each_inline(&mut |inline| {
            if let Inline::Value(used, _) = inline {
                is_used |= plain_value(used) == plain_value(name);
            }
        });
        is_used |= is_in(&text.filled, name);
        if is_used {
            let path = &*text.document.source.path;
            paths.push(path.strip_prefix("content/").unwrap_or(path));
        }
    }
    let data = &world.site.data;
    for (file, filled) in &data.filled {
        if is_in(filled, name) {
            paths.push(data.sources.get(file).map_or(*file, |source| {
                source.path.strip_prefix("content/").unwrap_or(&source.path)
            }));
        }
    }
    let more = paths.len().saturating_sub(NAMED);
    paths.truncate(NAMED);
    match more {
        _ if paths.is_empty() => None,
        0 => Some(paths.join(", ")),
        more => Some(format!("{} and {more} more", paths.join(", "))),
    }
}
