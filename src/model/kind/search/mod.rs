//! The search page.

use super::KindEntry;

/// The search page.
pub static SEARCH: KindEntry =
    KindEntry::written("search", "The search page.", include_str!("starter.md"))
        .shown_by("search.html")
        .unsearched();
