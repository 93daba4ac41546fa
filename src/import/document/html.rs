//! Web pages, also those that Word and LibreOffice save: what they say.
//!
//! The tree is that of `html`. What stands around the text of a page (menus, headers) is left
//! out where the page says what its text is. Pictures are taken from beside the file, or from
//! the page itself, where base64 unpacks them.

use std::collections::{BTreeMap, HashMap};

use base64::Engine as _;

use super::{
    block::{
        Blank, BlankSort, Block, Cell, Document, Inline, Look, Loss, Mark, Raised, Row, Style,
        Table, add, begin, is_empty, plain,
    },
    field, media,
    symbol::{SymbolFont, symbol},
};
use crate::{
    html::tree::{Node, Tree, tree, value_of},
    text::shorten,
};

/// Gives the bytes of a file beside the page, by the address that the page has for it.
pub(super) type Beside<'a> = &'a dyn Fn(&str) -> Option<Vec<u8>>;

/// Elements whose words nobody reads.
const SILENT: &[&str] =
    &["script", "style", "template", "noscript", "head", "title", "datalist", "button", "map"];

/// Elements that stand around the text of a page.
const AROUND: &[&str] = &["nav", "header", "footer", "aside"];

/// Elements that begin a paragraph of their own.
#[rustfmt::skip]
const BLOCKS: &[&str] = &[
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary",
    "table", "ul",
];

/// Things of other programs, and what they are called.
const FOREIGN: &[(&str, &str)] = &[
    ("iframe", "a part of another website"),
    ("video", "a video"),
    ("audio", "a sound"),
    ("object", "something of another program"),
    ("embed", "something of another program"),
    ("applet", "a program"),
    ("canvas", "a drawing that a script made"),
    ("math", "a formula"),
    ("svg", "a drawing"),
];

/// Reads a web page.
pub(super) fn read(html: &str, beside: Beside<'_>) -> Document {
    let tree = tree(html);
    let mut reader = Reader {
        tree: &tree,
        beside,
        document: Document { usual_size: 24, ..Document::default() },
        media: BTreeMap::new(),
        labels: HashMap::new(),
        notes: BTreeMap::new(),
        line: Vec::new(),
        look: Look::default(),
        has_main: false,
        around: 0,
        hidden: 0,
    };
    reader.whole();
    let mut blocks = Vec::new();
    let (start, end) = reader.text();
    reader.children(start, end, &mut blocks, Style::default());
    reader.end_line(&mut blocks);
    reader.document.blocks = blocks;
    if reader.around > 0 {
        let message = "the menus and other parts around the text were left out";
        let hint = "nothing: the site has its own";
        reader.document.lost.push(Loss::new(message, hint));
    }
    if reader.hidden > 0 {
        let message = "what the page hides was left out";
        reader.document.lost.push(Loss::new(message, "look whether readers need it"));
    }
    reader.document
}

struct Reader<'t, 'a> {
    tree: &'t Tree<'a>,
    beside: Beside<'t>,
    document: Document,
    media: BTreeMap<String, Result<usize, Loss>>,
    /// What labels say, by the id of their field.
    labels: HashMap<String, String>,
    /// Which number a note has, by its name.
    notes: BTreeMap<String, usize>,
    /// The words of the paragraph that is being read.
    line: Vec<Inline>,
    look: Look,
    has_main: bool,
    around: usize,
    hidden: usize,
}

impl<'a> Reader<'_, 'a> {
    fn value(&self, node: &Node<'a>, name: &str) -> Option<&str> {
        value_of(self.tree.attributes_of(node), name)
    }

    fn owned(&self, at: usize, name: &str) -> Option<String> {
        self.value(&self.tree.nodes[at], name).map(str::to_owned)
    }

    /// The words inside a node.
    fn words_in(&self, at: usize) -> String {
        let node = &self.tree.nodes[at];
        let inside = &self.tree.nodes[at..(node.end as usize).min(self.tree.nodes.len())];
        let words: String = inside.iter().map(|node| &*node.text).collect();
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn whole(&mut self) {
        for at in 0..self.tree.nodes.len() {
            let tag = &*self.tree.nodes[at].tag;
            match tag {
                "html" => self.document.language = self.owned(at, "lang"),
                "title" if self.document.property.is_none() => {
                    let title = self.words_in(at);
                    self.document.property = Some(title).filter(|title| !title.is_empty());
                }
                "label" => {
                    if let Some(id) = self.owned(at, "for") {
                        let words = self.words_in(at);
                        self.labels.insert(id, words);
                    }
                }
                _ => {}
            }
        }
    }

    /// The nodes of the text: those of `<main>`, or of the only `<article>`, or of all.
    fn text(&mut self) -> (usize, usize) {
        let nodes = &self.tree.nodes;
        let places = |tag: &str| -> Vec<usize> {
            (0..nodes.len()).filter(|&at| &*nodes[at].tag == tag).collect()
        };
        let main = places("main").first().copied();
        let article = || Some(places("article")).filter(|all| all.len() == 1).map(|all| all[0]);
        match main.or_else(article) {
            Some(at) => {
                self.has_main = true;
                let other = nodes.len() - (nodes[at].end as usize - at);
                self.around += usize::from(other > 40);
                (at + 1, nodes[at].end as usize)
            }
            None => (1.min(nodes.len()), nodes.len()),
        }
    }

    fn children(&mut self, start: usize, end: usize, out: &mut Vec<Block>, style: Style) {
        let mut at = start;
        let end = end.min(self.tree.nodes.len());
        while at < end {
            let next = (self.tree.nodes[at].end as usize).max(at + 1);
            self.node(at, out, style);
            at = next;
        }
    }

    fn inside(&mut self, at: usize, out: &mut Vec<Block>, style: Style) {
        let end = self.tree.nodes[at].end as usize;
        self.children(at + 1, end, out, style);
    }

    fn end_line(&mut self, out: &mut Vec<Block>) {
        let words = std::mem::take(&mut self.line);
        let look = std::mem::take(&mut self.look);
        if !is_empty(&words) || words.iter().any(|it| matches!(it, Inline::Anchor(_))) {
            out.push(Block::Paragraph { words, look });
        }
    }

    /// What is in a node, as words of one line; blocks in it are put behind each other.
    fn line_of(&mut self, at: usize, out: &mut Vec<Block>, style: Style) -> Vec<Inline> {
        self.end_line(out);
        let mut inner = Vec::new();
        self.inside(at, &mut inner, style);
        self.end_line(&mut inner);
        let mut words = Vec::new();
        for block in inner {
            match block {
                Block::Paragraph { words: own, .. } | Block::Heading { words: own, .. } => {
                    if !words.is_empty() {
                        words.push(Inline::Break);
                    }
                    words.extend(own);
                }
                other => out.push(other),
            }
        }
        words
    }

    fn node(&mut self, at: usize, out: &mut Vec<Block>, style: Style) {
        let node = &self.tree.nodes[at];
        if node.tag.is_empty() {
            let words = collapsed(&node.text);
            add(&mut self.line, &words, style);
            return;
        }
        let tag = node.tag.to_string();
        let css = self.value(node, "style").unwrap_or_default().to_ascii_lowercase();
        let css: String = css.chars().filter(|c| !c.is_whitespace() || *c == ' ').collect();
        let css = css.replace(": ", ":");
        if SILENT.contains(&&*tag) || css.contains("mso-list:ignore") || self.is_hidden(at, &css) {
            return;
        }
        if AROUND.contains(&&*tag) && !self.has_main && self.is_around(at) {
            self.around += 1;
            return;
        }
        if let Some((_, name)) = FOREIGN.iter().find(|(foreign, _)| *foreign == tag) {
            let said = self.owned(at, "title").or_else(|| self.owned(at, "aria-label"));
            let source = self.owned(at, "src").unwrap_or_default();
            let said = said.unwrap_or(source);
            let said = if said.is_empty() { said } else { format!(" (“{}”)", shorten(&said)) };
            let message = format!("{name} stood here{said}");
            let hint = "say in words what it shows, or link to it";
            self.line.push(Inline::Lost(Loss::new(message, hint)));
            return;
        }
        let is_block = BLOCKS.contains(&&*tag);
        if is_block {
            self.end_line(out);
        }
        if let Some(id) =
            self.owned(at, "id").or_else(|| self.owned(at, "name").filter(|_| tag == "a"))
        {
            if let Some(name) = note_name(&id, tag == "div" || tag == "li") {
                return self.note(at, &name);
            }
            if !matches!(&*tag, "input" | "select" | "textarea") {
                self.line.push(Inline::Anchor(id));
            }
        }
        let style = styled(style, &tag, &css);
        match &*tag {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let anchors = std::mem::take(&mut self.line);
                let mut words = anchors;
                words.extend(self.line_of(at, out, Style::default()));
                let level = tag.as_bytes()[1] - b'0';
                if is_empty(&words) {
                    out.push(Block::paragraph(words));
                } else {
                    out.push(Block::Heading { level, words });
                }
            }
            "p" | "div" | "center" | "address" | "pre" => self.paragraph(at, &css, out, style),
            "ul" | "ol" | "menu" => self.list(at, 0, out),
            "table" => self.table(at, out),
            "blockquote" => {
                let mut inner = Vec::new();
                self.inside(at, &mut inner, style);
                self.end_line(&mut inner);
                out.push(Block::Aside(inner));
            }
            "dt" | "summary" | "legend" => {
                let words = self.line_of(at, out, Style { is_bold: true, ..style });
                out.push(Block::paragraph(words));
            }
            "figcaption" | "caption" => {
                let words = self.line_of(at, out, style);
                let look = Look { is_caption: true, ..Look::default() };
                out.push(Block::Paragraph { words, look });
            }
            "br" => self.line.push(Inline::Break),
            "img" => self.picture(at),
            "a" => self.link(at, out, style),
            "input" | "select" | "textarea" => self.blank(at, &tag),
            "hr" => {}
            "font" | "span" => {
                let face = self.owned(at, "face").or_else(|| {
                    let (_, rest) = css.split_once("font-family:")?;
                    Some(rest.split([';', ',']).next()?.to_owned())
                });
                match face.as_deref().and_then(SymbolFont::named) {
                    Some(font) => {
                        for c in self.words_in(at).chars() {
                            match symbol(font, c) {
                                Ok(c) => add(&mut self.line, c.encode_utf8(&mut [0; 4]), style),
                                Err(name) => {
                                    let message = format!("the symbol {name} stood here");
                                    let hint = "say in words what it shows";
                                    self.line.push(Inline::Lost(Loss::new(message, hint)));
                                }
                            }
                        }
                    }
                    None => self.inside(at, out, style),
                }
            }
            _ => self.inside(at, out, style),
        }
        if is_block {
            self.end_line(out);
        }
    }

    fn is_hidden(&mut self, at: usize, css: &str) -> bool {
        let is_hidden = self.owned(at, "hidden").is_some() || css.contains("display:none");
        self.hidden += usize::from(is_hidden && !self.words_in(at).is_empty());
        is_hidden
    }

    /// Whether a part stands around the text, and is not in it: a header of an article is not.
    fn is_around(&self, at: usize) -> bool {
        let mut above = self.tree.nodes[at].parent as usize;
        let mut steps = 0;
        while let Some(node) = self.tree.nodes.get(above) {
            if matches!(&*node.tag, "article" | "section" | "blockquote" | "td") {
                return false;
            }
            if above == 0 || steps > 600 {
                break;
            }
            above = node.parent as usize;
            steps += 1;
        }
        true
    }

    fn paragraph(&mut self, at: usize, css: &str, out: &mut Vec<Block>, style: Style) {
        // Word writes lists as paragraphs: `mso-list:l0 level2 lfo1`.
        let level = css.split_once("mso-list:").and_then(|(_, rest)| {
            let level = rest.split_once("level")?.1;
            level.bytes().next().filter(u8::is_ascii_digit).map(|digit| digit - b'0')
        });
        let class = self.owned(at, "class").unwrap_or_default();
        if let Some(level) = level.filter(|level| *level > 0 && !class.contains("Heading")) {
            let mark = self.ignored_mark(at);
            let words = self.line_of(at, out, style);
            out.push(Block::Item { level: level - 1, mark, words });
            return;
        }
        if class == "MsoTitle" && self.document.title.is_none() {
            let words = self.line_of(at, out, style);
            self.document.title = Some(plain(&words).trim().to_owned());
            return;
        }
        if class == "MsoCaption" {
            self.look.is_caption = true;
        }
        if let Some((_, size)) = css.split_once("font-size:") {
            let number: String =
                size.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
            let points = number.parse::<f32>().unwrap_or(0.0).clamp(0.0, 1000.0);
            let rest = &size[number.len()..];
            self.look.size = if rest.starts_with("pt") { (points * 2.0) as u16 } else { 0 };
        }
        self.inside(at, out, style);
    }

    /// What stood before an item that Word wrote as a paragraph.
    fn ignored_mark(&self, at: usize) -> Mark {
        let end = (self.tree.nodes[at].end as usize).min(self.tree.nodes.len());
        let ignored = (at + 1..end).find(|&inner| {
            let css = self.value(&self.tree.nodes[inner], "style").unwrap_or_default();
            css.to_ascii_lowercase().replace(' ', "").contains("mso-list:ignore")
        });
        let words = ignored.map(|at| self.words_in(at)).unwrap_or_default();
        let digits: String = words.chars().filter(char::is_ascii_digit).collect();
        match digits.parse() {
            Ok(value) => {
                Mark::Number { value, is_plain: !words.trim_end_matches('.').contains('.') }
            }
            Err(_) => Mark::Bullet,
        }
    }

    fn list(&mut self, at: usize, level: u8, out: &mut Vec<Block>) {
        let is_ordered = &*self.tree.nodes[at].tag == "ol";
        let is_plain = !matches!(self.owned(at, "type").as_deref(), Some("a" | "A" | "i" | "I"));
        let number = |text: Option<String>| text.and_then(|text| text.trim().parse::<u32>().ok());
        let mut next = number(self.owned(at, "start")).unwrap_or(1);
        let end = self.tree.nodes[at].end as usize;
        let mut child = at + 1;
        while child < end {
            let after = (self.tree.nodes[child].end as usize).max(child + 1);
            let tag = self.tree.nodes[child].tag.to_string();
            match &*tag {
                "li" => {
                    let value = number(self.owned(child, "value")).unwrap_or(next);
                    next = value.saturating_add(1);
                    let mark =
                        if is_ordered { Mark::Number { value, is_plain } } else { Mark::Bullet };
                    self.item(child, level, mark, out);
                }
                // Lists in lists often lack the item that they belong to.
                "ul" | "ol" | "menu" if level < 30 => self.list(child, level + 1, out),
                "" => {}
                _ => self.item(child, level, Mark::Bullet, out),
            }
            child = after;
        }
    }

    fn item(&mut self, at: usize, level: u8, mark: Mark, out: &mut Vec<Block>) {
        let mut is_first = true;
        let mut put = |blocks: Vec<Block>, out: &mut Vec<Block>| {
            for block in blocks {
                match block {
                    Block::Paragraph { words, .. } if is_first => {
                        is_first = false;
                        out.push(Block::Item { level, mark, words });
                    }
                    block @ (Block::Item { .. } | Block::Within { .. }) => out.push(block),
                    block => out.push(Block::Within { level, block: Box::new(block) }),
                }
            }
        };
        let end = self.tree.nodes[at].end as usize;
        let mut child = at + 1;
        while child < end {
            let after = (self.tree.nodes[child].end as usize).max(child + 1);
            let mut inner = Vec::new();
            if matches!(&*self.tree.nodes[child].tag, "ul" | "ol" | "menu") && level < 30 {
                self.end_line(&mut inner);
                put(std::mem::take(&mut inner), out);
                self.list(child, level + 1, out);
            } else {
                self.node(child, &mut inner, Style::default());
                put(inner, out);
            }
            child = after;
        }
        let mut inner = Vec::new();
        self.end_line(&mut inner);
        put(inner, out);
    }

    fn table(&mut self, at: usize, out: &mut Vec<Block>) {
        let mut table = Table::default();
        let mut hanging: BTreeMap<usize, usize> = BTreeMap::new();
        let end = (self.tree.nodes[at].end as usize).min(self.tree.nodes.len());
        let mut is_head = false;
        let mut child = at + 1;
        while child < end {
            let node = &self.tree.nodes[child];
            let after = (node.end as usize).max(child + 1);
            match &*node.tag.to_string() {
                "thead" => is_head = true,
                "tbody" | "tfoot" => is_head = false,
                "caption" => {
                    self.node(child, out, Style::default());
                    child = after;
                    continue;
                }
                "tr" => {
                    let row = self.row(child, is_head, &mut hanging);
                    table.rows.push(row);
                    child = after;
                    continue;
                }
                _ => {}
            }
            child += 1;
        }
        if !table.rows.is_empty() {
            out.push(Block::Table(table));
        }
    }

    fn row(&mut self, at: usize, is_head: bool, hanging: &mut BTreeMap<usize, usize>) -> Row {
        let mut row = Row { is_head, cells: Vec::new() };
        let mut column = 0;
        let mut are_heads = true;
        let end = (self.tree.nodes[at].end as usize).min(self.tree.nodes.len());
        let mut child = at + 1;
        let hang = |row: &mut Row, column: &mut usize, hanging: &mut BTreeMap<usize, usize>| {
            while let Some(left) = hanging.get_mut(column).filter(|left| **left > 0) {
                *left -= 1;
                row.cells.push(Cell { goes_on: true, wide: 1, ..Cell::default() });
                *column += 1;
            }
        };
        while child < end {
            let after = (self.tree.nodes[child].end as usize).max(child + 1);
            let tag = self.tree.nodes[child].tag.to_string();
            if matches!(&*tag, "td" | "th") {
                hang(&mut row, &mut column, hanging);
                are_heads &= tag == "th";
                let number = |text: Option<String>| {
                    text.and_then(|text| text.trim().parse::<usize>().ok())
                        .unwrap_or(1)
                        .clamp(1, 100)
                };
                let wide = number(self.owned(child, "colspan"));
                let down = number(self.owned(child, "rowspan"));
                let mut blocks = Vec::new();
                self.inside(child, &mut blocks, Style::default());
                self.end_line(&mut blocks);
                row.cells.push(Cell { blocks, wide, goes_on: false });
                for _ in 0..wide {
                    if down > 1 {
                        hanging.insert(column, down - 1);
                    }
                    column += 1;
                }
            }
            child = after;
        }
        hang(&mut row, &mut column, hanging);
        row.is_head |= are_heads && row.cells.len() > 1;
        row
    }

    fn picture(&mut self, at: usize) {
        let source = self.owned(at, "src").unwrap_or_default();
        let alt = self.owned(at, "alt");
        let description = alt.clone().unwrap_or_default();
        // An empty one says that the picture is decoration.
        let is_decoration = alt.is_some_and(|alt| alt.is_empty());
        let is_address = source.starts_with("//")
            || source.split_once(':').is_some_and(|(scheme, _)| {
                scheme.len() > 1 && scheme.chars().all(|c| c.is_ascii_alphanumeric())
            });
        if is_address && !source.starts_with("data:") {
            let loss = field::remote_picture(&source);
            self.line.push(Inline::Lost(media::with_description(loss, &description)));
            return;
        }
        let known = self.media.get(&source).cloned();
        let taken = known.unwrap_or_else(|| {
            let name = if source.starts_with("data:") { "in the page" } else { source.as_str() };
            let bytes = match source.strip_prefix("data:") {
                Some(data) => within(data),
                None => (self.beside)(&source),
            };
            let taken = media::picture(bytes, name);
            let taken = taken.map(|picture| {
                self.document.pictures.push(picture);
                self.document.pictures.len() - 1
            });
            self.media.insert(source, taken.clone());
            taken
        });
        self.line.push(match taken {
            Ok(number) => Inline::Picture { number, description, is_decoration },
            Err(loss) => Inline::Lost(media::with_description(loss, &description)),
        });
    }

    fn link(&mut self, at: usize, out: &mut Vec<Block>, style: Style) {
        let to = self.owned(at, "href").unwrap_or_default();
        if let Some(name) = to.strip_prefix('#').and_then(note_link) {
            let next = self.notes.len();
            let number = *self.notes.entry(name).or_insert(next);
            if self.document.notes.len() <= number {
                self.document.notes.resize_with(number + 1, Vec::new);
            }
            self.line.push(Inline::Note(number));
            return;
        }
        let start = begin(&mut self.line);
        self.inside(at, out, style);
        let words = self.line.split_off(start.min(self.line.len()));
        if to.is_empty() || to.starts_with("javascript:") {
            self.line.extend(words);
        } else {
            self.line.push(Inline::Link { words, to });
        }
    }

    fn note(&mut self, at: usize, name: &str) {
        let next = self.notes.len();
        let number = *self.notes.entry(name.to_owned()).or_insert(next);
        let outer = std::mem::take(&mut self.line);
        let mut blocks = Vec::new();
        let end = self.tree.nodes[at].end as usize;
        self.children(at + 1, end, &mut blocks, Style::default());
        self.end_line(&mut blocks);
        self.line = outer;
        // The way back is the site’s own, and so is the number.
        if let Some(Block::Paragraph { words, .. }) = blocks.first_mut() {
            let is_back = |inline: &Inline| match inline {
                Inline::Link { to, .. } => to.contains("anc") || to.contains("ref"),
                Inline::Note(own) => *own == number,
                _ => false,
            };
            words.retain(|inline| !is_back(inline));
        }
        if self.document.notes.len() <= number {
            self.document.notes.resize_with(number + 1, Vec::new);
        }
        self.document.notes[number] = blocks;
    }

    fn blank(&mut self, at: usize, tag: &str) {
        let kind = self.owned(at, "type").unwrap_or_default().to_ascii_lowercase();
        if tag == "input" && matches!(&*kind, "hidden" | "submit" | "button" | "reset" | "image") {
            return;
        }
        let id = self.owned(at, "id").unwrap_or_default();
        let label = self.labels.get(&id).cloned();
        let label = label.or_else(|| self.owned(at, "aria-label")).unwrap_or_default();
        let label = label.trim().trim_end_matches(':').to_owned();
        let sort = match (tag, &*kind) {
            ("input", "checkbox" | "radio") => BlankSort::Tick,
            ("input", "date") => BlankSort::Day,
            ("select", _) => {
                let end = (self.tree.nodes[at].end as usize).min(self.tree.nodes.len());
                let options = (at + 1..end).filter(|&it| &*self.tree.nodes[it].tag == "option");
                BlankSort::Choice(
                    options.map(|it| self.words_in(it)).filter(|it| !it.is_empty()).collect(),
                )
            }
            _ => BlankSort::Words,
        };
        self.line.push(Inline::Blank(Blank { label, sort }));
    }
}

/// A picture that stands in the page itself: `data:image/png;base64,iVBO…`.
fn within(data: &str) -> Option<Vec<u8>> {
    let (kind, data) = data.split_once(',')?;
    let letters: Vec<u8> = data.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let is_packed = kind.to_ascii_lowercase().ends_with(";base64");
    is_packed.then(|| base64::engine::general_purpose::STANDARD.decode(letters).ok()).flatten()
}

/// Spaces as a browser shows them.
fn collapsed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let is_space = matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}');
        if !is_space {
            out.push(c);
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out
}

fn styled(style: Style, tag: &str, css: &str) -> Style {
    let is_bold = css.contains("font-weight:bold")
        || ["600", "700", "800", "900"].iter().any(|it| css.contains(&format!("font-weight:{it}")));
    let is_normal = css.contains("font-weight:normal") || css.contains("font-weight:400");
    Style {
        is_bold: (style.is_bold || matches!(tag, "b" | "strong") || is_bold) && !is_normal,
        is_italic: style.is_italic
            || matches!(tag, "i" | "em" | "cite")
            || css.contains("font-style:italic"),
        is_struck: style.is_struck || matches!(tag, "s" | "strike" | "del"),
        raised: match tag {
            "sup" => Some(Raised::Above),
            "sub" => Some(Raised::Below),
            _ if css.contains("vertical-align:super") => Some(Raised::Above),
            _ if css.contains("vertical-align:sub") => Some(Raised::Below),
            _ => style.raised,
        },
    }
}

/// The name of the note that stands in an element of this id, as LibreOffice and Word write it.
fn note_name(id: &str, is_block: bool) -> Option<String> {
    let is_note = ["sdfootnote", "sdendnote", "ftn", "edn"].iter().any(|start| {
        id.strip_prefix(start)
            .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()))
    });
    (is_block && is_note).then(|| id.to_owned())
}

/// The name of the note that a link leads to.
fn note_link(to: &str) -> Option<String> {
    let name = to.trim_start_matches('_');
    let name = name.strip_suffix("sym").unwrap_or(name);
    note_name(name, true)
}
