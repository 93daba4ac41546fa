//! Names that people give to things: how they stand in an address, which was meant, how
//! they are quoted. The only file that names strsim, which counts slips.
//! `unicode-normalization` takes accents off, and puts letters and their accents together.

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// Small letters, digits and hyphens: `What to keep` becomes `what-to-keep`.
/// Accents fall away; an apostrophe leaves nothing behind. Other scripts are
/// kept as they are.
pub fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfd().filter(|&c| !is_combining_mark(c) && !matches!(c, '\'' | '’' | '‘')) {
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if !out.ends_with('-') && !out.is_empty() {
            out.push('-');
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

/// Text with each accent joined to its letter, where there is such a letter: the form (NFC) in
/// which programs other than macOS write names of files.
pub fn composed(text: &str) -> String {
    text.nfc().collect()
}

/// What is the same to a disk that passes over capitals and over how an accent is stored, as
/// those of Windows and of a Mac do (NFC, in small letters).
pub fn folded(path: &str) -> String {
    path.nfc().collect::<String>().to_lowercase()
}

/// How many letters are missing, too many, wrong or swapped between two words: the edit
/// distance of Damerau and Levenshtein.
pub fn slips(one: &str, other: &str) -> usize {
    strsim::damerau_levenshtein(one, other)
}

/// The one of `known` that is one slip away from `word`, or nearly.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    known
        .into_iter()
        .map(|name| (slips(&word, &name.to_lowercase()), name))
        .filter(|(slips, name)| *slips <= 1.max(name.chars().count() / 4))
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, name)| name)
}

/// What to write instead of `word`: the one of `known` that was meant, or else `otherwise`.
pub fn did_you_mean<'a>(
    word: &str,
    known: impl IntoIterator<Item = &'a str>,
    otherwise: impl Into<String>,
) -> String {
    match nearest(word, known) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => otherwise.into(),
    }
}

/// Words short enough to repeat in a message.
pub fn shorten(text: &str) -> String {
    let text = text.lines().next().unwrap_or_default().trim();
    if text.chars().count() <= 60 {
        return text.to_owned();
    }
    text.chars().take(57).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_what_people_read_out() {
        assert_eq!(slug("Who can’t have one?"), "who-cant-have-one");
        assert_eq!(slug("Crëyr & gofal – 24/7"), "creyr-gofal-24-7");
        assert_eq!(slug("…"), "");
    }

    #[test]
    fn one_slip_away() {
        assert_eq!(nearest("titel", ["title", "kind"]), Some("title"));
        assert_eq!(nearest("colour", ["title", "kind"]), None);
    }
}
