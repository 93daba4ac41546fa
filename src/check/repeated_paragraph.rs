//! `repeated-paragraph`: the same paragraph on several pages, where one will be changed and the
//! other forgotten.

use std::collections::{BTreeMap, HashMap};

use super::{
    Check, Looks, Marks, Rule,
    once::{self, Place},
};
use crate::{
    model::Page,
    parse::{Block, Document, plain},
    text::{Source, Span, shorten},
    world::World,
};

pub(super) const CHECK: Check =
    Rule::warning(CODE, Looks::Words, include_str!("repeated_paragraph.md")).on_world(run);

const CODE: &str = "repeated-paragraph";

/// Shorter ones are written again sooner than they are put into a file.
const FEWEST_WORDS: usize = 20;

/// On one page a step may stand in two lists: shorter ones are left alone there.
const FEWEST_ON_PAGE: usize = 40;

/// A paragraph that was met first.
struct First<'w> {
    document: &'w Document,
    span: Span,
    words: String,
    /// Where it was met again: a file, a line, the paragraph.
    again: Vec<(&'w Source, Span)>,
}

/// The paragraphs of a page by where they stand again.
type Own<'w> = BTreeMap<(&'w str, usize), Vec<Place>>;

fn run(world: &World<'_>, marks: &mut Marks) {
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut all: Vec<First<'_>> = Vec::new();
    for page in world.site.pages.iter().filter(|page| !page.made) {
        let document: &Document = &page.text.document;
        let source = &document.source;
        each_paragraph(&document.blocks, &mut |words, span| {
            let (key, count) = key(page, words);
            if count < FEWEST_WORDS {
                return;
            }
            match known.get(&key) {
                Some(&at) if std::ptr::eq(all[at].document, document) && count < FEWEST_ON_PAGE => {
                }
                Some(&at) => all[at].again.push((source, span)),
                None => {
                    known.insert(key, all.len());
                    let (words, again) = (shorten(words), Vec::new());
                    all.push(First { document, span, words, again });
                }
            }
        });
    }
    // Two pages that have several in common are one thing to decide.
    let mut pages: BTreeMap<&str, (&Document, Own<'_>)> = BTreeMap::new();
    for First { document, span, words, again } in all {
        let Some(((other, place), rest)) = again.split_first() else { continue };
        let line = other.position(place.start).line;
        let more = match rest.len() {
            0 => String::new(),
            more => format!(" and in {more} more places"),
        };
        let message = format!("“{words}” stands again in {}, line {line}{more}", other.path);
        let hint = "put it into a file of its own, `_snippets/name.md`, and write `((name))` in \
                    each place";
        let place = Place { span, message, hint: hint.to_owned() };
        let (_, own) = pages.entry(&document.source.path).or_insert_with(|| (document, Own::new()));
        // What stands in several pages is told of by itself: each of them has to be named.
        let other = if rest.is_empty() { (&*other.path, 0) } else { (&*other.path, span.start) };
        own.entry(other).or_default().push(place);
    }
    let more = |count: usize, lines: &str| match count {
        1 => format!("so does one more paragraph of this page, {lines}"),
        _ => format!("so do {count} more paragraphs of this page, {lines}"),
    };
    for (document, own) in pages.into_values() {
        once::tell(document, CODE, own.into_values(), more, marks);
    }
}

/// The words of a paragraph in the language of a page, as far as readers see a difference, and
/// how many they are.
fn key(page: &Page, words: &str) -> (String, usize) {
    let mut key = String::with_capacity(page.language.len() + words.len() + 1);
    key.push_str(&page.language);
    let mut count = 0;
    for word in words.split_whitespace() {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        if !word.is_empty() {
            key.push(' ');
            key.extend(word.chars().flat_map(char::to_lowercase));
            count += 1;
        }
    }
    (key, count)
}

fn each_paragraph(blocks: &[Block], see: &mut impl FnMut(&str, Span)) {
    for block in blocks {
        match block {
            Block::Paragraph(inlines, span) => see(&plain(inlines), *span),
            Block::List { items, .. } => {
                items.iter().for_each(|item| each_paragraph(&item.blocks, see));
            }
            Block::Quote { label: Some(_), blocks, .. } => each_paragraph(blocks, see),
            _ => {}
        }
    }
}
