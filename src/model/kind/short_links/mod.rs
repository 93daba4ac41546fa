//! Every short link, for staff.

use super::KindEntry;

/// Every short link, for staff.
pub static SHORT_LINKS: KindEntry =
    KindEntry::made("short links", "Every short link, for staff.", "short-links.html").unlisted();
