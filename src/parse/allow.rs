//! Comments that allow something at their place: `<!-- allow acronym: everybody knows it -->`
//! in text, `# allow phone: it is a number for texts` among names and values.

use std::ops::RangeInclusive;

use super::{Block, Document, Inline, Label, is_record};
use crate::{
    diagnostic::policy::Allowance,
    text::{Span, source::Lines},
};

/// What a file allows, and where.
pub fn allowances(document: &Document) -> Vec<Allowance> {
    let front = if is_record(&document.source) { document.all() } else { document.front };
    let in_values = document.source.at(front).contains('#');
    let in_blocks = ["<!--", "```"].iter().any(|sign| document.source.text.contains(sign));
    if !in_values && !in_blocks {
        return Vec::new();
    }
    let mut reader = Reader { document, lines: document.source.lines(), found: Vec::new() };
    reader.values(front);
    if in_blocks {
        reader.blocks(&document.blocks);
    }
    reader.found
}

struct Reader<'d> {
    document: &'d Document,
    lines: Lines<'d>,
    found: Vec<Allowance>,
}

impl Reader<'_> {
    /// Comments of YAML: a comment on a line of its own is about the next name and what is
    /// below it, one at the end of a line about its line.
    fn values(&mut self, span: Span) {
        let text = self.document.source.at(span);
        let mut at = span.start;
        let all: Vec<&str> = text.split_inclusive('\n').collect();
        // How far in the name of a text stands whose lines go on below: `about: |`.
        let mut text_at = None;
        for (number, line) in all.iter().enumerate() {
            let start = at;
            at += line.len();
            let indent = line.len() - line.trim_start().len();
            if line.trim().is_empty() || text_at.is_some_and(|name| indent > name) {
                continue;
            }
            let ends = [": |", ": >", ": |-", ": >-", ": |+", ": >+"];
            let is_text = ends.into_iter().any(|end| line.trim_end().ends_with(end));
            text_at = is_text.then_some(indent);
            let marks = line.match_indices('#').map(|(mark, _)| mark);
            let is_comment = |mark: &usize| {
                let before = &line[..*mark];
                let value = before.split_once(": ").map_or("", |(_, value)| value.trim_start());
                let is_quoted = ['"', '\'']
                    .into_iter()
                    .any(|quote| value.starts_with(quote) && value.matches(quote).count() % 2 == 1);
                (before.is_empty() || before.ends_with(char::is_whitespace)) && !is_quoted
            };
            let Some(mark) = marks.into_iter().find(is_comment) else { continue };
            let own = self.line(start);
            let lines = if line[..mark].trim().is_empty() {
                let below = all[number + 1..].iter();
                own + 1..=own + next_value(below.copied())
            } else {
                own..=own
            };
            self.comment(&line[mark + 1..], start + mark + 1, lines, false);
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for (number, block) in blocks.iter().enumerate() {
            match block {
                Block::Html(html, span) if html.trim_start().starts_with("<!--") => {
                    let next = blocks[number + 1..].iter().find(|block| !is_comment(block));
                    let typed = self.document.source.at(*span);
                    // A box for staff is not here when the site is public.
                    let is_for_staff = self.is_staff(*span, next);
                    let lines = self.after(*span, next.filter(|_| !is_for_staff));
                    for (at, inner) in comments(typed) {
                        self.comment(inner, span.start + at, lines.clone(), is_for_staff);
                    }
                }
                Block::Record(record) => self.values(record.span),
                Block::Paragraph(inlines, _) => self.inlines(inlines),
                Block::Heading(at) => self.inlines(&self.document.headings[*at].content),
                Block::Table(table) => {
                    let cells = table.head.iter().chain(table.rows.iter().flatten());
                    cells.for_each(|cell| self.inlines(cell));
                }
                Block::List { items, .. } => {
                    items.iter().for_each(|item| self.blocks(&item.blocks));
                }
                Block::Quote { blocks, .. } | Block::Footnote { blocks, .. } => self.blocks(blocks),
                Block::Definitions(all) => {
                    for (term, meanings) in all {
                        self.inlines(term);
                        meanings.iter().for_each(|blocks| self.blocks(blocks));
                    }
                }
                Block::Html(..) | Block::Code { .. } | Block::Rule => {}
            }
        }
    }

    /// Comments in a line of words are about their line, and at its end about the next too.
    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Html(html, span) if html.starts_with("<!--") => {
                    let rest = &self.document.source.text[span.end..];
                    let is_last = rest.lines().next().is_none_or(|rest| rest.trim().is_empty());
                    let own = self.line(span.start);
                    let lines = own..=self.line(span.end) + usize::from(is_last);
                    for (at, inner) in comments(html) {
                        self.comment(inner, span.start + at, lines.clone(), false);
                    }
                }
                Inline::Emphasis(inner)
                | Inline::Strong(inner)
                | Inline::Struck(inner)
                | Inline::Link(_, inner)
                | Inline::When(_, inner, _) => self.inlines(inner),
                _ => {}
            }
        }
    }

    /// The lines of the block after a comment; none where no block follows.
    fn after(&self, comment: Span, next: Option<&Block>) -> RangeInclusive<usize> {
        let below = self.line(self.trimmed(comment).max(comment.start)) + 1;
        #[expect(clippy::reversed_empty_ranges, reason = "no line is allowed anything")]
        let Some(next) = next else { return 1..=0 };
        if let Some(span) = self.document.span_of(next) {
            return self.line(span.start)..=self.line(self.trimmed(span));
        }
        // A list of terms, or a footnote: up to the next line that is empty.
        let end = self.trimmed(comment).max(comment.start);
        let rest = || self.document.source.text[end..].lines().skip(1);
        let empty = rest().take_while(|line| line.trim().is_empty()).count();
        let full = rest().skip(empty).take_while(|line| !line.trim().is_empty()).count();
        below + empty..=below + empty + full.saturating_sub(1)
    }

    /// Where a span ends without the line ends after it.
    fn trimmed(&self, span: Span) -> usize {
        span.start + self.document.source.at(span).trim_end().len()
    }

    /// Whether a box for staff follows a comment and was left out.
    fn is_staff(&self, comment: Span, next: Option<&Block>) -> bool {
        let below = self.trimmed(comment).max(comment.start);
        let rest = self.document.source.text[below..].lines().skip(1);
        let first = rest.map(str::trim_start).find(|line| !line.is_empty());
        let is_box = first.is_some_and(|line| {
            line.starts_with('>') && line.to_ascii_uppercase().contains("[!STAFF]")
        });
        let is_here = matches!(next, Some(Block::Quote { label: Some(Label::Staff), .. }));
        is_box && !is_here
    }

    fn line(&self, offset: usize) -> usize {
        self.lines.position(offset).line
    }

    fn comment(
        &mut self,
        inner: &str,
        at: usize,
        lines: RangeInclusive<usize>,
        is_for_staff: bool,
    ) {
        self.found.extend(read(inner, at, lines, is_for_staff));
    }
}

fn is_comment(block: &Block) -> bool {
    matches!(block, Block::Html(html, _) if html.trim_start().starts_with("<!--"))
}

/// How many of the lines below a comment hold the next name and what is below it.
fn next_value<'l>(lines: impl Iterator<Item = &'l str>) -> usize {
    let mut first = None;
    let mut last = 1;
    for (number, line) in lines.enumerate() {
        let words = line.trim_start();
        if words.is_empty() || words.starts_with('#') {
            continue;
        }
        let indent = line.len() - words.len();
        match first {
            None => first = Some(indent),
            Some(first) if indent <= first => break,
            Some(_) => {}
        }
        last = number + 1;
    }
    last
}

/// What stands in each comment of HTML, and where.
fn comments(html: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = html[from..].find("<!--").map(|at| from + at + 4) {
        let end = html[open..].find("-->").map_or(html.len(), |at| open + at);
        found.push((open, &html[open..end]));
        from = end;
    }
    found
}

/// What a comment allows, when it begins with `allow`.
fn read(
    comment: &str,
    at: usize,
    lines: RangeInclusive<usize>,
    is_for_staff: bool,
) -> Option<Allowance> {
    let start = comment.trim_start();
    let word = start.get(..5).filter(|word| word.eq_ignore_ascii_case("allow"))?;
    let rest = &start[word.len()..];
    let rest = rest.strip_prefix(':').unwrap_or(rest);
    if !rest.starts_with(char::is_whitespace) {
        return None;
    }
    let from = comment.len() - rest.len();
    let ends = [":", " - ", " – ", " — ", " (", " because "];
    let end = ends.iter().filter_map(|end| Some((rest.find(end)?, end.len()))).min();
    let (named, reason) = match end {
        Some((end, length)) => (&rest[..end], rest[end + length..].trim()),
        None => (rest, ""),
    };
    let mut codes = Vec::new();
    for word in named.split([',', ' ', '\n', '\t', '\r', '`']) {
        let word = word.trim_matches(['[', ']']);
        if word.is_empty() || word == "and" {
            continue;
        }
        let start = at + from + (word.as_ptr() as usize - rest.as_ptr() as usize);
        codes.push((word.to_ascii_lowercase(), Span::new(start, start + word.len())));
    }
    let is_code =
        |(code, _): &(String, Span)| code.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    let is_meant = !codes.is_empty() && codes.iter().all(is_code);
    let is_certain = end.is_some() && codes.len() < 4;
    let has_reason = reason.chars().any(char::is_alphanumeric);
    is_meant.then_some(Allowance { codes, has_reason, is_certain, lines, is_for_staff })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{parse::parse, text::Source};

    fn allowed(text: &str) -> Vec<(String, usize, usize, bool)> {
        let all =
            allowances(&parse(Source::new("content/a.md", text), false, crate::Date::today()));
        let one = |one: &Allowance| {
            let codes: Vec<&str> = one.codes.iter().map(|(code, _)| code.as_str()).collect();
            (codes.join(" "), *one.lines.start(), *one.lines.end(), one.has_reason)
        };
        all.iter().map(one).collect()
    }

    #[test]
    fn a_comment_is_about_the_next_block_or_its_line() {
        for (text, codes, first, last) in [
            ("<!-- allow acronym: known -->\n\nOne\ntwo.\n\nThree.\n", "acronym", 3, 4),
            ("<!-- allow acronym: known -->\nOne\ntwo.\n", "acronym", 2, 3),
            ("<!-- allow a-b, c: known -->\n\n- one\n- two\n\nThree.\n", "a-b c", 3, 4),
            ("<!-- allow acronym: known -->\n## One\n\nTwo.\n", "acronym", 2, 2),
            ("One <!-- allow acronym: known --> two\nthree.\n", "acronym", 1, 1),
            ("One <!-- allow acronym: known -->\ntwo\nthree.\n", "acronym", 1, 2),
            ("- one\n  <!-- allow acronym: known -->\n- two\n", "acronym", 1, 0),
            ("<!-- allow acronym: known -->\n\nTerm\n: What\nit is.\n\nOne.\n", "acronym", 3, 5),
            ("<!-- ALLOW: Acronym (known) -->\nOne.\n", "acronym", 2, 2),
            ("<!-- allow a: b -->\n> [!STAFF]\n> One.\n\nTwo.\n", "a", 1, 0),
            ("---\n# allow owner: nobody\ntitle: A\n---\nOne.\n", "owner", 3, 3),
            ("---\ntitle: A # allow owner: nobody\n---\nOne.\n", "owner", 2, 2),
            (
                "---\n# allow hours: by day\nhours:\n  - one\n  - two\ntitle: A\n---\n",
                "hours",
                3,
                5,
            ),
        ] {
            assert_eq!(allowed(text), [(codes.to_owned(), first, last, true)], "{text}");
        }
    }

    #[test]
    fn a_reason_is_missed_and_code_is_left_alone() {
        assert_eq!(allowed("<!-- allow acronym -->\nOne.\n"), [("acronym".into(), 2, 2, false)]);
        assert_eq!(allowed("```\n<!-- allow acronym: known -->\n```\n"), []);
        assert_eq!(
            allowed("---\ntitle: \"A # allow owner: b\"\nabout: |\n  # allow owner: c\n---\n"),
            []
        );
        assert_eq!(allowed("<!-- Allowed to stay. -->\nOne.\n"), []);
    }
}
