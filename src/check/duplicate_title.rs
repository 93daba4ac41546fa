//! `duplicate-title`: pages that cannot be told apart by their names.

use std::collections::BTreeMap;

use super::{Check, Looks, Marks, Rule, World};
use crate::model::Page;

pub(super) const CHECK: Check =
    Rule::warning("duplicate-title", Looks::Pages, include_str!("duplicate_title.md"))
        .explains(&["same-title"])
        .on_world(run);

fn run(world: &World<'_>, marks: &mut Marks) {
    let mut by_title: BTreeMap<(&str, String), Vec<&Page>> = BTreeMap::new();
    for page in world.site.pages.iter().filter(|page| !page.made && page.is_listed()) {
        by_title.entry((&page.language, page.title.to_lowercase())).or_default().push(page);
    }
    for pages in by_title.values().filter(|pages| pages.len() > 1) {
        for (at, page) in pages.iter().enumerate() {
            let other = pages[usize::from(at == 0)];
            if other.url == page.url {
                continue; // `duplicate-address` says so.
            }
            let fields = page.text.document.fields();
            let heading = page.text.document.headings.first().map(|heading| heading.span);
            let place = fields.place("title").or_else(|| fields.place("name")).or(heading);
            let message = format!("“{}” is also the title of {}", page.title, other.source().path);
            let hint = "say in each title what is only on that page";
            marks.push_in(page.source(), place.unwrap_or_default(), message).hint(hint);
        }
    }
}
