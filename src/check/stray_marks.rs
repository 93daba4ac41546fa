//! `stray-marks`: writing that did not become what was meant, and is shown as it was typed.

use std::ops::Range;

use super::{Check, Looks, Marks, Rule, Subject, World};
use crate::{
    model::Page,
    parse::{Block, Fence, Heading, Inline, Label, Table, plain},
    rule::Severity,
    text::{Span, nearest, shorten},
};

pub(super) const CHECK: Check =
    Rule::error("stray-marks", Looks::Words, include_str!("stray_marks.md")).on_text(run);

/// Signs that programs for writing put in front of the items of a list. Source: the fonts
/// Symbol and Wingdings have theirs in the private use area.
const BULLETS: &[char] =
    &['•', '·', '▪', '◦', '‣', '●', '○', '■', '□', '✓', '➢', '\u{f0b7}', '\u{f0a7}', '\u{f0d8}'];

/// How long a bold line can be that stands for a heading, in characters.
const LONGEST_HEADING: usize = 80;

fn run(subject: &Subject<'_>, marks: &mut Marks) {
    let document = &subject.text.document;
    let mut reader = Reader { subject, marks };
    reader.blocks(&document.blocks, true);
    if let Some(page) = subject.page {
        reader.top(page);
    }
    if subject.page.is_some_and(|page| page.kind.sheet().is_some()) {
        return; // The parts of a sheet are counted, so that people can speak of them.
    }
    // Numbers from 1 on, one after the other, are meant; what is left of others is not.
    let mut next = 1;
    for heading in &document.headings {
        let Some(number) = typed_number(&heading.text) else { continue };
        if number.trim_matches('.').parse() == Ok(next) {
            next += 1;
            continue;
        }
        let signs = "#".repeat(usize::from(heading.level));
        let rest = heading.text[number.len()..].trim();
        let message = format!("“{number}” is typed in front of this heading");
        let hint = format!("write `{signs} {rest}`");
        reader.marks.push(heading.span, message).hint(hint).severity(Severity::Warning);
    }
}

/// The number in front of a heading: `3.`, `1.2`. Three parts are a version of something.
fn typed_number(heading: &str) -> Option<&str> {
    let (number, rest) = heading.split_once(' ')?;
    let is_part =
        |part: &str| (1..3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let is_number = number.contains('.') && number.trim_matches('.').split('.').all(is_part);
    let is_title = rest.trim_start().starts_with(char::is_alphabetic);
    (is_number && is_title && number.trim_matches('.').split('.').count() < 3).then_some(number)
}

struct Reader<'r, 'a> {
    subject: &'r Subject<'a>,
    marks: &'r mut Marks,
}

impl Reader<'_, '_> {
    fn blocks(&mut self, blocks: &[Block], is_top: bool) {
        // The items of one list are one slip, also with empty lines between them.
        let mut was_list = false;
        for (number, block) in blocks.iter().enumerate() {
            let is_first = !std::mem::take(&mut was_list);
            match block {
                Block::Paragraph(inlines, span) => {
                    let before = self.marks.marks.len();
                    was_list = self.paragraph(*span);
                    if was_list && !is_first {
                        self.marks.marks.truncate(before);
                    }
                    self.inlines(inlines);
                    if let Some(Block::Rule) = blocks.get(number + 1) {
                        self.ruled(*span);
                    }
                    if is_top && blocks.get(number + 1).is_some_and(|next| !self.is_contact(next)) {
                        self.bold(inlines, *span);
                    }
                    if is_top {
                        self.lost_meaning(*span);
                    }
                }
                Block::List { items, .. } => {
                    items.iter().for_each(|item| self.blocks(&item.blocks, false));
                }
                Block::Quote { title, blocks, label, span } => {
                    self.inlines(title);
                    self.blocks(blocks, false);
                    if label.is_none() {
                        self.lost_label(blocks, *span);
                    }
                }
                Block::Footnote { blocks, .. } => self.blocks(blocks, false),
                Block::Definitions(all) => {
                    for (term, meanings) in all {
                        self.inlines(term);
                        meanings.iter().for_each(|blocks| self.blocks(blocks, false));
                    }
                }
                Block::Table(table) => {
                    self.table(table);
                    table.cells().for_each(|cell| self.inlines(cell));
                }
                Block::Code { language, span, .. } => self.code(language, *span),
                Block::Heading(index) => {
                    let heading = &self.subject.text.document.headings[*index];
                    self.inlines(&heading.content);
                    self.heading(heading);
                }
                Block::Record(_) | Block::Rule | Block::Html(..) => {}
            }
        }
    }

    /// Words at the top of a page, and those that its kind has of its own: nothing in them
    /// becomes bold, a link or anything else.
    fn top(&mut self, page: &Page) {
        let front = page.front.title.iter().chain(&page.front.description);
        let own = page.kind.part().words().into_iter().map(|(_, words)| words);
        for words in front.chain(own) {
            if let Some(marked) = marked_up(words) {
                let message = format!("“{}” is shown as it is typed", shorten(marked));
                let hint = "take out the marks: nothing becomes bold or a link here";
                self.marks.push(words.span, message).hint(hint);
            } else if let Some(range) = to_do(words) {
                let note = shorten(&words[range]);
                let message = format!("“{note}” is a note to whoever writes this");
                let hint = "write what readers need, or take it out";
                self.marks.push(words.span, message).hint(hint).severity(Severity::Warning);
            }
        }
    }

    /// One line of words with a line of `_` or `*` under it.
    fn ruled(&mut self, span: Span) {
        let source = &self.subject.text.document.source;
        let words = source.at(span).trim();
        let after = source.text.get(span.end..).unwrap_or_default();
        let is_under = after.trim_start_matches([' ', '\r']).starts_with(['_', '*'])
            || after.starts_with('\n') && after[1..].starts_with(['_', '*']);
        let is_line = !words.contains('\n') && words.chars().count() <= LONGEST_HEADING;
        if is_under && is_line && !words.ends_with(['.', ':', ';', ',', '!']) {
            let message = format!("the line under “{}” does not make a heading", shorten(words));
            let hint = format!("write `## {words}`");
            self.marks.push(span, message).hint(hint).severity(Severity::Warning);
        }
    }

    /// A label in a quote that lacks one of its signs: `[WARNING]`, `(!NOTE)`, `!NOTE`.
    fn lost_label(&mut self, blocks: &[Block], span: Span) {
        let Some(Block::Paragraph(inlines, _)) = blocks.first() else { return };
        let Some(Inline::Text(text, place)) = inlines.first() else { return };
        let inner = text.trim_start_matches(['[', '(', '{', '!']);
        let name = inner.split(|c: char| !c.is_ascii_uppercase()).next().unwrap_or_default();
        let signs = text.len() - inner.len();
        if let Some(label) = Label::named(name).filter(|_| signs > 0) {
            let has_end = inner[name.len()..].starts_with([']', ')', '}']);
            let end = signs + name.len() + usize::from(has_end);
            let message = format!("“{}” does not make a box", &text[..end]);
            let end = (place.start + end).min(span.end);
            let hint = format!("write `> [!{}]`", label.name());
            self.marks.push(Span::new(place.start, end), message).hint(hint);
        }
    }

    /// Marks of a heading at its end, and a line of hyphens that made one of other words.
    fn heading(&mut self, heading: &Heading) {
        let source = &self.subject.text.document.source;
        let text = heading.text.trim_end();
        let words = text.trim_end_matches('#');
        let signs = "#".repeat(usize::from(heading.level));
        if text.len() > words.len() + 1 {
            let message = format!("“{}” stands at the end of this heading", &text[words.len()..]);
            let hint = format!("write `{signs} {}`", words.trim_end());
            self.marks.push(heading.span, message).hint(hint);
        }
        let typed = source.at(heading.span);
        let line = typed.trim_end().lines().last().unwrap_or_default().trim();
        let is_underlined = typed.contains('\n') && line.bytes().all(|b| matches!(b, b'-' | b'='));
        if is_underlined && text.ends_with(['.', ':', ';', ',', '!']) {
            let message =
                format!("the line of “{}” makes a heading of the words above it", shorten(line));
            let hint = "leave an empty line above it, or take it out";
            self.marks.push(heading.span, message).hint(hint);
        }
    }

    /// What begins its lines; whether they were meant for a list.
    fn paragraph(&mut self, span: Span) -> bool {
        let source = &self.subject.text.document.source;
        let typed = source.at(span);
        let mut lines = Vec::new();
        let mut at = span.start;
        for line in typed.split_inclusive('\n') {
            let words = line.trim_start_matches([' ', '>', '\t']);
            let start = at + line.len() - words.len();
            let words = words.trim_end();
            lines.push((words, Span::new(start, start + words.len())));
            at += line.len();
        }
        if !typed.contains(['|', '\t', '•']) && !lines.iter().any(|(line, _)| may_be_block(line))
        {
            return false;
        }
        for (line, place) in &lines {
            let level = line.bytes().take_while(|b| *b == b'#').count();
            let rest = &line[level..];
            let is_single = lines.len() == 1 && rest.starts_with(char::is_uppercase);
            let is_heading =
                (2..=6).contains(&level) || level == 1 && is_single && rest.contains(' ');
            if level > 6 {
                let message = format!("“{}” has more than six signs", shorten(line));
                self.marks.push(*place, message).hint(format!("write `###### {}`", rest.trim()));
                return false;
            }
            if is_heading && rest.starts_with(char::is_alphanumeric) {
                let message = format!("“{}” is not a heading without a space", shorten(line));
                let hint = format!("write `{} {rest}`", "#".repeat(level));
                self.marks.push(*place, message).hint(hint);
                return false;
            }
        }
        let fence = |line: &str| {
            let name = line.strip_prefix("``").filter(|name| !name.starts_with('`'))?;
            Fence::named(&name.trim().to_lowercase())
        };
        if let Some((fence, place)) = lines
            .first()
            .filter(|_| lines.len() > 1 && lines[lines.len() - 1].0 == "``")
            .and_then(|(line, at)| Some((fence(line)?, *at)))
        {
            let message = "two backticks do not begin a block, so readers see computer code";
            let hint = format!("write three: ```` ```{} ````", fence.name());
            self.marks.push(place, message).hint(hint);
            return false;
        }
        let first = |is: &dyn Fn(&str) -> bool| lines.iter().find(|(line, _)| is(line)).copied();
        let count = |is: &dyn Fn(&str) -> bool| lines.iter().filter(|(line, _)| is(line)).count();
        let is_bullet = |line: &str| {
            let rest = line.strip_prefix(BULLETS).or_else(|| line.strip_prefix("o\t"));
            rest.is_some_and(|rest| {
                rest.starts_with(char::is_whitespace) || line.starts_with("o\t")
            }) || line.starts_with("[ ] ")
                || line.starts_with("[x] ")
        };
        if let Some((line, place)) = first(&is_bullet) {
            let end =
                line.find(char::is_whitespace).filter(|_| !line.starts_with('[')).unwrap_or(0);
            let (sign, words) = (if end == 0 { "[ ]" } else { &line[..end] }, line[end..].trim());
            let message = format!("“{sign}” does not make a list");
            self.marks.push(place, message).hint(format!("write `- {words}`"));
            return true;
        }
        let is_dash = |line: &str| line.starts_with("– ") || line.starts_with("— ");
        let is_item = |line: &str| typed_item(line).is_some();
        // A line of Welsh may begin with the word “o”; not each line of a paragraph does.
        let is_o = lines.iter().all(|(line, _)| line.starts_with("o "));
        let is_close = |line: &str| close_item(line).is_some_and(|(mark, _)| mark != "o" || is_o);
        let is_inline = |line: &str| {
            let mut parts = line.split("• ");
            parts.next().is_some_and(|start| start.trim_end().ends_with(':')) && parts.count() > 1
        };
        let many = |is: &dyn Fn(&str) -> bool| first(is).filter(|_| count(is) > 1);
        let found = many(&is_dash).or_else(|| many(&is_item)).or_else(|| first(&is_inline));
        if let Some((line, place)) = many(&is_close) {
            let (mark, words) = close_item(line).unwrap_or((line, ""));
            let message = format!("“{mark}” does not make a list without a space");
            let sign = if mark == "*" || mark == "o" { "-" } else { mark };
            self.marks.push(place, message).hint(format!("write `{sign} {words}`"));
            return true;
        }
        if let Some((line, place)) = found {
            let line = line.find('•').map_or(line, |at| &line[at..]);
            let (mark, words) = line.split_once(' ').unwrap_or((line, ""));
            let words = words.split('•').next().unwrap_or_default().trim();
            let message = format!("“{mark}” does not make a list");
            let hint = match mark.contains(['–', '—', '•']) {
                true => format!("leave a line empty, and write `- {words}`"),
                false => format!("leave a line empty, and write `1. {words}`, or `- {words}`"),
            };
            self.marks.push(place, message).hint(hint);
            return true;
        }
        if let Some((line, place)) = first(&|line| other_block(line).is_some()) {
            let message = format!(
                "“{}” is a mark of another program, and readers see it as typed",
                shorten(line)
            );
            self.marks.push(place, message).hint(other_block(line).unwrap_or_default());
            return false;
        }
        let has_cells = |line: &str| {
            let is_row = line.starts_with('|') || line.contains(" | ");
            is_row && line.trim_matches('|').contains('|')
        };
        if let Some((_, place)) = first(&has_cells).filter(|_| count(&has_cells) > 1) {
            let message = "these lines do not make a table";
            let hint =
                "write a line of hyphens under the heads, with as many parts: `| --- | --- |`";
            self.marks.push(place, message).hint(hint);
            return false;
        }
        let has_tab = |line: &str| line.contains('\t');
        if let Some((line, place)) = first(&has_tab).filter(|_| count(&has_tab) > 1) {
            let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
            let message = "tabs do not make a table";
            let hint = format!(
                "write `| {} |`, and under it `|{}`",
                cells.join(" | "),
                " --- |".repeat(cells.len())
            );
            self.marks.push(place, message).hint(hint);
        }
        false
    }

    /// A meaning without its word: `: What you keep.`
    fn lost_meaning(&mut self, span: Span) {
        let line = self.subject.text.document.source.at(span).lines().next().unwrap_or_default();
        if line.starts_with(": ") {
            let message = format!("“{}” explains nothing", shorten(line));
            let hint = "write the word that it explains on the line above, or take out the colon";
            let place = Span::new(span.start, span.start + line.len());
            self.marks.push(place, message).hint(hint);
        }
    }

    /// Whether a block says how to reach somebody, whose name stands in bold above it.
    fn is_contact(&self, block: &Block) -> bool {
        const WAYS: &[&str] = &[
            "call",
            "email",
            "fax",
            "freephone",
            "minicom",
            "phone",
            "tel",
            "telephone",
            "text",
            "textphone",
            "website",
        ];
        let Block::Paragraph(_, span) = block else { return false };
        let text = self.subject.text.document.source.at(*span).trim_start_matches(['*', '_']);
        let first = text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        WAYS.contains(&first.to_lowercase().as_str())
    }

    /// A line in bold that stands for a heading.
    fn bold(&mut self, inlines: &[Inline], span: Span) {
        let ([Inline::Strong(words)] | [Inline::Emphasis(words)]) = inlines else { return };
        let is_strong =
            matches!((inlines, &words[..]), ([Inline::Strong(_)], _) | (_, [Inline::Strong(_)]));
        let words = plain(words);
        let is_sentence = words.ends_with(['.', '!', ',', ';', ':', ')']);
        if self.subject.page.is_none_or(|page| page.kind.sheet().is_some())
            || !is_strong
            || is_sentence
            // A price or a number is no heading.
            || !words.contains(|c: char| c.is_alphabetic())
            // The name of what follows, and not of a part of the page.
            || matches!(words.to_lowercase().as_str(), "example" | "examples" | "for example")
            || words.chars().count() > LONGEST_HEADING
        {
            return;
        }
        let message = format!("“{}” is in bold where a heading is meant", shorten(&words));
        let headings = &self.subject.text.document.headings;
        let above = headings.partition_point(|heading| heading.span.start < span.start);
        let level = above.checked_sub(1).map_or(1, |above| headings[above].level);
        let hint = format!("write `{} {words}`", "#".repeat((usize::from(level) + 1).min(6)));
        self.marks.push(span, message).hint(hint).severity(Severity::Warning);
    }

    /// Marks of links, values and comments that are left in the words.
    fn inlines(&mut self, inlines: &[Inline]) {
        // Words that were parted by a sign stand next to each other.
        let mut text: Option<Span> = None;
        for inline in inlines {
            match (inline, &mut text) {
                (Inline::Text(_, span), Some(whole)) if whole.end == span.start => {
                    whole.end = span.end;
                }
                (Inline::Text(_, span), _) => {
                    let before = text.replace(*span);
                    before.into_iter().for_each(|span| self.words(span));
                }
                (Inline::Link(index, inner), _) => {
                    self.lost_picture(*index, text);
                    self.inlines(inner);
                }
                (Inline::Emphasis(inner) | Inline::Strong(inner), _) => self.inlines(inner),
                (Inline::When(_, inner, span), _) => {
                    let first = inner.first();
                    if matches!(first, Some(Inline::Text(words, _)) if words.starts_with('?')) {
                        let typed = self.subject.text.document.source.at(*span);
                        let message = format!("“{}” has a third question mark", shorten(typed));
                        self.marks.push(*span, message).hint("write two: `((name??words))`");
                    }
                }
                _ => {}
            }
        }
        text.into_iter().for_each(|span| self.words(span));
    }

    /// A picture with a space after its sign, which is a link: `! [A map](map.png)`.
    fn lost_picture(&mut self, link: usize, before: Option<Span>) {
        const PICTURES: [&str; 7] = [".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif"];
        let link = &self.subject.text.document.links[link];
        let is_picture = PICTURES.iter().any(|end| link.destination.ends_with(end));
        let source = &self.subject.text.document.source;
        let before = before.map(|before| source.at(before).trim_end());
        let Some(words) = before.and_then(|before| before.strip_suffix('!')) else { return };
        if is_picture && (words.is_empty() || words.ends_with(char::is_whitespace)) {
            let message = format!("“! [{}]” shows no picture", shorten(&link.text));
            let hint = format!("write `![{}]({})`", link.text, link.destination);
            self.marks.push(link.span, message).hint(hint);
        }
    }

    fn words(&mut self, span: Span) {
        let typed = self.subject.text.document.source.at(span);
        let signs = Signs::of(typed);
        // What `to_do` finds has one of these signs or capitals, or is one of these words.
        let words = ["orem ipsum", "here to enter text"];
        let is_waiting = signs.any("[!@X")
            || signs.all("TDO")
            || signs.all("TK")
            || words.iter().any(|words| signs.all(words) && typed.contains(words));
        let place =
            |range: Range<usize>| Span::new(span.start + range.start, span.start + range.end);
        if let Some((range, address)) = when(signs.any("[]"), || lost_link(typed)) {
            let message = format!("“{}” does not make a link", shorten(&typed[range.clone()]));
            let hint = match address.contains(' ') {
                true => format!("write `[the words](<{address}>)`"),
                false => format!("write `[the words]({address})`"),
            };
            self.marks.push(place(range), message).hint(hint);
        } else if let Some((range, name)) = when(signs.any("[{("), || self.lost_value(typed)) {
            let message = format!("“{}” stands for nothing", &typed[range.clone()]);
            self.marks.push(place(range), message).hint(format!("write `(({name}))`"));
        } else if let Some(range) = when(signs.any("{"), || template_tag(typed)) {
            let message = format!(
                "“{}” is a mark of another program, and readers see it as typed",
                shorten(&typed[range.clone()])
            );
            let hint = "write the words themselves, or take it out";
            self.marks.push(place(range), message).hint(hint);
        } else if let Some((range, hint)) = when(signs.any("["), || lost_note(typed))
            .or_else(|| when(signs.any("*_"), || lost_stars(typed)))
            .or_else(|| when(signs.any("&@?"), || lost_sign(typed)))
        {
            let message = format!("“{}” is shown as it is typed", shorten(&typed[range.clone()]));
            self.marks.push(place(range), message).hint(hint);
        } else if typed.starts_with("<<<<<<< ") {
            let message = "two versions of these words stand here, as a merge left them";
            let hint = "keep one, and take out the lines of `<<<<<<<`, `=======` and `>>>>>>>`";
            self.marks.push(span, message).hint(hint);
        } else if let Some(range) = when(is_waiting, || to_do(typed)) {
            let message =
                format!("“{}” is a note to whoever writes this", shorten(&typed[range.clone()]));
            let hint = "write what readers need, or take it out";
            self.marks.push(place(range), message).hint(hint).severity(Severity::Warning);
        } else if let Some(range) = when(signs.any("["), || comment(typed)) {
            let message = format!("“{}” is a note of a reviewer", &typed[range.clone()]);
            self.marks.push(place(range), message).hint("take it out");
        }
    }

    /// A value in brackets of the wrong sort.
    fn lost_value<'t>(&self, typed: &'t str) -> Option<(Range<usize>, &'t str)> {
        let world = self.subject.world;
        wrong_brackets(world, self.subject.page.or_else(|| world.site.pages.first())?, typed)
    }

    fn table(&mut self, table: &Table) {
        let source = &self.subject.text.document.source;
        let mut at = table.span.start;
        for (number, line) in source.at(table.span).split_inclusive('\n').enumerate() {
            let start = at;
            at += line.len();
            let row = line.trim_matches([' ', '>', '\t', '\r', '\n']);
            if number < 2 || !row.contains('|') {
                continue;
            }
            let row = row.strip_prefix('|').unwrap_or(row);
            let row = row.strip_suffix('|').filter(|row| !row.ends_with('\\')).unwrap_or(row);
            let cells = row.replace("\\|", "").matches('|').count() + 1;
            if cells != table.head.len() {
                let lost =
                    if cells > table.head.len() { ", and what is too much is lost" } else { "" };
                let message = format!(
                    "this row has {cells} cells, and the table has {} columns{lost}",
                    table.head.len()
                );
                self.marks
                    .push(Span::new(start, start + line.trim_end().len()), message)
                    .hint("write a `|` between cells, also round an empty one");
            }
        }
    }

    fn code(&mut self, language: &str, span: Span) {
        let typed = self.subject.text.document.source.at(span).trim_start_matches([' ', '>', '\t']);
        if !typed.starts_with(['`', '~']) {
            let message = "this is indented, so readers see it as computer code";
            let hint = "take out the spaces in front of the line";
            self.marks.push(span, message).hint(hint).severity(Severity::Warning);
        } else if let Some(meant) = nearest(language, Fence::ALL.iter().map(|fence| fence.name())) {
            let first = typed.lines().next().unwrap_or_default();
            let message = format!(
                "“{language}” is not a block that is known here, so readers see computer code"
            );
            let end = span.start + first.len();
            let hint = format!("did you mean ```` ```{meant} ````?");
            self.marks.push(Span::new(span.start, end.max(span.start)), message).hint(hint);
        }
    }
}

/// A value in brackets of the wrong sort: the name of a contact and its part in `(…)`, a name
/// that is known in `[[…]]` or `{{…}}`.
pub(super) fn wrong_brackets<'t>(
    world: &World<'_>,
    page: &Page,
    typed: &'t str,
) -> Option<(Range<usize>, &'t str)> {
    for (open, close) in [("[[", "]]"), ("{{", "}}"), ("(", ")")] {
        if !typed.contains(close) {
            continue;
        }
        for (at, _) in typed.match_indices(open) {
            let rest = near(&typed[at + open.len()..]);
            let Some(end) = rest.find(close) else { continue };
            let name = rest[..end].trim();
            let who = name.split(' ').next().unwrap_or_default();
            let is_contact = world.site.data.contacts.contains_key(who) && name.contains(' ');
            let is_inside = typed[..at].ends_with('(') || rest[end..].starts_with("))");
            if is_inside || open == "(" && !is_contact {
                continue;
            }
            if world.site.value(name, page, world.config).is_some() {
                return Some((at..at + open.len() + end + close.len(), name));
            }
        }
    }
    None
}

/// A tag of a template: `{{ site.phone }}`, `{% include a.html %}`, `{{< figure >}}`, `{: .lead}`.
pub(super) fn template_tag(typed: &str) -> Option<Range<usize>> {
    [("{{", "}}"), ("{%", "%}"), ("{: ", "}"), ("{:.", "}"), ("{:#", "}")].iter().find_map(
        |(open, close)| {
            let at = typed.find(open).filter(|at| !typed[..*at].ends_with('\\'))?;
            let end = near(&typed[at + open.len()..]).find(close)?;
            Some(at..at + open.len() + end + close.len())
        },
    )
}

/// Whether a line can begin with the mark of a block: most begin with a word.
fn may_be_block(line: &str) -> bool {
    let first = line.split([' ', '\u{a0}']).next().unwrap_or_default();
    !line.starts_with(|c: char| c.is_ascii_alphabetic())
        || first == "o"
        || first.ends_with(['.', ')'])
}

/// The mark in front of a line that counts by hand: `a)`, `(ii)`, `b.`, `(1)`, `2.`
fn typed_item(line: &str) -> Option<&str> {
    let (mark, words) = line.split_once([' ', '\t', '\u{a0}'])?;
    let inner = mark.strip_prefix('(').unwrap_or(mark);
    let inner =
        inner.strip_suffix(')').or_else(|| inner.strip_suffix('.').filter(|_| inner == mark))?;
    let is_roman = (1..=4).contains(&inner.len()) && inner.bytes().all(|b| b"ivx".contains(&b));
    let is_letter = inner.len() == 1 && inner.bytes().all(|b| b.is_ascii_lowercase());
    let is_number = (1..=2).contains(&inner.len()) && inner.bytes().all(|b| b.is_ascii_digit());
    (!words.is_empty() && (is_roman || is_letter || is_number)).then_some(mark)
}

/// What to write in place of a line that another program takes for a box or a style.
fn other_block(line: &str) -> Option<&'static str> {
    let is_govspeak = line
        .strip_prefix('$')
        .is_some_and(|rest| ["CTA", "C", "A", "E", "D", "I", "P", "!", "Y"].contains(&rest.trim()));
    let is_box = line.starts_with(":::")
        || line.starts_with("!!! ")
        || line.starts_with("??? ")
        || is_govspeak;
    is_box.then_some("write a box: `> [!WARNING]`, and `> ` in front of each of its lines")
}

/// The beginning of some words, as far as marks that belong together are looked for.
fn near(words: &str) -> &str {
    const FURTHEST: usize = 300;
    let end = (0..=FURTHEST.min(words.len())).rev().find(|at| words.is_char_boundary(*at));
    &words[..end.unwrap_or(0)]
}

/// The marks of a link that are left as words, and the address in them.
fn lost_link(typed: &str) -> Option<(Range<usize>, &str)> {
    let is_address = |address: &str| {
        !address.is_empty()
            && (address.contains("://")
                || ["/", "./", "../", "#"].iter().any(|start| address.starts_with(start))
                || address.ends_with(".md")
                || address.contains(".md#"))
    };
    if let Some(at) = typed.find("](") {
        let start = typed[..at].rfind('[').unwrap_or(at);
        let rest = near(&typed[at + 2..]);
        let end = rest.find(')').unwrap_or(rest.len());
        let whole = start..(at + 2 + end + 1).min(typed.len());
        return Some((whole, rest[..end].trim()));
    }
    if !typed.contains(['[', ']']) {
        return None;
    }
    for (at, _) in typed.match_indices(['[', '(']) {
        let rest = near(&typed[at + 1..]);
        let (inner, end) = match typed.as_bytes()[at] {
            // (words)[address]
            b'(' => {
                let Some(turn) = rest.find(")[") else { continue };
                let Some(end) = rest[turn + 2..].find(']') else { continue };
                (&rest[turn + 2..turn + 2 + end], turn + 2 + end + 1)
            }
            // [words(address)
            _ => {
                let Some(open) = rest.find('(').filter(|open| !rest[..*open].contains(']')) else {
                    continue;
                };
                let Some(end) = rest[open + 1..].find(')') else { continue };
                (&rest[open + 1..open + 1 + end], open + 1 + end + 1)
            }
        };
        if is_address(inner.trim()) {
            return Some((at..at + 1 + end, inner.trim()));
        }
    }
    // [words] (address)
    typed.match_indices("] (").find_map(|(at, _)| {
        let rest = near(&typed[at + 3..]);
        let end = rest.find(')')?;
        let before = (at.saturating_sub(300)..=at).find(|from| typed.is_char_boundary(*from))?;
        let start = before + typed[before..at].rfind('[')?;
        is_address(rest[..end].trim()).then(|| (start..at + 3 + end + 1, rest[..end].trim()))
    })
}

/// A footnote or a link by name whose other half is not there, and what to write.
fn lost_note(typed: &str) -> Option<(Range<usize>, String)> {
    if let Some(at) = typed.find("[^") {
        let end = at + near(&typed[at..]).find(']')? + 1;
        return Some((
            at..end,
            format!("write `{}: the note` on a line of its own", &typed[at..end]),
        ));
    }
    let middle = typed.find("][")?;
    let start = typed[..middle].rfind('[')?;
    let end = middle
        + near(&typed[middle..])
            .find(']')
            .filter(|end| *end > 0)
            .or_else(|| near(&typed[middle + 1..]).find(']').map(|end| end + 1))?;
    let (words, name) = (&typed[start + 1..middle], typed[middle + 2..].split(']').next()?);
    let is_link =
        words.starts_with(char::is_alphabetic) && !typed[..start].ends_with(char::is_alphanumeric);
    let end = end.max(middle + 2 + name.len()) + 1;
    is_link.then(|| (start..end.min(typed.len()), format!("write `[{words}](address)`")))
}

/// What is found where it can be.
fn when<T>(can_be: bool, find: impl FnOnce() -> Option<T>) -> Option<T> {
    can_be.then(find).flatten()
}

/// Which ASCII characters a text holds: one walk over it tells which kinds of marks can be in
/// it, and most text has none of theirs.
#[derive(Clone, Copy)]
struct Signs(u128);

impl Signs {
    fn of(text: &str) -> Self {
        let ascii = text.bytes().filter(u8::is_ascii);
        Self(ascii.fold(0, |signs, byte| signs | 1 << byte))
    }

    /// Whether it holds one of some characters.
    fn any(self, signs: &str) -> bool {
        self.0 & Self::of(signs).0 != 0
    }

    /// Whether it holds all characters of some words.
    fn all(self, words: &str) -> bool {
        self.0 & Self::of(words).0 == Self::of(words).0
    }
}

/// The first mark of Markdown or HTML in words that are neither: `**`, `[words](address)`, `<b>`.
fn marked_up(words: &str) -> Option<&str> {
    const TAGS: [&str; 7] = ["<b>", "<i>", "<strong>", "<em>", "<br", "<a ", "<span"];
    let link = words.find("](").and_then(|middle| {
        let start = words[..middle].rfind('[')?;
        Some(&words[start..middle + words[middle..].find(')')? + 1])
    });
    let stars = lost_stars(words).map(|(range, _)| &words[range]);
    let lower = words.to_ascii_lowercase();
    let tag = || TAGS.iter().find_map(|tag| words.get(lower.find(tag)?..));
    link.or(stars).or_else(tag)
}

/// Two stars or underlines round words that did not make them bold: a space or a letter keeps
/// them from it.
fn lost_stars(typed: &str) -> Option<(Range<usize>, String)> {
    ["**", "__"].iter().find_map(|mark| {
        let is_pair = |at: &usize| {
            let sign = &mark[..1];
            !typed[..*at].ends_with(sign)
                && !typed[at + 2..].starts_with(sign)
                && !typed[..*at].ends_with('\\')
        };
        let mut places = typed.match_indices(mark).map(|(at, _)| at).filter(is_pair);
        let open = places.next()?;
        let Some(close) = places.next() else {
            let touches = typed[open + 2..].starts_with(char::is_alphabetic);
            let is_open = typed[..open].is_empty() || typed[..open].ends_with(char::is_whitespace);
            let hint = format!("write `{mark}` where the bold words end, or take it out");
            return (touches && is_open && *mark == "**").then_some((open..open + 2, hint));
        };
        let words = typed[open + 2..close].trim();
        let is_open = !typed[..open].ends_with(char::is_alphanumeric);
        (is_open && words.contains(char::is_alphabetic)).then(|| {
            (open..close + 2, format!("write `**{words}**` with a space before and after it"))
        })
    })
}

/// A sign that HTML writes as a word, and an email address with a comma in it.
fn lost_sign(typed: &str) -> Option<(Range<usize>, String)> {
    const SIGNS: [(&str, &str); 5] =
        [("&amp", "&"), ("&nbsp", " "), ("&pound", "£"), ("&quot", "\""), ("&rsquo", "’")];
    if let Some(found) = lost_apostrophe(typed) {
        return Some(found);
    }
    if !typed.contains(['&', '@']) {
        return None;
    }
    let sign = SIGNS.iter().find_map(|(typed_as, sign)| {
        let at = typed.find(typed_as)?;
        let end = at + typed_as.len();
        let is_lost = !typed[end..].starts_with([';', '='])
            && !typed[end..].starts_with(char::is_alphanumeric)
            && !typed[..at].ends_with(char::is_alphanumeric);
        is_lost.then(|| (at..end, format!("write “{sign}”")))
    });
    sign.or_else(|| {
        let at = typed.find('@')?;
        let start = word_start(typed, at);
        let end = at + typed[at..].find(char::is_whitespace).unwrap_or(typed.len() - at);
        let (name, host) =
            (&typed[start..at], typed[at + 1..end].trim_end_matches(['.', ',', ')']));
        let is_address = |text: &str| {
            text.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-,".contains(&b))
                && !text.is_empty()
        };
        let has_comma = host
            .split_once(',')
            .is_some_and(|(before, after)| !before.is_empty() && !after.is_empty());
        (has_comma && is_address(name) && is_address(host)).then(|| {
            (start..at + 1 + host.len(), format!("write `{name}@{}`", host.replace(',', ".")))
        })
    })
}

/// A question mark that stands for an apostrophe, as where a text was copied by way of an old
/// encoding: `It?s`, `you?re`.
fn lost_apostrophe(typed: &str) -> Option<(Range<usize>, String)> {
    const ENDS: [&str; 7] = ["s", "t", "re", "ve", "ll", "d", "m"];
    typed.match_indices('?').find_map(|(at, _)| {
        let (before, after) = (&typed[..at], &typed[at + 1..]);
        let end = after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len());
        let start = before
            .rfind(|c: char| !c.is_alphabetic())
            .map_or(0, |mark| mark + before[mark..].chars().next().map_or(1, char::len_utf8));
        let is_word = start < at
            && ENDS.contains(&&after[..end])
            && !after[end..].starts_with(['=', '&', '/'])
            && (start == 0 || before[..start].ends_with([' ', '\n', '(', '“', '"']));
        let word = format!("{}’{}", &before[start..], &after[..end]);
        is_word.then(|| (start..at + 1 + end, format!("write “{word}”")))
    })
}

/// The mark of an item that its words touch: `-first`, `*first`, `1.First`; and one that is the
/// letter o.
fn close_item(line: &str) -> Option<(&str, &str)> {
    if let Some(words) = line.strip_prefix("o ") {
        return Some(("o", words));
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let (mark, words) = match line.as_bytes().get(digits)? {
        b'.' | b')' if (1..=2).contains(&digits) => line.split_at(digits + 1),
        b'-' if digits == 0 => line.split_at(1),
        b'*' if digits == 0 && line.matches('*').count() == 1 => line.split_at(1),
        _ => return None,
    };
    words.starts_with(char::is_alphabetic).then_some((mark, words))
}

/// Words that wait for others: `to do`, `XX/XX`, `[insert the name]`, `lorem ipsum`; and what a
/// program for writing leaves for others to fill in.
fn to_do(typed: &str) -> Option<Range<usize>> {
    const WAITING: [&str; 12] = [
        "insert",
        "add",
        "check",
        "tbc",
        "todo",
        "to do",
        "xx",
        "placeholder",
        "link to",
        "deleted",
        "formatted",
        "comment",
    ];
    if let Some(found) = left_to_fill_in(typed) {
        return Some(found);
    }
    let lower = if typed.contains('[') { typed.to_ascii_lowercase() } else { String::new() };
    let in_brackets = lower.match_indices('[').find_map(|(at, _)| {
        let end = near(&typed[at..]).find(']')?;
        let inner = &lower[at + 1..at + end];
        let is_one = |word: &str| {
            let rest = inner.strip_prefix(word);
            rest.is_some_and(|rest| !rest.starts_with(char::is_alphabetic) || word == "xx")
        };
        WAITING.iter().any(|word| is_one(word)).then_some(at..at + end + 1)
    });
    let is_word = |word: &str| {
        word.len() > 1
            && word.bytes().all(|b| b.is_ascii_uppercase())
            && (word.bytes().all(|b| b == b'X')
                || ["todo", "fixme", "tktk"].iter().any(|own| own.eq_ignore_ascii_case(word)))
    };
    in_brackets.or_else(|| {
        let mut at = 0;
        let words = typed.split(|c: char| !c.is_alphanumeric()).map(|word| {
            let start = at;
            at += word.len() + typed[start + word.len()..].chars().next().map_or(0, char::len_utf8);
            (start, word)
        });
        let found: Vec<(usize, &str)> = words.filter(|(_, word)| is_word(word)).collect();
        // `XX` alone is twenty, or a size.
        let is_sum = |start: usize| typed[..start].ends_with(['£', '$', '€']);
        let is_enough = |start, word: &str| word.len() > 2 || found.len() > 1 || is_sum(start);
        let (start, word) = *found.first().filter(|(start, word)| is_enough(*start, word))?;
        Some(start..start + word.len())
    })
}

/// What a program for writing puts where something is to be written, and addresses that
/// RFC 2606 keeps for examples.
fn left_to_fill_in(typed: &str) -> Option<Range<usize>> {
    const LEFT: [(char, &str); 8] = [
        ('m', "orem ipsum"),
        ('!', "rror! Reference source not found"),
        ('!', "rror! Bookmark not defined"),
        ('.', "lick or tap here to enter text."),
        ('.', "lick here to enter text."),
        ('@', "@example.com"),
        ('@', "@example.org"),
        ('@', "@example.net"),
    ];
    let (at, left) = LEFT.iter().find_map(|(sign, left)| {
        let at = typed.contains(*sign).then(|| typed.find(left))??;
        Some((at, left))
    })?;
    let start = match left.starts_with('@') {
        true => word_start(typed, at),
        // Its first letter, of either case.
        false => typed[..at].char_indices().next_back().map_or(at, |(start, _)| start),
    };
    Some(start..at + left.len())
}

/// The mark of a comment that a program for writing leaves when its text is copied: `[JS1]`.
fn comment(typed: &str) -> Option<Range<usize>> {
    typed.match_indices('[').find_map(|(at, _)| {
        let end = near(&typed[at..]).find(']')?;
        let inner = &typed[at + 1..at + end];
        let name = inner.strip_prefix("Comment ").unwrap_or(inner);
        let letters = name.bytes().take_while(u8::is_ascii_uppercase).count();
        let digits = &name[letters..];
        let is_one = (1..=3).contains(&letters)
            && (1..=3).contains(&digits.len())
            && digits.bytes().all(|b| b.is_ascii_digit());
        is_one.then(|| at..at + end + 1)
    })
}

/// Where the word begins that a place is in.
fn word_start(text: &str, at: usize) -> usize {
    let space = text[..at].char_indices().rfind(|(_, c)| c.is_whitespace());
    space.map_or(0, |(before, space)| before + space.len_utf8())
}
