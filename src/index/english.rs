//! The words of English: a proper word that is on no page is no slip.
//!
//! `english.txt` has a line for each stem: the words of three letters or more
//! that share it, with spaces between them. They are those of SCOWL up to size
//! 60, of seven letters or more up to size 70, without rare ones that are a slip of a
//! frequent one, in British spelling, with American spelling on the line of the British;
//! words of care and of today ("rollator", "foodbank"); and names of places, people,
//! benefits and shops, also as in "Derek's".
//! `english.LICENSE.txt` says who made SCOWL and that everyone may use it.
//!
//! A browser is sent no words but numbers of words of four letters or more, a few
//! for each beginning of words, so that asking costs two kilobytes (a set of hashes
//! with false positives, as in a Bloom filter). About one slip in a thousand has
//! the number of a word and is taken for it. `search.js` does the same in `proper()`.

use std::{collections::HashMap, sync::LazyLock};

use super::{
    hash::hash,
    numbers,
    spelling::without_s,
    terms::{self, order},
};

/// Words, a line for each stem.
const WORDS: &str = include_str!("english.txt");

/// How many files the numbers are in.
pub(super) const FILES: u32 = 128;

/// Numbers of words are below this. `search.js` has it too.
const RANGE: u32 = 1 << 20;

/// How many letters of a word say which file it is in.
const BEGINNING: usize = 4;

/// Whether this is the tag of English.
pub(super) fn is_english(tag: &str) -> bool {
    tag.split('-').next().is_some_and(|primary| primary.eq_ignore_ascii_case("en"))
}

/// The numbers of all words, file by file. They are the same on every site.
pub(super) fn files() -> &'static [String] {
    static CODED: LazyLock<Vec<String>> = LazyLock::new(|| {
        let mut files: Vec<Vec<u32>> = vec![Vec::new(); FILES as usize];
        // Shorter ones are never corrected.
        for word in WORDS.split_ascii_whitespace().filter(|word| word.len() > 3) {
            files[file(word, FILES) as usize].push(number(word));
        }
        files.into_iter().map(coded).collect()
    });
    &CODED
}

fn coded(mut words: Vec<u32>) -> String {
    words.sort_unstable();
    words.dedup();
    let mut text = String::with_capacity(words.len() * 2);
    let mut next = 0;
    for word in words {
        numbers::push(&mut text, word - next);
        next = word + 1;
    }
    text
}

/// The file that a word would be in, of so many.
pub(super) fn file(word: &str, files: u32) -> u32 {
    hash(word.encode_utf16().take(BEGINNING)) % files
}

/// Whether a file has a word.
pub(super) fn has(file: &str, word: &str) -> bool {
    let wanted = number(word);
    let mut next = 0;
    numbers::read(file).into_iter().any(|gap| {
        let found = next + gap;
        next = found + 1;
        found == wanted
    })
}

fn number(word: &str) -> u32 {
    hash(word.encode_utf16()) % RANGE
}

/// For words of the site, by the letters: their other forms that are on no page
/// and differ by more than an "s", each as a digit, how many letters to take
/// off, and what to put there.
///
/// A browser has no stemmer. With these it knows that "applied" asks for "apply".
pub(super) fn forms(families: &[terms::Family]) -> HashMap<&str, String> {
    let mut of_word: HashMap<&str, usize> = HashMap::new();
    for (number, family) in families.iter().enumerate() {
        of_word.extend(family.forms.iter().map(|form| (form.as_str(), number)));
    }
    let mut forms: HashMap<&str, String> = HashMap::new();
    for line in WORDS.lines() {
        let known = line.split(' ').find_map(|word| of_word.get(word));
        let Some(family) = known.map(|&number| &families[number]) else { continue };
        let is_said = |word: &str| {
            of_word.contains_key(word)
                || family.forms.iter().any(|form| without_s(form) == without_s(word))
        };
        for word in line.split(' ').filter(|word| !is_said(word)) {
            // The longest beginning in common, and of several the first.
            let mut best: Option<(usize, &str)> = None;
            for form in &family.forms {
                let same = word.bytes().zip(form.bytes()).take_while(|(a, b)| a == b).count();
                let is_better = best.is_none_or(|(most, than)| {
                    same > most || same == most && order(form, than).is_lt()
                });
                if form.is_ascii() && same > 0 && form.len() - same < 10 && is_better {
                    best = Some((same, form));
                }
            }
            let Some((same, form)) = best else { continue };
            let forms = forms.entry(form).or_default();
            if !forms.is_empty() {
                forms.push(',');
            }
            forms.extend([&(form.len() - same).to_string(), &word[same..]]);
        }
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::{super::families, *};

    fn is_proper(word: &str) -> bool {
        has(&files()[file(word, FILES) as usize], word)
    }

    #[test]
    fn proper_words_are_known_and_slips_are_not() {
        for word in ["holiday", "husbands", "organization", "wouldnt", "dereks", "unpaid"] {
            assert!(is_proper(word), "{word}");
        }
        for word in ["recipts", "payrole", "assesment", "emploier", "compliants", "ਪੰਜਾਬੀ"]
        {
            assert!(!is_proper(word), "{word}");
        }
    }

    #[test]
    fn families_are_lines_of_their_own() {
        for line in families::ALL.lines() {
            let words = line.split(' ').map(families::bare);
            let words: Vec<&str> = words.filter(|word| word.len() > 2).collect();
            let has = |word: &&str| WORDS.lines().find(|line| line.split(' ').any(|w| w == *word));
            let found: Vec<_> = words.iter().map(has).collect();
            assert!(found.iter().all(|own| own.is_some() && *own == found[0]), "{line}");
        }
    }

    #[test]
    fn a_file_is_small() {
        for file in files() {
            assert!((500..5_000).contains(&file.len()), "{} bytes", file.len());
        }
    }

    #[test]
    fn each_word_is_there_once() {
        let mut words: Vec<&str> = WORDS.split_ascii_whitespace().collect();
        assert!(
            words.iter().all(|word| word.len() > 2 && word.bytes().all(|b| b.is_ascii_lowercase()))
        );
        let all = words.len();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), all);
        assert!(all > 70_000, "{all} words are too few");
    }
}
