//! Sections: a page that lists the pages in its folder, or all of a stage.

use super::{KindEntry, Own};
use crate::{
    model::front::{Stage, one_of},
    parse::{Fields, Placed},
};

/// A page that lists others.
pub static SECTION: KindEntry = KindEntry::written(
    "section",
    "A page that lists the pages in its folder.",
    include_str!("starter.md"),
)
.names(
    "`kind of pages`, `lists: decide` to list a whole stage instead, `topics`: a sentence for \
     each `topic` of its pages",
)
.shown_by("section.html")
.index()
.in_menu()
.read(|fields| Box::new(Section::read(fields)));

/// The front matter of a section.
#[derive(Debug, Default)]
pub struct Section {
    /// The stage whose pages it lists, all and only those, wherever they are.
    pub lists: Option<Stage>,
    /// The topics of its pages in the order in which they are shown, with a sentence on each.
    pub topics: Vec<(Placed<String>, String)>,
}

impl Own for Section {
    fn topics(&self) -> &[(Placed<String>, String)] {
        &self.topics
    }
}

impl Section {
    fn read(fields: &mut Fields<'_>) -> Self {
        super::kind_of_pages(fields);
        let mut topics = Vec::new();
        if let Some(mut all) = fields.map("topics") {
            for (name, about) in all.every_list() {
                let about: Vec<String> = about.into_iter().map(|about| about.value).collect();
                topics.push((name, about.join(", ")));
            }
            fields.absorb(all);
        }
        Self { lists: one_of(fields, "lists", Stage::ALL, Stage::name), topics }
    }
}
