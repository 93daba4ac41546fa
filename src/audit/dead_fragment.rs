//! `dead-fragment`: a link to a part of a page that the page does not have.

use std::collections::HashMap;

use super::{Check, Marks, Rule, Seen};

pub(super) const RULE: Check = Rule::html("dead-fragment", include_str!("dead_fragment.md"))
    .stops()
    .promise("a link would lead nowhere")
    .on_site(run);

fn run(seen: &[&Seen], marks: &mut [Marks]) {
    let by_path: HashMap<&str, &Seen> =
        seen.iter().map(|page| (page.path.as_str(), *page)).collect();
    for (page, marks) in seen.iter().zip(marks) {
        for (file, id, span) in &page.places {
            let Some(there) = by_path.get(file.as_str()) else { continue };
            // A page that leads on has no parts of its own.
            if there.is_redirect {
                continue;
            }
            if marks.passes(there.ids.contains(id)) {
                continue;
            }
            let place = if *file == page.path { "this page" } else { file };
            let hint = "leave out the # and what comes after it";
            marks.push(*span, format!("{place} has nothing with the id {id}")).hint(hint);
        }
    }
}
