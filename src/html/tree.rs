//! Tags to a tree: which element stands in which.
//!
//! The tree is the one that a browser makes (the tree construction of the HTML standard, where
//! no scripts run), as far as it matters to what people hear and see: comments are no part of
//! it, what stands in a `<template>` is left out, since no one meets it, and a `<head>` or a
//! `<body>` that is empty and was not written is not there. `tests/html/tree.txt` has cases of
//! the standard, and so has html5lib; `differences.txt` names each that differs, with the reason.
//!
//! Nodes are kept in the order of the page, so that everything inside an element is one
//! stretch of the list, and no pass over a page needs a stack. Where the standard moves or
//! repeats elements, they keep the place at which they were written. What was wrong with the
//! tags themselves is kept beside them, see [`Slip`]. `build` makes the tree, `quirks` knows
//! old doctypes, and `shadow` reads the shadow trees that scripts write.

mod build;
mod quirks;
mod shadow;

use std::borrow::Cow;

use crate::text::Span;

/// No node.
pub(crate) const NONE: u32 = u32::MAX;

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
    /// Whether it was written before, and goes on here.
    pub(crate) is_repeat: bool,
    /// Whether it stands in a shadow tree: ids and styles of the page do not reach it.
    pub(crate) is_shadow: bool,
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
            is_repeat: false,
            is_shadow: false,
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
    /// Whether looks were repeated: elements that stand at several places and were written once.
    pub(crate) has_repeats: bool,
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
    build::tree(html, false)
}

impl Tree<'_> {
    /// Says of each node where it ends and what is beside it, when all stand in their order.
    fn join(&mut self) {
        let mut last = vec![NONE; self.nodes.len()];
        for id in 0..self.nodes.len() {
            let (parent, is_element) = (self.nodes[id].parent, !self.nodes[id].tag.is_empty());
            self.nodes[id].end = number(id) + 1;
            if parent == NONE || !is_element {
                continue;
            }
            match std::mem::replace(&mut last[parent as usize], number(id)) {
                NONE => self.nodes[parent as usize].first = number(id),
                previous => {
                    self.nodes[id].previous = previous;
                    self.nodes[previous as usize].next = number(id);
                }
            }
        }
        for id in (1..self.nodes.len()).rev() {
            let (parent, end) = (self.nodes[id].parent, self.nodes[id].end);
            let around = &mut self.nodes[parent as usize];
            around.end = around.end.max(end);
        }
        for node in &mut self.nodes {
            let (from, to) = node.attributes;
            let own = &self.attributes[from as usize..to as usize];
            node.signs = own.iter().fold(0, |signs, one| signs | sign(&one.name));
        }
    }
}

/// A place in a list. Files are read up to [`crate::load::LARGEST_FILE`], so it fits.
fn number(place: usize) -> u32 {
    u32::try_from(place).expect("a page has fewer nodes than bytes, and fewer bytes than 4 GB")
}

#[cfg(test)]
mod tests {
    use std::{
        collections::{BTreeMap, BTreeSet},
        fmt::Write as _,
    };

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
                // Names in drawings are in lower case, as all names are that are asked for.
                _ => match line.split_once('=') {
                    _ if line.trim_start().starts_with('"') => lines.push(line.to_owned()),
                    Some((name, value)) if !line.trim_start().starts_with('<') => {
                        let name = name.to_ascii_lowercase();
                        lines.push(format!(
                            "{}={value}",
                            name.replace("xlink ", "xlink:")
                                .replace("xml ", "xml:")
                                .replace("xmlns ", "xmlns:")
                        ));
                    }
                    _ => lines.push(line.to_ascii_lowercase()),
                },
            }
        }
        let is_in = |next: Option<&String>| next.is_some_and(|next| next.starts_with("    "));
        let is_empty =
            |at: usize| matches!(&*lines[at], "  <head>" | "  <body>") && !is_in(lines.get(at + 1));
        let kept = (0..lines.len()).filter(|&at| !is_empty(at)).collect::<Vec<_>>();
        kept.into_iter().map(|at| lines[at].clone()).collect()
    }

    fn document(tree: &Tree<'_>) -> String {
        let mut text = String::new();
        for node in &tree.nodes {
            let mut depth = 0;
            let mut at = node.parent;
            while at != NONE {
                let around = &tree.nodes[at as usize];
                let is_template = around.tag == "template" && around.family == Family::Html;
                depth += if is_template { 4 } else { 2 };
                at = around.parent;
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
            if node.tag == "template" && node.family == Family::Html {
                let _ = writeln!(text, "| {:depth$}  content", "");
            }
        }
        text
    }

    /// The cases of html5lib, which the makers of browsers share, from the Debian package
    /// `golang-golang-x-net-dev`: what is written, and the tree. Left out are parts of pages,
    /// and pages on which scripts run.
    fn html5lib() -> Vec<(String, Vec<String>)> {
        const FOLDER: &str = "/usr/share/gocode/src/golang.org/x/net/html/testdata/webkit";
        let files = std::fs::read_dir(FOLDER).unwrap_or_else(|_| {
            panic!("the cases are missing: apt-get install golang-golang-x-net-dev")
        });
        let files = files.filter_map(|file| Some(file.ok()?.path()));
        let mut files: Vec<_> =
            files.filter(|file| file.extension().is_some_and(|end| end == "dat")).collect();
        files.sort();
        let mut cases = Vec::new();
        for file in files {
            let text = std::fs::read_to_string(file).expect("a file in UTF-8");
            for case in format!("\n{text}").split("\n#data").skip(1) {
                let (data, rest) = case.split_once("\n#errors").expect("what is wrong");
                let data = data.strip_prefix('\n').unwrap_or(data);
                let (other, document) = rest.split_once("#document\n").expect("a tree");
                if !other.contains("#document-fragment") && !other.contains("#script-on") {
                    cases.push((data.to_owned(), compared(document)));
                }
            }
        }
        cases
    }

    #[test]
    fn the_tree_is_that_of_the_standard_but_for_known_differences() {
        let own = cases(include_str!("../../tests/html/tree.txt"));
        assert!(own.len() >= 120, "{} cases", own.len());
        let own = own.into_iter().map(|(data, (_, expected))| (data.to_owned(), expected));
        let all: Vec<_> = own.chain(html5lib()).collect();
        assert!(all.len() >= 1_600, "{} cases", all.len());
        let known = cases(include_str!("../../tests/html/differences.txt"));
        let (mut wrong, mut differing) = (String::new(), BTreeSet::new());
        for (data, expected) in &all {
            let own = document(&build::tree(data, true));
            let is_right = compared(&own) == *expected;
            if !is_right {
                differing.insert(data.as_str());
            }
            let is_known =
                known.get(data.as_str()).is_some_and(|(_, known)| compared(&own) == *known);
            if !is_right && !is_known {
                let _ =
                    writeln!(wrong, "#data\n{data}\n#document\n{own}\nexpected: {expected:#?}\n");
            }
        }
        assert!(wrong.is_empty(), "{wrong}");
        assert!(differing.len() * 20 <= all.len(), "{} of {}", differing.len(), all.len());
        for (data, (reason, _)) in known {
            assert!(differing.contains(data), "{data} is no case that differs");
            assert!(!reason.is_empty(), "{data} is another, and nothing says why");
        }
    }
}
