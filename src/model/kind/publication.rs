//! Publications: reports and plans, which keep the day they came out.

use crate::{
    parse::{Fields, Placed},
    text::Date,
};

/// The front matter of a publication.
#[derive(Debug, Default)]
pub struct Publication {
    /// When it came out.
    pub published: Option<Placed<Date>>,
}

impl Publication {
    pub(super) fn read(fields: &mut Fields<'_>) -> Self {
        Self { published: fields.date("published") }
    }
}
