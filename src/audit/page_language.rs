//! `page-language`: pages that do not say their language.

use super::{Check, Level, Marks, Page, Rule};

pub(super) const RULE: Check = Rule::html("page-language", include_str!("page_language.md"))
    .wcag(Level::A, &["3.1.1"])
    .act(&["b5c3f8"])
    .on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    if page.is_fragment() {
        return;
    }
    let root = page.root();
    if root.attr("lang").is_some_and(|lang| !lang.trim_ascii().is_empty()) {
        marks.pass();
        return;
    }
    let hint = match root.attr("xml:lang").map(str::trim_ascii) {
        Some(lang) if !lang.is_empty() => format!("write `<html lang=\"{lang}\">` too"),
        _ => "write the language of the page: `<html lang=\"en-GB\">`".into(),
    };
    marks.fail(root, "the page does not say what language it is in").hint(hint);
}
