//! Markdown to blocks. The only file that names pulldown-cmark.
//!
//! The library finds the structure; this file keeps the places, gives headings
//! their ids, and reads what Plainsite adds: labelled quotes, named fences and
//! double brackets. Nesting is followed for [`DEEPEST`] levels and no further,
//! so that a file of ten thousand `>` costs no more than any other.

use std::collections::{HashMap, HashSet};

use pulldown_cmark::{Alignment, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag};

use super::{
    Block, Fence, Heading, Image, Inline, Item, Label, Link, Record, Table, dated::Period, plain,
    turn::Turn,
};
use crate::{
    diagnostic::Diagnostic,
    rule,
    text::{
        Date, Source, Span, nearest, shorten, slug,
        unseen::{bare, plain_marks, seen},
    },
};

/// How deep quotes, lists and emphasis may be nested.
pub(super) const DEEPEST: usize = 32;

/// What a page says.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) blocks: Vec<Block>,
    pub(super) headings: Vec<Heading>,
    pub(super) links: Vec<Link>,
    pub(super) hidden_links: Vec<String>,
    pub(super) hidden_ids: Vec<String>,
    pub(super) staff_ids: Vec<String>,
    pub(super) images: Vec<Image>,
    pub(super) turns: Vec<Turn>,
    pub(super) problems: Vec<Diagnostic>,
}

/// Reads the Markdown at `body`, without the boxes for staff unless `staff`, and without those
/// for other days than `today`.
pub(super) fn read(source: &Source, body: Span, staff: bool, today: Date) -> Read {
    let text = source.at(body);
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let offset = body.end - text.len();
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST;
    let text = &*plain_marks(text);
    let (read, frames) = (Read::default(), vec![Frame::root()]);
    let mut reader = Reader { source, read, frames, skipped: 0, staff, today };
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        reader.take(event, Span::from(range).shifted(offset));
    }
    while reader.frames.len() > 1 {
        reader.close();
    }
    let root = reader.frames.pop().unwrap_or_else(Frame::root);
    reader.read.blocks = captions(root.blocks);
    name_headings(&mut reader.read);
    reader.read
}

/// Something that has begun and not ended yet.
struct Frame {
    what: What,
    span: Span,
    blocks: Vec<Block>,
    inlines: Vec<Inline>,
}

enum What {
    Root,
    Paragraph,
    Heading {
        level: u8,
        id: Option<String>,
        part: Option<String>,
    },
    /// With the number of headings, links, pictures and problems before it.
    Quote([usize; 4]),
    Code(Option<String>),
    List {
        start: Option<u64>,
        items: Vec<Item>,
    },
    Item {
        task: Option<bool>,
        loose: bool,
    },
    Footnote(String),
    Definitions(Vec<(Vec<Inline>, Vec<Vec<Block>>)>),
    Term,
    Meaning,
    Table {
        numbers: Vec<bool>,
        head: Vec<Vec<Inline>>,
        rows: Vec<Vec<Vec<Inline>>>,
    },
    Row(Vec<Vec<Inline>>),
    Cell,
    Html(String),
    Emphasis,
    Strong,
    Struck,
    Link(usize),
    Image(usize),
}

impl Frame {
    fn root() -> Self {
        Self::new(What::Root, Span::default())
    }

    fn new(what: What, span: Span) -> Self {
        Self { what, span, blocks: Vec::new(), inlines: Vec::new() }
    }

    /// Ends a run of words that stands where blocks are expected, as in the
    /// items of a list whose lines are not set apart.
    fn settle(&mut self) {
        if !self.inlines.is_empty() {
            let inlines = values(std::mem::take(&mut self.inlines));
            let span = self.span;
            self.blocks.push(Block::Paragraph(inlines, span));
        }
    }
}

struct Reader<'a> {
    /// The file.
    source: &'a Source,
    read: Read,
    frames: Vec<Frame>,
    /// How many levels below the deepest one that is followed.
    skipped: usize,
    /// Whether boxes for staff are kept.
    staff: bool,
    /// The day.
    today: Date,
}

impl Reader<'_> {
    fn take(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => {
                if self.skipped > 0 || self.frames.len() > DEEPEST {
                    if self.skipped == 0 {
                        let start = Span::new(span.start, span.start + 1);
                        let message = format!("this is nested more than {DEEPEST} deep");
                        let found = Diagnostic::error(&rule::MARKDOWN, start, message);
                        let hint = "use fewer quotes or lists inside each other";
                        self.read.problems.push(found.hint(hint));
                    }
                    self.skipped += 1;
                } else {
                    self.open(tag, span);
                }
            }
            Event::End(_) if self.skipped > 0 => self.skipped -= 1,
            Event::End(_) => self.close(),
            Event::Text(text) => self.text(&text, span),
            Event::Code(text) => self.inline(Inline::Code(text.into_string())),
            Event::InlineHtml(html) => self.inline(Inline::Html(html.into_string(), span)),
            Event::Html(html) => match &mut self.frames.last_mut().expect("the root stays").what {
                What::Html(text) => text.push_str(&html),
                _ => self.inline(Inline::Html(html.into_string(), span)),
            },
            Event::FootnoteReference(name) => self.inline(Inline::FootnoteMark(name.into_string())),
            Event::SoftBreak => self.inline(Inline::SoftBreak),
            Event::HardBreak => self.inline(Inline::Break),
            Event::Rule => self.block(Block::Rule),
            Event::TaskListMarker(done) => {
                let item = self.frames.iter_mut().rev();
                let item = item
                    .map(|frame| &mut frame.what)
                    .find(|what| matches!(what, What::Item { .. }));
                if let Some(What::Item { task, .. }) = item {
                    *task = Some(done);
                }
            }
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text, span),
        }
    }

    fn text(&mut self, text: &str, span: Span) {
        let text = &*seen(text);
        let frame = self.frames.last_mut().expect("the root stays");
        if let What::Code(_) = frame.what {
            // Code comes line by line inside quotes and lists.
            match frame.inlines.last_mut() {
                Some(Inline::Text(all, place)) => {
                    all.push_str(text);
                    place.end = span.end;
                }
                _ => frame.inlines.push(Inline::Text(text.to_owned(), span)),
            }
            return;
        }
        // `\((name))`: a bracket after a `\` begins words of its own, and so no value.
        let is_escaped = text.starts_with('(') && self.source.text[..span.start].ends_with('\\');
        if is_escaped && text.starts_with("((") {
            let after = Span::new(span.start + 1, span.end);
            frame.inlines.push(Inline::Text("(".into(), Span::new(span.start, after.start)));
            frame.inlines.push(Inline::Text(text[1..].to_owned(), after));
            return;
        }
        match frame.inlines.last_mut() {
            Some(Inline::Text(before, place)) if !(is_escaped && before.ends_with('(')) => {
                before.push_str(text);
                place.end = span.end;
            }
            _ => frame.inlines.push(Inline::Text(text.to_owned(), span)),
        }
    }

    fn inline(&mut self, inline: Inline) {
        self.frames.last_mut().expect("the root stays").inlines.push(inline);
    }

    fn block(&mut self, block: Block) {
        let frame = self.frames.last_mut().expect("the root stays");
        frame.settle();
        frame.blocks.push(block);
    }

    fn open(&mut self, tag: Tag<'_>, span: Span) {
        let what = match tag {
            Tag::Paragraph => {
                // A paragraph tag inside an item: its list is set apart.
                if let Some(Frame { what: What::Item { loose, .. }, .. }) = self.frames.last_mut() {
                    *loose = true;
                }
                What::Paragraph
            }
            Tag::Heading { level, id, attrs, .. } => {
                let part = attrs.into_iter().find(|(name, _)| &**name == "part");
                What::Heading {
                    level: level as u8,
                    id: id.map(CowStr::into_string),
                    part: part.and_then(|(_, part)| part).map(CowStr::into_string),
                }
            }
            Tag::BlockQuote(_) => {
                let read = &self.read;
                What::Quote([
                    read.headings.len(),
                    read.links.len(),
                    read.images.len(),
                    read.problems.len(),
                ])
            }
            Tag::CodeBlock(kind) => What::Code(match kind {
                CodeBlockKind::Fenced(info) => Some(info.into_string()),
                CodeBlockKind::Indented => None,
            }),
            Tag::HtmlBlock | Tag::MetadataBlock(_) => What::Html(String::new()),
            Tag::List(start) => What::List { start, items: Vec::new() },
            Tag::Item => What::Item { task: None, loose: false },
            Tag::FootnoteDefinition(name) => What::Footnote(name.into_string()),
            Tag::DefinitionList => What::Definitions(Vec::new()),
            Tag::DefinitionListTitle => What::Term,
            Tag::DefinitionListDefinition => What::Meaning,
            Tag::Table(alignments) => What::Table {
                numbers: alignments.iter().map(|&side| side == Alignment::Right).collect(),
                head: Vec::new(),
                rows: Vec::new(),
            },
            Tag::TableHead | Tag::TableRow => What::Row(Vec::new()),
            Tag::TableCell => What::Cell,
            Tag::Emphasis => What::Emphasis,
            Tag::Strong | Tag::Superscript | Tag::Subscript => What::Strong,
            Tag::Strikethrough => What::Struck,
            Tag::Link { link_type, dest_url, .. } => {
                let destination = match link_type {
                    LinkType::Email if !dest_url.contains(':') => format!("mailto:{dest_url}"),
                    _ => bare(&dest_url).trim().to_owned(),
                };
                let link = Link { destination, text: String::new(), span };
                self.read.links.push(link);
                What::Link(self.read.links.len() - 1)
            }
            Tag::Image { dest_url, .. } => {
                let image = Image {
                    destination: dest_url.into_string(),
                    alt: String::new(),
                    content: Vec::new(),
                    span,
                };
                self.read.images.push(image);
                What::Image(self.read.images.len() - 1)
            }
        };
        self.frames.push(Frame::new(what, span));
    }

    fn close(&mut self) {
        let Some(mut frame) = self.frames.pop() else { return };
        // Documents stay to the end, and there are many.
        frame.inlines.shrink_to_fit();
        frame.blocks.shrink_to_fit();
        let span = frame.span;
        let is_inline = matches!(
            frame.what,
            What::Paragraph | What::Heading { .. } | What::Code(_) | What::Term | What::Cell
        ) || matches!(
            frame.what,
            What::Emphasis | What::Strong | What::Struck | What::Link(_) | What::Image(_)
        );
        if !is_inline {
            frame.settle();
        }
        match frame.what {
            What::Root => self.frames.push(Frame { what: What::Root, ..frame }),
            What::Paragraph => {
                let inlines = values(frame.inlines);
                self.block(Block::Paragraph(inlines, span));
            }
            What::Heading { level, id, part } => {
                let content = values(frame.inlines);
                let text = plain(&content);
                let explicit = id.is_some();
                let mut ids = ids_after(self.source.at(span));
                let id = if ids.len() > 1 { ids.remove(0) } else { id.unwrap_or_default() };
                ids.retain(|other| *other != id);
                let more_ids = if explicit { ids } else { Vec::new() };
                let heading = Heading { level, id, explicit, more_ids, part, content, text, span };
                self.read.headings.push(heading);
                let index = self.read.headings.len() - 1;
                self.block(Block::Heading(index));
            }
            What::Quote([headings, links, images, problems]) => {
                let mut blocks = frame.blocks;
                let period = self.period(&mut blocks, span);
                if period.is_some_and(|period| period.holds(self.today)) {
                    captions(blocks).into_iter().for_each(|block| self.block(block));
                    return;
                }
                let mut quote = self.labelled(blocks, span);
                if let Block::Quote { blocks, .. } = &mut quote {
                    *blocks = captions(std::mem::take(blocks));
                }
                let is_staff = matches!(quote, Block::Quote { label: Some(Label::Staff), .. });
                let inside = self.read.headings[headings..].iter().flat_map(|heading| {
                    let own = match heading.explicit {
                        true => heading.id.clone(),
                        false => slug(&heading.text),
                    };
                    std::iter::once(own).chain(heading.more_ids.iter().cloned())
                });
                match (is_staff, period.is_some()) {
                    (true, false) => self.read.staff_ids.extend(inside),
                    (_, true) => self.read.hidden_ids.extend(inside),
                    (false, false) => {}
                }
                if is_staff && !self.staff || period.is_some() {
                    self.read.headings.truncate(headings);
                    let hidden = self.read.links.drain(links..).map(|link| link.destination);
                    self.read.hidden_links.extend(hidden);
                    self.read.images.truncate(images);
                    self.read.problems.truncate(problems);
                    return;
                }
                self.block(quote);
            }
            What::Code(info) => {
                let (text, body) = match frame.inlines.pop() {
                    Some(Inline::Text(text, place)) => (text, place),
                    _ => (String::new(), Span::new(span.end, span.end)),
                };
                let block = self.fence(info.as_deref(), text, body, span);
                self.block(block);
            }
            What::Html(text) => {
                if let Some((at, what, end)) = never_closed(&text) {
                    // In a quote the lines here have lost their marks.
                    let before = text[..at].matches(what).count();
                    let found = self.source.at(span).match_indices(what).nth(before);
                    let start = span.start + found.map_or(0, |(at, _)| at);
                    let place = Span::new(start, (start + what.len()).min(span.end));
                    self.lost(place, span, what, &format!("write `{end}` where it ends"));
                }
                self.block(Block::Html(text, span));
            }
            What::List { start, items } => self.block(Block::List { start, items, span }),
            What::Item { task, loose } => {
                let item = Item { task, loose, blocks: frame.blocks };
                match self.frames.last_mut().map(|frame| &mut frame.what) {
                    Some(What::List { items, .. }) => items.push(item),
                    _ => self.frames.last_mut().expect("the root stays").blocks.extend(item.blocks),
                }
            }
            What::Footnote(name) => {
                self.block(Block::Footnote { name, blocks: frame.blocks });
            }
            What::Definitions(list) => self.block(Block::Definitions(list)),
            What::Term => {
                if let Some(Frame { what: What::Definitions(list), .. }) = self.frames.last_mut() {
                    list.push((values(frame.inlines), Vec::new()));
                }
            }
            What::Meaning => {
                let typed = self.source.at(span);
                if typed.starts_with(':') && !typed[1..].starts_with(char::is_whitespace) {
                    let line = typed.lines().next().unwrap_or_default().trim_end();
                    let place = Span::new(span.start, span.start + line.len());
                    let message = format!("“{line}” is taken for what the line above it means");
                    let hint = match line.starts_with(":::") {
                        true => {
                            "write a box: `> [!WARNING]`, and `> ` in front of its lines".into()
                        }
                        false => format!("write `\\{line}`, or `: ` and a space before a meaning"),
                    };
                    let found = Diagnostic::error(&rule::MARKDOWN, place, message);
                    self.read.problems.push(found.hint(hint));
                }
                if let Some(Frame { what: What::Definitions(list), .. }) = self.frames.last_mut() {
                    match list.last_mut() {
                        Some((_, meanings)) => meanings.push(frame.blocks),
                        None => list.push((Vec::new(), vec![frame.blocks])),
                    }
                }
            }
            What::Table { numbers, head, rows } => {
                self.block(Block::Table(table(head, rows, numbers, span)));
            }
            What::Row(cells) => {
                if let Some(Frame { what: What::Table { head, rows, .. }, .. }) =
                    self.frames.last_mut()
                {
                    if head.is_empty() { *head = cells } else { rows.push(cells) }
                }
            }
            What::Cell => {
                let cell = values(frame.inlines);
                if let Some(Frame { what: What::Row(cells), .. }) = self.frames.last_mut() {
                    cells.push(cell);
                }
            }
            What::Emphasis => self.inline(Inline::Emphasis(frame.inlines)),
            What::Strong => self.inline(Inline::Strong(frame.inlines)),
            What::Struck => self.inline(Inline::Struck(frame.inlines)),
            What::Link(index) => {
                let content = values(frame.inlines);
                let link = &mut self.read.links[index];
                link.text = plain(&content);
                if link.text.is_empty() {
                    link.text = alt_of(&content, &self.read.images);
                }
                self.inline(Inline::Link(index, content));
            }
            What::Image(index) => {
                let content = values(frame.inlines);
                self.read.images[index].alt = plain(&content);
                self.read.images[index].content = content;
                self.inline(Inline::Image(index));
            }
        }
    }

    /// The days for which the words in a quote are, when its first line says so; that line is
    /// taken away.
    fn period(&mut self, blocks: &mut Vec<Block>, span: Span) -> Option<Period> {
        let Some(Block::Paragraph(inlines, _)) = blocks.first_mut() else { return None };
        let Some(Inline::Text(text, place)) = inlines.first() else { return None };
        let (label, rest) = text.strip_prefix("[!")?.split_once(']')?;
        let place = Span::new(place.start, place.start + label.len() + 3);
        let read = Period::read(label)?;
        let rest = rest.trim_start().to_owned();
        inlines.remove(0);
        if rest.is_empty() {
            let is_end = |part: &Inline| matches!(part, Inline::SoftBreak | Inline::Break);
            if inlines.first().is_some_and(is_end) {
                inlines.remove(0);
            }
        } else {
            inlines.insert(0, Inline::Text(rest, Span::new(place.end, place.end)));
        }
        let words = plain(inlines);
        if inlines.is_empty() {
            blocks.remove(0);
        }
        match read {
            Ok(period) => {
                let words = match (words.is_empty(), blocks.first()) {
                    (false, _) => words,
                    (true, Some(Block::Heading(at))) => self.read.headings[*at].text.clone(),
                    (true, Some(Block::Paragraph(inlines, _))) => plain(inlines),
                    (true, _) => shorten(self.source.at(span)),
                };
                self.read.turns.extend(period.turns(place, &words));
                Some(period)
            }
            Err((message, hint)) => {
                let found = Diagnostic::error(&rule::MARKDOWN, place, message);
                self.read.problems.push(found.hint(hint));
                Some(Period::default())
            }
        }
    }

    /// A quote, or the box that its first words make it.
    fn labelled(&mut self, mut blocks: Vec<Block>, span: Span) -> Block {
        let plain_quote = |blocks| Block::Quote { label: None, title: Vec::new(), blocks, span };
        let Some(Block::Paragraph(inlines, _)) = blocks.first_mut() else {
            return plain_quote(blocks);
        };
        let Some(Inline::Text(text, place)) = inlines.first() else { return plain_quote(blocks) };
        let Some((name, rest)) = text.strip_prefix("[!").and_then(|text| text.split_once(']'))
        else {
            return plain_quote(blocks);
        };
        let Some(label) = Label::named(&name.trim().to_uppercase()) else {
            let names = || Label::ALL.iter().map(|label| label.name());
            let message = format!("“{name}” is not a label of a box");
            let found = Diagnostic::error(
                &rule::MARKDOWN,
                Span::new(place.start, place.start + name.len() + 3),
                message,
            );
            self.read.problems.push(match nearest(name, names()) {
                Some(meant) => found.hint(format!("did you mean `[!{meant}]`?")),
                None => {
                    found.hint(format!("write one of {}", names().collect::<Vec<_>>().join(", ")))
                }
            });
            return plain_quote(blocks);
        };
        let rest = rest.trim_start().to_owned();
        let place = Span::new(place.end - rest.len().min(place.end), place.end);
        inlines.remove(0);
        let line_end =
            inlines.iter().position(|part| matches!(part, Inline::SoftBreak | Inline::Break));
        let mut title: Vec<Inline> = match line_end {
            Some(at) => inlines.drain(..=at).collect(),
            None => std::mem::take(inlines),
        };
        if line_end.is_some() {
            title.pop();
        }
        if !rest.is_empty() {
            title.insert(0, Inline::Text(rest, place));
        }
        if inlines.is_empty() {
            blocks.remove(0);
        }
        Block::Quote { label: Some(label), title, blocks, span }
    }

    /// Says that something was opened at `place` and never closed, so that the rest of
    /// `span` is no part of the page any more.
    fn lost(&mut self, place: Span, span: Span, what: &str, hint: &str) {
        let end = span.start + self.source.at(span).trim_end().len();
        let [first, last] = [place.start, end].map(|at| self.source.position(at).line);
        let message = match first == last {
            true => format!("“{what}” is never closed"),
            false => format!("“{what}” is never closed, so it swallows lines {first} to {last}"),
        };
        self.read.problems.push(Diagnostic::error(&rule::MARKDOWN, place, message).hint(hint));
    }

    /// The marks of a fence that is never closed, or in which another one begins.
    fn open_fence(&self, span: Span) -> Option<String> {
        let text = self.source.at(span).trim_end();
        let in_quote = self.frames.iter().any(|frame| matches!(frame.what, What::Quote(_)));
        let bare = |line: &'_ str| -> String {
            let is_around = |c: char| c == ' ' || c == '\t' || c == '>' && in_quote;
            line.trim_start_matches(is_around).trim_end().to_owned()
        };
        let mut lines = text.lines();
        let first = bare(lines.next()?);
        let mark = first.chars().next().filter(|c| matches!(c, '`' | '~'))?;
        let marks = |line: &str| line.len() - line.trim_start_matches(mark).len();
        let opening = marks(&first);
        let rest: Vec<String> = lines.map(bare).collect();
        let is_closed = rest
            .last()
            .is_some_and(|last| marks(last) >= opening && last.trim_start_matches(mark).is_empty());
        // Nothing that has words behind its marks closes a fence: another one begins.
        let begins = rest.iter().any(|line| {
            let info = line.trim_start_matches(mark).trim();
            marks(line) >= opening && !info.is_empty() && !info.contains(mark)
        });
        (!is_closed || begins).then(|| mark.to_string().repeat(opening))
    }

    /// A fence: a record when it has the name of one, code otherwise.
    fn fence(&mut self, info: Option<&str>, text: String, body: Span, span: Span) -> Block {
        let is_fenced = info.is_some();
        let info = info.unwrap_or_default().trim();
        let (name, rest) = info.split_once(char::is_whitespace).unwrap_or((info, ""));
        if let Some(marks) = is_fenced.then(|| self.open_fence(span)).flatten() {
            let line = self.source.at(span).lines().next().unwrap_or_default().trim_end();
            let place = Span::new(span.start, span.start + line.len());
            let hint = format!("write {marks} on a line of its own where it ends");
            let what = line.trim_start().to_owned();
            self.lost(place, span, &what, &hint);
            return Block::Code { language: String::new(), text, span };
        }
        let Some(fence) = Fence::named(&name.to_lowercase()) else {
            return Block::Code { language: name.to_lowercase(), text, span };
        };
        if self.frames.len() > 1 {
            let message = format!("a {name} cannot stand inside a box or a list");
            let found = Diagnostic::error(&rule::MARKDOWN, span, message);
            self.read.problems.push(found.hint("move it out, to lines of its own"));
            return Block::Code { language: String::new(), text, span };
        }
        let body = if text.is_empty() { Span::new(span.end, span.end) } else { body };
        Block::Record(Record { fence, info: rest.trim().to_owned(), body, span })
    }
}

/// What HTML opens and never closes, so that it swallows all that comes after it, and what
/// would close it. Source: CommonMark 0.31, HTML blocks, start conditions 1 to 5.
fn never_closed(html: &str) -> Option<(usize, &'static str, &'static str)> {
    const TAGS: [(&str, &str); 4] = [
        ("<script", "</script>"),
        ("<pre", "</pre>"),
        ("<style", "</style>"),
        ("<textarea", "</textarea>"),
    ];
    let start = html.len() - html.trim_start().len();
    let lower = html[start..].to_ascii_lowercase();
    for (open, end) in TAGS {
        let Some(rest) = lower.strip_prefix(open) else { continue };
        if rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace() || c == '>') {
            return (!lower.contains(end)).then_some((start, open, end));
        }
    }
    for (open, end) in [("<![cdata[", "]]>"), ("<?", "?>")] {
        if let Some(rest) = lower.strip_prefix(open) {
            let open = if open == "<?" { open } else { "<![CDATA[" };
            return (!rest.contains(end)).then_some((start, open, end));
        }
    }
    let mut from = start;
    while let Some(at) = html[from..].find("<!--").map(|at| from + at) {
        // `<!-->` is a comment too. One in which another begins was to end before it.
        let end = html[at + 2..].find("-->").map(|end| at + 2 + end);
        let next = html[at + 4..].find("<!--").map(|next| at + 4 + next);
        match end {
            Some(end) if next.is_none_or(|next| end < next) => from = end + 3,
            _ => return Some((at, "<!--", "-->")),
        }
    }
    let is_declaration = lower.strip_prefix("<!").is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_ascii_alphabetic()) && !rest.contains('>')
    });
    is_declaration.then_some((start, "<!", ">"))
}

fn alt_of(content: &[Inline], images: &[Image]) -> String {
    let alts = content.iter().filter_map(|part| match part {
        Inline::Image(index) => images.get(*index).map(|image| image.alt.as_str()),
        _ => None,
    });
    alts.collect::<Vec<_>>().join(" ")
}

/// The ids in the curly brackets at the end of a heading. The library gives only the last.
fn ids_after(heading: &str) -> Vec<String> {
    let line = heading.lines().next().unwrap_or_default().trim_end();
    let inner = line.strip_suffix('}').and_then(|line| line.rsplit_once('{'));
    let words = inner.map(|(_, inner)| inner.split_whitespace()).into_iter().flatten();
    words.filter_map(|word| word.strip_prefix('#')).map(str::to_owned).collect()
}

/// Ids that the frame of a page has already.
const RESERVED: &[&str] =
    &["main", "more", "otherwise", "q", "results", "search", "status", "to-ask", "where-next"];

/// Gives every heading an id, unique on the page.
fn name_headings(read: &mut Read) {
    let mut used: HashSet<String> = RESERVED.iter().map(|id| (*id).to_owned()).collect();
    let mut next: HashMap<String, usize> = HashMap::new();
    for heading in read.headings.iter().filter(|heading| heading.explicit) {
        for id in std::iter::once(&heading.id).chain(&heading.more_ids) {
            if !used.insert(id.clone()) {
                let message = format!("the id “{id}” is already on this page");
                let found = Diagnostic::error(&rule::DUPLICATE_ID, heading.span, message);
                read.problems.push(found.hint("give one of the headings another id"));
            }
        }
    }
    for heading in read.headings.iter_mut().filter(|heading| !heading.explicit) {
        let base = match slug(&heading.text) {
            empty if empty.is_empty() => "part".to_owned(),
            name => name,
        };
        let mut id = base.clone();
        let number = next.entry(base.clone()).or_insert(1);
        while !used.insert(id.clone()) {
            *number += 1;
            id = format!("{base}-{number}");
        }
        heading.id = id;
    }
}

/// Moves `Table: words` from the paragraph above a table into its caption.
fn captions(blocks: Vec<Block>) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    for mut block in blocks {
        if let Block::Table(table) = &mut block
            && let Some(Block::Paragraph(inlines, _)) = out.last_mut()
            && let Some(Inline::Text(text, _)) = inlines.first_mut()
            && let Some(rest) = text.strip_prefix("Table:")
        {
            *text = rest.trim_start().to_owned();
            table.caption = std::mem::take(inlines);
            out.pop();
        }
        out.push(block);
    }
    out
}

/// A table, with the columns that hold numbers found from what is in them.
pub(crate) fn table(
    head: Vec<Vec<Inline>>,
    rows: Vec<Vec<Vec<Inline>>>,
    mut numbers: Vec<bool>,
    span: Span,
) -> Table {
    numbers.resize(head.len(), false);
    for (column, is_number) in numbers.iter_mut().enumerate() {
        let mut cells = rows
            .iter()
            .filter_map(|row| row.get(column))
            .map(|cell| plain(cell))
            .filter(|cell| !cell.trim().is_empty())
            .peekable();
        *is_number |= cells.peek().is_some() && cells.all(|cell| is_number_like(&cell));
    }
    let row_heads = head.len() > 1 && !numbers[0] && names_rows(&rows);
    Table { caption: Vec::new(), head, rows, numbers, row_heads, chart: None, span }
}

/// Whether the first cells are short enough, on average, to be the names of
/// their rows and not one side of a comparison.
fn names_rows(rows: &[Vec<Vec<Inline>>]) -> bool {
    let first = rows.iter().map(|row| row.first().map_or(0, |cell| plain(cell).chars().count()));
    let lengths: Vec<usize> = first.collect();
    !lengths.contains(&0) && lengths.iter().sum::<usize>() <= LONGEST_NAME * lengths.len()
}

/// How long the name of a row is at most, on average, in characters.
const LONGEST_NAME: usize = 36;

/// `£1,234.50`, `-3%`, `12`: what is easier to compare when it is set to the right.
fn is_number_like(cell: &str) -> bool {
    let digits = cell.trim().trim_matches(['£', '$', '€', '%', '-', '−', '+', '–', ' ']);
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '£' | ' ' | '-' | '%'))
}

/// Finds `((name))` and `((name??words))` in a run of words.
pub(crate) fn values(inlines: Vec<Inline>) -> Vec<Inline> {
    if !inlines.iter().any(has_brackets) {
        return inlines;
    }
    let mut reader = Values { stack: vec![(None, Vec::new())] };
    for part in joined(inlines) {
        match part {
            Inline::Text(text, span) => reader.text(&text, span),
            Inline::Emphasis(inner) => reader.push(Inline::Emphasis(values(inner))),
            Inline::Strong(inner) => reader.push(Inline::Strong(values(inner))),
            Inline::Struck(inner) => reader.push(Inline::Struck(values(inner))),
            other => reader.push(other),
        }
    }
    reader.finish()
}

fn has_brackets(part: &Inline) -> bool {
    match part {
        Inline::Text(text, _) => text.contains("(("),
        Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Struck(inner) => {
            inner.iter().any(has_brackets)
        }
        _ => false,
    }
}

/// A name goes on after the end of a line.
fn joined(inlines: Vec<Inline>) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::with_capacity(inlines.len());
    let is_open = |text: &str| {
        text.rfind("((")
            .is_some_and(|open| !text[open..].contains("))") && !text[open..].contains("??"))
    };
    let mut parts = inlines.into_iter().peekable();
    while let Some(part) = parts.next() {
        let goes_on = matches!(part, Inline::SoftBreak)
            && matches!(out.last(), Some(Inline::Text(text, _)) if is_open(text))
            && matches!(parts.peek(), Some(Inline::Text(next, _)) if next.contains("))"));
        if goes_on
            && let Some(Inline::Text(text, span)) = out.last_mut()
            && let Some(Inline::Text(next, after)) = parts.next()
        {
            // As long as in the file, so that places stay exact.
            let gap = after.start.saturating_sub(span.end).clamp(1, 64);
            text.extend(std::iter::repeat_n(' ', gap));
            text.push_str(&next);
            span.end = after.end;
            continue;
        }
        out.push(part);
    }
    out
}

/// Reads double brackets that may have links or emphasis between them.
struct Values {
    /// What is open, from the outside in.
    stack: Vec<Open>,
}

/// The name before `??` with its place, none at the bottom; and what is inside.
type Open = (Option<(String, Span)>, Vec<Inline>);

impl Values {
    fn push(&mut self, part: Inline) {
        self.stack.last_mut().expect("the bottom stays").1.push(part);
    }

    fn words(&mut self, text: &str, span: Span) {
        if !text.is_empty() {
            self.push(Inline::Text(text.to_owned(), span));
        }
    }

    fn text(&mut self, text: &str, span: Span) {
        // Places are exact when nothing was escaped, which is nearly always.
        let place = |from: usize, to: usize| {
            Span::new((span.start + from).min(span.end), (span.start + to).min(span.end))
        };
        let mut at = 0;
        let last_close = text.rfind("))").unwrap_or(0);
        let last_when = text.rfind("??").unwrap_or(0);
        while at < text.len() {
            let rest = &text[at..];
            // Nothing that is opened from here on is ever closed.
            let is_open_end = at >= last_close && at >= last_when;
            let open = rest.find("((").filter(|_| !is_open_end);
            let close = rest.find("))").filter(|_| self.stack.len() > 1);
            if let Some(close) = close.filter(|&close| open.is_none_or(|open| close < open)) {
                self.words(&rest[..close], place(at, at + close));
                let (name, inner) = self.stack.pop().expect("there are two");
                let (name, start) = name.expect("only the bottom has no name");
                self.push(Inline::When(
                    name,
                    inner,
                    Span::new(start.start, place(at, at + close + 2).end),
                ));
                at += close + 2;
                continue;
            }
            let Some(open) = open else { break };
            let inner = &rest[open + 2..];
            let end = if at + open < last_close { inner.find("))") } else { None };
            let before = &inner[..end.unwrap_or(inner.len())];
            let when = if at + open < last_when { before.find("??") } else { None };
            self.words(&rest[..open], place(at, at + open));
            if let Some(when) = when.filter(|_| self.stack.len() < 8) {
                let name = inner[..when].trim().to_owned();
                self.stack
                    .push((Some((name, place(at + open, at + open + 2 + when + 2))), Vec::new()));
                at += open + 2 + when + 2;
            } else if let Some(end) = end {
                let name = inner[..end].trim().to_owned();
                self.push(Inline::Value(name, place(at + open, at + open + 2 + end + 2)));
                at += open + 2 + end + 2;
            } else {
                self.words("((", place(at + open, at + open + 2));
                at += open + 2;
            }
        }
        self.words(&text[at..], place(at, text.len()));
    }

    fn finish(mut self) -> Vec<Inline> {
        // What was opened and never closed is shown as it was typed.
        while self.stack.len() > 1 {
            let (name, inner) = self.stack.pop().expect("there are two");
            let (name, span) = name.expect("only the bottom has no name");
            self.push(Inline::Text(format!("(({name}??"), span));
            self.stack.last_mut().expect("the bottom stays").1.extend(inner);
        }
        self.stack.pop().expect("the bottom stays").1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::{Document, parse};

    fn page(text: &str) -> Document {
        parse(Source::new("content/a.md", text), true, Date::today())
    }

    #[test]
    fn values_and_conditions_are_found() {
        let document = page("Send ((receipt limit)) ((helper??or **ask** [us](a.md))) now");
        let Block::Paragraph(inlines, _) = &document.blocks[0] else { panic!("a paragraph") };
        let names: Vec<_> = inlines
            .iter()
            .filter_map(|part| match part {
                Inline::Value(name, span) => Some((name.as_str(), document.source.at(*span))),
                Inline::When(name, inner, _) => {
                    assert_eq!(inner.len(), 4);
                    Some((name.as_str(), "when"))
                }
                _ => None,
            })
            .collect();
        assert_eq!(names, [("receipt limit", "((receipt limit))"), ("helper", "when")]);
    }

    #[test]
    fn brackets_that_are_not_closed_are_words() {
        for text in ["a ((b", "a ((b??c", "a )) b", "((a??((b??c))"] {
            page(text);
        }
        assert_eq!(page("f((x").blocks.len(), 1);
    }

    #[test]
    fn boxes_have_a_label_and_a_title() {
        let document = page("> [!URGENT] If someone is **in danger**\n> Call 999.\n");
        let Block::Quote { label, title, blocks, .. } = &document.blocks[0] else {
            panic!("a box")
        };
        assert_eq!(*label, Some(Label::Urgent));
        assert_eq!(plain(title), "If someone is in danger");
        assert_eq!(blocks.len(), 1);
        assert_eq!(
            page("> [!WARNNG]\n> x").problems[0].hint.as_deref(),
            Some("did you mean `[!WARNING]`?")
        );
        let Block::Quote { label, blocks, .. } = &page("> [!NOTE]\n>\n> - a\n").blocks[0] else {
            panic!("a box")
        };
        assert_eq!((*label, blocks.len()), (Some(Label::Note), 1));
    }

    #[test]
    fn what_is_for_staff_leaves_no_trace() {
        let text =
            "a\n\n> [!STAFF]\n> Ring [us](staff.md).\n>\n> ## Codes\n\n## End\n\n[b](b.md)\n";
        let document = parse(Source::new("content/a.md", text), false, Date::today());
        assert_eq!(
            (document.headings.len(), document.links.len(), document.blocks.len()),
            (1, 1, 3)
        );
        assert!(!format!("{:?}", document.blocks).contains("Ring"));
        assert_eq!(page(text).headings.len(), 2);
    }

    #[test]
    fn headings_have_ids_of_their_own() {
        let document = page("## Pay {#pay}\n## Pay\n## Pay\n### Why {part=reason}\n");
        let ids: Vec<_> = document.headings.iter().map(|heading| heading.id.as_str()).collect();
        assert_eq!(ids, ["pay", "pay-2", "pay-3", "why"]);
        assert_eq!(document.headings[3].part.as_deref(), Some("reason"));
    }

    #[test]
    fn ten_thousand_quotes_are_one_problem() {
        let document = page(&">".repeat(10_000));
        assert!(document.problems.len() <= 1);
        let document = page(&format!("{}x", "> ".repeat(10_000)));
        assert_eq!(document.problems.len(), 1);
        page(&format!("{}x", "- ".repeat(10_000)));
        page(&format!("{}x", "*".repeat(10_000)));
    }

    #[test]
    fn numbers_are_found_in_tables() {
        let document =
            page("Table: Costs\n\n| Course | We pay |\n|---|---|\n| First aid | £40 |\n");
        let Block::Table(table) = &document.blocks[0] else { panic!("a table") };
        assert_eq!(table.numbers, [false, true]);
        assert!(table.row_heads);
        assert_eq!(plain(&table.caption), "Costs");
    }

    #[test]
    fn what_is_never_closed_is_named() {
        let lost = |text: &str| -> Vec<(String, String)> {
            let document = page(text);
            let said = |found: &Diagnostic| {
                (document.source.at(found.span).to_owned(), found.hint.clone().unwrap_or_default())
            };
            document.problems.iter().map(said).collect()
        };
        for (text, what) in [
            ("a\n\n<!-- note\n\nb\n", "<!--"),
            ("a\n\n<!-- note\n\nb\n\n<!-- c -->\n\nd", "<!--"),
            ("<!-- a --> <!-- b\n\nc", "<!--"),
            ("a <!-- note\n\nb\n", "<!--"),
            ("## a <!-- note\n", "<!--"),
            ("| a | b |\n|---|---|\n| <!-- c | d |\n", "<!--"),
            ("> <!-- note\n> b\n\nc", "<!--"),
            ("- a\n\n  <!-- note\n\n  b\n\nc", "<!--"),
            ("<script>\na\n\nb", "<script"),
            ("<PRE class=x>\na\n\nb", "<PRE"),
            ("<style\na\n\nb", "<style"),
            ("<textarea>\na\n\nb", "<textarea"),
            ("<?php a\n\nb", "<?"),
            ("<!DOCTYPE a\n\nb", "<!"),
            ("<![CDATA[ a\n\nb", "<![CDATA["),
            ("a\n\n```\nb\n\nc", "```"),
            ("a\n\n~~~ text\nb\n```\nc", "~~~ text"),
            ("````buy\n- item: Gym\n```\n\nc", "````buy"),
            ("```checklist\n- a\n\nb\n\n```contact\nteam\n```\n", "```checklist"),
            ("- a\n\n  ```\n  b\n\nc", "```"),
            ("> ```\n> b\n\nc", "```"),
            ("```", "```"),
        ] {
            let said = lost(text);
            assert_eq!(said.len(), 1, "{text}: {said:?}");
            assert_eq!(said[0].0, what, "{text}");
        }
        for text in [
            "<!-- note\n\nb\n-->\n\nc",
            "<!--> b",
            "a <!-- note --> b",
            "a \\<!-- b",
            "a `<!-- b`",
            "a &lt;!-- b",
            "<pre>\n\na</pre>",
            "<!DOCTYPE a>\n\nb",
            "<div>\n\na\n\n</div>",
            "```\nb\n```",
            "~~~ text\n```\n~~~~  \nc",
            "````markdown\n```buy\n- item: Gym\n```\n````\n",
            "- a\n\n  ```\n  b\n  ```\n\nc",
            "> ```\n> b\n> ```\n\nc",
            "    ```\n    code by its spaces",
            "```\n> ```\n```",
        ] {
            assert_eq!(lost(text), [], "{text}");
        }
    }

    #[test]
    fn fences_with_a_name_are_records() {
        let document = page("```buy\n- item: Gym\n```\n");
        let Block::Record(record) = &document.blocks[0] else { panic!("a record") };
        assert_eq!(document.source.at(record.body), "- item: Gym\n");
    }
}
