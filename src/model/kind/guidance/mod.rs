//! Guidance: an ordinary page.

use super::KindEntry;

/// An ordinary page.
pub static GUIDANCE: KindEntry =
    KindEntry::written("guidance", "An ordinary page.", include_str!("starter.md"))
        .fits_a_booklet()
        .prose();
