//! Repairs that cannot change what a page says: of dates in digits that nobody can misread, of
//! spaces and quotation marks, of a capital at the end of a letter; and, on request, of a few
//! hard words with a plainer one that fits anywhere. Not a check: `plainsite fix` shows them and
//! writes them.
//!
//! Only words in the text of Markdown files are mended, where they stand in the file as they
//! are read; dates and quotation marks in English alone. Headings, records, what is quoted, code,
//! addresses and the lines at the top stay as they are.

use std::ops::Range;

use super::{
    Asked, Subject, hard_words, not_prose,
    numeric_date::day,
    prose::{Prose, Stretch},
};
use crate::{
    model::{Page, Text},
    parse::{Block, Document},
    text::{
        Source, Span,
        fitted::{Fitted, fitted},
    },
    world::World,
};

/// Other words for a place in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// The file.
    pub source: Source,
    /// What is taken out.
    pub span: Span,
    /// What is put there.
    pub with: String,
}

/// What can be mended in a site, by file, then by place; none of them touches another. With
/// `words`, hard words too.
pub fn repairs(world: &World<'_>, words: bool) -> Vec<Repair> {
    let pages = world.site.pages.iter().filter(|page| !page.made);
    let pages = pages.map(|page| (&page.text, Some(page)));
    let snippets = world.site.snippets.values().map(|text| (text, None));
    let mut all: Vec<Repair> =
        pages.chain(snippets).flat_map(|(text, page)| on_text(world, text, page, words)).collect();
    let place = |repair: &Repair| (repair.source.path.clone(), repair.span.start);
    all.sort_by_key(place);
    let mut last: Option<(std::sync::Arc<str>, usize)> = None;
    all.retain(|repair| {
        let before = last.as_ref().filter(|(path, _)| *path == repair.source.path);
        let is_free = before.is_none_or(|(_, end)| *end <= repair.span.start);
        if is_free {
            last = Some((repair.source.path.clone(), repair.span.end));
        }
        is_free
    });
    all
}

fn on_text(world: &World<'_>, text: &Text, page: Option<&Page>, words: bool) -> Vec<Repair> {
    let source = &text.document.source;
    if !source.path.ends_with(".md") {
        return Vec::new();
    }
    let prose = Prose::new(text, page);
    let asked = Asked::default();
    let subject = Subject { world, text, prose: &prose, asked: &asked, page };
    let blocks = text_blocks(&text.document);
    // Months and marks of other languages are other ones.
    let is_known = subject.is_english();
    let mut found: Vec<(Range<usize>, String)> = Vec::new();
    for run in prose.runs.iter().filter(|run| not_prose::is_own(run)) {
        spaces(&prose, run, &mut found);
        // Marks are mended in pairs or not at all, and what leads somewhere stays as it is.
        let written = source.at(prose.span(run.text.clone()));
        if is_known && !written.contains(['\\', '&', '[', '<']) {
            quotation_marks(&prose, run, &mut found);
        }
        if subject.is_letter() {
            ending(&prose, run, &mut found);
        }
    }
    for &word in &prose.odd {
        let typed = prose.word(word);
        if let Some(day) = day(typed).filter(|_| is_known && is_sure(typed)) {
            let words = day.words(world.site.languages.of(subject.language()));
            found.push((prose.words[word].clone(), words));
        }
    }
    if words && subject.is_english() {
        swaps(&subject, &mut found);
    }
    let repair = |(place, with): (Range<usize>, String)| {
        if subject.not_prose().holds(&place) && !with.contains(['“', '”']) {
            return None;
        }
        let span = prose.span(place.clone());
        // Where something is escaped, the place is not exact.
        let is_exact = source.at(span) == &prose.text[place];
        let next = blocks.partition_point(|block| block.end <= span.start);
        let is_text = blocks.get(next).is_some_and(|block| block.start <= span.start);
        (is_exact && is_text).then(|| Repair { source: source.clone(), span, with })
    };
    found.into_iter().filter_map(repair).collect()
}

/// Where the text of a page is that is neither a record nor code, nor a heading, whose words
/// make its address.
fn text_blocks(document: &Document) -> Vec<Span> {
    let is_words = |block: &&Block| {
        !matches!(
            block,
            Block::Heading(_) | Block::Record(_) | Block::Code { .. } | Block::Html(..)
        )
    };
    document.blocks.iter().filter(is_words).filter_map(|block| document.span_of(block)).collect()
}

/// Several spaces between words, and those before a comma or a full stop.
fn spaces(prose: &Prose<'_>, run: &Stretch, found: &mut Vec<(Range<usize>, String)>) {
    let text = &prose.text[run.text.clone()];
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(start) = text[at..].find(' ').map(|found| at + found) {
        let length = text[start..].len() - text[start..].trim_start_matches(' ').len();
        let end = start + length;
        at = end;
        let place = |from: usize, to: usize| run.text.start + from..run.text.start + to;
        if start == 0 || end == bytes.len() {
            continue;
        }
        // After one letter the mark itself may be meant: `after a ?`.
        let is_stop = matches!(bytes[end], b',' | b'.')
            && start > 1
            && bytes[start - 2].is_ascii_alphanumeric()
            && bytes.get(end + 1).is_none_or(|next| *next == b' ' || *next == b'\n')
            && bytes[start - 1].is_ascii_alphanumeric();
        if is_stop {
            found.push((place(start, end), String::new()));
        } else if length > 1 && bytes[end] != b'\n' && bytes[start - 1] != b'\n' {
            found.push((place(start, end), " ".into()));
        }
    }
}

/// Straight quotation marks round words.
fn quotation_marks(prose: &Prose<'_>, run: &Stretch, found: &mut Vec<(Range<usize>, String)>) {
    let text = &prose.text[run.text.clone()];
    let marks: Vec<usize> = text.match_indices('"').map(|(at, _)| at).collect();
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let is_pair = |pair: &[usize]| {
        let [open, close] = *pair else { return false };
        !is_word(text[..open].chars().next_back())
            && is_word(text[open + 1..].chars().next())
            && !text[..close].ends_with([' ', '"'])
            && !is_word(text[close + 1..].chars().next())
    };
    if marks.is_empty() || !marks.chunks(2).all(is_pair) {
        return; // An inch, or a mark that was forgotten.
    }
    for pair in marks.chunks(2) {
        for (at, mark) in pair.iter().zip(["“", "”"]) {
            let at = run.text.start + at;
            found.push((at..at + 1, mark.into()));
        }
    }
}

/// `Yours Sincerely` at the end of a letter.
fn ending(prose: &Prose<'_>, run: &Stretch, found: &mut Vec<(Range<usize>, String)>) {
    for word in ["Sincerely", "Faithfully"] {
        let text = &prose.text[run.text.clone()];
        if let Some(rest) = text.strip_prefix("Yours ")
            && rest.starts_with(word)
        {
            let at = run.text.start + "Yours ".len();
            found.push((at..at + word.len(), word.to_lowercase()));
        }
    }
}

/// Whether a date in digits has one meaning: a day above 12, and a whole year.
fn is_sure(typed: &str) -> bool {
    let mut parts = typed.split(['.', '/', '-']);
    let day: Option<u32> = parts.next().and_then(|day| day.parse().ok());
    let year = parts.nth(1).unwrap_or_default();
    day.is_some_and(|day| day > 12) && year.len() == 4
}

/// Hard words of which the list says that the plainer one fits anywhere. What it advises is
/// more, and may take a sentence in other words.
fn swaps(subject: &Subject<'_>, found: &mut Vec<(Range<usize>, String)>) {
    let words = subject.world.site.data.hard_words().words();
    for hit in subject.hard_words().iter().filter(|hit| !hit.is_right) {
        let word = &words[hit.word];
        let (form, choices) = &word.forms[hit.form];
        let Some(with) = choices.first().filter(|_| word.anywhere.contains(form)) else { continue };
        let (before, after) = hard_words::beside(subject.prose, &hit.place);
        let Some(Fitted { words: with, takes_before }) = fitted(with, before, after) else {
            continue;
        };
        let start = match takes_before {
            true => hard_words::word_before(before, hit.place.start),
            false => hit.place.start,
        };
        let typed = &subject.prose.text[start..hit.place.end];
        let with = match typed.starts_with(char::is_uppercase) {
            true => crate::text::wording::capital(&with),
            false => with,
        };
        found.push((start..hit.place.end, with));
    }
}
