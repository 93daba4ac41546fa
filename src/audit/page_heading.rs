//! `page-heading`: pages without exactly one heading of level 1.

use super::{Book, Fault, Rule};
use crate::polish::Finished;

pub(super) const RULE: Rule =
    Rule { code: "page-heading", manual: include_str!("page_heading.md"), run };

fn run(page: &Finished, _book: &Book<'_>) -> Vec<Fault> {
    let count = page.headings.iter().filter(|level| **level == 1).count();
    if count == 1 {
        return Vec::new();
    }
    let message = format!("there are {count} headings of level 1");
    vec![Fault { message, hint: "give the page one `<h1>`, with its title".into() }]
}
