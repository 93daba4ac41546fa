//! The words of a page as HTML.
//!
//! Written by hand and not by the Markdown library, because nearly every part
//! of it differs: headings have ids, cells carry the name of their column for
//! phones that show each row as a card, abbreviations are written out once,
//! links say what kind of file they lead to.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    fmt::Write as _,
};

use super::{Viewer, code, fields::Markup, lists, records};
use crate::{
    html::{END_OF_TEXT, escape},
    model::{Page, PageId, Target, Text, kind, value::Value},
    parse::{Block, Chart, Heading, Inline, Item, Label, Table, plain},
    text::{
        Span,
        address::name_of,
        amount::{Amount, is_total},
        wording::capital,
    },
};

/// How wide a picture in the text is shown: as the text, which has 34 letters in a line of
/// 20 px on a wide screen, and all of a narrow one. A theme with longer lines gets pictures that
/// are a little less sharp.
const SIZES: &str = "(min-width: 45em) 42.5em, 100vw";

/// The most characters of words in a cell that stay on one line: “100,000 miles”.
const BRIEF: usize = 13;

/// Writes the words of one page.
pub(super) struct Writer<'a> {
    pub(super) viewer: &'a Viewer<'a>,
    pub(super) page: &'a Page,
    pub(super) text: &'a Text,
    pub(super) words: &'a BTreeMap<String, String>,
    /// How much deeper headings are than written.
    pub(super) deeper: u8,
    /// What ids begin with, where several pages become one.
    pub(super) prefix: String,
    /// The pages that are made into one here, with the id of each: a link to one of them
    /// leads up or down the page.
    pub(super) here: &'a HashMap<PageId, String>,
    /// The page whose text begins this one.
    pub(super) first: Option<PageId>,
    /// Whether the first heading is the title and is left out.
    pub(super) skip_title: bool,
    /// Abbreviations that were written out.
    expanded: HashSet<usize>,
    /// Whether abbreviations are written out here.
    expands: bool,
    /// Whether the words of a link are being written: no link stands in another.
    in_link: bool,
    tables: usize,
    /// Where the files of its tables are, by where each table begins.
    downloads: HashMap<usize, String>,
    /// Labels of footnotes in the order in which they were met, and how often.
    notes: Vec<(String, usize)>,
    out: Markup,
}

impl<'a> Writer<'a> {
    pub(super) fn new(
        viewer: &'a Viewer<'a>,
        page: &'a Page,
        words: &'a BTreeMap<String, String>,
    ) -> Self {
        let has_title = page.front.title.is_some();
        let first = page.text.document.headings.first();
        let skip_title =
            first.is_some_and(|first| first.level == 1 && (!has_title || first.text == page.title));
        Self {
            viewer,
            page,
            text: &page.text,
            words,
            deeper: 0,
            prefix: String::new(),
            here: &viewer.nowhere,
            first: None,
            skip_title,
            expanded: HashSet::new(),
            expands: page.language == viewer.config.language()
                && !viewer.site.data.abbreviations.is_empty(),
            in_link: false,
            tables: 0,
            downloads: page
                .data_tables()
                .into_iter()
                .map(|(url, table)| (table.span.start, url))
                .collect(),
            notes: Vec::new(),
            out: String::with_capacity(page.text.document.source.text.len() * 3 / 2).into(),
        }
    }

    /// The whole text of the page.
    pub(super) fn body(mut self) -> Markup {
        let text = self.text;
        self.blocks(&text.document.blocks);
        self.out.html.push_str(END_OF_TEXT);
        self.footnotes();
        self.out
    }

    /// The text before the first heading, the rest, and what comes after an accessibility
    /// statement.
    pub(super) fn parts(mut self) -> (Markup, Markup, Markup) {
        let text = self.text;
        let blocks = &text.document.blocks;
        let headings = &text.document.headings;
        let is_part =
            |block: &Block| matches!(block, Block::Heading(index) if headings[*index].level > 1);
        let place = self.page.statement_place();
        let first = blocks.iter().position(is_part).unwrap_or(blocks.len()).min(place);
        self.blocks(&blocks[..first]);
        self.out.html.push_str(END_OF_TEXT);
        let lead = std::mem::take(&mut self.out);
        self.blocks(&blocks[first..place]);
        self.out.html.push_str(END_OF_TEXT);
        if place == blocks.len() {
            self.footnotes();
            return (lead, self.out, Markup::default());
        }
        let body = std::mem::take(&mut self.out);
        self.blocks(&blocks[place + 1..]);
        self.out.html.push_str(END_OF_TEXT);
        self.footnotes();
        (lead, body, self.out)
    }

    fn word(&self, name: &'a str) -> &'a str {
        self.words.get(name).map_or(name, String::as_str)
    }

    fn blocks(&mut self, blocks: &'a [Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    /// Says where in the text what follows was written, for those who look at the
    /// finished page. No reader gets to see it: `finish` takes it down.
    fn place(&mut self, span: Span) {
        let path = match std::ptr::eq(self.text, &self.page.text) {
            true => "",
            false => &*self.text.document.source.path,
        };
        if !path.contains('>') {
            let _ = write!(self.out.html, "<!--@{} {path}-->", span.start);
        }
    }

    fn block(&mut self, block: &'a Block) {
        if let Some(span) = self.text.document.span_of(block) {
            self.place(span);
        }
        match block {
            Block::Paragraph(inlines, _) => {
                if let Some(text) = self.lone_snippet(inlines) {
                    self.snippet(text);
                    return;
                }
                if is_blank(inlines) {
                    return;
                }
                self.out.html.push_str("<p>");
                self.inlines(inlines);
                self.out.html.push_str("</p>\n");
            }
            Block::Heading(index) => self.heading(&self.text.document.headings[*index]),
            Block::List { start, items, .. } => self.list(*start, items),
            Block::Quote { label, title, blocks, .. } => self.quote(*label, title, blocks),
            Block::Code { language, text, .. } => {
                let _ = write!(self.out.html, "<pre class=\"code\" tabindex=\"0\"><code");
                if !language.is_empty() {
                    self.out.html.push_str(" class=\"language-");
                    escape(&mut self.out.html, language);
                    self.out.html.push('"');
                }
                self.out.html.push('>');
                code::highlight(&mut self.out.html, language, text);
                self.out.html.push_str("</code></pre>\n");
            }
            Block::Record(record) => {
                if let Some(data) = self.text.records.get(&record.span.start) {
                    match data {
                        crate::model::RecordData::Table(table) => self.table(table),
                        data => {
                            let record = records::view(self.viewer, self.page, self.text, data);
                            record.into_iter().for_each(|record| self.out.push_record(record));
                        }
                    }
                }
            }
            Block::Table(table) => self.table(table),
            Block::Definitions(list) => {
                self.out.html.push_str("<dl>\n");
                for (term, meanings) in list {
                    self.out.html.push_str("<dt>");
                    self.inlines(term);
                    self.out.html.push_str("</dt>\n");
                    for blocks in meanings {
                        self.out.html.push_str("<dd>");
                        self.tight(blocks, false);
                        self.out.html.push_str("</dd>\n");
                    }
                }
                self.out.html.push_str("</dl>\n");
            }
            Block::Footnote { .. } => {} // Written at the end of the page.
            Block::Rule => self.out.html.push_str("<hr>\n"),
            Block::Html(html, _) => self.raw(html),
        }
    }

    fn raw(&mut self, html: &str) {
        let words = html.trim();
        let end = words.strip_prefix("<!--").and_then(|rest| rest.split_once("-->"));
        if end.is_some_and(|(_, after)| after.is_empty()) {
            return; // A comment is for the people who write.
        }
        if self.viewer.config.raw_html {
            self.out.html.push_str(html);
        } else if !html.trim_start().starts_with("<!--") {
            escape(&mut self.out.html, html);
        }
    }

    fn heading(&mut self, heading: &'a Heading) {
        if self.skip_title && heading.level == 1 {
            self.skip_title = false;
            return;
        }
        // The title of the page is the only heading of level 1.
        let level = (heading.level.max(1 + u8::from(self.deeper == 0)) + self.deeper).min(6);
        let _ = write!(self.out.html, "<h{level} id=\"{}", self.prefix);
        escape(&mut self.out.html, &heading.id);
        self.out.html.push_str("\">");
        self.old_ids(heading);
        let expands = std::mem::replace(&mut self.expands, false);
        self.inlines(&heading.content);
        self.expands = expands;
        let _ = writeln!(self.out.html, "</h{level}>");
        // On the page itself, not where it is a part of another.
        let is_short = self.page.kind.is(&kind::EASY_READ);
        if self.prefix.is_empty() && level <= 3 && self.page.is_listed() && !is_short {
            self.link_to(heading);
        }
    }

    /// The ids that a heading had before: links that people have lead to it still. On the page
    /// itself, not where it is a part of another.
    fn old_ids(&mut self, heading: &'a Heading) {
        if !self.prefix.is_empty() {
            return;
        }
        let old = self.page.old_ids.iter().filter(|(_, now)| **now == heading.id);
        for id in heading.more_ids.iter().chain(old.map(|(old, _)| old)) {
            self.out.html.push_str("<span id=\"");
            escape(&mut self.out.html, id);
            self.out.html.push_str("\"></span>");
        }
    }

    /// A link to a heading, for people who send it to others.
    fn link_to(&mut self, heading: &'a Heading) {
        let Some(words) = self.words.get("send_link_to") else { return };
        self.out.html.push_str("<a class=\"to-here\" data-unsearched href=\"#");
        escape(&mut self.out.html, &heading.id);
        self.out.html.push_str("\">");
        let text = self.viewer.fill(&heading.text, self.page);
        escape(&mut self.out.html, &words.replace("{heading}", &text));
        self.out.html.push_str("</a>\n");
    }

    fn list(&mut self, start: Option<u64>, items: &'a [Item]) {
        let is_tasks = items.iter().any(|item| item.task.is_some());
        let tag = if start.is_some() { "ol" } else { "ul" };
        let _ = write!(self.out.html, "<{tag}");
        if let Some(start) = start.filter(|&start| start != 1) {
            let _ = write!(self.out.html, " start=\"{start}\"");
        }
        self.out.html.push_str(if is_tasks { " class=\"tasks\">\n" } else { ">\n" });
        let loose = items.iter().any(|item| item.loose);
        for item in items {
            self.out.html.push_str("<li>");
            if let Some(done) = item.task {
                let mark = if done { "☑" } else { "☐" };
                let _ = write!(
                    self.out.html,
                    "<span class=\"tick\" aria-hidden=\"true\">{mark}</span> "
                );
                if done {
                    let word = self.word("task_done");
                    let _ = write!(self.out.html, "<span class=\"unseen\">{word}</span>");
                }
            }
            self.tight(&item.blocks, loose);
            self.out.html.push_str("</li>\n");
        }
        let _ = writeln!(self.out.html, "</{tag}>");
    }

    /// Blocks in which the only paragraph needs no tag.
    fn tight(&mut self, blocks: &'a [Block], loose: bool) {
        for block in blocks {
            match block {
                Block::Paragraph(inlines, span) if !loose => {
                    self.place(*span);
                    self.inlines(inlines);
                }
                block => {
                    if !loose && !self.out.html.ends_with('\n') {
                        self.out.html.push('\n');
                    }
                    self.block(block);
                }
            }
        }
    }

    fn quote(&mut self, label: Option<Label>, title: &'a [Inline], blocks: &'a [Block]) {
        let Some(label) = label else {
            self.out.html.push_str("<blockquote>\n");
            self.blocks(blocks);
            self.out.html.push_str("</blockquote>\n");
            return;
        };
        let name = label.name().to_lowercase();
        let word = match label {
            Label::Urgent => "label_urgent",
            Label::Today => "label_today",
            Label::Ask => "label_ask",
            Label::Warning => "label_warning",
            Label::Note => "label_note",
            Label::Example => "label_example",
            Label::Details => "label_details",
            Label::Law => "label_law",
            Label::Elsewhere => "label_elsewhere",
            Label::Can => "label_can",
            Label::Cannot => "label_cannot",
            Label::Steps => "label_steps",
            Label::Staff => "label_staff",
        };
        let expands = std::mem::replace(&mut self.expands, false);
        if label == Label::Details {
            self.out.html.push_str("<details class=\"more\"><summary>");
            if title.is_empty() {
                let word = self.word(word);
                escape(&mut self.out.html, word);
            }
            self.inlines(title);
            self.expands = expands;
            self.out.html.push_str("</summary>\n");
            self.blocks(blocks);
            self.out.html.push_str("</details>\n");
            return;
        }
        let _ = write!(self.out.html, "<div class=\"box box-{name}\"><p class=\"box-label\">");
        let word = self.word(word);
        escape(&mut self.out.html, word);
        if !title.is_empty() {
            self.out.html.push_str(": <span>");
            self.inlines(title);
            self.out.html.push_str("</span>");
        }
        self.expands = expands;
        self.out.html.push_str("</p>\n");
        self.blocks(blocks);
        self.out.html.push_str("</div>\n");
    }

    fn table(&mut self, table: &'a Table) {
        self.tables += 1;
        let id = format!("{}table--{}", self.prefix, self.tables);
        let expands = std::mem::replace(&mut self.expands, false);
        if table.chart == Some(Chart::Bar) {
            self.bars(table);
        }
        self.out.html.push_str("<div class=\"table\" role=\"region\" tabindex=\"0\" ");
        if table.caption.is_empty() {
            self.out.html.push_str("aria-label=\"");
            let word = self.word("untitled_table");
            escape(&mut self.out.html, word);
            let _ = write!(self.out.html, " {}\">", self.tables);
        } else {
            let _ = write!(self.out.html, "aria-labelledby=\"{id}\">");
        }
        self.out.html.push_str("<table>\n");
        if !table.caption.is_empty() {
            let _ = write!(self.out.html, "<caption id=\"{id}\">");
            self.inlines(&table.caption);
            self.out.html.push_str("</caption>\n");
        }
        self.out.html.push_str("<thead><tr>");
        let number = |column: usize| table.numbers.get(column).copied().unwrap_or(false);
        for (column, cell) in table.head.iter().enumerate() {
            let class = self.class(cell, number(column));
            // An empty corner names nothing.
            let (tag, scope) = if is_blank(cell) { ("td", "") } else { ("th", " scope=\"col\"") };
            let _ = write!(self.out.html, "<{tag}{scope}{class}>");
            self.inlines(cell);
            let _ = write!(self.out.html, "</{tag}>");
        }
        self.out.html.push_str("</tr></thead>\n<tbody>\n");
        self.expands = expands;
        for row in &table.rows {
            self.out.html.push_str("<tr>");
            for (column, cell) in row.iter().take(table.head.len()).enumerate() {
                let class = self.class(cell, number(column));
                if column == 0 && table.row_heads {
                    let _ = write!(self.out.html, "<th scope=\"row\"{class}>");
                    self.inlines(cell);
                    self.out.html.push_str("</th>");
                } else {
                    let _ = write!(self.out.html, "<td{class} data-label=\"");
                    let label = self.viewer.fill(&plain(&table.head[column]), self.page);
                    escape(&mut self.out.html, &label);
                    self.out.html.push_str("\">");
                    self.inlines(cell);
                    self.out.html.push_str("</td>");
                }
            }
            self.out.html.push_str("</tr>\n");
        }
        self.out.html.push_str("</tbody></table></div>\n");
        self.download(table);
    }

    /// The classes of a cell. A few short words, such as “A week” or “Three years”, stay on one
    /// line where there is room to take.
    fn class(&self, cell: &[Inline], is_number: bool) -> &'static str {
        let words = self.viewer.fill(&plain(cell), self.page);
        let is_brief = words.contains(' ') && words.chars().count() <= BRIEF;
        match (is_number, is_brief) {
            (true, true) => " class=\"number brief\"",
            (true, false) => " class=\"number\"",
            (false, true) => " class=\"brief\"",
            (false, false) => "",
        }
    }

    /// A bar for each row of a table. Those who hear the page hear the table, which says the
    /// same; its words are found in the table, too.
    fn bars(&mut self, table: &Table) {
        let Some(column) = table.charted() else { return };
        let cell = |row: &[Vec<Inline>], column: usize| {
            let words = row.get(column).map_or_else(String::new, |cell| plain(cell));
            self.viewer.fill(&words, self.page)
        };
        let rows = table.rows.iter().map(|row| (cell(row, 0), cell(row, column)));
        let rows = rows.filter(|(label, _)| !is_total(label)).filter_map(|(label, words)| {
            let amount = Amount::read(&words).filter(|amount| amount.value >= 0)?;
            Some((label, words, amount.value))
        });
        let rows: Vec<(String, String, i128)> = rows.collect();
        let most = rows.iter().map(|(.., value)| *value).max().unwrap_or(0);
        if most == 0 {
            return;
        }
        self.out.html.push_str("<div class=\"chart\" aria-hidden=\"true\" data-unsearched>\n");
        for (label, words, value) in rows {
            self.out.html.push_str("<p>");
            escape(&mut self.out.html, &label);
            self.out.html.push_str(": <strong>");
            escape(&mut self.out.html, &words);
            // No colour of its own: it is black on paper, and has the colour of words wherever
            // the reader chooses colours.
            let _ = writeln!(
                self.out.html,
                "</strong><svg width=\"100%\" height=\"14\" viewBox=\"0 0 1000 14\" \
                 preserveAspectRatio=\"none\"><rect width=\"{}\" height=\"14\" \
                 fill=\"currentColor\"/></svg></p>",
                value * 1000 / most
            );
        }
        self.out.html.push_str("</div>\n");
    }

    /// A link to a table as a file.
    fn download(&mut self, table: &Table) {
        let is_own = std::ptr::eq(self.text, &self.page.text);
        let url = self.downloads.get(&table.span.start).filter(|_| is_own);
        let Some((url, words)) = url.zip(self.words.get("table_csv")) else { return };
        let caption = self.viewer.fill(&plain(&table.caption), self.page);
        self.out.html.push_str("<p class=\"meta jump off-paper\" data-unsearched><a href=\"");
        escape(&mut self.out.html, url);
        self.out.html.push_str("\">");
        escape(&mut self.out.html, words);
        // Told apart for those who hear a list of all links.
        self.out.html.push_str("<span class=\"off\">: ");
        escape(&mut self.out.html, &caption);
        self.out.html.push_str("</span></a></p>\n");
    }

    fn inlines(&mut self, inlines: &'a [Inline]) {
        for inline in inlines {
            self.inline(inline);
        }
    }

    fn wrap(&mut self, tag: &str, inner: &'a [Inline]) {
        let _ = write!(self.out.html, "<{tag}>");
        self.inlines(inner);
        let _ = write!(self.out.html, "</{tag}>");
    }

    fn inline(&mut self, inline: &'a Inline) {
        match inline {
            Inline::Text(text, _) => self.words(text),
            Inline::Emphasis(inner) => self.wrap("em", inner),
            Inline::Strong(inner) => self.wrap("strong", inner),
            Inline::Struck(inner) => self.wrap("s", inner),
            Inline::Code(text) => {
                self.out.html.push_str("<code>");
                escape(&mut self.out.html, text);
                self.out.html.push_str("</code>");
            }
            Inline::Link(index, inner) => self.link(*index, inner),
            Inline::Image(index) => self.image(*index),
            Inline::FootnoteMark(name) => {
                let (number, again) =
                    match self.notes.iter_mut().position(|(known, _)| known == name) {
                        Some(at) => {
                            self.notes[at].1 += 1;
                            (at + 1, format!("-{}", self.notes[at].1))
                        }
                        None => {
                            self.notes.push((name.clone(), 1));
                            (self.notes.len(), String::new())
                        }
                    };
                let prefix = &self.prefix;
                let word = self.word("footnote");
                let _ = write!(
                    self.out.html,
                    "<sup><a href=\"#{prefix}note--{number}\" id=\"{prefix}to-note--{number}{again}\" aria-label=\"{word} {number}\">{number}</a></sup>"
                );
            }
            Inline::SoftBreak => self.out.html.push('\n'),
            Inline::Break => self.out.html.push_str("<br>\n"),
            Inline::Html(html, _) => self.raw(html),
            Inline::Value(name, _) => self.value(name),
            // Only letters have answers; a check says so.
            Inline::When(_, inner, _) => self.inlines(inner),
        }
    }

    fn link(&mut self, index: usize, inner: &'a [Inline]) {
        let link = &self.text.document.links[index];
        let expands = std::mem::replace(&mut self.expands, false);
        let site = self.viewer.site;
        // What leads nowhere is told of at its place; the words stay.
        if let Some(Target::Missing(_)) = self.text.targets.get(index) {
            self.inlines(inner);
            self.expands = expands;
            return;
        }
        self.out.html.push_str("<a href=\"");
        let (mut label, mut as_page) = (String::new(), String::new());
        match self.text.targets.get(index) {
            Some(Target::Page(id, fragment)) => {
                let page = &site.pages[*id];
                if let Some(name) = self.here.get(id) {
                    // The other part is further up or down.
                    let is_top = self.first == Some(*id) && fragment.is_none();
                    self.out.html.push('#');
                    escape(&mut self.out.html, if is_top { "main" } else { name });
                    self.out.html.push_str(if fragment.is_some() { "--" } else { "" });
                } else {
                    self.out.html.push_str(page.url.as_str());
                    self.out.html.push_str(if fragment.is_some() { "#" } else { "" });
                }
                escape(&mut self.out.html, fragment.as_deref().unwrap_or_default());
                if page.language != self.page.language {
                    self.out.html.push_str("\" hreflang=\"");
                    escape(&mut self.out.html, &page.language);
                }
            }
            Some(Target::File(at)) => {
                let file = &site.files[*at];
                escape(&mut self.out.html, &file.url);
                let known = lists::file(self.viewer, *at, &self.page.language);
                if !link.text.contains(&known) {
                    label = format!(" ({known})");
                }
                as_page = self.as_page(*at);
            }
            Some(Target::Made(address)) => escape(&mut self.out.html, address),
            Some(Target::External | Target::Missing(_)) | None => {
                escape(&mut self.out.html, &link.destination)
            }
        }
        self.out.html.push_str("\">");
        self.in_link = true;
        self.inlines(inner);
        self.in_link = false;
        escape(&mut self.out.html, &label);
        self.out.html.push_str("</a>");
        self.out.html.push_str(&as_page);
        self.expands = expands;
    }

    /// A link to the page that says the same as a file, where it is not this one and these
    /// words do not lead there anyway.
    fn as_page(&self, file: usize) -> String {
        let site = self.viewer.site;
        let other = site.form_of(file, &self.page.language).map(|(id, _)| id);
        let leads_there = |id: &PageId| {
            self.text.targets.iter().any(|to| matches!(to, Target::Page(to, _) if to == id))
        };
        let other = other.filter(|id| site.pages[*id].key != self.page.key && !leads_there(id));
        let Some((id, words)) = other.zip(self.words.get("file_as_page")) else {
            return String::new();
        };
        let page = &site.pages[id];
        let mut out = format!(" (<a href=\"{}\">", page.url);
        escape(&mut out, &words.replace("{title}", &page.title));
        out.push_str("</a>)");
        out
    }

    fn image(&mut self, index: usize) {
        let image = &self.text.document.images[index];
        let shown = match self.text.pictures.get(index) {
            Some(Target::File(at)) => lists::picture(self.viewer, *at),
            Some(Target::Made(address)) => lists::Shown::plain(address),
            _ => lists::Shown::plain(&image.destination),
        };
        if !shown.lighter.is_empty() {
            let lighter = &shown.lighter;
            let source = "<picture><source type=\"image/webp\"";
            let _ = write!(self.out.html, "{source} srcset=\"{lighter}\" sizes=\"{SIZES}\">");
        }
        self.out.html.push_str("<img src=\"");
        escape(&mut self.out.html, &shown.url);
        self.out.html.push_str("\" alt=\"");
        if image.alt != "decorative" {
            escape(&mut self.out.html, &self.viewer.fill(&image.alt, self.page));
        }
        self.out.html.push('"');
        if let Some((width, height)) = shown.size {
            let _ = write!(self.out.html, " width=\"{width}\" height=\"{height}\"");
        }
        self.out.html.push_str(" loading=\"lazy\" decoding=\"async\">");
        if !shown.lighter.is_empty() {
            self.out.html.push_str("</picture>");
        }
    }

    fn value(&mut self, name: &'a str) {
        match self.viewer.site.value(name, self.page, self.viewer.config) {
            Some(Value::Fact(fact)) => escape(&mut self.out.html, &fact.value),
            Some(Value::Words(words)) => escape(&mut self.out.html, words),
            Some(Value::Phone(phone)) if self.in_link => escape(&mut self.out.html, &phone.number),
            Some(Value::Email(address)) if self.in_link => escape(&mut self.out.html, address),
            Some(Value::Phone(phone)) => {
                let _ = write!(
                    self.out.html,
                    "<a class=\"phone\" href=\"tel:{}\">{}</a>",
                    phone.link, phone.number
                );
            }
            Some(Value::Email(address)) => {
                self.out.html.push_str("<a href=\"mailto:");
                escape(&mut self.out.html, address);
                self.out.html.push_str("\">");
                escape(&mut self.out.html, address);
                self.out.html.push_str("</a>");
            }
            Some(Value::Address(lines)) => {
                for (at, line) in lines.iter().enumerate() {
                    self.out.html.push_str(if at > 0 { ", " } else { "" });
                    escape(&mut self.out.html, line);
                }
            }
            Some(Value::Snippet(text)) => self.inside_snippet(text, |writer| {
                let paragraphs = text.document.blocks.iter().filter_map(|block| match block {
                    Block::Paragraph(inlines, _) => Some(inlines),
                    _ => None,
                });
                for (at, inlines) in paragraphs.enumerate() {
                    writer.out.html.push_str(if at > 0 { " " } else { "" });
                    writer.inlines(inlines);
                }
            }),
            Some(Value::Statement | Value::Lacking(_)) | None => {
                self.out.html.push_str("((");
                escape(&mut self.out.html, name);
                self.out.html.push_str("))");
            }
        }
    }

    /// The snippet that a paragraph consists of.
    fn lone_snippet(&self, inlines: &'a [Inline]) -> Option<&'a Text> {
        let [Inline::Value(name, _)] = inlines else { return None };
        match self.viewer.site.value(name, self.page, self.viewer.config) {
            Some(Value::Snippet(text)) => Some(text),
            _ => None,
        }
    }

    fn snippet(&mut self, text: &'a Text) {
        self.inside_snippet(text, |writer| writer.blocks(&text.document.blocks));
    }

    fn inside_snippet(&mut self, text: &'a Text, write: impl FnOnce(&mut Self)) {
        if !self.viewer.site.may_grow(self.text) {
            return;
        }
        let before = std::mem::replace(&mut self.text, text);
        write(self);
        self.text = before;
    }

    fn footnotes(&mut self) {
        if self.notes.is_empty() {
            return;
        }
        let word = self.word("footnotes");
        let _ = writeln!(self.out.html, "<section class=\"footnotes\" aria-label=\"{word}\"><ol>");
        let mut at = 0;
        while at < self.notes.len() {
            let name = self.notes[at].0.clone();
            let text = self.text;
            let note = text.document.blocks.iter().find_map(|block| match block {
                Block::Footnote { name: known, blocks } if *known == name => Some(blocks),
                _ => None,
            });
            let (number, prefix) = (at + 1, self.prefix.clone());
            let _ = write!(self.out.html, "<li id=\"{prefix}note--{number}\">");
            if let Some(blocks) = note {
                self.tight(blocks, false);
            }
            let back = self.word("back_to_text");
            let _ =
                writeln!(self.out.html, " <a href=\"#{prefix}to-note--{number}\">{back}</a></li>");
            at += 1;
        }
        self.out.html.push_str("</ol></section>\n");
    }

    /// Words, with the first use of each abbreviation written out.
    fn words(&mut self, text: &'a str) {
        if !self.expands {
            escape(&mut self.out.html, text);
            return;
        }
        let bytes = text.as_bytes();
        let mut done = 0;
        let mut at = 0;
        while at < bytes.len() {
            if !bytes[at].is_ascii_uppercase() {
                at += 1;
                continue;
            }
            let start = at;
            while at < bytes.len() && (bytes[at].is_ascii_alphanumeric() || bytes[at] == b'&') {
                at += 1;
            }
            let before = text[..start].chars().next_back();
            if at - start < 2 || before.is_some_and(char::is_alphanumeric) {
                continue;
            }
            let token = &text[start..at];
            let abbreviations = &self.viewer.site.data.abbreviations;
            let (short, plural) = match token.strip_suffix('s') {
                Some(short) if abbreviations.contains_key(short) => (short, "s"),
                _ => (token, ""),
            };
            let Some(&term) = abbreviations.get(short) else { continue };
            if !self.expanded.insert(term) || before == Some('(') {
                continue;
            }
            escape(&mut self.out.html, &text[done..start]);
            done = at;
            self.expand(term, short, plural);
        }
        escape(&mut self.out.html, &text[done..]);
    }

    fn expand(&mut self, term: usize, short: &str, plural: &str) {
        let site = self.viewer.site;
        let term = &site.data_in(&self.page.language).glossary[term];
        let begins = self.out.html.ends_with('>')
            || self.out.html.trim_end().ends_with(['.', '?', '!', ':'])
                && !self.out.html.ends_with("((");
        let mut name = term.term.clone();
        if begins {
            name = capital(&name);
        }
        let glossary = site.of_kind(&kind::GLOSSARY, &self.page.language);
        let glossary = glossary.filter(|_| term.listed && !self.page.kind.is(&kind::GLOSSARY));
        if let Some(id) = glossary {
            let _ = write!(self.out.html, "<a class=\"term\" href=\"{}#", site.pages[id].url);
            escape(&mut self.out.html, &term.id);
            self.out.html.push_str("\">");
        }
        escape(&mut self.out.html, &name);
        self.out.html.push_str(plural);
        if glossary.is_some() {
            self.out.html.push_str("</a>");
        }
        self.out.html.push_str(" (");
        escape(&mut self.out.html, short);
        self.out.html.push_str(plural);
        self.out.html.push(')');
    }
}

/// A page as a section of another.
pub(super) fn section(id: &str, title: &str, inside: Markup) -> Markup {
    let mut out = String::from("<section class=\"part\"><h2 id=\"");
    escape(&mut out, id);
    out.push_str("\">");
    escape(&mut out, title);
    out.push_str("</h2>\n");
    let mut out = Markup::from(out);
    out.push(inside);
    out.html.push_str("</section>\n");
    out
}

/// What the part of a guide is called where all parts are on one page.
pub(super) fn part_id(page: &Page) -> String {
    name_of(page.url.as_str()).to_owned()
}

fn is_blank(inlines: &[Inline]) -> bool {
    inlines.iter().all(|part| match part {
        Inline::Text(text, _) => text.trim().is_empty(),
        Inline::SoftBreak | Inline::Break => true,
        Inline::Html(html, _) => html.trim_start().starts_with("<!--"),
        _ => false,
    })
}
