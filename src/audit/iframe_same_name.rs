//! `iframe-same-name`: pages inside the page that have one name and are different ones.

use std::collections::{HashMap, HashSet};

use super::{
    Check, Element, Level, Marks, Page, Rule,
    words::{short, spoken},
};

pub(super) const RULE: Check = Rule::html("iframe-same-name", include_str!("iframe_same_name.md"))
    .wcag(Level::A, &["4.1.2"])
    .act(&["4b1c6c"])
    .on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    let mut first: HashMap<String, Element<'_>> = HashMap::new();
    let mut told = HashSet::new();
    for frame in page.all(&["iframe", "frame"]) {
        let name = match frame.is("frame") {
            true => frame.filled("title").unwrap_or_default(),
            false => frame.name(),
        };
        let (key, source) = (spoken(name), frame.filled("src"));
        if key.is_empty() || source.is_none() || !frame.is_exposed() {
            continue;
        }
        let Some(before) = first.get(&key) else {
            first.insert(key, frame);
            marks.pass();
            continue;
        };
        // Once for each name is enough.
        if marks.passes(before.filled("src") == source || !told.insert(key)) {
            continue;
        }
        let message = format!(
            "“{}” is the name of {} here, and of {} before",
            short(name),
            short(source.unwrap_or_default()),
            short(before.filled("src").unwrap_or_default())
        );
        marks.ask(frame, message).hint("say in each name what is in that page and in no other");
    }
}
