//! How to complain.

use super::KindEntry;

/// How to complain.
pub static COMPLAINTS: KindEntry =
    KindEntry::written("complaints", "How to complain.", include_str!("starter.md"))
        .fits_a_booklet()
        .prose();
