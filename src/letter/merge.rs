//! Mail merge: a template and a table of people to letters.
//!
//! The whole table is read and checked first; with one fault in it there are no
//! letters at all. Nothing here touches the disk: the caller writes what it is
//! given, a part at a time, so that ten thousand letters never stand in memory.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{
    Field, Format, Mark, REFERENCE, Size, Template, Writer,
    answer::{self, AnswerFault},
    country, fill,
    people::{Cell, People, Row},
    put_in,
};
use crate::{
    diagnostic::Diagnostic,
    html::escape,
    model::kind::FieldType,
    rule,
    text::{Date, Span, brackets::plain_name, nearest, slug, wording::counted},
};

/// A letter to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The row it comes from, as a spreadsheet numbers it.
    pub row: usize,
    /// Its reference, or empty.
    pub reference: String,
    /// The answers, one for each field.
    pub answers: Vec<Option<String>>,
}

/// The most faults that are told. Whoever has more has the wrong table.
pub const MOST_FAULTS: usize = 100;

/// Reads the answers of every person. `today` is the date of letters that have
/// no date of their own. Everything that is wrong is in `problems`.
pub fn letters(
    template: &Template,
    people: &People,
    today: Date,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Letter> {
    let columns = columns(template, people, problems);
    if people.rows.is_empty() && problems.is_empty() {
        let message = "there are names of columns, and nobody below them";
        let message =
            if people.columns.is_empty() { "there is nothing in this file" } else { message };
        let hint = "`plainsite letter NAME --example` prints a table to start from";
        problems.push(fault(Span::default(), message.into()).hint(hint));
    }
    let read: Vec<(Letter, Vec<Diagnostic>)> =
        people.rows.par_iter().map(|row| letter(template, row, &columns, today)).collect();
    let mut letters = Vec::with_capacity(read.len());
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    let reference =
        template.field(REFERENCE).and_then(|field| columns.get(field).copied().flatten());
    for ((letter, found), row) in read.into_iter().zip(&people.rows) {
        problems.extend(found);
        if !letter.reference.is_empty() {
            let before = known.insert(letter.reference.to_lowercase(), letter.row);
            if let (Some(before), Some(column)) = (before, reference) {
                let message = format!(
                    "row {}: the reference “{}” is in row {before} as well",
                    letter.row, letter.reference
                );
                let hint = "give each letter a reference of its own, or take one of the rows out";
                problems.push(fault(row.cells[column].span, message).hint(hint));
            }
        }
        letters.push(letter);
    }
    if problems.len() > MOST_FAULTS {
        let more = problems.len() - MOST_FAULTS;
        problems.truncate(MOST_FAULTS);
        let message = format!("{more} more faults are not shown");
        problems.push(
            fault(people.rows.last().map_or(Span::default(), |row| row.span), message)
                .hint("mend the first ones; the same slip is often in a whole column"),
        );
    }
    letters
}

fn fault(span: Span, message: String) -> Diagnostic {
    Diagnostic::error(&rule::LETTER_DATA, span, message)
}

/// The column of each field.
fn columns(
    template: &Template,
    people: &People,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Option<usize>> {
    let mut columns = vec![None; template.fields.len()];
    let label = |name: &str| {
        let name = plain_name(name);
        template.fields.iter().position(|field| plain_name(&field.label) == name)
    };
    for (at, column) in people.columns.iter().enumerate() {
        let name = column.text.trim();
        if name.is_empty() {
            let message = format!("column {} has no name", at + 1);
            problems.push(fault(column.span, message).hint("name it, or take the column out"));
            continue;
        }
        let Some(field) = template.field(name).or_else(|| label(name)) else {
            let message = format!("there is no field “{name}” in this letter");
            let free = template.fields.iter().map(|field| field.name.as_str());
            let hint = match nearest(
                name,
                free.filter(|name| {
                    people.columns.iter().all(|column| !column.text.eq_ignore_ascii_case(name))
                }),
            ) {
                Some(meant) => format!("did you mean “{meant}”?"),
                None => "take the column out, or look at `plainsite letter NAME --example`".into(),
            };
            problems.push(fault(column.span, message).hint(hint));
            continue;
        };
        if let Some(before) = columns[field].replace(at) {
            let message =
                format!("“{name}” is the name of column {} and of column {}", before + 1, at + 1);
            problems.push(fault(column.span, message).hint("take one of them out"));
        }
    }
    if people.columns.is_empty() {
        return columns;
    }
    let missing = template.fields.iter().zip(&columns);
    for (field, _) in
        missing.filter(|(field, column)| column.is_none() && field.required && !field.today)
    {
        let message = format!("there is no column “{}”", field.name);
        let span = people.columns.last().map_or(Span::default(), |column| column.span);
        let hint = format!("add it to the first row, with {}", expected(field));
        problems.push(fault(span, message).hint(hint));
    }
    columns
}

/// What belongs in a field, with an example.
fn expected(field: &Field) -> String {
    let what = match field.kind {
        FieldType::Date => "a date such as 31 January 2027 or 31/1/2027",
        FieldType::Money => "an amount such as £420 or 420.50",
        FieldType::Phone => "a phone number with all its digits",
        FieldType::Email => "an email address",
        FieldType::Postcode => "a postcode such as LE1 1AA",
        FieldType::Number => "a number such as 16",
        FieldType::YesNo => "yes or no",
        FieldType::Choice => return format!("one of: {}", field.choices.join(", ")),
        FieldType::Text | FieldType::LongText | FieldType::Address => "words",
    };
    what.to_owned()
}

fn letter(
    template: &Template,
    row: &Row,
    columns: &[Option<usize>],
    today: Date,
) -> (Letter, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let cell = |field: usize| columns[field].map(|column| &row.cells[column]);
    let about =
        |field: usize| format!("row {}, column “{}”", row.number, template.fields[field].name);
    let place = |field: usize| cell(field).map_or(row.span, |cell: &Cell| cell.span);
    let mut answers: Vec<Option<String>> = Vec::with_capacity(template.fields.len());
    for (at, field) in template.fields.iter().enumerate() {
        let typed = cell(at).map_or("", |cell| cell.text.as_str());
        if field.today && typed.trim().is_empty() {
            answers.push(Some(template.day(today)));
            continue;
        }
        let read = answer::read(template, field, typed);
        // Of a column that is not there the first row has told. People in JSON with no
        // facts at all have no first row.
        if columns[at].is_some() || columns.iter().all(Option::is_none) {
            let problem = match &read {
                Ok(_) => None,
                Err(AnswerFault::Missing) => Some(format!("{}: nothing is there", about(at))),
                Err(_) => Some(format!(
                    "{}: “{}” is not {}",
                    about(at),
                    crate::text::shorten(typed.trim()),
                    super::answer::kind(field.kind)
                )),
            };
            problems.extend(problem.map(|problem| {
                fault(place(at), problem).hint(format!("write {}", expected(field)))
            }));
        }
        answers.push(read.ok().or(Some(String::new())));
    }
    for (at, rule) in answer::rules(template, &answers, today) {
        let said = answers[at].as_deref().unwrap_or_default();
        let (message, hint) = match rule {
            AnswerFault::NotAfter(other) => {
                let named = &template.fields[other].name;
                let before = answers[other].as_deref().unwrap_or_default();
                (
                    format!(
                        "{}: {said} does not come after “{named}”, which is {before}",
                        about(at)
                    ),
                    "write a later date, or mend the other one".to_owned(),
                )
            }
            AnswerFault::TooSoon(first) => (
                format!("{}: {said} leaves too little time", about(at)),
                format!("write {} or a later date", template.day(first)),
            ),
            AnswerFault::Missing | AnswerFault::Not(_) => continue,
        };
        problems.push(fault(place(at), message).hint(hint));
    }
    let reference = template.field(REFERENCE).and_then(|field| answers[field].clone());
    let letter = Letter { row: row.number, reference: reference.unwrap_or_default(), answers };
    (letter, problems)
}

/// What a letter's files are called, without their ending: its row and its
/// reference. Never the name of a person: file names show in lists and in emails.
pub fn file_name(letter: &Letter, last_row: usize) -> String {
    let width = last_row.to_string().len().max(4);
    let reference: String = slug(&letter.reference).chars().take(60).collect();
    let between = if reference.is_empty() { "" } else { "-" };
    format!("row-{:0width$}{between}{reference}", letter.row)
}

/// A table to start from: the names of the fields, and one letter, which merges as
/// it is.
pub fn example(template: &Template) -> String {
    let line = |cells: &mut dyn Iterator<Item = String>| {
        let cells: Vec<String> = cells.map(|cell| quoted(&cell)).collect();
        cells.join(",") + "\n"
    };
    let names = line(&mut template.fields.iter().map(|field| field.name.clone()));
    let answers = template.examples();
    let answers = line(&mut answers.into_iter().map(Option::unwrap_or_default));
    names + &answers
}

/// A cell that spreadsheets read as words.
fn quoted(cell: &str) -> String {
    if cell.contains([',', ';', '\t', '"', '\n', '\r']) || cell.trim() != cell {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

/// Letters on one page of the summary. A page of a hundred is as much as anybody
/// looks through, and no browser chokes on it.
pub const ON_A_PAGE: usize = 100;

/// Writes letters and their summary.
#[derive(Debug)]
pub struct Merge<'a> {
    template: &'a Template,
    writers: Vec<(Format, Writer<'a>)>,
    /// Whether the summary hides what people wrote.
    redact: bool,
    count: usize,
    last_row: usize,
}

impl<'a> Merge<'a> {
    /// Letters in these formats and this size.
    pub fn new(
        template: &'a Template,
        formats: &[Format],
        size: Size,
        letters: &[Letter],
        redact: bool,
    ) -> Self {
        let writers = formats.iter().map(|&format| (format, Writer::new(template, format, size)));
        let last_row = letters.last().map_or(0, |letter| letter.row);
        Self { template, writers: writers.collect(), redact, count: letters.len(), last_row }
    }

    /// The files of one letter, by name.
    pub fn files(&self, letter: &Letter) -> Vec<(String, Vec<u8>)> {
        let name = file_name(letter, self.last_row);
        let lines = fill(self.template, &letter.answers);
        let files = self.writers.iter();
        files
            .map(|(format, writer)| {
                (format!("{name}.{}", format.extension()), writer.write(&lines))
            })
            .collect()
    }

    /// A page of the summary, from 0, with the letters on it.
    pub fn summary(&self, page: usize, letters: &[Letter]) -> (String, String) {
        let pages = self.count.div_ceil(ON_A_PAGE);
        let mut list = String::new();
        for letter in letters {
            let name = file_name(letter, self.last_row);
            let mut title = format!("Row {}", letter.row);
            if !letter.reference.is_empty() {
                title.push_str(", ");
                escape(&mut title, &letter.reference);
            }
            list.push_str(&format!("<section><h2 id=\"{name}\">{title}</h2>\n<p>"));
            let links = self.writers.iter().map(|(format, _)| {
                format!("<a href=\"{name}.{0}\">{name}.{0}</a>", format.extension())
            });
            list.push_str(&links.collect::<Vec<_>>().join(" "));
            list.push_str("</p>\n<div class=\"letter\">\n");
            let mut lines = fill(self.template, &letter.answers);
            if self.redact {
                let pieces = lines.iter_mut().flat_map(|line| &mut line.pieces);
                for piece in pieces.filter(|piece| matches!(piece.mark, Mark::Answer(_))) {
                    piece.text = "▒▒▒▒".into();
                }
            }
            list.push_str(&super::html::SUMMARY.write(self.template, &lines));
            list.push_str("</div></section>\n");
        }
        let mut more = String::new();
        // All pages on the first, and the neighbours on each: what it takes grows with
        // the number of letters, not faster.
        let is_near = |other: usize| page == 0 || other.abs_diff(page) < 2 || other == 0;
        for other in (0..pages).filter(|&other| is_near(other)) {
            let name = page_name(other);
            let (from, to) = (other * ON_A_PAGE + 1, ((other + 1) * ON_A_PAGE).min(self.count));
            let current = if other == page { " aria-current=\"page\"" } else { "" };
            more.push_str(&format!(
                "<li><a href=\"{name}\"{current}>Letters {from} to {to}</a></li>\n"
            ));
        }
        let more = if pages > 1 {
            format!("<nav aria-label=\"All letters\"><ul>\n{more}</ul></nav>")
        } else {
            more
        };
        let mut title = String::new();
        escape(&mut title, &self.template.title);
        let count = counted(self.count, "letter", "letters");
        let note = if self.redact {
            "What people wrote is hidden here. It is in the letters."
        } else {
            "This page shows personal facts. Delete it when you have looked."
        };
        let more = if pages > 1 { more } else { String::new() };
        let values = [
            ("language", country(&self.template.language)),
            ("title", title),
            ("count", count),
            ("note", note.to_owned()),
            ("pages", more),
            ("letters", list),
        ];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        (page_name(page), put_in(include_str!("html/summary.html"), &values))
    }
}

fn page_name(page: usize) -> String {
    if page == 0 { "index.html".into() } else { format!("index-{}.html", page + 1) }
}
