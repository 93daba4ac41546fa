//! The privacy page: what is known about people, and who sees it.

use super::KindEntry;

/// What is known about people, and who sees it.
pub static PRIVACY: KindEntry = KindEntry::written(
    "privacy",
    "What is known about people, and who sees it.",
    include_str!("starter.md"),
)
.fits_a_booklet()
.prose();
