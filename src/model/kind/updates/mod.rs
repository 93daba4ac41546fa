//! The updates page: every note of what changed, the newest first.

use super::{KindEntry, Own};
use crate::{parse::Fields, text::Date};

/// What changed on the site.
pub static UPDATES: KindEntry =
    KindEntry::written("updates", "What changed on the site.", include_str!("starter.md"))
        .shown_by("updates.html")
        .read(|fields| Box::new(Updates::read(fields)));

/// The front matter of the updates page.
#[derive(Debug, Default)]
pub struct Updates {
    /// When the next update is planned.
    pub next: Option<Date>,
}

impl Own for Updates {}

impl Updates {
    fn read(fields: &mut Fields<'_>) -> Self {
        Self { next: fields.date("next update").map(|date| date.value) }
    }
}
