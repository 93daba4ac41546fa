//! Easy read: short words beside pictures, for people who find reading hard.

use super::{KindEntry, Own};
use crate::parse::{Fields, Placed};

/// Short words beside pictures.
pub static EASY_READ: KindEntry =
    KindEntry::written("easy read", "Short words beside pictures.", include_str!("starter.md"))
        .names("`easy read of`: the full page")
        .shown_by("easy-read.html")
        .fits_a_booklet()
        .prose()
        .read(|fields| Box::new(EasyRead::read(fields)));

/// The front matter of an easy-read page.
#[derive(Debug, Default)]
pub struct EasyRead {
    /// The full page: `../manage/records.md`.
    pub of: Option<Placed<String>>,
}

impl Own for EasyRead {
    fn links(&self) -> Vec<&Placed<String>> {
        self.of.iter().collect()
    }
}

impl EasyRead {
    fn read(fields: &mut Fields<'_>) -> Self {
        Self { of: fields.text("easy read of") }
    }
}
