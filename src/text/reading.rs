//! How hard a text is to read, in numbers: advice, and never a fault. A formula knows nothing
//! of what is said; the sentences that cost most are what helps.

use std::ops::Range;

use super::sentences::sentences;

/// What can be counted of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// How many words it has.
    pub words: usize,
    /// How many sentences.
    pub sentences: usize,
    /// How many of the words are familiar: short, or used each day.
    pub familiar: usize,
    /// How many syllables all words have, about.
    pub syllables: usize,
    /// The sentences that cost a reader most, the first most: which of the texts it is in, where,
    /// how many words it has, and how many of them are not familiar.
    pub costly: Vec<(usize, Range<usize>, usize, usize)>,
}

/// So many of the sentences that cost most are named.
const MOST_COSTLY: usize = 3;

/// Long words that everyone knows, in small letters, without an end.
#[rustfmt::skip] // a list of words
const EVERYDAY: &[&str] = &[
    "afternoon", "another", "anybody", "anyone", "anything", "anyway", "area", "carefully", "computer", "december", "different", "difficult",
    "easily", "email", "evening", "everybody", "everyone", "everything", "example", "family", "february", "finally", "government",
    "grandmother", "grandfather", "holiday", "holidays", "hospital", "however", "idea", "important", "information", "interesting", "internet",
    "january", "library", "medicine", "national", "november", "october", "officer", "probably", "remember", "saturday", "september", "several",
    "somebody", "someone", "together", "tomorrow", "understand", "usually", "yesterday", "disabled", "disability", "telephone", "animal",
    "company", "video", "visitor", "manager", "neighbour", "possible", "answer", "personal", "address", "council", "ability", "every",
    "different", "assistant",
];

impl Reading {
    /// What can be counted of texts that are read one after the other: paragraphs.
    pub fn of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let mut all =
            Self { words: 0, sentences: 0, familiar: 0, syllables: 0, costly: Vec::new() };
        for (number, text) in texts.into_iter().enumerate() {
            for place in sentences(text) {
                let (mut words, mut hard) = (0, 0);
                for word in text[place.clone()]
                    .split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’' | '-'))
                {
                    if !word.starts_with(char::is_alphanumeric) {
                        continue;
                    }
                    let syllables = syllables(word);
                    all.syllables += syllables;
                    words += 1;
                    hard += usize::from(!is_familiar(word, syllables, words == 1));
                }
                if words > 0 {
                    all.words += words;
                    all.sentences += 1;
                    all.familiar += words - hard;
                    all.costly.push((number, place, words, hard));
                }
            }
        }
        // A hard word costs about as much as three others.
        all.costly.sort_by_key(|(number, place, words, hard)| {
            (std::cmp::Reverse(words + 3 * hard), *number, place.start)
        });
        all.costly.truncate(MOST_COSTLY);
        all
    }

    /// The mean length of a sentence, in words.
    pub fn mean(&self) -> f64 {
        self.words as f64 / self.sentences.max(1) as f64
    }

    /// How many of 100 words are familiar.
    pub fn familiar_share(&self) -> usize {
        (self.familiar * 100 + self.words / 2) / self.words.max(1)
    }

    /// The school year for which the formula of Flesch and Kincaid takes it, from 0.
    pub fn grade(&self) -> f64 {
        let words = self.words.max(1) as f64;
        (0.39 * self.mean() + 11.8 * self.syllables as f64 / words - 15.59).max(0.0)
    }
}

/// Whether most people know a word: it is short, used each day, a name or a number. The first of
/// a sentence has a capital whatever it is.
fn is_familiar(word: &str, syllables: usize, is_first: bool) -> bool {
    let low = word.to_lowercase();
    let low = low.trim_end_matches("'s").trim_end_matches("’s");
    syllables < 3
        || word.starts_with(|c: char| c.is_uppercase() && !is_first || c.is_ascii_digit())
        || word.contains('-')
        || EVERYDAY.contains(&low)
        || low.strip_suffix('s').is_some_and(|one| EVERYDAY.contains(&one))
}

/// How many syllables a word has, about: groups of vowels, without an e at the end.
fn syllables(word: &str) -> usize {
    let low = word.to_lowercase();
    let low = low.trim_end_matches(|c: char| !c.is_alphabetic());
    let is_vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let mut count = 0;
    let mut before = false;
    for c in low.chars() {
        let now = is_vowel(c);
        count += usize::from(now && !before);
        before = now;
    }
    let is_silent = low.ends_with('e') && !low.ends_with("le") && !low.ends_with("ee")
        || low.ends_with("es")
            && !low.ends_with("ses")
            && !low.ends_with("ces")
            && !low.ends_with("ies")
        || low.ends_with("ed") && !low.ends_with("ted") && !low.ends_with("ded");
    if is_silent && count > 1 {
        count -= 1;
    }
    count.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_about_right() {
        let counted =
            ["cat", "make", "table", "moved", "started", "information", "services", "eligibility"]
                .map(syllables);
        assert_eq!(counted, [1, 1, 2, 1, 2, 4, 3, 6]);
    }

    #[test]
    fn a_plain_text_is_told_from_one_of_an_office() {
        let plain = Reading::of(["We pay you each month. Tell us if you move."]);
        assert_eq!((plain.words, plain.sentences, plain.familiar), (10, 2, 10));
        let hard = Reading::of([
            "Call us.",
            "Eligibility determinations necessitate comprehensive documentation of expenditure.",
        ]);
        assert_eq!(hard.costly[0].0, 1);
        assert!(hard.grade() > plain.grade() + 5.0);
        assert!(hard.familiar_share() < 60, "{}", hard.familiar_share());
        let none = Reading::of([""]);
        assert_eq!((none.mean(), none.familiar_share(), none.grade()), (0.0, 0, 0.0));
    }
}
