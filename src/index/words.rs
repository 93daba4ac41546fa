//! Text to words, the same for pages and for what people type.
//!
//! `search.js` does the same in `words()`, and `tests/index.rs` compares what
//! the two answer. Stems are made here only: the index tells the browser
//! which words belong together, so that it needs no stemmer.
//!
//! The only file that names `rust-stemmers` (one stem for "pay", "paying" and
//! "payments"). It names `unicode-normalization` (é to e), as `excerpt` does.

use std::collections::HashSet;

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// The longest word, in characters. What is left over of a longer one is
/// dropped, on pages and in queries alike.
pub(super) const LONGEST: usize = 40;

/// The most hyphens in words that are also written together: "day-to-day".
const MOST_PARTS: usize = 4;

/// Words that shape a question and say nothing about what it is asking for (stop
/// words).
///
/// A query that has any other word does without them. Words of direction
/// ("over", "out", "up", "off") stay, as does "not": they tell "money left
/// over" from "money left".
const ENGLISH: &str = "a about all allowed also am an and any are as at be because been being between but by can \
    could did difference do does doing each for from get give go had happen happened happens has have having he her here hers him his \
    how i if in into is it its just let like may me mean means might much must my of on one or our ours \
    please shall she should so some someone supposed such tell than that the their theirs them then there \
    these they this those to us very want was we were what when where whether which while who \
    whom whose why will with would you your yours \
    arent cant couldnt didnt doesnt dont hasnt havent hes hows id im isnt ive shes thats theres \
    theyre wasnt werent weve whats wheres whos wont wouldnt youd youre youve";

/// The same for Welsh, without "pa", which people type for a personal
/// assistant.
const WELSH: &str = "a ac ag am ar at beth ble bod bydd chi ddim drwy dy eich ei ein er eu fel fi fy gan \
    gyda hon hwn hyn i ichi ie mae maen mewn mi nad neu ni nid oedd oes os pam pan pryd pwy rhwng roedd \
    rwy rydw rydych rydym sut sydd sy tra trwy un wedi wrth y ydw ydy ydych ydym yma yn yna yng yr yw";

/// Words that frame a question: how people feel, what they do about it, and who it is about. A
/// page may be about them, but beside the subject of a question they say little.
const ENGLISH_FRAMING: &str = "able again afraid anybody anymore anyone anything ask asked asking asks aunt auntie brother call \
    called concerned confused dad daughter father find first friend getting going got gran grandad grandfather grandma \
    grandmother husband know knows mam mother mum nan need needed needing needs nephew next niece now ok okay parent \
    parents partner people person possible ring said says scared sister somebody something son speak still stuck talk \
    think thinks today told try trying uncle understand use used using wanted wanting wants went wife wonder wondering \
    worried worry worrying yet";
const WELSH_FRAMING: &str = "angen brawd chwaer dad dal dweud eisiau ffonio ffrind galw gofyn gwraig gwr gwybod heddiw mab mam \
    merch modryb nain nawr nesaf ofn partner person poeni pobl rhywbeth rhywun siarad taid unrhyw ewythr";

/// The words of a text, one after the other.
///
/// Kept from one text to the next, so that the memory is used again.
#[derive(Debug, Default)]
pub(super) struct Words {
    folded: String,
    parts: Vec<(usize, usize)>,
    joined: String,
}

/// Whether a word stands in the text as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// It does.
    Written,
    /// It is so many words without what was between them: "selfemployed",
    /// "ln11yl", "01522782060".
    Joined(usize),
}

impl Words {
    /// Calls `each` with the words of `text`, in order; a joined word comes
    /// after its last part.
    ///
    /// Accents, apostrophes and capital letters are gone, and so are commas
    /// between thousands.
    pub(super) fn each(&mut self, text: &str, mut each: impl FnMut(&str, Form)) {
        self.fold(text);
        self.split();
        let (mut hyphens, mut digits) = (0, 0);
        for at in 0..self.parts.len() {
            let word = self.part(at);
            each(shorten(word), Form::Written);
            if self.ends(at, |gap| matches!(gap, "-" | "\u{2010}")) {
                let parts = &self.parts[hyphens..=at];
                if (2..=MOST_PARTS).contains(&parts.len()) {
                    let joined = shorten(join(&mut self.joined, &self.folded, parts));
                    each(joined, Form::Joined(parts.len()));
                }
                hyphens = at + 1;
            }
            if !is_number(self.part(at)) {
                digits = at + 1;
            } else if self.ends(at, is_gap_in_phone)
                || !self
                    .parts
                    .get(at + 1)
                    .is_some_and(|&(start, end)| is_number(&self.folded[start..end]))
            {
                let number = join(&mut self.joined, &self.folded, &self.parts[digits..=at]);
                if let Some(phone) = phone(number) {
                    each(&phone, Form::Joined(at + 1 - digits));
                }
                digits = at + 1;
            }
            if at > 0 && is_outward(self.part(at - 1)) && is_inward(self.part(at)) {
                let between = &self.folded[self.parts[at - 1].1..self.parts[at].0];
                if between.encode_utf16().count() == 1 {
                    let parts = &self.parts[at - 1..=at];
                    each(join(&mut self.joined, &self.folded, parts), Form::Joined(2));
                }
            }
        }
    }

    /// The words as they stand, without the joined ones.
    pub(super) fn list(&mut self, text: &str) -> Vec<String> {
        let mut list = Vec::new();
        self.each(text, |word, form| {
            if form == Form::Written {
                list.push(word.to_owned());
            }
        });
        list
    }

    fn part(&self, at: usize) -> &str {
        let (start, end) = self.parts[at];
        &self.folded[start..end]
    }

    /// Whether what follows a part is not the kind of gap that joins.
    fn ends(&self, at: usize, joins: impl Fn(&str) -> bool) -> bool {
        let Some(next) = self.parts.get(at + 1) else { return true };
        !joins(&self.folded[self.parts[at].1..next.0])
    }

    fn fold(&mut self, text: &str) {
        self.folded.clear();
        let bytes = text.as_bytes();
        let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            if byte.is_ascii() {
                let in_thousands = byte == b','
                    && at > 0
                    && is_digit(at - 1)
                    && (1..4).all(|ahead| is_digit(at + ahead))
                    && !is_digit(at + 4);
                if !in_thousands && !matches!(byte, b'\'' | b'`') {
                    self.folded.push(char::from(byte.to_ascii_lowercase()));
                }
                at += 1;
                continue;
            }
            let letter = text[at..].chars().next().expect("a letter begins here");
            at += letter.len_utf8();
            if matches!(letter, '’' | '‘' | 'ʼ' | '´' | '′') {
                continue;
            }
            for plain in std::iter::once(letter).nfkd().filter(|c| !is_combining_mark(*c)) {
                let small = plain.to_lowercase().filter(|c| !is_combining_mark(*c));
                self.folded.extend(small.map(|c| if c == 'ς' { 'σ' } else { c }));
            }
        }
    }

    fn split(&mut self) {
        self.parts.clear();
        let mut start = None;
        for (at, letter) in self.folded.char_indices() {
            match (start, letter.is_alphanumeric()) {
                (None, true) => start = Some(at),
                (Some(from), false) => {
                    self.parts.push((from, at));
                    start = None;
                }
                _ => {}
            }
        }
        if let Some(from) = start {
            self.parts.push((from, self.folded.len()));
        }
    }
}

fn join<'a>(joined: &'a mut String, folded: &str, parts: &[(usize, usize)]) -> &'a str {
    joined.clear();
    joined.extend(parts.iter().map(|&(start, end)| &folded[start..end]));
    joined
}

fn shorten(word: &str) -> &str {
    if word.len() <= LONGEST {
        return word;
    }
    word.char_indices().nth(LONGEST).map_or(word, |(end, _)| &word[..end])
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// What stands between the parts of one phone number: `01522 782-060`,
/// `+44 (0)1522 782060`.
fn is_gap_in_phone(gap: &str) -> bool {
    gap.len() <= 2 && gap.bytes().all(|byte| b" -()".contains(&byte))
}

/// A phone number as it is dialled in the United Kingdom, if that is what the
/// digits are.
fn phone(digits: &str) -> Option<String> {
    if !(9..=15).contains(&digits.len()) {
        return None;
    }
    let abroad = digits.strip_prefix("0044").or_else(|| digits.strip_prefix("44"));
    match abroad {
        Some(rest) => Some(format!("0{}", rest.trim_start_matches('0'))),
        None => digits.starts_with('0').then(|| digits.to_owned()),
    }
}

/// The first half of a postcode: `ln1`, `sw1a`.
fn is_outward(word: &str) -> bool {
    let letters = word.bytes().take_while(u8::is_ascii_lowercase).count();
    let rest = &word.as_bytes()[letters..];
    (1..=2).contains(&letters)
        && (1..=2).contains(&rest.len())
        && rest[0].is_ascii_digit()
        && rest.iter().all(u8::is_ascii_alphanumeric)
}

/// The second half of a postcode: `1yl`.
fn is_inward(word: &str) -> bool {
    let [digit, first, second] = word.as_bytes() else { return false };
    digit.is_ascii_digit() && first.is_ascii_lowercase() && second.is_ascii_lowercase()
}

/// What words of one language share.
pub(super) struct Language {
    stemmer: Option<Stemmer>,
    common: HashSet<&'static str>,
    framing: &'static str,
}

impl Language {
    /// The language with a tag such as `en`, `en-GB` or `cy`.
    ///
    /// Languages for which nobody has written stems, such as Welsh, are
    /// searched by whole words and their beginnings.
    pub(super) fn new(tag: &str) -> Self {
        let primary = tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
        let algorithm = match primary.as_str() {
            "ar" => Some(Algorithm::Arabic),
            "da" => Some(Algorithm::Danish),
            "de" => Some(Algorithm::German),
            "el" => Some(Algorithm::Greek),
            "en" => Some(Algorithm::English),
            "es" => Some(Algorithm::Spanish),
            "fi" => Some(Algorithm::Finnish),
            "fr" => Some(Algorithm::French),
            "hu" => Some(Algorithm::Hungarian),
            "it" => Some(Algorithm::Italian),
            "nb" | "nn" | "no" => Some(Algorithm::Norwegian),
            "nl" => Some(Algorithm::Dutch),
            "pt" => Some(Algorithm::Portuguese),
            "ro" => Some(Algorithm::Romanian),
            "ru" => Some(Algorithm::Russian),
            "sv" => Some(Algorithm::Swedish),
            "ta" => Some(Algorithm::Tamil),
            "tr" => Some(Algorithm::Turkish),
            _ => None,
        };
        let (common, framing) = match primary.as_str() {
            "en" => (ENGLISH, ENGLISH_FRAMING),
            "cy" => (WELSH, WELSH_FRAMING),
            _ => ("", ""),
        };
        let common = common.split_ascii_whitespace().collect();
        Self { stemmer: algorithm.map(Stemmer::create), common, framing }
    }

    /// What is left of a word when its ending is taken off.
    pub(super) fn stem(&self, word: &str) -> String {
        let has_digit = word.bytes().any(|byte| byte.is_ascii_digit());
        match &self.stemmer {
            Some(stemmer) if !has_digit => stemmer.stem(word).into_owned(),
            _ => word.to_owned(),
        }
    }

    /// The words that shape a question.
    pub(super) fn common(&self) -> impl Iterator<Item = &'static str> + use<> {
        let mut all: Vec<&'static str> = self.common.iter().copied().collect();
        all.sort_unstable();
        all.into_iter()
    }

    /// The words that frame a question, with spaces between them.
    pub(super) fn framing(&self) -> String {
        self.framing.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Whether a word only shapes questions.
    pub(super) fn is_common(&self, word: &str) -> bool {
        self.common.contains(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> String {
        let mut list = Vec::new();
        Words::default().each(text, |word, _| list.push(word.to_owned()));
        list.join(" ")
    }

    #[test]
    fn words_are_the_same_however_they_are_written() {
        for (text, words) in [
            ("The Carer’s café", "the carers cafe"),
            ("self-employed", "self employed selfemployed"),
            ("day-to-day", "day to day daytoday"),
            ("£16,000 or £1,234,567 a year", "16000 or 1234567 a year"),
            ("1,23 and £12.50", "1 23 and 12 50"),
            ("Ring 01522 782060.", "ring 01522 782060 01522782060"),
            ("+44 (0)1522 782 060", "44 0 1522 782 060 01522782060"),
            ("01522782060", "01522782060 01522782060"),
            ("LN1 1YL, near", "ln1 1yl ln11yl near"),
            ("Straße ﬁve İstanbul ΟΔΟΣ", "straße five istanbul οδοσ"),
            ("<b>🙂</b>", "b b"),
            ("", ""),
        ] {
            assert_eq!(all(text), words, "{text}");
        }
        assert_eq!(all(&"x".repeat(5000)).len(), LONGEST);
    }

    #[test]
    fn stems_follow_the_language() {
        assert_eq!(Language::new("en-GB").stem("payments"), Language::new("en").stem("payment"));
        assert_eq!(Language::new("cy").stem("taliadau"), "taliadau");
        assert_eq!(Language::new("").stem("payments"), "payments");
    }
}
