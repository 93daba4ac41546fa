//! `stray-marks`: writing that did not become what was meant, and is shown as it was typed.

use std::ops::Range;

use super::{Check, Looks, Marks, Rule, Run, Subject};
use crate::{
    parse::{Block, Fence, Inline, Table, plain},
    rule::Severity,
    text::{Span, nearest, shorten},
};

pub(super) const CHECK: Check = Check {
    rule: Rule::error("stray-marks", Looks::Words, include_str!("stray_marks.md")),
    run: Run::Text(run),
};

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
        reader
            .marks
            .push(heading.span, format!("“{number}” is typed in front of this heading"))
            .hint(format!("write `{signs} {rest}`"))
            .severity(Severity::Warning);
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
        for (number, block) in blocks.iter().enumerate() {
            match block {
                Block::Paragraph(inlines, span) => {
                    self.paragraph(*span);
                    self.inlines(inlines);
                    if is_top && number + 1 < blocks.len() {
                        self.bold(inlines, *span);
                    }
                }
                Block::List { items, .. } => {
                    items.iter().for_each(|item| self.blocks(&item.blocks, false));
                }
                Block::Quote { blocks, .. } | Block::Footnote { blocks, .. } => {
                    self.blocks(blocks, false);
                }
                Block::Definitions(all) => {
                    let meanings = all.iter().flat_map(|(_, meanings)| meanings);
                    meanings.for_each(|blocks| self.blocks(blocks, false));
                }
                Block::Table(table) => self.table(table),
                Block::Code { language, span, .. } => self.code(language, *span),
                Block::Heading(_) | Block::Record(_) | Block::Rule | Block::Html(..) => {}
            }
        }
    }

    /// What begins its lines.
    fn paragraph(&mut self, span: Span) {
        let source = &self.subject.text.document.source;
        let typed = source.at(span);
        let lines: Vec<(&str, Span)> = {
            let mut at = span.start;
            let line = |line: &str| (at, at += line.len()).0;
            let starts: Vec<usize> = typed.split_inclusive('\n').map(line).collect();
            let bare = |(line, start): (&str, usize)| {
                let words = line.trim_start_matches([' ', '>', '\t']);
                let start = start + line.len() - words.len();
                let words = words.trim_end();
                // The same letters again, with the life of the file.
                let place = Span::new(start, start + words.len());
                (source.at(place), place)
            };
            typed.split_inclusive('\n').zip(starts).map(bare).collect()
        };
        for (line, place) in &lines {
            let level = line.bytes().take_while(|b| *b == b'#').count();
            let rest = &line[level..];
            let is_single = lines.len() == 1 && rest.starts_with(char::is_uppercase);
            let is_heading =
                (2..=6).contains(&level) || level == 1 && is_single && rest.contains(' ');
            if is_heading && rest.starts_with(char::is_alphanumeric) {
                let message = format!("“{}” is not a heading without a space", shorten(line));
                let hint = format!("write `{} {rest}`", "#".repeat(level));
                self.marks.push(*place, message).hint(hint);
                return;
            }
        }
        let first = |is: &dyn Fn(&str) -> bool| lines.iter().find(|(line, _)| is(line)).copied();
        let count = |is: &dyn Fn(&str) -> bool| lines.iter().filter(|(line, _)| is(line)).count();
        let is_bullet = |line: &str| {
            let rest = line.strip_prefix(BULLETS).or_else(|| line.strip_prefix("o\t"));
            rest.is_some_and(|rest| {
                rest.starts_with(char::is_whitespace) || line.starts_with("o\t")
            })
        };
        if let Some((line, place)) = first(&is_bullet) {
            let sign = line.chars().next().unwrap_or('•');
            let words = line[sign.len_utf8()..].trim();
            let message = format!("“{sign}” does not make a list");
            self.marks.push(place, message).hint(format!("write `- {words}`"));
            return;
        }
        let is_lettered = |line: &str| {
            let line = line.strip_prefix('(').unwrap_or(line);
            let mut letters = line.chars();
            letters.next().is_some_and(|c| c.is_ascii_lowercase())
                && letters.next() == Some(')')
                && letters.next() == Some(' ')
        };
        if let Some((line, place)) = first(&is_lettered).filter(|_| count(&is_lettered) > 1) {
            let (mark, words) = line.split_once(' ').unwrap_or((line, ""));
            let message = format!("“{mark}” does not make a list");
            self.marks.push(place, message).hint(format!("write `1. {words}`, or `- {words}`"));
            return;
        }
        let has_cells = |line: &str| line.trim_matches('|').contains('|');
        if let Some((_, place)) = first(&has_cells).filter(|_| count(&has_cells) > 1) {
            let message = "these lines do not make a table";
            let hint =
                "write a line of hyphens under the heads, with as many parts: `| --- | --- |`";
            self.marks.push(place, message).hint(hint);
            return;
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
    }

    /// A line in bold that stands for a heading.
    fn bold(&mut self, inlines: &[Inline], span: Span) {
        let [Inline::Strong(words)] = inlines else { return };
        let words = plain(words);
        let is_sentence = words.ends_with(['.', '!', ',', ';', ':', ')']);
        if self.subject.page.is_none_or(|page| page.kind.sheet().is_some())
            || is_sentence
            || words.chars().count() > LONGEST_HEADING
        {
            return;
        }
        let message = format!("“{}” is in bold where a heading is meant", shorten(&words));
        let hint = format!("write `## {words}`");
        self.marks.push(span, message).hint(hint).severity(Severity::Warning);
    }

    /// Marks of links, values and comments that are left in the words.
    fn inlines(&mut self, inlines: &[Inline]) {
        // Words that were parted by a sign stand next to each other.
        let mut text: Option<(String, Span)> = None;
        for inline in inlines {
            match (inline, &mut text) {
                (Inline::Text(more, span), Some((all, whole))) if whole.end == span.start => {
                    all.push_str(more);
                    whole.end = span.end;
                }
                (Inline::Text(words, span), _) => {
                    let before = text.replace((words.clone(), *span));
                    before.into_iter().for_each(|(_, span)| self.words(span));
                }
                (Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Link(_, inner), _) => {
                    self.inlines(inner);
                }
                _ => {}
            }
        }
        text.into_iter().for_each(|(_, span)| self.words(span));
    }

    fn words(&mut self, span: Span) {
        let typed = self.subject.text.document.source.at(span);
        let place =
            |range: Range<usize>| Span::new(span.start + range.start, span.start + range.end);
        if let Some((range, address)) = lost_link(typed) {
            let message = format!("“{}” does not make a link", shorten(&typed[range.clone()]));
            let hint = match address.contains(' ') {
                true => format!("write `[the words](<{address}>)`"),
                false => format!("write `[the words]({address})`"),
            };
            self.marks.push(place(range), message).hint(hint);
        } else if let Some((range, name)) = self.lost_value(typed) {
            let message = format!("“{}” stands for nothing", &typed[range.clone()]);
            self.marks.push(place(range), message).hint(format!("write `(({name}))`"));
        } else if let Some(range) = comment(typed) {
            let message = format!("“{}” is a note of a reviewer", &typed[range.clone()]);
            self.marks.push(place(range), message).hint("take it out");
        }
    }

    /// A value in brackets of the wrong sort: the name of a contact and its part in `(…)`, a
    /// name that is known in `[[…]]` or `{{…}}`.
    fn lost_value<'t>(&self, typed: &'t str) -> Option<(Range<usize>, &'t str)> {
        let world = self.subject.world;
        let page = self.subject.page.or_else(|| world.site.pages.first())?;
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
            self.marks
                .push(Span::new(span.start, end.max(span.start)), message)
                .hint(format!("did you mean ```` ```{meant} ````?"));
        }
    }
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

/// The mark of a comment that a program for writing leaves when its text is copied: `[JS1]`.
fn comment(typed: &str) -> Option<Range<usize>> {
    typed.match_indices('[').find_map(|(at, _)| {
        let end = typed[at..].find(']')?;
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
