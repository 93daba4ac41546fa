//! The updates page: every note of what changed, the newest first.

use crate::{parse::Fields, text::Date};

/// The front matter of the updates page.
#[derive(Debug, Default)]
pub struct Updates {
    /// When the next update is planned.
    pub next: Option<Date>,
}

impl Updates {
    pub(super) fn read(fields: &mut Fields<'_>) -> Self {
        Self { next: fields.date("next update").map(|date| date.value) }
    }
}
