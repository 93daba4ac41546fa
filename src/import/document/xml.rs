//! The XML of a part as a small tree. The only file that names quick-xml, which reads it.
//!
//! Names are told apart by whose they are (their namespaces), and have the short names that
//! everybody gives them: `w:p`, whatever a file calls them itself. How deep elements stand in
//! each other and how many they are is bounded. No entity is followed but those of XML itself.

use std::{collections::HashMap, sync::Arc};

use quick_xml::{XmlVersion, events::Event, reader::Reader};

/// How deep elements may stand in each other. Documents stand no deeper than about 60.
const DEEPEST: usize = 200;

/// The most elements and pieces of text in one part.
const MOST: usize = 4_000_000;

/// An element.
#[derive(Debug, Default)]
pub(in crate::import) struct Element {
    /// Its name: `w:p`.
    pub(in crate::import) name: Arc<str>,
    attributes: Vec<(Arc<str>, String)>,
    /// What is in it, in order.
    pub(in crate::import) children: Vec<Node>,
}

/// What an element holds.
#[derive(Debug)]
pub(in crate::import) enum Node {
    /// An element.
    Element(Element),
    /// Words.
    Text(String),
}

/// Why a part cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::import) enum Fault {
    /// It is no XML, or ends in the middle.
    Damaged,
    /// It is deeper or longer than any document.
    TooLarge,
}

/// The short names of namespaces, by how their addresses end. Word writes two of each: those
/// of ECMA and those of ISO (“strict”).
#[rustfmt::skip] // a table
const NAMESPACES: &[(&str, &str)] = &[
    ("/wordprocessingml/2006/main", "w"), ("/ooxml/wordprocessingml/main", "w"),
    ("/officeDocument/2006/relationships", "r"), ("/ooxml/officeDocument/relationships", "r"),
    ("/package/2006/relationships", "rel"),
    ("/package/2006/metadata/core-properties", "cp"),
    ("/drawingml/2006/main", "a"), ("/ooxml/drawingml/main", "a"),
    ("/drawingml/2006/wordprocessingDrawing", "wp"), ("/ooxml/drawingml/wordprocessingDrawing", "wp"),
    ("/drawingml/2006/picture", "pic"), ("/ooxml/drawingml/picture", "pic"),
    ("/drawingml/2006/chart", "c"), ("/ooxml/drawingml/chart", "c"),
    ("/drawingml/2006/diagram", "dgm"), ("/ooxml/drawingml/diagram", "dgm"),
    ("/drawing/2017/decorative", "adec"),
    ("/word/2010/wordprocessingShape", "wps"), ("/word/2010/wordprocessingGroup", "wpg"),
    ("/word/2010/wordprocessingCanvas", "wpc"),
    ("/word/2010/wordml", "w14"), ("/word/2012/wordml", "w15"),
    ("/markup-compatibility/2006", "mc"),
    ("/officeDocument/2006/math", "m"), ("/ooxml/officeDocument/math", "m"),
    ("schemas-microsoft-com:vml", "v"), ("schemas-microsoft-com:office:office", "o"),
    ("purl.org/dc/elements/1.1/", "dc"),
    ("opendocument:xmlns:office:1.0", "office"), ("opendocument:xmlns:text:1.0", "text"),
    ("opendocument:xmlns:table:1.0", "table"), ("opendocument:xmlns:drawing:1.0", "draw"),
    ("opendocument:xmlns:style:1.0", "style"), ("opendocument:xmlns:xsl-fo-compatible:1.0", "fo"),
    ("opendocument:xmlns:svg-compatible:1.0", "svg"), ("opendocument:xmlns:form:1.0", "form"),
    ("opendocument:xmlns:manifest:1.0", "manifest"), ("opendocument:xmlns:meta:1.0", "meta"),
    ("/1999/xlink", "xlink"),
    ("office:names:experimental:ooo-ms-interop:xmlns:field:1.0", "field"),
    ("experimental:office:xmlns:loext:1.0", "loext"),
];

fn short(address: &str) -> &'static str {
    let known = NAMESPACES.iter().find(|(end, _)| address.ends_with(end));
    known.map_or("?", |(_, name)| name)
}

/// Reads a part.
pub(in crate::import) fn read(bytes: &[u8]) -> Result<Element, Fault> {
    let text = text_of(bytes);
    let mut tree = Builder { open: vec![Element::default()], ..Builder::default() };
    let mut reader = Reader::from_str(&text);
    reader.config_mut().check_end_names = false;
    loop {
        let event = reader.read_event().map_err(|_| Fault::Damaged)?;
        tree.count += 1;
        if tree.count > MOST {
            return Err(Fault::TooLarge);
        }
        match event {
            Event::Start(tag) => tree.start(&tag)?,
            Event::Empty(tag) => {
                tree.start(&tag)?;
                tree.end();
            }
            Event::End(_) if tree.open.len() > 1 => tree.end(),
            Event::End(_) => return Err(Fault::Damaged),
            Event::Text(text) => tree.text(&text.xml10_content()),
            Event::CData(text) => tree.text(&text.xml10_content()),
            Event::GeneralRef(name) => {
                let is_number = name.is_char_ref();
                let named = || quick_xml::escape::resolve_predefined_entity(&name);
                match name.resolve_char_ref() {
                    Ok(Some(c)) => tree.text(c.encode_utf8(&mut [0; 4])),
                    _ if is_number => {}
                    _ => tree.text(named().unwrap_or_default()),
                }
            }
            Event::Eof => break,
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) | Event::DocType(_) => {}
        }
    }
    if tree.open.len() != 1 {
        return Err(Fault::Damaged);
    }
    let root = tree.open.pop().unwrap_or_default();
    root.into_elements().next().ok_or(Fault::Damaged)
}

/// The text of a part: UTF-8, or UTF-16 with its mark.
fn text_of(bytes: &[u8]) -> String {
    crate::parse::sheet::decode(bytes).0
}

#[derive(Default)]
struct Builder {
    open: Vec<Element>,
    /// What each open element says of prefixes: `w` is `w`.
    prefixes: Vec<Vec<(String, &'static str)>>,
    /// Names that were met, so that each is kept once.
    names: HashMap<String, Arc<str>>,
    count: usize,
}

impl Builder {
    fn start(&mut self, tag: &quick_xml::events::BytesStart<'_>) -> Result<(), Fault> {
        if self.open.len() > DEEPEST {
            return Err(Fault::TooLarge);
        }
        let mut own = Vec::new();
        let mut written = Vec::new();
        for attribute in tag.attributes().with_checks(false) {
            let Ok(attribute) = attribute else { continue };
            let name = attribute.key.as_ref().to_owned();
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            let value = value.unwrap_or_default().into_owned();
            match name.strip_prefix("xmlns") {
                Some("") => own.push((String::new(), short(&value))),
                Some(rest) if rest.starts_with(':') => {
                    own.push((rest[1..].to_owned(), short(&value)));
                }
                _ => written.push((name, value)),
            }
        }
        self.prefixes.push(own);
        let name = tag.name().as_ref().to_owned();
        let name = self.name(&name, true);
        let attributes =
            written.into_iter().map(|(name, value)| (self.name(&name, false), value)).collect();
        self.open.push(Element { name, attributes, children: Vec::new() });
        Ok(())
    }

    fn end(&mut self) {
        self.prefixes.pop();
        if let Some(done) = self.open.pop()
            && let Some(around) = self.open.last_mut()
        {
            around.children.push(Node::Element(done));
        }
    }

    fn text(&mut self, text: &str) {
        let Some(around) = self.open.last_mut() else { return };
        match around.children.last_mut() {
            Some(Node::Text(before)) => before.push_str(text),
            _ => around.children.push(Node::Text(text.to_owned())),
        }
    }

    /// A name with the short name of its namespace. An attribute without one has none.
    fn name(&mut self, written: &str, is_element: bool) -> Arc<str> {
        let (prefix, local) = written.split_once(':').unwrap_or(("", written));
        let known = self.prefixes.iter().rev().flatten().find(|(own, _)| own == prefix);
        let name = match known {
            _ if prefix.is_empty() && !is_element => local.to_owned(),
            _ if prefix == "xml" => written.to_owned(),
            Some((_, short)) => format!("{short}:{local}"),
            None => local.to_owned(),
        };
        let kept = self.names.entry(name).or_insert_with_key(|name| Arc::from(name.as_str()));
        Arc::clone(kept)
    }
}

impl Element {
    /// The value of an attribute.
    pub(in crate::import) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| **own == *name).map(|(_, value)| value.as_str())
    }

    /// The elements directly in it.
    pub(in crate::import) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    fn into_elements(self) -> impl Iterator<Item = Self> {
        self.children.into_iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first element of a name directly in it.
    pub(in crate::import) fn child(&self, name: &str) -> Option<&Self> {
        self.elements().find(|element| *element.name == *name)
    }

    /// The element at the end of a path of names.
    pub(in crate::import) fn at(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |element, name| element.child(name))
    }

    /// Every element of a name in it, however deep, in order.
    pub(in crate::import) fn every<'e>(&'e self, name: &str) -> Vec<&'e Self> {
        let (mut found, mut open) = (Vec::new(), vec![self]);
        while let Some(element) = open.pop() {
            if *element.name == *name {
                found.push(element);
            }
            let inner: Vec<&Self> = element.elements().collect();
            open.extend(inner.into_iter().rev());
        }
        found
    }

    /// All words in it.
    pub(in crate::import) fn text(&self) -> String {
        let (mut out, mut open) = (String::new(), vec![Ok(self)]);
        while let Some(next) = open.pop() {
            match next {
                Ok(element) => open.extend(element.children.iter().rev().map(|node| match node {
                    Node::Element(element) => Ok(element),
                    Node::Text(text) => Err(text.as_str()),
                })),
                Err(text) => out.push_str(text),
            }
        }
        out
    }
}
