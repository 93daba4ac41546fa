//! Publications: reports and plans, which keep the day they came out.

use super::{KindEntry, Own};
use crate::{
    parse::{Fields, Placed},
    text::Date,
};

/// A report or plan.
pub static PUBLICATION: KindEntry =
    KindEntry::written("publication", "A report or plan.", include_str!("starter.md"))
        .names("`published`: a date")
        .fits_a_booklet()
        .read(|fields| Box::new(Publication::read(fields)));

/// The front matter of a publication.
#[derive(Debug, Default)]
pub struct Publication {
    /// When it came out.
    pub published: Option<Placed<Date>>,
}

impl Own for Publication {
    fn published(&self) -> Option<&Placed<Date>> {
        self.published.as_ref()
    }
}

impl Publication {
    fn read(fields: &mut Fields<'_>) -> Self {
        Self { published: fields.date("published") }
    }
}
