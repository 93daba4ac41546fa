//! `access-key`: shortcuts of a page's own.

use std::collections::HashMap;

use super::{Check, Marks, Page, Rule, links::place, words::short};

pub(super) const RULE: Check = Rule::html("access-key", include_str!("access_key.md")).on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    // Where the first thing with each key leads.
    let mut taken: HashMap<String, Option<String>> = HashMap::new();
    for element in page.elements() {
        let Some(written) = element.attr("accesskey").filter(|keys| !keys.trim().is_empty()) else {
            continue;
        };
        if !element.is_rendered() {
            continue;
        }
        let place = place(element);
        let mut twice = None;
        for key in written.split_whitespace().map(str::to_lowercase) {
            match taken.get(&key) {
                None => {
                    taken.insert(key, place.clone());
                }
                // Two links to one place get people there either way.
                Some(other) if other.is_some() && *other == place => {}
                Some(_) => twice = Some(key),
            }
        }
        let mark = match twice {
            Some(key) => {
                let message = format!("the shortcut “{}” is there twice", short(&key));
                marks.fail(element, message)
            }
            None => {
                let shown = short(written.trim());
                let message =
                    format!("the shortcut “{shown}” may be one that a screen reader needs");
                marks.ask(element, message)
            }
        };
        mark.hint("take out `accesskey`").at(element.attr_span("accesskey"));
    }
}
