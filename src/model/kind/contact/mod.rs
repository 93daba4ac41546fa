//! Who to contact.

use super::KindEntry;

/// Who to contact.
pub static CONTACT: KindEntry =
    KindEntry::written("contact", "Who to contact.", include_str!("starter.md"))
        .fits_a_booklet()
        .prose();
