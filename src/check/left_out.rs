//! `left-out`: what one page or one folder lacks, and nearly all others of the site have.

use std::collections::BTreeMap;

use super::{Check, Looks, Marks, Rule, World};
use crate::{
    model::{Page, kind},
    text::address::{folder_of, name_of},
};

pub(super) const CHECK: Check =
    Rule::warning("left-out", Looks::Pages, include_str!("left_out.md")).on_world(run);

/// How many others have it, at least, for every one that has not: what is left out often is
/// left out on purpose.
const MOST_HAVE_IT: usize = 3;

fn run(world: &World<'_>, marks: &mut Marks) {
    let site = world.site;
    let written = || site.pages.iter().filter(|page| !page.made && page.is_listed());
    let pages: Vec<&Page> = written().filter(|page| page.kind.service().is_none()).collect();
    // Nothing lists the home page.
    let lacks = |page: &&Page| page.front.description.is_none() && !page.key.is_empty();
    let lacking: Vec<&Page> = pages.iter().copied().filter(lacks).collect();
    if pages.len() > lacking.len() * (MOST_HAVE_IT + 1) {
        for page in lacking.iter().filter(|page| !page.text.document.names.is_broken) {
            let place = page.text.document.fields().start();
            let message = "this page has no description, which others have";
            let hint = "add a line that says in a sentence what it is about: `description: …`";
            marks.push_in(page.source(), place, message).hint(hint).one_cause();
        }
    }
    let mut folders: BTreeMap<&str, (bool, Option<&Page>)> = BTreeMap::new();
    for page in written() {
        let path = site.inner(&page.source().path);
        let (has_index, first) = folders.entry(folder_of(path)).or_default();
        *has_index |= ["index.", "_index."].iter().any(|name| name_of(path).starts_with(name));
        if page.kind.is(&kind::GUIDANCE) && page.language == world.config.language() {
            first.get_or_insert(page);
        }
    }
    let without = folders.iter().filter_map(|(folder, (has_index, first))| {
        let first = first.filter(|_| !has_index && !folder.is_empty())?;
        Some((folder, first))
    });
    let with = folders.values().filter(|(has_index, _)| *has_index).count();
    if with > without.clone().count() * MOST_HAVE_IT {
        for (folder, first) in without {
            let message = format!("no page is at the address of the folder “{folder}”");
            let hint = format!("write {folder}/index.md, with a line at the top: `kind: section`");
            let place = first.text.document.fields().start();
            marks.push_in(first.source(), place, message).hint(hint);
        }
    }
}
