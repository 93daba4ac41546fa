//! Which languages there are: the first part of a language tag, as in `en-GB`.
//!
//! All of the IANA Language Subtag Registry's primary language subtags are known,
//! as of 25 August 2025; `languages.txt` beside this file has them. Whole tags from
//! before the registry, such as `i-klingon`, begin with no language.

use std::{collections::BTreeMap, sync::LazyLock};

const LIST: &str = include_str!("languages.txt");

/// For each beginning (see [`row`]), the letters that end a subtag, as bits.
static ENDINGS: LazyLock<Vec<u32>> = LazyLock::new(|| {
    let mut endings = vec![0; 27 * 27];
    for line in LIST.lines().filter(|line| !line.starts_with('#')) {
        let (beginning, letters) = line.split_once(' ').expect("each line has two parts");
        let row = row(beginning.as_bytes());
        endings[row] = letters.bytes().map(bit).fold(0, |all, bit| all | bit);
    }
    endings
});

/// Whether `subtag` is a primary language subtag: `en`, `cy`, `bfi`. Case does not
/// matter. The private ones, `qaa` to `qtz`, are languages too.
pub fn is_language(subtag: &str) -> bool {
    let subtag = subtag.to_ascii_lowercase();
    if !matches!(subtag.len(), 2 | 3) || !subtag.bytes().all(|b| b.is_ascii_lowercase()) {
        return false;
    }
    let (beginning, last) = subtag.as_bytes().split_at(subtag.len() - 1);
    let private = beginning.len() == 2 && ("qa".."qu").contains(&&subtag[..2]);
    private || ENDINGS[row(beginning)] & bit(last[0]) != 0
}

/// Where the endings of a beginning of one or two letters are kept.
fn row(beginning: &[u8]) -> usize {
    beginning.iter().fold(0, |row, letter| row * 27 + usize::from(letter - b'a') + 1)
}

fn bit(letter: u8) -> u32 {
    1 << (letter - b'a')
}

/// Two-letter codes with the three-letter codes of the same languages.
const CODES: &str = include_str!("language_codes.txt");

/// The two-letter code for each three-letter one.
static SHORT: LazyLock<BTreeMap<&str, &str>> = LazyLock::new(|| {
    let lines = CODES.lines().filter(|line| !line.starts_with('#'));
    let items = lines.flat_map(str::split_whitespace).filter_map(|item| item.split_once(':'));
    items.flat_map(|(two, all)| all.split(',').map(move |three| (three, two))).collect()
});

/// The code of the language that a tag names: `cy` for `cy`, `CY`, `cy-GB`, `cy_GB` and
/// `wel`, `bfi` for `bfi`. Nothing when it is no tag.
pub fn code_of(tag: &str) -> Option<String> {
    let tag = tag.to_ascii_lowercase().replace('_', "-");
    let mut parts = tag.split('-');
    let first = parts.next()?;
    // What may follow a language: a script, a region. Source: RFC 5646.
    let is_part = |part: &str| {
        let letters = part.bytes().all(|byte| byte.is_ascii_lowercase());
        letters && matches!(part.len(), 2 | 4)
            || part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !parts.all(is_part) {
        return None;
    }
    let short = SHORT.get(first).copied();
    short.or_else(|| is_language(first).then_some(first)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_known() {
        for known in ["en", "EN", "cy", "gd", "bfi", "und", "zxx", "mis", "qaa", "qtz", "zza", "iw"]
        {
            assert!(is_language(known), "{known}");
        }
    }

    #[test]
    fn other_words_are_not_languages() {
        let others = [
            "", "e", "eng", "english", "en-gb", "en_", " en", "xx", "i", "x", "em", "qua-", "é",
            "qu1",
        ];
        for other in others {
            assert!(!is_language(other), "{other}");
        }
    }

    #[test]
    fn a_language_has_many_tags() {
        let same = |code: Option<&str>, tags: &[&str]| {
            for tag in tags {
                assert_eq!(code_of(tag).as_deref(), code, "{tag}");
            }
        };
        same(Some("cy"), &["cy", "CY", "cy-GB", "cy_GB", "wel", "cym"]);
        same(Some("zh"), &["zh-Hans", "chi", "zho", "zh-Hant-TW"]);
        same(Some("es"), &["es-419"]);
        same(Some("bfi"), &["bfi"]);
        same(None, &["v2", "1", "", "final", "cy-final-version", "x", "2026-11-21"]);
        let items = CODES.lines().filter(|line| !line.starts_with('#'));
        assert_eq!(items.flat_map(str::split_whitespace).count(), 184);
    }

    #[test]
    fn the_list_is_whole() {
        let count = ENDINGS.iter().map(|letters| letters.count_ones()).sum::<u32>();
        assert_eq!(count, 8267);
    }
}
