//! What stands on a page and is not prose of its own: quotations, examples, notes of staff,
//! titles of other pages, addresses and names of files. Code and values are no words at all
//! in `prose`. Names of people, Acts and forms are told by their capitals, in
//! `text::hard_words`. Not a check: the checks that judge words ask it.

use std::ops::Range;

use super::{
    Subject,
    prose::{Prose, Stretch, Voice},
};
use crate::model::Target;

/// Places in [`Prose::text`] that are not prose.
#[derive(Debug)]
pub(super) struct NotProse {
    /// In order.
    places: Vec<Range<usize>>,
    /// How far the places up to each of them reach.
    reach: Vec<usize>,
}

impl NotProse {
    /// Those of a page or a snippet.
    pub(super) fn of(subject: &Subject<'_>) -> Self {
        let prose = subject.prose;
        let mut places: Vec<Range<usize>> = titles(subject).collect();
        for run in prose.runs.iter().filter(|run| is_prose(run)) {
            quotations(&prose.text[run.text.clone()], run.text.start, &mut places);
        }
        places.extend(prose.odd.iter().filter_map(|&word| address(prose, word)));
        places.sort_by_key(|place| place.start);
        let farthest = |reach: &mut usize, place: &Range<usize>| {
            *reach = (*reach).max(place.end);
            Some(*reach)
        };
        let reach = places.iter().scan(0, farthest).collect();
        Self { places, reach }
    }

    /// Whether a place is not prose, or a part of it is not.
    pub(super) fn holds(&self, place: &Range<usize>) -> bool {
        let before = self.places.partition_point(|known| known.start < place.end);
        before.checked_sub(1).is_some_and(|last| self.reach[last] > place.start)
    }
}

/// Whether a run is said by the page to its readers.
pub(super) fn is_prose(run: &Stretch) -> bool {
    run.voice == Voice::Page && !run.is_example
}

/// Whether a run is said by the page, to its readers or to staff.
pub(super) fn is_own(run: &Stretch) -> bool {
    run.voice != Voice::Quoted && !run.is_example
}

/// Links whose words are the title of the page they lead to, or of one elsewhere.
fn titles(subject: &Subject<'_>) -> impl Iterator<Item = Range<usize>> {
    let (prose, text) = (subject.prose, subject.text);
    let links = prose.links.iter().zip(&prose.link_numbers);
    links.filter_map(move |(place, number)| {
        let words = prose.text.get(place.clone())?.trim();
        let is_title = match text.targets.get(*number)? {
            Target::Page(page, None) => subject.world.site.pages[*page].title == words,
            Target::External => words.starts_with(char::is_uppercase) && words.contains(' '),
            _ => false,
        };
        is_title.then(|| place.clone())
    })
}

/// The quotations in a run of words that begins at a place.
fn quotations(text: &str, at: usize, places: &mut Vec<Range<usize>>) {
    let mut open: Option<(usize, char)> = None;
    let mut before = ' ';
    let mut letters = text.char_indices().peekable();
    while let Some((here, c)) = letters.next() {
        let next = letters.peek().map_or(' ', |(_, next)| *next);
        match open {
            Some((start, end))
                if c == end && !(matches!(c, '’' | '\'') && next.is_alphanumeric()) =>
            {
                places.push(at + start..at + here + c.len_utf8());
                open = None;
            }
            // One that was never closed is none.
            Some((_, '’' | '\'')) if matches!(c, '“' | '"' | '‘') => {
                open = closing(here, c, before);
            }
            Some(_) => {}
            None => open = closing(here, c, before),
        }
        before = c;
    }
}

/// What ends the quotation that a letter begins.
fn closing(at: usize, c: char, before: char) -> Option<(usize, char)> {
    match c {
        '“' => Some((at, '”')),
        '"' => Some((at, '"')),
        '‘' if !before.is_alphanumeric() => Some((at, '’')),
        // An apostrophe stands behind a letter.
        '\'' if before.is_whitespace() || before == '(' => Some((at, '\'')),
        _ => None,
    }
}

/// An address of the web or of email, or the name of a file.
fn address(prose: &Prose<'_>, word: usize) -> Option<Range<usize>> {
    let place = prose.words[word].clone();
    let typed = &prose.text[place.clone()];
    let has_parts = || {
        let mut parts = typed.split(['.', '/']).peekable();
        let is_part = |part: &str| {
            part.len() > 1 && part.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
        };
        typed.contains('.')
            && parts.all(is_part)
            && typed
                .rsplit(['.', '/'])
                .next()
                .is_some_and(|end| end.starts_with(char::is_lowercase))
    };
    let is_one =
        typed.contains('@') || typed.contains("://") || typed.starts_with("www.") || has_parts();
    is_one.then_some(place)
}
