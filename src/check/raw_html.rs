//! `raw-html`: HTML in Markdown, of which nobody knows if it can be read.

use std::{ops::Range, sync::Arc};

use super::{Check, Looks, Marks, Rule, Subject, World};
use crate::text::{Source, Span, shorten};

pub(super) const CHECK: Check =
    Rule::error("raw-html", Looks::Words, include_str!("raw_html.md")).on_text_and_data(run, files);

fn run(subject: &Subject<'_>, marks: &mut Marks) {
    if subject.world.config.raw_html {
        swallowed(subject, marks);
        return;
    }
    for (html, span) in &subject.prose.html {
        if is_said(subject, *span) {
            continue;
        }
        if let Some(words) = words_after_comment(html) {
            let message =
                format!("“{}” stands after a comment, and is not published", shorten(words));
            marks.push(*span, message).hint("begin it on a line of its own, under the comment");
            continue;
        }
        let Some(tag) = first_tag(html) else { continue };
        let hint = match instead(tag) {
            Some(instead) => format!("write {instead}"),
            None => "write it as Markdown, or, if you meant the sign <, write `\\<`".to_owned(),
        };
        marks.push(*span, format!("“<{tag}>” is HTML, and is not published")).hint(hint);
    }
}

/// Files that a browser opens by themselves, in which something runs: a picture of the page
/// shows none of it, and whoever opens it in a tab of its own lets it run on this site.
fn files(world: &World<'_>, marks: &mut Marks) {
    let site = world.site;
    let opened: &[&str] =
        if world.config.raw_html { &[".svg"] } else { &[".svg", ".html", ".htm", ".xhtml"] };
    for (at, file) in site.files.iter().enumerate() {
        let is_opened = opened.iter().any(|end| file.url.ends_with(end));
        if !is_opened || site.withheld.contains(&at) {
            continue;
        }
        let text = String::from_utf8_lossy(&file.file.bytes);
        let Some(place) = what_runs(&text) else { continue };
        let message =
            format!("“{}” in this file runs when somebody opens it", &text[place.clone()]);
        let source = Source::new(Arc::clone(&file.file.path), text.as_ref());
        let hint = "take it out, or save the file again without scripts";
        marks.push_in(&source, Span::from(place), message).hint(hint);
    }
}

/// The first thing in a file of HTML or SVG that runs.
fn what_runs(text: &str) -> Option<Range<usize>> {
    let lower = text.to_ascii_lowercase();
    let find = |what: &str| lower.find(what).map(|at| at..at + what.len());
    find("<script").or_else(|| find("javascript:")).or_else(|| {
        let tags = lower
            .match_indices('<')
            .filter(|(at, _)| lower[at + 1..].starts_with(char::is_alphabetic));
        tags.map(|(at, _)| at..at + lower[at..].find('>').unwrap_or(0)).find_map(|tag| {
            let inner = &lower[tag.clone()];
            inner.match_indices("on").find_map(|(at, _)| {
                let name = inner[at..].bytes().take_while(u8::is_ascii_alphabetic).count();
                let is_handler = inner[..at].ends_with(char::is_whitespace)
                    && name > 2
                    && inner[at + name..].trim_start().starts_with('=');
                is_handler.then(|| tag.start + at..tag.start + at + name)
            })
        })
    })
}

/// Whether `markdown` has said of HTML that it swallows what comes after it.
fn is_said(subject: &Subject<'_>, html: Span) -> bool {
    let problems = &subject.text.document.problems;
    let mut of_markdown = problems.iter().filter(|found| *found.rule == crate::rule::MARKDOWN);
    of_markdown.any(|found| html.start <= found.span.start && found.span.end <= html.end)
}

/// Elements in which browsers see no other tag, or show nothing: everything after one that
/// is never closed is gone. Source: the HTML standard, 13.1.2 and 13.2.5.
const SWALLOW: &[&str] = &[
    "iframe",
    "noembed",
    "noframes",
    "noscript",
    "plaintext",
    "script",
    "style",
    "template",
    "textarea",
    "title",
    "xmp",
];

/// Names the tags in a line of words that swallow what comes after them.
fn swallowed(subject: &Subject<'_>, marks: &mut Marks) {
    let all: Vec<(String, _)> =
        subject.prose.html.iter().map(|(html, span)| (html.to_ascii_lowercase(), *span)).collect();
    for (at, (html, span)) in all.iter().enumerate() {
        if is_said(subject, *span) {
            continue;
        }
        let begins = |tag: &&&str| {
            let rest = html.strip_prefix('<').and_then(|rest| rest.strip_prefix(**tag));
            rest.is_some_and(|rest| rest.starts_with(|c: char| !c.is_ascii_alphanumeric()))
        };
        let Some(tag) = SWALLOW.iter().find(begins) else { continue };
        let end = format!("</{tag}");
        if !all[at..].iter().any(|(html, _)| html.contains(&end)) {
            let message = format!("“<{tag}>” is never closed, so it swallows the rest of the page");
            marks.push(*span, message).hint(format!("write `</{tag}>` where it ends"));
        }
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

/// Words that stand after a comment on its line: they are a part of it to other programs, and
/// on no page.
fn words_after_comment(html: &str) -> Option<&str> {
    let (_, rest) = html.trim_start().strip_prefix("<!--")?.split_once("-->")?;
    let words = rest.trim();
    let is_comment = words.starts_with("<!--");
    if is_comment {
        words_after_comment(words)
    } else {
        Some(words).filter(|words| !words.is_empty())
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
