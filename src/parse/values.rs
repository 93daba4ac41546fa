//! What `((name))` stands for in words that are not Markdown: titles, records, data
//! files, what a picture shows. Such words are read by people, by exports and by search,
//! so the brackets are filled in where the words are read. What depends on the page that
//! shows the words is left for `Site::fill`: `((contact …))` in a snippet, which has no
//! contact of its own.

use std::{collections::HashMap, ops::Range};

use super::Inline;
use crate::text::{
    Date, Source, Span,
    brackets::{filled, plain_name, plain_value},
    date::Months,
};

/// What names stand for at one place.
#[derive(Debug, Clone, Copy, Default)]
pub struct Values<'a> {
    /// The words for each name that stands for words, by [`plain_value`]. None where
    /// nothing is filled in.
    pub words: Option<&'a HashMap<String, String>>,
    /// The contact that `contact` means.
    pub contact: Option<&'a str>,
    /// The blanks of the letter, by [`plain_name`]. They stay as typed.
    pub blanks: &'a [String],
    /// The language that is asked for, and all of the site, where words may be written in
    /// each: `{en: Money team, cy: Tîm arian}`.
    pub tongue: Option<Tongue<'a>>,
    /// The months in the languages in which dates may be written; English alone when none.
    pub months: Option<&'a Months>,
    /// The day for which values are asked that change on a day; when none, those that stand
    /// first.
    pub today: Option<Date>,
}

/// The language that words are asked for in.
#[derive(Debug, Clone, Copy)]
pub struct Tongue<'a> {
    /// That one.
    pub wanted: &'a str,
    /// The languages of the site, the main one first.
    pub all: &'a [String],
}

/// Words with double brackets, as typed and as filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// Where they stand.
    pub span: Span,
    /// As typed, apart from the quotes around them.
    pub typed: String,
    /// As readers see them.
    pub words: String,
}

impl Filled {
    /// Where a part of the typed words stands in the file.
    pub fn place(&self, source: &Source, part: &Range<usize>) -> Span {
        // Exact unless the words were folded or quoted in the file.
        if self.span.end - self.span.start == self.typed.len() {
            return Span::new(self.span.start + part.start, self.span.start + part.end);
        }
        let words = &self.typed[part.clone()];
        let at = source.at(self.span).find(words).map(|at| self.span.start + at);
        at.map_or(self.span, |at| Span::new(at, at + words.len()))
    }
}

impl Values<'_> {
    /// The words for a name, if it stands for words and nothing else.
    pub fn of(&self, name: &str) -> Option<&str> {
        if self.blanks.contains(&plain_name(name)) {
            return None;
        }
        let name = plain_value(name);
        let words = self.words?;
        let of_contact = name
            .strip_prefix("contact ")
            .zip(self.contact)
            .and_then(|(part, id)| words.get(&format!("{} {part}", plain_value(id))));
        of_contact.or_else(|| words.get(&name)).map(String::as_str)
    }

    /// Whether a name that stands for words has one bracket on each side: `(money-team phone)`.
    pub fn in_one_bracket(&self, text: &str) -> bool {
        let inner = |part: &str| part.split_once(')').map(|(name, _)| plain_value(name));
        let mut names = text.split('(').skip(1).filter_map(inner);
        self.words.is_some_and(|words| names.any(|name| words.contains_key(&name)))
    }

    /// Reads a date, as [`Date::read`].
    pub fn day(&self, text: &str) -> Option<Date> {
        self.months.map_or_else(|| Date::parse(text), |months| Date::read(text, months))
    }

    /// Reads a date or a time, as [`Date::read_days`].
    pub fn days(&self, text: &str) -> Option<(Date, Date)> {
        let english = Months::default();
        Date::read_days(text, self.months.unwrap_or(&english))
    }

    /// Words with their values put in. What stands for no words stays as typed.
    pub fn fill(&self, text: &str) -> String {
        filled(text, |name| self.of(name).map(str::to_owned))
    }

    /// The words of `inlines`, as [`super::plain`], with their values put in.
    pub fn plain(&self, inlines: &[Inline]) -> String {
        super::plain_with(inlines, &|name| self.of(name))
    }
}
