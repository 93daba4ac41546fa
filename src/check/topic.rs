//! `topic`: pages and their section that name a topic differently.

use std::collections::HashSet;

use super::{Check, Looks, Marks, Rule, World};
use crate::{
    model::{Page, PageId, kind},
    text::did_you_mean,
};

pub(super) const CHECK: Check =
    Rule::warning("topic", Looks::Pages, include_str!("topic.md")).on_world(run);

fn run(world: &World<'_>, marks: &mut Marks) {
    let site = world.site;
    let mut listed: HashSet<PageId> = HashSet::new();
    for section in site.pages.iter().filter(|page| page.kind.is(&kind::SECTION)) {
        let children = || section.relations.children.iter().copied();
        listed.extend(children());
        let known = section.kind.part().topics();
        let same = |one: &str, other: &str| one.to_lowercase() == other.to_lowercase();
        for (name, _) in known {
            let has =
                |child: PageId| topic(&site.pages[child]).is_some_and(|own| same(own, &name.value));
            if !children().any(has) {
                let (place, name) = (name.span, &name.value);
                let message = format!("no page of this section has the topic “{name}”");
                let hint = format!("write `topic: {name}` at the top of a page, or take it out");
                marks.push_in(section.source(), place, message).hint(hint);
            }
        }
        for child in children().map(|id| &site.pages[id]).filter(|_| !known.is_empty()) {
            let Some(own) =
                topic(child).filter(|own| !known.iter().any(|(name, _)| same(own, &name.value)))
            else {
                continue;
            };
            let names = known.iter().map(|(name, _)| name.value.as_str());
            let message = format!("“{own}” is no topic of {}", section.source().path);
            let otherwise = format!("add it there below `topics`: `{own}: What it is about.`");
            mark(child, marks, message, did_you_mean(own, names, otherwise));
        }
    }
    for (id, page) in site.pages.iter().enumerate().filter(|(_, page)| !page.made) {
        if let Some(own) = topic(page).filter(|_| !listed.contains(&id)) {
            let message = format!("no section lists this page, so that “{own}” is shown nowhere");
            let hint = "take `topic` out, or write `kind: section` in the `index.md` of the folder";
            mark(page, marks, message, hint.to_owned());
        }
    }
}

fn topic(page: &Page) -> Option<&str> {
    page.front.topic.as_ref().map(|topic| topic.value.as_str())
}

fn mark(page: &Page, marks: &mut Marks, message: String, hint: String) {
    let place = page.front.topic.as_ref().map(|topic| topic.span).unwrap_or_default();
    marks.push_in(page.source(), place, message).hint(hint);
}
