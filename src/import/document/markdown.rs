//! Blocks as the Markdown of a page, and where in it something was lost.
//!
//! What a document says stays what it says: a star that somebody typed is written so that it
//! is read as a star, and double brackets so that they are no value. Nothing more is escaped
//! than must be, because editors read these files.

use std::collections::BTreeMap;

use super::{
    block::{Blank, BlankSort, Block, Document, Inline, Loss, Mark, Style, Table, is_empty, plain},
    media, shape,
};
use crate::text::{Span, shorten};

/// What a page is written with.
pub(super) struct Setting<'a> {
    /// The document, for its notes.
    pub(super) document: &'a Document,
    /// What each picture is called, beside the page.
    pub(super) names: &'a BTreeMap<usize, String>,
    /// Where an anchor is, as a link from this page has it.
    pub(super) places: &'a dyn Fn(&str) -> Option<String>,
    /// The id that a heading must have, for links that lead to it.
    pub(super) ids: &'a dyn Fn(&[Inline]) -> Option<String>,
    /// How a blank is written.
    pub(super) blanks: &'a dyn Fn(&Blank) -> String,
    /// How much higher headings stand here than in the document.
    pub(super) raised: u8,
}

/// The text of a page, without what stands at its top.
#[derive(Debug, Default)]
pub(super) struct Written {
    pub(super) text: String,
    /// What was lost, and where.
    pub(super) lost: Vec<(Span, Loss)>,
}

/// Writes blocks.
pub(super) fn write(blocks: &[Block], setting: &Setting<'_>) -> Written {
    let mut writer = Writer {
        setting,
        out: String::new(),
        lost: Vec::new(),
        notes: Vec::new(),
        prefix: String::new(),
        open: Vec::new(),
        is_tight: false,
        delimiter: '.',
        last_number: None,
    };
    writer.blocks(blocks);
    writer.footnotes();
    while writer.out.ends_with("\n\n") {
        writer.out.pop();
    }
    Written { text: writer.out, lost: writer.lost }
}

struct Writer<'a> {
    setting: &'a Setting<'a>,
    out: String,
    lost: Vec<(Span, Loss)>,
    /// Which notes were met, in order.
    notes: Vec<usize>,
    /// What stands before each line: `> ` in a box.
    prefix: String,
    /// How wide the marks of the items are that are open.
    open: Vec<usize>,
    is_tight: bool,
    delimiter: char,
    /// The last number of the list of the highest level.
    last_number: Option<u32>,
}

impl Writer<'_> {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            if !matches!(block, Block::Item { .. } | Block::Within { .. } | Block::Lost(_)) {
                self.end_list();
            }
            match block {
                Block::Heading { level, words } => {
                    let level = level.saturating_sub(self.setting.raised).max(2);
                    let id = (self.setting.ids)(words).map(|id| format!(" {{#{id}}}"));
                    let line = self.line(&shape::not_bold(words), false).replace("\\\n", " ");
                    let line = line.strip_suffix('#').map(|it| format!("{it}\\#")).unwrap_or(line);
                    // Words in braces at its end would be taken for an id.
                    let line = match line.strip_suffix('}') {
                        Some(rest) if id.is_none() => format!("{rest}\\}}"),
                        _ => line,
                    };
                    let marks = "#".repeat(usize::from(level));
                    self.put(&format!("{marks} {line}{}", id.unwrap_or_default()), words);
                }
                Block::Paragraph { words, .. } => {
                    if is_empty(words) {
                        continue;
                    }
                    let line = begun(&self.line(words, false));
                    self.put(&line, words);
                }
                Block::Item { level, mark, words } => self.item(*level, *mark, words),
                Block::Within { level, block } => self.within(*level, block),
                Block::Table(table) => self.table(table),
                Block::Aside(inner) => self.aside(inner),
                Block::Lost(loss) => self.lose(self.out.len(), loss),
            }
        }
        self.end_list();
    }

    fn lose(&mut self, at: usize, loss: &Loss) {
        // What is written next has its place there.
        self.lost.push((Span::new(at, at), loss.clone()));
    }

    /// Writes lines, each with what stands before it, and an empty one after them.
    fn put(&mut self, lines: &str, words: &[Inline]) {
        let start = self.out.len() + self.prefix.len();
        if !lines.trim().is_empty() {
            for line in lines.split('\n') {
                self.out.push_str(&self.prefix);
                self.out.push_str(line);
                self.trim_line();
                self.out.push('\n');
            }
            self.out.push_str(self.prefix.trim_end());
            self.out.push('\n');
        }
        self.losses(words, start);
    }

    fn trim_line(&mut self) {
        let end = self.out.trim_end_matches([' ', '\t']).len();
        self.out.truncate(end);
    }

    fn losses(&mut self, words: &[Inline], at: usize) {
        for inline in words {
            match inline {
                Inline::Lost(loss) => self.lose(at.min(self.out.len()), loss),
                Inline::Link { words, to } => {
                    self.losses(words, at);
                    if let Err(loss) = self.address(to, words) {
                        self.lose(at, &loss);
                    }
                }
                Inline::Picture { description, is_decoration, number } => {
                    let (words, is_made) = media::described(description);
                    let name = self.setting.names.get(number).map_or("", String::as_str);
                    if words.is_empty() && !is_decoration {
                        let message = format!("nothing says what the picture {name} shows");
                        let hint = "write it between the brackets: `![Two people at a desk](…)`; if it only decorates, write `decorative`";
                        self.lose(at, &Loss::new(message, hint));
                    } else if is_made {
                        let message = format!("a program wrote what the picture {name} shows");
                        self.lose(
                            at,
                            &Loss::new(message, "look at the picture, and say it better"),
                        );
                    }
                }
                _ => {}
            }
        }
    }

    fn end_list(&mut self) {
        if !self.open.is_empty() {
            self.open.clear();
            self.last_number = None;
            self.out.push_str(self.prefix.trim_end());
            self.out.push('\n');
        }
        self.is_tight = false;
    }

    fn item(&mut self, level: u8, mark: Mark, words: &[Inline]) {
        let level = usize::from(level).min(self.open.len()).min(6);
        let is_other = self.last_number.is_some() != matches!(mark, Mark::Number { .. });
        if level == 0 && is_other && !self.open.is_empty() {
            self.end_list();
        }
        self.open.truncate(level);
        if let Mark::Number { value, is_plain } = mark {
            if level == 0 {
                // Another list begins where the numbers do not go on: another sign says so.
                let goes_on =
                    self.last_number.is_some_and(|last| last.checked_add(1) == Some(value));
                if !goes_on && self.last_number.is_some() {
                    self.delimiter = if self.delimiter == '.' { ')' } else { '.' };
                } else if self.last_number.is_none() {
                    self.delimiter = '.';
                }
                self.last_number = Some(value);
            }
            if !is_plain && value == 1 {
                let message =
                    "letters or parted numbers before the lines of this list became plain numbers";
                let hint = "where the text says “see (b)”, write what is meant";
                self.lose(self.out.len(), &Loss::new(message, hint));
            }
        } else if level == 0 {
            self.last_number = None;
        }
        let sign = match mark {
            Mark::Bullet => "-".to_owned(),
            Mark::Number { value, .. } => {
                format!("{value}{}", if level == 0 { self.delimiter } else { '.' })
            }
        };
        let indent: usize = self.open.iter().sum();
        let line = begun(&self.line(words, false));
        let inner = " ".repeat(indent + sign.len() + 1);
        let lines = line.replace('\n', &format!("\n{}{inner}", self.prefix));
        let start = self.out.len();
        self.out.push_str(&format!("{}{}{sign} {lines}", self.prefix, " ".repeat(indent)));
        self.trim_line();
        self.out.push('\n');
        self.losses(words, start);
        self.open.push(sign.len() + 1);
        self.is_tight = true;
    }

    fn within(&mut self, level: u8, block: &Block) {
        if self.open.is_empty() {
            return self.blocks(std::slice::from_ref(block));
        }
        self.open.truncate(usize::from(level) + 1);
        let indent: usize = self.open.iter().sum();
        let (open, number) = (std::mem::take(&mut self.open), self.last_number);
        let prefix = self.prefix.clone();
        self.out.push_str(prefix.trim_end());
        self.out.push('\n');
        self.prefix.push_str(&" ".repeat(indent));
        self.blocks(std::slice::from_ref(block));
        self.prefix = prefix;
        (self.open, self.last_number) = (open, number);
    }

    /// What stood in a box of its own. A heading in it would be one of the page.
    fn aside(&mut self, inner: &[Block]) {
        let start = self.out.len();
        let (title, rest) = match inner {
            [Block::Heading { words, .. }, rest @ ..] if !rest.is_empty() => (Some(words), rest),
            all => (None, all),
        };
        let title = title.map(|words| self.line(&shape::not_bold(words), false));
        let title = title.map(|title| format!(" {title}")).unwrap_or_default();
        self.out.push_str(&format!("{}> [!NOTE]{title}\n", self.prefix));
        let prefix = self.prefix.clone();
        self.prefix.push_str("> ");
        let plain: Vec<Block> = rest
            .iter()
            .map(|block| match block {
                Block::Heading { words, .. } => {
                    let style = Style { is_bold: true, ..Style::default() };
                    Block::paragraph(vec![Inline::Text { words: plain(words), style }])
                }
                other => other.clone(),
            })
            .collect();
        self.blocks(&plain);
        self.prefix = prefix;
        while self.out.ends_with(">\n") {
            self.out.truncate(self.out.len() - 2);
        }
        if !self.out.ends_with('\n') {
            self.out.push('\n');
        }
        self.out.push_str(self.prefix.trim_end());
        self.out.push('\n');
        let loss = Loss::new(
            "what stood in a box of its own is a box here",
            "put it where it belongs, and say which kind of box it is, or take the frame off",
        );
        self.lose(start, &loss);
    }

    /// A cell as one line.
    fn cell(&mut self, blocks: &[Block]) -> (String, Vec<Inline>) {
        let mut out = String::new();
        let mut all = Vec::new();
        for block in blocks {
            let (line, is_item) = match block {
                Block::Table(table) => {
                    let inner = table.rows.iter().flat_map(|row| &row.cells);
                    let inner: Vec<String> = inner
                        .map(|cell| self.cell(&cell.blocks).0)
                        .filter(|it| !it.is_empty())
                        .collect();
                    all.push(Inline::Lost(Loss::new(
                        "a table stood in a cell of this table; its words follow each other",
                        "make two tables of it",
                    )));
                    (inner.join(", "), false)
                }
                Block::Aside(inner) => {
                    let (line, own) = self.cell(inner);
                    all.extend(own);
                    (line, false)
                }
                Block::Lost(loss) => {
                    all.push(Inline::Lost(loss.clone()));
                    continue;
                }
                Block::Within { block, .. } => {
                    let (line, own) = self.cell(std::slice::from_ref(block));
                    all.extend(own);
                    (line, false)
                }
                other => {
                    let words = other.words().unwrap_or_default();
                    all.extend(words.iter().cloned());
                    (self.line(words, true), matches!(other, Block::Item { .. }))
                }
            };
            let line = line.replace("\\\n", " ").replace('\n', " ");
            if line.trim().is_empty() {
                continue;
            }
            if !out.is_empty() {
                let is_end = out.ends_with(['.', ':', ';', '?', '!', ',']);
                out.push_str(if is_item && !is_end { "; " } else { " " });
            }
            out.push_str(line.trim());
        }
        (out, all)
    }

    fn table(&mut self, table: &Table) {
        let start = self.out.len();
        let wide =
            |row: &super::block::Row| row.cells.iter().map(|it| it.wide.max(1)).sum::<usize>();
        let columns = table.rows.iter().map(wide).max().unwrap_or(0).min(MOST_COLUMNS);
        let is_said = |text: &(String, Vec<Inline>)| !text.0.is_empty();
        // A table of one cell, or of one column, is a way to draw a box.
        if columns <= 1 {
            let cells = table.rows.iter().flat_map(|row| &row.cells);
            let inner: Vec<Block> = cells.flat_map(|cell| cell.blocks.clone()).collect();
            if table.rows.len() == 1 {
                self.aside(&inner)
            } else {
                self.blocks(&inner)
            }
            return;
        }
        let mut merged = false;
        let mut too_wide = false;
        let mut rows: Vec<Vec<String>> = Vec::new();
        let mut kept: Vec<Inline> = Vec::new();
        for row in &table.rows {
            let mut line: Vec<String> = Vec::new();
            for cell in &row.cells {
                if line.len() >= columns {
                    too_wide |= is_said(&self.cell(&cell.blocks));
                    continue;
                }
                merged |= cell.goes_on || cell.wide > 1;
                let above = rows.last().and_then(|row| row.get(line.len())).cloned();
                let said = self.cell(&cell.blocks);
                let text = match above.filter(|_| cell.goes_on && !is_said(&said)) {
                    Some(above) => above,
                    None => said.0,
                };
                kept.extend(said.1);
                line.push(text);
                for _ in 1..cell.wide.min(columns) {
                    line.push(String::new());
                }
            }
            line.resize(columns, String::new());
            rows.push(line);
        }
        let heads = table.rows.iter().take_while(|row| row.is_head).count();
        let first_is_bold = table.rows.first().is_some_and(shape::is_bold_row);
        let mut head = rows.first().cloned().unwrap_or_default();
        if heads > 1 && heads < rows.len() {
            // Headings of two rows, the upper over several columns.
            for row in &rows[1..heads] {
                let mut over = String::new();
                for (own, below) in head.iter_mut().zip(row) {
                    if !own.is_empty() {
                        over.clone_from(own);
                    }
                    *own = match (over.as_str(), below.as_str()) {
                        (over, below) if over == below || below.is_empty() => over.to_owned(),
                        ("", below) => below.to_owned(),
                        (over, below) => format!("{over}: {below}"),
                    };
                }
            }
        }
        let body: Vec<Vec<String>> = rows.into_iter().skip(heads.max(1)).collect();
        if heads == 0 || first_is_bold {
            head = head.iter().map(|it| it.replace("**", "")).collect();
        }
        if let Some(caption) = &table.caption {
            let words = self.line(&shape::not_bold(caption), false).replace("\\\n", " ");
            self.put(&format!("Table: {words}"), caption);
        }
        let is_number = |at: usize| {
            let mut cells =
                body.iter().map(|row| row[at].as_str()).filter(|it| !it.is_empty()).peekable();
            cells.peek().is_some()
                && cells.all(|cell| {
                    cell.contains(|c: char| c.is_ascii_digit())
                        && cell.chars().all(|c| c.is_ascii_digit() || "£€%.,-– ".contains(c))
                })
        };
        let mut lines = vec![row_line(&head)];
        let rule: Vec<String> =
            (0..columns).map(|at| if is_number(at) { "---:" } else { "---" }.to_owned()).collect();
        lines.push(row_line(&rule));
        lines.extend(body.iter().map(|row| row_line(row)));
        self.put(&lines.join("\n"), &[]);
        let at = (start + self.prefix.len()).min(self.out.len());
        self.losses(&kept, at);
        if heads == 0 && !first_is_bold {
            let message =
                "nothing said which row of this table names its columns; its first was taken";
            self.lose(at, &Loss::new(message, "write a name for each column, if these are none"));
        }
        if too_wide {
            let message =
                format!("this table has more than {MOST_COLUMNS} columns; the rest was left out");
            self.lose(at, &Loss::new(message, "make several tables of it, or attach the file"));
        }
        if merged {
            let message = "cells of this table were merged; each row has the words of its own now";
            self.lose(at, &Loss::new(message, "read it row by row, and fill in what is empty"));
        }
    }

    fn footnotes(&mut self) {
        let mut at = 0;
        while let Some(note) = self.notes.get(at).copied() {
            at += 1;
            let blocks = self.setting.document.notes.get(note).cloned().unwrap_or_default();
            let outer = std::mem::take(&mut self.out);
            let losses = std::mem::take(&mut self.lost);
            self.prefix = "    ".to_owned();
            self.blocks(&blocks);
            self.prefix.clear();
            let inner = std::mem::replace(&mut self.out, outer);
            let lost = std::mem::replace(&mut self.lost, losses);
            let start = self.out.len();
            let inner = inner.trim();
            // A note without words would be no note.
            let inner = if inner.is_empty() { "…" } else { inner };
            self.out.push_str(&format!("[^{at}]: {inner}\n\n"));
            self.lost.extend(lost.into_iter().map(|(_, loss)| (Span::new(start, start), loss)));
        }
    }

    /// Words as one line, or as several with `\` between them.
    fn line(&mut self, words: &[Inline], in_table: bool) -> String {
        let mut out = String::new();
        for (at, inline) in words.iter().enumerate() {
            match inline {
                Inline::Text { words: text, style } => {
                    let next = words[at + 1..].iter().find_map(first_letter);
                    let text = match style.raised {
                        Some(raised) => spaced(&raised.of(text)),
                        None => spaced(text),
                    };
                    styled(&mut out, &text, *style, next, in_table);
                }
                Inline::Link { words, to } => {
                    let inner = self.line(words, in_table).replace("\\\n", " ");
                    match self.address(to, words) {
                        Ok(to) => {
                            let (before, inner, after) = parted(&inner);
                            let said = plain(words);
                            out.push_str(before);
                            if said.trim() == to && to.starts_with("http") || inner.is_empty() {
                                out.push_str(&format!("<{to}>"));
                            } else {
                                out.push_str(&format!("[{inner}]({to})"));
                            }
                            out.push_str(after);
                        }
                        Err(_) => out.push_str(&inner),
                    }
                }
                Inline::Picture { number, description, is_decoration } => {
                    let Some(name) = self.setting.names.get(number) else { continue };
                    let (words, _) = media::described(description);
                    let words = match words.is_empty() && *is_decoration {
                        true => "decorative".to_owned(),
                        false => escaped(&words, in_table),
                    };
                    out.push_str(&format!("![{words}]({name})"));
                }
                Inline::Note(note) => {
                    let known = self.notes.iter().position(|own| own == note);
                    let number = known.unwrap_or_else(|| {
                        self.notes.push(*note);
                        self.notes.len() - 1
                    });
                    out.push_str(&format!("[^{}]", number + 1));
                }
                Inline::Break => {
                    let end = out.trim_end().len();
                    out.truncate(end);
                    out.push_str("\\\n");
                }
                Inline::Blank(blank) => out.push_str(&(self.setting.blanks)(blank)),
                Inline::Anchor(_) | Inline::Lost(_) => {}
            }
        }
        let out = out.trim().to_owned();
        out.trim_end_matches("\\\n").to_owned()
    }

    /// Where a link leads, as Markdown has it; a loss for what no page can lead to.
    fn address(&self, to: &str, words: &[Inline]) -> Result<String, Loss> {
        let to = to.trim();
        if let Some(anchor) = to.strip_prefix('#') {
            let place = (self.setting.places)(anchor);
            return place.ok_or_else(|| {
                let message = format!(
                    "the link “{}” led to a place in the document that is not there",
                    shorten(plain(words).trim())
                );
                Loss::new(message, "link to the heading that is meant")
            });
        }
        let small = to.to_ascii_lowercase();
        let is_known =
            ["http://", "https://", "mailto:", "tel:"].iter().any(|it| small.starts_with(it));
        if !is_known {
            let message = format!(
                "the link “{}” led to {}, which is no address of the web",
                shorten(plain(words).trim()),
                shorten(to)
            );
            let hint = "put that file beside the page, or link to the page that replaced it";
            return Err(Loss::new(message, hint));
        }
        let mut address = String::with_capacity(to.len());
        for c in to.chars() {
            match c {
                ' ' => address.push_str("%20"),
                '(' => address.push_str("%28"),
                ')' => address.push_str("%29"),
                '<' => address.push_str("%3C"),
                '>' => address.push_str("%3E"),
                '\\' => address.push_str("%5C"),
                c if c.is_control() => {}
                c => address.push(c),
            }
        }
        Ok(address)
    }
}

/// The most columns that a table is written with.
const MOST_COLUMNS: usize = 60;

fn row_line(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| format!(" {cell} ")).collect();
    format!("|{}|", cells.join("|"))
}

/// The first letter of an inline.
fn first_letter(inline: &Inline) -> Option<char> {
    match inline {
        Inline::Text { words, .. } => words.chars().next(),
        Inline::Link { words, .. } => words.iter().find_map(first_letter),
        Inline::Break => Some('\n'),
        Inline::Blank(_) | Inline::Note(_) | Inline::Picture { .. } => Some('['),
        Inline::Anchor(_) | Inline::Lost(_) => None,
    }
}

/// One space for any spaces.
fn spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let is_unseen = matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}' | '\u{2060}');
        if c.is_whitespace() {
            if !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !is_unseen && !crate::html::is_forbidden(c) {
            out.push(c);
        }
    }
    out
}

/// The spaces before words, the words, and the spaces after them.
fn parted(text: &str) -> (&str, &str, &str) {
    let inner = text.trim();
    let start = text.len() - text.trim_start().len();
    (&text[..start], inner, &text[(start + inner.len()).min(text.len())..])
}

/// Adds words with the signs of their look. The signs stand at words, or they would be no signs.
fn styled(out: &mut String, text: &str, style: Style, next: Option<char>, in_table: bool) {
    let (before, inner, after) = parted(text);
    out.push_str(before);
    let mut sign = String::new();
    if !inner.is_empty() {
        sign.push_str(if style.is_struck { "~~" } else { "" });
        sign.push_str(if style.is_bold { "**" } else { "" });
        sign.push_str(if style.is_italic { "*" } else { "" });
    }
    // Beside a letter a sign must not stand at a mark: `**Note:**yes` is no emphasis.
    let mut body = inner;
    let (mut head, mut tail) = ("", "");
    if !sign.is_empty() {
        let is_letter = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
        if after.is_empty() && is_letter(next) {
            let end = body.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
            (body, tail) = body.split_at(end);
        }
        if before.is_empty() && is_letter(out.chars().last()) {
            let start = body.find(char::is_alphanumeric).unwrap_or(body.len());
            (head, body) = body.split_at(start);
        }
    }
    let escape = |words: &str| escaped(words, in_table);
    out.push_str(&escape(head));
    if body.is_empty() || sign.is_empty() {
        out.push_str(&escape(body));
    } else {
        let back: String = sign.chars().rev().collect();
        // The same look goes on: the signs between would stand against each other.
        if out.ends_with(&back) && before.is_empty() && !out.ends_with(&format!("\\{back}")) {
            out.truncate(out.len() - back.len());
        } else {
            out.push_str(&sign);
        }
        out.push_str(&escape(body));
        out.push_str(&back);
    }
    out.push_str(&escape(tail));
    out.push_str(after);
}

/// Words that are read as they stand.
pub(super) fn escaped(text: &str, in_table: bool) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let letters: Vec<char> = text.chars().collect();
    for (at, &c) in letters.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| letters[at]);
        let after = letters.get(at + 1).copied();
        let in_word =
            before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric);
        let is_mark = match c {
            '\\' | '`' | '*' | '[' | ']' => true,
            '_' => !in_word,
            '~' => after == Some('~') || before == Some('~'),
            '<' => after.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')),
            '&' => {
                after.is_some_and(|c| c.is_ascii_alphanumeric() || c == '#') && text.contains(';')
            }
            '|' => in_table,
            '(' => after == Some('('),
            _ => false,
        };
        if is_mark {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Words at the beginning of a line, where some would begin a list, a heading or a box.
fn begun(line: &str) -> String {
    let lines = line.split('\n').map(|line| {
        let digits = line.find(|c: char| !c.is_ascii_digit()).unwrap_or(line.len());
        let rest = &line[digits..];
        let is_number = digits > 0 && digits < 10 && rest.starts_with(['.', ')']);
        let is_number = is_number && (rest.len() == 1 || rest[1..].starts_with(' '));
        if is_number {
            return format!("{}\\{rest}", &line[..digits]);
        }
        let mut letters = line.chars();
        let (first, second) = (letters.next(), letters.next());
        let is_space = second.is_none_or(|c| c == ' ');
        let is_mark = match first {
            Some('#') => line.trim_start_matches('#').chars().next().is_none_or(|c| c == ' '),
            Some('-' | '+') => is_space || line.chars().all(|c| c == '-' || c == ' '),
            Some('>') => true,
            Some(':') => is_space,
            Some('=') => line.chars().all(|c| c == '='),
            _ => false,
        };
        if is_mark { format!("\\{line}") } else { line.to_owned() }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// A blank on a page, where it cannot be filled in.
pub(super) fn on_a_page(blank: &Blank) -> String {
    match &blank.sort {
        BlankSort::Tick => "☐ ".to_owned(),
        BlankSort::Choice(all) if !all.is_empty() => {
            format!("({})", escaped(&all.join(" / "), true))
        }
        _ if blank.label.trim().is_empty() => "\\_\\_\\_\\_".to_owned(),
        _ => format!("\\[{}\\]", escaped(&spaced(blank.label.trim()), true)),
    }
}
