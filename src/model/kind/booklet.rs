//! Booklets: pages and directory entries chosen for someone, as one document to print.

use crate::{
    diagnostic::Diagnostic,
    parse::{Fields, Placed},
    rule,
};

/// The front matter of a booklet.
#[derive(Debug, Default)]
pub struct Booklet {
    /// What is in it, in order.
    pub pages: Vec<Placed<String>>,
}

impl Booklet {
    pub(super) fn read(fields: &mut Fields<'_>) -> Self {
        let pages = fields.list("pages");
        if pages.is_empty() {
            let found =
                Diagnostic::error(&rule::BOOKLET, fields.start(), "this booklet has no pages");
            fields
                .report(found.hint("add `pages:` and below it `- ../decide/who-can-have-one.md`"));
        }
        Self { pages }
    }
}
