//! Records inside a page: contacts, entries, things to buy, tables of numbers,
//! checklists, easy-read rows, films and questions.
//!
//! Each is a fence with a name; what stands in it is read like front matter
//! and complained about at the same kind of place. `csv` reads tables of numbers.

use std::collections::BTreeSet;

use super::{
    front::{names, one_of},
    kind::Flow,
};
use crate::{
    diagnostic::Diagnostic,
    parse::{
        Chart, Fence, Fields, Inline, Placed, Record, Table, plain,
        values::{Filled, Values},
    },
    rule,
    text::{Source, Span, amount::Amount, slug},
};

/// What a fence holds.
#[derive(Debug)]
pub enum RecordData {
    /// A contact, by id.
    Contact(Option<Placed<String>>),
    /// Directory entries.
    Entries(Entries),
    /// Things people ask whether they may buy.
    Buy(Vec<Buy>),
    /// A table.
    Table(Table),
    /// Things to tick.
    Checklist(Checklist),
    /// Easy-read rows.
    Symbols(Vec<Symbol>),
    /// A film.
    Video {
        /// What it is called.
        title: String,
        /// Where to watch it.
        link: Option<Placed<String>>,
        /// Where to read what is said in it.
        transcript: Option<Placed<String>>,
    },
    /// Questions that lead to an answer.
    Flow(Flow),
}

/// Things to tick, and what it means to tick many of them.
#[derive(Debug)]
pub struct Checklist {
    /// The things.
    pub items: Vec<Placed<String>>,
    /// What so many mean.
    pub tally: Option<Tally>,
}

/// A rule for a checklist: seven questions, and what three or more of them mean.
#[derive(Debug)]
pub struct Tally {
    /// How many are many.
    pub at_least: usize,
    /// What to do then.
    pub then: Placed<String>,
    /// What to do when there are fewer.
    pub otherwise: Placed<String>,
}

/// Which directory entries to show.
#[derive(Debug)]
pub enum Entries {
    /// These.
    Ids(Vec<Placed<String>>),
    /// All of a category.
    Category(Placed<String>),
}

names! {
    /// Whether something may be bought.
    Answer {
        /// It may.
        Yes = "yes",
        /// It may not.
        No = "no",
        /// It depends.
        AskFirst = "ask first",
    }
}

/// A thing that people ask whether they may buy.
#[derive(Debug)]
pub struct Buy {
    /// What it is: `Gym membership`.
    pub item: Placed<String>,
    /// What links to it name.
    pub id: String,
    /// Whether it may be bought.
    pub answer: Answer,
    /// Why.
    pub why: Placed<String>,
    /// An example.
    pub example: Placed<String>,
    /// Other words that people use.
    pub words: Vec<String>,
}

/// An easy-read row.
#[derive(Debug)]
pub struct Symbol {
    /// The picture.
    pub picture: Placed<String>,
    /// What it shows; empty when it only decorates.
    pub alt: String,
    /// The words beside it.
    pub words: Placed<String>,
}

impl RecordData {
    /// What links can name in it.
    pub fn anchors(&self) -> impl Iterator<Item = &str> {
        self.bought().iter().map(|item| item.id.as_str())
    }

    /// The questions in it.
    pub fn flow(&self) -> Option<&Flow> {
        if let Self::Flow(flow) = self { Some(flow) } else { None }
    }

    /// The things in it that people ask to buy.
    pub fn bought(&self) -> &[Buy] {
        if let Self::Buy(items) = self { items } else { &[] }
    }
}

/// What is found while the records of a text are read.
#[derive(Debug, Default)]
pub struct Found<'v> {
    /// What double brackets stand for.
    pub values: Values<'v>,
    /// What is wrong.
    pub problems: Vec<Diagnostic>,
    /// The words with double brackets.
    pub filled: Vec<Filled>,
}

impl<'v> Found<'v> {
    fn fields<'a>(&self, source: &'a Source, span: Span) -> Fields<'a>
    where
        'v: 'a,
    {
        Fields::with(source, span, self.values)
    }

    fn take(&mut self, mut fields: Fields<'_>) {
        self.filled.append(&mut fields.take_filled());
        self.problems.extend(fields.finish());
    }
}

/// Reads what stands in a fence.
pub(super) fn read(record: &Record, source: &Source, found: &mut Found<'_>) -> RecordData {
    match record.fence {
        Fence::Contact => contact(record, source, found),
        Fence::Entries => entries(record, source, found),
        Fence::Buy => buy(record, source, found),
        Fence::Table => RecordData::Table(table(record, source, found)),
        Fence::Checklist => RecordData::Checklist(checklist(record, source, found)),
        Fence::Symbols => symbols(record, source, found),
        Fence::Video => {
            let mut fields = found.fields(source, record.body);
            let video = RecordData::Video {
                title: fields
                    .needed("title", "How to keep records")
                    .map_or_else(String::new, |title| title.value),
                link: fields.needed("link", "https://www.example.org/film"),
                transcript: fields.needed("transcript", "/manage/records-film/"),
            };
            found.take(fields);
            video
        }
        Fence::Flow => {
            let mut fields = found.fields(source, record.body);
            let flow = Flow::read(&mut fields);
            found.take(fields);
            RecordData::Flow(flow)
        }
    }
}

/// Reads one of the things that a fence has a list of, of fields that tell what they were asked
/// for; nothing where it has no such list.
pub(super) fn learn(fence: Fence, fields: &mut Fields<'_>) {
    match fence {
        Fence::Buy => _ = thing(fields),
        Fence::Symbols => _ = symbol(fields),
        Fence::Contact
        | Fence::Entries
        | Fence::Table
        | Fence::Checklist
        | Fence::Video
        | Fence::Flow => {}
    }
}

fn empty(is_empty: bool, record: &Record, example: &str, found: &mut Found<'_>) {
    if is_empty {
        let name = record.fence.name();
        let message = format!("there is nothing in this {name}");
        let nothing = Diagnostic::error(&rule::RECORD, record.span, message);
        found.problems.push(nothing.hint(format!("write at least one line: `{example}`")));
    }
}

fn contact(record: &Record, source: &Source, found: &mut Found<'_>) -> RecordData {
    let text = source.at(record.body);
    let id = text.trim();
    let id = id.strip_prefix("id:").map_or(id, str::trim);
    empty(id.is_empty(), record, "money-team", found);
    let at = record.body.start + text.find(id).unwrap_or(0);
    let placed = Placed { value: id.to_owned(), span: Span::new(at, at + id.len()) };
    RecordData::Contact(Some(placed).filter(|placed| !placed.value.is_empty()))
}

/// Reads a list of things, or `items` with `at least`, `then` and `otherwise`.
fn checklist(record: &Record, source: &Source, found: &mut Found<'_>) -> Checklist {
    if source.at(record.body).trim_start().starts_with('-') {
        let mut fields = found.fields(source, Span::new(record.body.start, record.body.start));
        let items = fields.list_in(record.body);
        found.take(fields);
        empty(items.is_empty(), record, "- Bank statements", found);
        return Checklist { items, tally: None };
    }
    let mut fields = found.fields(source, record.body);
    let items = fields.list("items");
    let at_least = fields.needed("at least", "3");
    let then = fields.needed("then", "Ask for a full assessment.");
    let otherwise =
        fields.needed("otherwise", "Offer advice, and ask again when something changes.");
    let mut tally = None;
    if let (Some(at_least), Some(then), Some(otherwise)) = (at_least, then, otherwise) {
        let number = at_least.value.trim().parse().ok();
        let number = number.filter(|number| (1..=items.len()).contains(number));
        if number.is_none() && !items.is_empty() {
            let message = format!("“{}” is not a number of things to tick", at_least.value);
            let hint = format!("write a number from 1 to {}", items.len());
            fields.wrong(&rule::RECORD, at_least.span, message, hint);
        }
        tally = number.map(|at_least| Tally { at_least, then, otherwise });
    }
    found.take(fields);
    empty(items.is_empty(), record, "- Do they need help every day?", found);
    Checklist { items, tally }
}

fn entries(record: &Record, source: &Source, found: &mut Found<'_>) -> RecordData {
    if source.at(record.body).trim_start().starts_with("category:") {
        let mut fields = found.fields(source, record.body);
        let category = fields.text("category");
        found.take(fields);
        if let Some(category) = category {
            return RecordData::Entries(Entries::Category(category));
        }
    }
    let mut fields = found.fields(source, Span::new(record.body.start, record.body.start));
    let ids = fields.list_in(record.body);
    found.take(fields);
    empty(ids.is_empty(), record, "- rowan-house", found);
    RecordData::Entries(Entries::Ids(ids))
}

fn buy(record: &Record, source: &Source, found: &mut Found<'_>) -> RecordData {
    let mut list = found.fields(source, Span::new(record.body.start, record.body.start));
    let mut ids = BTreeSet::new();
    let items = list.each_in(record.body, |_, fields| {
        let bought = thing(fields)?;
        if !ids.insert(bought.id.clone()) {
            let message = format!("“{}” is already in this list", bought.item.value);
            fields.wrong(&rule::RECORD, bought.item.span, message, "keep one of them");
        }
        Some(bought)
    });
    found.take(list);
    empty(items.is_empty(), record, "- item: Gym membership", found);
    RecordData::Buy(items)
}

/// Reads one thing that people ask to buy.
fn thing(fields: &mut Fields<'_>) -> Option<Buy> {
    let item = fields.needed("item", "Gym membership");
    let answer = one_of(fields, "answer", Answer::ALL, Answer::name);
    if answer.is_none() && !fields.has("answer") {
        fields.needed("answer", "yes, no or ask first");
    }
    let why = fields.needed("why", "It helps you stay well.");
    let example = fields.said("example");
    let words = fields.all_words_of("words");
    // What is missing is said; the rest is checked all the same.
    let (item, answer) = (item?, answer.unwrap_or(Answer::AskFirst));
    let (id, why) = (slug(&item.value), why.unwrap_or_default());
    Some(Buy { item, id, answer, why, example, words })
}

fn symbols(record: &Record, source: &Source, found: &mut Found<'_>) -> RecordData {
    let mut list = found.fields(source, Span::new(record.body.start, record.body.start));
    let rows = list.each_in(record.body, |_, fields| symbol(fields));
    found.take(list);
    empty(rows.is_empty(), record, "- picture: pictures/coins.svg", found);
    RecordData::Symbols(rows)
}

/// Reads one easy-read row.
fn symbol(fields: &mut Fields<'_>) -> Option<Symbol> {
    let picture = fields.needed("picture", "pictures/coins.svg");
    let decorative = fields.yes_no("decorative").unwrap_or(false);
    let alt = fields.text("alt");
    let words = fields.needed("words", "A direct payment is money from the council.");
    let (picture, words) = (picture?, words?);
    if alt.is_none() && !decorative {
        let message = format!("nothing says what “{}” shows", picture.value);
        let hint = "add `alt: Some coins`, or `decorative: yes` if the words say it all";
        fields.wrong(&rule::IMAGE_ALT, picture.span, message, hint);
    }
    Some(Symbol { picture, alt: alt.map(|alt| alt.value).unwrap_or_default(), words })
}

/// Reads rows with commas between the cells, below what is to be drawn of them. The only
/// function here that names csv, which reads them; `output/rows.rs` writes with it.
fn table(record: &Record, source: &Source, found: &mut Found<'_>) -> Table {
    let first = source.at(record.body).split('\n').next().unwrap_or_default();
    let chart = first.trim().strip_prefix("chart:").filter(|kind| !kind.contains(','));
    let (body, asked) = match chart {
        Some(kind) => {
            let start = (record.body.start + first.len() + 1).min(record.body.end);
            let place = Span::new(record.body.start, record.body.start + first.trim_end().len());
            (Span::new(start, record.body.end), Some((kind.trim(), place)))
        }
        None => (record.body, None),
    };
    let record = &Record { body, ..record.clone() };
    let text = source.at(record.body);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut rows: Vec<Vec<Vec<Inline>>> = Vec::new();
    for row in reader.records().flatten() {
        let at = row.position().map_or(0, csv::Position::byte);
        let at = record.body.start + usize::try_from(at).unwrap_or(0).min(text.len());
        let line = source.line_at(at + text[at - record.body.start..].len().min(1));
        let span = Span::new(line.1, line.1 + line.0.len());
        if let Some(head) = rows.first().filter(|head| head.len() != row.len()) {
            let message =
                format!("this row has {} cells, and the first has {}", row.len(), head.len());
            let hint = "add or take out commas; put a cell that has a comma in it in \"quotes\"";
            found.problems.push(Diagnostic::error(&rule::RECORD, span, message).hint(hint));
        }
        let mut from = 0;
        let mut cell = |cell: &str| {
            // A cell that is not quoted stands in its line as it is.
            let rest = source.at(span).get(from..).unwrap_or_default();
            let place = rest.find(cell).filter(|_| !cell.is_empty()).map(|at| {
                from += at + cell.len();
                Span::new(span.start + from - cell.len(), span.start + from)
            });
            crate::parse::values(vec![Inline::Text(cell.to_owned(), place.unwrap_or(span))])
        };
        rows.push(row.iter().map(&mut cell).collect());
    }
    empty(rows.len() < 2, record, "Who,People", found);
    let head = if rows.is_empty() { Vec::new() } else { rows.remove(0) };
    let mut table = crate::parse::table(head, rows, Vec::new(), record.span);
    if !record.info.is_empty() {
        let first = source.at(record.span).lines().next().unwrap_or_default();
        let place = first.rfind(&record.info).map_or(record.span, |at| {
            let start = record.span.start + at;
            Span::new(start, start + record.info.len())
        });
        table.caption = crate::parse::values(vec![Inline::Text(record.info.clone(), place)]);
    }
    if let Some((kind, place)) = asked {
        match chart_of(kind, &table) {
            Ok(chart) => table.chart = Some(chart),
            Err((message, hint)) => {
                found.problems.push(Diagnostic::error(&rule::RECORD, place, message).hint(hint));
            }
        }
    }
    table
}

/// What is to be drawn of a table, or why that cannot be.
fn chart_of(kind: &str, table: &Table) -> Result<Chart, (String, &'static str)> {
    let Some(chart) = Chart::named(&kind.to_lowercase()) else {
        return Err((format!("“{kind}” is no chart that is known"), "write `chart: bar`"));
    };
    if table.caption.is_empty() {
        let message = "this chart has no name".to_owned();
        return Err((message, "write what it shows after `table`: ```table Who was helped"));
    }
    let Some(column) = table.charted() else {
        let message = "a bar chart shows one column of numbers, and this table has no such column, \
                       or several";
        return Err((message.into(), "leave one column of numbers, or make a table for each"));
    };
    let cells = table.rows.iter().filter_map(|row| row.get(column)).map(|cell| plain(cell));
    let is_below = |cell: &String| Amount::read(cell).is_some_and(|amount| amount.value < 0);
    if let Some(cell) = cells.into_iter().find(is_below) {
        let message = format!("a bar cannot show “{cell}”, which is less than nothing");
        return Err((message, "leave the chart out: take away the line `chart: bar`"));
    }
    Ok(chart)
}
