//! The words of languages, as a value: what pages say around the words of editors.
//!
//! They come from the theme, a file for each language; who reads those files makes
//! [`Languages`] of them, and whoever writes words for readers is given it or one
//! [`Language`]. Nothing here knows a theme, a site or any one language but English, in
//! which messages for editors are written.

use std::collections::BTreeMap;

pub use super::date::ENGLISH;
use super::{
    date::{self, Date, Months},
    speech::Speeches,
    wording::capital,
};

/// Names that the file of a language gives lists to, and how many words each has.
pub const LISTS: [(&str, usize); 2] = [("months", 12), ("days", 7)];

/// The name under which a language says what it is called. No language lends it another.
pub const NAME: &str = "language_name";

/// What one file says: words by name, and lists of words by name.
#[derive(Debug, Clone, Default)]
pub struct Said {
    /// Words: `skip`.
    pub words: BTreeMap<String, String>,
    /// Lists of words: `months`.
    pub lists: BTreeMap<String, Vec<String>>,
}

impl Said {
    /// Puts what another file says over it.
    pub fn extend(&mut self, other: &Self) {
        let pairs = |(name, words): (&String, &String)| (name.clone(), words.clone());
        self.words.extend(other.words.iter().map(pairs));
        self.lists.extend(other.lists.iter().map(|(name, all)| (name.clone(), all.clone())));
    }

    /// The names that it lacks of those that `whole` has.
    pub fn lacks<'a>(&self, whole: &'a Self) -> Vec<&'a str> {
        let words = whole.words.keys().filter(|name| !self.words.contains_key(*name));
        let lists = whole.lists.keys().filter(|name| !self.lists.contains_key(*name));
        words.chain(lists).map(String::as_str).collect()
    }
}

/// The words of a language, with those of the main language of the site, and then of
/// English, where it has none of its own.
#[derive(Debug, Clone)]
pub struct Language {
    /// Its tag: `en`, `cy`.
    pub tag: String,
    /// Its words by name, with which templates are filled.
    pub words: BTreeMap<String, String>,
    /// January to December.
    pub months: [String; 12],
    /// Monday to Sunday.
    pub days: [String; 7],
}

impl Language {
    fn new(tag: &str, said: Said) -> Self {
        let Said { mut words, mut lists } = said;
        words.entry(NAME.to_owned()).or_insert_with(|| tag.to_owned());
        let mut list = |name| lists.remove(name).unwrap_or_default();
        let (months, days) = (list("months").try_into(), list("days").try_into());
        Self {
            tag: tag.to_owned(),
            words,
            months: months.unwrap_or_else(|_| date::in_english()),
            days: days.unwrap_or_default(),
        }
    }

    /// The words of a name, or none.
    pub fn word(&self, name: &str) -> &str {
        self.words.get(name).map_or("", String::as_str)
    }

    /// What it is called by those who speak it; its tag, where no file says.
    pub fn name(&self) -> &str {
        self.word(NAME)
    }

    /// Words as a sentence begins: with a large letter, unless their first word has one of its
    /// own, as the name “iPhone” has.
    pub fn sentence(&self, words: &str) -> String {
        let first = words.split_whitespace().next().unwrap_or_default();
        if first.chars().skip(1).any(char::is_uppercase) {
            return words.to_owned();
        }
        let own = LARGE.iter().filter(|(tag, ..)| *tag == primary(&self.tag));
        let mut own = own.map(|(_, small, large)| Some((*large, words.strip_prefix(small)?)));
        match own.next().flatten() {
            Some((large, rest)) => format!("{large}{rest}"),
            None => capital(words),
        }
    }

    /// `ltr` or `rtl`.
    pub fn direction(&self) -> &'static str {
        if RIGHT_TO_LEFT.contains(&primary(&self.tag)) { "rtl" } else { "ltr" }
    }
}

/// Languages whose script goes from right to left. No words: what is so of a language is
/// so whether or not anybody has translated the theme. Source: CLDR, script metadata.
const RIGHT_TO_LEFT: [&str; 14] =
    ["ar", "arc", "ckb", "dv", "fa", "he", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"];

/// First letters that are not made large as in other languages. Source: Unicode,
/// SpecialCasing, for the Turkic ones.
const LARGE: [(&str, &str, &str); 3] = [("az", "i", "İ"), ("nl", "ij", "IJ"), ("tr", "i", "İ")];

/// What all languages of a site say, and how dates are read in them.
#[derive(Debug, Clone)]
pub struct Languages {
    all: BTreeMap<String, Language>,
    months: Months,
    /// For a language that is not one of the site's.
    main: Language,
    /// How people ask in each.
    pub speech: Speeches,
}

/// English, with no words of a theme.
impl Default for Languages {
    fn default() -> Self {
        Self::new(&[], BTreeMap::new())
    }
}

impl Languages {
    /// The languages of a site, the main one first, with what files say in these and in
    /// others. Dates are read in the languages of all files. Lists of another length than
    /// they need count as missing.
    pub fn new(tags: &[String], mut files: BTreeMap<String, Said>) -> Self {
        for said in files.values_mut() {
            said.lists.retain(|name, list| LISTS.contains(&(name.as_str(), list.len())));
        }
        let main = tags.first().map_or(ENGLISH, String::as_str);
        let whole = |tag: &str| {
            let mut said = Said::default();
            [ENGLISH, primary(main), main]
                .iter()
                .filter_map(|tag| files.get(*tag))
                .for_each(|file| said.extend(file));
            said.words.remove(NAME);
            let own = [primary(tag), tag];
            own.iter().filter_map(|tag| files.get(*tag)).for_each(|file| said.extend(file));
            Language::new(tag, said)
        };
        let tags = tags.iter().chain(files.keys()).map(String::as_str).chain([main]);
        let all: BTreeMap<_, _> = tags.map(|tag| (tag.to_owned(), whole(tag))).collect();
        let months = all.iter().map(|(tag, language)| (tag.clone(), language.months.clone()));
        Self { months: months.collect(), main: whole(main), all, speech: Speeches::new() }
    }

    /// A language, or the main one for a tag that is none of the site's.
    pub fn of(&self, tag: &str) -> &Language {
        self.all.get(tag).or_else(|| self.all.get(primary(tag))).unwrap_or(&self.main)
    }

    /// A language that the site or a file of the theme has.
    pub fn known(&self, tag: &str) -> Option<&Language> {
        self.all.get(tag)
    }

    /// The names of the months, with which dates are read.
    pub fn months(&self) -> &Months {
        &self.months
    }
}

/// The first part of a tag: `en` of `en-GB`.
fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

impl Date {
    /// `21 November 2026`, with the month in a language.
    pub fn words(self, language: &Language) -> String {
        self.with(&language.months)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(pairs: &[(&str, &str)]) -> Said {
        let words = pairs.iter().map(|(name, words)| ((*name).to_owned(), (*words).to_owned()));
        Said { words: words.collect(), ..Said::default() }
    }

    #[test]
    fn a_sentence_begins_large_and_a_name_stays_as_it_is() {
        let begun = |tag, words| Language::new(tag, Said::default()).sentence(words);
        assert_eq!(
            ["free", "iPhone app", "£4", ""].map(|words| begun("en", words)),
            ["Free", "iPhone app", "£4", ""]
        );
        assert_eq!(begun("cy", "ffôn, e-bost"), "Ffôn, e-bost");
        assert_eq!(begun("tr", "internet"), "İnternet");
        assert_eq!(begun("nl-NL", "ijsbaan"), "IJsbaan");
    }

    #[test]
    fn a_word_that_a_language_lacks_is_in_the_main_one_and_then_in_english() {
        let files = [
            ("en", said(&[(NAME, "English"), ("yes", "yes"), ("no", "no"), ("to", "to")])),
            ("cy", said(&[(NAME, "Cymraeg"), ("yes", "ie"), ("no", "na")])),
            ("pl", said(&[(NAME, "Polski"), ("yes", "tak")])),
        ];
        let files = files.map(|(tag, said)| (tag.to_owned(), said)).into();
        let tags = ["cy", "pl", "pl-PL", "fr", "ur"].map(str::to_owned);
        let languages = Languages::new(&tags, files);
        let words = |tag| {
            let language = languages.of(tag);
            [NAME, "yes", "no", "to"].map(|name| language.word(name)).join(" ")
        };
        assert_eq!(words("cy"), "Cymraeg ie na to");
        assert_eq!(words("pl"), "Polski tak na to");
        assert_eq!(words("pl-PL"), "Polski tak na to");
        assert_eq!(words("fr"), "fr ie na to");
        assert_eq!(words("de"), words("cy"));
        assert_eq!(["pl", "ur"].map(|tag| languages.of(tag).direction()), ["ltr", "rtl"]);
    }
}
