//! `attachment`: documents that no page says the same as, and what a page says of its own files
//! that cannot be so.

use std::collections::BTreeSet;

use super::{Check, Looks, Marks, Rule, World};
use crate::model::{Page, Purpose, Target, Text};

pub(super) const CHECK: Check =
    Rule::warning("attachment", Looks::Words, include_str!("attachment.md")).on_world(run);

fn run(world: &World<'_>, marks: &mut Marks) {
    let site = world.site;
    let mut told = BTreeSet::new();
    let pages = site.pages.iter().filter(|page| !page.made).map(|page| &page.text);
    for text in pages.chain(site.snippets.values()) {
        links(world, text, &mut told, marks);
    }
    site.pages.iter().filter(|page| !page.made).for_each(|page| forms(world, page, marks));
}

/// Says of each document once, at the first link to it, that no page says the same.
fn links(world: &World<'_>, text: &Text, told: &mut BTreeSet<usize>, marks: &mut Marks) {
    let site = world.site;
    for (link, target) in text.document.links.iter().zip(&text.targets) {
        let Target::File(at) = target else { continue };
        let file = &site.files[*at];
        let is_alone = file.is_document() && !site.same_as.contains_key(at);
        if !is_alone || site.withheld.contains(at) || !told.insert(*at) {
            continue;
        }
        let path = &file.file.path;
        let message =
            format!("“{}” is for people who can open it, and no page says the same", path);
        let hint = format!(
            "write its words on a page, and at the top of that page \
             `files: /{}`; then each link to the file leads to the page too",
            site.inner(path)
        );
        marks.push_in(&text.document.source, link.span, message).hint(hint);
    }
}

/// Says what is odd about the forms of a page.
fn forms(world: &World<'_>, page: &Page, marks: &mut Marks) {
    for form in &page.front.forms {
        let Some((_, target)) = page.text.named.get(&form.link.span.start) else { continue };
        let name = form.purpose.name();
        if matches!(target, Target::Page(..)) && form.purpose != Purpose::SignLanguage {
            let message = format!("“{}” is a page, and `{name}` names files", form.link.value);
            let hint = "write the name of the file, or put the page under `related`";
            marks.push_in(page.source(), form.link.span, message).hint(hint);
        }
        let Some(language) = &form.language else { continue };
        let is_tag = (2..=3).contains(&language.value.len())
            && language.value.bytes().all(|byte| byte.is_ascii_lowercase());
        if is_tag && world.site.languages.known(&language.value).is_none() {
            let message = format!("nothing says what the language “{}” is called", language.value);
            let hint = "write what its readers call it: `language: Polski`";
            marks.push_in(page.source(), language.span, message).hint(hint);
        }
    }
}
