//! Word documents (WordprocessingML, ECMA-376): what they say.
//!
//! `styles` knows which paragraphs are headings, `numbering` what stands before those of lists.
//! Here the text is walked once, in order. What cannot be taken over becomes a [`Loss`] where
//! it stood. Nothing outside the file is ever asked for.

use std::collections::{BTreeMap, HashMap};

use self::{
    numbering::Numbering,
    styles::{Run, Styles, is_on},
};
use super::{
    Refusal,
    archive::Archive,
    block::{
        Blank, BlankSort, Block, Cell, Document, Inline, Look, Loss, Row, Style, Table, add, begin,
        plain,
    },
    field, media,
    symbol::{SymbolFont, symbol},
    xml::{Element, Node},
};
use crate::text::{shorten, wording::counted};

mod numbering;
mod styles;

/// What a part leads to: another part, or an address.
#[derive(Debug, Clone)]
struct Relation {
    kind: String,
    target: String,
    is_outside: bool,
}

type Relations = BTreeMap<String, Relation>;

/// Reads a Word document.
pub(super) fn read(archive: &Archive<'_>) -> Result<Document, Refusal> {
    let package = relations(archive, "");
    let main = package.values().find(|it| it.kind.ends_with("/officeDocument"));
    let main = main.map_or("word/document.xml", |main| main.target.as_str()).to_owned();
    let root = super::part(archive, &main)?;
    let body = root.child("w:body").ok_or(Refusal::Damaged)?;
    let own = relations(archive, &main);
    let of_kind = |end: &str| own.values().find(|it| it.kind.ends_with(end)).map(|it| &*it.target);
    let optional = |end: &str| super::part(archive, of_kind(end)?).ok();
    let styles = optional("/styles").map(|root| Styles::read(&root)).unwrap_or_default();
    let numbering = optional("/numbering").map(|root| Numbering::read(&root)).unwrap_or_default();
    let mut reader = Reader {
        archive,
        relations: own.clone(),
        numbering,
        comments: HashMap::new(),
        notes: HashMap::new(),
        media: HashMap::new(),
        document: Document {
            language: styles.language.clone(),
            usual_size: styles.usual_size(),
            ..Document::default()
        },
        styles,
        fields: Vec::new(),
        deleted: 0,
        inserted: 0,
        hidden: 0,
        numbered_headings: 0,
        contents: 0,
        depth: 0,
    };
    if let Some(root) = optional("/comments") {
        for comment in root.every("w:comment") {
            if let Some(id) = comment.get("w:id") {
                let words = comment.every("w:t").into_iter().map(Element::text);
                reader.comments.insert(id.to_owned(), words.collect::<Vec<_>>().join(""));
            }
        }
    }
    let mut blocks = Vec::new();
    reader.blocks(body, &mut blocks);
    reader.document.blocks = blocks;
    for (end, is_end) in [("/footnotes", false), ("/endnotes", true)] {
        reader.read_notes(of_kind(end), is_end);
    }
    reader.around(&own);
    reader.whole(&package);
    Ok(reader.document)
}

/// What a part of an archive leads to, by id.
fn relations(archive: &Archive<'_>, part: &str) -> Relations {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let slash = if folder.is_empty() { "" } else { "/" };
    let file = format!("{folder}{slash}_rels/{name}.rels");
    let Ok(root) = super::part(archive, &file) else { return Relations::new() };
    let each = root.elements().filter_map(|it| {
        let is_outside = it.get("TargetMode") == Some("External");
        let target = it.get("Target")?;
        let target = if is_outside { target.to_owned() } else { super::joined(folder, target) };
        let kind = it.get("Type").unwrap_or_default().to_owned();
        Some((it.get("Id")?.to_owned(), Relation { kind, target, is_outside }))
    });
    each.collect()
}

/// A field that has begun.
#[derive(Debug, Default)]
struct Field {
    instruction: String,
    form: Option<Blank>,
    is_shown: bool,
    /// Where in the line it began.
    start: usize,
}

struct Reader<'a> {
    archive: &'a Archive<'a>,
    relations: Relations,
    styles: Styles,
    numbering: Numbering,
    comments: HashMap<String, String>,
    /// Which number a note has, by whether it is one of the end, and its id.
    notes: HashMap<(bool, String), usize>,
    media: HashMap<String, Result<usize, Loss>>,
    document: Document,
    fields: Vec<Field>,
    deleted: usize,
    inserted: usize,
    hidden: usize,
    numbered_headings: usize,
    contents: usize,
    depth: usize,
}

/// A paragraph while it is read.
#[derive(Default)]
struct Line {
    words: Vec<Inline>,
    /// What stands in boxes that hang on it.
    boxes: Vec<Block>,
    size: u16,
    is_plain_somewhere: bool,
    is_underlined: bool,
}

/// How deep boxes may stand in boxes.
const DEEPEST_BOX: usize = 8;

impl Reader<'_> {
    fn blocks(&mut self, parent: &Element, out: &mut Vec<Block>) {
        for element in parent.elements() {
            match &*element.name {
                "w:p" => self.paragraph(element, out),
                "w:tbl" => self.table(element, out),
                "w:sdt" => self.block_control(element, out),
                "w:ins" | "w:moveTo" => {
                    self.inserted += 1;
                    self.blocks(element, out);
                }
                "w:del" | "w:moveFrom" => self.deleted += 1,
                "w:smartTag" | "w:customXml" | "w:sdtContent" => self.blocks(element, out),
                "mc:AlternateContent" => {
                    if let Some(chosen) = chosen(element) {
                        self.blocks(chosen, out);
                    }
                }
                "w:altChunk" => {
                    let message = "another document was put in here, and was not read";
                    out.push(Block::Lost(Loss::new(message, "open it, and copy its words")));
                }
                "m:oMathPara" | "m:oMath" => {
                    let mut line = Line::default();
                    formula(element, &mut line);
                    out.push(Block::paragraph(line.words));
                }
                _ => {}
            }
        }
    }

    fn block_control(&mut self, element: &Element, out: &mut Vec<Block>) {
        let about = element.child("w:sdtPr");
        let gallery = about.and_then(|it| it.at(&["w:docPartObj", "w:docPartGallery"]));
        if gallery.and_then(|it| it.get("w:val")) == Some("Table of Contents") {
            self.contents += 1;
            return;
        }
        if let Some(blank) = about.and_then(blank_of) {
            out.push(Block::paragraph(vec![Inline::Blank(blank)]));
        } else if let Some(content) = element.child("w:sdtContent") {
            self.blocks(content, out);
        }
    }

    fn paragraph(&mut self, element: &Element, out: &mut Vec<Block>) {
        let about = element.child("w:pPr");
        let value = |name: &str| about?.child(name)?.get("w:val");
        let style = self.styles.of(value("w:pStyle")).clone();
        let is_contents = |fields: &[Field]| {
            fields.iter().any(|it| it.is_shown && field::is_contents(&it.instruction))
        };
        let was_contents = is_contents(&self.fields);
        for open in &mut self.fields {
            open.start = 0;
        }
        let mut line = Line { is_underlined: true, ..Line::default() };
        self.inlines(element, &style.run, &mut line);
        if was_contents || is_contents(&self.fields) || style.is("toc ") {
            self.contents += usize::from(!was_contents && self.contents == 0);
            line.words.retain(|inline| matches!(inline, Inline::Anchor(_)));
        }
        let outline = value("w:outlineLvl").and_then(|deep| deep.parse().ok()).or(style.outline);
        let heading =
            style.number("heading ").or(outline.filter(|deep| *deep < 9).map(|it| it + 1));
        let list = about.and_then(|it| it.child("w:numPr")).map(|list| {
            let of = |name: &str| list.child(name).and_then(|it| it.get("w:val"));
            let own = of("w:numId").map(str::to_owned);
            let own = own.or_else(|| style.list.as_ref().map(|(id, _)| id.clone()));
            let deep = of("w:ilvl").and_then(|deep| deep.parse().ok()).unwrap_or(0);
            (own.unwrap_or_default(), deep)
        });
        let list =
            list.or_else(|| style.list.clone()).filter(|(id, _)| !id.is_empty() && id != "0");
        let has_words = !super::block::is_empty(&line.words);
        // Word gives a number to an empty paragraph as well, and shows it.
        let mark = match list {
            Some((id, deep)) if has_words => {
                self.numbering.next(&id, deep).map(|mark| (mark, deep))
            }
            _ => None,
        };
        let look = Look {
            size: line.size,
            is_caption: style.is("caption"),
            is_underlined: line.is_underlined && has_words,
        };
        let words = line.words;
        if style.is("title") {
            let title = plain(&words).trim().to_owned();
            if self.document.title.is_none() && !title.is_empty() && out.len() < 12 {
                self.document.title = Some(title);
            } else if has_words {
                out.push(Block::Heading { level: 1, words });
            }
        } else if let Some(level) = heading.filter(|_| has_words) {
            self.numbered_headings += usize::from(mark.is_some());
            out.push(Block::Heading { level, words });
        } else if let Some((mark, deep)) = mark {
            let named = style.number("list bullet").or_else(|| style.number("list number"));
            let level = deep.max(named.map_or(0, |number| number.saturating_sub(1)));
            out.push(Block::Item { level, mark, words });
        } else if has_words || words.iter().any(|it| matches!(it, Inline::Anchor(_))) {
            let block = Block::Paragraph { words, look };
            let before = match out.last() {
                Some(Block::Item { level, .. } | Block::Within { level, .. }) => Some(*level),
                _ => None,
            };
            let named = style.number("list continue").map(|number| number.saturating_sub(1));
            let is_more = named.is_some() || style.is("list paragraph");
            match before.filter(|_| is_more && has_words) {
                Some(level) => {
                    let level = named.unwrap_or(level).min(level);
                    out.push(Block::Within { level, block: Box::new(block) });
                }
                None => out.push(block),
            }
        }
        out.append(&mut line.boxes);
    }

    fn inlines(&mut self, parent: &Element, look: &Run, line: &mut Line) {
        for element in parent.elements() {
            match &*element.name {
                "w:r" => self.run(element, look, line),
                "w:hyperlink" => self.hyperlink(element, look, line),
                "w:ins" | "w:moveTo" => {
                    self.inserted += 1;
                    self.inlines(element, look, line);
                }
                "w:del" | "w:moveFrom" => self.deleted += 1,
                "w:smartTag" | "w:customXml" | "w:sdtContent" | "w:dir" | "w:bdo" => {
                    self.inlines(element, look, line);
                }
                "w:fldSimple" => {
                    let start = begin(&mut line.words);
                    self.inlines(element, look, line);
                    let shown = line.words.split_off(start.min(line.words.len()));
                    let instruction = element.get("w:instr").unwrap_or_default();
                    line.words.extend(field::field(instruction, None, shown));
                }
                "w:sdt" => {
                    let blank = element.child("w:sdtPr").and_then(blank_of);
                    match (blank, element.child("w:sdtContent")) {
                        (Some(blank), _) => line.words.push(Inline::Blank(blank)),
                        (None, Some(content)) => self.inlines(content, look, line),
                        (None, None) => {}
                    }
                }
                "w:bookmarkStart" => {
                    // Word's own marks of where somebody was last.
                    let name = element.get("w:name").filter(|name| *name != "_GoBack");
                    line.words.extend(name.map(|name| Inline::Anchor(name.to_owned())));
                }
                "mc:AlternateContent" => {
                    if let Some(chosen) = chosen(element) {
                        self.inlines(chosen, look, line);
                    }
                }
                "m:oMath" | "m:oMathPara" => formula(element, line),
                _ => {}
            }
        }
    }

    fn hyperlink(&mut self, element: &Element, look: &Run, line: &mut Line) {
        let start = begin(&mut line.words);
        self.inlines(element, look, line);
        let words = line.words.split_off(start.min(line.words.len()));
        let relation = element.get("r:id").and_then(|id| self.relations.get(id));
        let to = relation.map(|relation| relation.target.clone()).unwrap_or_default();
        let to = match element.get("w:anchor") {
            Some(place) => format!("{to}#{place}"),
            None => to,
        };
        if to.is_empty() {
            line.words.extend(words);
        } else {
            line.words.push(Inline::Link { words, to });
        }
    }

    fn run(&mut self, element: &Element, look: &Run, line: &mut Line) {
        let about = element.child("w:rPr");
        let mut own = Run::read(about);
        let style = about.and_then(|it| it.child("w:rStyle")).and_then(|it| it.get("w:val"));
        if let Some(style) = self.styles.run(style) {
            own = own.or(style);
        }
        let own = own.or(look);
        if own.hidden == Some(true) {
            self.hidden += usize::from(!element.every("w:t").is_empty());
            return;
        }
        self.pieces(element, &own, line);
    }

    fn pieces(&mut self, element: &Element, look: &Run, line: &mut Line) {
        for piece in element.elements() {
            match &*piece.name {
                "w:fldChar" => self.field_mark(piece, line),
                "w:instrText" => {
                    if let Some(open) = self.fields.last_mut().filter(|open| !open.is_shown) {
                        open.instruction.push_str(&piece.text());
                    }
                }
                _ if self.fields.iter().any(|open| !open.is_shown) => {}
                "w:t" => text(&piece.text(), look, line),
                "w:tab" | "w:ptab" => text("\t", look, line),
                "w:noBreakHyphen" => text("-", look, line),
                "w:br" if matches!(piece.get("w:type"), Some("page" | "column")) => {}
                "w:br" | "w:cr" => line.words.push(Inline::Break),
                "w:sym" => {
                    let font = piece.get("w:font").and_then(SymbolFont::named);
                    let code = piece.get("w:char").and_then(|c| u32::from_str_radix(c, 16).ok());
                    let c = code.and_then(char::from_u32);
                    match (font, c) {
                        (Some(font), Some(c)) => shown_symbol(font, c, look, line),
                        (None, Some(c)) if !is_private(c) => text(&c.to_string(), look, line),
                        _ => {
                            let message = "a symbol of a special font stood here";
                            line.words.push(Inline::Lost(Loss::new(message, SYMBOL_HINT)));
                        }
                    }
                }
                "w:drawing" => self.drawing(piece, line),
                "w:pict" | "w:object" => self.old_drawing(piece, line),
                "w:footnoteReference" | "w:endnoteReference" => {
                    let is_end = &*piece.name == "w:endnoteReference";
                    if let Some(id) = piece.get("w:id") {
                        let next = self.notes.len();
                        let number = self.notes.entry((is_end, id.to_owned())).or_insert(next);
                        line.words.push(Inline::Note(*number));
                    }
                }
                "w:commentReference" => {
                    let id = piece.get("w:id").unwrap_or_default();
                    let words = self.comments.get(id).map_or("", String::as_str);
                    let message = format!("a comment stood here: “{}”", shorten(words));
                    line.words
                        .push(Inline::Lost(Loss::new(message, "do what it asks, or forget it")));
                }
                "mc:AlternateContent" => {
                    if let Some(chosen) = chosen(piece) {
                        self.pieces(chosen, look, line);
                    }
                }
                "w:ruby" => {
                    if let Some(base) = piece.child("w:rubyBase") {
                        self.inlines(base, look, line);
                    }
                }
                _ => {}
            }
        }
    }

    fn field_mark(&mut self, mark: &Element, line: &mut Line) {
        match mark.get("w:fldCharType") {
            Some("begin") => {
                let form = mark.child("w:ffData").map(form_field);
                let start = begin(&mut line.words);
                self.fields.push(Field { form, start, ..Field::default() });
            }
            Some("separate") => {
                if let Some(open) = self.fields.last_mut() {
                    open.is_shown = true;
                }
            }
            Some("end") => {
                let Some(done) = self.fields.pop() else { return };
                let shown = line.words.split_off(done.start.min(line.words.len()));
                // What begins inside an instruction is never shown.
                if self.fields.iter().any(|open| !open.is_shown) {
                    return;
                }
                if field::is_contents(&done.instruction) {
                    self.contents = self.contents.max(1);
                    return;
                }
                line.words.extend(field::field(&done.instruction, done.form, shown));
            }
            _ => {}
        }
    }

    fn drawing(&mut self, element: &Element, line: &mut Line) {
        let Some(frame) = element.elements().next() else { return };
        let about = frame.child("wp:docPr");
        let said = |about: Option<&Element>| {
            let of = |name: &str| about?.get(name).map(str::trim).filter(|it| !it.is_empty());
            of("descr").or_else(|| of("title")).unwrap_or_default().to_owned()
        };
        let description = said(about);
        let marks = about.map(|it| it.every("adec:decorative")).unwrap_or_default();
        let is_decoration = marks.iter().any(|it| matches!(it.get("val"), Some("1" | "true")));
        let shapes = shapes(frame);
        let name = match about.and_then(|it| it.get("name")).unwrap_or_default() {
            _ if !description.is_empty() => format!(" “{}”", shorten(&description)),
            "" => String::new(),
            name => format!(" “{}”", shorten(name)),
        };
        for chart in &shapes.charts {
            let title = chart.get("r:id").and_then(|id| self.relations.get(id)).and_then(|it| {
                let root = super::part(self.archive, &it.target).ok()?;
                let title = root.every("c:title").first()?.text();
                Some(title.trim().to_owned()).filter(|title| !title.is_empty())
            });
            let name = title.map_or(name.clone(), |title| format!(" “{}”", shorten(&title)));
            let message = format!("the chart{name} stood here");
            let hint = "write its numbers as a table: a fence `table` with `chart: bar` draws it";
            line.words.push(Inline::Lost(Loss::new(message, hint)));
        }
        for diagram in &shapes.diagrams {
            let part = diagram.get("r:dm").and_then(|id| self.relations.get(id));
            let root = part.and_then(|it| super::part(self.archive, &it.target).ok());
            let words = root.map(|root| {
                let each = root.every("a:t").into_iter().map(|it| it.text().trim().to_owned());
                each.filter(|it| !it.is_empty()).collect::<Vec<_>>().join("; ")
            });
            let words = words.filter(|words| !words.is_empty());
            let words = words.map(|words| format!(", which said: {words}")).unwrap_or_default();
            let message = format!("the SmartArt drawing{name} stood here{words}");
            line.words.push(Inline::Lost(Loss::new(message, "write what it says as a list")));
        }
        let is_alone = shapes.pictures.len() == 1;
        for picture in &shapes.pictures {
            let own = said(picture.at(&["pic:nvPicPr", "pic:cNvPr"]));
            let description =
                if is_alone && !description.is_empty() { description.clone() } else { own };
            let blip = picture.every("a:blip").first().copied();
            let id = blip.and_then(|blip| blip.get("r:embed").or_else(|| blip.get("r:link")));
            self.picture(id.unwrap_or_default(), description, is_decoration, line);
        }
        self.boxes(&shapes.boxes, line);
        let is_other = shapes.is_empty() && (shapes.has_drawn || !description.is_empty());
        if is_other && !is_decoration && !description.is_empty() {
            let message = format!("the drawing{name} stood here");
            let hint = "say in words what it shows, or save it as a picture";
            line.words.push(Inline::Lost(Loss::new(message, hint)));
        }
    }

    /// Drawings as older versions write them (VML), and things of other programs.
    fn old_drawing(&mut self, element: &Element, line: &mut Line) {
        if let Some(object) = element.every("o:OLEObject").first() {
            let program = object.get("ProgID").unwrap_or("another program");
            let message = format!("something made with {} stood here", shorten(program));
            let hint = "write what it shows: a table as a table, a formula in words";
            line.words.push(Inline::Lost(Loss::new(message, hint)));
            return;
        }
        let shapes = shapes(element);
        for picture in &shapes.old_pictures {
            let id = picture.get("r:id").or_else(|| picture.get("r:href")).unwrap_or_default();
            let shape = element.every("v:shape");
            let said = shape.iter().find_map(|shape| shape.get("alt")).unwrap_or_default();
            self.picture(id, said.to_owned(), false, line);
        }
        self.boxes(&shapes.boxes, line);
    }

    fn boxes(&mut self, boxes: &[&Element], line: &mut Line) {
        if self.depth >= DEEPEST_BOX {
            return;
        }
        self.depth += 1;
        for inner in boxes {
            let mut blocks = Vec::new();
            let open = std::mem::take(&mut self.fields);
            self.blocks(inner, &mut blocks);
            self.fields = open;
            if !blocks.is_empty() {
                line.boxes.push(Block::Aside(blocks));
            }
        }
        self.depth -= 1;
    }

    fn picture(&mut self, id: &str, description: String, is_decoration: bool, line: &mut Line) {
        let Some(relation) = self.relations.get(id).cloned() else {
            let message = "a picture stood here that is not in the file";
            let hint = "save it beside the page and put it in";
            line.words.push(Inline::Lost(Loss::new(message, hint)));
            return;
        };
        if relation.is_outside {
            let loss = field::remote_picture(&relation.target);
            line.words.push(Inline::Lost(media::with_description(loss, &description)));
            return;
        }
        let known = self.media.get(&relation.target).cloned();
        let taken = known.unwrap_or_else(|| {
            let bytes = self.archive.read(&relation.target);
            let taken = media::picture(bytes.ok(), &relation.target);
            let taken = taken.map(|picture| {
                self.document.pictures.push(picture);
                self.document.pictures.len() - 1
            });
            self.media.insert(relation.target.clone(), taken.clone());
            taken
        });
        line.words.push(match taken {
            Ok(number) => Inline::Picture { number, description, is_decoration },
            Err(loss) => Inline::Lost(media::with_description(loss, &description)),
        });
    }

    fn table(&mut self, element: &Element, out: &mut Vec<Block>) {
        let mut table = Table::default();
        let mut open: Vec<&Element> = element.elements().collect();
        open.reverse();
        while let Some(part) = open.pop() {
            match &*part.name {
                "w:sdt" | "w:sdtContent" | "w:customXml" | "w:ins" => {
                    let inner: Vec<&Element> = part.elements().collect();
                    open.extend(inner.into_iter().rev());
                }
                "w:tr" => {
                    let about = part.child("w:trPr");
                    if about.is_some_and(|it| it.child("w:del").is_some()) {
                        self.deleted += 1;
                        continue;
                    }
                    let head = about.and_then(|it| it.child("w:tblHeader"));
                    let mut row = Row { is_head: head.is_some_and(is_on), cells: Vec::new() };
                    self.cells(part, &mut row);
                    table.rows.push(row);
                }
                _ => {}
            }
        }
        if !table.rows.is_empty() {
            out.push(Block::Table(table));
        }
    }

    fn cells(&mut self, row: &Element, out: &mut Row) {
        for part in row.elements() {
            match &*part.name {
                "w:sdt" | "w:sdtContent" | "w:customXml" => self.cells(part, out),
                "w:tc" => {
                    let about = part.child("w:tcPr");
                    let wide = about.and_then(|it| it.child("w:gridSpan")?.get("w:val"));
                    let down = about.and_then(|it| it.child("w:vMerge"));
                    let goes_on = down.is_some_and(|it| it.get("w:val") != Some("restart"));
                    let mut blocks = Vec::new();
                    self.blocks(part, &mut blocks);
                    let wide = wide.and_then(|wide| wide.parse().ok()).unwrap_or(1);
                    out.cells.push(Cell { blocks, wide, goes_on });
                }
                _ => {}
            }
        }
    }

    fn read_notes(&mut self, part: Option<&str>, is_end: bool) {
        let wanted: Vec<(String, usize)> = self
            .notes
            .iter()
            .filter(|((end, _), _)| *end == is_end)
            .map(|((_, id), number)| (id.clone(), *number))
            .collect();
        let last = self.notes.len();
        self.document.notes.resize_with(last, Vec::new);
        let Some(root) = part.and_then(|part| super::part(self.archive, part).ok()) else { return };
        let name = if is_end { "w:endnote" } else { "w:footnote" };
        let relations = part.map(|part| relations(self.archive, part)).unwrap_or_default();
        let own = std::mem::replace(&mut self.relations, relations);
        for note in root.elements().filter(|it| &*it.name == name) {
            let number = wanted.iter().find(|(id, _)| note.get("w:id") == Some(id));
            if let Some((_, number)) = number {
                let mut blocks = Vec::new();
                self.fields.clear();
                self.blocks(note, &mut blocks);
                self.document.notes[*number] = blocks;
            }
        }
        self.relations = own;
    }

    /// What stands round each page.
    fn around(&mut self, relations: &Relations) {
        let mut said = Vec::new();
        for (end, place) in [("/header", "top"), ("/footer", "bottom")] {
            for part in relations.values().filter(|it| it.kind.ends_with(end)) {
                let Ok(root) = super::part(self.archive, &part.target) else { continue };
                let words: String = root.every("w:t").into_iter().map(Element::text).collect();
                let words = words.trim().to_owned();
                let is_number = words.to_lowercase().replace("page", "").replace("of", "");
                let is_number = is_number.chars().all(|c| !c.is_alphabetic());
                if !is_number && !said.contains(&(place, words.clone())) {
                    said.push((place, words));
                }
            }
        }
        for (place, words) in said {
            let message = format!("“{}” stood at the {place} of each page", shorten(&words));
            let hint = "a web page has no such place; write it into the text if it matters";
            self.document.lost.push(Loss::new(message, hint));
        }
    }

    /// What is about the whole document.
    fn whole(&mut self, package: &Relations) {
        let core = package.values().find(|it| it.kind.ends_with("/core-properties"));
        if let Some(root) = core.and_then(|it| super::part(self.archive, &it.target).ok()) {
            let text = |name: &str| root.child(name).map(|it| it.text().trim().to_owned());
            self.document.property = text("dc:title").filter(|title| !title.is_empty());
            let language = text("dc:language").filter(|language| !language.is_empty());
            self.document.language = self.document.language.take().or(language);
        }
        let mut lost = Vec::new();
        let mut say = |number: usize, one: &str, many: &str, hint| {
            if number > 0 {
                lost.push(Loss::new(counted(number, one, many), hint));
            }
        };
        say(
            self.deleted,
            "part that somebody had crossed out with “track changes” was left out",
            "parts that somebody had crossed out with “track changes” were left out",
            "accept or refuse the changes in Word if you want to be sure",
        );
        say(
            self.inserted,
            "part that somebody had added with “track changes” was kept",
            "parts that somebody had added with “track changes” were kept",
            "look whether they were agreed",
        );
        say(
            self.hidden,
            "piece of hidden text was left out",
            "pieces of hidden text were left out",
            "show hidden text in Word if you want to read it",
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
        if self.archive.names().any(|name| name.ends_with("vbaProject.bin")) {
            lost.push(Loss::new(
                "the macros of this document were left out",
                "nothing runs them here",
            ));
        }
        self.document.lost.splice(0..0, lost);
    }
}

const SYMBOL_HINT: &str = "say in words what it shows";

fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}')
}

/// Of two ways to draw the same, the newer.
fn chosen(element: &Element) -> Option<&Element> {
    let choice = element.elements().find(|it| &*it.name == "mc:Choice" && !it.children.is_empty());
    choice.or_else(|| element.child("mc:Fallback"))
}

fn text(words: &str, look: &Run, line: &mut Line) {
    if let Some(font) = look.font.as_deref().and_then(SymbolFont::named) {
        words.chars().for_each(|c| shown_symbol(font, c, look, line));
        return;
    }
    push(words, look, line);
}

fn push(words: &str, look: &Run, line: &mut Line) {
    let style = Style {
        is_bold: look.bold == Some(true),
        is_italic: look.italic == Some(true),
        is_struck: look.struck == Some(true),
        raised: look.raised.flatten(),
    };
    if !words.trim().is_empty() {
        let size = look.size.unwrap_or(0);
        line.size = if line.is_plain_somewhere { line.size.min(size) } else { size };
        line.is_plain_somewhere = true;
        line.is_underlined &= look.underlined == Some(true);
    }
    add(&mut line.words, words, style);
}

fn shown_symbol(font: SymbolFont, c: char, look: &Run, line: &mut Line) {
    match symbol(font, c) {
        Ok(shown) => push(shown.encode_utf8(&mut [0; 4]), look, line),
        Err(name) => {
            let message = format!("the symbol {name} stood here");
            line.words.push(Inline::Lost(Loss::new(message, SYMBOL_HINT)));
        }
    }
}

/// The letters and signs of a formula, in a row.
fn formula(element: &Element, line: &mut Line) {
    let words: String = element.every("m:t").into_iter().map(Element::text).collect();
    let message = format!("the formula “{}” is no longer drawn as one", shorten(&words));
    line.words.push(Inline::text(words));
    line.words.push(Inline::Lost(Loss::new(message, "say in words how it is worked out")));
}

/// What a content control asks for, when nobody has filled it in.
fn blank_of(about: &Element) -> Option<Blank> {
    let value = |name: &str| about.child(name).and_then(|it| it.get("w:val"));
    let name = value("w:alias").or_else(|| value("w:tag")).unwrap_or_default();
    let label = name.replace('_', " ").trim().to_owned();
    if about.child("w14:checkbox").is_some() {
        return Some(Blank { label, sort: BlankSort::Tick });
    }
    let is_empty = about.child("w:showingPlcHdr").is_some_and(is_on);
    if !is_empty {
        return None;
    }
    let list = about.child("w:dropDownList").or_else(|| about.child("w:comboBox"));
    let sort = if about.child("w:date").is_some() {
        BlankSort::Day
    } else if let Some(list) = list {
        let items = list.elements().filter(|it| !it.get("w:value").unwrap_or_default().is_empty());
        let items = items.filter_map(|it| it.get("w:displayText").or_else(|| it.get("w:value")));
        BlankSort::Choice(items.map(|it| it.trim().to_owned()).collect())
    } else {
        BlankSort::Words
    };
    Some(Blank { label, sort })
}

/// What a field of an old form asks for.
fn form_field(about: &Element) -> Blank {
    let value = |name: &str| {
        let value = about.child(name).and_then(|it| it.get("w:val").map(str::trim));
        value.filter(|value| !value.is_empty())
    };
    let named = value("w:name").filter(|name| {
        let plain = name.trim_end_matches(|c: char| c.is_ascii_digit());
        !matches!(plain, "Text" | "Check" | "Dropdown")
    });
    let label = value("w:statusText").or_else(|| value("w:helpText")).or(named);
    let kind = about.at(&["w:textInput", "w:type"]).and_then(|it| it.get("w:val"));
    let list = about.child("w:ddList");
    let sort = if about.child("w:checkBox").is_some() {
        BlankSort::Tick
    } else if let Some(list) = list {
        let items = list.elements().filter(|it| &*it.name == "w:listEntry");
        BlankSort::Choice(items.filter_map(|it| Some(it.get("w:val")?.to_owned())).collect())
    } else if kind == Some("date") {
        BlankSort::Day
    } else {
        BlankSort::Words
    };
    Blank { label: label.unwrap_or_default().replace('_', " "), sort }
}

/// What is drawn in a frame, without what stands in its boxes.
#[derive(Default)]
struct Shapes<'e> {
    pictures: Vec<&'e Element>,
    old_pictures: Vec<&'e Element>,
    boxes: Vec<&'e Element>,
    charts: Vec<&'e Element>,
    diagrams: Vec<&'e Element>,
    has_drawn: bool,
}

impl Shapes<'_> {
    fn is_empty(&self) -> bool {
        self.pictures.is_empty()
            && self.boxes.is_empty()
            && self.charts.is_empty()
            && self.diagrams.is_empty()
    }
}

fn shapes(frame: &Element) -> Shapes<'_> {
    let mut shapes = Shapes::default();
    let mut open = vec![frame];
    while let Some(element) = open.pop() {
        match &*element.name {
            "pic:pic" => shapes.pictures.push(element),
            "v:imagedata" => shapes.old_pictures.push(element),
            "w:txbxContent" => shapes.boxes.push(element),
            "c:chart" => shapes.charts.push(element),
            "dgm:relIds" => shapes.diagrams.push(element),
            "mc:AlternateContent" => open.extend(chosen(element)),
            name => {
                shapes.has_drawn |= name == "wps:wsp";
                let inner = element.children.iter().filter_map(|node| match node {
                    Node::Element(inner) => Some(inner),
                    Node::Text(_) => None,
                });
                let inner: Vec<&Element> = inner.collect();
                open.extend(inner.into_iter().rev());
            }
        }
    }
    shapes
}
