//! The one reader of double brackets: `((name))`, and `((name??words when yes))`.
//!
//! It reads text that is not Markdown. In Markdown, where links and emphasis may stand
//! between two brackets, `parse` reads them.

use std::ops::Range;

use super::wording::one_line;

/// Double brackets in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bracketed<'a> {
    /// What stands in them, up to `??`.
    pub name: &'a str,
    /// The words after `??`.
    pub words: Option<&'a str>,
    /// Where they are, in bytes, brackets included.
    pub place: Range<usize>,
}

/// The double brackets in `text`, in order. Brackets after a `\` are words.
pub fn bracketed(text: &str) -> impl Iterator<Item = Bracketed<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let open = at + text[at..].find("((")?;
            at = open + 2;
            if text[..open].ends_with('\\') {
                continue;
            }
            let close = at + text[at..].find("))")?;
            let inner = text[at..close].trim();
            at = close + 2;
            let (name, words) = match inner.split_once("??") {
                Some((name, words)) => (name.trim_end(), Some(words)),
                None => (inner, None),
            };
            return Some(Bracketed { name, words, place: open..at });
        }
    })
}

/// `text` with `words` in the place of each `((name))`, and without the `\` that keeps
/// brackets as they are.
pub fn filled(text: &str, mut words: impl FnMut(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for found in bracketed(text).filter(|found| found.words.is_none()) {
        let Some(words) = words(found.name) else { continue };
        out.push_str(&text[done..found.place.start].replace("\\((", "(("));
        out.push_str(&words);
        done = found.place.end;
    }
    out.push_str(&text[done..].replace("\\((", "(("));
    out
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
    one_line(name).to_lowercase()
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
        let found = bracketed("a ((b c)) \\((d)) (( e )) ((f ?? g )) ((h");
        let found: Vec<_> = found.map(|found| (found.name, found.words, found.place)).collect();
        assert_eq!(found, [("b c", None, 2..9), ("e", None, 17..24), ("f", Some(" g"), 25..36)]);
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
