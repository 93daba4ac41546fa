//! What is shown when a page is not there.

use super::KindEntry;

/// What is shown when a page is not there.
pub static NOT_FOUND: KindEntry =
    KindEntry::made("not found", "What is shown when a page is not there.", "not-found.html")
        .unsearched()
        .unlisted();
