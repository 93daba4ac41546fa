//! Tags to a tree: which element stands in which.
//!
//! The tree is the one that a browser makes, as far as that matters to what people
//! hear and see: elements that were left open are ended where the HTML standard ends
//! them, `<html>`, `<head>`, `<body>`, `<tbody>` and `<tr>` are there when they were not
//! written. Two things differ above all. Nothing is moved (no foster parenting: a browser
//! puts words that stand loose in a table before it), and what stands in a `<template>` is
//! left out, since no one meets it. `tests/html/tree.txt` has cases of the standard, and
//! `differences.txt` beside it names each that differs, with the reason.
//!
//! Nodes are kept in the order of the page, so that everything inside an element is one
//! stretch of the list, and no pass over a page needs a stack. What was wrong with the
//! tags themselves is kept beside them, see [`Slip`].

use std::{borrow::Cow, collections::HashSet};

use super::{Attributes, Token, VOID, decode, tokens};
use crate::text::Span;

/// No node.
pub(crate) const NONE: u32 = u32::MAX;

/// How deep elements may stand in each other: what stands deeper is put beside, as
/// browsers do (Chromium and WebKit stop at 512).
const DEEPEST_ELEMENT: usize = 512;

/// An element, or words.
#[derive(Debug, Clone)]
pub(crate) struct Node<'a> {
    /// The name in lower case; empty for words.
    pub(crate) tag: Cow<'a, str>,
    /// The words, with entities decoded.
    pub(crate) text: Cow<'a, str>,
    /// Where its attributes stand in [`Tree::attributes`].
    pub(crate) attributes: (u32, u32),
    /// The signs of their names.
    pub(crate) signs: u64,
    pub(crate) parent: u32,
    /// One past the last node inside it.
    pub(crate) end: u32,
    /// The elements before and after it in the same parent.
    pub(crate) previous: u32,
    pub(crate) next: u32,
    /// The first element in it.
    pub(crate) first: u32,
    /// The start tag, or the words.
    pub(crate) span: Span,
    /// Which of the written start tags it is, from 0; [`NONE`] when it was not written.
    pub(crate) written: u32,
    pub(crate) family: Family,
}

impl Node<'_> {
    /// Words that were not written, with nothing beside them.
    fn new(id: u32, parent: u32, span: Span) -> Self {
        Self {
            tag: Cow::Borrowed(""),
            text: Cow::Borrowed(""),
            attributes: (0, 0),
            signs: 0,
            parent,
            end: id + 1,
            previous: NONE,
            next: NONE,
            first: NONE,
            span,
            written: NONE,
            family: Family::Html,
        }
    }
}

/// A sign of a name, one bit of 64 (a one-word Bloom filter): an element whose signs are
/// without it has no attribute of that name. Most are asked for those they do not have.
#[inline(always)]
pub(crate) const fn sign(name: &str) -> u64 {
    let bytes = name.as_bytes();
    if bytes.is_empty() {
        return 1;
    }
    let (first, last) = (bytes[0] as usize, bytes[bytes.len() - 1] as usize);
    1 << ((bytes.len() * 7 + first * 3 + last * 5 + bytes[bytes.len() / 2] as usize) % 64)
}

/// Whose rules an element follows (its namespace).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Family {
    Html,
    Svg,
    Math,
}

/// `name="value"`.
#[derive(Debug, Clone)]
pub(crate) struct Attribute<'a> {
    /// In lower case.
    pub(crate) name: Cow<'a, str>,
    /// With entities decoded.
    pub(crate) value: Cow<'a, str>,
    pub(crate) span: Span,
}

/// What is wrong with a tag (a parse error).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slip<'a> {
    /// An element that must be ended and is not.
    Unclosed(&'a str),
    /// An end tag with nothing to end.
    Stray(&'a str),
    /// An end tag that comes before that of an element inside.
    Misnested {
        /// The element that was to end.
        name: &'a str,
        /// The one that is still open in it.
        inside: &'a str,
    },
    /// An attribute that the tag has twice.
    RepeatedAttribute(&'a str),
    /// `<div/>`, which does not end a `div`.
    SelfClosed(&'a str),
    /// `<!--` without `-->`.
    UnclosedComment,
    /// `<a` without `>`.
    UnclosedTag,
    /// An element whose words are not HTML (`<script>`, `<title>`) without its end.
    UnclosedRaw(&'a str),
    /// `</p>` after something that has already ended the paragraph.
    BlockInParagraph(&'a str),
}

/// A page as a tree.
#[derive(Debug)]
pub(crate) struct Tree<'a> {
    /// The elements and words, in the order of the page. The first is `<html>`.
    pub(crate) nodes: Vec<Node<'a>>,
    pub(crate) attributes: Vec<Attribute<'a>>,
    pub(crate) slips: Vec<(Slip<'a>, Span)>,
    pub(crate) doctype: Option<&'a str>,
    pub(crate) head: u32,
    pub(crate) body: u32,
    /// Whether `<html>` was written.
    pub(crate) has_html: bool,
}

impl<'a> Tree<'a> {
    /// The attributes of a node.
    pub(crate) fn attributes_of(&self, node: &Node<'a>) -> &[Attribute<'a>] {
        &self.attributes[node.attributes.0 as usize..node.attributes.1 as usize]
    }
}

/// The value of one of these attributes.
pub(crate) fn value_of<'t>(attributes: &'t [Attribute<'_>], name: &str) -> Option<&'t str> {
    attributes.iter().find(|one| is_same(&one.name, name)).map(|one| &*one.value)
}

/// Whether two names are the same. Most differ in length or in their first letter, and
/// this is asked more often than anything else.
pub(crate) fn is_same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.as_bytes().first() == b.as_bytes().first() && a == b
}

/// Reads a page.
pub(crate) fn tree(html: &str) -> Tree<'_> {
    let mut builder = Builder {
        html,
        tree: Tree {
            nodes: Vec::with_capacity(html.len() / 24 + 4),
            attributes: Vec::with_capacity(html.len() / 32),
            slips: Vec::new(),
            doctype: None,
            head: NONE,
            body: NONE,
            has_html: false,
        },
        open: Vec::with_capacity(32),
        last: Vec::new(),
        depth_of_skipped: 0,
        template: 0,
        written: 0,
        ended_paragraphs: Vec::new(),
        in_frameset: false,
    };
    builder.push("html".into(), Span::default(), NONE, Family::Html, (0, 0));
    for token in tokens(html) {
        builder.take(token);
    }
    builder.finish()
}

struct Builder<'a> {
    html: &'a str,
    tree: Tree<'a>,
    /// The elements that are open, from `<html>` inwards.
    open: Vec<u32>,
    /// The last element in each of them, by node.
    last: Vec<u32>,
    /// How many elements too deep to be put inside are open.
    depth_of_skipped: usize,
    /// How many templates are open.
    template: usize,
    written: u32,
    /// What ended paragraphs that were not ended by their own end tag.
    ended_paragraphs: Vec<&'a str>,
    in_frameset: bool,
}

/// Elements that stand in `<head>`.
const HEAD: &[&str] = &[
    "base", "basefont", "bgsound", "link", "meta", "noframes", "noscript", "script", "style",
    "template", "title",
];

/// Elements whose start ends a paragraph.
#[rustfmt::skip] // a list of words reads better in lines
const BLOCKS: &[&str] = &[
    "address", "article", "aside", "blockquote", "center", "details", "dialog", "dir", "div", "dl",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "hr", "listing", "main", "menu", "nav", "ol", "p", "plaintext", "pre",
    "search", "section", "summary", "table", "ul", "xmp",
];

/// Elements whose end tag may be left out.
const OPTIONAL_END: &[&str] = &[
    "body", "caption", "colgroup", "dd", "dt", "head", "html", "li", "optgroup", "option", "p",
    "rp", "rt", "tbody", "td", "tfoot", "th", "thead", "tr",
];

/// Elements beyond which no end tag reaches (the scope of the standard).
#[rustfmt::skip] // a list of words reads better in lines
const WALLS: &[&str] = &[
    "applet", "caption", "foreignobject", "html", "marquee", "object", "table", "td", "template",
    "th",
];

/// Elements for the look of words; one that ends out of order ends alone.
const FORMATTING: &[&str] = &[
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];

/// Elements that end a drawing in which they stand.
#[rustfmt::skip] // a list of words reads better in lines
const BREAKOUT: &[&str] = &[
    "b", "big", "blockquote", "body", "br", "center", "code", "dd", "div", "dl", "dt", "em",
    "embed", "h1", "h2", "h3", "h4", "h5", "h6", "head", "hr", "i", "img", "li", "listing", "menu",
    "meta", "nobr", "ol", "p", "pre", "ruby", "s", "small", "span", "strike", "strong", "sub",
    "sup", "table", "tt", "u", "ul", "var",
];

const HEADINGS: &[&str] = &["h1", "h2", "h3", "h4", "h5", "h6"];

/// Elements in which `<p>`, lists and the like may be open without concern to what
/// stands outside of them (the button scope of the standard).
#[rustfmt::skip] // a list of words reads better in lines
const SCOPES: &[&str] = &[
    "applet", "button", "caption", "foreignobject", "html", "marquee", "object", "table", "td",
    "template", "th",
];

impl<'a> Builder<'a> {
    fn take(&mut self, token: Token<'a>) {
        match token {
            Token::Open { name, attributes, tag } => {
                let span = self.span(tag);
                if !tag.ends_with('>') {
                    self.slip(Slip::UnclosedTag, span);
                }
                self.written += 1;
                if self.template > 0 {
                    self.template += usize::from(name.eq_ignore_ascii_case("template"));
                    return;
                }
                self.start(lower(name), name, attributes, tag, span);
            }
            Token::Close { name, tag } => {
                if self.template > 0 {
                    if name.eq_ignore_ascii_case("template") {
                        self.template -= 1;
                        if self.template == 0 {
                            self.close_top();
                        }
                    }
                    return;
                }
                self.end(&lower(name), name, self.span(tag));
            }
            Token::Text(text) => {
                if self.template == 0 {
                    self.words(text);
                }
            }
            Token::Aside(aside) => {
                let span = self.span(aside);
                if aside.starts_with("<!--") {
                    if !aside.ends_with('>') {
                        self.slip(Slip::UnclosedComment, span);
                    }
                } else if self.tree.doctype.is_none()
                    && aside.get(2..9).is_some_and(|word| word.eq_ignore_ascii_case("doctype"))
                {
                    self.tree.doctype = Some(aside[9..].trim_end_matches('>').trim());
                }
            }
        }
    }

    fn span(&self, piece: &str) -> Span {
        let start = piece.as_ptr() as usize - self.html.as_ptr() as usize;
        Span::new(start, start + piece.len())
    }

    fn slip(&mut self, slip: Slip<'a>, span: Span) {
        self.tree.slips.push((slip, span));
    }

    /// The element that is open innermost.
    fn top(&self) -> u32 {
        *self.open.last().expect("`html` is never ended")
    }

    fn tag(&self, node: u32) -> &str {
        &self.tree.nodes[node as usize].tag
    }

    fn top_is(&self, tags: &[&str]) -> bool {
        tags.contains(&self.tag(self.top()))
    }

    /// The name of an element as it was written, for people.
    fn as_written(&self, node: u32) -> &'a str {
        let span = self.tree.nodes[node as usize].span;
        let tag = self.html.get(span.start + 1..span.end).unwrap_or_default();
        let end = tag.find(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/');
        &tag[..end.unwrap_or(tag.len())]
    }

    fn push(
        &mut self,
        tag: Cow<'a, str>,
        span: Span,
        written: u32,
        family: Family,
        attributes: (u32, u32),
    ) {
        let id = number(self.tree.nodes.len());
        let parent = self.open.last().copied().unwrap_or(NONE);
        let mut previous = NONE;
        if parent != NONE {
            previous = std::mem::replace(&mut self.last[parent as usize], id);
            match previous {
                NONE => self.tree.nodes[parent as usize].first = id,
                previous => self.tree.nodes[previous as usize].next = id,
            }
        }
        self.tree.nodes.push(Node {
            tag,
            attributes,
            previous,
            written,
            family,
            ..Node::new(id, parent, span)
        });
        self.last.push(NONE);
        self.open.push(id);
    }

    /// Ends the innermost element.
    fn close_top(&mut self) {
        if self.open.len() > 1
            && let Some(id) = self.open.pop()
        {
            self.tree.nodes[id as usize].end = number(self.tree.nodes.len());
        }
    }

    /// Ends elements up to and with the one at `at` in the list of open ones.
    fn close_from(&mut self, at: usize) {
        while self.open.len() > at.max(1) {
            self.close_top();
        }
        self.depth_of_skipped = 0;
    }

    fn read_attributes(&mut self, attributes: Attributes<'a>) -> (u32, u32) {
        let from = self.tree.attributes.len();
        let mut seen: Option<HashSet<String>> = None;
        for (name, value) in attributes.each() {
            let lowered = lower(name);
            let count = self.tree.attributes.len() - from;
            let is_again = match &mut seen {
                Some(seen) => !seen.insert(lowered.to_string()),
                None => {
                    let read = &self.tree.attributes[from..];
                    let again = read.iter().any(|one| one.name == lowered);
                    if count == 16 {
                        seen = Some(read.iter().map(|one| one.name.to_string()).collect());
                        if let Some(seen) = &mut seen {
                            seen.insert(lowered.to_string());
                        }
                    }
                    again
                }
            };
            let start = self.span(name).start;
            // An empty value that is nowhere in the text has no place of its own.
            let end = if value.is_empty() {
                start + name.len()
            } else {
                let end = self.span(value).end;
                end + usize::from(matches!(self.html.as_bytes().get(end), Some(b'"' | b'\'')))
            };
            let span = Span::new(start, end);
            if is_again {
                self.slip(Slip::RepeatedAttribute(name), span);
                continue;
            }
            self.tree.attributes.push(Attribute { name: lowered, value: decode(value), span });
        }
        (number(from), number(self.tree.attributes.len()))
    }

    fn family_of_top(&self) -> Family {
        let top = &self.tree.nodes[self.top() as usize];
        match top.family {
            // HTML again, inside a drawing.
            Family::Svg if matches!(&*top.tag, "foreignobject" | "desc" | "title") => Family::Html,
            Family::Math
                if matches!(&*top.tag, "mi" | "mo" | "mn" | "ms" | "mtext" | "annotation-xml") =>
            {
                Family::Html
            }
            family => family,
        }
    }

    fn start(
        &mut self,
        tag: Cow<'a, str>,
        name: &'a str,
        attributes: Attributes<'a>,
        source: &'a str,
        span: Span,
    ) {
        let written = self.written - 1;
        // After a value without quotes `/` is part of it: `<a href=/>`.
        let ends_value = |value: &str| !value.is_empty() && self.span(value).end + 1 == span.end;
        let closes_itself = source.ends_with("/>")
            && !attributes.each().last().is_some_and(|(_, value)| ends_value(value));
        let mut family = self.family_of_top();
        if family != Family::Html && BREAKOUT.contains(&&*tag) {
            let outside = |&id: &u32| self.tree.nodes[id as usize].family == Family::Html;
            let at = self.open.iter().rposition(outside).map_or(1, |at| at + 1);
            self.close_from(at);
            family = Family::Html;
        }
        let stands_in_html = family == Family::Html;
        let tag = if stands_in_html && tag == "image" { "img".into() } else { tag };
        match &*tag {
            "svg" => family = Family::Svg,
            "math" => family = Family::Math,
            _ => {}
        }
        if stands_in_html && self.start_of_page(&tag, attributes, span, written) {
            return;
        }
        if family == Family::Html {
            self.make_room(&tag, name);
        }
        let read = self.read_attributes(attributes);
        let is_void = family == Family::Html && (VOID.contains(&&*tag) || tag == "frame");
        if family == Family::Html && closes_itself && !is_void {
            self.slip(Slip::SelfClosed(name), span);
        }
        let is_template = tag == "template";
        if self.open.len() >= DEEPEST_ELEMENT {
            // Too deep: beside its parent, and its own end tag ends nothing.
            self.push(tag, span, written, family, read);
            self.close_top();
            let is_whole = is_void || (family != Family::Html && closes_itself);
            if !is_whole {
                self.depth_of_skipped += 1;
            }
            return;
        }
        self.push(tag, span, written, family, read);
        if is_void || (family != Family::Html && closes_itself) {
            self.close_top();
        } else if is_template && family == Family::Html {
            self.template = 1;
        }
    }

    /// Takes `<html>`, `<head>` and `<body>`, and makes those that are needed. Whether
    /// the tag was one of them.
    fn start_of_page(
        &mut self,
        tag: &str,
        attributes: Attributes<'a>,
        span: Span,
        written: u32,
    ) -> bool {
        match tag {
            "html" => {
                let read = self.read_attributes(attributes);
                let root = &mut self.tree.nodes[0];
                if !self.tree.has_html {
                    (root.span, root.attributes, root.written) = (span, read, written);
                }
                self.tree.has_html = true;
                true
            }
            "head" => {
                if self.tree.head == NONE && self.tree.body == NONE {
                    let read = self.read_attributes(attributes);
                    self.open_head(span, written, read);
                }
                true
            }
            "body" => {
                let read = self.read_attributes(attributes);
                if self.tree.body == NONE {
                    self.open_body(span, written, read);
                } else if self.tree.nodes[self.tree.body as usize].written == NONE {
                    let body = &mut self.tree.nodes[self.tree.body as usize];
                    (body.span, body.attributes, body.written) = (span, read, written);
                }
                true
            }
            "frameset" if self.tree.body == NONE => {
                self.in_frameset = true;
                self.close_from(1);
                false
            }
            _ if self.tree.body != NONE || self.in_frameset => false,
            _ if HEAD.contains(&tag) => {
                if self.tree.head == NONE {
                    self.open_head(Span::default(), NONE, (0, 0));
                } else if self.open.len() == 1 {
                    // After `</head>`: still part of it.
                    self.open.push(self.tree.head);
                }
                false
            }
            _ if self.open.len() > 2 => false,
            _ => {
                self.open_body(Span::default(), NONE, (0, 0));
                false
            }
        }
    }

    fn open_head(&mut self, span: Span, written: u32, attributes: (u32, u32)) {
        self.close_from(1);
        self.tree.head = number(self.tree.nodes.len());
        self.push("head".into(), span, written, Family::Html, attributes);
    }

    fn open_body(&mut self, span: Span, written: u32, attributes: (u32, u32)) {
        self.close_from(1);
        self.tree.body = number(self.tree.nodes.len());
        self.push("body".into(), span, written, Family::Html, attributes);
    }

    /// The place among the open elements of the innermost of `tags`, not beyond `walls`.
    fn in_scope(&self, tags: &[&str], walls: &[&str]) -> Option<usize> {
        for (at, &id) in self.open.iter().enumerate().rev() {
            let tag = self.tag(id);
            if tags.contains(&tag) {
                return Some(at);
            }
            if walls.contains(&tag) {
                return None;
            }
        }
        None
    }

    /// Ends what cannot go on when an element of this name starts (implied end tags).
    fn make_room(&mut self, tag: &str, name: &'a str) {
        if BLOCKS.contains(&tag)
            && let Some(at) = self.in_scope(&["p"], SCOPES)
        {
            self.close_unclosed(at + 1);
            self.close_from(at);
            if tag != "p" {
                self.ended_paragraphs.push(name);
            }
        }
        if HEADINGS.contains(&tag) && self.top_is(HEADINGS) {
            let open = self.top();
            self.slip(Slip::Unclosed(self.as_written(open)), self.tree.nodes[open as usize].span);
            self.close_top();
        }
        match tag {
            "li" => self.end_one_of(&["li"], &["ul", "ol", "menu", "dir"]),
            "dt" | "dd" => self.end_one_of(&["dt", "dd"], &["dl"]),
            "option" => self.end_one_of(&["option"], &["select", "datalist", "optgroup"]),
            "optgroup" => self.end_one_of(&["optgroup"], &["select"]),
            "rt" | "rp" => self.end_one_of(&["rt", "rp"], &["ruby"]),
            "a" => self.end_nested("a", "a"),
            "button" => self.end_nested("button", "button"),
            "tr" => {
                self.end_one_of(&["tr", "caption", "colgroup"], &["table"]);
                if self.top_is(&["table"]) {
                    self.push("tbody".into(), Span::default(), NONE, Family::Html, (0, 0));
                }
            }
            "td" | "th" => {
                self.end_one_of(&["td", "th", "caption", "colgroup"], &["tr", "table"]);
                if self.top_is(&["table"]) {
                    self.push("tbody".into(), Span::default(), NONE, Family::Html, (0, 0));
                }
                if self.top_is(&["tbody", "thead", "tfoot"]) {
                    self.push("tr".into(), Span::default(), NONE, Family::Html, (0, 0));
                }
            }
            "col" if self.top_is(&["table"]) => {
                self.push("colgroup".into(), Span::default(), NONE, Family::Html, (0, 0));
            }
            "tbody" | "thead" | "tfoot" | "caption" | "colgroup" => {
                self.end_one_of(&["tbody", "thead", "tfoot", "caption", "colgroup"], &["table"]);
            }
            _ => {}
        }
    }

    /// Ends the nearest open element of `tags`, unless one of `walls` is nearer.
    fn end_one_of(&mut self, tags: &[&str], walls: &[&str]) {
        for (at, &id) in self.open.iter().enumerate().rev() {
            let tag = self.tag(id);
            if tags.contains(&tag) {
                self.close_unclosed(at + 1);
                self.close_from(at);
                return;
            }
            // Only a table keeps the parts of a table from each other.
            if walls.contains(&tag) || (WALLS.contains(&tag) && !walls.contains(&"table")) {
                return;
            }
        }
    }

    /// A link inside a link ends the first one.
    fn end_nested(&mut self, tag: &str, inside: &'a str) {
        if let Some(at) = self.in_scope(&[tag], WALLS) {
            let id = self.open[at];
            let span = self.tree.nodes[id as usize].span;
            self.slip(Slip::Misnested { name: self.as_written(id), inside }, span);
            if at + 1 == self.open.len() || tag == "button" {
                self.close_from(at);
            }
        }
    }

    /// Whether it was written, and its end tag may not be left out.
    fn must_be_ended(&self, id: u32) -> bool {
        let node = &self.tree.nodes[id as usize];
        node.written != NONE && !OPTIONAL_END.contains(&&*node.tag)
    }

    /// Says of the open elements from `at` inwards that they were not ended.
    fn close_unclosed(&mut self, at: usize) {
        for place in at..self.open.len() {
            let id = self.open[place];
            if self.must_be_ended(id) {
                self.slip(Slip::Unclosed(self.as_written(id)), self.tree.nodes[id as usize].span);
            }
        }
    }

    fn end(&mut self, tag: &str, name: &'a str, span: Span) {
        if self.depth_of_skipped > 0 {
            self.depth_of_skipped -= 1;
            return;
        }
        match tag {
            "head" => {
                if self.open.len() > 1 && self.open[1] == self.tree.head {
                    self.close_from(1);
                }
                return;
            }
            // They are ended with the page; what follows still stands in them.
            "body" | "html" => {
                self.close_unclosed(2);
                if self.tree.body != NONE {
                    self.close_from(2);
                }
                return;
            }
            // Browsers make a line end of it.
            "br" => {
                self.slip(Slip::Stray(name), span);
                self.push("br".into(), span, NONE, Family::Html, (0, 0));
                self.close_top();
                return;
            }
            _ => {}
        }
        let walls: &[&str] = match tag {
            "table" | "tr" | "td" | "th" | "tbody" | "thead" | "tfoot" | "caption" => {
                &["html", "template"]
            }
            _ if WALLS.contains(&tag) => &["html", "template"],
            "p" => SCOPES,
            "li" => &["ul", "ol", "menu", "dir", "table", "td", "th", "html"],
            _ => WALLS,
        };
        let tags: &[&str] = if HEADINGS.contains(&tag) { HEADINGS } else { &[tag] };
        let Some(at) = self.in_scope(tags, walls) else {
            if tag == "p" {
                let slip = match self.ended_paragraphs.pop() {
                    Some(block) => Slip::BlockInParagraph(block),
                    None => Slip::Stray(name),
                };
                self.slip(slip, span);
            } else {
                self.slip(Slip::Stray(name), span);
            }
            return;
        };
        if at + 1 == self.open.len() {
            if self.tag(self.open[at]) != tag {
                self.slip(Slip::Stray(name), span);
            }
            self.close_from(at);
            return;
        }
        let inner = self.open[at + 1..].iter().copied();
        let unended: Vec<u32> = inner.filter(|&id| self.must_be_ended(id)).collect();
        if FORMATTING.contains(&tag) {
            // It ends alone; what stands in it goes on.
            let inside = self.as_written(self.top());
            self.slip(Slip::Misnested { name, inside }, span);
            let holds_block = self.open[at + 1..]
                .iter()
                .any(|&id| !FORMATTING.contains(&self.tag(id)) && self.tag(id) != "span");
            if holds_block {
                let id = self.open.remove(at);
                self.tree.nodes[id as usize].end = number(self.tree.nodes.len());
                return;
            }
        } else if let Some(&first) = unended.first() {
            let all_formatting = unended.iter().all(|&id| FORMATTING.contains(&self.tag(id)));
            let slip = if all_formatting {
                Slip::Misnested { name, inside: self.as_written(first) }
            } else {
                Slip::Unclosed(self.as_written(first))
            };
            let span = self.tree.nodes[first as usize].span;
            self.slip(slip, span);
        }
        self.close_from(at);
    }

    fn words(&mut self, text: &'a str) {
        let is_blank = text.bytes().all(|byte| byte.is_ascii_whitespace());
        if !is_blank && self.tree.body == NONE && !self.in_frameset {
            // Words cannot stand in the head, except in its elements.
            let top = self.top();
            if top == 0 || top == self.tree.head {
                self.open_body(Span::default(), NONE, (0, 0));
            }
        }
        if is_blank && self.top() == 0 {
            return;
        }
        let id = number(self.tree.nodes.len());
        let span = self.span(text);
        self.tree.nodes.push(Node {
            text: if self.is_raw() { Cow::Borrowed(text) } else { decode(text) },
            ..Node::new(id, self.top(), span)
        });
        self.last.push(NONE);
    }

    fn is_raw(&self) -> bool {
        matches!(
            self.tag(self.top()),
            "script" | "style" | "iframe" | "noembed" | "noframes" | "xmp"
        )
    }

    fn finish(mut self) -> Tree<'a> {
        for place in 1..self.open.len() {
            let id = self.open[place];
            if !self.must_be_ended(id) {
                continue;
            }
            let node = &self.tree.nodes[id as usize];
            let (name, span) = (self.as_written(id), node.span);
            let is_raw = self.is_raw() || matches!(&*node.tag, "title" | "textarea");
            let slip = if is_raw { Slip::UnclosedRaw(name) } else { Slip::Unclosed(name) };
            self.slip(slip, span);
        }
        let end = number(self.tree.nodes.len());
        for id in self.open {
            self.tree.nodes[id as usize].end = end;
        }
        // `</head>` may come before what still belongs to it.
        self.tree.nodes[0].end = end;
        // Attributes may come to an element after its first tag.
        for node in &mut self.tree.nodes {
            let (from, to) = node.attributes;
            let own = &self.tree.attributes[from as usize..to as usize];
            node.signs = own.iter().fold(0, |signs, one| signs | sign(&one.name));
        }
        self.tree
    }
}

/// Names in lower case, without a copy where they are so already.
fn lower(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

/// A place in a list. Files are read up to [`crate::load::LARGEST_FILE`], so it fits.
fn number(place: usize) -> u32 {
    u32::try_from(place).expect("a page has fewer nodes than bytes, and fewer bytes than 4 GB")
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeMap, fmt::Write as _};

    use super::*;

    /// Of a file of cases: what is written, the heading above it, and the tree.
    fn cases(file: &str) -> BTreeMap<&str, (&str, Vec<String>)> {
        let mut cases = BTreeMap::new();
        let mut heading = "";
        for part in file.split("#data\n") {
            let (case, next) = part.split_once("\n## ").unwrap_or((part, heading));
            if let Some((data, document)) = case.split_once("\n#document\n") {
                let before = cases.insert(data, (heading, compared(document)));
                assert!(before.is_none(), "{data} is there twice");
            }
            heading = next.trim();
        }
        cases
    }

    /// The lines of a tree that are compared: comments and doctypes are no nodes of ours, and
    /// a head or a body that is empty and was not written is not made.
    fn compared(document: &str) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for line in document.trim_end().split("\n| ") {
            let line = line.trim_start_matches("| ");
            let depth = |line: &str| line.len() - line.trim_start_matches(' ').len();
            match lines.last_mut() {
                _ if line.trim_start().starts_with("<!") => continue,
                // Words on both sides of a comment.
                Some(last)
                    if line.trim_start().starts_with('"')
                        && last.trim_start().starts_with('"')
                        && depth(last) == depth(line) =>
                {
                    last.pop();
                    last.push_str(&line.trim_start()[1..]);
                    continue;
                }
                _ => lines.push(line.to_owned()),
            }
        }
        let is_in = |next: Option<&String>| next.is_some_and(|next| next.starts_with("    "));
        let is_empty =
            |at: usize| matches!(&*lines[at], "  <head>" | "  <body>") && !is_in(lines.get(at + 1));
        let kept = (0..lines.len()).filter(|&at| !is_empty(at)).collect::<Vec<_>>();
        kept.into_iter().map(|at| lines[at].clone()).collect()
    }

    fn document(html: &str) -> String {
        let tree = tree(html);
        let mut text = String::new();
        for node in &tree.nodes {
            let mut depth = 0;
            let mut at = node.parent;
            while at != NONE {
                depth += 2;
                at = tree.nodes[at as usize].parent;
            }
            if node.tag.is_empty() {
                let _ = writeln!(text, "| {:depth$}\"{}\"", "", node.text);
                continue;
            }
            let family = match node.family {
                Family::Html => "",
                Family::Svg => "svg ",
                Family::Math => "math ",
            };
            let _ = writeln!(text, "| {:depth$}<{family}{}>", "", node.tag);
            let (from, to) = node.attributes;
            let mut own: Vec<_> = tree.attributes[from as usize..to as usize].iter().collect();
            own.sort_by(|a, b| a.name.cmp(&b.name));
            for one in own {
                let _ = writeln!(text, "| {:depth$}  {}=\"{}\"", "", one.name, one.value);
            }
        }
        text
    }

    #[test]
    fn the_tree_is_that_of_the_standard_but_for_known_differences() {
        let standard = cases(include_str!("../../tests/html/tree.txt"));
        let known = cases(include_str!("../../tests/html/differences.txt"));
        assert!(standard.len() >= 120, "{} cases", standard.len());
        let mut wrong = String::new();
        for (data, (heading, expected)) in &standard {
            let own = document(data);
            let is_right = compared(&own) == *expected;
            let is_known = known.get(data).is_some_and(|(_, known)| compared(&own) == *known);
            if is_right == known.contains_key(data) || !is_right && !is_known {
                let _ = writeln!(wrong, "#data\n{data}\n#document\n{own}");
                let _ = writeln!(wrong, "{heading}, right: {is_right}, expected: {expected:#?}\n");
            }
        }
        assert!(wrong.is_empty(), "{wrong}");
        for (data, (reason, _)) in known {
            assert!(standard.contains_key(data), "{data} is no case");
            assert!(!reason.is_empty(), "{data} is another, and nothing says why");
        }
    }
}
