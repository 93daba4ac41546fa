//! `contrast-enhanced`: words that hardly stand out from what is behind them, for the stricter level.

use super::{Check, Level, Marks, Page, Rule, ground};

pub(super) const RULE: Check =
    Rule::html("contrast-enhanced", include_str!("contrast_enhanced.md"))
        .wcag(Level::AAA, &["1.4.6"])
        .act(&["09o5cg"])
        .on_page(run);

/// The least contrast of ordinary and of large text, from success criterion 1.4.6.
const LEAST_CONTRAST: (f32, f32) = (7.0, 4.5);

fn run(page: &Page<'_>, marks: &mut Marks) {
    ground::look(page, LEAST_CONTRAST, marks);
}
