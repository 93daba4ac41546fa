//! `long-paragraph`: paragraphs that are a wall, and many of them with nothing between.

use super::{Check, Looks, Marks, Rule, Subject, prose::Voice};
use crate::{
    parse::{Block, plain},
    text::Span,
};

pub(super) const CHECK: Check =
    Rule::warning("long-paragraph", Looks::Words, include_str!("long_paragraph.md")).on_text(run);

/// So many words of paragraphs without a heading, a list or a table between them are a wall.
/// Source: the same page, on headings: about one on each screen of a phone held across, twice
/// over.
const WALL: usize = 350;

/// Up to this part more is no wall.
const ALIKE: usize = 10;

/// The fewest paragraphs of a wall; fewer are long ones.
const PARAGRAPHS: usize = 4;

fn run(subject: &Subject<'_>, marks: &mut Marks) {
    let most = subject.limits().paragraph;
    let prose = subject.prose;
    for run in &prose.runs {
        let count = run.words.len();
        if run.run != crate::parse::walk::Run::Paragraph
            || run.voice == Voice::Quoted
            || count <= most + most / ALIKE
        {
            continue;
        }
        let message = format!("this paragraph has {count} words, and {most} is a lot");
        let hint = "make two of it, or a list, each about one thing";
        marks.push(prose.span(prose.stretch(run.words.clone())), message).hint(hint);
    }
    if subject.is_letter() {
        return;
    }
    let (mut words, mut paragraphs, mut first): (_, _, Option<Span>) = (0, 0, None);
    for block in &subject.text.document.blocks {
        if let Block::Paragraph(inlines, span) = block {
            words += plain(inlines).split_whitespace().count();
            paragraphs += 1;
            first.get_or_insert(*span);
            continue;
        }
        if let Some(span) = wall(words, paragraphs, first) {
            tell(span, words, marks);
        }
        (words, paragraphs, first) = (0, 0, None);
    }
    if let Some(span) = wall(words, paragraphs, first) {
        tell(span, words, marks);
    }
}

fn wall(words: usize, paragraphs: usize, first: Option<Span>) -> Option<Span> {
    first.filter(|_| words > WALL && paragraphs >= PARAGRAPHS)
}

fn tell(span: Span, words: usize, marks: &mut Marks) {
    let message = format!("{words} words begin here without a heading or a list");
    let hint = "put a heading over each thing that people look for: `## When we pay you`";
    marks.push(span, message).hint(hint);
}
