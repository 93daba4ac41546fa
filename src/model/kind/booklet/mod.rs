//! Booklets: pages and directory entries chosen for someone, as one document to print.

use super::{KindEntry, Own};
use crate::{
    parse::{Fields, Placed},
    rule,
};

/// Pages chosen for someone, as one document.
pub static BOOKLET: KindEntry = KindEntry::written(
    "booklet",
    "Pages and services as one document to print (a `.yaml` file).",
    include_str!("starter.yaml"),
)
.names("see Booklets")
.shown_by("booklet.html")
.record()
.read(|fields| Box::new(Booklet::read(fields)));

/// Where people choose pages for a booklet.
pub static BOOKLET_MAKER: KindEntry = KindEntry::made(
    "booklet maker",
    "Where people choose pages for a booklet.",
    "booklet-maker.html",
)
.unsearched()
.script("booklet-page");

/// The front matter of a booklet.
#[derive(Debug, Default)]
pub struct Booklet {
    /// What is in it, in order.
    pub pages: Vec<Placed<String>>,
}

impl Own for Booklet {
    fn links(&self) -> Vec<&Placed<String>> {
        self.pages.iter().collect()
    }
}

impl Booklet {
    fn read(fields: &mut Fields<'_>) -> Self {
        let pages = fields.list("pages");
        if pages.is_empty() {
            let hint = "add `pages:` and below it `- ../decide/who-can-have-one.md`";
            fields.wrong(&rule::BOOKLET, fields.start(), "this booklet has no pages", hint);
        }
        Self { pages }
    }
}
