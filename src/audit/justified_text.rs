//! `justified-text`: lines stretched to the same length.

use super::{Check, Level, Marks, Page, Rule};

pub(super) const RULE: Check = Rule::html("justified-text", include_str!("justified_text.md"))
    .wcag(Level::AAA, &["1.4.8"])
    .on_page(run);

/// How many letters fill a line of most pages: less is never stretched.
const LINE: usize = 80;

fn run(page: &Page<'_>, marks: &mut Marks) {
    for element in page.all(&["blockquote", "dd", "div", "li", "p", "td"]) {
        let words: usize = element.own_text().map(|text| text.trim().chars().count()).sum();
        if words <= LINE || !element.is_visible() {
            continue;
        }
        if element.style().is_justified {
            let hint = "write `text-align: start`";
            marks.fail(element, "the lines are stretched to the same length").hint(hint);
        } else {
            marks.pass();
        }
    }
}
