//! `raw-html`: HTML in Markdown, of which nobody knows if it can be read.

use std::{borrow::Cow, ops::Range, sync::Arc};

use super::{Check, Looks, Marks, Rule, Subject, World};
use crate::{
    html::{Token, decode, tokens},
    text::{Source, Span, shorten},
};

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
    let (always, as_pages) = (&[".svg", ".xml"][..], &[".html", ".htm", ".xhtml", ".xht"][..]);
    let opened = [always, if world.config.raw_html { &[] } else { as_pages }].concat();
    for (at, file) in site.files.iter().enumerate() {
        let end = file.url.rfind('.').map_or("", |at| &file.url[at..]);
        let is_opened = opened.iter().any(|known| end.eq_ignore_ascii_case(known));
        if !is_opened || site.withheld.contains(&at) {
            continue;
        }
        let text = text_of(&file.file.bytes);
        let Some(place) = what_runs(&text) else { continue };
        let message =
            format!("“{}” in this file runs when somebody opens it", &text[place.clone()]);
        let source = Source::new(Arc::clone(&file.file.path), text.as_ref());
        let hint = "take it out, or save the file again without scripts";
        marks.push_in(&source, Span::from(place), message).hint(hint);
    }
}

/// The text of a file of HTML or XML, also where it is in UTF-16: its first letters tell, with a
/// mark or with a `<`. Source: XML 1.0, appendix F.
pub(crate) fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    let order: fn([u8; 2]) -> u16 = match bytes {
        [0xfe, 0xff, ..] | [0, b'<', ..] => u16::from_be_bytes,
        [0xff, 0xfe, ..] | [b'<', 0, ..] => u16::from_le_bytes,
        _ => return String::from_utf8_lossy(bytes),
    };
    let units = bytes.chunks_exact(2).map(|pair| order([pair[0], pair[1]]));
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// The first thing in a file of HTML, SVG or other XML that runs when a browser opens it.
///
/// It is looked for behind each `<`, whatever stands around it: what is a comment or words to
/// one reader is none to another. A file that would take too long to read like this counts as
/// one in which something runs.
pub(crate) fn what_runs(text: &str) -> Option<Range<usize>> {
    let has_entities = text.match_indices("<!").any(|(at, _)| begins(&text[at..], "<!entity"));
    // Tags that hold each other are read once each.
    let mut patience = text.len() * 8 + (1 << 20);
    if let Some(declared) = foreign_encoding(text) {
        return Some(declared);
    }
    text.match_indices('<').find_map(|(at, _)| {
        let rest = &text[at..];
        let place = |part: &str| {
            let start = part.as_ptr() as usize - text.as_ptr() as usize;
            start..start + part.len()
        };
        if begins(rest, "<!entity") || begins(rest, "<?xml-stylesheet") {
            let inside = &rest[..rest.find('>').unwrap_or(rest.len())];
            let Some(left) = patience.checked_sub(inside.len()) else { return Some(at..at + 1) };
            patience = left;
            let sign = if begins(rest, "<!") { "&#" } else { "xsl" };
            let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
            return inside.to_ascii_lowercase().contains(sign).then(|| at..at + length);
        }
        if !rest[1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let Token::Open { name, attributes, tag } = tokens(rest).next()? else { return None };
        let Some(left) = patience.checked_sub(tag.len()) else { return Some(at..at + 1) };
        patience = left;
        let own = name.rsplit(':').next().unwrap_or_default();
        if ["script", "handler"].iter().any(|runs| own.eq_ignore_ascii_case(runs)) {
            return Some(at..at + 1 + name.len());
        }
        attributes.each().find_map(|(name, value)| {
            let own = name.rsplit(':').next().unwrap_or_default().to_ascii_lowercase();
            let is_handler = own.len() > 2
                && own.starts_with("on")
                && own.bytes().all(|letter| letter.is_ascii_alphabetic());
            let address = as_address(value);
            let runs = is_handler
                || own == "srcdoc"
                || address.contains("javascript:")
                || has_entities && !begins(name, "xmlns") && value.contains('&');
            let whole = place(value);
            runs.then(|| match text[whole.clone()].to_ascii_lowercase().find("javascript:") {
                Some(from) if !is_handler => {
                    whole.start + from..whole.start + from + "javascript:".len()
                }
                _ => place(name),
            })
        })
    })
}

/// The encoding that a file of XML says it has, where other letters may stand for the signs of
/// tags than those that are read here.
fn foreign_encoding(text: &str) -> Option<Range<usize>> {
    if !begins(text.trim_start_matches('\u{feff}'), "<?xml") {
        return None;
    }
    let declaration = &text[..text.find('>')?];
    let from = declaration.find("encoding")?;
    let name = declaration[from..].split(['"', '\'']).nth(1)?;
    let known = ["utf-8", "utf-16", "us-ascii", "iso-8859-1", "windows-1252"];
    let is_known = known.iter().any(|known| name.trim().eq_ignore_ascii_case(known));
    (!is_known).then_some(from..declaration.len())
}

fn begins(text: &str, with: &str) -> bool {
    text.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with))
}

/// A value as a browser reads an address: references mean their letters, also without a
/// semicolon, and spaces and what nobody sees are nothing. In small letters.
fn as_address(value: &str) -> String {
    let mut read = String::new();
    let mut rest = value;
    while let Some((before, after)) = rest.split_once("&#") {
        read.push_str(before);
        let (digits, base) = match after.strip_prefix(['x', 'X']) {
            Some(digits) => (digits, 16),
            None => (after, 10),
        };
        let end = digits.find(|c: char| !c.is_digit(base)).unwrap_or(digits.len());
        let letter = u32::from_str_radix(&digits[..end], base).ok().and_then(char::from_u32);
        match letter {
            Some(letter) => {
                read.push(letter);
                rest = digits[end..].strip_prefix(';').unwrap_or(&digits[end..]);
            }
            None => rest = after,
        }
    }
    read.push_str(rest);
    let is_seen = |c: &char| !c.is_whitespace() && !c.is_control();
    decode(&read).chars().filter(is_seen).flat_map(char::to_lowercase).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_runs_is_known_however_it_is_written() {
        for (file, runs) in [
            ("<svg><script>1</script></svg>", "<script"),
            (
                "<svg xmlns:s=\"http://www.w3.org/2000/svg\"><s:SCRIPT>1</s:SCRIPT></svg>",
                "<s:SCRIPT",
            ),
            ("<svg><handler type=\"x\"/></svg>", "<handler"),
            ("<svg onload=\"x()\"/>", "onload"),
            ("<svg\nOnClick = \"x()\"/>", "OnClick"),
            ("<svg/onload=x()>", "onload"),
            ("<svg a='1'onload=x()>", "onload"),
            ("<iframe srcdoc=\"x\"></iframe>", "srcdoc"),
            ("<svg><a href=\"JavaScript:x()\"/></svg>", "JavaScript:"),
            ("<a href=\"&#106;avascript:x()\">", "href"),
            ("<a href=\"&#x6A;avascript:x()\">", "href"),
            ("<a href=\"java\n\tscript:x()\">", "href"),
            ("<a href=\"java&Tab;script&colon;x()\">", "href"),
            ("<animate attributeName=\"href\" values=\"javascript:x()\"/>", "javascript:"),
            ("<!DOCTYPE svg [<!ENTITY a \"&#60;script>\">]><svg>&a;</svg>", "<!ENTITY"),
            ("<!DOCTYPE svg [<!ENTITY a \"<script/>\">]><svg>&a;</svg>", "<script"),
            ("<!DOCTYPE svg [<!ENTITY a \"javasc\">]><a href=\"&a;ript:x()\"/>", "href"),
            ("<?xml-stylesheet type=\"text/xsl\" href=\"a.xml\"?><a/>", "<?xml-stylesheet"),
            ("<!-- > <svg onload=\"x()\"/> -->", "onload"),
        ] {
            let found = what_runs(file).map(|place| &file[place]);
            assert_eq!(found, Some(runs), "{file}");
        }
        for file in [
            "<svg><title>How to turn on = and off</title><text font=\"on\">on</text></svg>",
            "<!DOCTYPE svg [<!ENTITY ns \"http://a.example/\">]><svg xmlns:x=\"&ns;\"/>",
            "<p>javascript: is a word here, and 1 < 2</p>",
            "<?xml-stylesheet href=\"a.css\"?><svg/>",
            "<a href=\"b.html?c=1&amp;d=2\">",
            "",
        ] {
            assert_eq!(what_runs(file), None, "{file}");
        }
    }

    #[test]
    fn a_file_in_utf_16_is_read_and_a_strange_one_ends() {
        for big in [true, false] {
            let mark = if big { "\u{feff}" } else { "" };
            let units = format!("{mark}<svg onload='x()'/>");
            let bytes: Vec<u8> = units
                .encode_utf16()
                .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
                .collect();
            let text = text_of(&bytes);
            assert_eq!(what_runs(&text).map(|place| &text[place]), Some("onload"));
        }
        assert!(what_runs(&"<a b=".repeat(1 << 20)).is_some());
    }
}
