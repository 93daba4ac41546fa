//! OpenDocument texts (ODF 1.3, as LibreOffice writes them): what they say.
//!
//! The same as `docx` for another format: one walk, and a [`Loss`] for what is not taken over.

use std::collections::{BTreeMap, HashMap};

use super::{
    Refusal,
    archive::Archive,
    block::{
        Blank, BlankSort, Block, Cell, Document, Inline, Look, Loss, Mark, Raised, Row, Style,
        Table, add, begin, is_empty, plain,
    },
    field, media,
    symbol::{SymbolFont, symbol},
    xml::{Element, Node},
};
use crate::text::{shorten, wording::counted};

/// How often a style may be based on another, and how deep boxes may stand in boxes.
const DEEPEST: usize = 24;
const DEEPEST_BOX: usize = 8;

/// How many cells a file may ask for with one sign.
const MOST_REPEATED: usize = 64;

/// Reads an OpenDocument text.
pub(super) fn read(archive: &Archive<'_>) -> Result<Document, Refusal> {
    if let Ok(manifest) = super::part(archive, "META-INF/manifest.xml")
        && !manifest.every("manifest:encryption-data").is_empty()
    {
        return Err(Refusal::Locked);
    }
    let content = super::part(archive, "content.xml")?;
    let other = super::part(archive, "styles.xml").ok();
    let body = content.at(&["office:body", "office:text"]).ok_or(Refusal::NotText)?;
    let mut styles = Styles::default();
    for root in other.iter().chain([&content]) {
        styles.add(root);
    }
    let mut reader = Reader {
        archive,
        document: Document { usual_size: styles.usual(), ..Document::default() },
        styles,
        counts: HashMap::new(),
        media: BTreeMap::new(),
        depth: 0,
        numbered_headings: 0,
        contents: 0,
        hidden: 0,
    };
    let mut blocks = Vec::new();
    reader.blocks(body, &mut blocks);
    reader.document.blocks = blocks;
    reader.whole(body, other.as_ref());
    Ok(reader.document)
}

/// A style, as one element says it.
#[derive(Debug, Clone, Default)]
struct Own {
    parent: Option<String>,
    bold: Option<bool>,
    italic: Option<bool>,
    struck: Option<bool>,
    /// Where it stands above or below the line; on the line where that is said.
    raised: Option<Option<Raised>>,
    underlined: Option<bool>,
    hidden: Option<bool>,
    size: Option<u16>,
    font: Option<String>,
    outline: Option<u8>,
    name: String,
}

#[derive(Debug, Default)]
struct Styles {
    all: HashMap<(String, String), Own>,
    fonts: HashMap<String, String>,
    /// What each level of a list has before its items.
    lists: HashMap<String, BTreeMap<usize, Level>>,
}

#[derive(Debug, Clone, Copy)]
struct Level {
    is_bullet: bool,
    has_mark: bool,
    start: u32,
    is_plain: bool,
}

impl Styles {
    fn add(&mut self, root: &Element) {
        for font in root.every("style:font-face") {
            if let (Some(name), Some(family)) =
                (font.get("style:name"), font.get("svg:font-family"))
            {
                self.fonts.insert(name.to_owned(), family.to_owned());
            }
        }
        for element in root.every("style:default-style") {
            let family = element.get("style:family").unwrap_or_default();
            self.all.insert((family.to_owned(), String::new()), self.own(element));
        }
        for element in root.every("style:style") {
            let (Some(name), Some(family)) =
                (element.get("style:name"), element.get("style:family"))
            else {
                continue;
            };
            let own = self.own(element);
            self.all.insert((family.to_owned(), name.to_owned()), own);
        }
        for element in root.every("text:list-style") {
            let Some(name) = element.get("style:name") else { continue };
            let levels = element.elements().filter_map(|level| {
                let deep = level.get("text:level")?.parse().ok()?;
                let form = level.get("style:num-format").unwrap_or_default();
                let shown = level.get("text:display-levels").unwrap_or("1");
                let is_bullet = level.name.ends_with("-bullet") || level.name.ends_with("-image");
                let start = level.get("text:start-value").and_then(|start| start.parse().ok());
                let is_plain = form == "1" && shown == "1";
                let has_mark = is_bullet || !form.is_empty();
                Some((deep, Level { is_bullet, has_mark, start: start.unwrap_or(1), is_plain }))
            });
            self.lists.insert(name.to_owned(), levels.collect());
        }
    }

    fn own(&self, element: &Element) -> Own {
        let text = element.child("style:text-properties");
        let get = |name: &str| text.and_then(|text| text.get(name));
        let is_line = |name: &str| get(name).map(|kind| kind != "none");
        let size =
            get("fo:font-size").and_then(|size| size.strip_suffix("pt")?.parse::<f32>().ok());
        let font = get("style:font-name").and_then(|name| self.fonts.get(name).cloned());
        let shown = element.get("style:display-name").or_else(|| element.get("style:name"));
        Own {
            parent: element.get("style:parent-style-name").map(str::to_owned),
            bold: get("fo:font-weight").map(|weight| {
                weight == "bold" || weight.parse().is_ok_and(|weight: u16| weight >= 600)
            }),
            italic: get("fo:font-style").map(|style| style != "normal"),
            struck: is_line("style:text-line-through-style"),
            raised: get("style:text-position").map(|place| {
                let place = place.trim();
                match place.split(' ').next() {
                    Some("super") => Some(Raised::Above),
                    Some("sub") => Some(Raised::Below),
                    Some(by) if by.starts_with('-') => Some(Raised::Below),
                    Some(by) if by != "0%" && by.ends_with('%') => Some(Raised::Above),
                    _ => None,
                }
            }),
            underlined: is_line("style:text-underline-style"),
            hidden: get("text:display").map(|display| display == "none"),
            size: size.map(|size| (size.clamp(0.0, 1000.0) * 2.0) as u16),
            font: font.or_else(|| get("fo:font-family").map(str::to_owned)),
            outline: element.get("style:default-outline-level").and_then(|deep| deep.parse().ok()),
            name: shown.unwrap_or_default().replace("_20_", " ").to_lowercase(),
        }
    }

    /// A style with all that it has from those before it, and their names.
    fn of(&self, family: &str, name: Option<&str>) -> (Own, Vec<String>) {
        let (mut all, mut names) = (Own::default(), Vec::new());
        let mut next = name.map(str::to_owned);
        for _ in 0..DEEPEST {
            let key = (family.to_owned(), next.clone().unwrap_or_default());
            let Some(own) = self.all.get(&key) else { break };
            names.push(own.name.clone());
            all.bold = all.bold.or(own.bold);
            all.italic = all.italic.or(own.italic);
            all.struck = all.struck.or(own.struck);
            all.raised = all.raised.or(own.raised);
            all.underlined = all.underlined.or(own.underlined);
            all.hidden = all.hidden.or(own.hidden);
            all.size = all.size.or(own.size);
            all.font = all.font.take().or_else(|| own.font.clone());
            all.outline = all.outline.or(own.outline);
            if next.is_none() {
                break;
            }
            // At the end of the line stands what holds for all.
            next = own.parent.clone();
        }
        (all, names)
    }

    fn usual(&self) -> u16 {
        let standard = self.of("paragraph", Some("Standard")).0.size;
        standard.or_else(|| self.of("paragraph", None).0.size).unwrap_or(24)
    }
}

struct Reader<'a> {
    archive: &'a Archive<'a>,
    document: Document,
    styles: Styles,
    /// How far each list has counted, by level.
    counts: HashMap<String, BTreeMap<usize, u32>>,
    media: BTreeMap<String, Result<usize, Loss>>,
    depth: usize,
    numbered_headings: usize,
    contents: usize,
    hidden: usize,
}

/// A paragraph while it is read.
#[derive(Default)]
struct Line {
    words: Vec<Inline>,
    boxes: Vec<Block>,
    size: Option<u16>,
    is_underlined: bool,
}

impl Reader<'_> {
    fn blocks(&mut self, parent: &Element, out: &mut Vec<Block>) {
        for element in parent.elements() {
            match &*element.name {
                "text:h" | "text:p" => self.paragraph(element, None, out),
                "text:list" => self.list(element, "", 0, out),
                "table:table" => self.table(element, out),
                "text:table-of-content" | "text:alphabetical-index" | "text:illustration-index" => {
                    self.contents += 1;
                }
                "text:section" | "text:index-body" | "text:numbered-paragraph" => {
                    self.blocks(element, out);
                }
                "draw:frame" | "draw:g" | "draw:custom-shape" | "draw:rect" => {
                    let mut line = Line::default();
                    self.drawing(element, &mut line);
                    if !line.words.is_empty() {
                        out.push(Block::paragraph(line.words));
                    }
                    out.append(&mut line.boxes);
                }
                _ => {}
            }
        }
    }

    fn list(&mut self, list: &Element, above: &str, level: u8, out: &mut Vec<Block>) {
        let style = list.get("text:style-name").unwrap_or(above).to_owned();
        let goes_on = list.get("text:continue-numbering") == Some("true")
            || list.get("text:continue-list").is_some();
        let deep = usize::from(level) + 1;
        if !goes_on && let Some(counts) = self.counts.get_mut(&style) {
            counts.retain(|other, _| *other < deep);
        }
        for item in list.elements() {
            let is_header = &*item.name == "text:list-header";
            let start = item.get("text:start-value").and_then(|start| start.parse::<u32>().ok());
            let mut is_first = !is_header;
            for part in item.elements() {
                match &*part.name {
                    "text:p" | "text:h" if is_first => {
                        is_first = false;
                        let mark = self.mark(&style, deep, start);
                        self.paragraph(part, mark.map(|mark| (mark, level)), out);
                    }
                    "text:list" if level < 30 => self.list(part, &style, level + 1, out),
                    _ => {
                        let mut inner = Vec::new();
                        self.each(part, &mut inner);
                        out.extend(
                            inner
                                .into_iter()
                                .map(|it| Block::Within { level, block: Box::new(it) }),
                        );
                    }
                }
            }
        }
    }

    /// One block of an item.
    fn each(&mut self, element: &Element, out: &mut Vec<Block>) {
        match &*element.name {
            "text:p" | "text:h" => self.paragraph(element, None, out),
            "table:table" => self.table(element, out),
            _ => self.blocks(element, out),
        }
    }

    fn mark(&mut self, style: &str, deep: usize, start: Option<u32>) -> Option<Mark> {
        let level = self.styles.lists.get(style).and_then(|levels| levels.get(&deep)).copied();
        let Some(level) = level else { return Some(Mark::Bullet) };
        let counts = self.counts.entry(style.to_owned()).or_default();
        let next = counts.get(&deep).map(|before| before.saturating_add(1));
        let value = start.or(next).unwrap_or(level.start);
        counts.retain(|other, _| *other <= deep);
        counts.insert(deep, value);
        match level {
            Level { has_mark: false, .. } => None,
            Level { is_bullet: true, .. } => Some(Mark::Bullet),
            Level { is_plain, .. } => Some(Mark::Number { value, is_plain }),
        }
    }

    fn paragraph(&mut self, element: &Element, mark: Option<(Mark, u8)>, out: &mut Vec<Block>) {
        let (own, names) = self.styles.of("paragraph", element.get("text:style-name"));
        let mut line = Line { is_underlined: true, ..Line::default() };
        self.inlines(element, &own, &mut line);
        let is = |start: &str| names.iter().any(|name| name.starts_with(start));
        let number = |start: &str| -> Option<u8> {
            names.iter().find_map(|name| name.strip_prefix(start)?.trim().parse().ok())
        };
        let above = match out.last() {
            Some(Block::Item { level, .. } | Block::Within { level, .. }) => Some(*level),
            _ => None,
        };
        let outline = element.get("text:outline-level").and_then(|deep| deep.parse().ok());
        let level: Option<u8> = match &*element.name {
            "text:h" => outline.or(own.outline).or(Some(1)),
            _ => own.outline.filter(|_| is("heading")),
        };
        let words = line.words;
        let has_words = !is_empty(&words);
        let look = Look {
            size: line.size.unwrap_or(0),
            is_caption: is("caption")
                || is("table") && !is("table contents") && !is("table heading")
                || is("figure")
                || is("illustration"),
            is_underlined: line.is_underlined && has_words,
        };
        if names.first().is_some_and(|name| name.starts_with("contents ")) && level.is_none() {
            self.contents += 1;
        } else if is("title") && self.document.title.is_none() && has_words {
            self.document.title = Some(plain(&words).trim().to_owned());
        } else if let Some(level) = level.filter(|level| *level > 0 && has_words) {
            self.numbered_headings += usize::from(matches!(mark, Some((Mark::Number { .. }, _))));
            out.push(Block::Heading { level, words });
        } else if let Some((mark, level)) = mark.filter(|_| has_words) {
            // As Word, whose styles for deeper items are lists of their own.
            let named = number("list bullet ").or_else(|| number("list number "));
            let level = level.max(named.map_or(0, |number| number.saturating_sub(1)));
            out.push(Block::Item { level, mark, words });
        } else if let Some(level) = above.filter(|_| is("list continue") && has_words) {
            out.push(Block::Within { level, block: Box::new(Block::Paragraph { words, look }) });
        } else if has_words || words.iter().any(|it| matches!(it, Inline::Anchor(_))) {
            out.push(Block::Paragraph { words, look });
        }
        out.append(&mut line.boxes);
    }

    fn inlines(&mut self, parent: &Element, look: &Own, line: &mut Line) {
        for node in &parent.children {
            match node {
                // A line end in the file is a space.
                Node::Text(words) => text(&words.replace(['\n', '\r'], " "), look, line),
                Node::Element(element) => self.inline(element, look, line),
            }
        }
    }

    fn inline(&mut self, element: &Element, look: &Own, line: &mut Line) {
        let lost = |line: &mut Line, message: String, hint| {
            line.words.push(Inline::Lost(Loss::new(message, hint)));
        };
        let blank = |line: &mut Line, label: &str, sort| {
            let label = label.replace('_', " ").trim_matches(['<', '>']).trim().to_owned();
            line.words.push(Inline::Blank(Blank { label, sort }));
        };
        match &*element.name {
            "text:span" => {
                let (own, _) = self.styles.of("text", element.get("text:style-name"));
                if own.hidden == Some(true) {
                    self.hidden += 1;
                    return;
                }
                let own = Own {
                    bold: own.bold.or(look.bold),
                    italic: own.italic.or(look.italic),
                    struck: own.struck.or(look.struck),
                    raised: own.raised.or(look.raised),
                    underlined: own.underlined.or(look.underlined),
                    size: own.size.or(look.size),
                    font: own.font.or_else(|| look.font.clone()),
                    ..Own::default()
                };
                self.inlines(element, &own, line);
            }
            "text:s" => text(" ", look, line),
            "text:tab" => text("\t", look, line),
            "text:line-break" => line.words.push(Inline::Break),
            "text:a" => {
                let start = begin(&mut line.words);
                self.inlines(element, look, line);
                let words = line.words.split_off(start.min(line.words.len()));
                let to = element.get("xlink:href").unwrap_or_default();
                // LibreOffice says of what kind a place is: `#Notes|outline`.
                let to =
                    to.split_once('|').filter(|_| to.starts_with('#')).map_or(to, |(to, _)| to);
                line.words.push(Inline::Link { words, to: to.to_owned() });
            }
            "text:bookmark" | "text:bookmark-start" | "text:reference-mark-start" => {
                let name = element.get("text:name").map(str::to_owned);
                line.words.extend(name.map(Inline::Anchor));
            }
            "text:note" => {
                let mut blocks = Vec::new();
                if let Some(body) = element.child("text:note-body") {
                    self.blocks(body, &mut blocks);
                }
                self.document.notes.push(blocks);
                line.words.push(Inline::Note(self.document.notes.len() - 1));
            }
            "office:annotation" => {
                let paragraphs = element.elements().filter(|it| it.name.starts_with("text:"));
                let words: Vec<String> = paragraphs.map(Element::text).collect();
                let message = format!("a comment stood here: “{}”", shorten(&words.join(" ")));
                lost(line, message, "do what it asks, or forget it");
            }
            "draw:frame" | "draw:g" | "draw:custom-shape" | "draw:rect" | "draw:line"
            | "draw:ellipse" => self.drawing(element, line),
            "draw:a" => self.inlines(element, look, line),
            "draw:control" => {
                let message = "a field of a form stood here".to_owned();
                lost(line, message, "write what it asks for");
            }
            "text:placeholder" => {
                let said = element.get("text:description").filter(|said| !said.is_empty());
                blank(line, said.unwrap_or(&element.text()), BlankSort::Words);
            }
            "text:text-input" => {
                let said = element.get("text:description").unwrap_or_default();
                blank(line, said, BlankSort::Words);
            }
            "text:database-display" => {
                let column = element.get("text:column-name").unwrap_or_default();
                blank(line, column, BlankSort::Words);
            }
            "text:drop-down" => {
                let labels = element.elements().filter_map(|it| it.get("text:value"));
                let sort = BlankSort::Choice(labels.map(str::to_owned).collect());
                blank(line, element.get("text:name").unwrap_or_default(), sort);
            }
            "field:fieldmark-start" => {
                let kind = element.get("field:type").unwrap_or_default();
                let name = element.get("text:name").unwrap_or_default();
                let values = element.every("field:param");
                let labels = values.iter().filter(|it| {
                    it.get("field:name").is_some_and(|name| name.contains("ListEntry"))
                });
                let labels = labels.filter_map(|it| it.get("field:value")).map(str::to_owned);
                match kind.rsplit('.').next().unwrap_or_default() {
                    "FORMTEXT" => blank(line, name, BlankSort::Words),
                    "FORMDROPDOWN" => blank(line, name, BlankSort::Choice(labels.collect())),
                    "FORMDATE" => blank(line, name, BlankSort::Day),
                    _ => {}
                }
            }
            "field:fieldmark" => {
                let kind = element.get("field:type").unwrap_or_default();
                if kind.ends_with("FORMCHECKBOX") {
                    blank(line, element.get("text:name").unwrap_or_default(), BlankSort::Tick);
                } else if kind.ends_with("FORMDROPDOWN") {
                    let values = element.every("field:param");
                    let labels = values.iter().filter_map(|it| it.get("field:value"));
                    let labels = labels.filter(|it| it.parse::<u32>().is_err());
                    let sort = BlankSort::Choice(labels.map(str::to_owned).collect());
                    blank(line, element.get("text:name").unwrap_or_default(), sort);
                }
            }
            "loext:content-control" => self.control(element, look, line),
            "text:page-number" | "text:page-count" => {
                let message =
                    format!("the number of a page stood here: “{}”", element.text().trim());
                lost(
                    line,
                    message,
                    "a web page has no such numbers; write the name of the part that is meant",
                );
            }
            "text:date" | "text:time" => {
                let shown = element.text();
                text(&shown, look, line);
                if element.get("text:fixed") != Some("true") {
                    let message =
                        format!("“{}” is a day that the program put in by itself", shorten(&shown));
                    lost(line, message, "write the day that is meant, or take it out");
                }
            }
            "text:hidden-text" | "text:hidden-paragraph" => self.hidden += 1,
            "text:soft-page-break"
            | "text:bookmark-end"
            | "text:note-citation"
            | "text:change-start"
            | "text:change-end"
            | "text:change"
            | "office:annotation-end" => {}
            // Any other field shows words.
            _ => self.inlines(element, look, line),
        }
    }

    fn control(&mut self, element: &Element, look: &Own, line: &mut Line) {
        let get = |name: &str| element.get(name);
        let label = get("loext:alias").or_else(|| get("loext:tag")).unwrap_or_default();
        let label = label.replace('_', " ");
        let is_empty = get("loext:showing-place-holder") == Some("true");
        let sort = if get("loext:checkbox") == Some("true") {
            BlankSort::Tick
        } else if !is_empty {
            return self.inlines(element, look, line);
        } else if get("loext:date") == Some("true") {
            BlankSort::Day
        } else {
            let items = element.elements().filter(|it| &*it.name == "loext:list-item");
            let items: Vec<String> = items
                .filter(|it| !it.get("loext:value").unwrap_or_default().is_empty())
                .filter_map(|it| it.get("loext:display-text").or_else(|| it.get("loext:value")))
                .map(str::to_owned)
                .collect();
            if items.is_empty() { BlankSort::Words } else { BlankSort::Choice(items) }
        };
        line.words.push(Inline::Blank(Blank { label, sort }));
    }

    fn drawing(&mut self, element: &Element, line: &mut Line) {
        let said = |name: &str| {
            let said = element.child(name).map(|it| it.text().trim().to_owned());
            said.filter(|said| !said.is_empty())
        };
        let description = said("svg:desc").or_else(|| said("svg:title")).unwrap_or_default();
        let name = match description.as_str() {
            "" => element.get("draw:name").unwrap_or_default(),
            said => said,
        };
        let name =
            if name.is_empty() { String::new() } else { format!(" “{}”", shorten(name)) };
        let is_decoration = element.get("loext:decorative") == Some("true");
        if let Some(object) =
            element.child("draw:object").or_else(|| element.child("draw:object-ole"))
        {
            let folder = object.get("xlink:href").unwrap_or_default().trim_start_matches("./");
            let root = super::part(self.archive, &format!("{folder}/content.xml")).ok();
            let body = root.as_ref().and_then(|root| root.child("office:body"));
            let is_chart =
                body.is_some_and(|it| it.elements().any(|it| it.name.ends_with("chart")));
            let (message, hint) = if is_chart {
                (
                    format!("the chart{name} stood here"),
                    "write its numbers as a table: a fence `table` with `chart: bar` draws it",
                )
            } else {
                (
                    format!("something made with another program{name} stood here"),
                    "write what it shows: a table as a table, a formula in words",
                )
            };
            line.words.push(Inline::Lost(Loss::new(message, hint)));
            return;
        }
        if let Some(image) = element.child("draw:image") {
            let to =
                image.get("xlink:href").unwrap_or_default().trim_start_matches("./").to_owned();
            if !self.archive.has(&to) {
                let loss = media::with_description(field::remote_picture(&to), &description);
                line.words.push(Inline::Lost(loss));
                return;
            }
            let known = self.media.get(&to).cloned();
            let taken = known.unwrap_or_else(|| {
                let taken = media::picture(self.archive.read(&to).ok(), &to);
                let taken = taken.map(|picture| {
                    self.document.pictures.push(picture);
                    self.document.pictures.len() - 1
                });
                self.media.insert(to, taken.clone());
                taken
            });
            line.words.push(match taken {
                Ok(number) => Inline::Picture { number, description, is_decoration },
                Err(loss) => Inline::Lost(media::with_description(loss, &description)),
            });
            return;
        }
        if self.depth >= DEEPEST_BOX {
            return;
        }
        self.depth += 1;
        let mut blocks = Vec::new();
        match element.child("draw:text-box") {
            Some(inner) => self.blocks(inner, &mut blocks),
            None => self.blocks(element, &mut blocks),
        }
        self.depth -= 1;
        if !blocks.is_empty() {
            line.boxes.push(Block::Aside(blocks));
        } else if !description.is_empty() && !is_decoration {
            let message = format!("the drawing{name} stood here");
            let hint = "say in words what it shows, or save it as a picture";
            line.words.push(Inline::Lost(Loss::new(message, hint)));
        }
    }

    fn table(&mut self, element: &Element, out: &mut Vec<Block>) {
        let mut table = Table::default();
        let mut open: Vec<(&Element, bool)> = element.elements().map(|it| (it, false)).collect();
        open.reverse();
        while let Some((part, is_head)) = open.pop() {
            match &*part.name {
                "table:table-header-rows" | "table:table-rows" | "table:table-row-group" => {
                    let is_head = is_head || &*part.name == "table:table-header-rows";
                    let inner: Vec<_> = part.elements().map(|it| (it, is_head)).collect();
                    open.extend(inner.into_iter().rev());
                }
                "table:table-row" => {
                    let cells = self.cells(part);
                    table.rows.push(Row { is_head, cells });
                }
                _ => {}
            }
        }
        if !table.rows.is_empty() {
            out.push(Block::Table(table));
        }
    }

    fn cells(&mut self, row: &Element) -> Vec<Cell> {
        let mut cells = Vec::new();
        // How many covered cells belong to the one before them.
        let mut beside = 0_usize;
        for part in row.elements() {
            let number = |name: &str| {
                part.get(name)
                    .and_then(|it| it.parse::<usize>().ok())
                    .unwrap_or(1)
                    .clamp(1, MOST_REPEATED)
            };
            match &*part.name {
                "table:table-cell" => {
                    let wide = number("table:number-columns-spanned");
                    let mut blocks = Vec::new();
                    self.blocks(part, &mut blocks);
                    let cell = Cell { blocks, wide, goes_on: false };
                    beside = wide - 1;
                    cells
                        .extend(std::iter::repeat_n(cell, number("table:number-columns-repeated")));
                }
                "table:covered-table-cell" => {
                    for _ in 0..number("table:number-columns-repeated") {
                        if beside > 0 {
                            beside -= 1;
                        } else {
                            cells.push(Cell { goes_on: true, wide: 1, ..Cell::default() });
                        }
                    }
                }
                _ => {}
            }
        }
        cells
    }

    fn whole(&mut self, body: &Element, styles: Option<&Element>) {
        if let Ok(meta) = super::part(self.archive, "meta.xml")
            && let Some(meta) = meta.child("office:meta")
        {
            let text = |name: &str| meta.child(name).map(|it| it.text().trim().to_owned());
            self.document.property = text("dc:title").filter(|title| !title.is_empty());
            self.document.language = text("dc:language").filter(|it| !it.is_empty());
        }
        let mut lost = Vec::new();
        let mut say = |number: usize, one: &str, many: &str, hint| {
            if number > 0 {
                lost.push(Loss::new(counted(number, one, many), hint));
            }
        };
        let changes = body.child("text:tracked-changes");
        let count = |name: &str| changes.map_or(0, |changes| changes.every(name).len());
        say(
            count("text:deletion"),
            "part that somebody had crossed out with “track changes” was left out",
            "parts that somebody had crossed out with “track changes” were left out",
            "accept or refuse the changes if you want to be sure",
        );
        say(
            count("text:insertion"),
            "part that somebody had added with “track changes” was kept",
            "parts that somebody had added with “track changes” were kept",
            "look whether they were agreed",
        );
        say(
            self.hidden,
            "piece of hidden text was left out",
            "pieces of hidden text were left out",
            "show hidden text in your program if you want to read it",
        );
        say(
            self.numbered_headings,
            "heading had a number, which was left out",
            "headings had numbers, which were left out",
            "where the text says “section 4”, write the name of that part and link to it",
        );
        if self.contents > 0 {
            let message = "the list of contents was left out";
            lost.push(Loss::new(message, "nothing: a page makes its own"));
        }
        let mut said = Vec::new();
        for (name, place) in [("style:header", "top"), ("style:footer", "bottom")] {
            for part in styles.map(|root| root.every(name)).unwrap_or_default() {
                let words = part.text().split_whitespace().collect::<Vec<_>>().join(" ");
                let has_words = words.chars().filter(|c| c.is_alphabetic()).count() > 6;
                if has_words && !said.contains(&(place, words.clone())) {
                    said.push((place, words));
                }
            }
        }
        for (place, words) in said {
            let message = format!("“{}” stood at the {place} of each page", shorten(&words));
            let hint = "a web page has no such place; write it into the text if it matters";
            lost.push(Loss::new(message, hint));
        }
        if self.archive.names().any(|name| {
            name.starts_with("Basic/") && name.ends_with(".xml") && !name.contains("script-l")
        }) {
            lost.push(Loss::new(
                "the macros of this document were left out",
                "nothing runs them here",
            ));
        }
        self.document.lost.splice(0..0, lost);
    }
}

fn text(words: &str, look: &Own, line: &mut Line) {
    let style = Style {
        is_bold: look.bold == Some(true),
        is_italic: look.italic == Some(true),
        is_struck: look.struck == Some(true),
        raised: look.raised.flatten(),
    };
    if !words.trim().is_empty() {
        let size = look.size.unwrap_or(0);
        line.size = Some(line.size.map_or(size, |before| before.min(size)));
        line.is_underlined &= look.underlined == Some(true);
    }
    let Some(font) = look.font.as_deref().and_then(SymbolFont::named) else {
        return add(&mut line.words, words, style);
    };
    for c in words.chars() {
        match symbol(font, c) {
            Ok(shown) => add(&mut line.words, shown.encode_utf8(&mut [0; 4]), style),
            Err(name) => {
                let message = format!("the symbol {name} stood here");
                line.words.push(Inline::Lost(Loss::new(message, "say in words what it shows")));
            }
        }
    }
}
