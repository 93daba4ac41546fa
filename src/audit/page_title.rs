//! `page-title`: pages without a title.

use super::{Check, Level, Marks, Page, Rule};

pub(super) const RULE: Check = Rule::html("page-title", include_str!("page_title.md"))
    .wcag(Level::A, &["2.4.2"])
    .act(&["2779a5"])
    .on_page(run);

const HINT: &str =
    "write what the page is and whose it is: `<title>Hire someone – Northfold Council</title>`";

fn run(page: &Page<'_>, marks: &mut Marks) {
    if page.is_fragment() {
        return;
    }
    // The first one is the title, wherever it stands; the title of a drawing is the drawing's own.
    match page.all(&["title"]).into_iter().find(|title| title.is_html()) {
        Some(title) if title.text().chars().any(|c| !c.is_whitespace()) => marks.pass(),
        Some(title) => {
            marks.fail(title, "the title of the page is empty").hint(HINT);
        }
        None => {
            marks.fail(page.root(), "the page has no title").hint(HINT);
        }
    }
}
