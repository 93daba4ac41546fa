//! HTML as it is written, tag by tag.
//!
//! A reader (the first half of a parser) of pages that anyone made: it follows the
//! tokenization of the HTML standard (what is a tag, an attribute, a comment, the raw text
//! of a script), copies nothing and never fails. It knows nothing of elements that were left
//! open: [`tree`] does, and [`outline`] has the words of a tree,
//! and `markdown` writes them as Markdown. The other way round, `escape`
//! writes text.
//! `htmlize` knows the names of entities.

use std::borrow::Cow;

pub(crate) mod markdown;
pub mod outline;
pub mod paper;
pub mod tree;

/// Words as they are read: `&amp;` is `&`.
pub fn decode(text: &str) -> Cow<'_, str> {
    if text.contains('&') { htmlize::unescape(text) } else { Cow::Borrowed(text) }
}

/// The value of an attribute as it is read. In an address, `&copy=2` is as it is written.
pub(crate) fn decode_value(text: &str) -> Cow<'_, str> {
    if text.contains('&') { htmlize::unescape_attribute(text) } else { Cow::Borrowed(text) }
}

/// Whether no HTML and no XML can hold a character, not even escaped: control characters
/// other than tabs and line ends, and what is no character. Source: XML 1.0, production 2;
/// HTML, "control-character-in-input-stream".
pub(crate) fn is_forbidden(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r') || matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// Text without what no page can hold.
pub(crate) fn permitted(text: &str) -> Cow<'_, str> {
    if text.contains(is_forbidden) { text.replace(is_forbidden, "").into() } else { text.into() }
}

/// Adds text in which `&`, `<`, `>` and `"` mean themselves. What no page can hold is left out.
pub(crate) fn escape(out: &mut String, text: &str) {
    let text = &*permitted(text);
    let mut done = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => continue,
        };
        out.push_str(&text[done..at]);
        out.push_str(entity);
        done = at + 1;
    }
    out.push_str(&text[done..]);
}

/// What marks the end of what somebody wrote, in HTML that is not finished. A mark
/// `<!--@12 path-->` says that what follows was written there, so many bytes from the start
/// of that file; without a path in the page's own file. `finish` takes them down.
pub const END_OF_TEXT: &str = "<!--@-->";

/// A piece of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token<'a> {
    /// `<p class=x>`
    Open {
        /// The name, as it is written.
        name: &'a str,
        /// What stands between the name and `>`.
        attributes: Attributes<'a>,
        /// All of it, from `<` to `>`.
        tag: &'a str,
    },
    /// `</p>`
    Close {
        /// The name, as it is written.
        name: &'a str,
        /// All of it, from `<` to `>`.
        tag: &'a str,
    },
    /// Words, with their entities.
    Text(&'a str),
    /// What is no part of the page: a comment, `<!doctype html>`, `<?xml … ?>`.
    Aside(&'a str),
}

/// The attributes of a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attributes<'a>(&'a str);

impl<'a> Attributes<'a> {
    /// The value of an attribute, with its entities; empty when it has none.
    /// The first of several with one name counts.
    pub fn get(&self, name: &str) -> Option<&'a str> {
        self.each().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// Names and values, in order.
    pub fn each(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            rest = rest.trim_start_matches(|c: char| is_space(c) || c == '/');
            if rest.is_empty() {
                return None;
            }
            // A name may begin with `=`, but not go on with it.
            let first = rest.chars().next().map_or(0, char::len_utf8);
            let end = rest[first..]
                .find(|c: char| is_space(c) || matches!(c, '/' | '='))
                .map_or(rest.len(), |at| at + first);
            let name = &rest[..end];
            rest = &rest[end..];
            let after = rest.trim_start_matches(is_space);
            let Some(value) = after.strip_prefix('=') else {
                return Some((name, ""));
            };
            let value = value.trim_start_matches(is_space);
            let (value, after) = match value.chars().next() {
                Some(quote @ ('"' | '\'')) => {
                    let inside = &value[1..];
                    match inside.find(quote) {
                        Some(end) => (&inside[..end], &inside[end + 1..]),
                        None => (inside, ""),
                    }
                }
                _ => value.split_at(value.find(is_space).unwrap_or(value.len())),
            };
            rest = after;
            Some((name, value))
        })
    }
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

/// Elements whose words are not HTML: they end at their own end tag.
const RAW: &[&str] =
    &["iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp"];

/// Elements that follow rules of their own.
const FOREIGN: &[&str] = &["math", "svg"];

/// Elements that have no end.
pub const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// The pieces of a page, in order.
pub fn tokens(html: &str) -> Tokens<'_> {
    Tokens { html, at: 0, raw: None, foreign: 0 }
}

/// See [`tokens`].
#[derive(Debug)]
pub struct Tokens<'a> {
    html: &'a str,
    at: usize,
    /// The element whose raw text comes next.
    raw: Option<&'a str>,
    /// How many drawings and formulas are open.
    foreign: usize,
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        if let Some(name) = self.raw.take() {
            let text = self.raw_text(name);
            if !text.is_empty() {
                return Some(Token::Text(text));
            }
        }
        let rest = &self.html[self.at..];
        if rest.is_empty() {
            return None;
        }
        let text = text_length(rest);
        if text > 0 {
            self.at += text;
            return Some(Token::Text(&rest[..text]));
        }
        // Here stands a tag, or what is no part of the page.
        let next = rest.as_bytes()[1];
        if next.is_ascii_alphabetic() {
            return Some(self.open(rest));
        }
        if next == b'/' && rest.as_bytes().get(2).is_some_and(u8::is_ascii_alphabetic) {
            let (name, _, length) = tag(&rest[2..]);
            self.at += 2 + length;
            if FOREIGN.iter().any(|one| one.eq_ignore_ascii_case(name)) {
                self.foreign = self.foreign.saturating_sub(1);
            }
            return Some(Token::Close { name, tag: &rest[..2 + length] });
        }
        let length = if rest.starts_with("<!--") {
            comment_length(rest)
        } else if self.foreign > 0 && rest.starts_with("<![CDATA[") {
            rest.find("]]>").map_or(rest.len(), |end| end + 3)
        } else {
            rest.find('>').map_or(rest.len(), |end| end + 1)
        };
        self.at += length;
        Some(Token::Aside(&rest[..length]))
    }
}

impl<'a> Tokens<'a> {
    /// What comes next, where somebody knows the tree: the raw text of an element, or tags in a
    /// drawing. By themselves the pieces only guess.
    pub(crate) fn follow(&mut self, raw: Option<&'a str>, is_foreign: bool) {
        self.raw = raw;
        self.foreign = usize::from(is_foreign);
    }

    fn open(&mut self, rest: &'a str) -> Token<'a> {
        let (name, attributes, length) = tag(&rest[1..]);
        self.at += 1 + length;
        let is = |names: &[&str]| names.iter().any(|one| one.eq_ignore_ascii_case(name));
        // In a drawing a tag may close itself; in the page it only looks so.
        let closes_itself = attributes.ends_with('/');
        if is(FOREIGN) && !closes_itself {
            self.foreign += 1;
        }
        self.raw = (is(RAW) && !(self.foreign > 0 && closes_itself)).then_some(name);
        Token::Open { name, attributes: Attributes(attributes), tag: &rest[..1 + length] }
    }

    /// What stands before the end tag of `name`.
    fn raw_text(&mut self, name: &str) -> &'a str {
        let rest = &self.html[self.at..];
        let ends = |at: &usize| {
            let after = &rest.as_bytes()[at + 2..];
            after.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
                && after
                    .get(name.len())
                    .is_none_or(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'))
        };
        let end = match name.to_ascii_lowercase().as_str() {
            "plaintext" => None,
            "script" => script_end(rest, ends),
            _ => rest.match_indices("</").map(|(at, _)| at).find(ends),
        };
        let end = end.unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }
}

/// Where a script ends. One in which `<!--` stands and then `<script` ends only after `-->`, or
/// after one more end tag (the double escaped state).
fn script_end(rest: &str, ends: impl Fn(&usize) -> bool) -> Option<usize> {
    let is_script = |at: usize| {
        let after = &rest.as_bytes()[at + 1..];
        after.get(..6).is_some_and(|found| found.eq_ignore_ascii_case(b"script"))
            && after
                .get(6)
                .is_some_and(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'))
    };
    let (mut is_escaped, mut is_doubly) = (false, false);
    let mut open_at = 0;
    for (at, _) in rest.match_indices(['<', '>']) {
        let here = &rest[at..];
        if here.starts_with('>') {
            if is_escaped && at >= open_at + 4 && rest[..at].ends_with("--") {
                (is_escaped, is_doubly) = (false, false);
            }
        } else if !is_escaped && here.starts_with("<!--") {
            (is_escaped, open_at) = (true, at);
        } else if here.starts_with("</") && ends(&at) {
            if !is_doubly {
                return Some(at);
            }
            is_doubly = false;
        } else if is_escaped && !is_doubly && is_script(at) {
            is_doubly = true;
        }
    }
    None
}

/// How far the words go before something that begins with `<`.
fn text_length(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let is_markup = |at: usize| match bytes.get(at + 1) {
        Some(b'!' | b'?') => true,
        Some(b'/') => bytes.get(at + 2).is_some(),
        Some(byte) => byte.is_ascii_alphabetic(),
        None => false,
    };
    rest.match_indices('<').map(|(at, _)| at).find(|&at| is_markup(at)).unwrap_or(rest.len())
}

/// The name and the attributes of a tag, and its length up to and with `>`.
fn tag(rest: &str) -> (&str, &str, usize) {
    let bytes = rest.as_bytes();
    let name = bytes
        .iter()
        .position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'))
        .unwrap_or(bytes.len());
    let mut at = name;
    // A quotation mark opens a value only after `=`.
    let mut is_value = false;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'>' => break,
            b'=' => is_value = true,
            b'"' | b'\'' if is_value => {
                let inside = &bytes[at + 1..];
                let end = inside.iter().position(|&other| other == byte);
                at += end.map_or(inside.len(), |end| end + 1);
                is_value = false;
            }
            byte if byte.is_ascii_whitespace() => {}
            _ => is_value = false,
        }
        at += 1;
    }
    let at = at.min(bytes.len());
    (&rest[..name], &rest[name..at], (at + 1).min(bytes.len()))
}

/// The length of a comment: `<!-->` and `<!--->` are whole ones.
fn comment_length(rest: &str) -> usize {
    let inside = &rest[4..];
    if inside.starts_with('>') {
        return 5;
    }
    if inside.starts_with("->") {
        return 6;
    }
    let ends = inside.match_indices('>').find_map(|(at, _)| {
        let before = &inside[..at];
        (before.ends_with("--") || before.ends_with("--!")).then_some(4 + at + 1)
    });
    ends.unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(html: &str) -> String {
        let each = tokens(html).map(|token| match token {
            Token::Open { name, attributes, .. } => {
                let each = attributes.each().map(|(name, value)| format!(" {name}[{value}]"));
                format!("<{name}{}>", each.collect::<String>())
            }
            Token::Close { name, .. } => format!("</{name}>"),
            Token::Text(text) => format!("({text})"),
            Token::Aside(_) => String::new(),
        });
        each.collect()
    }

    #[test]
    fn tags_and_words_are_told_apart() {
        for (html, pieces) in [
            ("<p>a<b>c</b>", "<p>(a)<b>(c)</b>"),
            ("a < b <3 & c", "(a < b <3 & c)"),
            ("<!doctype html><!-- <p> --><p>", "<p>"),
            ("<!--><p><!---><i><!-- x --!><b>", "<p><i><b>"),
            ("<?php x ?><p></ x><b>", "<p><b>"),
            ("<script>if (a<b) '</p>'</SCRIPT><p>", "<script>(if (a<b) '</p>')</SCRIPT><p>"),
            ("<title>a <b> c</title>", "<title>(a <b> c)</title>"),
            ("<style></style>x", "<style></style>(x)"),
            ("<p", "<p>"),
            ("<p a='>'>x", "<p a[>]>(x)"),
            ("é<é>ü", "(é<é>ü)"),
            ("<svg><title/><style/></svg><p>x", "<svg><title><style></svg><p>(x)"),
            ("<script/>a</script>b", "<script>(a)</script>(b)"),
        ] {
            assert_eq!(said(html), pieces, "{html}");
        }
    }

    #[test]
    fn attributes_are_read_as_browsers_read_them() {
        for (html, pieces) in [
            ("<a href=x>", "<a href[x]>"),
            ("<a href = 'x y' id=\"z\">", "<a href[x y] id[z]>"),
            ("<input disabled/>", "<input disabled[]>"),
            ("<a href=a/b/>", "<a href[a/b/]>"),
            ("<a =x y>", "<a =x[] y[]>"),
            ("<a é=ü>", "<a é[ü]>"),
            ("<a b=\"c>", "<a b[c>]>"),
        ] {
            assert_eq!(said(html), pieces, "{html}");
        }
        let Some(Token::Open { attributes, .. }) = tokens("<a ID=x id=y>").next() else {
            panic!("a tag")
        };
        assert_eq!((attributes.get("id"), attributes.get("class")), (Some("x"), None));
    }
}
