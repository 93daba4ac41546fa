//! Every page by its first letter.

use super::KindEntry;

/// Every page by its first letter.
pub static A_TO_Z: KindEntry =
    KindEntry::made("a to z", "Every page by its first letter.", "a-to-z.html").unsearched();
