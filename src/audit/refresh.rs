//! `refresh`: pages that load again, or another page, however late.

use super::{Check, Level, Marks, Page, Rule, refresh_delay};

pub(super) const RULE: Check = Rule::html("refresh", include_str!("refresh.md"))
    .wcag(Level::AAA, &["2.2.4", "3.2.5"])
    .act(&["bisz58"])
    .on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    let Some((meta, delay)) = refresh_delay::refresh(page) else { return };
    if !marks.passes(delay == 0) {
        let after = refresh_delay::seconds(delay);
        let hint = "take the `<meta http-equiv=\"refresh\">` out and write a link";
        marks.fail(meta, format!("the page changes by itself after {after}")).hint(hint);
    }
}
