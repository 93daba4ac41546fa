//! `other-host`: something that a page loads from another host.

use super::{Book, Fault, Rule};
use crate::polish::Finished;

pub(super) const RULE: Rule =
    Rule { code: "other-host", manual: include_str!("other_host.md"), run };

fn run(page: &Finished, _book: &Book<'_>) -> Vec<Fault> {
    let fault = |load: &String| Fault {
        message: format!("{load} is loaded from another host"),
        hint: "save the file in content/ and use that".into(),
    };
    page.loads.iter().map(fault).collect()
}
