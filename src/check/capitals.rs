//! `capitals`: words in capitals, which are hard to read and sound like
//! shouting.

use std::ops::Range;

use super::{
    Check, Looks, Marks, Rule, Subject,
    prose::{Prose, Voice},
};
use crate::text::shorten;

pub(super) const CHECK: Check =
    Rule::warning("capitals", Looks::Words, include_str!("capitals.md")).on_text(run);

/// So many words in capitals are not a name.
const SHOUTING: usize = 3;

/// Common words that are put in capitals to press somebody, in a letter.
#[rustfmt::skip] // a list of words
const PRESSED: &[&str] = &[
    "NOT", "MUST", "ONLY", "ALL", "NEVER", "ALWAYS", "URGENT", "IMPORTANT", "BEFORE", "NO", "DO", "IMMEDIATELY",
];

/// Words that speak to somebody, and stand in no address.
#[rustfmt::skip] // a list of words
const SPOKEN: &[&str] = &[
    "ARE", "CALL", "CLOSE", "CLOSED", "FROM", "HAVE", "IS", "NEED", "NOW", "OUR", "PAY", "PLEASE", "RETURN", "SEND", "TO", "US", "WE", "WILL", "WITHIN", "YOU",
    "YOUR",
];

/// Small words, with which it is a sentence and not a name.
const SMALL: &[&str] = &["A", "AN", "AND", "AT", "BY", "FOR", "IF", "IN", "OF", "ON", "OR", "THE"];

/// So long a word is no abbreviation.
const LONG: usize = 6;

fn run(subject: &Subject<'_>, marks: &mut Marks) {
    let prose = subject.prose;
    let is_letter = subject.page.is_some_and(|page| page.kind.letter().is_some());
    let abbreviations = &subject.world.site.data.abbreviations;
    let mut next = 0;
    for &word in prose.odd.iter() {
        if word < next || !is_loud(prose.word(word)) {
            continue;
        }
        let Some(run) = prose.run_of(word) else { continue };
        let before = run.words.start.max(next)..word;
        let start = before.rev().take_while(|&at| is_loud(prose.word(at))).last().unwrap_or(word);
        let after = word + 1..run.words.end;
        next = after.take_while(|&at| is_loud(prose.word(at))).last().unwrap_or(word) + 1;
        // `MOJ HQ` and `HMPPS HQ` are abbreviations in a row: none is a word that can be said.
        let is_said = |word: &str| word.chars().count() > 3 && word.contains(is_vowel);
        let is_long =
            (start..next).any(|at| is_said(prose.word(at)) || PRESSED.contains(&prose.word(at)));
        let is_pressed = is_letter
            && (start..next).any(|at| {
                let word = prose.word(at);
                PRESSED.contains(&word) || word.len() >= LONG && !abbreviations.contains_key(word)
            });
        let is_shouting = next - start >= SHOUTING && is_long && !is_address(prose, start..next);
        let is_note = prose.text[..prose.stretch(start..next).start].ends_with('[');
        if run.voice != Voice::Quoted && !is_note && (is_shouting || is_pressed) {
            let place = prose.stretch(start..next);
            let words = &prose.text[place.clone()];
            let message = format!("“{}” is in capitals", shorten(words));
            let sentence = as_a_sentence(words);
            let has_small = (start..next).any(|at| {
                let word = prose.word(at);
                SMALL.contains(&word) || SPOKEN.contains(&word) || PRESSED.contains(&word)
            });
            let hint = match is_letter || has_small {
                true => format!("write `{sentence}`"),
                false => format!("write `{sentence}`, or `{}` if it is a name", as_a_name(words)),
            };
            marks.push(prose.span(place), message).hint(hint);
        }
    }
}

/// Whether words are a part of an address as it is written on a letter: `900 E FAYETTE ST`, with
/// a number right before them or right behind them. `PAY US WITHIN 14 days` is none.
fn is_address(prose: &Prose<'_>, words: Range<usize>) -> bool {
    let is_number = |at: usize| {
        let has = |wanted: fn(char) -> bool| prose.word(at).contains(wanted);
        has(|c| c.is_ascii_digit()) && !has(char::is_lowercase)
    };
    let is_next = |at: usize| prose.after(at).chars().all(|c| matches!(c, ' ' | ',' | '\n'));
    let is_spoken = |at: usize| {
        let word = prose.word(at);
        SPOKEN.contains(&word) || PRESSED.contains(&word)
    };
    if words.clone().any(is_spoken) {
        return false;
    }
    let before = words.start.checked_sub(1).filter(|at| is_next(*at)).is_some_and(is_number);
    let after = words.end < prose.words.len()
        && words.end.checked_sub(1).is_some_and(is_next)
        && is_number(words.end);
    before || after
}

/// Whether a letter is a vowel of English or Welsh.
fn is_vowel(c: char) -> bool {
    !c.is_ascii() || matches!(c, 'A' | 'E' | 'I' | 'O' | 'U' | 'W' | 'Y')
}

fn is_loud(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some()
        && letters.all(char::is_uppercase)
        && !word.contains(|c: char| c.is_ascii_digit())
}

fn as_a_sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(String::from).unwrap_or_default();
    first + &letters.as_str().to_lowercase()
}

/// With a capital for each word: `St John’s Ward`, `O’Neill House`.
fn as_a_name(words: &str) -> String {
    let name = |word: &str| match word.split_once(['’', '\'']) {
        Some((one, rest)) if one.chars().count() == 1 && rest.chars().count() > 1 => {
            let sign = &word[one.len()..word.len() - rest.len()];
            format!("{one}{sign}{}", as_a_sentence(rest))
        }
        _ => as_a_sentence(word),
    };
    words
        .split_inclusive(|c: char| !c.is_alphabetic() && !matches!(c, '’' | '\''))
        .map(name)
        .collect()
}
