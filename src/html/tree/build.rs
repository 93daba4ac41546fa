//! The tree construction of the HTML standard (13.2.6): what each tag and each stretch of words
//! does to the elements that are open.
//!
//! Names are those of the standard in plainer words, and its own are said once: a *look* is a
//! formatting element, a *mode* an insertion mode. Beside the tree it notes what is wrong with
//! the tags, so that each mistake is told once and where it was made.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
};

use super::{
    super::{Attributes, RAW, Token, VOID, decode, decode_value, tokens},
    Attribute, Family, NONE, Node, Slip, Tree, number, quirks,
    shadow::{self, Shadow},
    value_of,
};
use crate::text::Span;

/// How deep elements may stand in each other: what stands deeper is put beside, as
/// browsers do (Chromium and WebKit stop at 512).
const DEEPEST_ELEMENT: usize = 512;

/// Reads a page; with what stands in templates, or without.
pub(super) fn tree(html: &str, has_templates: bool) -> Tree<'_> {
    let mut builder = Builder::new(html);
    builder.read();
    builder.finish(has_templates)
}

/// Where in a page the tags are (the insertion modes of the standard).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Initial,
    BeforeHtml,
    BeforeHead,
    InHead,
    InHeadNoscript,
    AfterHead,
    InBody,
    Text,
    InTable,
    InCaption,
    InColumnGroup,
    InTableBody,
    InRow,
    InCell,
    InTemplate,
    AfterBody,
    InFrameset,
    AfterFrameset,
    AfterAfterBody,
    AfterAfterFrameset,
}

/// What a node stands in and beside, while that still changes.
#[derive(Debug, Clone, Copy)]
struct Links {
    parent: u32,
    first: u32,
    last: u32,
    before: u32,
    after: u32,
}

impl Links {
    const NONE: Self = Self { parent: NONE, first: NONE, last: NONE, before: NONE, after: NONE };
}

/// One of the elements for the look of words that go on where a block ends (the list of active
/// formatting elements).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    /// What stands outside does not go on inside.
    Marker,
    Is(u32),
}

/// A start tag.
#[derive(Clone)]
struct Start<'a> {
    tag: Cow<'a, str>,
    name: &'a str,
    attributes: Attributes<'a>,
    span: Span,
    written: u32,
    closes_itself: bool,
}

/// How far an end tag looks for its element (the scopes of the standard).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    Usual,
    List,
    Button,
    Table,
}

struct Builder<'a> {
    html: &'a str,
    tree: Tree<'a>,
    /// By node.
    links: Vec<Links>,
    /// The elements that are open, from `<html>` inwards.
    open: Vec<u32>,
    looks: Vec<Look>,
    mode: Mode,
    /// The one that goes on after raw text.
    mode_after: Mode,
    template_modes: Vec<Mode>,
    form: u32,
    may_be_frameset: bool,
    is_quirky: bool,
    /// Whether what stands loose in a table is put before it (foster parenting).
    fosters: bool,
    /// Whether nodes stand elsewhere than where they were written.
    is_moved: bool,
    /// Whether a line end that comes next is left out.
    skips_line_end: bool,
    /// The element whose raw text comes next.
    raw: Option<&'a str>,
    /// How many elements too deep to be put inside are open.
    depth_of_skipped: usize,
    written: u32,
    /// How many looks may still be repeated.
    repeats_left: usize,
    /// What ended paragraphs that were not ended by their own end tag.
    ended_paragraphs: Vec<&'a str>,
    /// The written start tags of which it was said that they are not ended, or not in order.
    told: HashSet<u32>,
    /// The shadow trees that scripts write, by the id of their element.
    shadows: HashMap<&'a str, Shadow<'a>>,
    in_shadow: bool,
}

/// How many looks that were left open are repeated, and one more for so many bytes of the page:
/// a page that is made to have more of them than anyone can read is not followed.
const MOST_REPEATS: usize = 20_000;
const BYTES_A_REPEAT: usize = 64;

/// How many looks can be open at once.
const MOST_LOOKS: usize = 64;

/// Elements that stand in `<head>`.
const HEAD: &[&str] = &[
    "base", "basefont", "bgsound", "link", "meta", "noframes", "noscript", "script", "style",
    "template", "title",
];

/// Elements whose start ends a paragraph, and whose end tag ends all that is in them.
#[rustfmt::skip] // a list of words reads better in lines
const BLOCKS: &[&str] = &[
    "address", "article", "aside", "blockquote", "center", "details", "dialog", "dir", "div", "dl",
    "fieldset", "figcaption", "figure", "footer", "header", "hgroup", "main", "menu", "nav", "ol",
    "p", "search", "section", "summary", "ul",
];

/// Elements whose end tag may be left out.
const OPTIONAL_END: &[&str] = &[
    "body", "caption", "colgroup", "dd", "dt", "head", "html", "li", "optgroup", "option", "p",
    "rb", "rp", "rt", "rtc", "tbody", "td", "tfoot", "th", "thead", "tr",
];

/// Those of them that end with what they stand in.
const IMPLIED: &[&str] = &["dd", "dt", "li", "optgroup", "option", "p", "rb", "rp", "rt", "rtc"];

/// Elements that no end tag of a look reaches out of (special).
#[rustfmt::skip] // a list of words reads better in lines
const SPECIAL: &[&str] = &[
    "address", "applet", "area", "article", "aside", "base", "basefont", "bgsound", "blockquote",
    "body", "br", "button", "caption", "center", "col", "colgroup", "dd", "details", "dir", "div",
    "dl", "dt", "embed", "fieldset", "figcaption", "figure", "footer", "form", "frame", "frameset",
    "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html", "iframe", "img",
    "input", "keygen", "li", "link", "listing", "main", "marquee", "menu", "meta", "nav", "noembed",
    "noframes", "noscript", "object", "ol", "p", "param", "plaintext", "pre", "script", "search",
    "section", "select", "source", "style", "summary", "table", "tbody", "td", "template",
    "textarea", "tfoot", "th", "thead", "title", "tr", "track", "ul", "wbr", "xmp",
];

/// Elements for the look of words.
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

/// Parts of a table that nothing but other parts can stand in.
const TABLE_PARTS: &[&str] = &["table", "tbody", "tfoot", "thead", "tr"];

/// Formulas in which words are words.
const MATH_WORDS: &[&str] = &["mi", "mn", "mo", "ms", "mtext"];

impl<'a> Builder<'a> {
    fn new(html: &'a str) -> Self {
        let mut builder = Self {
            html,
            tree: Tree {
                nodes: Vec::with_capacity(html.len() / 24 + 4),
                attributes: Vec::with_capacity(html.len() / 32),
                slips: Vec::new(),
                doctype: None,
                head: NONE,
                body: NONE,
                has_html: false,
                has_repeats: false,
            },
            links: Vec::with_capacity(html.len() / 24 + 4),
            open: Vec::with_capacity(32),
            looks: Vec::new(),
            mode: Mode::Initial,
            mode_after: Mode::Initial,
            template_modes: Vec::new(),
            form: NONE,
            may_be_frameset: true,
            is_quirky: false,
            fosters: false,
            is_moved: false,
            skips_line_end: false,
            raw: None,
            depth_of_skipped: 0,
            written: 0,
            repeats_left: MOST_REPEATS + html.len() / BYTES_A_REPEAT,
            ended_paragraphs: Vec::new(),
            told: HashSet::new(),
            shadows: shadow::shadows(html),
            in_shadow: false,
        };
        let root = builder.create("html".into(), Span::default(), NONE, Family::Html, (0, 0));
        builder.open.push(root);
        builder
    }

    fn read(&mut self) {
        let mut tokens = tokens(self.html);
        while let Some(token) = tokens.next() {
            self.take(token);
            let raw = self.raw.take();
            if let (Token::Open { attributes, .. }, false) = (token, self.shadows.is_empty()) {
                self.grow_shadow(attributes);
            }
            tokens.follow(raw, self.family(self.top()) != Family::Html);
        }
    }

    /// Puts the shadow tree that a script writes into the element that was just opened.
    fn grow_shadow(&mut self, attributes: Attributes<'a>) {
        let Some(shadow) = attributes.get("id").and_then(|id| self.shadows.remove(id)) else {
            return;
        };
        let at = self.open.len();
        if self.mode != Mode::InBody
            || !self.is_any(self.top(), &["article", "div", "p", "section", "span"])
        {
            return;
        }
        // Those tags are none of the page, and what is wrong with them is not looked at.
        let (written, slips) = (self.written, self.tree.slips.len());
        let (mode, mode_after) = (self.mode, self.mode_after);
        let (looks, template_modes) = (self.looks.clone(), self.template_modes.clone());
        let (form, depth_of_skipped) = (self.form, self.depth_of_skipped);
        self.in_shadow = true;
        if shadow.is_html {
            let mut tokens = tokens(shadow.text);
            while let Some(token) = tokens.next() {
                let is_end = matches!(token, Token::Close { .. });
                if !is_end || self.open.len() > at {
                    self.take(token);
                }
                tokens.follow(self.raw.take(), self.family(self.top()) != Family::Html);
                if self.open.len() < at {
                    break;
                }
            }
        } else if !shadow.text.is_empty() {
            self.put_words(shadow.text, Cow::Borrowed(shadow.text));
        }
        self.in_shadow = false;
        // What it left open, or began, ends with it.
        self.written = written;
        self.tree.slips.truncate(slips);
        self.open.truncate(at);
        (self.mode, self.mode_after) = (mode, mode_after);
        (self.looks, self.template_modes) = (looks, template_modes);
        (self.form, self.depth_of_skipped) = (form, depth_of_skipped);
    }

    fn take(&mut self, token: Token<'a>) {
        match token {
            Token::Open { name, attributes, tag } => {
                self.skips_line_end = false;
                let span = self.span(tag);
                if !tag.ends_with('>') {
                    self.slip(Slip::UnclosedTag, span);
                }
                // After a value without quotes `/` is part of it: `<a href=/>`.
                let ends_value =
                    |value: &str| !value.is_empty() && self.span(value).end + 1 == span.end;
                let closes_itself = tag.ends_with("/>")
                    && !attributes.each().last().is_some_and(|(_, value)| ends_value(value));
                let (tag, written) = (lower(name), self.written);
                self.written += 1;
                let start = Start { tag, name, attributes, span, written, closes_itself };
                if self.is_html_start(&start.tag) {
                    self.start(start, self.mode);
                } else {
                    self.start_foreign(start);
                }
            }
            Token::Close { name, tag } => {
                self.skips_line_end = false;
                let (lowered, span) = (lower(name), self.span(tag));
                if self.family(self.top()) == Family::Html {
                    self.end(&lowered, name, span, self.mode);
                } else {
                    self.end_foreign(&lowered, name, span);
                }
            }
            Token::Text(text) => {
                let text = match std::mem::take(&mut self.skips_line_end) {
                    true => text
                        .strip_prefix("\r\n")
                        .or(text.strip_prefix(['\n', '\r']))
                        .unwrap_or(text),
                    false => text,
                };
                if !text.is_empty() {
                    self.words(text);
                }
            }
            Token::Aside(aside) => self.aside(aside),
        }
    }

    fn aside(&mut self, aside: &'a str) {
        let span = self.span(aside);
        if aside.starts_with("<!--") {
            if !aside.ends_with('>') {
                self.slip(Slip::UnclosedComment, span);
            }
        } else if let Some(words) = aside.strip_prefix("<![CDATA[") {
            if self.family(self.top()) != Family::Html {
                let words = words.strip_suffix("]]>").unwrap_or(words);
                if !words.is_empty() {
                    self.put_words(words, permitted(words, "\u{fffd}", false));
                }
            }
        } else if self.tree.doctype.is_none()
            && aside.get(2..9).is_some_and(|word| word.eq_ignore_ascii_case("doctype"))
        {
            self.tree.doctype = Some(aside[9..].trim_end_matches('>').trim());
            if self.mode == Mode::Initial {
                self.is_quirky = quirks::is_quirky(self.tree.doctype.unwrap_or_default());
                self.mode = Mode::BeforeHtml;
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

    fn family(&self, node: u32) -> Family {
        self.tree.nodes[node as usize].family
    }

    /// Whether it is an element of HTML with one of these names.
    fn is_any(&self, node: u32, tags: &[&str]) -> bool {
        self.family(node) == Family::Html && tags.contains(&self.tag(node))
    }

    fn is(&self, node: u32, tag: &str) -> bool {
        self.family(node) == Family::Html && self.tag(node) == tag
    }

    fn top_is(&self, tags: &[&str]) -> bool {
        self.is_any(self.top(), tags)
    }

    /// The name of an element as it was written, for people.
    fn as_written(&self, node: u32) -> &'a str {
        let span = self.tree.nodes[node as usize].span;
        let tag = self.html.get(span.start + 1..span.end).unwrap_or_default();
        let end = tag.find(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/');
        &tag[..end.unwrap_or(tag.len())]
    }

    // Nodes, and where they stand.

    fn create(
        &mut self,
        tag: Cow<'a, str>,
        span: Span,
        written: u32,
        family: Family,
        attributes: (u32, u32),
    ) -> u32 {
        let id = number(self.tree.nodes.len());
        let is_shadow = self.in_shadow;
        let written = if is_shadow { NONE } else { written };
        let node =
            Node { tag, attributes, written, family, is_shadow, ..Node::new(id, NONE, span) };
        self.tree.nodes.push(node);
        self.links.push(Links::NONE);
        id
    }

    /// The same element once more, with nothing in it.
    fn repeat(&mut self, node: u32) -> u32 {
        self.repeats_left = self.repeats_left.saturating_sub(1);
        self.tree.has_repeats = true;
        let Node { tag, span, written, family, attributes, .. } =
            self.tree.nodes[node as usize].clone();
        let id = self.create(tag, span, written, family, attributes);
        self.tree.nodes[id as usize].is_repeat = true;
        id
    }

    fn append(&mut self, parent: u32, id: u32) {
        let before = std::mem::replace(&mut self.links[parent as usize].last, id);
        match before {
            NONE => self.links[parent as usize].first = id,
            before => self.links[before as usize].after = id,
        }
        let own = &mut self.links[id as usize];
        (own.parent, own.before, own.after) = (parent, before, NONE);
    }

    fn insert_before(&mut self, next: u32, id: u32) {
        self.is_moved = true;
        let Links { parent, before, .. } = self.links[next as usize];
        match before {
            NONE => self.links[parent as usize].first = id,
            before => self.links[before as usize].after = id,
        }
        self.links[next as usize].before = id;
        let own = &mut self.links[id as usize];
        (own.parent, own.before, own.after) = (parent, before, next);
    }

    fn detach(&mut self, id: u32) {
        self.is_moved = true;
        let Links { parent, before, after, .. } = self.links[id as usize];
        if parent == NONE {
            return;
        }
        match before {
            NONE => self.links[parent as usize].first = after,
            before => self.links[before as usize].after = after,
        }
        match after {
            NONE => self.links[parent as usize].last = before,
            after => self.links[after as usize].before = before,
        }
        let own = &mut self.links[id as usize];
        (own.parent, own.before, own.after) = (NONE, NONE, NONE);
    }

    /// Puts a node where one belongs that is meant for `parent`.
    fn put(&mut self, parent: u32, id: u32) {
        if !self.fosters || !self.is_any(parent, TABLE_PARTS) {
            return self.append(parent, id);
        }
        let place = |tag: &str| self.open.iter().rposition(|&one| self.is(one, tag));
        let (table, template) = (place("table"), place("template"));
        match (table, template) {
            (table, Some(template)) if table.is_none_or(|table| table < template) => {
                self.append(self.open[template], id);
            }
            (Some(at), _) => {
                let table = self.open[at];
                if self.links[table as usize].parent == NONE {
                    self.is_moved = true;
                    self.append(self.open[at - 1], id);
                } else {
                    self.insert_before(table, id);
                }
            }
            _ => self.append(self.open[0], id),
        }
    }

    /// Makes an element and opens it.
    fn insert(&mut self, start: &Start<'a>, family: Family) -> u32 {
        let read = self.read_attributes(start.attributes);
        let id = self.create(start.tag.clone(), start.span, start.written, family, read);
        self.put(self.top(), id);
        if self.open.len() >= DEEPEST_ELEMENT && !self.is_any(id, RAW) {
            // Too deep: beside its parent, and its own end tag ends nothing.
            self.depth_of_skipped += 1;
        } else {
            self.open.push(id);
        }
        id
    }

    /// Makes an element that has no end.
    fn insert_void(&mut self, start: &Start<'a>, family: Family) {
        let read = self.read_attributes(start.attributes);
        let id = self.create(start.tag.clone(), start.span, start.written, family, read);
        self.put(self.top(), id);
    }

    /// Makes an element that was not written, and opens it.
    fn insert_unwritten(&mut self, tag: &'static str) -> u32 {
        let id = self.create(tag.into(), Span::default(), NONE, Family::Html, (0, 0));
        self.put(self.top(), id);
        self.open.push(id);
        id
    }

    /// Makes an element whose words are not HTML.
    fn insert_raw(&mut self, start: &Start<'a>) {
        self.insert(start, Family::Html);
        if self.tag(self.top()) == start.tag {
            self.mode_after = self.mode;
            self.mode = Mode::Text;
        } else {
            self.depth_of_skipped = self.depth_of_skipped.saturating_sub(1);
        }
        self.raw = Some(start.name);
    }

    fn pop(&mut self) {
        if self.open.len() > 1 {
            self.open.pop();
        }
    }

    /// Ends elements up to and with the one at `at` in the list of open ones.
    fn close_from(&mut self, at: usize) {
        self.open.truncate(at.max(1));
        self.depth_of_skipped = 0;
    }

    /// Ends elements until one of these is the innermost.
    fn close_to(&mut self, tags: &[&str]) {
        while self.open.len() > 1 && !self.top_is(tags) {
            self.pop();
        }
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
            self.tree.attributes.push(Attribute {
                name: lowered,
                value: decode_value(value),
                span,
            });
        }
        (number(from), number(self.tree.attributes.len()))
    }

    // What is open.

    /// Whether nothing outside of it is in that scope.
    fn is_wall(&self, node: u32, scope: Scope) -> bool {
        let tag = self.tag(node);
        match self.family(node) {
            Family::Html if scope == Scope::Table => matches!(tag, "html" | "table" | "template"),
            _ if scope == Scope::Table => false,
            Family::Html => match tag {
                "applet" | "caption" | "html" | "table" | "td" | "th" | "marquee" | "object"
                | "select" | "template" => true,
                "ol" | "ul" => scope == Scope::List,
                "button" => scope == Scope::Button,
                _ => false,
            },
            Family::Svg => matches!(tag, "foreignobject" | "desc" | "title"),
            Family::Math => tag == "annotation-xml" || MATH_WORDS.contains(&tag),
        }
    }

    /// The place among the open elements of the innermost of `tags` in a scope.
    fn in_scope(&self, tags: &[&str], scope: Scope) -> Option<usize> {
        for (at, &id) in self.open.iter().enumerate().rev() {
            if self.is_any(id, tags) {
                return Some(at);
            }
            if self.is_wall(id, scope) {
                return None;
            }
        }
        None
    }

    /// Ends what may be left open (implied end tags), but for one name.
    fn end_implied(&mut self, except: &str) {
        while self.top_is(IMPLIED) && self.tag(self.top()) != except {
            self.pop();
        }
    }

    /// Whether it was written, its end tag may not be left out, and nobody was told yet.
    fn must_be_ended(&self, id: u32) -> bool {
        let node = &self.tree.nodes[id as usize];
        node.written != NONE
            && !OPTIONAL_END.contains(&&*node.tag)
            && !self.told.contains(&node.written)
    }

    fn is_told(&mut self, id: u32) {
        self.told.insert(self.tree.nodes[id as usize].written);
    }

    /// Says of the open elements from `at` inwards that they were not ended.
    fn close_unclosed(&mut self, at: usize) {
        for place in at..self.open.len() {
            let id = self.open[place];
            if self.must_be_ended(id) {
                self.is_told(id);
                self.slip(Slip::Unclosed(self.as_written(id)), self.tree.nodes[id as usize].span);
            }
        }
    }

    /// Ends the element at `at`, and says what in it was not ended.
    fn close_told(&mut self, at: usize) {
        self.close_unclosed(at + 1);
        self.close_from(at);
    }

    /// Ends the paragraph that is open, if one is; `by` is what does, unless that is a paragraph.
    fn end_paragraph(&mut self, by: &Start<'a>) {
        if let Some(at) = self.in_scope(&["p"], Scope::Button) {
            self.close_told(at);
            if by.tag != "p" {
                self.ended_paragraphs.push(by.name);
            }
        }
    }

    // Looks.

    /// Takes a look down as one that goes on (and no more than three of a kind).
    fn keep_look(&mut self, id: u32) {
        let from = self.looks.iter().rposition(|one| *one == Look::Marker).map_or(0, |at| at + 1);
        let is_same = |one: &Look| match one {
            Look::Is(other) => self.has_same_tag(*other, id),
            Look::Marker => false,
        };
        let same: Vec<usize> =
            (from..self.looks.len()).filter(|&at| is_same(&self.looks[at])).collect();
        if same.len() >= 3 {
            self.looks.remove(same[0]);
        }
        if self.looks.len() >= MOST_LOOKS {
            self.looks.remove(0);
        }
        self.looks.push(Look::Is(id));
    }

    fn has_same_tag(&self, one: u32, other: u32) -> bool {
        let of = |id: u32| {
            let node = &self.tree.nodes[id as usize];
            (node, self.tree.attributes_of(node))
        };
        let ((one, own), (other, others)) = (of(one), of(other));
        let has = |name: &str, value: &str| value_of(others, name) == Some(value);
        one.tag == other.tag
            && one.family == other.family
            && own.len() == others.len()
            && own.iter().all(|attribute| has(&attribute.name, &attribute.value))
    }

    /// Opens the looks again that were open where a block ended.
    fn reopen_looks(&mut self) {
        let is_open = |builder: &Self, look: &Look| match look {
            Look::Marker => true,
            Look::Is(id) => builder.open.iter().rev().any(|one| one == id),
        };
        if self.looks.last().is_none_or(|last| is_open(self, last)) {
            return;
        }
        let from = self.looks.iter().rposition(|one| is_open(self, one)).map_or(0, |at| at + 1);
        for at in from..self.looks.len() {
            let Look::Is(id) = self.looks[at] else {
                continue;
            };
            if self.repeats_left == 0 || self.open.len() >= DEEPEST_ELEMENT {
                self.looks.truncate(at);
                return;
            }
            let again = self.repeat(id);
            self.put(self.top(), again);
            self.open.push(again);
            self.looks[at] = Look::Is(again);
        }
    }

    /// Lets looks end at the last marker.
    fn drop_looks(&mut self) {
        while self.looks.pop().is_some_and(|one| one != Look::Marker) {}
    }

    fn forget_look(&mut self, id: u32) {
        self.looks.retain(|one| *one != Look::Is(id));
    }

    /// The end tag of a look (the adoption agency of the standard).
    fn end_look(&mut self, tag: &str, name: &'a str, span: Span) {
        let top = self.top();
        if self.is(top, tag) && !self.looks.contains(&Look::Is(top)) {
            self.pop();
            return;
        }
        let mut is_told = false;
        for round in 0..8 {
            let from =
                self.looks.iter().rposition(|one| *one == Look::Marker).map_or(0, |at| at + 1);
            let is_it = |one: &Look| matches!(one, Look::Is(id) if self.is(*id, tag));
            let Some(mut bookmark) = self.looks[from..].iter().rposition(is_it).map(|at| at + from)
            else {
                if round == 0 {
                    self.end_other(tag, name, span);
                }
                return;
            };
            let Look::Is(look) = self.looks[bookmark] else {
                return;
            };
            let Some(at) = self.open.iter().rposition(|&one| one == look) else {
                self.looks.remove(bookmark);
                if !is_told {
                    self.slip(Slip::Stray(name), span);
                }
                return;
            };
            if self.open[at..].iter().any(|&one| self.is_wall(one, Scope::Usual)) {
                if !is_told {
                    self.slip(Slip::Stray(name), span);
                }
                return;
            }
            if look != self.top() && !is_told {
                is_told = true;
                let inside =
                    self.open[at + 1..].iter().copied().rfind(|&id| self.must_be_ended(id));
                if let Some(inside) = inside {
                    self.slip(Slip::Misnested { name, inside: self.as_written(inside) }, span);
                }
                for place in at..self.open.len() {
                    if self.is_any(self.open[place], FORMATTING) {
                        self.is_told(self.open[place]);
                    }
                }
            }
            let is_block = |&id: &u32| self.is_special(id);
            let Some(block_at) = self.open[at..].iter().position(is_block).map(|block| block + at)
            else {
                self.close_from(at);
                self.looks.remove(bookmark);
                return;
            };
            self.is_moved = true;
            let (block, outer) = (self.open[block_at], self.open[at - 1]);
            let mut last = block;
            let mut place = block_at;
            let mut count = 0;
            loop {
                place -= 1;
                let node = self.open[place];
                if node == look {
                    break;
                }
                count += 1;
                let mut in_looks = self.looks.iter().position(|one| *one == Look::Is(node));
                if let (true, Some(kept)) = (count > 3, in_looks) {
                    self.looks.remove(kept);
                    bookmark -= usize::from(kept < bookmark);
                    in_looks = None;
                }
                let Some(kept) = in_looks else {
                    self.open.remove(place);
                    continue;
                };
                let again = self.repeat(node);
                self.looks[kept] = Look::Is(again);
                self.open[place] = again;
                if last == block {
                    bookmark = kept + 1;
                }
                self.detach(last);
                self.append(again, last);
                last = again;
            }
            self.detach(last);
            let fosters = std::mem::replace(&mut self.fosters, true);
            self.put(outer, last);
            self.fosters = fosters;
            let again = self.repeat(look);
            let Links { first, last, .. } = self.links[block as usize];
            let mut child = first;
            while child != NONE {
                self.links[child as usize].parent = again;
                child = self.links[child as usize].after;
            }
            (self.links[again as usize].first, self.links[again as usize].last) = (first, last);
            (self.links[block as usize].first, self.links[block as usize].last) = (NONE, NONE);
            self.append(block, again);
            if let Some(old) = self.looks.iter().position(|one| *one == Look::Is(look)) {
                self.looks.remove(old);
                bookmark -= usize::from(old < bookmark);
            }
            self.looks.insert(bookmark.min(self.looks.len()), Look::Is(again));
            self.open.retain(|&one| one != look);
            let below = self.open.iter().rposition(|&one| one == block).map_or(0, |at| at + 1);
            self.open.insert(below, again);
            if self.repeats_left == 0 {
                return;
            }
        }
    }

    fn is_special(&self, id: u32) -> bool {
        let tag = self.tag(id);
        match self.family(id) {
            Family::Html => SPECIAL.contains(&tag),
            Family::Svg => matches!(tag, "foreignobject" | "desc" | "title"),
            Family::Math => tag == "annotation-xml" || MATH_WORDS.contains(&tag),
        }
    }

    // Start tags.

    /// Whether a start tag follows the rules of HTML where it stands.
    fn is_html_start(&self, tag: &str) -> bool {
        let top = self.top();
        match self.family(top) {
            Family::Html => true,
            Family::Math if MATH_WORDS.contains(&self.tag(top)) => {
                !matches!(tag, "mglyph" | "malignmark")
            }
            Family::Math if self.tag(top) == "annotation-xml" && tag == "svg" => true,
            _ => self.holds_html(top),
        }
    }

    /// Whether HTML stands in a part of a drawing or of a formula (an integration point).
    fn holds_html(&self, id: u32) -> bool {
        let node = &self.tree.nodes[id as usize];
        match node.family {
            Family::Html => true,
            Family::Svg => matches!(&*node.tag, "foreignobject" | "desc" | "title"),
            Family::Math => {
                let encoding = value_of(self.tree.attributes_of(node), "encoding");
                node.tag == "annotation-xml"
                    && encoding.is_some_and(|of| {
                        of.eq_ignore_ascii_case("text/html")
                            || of.eq_ignore_ascii_case("application/xhtml+xml")
                    })
            }
        }
    }

    fn start_foreign(&mut self, start: Start<'a>) {
        let has = |name| start.attributes.get(name).is_some();
        if BREAKOUT.contains(&&*start.tag)
            || start.tag == "font" && (has("color") || has("face") || has("size"))
        {
            self.leave_foreign();
            return self.start(start, self.mode);
        }
        let family = self.family(self.top());
        if start.closes_itself {
            self.insert_void(&start, family);
        } else {
            self.insert(&start, family);
        }
    }

    /// Ends a drawing or a formula.
    fn leave_foreign(&mut self) {
        loop {
            let top = self.top();
            let holds = self.holds_html(top)
                || self.family(top) == Family::Math && MATH_WORDS.contains(&self.tag(top));
            if holds {
                return;
            }
            self.pop();
        }
    }

    fn start(&mut self, mut start: Start<'a>, mode: Mode) {
        let tag = start.tag.clone();
        let tag = &*tag;
        match mode {
            Mode::Initial => {
                self.is_quirky = true;
                self.mode = Mode::BeforeHtml;
                self.start(start, self.mode);
            }
            Mode::BeforeHtml => {
                self.mode = Mode::BeforeHead;
                self.start(start, self.mode);
            }
            Mode::BeforeHead => match tag {
                "html" => self.start_html(&start),
                "head" => {
                    self.tree.head = self.insert(&start, Family::Html);
                    self.mode = Mode::InHead;
                }
                _ if HEAD.contains(&tag) => {
                    self.tree.head = self.insert_unwritten("head");
                    self.mode = Mode::InHead;
                    self.start(start, self.mode);
                }
                _ => {
                    self.mode = Mode::AfterHead;
                    self.start(start, self.mode);
                }
            },
            Mode::InHead => match tag {
                "html" => self.start_html(&start),
                "base" | "basefont" | "bgsound" | "link" | "meta" => {
                    self.insert_void(&start, Family::Html);
                }
                "title" | "noframes" | "style" | "script" => self.insert_raw(&start),
                "noscript" => {
                    self.insert(&start, Family::Html);
                    self.mode = Mode::InHeadNoscript;
                }
                "template" => {
                    self.insert(&start, Family::Html);
                    self.looks.push(Look::Marker);
                    self.may_be_frameset = false;
                    self.mode = Mode::InTemplate;
                    self.template_modes.push(Mode::InTemplate);
                }
                "head" => {}
                _ => {
                    self.pop();
                    self.mode = Mode::AfterHead;
                    self.start(start, self.mode);
                }
            },
            Mode::InHeadNoscript => match tag {
                "html" => self.start_html(&start),
                "basefont" | "bgsound" | "link" | "meta" | "noframes" | "style" => {
                    self.start(start, Mode::InHead);
                }
                "head" | "noscript" => {}
                _ => {
                    self.close_unclosed(self.open.len() - 1);
                    self.pop();
                    self.mode = Mode::InHead;
                    self.start(start, self.mode);
                }
            },
            Mode::AfterHead => match tag {
                "html" => self.start_html(&start),
                "body" => {
                    self.tree.body = self.insert(&start, Family::Html);
                    self.may_be_frameset = false;
                    self.mode = Mode::InBody;
                }
                "frameset" => {
                    self.insert(&start, Family::Html);
                    self.mode = Mode::InFrameset;
                }
                "head" => {}
                _ if HEAD.contains(&tag) && tag != "noscript" => {
                    // After `</head>`: still part of it.
                    if self.tree.head == NONE {
                        self.tree.head = self.insert_unwritten("head");
                    } else {
                        // Spaces may stand between.
                        self.is_moved |= self.links[0].last != self.tree.head;
                        self.open.push(self.tree.head);
                    }
                    self.start(start, Mode::InHead);
                    let head = self.tree.head;
                    self.open.retain(|&one| one != head);
                }
                _ => {
                    self.open_body();
                    self.start(start, self.mode);
                }
            },
            Mode::InBody | Mode::Text => self.start_in_body(start),
            Mode::InTable => self.start_in_table(start),
            Mode::InCaption => match tag {
                "caption" | "col" | "colgroup" | "tbody" | "td" | "tfoot" | "th" | "thead"
                | "tr" => {
                    if self.end_caption() {
                        self.start(start, self.mode);
                    }
                }
                _ => self.start_in_body(start),
            },
            Mode::InColumnGroup => match tag {
                "html" => self.start_html(&start),
                "col" => self.insert_void(&start, Family::Html),
                "template" => self.start(start, Mode::InHead),
                _ if self.top_is(&["colgroup"]) => {
                    self.pop();
                    self.mode = Mode::InTable;
                    self.start(start, self.mode);
                }
                _ => {}
            },
            Mode::InTableBody => match tag {
                "tr" => {
                    self.close_to(&["tbody", "tfoot", "thead", "template", "html"]);
                    self.insert(&start, Family::Html);
                    self.mode = Mode::InRow;
                }
                "th" | "td" => {
                    self.close_to(&["tbody", "tfoot", "thead", "template", "html"]);
                    self.insert_unwritten("tr");
                    self.mode = Mode::InRow;
                    self.start(start, self.mode);
                }
                "caption" | "col" | "colgroup" | "tbody" | "tfoot" | "thead" => {
                    if self.in_scope(&["tbody", "thead", "tfoot"], Scope::Table).is_some() {
                        self.close_to(&["tbody", "tfoot", "thead", "template", "html"]);
                        self.pop();
                        self.mode = Mode::InTable;
                        self.start(start, self.mode);
                    }
                }
                _ => self.start_in_table(start),
            },
            Mode::InRow => match tag {
                "th" | "td" => {
                    self.close_to(&["tr", "template", "html"]);
                    self.insert(&start, Family::Html);
                    self.mode = Mode::InCell;
                    self.looks.push(Look::Marker);
                }
                "caption" | "col" | "colgroup" | "tbody" | "tfoot" | "thead" | "tr" => {
                    if self.end_row() {
                        self.start(start, self.mode);
                    }
                }
                _ => self.start_in_table(start),
            },
            Mode::InCell => match tag {
                "caption" | "col" | "colgroup" | "tbody" | "td" | "tfoot" | "th" | "thead"
                | "tr" => {
                    if let Some(at) = self.in_scope(&["td", "th"], Scope::Table) {
                        self.end_cell(at);
                        self.start(start, self.mode);
                    }
                }
                _ => self.start_in_body(start),
            },
            Mode::InTemplate => {
                let mode = match tag {
                    _ if HEAD.contains(&tag) && tag != "noscript" => {
                        return self.start(start, Mode::InHead);
                    }
                    "caption" | "colgroup" | "tbody" | "tfoot" | "thead" => Mode::InTable,
                    "col" => Mode::InColumnGroup,
                    "tr" => Mode::InTableBody,
                    "td" | "th" => Mode::InRow,
                    _ => Mode::InBody,
                };
                self.template_modes.pop();
                self.template_modes.push(mode);
                self.mode = mode;
                self.start(start, mode);
            }
            Mode::AfterBody | Mode::AfterAfterBody => match tag {
                "html" => self.start_html(&start),
                _ => {
                    self.mode = Mode::InBody;
                    self.start(start, self.mode);
                }
            },
            Mode::InFrameset => match tag {
                "html" => self.start_html(&start),
                "frameset" => _ = self.insert(&start, Family::Html),
                "frame" => self.insert_void(&start, Family::Html),
                "noframes" => self.start(start, Mode::InHead),
                _ => {}
            },
            Mode::AfterFrameset | Mode::AfterAfterFrameset => match tag {
                "html" => self.start_html(&start),
                "noframes" => {
                    start.closes_itself = false;
                    self.start(start, Mode::InHead);
                }
                _ => {}
            },
        }
    }

    /// `<html>`: its attributes, where they come first.
    fn start_html(&mut self, start: &Start<'a>) {
        if self.open.iter().any(|&one| self.is(one, "template")) {
            return;
        }
        let read = self.read_attributes(start.attributes);
        if !self.tree.has_html {
            let root = &mut self.tree.nodes[0];
            (root.span, root.attributes, root.written) = (start.span, read, start.written);
            self.tree.has_html = true;
        } else {
            self.add_attributes(0, read);
        }
    }

    /// Gives an element the attributes of a later tag that it does not have.
    fn add_attributes(&mut self, id: u32, more: (u32, u32)) {
        let node = &self.tree.nodes[id as usize];
        let own = self.tree.attributes_of(node).to_vec();
        let more = self.tree.attributes[more.0 as usize..more.1 as usize].to_vec();
        let is_new = |one: &Attribute<'_>| value_of(&own, &one.name).is_none();
        let more: Vec<_> = more.into_iter().filter(is_new).collect();
        if more.is_empty() {
            return;
        }
        let from = number(self.tree.attributes.len());
        self.tree.attributes.extend(own);
        self.tree.attributes.extend(more);
        self.tree.nodes[id as usize].attributes = (from, number(self.tree.attributes.len()));
    }

    fn open_body(&mut self) {
        self.tree.body = self.insert_unwritten("body");
        self.mode = Mode::InBody;
    }

    fn start_in_body(&mut self, start: Start<'a>) {
        let tag = start.tag.clone();
        let tag = &*tag;
        match tag {
            "html" => self.start_html(&start),
            "base" | "basefont" | "bgsound" | "link" | "meta" | "noframes" | "script" | "style"
            | "template" | "title" => self.start(start, Mode::InHead),
            "body" => {
                let is_there = self.open.get(1).is_some_and(|&one| self.is(one, "body"));
                if !is_there || self.open.iter().any(|&one| self.is(one, "template")) {
                    return;
                }
                self.may_be_frameset = false;
                let read = self.read_attributes(start.attributes);
                let body = self.open[1];
                if self.tree.nodes[body as usize].written == NONE {
                    let node = &mut self.tree.nodes[body as usize];
                    (node.span, node.written) = (start.span, start.written);
                }
                self.add_attributes(body, read);
            }
            "frameset" => {
                let is_there = self.open.get(1).is_some_and(|&one| self.is(one, "body"));
                if is_there && self.may_be_frameset {
                    self.detach(self.open[1]);
                    self.tree.body = NONE;
                    self.close_from(1);
                    self.insert(&start, Family::Html);
                    self.mode = Mode::InFrameset;
                }
            }
            _ if BLOCKS.contains(&tag) => {
                self.end_paragraph(&start);
                self.insert_open(&start);
            }
            _ if HEADINGS.contains(&tag) => {
                self.end_paragraph(&start);
                if self.top_is(HEADINGS) {
                    self.close_unclosed(self.open.len() - 1);
                    self.pop();
                }
                self.insert_open(&start);
            }
            "pre" | "listing" => {
                self.end_paragraph(&start);
                self.insert_open(&start);
                self.skips_line_end = true;
                self.may_be_frameset = false;
            }
            "form" => {
                let in_template = self.open.iter().any(|&one| self.is(one, "template"));
                if self.form != NONE && !in_template {
                    self.slip(Slip::Misnested { name: start.name, inside: start.name }, start.span);
                    return;
                }
                self.end_paragraph(&start);
                let id = self.insert_open(&start);
                if !in_template {
                    self.form = id;
                }
            }
            "li" => self.start_item(&start, &["li"]),
            "dd" | "dt" => self.start_item(&start, &["dd", "dt"]),
            "plaintext" => {
                self.end_paragraph(&start);
                self.insert_open(&start);
                self.raw = Some(start.name);
            }
            "button" => {
                if let Some(at) = self.in_scope(&["button"], Scope::Usual) {
                    self.tell_nested(at, start.name);
                    self.end_implied("");
                    self.close_from(at);
                }
                self.reopen_looks();
                self.insert_open(&start);
                self.may_be_frameset = false;
            }
            "a" => {
                let from =
                    self.looks.iter().rposition(|one| *one == Look::Marker).map_or(0, |at| at + 1);
                let open = self.looks[from..].iter().rev().find_map(|one| match one {
                    Look::Is(id) if self.is(*id, "a") => Some(*id),
                    _ => None,
                });
                if let Some(link) = open {
                    if let Some(at) = self.open.iter().position(|&one| one == link) {
                        self.tell_nested(at, start.name);
                        self.is_told(link);
                    }
                    let before = self.tree.slips.len();
                    self.end_look("a", start.name, start.span);
                    self.tree.slips.truncate(before);
                    self.forget_look(link);
                    self.open.retain(|&one| one != link);
                }
                self.reopen_looks();
                let id = self.insert_open(&start);
                self.keep_look(id);
            }
            "nobr" => {
                self.reopen_looks();
                if let Some(at) = self.in_scope(&["nobr"], Scope::Usual) {
                    self.tell_nested(at, start.name);
                    let before = self.tree.slips.len();
                    self.end_look("nobr", start.name, start.span);
                    self.tree.slips.truncate(before);
                    self.reopen_looks();
                }
                let id = self.insert_open(&start);
                self.keep_look(id);
            }
            _ if FORMATTING.contains(&tag) => {
                self.reopen_looks();
                let id = self.insert_open(&start);
                self.keep_look(id);
            }
            "applet" | "marquee" | "object" => {
                self.reopen_looks();
                self.insert_open(&start);
                self.looks.push(Look::Marker);
                self.may_be_frameset = false;
            }
            "table" => {
                if !self.is_quirky {
                    self.end_paragraph(&start);
                }
                self.insert_open(&start);
                self.may_be_frameset = false;
                self.mode = Mode::InTable;
            }
            "area" | "br" | "embed" | "img" | "image" | "keygen" | "wbr" => {
                self.reopen_looks();
                let mut start = start;
                if tag == "image" {
                    start.tag = "img".into();
                }
                self.insert_void(&start, Family::Html);
                self.may_be_frameset = false;
            }
            "input" => {
                if let Some(at) = self.in_scope(&["select"], Scope::Usual) {
                    self.close_told(at);
                }
                self.reopen_looks();
                self.insert_void(&start, Family::Html);
                let kind = start.attributes.get("type");
                self.may_be_frameset &=
                    kind.is_some_and(|kind| kind.eq_ignore_ascii_case("hidden"));
            }
            "param" | "source" | "track" => self.insert_void(&start, Family::Html),
            "hr" => {
                self.end_paragraph(&start);
                if self.in_scope(&["select"], Scope::Usual).is_some() {
                    self.end_implied("");
                }
                self.insert_void(&start, Family::Html);
                self.may_be_frameset = false;
            }
            "textarea" => {
                self.may_be_frameset = false;
                self.insert_raw(&start);
                self.skips_line_end = true;
            }
            "xmp" => {
                self.end_paragraph(&start);
                self.reopen_looks();
                self.may_be_frameset = false;
                self.insert_raw(&start);
            }
            "iframe" => {
                self.may_be_frameset = false;
                self.insert_raw(&start);
            }
            "noembed" => self.insert_raw(&start),
            "select" => {
                if let Some(at) = self.in_scope(&["select"], Scope::Usual) {
                    self.tell_nested(at, start.name);
                    self.close_from(at);
                    return;
                }
                self.reopen_looks();
                self.insert_open(&start);
                self.may_be_frameset = false;
            }
            "option" | "optgroup" => {
                if self.in_scope(&["select"], Scope::Usual).is_some() {
                    self.end_implied(if tag == "option" { "optgroup" } else { "" });
                } else if self.top_is(&["option"]) {
                    self.pop();
                }
                self.reopen_looks();
                self.insert_open(&start);
            }
            "rb" | "rtc" | "rp" | "rt" => {
                if self.in_scope(&["ruby"], Scope::Usual).is_some() {
                    self.end_implied(if matches!(tag, "rp" | "rt") { "rtc" } else { "" });
                }
                self.insert_open(&start);
            }
            "math" | "svg" => {
                self.reopen_looks();
                let family = if tag == "svg" { Family::Svg } else { Family::Math };
                if start.closes_itself {
                    self.insert_void(&start, family);
                } else {
                    self.insert(&start, family);
                }
            }
            // Parts of a table without a table.
            "caption" | "col" | "colgroup" | "frame" | "head" | "tbody" | "td" | "tfoot" | "th"
            | "thead" | "tr" => self.slip(Slip::Stray(start.name), start.span),
            _ => {
                self.reopen_looks();
                if VOID.contains(&tag) {
                    self.insert_void(&start, Family::Html);
                } else {
                    self.insert_open(&start);
                }
            }
        }
    }

    /// Opens an element of HTML that is to be ended.
    fn insert_open(&mut self, start: &Start<'a>) -> u32 {
        let id = self.insert(start, Family::Html);
        if start.closes_itself {
            self.slip(Slip::SelfClosed(start.name), start.span);
        }
        id
    }

    /// Says of a link in a link, and the like, that the first one ends.
    fn tell_nested(&mut self, at: usize, inside: &'a str) {
        let id = self.open[at];
        let span = self.tree.nodes[id as usize].span;
        self.slip(Slip::Misnested { name: self.as_written(id), inside }, span);
        self.is_told(id);
    }

    /// An item of a list ends the one before it.
    fn start_item(&mut self, start: &Start<'a>, tags: &[&str]) {
        self.may_be_frameset = false;
        for at in (1..self.open.len()).rev() {
            let id = self.open[at];
            if self.is_any(id, tags) {
                self.close_told(at);
                break;
            }
            if self.is_special(id) && !self.is_any(id, &["address", "div", "p"]) {
                break;
            }
        }
        self.end_paragraph(start);
        self.insert_open(start);
    }

    fn start_in_table(&mut self, start: Start<'a>) {
        let tag = start.tag.clone();
        let tag = &*tag;
        let to_table = &["table", "template", "html"];
        match tag {
            "caption" => {
                self.close_to(to_table);
                self.looks.push(Look::Marker);
                self.insert(&start, Family::Html);
                self.mode = Mode::InCaption;
            }
            "colgroup" => {
                self.close_to(to_table);
                self.insert(&start, Family::Html);
                self.mode = Mode::InColumnGroup;
            }
            "col" => {
                self.close_to(to_table);
                self.insert_unwritten("colgroup");
                self.mode = Mode::InColumnGroup;
                self.start(start, self.mode);
            }
            "tbody" | "tfoot" | "thead" => {
                self.close_to(to_table);
                self.insert(&start, Family::Html);
                self.mode = Mode::InTableBody;
            }
            "td" | "th" | "tr" => {
                self.close_to(to_table);
                self.insert_unwritten("tbody");
                self.mode = Mode::InTableBody;
                self.start(start, self.mode);
            }
            "table" => {
                if let Some(at) = self.in_scope(&["table"], Scope::Table) {
                    self.close_told(at);
                    self.reset_mode();
                    self.start(start, self.mode);
                }
            }
            "style" | "script" | "template" => self.start(start, Mode::InHead),
            "input"
                if start
                    .attributes
                    .get("type")
                    .is_some_and(|kind| kind.eq_ignore_ascii_case("hidden")) =>
            {
                self.insert_void(&start, Family::Html);
            }
            "form" => {
                if self.form == NONE && !self.open.iter().any(|&one| self.is(one, "template")) {
                    self.form = self.insert(&start, Family::Html);
                    self.is_told(self.form);
                    self.pop();
                }
            }
            _ => {
                self.fosters = true;
                self.start_in_body(start);
                self.fosters = false;
            }
        }
    }

    /// Ends a caption, if one is open.
    fn end_caption(&mut self) -> bool {
        let Some(at) = self.in_scope(&["caption"], Scope::Table) else {
            return false;
        };
        self.end_implied("");
        self.close_told(at);
        self.drop_looks();
        self.mode = Mode::InTable;
        true
    }

    /// Ends a row, if one is open.
    fn end_row(&mut self) -> bool {
        let Some(at) = self.in_scope(&["tr"], Scope::Table) else {
            return false;
        };
        self.close_told(at);
        self.mode = Mode::InTableBody;
        true
    }

    fn end_cell(&mut self, at: usize) {
        self.close_told(at);
        self.drop_looks();
        self.mode = Mode::InRow;
    }

    /// Where the tags are, from what is open.
    fn reset_mode(&mut self) {
        for (at, &id) in self.open.iter().enumerate().rev() {
            if self.family(id) != Family::Html {
                continue;
            }
            self.mode = match self.tag(id) {
                "td" | "th" if at > 0 => Mode::InCell,
                "tr" => Mode::InRow,
                "tbody" | "thead" | "tfoot" => Mode::InTableBody,
                "caption" => Mode::InCaption,
                "colgroup" => Mode::InColumnGroup,
                "table" => Mode::InTable,
                "template" => self.template_modes.last().copied().unwrap_or(Mode::InBody),
                "head" => Mode::InHead,
                "body" => Mode::InBody,
                "frameset" => Mode::InFrameset,
                "html" if self.tree.head == NONE => Mode::BeforeHead,
                "html" => Mode::AfterHead,
                _ => continue,
            };
            return;
        }
        self.mode = Mode::InBody;
    }

    // End tags.

    fn end_foreign(&mut self, tag: &str, name: &'a str, span: Span) {
        if matches!(tag, "br" | "p") {
            self.leave_foreign();
            return self.end(tag, name, span, self.mode);
        }
        for at in (1..self.open.len()).rev() {
            let id = self.open[at];
            if self.family(id) == Family::Html {
                return self.end(tag, name, span, self.mode);
            }
            if self.tag(id) == tag {
                if self.depth_of_skipped > 0 {
                    self.depth_of_skipped -= 1;
                    return;
                }
                self.tell_inner(at, name);
                self.close_from(at);
                return;
            }
        }
    }

    fn end(&mut self, tag: &str, name: &'a str, span: Span, mode: Mode) {
        if self.depth_of_skipped > 0 && mode != Mode::Text {
            self.depth_of_skipped -= 1;
            return;
        }
        match mode {
            Mode::Initial => {
                self.is_quirky = true;
                self.mode = Mode::BeforeHtml;
                self.end(tag, name, span, self.mode);
            }
            Mode::BeforeHtml | Mode::BeforeHead => match tag {
                "head" | "body" | "html" | "br" => {
                    self.mode = Mode::AfterHead;
                    if tag != "head" {
                        self.end(tag, name, span, self.mode);
                    }
                }
                _ => self.slip(Slip::Stray(name), span),
            },
            Mode::InHead => match tag {
                "head" => {
                    self.pop();
                    self.mode = Mode::AfterHead;
                }
                "body" | "html" | "br" => {
                    self.pop();
                    self.mode = Mode::AfterHead;
                    self.end(tag, name, span, self.mode);
                }
                "template" => self.end_template(name, span),
                _ => self.slip(Slip::Stray(name), span),
            },
            Mode::InHeadNoscript => match tag {
                "noscript" => {
                    self.pop();
                    self.mode = Mode::InHead;
                }
                "br" => {
                    self.pop();
                    self.mode = Mode::InHead;
                    self.end(tag, name, span, self.mode);
                }
                _ => self.slip(Slip::Stray(name), span),
            },
            Mode::AfterHead => match tag {
                "template" => self.end_template(name, span),
                "body" | "html" | "br" => {
                    self.open_body();
                    self.end(tag, name, span, self.mode);
                }
                _ => self.slip(Slip::Stray(name), span),
            },
            Mode::Text => {
                self.pop();
                self.mode = self.mode_after;
            }
            Mode::InBody => self.end_in_body(tag, name, span),
            Mode::InTable => self.end_in_table(tag, name, span),
            Mode::InCaption => match tag {
                "caption" => {
                    if !self.end_caption() {
                        self.slip(Slip::Stray(name), span);
                    }
                }
                "table" => {
                    if self.end_caption() {
                        self.end(tag, name, span, self.mode);
                    }
                }
                "body" | "col" | "colgroup" | "html" | "tbody" | "td" | "tfoot" | "th"
                | "thead" | "tr" => self.slip(Slip::Stray(name), span),
                _ => self.end_in_body(tag, name, span),
            },
            Mode::InColumnGroup => match tag {
                "colgroup" if self.top_is(&["colgroup"]) => {
                    self.pop();
                    self.mode = Mode::InTable;
                }
                "col" | "colgroup" => self.slip(Slip::Stray(name), span),
                "template" => self.end_template(name, span),
                _ if self.top_is(&["colgroup"]) => {
                    self.pop();
                    self.mode = Mode::InTable;
                    self.end(tag, name, span, self.mode);
                }
                _ => self.slip(Slip::Stray(name), span),
            },
            Mode::InTableBody => match tag {
                "tbody" | "tfoot" | "thead" => match self.in_scope(&[tag], Scope::Table) {
                    Some(_) => {
                        self.close_to(&["tbody", "tfoot", "thead", "template", "html"]);
                        self.pop();
                        self.mode = Mode::InTable;
                    }
                    None => self.slip(Slip::Stray(name), span),
                },
                "table" => {
                    if self.in_scope(&["tbody", "thead", "tfoot"], Scope::Table).is_some() {
                        self.close_to(&["tbody", "tfoot", "thead", "template", "html"]);
                        self.pop();
                        self.mode = Mode::InTable;
                        self.end(tag, name, span, self.mode);
                    } else {
                        self.slip(Slip::Stray(name), span);
                    }
                }
                "body" | "caption" | "col" | "colgroup" | "html" | "td" | "th" | "tr" => {
                    self.slip(Slip::Stray(name), span);
                }
                _ => self.end_in_table(tag, name, span),
            },
            Mode::InRow => match tag {
                "tr" => {
                    if !self.end_row() {
                        self.slip(Slip::Stray(name), span);
                    }
                }
                "table" => {
                    if self.end_row() {
                        self.end(tag, name, span, self.mode);
                    } else {
                        self.slip(Slip::Stray(name), span);
                    }
                }
                "tbody" | "tfoot" | "thead" => {
                    if self.in_scope(&[tag], Scope::Table).is_some() && self.end_row() {
                        self.end(tag, name, span, self.mode);
                    } else {
                        self.slip(Slip::Stray(name), span);
                    }
                }
                "body" | "caption" | "col" | "colgroup" | "html" | "td" | "th" => {
                    self.slip(Slip::Stray(name), span);
                }
                _ => self.end_in_table(tag, name, span),
            },
            Mode::InCell => match tag {
                "td" | "th" => match self.in_scope(&[tag], Scope::Table) {
                    Some(at) => {
                        self.end_implied("");
                        self.tell_inner(at, name);
                        self.end_cell(at);
                    }
                    None => self.slip(Slip::Stray(name), span),
                },
                "body" | "caption" | "col" | "colgroup" | "html" => {
                    self.slip(Slip::Stray(name), span);
                }
                "table" | "tbody" | "tfoot" | "thead" | "tr" => {
                    let cell = self.in_scope(&["td", "th"], Scope::Table);
                    match (self.in_scope(&[tag], Scope::Table), cell) {
                        (Some(_), Some(cell)) => {
                            self.end_cell(cell);
                            self.end(tag, name, span, self.mode);
                        }
                        _ => self.slip(Slip::Stray(name), span),
                    }
                }
                _ => self.end_in_body(tag, name, span),
            },
            Mode::InTemplate => match tag {
                "template" => self.end_template(name, span),
                _ => self.slip(Slip::Stray(name), span),
            },
            Mode::AfterBody => match tag {
                "html" => self.mode = Mode::AfterAfterBody,
                _ => {
                    self.mode = Mode::InBody;
                    self.end(tag, name, span, self.mode);
                }
            },
            Mode::AfterAfterBody => {
                self.mode = Mode::InBody;
                self.end(tag, name, span, self.mode);
            }
            Mode::InFrameset => {
                if tag == "frameset" && self.open.len() > 1 {
                    self.pop();
                    if !self.top_is(&["frameset"]) {
                        self.mode = Mode::AfterFrameset;
                    }
                }
            }
            Mode::AfterFrameset => {
                if tag == "html" {
                    self.mode = Mode::AfterAfterFrameset;
                }
            }
            Mode::AfterAfterFrameset => {}
        }
    }

    fn end_in_table(&mut self, tag: &str, name: &'a str, span: Span) {
        match tag {
            "table" => match self.in_scope(&["table"], Scope::Table) {
                Some(at) => {
                    self.close_told(at);
                    self.reset_mode();
                }
                None => self.slip(Slip::Stray(name), span),
            },
            "body" | "caption" | "col" | "colgroup" | "html" | "tbody" | "td" | "tfoot" | "th"
            | "thead" | "tr" => self.slip(Slip::Stray(name), span),
            "template" => self.end_template(name, span),
            _ => {
                self.fosters = true;
                self.end_in_body(tag, name, span);
                self.fosters = false;
            }
        }
    }

    fn end_template(&mut self, name: &'a str, span: Span) {
        let Some(at) = self.open.iter().rposition(|&one| self.is(one, "template")) else {
            return self.slip(Slip::Stray(name), span);
        };
        self.close_told(at);
        self.drop_looks();
        self.template_modes.pop();
        self.reset_mode();
    }

    fn end_in_body(&mut self, tag: &str, name: &'a str, span: Span) {
        match tag {
            "template" => self.end_template(name, span),
            "body" | "html" => {
                if self.in_scope(&["body"], Scope::Usual).is_none() {
                    return self.slip(Slip::Stray(name), span);
                }
                self.close_unclosed(2);
                self.mode = if tag == "body" { Mode::AfterBody } else { Mode::AfterAfterBody };
            }
            "form" if !self.open.iter().any(|&one| self.is(one, "template")) => {
                let form = std::mem::replace(&mut self.form, NONE);
                let in_scope = self.in_scope(&["form"], Scope::Usual);
                let Some(at) = self.open.iter().position(|&one| one == form) else {
                    // One that began loose in a table has ended by itself.
                    if form == NONE {
                        self.slip(Slip::Stray(name), span);
                    }
                    return;
                };
                if in_scope.is_none() {
                    return self.slip(Slip::Stray(name), span);
                }
                self.end_implied("");
                self.tell_inner(at, name);
                self.open.remove(at);
            }
            "p" => match self.in_scope(&["p"], Scope::Button) {
                Some(at) => {
                    self.end_implied("p");
                    self.end_told(at, name);
                }
                None => {
                    let slip = match self.ended_paragraphs.pop() {
                        Some(block) => Slip::BlockInParagraph(block),
                        None => Slip::Stray(name),
                    };
                    self.slip(slip, span);
                    let id = self.create("p".into(), span, NONE, Family::Html, (0, 0));
                    self.put(self.top(), id);
                }
            },
            "li" => self.end_block(&["li"], Scope::List, name, span),
            "dd" | "dt" => self.end_block(&[tag], Scope::Usual, name, span),
            _ if HEADINGS.contains(&tag) => {
                let Some(at) = self.in_scope(HEADINGS, Scope::Usual) else {
                    return self.slip(Slip::Stray(name), span);
                };
                self.end_implied("");
                if self.tag(self.open[at]) != tag {
                    self.slip(Slip::Stray(name), span);
                }
                self.end_told(at, name);
            }
            _ if FORMATTING.contains(&tag) => self.end_look(tag, name, span),
            "applet" | "marquee" | "object" => {
                if self.in_scope(&[tag], Scope::Usual).is_some() {
                    self.end_block(&[tag], Scope::Usual, name, span);
                    self.drop_looks();
                } else {
                    self.slip(Slip::Stray(name), span);
                }
            }
            "br" => {
                // Browsers make a line end of it.
                self.slip(Slip::Stray(name), span);
                self.reopen_looks();
                let id = self.create("br".into(), span, NONE, Family::Html, (0, 0));
                self.put(self.top(), id);
                self.may_be_frameset = false;
            }
            "button" | "listing" | "pre" | "select" => {
                self.end_block(&[tag], Scope::Usual, name, span);
            }
            _ if BLOCKS.contains(&tag) => self.end_block(&[tag], Scope::Usual, name, span),
            _ => self.end_other(tag, name, span),
        }
    }

    /// Ends a block and all in it.
    fn end_block(&mut self, tags: &[&str], scope: Scope, name: &'a str, span: Span) {
        let Some(at) = self.in_scope(tags, scope) else {
            return self.slip(Slip::Stray(name), span);
        };
        self.end_implied(tags[0]);
        self.end_told(at, name);
    }

    /// Ends an element, and says what is wrong with what is open in it.
    fn end_told(&mut self, at: usize, name: &'a str) {
        self.tell_inner(at, name);
        self.close_from(at);
    }

    /// Says what is wrong with what is open in an element that ends.
    fn tell_inner(&mut self, at: usize, name: &'a str) {
        let inner = self.open[at + 1..].iter().copied();
        let unended: Vec<u32> = inner.filter(|&id| self.must_be_ended(id)).collect();
        let Some(&first) = unended.first() else {
            return;
        };
        let all_formatting = unended.iter().all(|&id| self.is_any(id, FORMATTING));
        let slip = if all_formatting {
            Slip::Misnested { name, inside: self.as_written(first) }
        } else {
            Slip::Unclosed(self.as_written(first))
        };
        let span = self.tree.nodes[first as usize].span;
        self.slip(slip, span);
        unended.into_iter().for_each(|id| self.is_told(id));
    }

    /// The end tag of an element that has no rules of its own.
    fn end_other(&mut self, tag: &str, name: &'a str, span: Span) {
        for at in (1..self.open.len()).rev() {
            let id = self.open[at];
            if self.is(id, tag) {
                while self.open.len() > at + 1
                    && self.top_is(IMPLIED)
                    && self.tag(self.top()) != tag
                {
                    self.pop();
                }
                return self.end_told(at, name);
            }
            if self.is_special(id) {
                let outside = self.open[..at].iter().copied().rfind(|&one| self.is(one, tag));
                match outside.filter(|&one| self.must_be_ended(one)) {
                    // It goes on until the page ends, since a block is open in it.
                    Some(outside)
                        if self.must_be_ended(id) || !OPTIONAL_END.contains(&self.tag(id)) =>
                    {
                        self.slip(Slip::Misnested { name, inside: self.as_written(id) }, span);
                        self.is_told(outside);
                    }
                    _ => self.slip(Slip::Stray(name), span),
                }
                return;
            }
        }
        self.slip(Slip::Stray(name), span);
    }

    // Words.

    fn words(&mut self, text: &'a str) {
        let top = self.top();
        let is_word_of_math =
            self.family(top) == Family::Math && MATH_WORDS.contains(&self.tag(top));
        if !self.holds_html(top) && !is_word_of_math {
            self.may_be_frameset &= text.chars().all(|c| c.is_ascii_whitespace() || c == '\0');
            return self.put_words(text, permitted(text, "\u{fffd}", true));
        }
        self.words_by(text, self.mode);
    }

    fn words_by(&mut self, text: &'a str, mode: Mode) {
        let is_blank = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}');
        let rest = text.trim_start_matches(is_blank);
        let (blank, is_all_blank) = (&text[..text.len() - rest.len()], rest.is_empty());
        match mode {
            Mode::Initial | Mode::BeforeHtml | Mode::BeforeHead => {
                if !is_all_blank {
                    self.is_quirky |= mode == Mode::Initial;
                    self.mode = Mode::AfterHead;
                    self.words_by(rest, self.mode);
                }
            }
            Mode::InHead | Mode::InHeadNoscript | Mode::AfterHead | Mode::InColumnGroup => {
                let has_place = self.top() != 0 || self.tree.head != NONE;
                if !blank.is_empty() && has_place {
                    self.put_words(blank, Cow::Borrowed(blank));
                }
                if is_all_blank {
                    return;
                }
                match mode {
                    Mode::AfterHead => self.open_body(),
                    Mode::InColumnGroup if !self.top_is(&["colgroup"]) => return,
                    Mode::InColumnGroup => {
                        self.pop();
                        self.mode = Mode::InTable;
                    }
                    _ => {
                        self.pop();
                        let was_head = mode == Mode::InHead;
                        self.mode = if was_head { Mode::AfterHead } else { Mode::InHead };
                    }
                }
                self.words_by(rest, self.mode);
            }
            Mode::Text => {
                let is_words = self.top_is(&["title", "textarea"]);
                self.put_words(text, permitted(text, "\u{fffd}", is_words));
            }
            Mode::InTable | Mode::InTableBody | Mode::InRow => {
                let is_loose = self.top_is(TABLE_PARTS) || self.top_is(&["template"]);
                if is_loose && is_all_blank {
                    return self.put_words(text, Cow::Borrowed(text));
                }
                self.fosters = true;
                self.words_in_body(text);
                self.fosters = false;
            }
            Mode::AfterBody | Mode::AfterAfterBody => {
                if !is_all_blank {
                    self.mode = Mode::InBody;
                }
                self.words_in_body(text);
            }
            Mode::InFrameset | Mode::AfterFrameset | Mode::AfterAfterFrameset => {
                let blank: String = text.chars().filter(|&c| is_blank(c)).collect();
                if !blank.is_empty() {
                    self.put_words(text, blank.into());
                }
            }
            Mode::InBody | Mode::InCaption | Mode::InCell | Mode::InTemplate => {
                self.words_in_body(text);
            }
        }
    }

    fn words_in_body(&mut self, text: &'a str) {
        let is_plain = self.top_is(&["plaintext"]);
        let words = permitted(text, if is_plain { "\u{fffd}" } else { "" }, !is_plain);
        if words.is_empty() {
            return;
        }
        self.reopen_looks();
        self.may_be_frameset &= words.chars().all(|c| c.is_ascii_whitespace());
        self.put_words(text, words);
    }

    fn put_words(&mut self, written: &'a str, words: Cow<'a, str>) {
        let id = number(self.tree.nodes.len());
        let span = self.span(written);
        let is_shadow = self.in_shadow;
        self.tree.nodes.push(Node { text: words, is_shadow, ..Node::new(id, NONE, span) });
        self.links.push(Links::NONE);
        self.put(self.top(), id);
    }

    // The whole.

    /// The tree, in the order of the page; with what stands in templates, or without.
    fn finish(mut self, has_templates: bool) -> Tree<'a> {
        for place in 1..self.open.len() {
            let id = self.open[place];
            if !self.must_be_ended(id) {
                continue;
            }
            let node = &self.tree.nodes[id as usize];
            let (name, span) = (self.as_written(id), node.span);
            let slip = if self.mode == Mode::Text {
                Slip::UnclosedRaw(name)
            } else {
                Slip::Unclosed(name)
            };
            self.slip(slip, span);
        }
        let is_kept = |builder: &Self, id: u32| has_templates || !builder.is(id, "template");
        let is_emptied = !has_templates
            && (0..number(self.tree.nodes.len()))
                .any(|id| self.is(id, "template") && self.links[id as usize].first != NONE);
        if self.is_moved || is_emptied {
            let mut order = Vec::with_capacity(self.tree.nodes.len());
            let mut at = 0;
            loop {
                order.push(at);
                let links = self.links[at as usize];
                if links.first != NONE && is_kept(&self, at) {
                    at = links.first;
                    continue;
                }
                let up = |id: &u32| match self.links[*id as usize].parent {
                    NONE => None,
                    parent => Some(parent),
                };
                let mut path = std::iter::successors(Some(at), up);
                let next = path.find_map(|id| match self.links[id as usize].after {
                    NONE => None,
                    after => Some(after),
                });
                match next {
                    Some(next) => at = next,
                    None => break,
                }
            }
            self.put_in_order(&order);
        } else {
            for (node, links) in self.tree.nodes.iter_mut().zip(&self.links) {
                node.parent = links.parent;
            }
        }
        self.tree.join();
        self.tree
    }

    /// Keeps the nodes of this list, and in its order.
    fn put_in_order(&mut self, order: &[u32]) {
        let mut places = vec![NONE; self.tree.nodes.len()];
        for (place, &id) in order.iter().enumerate() {
            places[id as usize] = number(place);
        }
        let of = |id: u32| {
            if id == NONE { NONE } else { places[id as usize] }
        };
        let mut old: Vec<Option<Node<'a>>> =
            std::mem::take(&mut self.tree.nodes).into_iter().map(Some).collect();
        let mut nodes: Vec<Node<'a>> = Vec::with_capacity(order.len());
        let mut depths: Vec<usize> = Vec::with_capacity(order.len());
        for &id in order {
            let Some(node) = old[id as usize].take() else { continue };
            let mut parent = of(self.links[id as usize].parent);
            let mut depth = if parent == NONE { 0 } else { depths[parent as usize] + 1 };
            // What was moved into each other may have come to be too deep.
            if depth > DEEPEST_ELEMENT {
                (parent, depth) = (nodes[parent as usize].parent, depth - 1);
            }
            depths.push(depth);
            nodes.push(Node { parent, ..node });
        }
        self.tree.nodes = nodes;
        (self.tree.head, self.tree.body) = (of(self.tree.head), of(self.tree.body));
    }
}

/// Words as a page holds them: line ends are made alike, and what stands for nothing is `nul`.
fn permitted<'t>(text: &'t str, nul: &str, is_decoded: bool) -> Cow<'t, str> {
    let bytes = text.as_bytes();
    if bytes.contains(&0) || bytes.contains(&b'\r') {
        let text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', nul);
        return if is_decoded { decode(&text).into_owned().into() } else { text.into() };
    }
    if is_decoded { decode(text) } else { Cow::Borrowed(text) }
}

/// Names in lower case, without a copy where they are so already.
fn lower(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}
