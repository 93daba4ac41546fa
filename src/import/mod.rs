//! A council's spreadsheet, or its Open Referral feed, to record files, one a service.
//!
//! A table becomes text and findings here, and nothing touches the disk: `columns` says
//! what its columns mean, `cells` what stands in them, `record` makes a file of a row,
//! `runners` the organisations, and `yaml` writes values so that they are read back as they
//! were. A feed is taken apart by `feed`, and `open_referral` makes a row of each service; the
//! rest is the same. The command reads the table or the feed and writes the files.
//!
//! Two promises: what the directory exports is read back without a loss, and what cannot
//! be read is never published and never thrown away.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

pub use self::feed::by_file;
use self::{
    cells::{CellFault, fault, like},
    columns::{Columns, Meaning},
    open_referral::{ID, Lender, Unknown},
    record::{AGAIN, Fate, Known, Made},
    runners::Runners,
};
use crate::{
    config::Config,
    diagnostic::Diagnostic,
    model::{
        Page, Site,
        data::Habits,
        kind::{self, PublicTerm},
    },
    parse::sheet::{self, Cell, MOST_COLUMNS, Row, Sheet},
    rule::{self, Severity},
    text::{Date, Source, Span, shorten, slug, wording::counted},
};

mod cells;
mod columns;
pub mod document;
mod feed;
pub mod habits;
pub mod notes;
mod open_referral;
mod record;
mod runners;
pub mod workbook;
pub(crate) mod yaml;

/// The largest table that is read, in bytes.
pub const LARGEST: u64 = 64 * 1024 * 1024;

/// The most that is read of a feed, all its files together, in bytes. Its rows and records
/// take about three times as much memory.
pub const LARGEST_FEED: u64 = 512 * 1024 * 1024;

/// Where records go.
#[derive(Debug)]
pub struct Directory<'a> {
    /// The site, pages for staff included.
    pub site: &'a Site,
    /// Its settings.
    pub config: &'a Config,
    /// Its files, by path below the root.
    pub sources: &'a BTreeMap<String, Source>,
    /// The folder of the records, below the root and with `/` at its end:
    /// `content/directory/`.
    pub folder: String,
    /// The day, after which nothing was checked.
    pub today: Date,
    /// Whether files that are there are replaced.
    pub replace: bool,
    /// What was said of tables once.
    pub habits: Habits,
}

/// What became of a table.
#[derive(Debug, Default)]
pub struct Imported {
    /// The files to write, by path below the root.
    pub files: BTreeMap<String, String>,
    /// How many records are among them.
    pub records: usize,
    /// How many of those are drafts.
    pub drafts: usize,
    /// How many cells could not be read.
    pub unread: usize,
    /// How many rows made no record.
    pub without: usize,
    /// How many records are there already and stay.
    pub left: usize,
    /// How many records are there already and say the same.
    pub same: usize,
    /// How many organisations are new.
    pub organisations: usize,
    /// Whether the table could not be used at all.
    pub stopped: bool,
    /// What was found, by row.
    pub problems: Vec<Diagnostic>,
}

/// A table, and all that its rows are compared with.
#[derive(Debug)]
struct Table<'a> {
    origin: Origin<'a>,
    sheet: Sheet,
    columns: Columns,
    into: &'a Directory<'a>,
    areas: Known,
    categories: Known,
    /// For each row, who runs its service.
    organisations: Vec<Option<Result<String, CellFault>>>,
    /// What is wrong with a row as a whole, by its place.
    faults: BTreeMap<usize, Vec<String>>,
}

/// What a table is made of.
#[derive(Debug)]
enum Origin<'a> {
    /// A spreadsheet: the name of its file, without folders.
    Sheet(&'a str),
    /// A feed: the name of each file, and where its places begin among those of all.
    Feed { files: Vec<(&'a str, usize)> },
}

/// The name of a file, without folders.
fn name_of(source: &Source) -> &str {
    source.path.rsplit(['/', '\\']).next().unwrap_or_default()
}

/// Makes records of a table.
pub fn import(source: &Source, into: &Directory<'_>) -> Imported {
    let mut done = Imported::default();
    let mut sheet = sheet::read(source, &rule::IMPORT, &mut done.problems);
    habits::apply(&mut sheet, &into.habits);
    let sheet = sheet;
    let faults = row_faults(source, &sheet, &done.problems);
    let is_contact = |text: &str| contact(into.site, text).is_some();
    let before = done.problems.len();
    let columns = Columns::read(&sheet, is_contact, &mut done.problems);
    if sheet.rows.is_empty() && done.problems.is_empty() {
        let message = "there are no services in this table";
        let hint =
            "write the names of the columns in the first row, and a service in each row below";
        done.problems.push(Diagnostic::error(&rule::IMPORT, Span::default(), message).hint(hint));
    }
    if sheet.rows.is_empty() || faults.is_none() || done.problems.len() > before {
        done.stopped = true;
        return done;
    }
    let table = Table {
        origin: Origin::Sheet(name_of(source)),
        sheet,
        columns,
        into,
        areas: areas(into.site),
        categories: categories(into.site),
        organisations: Vec::new(),
        faults: faults.unwrap_or_default(),
    };
    make(table, Vec::new(), done)
}

/// Makes records of the services of a feed in the shape of Open Referral. The places of what
/// was found are those of all files, one after the other: see [`by_file`].
pub fn import_feed(files: &[Source], into: &Directory<'_>) -> Imported {
    let mut done = Imported::default();
    let Some(places) = feed::services(files, &mut done.problems) else {
        done.stopped = true;
        return done;
    };
    let starts = feed::starts(files);
    let (areas, categories) = (areas(into.site), categories(into.site));
    let terms = terms(into.site);
    let reader = open_referral::Reader {
        areas: &areas,
        categories: &categories,
        terms: &terms,
        today: into.today,
    };
    let read = places.par_iter().map(|place| {
        let value = feed::value(&files[place.file], *place, starts[place.file])?;
        Ok(reader.service(&value))
    });
    let read: Vec<Result<open_referral::Service, Diagnostic>> = read.collect();
    let mut services = Vec::new();
    for read in read {
        match read {
            Ok(service) => services.push(service),
            Err(found) => done.problems.push(found),
        }
    }
    // A service that is no JSON is a slip of the whole file.
    if services.len() < places.len() {
        done.stopped = true;
        return done;
    }
    let rows: Vec<(usize, Span)> =
        places.iter().map(|place| (place.number, place.span.shifted(starts[place.file]))).collect();
    name_files(&mut services, into);
    tell_unknown(&services, &rows, &mut done.problems);
    let is_own = services.iter().all(|service| service.is_own);
    let known = services.iter().flat_map(|service| service.cells.keys().copied());
    let extra = services.iter().flat_map(|service| service.extra.keys().cloned());
    let columns = Columns::of_feed(known.collect(), extra.collect(), is_own);
    if columns.known.len() + columns.extra.len() > MOST_COLUMNS {
        let message = format!("the services of this feed have over {MOST_COLUMNS} different names");
        let hint = "it is not in the shape of Open Referral; ask who publishes it";
        done.problems.push(Diagnostic::error(&rule::IMPORT, Span::default(), message).hint(hint));
        done.stopped = true;
        return done;
    }
    let lenders = services.iter_mut().map(|service| service.organisation.take()).collect();
    let table = Table {
        origin: Origin::Feed { files: files.iter().map(name_of).zip(starts).collect() },
        sheet: sheet_of(services, &columns, &rows),
        columns,
        into,
        areas,
        categories,
        organisations: Vec::new(),
        faults: BTreeMap::new(),
    };
    make(table, lenders, done)
}

/// The rows of a feed: one a service, one column a name.
fn sheet_of(
    services: Vec<open_referral::Service>,
    columns: &Columns,
    places: &[(usize, Span)],
) -> Sheet {
    let mut names = vec![String::new(); columns.known.len()];
    for (meaning, at) in &columns.known {
        names[*at] = columns::in_feed(*meaning);
    }
    names.extend(columns.extra.iter().map(|(_, name)| name.clone()));
    let first = places.first().map_or(Span::default(), |(_, span)| *span);
    let cell = |text: String, span: Span| Cell { text, span: Span::new(span.start, span.start) };
    let rows = services.into_iter().zip(places).map(|(mut service, (number, span))| {
        let mut cells = vec![cell(String::new(), *span); names.len()];
        for (meaning, at) in &columns.known {
            cells[*at].text = service.cells.remove(meaning).unwrap_or_default();
        }
        for (at, name) in &columns.extra {
            cells[*at].text = service.extra.remove(name).unwrap_or_default();
        }
        Row { number: *number, cells, span: *span }
    });
    let rows = rows.collect();
    Sheet { columns: names.into_iter().map(|name| cell(name, first)).collect(), rows }
}

/// Says how the file of each service is called. One that is there already keeps its file. A
/// new one is called after its name, with its town or the beginning of its id where several
/// have that name.
fn name_files(services: &mut [open_referral::Service], into: &Directory<'_>) {
    const AT: Meaning = ("id", 1);
    let mark = format!("\"{ID}\": \"");
    let files = into.sources.range(into.folder.clone()..);
    let files = files.take_while(|(path, _)| path.starts_with(&into.folder));
    let there: BTreeMap<&str, &str> = files
        .filter_map(|(path, source)| {
            let (_, rest) = source.text.split_once(&mark)?;
            let file = path.strip_prefix(&into.folder)?.strip_suffix(".yaml")?;
            Some((rest.split_once('"')?.0, file))
        })
        .collect();
    let of_name = |service: &open_referral::Service| {
        slug(service.cells.get(&("name", 1)).map_or("", String::as_str))
    };
    let with_town = |service: &open_referral::Service| {
        let address = service.cells.get(&("place address", 1)).map_or("", String::as_str);
        let town = address.rsplit(',').nth(1).unwrap_or_default();
        slug(&format!("{} {town}", of_name(service)))
    };
    let with_id = |service: &open_referral::Service| {
        let start: String = service.id.chars().take(8).collect();
        slug(&format!("{} {start}", of_name(service)))
    };
    let mut named: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for service in services.iter() {
        for name in [of_name(service), with_town(service)] {
            named.entry(name).or_default().insert(service.id.clone());
        }
    }
    for service in services.iter_mut().filter(|service| !service.cells.contains_key(&AT)) {
        let is_alone = |name: &String| named.get(name).is_none_or(|ids| ids.len() < 2);
        let names = [of_name(service), with_town(service)];
        let file = match there.get(service.id.as_str()).filter(|_| !service.id.is_empty()) {
            Some(file) => (*file).to_owned(),
            None => names.into_iter().find(is_alone).unwrap_or_else(|| with_id(service)),
        };
        service.cells.insert(AT, file);
    }
}

/// Says of each place and each term that the site does not know how many services have it,
/// the most frequent first.
fn tell_unknown(
    services: &[open_referral::Service],
    rows: &[(usize, Span)],
    problems: &mut Vec<Diagnostic>,
) {
    let mut all: BTreeMap<&Unknown, (usize, usize, bool)> = BTreeMap::new();
    for (at, service) in services.iter().enumerate() {
        for (unknown, has_others) in &service.unknown {
            let told = all.entry(unknown).or_insert((0, at, true));
            told.0 += 1;
            told.2 &= *has_others;
        }
    }
    let mut all: Vec<_> = all.into_iter().collect();
    all.sort_by_key(|(_, (number, first, _))| (std::cmp::Reverse(*number), *first));
    for (unknown, (number, first, has_others)) in all {
        let (what, hint) = match unknown {
            Unknown::Area(name) => (
                format!("“{}” is not a place in areas.yaml", shorten(name)),
                format!(
                    "add `- {}` to areas.yaml, or write another place in the records",
                    shorten(name)
                ),
            ),
            Unknown::Term(name, term) => (
                format!("“{}” is not a category of the directory", shorten(name)),
                match term.name.is_empty() || term.id.is_empty() {
                    true => "give a category of the directory that name".to_owned(),
                    false => format!(
                        "in the directory’s index.md, write `taxonomy: {{name: {}, id: {}}}` for the category that it is",
                        yaml::yaml(&shorten(&term.name), yaml::YamlPlace::Brackets),
                        yaml::quoted(&shorten(&term.id), yaml::YamlPlace::Brackets),
                    ),
                },
            ),
        };
        let message = in_services(&what, number, rows[first].0);
        let found = match has_others {
            true => Diagnostic::warning(&rule::IMPORT, at(rows[first].1), message),
            false => Diagnostic::error(&rule::IMPORT, at(rows[first].1), message),
        };
        problems.push(found.hint(hint));
    }
}

/// The place where a service begins.
fn at(span: Span) -> Span {
    Span::new(span.start, span.start)
}

/// A message with the number of services that it is about.
fn in_services(message: &str, number: usize, first: usize) -> String {
    match number {
        1 => format!("{message} (service {first})"),
        _ => format!("{message} ({number} services; the first is service {first})"),
    }
}

/// Makes a record of each row. `lenders` are what organisations say of themselves, by row.
fn make(mut table: Table<'_>, lenders: Vec<Option<Lender>>, mut done: Imported) -> Imported {
    let mut runners = Runners::of(table.into.site);
    table.organisations = runners.read(&table.sheet, &table.columns, &mut done.problems);
    for (own, lender) in table.organisations.iter().zip(lenders) {
        if let (Some(Ok(id)), Some(lender)) = (own, lender) {
            runners.lend(id, lender);
        }
    }
    unknown_columns(&table, &mut done.problems);
    let rows = 0..table.sheet.rows.len();
    let made: Vec<Result<Made, Diagnostic>> =
        rows.into_par_iter().map(|number| record::record(&table, number)).collect();
    gather(&table, made, &runners, &mut done);
    done
}

/// What is wrong with single rows, by their place; nothing when a quote is never closed,
/// because then no row after it can be told.
fn row_faults(
    source: &Source,
    sheet: &Sheet,
    problems: &[Diagnostic],
) -> Option<BTreeMap<usize, Vec<String>>> {
    let mut faults: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for problem in problems {
        let after = sheet.rows.partition_point(|row| row.span.start <= problem.span.start);
        let number = after.checked_sub(1)?;
        if source.at(problem.span) == "\"" {
            return None;
        }
        faults.entry(number).or_default().push(problem.message.clone());
    }
    Some(faults)
}

/// The id of the contact that words name.
fn contact(site: &Site, text: &str) -> Option<String> {
    let contacts = &site.data.contacts;
    let text = text.trim();
    if contacts.contains_key(text) {
        return Some(text.to_owned());
    }
    let named = contacts.iter().find(|(_, contact)| contact.name.eq_ignore_ascii_case(text));
    named.filter(|_| !text.is_empty()).map(|(id, _)| id.clone())
}

fn areas(site: &Site) -> Known {
    let areas = site.data.areas.iter().map(|area| &area.name.value);
    Known {
        what: "a place in areas.yaml",
        names: areas.map(|area| (slug(area), area.clone())).collect(),
        is_closed: site.data.sources.contains_key("areas.yaml"),
        hint: "write one that is there, or add it to areas.yaml",
    }
}

/// The categories of all directories, by id and by name. An id counts more than a name.
fn categories(site: &Site) -> Known {
    let directories = site.pages.iter().filter_map(|page| page.kind.own::<kind::Directory>());
    let all: Vec<_> = directories.flat_map(|directory| &directory.categories).collect();
    let by_name = all.iter().map(|known| (slug(&known.name), known.id.value.clone()));
    let by_id = all.iter().map(|known| (known.id.value.clone(), known.id.value.clone()));
    Known {
        what: "a category of the directory",
        names: by_name.chain(by_id).collect(),
        is_closed: !all.is_empty(),
        hint: "write the id or the name of one that is there",
    }
}

/// The terms of public lists that categories say they are.
fn terms(site: &Site) -> Vec<(PublicTerm, String)> {
    let directories = site.pages.iter().filter_map(|page| page.kind.own::<kind::Directory>());
    let categories = directories.flat_map(|directory| &directory.categories);
    let terms = categories.flat_map(|category| {
        category.taxonomy.iter().map(|term| (term.clone(), category.id.value.clone()))
    });
    terms.collect()
}

impl Directory<'_> {
    /// The file of a record.
    fn path(&self, id: &str) -> String {
        format!("{}{id}.yaml", self.folder)
    }

    /// The file that has the address of a record now, whatever it is called, or the one that
    /// it gets. Of a file with many records none is its own.
    fn file_of(&self, id: &str) -> String {
        let path = self.path(id);
        if self.sources.contains_key(&path) {
            return path;
        }
        let url = format!("/{}{id}/", self.site.inner(&self.folder));
        let page = self.site.at(&url).filter(|page| page.kind.service().is_some());
        let page = page.filter(|page| !page.text.document.one_of_many);
        page.map(|page| page.source().path.to_string())
            .filter(|there| there.starts_with(&self.folder) && self.sources.contains_key(there))
            .unwrap_or(path)
    }

    /// The page that the file of a record is now, with what stands in double brackets filled in.
    fn page_of(&self, id: &str, path: &str) -> Option<&Page> {
        let page = self.site.at(&format!("/{}{id}/", self.site.inner(&self.folder)));
        page.filter(|page| *page.source().path == *path)
    }

    /// The page that has the address of a record without being its file.
    fn taken(&self, id: &str) -> Option<String> {
        let inner = self.site.inner(&self.folder);
        let url = format!("/{inner}{id}/");
        match self.site.at(&url) {
            Some(page) if page.made => None,
            Some(page) => Some(page.source().path.to_string()),
            None => self.site.unpublished.contains_key(&url).then(|| format!("a page at {url}")),
        }
    }
}

impl Table<'_> {
    /// What the table calls a column.
    fn name(&self, at: usize) -> String {
        let name = self.sheet.columns.get(at).map_or("", |cell| cell.text.trim());
        if name.is_empty() { format!("column {}", at + 1) } else { shorten(name) }
    }

    /// Whether it is made of a feed, of whose services what is the same is told once.
    fn is_feed(&self) -> bool {
        matches!(self.origin, Origin::Feed { .. })
    }

    /// What begins a message about a row: `row 5: `. Of a feed the same is told once of many
    /// services, so nothing does.
    fn row_name(&self, row: &Row) -> String {
        if self.is_feed() { String::new() } else { format!("row {}: ", row.number) }
    }

    /// What begins a message about a cell: `row 5, column “Telephone”`.
    fn cell_name(&self, row: &Row, at: usize) -> String {
        match self.is_feed() {
            true => format!("“{}”", self.name(at)),
            false => format!("row {}, column “{}”", row.number, self.name(at)),
        }
    }

    /// Where a row is, for a note in its record: `services.csv, row 5`.
    fn place_of(&self, row: &Row) -> String {
        match &self.origin {
            Origin::Sheet(file) => format!("{file}, row {}", row.number),
            Origin::Feed { files } => {
                let after = files.partition_point(|(_, start)| *start <= row.span.start);
                let file = after.checked_sub(1).map_or("", |at| files[at].0);
                format!("{file}, service {}", row.number)
            }
        }
    }

    /// Whether it was told apart from the rows what in a column is not known.
    fn is_told_apart(&self, at: usize) -> bool {
        let is_it = |what| self.columns.at(what, 1) == Some(at);
        self.is_feed() && (is_it("areas") || is_it("category"))
    }

    /// The id of a contact.
    fn contact(&self, text: &str) -> Result<String, CellFault> {
        contact(self.into.site, text).ok_or_else(|| {
            let ids = self.into.site.data.contacts.keys().map(String::as_str);
            let hint = match like(text, ids) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "write an id of contacts.yaml".to_owned(),
            };
            fault(text, "is not the id of a contact", hint)
        })
    }
}

/// Says which columns are kept as they are.
fn unknown_columns(table: &Table<'_>, problems: &mut Vec<Diagnostic>) {
    for (at, _) in &table.columns.extra {
        let filled = table.sheet.rows.iter().filter(|row| !row.cells[*at].text.trim().is_empty());
        let number = filled.count();
        if number == 0 || table.is_feed() && table.name(*at) == ID {
            continue;
        }
        let (message, hint) = match table.is_feed() {
            true => (
                format!(
                    "“{}” has no place in a record; it is kept under `extra:` ({})",
                    table.name(*at),
                    counted(number, "service", "services")
                ),
                "only staff see it, in the table of a staff build; write in the record what readers should know",
            ),
            false => (
                format!(
                    "“{}” is not a column that is known; it is kept under `extra:`",
                    table.name(*at)
                ),
                "only staff see it, in the table of a staff build; write a name that `plainsite explain import` lists if readers should",
            ),
        };
        problems.push(
            Diagnostic::warning(&rule::IMPORT, table.sheet.columns[*at].span, message).hint(hint),
        );
    }
}

/// Sorts out what becomes of each record.
fn gather(
    table: &Table<'_>,
    made: Vec<Result<Made, Diagnostic>>,
    runners: &Runners,
    done: &mut Imported,
) {
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    let mut missing: BTreeMap<&'static str, usize> = BTreeMap::new();
    let mut added: BTreeMap<usize, (Span, usize)> = BTreeMap::new();
    let mut again = 0;
    let mut used: BTreeSet<String> = BTreeSet::new();
    let mut told = Vec::new();
    for (row, made) in table.sheet.rows.iter().zip(made) {
        let made = match made {
            Ok(made) => made,
            Err(found) => {
                told.push(found);
                done.without += 1;
                continue;
            }
        };
        if let Some(before) = known.get(&made.id) {
            told.push(twice(table, row, *before, &made.id));
            done.without += 1;
            continue;
        }
        known.insert(made.id.clone(), row.number);
        match made.fate {
            Fate::Same => done.same += 1,
            Fate::Left(message, hint) => {
                let at = table.columns.at("name", 1).unwrap_or(0);
                let message = format!("{}{message}", table.row_name(row));
                let found = Diagnostic::warning(&rule::IMPORT, row.cells[at].span, message);
                told.push(found.hint(hint));
                done.left += 1;
            }
            Fate::Write => {
                told.extend(made.problems);
                done.records += 1;
                done.drafts += usize::from(made.is_draft);
                done.unread += made.unread;
                made.missing.iter().for_each(|name| *missing.entry(name).or_default() += 1);
                again += usize::from(made.says_again);
                if let Some((at, span)) = made.whole_address {
                    added.entry(at).or_insert((span, 0)).1 += 1;
                }
                used.extend(made.organisation);
                done.files.insert(made.path, made.text);
            }
        }
    }
    let told = match &table.origin {
        Origin::Feed { .. } => once(told, &table.sheet.rows),
        Origin::Sheet(_) => grouped(told),
    };
    done.problems.extend(told);
    say_of_columns(table, &missing, &added, again, done);
    runners.write(table.into, &used, done);
}

/// Tells once what is the same of many services, with how many they are.
fn once(told: Vec<Diagnostic>, rows: &[Row]) -> Vec<Diagnostic> {
    let mut all: BTreeMap<(Severity, String, Option<String>), (usize, Diagnostic)> =
        BTreeMap::new();
    for found in told {
        let key = (found.severity, found.message.clone(), found.hint.clone());
        all.entry(key).or_insert((0, found)).0 += 1;
    }
    let mut all: Vec<(usize, Diagnostic)> = all.into_values().collect();
    all.sort_by_key(|(number, found)| (std::cmp::Reverse(*number), found.span));
    let said = all.into_iter().map(|(number, mut found)| {
        let after = rows.partition_point(|row| row.span.start <= found.span.start);
        let first = after.checked_sub(1).map_or(1, |at| rows[at].number);
        found.message = in_services(&found.message, number, first);
        found
    });
    said.collect()
}

/// How many rows must have the same fault for it to be told once.
const MANY_ROWS: usize = 4;

/// Tells once, with their number, what is the same of a column in many rows: 30 times the same
/// district that is misspelt is one thing to do.
fn grouped(told: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let parted = |found: &Diagnostic| {
        let (row, rest) = found.message.strip_prefix("row ")?.split_once(", column ")?;
        Some((row.parse::<usize>().ok()?, format!("column {rest}")))
    };
    let mut rows: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (row, rest) in told.iter().filter_map(parted) {
        rows.entry(rest).or_default().push(row);
    }
    rows.retain(|_, rows| rows.len() >= MANY_ROWS);
    let mut out = Vec::with_capacity(told.len());
    for mut found in told {
        if let Some((row, rest)) = parted(&found)
            && let Some(all) = rows.get(&rest)
        {
            if all[0] != row {
                continue;
            }
            found.message = format!("{rest} ({} rows; the first is row {row})", all.len());
        }
        out.push(found);
    }
    out
}

/// Says that two rows have one id.
fn twice(table: &Table<'_>, row: &sheet::Row, before: usize, id: &str) -> Diagnostic {
    let at = table.columns.at("id", 1).filter(|at| !row.cells[*at].text.trim().is_empty());
    let (at, what) = match at {
        Some(at) => (at, "id"),
        None => (table.columns.at("name", 1).unwrap_or(0), "name"),
    };
    let message = match table.is_feed() {
        true => format!("“{id}” is there twice, so no record was made of the second"),
        false => format!(
            "row {}: the {what} “{id}” is in row {before} as well, so no record was made of this row",
            row.number
        ),
    };
    let hint = match what {
        _ if table.is_feed() => "nothing is lost if both say the same; ask who publishes the feed",
        "id" => "give each service an id of its own, or take one of the rows out",
        _ => {
            "add a column `id` with a word for each, such as the town, or take one of the rows out"
        }
    };
    Diagnostic::error(&rule::IMPORT, row.cells[at].span, message).hint(hint)
}

/// Says once for a column what is the same in many rows.
fn say_of_columns(
    table: &Table<'_>,
    missing: &BTreeMap<&'static str, usize>,
    added: &BTreeMap<usize, (Span, usize)>,
    again: usize,
    done: &mut Imported,
) {
    let first = table.sheet.columns.first().map_or(Span::default(), |cell| cell.span);
    let drafts = |number| counted(number, "record is a draft", "records are drafts");
    let mut said = Vec::new();
    for (name, number) in missing {
        let message = match *name {
            "phones" => {
                format!("nothing says how to reach a service, so {}", drafts(*number))
            }
            _ if table.is_feed() => {
                format!("nothing here says “{name}”, which a record needs, so {}", drafts(*number))
            }
            _ => {
                format!("there is no column “{name}”, which a record needs, so {}", drafts(*number))
            }
        };
        let hint = match table.is_feed() {
            true => "write the line in each record, or ask who publishes the feed",
            false => "add the column to the table, or write the line in each record",
        };
        said.push(Diagnostic::warning(&rule::IMPORT, first, message).hint(hint));
    }
    for (at, (span, number)) in added {
        let message = format!(
            "`https://` was put before {} in the column “{}”; this is the first",
            counted(*number, "address", "addresses"),
            table.name(*at)
        );
        let hint = "open some of them, and see whether they work";
        said.push(Diagnostic::warning(&rule::IMPORT, *span, message).hint(hint));
    }
    if again > 0 {
        let message = format!(
            "nothing says when a service is checked again, so {} {AGAIN}",
            counted(again, "record says", "records say")
        );
        let hint =
            "if another time is right, say it with `--default \"check again=every 6 months\"`";
        said.push(Diagnostic::warning(&rule::IMPORT, first, message).hint(hint));
    }
    // What is about the whole table comes before what is about single rows.
    done.problems.splice(0..0, said);
}
