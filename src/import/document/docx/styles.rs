//! The styles of a Word document: which are headings, which are bold, which are lists.

use std::collections::HashMap;

use super::super::{block::Raised, xml::Element};

/// How often a style may be based on another.
const DEEPEST: usize = 24;

/// How the letters of a run look, where that is said.
#[derive(Debug, Clone, Default)]
pub(super) struct Run {
    pub(super) bold: Option<bool>,
    pub(super) italic: Option<bool>,
    pub(super) struck: Option<bool>,
    /// Where it stands above or below the line; on the line where that is said.
    pub(super) raised: Option<Option<Raised>>,
    pub(super) underlined: Option<bool>,
    pub(super) hidden: Option<bool>,
    pub(super) size: Option<u16>,
    pub(super) font: Option<String>,
}

impl Run {
    pub(super) fn read(element: Option<&Element>) -> Self {
        let Some(element) = element else { return Self::default() };
        let is = |name: &str| element.child(name).map(is_on);
        let fonts = element.child("w:rFonts");
        let font = fonts.and_then(|fonts| fonts.get("w:ascii").or_else(|| fonts.get("w:hAnsi")));
        let underline = element.child("w:u").and_then(|under| under.get("w:val"));
        let size = element.child("w:sz").and_then(|size| size.get("w:val"));
        Self {
            bold: is("w:b"),
            italic: is("w:i"),
            raised: element.child("w:vertAlign").map(|it| match it.get("w:val") {
                Some("superscript") => Some(Raised::Above),
                Some("subscript") => Some(Raised::Below),
                _ => None,
            }),
            struck: is("w:strike").or_else(|| is("w:dstrike")),
            underlined: underline.map(|kind| kind != "none"),
            hidden: is("w:vanish"),
            size: size.and_then(|size| size.parse().ok()),
            font: font.map(str::to_owned),
        }
    }

    /// What is said here, or else what is said by `other`.
    pub(super) fn or(self, other: &Self) -> Self {
        Self {
            bold: self.bold.or(other.bold),
            italic: self.italic.or(other.italic),
            raised: self.raised.or(other.raised),
            struck: self.struck.or(other.struck),
            underlined: self.underlined.or(other.underlined),
            hidden: self.hidden.or(other.hidden),
            size: self.size.or(other.size),
            font: self.font.or_else(|| other.font.clone()),
        }
    }
}

/// Whether a property that can be on or off is on.
pub(super) fn is_on(element: &Element) -> bool {
    !matches!(element.get("w:val"), Some("0" | "false" | "off" | "none"))
}

/// A style, with all that it has from those that it is based on.
#[derive(Debug, Clone, Default)]
pub(super) struct Style {
    /// The names of it and of those that it is based on, in small letters.
    pub(super) names: Vec<String>,
    pub(super) run: Run,
    /// How deep its headings are, from 0.
    pub(super) outline: Option<u8>,
    /// Which list its paragraphs are in, and how deep.
    pub(super) list: Option<(String, u8)>,
}

impl Style {
    /// Whether it is, or is based on, a style whose name begins so.
    pub(super) fn is(&self, beginning: &str) -> bool {
        self.names.iter().any(|name| name.starts_with(beginning))
    }

    /// The number at the end of the first of its names that begins so: 2 of `list bullet 2`.
    pub(super) fn number(&self, beginning: &str) -> Option<u8> {
        let rest = self.names.iter().find_map(|name| name.strip_prefix(beginning))?.trim();
        if rest.is_empty() { Some(1) } else { rest.parse().ok() }
    }
}

/// All styles, by their ids.
#[derive(Debug, Default)]
pub(super) struct Styles {
    all: HashMap<String, Style>,
    /// That of paragraphs which name none.
    usual: Style,
    /// The language of the document.
    pub(super) language: Option<String>,
}

impl Styles {
    pub(super) fn read(root: &Element) -> Self {
        let defaults = root.at(&["w:docDefaults", "w:rPrDefault", "w:rPr"]);
        let language = defaults.and_then(|run| run.child("w:lang")).and_then(|it| it.get("w:val"));
        let first = Run::read(defaults);
        let elements = root.elements().filter(|element| &*element.name == "w:style");
        let by_id: HashMap<&str, &Element> =
            elements.filter_map(|style| Some((style.get("w:styleId")?, style))).collect();
        let mut all = HashMap::new();
        let mut usual = Style { run: first.clone(), ..Style::default() };
        let mut ids: Vec<&str> = by_id.keys().copied().collect();
        ids.sort_unstable();
        for id in ids {
            let style = resolved(id, &by_id, &first);
            let element = by_id[id];
            let is_usual = matches!(element.get("w:default"), Some("1" | "true"));
            if is_usual && element.get("w:type") == Some("paragraph") {
                usual = style.clone();
            }
            all.insert(id.to_owned(), style);
        }
        Self { all, usual, language: language.map(str::to_owned) }
    }

    /// The style of an id, or that of paragraphs which name none.
    pub(super) fn of(&self, id: Option<&str>) -> &Style {
        id.and_then(|id| self.all.get(id)).unwrap_or(&self.usual)
    }

    /// The look of a style of characters.
    pub(super) fn run(&self, id: Option<&str>) -> Option<&Run> {
        Some(&self.all.get(id?)?.run)
    }

    /// The size of ordinary letters, in half points.
    pub(super) fn usual_size(&self) -> u16 {
        self.usual.run.size.unwrap_or(20)
    }
}

fn resolved(id: &str, by_id: &HashMap<&str, &Element>, first: &Run) -> Style {
    let mut style = Style::default();
    let mut next = Some(id);
    let mut is_character = false;
    for _ in 0..DEEPEST {
        let Some(element) = next.and_then(|id| by_id.get(id)) else { break };
        is_character |= element.get("w:type") == Some("character");
        let name = element.child("w:name").and_then(|name| name.get("w:val")).unwrap_or_default();
        style.names.push(name.to_lowercase());
        style.run = style.run.or(&Run::read(element.child("w:rPr")));
        let paragraph = element.child("w:pPr");
        let value = |name: &str| paragraph?.child(name)?.get("w:val");
        style.outline = style.outline.or_else(|| value("w:outlineLvl")?.parse().ok());
        let list = paragraph.and_then(|it| it.child("w:numPr"));
        let list = list.and_then(|list| {
            let deep = list.child("w:ilvl").and_then(|deep| deep.get("w:val")?.parse().ok());
            Some((list.child("w:numId")?.get("w:val")?.to_owned(), deep.unwrap_or(0)))
        });
        style.list = style.list.take().or(list);
        next = element.child("w:basedOn").and_then(|based| based.get("w:val"));
    }
    if !is_character {
        style.run = style.run.or(first);
    }
    style
}
