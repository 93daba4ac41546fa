//! `plain-words`: words that have a plainer one. They are in
//! `plain_words.yaml`; a new one needs no Rust.
//!
//! The words of a page are looked up one by one, by the first word of each
//! entry, so that a longer list costs no more time.

use std::{collections::BTreeMap, sync::LazyLock};

use super::{
    Check, Looks, Marks, Rule, Subject,
    prose::{Prose, Voice},
};
use crate::{
    model::data::Term,
    parse::Fields,
    text::{Source, Span},
};

pub(super) const CHECK: Check =
    Rule::warning("plain-words", Looks::Words, include_str!("plain_words.md")).on_text(run);

static ENTRIES: LazyLock<Entries> = LazyLock::new(|| read(include_str!("plain_words.yaml")));

/// The ways to go on after a first word, the longest first, each with its
/// entry.
type Rest = Vec<(Vec<String>, usize)>;

#[derive(Debug, Default)]
struct Entries {
    all: Vec<Entry>,
    by_first: BTreeMap<String, Rest>,
    /// For each two letters, how long the first words are that begin with them, one bit a
    /// length. Most words of a page are told apart by that.
    lengths: Vec<u32>,
}

/// Words to avoid, and what to write.
#[derive(Debug)]
struct Entry {
    write: String,
    /// A sentence in which it must be found.
    #[cfg_attr(not(test), expect(dead_code, reason = "the entry is tested on it"))]
    test: String,
}

fn read(text: &str) -> Entries {
    let source = Source::new("plain_words.yaml", text);
    let mut entries = Entries { lengths: vec![0; 26 * 27], ..Entries::default() };
    let mut list = Fields::read(&source, Span::default());
    for (_, mut fields) in list.maps_in(Span::new(0, text.len())) {
        let words = fields.list("words");
        let mut text = |name| fields.text(name).map_or_else(String::new, |found| found.value);
        let entry = Entry { write: text("write"), test: text("test") };
        for form in words {
            let mut parts = form.value.split(' ').map(str::to_owned);
            let first = parts.next().unwrap_or_default();
            if let Some(row) = row(&first) {
                entries.lengths[row] |= 1 << first.len();
            }
            entries.by_first.entry(first).or_default().push((parts.collect(), entries.all.len()));
        }
        entries.all.push(entry);
    }
    for rest in entries.by_first.values_mut() {
        rest.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    }
    entries
}

/// Where the lengths of the words are kept that begin with the same two letters as a word.
fn row(word: &str) -> Option<usize> {
    let letter = |byte: &u8| {
        let small = byte.to_ascii_lowercase();
        small.is_ascii_lowercase().then(|| usize::from(small - b'a'))
    };
    let first = word.as_bytes().first().and_then(letter)?;
    let no_second = 26;
    Some(first * 27 + word.as_bytes().get(1).and_then(letter).unwrap_or(no_second))
}

fn run(subject: &Subject<'_>, marks: &mut Marks) {
    if !subject.is_english() {
        return;
    }
    let prose = subject.prose;
    let glossary = &subject.world.site.data.glossary;
    let mut small = String::new();
    for run in prose.runs.iter().filter(|run| run.voice == Voice::Page) {
        let mut next = run.words.start;
        for word in run.words.clone() {
            if word < next {
                continue;
            }
            let Some((length, entry)) = entry_at(prose, word, run.words.end, &mut small) else {
                continue;
            };
            next = word + length;
            if entry.write.is_empty() {
                continue; // Fine, though it has another entry in it.
            }
            let place = prose.stretch(word..next);
            let words = &prose.text[place.clone()];
            if glossary.iter().any(|term| is_inside(prose, place.clone(), words, term)) {
                continue;
            }
            let message = format!("“{words}” has a plainer word");
            let hint = match entry.write.strip_prefix('(') {
                Some(what) => what.trim_end_matches(')').to_owned(),
                None => format!("write `{}`", entry.write.replace(", or: ", "` or `")),
            };
            marks.push(prose.span(place), message).hint(hint);
        }
    }
}

/// The entry that begins with a word, and how many words it has.
fn entry_at(
    prose: &Prose<'_>,
    word: usize,
    end: usize,
    small: &mut String,
) -> Option<(usize, &'static Entry)> {
    let entries = &*ENTRIES;
    let first = prose.word(word);
    let lengths = entries.lengths[row(first)?];
    if first.len() >= 32 || lengths & 1 << first.len() == 0 {
        return None;
    }
    small.clear();
    small.push_str(first);
    small.make_ascii_lowercase();
    let (words, entry) = entries.by_first.get(small.as_str())?.iter().find(|(rest, _)| {
        rest.iter().enumerate().all(|(step, wanted)| {
            let next = word + 1 + step;
            next < end
                && prose.word(next).eq_ignore_ascii_case(wanted)
                && prose.after(next - 1) == " "
        })
    })?;
    Some((words.len() + 1, &entries.all[*entry]))
}

/// Whether words are a part of a term of the glossary that stands here.
fn is_inside(prose: &Prose<'_>, place: std::ops::Range<usize>, words: &str, term: &Term) -> bool {
    let names = std::iter::once(&term.term).chain(&term.also_called);
    names.into_iter().any(|name| {
        let small = name.to_lowercase();
        let Some(at) = small.find(&words.to_lowercase()) else { return false };
        let Some(start) = place.start.checked_sub(at) else { return false };
        let here = prose.text.get(start..start + name.len());
        here.is_some_and(|here| here.eq_ignore_ascii_case(name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::Text,
        parse::{self, values::Values},
    };

    #[test]
    fn each_word_is_found_in_its_sentence() {
        assert!(ENTRIES.all.len() >= 60);
        for entry in &ENTRIES.all {
            let document = parse::parse(
                Source::new("content/a.md", entry.test.as_str()),
                true,
                crate::Date::today(),
            );
            let text = Text::new(document, Values::default(), &mut Vec::new());
            let prose = Prose::new(&text, None);
            let mut small = String::new();
            let found = (0..prose.words.len())
                .find_map(|word| entry_at(&prose, word, prose.words.len(), &mut small));
            let (_, found) = found.unwrap_or_else(|| panic!("nothing in “{}”", entry.test));
            assert_eq!(found.write, entry.write, "{}", entry.test);
        }
    }
}
