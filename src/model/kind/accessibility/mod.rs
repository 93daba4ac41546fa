//! The accessibility statement.

use super::KindEntry;

/// The accessibility statement.
pub static ACCESSIBILITY: KindEntry = KindEntry::written(
    "accessibility",
    "The accessibility statement.",
    "accessibility.html",
    include_str!("starter.md"),
)
.fits_a_booklet();
