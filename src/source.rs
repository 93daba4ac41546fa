//! Text, and places in it.
//!
//! A [`Source`] is one file as its author wrote it. Its text is never changed
//! after loading, so a [`Span`] found while parsing is still the right place
//! when a check complains about it ten stages later.

use std::sync::Arc;

/// One text file: where it is and what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
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
        let start = self.start_of_line(offset);
        let end = self.text[offset..].find('\n').map_or(self.text.len(), |at| offset + at);
        (self.text[start..end].trim_end_matches('\r'), start)
    }

    fn start_of_line(&self, offset: usize) -> usize {
        self.text[..offset].rfind('\n').map_or(0, |at| at + 1)
    }

    /// The line and column of a byte offset.
    pub fn position(&self, offset: usize) -> Position {
        let offset = floor(&self.text, offset);
        // Bytes are counted several at a time, which a file of 50 MB needs.
        let line = self.text.as_bytes()[..offset].iter().filter(|byte| **byte == b'\n').count() + 1;
        let start = self.start_of_line(offset);
        let before = self.text[start..offset].trim_start_matches('\u{feff}');
        Position { line, column: before.chars().count() + 1 }
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
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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
    fn an_offset_inside_a_character_is_that_character() {
        let source = Source::new("a.md", "££");
        assert_eq!(source.position(1), Position { line: 1, column: 1 });
        assert_eq!(source.position(3), Position { line: 1, column: 2 });
    }
}
