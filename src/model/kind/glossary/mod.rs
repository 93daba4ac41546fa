//! The glossary: words and their meanings, from `glossary.yaml`.

use super::KindEntry;

/// Words and their meanings.
pub static GLOSSARY: KindEntry =
    KindEntry::written("glossary", "Words and their meanings.", include_str!("starter.md"))
        .shown_by("glossary.html");
