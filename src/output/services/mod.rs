//! The directory for other programs, from the same records as its pages: JSON in the
//! shape of Open Referral UK, a table, cards for address books, and what the filter on
//! the pages of the directory needs.
//!
//! A folder of files cannot answer `?page=2`, so all services are on one page of the
//! list, and nobody should call this the whole standard: it is its shape.

use rayon::prelude::*;

use super::{Bytes, Done, Files, Output, Plan};
use crate::model::{Page, Site, kind, table::Entry};

mod card;
mod filter;
mod open_referral;
mod table;

pub(super) const OUTPUT: Output = Output { name: "the directory for other programs", paths, files };

fn paths(plan: &Plan<'_>) -> Vec<String> {
    let Some((entries, directories)) = exported(plan.site) else { return Vec::new() };
    let names = ["index.json", "schema.json", "services.json", "services.csv", "services.vcf"];
    let whole = names.into_iter().map(|name| format!("data/{name}"));
    let each = entries.iter().map(|entry| open_referral::path_of(&plan.config.base, entry.id));
    let whole = whole.chain(each);
    let cards = entries.iter().map(|entry| card_of(*entry));
    whole.chain(cards).chain(directories.into_iter().map(filter_of)).collect()
}

/// The card of an entry, beside its page.
fn card_of(entry: Entry<'_>) -> String {
    format!("{}card.vcf", &entry.page.url.as_str()[1..])
}

/// What the filter on the pages of a directory reads.
fn filter_of(directory: &Page) -> String {
    format!("{}entries.js", &directory.url.as_str()[1..])
}

/// Every export.
fn files(done: &Done<'_>) -> Files {
    let Some((entries, directories)) = exported(done.world.site) else { return Files::new() };
    let mut files = open_referral::files(done, &entries);
    files.insert(
        "data/services.csv".into(),
        table::write(done.world.site, &entries, done.world.staff).into(),
    );
    let cards: Vec<(String, String)> =
        entries.par_iter().map(|entry| (card_of(*entry), card::write(done, *entry))).collect();
    let all: String = cards.iter().map(|(_, card)| card.as_str()).collect();
    files.insert("data/services.vcf".into(), all.into());
    files.extend(cards.into_iter().map(|(path, card)| (path, Bytes::from(card))));
    for directory in directories {
        files.insert(filter_of(directory), filter::write(done.world.site, directory).into());
    }
    files
}

/// What is exported, when there is a directory with anything in it.
fn exported(site: &Site) -> Option<(Vec<Entry<'_>>, Vec<&Page>)> {
    let (entries, directories) = (entries(site), directories(site));
    (!entries.is_empty() && !directories.is_empty()).then_some((entries, directories))
}

/// The directory itself, in each of its languages.
fn directories(site: &Site) -> Vec<&Page> {
    let pages = site.by_kind.get(&&kind::DIRECTORY);
    pages.into_iter().flat_map(|pages| pages.values()).map(|&id| &site.pages[id]).collect()
}

/// The entries that have a page and can be relied on, those that have ended included,
/// by address.
fn entries(site: &Site) -> Vec<Entry<'_>> {
    fn entry(page: &Page) -> Option<Entry<'_>> {
        let service = page.kind.service()?;
        let id = page.url.as_str().trim_end_matches('/').rsplit('/').next()?;
        Some(Entry { page, service, id })
    }
    site.pages.iter().filter(|page| page.is_exported()).filter_map(entry).collect()
}
