//! Opening hours as people write them, to days and times, and back to words.
//!
//! Someone stands at a locked door when these are wrong, so nothing is guessed:
//! what could be read in two ways is refused, with something to write instead.
//!
//! Text is cut into pieces (words, numbers, signs), `MEANINGS` says what they
//! mean, and what they mean is gathered into groups: days, or times. In
//! each part between `;`, days and times then go two by two, in either order.
//! Words that mean nothing here are refused, and never left out. To let people
//! write something in one more way, add it to `MEANINGS`.

use std::{cmp::Reverse, collections::BTreeMap, ops::Range, sync::LazyLock};

use crate::text::{
    Language,
    wording::{listed, one_line},
};

/// Minutes in a day.
const DAY: u16 = 24 * 60;

/// Minutes in a week, after which it is Monday again.
const WEEK: usize = 7 * DAY as usize;

/// The latest closing time that is taken for one in the night after. A later
/// one, as in “5pm to 9am”, is more often a slip.
const NIGHT_ENDS: u16 = 6 * 60;

/// The longest text that is read, in bytes.
const LONGEST_HOURS: usize = 500;

/// What is said about text that is refused, and what to do about it.
type Words = (&'static str, &'static str);

#[rustfmt::skip] // one fault, one line
mod faults {
    use super::Words;

    pub(super) const LONG: Words = ("is too long to be opening hours", "write days and times alone, and other words under `hours note`");
    pub(super) const STRANGE: Words = ("is not a day or a time", "write days and times like `9am to 5pm Monday to Friday`, and other words under `hours note`");
    pub(super) const NEVER: Words = ("does not say when it is open", STRANGE.1);
    pub(super) const TIME: Words = ("is not a time", "write a time like `9.30am` or `17:00`");
    pub(super) const HALF: Words = ("is not a time on any clock", "write `5pm` or `17:00`");
    pub(super) const ALONE: Words = ("is one time, not two", "write when it opens and when it closes: `9am to 5pm`");
    pub(super) const BETWEEN: Words = ("is not between two times or two different days", "write days and times like `9am to 5pm Monday to Friday`");
    pub(super) const NO_DAYS: Words = ("does not say on which days", "write the days too, and `;` before the next times: `9am to 5pm Monday; 9am to 12pm Friday`");
    pub(super) const NO_TIMES: Words = ("does not say at what times", "write the times too, and `;` before the next days: `Monday 9am to 5pm; Friday 9am to 12pm`");
    pub(super) const EXCEPT: Words = ("is not between two sets of days", "write `every day except Sunday`");
    pub(super) const NOTHING_LEFT: Words = ("leaves no days", "take out `except` and what is after it");
    pub(super) const BRACKET: Words = ("has no closing bracket of its own", "write `)` after the note, and no brackets in it");
    pub(super) const CHANGES: Words = ("changes the days or times, and would be lost where only those are read", "write it as days and times, with `except Wednesday`, or under `closed` or `hours note`");
    pub(super) const NOTE: Words = ("is a note on no time", "write it after a time, `9am to 5pm Monday (phone only)`, or under `hours note`");
    pub(super) const BRACKETS: Words = ("is in the note", "take the brackets out");
    pub(super) const NOT_DAYS: Words = ("is not days alone", "write days here: `Monday to Thursday`");
    pub(super) const NOT_TIMES: Words = ("is in a place for times", "write times alone, or `closed`: `9am to 12pm, 1pm to 5pm`");
    pub(super) const OVERLAP: &str = "let one end before the next begins: `9am to 12pm and 1pm to 5pm`";
}

/// When something is open in an ordinary week.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hours {
    /// By first day, then days, then time. No two are at the same time, and no
    /// two differ only in their days.
    pub slots: Vec<Slot>,
}

/// A time that is the same on one or more days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// The days on which it starts.
    pub days: Days,
    /// When it starts, in minutes from midnight: less than 1440.
    pub from: u16,
    /// When it ends, in minutes from the midnight before `from`, and later than
    /// it. Above 1440 it is in the night after, until 6am at most.
    pub to: u16,
    /// Words about this time, or empty: `phone only`. No brackets in it.
    pub note: String,
}

/// A set of weekdays.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Days(u8);

/// Why text is not opening hours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoursFault {
    /// What it is about when hours are given in parts: `days`, `from`, `to` or
    /// `note`. Empty when they are one text.
    pub part: &'static str,
    /// The bytes of the text, or of the part, that are at fault.
    pub at: Range<usize>,
    /// The second half of a sentence that begins with them: `does not say …`.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}

/// Two slots at the same time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overlap {
    /// The day on which the second begins: `Monday`.
    pub day: &'static str,
    /// Both in words: `9am to 5pm`.
    pub times: [String; 2],
}

/// How a language says hours.
struct Speech<'a> {
    days: [&'a str; 7],
    every_day: &'a str,
    all_day: &'a str,
    midnight: &'a str,
    /// Before and after noon; none on a clock of 24 hours.
    halves: Option<[&'a str; 2]>,
    /// From one time to another, and from one day to another.
    to: [&'a str; 2],
    /// Before most words, and before 1, 8 and 11, whose names may begin with a vowel.
    and: [&'a str; 2],
}

/// How messages and the columns of exports say them, which are in English on every site.
#[rustfmt::skip] // a week is easier to see on one line
const ENGLISH: Speech<'static> = Speech {
    days: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    every_day: "every day",
    all_day: "24 hours",
    midnight: "midnight",
    halves: Some(["am", "pm"]),
    to: ["{from} to {to}"; 2],
    and: ["and"; 2],
};

impl<'a> Speech<'a> {
    fn of(language: &'a Language) -> Self {
        let word = |name| language.word(name);
        Self {
            days: language.days.each_ref().map(String::as_str),
            every_day: word("hours_every_day"),
            all_day: word("hours_all_day"),
            midnight: word("hours_midnight"),
            halves: (word("hours_clock") != "24").then(|| ["hours_am", "hours_pm"].map(word)),
            to: ["hours_times", "hours_days"].map(word),
            and: ["hours_and", "hours_and_vowel"].map(word),
        }
    }

    /// `9am`, `9.30am`; `09:30` on a clock of 24 hours, where `9:30` might be half of a day.
    fn clock(&self, minutes: u16) -> String {
        let (hour, minute) = (minutes / 60 % 24, minutes % 60);
        let Some(halves) = self.halves else { return format!("{hour:02}:{minute:02}") };
        let half = halves[usize::from(hour >= 12)];
        let hour = if hour % 12 == 0 { 12 } else { hour % 12 };
        if minute == 0 { format!("{hour}{half}") } else { format!("{hour}.{minute:02}{half}") }
    }

    fn end_clock(&self, minutes: u16) -> String {
        if minutes == DAY { self.midnight.into() } else { self.clock(minutes) }
    }

    fn listed(&self, items: &[String], before_vowel: bool) -> String {
        listed(items, &format!(" {} ", self.and[usize::from(before_vowel)]))
    }
}

fn between(pattern: &str, from: &str, to: &str) -> String {
    pattern.replace("{from}", from).replace("{to}", to)
}

/// What a word or a few can mean.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Token {
    Day(usize),
    Days(Days),
    Time(Time),
    /// From one minute to another.
    Times(u16, u16),
    /// Morning (0) or afternoon (720), after a number.
    Half(u16),
    /// All day, every day.
    Always,
    Closed,
    Except,
    /// Makes a “to” of the next “and”.
    Between,
    To,
    /// A “to”, or a pause: “Mon-Fri - 9am-5pm”.
    Dash,
    And,
    Pause,
    /// Where one set of days and times ends.
    End,
    Note,
    /// Says nothing that is not said without it.
    Filler,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Time {
    minutes: u16,
    said: Said,
}

/// How clear it is which half of the day is meant.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
enum Said {
    /// `9`, `9:30`: clear only with another time on the 24-hour clock.
    Bare,
    /// `10:30`: on the 24-hour clock, unless the other time has am or pm.
    Long,
    /// `17:00`, `09:00`: only the 24-hour clock looks like this.
    Full,
    /// `9am`, `noon`
    Half,
}

const NOON: Time = Time { minutes: DAY / 2, said: Said::Half };
const MIDNIGHT: Time = Time { minutes: 0, said: Said::Half };

/// What people write, in lower case and without the dots of `a.m.`, by what it
/// means. Where two of them fit, the one with more words counts.
///
/// This is a grammar and no wording: no reader sees it. A text may mix English and Welsh;
/// for another language a list of words would not do, since its cases and the order of its
/// words must be told apart as well. Its editors write hours in one of these two, and its
/// pages say them in its own words.
#[rustfmt::skip] // one meaning, one line
const MEANINGS: &[(Token, &[&str])] = &[
    (Token::Day(0), &["monday", "mondays", "mon", "llun"]),
    (Token::Day(1), &["tuesday", "tuesdays", "tue", "tues", "mawrth"]),
    (Token::Day(2), &["wednesday", "wednesdays", "wed", "weds", "mercher"]),
    (Token::Day(3), &["thursday", "thursdays", "thu", "thur", "thurs", "iau"]),
    (Token::Day(4), &["friday", "fridays", "fri", "gwener"]),
    (Token::Day(5), &["saturday", "saturdays", "sat", "sadwrn"]),
    (Token::Day(6), &["sunday", "sundays", "sun", "sul"]),
    (Token::Days(Days::ALL), &["every day", "everyday", "daily", "all week", "7 days", "7 days a week", "7 days per week", "seven days a week", "bob dydd", "7 diwrnod yr wythnos"]),
    (Token::Days(Days(0b001_1111)), &["weekday", "weekdays", "week days", "yn ystod yr wythnos"]),
    (Token::Days(Days(0b110_0000)), &["weekend", "weekends", "the weekend", "at weekends", "penwythnos", "penwythnosau"]),
    (Token::Times(0, DAY), &["24 hours", "24 hour", "24 hrs", "24 - hour", "24 hours a day", "24 hours per day", "24 hrs a day", "all day", "24 awr", "24 awr y dydd", "drwy'r dydd", "trwy'r dydd"]),
    (Token::Always, &["24 / 7"]),
    (Token::Time(NOON), &["noon", "midday", "12 noon", "12 midday", "hanner dydd", "canol dydd"]),
    (Token::Time(MIDNIGHT), &["midnight", "12 midnight", "hanner nos", "canol nos"]),
    (Token::Half(0), &["am", "yb", "y bore"]),
    (Token::Half(DAY / 2), &["pm", "yh", "yp", "yr hwyr", "y prynhawn"]),
    (Token::Closed, &["closed", "ar gau"]),
    (Token::Except, &["except", "except for", "excluding", "apart from", "but not", "not", "ac eithrio", "heblaw"]),
    (Token::Between, &["between", "rhwng"]),
    (Token::To, &["to", "until", "till", "til", "through", "i", "tan", "hyd"]),
    (Token::Dash, &["-"]),
    (Token::And, &["and", "&", "+", "a", "ac"]),
    (Token::Pause, &[",", ":", "/", "|", "•"]),
    (Token::End, &[";", "\n"]),
    (Token::Note, &["("]),
    (Token::Filler, &["open", "opening", "hours", "hrs", "times", "we", "are", "from", "on", "each", "every", "inclusive", "oriau", "agor", "ar", "ar agor", "o", "dydd", "ddydd", "dyddiau"]),
];

/// Something and the bytes of the text it comes from.
type Placed<T> = (T, Range<usize>);

#[derive(Clone)]
enum Group {
    /// Days, and a note for all the times they go with.
    Days(Days, String),
    /// Times that have no days yet; none for `closed`.
    Times(Vec<Placed<Slot>>),
}

impl Hours {
    /// Reads hours as people write them, in English or Welsh:
    /// `9am to 3pm Monday to Thursday; 9am to 12pm Friday (phone only)`.
    ///
    /// Days that are said to be closed are taken out of all others.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong or not clear. Text that names no time when
    /// it is open, such as `closed every day`, is refused too.
    pub fn parse(text: &str) -> Result<Self, HoursFault> {
        let mut found = Vec::new();
        let mut closed = Days::default();
        for set in groups(text)? {
            let mut set = set.into_iter();
            while let Some(first) = set.next() {
                let (days, note, at, times) = match (first, set.next()) {
                    ((Group::Days(days, note), at), Some((Group::Times(times), _)))
                    | ((Group::Times(times), _), Some((Group::Days(days, note), at))) => {
                        (days, note, at, times)
                    }
                    ((Group::Days(..), at), _) => return fault(at, faults::NO_TIMES),
                    ((Group::Times(_), at), _) => return fault(at, faults::NO_DAYS),
                };
                if times.is_empty() && !note.is_empty() {
                    return fault(at, faults::NOTE);
                }
                closed.0 |= if times.is_empty() { days.0 } else { 0 };
                for (mut slot, at) in times {
                    slot.days = days;
                    add_note(&mut slot.note, &note);
                    found.push((slot, at));
                }
            }
        }
        found.iter_mut().for_each(|(slot, _)| slot.days.0 &= !closed.0);
        match from_placed(found) {
            Ok(hours) if hours.slots.is_empty() => fault(0..text.len(), faults::NEVER),
            Ok(hours) => Ok(hours),
            Err((overlap, at)) => Err(overlap.fault(at)),
        }
    }

    /// A slot from its parts: `Mon to Thu`, `9am`, `3pm`, `phone only`.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong, and which part it is in.
    pub fn slot(days: &str, from: &str, to: &str, note: &str) -> Result<Slot, HoursFault> {
        let part = |part| {
            let hint = if part == "days" { faults::NOT_DAYS.1 } else { faults::TIME.1 };
            move |fault: HoursFault| match fault.hint == faults::STRANGE.1 {
                true => HoursFault { part, hint: hint.into(), ..fault },
                false => HoursFault { part, ..fault },
            }
        };
        let mut read = groups(days).map_err(part("days"))?.into_iter().flatten();
        let days = match (read.next(), read.next()) {
            (Some((Group::Days(days, note), _)), None) if note.is_empty() => days,
            _ => return fault(0..days.len(), faults::NOT_DAYS).map_err(part("days")),
        };
        let start = one_time(from).map_err(part("from"))?;
        let end = one_time(to).map_err(part("to"))?;
        let (name, text) = if start.said < Said::Full { ("from", from) } else { ("to", to) };
        let labels = ["from: ", ", to: "];
        let (from, to) = opening(start, end, labels, 0..text.len()).map_err(part(name))?;
        if let Some(at) = note.find(['(', ')']) {
            return fault(at..at + 1, faults::BRACKETS).map_err(part("note"));
        }
        let mut slot = Slot { days, from, to, note: String::new() };
        add_note(&mut slot.note, note);
        Ok(slot)
    }

    /// Puts slots in the order of the week, and makes one of those that differ
    /// only in their days. Slots without days are left out.
    ///
    /// # Errors
    ///
    /// When two slots are at the same time, also after midnight and from Sunday
    /// to Monday. One may begin when another ends.
    pub fn from_slots(slots: Vec<Slot>) -> Result<Self, Overlap> {
        let placed = slots.into_iter().map(|slot| (slot, ())).collect();
        from_placed(placed).map_err(|(overlap, ())| overlap)
    }

    /// In words: `9am to 12pm and 1pm to 5pm Monday to Friday; 6pm to midnight
    /// Saturday (phone only)`, as a language says it. No slots give no words.
    /// [`Hours::parse`] reads back what English and Welsh say.
    pub fn words(&self, language: &Language) -> String {
        self.said(&Speech::of(language))
    }

    /// The same in English, for messages and exports.
    pub fn in_english(&self) -> String {
        self.said(&ENGLISH)
    }

    fn said(&self, speech: &Speech<'_>) -> String {
        let set = |slots: &[Slot]| {
            // A note on all of the times goes last, where it reads best.
            let shared = slots.iter().all(|slot| slot.note == slots[0].note);
            let note = |slot: &Slot, show| if show { in_brackets(&slot.note) } else { "".into() };
            let times = slots.iter().map(|slot| slot.times(speech) + &note(slot, !shared));
            let vowel = matches!(slots[slots.len() - 1].from / 60 % 12, 1 | 8 | 11);
            let times = speech.listed(&times.collect::<Vec<_>>(), vowel);
            format!("{times} {}{}", slots[0].days.words(speech), note(&slots[0], shared))
        };
        let sets = self.slots.chunk_by(|one, next| one.days == next.days);
        sets.map(set).collect::<Vec<_>>().join("; ")
    }

    /// The times of each weekday, Monday first: `9am to 12pm, 1pm to 5pm (phone
    /// only)`, or empty. A time that ends after midnight is with the day it
    /// starts on. [`Hours::from_days`] reads them back.
    pub fn by_day(&self) -> [String; 7] {
        std::array::from_fn(|day| {
            let mut slots: Vec<_> = self.slots.iter().filter(|slot| slot.days.has(day)).collect();
            slots.sort_by_key(|slot| slot.from);
            let words = |slot: &&Slot| slot.times(&ENGLISH) + &in_brackets(&slot.note);
            slots.iter().map(words).collect::<Vec<_>>().join(", ")
        })
    }

    /// Reads the times of each weekday, Monday first: `09:00-17:00`, `24 hours`,
    /// `closed`. Empty is closed, and seven of those are hours without slots.
    ///
    /// # Errors
    ///
    /// The first cell that is wrong or not clear, counted from 0, and why.
    pub fn from_days(cells: &[&str; 7]) -> Result<Self, (usize, HoursFault)> {
        let mut found = Vec::new();
        for (day, cell) in cells.iter().enumerate() {
            let read = groups(cell).map_err(|fault| (day, fault))?.concat();
            let alone = read.len() == 1;
            for (group, at) in read {
                match group {
                    Group::Times(times) if alone || !times.is_empty() => {
                        let on_day = |slot| Slot { days: Days(1 << day), ..slot };
                        found.extend(times.into_iter().map(|(slot, at)| (on_day(slot), (day, at))));
                    }
                    _ => return fault(at, faults::NOT_TIMES).map_err(|fault| (day, fault)),
                }
            }
        }
        from_placed(found).map_err(|(overlap, (day, at))| (day, overlap.fault(at)))
    }
}

/// See [`Hours::from_slots`]; an overlap comes with the place of the second.
fn from_placed<P: Clone>(found: Vec<(Slot, P)>) -> Result<Hours, (Overlap, P)> {
    let mut spans = Vec::new();
    for (number, (slot, _)) in found.iter().enumerate() {
        for day in slot.days.iter() {
            let [from, to] = [slot.from, slot.to].map(|m| day * usize::from(DAY) + usize::from(m));
            spans.push((from, to, number, day));
        }
    }
    spans.sort_unstable();
    // If any two overlap, then two that are next to each other do, and Sunday
    // is next to Monday.
    let first = spans.first().copied();
    spans.extend(first.map(|(from, to, number, day)| (from + WEEK, to + WEEK, number, day)));
    if let Some(two) = spans.windows(2).find(|two| two[1].0 < two[0].1) {
        let times = [two[0].2, two[1].2].map(|number| found[number].0.times(&ENGLISH));
        let (.., second, day) = two[1];
        return Err((Overlap { day: ENGLISH.days[day], times }, found[second].1.clone()));
    }
    let mut merged: BTreeMap<_, Days> = BTreeMap::new();
    for (Slot { days, from, to, note }, _) in found {
        merged.entry((from, to, note)).or_default().0 |= days.0;
    }
    let slot = |((from, to, note), days)| Slot { days, from, to, note };
    let mut slots: Vec<_> = merged.into_iter().map(slot).collect();
    slots.retain(|slot| slot.days != Days::default());
    slots.sort_by_key(|slot| (slot.days.iter().next(), slot.days, slot.from));
    Ok(Hours { slots })
}

impl Slot {
    fn times(&self, speech: &Speech<'_>) -> String {
        if (self.from, self.to) == (0, DAY) {
            return speech.all_day.into();
        }
        between(speech.to[0], &speech.clock(self.from), &speech.end_clock(self.to))
    }
}

impl Days {
    const ALL: Self = Self(0b111_1111);

    /// Whether a day is one of them: 0 for Monday to 6 for Sunday.
    pub fn has(self, day: usize) -> bool {
        self.iter().any(|own| own == day)
    }

    /// The days, 0 for Monday to 6 for Sunday, in order.
    pub fn iter(self) -> impl Iterator<Item = usize> {
        (0..7).filter(move |day| self.0 >> day & 1 == 1)
    }

    /// From one day to another, over the end of the week if need be.
    fn through(first: usize, last: usize) -> Self {
        let after = (last + 7 - first) % 7;
        Self((first..=first + after).fold(0, |days, day| days | 1 << (day % 7)))
    }

    /// `Monday to Wednesday and Friday`. Two in a row are named one by one.
    fn words(self, speech: &Speech<'_>) -> String {
        if self == Self::ALL {
            return speech.every_day.into();
        }
        let mut alone = self;
        let mut named = Vec::new();
        for first in self.iter().filter(|day| !self.has((day + 6) % 7)) {
            let last =
                (first..first + 7).take_while(|day| self.has(day % 7)).last().unwrap_or(first);
            if last >= first + 2 {
                alone.0 &= !Self::through(first, last % 7).0;
                let [from, to] = [first, last % 7].map(|day| speech.days[day]);
                named.push((first, between(speech.to[1], from, to)));
            }
        }
        named.extend(alone.iter().map(|day| (day, speech.days[day].into())));
        named.sort();
        let named: Vec<_> = named.into_iter().map(|(_, words)| words).collect();
        speech.listed(&named, false)
    }
}

impl Overlap {
    fn fault(&self, at: Range<usize>) -> HoursFault {
        let [one, other] = &self.times;
        let message = format!("overlaps on {}: {one}, and {other}", self.day);
        HoursFault { part: "", at, message, hint: faults::OVERLAP.into() }
    }
}

fn fault<T>(at: Range<usize>, (message, hint): Words) -> Result<T, HoursFault> {
    Err(HoursFault { part: "", at, message: message.into(), hint: hint.into() })
}

fn in_brackets(note: &str) -> String {
    if note.is_empty() { String::new() } else { format!(" ({note})") }
}

/// Words in a note that make it more than a note: the door is shut on some of the days.
const CHANGING: &[&str] = &[
    "alternate",
    "bank",
    "closed",
    "except",
    "excluding",
    "first",
    "fortnight",
    "fortnightly",
    "fourth",
    "from",
    "holiday",
    "holidays",
    "last",
    "month",
    "monthly",
    "not",
    "other",
    "school",
    "second",
    "term",
    "third",
    "until",
    "week",
    "weeks",
];

/// Whether a note says when it is open or shut, which only days and times may.
fn changes_hours(note: &str) -> bool {
    let mut words = note.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.any(|word| {
        let word = word.to_lowercase();
        CHANGING.contains(&word.as_str())
            || ENGLISH.days.iter().any(|day| day.to_lowercase() == word)
            || word.ends_with(['m']) && word.starts_with(|c: char| c.is_ascii_digit())
    })
}

/// Adds words to a note, on one line.
fn add_note(note: &mut String, more: &str) {
    let more = one_line(more);
    let pause = if note.is_empty() || more.is_empty() { "" } else { ", " };
    *note += &(pause.to_owned() + &more);
}

/// The minute at which a time ends that goes from one minute of the day to
/// another, if it can be open like that.
fn closing(from: u16, to: u16) -> Option<u16> {
    match to % DAY {
        0 => Some(DAY),
        to if to > from => Some(to),
        to if to < from && to <= NIGHT_ENDS => Some(to + DAY),
        _ => None,
    }
}

/// The minutes from one time to another. In hints, times stand after `labels`.
fn opening(
    from: Time,
    to: Time,
    labels: [&str; 2],
    at: Range<usize>,
) -> Result<(u16, u16), HoursFault> {
    use Said::{Bare, Full, Half, Long};
    let refuse =
        |message: &str, hint| Err(HoursFault { part: "", at, message: message.into(), hint });
    let write = |from: u16, to: u16| {
        let (from, to) = (ENGLISH.clock(from), ENGLISH.end_clock(to));
        format!("`{}{from}{}{to}`", labels[0], labels[1])
    };
    let (start, end) = (from.minutes % DAY, to.minutes);
    let less = if from.said < to.said { (from.said, to.said) } else { (to.said, from.said) };
    if !matches!(less, (Full | Half, _) | (Long, Long | Full) | (Bare, Full)) {
        // The hint is the shortest time they can mean that starts in the day.
        let halves = |Time { minutes, said }| match said {
            Half | Full => [minutes % DAY; 2],
            Long | Bare => [minutes % NOON.minutes, minutes % NOON.minutes + NOON.minutes],
        };
        let pairs = halves(from).map(|from| halves(to).map(|to| (from, to))).concat();
        let (start, end) = pairs
            .into_iter()
            .filter_map(|(from, to)| Some((from, closing(from, to)?)))
            .min_by_key(|(from, to)| (*from < 7 * 60, to - from))
            .unwrap_or((9 * 60, 17 * 60));
        return refuse("does not say am or pm", format!("write {}", write(start, end)));
    }
    if let Some(end) = closing(start, end) {
        return Ok((start, end));
    }
    if start == end {
        let hint = format!("write {} if it is open all day", write(0, DAY));
        return refuse("starts and ends at the same time", hint);
    }
    let (day, night, morning) = (write(end, start), write(start, DAY), write(0, end));
    let hint = format!("write {day}, or for a night {night} and, the next day, {morning}");
    refuse("ends before it starts", hint)
}

/// The one time that a text is.
fn one_time(text: &str) -> Result<Time, HoursFault> {
    match tokens(text)?[..] {
        [(Token::Time(time), _)] => Ok(time),
        _ => fault(0..text.len(), faults::TIME),
    }
}

/// Gathers text into days and times. They are in a list for each part between
/// `;`, and no list is empty.
fn groups(text: &str) -> Result<Vec<Vec<Placed<Group>>>, HoursFault> {
    let mut sets = Vec::new();
    let mut set: Vec<Placed<Group>> = Vec::new();
    let mut except = false;
    for (token, at) in joined(&tokens(text)?)? {
        let last = set.last_mut().map(|(group, place)| (group, place));
        let end = at.end;
        match (token, last) {
            (Token::Days(not), Some((Group::Days(days, _), place))) if except => {
                days.0 &= !not.0;
                place.end = end;
                if *days == Days::default() {
                    return fault(place.clone(), faults::NOTHING_LEFT);
                }
            }
            (Token::Days(more), Some((Group::Days(days, note), place))) if note.is_empty() => {
                days.0 |= more.0;
                place.end = end;
            }
            (Token::Days(days), _) => set.push((Group::Days(days, String::new()), at)),
            (Token::Times(from, to), last) => {
                let slot = Slot { days: Days::default(), from, to, note: String::new() };
                match last {
                    Some((Group::Times(times), place)) if !times.is_empty() => {
                        place.end = end;
                        times.push((slot, at));
                    }
                    _ => set.push((Group::Times(vec![(slot, at.clone())]), at)),
                }
            }
            (Token::Closed, _) => set.push((Group::Times(Vec::new()), at)),
            (Token::Note, _) if changes_hours(&text[at.clone()]) => {
                return fault(at, faults::CHANGES);
            }
            (Token::Note, Some((Group::Days(_, note), _))) => add_note(note, &text[at]),
            (Token::Note, Some((Group::Times(times), _))) if !times.is_empty() => {
                let (slot, _) = times.last_mut().expect("there is one");
                add_note(&mut slot.note, &text[at]);
            }
            (Token::Note, _) => return fault(at, faults::NOTE),
            (Token::Except, Some((Group::Days(..), _))) => {}
            (Token::Except, _) => return fault(at, faults::EXCEPT),
            (Token::End, _) => sets.push(std::mem::take(&mut set)),
            _ => {}
        }
        except = match token {
            Token::Except => true,
            Token::Days(_) | Token::And | Token::Pause => except,
            _ => false,
        };
    }
    sets.push(set);
    sets.retain(|set| !set.is_empty());
    Ok(sets)
}

/// Makes one token of two days or two times with a “to” between them.
fn joined(tokens: &[Placed<Token>]) -> Result<Vec<Placed<Token>>, HoursFault> {
    let mut joined = Vec::new();
    let mut rest = tokens;
    let mut between = false;
    while let [(token, at), after @ ..] = rest {
        let other = match after {
            [(Token::To | Token::Dash, _), (other, end), ..] => Some((*other, end.end)),
            [(Token::And, _), (other, end), ..] if between => Some((*other, end.end)),
            _ => None,
        };
        let (token, end) = match (*token, other) {
            (Token::Time(from), Some((Token::Time(to), end))) => {
                let (from, to) = opening(from, to, ["", " to "], at.start..end)?;
                (Token::Times(from, to), end)
            }
            (Token::Day(first), Some((Token::Day(last), end))) if first != last => {
                (Token::Days(Days::through(first, last)), end)
            }
            (Token::Day(day), _) => (Token::Days(Days(1 << day)), at.end),
            (Token::Time(_), _) => return fault(at.clone(), faults::ALONE),
            (Token::To | Token::Half(_), _) => return fault(at.clone(), faults::BETWEEN),
            (Token::Except, _) if !matches!(after, [(Token::Day(_) | Token::Days(_), _), ..]) => {
                return fault(at.clone(), faults::EXCEPT);
            }
            (Token::Always, _) => {
                joined.push((Token::Times(0, DAY), at.clone()));
                (Token::Days(Days::ALL), at.end)
            }
            (token, _) => (token, at.end),
        };
        joined.push((token, at.start..end));
        between = token == Token::Between;
        rest = if end > at.end { &rest[3..] } else { after };
    }
    Ok(joined)
}

/// What the words, numbers and signs of a text mean, without those that say
/// nothing.
fn tokens(text: &str) -> Result<Vec<Placed<Token>>, HoursFault> {
    if text.len() > LONGEST_HOURS {
        return fault(0..text.len(), faults::LONG);
    }
    let pieces = pieces(text)?;
    let mut tokens: Vec<Placed<Token>> = Vec::new();
    let mut rest = &pieces[..];
    while let [(piece, at), after @ ..] = rest {
        let (token, used) = match meaning(rest) {
            Some(found) => found,
            None if piece.starts_with(|c: char| c.is_ascii_digit()) => time(rest)?,
            None => {
                let is_strange = |number: &usize| {
                    let word = after[*number].0.starts_with(char::is_alphabetic);
                    word && meaning(&after[*number..]).is_none()
                };
                let last = (0..after.len()).take_while(is_strange).last();
                let end = last.map_or(at.end, |last| after[last].1.end);
                let start = match tokens.last() {
                    // The “1” of “1st”.
                    Some((Token::Time(_), last)) if last.end == at.start => last.start,
                    _ => at.start,
                };
                return fault(start..end, faults::STRANGE);
            }
        };
        // “Every day Monday to Friday”, “bob dydd Llun”: the day counts.
        if matches!((tokens.last(), token), (Some((Token::Days(Days::ALL), _)), Token::Day(_))) {
            tokens.pop();
        }
        if token != Token::Filler {
            tokens.push((token, at.start..rest[used - 1].1.end));
        }
        rest = &rest[used..];
    }
    Ok(tokens)
}

/// The meaning of the words that a list begins with, and how many they are.
fn meaning(pieces: &[Placed<String>]) -> Option<(Token, usize)> {
    let known = BY_FIRST_WORD.get(pieces.first()?.0.as_str())?;
    let fits = |words: &[&str]| {
        let mut pieces = pieces.iter().map(|(piece, _)| piece.as_str());
        words.iter().all(|word| pieces.next() == Some(*word))
    };
    let found = known.iter().find(|(_, words)| fits(words));
    found.map(|(token, words)| (*token, words.len()))
}

/// Words in order, and what they mean together.
type Phrase = (Token, Vec<&'static str>);

/// The words of [`MEANINGS`] by the first of them, those with the most words first.
static BY_FIRST_WORD: LazyLock<BTreeMap<&str, Vec<Phrase>>> = LazyLock::new(|| {
    let mut known: BTreeMap<&str, Vec<Phrase>> = BTreeMap::new();
    for (token, phrases) in MEANINGS {
        for phrase in *phrases {
            let words: Vec<&str> = phrase.split(' ').collect();
            known.entry(words[0]).or_default().push((*token, words));
        }
    }
    known.values_mut().for_each(|all| all.sort_by_key(|(_, words)| Reverse(words.len())));
    known
});

/// The time that a list begins with a number of, and how many pieces it takes.
fn time(pieces: &[Placed<String>]) -> Result<(Token, usize), HoursFault> {
    let (number, at) = &pieces[0];
    let (hour, minute) = match number.split_once([':', '.']) {
        Some(parts) => parts,
        None if number.len() == 4 => number.split_at(2),
        None => (number.as_str(), "00"),
    };
    let (half, used) = match meaning(&pieces[1..]) {
        Some((Token::Half(half), used)) => (Some(half), used + 1),
        _ => (None, 1),
    };
    let at = at.start..pieces[used - 1].1.end;
    let (Ok(hours), Ok(minutes @ 0..60), 1..=2, 2) =
        (hour.parse::<u16>(), minute.parse::<u16>(), hour.len(), minute.len())
    else {
        return fault(at, faults::TIME);
    };
    let (hours, said) = match (half, hours) {
        (Some(half), 1..=12) => (hours % 12 + half / 60, Said::Half),
        (Some(_), 0..=24) => return fault(at, faults::HALF),
        (None, 0 | 13..24) => (hours, Said::Full),
        (None, 24) if minutes == 0 => (hours, Said::Full),
        (None, 1..=12) if hour.starts_with('0') => (hours, Said::Full),
        (None, 10..=12) if number != hour => (hours, Said::Long),
        (None, 1..=12) => (hours, Said::Bare),
        _ => return fault(at, faults::TIME),
    };
    Ok((Token::Time(Time { minutes: hours * 60 + minutes, said }), used))
}

/// Cuts text into words and signs in lower case. A number keeps its minutes,
/// dots are left out, and a note is `(`, with the place of the words in it.
fn pieces(text: &str) -> Result<Vec<Placed<String>>, HoursFault> {
    let is_dash = |c: char| matches!(c, '-' | '‐'..='―' | '−');
    let mut pieces = Vec::new();
    let mut start = 0;
    while let Some(c) = text[start..].chars().next() {
        let rest = &text[start..];
        let until = |ends: &dyn Fn(char) -> bool| rest.find(ends).unwrap_or(rest.len());
        let (piece, length) = match c {
            '0'..='9' => {
                let number = &rest[..until(&|c| !c.is_ascii_digit() && !":.".contains(c))];
                let number = number.trim_end_matches([':', '.']);
                (number.to_owned(), number.len())
            }
            '(' => {
                let end = until(&|c| c == ')');
                if end == rest.len() || rest[1..end].contains('(') {
                    return fault(start..text.len(), faults::BRACKET);
                }
                pieces.push(("(".into(), start + 1..start + end));
                start += end + 1;
                continue;
            }
            _ if c.is_alphabetic() => {
                let word = &rest[..until(&|c| !c.is_alphabetic() && !".'’".contains(c))];
                let word = word.trim_end_matches('.');
                (word.to_lowercase().replace('.', "").replace('’', "'"), word.len())
            }
            _ if is_dash(c) => ("-".into(), until(&|c| !is_dash(c))),
            _ => (c.to_string(), c.len_utf8()),
        };
        if piece == "\n" || piece != "." && !c.is_whitespace() {
            pieces.push((piece, start..start + length));
        }
        start += length;
    }
    Ok(pieces)
}

#[cfg(test)]
mod tests {
    use proptest::{prelude::*, sample::select};

    use super::*;
    use crate::parse::words;

    fn welsh() -> &'static Language {
        static WELSH: LazyLock<Language> =
            LazyLock::new(|| words::built_in_languages().of("cy").clone());
        &WELSH
    }

    /// What people write, and the same as we write it.
    const READ: &str = "
        9am to 3pm Monday to Thursday; 9am to 12pm Friday > 9am to 3pm Monday to Thursday; 9am to 12pm Friday
        Monday to Friday, 9am to 5pm > 9am to 5pm Monday to Friday
        Mon-Fri 9am-5pm > 9am to 5pm Monday to Friday
        Mon – Fri: 09:00 – 17:00 > 9am to 5pm Monday to Friday
        MON. - FRI. - 0900hrs -- 1700hrs. > 9am to 5pm Monday to Friday
        Open between 9 a.m. and 5 p.m. on weekdays > 9am to 5pm Monday to Friday
        9.30am to 3.30pm Monday to Friday > 9.30am to 3.30pm Monday to Friday
        Tuesdays and Thursdays 10am-2pm > 10am to 2pm Tuesday and Thursday
        9-17 Mon/Wed/Fri > 9am to 5pm Monday, Wednesday and Friday
        9:00-17:00 Monday; 10:00-12:00 Tuesday > 9am to 5pm Monday; 10am to 12pm Tuesday
        noon to midnight weekends > 12pm to midnight Saturday and Sunday
        8am to 6pm, 7 days a week > 8am to 6pm every day
        daily midday - 9:00pm > 12pm to 9pm every day
        24 hours a day, 7 days a week > 24 hours every day
        Open all day, every day > 24 hours every day
        24/7 > 24 hours every day
        12am to 12am Sunday > 24 hours Sunday
        00:00-24:00 Sunday > 24 hours Sunday
        6pm to 2am Friday > 6pm to 2am Friday
        12am to 6am Friday to Monday > 12am to 6am Friday to Monday
        10am to 1pm Sun, Mon, Wed > 10am to 1pm Monday, Wednesday and Sunday
        9am to 5pm Monday to Thursday, 9am to 4.30pm Friday > 9am to 5pm Monday to Thursday; 9am to 4.30pm Friday
        Mon 9am-12pm & 1pm-5pm, Tue 10am-2pm > 9am to 12pm and 1pm to 5pm Monday; 10am to 2pm Tuesday
        9am to 5pm Monday; Tuesday 9am to 5pm > 9am to 5pm Monday and Tuesday
        9am to 5pm Monday to Friday except Wednesday > 9am to 5pm Monday, Tuesday, Thursday and Friday
        every day except Sundays and Mondays 9am-5pm > 9am to 5pm Tuesday to Saturday
        9am to 5pm daily, closed Wednesday > 9am to 5pm Thursday to Tuesday
        9am to 5pm Friday ( phone  only ) > 9am to 5pm Friday (phone only)
        Fri 9am-12pm (phone only), 1pm-5pm > 9am to 12pm (phone only) and 1pm to 5pm Friday
        9am–5pm bob dydd Llun > 9am to 5pm Monday
        Dydd Llun i ddydd Iau: 9yb tan 5 y prynhawn > 9am to 5pm Monday to Thursday
        O 9yb i hanner nos bob dydd ac eithrio dydd Sul > 9am to midnight Monday to Saturday";

    /// What is refused, the part of it that is at fault, the message, and some
    /// of the hint.
    const REFUSED: &str = "
        9 to 5 Monday to Friday > 9 to 5 > does not say am or pm > write `9am to 5pm`
        1-5pm Monday > 1-5pm > does not say am or pm > write `1pm to 5pm`
        10:30 to 11:30pm Monday > 10:30 to 11:30pm > does not say am or pm > `10.30pm to 11.30pm`
        5pm to 9am Monday > 5pm to 9am > ends before it starts > write `9am to 5pm`, or for a night `5pm to midnight`
        9am to 9am Monday > 9am to 9am > starts and ends at the same time > write `12am to midnight`
        17:00pm to 9pm Monday > 17:00pm > is not a time on any clock > `5pm`
        9:75 to 25:00 Monday > 9:75 > is not a time > `9.30am`
        9am Monday > 9am > is one time, not two > `9am to 5pm`
        9am to 5pm > 9am to 5pm > does not say on which days > `9am to 5pm Monday;
        weekdays > weekdays > does not say at what times > `Monday 9am to 5pm;
        9am to 5pm Monday, Tuesday 9am to 4pm > 9am to 4pm > does not say on which days > `;`
        By appointment > By appointment > is not a day or a time > `hours note`
        10am-2pm 1st Monday > 1st > is not a day or a time > `hours note`
        Monday to Monday 9am-5pm > to > is not between two times or two different days > `9am to 5pm
        9am-5pm Mon, ring first > ring first > is not a day or a time > `hours note`
        9am-5pm Mon (phone > (phone > has no closing bracket of its own > `)`
        Sunday closed (ring 999) > ring 999 > is a note on no time > `hours note`
        9am-5pm Mon except Mon > Mon except Mon > leaves no days > `except`
        9am-5pm Mon except > except > is not between two sets of days > `every day except Sunday`
        Mon to 5pm > to > is not between two times or two different days > `9am to 5pm
        closed daily > closed daily > does not say when it is open > `hours note`
        9am to 5pm weekdays; 10am to 4pm Friday > 10am to 4pm > overlaps on Friday: 9am to 5pm, and 10am to 4pm > let one end";

    fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
        table.trim().lines().map(|line| line.trim().split(" > ").collect())
    }

    #[test]
    fn people_write_hours_in_many_ways() {
        for row in rows(READ) {
            let words = Hours::parse(row[0]).map(|hours| hours.in_english());
            assert_eq!(words.as_deref(), Ok(row[1]), "{}", row[0]);
        }
    }

    #[test]
    fn what_is_not_clear_is_refused_with_a_way_out() {
        for row in rows(REFUSED) {
            let fault = Hours::parse(row[0]).expect_err(row[0]);
            assert_eq!([&row[0][fault.at], &fault.message], row[1..3], "{}", row[0]);
            assert!(fault.hint.contains(row[3]), "{}: {}", row[0], fault.hint);
        }
        assert!(Hours::parse(&"9am to 5pm Monday; ".repeat(30)).is_err());
    }

    #[test]
    fn slots_are_made_of_parts() {
        let slot = Hours::slot("Mon to Thu", "9am", "15:00", "phone only").expect("all is well");
        let expected = Slot { days: Days(0b1111), from: 540, to: 900, note: "phone only".into() };
        assert_eq!(slot, expected);
        for ([days, from, to, note], part, hint) in [
            (["9am to 5pm", "9am", "3pm", ""], "days", faults::NOT_DAYS.1),
            (["Mon", "9", "5pm", ""], "from", "write `from: 9am, to: 5pm`"),
            (["Mon", "9am", "5", ""], "to", "write `from: 9am, to: 5pm`"),
            (["Mon", "9am", "late", ""], "to", faults::TIME.1),
            (["Mond", "9am", "5pm", ""], "days", faults::NOT_DAYS.1),
            (["Mon", "9am", "5pm", "(phone"], "note", faults::BRACKETS.1),
        ] {
            let fault = Hours::slot(days, from, to, note).expect_err(hint);
            assert_eq!((fault.part, &*fault.hint), (part, hint));
        }
    }

    #[test]
    fn columns_hold_times() {
        let cells = [
            "09:00-17:00",
            "9am to 12pm, 1pm to 5pm (art)",
            "",
            "Closed",
            "24 hours",
            "-",
            "6pm-2am",
        ];
        let by_day = Hours::from_days(&cells).map(|hours| hours.by_day());
        let expected = ["9am to 5pm", cells[1], "", "", "24 hours", "", "6pm to 2am"];
        assert_eq!(by_day, Ok(expected.map(String::from)));
        for (column, cell, message) in [
            (2, "9-5", "does not say am or pm"),
            (0, "Tuesday 9am-5pm", "is in a place for times"),
            (1, "9am-5pm closed", "is in a place for times"),
            (0, "1am to 3am", "overlaps on Monday: 6pm to 2am, and 1am to 3am"),
        ] {
            let mut cells = ["", "", "", "", "", "", "6pm to 2am"];
            cells[column] = cell;
            let (at, fault) = Hours::from_days(&cells).expect_err(cell);
            assert_eq!((at, &*fault.message), (column, message), "{cell}");
        }
    }

    #[test]
    fn welsh_is_written_as_it_is_said() {
        let hours =
            Hours::parse("9.30am-12pm and 1pm-5pm Mon-Wed; 6pm to midnight Thu, Fri; 24 hours Sat");
        let words = "9.30yb tan 12yh ac 1yh tan 5yh dydd Llun i ddydd Mercher; \
                     6yh tan hanner nos dydd Iau a dydd Gwener; 24 awr dydd Sadwrn";
        assert_eq!(hours.map(|hours| hours.words(welsh())).as_deref(), Ok(words));
    }

    #[test]
    fn a_clock_may_have_24_hours() {
        let mut language = welsh().clone();
        language.words.insert("hours_clock".into(), "24".into());
        let hours = Hours::parse("9.30am-12pm Mon; 6pm to midnight Thu; 10pm-2am Fri");
        let words = "09:30 tan 12:00 dydd Llun; 18:00 tan hanner nos dydd Iau; \
                     22:00 tan 02:00 dydd Gwener";
        assert_eq!(hours.as_ref().map(|hours| hours.words(&language)).as_deref(), Ok(words));
        assert_eq!(Hours::parse(words), hours);
    }

    /// Slots of any kind that may overlap.
    fn any_slots() -> impl Strategy<Value = Vec<Slot>> {
        let note = select(vec!["", "", "phone only", "by phone; ring 999"]);
        let slot = (1..128u8, 0..DAY, 1..=DAY, note).prop_map(|(days, from, length, note)| {
            let to = from + length;
            let night = to < from + DAY && to <= DAY + NIGHT_ENDS;
            let to = if night { to } else { to.min(DAY) };
            Slot { days: Days(days), from, to, note: note.into() }
        });
        prop::collection::vec(slot, 1..12)
    }

    /// Those of some slots that do not overlap the ones before them.
    fn hours_of(slots: Vec<Slot>) -> Hours {
        slots.into_iter().fold(Hours::default(), |hours, slot| {
            let more = hours.slots.iter().cloned().chain([slot]).collect();
            Hours::from_slots(more).unwrap_or(hours)
        })
    }

    proptest! {
        #[test]
        fn words_are_read_back(hours in any_slots().prop_map(hours_of)) {
            for words in [hours.in_english(), hours.words(welsh())] {
                if words.len() <= LONGEST_HOURS {
                    prop_assert_eq!(Hours::parse(&words), Ok(hours.clone()), "{}", words);
                }
            }
            let by_day = hours.by_day();
            prop_assert_eq!(Hours::from_days(&by_day.each_ref().map(String::as_str)), Ok(hours));
        }

        #[test]
        fn no_minute_is_in_two_slots(slots in any_slots()) {
            let slots = &slots[..slots.len().min(2)];
            let mut minutes: Vec<_> = slots.iter().flat_map(|slot| {
                let start = |day| day * usize::from(DAY) + usize::from(slot.from);
                let length = usize::from(slot.to - slot.from);
                slot.days.iter().flat_map(move |day| (start(day)..start(day) + length).map(|m| m % 10_080))
            }).collect();
            let all = minutes.len();
            minutes.sort_unstable();
            minutes.dedup();
            prop_assert_eq!(Hours::from_slots(slots.to_vec()).is_ok(), minutes.len() == all);
        }

        #[test]
        fn any_text_is_read_or_refused(odd in "\\PC{0,60}", parts in prop::collection::vec(select(vec![
            "9am", "17:00", "9", "5.30", "to", "-", "and", ",", ";", "\n", "Monday", "fri", "weekends", "every day", "closed",
            "except", "between", "(", ")", "(é)", "24", "/", "7", "hours", "noon", "y bore", "’", "ring", "midnight", "12pm to 5pm",
        ]), 0..14)) {
            for text in [odd, parts.join(" "), parts.concat()] {
                match Hours::parse(&text) {
                    Ok(hours) => prop_assert_eq!(Hours::parse(&hours.words(welsh())), Ok(hours)),
                    Err(fault) => prop_assert!(text.get(fault.at).is_some()),
                }
                let _ = (Hours::slot(&text, &text, &text, &text), Hours::from_days(&[&text; 7]));
            }
        }
    }

    #[test]
    fn a_note_does_not_shut_the_door() {
        for note in ["closed Wednesday", "term time only", "alternate weeks", "not 1pm to 2pm"] {
            let text = format!("9am to 5pm Monday to Friday ({note})");
            assert!(Hours::parse(&text).is_err(), "{text}");
        }
        assert!(Hours::parse("9am to 5pm Monday to Friday (phone only)").is_ok());
    }
}
