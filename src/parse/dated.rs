//! Values that hold from a later day.
//!
//! ```yaml
//! receipt limit:
//!   value: £10
//!   from: 1 April 2026
//!   later:
//!     - from: 1 April 2027
//!       value: £12
//! ```
//!
//! Whoever reads a record is given what holds on the day, and need not know that it changes.
//! Each change is noted as a [`Turn`], so that a build can say what will be different by
//! itself, and when.

use super::{
    Placed,
    front_matter::{Entry, Fields, trim},
    turn::{Change, Turn},
    values::Values,
};
use crate::text::{Date, Interval, Span, date::HOW_TO_WRITE};

/// The name under which values stand that hold from a later day.
const LATER: &str = "later";

/// The first day of such values.
const FROM: &str = "from";

/// The last day of the values before them.
const UNTIL: &str = "until";

const A_DAY: Interval = Interval::Days(1);

impl Fields<'_> {
    /// Puts what holds on the day that is asked for in the place of what was written first,
    /// and notes on which days that changes.
    pub(super) fn on_the_day(&mut self) {
        let Some(later) = self.entries.iter_mut().find(|entry| entry.name.value == LATER) else {
            return;
        };
        later.taken = true;
        let (name, span) = (later.name.span, later.value);
        self.known.push(LATER);
        let span = trim(self.source, span);
        if span.start == span.end {
            return;
        }
        let mut last = self.day_of(FROM);
        let mut until = self.day_of(UNTIL);
        let mut seams = Vec::new();
        for item in self.items(span) {
            let values = Values { today: None, words: None, ..self.values };
            let mut part = Fields::with(self.source, item, values);
            if part.has(LATER) {
                let hint = "write one list, in the order of the days";
                self.problem(name, "`later` stands inside `later`", hint);
            }
            let Some(from) = part.date(FROM) else {
                if !part.has(FROM) {
                    let hint = "add a line: `from: 1 April 2027`";
                    self.problem(item, "nothing says from which day this holds", hint);
                }
                self.absorb(part);
                continue;
            };
            if let Some(before) = last.as_ref().filter(|before| before.value >= from.value) {
                let day = before.value.in_english();
                let message = format!("this is not after {day}, from when the values above hold");
                self.problem(from.span, &message, "put them in the order of their days");
                continue;
            }
            seams.extend(until.clone().map(|until| (until, from.clone())));
            until = part.day_of(UNTIL).or(until.filter(|until| until.value >= from.value));
            let is_new = |entry: &&Entry| ![FROM, LATER].contains(&entry.name.value.as_str());
            let new: Vec<Entry> = part.entries.iter().filter(is_new).cloned().collect();
            if new.is_empty() && !part.has(LATER) {
                let message = "nothing is different from this day on";
                self.problem(from.span, message, "write the new value: `value: £12`");
            }
            let typed = |entry: &Entry| {
                let value =
                    self.source.at(trim(self.source, entry.value)).trim_matches(['"', '\'']);
                (entry.name.value.clone(), value.to_owned())
            };
            let what = Change::Values(new.iter().map(typed).collect());
            let (day, span) = (from.value, from.span);
            self.turns.push(Turn { day, span, of: String::new(), what });
            last = Some(from.clone());
            if self.values.today.is_some_and(|today| today >= day) {
                if self.day_of(UNTIL).is_some_and(|until| until.value < day) {
                    self.entries.retain(|entry| entry.name.value != UNTIL);
                }
                self.since = Some(from);
                for entry in new {
                    match self.entries.iter_mut().find(|own| own.name.value == entry.name.value) {
                        Some(own) => self.replaced.push(std::mem::replace(own, entry)),
                        None => self.entries.push(entry),
                    }
                }
            }
        }
        self.seams = seams;
    }

    /// Says where values end later than the next begin, or before: for records whose `until`
    /// is the last day of a value, and not of the whole.
    pub fn say_seams(&mut self) {
        for (until, from) in std::mem::take(&mut self.seams) {
            self.seam(&until, &from);
        }
    }

    /// A day of a record, read aside.
    fn day_of(&self, name: &str) -> Option<Placed<Date>> {
        let span = self.place(name)?;
        let text = self.source.at(span).trim_matches(['"', '\'']);
        self.values.day(text).map(|value| Placed { value, span })
    }

    fn seam(&mut self, until: &Placed<Date>, from: &Placed<Date>) {
        let (last, first) = (until.value, from.value);
        let eve = first.minus(A_DAY);
        if last == eve {
            return;
        }
        let days = |from: Date, to: Date| match from == to {
            true => format!("on {}", from.in_english()),
            false => format!("from {} to {}", from.in_english(), to.in_english()),
        };
        let message = match last > eve {
            true => format!("{} two values hold", days(first, last)),
            false => format!("{} no value holds", days(last.plus(A_DAY), eve)),
        };
        let hint = format!("write `until: {}` above, or take it out", eve.in_english());
        self.problem(from.span, &message, &hint);
    }
}

/// The days between which words of a page are shown, as a label in square brackets says them:
/// `FROM 1 April 2027`, `UNTIL 31 March 2027`, or both.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Period {
    /// The first day.
    from: Option<Date>,
    /// The last day.
    until: Option<Date>,
}

impl Period {
    /// Reads a label; none when it is no such label, and what is wrong with one that is.
    pub(super) fn read(label: &str) -> Option<Result<Self, (String, String)>> {
        let words = label.trim();
        let upper = words.to_uppercase();
        if !["FROM ", "UNTIL "].iter().any(|start| upper.starts_with(start)) {
            return None;
        }
        let (from, until) = match upper.find("UNTIL ") {
            Some(at) => (words[..at].trim(), Some(words[at + "UNTIL ".len()..].trim())),
            None => (words, None),
        };
        let from = (!from.is_empty()).then(|| from["FROM ".len().min(from.len())..].trim());
        let mut period = Self::default();
        for (text, day) in [(from, &mut period.from), (until, &mut period.until)] {
            let Some(text) = text else { continue };
            *day = Date::parse(text);
            if day.is_none() {
                let message = format!("“{text}” is not a date");
                return Some(Err((message, HOW_TO_WRITE.to_owned())));
            }
        }
        match (period.from, period.until) {
            (Some(from), Some(until)) if until < from => {
                let message = "this ends before it begins".to_owned();
                Some(Err((message, format!("write `FROM {until} UNTIL {from}`"))))
            }
            _ => Some(Ok(period)),
        }
    }

    /// Whether it holds on a day.
    pub(super) fn holds(self, today: Date) -> bool {
        self.from.is_none_or(|from| from <= today) && self.until.is_none_or(|until| until >= today)
    }

    /// The days on which words come and go, with the first of the words.
    pub(super) fn turns(self, span: Span, words: &str) -> Vec<Turn> {
        let turn = |day, what| Turn { day, span, of: String::new(), what };
        let comes = self.from.map(|day| turn(day, Change::Comes(words.to_owned())));
        let goes = self.until.map(|day| turn(day.plus(A_DAY), Change::Goes(words.to_owned())));
        comes.into_iter().chain(goes).collect()
    }
}
