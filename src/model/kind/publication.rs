//! Publications: reports and plans, which keep the day they came out.

use crate::parse::{Date, Fields};

/// The front matter of a publication.
#[derive(Debug, Default)]
pub struct Publication {
    /// When it came out.
    pub published: Option<Date>,
}

impl Publication {
    pub(super) fn read(fields: &mut Fields<'_>) -> Self {
        Self { published: fields.date("published").map(|date| date.value) }
    }
}
