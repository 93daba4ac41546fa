//! The glossary: words and their meanings, from `glossary.yaml`.

use super::KindEntry;

/// Words and their meanings.
pub static GLOSSARY: KindEntry = KindEntry::written(
    "glossary",
    "The words of `glossary.yaml` with their meanings.",
    include_str!("starter.md"),
)
.shown_by("glossary.html");
