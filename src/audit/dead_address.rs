//! `dead-address`: an address in finished HTML at which nothing is published.

use super::{Book, Fault, Rule};
use crate::polish::Finished;

pub(super) const RULE: Rule =
    Rule { code: "dead-address", manual: include_str!("dead_address.md"), run };

fn run(page: &Finished, book: &Book<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    for link in &page.links {
        let (path, fragment) = link.split_once('#').unwrap_or((link, ""));
        let path = path.split('?').next().unwrap_or_default();
        let file = path.trim_start_matches('/');
        let file = if file.is_empty() || file.ends_with('/') {
            format!("{file}index.html")
        } else {
            file.to_owned()
        };
        if !book.files.contains(&file) {
            faults.push(Fault {
                message: format!("nothing is published at {path}"),
                hint: "mend the link, or take it out".into(),
            });
        } else if let Some(ids) = book.ids.get(path).filter(|_| !fragment.is_empty())
            && !ids.contains(fragment)
            // What a page is given to work with names no place on it: `#keep=manage/records`.
            && !fragment.contains('=')
        {
            faults.push(Fault {
                message: format!("the page {path} has nothing with the id {fragment}"),
                hint: "leave out the # and what comes after it".into(),
            });
        }
    }
    faults
}
