//! The ledger beside the site as it is now: what leads on by itself, and what would be lost.

use super::Ledger;
use crate::{
    diagnostic::Report,
    model::{Edition, Paths, Site, redirects},
};

mod addresses;
mod ids;

pub use self::ids::page_ids;

/// How much of its ids a page has at least that was moved, from 0 to 1.
const SAME_PAGE: f64 = 0.5;

/// What became of what was published.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    /// What was done by itself, in sentences.
    pub sentences: Vec<String>,
    /// The addresses that would be lost, and those of headings: `/records/#keep`.
    pub lost: Vec<String>,
}

/// Keeps what was published: gives pages the old ids of their headings, leads old addresses on,
/// and reports what would be lost. `has_hosts` is whether a web host is known that can lead on
/// from files.
pub fn keep(
    site: &mut Site,
    ledger: &Ledger,
    paths: &mut Paths,
    edition: Edition,
    has_hosts: bool,
    report: &mut Report,
) -> Kept {
    let mut kept = Kept::default();
    if !ledger.is_new() {
        let moved = redirects(site);
        ids::keep(site, ledger, &moved, edition, report, &mut kept);
        addresses::keep(site, ledger, &moved, (paths, edition), has_hosts, report, &mut kept);
    }
    kept
}
