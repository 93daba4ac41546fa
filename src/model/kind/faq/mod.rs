//! Questions and answers, one question to a heading.

use super::KindEntry;

/// Questions, one to a heading.
pub static FAQ: KindEntry =
    KindEntry::written("faq", "Questions, one to a heading.", include_str!("starter.md"))
        .fits_a_booklet()
        .prose();
