//! Where sentences end.
//!
//! The library `unicode_segmentation` says where they end in any script, by the rules of
//! Unicode (UAX 29). Those rules know no words: they end a sentence after `Dr.` and go on at a
//! line end. So a place is made an end, or none, by what stands around it, with the lists in
//! `sentences.txt`.
//!
//! Sentences lie end to end: nothing of the text is left out, but for the spaces between them.
//! A bullet, a number or a letter that begins a line of a list belongs to what follows it; a
//! footnote number and an emoji after a stop belong to what is before it.

use std::{collections::BTreeMap, ops::Range, sync::LazyLock};

use unicode_segmentation::UnicodeSegmentation;

static LISTS: LazyLock<BTreeMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut lists: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut name = "";
    let lines = include_str!("sentences.txt").lines().map(str::trim);
    for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match line.strip_suffix(':') {
            Some(heading) => name = heading,
            None => lists.entry(name).or_default().extend(line.split(' ')),
        }
    }
    lists.values_mut().for_each(|list| list.sort_unstable());
    lists
});

fn is_in(list: &str, word: &str) -> bool {
    LISTS.get(list).is_some_and(|list| list.binary_search(&word).is_ok())
}

/// Where a value is, whose words nobody knows yet.
const VALUE: char = '\u{fffc}';

/// How many letters are looked at on either side of a place, so that a text without an end
/// takes no longer than one with many.
const NEAR: usize = 48;

/// What begins an item of a list that was pasted into a line.
const BULLETS: [char; 6] = ['•', '▪', '◦', '‣', '●', '■'];

/// The sentences of a text, in bytes, without the spaces around them.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut start = 0;
    for end in ends(text).into_iter().chain([text.len()]) {
        let part = &text[start..end];
        let own = part.trim();
        if !own.is_empty() {
            let from = start + (part.len() - part.trim_start().len());
            all.push(from..from + own.len());
        }
        start = end;
    }
    all
}

/// Every place at which a sentence begins but the first, in order.
fn ends(text: &str) -> Vec<usize> {
    let signs = |c: char| matches!(c, '.' | '!' | '?' | '…' | '\n') || BULLETS.contains(&c);
    let inner = text.trim_end_matches(|c: char| c.is_whitespace() || c == '.');
    if inner.is_ascii() && !inner.contains(signs) {
        return Vec::new(); // Most headings, cells and items of lists.
    }
    ends_by(text, !is_plain(text))
}

/// The same, with the rules of Unicode or without them.
fn ends_by(text: &str, by_unicode: bool) -> Vec<usize> {
    let own = own_places(text).map(|at| (at, false));
    let mut places: Vec<(usize, bool)> = match by_unicode {
        false => own.collect(),
        true => {
            let unicode = text.split_sentence_bound_indices().skip(1).map(|(at, _)| (at, true));
            unicode.chain(own).collect()
        }
    };
    places.sort_unstable_by_key(|&(at, is_unicode)| (at, !is_unicode));
    places.dedup_by_key(|(at, _)| *at);
    let mut ends = Vec::new();
    let (mut start, mut first) = (0, None);
    for (at, is_unicode) in places {
        if text[at..].starts_with(char::is_whitespace) || at <= start {
            continue;
        }
        // Looked for once for all places that may end the sentence.
        let word = *first.get_or_insert_with(|| {
            text[start..].find(is_of_word).map_or(text.len(), |found| start + found)
        });
        if word < at && is_end(&text[start..at], &text[word..at], &text[at..], is_unicode) {
            ends.push(at);
            (start, first) = (at, None);
        }
    }
    ends
}

/// Whether a text has only letters of the west and the marks that are known here, so that the
/// rules of Unicode find no place that [`own_places`] does not. Asking them takes ten times as
/// long as all the rest.
fn is_plain(text: &str) -> bool {
    let mut is_after_stop = false;
    text.chars().all(|c| {
        let is_known = match c {
            '{' | '}' => false,
            '\n' | ' '..='~' => true,
            '\u{a0}'..='\u{17f}' => !matches!(c, '«' | '»' | '\u{ad}'),
            '‘' | '’' | '“' | '”' | '–' | '—' | '…' | '•' | '€' | '\u{2010}' | '\u{2011}'
            | VALUE => true,
            _ => false,
        };
        // What opens right behind a stop is closing to Unicode.
        let is_closed = !is_after_stop || !matches!(c, '(' | '[' | '“' | '‘');
        is_after_stop = matches!(c, '.' | '!' | '?') || is_after_stop && is_closing(c);
        is_known && is_closed
    })
}

/// Places where a sentence may begin though Unicode does not say so: after any stop with its
/// marks and spaces, after the emoji that follow, after a line end, and before a bullet.
fn own_places(text: &str) -> impl Iterator<Item = usize> {
    let after = move |at: usize| {
        let rest = &text[at..];
        let marks = near(rest).trim_start_matches(is_closing);
        let marks =
            marks.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '[' | ']'));
        let end = text.len() - rest.len() + (near(rest).len() - marks.len());
        let spaces =
            |from: usize| from + text[from..].find(|c: char| !c.is_whitespace()).unwrap_or(0);
        let next = spaces(end);
        let emoji = near(&text[next..]);
        let length = emoji.len() - emoji.trim_start_matches(|c| is_symbol(c) || c == ' ').len();
        [Some(at), Some(next), (length > 0).then_some(next + length)]
    };
    text.char_indices()
        .flat_map(move |(at, c)| match c {
            '.' | '!' | '?' | '…' => after(at + c.len_utf8()),
            '\n' => [Some(at + 1), None, None],
            c if BULLETS.contains(&c) => [Some(at), None, None],
            _ => [None; 3],
        })
        .flatten()
        .filter(|at| *at < text.len())
}

/// The beginning of a text.
fn near(text: &str) -> &str {
    match text.as_bytes().get(..NEAR) {
        Some(bytes) if bytes.is_ascii() => return &text[..NEAR],
        Some(_) => {}
        None => return text,
    }
    text.char_indices().nth(NEAR).map_or(text, |(end, _)| &text[..end])
}

/// The end of a text.
fn near_end(text: &str) -> &str {
    let before = text.len().saturating_sub(NEAR + 1);
    if text.as_bytes()[before..].is_ascii() {
        return &text[before..];
    }
    text.char_indices().rev().nth(NEAR).map_or(text, |(start, _)| &text[start..])
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || c == VALUE
}

/// Marks that may stand between a stop and the next sentence.
fn is_closing(c: char) -> bool {
    matches!(
        c,
        '”' | '’' | '"' | '\'' | ')' | ']' | '»' | '*' | '_' | '†' | '‡' | '¹' | '²' | '³' | '⁴'
            ..='⁹'
    )
}

fn is_opening(c: char) -> bool {
    matches!(c, '“' | '‘' | '"' | '\'' | '(' | '[' | '«' | '*' | '_' | '¿' | '¡')
}

/// Emoji and other signs that are no letters and no punctuation of a sentence.
fn is_symbol(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{2bff}' | '\u{fe0f}' | '\u{200d}' | '\u{1f000}'..='\u{1faff}')
        && !BULLETS.contains(&c)
}

/// Whether a sentence ends between two parts of a text; `own` is the first of them from its
/// first word on.
fn is_end(before: &str, own: &str, rest: &str, is_unicode: bool) -> bool {
    let before = near_end(before);
    let rest = near(rest);
    let done = before.trim_end();
    let gap = &before[done.len()..];
    if gap.contains(['\n', '\r', '\u{2028}', '\u{2029}']) || rest.starts_with(BULLETS) {
        return true;
    }
    if rest.starts_with(|c| {
        is_symbol(c) || is_closing(c) && c != '"' && c != '\'' && c != '*' && c != '_'
    }) || !rest.contains(is_of_word)
    {
        return false;
    }
    let (stopped, has_marks) = without_marks(done);
    let Some(stop) = stopped.chars().next_back().filter(|c| matches!(c, '.' | '!' | '?' | '…'))
    else {
        return is_unicode && !done.ends_with(['.', '!', '?', '…']);
    };
    let next = rest.trim_start_matches(is_opening);
    let is_small = next.starts_with(char::is_lowercase);
    if gap.is_empty() {
        return false; // A file, an address, a number; or a slip, which is told elsewhere.
    }
    if stop != '.' && stop != '…' {
        let is_inside = || stopped.rfind('(') > stopped.rfind(')');
        return !(is_small && (has_marks || is_inside()));
    }
    if stop == '…' || stopped.ends_with("..") {
        return !is_small;
    }
    let mut words = stopped.split_whitespace().rev();
    let last = words.next().unwrap_or_default();
    let word = last.trim_start_matches(|c: char| is_opening(c) || c == '/');
    let word = word.trim_end_matches('.');
    let own = own.trim_end();
    let is_first = own == last || own.trim_end_matches('.') == word;
    if is_first && is_number(word) {
        return false;
    }
    let previous = words.next().unwrap_or_default();
    let is_counted = || own.len() < NEAR && own.split_whitespace().count() == 2;
    if word.chars().all(|c| c.is_ascii_digit()) && is_in("counted", previous) && is_counted() {
        return false;
    }
    ends_after(word, previous, next, is_small)
}

/// Whether a sentence ends after a word with a full stop, before what comes next.
fn ends_after(word: &str, previous: &str, next: &str, is_small: bool) -> bool {
    let following = next
        .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .next()
        .unwrap_or_default();
    // A letter alone is a number of lists, or of somebody's names.
    let is_letter = following.len() == 1
        && following != "I"
        && !(following == "A" && next[1..].starts_with(' '));
    let is_number =
        is_letter || next.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '£' | VALUE));
    let is_beginning = is_in("beginnings", following) && !is_letter;
    let is_initial = word.chars().count() == 1 && word.starts_with(char::is_alphabetic);
    if is_small {
        return is_small_by_nature(next) && !is_known(word);
    }
    if is_in("before a name", word) && !(is_in("anywhere", word) && is_beginning) {
        return false;
    }
    if is_in("before a number", word) {
        return !is_number;
    }
    if is_in("before a day", word) {
        return !is_number;
    }
    if is_in("times", word) {
        return !is_in("before a name", following) && !is_in("days", following);
    }
    if is_in("anywhere", word) || is_letters(word) {
        return is_beginning;
    }
    if is_initial && word.starts_with(char::is_uppercase) && word != "I" {
        return is_beginning || is_in("named by a letter", previous);
    }
    true
}

fn is_known(word: &str) -> bool {
    let lists = ["before a name", "before a number", "before a day", "times", "anywhere"];
    lists.into_iter().any(|list| is_in(list, word)) || is_letters(word)
}

/// Letters with stops: `U.K`, `B.Sc`, `Ph.D`.
fn is_letters(word: &str) -> bool {
    let is_part = |part: &str| {
        (1..3).contains(&part.chars().count()) && part.chars().all(char::is_alphabetic)
    };
    word.contains('.') && word.split('.').all(is_part)
}

/// What begins a line of a numbered list: `1`, `1.1`, `a`, `iv`.
fn is_number(word: &str) -> bool {
    let is_roman =
        || word.len() < 6 && word.chars().all(|c| matches!(c, 'i' | 'v' | 'x' | 'I' | 'V' | 'X'));
    let is_letter = || word.len() == 1 && word.starts_with(|c: char| c.is_ascii_alphabetic());
    word.len() < 8 && word.chars().all(|c| c.is_ascii_digit() || c == '.')
        || is_roman()
        || is_letter()
}

/// A name, an address or a word such as `iPhone` or `e-reader`, which has a small letter even at
/// the beginning of a sentence.
fn is_small_by_nature(next: &str) -> bool {
    let word = next.split_whitespace().next().unwrap_or_default();
    let word = word.trim_end_matches(|c: char| !c.is_alphanumeric());
    let dot = word
        .find('.')
        .is_some_and(|at| at > 1 && word[at + 1..].starts_with(char::is_alphanumeric));
    let letters = word.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let inner = letters.chars().skip(1).take(3).any(char::is_uppercase);
    let is_small = ["e-", "i-"].iter().any(|start| word.starts_with(start));
    dot || inner || is_small || is_in("small by nature", letters)
}

/// A text up to its stop: without quotation marks, brackets, numbers of footnotes and emoji
/// behind it. Whether it had any.
fn without_marks(text: &str) -> (&str, bool) {
    let bare = text.trim_end_matches(|c: char| is_symbol(c) || c.is_whitespace());
    let is_stopped = |text: &str| text.ends_with(['.', '!', '?', '…']);
    // A quotation mark with a stop before it; one inside a sentence has none.
    let inner = bare.trim_end_matches(is_closing);
    if is_stopped(inner) {
        return (inner, inner.len() < bare.len());
    }
    let digits = bare.trim_end_matches(|c: char| c.is_ascii_digit() || c == ']');
    let number = digits.trim_end_matches('[');
    let is_word =
        |text: &str| text.chars().rev().nth(1).is_some_and(|c| c.is_lowercase() || is_closing(c));
    if bare.len() - number.len() < 5 && is_stopped(number) && is_word(number) {
        return (number, true);
    }
    match is_stopped(bare) {
        true => (bare, false),
        false => (text, false),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2048))]

        #[test]
        fn plain_texts_are_cut_as_unicode_has_it(
            parts in prop::collection::vec(
                prop::sample::select(vec![
                    ".", "!", "?", "…", " ", "  ", "\n", "“", "”", "(", ")", "[", "]", "1", "23", "a", "an",
                    "A", "The", "I", "Mr", "e.g", "p.m", "’", "‘", "'", "\"", "*", "£", "–", ",", ":", "é", "É",
                    "\u{a0}", "•", "½", "ß", "/", "_",
                ]),
                1..40,
            ),
        ) {
            let plain = parts.concat();
            if is_plain(&plain) {
                prop_assert_eq!(ends_by(&plain, false), ends_by(&plain, true));
            }
        }
    }
}
