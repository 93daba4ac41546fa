//! `page-heading`: pages without exactly one heading of level 1.

use super::{Check, Marks, Page, Rule, heading_levels::headings, refresh_delay};

pub(super) const RULE: Check =
    Rule::html("page-heading", include_str!("page_heading.md")).on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    let is_read = !page.is_fragment() && !refresh_delay::sends_on(page);
    if !is_read || !page.all(&["frameset"]).is_empty() {
        return;
    }
    let mut first = headings(page).into_iter().filter(|(_, level)| *level == 1);
    match (first.next(), first.next()) {
        (Some(_), None) => marks.pass(),
        (Some(_), Some((second, _))) => {
            let count = 2 + first.count();
            let hint = "keep `<h1>` for the title of the page, and make the others `<h2>`";
            marks.fail(second, format!("the page has {count} headings of level 1")).hint(hint);
        }
        (None, _) => {
            marks
                .fail(page.body().unwrap_or(page.root()), "the page has no heading of level 1")
                .hint("give the page one `<h1>`, with its title");
        }
    }
}
