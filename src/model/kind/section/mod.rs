//! Sections: a page that lists the pages in its folder, or all of a stage.

use super::{KindEntry, Own};
use crate::{
    model::front::{Stage, one_of},
    parse::Fields,
};

/// A page that lists others.
pub static SECTION: KindEntry = KindEntry::written(
    "section",
    "A page that lists the pages in its folder.",
    include_str!("starter.md"),
)
.names("`kind of pages`, `lists: decide` to list a whole stage instead")
.shown_by("section.html")
.index()
.in_menu()
.read(|fields| Box::new(Section::read(fields)));

/// The front matter of a section.
#[derive(Debug, Default)]
pub struct Section {
    /// The stage whose pages it lists, all and only those, wherever they are.
    pub lists: Option<Stage>,
}

impl Own for Section {}

impl Section {
    fn read(fields: &mut Fields<'_>) -> Self {
        super::kind_of_pages(fields);
        Self { lists: one_of(fields, "lists", Stage::ALL, Stage::name) }
    }
}
