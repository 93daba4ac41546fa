//! What the ledger says once a site is published.

use std::collections::{BTreeMap, BTreeSet};

use super::{Entry, Ledger, page_ids};
use crate::{
    config::hosts::is_for_hosts,
    model::{Site, Status, is_file, kind::NOT_FOUND, redirects},
    text::Date,
};

/// Folders of files that no person names: their names change with what is in them.
const NOT_NAMED: [&str; 2] = ["assets/", "search/"];

/// Files that programs ask for wherever they are.
const EVERYWHERE: [&str; 5] = ["robots.txt", "sitemap", "404", ".", "_"];

/// How the names of files end that are copies of a page or a part of one.
const PARTS: [&str; 12] = [
    ".html", ".md", ".gz", ".br", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".css",
];

/// The ledger after a site was published with these files, in the edition for staff or for
/// everyone. What is made in the edition for staff alone is for staff, until everyone has it.
pub fn next<'a>(
    ledger: &Ledger,
    site: &Site,
    files: impl Iterator<Item = &'a str>,
    (today, is_for_staff): (Date, bool),
) -> Ledger {
    let mut entries = ledger.entries.clone();
    let mut note = |address: &str, new: Entry| {
        let known = entries.get(address);
        let first = known.and_then(|known| known.first).unwrap_or(today);
        // What everyone could read once, everyone has a link to.
        let staff = new.staff && known.is_none_or(|known| known.staff);
        entries.insert(address.to_owned(), Entry { first: Some(first), staff, ..new });
    };
    for page in site.pages.iter().filter(|page| !page.kind.is(&NOT_FOUND)) {
        let mut ids = if page.made { Vec::new() } else { page_ids(site, page) };
        let before = ledger.entries.get(page.url.as_str());
        let known = before.map_or(&[][..], |before| before.ids.as_slice());
        let all_known: BTreeSet<&str> = known.iter().map(String::as_str).collect();
        let is_known = |id: &str| all_known.contains(id);
        let of_staff = |id: &str| before.is_some_and(|before| before.staff_ids.contains(id));
        let staff_ids: BTreeSet<&str> = if is_for_staff {
            let in_boxes = page.text.document.staff_ids.iter().map(String::as_str);
            in_boxes.filter(|id| ids.contains(id) && (!is_known(id) || of_staff(id))).collect()
        } else {
            // What only staff see is known from their edition.
            let own: BTreeSet<&str> = ids.iter().copied().collect();
            let staff = known.iter().map(String::as_str).filter(|id| of_staff(id));
            let hidden: BTreeSet<&str> = staff.filter(|id| !own.contains(id)).collect();
            ids.extend(&hidden);
            if own.len() + hidden.len() == known.len() && ids.iter().all(|id| is_known(id)) {
                ids = known.iter().map(String::as_str).collect();
            }
            hidden
        };
        let staff_ids = staff_ids.into_iter().map(str::to_owned).collect();
        let inner = site.inner(&page.source().path).to_owned();
        let mut ids: Vec<String> = ids.into_iter().map(str::to_owned).collect();
        let mut was = page.old_ids.clone();
        // A page that is over may come back, with all that leads to it.
        if let Some(known) = ledger.entries.get(page.url.as_str())
            && page.front.status != Status::Published
        {
            let mut own = Entry { ids, was, ..Entry::default() };
            own.join(known.clone());
            (ids, was) = (own.ids, own.was);
        }
        let entry = Entry {
            file: if page.made { String::new() } else { inner },
            ids,
            was,
            staff_ids,
            staff: page.for_staff() || page.made && is_for_staff,
            ..Entry::default()
        };
        note(page.url.as_str(), entry);
    }
    let staff = |to: &str| {
        let place = to.split('#').next().unwrap_or_default();
        site.at(place).is_some_and(|page| page.for_staff())
    };
    for (from, to) in redirects(site) {
        let staff = staff(&to);
        note(from.as_str(), Entry { to, staff, ..Entry::default() });
    }
    let of_files: BTreeMap<&str, &str> =
        site.files.iter().map(|file| (&*file.url, site.inner(&file.file.path))).collect();
    for path in files.filter(|path| is_named(path)) {
        let address = format!("/{path}");
        if is_file(&address) {
            let file = of_files.get(address.as_str()).map_or("", |file| file).to_owned();
            note(&address, Entry { file, staff: is_for_staff, ..Entry::default() });
        }
    }
    Ledger { entries, ..ledger.clone() }
}

/// Whether people may have the address of a file.
fn is_named(path: &str) -> bool {
    !is_for_hosts(path)
        && !NOT_NAMED.iter().any(|folder| path.starts_with(folder))
        && !EVERYWHERE.iter().any(|start| path.starts_with(start))
        && !PARTS.iter().any(|end| path.ends_with(end))
}
