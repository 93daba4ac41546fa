//! How much snippets put in. A snippet may put in others, so a few short ones can make a text
//! without an end, or one longer than any disk.

use std::collections::BTreeMap;

use super::{Page, Text};
use crate::{load::LONGEST_TEXT, parse::Inline, text::Span};

/// A page or snippet into which no snippet is put, because the text would be too long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overgrown {
    /// The snippet at which it becomes too long.
    pub name: String,
    /// Where that is put in.
    pub span: Span,
    /// What is wrong with it.
    pub why: Why,
}

/// Why a snippet cannot be put in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// These put each other in, in order.
    Circle(Vec<String>),
    /// The text would have more than [`LONGEST_TEXT`] bytes.
    Long,
    /// There would be more than [`DEEPEST`] snippets inside each other.
    Deep,
}

/// How deep snippets may be put into each other: as deep as quotes and lists.
pub const DEEPEST: usize = 32;

/// The texts that would become too long, by path. A text that is too long only because of
/// another is none of them: nothing is put into that other.
pub(super) fn overgrown(
    snippets: &BTreeMap<String, Text>,
    pages: &[Page],
) -> BTreeMap<String, Overgrown> {
    let mut measure =
        Measure { snippets, known: BTreeMap::new(), open: Vec::new(), overgrown: BTreeMap::new() };
    for id in snippets.keys() {
        measure.snippet(id);
    }
    for page in pages.iter().filter(|page| !page.made) {
        measure.text(&page.text);
    }
    measure.overgrown
}

/// How much a text is with all that is put into it.
#[derive(Debug, Clone, Copy)]
struct Size {
    bytes: u64,
    /// How many snippets are inside each other in it, itself included.
    depth: usize,
}

struct Measure<'a> {
    snippets: &'a BTreeMap<String, Text>,
    /// The snippets that have been measured.
    known: BTreeMap<&'a str, Size>,
    /// Those that are being measured, each put in by the one before.
    open: Vec<&'a str>,
    overgrown: BTreeMap<String, Overgrown>,
}

impl<'a> Measure<'a> {
    fn snippet(&mut self, id: &'a str) -> Size {
        if let Some(size) = self.known.get(id) {
            return *size;
        }
        self.open.push(id);
        let size = self.text(&self.snippets[id]);
        self.open.pop();
        self.known.insert(id, size);
        size
    }

    fn text(&mut self, text: &'a Text) -> Size {
        let path = &text.document.source.path;
        let alone = Size { bytes: text.document.source.text.len() as u64, depth: 1 };
        let mut whole = alone;
        let mut uses: Vec<(&'a str, Span)> = Vec::new();
        text.document.each_inline(&mut |inline| {
            if let Inline::Value(name, span) = inline {
                uses.push((name, *span));
            }
        });
        for (name, span) in uses {
            let Some(id) = self.id(name) else { continue };
            let why = if let Some(from) = self.open.iter().position(|open| *open == id) {
                Some(Why::Circle(self.open[from..].iter().map(|id| (*id).to_owned()).collect()))
            } else if self.open.len() > DEEPEST {
                Some(Why::Deep)
            } else {
                let more = self.snippet(id);
                whole.bytes = whole.bytes.saturating_add(more.bytes);
                whole.depth = whole.depth.max(1 + more.depth);
                let is_deep = (whole.depth > DEEPEST).then_some(Why::Deep);
                is_deep.or((whole.bytes > LONGEST_TEXT).then_some(Why::Long))
            };
            if let Some(why) = why {
                let overgrown = Overgrown { name: name.to_owned(), span, why };
                self.overgrown.insert(path.to_string(), overgrown);
                return alone;
            }
        }
        whole
    }

    /// The snippet that a name stands for. Letters of either case will do.
    fn id(&self, name: &str) -> Option<&'a str> {
        let known = self.snippets.get_key_value(name);
        let known = known.or_else(|| self.snippets.get_key_value(&name.to_lowercase()));
        known.map(|(id, _)| id.as_str())
    }
}
