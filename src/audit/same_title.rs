//! `same-title`: pages with the title of another page.

use std::collections::HashMap;

use super::{Check, Marks, Rule, Seen, words::short};

pub(super) const RULE: Check = Rule::html("same-title", include_str!("same_title.md")).on_site(run);

fn run(seen: &[&Seen], marks: &mut [Marks]) {
    let mut first: HashMap<(&str, String), &str> = HashMap::new();
    for (page, marks) in seen.iter().zip(marks) {
        let (title, span) = &page.title;
        // What a host shows in place of another page is at no address of its own.
        let is_error = page.path.ends_with("404.html");
        if title.is_empty() || page.is_redirect || page.is_copy || is_error {
            continue;
        }
        let key = (page.language.as_str(), title.to_lowercase());
        match first.get(&key) {
            Some(other) => {
                marks
                    .push(*span, format!("“{}” is the title of {other} too", short(title)))
                    .hint("say in the title what this page is about and no other");
            }
            None => {
                first.insert(key, &page.path);
                marks.pass();
            }
        }
    }
}
