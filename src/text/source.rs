//! Text, and places in it.
//!
//! A [`Source`] is one file as its author wrote it. Its text is never changed
//! after loading, so a [`Span`] found while parsing is still the right place
//! when a check complains about it ten stages later.

use serde::{Deserialize, Serialize};

use std::sync::Arc;

/// One text file: where it is and what it says.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Source {
    /// Path below the root of the site, with `/` between folders: `content/index.md`.
    pub path: Arc<str>,
    /// The text, exactly as it is on disk (a byte-order mark and Windows line
    /// ends included). Bytes that are not UTF-8 are `U+FFFD`.
    pub text: Arc<str>,
}

impl Source {
    /// A source from a path below the root and its text.
    pub fn new(path: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Self {
        Self { path: path.into(), text: text.into() }
    }

    /// The words at `span`; nothing where the span lies outside the text.
    pub fn at(&self, span: Span) -> &str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }

    /// The whole line around a byte offset, without its line end, and the
    /// offset at which it starts.
    pub fn line_at(&self, offset: usize) -> (&str, usize) {
        let offset = floor(&self.text, offset);
        let start = self.text[..offset].rfind('\n').map_or(0, |at| at + 1);
        let end = self.text[offset..].find('\n').map_or(self.text.len(), |at| offset + at);
        (self.text[start..end].trim_end_matches('\r'), start)
    }

    /// The line and column of a byte offset.
    pub fn position(&self, offset: usize) -> Position {
        self.lines().position(offset)
    }

    /// Its lines, for those who ask for many positions.
    pub fn lines(&self) -> Lines<'_> {
        Lines::of(&self.text)
    }
}

/// Where the lines of a text are: it is gone through once, however many ask, and
/// however long a line is.
#[derive(Debug)]
pub struct Lines<'a> {
    text: &'a str,
    /// Where each begins.
    starts: Vec<usize>,
    /// How many characters come before each stretch of [`STRETCH`] bytes.
    characters: Vec<usize>,
}

/// Bytes that are counted together.
const STRETCH: usize = 1024;

/// How many characters begin in some bytes.
fn beginnings(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1));
        let mut before = 0;
        let stretches = text.as_bytes().chunks(STRETCH).map(|stretch| {
            let start = before;
            before += beginnings(stretch);
            start
        });
        Self { text, starts: starts.collect(), characters: stretches.collect() }
    }

    /// The line and column of a byte offset.
    pub fn position(&self, offset: usize) -> Position {
        let offset = floor(self.text, offset);
        let line = self.number(offset);
        let start = self.starts[line - 1];
        // Marks of the order of bytes take no room.
        let marks = self.text[start..offset].chars().take_while(|c| *c == '\u{feff}').count();
        Position { line, column: self.before(offset) - self.before(start) - marks + 1 }
    }

    /// The whole line around a byte offset, without its line end.
    pub fn at(&self, offset: usize) -> &'a str {
        let line = self.number(floor(self.text, offset));
        let end = self.starts.get(line).map_or(self.text.len(), |next| next - 1);
        self.text[self.starts[line - 1]..end].trim_end_matches('\r')
    }

    /// The number of the line around an offset, from 1.
    fn number(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset)
    }

    /// How many characters come before an offset.
    fn before(&self, offset: usize) -> usize {
        let stretch = (offset / STRETCH).min(self.characters.len().saturating_sub(1));
        let counted = self.characters.get(stretch).copied().unwrap_or(0);
        counted + beginnings(&self.text.as_bytes()[stretch * STRETCH..offset])
    }
}

/// The nearest offset at or before `offset` that does not split a character.
fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// A stretch of a source, in bytes from the start of its text.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` up to but not including `end`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }

    /// The same stretch, when the text it was found in begins at `offset`.
    pub fn shifted(self, offset: usize) -> Self {
        Self { start: self.start + offset, end: self.end + offset }
    }
}

impl From<std::ops::Range<usize>> for Span {
    fn from(range: std::ops::Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// A place as people count it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Position {
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_skip_a_byte_order_mark() {
        let source = Source::new("a.md", "\u{feff}né £5\r\nsecond");
        let pound = source.text.find('£').expect("it is there");
        assert_eq!(source.position(pound), Position { line: 1, column: 4 });
        assert_eq!(source.position(usize::MAX), Position { line: 2, column: 7 });
        assert_eq!(source.line_at(pound).0, "\u{feff}né £5");
    }

    #[test]
    fn long_lines_are_counted_as_short_ones_are() {
        let text = format!("{}\n\u{feff}{}\n\n£", "é".repeat(3_000), "a£".repeat(1_000));
        let source = Source::new("a.md", text.as_str());
        let lines = source.lines();
        let (mut line, mut column) = (1, 1);
        for (at, c) in text.char_indices() {
            assert_eq!(lines.position(at), Position { line, column }, "at {at}");
            assert_eq!(lines.at(at), source.line_at(at).0);
            match c {
                '\n' => (line, column) = (line + 1, 1),
                '\u{feff}' => {}
                _ => column += 1,
            }
        }
        assert_eq!(lines.position(text.len()), Position { line, column });
        assert_eq!(Source::new("b.md", "").position(7), Position { line: 1, column: 1 });
    }

    #[test]
    fn an_offset_inside_a_character_is_that_character() {
        let source = Source::new("a.md", "££");
        assert_eq!(source.position(1), Position { line: 1, column: 1 });
        assert_eq!(source.position(3), Position { line: 1, column: 2 });
    }
}
