//! The search page.

use super::KindEntry;

/// The search page.
pub static SEARCH: KindEntry =
    KindEntry::written("search", "The search page.", "search.html", include_str!("starter.md"))
        .unsearched();
