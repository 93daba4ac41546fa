//! `xml-language`: pages that name two languages for themselves.

use super::{Check, Level, Marks, Page, Rule, page_language_tag::primary};
use crate::parse::language::is_language;

pub(super) const RULE: Check = Rule::html("xml-language", include_str!("xml_language.md"))
    .wcag(Level::A, &["3.1.1"])
    .act(&["5b7ae0"])
    .on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    let Some(html) = page.html() else { return };
    let (Some(lang), Some(xml)) = (html.attr("lang"), html.attr("xml:lang")) else { return };
    if !is_language(primary(lang)) || xml.trim_ascii().is_empty() {
        return;
    }
    if !marks.passes(primary(lang).eq_ignore_ascii_case(primary(xml))) {
        let message = format!("the page says that it is in “{lang}”, and that it is in “{xml}”");
        let hint = "remove `xml:lang`, which pages of today do not need";
        marks.fail(html, message).at(html.attr_span("xml:lang")).hint(hint);
    }
}
