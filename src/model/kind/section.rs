//! Sections: a page that lists the pages in its folder, or all of a stage.

use crate::{
    model::front::{Stage, one_of},
    parse::Fields,
};

/// The front matter of a section.
#[derive(Debug, Default)]
pub struct Section {
    /// The stage whose pages it lists, all and only those, wherever they are.
    pub lists: Option<Stage>,
}

impl Section {
    pub(super) fn read(fields: &mut Fields<'_>) -> Self {
        super::kind_of_pages(fields);
        Self { lists: one_of(fields, "lists", Stage::ALL, Stage::name) }
    }
}
