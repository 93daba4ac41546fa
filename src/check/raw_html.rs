//! `raw-html`: HTML in Markdown, of which nobody knows if it can be read.

use super::{Check, Findings, Run, Subject};
use crate::diagnostic::Severity;

pub(super) const CHECK: Check = Check {
    code: "raw-html",
    severity: Severity::Error,
    manual: include_str!("raw_html.md"),
    run: Run::Text(run),
};

fn run(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    if subject.scene.config.raw_html {
        return;
    }
    for (html, span) in &subject.prose.html {
        let Some(tag) = first_tag(html) else { continue };
        let hint = match instead(tag) {
            Some(instead) => format!("write {instead}"),
            None => "write it as Markdown, or, if you meant the sign <, write `\\<`".to_owned(),
        };
        findings.push(*span, format!("“<{tag}>” is HTML, and is not published")).hint(hint);
    }
}

/// The name of the first tag that opens and is not a comment.
fn first_tag(html: &str) -> Option<&str> {
    let mut rest = html;
    loop {
        rest = &rest[rest.find('<')? + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
        } else if !rest.starts_with('/') {
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-');
            return Some(&rest[..end.unwrap_or(rest.len())]);
        }
    }
}

/// What to write in place of a tag.
fn instead(tag: &str) -> Option<&'static str> {
    Some(match tag.to_ascii_lowercase().as_str() {
        "br" => "two spaces at the end of the line, or begin a new paragraph",
        "b" | "strong" => "`**words**`",
        "i" | "em" => "`*words*`",
        "u" | "font" | "center" | "span" => "it without: the theme decides how words look",
        "a" => "`[words](address)`",
        "img" => "`![what it shows](picture.svg)`",
        "table" => "rows with `|` between the cells",
        "ul" | "li" => "`- ` before each item",
        "ol" => "`1. ` before each step",
        "details" | "summary" => "a box: `> [!DETAILS] How we work this out`",
        "div" | "aside" | "section" => "a box: `> [!NOTE]`",
        "h1" | "h2" | "h3" | "h4" => "`## ` before the heading",
        "iframe" | "video" => "a fence that begins with ```video",
        _ => return None,
    })
}
