//! The directory for other programs, from the same records as its pages: JSON in the
//! shape of Open Referral UK, a table, cards for address books, and what the filter on
//! the pages of the directory needs.
//!
//! A folder of files cannot answer `?page=2`, so all services are on one page of the
//! list, and nobody should call this the whole standard: it is its shape.

use rayon::prelude::*;

use super::{Bytes, Done, Files};
use crate::model::{KindName, Page, Site, Status, kind::Service};

mod card;
mod filter;
mod open_referral;
pub mod table;

/// An entry that is exported.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry<'a> {
    pub(super) page: &'a Page,
    pub(super) service: &'a Service,
    /// The last part of its address, which never changes.
    pub(super) id: &'a str,
}

/// Every export, when there is a directory with anything in it.
pub(super) fn files(done: &Done<'_>) -> Files {
    let entries = entries(done.site);
    let Some(directory) = directory(done.site).filter(|_| !entries.is_empty()) else {
        return Files::new();
    };
    let mut files = open_referral::files(done, &entries);
    files.insert("data/services.csv".into(), table::write(done.site, &entries).into());
    let cards: Vec<(String, String)> = entries
        .par_iter()
        .map(|entry| {
            (format!("{}card.vcf", &entry.page.url.as_str()[1..]), card::write(done, *entry))
        })
        .collect();
    let all: String = cards.iter().map(|(_, card)| card.as_str()).collect();
    files.insert("data/services.vcf".into(), all.into());
    files.extend(cards.into_iter().map(|(path, card)| (path, Bytes::from(card))));
    let path = format!("{}entries.js", &directory.url.as_str()[1..]);
    files.insert(path, filter::write(done.site, done.config, directory).into());
    files
}

/// The directory itself.
fn directory(site: &Site) -> Option<&Page> {
    let mut pages = site.by_kind.get(&KindName::Directory)?.values();
    pages.next().map(|&id| &site.pages[id])
}

/// The entries that have a page and can be relied on, those that have ended included,
/// by address.
fn entries(site: &Site) -> Vec<Entry<'_>> {
    fn entry(page: &Page) -> Option<Entry<'_>> {
        let service = page.kind.service()?;
        let id = page.url.as_str().trim_end_matches('/').rsplit('/').next()?;
        Some(Entry { page, service, id })
    }
    // A person who has stopped is nobody's entry any more.
    let is_there = |page: &&Page| match page.front.status {
        Status::Withdrawn => false,
        Status::Ended => page.kind.service().is_none_or(|service| service.profile.is_none()),
        _ => true,
    };
    site.pages.iter().filter(is_there).filter_map(entry).collect()
}
