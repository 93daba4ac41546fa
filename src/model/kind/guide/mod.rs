//! Guides: several pages that are read in order.

use super::make::print;
use super::{Kind, KindEntry, Own, Written};
use crate::model::Page;

/// Several pages that are read in order.
pub static GUIDE: KindEntry = KindEntry::written(
    "guide",
    "An `index.md` whose folder is read in order, with one page to print.",
    include_str!("starter.md"),
)
.shown_by("guide.html")
.index()
.in_menu()
.fits_a_booklet()
.prose()
.read(|_| Box::new(Guide));

/// A guide on one page.
pub static GUIDE_PRINT: KindEntry =
    KindEntry::made("guide print", "A guide on one page.", "guide-print.html")
        .unsearched()
        .unlisted();

/// A guide, which has no names of its own.
#[derive(Debug)]
struct Guide;

impl Own for Guide {
    fn made(&self, page: &Page, written: &Written<'_>) -> Vec<Page> {
        vec![print(page, written.words, "made_print", Kind::plain(&GUIDE_PRINT))]
    }
}
