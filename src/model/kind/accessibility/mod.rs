//! The accessibility statement.

use super::KindEntry;

/// The accessibility statement.
pub static ACCESSIBILITY: KindEntry =
    KindEntry::written("accessibility", "The accessibility statement.", include_str!("starter.md"))
        .names("see The accessibility statement")
        .shown_by("accessibility.html")
        .fits_a_booklet()
        .prose();
