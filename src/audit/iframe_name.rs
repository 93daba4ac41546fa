//! `iframe-name`: pages inside the page that do not say what they are.

use super::{Check, Level, Marks, Page, Rule, words::short};

pub(super) const RULE: Check = Rule::html("iframe-name", include_str!("iframe_name.md"))
    .wcag(Level::A, &["4.1.2"])
    .act(&["cae760"])
    .on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    for frame in page.all(&["iframe"]) {
        // One that the Tab key passes over is no stop on anybody's way.
        if !frame.is_exposed()
            || frame.tabindex().is_some_and(|at| at < 0)
            || matches!(frame.explicit_role(), Some("none" | "presentation"))
        {
            continue;
        }
        if marks.passes(frame.has_name()) {
            continue;
        }
        let message = match frame.filled("src") {
            Some(src) => format!("the page “{}” inside this page has no name", short(src)),
            None => "the page inside this page has no name".to_owned(),
        };
        let hint = "write `title=\"…\"` with what is in it: `title=\"Map of the office\"`";
        marks.fail(frame, message).hint(hint);
    }
}
