//! Going over the words of a document.

use super::{Block, Document, Inline, Table};
use crate::text::Span;

/// What a run of words is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Run {
    /// A paragraph, or the words of a list item.
    Paragraph,
    /// A heading.
    Heading,
    /// A cell of a table, or its caption.
    Cell,
    /// The words after the label of a box.
    Title,
    /// A term of a definition list.
    Term,
}

impl Document {
    /// Every run of words, in order.
    pub fn runs(&self) -> Vec<(Run, &[Inline])> {
        let mut runs = Vec::new();
        self.runs_in(&self.blocks, &mut runs);
        runs
    }

    /// Where a block stands, for those that know.
    pub fn span_of(&self, block: &Block) -> Option<Span> {
        match block {
            Block::Paragraph(_, span)
            | Block::List { span, .. }
            | Block::Quote { span, .. }
            | Block::Code { span, .. }
            | Block::Html(_, span) => Some(*span),
            Block::Heading(at) => Some(self.headings[*at].span),
            Block::Record(record) => Some(record.span),
            Block::Table(table) => Some(table.span),
            Block::Definitions(_) | Block::Footnote { .. } | Block::Rule => None,
        }
    }

    fn runs_in<'a>(&'a self, blocks: &'a [Block], runs: &mut Vec<(Run, &'a [Inline])>) {
        for block in blocks {
            match block {
                Block::Paragraph(inlines, _) => runs.push((Run::Paragraph, inlines)),
                Block::Heading(index) => runs.push((Run::Heading, &self.headings[*index].content)),
                Block::List { items, .. } => {
                    items.iter().for_each(|item| self.runs_in(&item.blocks, runs));
                }
                Block::Quote { title, blocks, .. } => {
                    if !title.is_empty() {
                        runs.push((Run::Title, title));
                    }
                    self.runs_in(blocks, runs);
                }
                Block::Table(table) => {
                    runs.extend(table.cells().map(|cell| (Run::Cell, cell)));
                }
                Block::Definitions(list) => {
                    for (term, meanings) in list {
                        runs.push((Run::Term, term));
                        meanings.iter().for_each(|blocks| self.runs_in(blocks, runs));
                    }
                }
                Block::Footnote { blocks, .. } => self.runs_in(blocks, runs),
                Block::Code { .. } | Block::Record(_) | Block::Rule | Block::Html(..) => {}
            }
        }
    }

    /// Calls `see` with every part of every line, from the outside in.
    pub fn each_inline<'a>(&'a self, see: &mut dyn FnMut(&'a Inline)) {
        for (_, run) in self.runs() {
            each_in(run, see);
        }
    }
}

/// The fewest rows of a table that can be had as a file. Fewer are typed sooner.
const FEWEST_ROWS: usize = 3;

impl Table {
    /// The column of which a chart is drawn: the only one with numbers.
    pub fn charted(&self) -> Option<usize> {
        let mut numbers = (1..self.head.len()).filter(|column| self.numbers[*column]);
        numbers.next().filter(|_| numbers.next().is_none())
    }

    /// Whether it is worth to be had as a file: it has a name, and numbers in several rows.
    pub fn is_data(&self) -> bool {
        let has_numbers = self.numbers.iter().any(|is_number| *is_number);
        !self.caption.is_empty() && has_numbers && self.rows.len() >= FEWEST_ROWS
    }

    /// The caption, the cells of the head and all others.
    pub fn cells(&self) -> impl Iterator<Item = &[Inline]> {
        let cells = self.head.iter().chain(self.rows.iter().flatten());
        std::iter::once(&self.caption).chain(cells).map(Vec::as_slice)
    }
}

/// Calls `see` with each of `inlines` and all that is in them.
pub(crate) fn each_in<'a>(inlines: &'a [Inline], see: &mut dyn FnMut(&'a Inline)) {
    for inline in inlines {
        see(inline);
        match inline {
            Inline::Emphasis(inner)
            | Inline::Strong(inner)
            | Inline::Struck(inner)
            | Inline::Link(_, inner)
            | Inline::When(_, inner, _) => each_in(inner, see),
            _ => {}
        }
    }
}
