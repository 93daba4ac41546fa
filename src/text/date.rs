//! Dates as people write them. The only file that names jiff.

use std::{collections::BTreeMap, fmt};

/// The tag of the language that every theme has.
pub const ENGLISH: &str = "en";

use jiff::{ToSpan as _, civil, tz::TimeZone};
use serde::{Deserialize, Serialize};

/// A moment, given in milliseconds since 1970, as people on this machine say it:
/// `30 November 2026, 14:05`.
pub fn moment(millis: u64) -> String {
    let stamp =
        i64::try_from(millis).ok().and_then(|at| jiff::Timestamp::from_millisecond(at).ok());
    let Some(stamp) = stamp else { return String::new() };
    let zoned = stamp.to_zoned(TimeZone::system());
    let day = Date(zoned.date()).in_english();
    format!("{day}, {:02}:{:02}", zoned.hour(), zoned.minute())
}

/// A day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

/// What to tell somebody whose date cannot be read.
pub const HOW_TO_WRITE: &str = "write the day, the month and the year: 21 November 2026";

/// The days of the week in English, from [`Date::weekday`] 0.
pub const WEEKDAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// The months in English, from January.
#[rustfmt::skip] // a list of words
pub const MONTHS: [&str; 12] = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
];

/// Whether a word is a day of the week or a month in English, in capitals or not. `may` is one.
pub fn is_day_or_month(word: &str) -> bool {
    WEEKDAYS.iter().any(|day| day.eq_ignore_ascii_case(word)) || month_named(word).is_some()
}

/// The place of a month in the year, from 0, that has this name in English, in capitals or not.
pub fn month_named(name: &str) -> Option<usize> {
    MONTHS.iter().position(|month| month.eq_ignore_ascii_case(name))
}

/// The longest interval that is counted, in days: a thousand years or so.
const MOST_DAYS: u32 = 365_000;

/// The time of Britain, as POSIX writes it: an hour later from the last Sunday of March at 1
/// until the last Sunday of October at 2. Source: the Summer Time Act 1972, as amended in 2002.
const BRITAIN: &str = "GMT0BST,M3.5.0/1,M10.5.0/2";

impl Date {
    /// Today in Britain, where the sites are. Machines that build sites keep the time of
    /// Greenwich, and in summer that is yesterday for an hour after midnight.
    pub fn today() -> Self {
        Self::in_britain(jiff::Timestamp::now())
    }

    /// The day in Britain at a moment.
    fn in_britain(now: jiff::Timestamp) -> Self {
        let zone = TimeZone::posix(BRITAIN).unwrap_or_else(|_| TimeZone::system());
        Self(now.to_zoned(zone).date())
    }

    /// Reads a date in English, as [`Date::read`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::read(text, &Months::default())
    }

    /// Reads `21 November 2026`, `21st Nov 2026`, `2026-11-21`,
    /// `2026-11-21T09:30:00Z` or `2026-11-21 09:30:00 +0000`, with the month in any of the
    /// languages of `months`. Days and months as numbers with dots or slashes are not read:
    /// 1.10.2026 is January to some and October to others.
    pub fn read(text: &str, months: &Months) -> Option<Self> {
        let text = text.trim();
        let is_time = |rest: &str| rest.trim_start().starts_with(|c: char| c.is_ascii_digit());
        let day = match text.split_once(['T', 't', ' ']) {
            Some((day, rest)) if day.len() == 10 && is_time(rest) => day,
            _ => text,
        };
        if day.len() == 10 && day.as_bytes()[4] == b'-' {
            return day.parse().ok().map(Self);
        }
        let mut words = text.split_whitespace();
        let (day, month, year) = (words.next()?, words.next()?, words.next()?);
        if words.next().is_some() || year.len() != 4 {
            return None;
        }
        let digits = day.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        if !matches!(&day[digits.len()..], "" | "st" | "nd" | "rd" | "th") {
            return None;
        }
        let month = months.number(month.trim_end_matches('.'))?;
        civil::Date::new(year.parse().ok()?, month, digits.parse().ok()?).ok().map(Self)
    }

    /// A day as somebody in Britain types it into a form: as [`Date::parse`] reads it, in digits
    /// with the day first, or with the day of the week, a comma, or the month first:
    /// `5/12/2026`, `5.12.26`, `Saturday, December 5th 2026`.
    pub fn typed(text: &str) -> Option<Self> {
        let is_weekday = |word: &str| {
            let start = word.get(..3).map(str::to_lowercase).unwrap_or_default();
            ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].contains(&start.as_str())
        };
        let words: Vec<&str> = text
            .split([' ', ',', '\u{a0}'])
            .filter(|word| !word.is_empty() && *word != "of" && *word != "the")
            .filter(|word| !is_weekday(word))
            .collect();
        let in_words = || match words[..] {
            [one, two, year] => Self::parse(&format!("{one} {two} {year}"))
                .or_else(|| Self::parse(&format!("{two} {one} {year}"))),
            _ => None,
        };
        Self::parse(text).or_else(|| Self::day_first(text)).or_else(in_words)
    }

    /// A day in digits with the day first: `01/02/2026` is 1 February.
    pub fn day_first(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.trim().split(['/', '-', '.']).map(str::trim).collect();
        let [day, month, year] = parts[..] else { return None };
        let year = if year.len() == 2 { format!("20{year}") } else { year.to_owned() };
        Self::from_numbers(day, month, &year)
    }

    /// The day that three numbers name, the year in full: `1`, `02` and `2026`.
    pub fn from_numbers(day: &str, month: &str, year: &str) -> Option<Self> {
        let all = [(day, 1..=2), (month, 1..=2), (year, 4..=4)];
        let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if !all.iter().all(|(part, lengths)| is_number(part) && lengths.contains(&part.len())) {
            return None;
        }
        let (day, month) = (day.parse().ok()?, month.parse().ok()?);
        civil::Date::new(year.parse().ok()?, month, day).ok().map(Self)
    }

    /// The first and the last day that it may be somewhere when it is the time in `text`:
    /// `2026-11-21T23:30:00-05:00` is 21 November there and 22 November here. Both are the
    /// same for a day without a time, or without a zone.
    pub fn read_days(text: &str, months: &Months) -> Option<(Self, Self)> {
        let day = Self::read(text, months)?;
        let spaced: String = text.trim().replacen(" +", "+", 1).replacen(" -", "-", 1);
        let here = spaced.parse::<jiff::Timestamp>().ok();
        let here = here.map_or(day, |time| Self(time.to_zoned(jiff::tz::TimeZone::UTC).date()));
        Some((day.min(here), day.max(here)))
    }

    /// `21 November 2026`, for messages and exports, which are in English.
    pub fn in_english(self) -> String {
        self.0.strftime("%-d %B %Y").to_string()
    }

    pub(super) fn with(self, months: &[String; 12]) -> String {
        let month = usize::try_from(self.0.month() - 1).unwrap_or(0);
        format!("{} {} {}", self.0.day(), months[month], self.0.year())
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// The day of the week: 0 for Monday to 6 for Sunday.
    pub fn weekday(self) -> usize {
        usize::try_from(self.0.weekday().to_monday_zero_offset()).unwrap_or(0)
    }

    /// The month, from 1.
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// The day of the month, from 1.
    pub fn day(self) -> i8 {
        self.0.day()
    }

    /// So many days later; the last day there is, when that is too far.
    pub fn plus_days(self, days: u32) -> Self {
        self.plus(Interval::Days(days))
    }

    /// The day before an interval.
    pub fn minus(self, interval: Interval) -> Self {
        Self(self.0.saturating_sub(interval.span()))
    }

    /// The day after an interval.
    pub fn plus(self, interval: Interval) -> Self {
        Self(self.0.saturating_add(interval.span()))
    }
}

/// `2026-11-21`
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The names of the months, by the tag of their language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Months(BTreeMap<String, [String; 12]>);

/// Those in English.
impl Default for Months {
    fn default() -> Self {
        Self([(ENGLISH.to_owned(), in_english())].into())
    }
}

/// The names of the months in English.
pub(super) fn in_english() -> [String; 12] {
    MONTHS.map(str::to_owned)
}

impl FromIterator<(String, [String; 12])> for Months {
    fn from_iter<T: IntoIterator<Item = (String, [String; 12])>>(all: T) -> Self {
        Self(all.into_iter().collect())
    }
}

impl Months {
    /// The number of the month, from 1, that has this name in any of the languages, or that
    /// a name of three letters or more begins. A name that means one month here and another
    /// there means none, and so does the beginning of two: `jui`, for `juin` and `juillet`.
    fn number(&self, name: &str) -> Option<i8> {
        let name = name.to_lowercase();
        let only = |is: &dyn Fn(&str) -> bool| {
            let all = self.0.values().flat_map(|names| (1..).zip(names));
            let mut found = all.filter(|(_, known)| is(&known.to_lowercase()));
            let (first, _) = found.next()?;
            found.all(|(other, _)| other == first).then_some(first)
        };
        let begins = |known: &str| known.starts_with(&name);
        let is_long = name.chars().count() >= 3;
        only(&|known| known == name).or_else(|| only(&begins).filter(|_| is_long))
    }

    /// A day as a language writes it: `21 November 2026`. One without a file is written in
    /// English.
    pub fn words(&self, day: Date, language: &str) -> String {
        let names = self.0.get(language);
        names.map_or_else(|| day.in_english(), |names| day.with(names))
    }
}

/// A length of time, such as that between two checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Interval {
    /// Days.
    Days(u32),
    /// Calendar months.
    Months(u32),
}

impl Interval {
    /// Reads `every 6 months`, `every year`, `every 2 weeks`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        let rest = text.strip_prefix("every ")?.trim();
        let (number, unit) = match rest.split_once(' ') {
            Some((number, unit)) => (number.parse::<u32>().ok()?, unit.trim()),
            None => (1, rest),
        };
        match unit {
            "day" | "days" => Some(Self::Days(number)),
            "week" | "weeks" => Some(Self::Days(number.checked_mul(7)?)),
            "month" | "months" => Some(Self::Months(number)),
            "year" | "years" => Some(Self::Months(number.checked_mul(12)?)),
            _ => None,
        }
    }

    /// The length of it, up to [`MOST_DAYS`].
    fn span(self) -> jiff::Span {
        match self {
            Self::Days(days) => i64::from(days.min(MOST_DAYS)).days(),
            Self::Months(months) => i64::from(months.min(MOST_DAYS / 31)).months(),
        }
    }
}

/// Whether words are a day, a month or a year, when `day_of` reads a day.
pub fn is_source_date(text: &str, day_of: impl Fn(&str) -> Option<Date>) -> bool {
    let text = text.trim();
    let is_year = text.len() == 4 && text.parse::<u16>().is_ok();
    is_year || day_of(text).or_else(|| day_of(&format!("1 {text}"))).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_write_dates_in_many_ways() {
        let day = Date::parse("2026-11-21");
        for text in ["21 November 2026", "21st Nov 2026", " 21 november 2026 "] {
            assert_eq!(Date::parse(text), day, "{text}");
        }
        for text in ["2026-11-21T09:30:00Z", "2026-11-21 09:30:00 +0000", "2026-11-21 09:30"] {
            assert_eq!(Date::parse(text), day, "{text}");
        }
        for text in
            ["1.10.2026", "01/10/2026", "31 February 2026", "November 2026", "21 M 2026", ""]
        {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_day_knows_its_weekday_and_its_year() {
        for (text, weekday) in [("2026-11-23", 0), ("2026-12-25", 4), ("2027-01-03", 6)] {
            assert_eq!(Date::parse(text).expect("a day").weekday(), weekday, "{text}");
        }
        assert_eq!(Date::parse("2027-01-03").expect("a day").year(), 2027);
    }

    #[test]
    fn a_day_begins_at_midnight_in_britain() {
        for (moment, day) in [
            ("2026-07-31T22:59:00Z", "2026-07-31"),
            ("2026-07-31T23:00:00Z", "2026-08-01"),
            ("2026-12-31T23:59:00Z", "2026-12-31"),
            ("2027-03-28T00:30:00Z", "2027-03-28"),
            ("2026-10-25T23:30:00Z", "2026-10-25"),
        ] {
            let moment = moment.parse().expect("a moment");
            assert_eq!(Some(Date::in_britain(moment)), Date::parse(day), "{moment}");
        }
    }

    #[test]
    fn a_month_is_known_in_the_languages_that_are_given_and_never_guessed() {
        let french = "janvier février mars avril mai juin juillet août septembre octobre novembre \
                      décembre";
        let french: Vec<String> = french.split(' ').map(str::to_owned).collect();
        let mut months = Months::default();
        months.0.insert("fr".into(), french.try_into().expect("a year"));
        for (text, day) in [
            ("21 Juin 2026", "2026-06-21"),
            ("21 juil. 2026", "2026-07-21"),
            ("21 AOÛT 2026", "2026-08-21"),
            ("1 mar 2026", "2026-03-01"),
            ("1 June 2026", "2026-06-01"),
        ] {
            assert_eq!(Date::read(text, &months), Date::parse(day), "{text}");
        }
        assert_eq!(Date::read("21 jui 2026", &months), None);
        assert_eq!(Date::parse("21 juin 2026"), None);
        let day = Date::parse("2026-08-01").expect("a day");
        assert_eq!(
            ["fr", "en", "pl"].map(|tag| months.words(day, tag)),
            ["1 août 2026", "1 August 2026", "1 August 2026"]
        );
    }

    #[test]
    fn a_time_elsewhere_may_be_another_day_here() {
        let months = Months::default();
        let days =
            |text| Date::read_days(text, &months).map(|(a, b)| (a.to_string(), b.to_string()));
        let both = |a: &str, b: &str| Some((a.to_owned(), b.to_owned()));
        assert_eq!(days("2026-11-21T23:30:00-05:00"), both("2026-11-21", "2026-11-22"));
        assert_eq!(days("2026-11-21 00:30:00 +0200"), both("2026-11-20", "2026-11-21"));
        assert_eq!(days("2026-11-21T09:30:00Z"), both("2026-11-21", "2026-11-21"));
        assert_eq!(days("2026-11-21 09:30"), both("2026-11-21", "2026-11-21"));
        assert_eq!(days("21 November 2026"), both("2026-11-21", "2026-11-21"));
        assert_eq!(days("soonish"), None);
    }

    #[test]
    fn months_end_where_months_end() {
        let day = Date::parse("31 August 2026").expect("a day");
        let later = day.plus(Interval::parse("every 6 months").expect("an interval"));
        assert_eq!(later.in_english(), "28 February 2027");
        assert_eq!(Interval::parse("every year"), Some(Interval::Months(12)));
        assert_eq!(Interval::parse("sometimes"), None);
        let far = Interval::parse("every 4000000000 days").expect("an interval");
        assert!(day.plus(far) > day && day.plus(Interval::Months(u32::MAX)) > day);
    }
}
