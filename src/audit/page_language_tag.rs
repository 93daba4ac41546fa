//! `page-language-tag`: pages in a language that does not exist.

use super::{Check, Level, Marks, Page, Rule};
use crate::parse::language::is_language;

pub(super) const RULE: Check =
    Rule::html("page-language-tag", include_str!("page_language_tag.md"))
        .wcag(Level::A, &["3.1.1"])
        .act(&["bf051a"])
        .on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    let Some(html) = page.html() else { return };
    let Some(lang) = html.attr("lang").filter(|lang| !lang.trim_ascii().is_empty()) else { return };
    if !marks.passes(is_language(primary(lang))) {
        let hint = correction(lang);
        marks.fail(html, format!("“{lang}” is no language")).at(html.attr_span("lang")).hint(hint);
    }
}

/// The part of a tag that says the language.
pub(super) fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// How to write the tag.
pub(super) fn correction(tag: &str) -> String {
    let two = |code: &'static str| format!("write the code of the language: `lang=\"{code}\"`");
    match tag.trim_ascii().to_ascii_lowercase().as_str() {
        "english" | "eng" => two("en"),
        "welsh" | "cymraeg" | "cym" | "wel" => two("cy"),
        "french" | "fra" | "fre" => two("fr"),
        "german" | "deu" | "ger" => two("de"),
        "spanish" | "spa" => two("es"),
        "polish" | "pol" => two("pl"),
        "dutch" | "nld" | "dut" => two("nl"),
        written => {
            let dashed = written.replace('_', "-");
            if dashed != tag && is_language(primary(&dashed)) {
                format!("write it without spaces and with a hyphen: `lang=\"{dashed}\"`")
            } else {
                "write a code of the IANA registry: `lang=\"en\"` for English, `lang=\"cy\"` for Welsh".into()
            }
        }
    }
}
