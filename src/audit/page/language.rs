//! Which languages there are: the first part of a language tag, as in `en-GB`.
//!
//! All of the IANA Language Subtag Registry's primary language subtags are known,
//! as of 25 August 2025; `languages.txt` beside this file has them. Whole tags from
//! before the registry, such as `i-klingon`, begin with no language.

use std::sync::LazyLock;

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
    fn the_list_is_whole() {
        let count = ENDINGS.iter().map(|letters| letters.count_ones()).sum::<u32>();
        assert_eq!(count, 8267);
    }
}
