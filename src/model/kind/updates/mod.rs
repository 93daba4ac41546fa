//! The updates page: every note of what changed, the newest first.

use super::{KindEntry, Own, Seen, Shown};
use crate::{parse::Fields, text::Date};

/// What changed on the site.
pub static UPDATES: KindEntry =
    KindEntry::written("updates", "Every note of what changed.", include_str!("starter.md"))
        .names("`next update`: a date")
        .shown_by("updates.html")
        .read(|fields| Box::new(Updates::read(fields)));

/// The front matter of the updates page.
#[derive(Debug, Default)]
pub struct Updates {
    /// When the next update is planned.
    pub next: Option<Date>,
}

impl Own for Updates {
    /// `next_update`: when it is planned, if it is.
    fn shown(&self, seen: &dyn Seen) -> Shown {
        let next = self.next.map(|day| ("next_update".to_owned(), seen.day(day).into()));
        next.into_iter().collect()
    }
}

impl Updates {
    fn read(fields: &mut Fields<'_>) -> Self {
        Self { next: fields.date("next update").map(|date| date.value) }
    }
}
