//! `repeated-id`: an id that a page has twice.

use std::collections::HashSet;

use super::{Book, Fault, Rule};
use crate::polish::Finished;

pub(super) const RULE: Rule =
    Rule { code: "repeated-id", manual: include_str!("repeated_id.md"), run };

fn run(page: &Finished, _book: &Book<'_>) -> Vec<Fault> {
    let mut seen = HashSet::new();
    let twice = page.ids.iter().filter(|id| !seen.insert(id.as_str()));
    twice
        .map(|id| Fault {
            message: format!("the id {id} is there twice"),
            hint: format!("give the heading another id: `## Words {{#{id}-2}}`"),
        })
        .collect()
}
