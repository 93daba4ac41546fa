//! `contrast`: words that hardly stand out from what is behind them.

use super::{Check, Level, Marks, Page, Rule, ground};

pub(super) const RULE: Check = Rule::html("contrast", include_str!("contrast.md"))
    .wcag(Level::AA, &["1.4.3"])
    .act(&["afw4f7"])
    .explains(&["contrast-enhanced"])
    .on_page(run);

/// The least contrast of ordinary and of large text, from success criterion 1.4.3.
const LEAST_CONTRAST: (f32, f32) = (4.5, 3.0);

fn run(page: &Page<'_>, marks: &mut Marks) {
    ground::look(page, LEAST_CONTRAST, marks);
}
