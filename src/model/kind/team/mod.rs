//! What a team does, in the words of the people it helps.

use super::KindEntry;

/// What a team does.
pub static TEAM: KindEntry =
    KindEntry::written("team", "What a team does.", include_str!("starter.md"))
        .names("needs its seven headings")
        .fits_a_booklet()
        .prose();
