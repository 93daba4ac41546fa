//! The words of a page laid end to end, for the checks that read them.
//!
//! A page is a tree of blocks; most checks want words and sentences. Here they
//! are taken out of the tree once, together with the words of records and of
//! the lines at the top, and every check looks at the same letters. Each keeps
//! its place in the file. What is not words (values, code) leaves a [`GAP`], so
//! that a sentence around it keeps its shape.

use std::{cell::OnceCell, collections::HashMap, ops::Range};

use crate::{
    model::{Page, RecordData, Text, kind::Own},
    parse::{Block, Document, Inline, Label, Placed, Table, values::Filled, walk::Run},
    text::{Source, Span, brackets::bracketed, sentences::sentences},
};

/// Stands where a value or code is.
pub(super) const GAP: char = '\u{fffc}';

/// The words of a page or a snippet.
#[derive(Debug)]
pub(super) struct Prose<'a> {
    /// All of them; runs end with a line end.
    pub(super) text: String,
    /// The paragraphs, headings and cells, in order.
    pub(super) runs: Vec<Stretch>,
    /// The words, in order.
    pub(super) words: Vec<Range<usize>>,
    /// The words with more than letters in them, or with capitals inside: the
    /// only ones that can be numbers, addresses or acronyms. Places in
    /// [`Prose::words`].
    pub(super) odd: Vec<usize>,
    /// Every `((name))` and `((name??…))`.
    pub(super) values: Vec<Use<'a>>,
    /// HTML as typed.
    pub(super) html: Vec<(&'a str, Span)>,
    /// The tables, of Markdown and of records.
    pub(super) tables: Vec<&'a Table>,
    /// Where the words of links are in `text`.
    pub(super) links: Vec<Range<usize>>,
    /// Which of [`Document::links`] each of them is.
    pub(super) link_numbers: Vec<usize>,
    /// The same words in small letters, where that takes no other room.
    low: String,
    /// The sentences, once somebody asked for them.
    said: OnceCell<Vec<Said>>,
    pieces: Vec<Piece>,
    /// Whether what is read now stands in a box with an example.
    is_example: bool,
    source: &'a Source,
    /// The words with values in them, by where they begin.
    filled: HashMap<usize, &'a Filled>,
}

/// A paragraph, heading or cell.
#[derive(Debug)]
pub(super) struct Stretch {
    /// What it is.
    pub(super) run: Run,
    /// Who says it.
    pub(super) voice: Voice,
    /// Whether it stands in a box with an example.
    pub(super) is_example: bool,
    /// Where it is in [`Prose::text`].
    pub(super) text: Range<usize>,
    /// Where its words are in [`Prose::words`].
    pub(super) words: Range<usize>,
}

/// A sentence of a page.
#[derive(Debug, Clone)]
pub(super) struct Said {
    /// Which of [`Prose::runs`] it is in.
    pub(super) run: usize,
    /// Its words, in [`Prose::words`].
    pub(super) words: Range<usize>,
}

/// Who says something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Voice {
    /// The page.
    Page,
    /// Someone who is quoted.
    Quoted,
    /// Staff, to each other.
    Staff,
}

/// A value that is used.
#[derive(Debug)]
pub(super) struct Use<'a> {
    /// `receipt limit`
    pub(super) name: &'a str,
    /// The brackets.
    pub(super) span: Span,
    /// Whether words follow `??`.
    pub(super) is_when: bool,
    /// Where it stands.
    pub(super) place: UsePlace,
}

impl<'a> Use<'a> {
    /// Those in words that are not Markdown.
    pub(super) fn all(
        filled: &'a Filled,
        source: &Source,
        place: UsePlace,
    ) -> impl Iterator<Item = Self> {
        bracketed(&filled.typed).map(move |found| {
            let span = filled.place(source, &found.place);
            Self { name: found.name, span, is_when: found.words.is_some(), place }
        })
    }
}

/// Where a value is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum UsePlace {
    /// In the text of the page, as Markdown.
    Markdown,
    /// In the text of the page, in a record or in what a picture shows.
    Record,
    /// At the top of the page.
    Top,
}

impl Use<'_> {
    /// Whether it stands in the text, and not only at the top of the page.
    pub(super) fn is_in_text(&self) -> bool {
        self.place != UsePlace::Top
    }
}

/// Letters that stand together in the file.
#[derive(Debug)]
struct Piece {
    text: Range<usize>,
    span: Span,
}

impl<'a> Prose<'a> {
    /// The words of `text`, and those at the top of `page`.
    pub(super) fn new(text: &'a Text, page: Option<&'a Page>) -> Self {
        let source = &text.document.source;
        let mut prose = Self {
            text: String::with_capacity(source.text.len()),
            runs: Vec::new(),
            words: Vec::with_capacity(source.text.len() / 6),
            odd: Vec::new(),
            values: Vec::new(),
            html: Vec::new(),
            tables: Vec::new(),
            links: Vec::new(),
            link_numbers: Vec::new(),
            low: String::new(),
            said: OnceCell::new(),
            pieces: Vec::new(),
            is_example: false,
            source,
            filled: text.filled.iter().map(|filled| (filled.span.start, filled)).collect(),
        };
        let voice = if page.is_some_and(Page::for_staff) { Voice::Staff } else { Voice::Page };
        if let Some(page) = page {
            let front = &page.front;
            prose.placed(Run::Heading, voice, front.title.as_ref());
            prose.placed(Run::Paragraph, voice, front.description.as_ref());
            let (own, notes) = (page.kind.part().words(), page.kind.part().notes());
            let own = own.into_iter().map(|(run, words)| (run, voice, words));
            let notes = notes.into_iter().map(|note| (Run::Paragraph, Voice::Staff, note));
            for (run, voice, words) in own.chain(notes).filter(|(.., words)| !words.is_empty()) {
                prose.placed(run, voice, Some(words));
            }
        }
        prose.blocks(text, &text.document, &text.document.blocks, voice);
        prose.values_of(text);
        prose.low = prose.text.to_ascii_lowercase();
        prose
    }

    /// Where a part of [`Prose::text`] stands in the file.
    pub(super) fn span(&self, part: Range<usize>) -> Span {
        let piece_at = |at: usize| {
            let next = self.pieces.partition_point(|piece| piece.text.start <= at);
            next.checked_sub(1).map(|before| &self.pieces[before])
        };
        let Some(first) = piece_at(part.start) else { return Span::default() };
        let exact = |piece: &Piece, at: usize| {
            let is_exact = piece.text.len() == piece.span.end - piece.span.start;
            is_exact.then(|| piece.span.start + (at - piece.text.start).min(piece.text.len()))
        };
        if let Some(start) = exact(first, part.start) {
            let last = piece_at(part.end.saturating_sub(1).max(part.start)).unwrap_or(first);
            return Span::new(start, exact(last, part.end).unwrap_or(last.span.end));
        }
        // Something was escaped or quoted: the words are somewhere in there.
        let words = &self.text[part];
        match self.source.at(first.span).find(words) {
            Some(at) => Span::new(first.span.start + at, first.span.start + at + words.len()),
            None => first.span,
        }
    }

    /// The paragraph, heading or cell that a word is in.
    pub(super) fn run_of(&self, word: usize) -> Option<&Stretch> {
        self.runs.get(self.runs.partition_point(|run| run.words.end <= word))
    }

    /// The letters of a word.
    #[inline]
    pub(super) fn word(&self, index: usize) -> &str {
        &self.text[self.words[index].clone()]
    }

    /// Whether a place is in the words of a link: what they leave open, the page behind it says.
    pub(super) fn is_in_link(&self, place: &Range<usize>) -> bool {
        let next = self.links.partition_point(|link| link.end < place.end);
        self.links.get(next).is_some_and(|link| link.start <= place.start)
    }

    /// Whether a word stands in a few words in bold.
    pub(super) fn is_bold(&self, word: usize) -> bool {
        const FEW: usize = 60;
        let at = self.span(self.words[word].clone()).start;
        let before = &self.source.text.as_bytes()[at.saturating_sub(FEW)..at];
        let stars = before.windows(2).rposition(|two| two == b"**");
        stars.is_some_and(|stars| {
            let words = &before[stars + 2..];
            // Behind the stars that end bold words stands a space or a mark.
            !words.contains(&b'\n') && words.first().is_none_or(u8::is_ascii_alphanumeric)
        })
    }

    /// The letters between a word and the next.
    pub(super) fn after(&self, index: usize) -> &str {
        let end = self.words.get(index + 1).map_or(self.text.len(), |next| next.start);
        &self.text[self.words[index].end..end]
    }

    /// Calls `see` with the words of each sentence of a paragraph.
    pub(super) fn sentences(&self, run: &Stretch, mut see: impl FnMut(Range<usize>)) {
        let mut next = run.words.start;
        for sentence in sentences(&self.text[run.text.clone()]) {
            let end = run.text.start + sentence.end;
            let left = &self.words[next..run.words.end];
            let after = next + left.partition_point(|word| word.start < end);
            if next < after {
                see(next..after);
            }
            next = after;
        }
    }

    /// Every sentence of the paragraphs, items, cells and headings, in order.
    pub(super) fn said(&self) -> &[Said] {
        self.said.get_or_init(|| {
            let mut all = Vec::new();
            for (number, run) in self.runs.iter().enumerate() {
                self.sentences(run, |words| all.push(Said { run: number, words }));
            }
            all
        })
    }

    /// The sentence that a place is in.
    pub(super) fn said_at(&self, place: usize) -> Option<&Said> {
        let word = self.words.partition_point(|word| word.end <= place);
        let said = self.said();
        said.get(said.partition_point(|one| one.words.end <= word))
    }

    /// The letters of a word, in small letters.
    #[inline]
    pub(super) fn small(&self, index: usize) -> &str {
        &self.low[self.words[index].clone()]
    }

    /// A part of the text in small letters.
    pub(super) fn small_at(&self, part: Range<usize>) -> &str {
        &self.low[part]
    }

    /// Whether these words stand one after the other from a word on, in small letters, and no
    /// mark is between them.
    pub(super) fn has(&self, at: usize, words: &[&str]) -> bool {
        let is_here = |(offset, word): (usize, &&str)| {
            at + offset < self.words.len() && self.small(at + offset) == *word
        };
        words.iter().enumerate().all(is_here)
            && (at..at + words.len().saturating_sub(1)).all(|word| self.after(word) == " ")
    }

    /// The words of a sentence, from the first letter to the last.
    pub(super) fn stretch(&self, words: Range<usize>) -> Range<usize> {
        self.words[words.start].start..self.words[words.end - 1].end
    }

    fn placed(&mut self, run: Run, voice: Voice, words: Option<&'a Placed<String>>) {
        if let Some(words) = words {
            self.run(run, voice, |prose| match prose.typed(words.span) {
                Some(filled) => prose.with_gaps(filled),
                None => prose.push(&words.value, words.span),
            });
        }
    }

    /// The words at a place as typed, where there are values in them.
    fn typed(&self, span: Span) -> Option<&'a Filled> {
        self.filled.get(&span.start).copied().filter(|filled| filled.span == span)
    }

    /// The values in words that are not Markdown.
    fn values_of(&mut self, text: &'a Text) {
        for filled in &text.filled {
            let is_top = filled.span.start < text.document.front.end;
            let place = if is_top { UsePlace::Top } else { UsePlace::Record };
            self.values.extend(Use::all(filled, self.source, place));
        }
    }

    /// Words that are not Markdown, as typed, with a gap where a value is.
    fn with_gaps(&mut self, filled: &'a Filled) {
        let typed = &filled.typed;
        let mut done = 0;
        for found in bracketed(typed) {
            let before = done..found.place.start;
            self.push(&typed[before.clone()], filled.place(self.source, &before));
            done = found.place.end;
            match found.words {
                Some(inner) => self.push(inner, filled.place(self.source, &found.place)),
                None => self.text.push(GAP),
            }
        }
        let rest = done..typed.len();
        self.push(&typed[rest.clone()], filled.place(self.source, &rest));
    }

    fn blocks(&mut self, text: &'a Text, document: &'a Document, blocks: &'a [Block], own: Voice) {
        for block in blocks {
            match block {
                Block::Paragraph(inlines, _) => self.inlines_of(Run::Paragraph, own, inlines),
                Block::Heading(index) => {
                    self.inlines_of(Run::Heading, own, &document.headings[*index].content);
                }
                Block::List { items, .. } => {
                    items.iter().for_each(|item| self.blocks(text, document, &item.blocks, own));
                }
                Block::Quote { label, title, blocks, .. } => {
                    let voice = match label {
                        None => Voice::Quoted,
                        Some(Label::Staff) => Voice::Staff,
                        Some(_) => own,
                    };
                    let around = self.is_example;
                    self.is_example |= *label == Some(Label::Example);
                    self.inlines_of(Run::Title, voice, title);
                    self.blocks(text, document, blocks, voice);
                    self.is_example = around;
                }
                Block::Table(table) => self.table(table, own),
                Block::Definitions(list) => {
                    for (term, meanings) in list {
                        self.inlines_of(Run::Term, own, term);
                        meanings.iter().for_each(|blocks| self.blocks(text, document, blocks, own));
                    }
                }
                Block::Footnote { blocks, .. } => self.blocks(text, document, blocks, own),
                Block::Html(html, span) => self.html.push((html, *span)),
                Block::Record(record) => {
                    if let Some(data) = text.records.get(&record.span.start) {
                        self.record(data, own);
                    }
                }
                Block::Code { .. } | Block::Rule => {}
            }
        }
    }

    fn record(&mut self, data: &'a RecordData, own: Voice) {
        match data {
            RecordData::Table(table) => self.table(table, own),
            RecordData::Checklist(list) => {
                let tally = list.tally.iter().flat_map(|tally| [&tally.then, &tally.otherwise]);
                let said = list.items.iter().chain(tally);
                said.for_each(|said| self.placed(Run::Paragraph, own, Some(said)));
            }
            RecordData::Symbols(rows) => {
                rows.iter().for_each(|row| self.placed(Run::Paragraph, own, Some(&row.words)));
            }
            RecordData::Buy(items) => {
                for buy in items {
                    self.placed(Run::Heading, own, Some(&buy.item));
                    let said = [&buy.why, &buy.example].into_iter().filter(|said| !said.is_empty());
                    said.for_each(|said| self.placed(Run::Paragraph, own, Some(said)));
                }
            }
            RecordData::Flow(flow) => {
                for (run, words) in flow.words().into_iter().filter(|(_, words)| !words.is_empty())
                {
                    self.placed(run, own, Some(words));
                }
            }
            RecordData::Contact(_) | RecordData::Entries(_) | RecordData::Video { .. } => {}
        }
    }

    fn table(&mut self, table: &'a Table, own: Voice) {
        self.tables.push(table);
        table.cells().for_each(|cell| self.inlines_of(Run::Cell, own, cell));
    }

    fn inlines_of(&mut self, run: Run, voice: Voice, inlines: &'a [Inline]) {
        if !inlines.is_empty() {
            self.run(run, voice, |prose| prose.inlines(inlines));
        }
    }

    fn run(&mut self, run: Run, voice: Voice, fill: impl FnOnce(&mut Self)) {
        let (start, first) = (self.text.len(), self.words.len());
        fill(self);
        let text = start..self.text.len();
        self.split(text.clone());
        self.text.push('\n');
        let (is_example, words) = (self.is_example, first..self.words.len());
        self.runs.push(Stretch { run, voice, is_example, text, words });
    }

    fn inlines(&mut self, inlines: &'a [Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text(text, span) => self.push(text, *span),
                Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Struck(inner) => {
                    self.inlines(inner);
                }
                Inline::Link(number, inner) => {
                    let start = self.text.len();
                    self.inlines(inner);
                    self.links.push(start..self.text.len());
                    self.link_numbers.push(*number);
                }
                Inline::When(name, inner, span) => {
                    let place = UsePlace::Markdown;
                    self.values.push(Use { name, span: *span, is_when: true, place });
                    self.inlines(inner);
                }
                Inline::Value(name, span) => {
                    let place = UsePlace::Markdown;
                    self.values.push(Use { name, span: *span, is_when: false, place });
                    self.text.push(GAP);
                }
                Inline::Code(_) => self.text.push(GAP),
                Inline::SoftBreak => self.text.push(' '),
                Inline::Break => self.text.push('\n'),
                Inline::Html(html, span) => self.html.push((html, *span)),
                Inline::Image(_) | Inline::FootnoteMark(_) => {}
            }
        }
    }

    fn push(&mut self, text: &str, span: Span) {
        let start = self.text.len();
        self.text.push_str(text);
        self.pieces.push(Piece { text: start..self.text.len(), span });
    }

    /// Finds the words: what stands between spaces and long dashes, without the
    /// marks around it.
    fn split(&mut self, part: Range<usize>) {
        let is_mark = |c: char| !c.is_ascii_alphanumeric() && (c.is_ascii() || is_mark(c));
        let mut at = part.start;
        for token in self.text[part].split(|c: char| c.is_whitespace() || matches!(c, '—' | '…'))
        {
            let word = token.trim_start_matches(is_mark);
            let start = at + token.len() - word.len();
            let word = word.trim_end_matches(is_mark);
            if !word.is_empty() {
                if word.bytes().skip(1).any(is_odd) || word.as_bytes()[0].is_ascii_digit() {
                    self.odd.push(self.words.len());
                }
                self.words.push(start..start + word.len());
            }
            at += token.len();
            at += self.text[at..].chars().next().map_or(0, char::len_utf8);
        }
    }
}

fn is_mark(c: char) -> bool {
    !c.is_alphanumeric() && c != GAP
}

/// Whether a letter after the first makes a word odd.
fn is_odd(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit() || matches!(byte, b'@' | b'.' | b':' | b'/')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::Text,
        parse::{self, values::Values},
    };

    fn with_prose(words: &str, see: impl FnOnce(&Prose<'_>, &Source)) {
        let document = parse::parse(Source::new("content/a.md", words), true, crate::Date::today());
        let text = Text::new(document, Values::default(), &mut Vec::new());
        see(&Prose::new(&text, None), &text.document.source);
    }

    #[test]
    fn sentences_end_where_people_end_them() {
        let words = "Call Dr. Lee, e.g. on Monday. It costs £10.50 a week! *Is* it ((limit))? Yes.";
        with_prose(words, |prose, _| {
            let mut said = Vec::new();
            prose.sentences(&prose.runs[0], |words| said.push(words.len()));
            assert_eq!(said, [6, 5, 3, 1]);
        });
    }

    #[test]
    fn words_keep_their_places() {
        with_prose("Tick \\* and **use [the form](b.md)** – £5", |prose, source| {
            let places: Vec<_> =
                prose.words.iter().map(|word| source.at(prose.span(word.clone()))).collect();
            assert_eq!(places, ["Tick", "and", "use", "the", "form", "5"]);
        });
    }
}
