//! A row of the table as the text of a record.
//!
//! A cell that cannot be read becomes a note in the file, with a line that says why, and
//! the record becomes a draft: nothing is lost, and nothing that might be false is
//! published. What the table has no column for stays as it is in a file that is replaced.

use std::{borrow::Cow, collections::BTreeSet};

use super::{
    Origin, Table,
    cells::{self, CellFault, fault, is_nothing, like},
    columns::{ADDRESS, LABELLED, Meaning, shown},
    yaml::{LONGEST, YamlPlace, for_extra, lines, quoted, yaml},
};
use crate::{
    diagnostic::Diagnostic,
    model::{
        self, Page, Stage, Status,
        kind::Profile,
        table::{BETWEEN, COLUMNS, NUMBERED, is_same, split, unsafe_again},
    },
    parse::{Fields, hours::Hours, parse_all, sheet::Row},
    rule::{self, Severity},
    text::{
        Date, Interval, Source, Span,
        date::{WEEKDAYS, is_source_date},
        shorten, slug,
    },
};

/// A row that was read.
#[derive(Debug, Default)]
pub(super) struct Made {
    /// The last part of its address.
    pub(super) id: String,
    /// The path of its file, below the root.
    pub(super) path: String,
    /// The file.
    pub(super) text: String,
    /// What becomes of it.
    pub(super) fate: Fate,
    /// Whether it is not to be published yet.
    pub(super) is_draft: bool,
    /// How many of its cells could not be read.
    pub(super) unread: usize,
    /// What to say about it.
    pub(super) problems: Vec<Diagnostic>,
    /// What it needs, and the table has no column for.
    pub(super) missing: Vec<&'static str>,
    /// The column and the place of an address to which `https://` was added.
    pub(super) whole_address: Option<(usize, Span)>,
    /// Whether it says [`AGAIN`] because the site asks for it and nobody said anything.
    pub(super) says_again: bool,
    /// Who runs it.
    pub(super) organisation: Option<String>,
}

/// What becomes of a record.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is written.
    #[default]
    Write,
    /// The file says so already.
    Same,
    /// A file is there, and stays: why, and what to do.
    Left(String, String),
}

/// What a record needs, with an example. Those marked true are not asked of people.
const NEEDED: &[(&str, &str, bool)] = &[
    ("on offer", "Free advice about benefits and debt.", false),
    ("who for", "Anyone who lives in the county.", true),
    ("cost", "free", true),
    ("how to access", "Contact them yourself.", true),
    ("areas", "[Whole county]", false),
    ("category", "[money-advice]", false),
    ("checked", "21 November 2026", false),
];

/// When a service is checked again where nobody says it: what most starters say.
pub(super) const AGAIN: &str = "every 12 months";

/// The names of a record that say how to reach it.
const WAYS_TO_REACH: &[&str] = &["phones", "emails", "web", "places", "text", "organisation"];

/// The longest record, in bytes.
const LONGEST_RECORD: usize = 1024 * 1024;

/// A record while it is written.
struct Record<'a> {
    table: &'a Table<'a>,
    row: &'a Row,
    /// The names that were written, and their lines.
    lines: Vec<(&'static str, String)>,
    /// Lines of the file that has it now, which stay.
    kept: Vec<(String, String)>,
    /// What could not be read, as lines of notes.
    notes: Vec<String>,
    /// The names about which there is a note.
    refused: BTreeSet<&'static str>,
    made: Made,
}

/// Reads a row. `number` is its place in the table, from 0.
///
/// # Errors
///
/// The row has no name or is too long, and there is no record.
pub(super) fn record(table: &Table<'_>, number: usize) -> Result<Made, Diagnostic> {
    let row = &table.sheet.rows[number];
    let text = |what| {
        let text = table.columns.at(what, 1).map(|at| clean(&row.cells[at].text));
        text.filter(|text| table.columns.is_own || !is_nothing(text)).unwrap_or_default()
    };
    let (name, id) = (text("name"), text("id"));
    let id = slug(if id.is_empty() { &name } else { &id });
    if let Some(found) = nameless(table, row, &name, &id) {
        return Err(found);
    }
    let mut record = Record {
        table,
        row,
        lines: Vec::new(),
        kept: Vec::new(),
        notes: Vec::new(),
        refused: BTreeSet::new(),
        made: Made { path: table.into.file_of(&id), id, ..Made::default() },
    };
    let path = record.made.path.clone();
    let before = table.into.sources.get(&path);
    record.keep(before);
    record.fill(number);
    record.rest(number);
    record.missing();
    record.settle(&path, before);
    Ok(record.made)
}

/// Why a row makes no record at all.
fn nameless(table: &Table<'_>, row: &Row, name: &str, id: &str) -> Option<Diagnostic> {
    let (message, hint) = if name.is_empty() {
        ("there is no name, so no record was made", "write the name of the service")
    } else if has_odd(name) {
        ("the name has a letter that cannot be read, so no record was made", "type it again")
    } else if name.len() > LONGEST_TITLE {
        ("the name is too long, so no record was made", "write a few words")
    } else if id.is_empty() {
        (
            "no file can be called that, so no record was made",
            "add a column `id` with small letters and digits",
        )
    } else if id.len() > LONGEST_NAME {
        (
            "this is too long for the name of a file, so no record was made",
            "add a column `id` with a few words",
        )
    } else if TAKEN.contains(&id) {
        (
            "the directory has a page of its own of that name, so no record was made",
            "add a column `id` with another one",
        )
    } else if row.span.end - row.span.start > LONGEST_RECORD {
        ("this is longer than 1 MB, so no record was made", "put long texts on pages")
    } else {
        return None;
    };
    // A feed of which no service has a name has no cells of that name.
    let (about, span) = match table.columns.at("name", 1) {
        Some(at) => (table.cell_name(row, at), row.cells[at].span),
        None => ("“name”".to_owned(), row.span),
    };
    Some(Diagnostic::error(&rule::IMPORT, span, format!("{about}: {message}")).hint(hint))
}

/// The longest name of a service, in bytes.
const LONGEST_TITLE: usize = 1_000;

/// The longest name of a file, in bytes. Most disks take 255.
const LONGEST_NAME: usize = 200;

/// The names of pages that a directory has anyway.
const TAKEN: &[&str] = &["index", "print", "a-z", "category", "area", "readme"];

/// A cell without spaces at its ends and without the mark of the export, and with one
/// sort of line end.
fn clean(cell: &str) -> Cow<'_, str> {
    let text = unsafe_again(cell.trim()).trim();
    match text.contains('\r') {
        true => Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")),
        false => Cow::Borrowed(text),
    }
}

/// Whether a letter was lost when the table was read.
fn has_odd(text: &str) -> bool {
    text.contains('\u{fffd}')
}

fn odd(text: &str) -> CellFault {
    fault(text, "has a letter that cannot be read", "type it again")
}

/// The name in a record to which a column belongs.
pub(super) fn key(what: &'static str) -> &'static str {
    match what {
        "phone number" | "phone label" | "phone hours" | "phone note" | "mobile" | "freephone"
        | "helpline" => "phones",
        "email address" | "email label" => "emails",
        "place address" | "place access" | "place position" => "places",
        _ if ADDRESS.contains(&what) => "places",
        "age from" | "age to" => "ages",
        "alert until" => "alert",
        "organisation name" => "organisation",
        _ if WEEKDAYS.contains(&what) => "hours",
        _ => what,
    }
}

impl Record<'_> {
    fn text(&self, at: usize) -> Cow<'_, str> {
        clean(&self.row.cells[at].text)
    }

    /// The words of a column; nothing when it is not there or says that there is nothing.
    fn cell(&self, what: &'static str, number: usize) -> Option<String> {
        let text = self.text(self.table.columns.at(what, number)?);
        let is_empty = text.is_empty() || !self.table.columns.is_own && is_nothing(&text);
        (!is_empty).then(|| text.into_owned())
    }

    /// Adds a name and its value.
    fn put(&mut self, name: &'static str, value: String) {
        self.lines.push((name, format!("{name}: {value}")));
    }

    /// Reads a cell; what cannot be read becomes a note.
    fn read<T>(
        &mut self,
        what: &'static str,
        number: usize,
        read: impl FnOnce(&str) -> Result<T, CellFault>,
    ) -> Option<T> {
        let text = self.cell(what, number).filter(|text| !is_nothing(text))?;
        let read = if has_odd(&text) { Err(odd(&text)) } else { read(&text) };
        read.map_err(|fault| self.refuse((what, number), &fault)).ok()
    }

    /// Reads the one cell of a name as the value of that name.
    fn one(&mut self, name: &'static str, read: impl FnOnce(&str) -> Result<String, CellFault>) {
        if let Some(value) = self.read(name, 1, read) {
            self.put(name, value);
        }
    }

    /// Keeps a cell as a note that says what is wrong with it.
    fn refuse(&mut self, meaning: Meaning, fault: &CellFault) {
        let Some(at) = self.table.columns.at(meaning.0, meaning.1) else { return };
        self.refuse_at(at, &shown(meaning), fault);
        self.refused.insert(key(meaning.0));
    }

    fn refuse_at(&mut self, at: usize, name: &str, fault: &CellFault) {
        let text = self.text(at).into_owned();
        self.note(name, &text);
        self.notes.push(format!("# {}; {}", fault.message, fault.hint).replace('\n', " "));
        self.made.unread += 1;
        if self.table.is_told_apart(at) {
            return;
        }
        let message = format!("{}: {}", self.table.cell_name(self.row, at), fault.message);
        let found = Diagnostic::error(&rule::IMPORT, self.row.cells[at].span, message);
        self.made.problems.push(found.hint(fault.hint.as_str()));
    }

    /// A value as a note, each of its lines with a mark.
    fn note(&mut self, name: &str, text: &str) {
        self.notes.push(format!("# {name}: {}", text.replace('\n', "\n#   ")));
    }

    /// Words as they are.
    fn words(&mut self, what: &'static str) {
        let read = self.read_words(what, 1);
        if let Some(text) = read {
            self.put(key(what), lines(&text));
        }
    }

    fn read_words(&mut self, what: &'static str, number: usize) -> Option<String> {
        let text = self.cell(what, number)?;
        let fault = if has_odd(&text) {
            odd(&text)
        } else if quoted(&text, YamlPlace::Brackets).len() > LONGEST {
            fault(&text, "is too long", "put most of it on a page")
        } else {
            return Some(text);
        };
        self.refuse((what, number), &fault);
        None
    }

    /// Items that are not looked at.
    fn list(&mut self, what: &'static str) {
        let mut items = Vec::new();
        for number in self.numbers(&[what]) {
            items.extend(self.read_words(what, number).iter().flat_map(|text| split(text)));
        }
        self.put_list(what, &items);
    }

    /// Items that are known.
    fn known(&mut self, what: &'static str, read: impl Fn(&str) -> Result<Vec<String>, CellFault>) {
        let mut items = Vec::new();
        for number in self.numbers(&[what]) {
            items.extend(self.read(what, number, &read).unwrap_or_default());
        }
        self.put_list(what, &items);
    }

    fn put_list(&mut self, name: &'static str, items: &[String]) {
        if !items.is_empty() {
            let items: Vec<String> =
                items.iter().map(|item| yaml(item, YamlPlace::Brackets)).collect();
            self.put(name, format!("[{}]", items.join(", ")));
        }
    }

    /// Everything that a record has, in the order in which people write it.
    fn fill(&mut self, number: usize) {
        self.words("name");
        self.list("also called");
        self.organisation(number);
        for what in ["on offer", "cannot do", "who for"] {
            self.words(what);
        }
        self.ages();
        self.words("cost");
        self.words("how to access");
        self.phones();
        self.one("text", |text| match cells::phones(text)?.as_slice() {
            [(number, note)] if note.is_empty() => Ok(yaml(number, YamlPlace::Line)),
            _ => Err(fault(text, "is not one phone number", "write one number, and no words")),
        });
        self.one("relay", |text| Ok(yes_or_no(cells::yes_no(text)?).to_owned()));
        self.words("bsl");
        self.emails();
        self.web();
        self.places();
        self.hours();
        self.words("hours note");
        let months = self.table.into.site.languages.months();
        self.known("closed", |text| cells::closed(text, months));
        self.alert();
        self.known("ways", cells::ways);
        self.languages();
        let table = self.table;
        self.known("areas", |text| table.areas.read(text));
        self.known("category", |text| table.categories.read(text));
        self.list("words");
        self.standing();
        self.words("staff note");
        self.extra();
    }

    fn organisation(&mut self, number: usize) {
        let what = if self.cell("organisation", 1).is_some() {
            "organisation"
        } else {
            "organisation name"
        };
        match &self.table.organisations[number] {
            Some(Ok(id)) => {
                self.put("organisation", yaml(id, YamlPlace::Line));
                self.made.organisation = Some(id.clone());
            }
            Some(Err(fault)) => self.refuse((what, 1), fault),
            None => {}
        }
    }

    fn ages(&mut self) {
        let (mut from, mut to) = self.read("ages", 1, cells::ages).unwrap_or_default();
        from = self.read("age from", 1, cells::number).or(from);
        to = self.read("age to", 1, cells::number).or(to);
        if let (Some(youngest), Some(oldest)) = (from, to)
            && youngest > oldest
        {
            let message = "is younger than the age from which it is";
            let fault = fault(&oldest.to_string(), message, "look at both ages");
            self.refuse(("age to", 1), &fault);
            to = None;
        }
        let parts = [("from", from), ("to", to)];
        let parts = parts.iter().filter_map(|(name, age)| Some(format!("{name}: {}", (*age)?)));
        let parts: Vec<String> = parts.collect();
        if !parts.is_empty() {
            self.put("ages", format!("{{{}}}", parts.join(", ")));
        }
    }

    /// The numbers of all columns of some names, in order.
    fn numbers(&self, names: &[&'static str]) -> BTreeSet<usize> {
        let all = names.iter().flat_map(|what| self.table.columns.all(what));
        all.map(|((_, number), _)| number).collect()
    }

    fn phones(&mut self) {
        let mut items = Vec::new();
        const PARTS: [&str; 3] = ["phone label", "phone hours", "phone note"];
        for at in self.numbers(&["phone number", PARTS[0], PARTS[1], PARTS[2]]) {
            let found = self.read("phone number", at, cells::phones);
            if found.is_none() {
                self.without(&PARTS, ("phone number", at), "is about no phone number");
                continue;
            }
            let [label, hours, note] = PARTS.map(|what| self.read_words(what, at));
            for (number, own) in found.unwrap_or_default() {
                let own = Some(own).filter(|own| !own.is_empty());
                let note = match (&note, own) {
                    (Some(note), Some(own)) => Some(format!("{note}. {own}")),
                    (note, own) => own.or_else(|| note.clone()),
                };
                items.push(map(&[
                    ("label", &label),
                    ("number", &Some(number)),
                    ("hours", &hours),
                    ("note", &note),
                ]));
            }
        }
        for (what, label) in LABELLED {
            for (number, note) in self.read(what, 1, cells::phones).unwrap_or_default() {
                let note = Some(note).filter(|note| !note.is_empty());
                items.push(map(&[
                    ("label", &Some((*label).into())),
                    ("number", &Some(number)),
                    ("note", &note),
                ]));
            }
        }
        self.put_maps("phones", &items);
    }

    /// Notes for cells that say something about one that is empty or was refused.
    fn without(&mut self, parts: &[&'static str], (what, number): Meaning, message: &str) {
        let is_refused = self.cell(what, number).is_some();
        for part in parts {
            let Some(text) = self.cell(part, number) else { continue };
            if is_refused {
                self.note(&shown((part, number)), &text);
            } else {
                let hint = format!("write it under `{}`, or take this out", shown((what, number)));
                self.refuse((part, number), &fault(&text, message, hint));
            }
        }
    }

    fn emails(&mut self) {
        let mut items = Vec::new();
        for at in self.numbers(&["email address", "email label"]) {
            let Some(found) = self.read("email address", at, cells::emails) else {
                self.without(&["email label"], ("email address", at), "is about no email address");
                continue;
            };
            let label = self.read_words("email label", at);
            let item = |address| map(&[("label", &label), ("address", &Some(address))]);
            items.extend(found.into_iter().map(item));
        }
        self.put_maps("emails", &items);
    }

    fn web(&mut self) {
        let Some((address, was_added)) = self.read("web", 1, cells::web) else { return };
        self.put("web", yaml(&address, YamlPlace::Line));
        if let Some(at) = self.table.columns.at("web", 1).filter(|_| was_added) {
            self.made.whole_address = Some((at, self.row.cells[at].span));
        }
    }

    fn places(&mut self) {
        let mut numbers = self.numbers(&["place address", "place access", "place position"]);
        let pieces = self.pieces();
        if !pieces.is_empty() {
            numbers.insert(1);
        }
        let mut items = Vec::new();
        for at in numbers {
            let own = self.read_words("place address", at);
            let mut parts: Vec<String> = own.into_iter().collect();
            for (_, piece) in pieces.iter().filter(|_| at == 1) {
                if !holds(&parts, piece) {
                    parts.push(piece.clone());
                }
            }
            let first = pieces.first().map_or(("place address", at), |(meaning, _)| *meaning);
            let meaning = if self.table.columns.at("place address", at).is_some() {
                ("place address", at)
            } else {
                first
            };
            let address = parts.join(", ");
            if !address.is_empty()
                && let Err(fault) = cells::address(&address)
            {
                self.refuse(meaning, &fault);
                parts.clear();
            }
            if parts.is_empty() {
                const ABOUT: [&str; 2] = ["place access", "place position"];
                if address.is_empty() {
                    self.without(&ABOUT, ("place address", at), "is about no address");
                    continue;
                }
                for what in ABOUT {
                    if let Some(text) = self.cell(what, at) {
                        self.note(&shown((what, at)), &text);
                    }
                }
                continue;
            }
            let access = self.access(at);
            let position = self.read("place position", at, cells::position);
            items.push(map(&[
                ("address", &Some(address)),
                ("access", &access),
                ("position", &position),
            ]));
        }
        self.put_maps("places", &items);
    }

    /// The parts of an address that have columns of their own, in order.
    fn pieces(&mut self) -> Vec<(Meaning, String)> {
        let mut pieces = Vec::new();
        for what in ADDRESS {
            for at in self.numbers(&[what]) {
                if *what == "postcode" {
                    let found = self.read(what, at, cells::whole_postcode);
                    pieces.extend(found.map(|code| ((*what, at), code)));
                    continue;
                }
                let Some(text) = self.read_words(what, at).filter(|text| !is_nothing(text)) else {
                    continue;
                };
                let parts =
                    text.split('\n').map(|line| line.trim().trim_end_matches(',').trim_end());
                let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
                pieces.push(((*what, at), parts.join(", ")));
            }
        }
        pieces
    }

    /// How to get in. “Yes” alone says nothing without the name of its column.
    fn access(&mut self, number: usize) -> Option<String> {
        let text = self.read_words("place access", number)?;
        let at = self.table.columns.at("place access", number)?;
        match cells::yes_no(&text) {
            Ok(yes) if !self.table.columns.is_own => {
                Some(format!("{}: {}", self.table.name(at), yes_or_no(yes)))
            }
            _ => Some(text),
        }
    }

    fn put_maps(&mut self, name: &'static str, items: &[String]) {
        if !items.is_empty() {
            let lines: Vec<String> = items.iter().map(|item| format!("\n  - {item}")).collect();
            self.put(name, lines.concat());
            let (_, last) = self.lines.last_mut().expect("one was just pushed");
            *last = last.replacen(": \n", ":\n", 1);
        }
    }

    fn hours(&mut self) {
        let days = WEEKDAYS.map(|day| self.cell(day, 1).unwrap_or_default());
        let days = days.each_ref().map(String::as_str);
        let is_empty = days.iter().all(|cell| cell.is_empty());
        let by_day = if is_empty { None } else { Some(Hours::from_days(&days)) };
        let said = self.cell("hours", 1).filter(|text| !is_nothing(text));
        // Our own words can be too long to be read, and the days say the same.
        let is_long = self.table.columns.is_own
            && said.as_ref().is_some_and(|text| text.len() > LONGEST_HOURS);
        let words = self.read("hours", 1, |text| match Hours::parse(text) {
            Err(_) if is_long && matches!(by_day, Some(Ok(_))) => Ok(Hours::default()),
            Ok(hours) => match &by_day {
                Some(Ok(other)) if !other.slots.is_empty() && *other != hours => {
                    let message = format!(
                        "is not what the columns of the days say, which is {}",
                        other.in_english()
                    );
                    Err(fault(text, &message, "make them say the same, or empty one of the two"))
                }
                _ => Ok(hours),
            },
            Err(found) => {
                let words = text.get(found.at).filter(|words| !words.is_empty());
                Err(fault(words.unwrap_or(text), &found.message, found.hint))
            }
        });
        let found = match (words, by_day) {
            (None, None) => return,
            (None, Some(_)) if said.is_some() => return self.note_days(&days),
            (_, Some(Err((day, found)))) => {
                let cell =
                    days[day].get(found.at).filter(|words| !words.is_empty()).unwrap_or(days[day]);
                let fault = fault(cell, &found.message, found.hint);
                self.refuse((WEEKDAYS[day], 1), &fault);
                let others = std::array::from_fn(|at| if at == day { "" } else { days[at] });
                return self.note_days(&others);
            }
            (Some(hours), _) if !hours.slots.is_empty() => hours,
            (_, Some(Ok(hours))) if !hours.slots.is_empty() => hours,
            _ => {
                let hint =
                    "write when it is open, or empty the cells and say it under `hours note`";
                let day = days.iter().position(|cell| !cell.is_empty()).unwrap_or(0);
                let message = "is on all days, so it is never open";
                self.refuse((WEEKDAYS[day], 1), &fault(days[day], message, hint));
                return;
            }
        };
        self.put_hours(&found);
    }

    fn note_days(&mut self, days: &[&str; 7]) {
        for (day, text) in WEEKDAYS.iter().zip(days).filter(|(_, text)| !text.is_empty()) {
            self.note(day, text);
        }
    }

    fn put_hours(&mut self, hours: &Hours) {
        let words = hours.in_english();
        if Hours::parse(&words).as_ref() == Ok(hours) {
            return self.put("hours", yaml(&words, YamlPlace::Line));
        }
        let clock = |minutes: u16| format!("{:02}:{:02}", minutes / 60 % 24, minutes % 60);
        let items = hours.slots.iter().map(|slot| {
            let days: Vec<&str> = slot.days.iter().map(|day| WEEKDAYS[day]).collect();
            let note = Some(slot.note.clone()).filter(|note| !note.is_empty());
            let to = if slot.to % 1440 == 0 { "midnight".to_owned() } else { clock(slot.to) };
            let parts = [
                ("days", Some(days.join(", "))),
                ("from", Some(clock(slot.from))),
                ("to", Some(to)),
                ("note", note),
            ];
            map(&parts.each_ref().map(|(name, value)| (*name, value)))
        });
        self.put_maps("hours", &items.collect::<Vec<_>>());
    }

    fn alert(&mut self) {
        let months = self.table.into.site.languages.months();
        let until = self.read("alert until", 1, |text| cells::date(text, months));
        let text = self.read_words("alert", 1);
        match (text, until) {
            (Some(text), Some(day)) => {
                let value = map(&[("text", &Some(text)), ("until", &Some(day.in_english()))]);
                self.put("alert", value);
            }
            (Some(text), None) => self.put("alert", lines(&text)),
            (None, Some(day)) => {
                let message = "is about no alert";
                let fault =
                    fault(&day.in_english(), message, "write it under `alert`, or take this out");
                self.refuse(("alert until", 1), &fault);
            }
            (None, None) => {}
        }
    }

    fn languages(&mut self) {
        let mut all = Vec::new();
        for number in self.numbers(&["languages"]) {
            let Some((items, odd)) = self.read("languages", number, cells::languages) else {
                continue;
            };
            all.extend(items);
            if let (Some(odd), Some(at)) = (odd, self.table.columns.at("languages", number)) {
                let message = format!(
                    "{}“{}” is not a language that is known, and was kept",
                    self.table.row_name(self.row),
                    shorten(&odd)
                );
                let found = Diagnostic::warning(&rule::IMPORT, self.row.cells[at].span, message);
                self.made.problems.push(found.hint("write its English name, such as Polish"));
            }
        }
        self.put_list("languages", &all);
    }

    /// Where the record stands: whether it counts, who checked it and when.
    fn standing(&mut self) {
        let stages: Vec<&str> = Stage::ALL.iter().map(|stage| stage.name()).collect();
        self.one("stage", |text| Ok(cells::one_of(text, "stage", &stages)?.to_owned()));
        self.one("status", |text| Ok(cells::status(text)?.to_owned()));
        self.words("status note");
        let profiles: Vec<&str> = Profile::ALL.iter().map(|profile| profile.name()).collect();
        self.one("profile", |text| Ok(cells::one_of(text, "profile", &profiles)?.to_owned()));
        let table = self.table;
        let months = table.into.site.languages.months();
        self.one("consent until", |text| Ok(cells::date(text, months)?.in_english()));
        let today = table.into.today;
        self.one("checked", |text| match cells::date(text, months)? {
            day if day > today => Err(fault(
                text,
                "is still to come",
                "write the day on which someone last checked it",
            )),
            day => Ok(day.in_english()),
        });
        self.words("checked by");
        self.words("source");
        self.one("source date", |text| match is_source_date(text, |day| Date::read(day, months)) {
            true => Ok(yaml(text, YamlPlace::Line)),
            false => Err(fault(
                text,
                "is not a day, a month or a year",
                "write when the facts were so: August 2024",
            )),
        });
        self.one("check again", |text| match Interval::parse(text) {
            Some(_) => Ok(yaml(text, YamlPlace::Line)),
            None => Ok(yaml(&cells::date(text, months)?.in_english(), YamlPlace::Line)),
        });
        // What is taken over from a source is not checked again by itself.
        let is_asked = table.into.config.rules.review_dates && !self.has("source date");
        if is_asked && !self.has("check again") && !self.refused.contains("check again") {
            self.put("check again", AGAIN.to_owned());
            self.made.says_again = true;
        }
        for what in ["owner", "contact"] {
            self.one(what, |text| Ok(yaml(&table.contact(text)?, YamlPlace::Line)));
        }
    }

    /// What nothing knows, so that it comes out of the next export.
    fn extra(&mut self) {
        let mut items: Vec<(String, String)> = Vec::new();
        for (at, name) in &self.table.columns.extra {
            let text = self.text(*at).into_owned();
            if has_odd(&text) {
                self.refuse_at(*at, name, &odd(&text));
            } else if !text.is_empty() {
                items.push((name.clone(), for_extra(&text)));
            }
        }
        let before =
            self.kept.iter().position(|(name, _)| name == "extra").map(|at| self.kept.remove(at));
        if items.is_empty() {
            self.kept.extend(before);
            return;
        }
        items.extend(before.map(|(_, lines)| other_extra(&lines, &items)).unwrap_or_default());
        let lines = items.iter().map(|(name, value)| format!("\n  {}: {value}", for_extra(name)));
        let lines: String = lines.collect();
        self.lines.push(("extra", format!("extra:{lines}")));
    }

    /// Keeps the lines of the file that is there for which the table has no column.
    fn keep(&mut self, before: Option<&Source>) {
        let Some(before) = before else { return };
        let is_many = parse_all(before.clone(), true, Date::today())
            .iter()
            .any(|document| document.one_of_many);
        let mut fields = Fields::read(before, Span::new(0, before.text.len()));
        let is_flow = before.text.trim_start().starts_with('{');
        let mut kept = Vec::new();
        let mut is_plain = !is_many && !is_flow;
        for (name, value) in fields.every() {
            is_plain &= before.line_at(name.span.start).1 == name.span.start;
            let all = before.at(Span::new(name.span.start, value.end)).trim_end();
            kept.push((name.value, all.to_owned()));
        }
        is_plain &= fields.finish().is_empty();
        if !is_plain {
            let message = format!("{} is there, and its lines cannot be told apart", before.path);
            let hint = "mend it, or put its record into a file of its own".to_owned();
            self.made.fate = Fate::Left(message, hint);
        } else if !self.table.into.replace {
            let message = format!("{} is there already, and says something else", before.path);
            let hint = "add --replace to write over it, or change it by hand".to_owned();
            self.made.fate = Fate::Left(message, hint);
        }
        let table = self.table;
        let has_column = |name: &str| table.columns.known.keys().any(|(what, _)| key(what) == name);
        // A file that is not called after its address says what that is.
        let is_named = self.made.path == table.into.path(&self.made.id);
        kept.retain(|(name, _)| match name.as_str() {
            "id" => !is_named,
            name => !has_column(name) && name != "title",
        });
        self.kept = kept;
        self.keep_comments(before);
    }

    /// Keeps what people wrote about the record, and notes of an earlier table about
    /// columns that this one does not have: with those it stays a draft.
    fn keep_comments(&mut self, before: &Source) {
        let has_column =
            |name: &str| self.table.columns.known.keys().any(|meaning| shown(*meaning) == name);
        let is_name = |name: &str| {
            let numbered = |(known, _): &(&str, _)| name.starts_with(&format!("{known} "));
            COLUMNS.contains(&name) || NUMBERED.iter().any(numbered) || has_column(name)
        };
        let (mut is_ours, mut status) = (false, None);
        let (mut is_note, mut is_kept) = (false, true);
        for line in before.text.lines().map(str::trim_end) {
            if !line.starts_with('#') {
                is_note = false;
                continue;
            }
            if line.starts_with("# From ") && line.contains("Mend what is said here") {
                (is_ours, is_note, is_kept) = (true, true, true);
                continue;
            }
            let name = line[1..].trim().split_once(": ").map(|(name, _)| name);
            if let Some(name) = name.filter(|name| is_note && is_name(name)) {
                is_kept = !has_column(name);
            }
            match (is_note, is_kept) {
                (true, true) => {
                    self.notes.push(line.to_owned());
                    self.made.is_draft = true;
                }
                (true, false) => {}
                // What a status was before the record became a draft.
                (false, _) if name == Some("status") => status = Some(line[1..].trim()),
                (false, _) => self.kept.push(("#".to_owned(), line.to_owned())),
            }
        }
        // With the last note goes the draft that it made.
        if is_ours && !self.made.is_draft {
            self.kept.retain(|(name, line)| !(name == "status" && line.trim() == "status: draft"));
            let status = status.filter(|_| !has_column("status"));
            self.kept.extend(status.map(|line| ("status".to_owned(), line.to_owned())));
        }
    }

    fn has(&self, name: &str) -> bool {
        self.lines.iter().any(|(own, _)| *own == name)
            || self.kept.iter().any(|(own, _)| own == name)
    }

    /// What was wrong with the row as a whole, and cells beyond the last column.
    fn rest(&mut self, number: usize) {
        let named = self.table.sheet.columns.len();
        for (at, cell) in self.row.cells.iter().enumerate().skip(named) {
            let text = clean(&cell.text).into_owned();
            self.note(&format!("cell {}", at + 1), &text);
        }
        for message in self.table.faults.get(&number).into_iter().flatten() {
            self.notes.push(format!("# {message}. Look at this row in the table."));
            self.made.unread += 1;
        }
    }

    /// Notes what the record needs and nobody said.
    fn missing(&mut self) {
        let is_person = self.has("profile");
        let consent = is_person.then_some(("consent until", "30 June 2027", false));
        let has_ended = self
            .lines
            .iter()
            .any(|(_, line)| line == "status: ended" || line == "status: withdrawn");
        let note = has_ended.then_some((
            "status note",
            "This closed in May. Rowan House can help instead.",
            false,
        ));
        let needed = NEEDED.iter().copied().chain(consent).chain(note);
        // What nobody has checked says what it is taken from, and when that was so.
        let is_taken_over = self.has("source") && self.has("source date");
        for (name, example, not_of_people) in needed {
            let is_settled = not_of_people && is_person || name == "checked" && is_taken_over;
            if is_settled || self.has(name) || self.refused.contains(name) {
                continue;
            }
            self.notes.push(format!(
                "# {name}:\n# “{name}” is missing. Write a line such as `{name}: {example}`."
            ));
            self.lacks(name);
        }
        let is_reached =
            WAYS_TO_REACH.iter().any(|name| self.has(name) || self.refused.contains(name));
        if !is_reached {
            self.notes.push("# phones:\n# Nothing says how to reach it. Write `phones`, `emails`, `web` or `places`.".into());
            self.lacks("phones");
        }
    }

    /// Says that a record needs something, unless the whole table lacks it.
    fn lacks(&mut self, name: &'static str) {
        self.made.is_draft = true;
        let column = self.table.columns.known.iter().find(|((what, _), _)| key(what) == name);
        let Some((_, at)) = column else {
            self.made.missing.push(name);
            return;
        };
        let message = match name {
            "phones" => format!(
                "{}nothing says how to reach the service; it is a draft",
                self.table.row_name(self.row)
            ),
            _ => format!(
                "{}: nothing is there, and a record needs it; it is a draft",
                self.table.cell_name(self.row, *at)
            ),
        };
        let hint = match self.table.origin {
            Origin::Sheet(_) => "write it in the table, or in the record",
            Origin::Feed { .. } => "write it in the record, or ask who publishes the feed",
        };
        let found = Diagnostic::warning(&rule::IMPORT, self.row.cells[*at].span, message);
        self.made.problems.push(found.hint(hint));
    }

    /// Puts the file together, reads it back, and sees what becomes of it.
    fn settle(&mut self, path: &str, before: Option<&Source>) {
        self.made.is_draft |= self.made.unread > 0;
        let mut text = self.file();
        let read = |text: &str| {
            let into = self.table.into;
            model::record(Source::new(path, text), into.config, &into.site.languages)
        };
        let (mut page, found) = read(&text);
        let wrong = found.into_iter().find(|found| found.severity == Severity::Error);
        if let Some(wrong) = wrong.filter(|_| !self.made.is_draft) {
            let message =
                format!("# {}. {}.", wrong.message, wrong.hint.as_deref().unwrap_or_default());
            self.notes.push(message);
            let at = self.table.columns.at("name", 1).unwrap_or(0);
            let message = format!("{}{}", self.table.row_name(self.row), wrong.message);
            let found = Diagnostic::error(&rule::IMPORT, self.row.cells[at].span, message);
            self.made.problems.push(found.hint(wrong.hint.unwrap_or_default()));
            self.made.unread += 1;
            self.made.is_draft = true;
            text = self.file();
            page = read(&text).0;
        }
        self.made.is_draft |= page.front.status == Status::Draft;
        if let Some(before) = before {
            let says_the_same = |old: &Page| {
                let staff =
                    |page: &Page| page.kind.service().map(|own| own.staff_note.value.clone());
                is_same(old, &page) && staff(old) == staff(&page)
            };
            let there = self.table.into.page_of(&self.made.id, path);
            let is_there =
                || there.is_some_and(says_the_same) || says_the_same(&read(&before.text).0);
            if *before.text == *text || self.notes.is_empty() && is_there() {
                self.made.fate = Fate::Same;
            }
        } else if let Some(other) = self.table.into.taken(&self.made.id) {
            let message = format!("{other} has its address already");
            self.made.fate = Fate::Left(message, "give it another `id`, or change it there".into());
        }
        self.made.text = text;
    }

    /// The lines of the file.
    fn file(&self) -> String {
        let mut out = String::new();
        let is_draft = self.made.is_draft;
        if !self.notes.is_empty() {
            out += &format!(
                "# From {}. Mend what is said here, then take “status: draft” out.\n",
                self.table.place_of(self.row)
            );
            self.notes.iter().for_each(|note| out += &format!("{note}\n"));
        }
        let own = self.lines.iter().map(|(name, line)| (*name, line.as_str()));
        let kept = self.kept.iter().map(|(name, line)| (name.as_str(), line.as_str()));
        let mut has_status = false;
        for (name, line) in own.chain(kept) {
            if name == "status" && is_draft {
                if line != "status: draft" {
                    out += &format!("# {}\n", line.replace('\n', "\n#   "));
                }
                out += "status: draft\n";
                has_status = true;
                continue;
            }
            out += &format!("{line}\n");
        }
        if is_draft && !has_status {
            out += "status: draft\n";
        }
        out
    }
}

/// Names and values between brackets, without those that are not there.
pub(super) fn map(parts: &[(&str, &Option<String>)]) -> String {
    let parts = parts.iter().filter_map(|(name, value)| {
        Some(format!("{name}: {}", yaml(value.as_deref()?, YamlPlace::Brackets)))
    });
    format!("{{{}}}", parts.collect::<Vec<_>>().join(", "))
}

fn yes_or_no(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

/// The longest words in which hours are read, in bytes.
const LONGEST_HOURS: usize = 500;

/// Whether an address says a part already.
fn holds(parts: &[String], piece: &str) -> bool {
    let bare = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let piece = bare(piece);
    let own = parts.iter().flat_map(|part| part.split([',', '\n']));
    own.into_iter().any(|part| bare(part) == piece)
        || piece.len() > 4 && parts.last().is_some_and(|last| bare(last).ends_with(&piece))
}

/// What a file has under `extra:` beside some names.
fn other_extra(lines: &str, own: &[(String, String)]) -> Vec<(String, String)> {
    let source = Source::new("extra.yaml", format!("{lines}\n"));
    let extra = Fields::read(&source, Span::new(0, source.text.len())).data("extra");
    let Some(serde_json::Value::Object(extra)) = extra else { return Vec::new() };
    let others = extra.into_iter().filter(|(name, _)| own.iter().all(|(known, _)| known != name));
    let written = |value: serde_json::Value| match value {
        serde_json::Value::String(text) => for_extra(&text),
        value => value.to_string(),
    };
    others.map(|(name, value)| (name, written(value))).collect()
}

/// Names that are known, with what records call them.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// What they are, after “is not”: `a place in areas.yaml`.
    pub(super) what: &'static str,
    /// By their letters and digits.
    pub(super) names: std::collections::BTreeMap<String, String>,
    /// Whether all that there are, are here. Otherwise any is taken.
    pub(super) is_closed: bool,
    /// What to do about one that is not here.
    pub(super) hint: &'static str,
}

impl Known {
    /// What records call one, if it is known, or if any is taken.
    pub(super) fn find(&self, item: &str) -> Option<String> {
        match self.is_closed {
            true => self.names.get(&slug(item)).cloned(),
            false => Some(item.to_owned()),
        }
    }

    fn read(&self, text: &str) -> Result<Vec<String>, CellFault> {
        if !self.is_closed {
            return Ok(split(text));
        }
        cells::items(text, |item| self.find(item)).map_err(|item| {
            let hint = match like(&item, self.names.values().map(String::as_str)) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => match like(&slug(&item), self.names.keys().map(String::as_str)) {
                    Some(meant) => format!("did you mean `{}`?", self.names[meant]),
                    None => format!("{}, with `{}` between two", self.hint, BETWEEN.trim()),
                },
            };
            fault(&item, &format!("is not {}", self.what), hint)
        })
    }
}
