//! What `((name))` stands for in words that are not Markdown: titles, records, data
//! files, what a picture shows. Such words are read by people, by exports and by search,
//! so the brackets are filled in where the words are read, and nothing later meets them.

use std::{collections::HashMap, ops::Range};

use super::Inline;
use crate::source::{Source, Span};

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

    /// Words with their values put in. What stands for no words stays as typed.
    pub fn fill(&self, text: &str) -> String {
        filled(text, |name| self.of(name).map(str::to_owned))
    }

    /// The words of `inlines`, as [`super::plain`], with their values put in.
    pub fn plain(&self, inlines: &[Inline]) -> String {
        super::plain_with(inlines, &|name| self.of(name))
    }
}

/// `text` with `words` in the place of each `((name))`, and without the `\` that keeps
/// brackets as they are.
pub fn filled(text: &str, mut words: impl FnMut(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (name, place) in names_in(text) {
        let Some(words) = words(name) else { continue };
        out.push_str(&text[done..place.start].replace("\\((", "(("));
        out.push_str(&words);
        done = place.end;
    }
    out.push_str(&text[done..].replace("\\((", "(("));
    out
}

/// The names in `((…))` in a text that is not Markdown, with their places in
/// bytes, brackets included. Brackets after a `\` are words.
pub fn names_in(text: &str) -> Vec<(&str, Range<usize>)> {
    let mut names = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find("((").map(|open| at + open) {
        let Some(close) = text[open..].find("))").map(|close| open + close) else { break };
        if text[..open].ends_with('\\') {
            at = open + 2;
            continue;
        }
        names.push((text[open + 2..close].trim(), open..close + 2));
        at = close + 2;
    }
    names
}

/// The first double brackets in `text` that begin with a letter and are not `known`, with
/// what follows them. Full-width brackets are brackets.
pub fn left_over(text: &str, known: impl Fn(&str) -> bool) -> Option<(&str, usize)> {
    let mut at = 0;
    while let Some(open) = text[at..].find(['(', '（']).map(|open| at + open) {
        let first = text[open..].chars().next().map_or(1, char::len_utf8);
        let rest = &text[open + first..];
        at = open + first;
        let Some(inner) = rest.strip_prefix(['(', '（']) else { continue };
        let name = inner.trim_start();
        let is_escaped = text[..open].ends_with('\\');
        if name.starts_with(char::is_alphabetic) && !is_escaped && !known(inner) {
            return Some((name, open));
        }
    }
    None
}

/// The names in double brackets that someone wants to be seen as they are: `\((name))`.
pub fn literal_names(text: &str) -> impl Iterator<Item = String> {
    text.match_indices("\\((").map(|(at, mark)| literal_name(&text[at + mark.len()..]))
}

/// What double brackets that are words begin with: up to the next bracket.
pub fn literal_name(rest: &str) -> String {
    plain_value(rest.split(['(', ')', '\\', '\n', '）', '（']).next().unwrap_or_default())
}

/// A name as it is compared: small letters, and one space between words.
pub fn plain_value(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// A name without capitals, spaces and the marks that programs put in their place.
pub fn plain_name(name: &str) -> String {
    name.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '_' | '\u{feff}'))
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_unless_they_are_words() {
        let names: Vec<_> = names_in("a ((b c)) \\((d)) (( e )) ((f").into_iter().collect();
        assert_eq!(names, [("b c", 2..9), ("e", 17..24)]);
        assert_eq!(
            filled("((a)) \\((a)) ((b))", |name| (name == "a").then(|| "A".into())),
            "A ((a)) ((b))"
        );
    }

    #[test]
    fn brackets_that_are_left_are_found() {
        let found = |text| left_over(text, |_| false).map(|(name, at)| (name.len(), at));
        assert_eq!(found("a (b) ((1)) ((c"), Some((1, 12)));
        assert_eq!(found("（（d））"), Some((7, 0)));
        assert_eq!(found("(( 5 + 3) * 2) \\((a))"), None);
    }
}
