//! Checklists: a list to print and tick.

use super::KindEntry;

/// A list to print and tick.
pub static CHECKLIST: KindEntry =
    KindEntry::written("checklist", "A list to print and tick.", include_str!("starter.md"))
        .fits_a_booklet();
