//! The accessibility statement of a site, as far as it can be worked out.
//!
//! Settings say what people know; here that becomes dates, a status that claims no more
//! than they know, and problems by reason. How it reads is the theme's.

use super::Page;
use crate::{
    config::{Accessibility, Day, Problem, Setting, Status, Why},
    parse::{Block, Inline},
    text::{Date, Languages},
};

/// The ids of its headings, which pages can link to.
pub const IDS: [&str; 6] =
    ["compliance", "not-accessible", "report", "enforcement", "tested", "dates"];

/// What `((…))` puts it in the middle of a page.
pub const NAME: &str = "statement";

/// The day that a setting names, with the month in any of the languages of the site.
pub fn day(setting: Option<&Setting<Day>>, languages: &Languages) -> Option<Date> {
    Date::read(&setting?.value.0, languages.months())
}

impl Page {
    /// The place among its blocks of `((statement))` on a line of its own. When it is not
    /// there, or this is not the page of a statement, the end.
    pub fn statement_place(&self) -> usize {
        let blocks = &self.text.document.blocks;
        let place = blocks.iter().position(is_place).filter(|_| self.statement);
        place.unwrap_or(blocks.len())
    }
}

fn is_place(block: &Block) -> bool {
    let Block::Paragraph(inlines, _) = block else { return false };
    matches!(&inlines[..], [Inline::Value(name, _)] if name.trim().eq_ignore_ascii_case(NAME))
}

impl Accessibility {
    /// How much of the standard the site meets: not more than the problems allow, and not
    /// all of it before people have tested it.
    pub fn status(&self) -> Status {
        let most = if self.problem.is_empty() { Status::Fully } else { Status::Partially };
        let said = self.status.as_ref().map(|status| status.value);
        let known = if self.tested.is_some() { Status::Fully } else { Status::Partially };
        said.unwrap_or(known).min(most)
    }

    /// The problems with a reason.
    pub fn problems(&self, why: Why) -> impl Iterator<Item = &Problem> {
        self.problem.iter().filter(move |problem| problem.why == Some(why))
    }
}
