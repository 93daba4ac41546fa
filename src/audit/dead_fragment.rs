//! `dead-fragment`: a link to a part of a page that the page does not have.

use std::collections::HashMap;

use super::{Mark, Rule, Run, Seen};
use crate::diagnostic::Level;

pub(super) const RULE: Rule = Rule {
    code: "dead-fragment",
    level: Level::A,
    wcag: &[],
    act: &[],
    manual: include_str!("dead_fragment.md"),
    run: Run::Site(run),
};

fn run(seen: &[Seen]) -> Vec<(usize, Mark)> {
    let by_path: HashMap<&str, &Seen> =
        seen.iter().map(|page| (page.path.as_str(), page)).collect();
    let mut found = Vec::new();
    for (number, page) in seen.iter().enumerate() {
        for (file, id, span) in &page.places {
            let Some(there) = by_path.get(file.as_str()) else { continue };
            // A page that leads on has no parts of its own.
            if there.is_redirect || there.ids.contains(id) {
                continue;
            }
            let place = if *file == page.path { "this page" } else { file };
            let mut mark = Mark::failed(*span, format!("{place} has nothing with the id {id}"));
            mark.hint("leave out the # and what comes after it");
            found.push((number, mark));
        }
    }
    found
}
