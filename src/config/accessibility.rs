//! What the accessibility statement says, as `[accessibility]` in `site.toml`.
//!
//! The names follow what regulation 8 of the Public Sector Bodies (Websites and
//! Mobile Applications) (No. 2) Accessibility Regulations 2018 asks for. What the
//! dates and numbers mean is found out later; here they are as they were written.

use std::{collections::BTreeMap, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};

use super::Setting;

/// What the accessibility statement says.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Accessibility {
    /// Whether the law asks for a statement. It does of councils and other public bodies.
    pub law: bool,
    /// How much of the standard the site meets. Absent: worked out from the rest.
    pub status: Option<Setting<Status>>,
    /// What the site is measured by.
    pub standard: Standard,
    /// The day on which the statement was written: `2 November 2026`.
    pub prepared: Option<Setting<Day>>,
    /// The day on which someone last read it against the site.
    pub reviewed: Option<Setting<Day>>,
    /// The day on which people last tested the site.
    pub tested: Option<Setting<Day>>,
    /// Who tested it.
    pub assessed_by: Option<Assessor>,
    /// How, in sentences.
    pub method: Option<Setting<Words>>,
    /// Who people tell about a problem: an id from `contacts.yaml`.
    pub contact: Option<Setting<String>>,
    /// The most working days that an answer takes.
    pub answer_days: Option<u32>,
    /// Who sees to it that the law is followed.
    pub enforcement: Option<Regulator>,
    /// What is known not to work.
    pub problem: Vec<Problem>,
}

impl Default for Accessibility {
    fn default() -> Self {
        Self {
            law: true,
            status: None,
            standard: Standard::default(),
            prepared: None,
            reviewed: None,
            tested: None,
            assessed_by: None,
            method: None,
            contact: None,
            answer_days: None,
            enforcement: None,
            problem: Vec::new(),
        }
    }
}

impl Accessibility {
    /// Whether the page shows a statement: without the law, only when someone wrote one.
    pub fn is_shown(&self) -> bool {
        self.law || self.prepared.is_some()
    }
}

/// Something that does not work for everyone.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Problem {
    /// What does not work, and for whom, in a sentence.
    pub what: Option<Setting<Words>>,
    /// The numbers of the criteria that it fails: `["1.1.1"]`.
    pub criteria: Vec<Setting<String>>,
    /// Why it is so.
    pub why: Option<Why>,
    /// What people can do instead.
    pub alternative: Option<Setting<Words>>,
    /// The day by which it will be mended.
    pub until: Option<Setting<Day>>,
}

/// How much of the standard a site meets, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub enum Status {
    /// Most of it not.
    #[serde(rename = "not compliant")]
    Not,
    /// Most of it.
    #[serde(rename = "partially compliant")]
    Partially,
    /// All of it.
    #[serde(rename = "fully compliant")]
    Fully,
}

/// What a site is measured by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub enum Standard {
    /// The version before.
    #[serde(rename = "WCAG 2.1 AA")]
    Wcag21Aa,
    /// What public bodies are measured by.
    #[default]
    #[serde(rename = "WCAG 2.2 AA")]
    Wcag22Aa,
    /// More than the law asks for.
    #[serde(rename = "WCAG 2.2 AAA")]
    Wcag22Aaa,
}

impl Standard {
    /// Its version and its level: `2.2` and `AA`.
    pub fn parts(self) -> (&'static str, &'static str) {
        match self {
            Self::Wcag21Aa => ("2.1", "AA"),
            Self::Wcag22Aa => ("2.2", "AA"),
            Self::Wcag22Aaa => ("2.2", "AAA"),
        }
    }
}

/// Who tested a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Assessor {
    /// Whoever publishes it.
    Own,
    /// Somebody else, for them.
    #[serde(rename = "third party")]
    ThirdParty,
}

/// Who sees to it that the law is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Regulator {
    /// The Equality and Human Rights Commission, through the Equality Advisory and
    /// Support Service.
    #[serde(rename = "England, Wales, Scotland")]
    GreatBritain,
    /// The Equality Commission for Northern Ireland.
    #[serde(rename = "Northern Ireland")]
    NorthernIreland,
}

/// Why something does not work for everyone. The law knows these three.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// It fails the standard, and will be mended.
    NonCompliance,
    /// To mend it would ask too much of the publisher for now.
    #[serde(rename = "disproportionate burden")]
    DisproportionateBurden,
    /// The law does not ask for it.
    #[serde(rename = "not within scope")]
    NotWithinScope,
}

/// A day as it was written, with quotes or without: `2 November 2026`, `2026-11-02`.
#[derive(Debug, Clone)]
pub struct Day(pub String);

/// Words, or the same in several languages.
#[derive(Debug, Clone)]
pub struct Words(BTreeMap<String, String>);

impl Words {
    /// What they are in a language, and which language that is. Words without one are in
    /// the `main` language of the site, which stands in for others that are not there.
    pub fn in_language<'a>(&'a self, language: &'a str, main: &'a str) -> (&'a str, &'a str) {
        let plain = |wanted| if wanted == main { self.0.get("") } else { None };
        let find = |wanted| self.0.get(wanted).or_else(|| plain(wanted));
        let found = [language, main].into_iter().find_map(|one| Some((find(one)?, one)));
        let any = || self.0.iter().next().map(|(language, text)| (text, language.as_str()));
        found.or_else(any).map_or(("", main), |(text, language)| (text.as_str(), language))
    }

    /// Each of them.
    pub fn each(&self) -> impl Iterator<Item = &str> {
        self.0.values().map(String::as_str)
    }
}

struct AnyWords(&'static str);

impl<'de> Visitor<'de> for AnyWords {
    type Value = BTreeMap<String, String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(BTreeMap::from([(String::new(), text.to_owned())]))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut all = BTreeMap::new();
        while let Some((language, text)) = map.next_entry()? {
            all.insert(language, text);
        }
        Ok(all)
    }
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(AnyWords("words in quotes")).map(Self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        // A date of TOML, without quotes, comes as a map of one.
        let all = from.deserialize_any(AnyWords("a date in quotes"))?;
        Ok(Self(all.into_values().next().unwrap_or_default()))
    }
}
