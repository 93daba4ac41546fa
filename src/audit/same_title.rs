//! `same-title`: pages with the title of another page.

use std::collections::HashMap;

use super::{Level, Marks, Rule, Run, Seen, words::short};

pub(super) const RULE: Rule = Rule {
    code: "same-title",
    level: Level::Practice,
    wcag: &[],
    act: &[],
    manual: include_str!("same_title.md"),
    run: Run::Site(run),
};

fn run(seen: &[Seen], marks: &mut [Marks]) {
    let mut first: HashMap<String, &str> = HashMap::new();
    for (page, marks) in seen.iter().zip(marks) {
        let (title, span) = &page.title;
        if title.is_empty() || page.is_redirect {
            continue;
        }
        match first.get(&title.to_lowercase()) {
            Some(other) => {
                marks
                    .fail_at(*span, format!("“{}” is the title of {other} too", short(title)))
                    .hint("say in the title what this page is about and no other");
            }
            None => {
                first.insert(title.to_lowercase(), &page.path);
                marks.pass();
            }
        }
    }
}
