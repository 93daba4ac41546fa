//! Easy read: short words beside pictures, for people who find reading hard.

use crate::parse::{Fields, Placed};

/// The front matter of an easy-read page.
#[derive(Debug, Default)]
pub struct EasyRead {
    /// The full page: `../manage/records.md`.
    pub of: Option<Placed<String>>,
}

impl EasyRead {
    pub(super) fn read(fields: &mut Fields<'_>) -> Self {
        Self { of: fields.text("easy read of") }
    }
}
