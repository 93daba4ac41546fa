//! A council's spreadsheet to record files, one a service.
//!
//! A table becomes text and findings here, and nothing touches the disk: `columns` says
//! what its columns mean, `cells` what stands in them, `record` makes a file of a row,
//! and `yaml` writes values so that they are read back as they were. The command reads
//! the table and writes the files.
//!
//! Two promises: what the directory exports is read back without a loss, and what cannot
//! be read is never published and never thrown away.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use self::{
    cells::{CellFault, fault, like},
    columns::Columns,
    record::{Fate, Known, Made},
    yaml::{YamlPlace, yaml},
};
use crate::{
    config::Config,
    diagnostic::Diagnostic,
    model::{Site, kind, table::unsafe_again},
    parse::sheet::{self, Sheet},
    rule,
    text::{Date, Source, Span, name::slips, shorten, slug, wording::counted},
};

mod cells;
mod columns;
mod record;
mod yaml;

/// The largest table that is read, in bytes.
pub const LARGEST: u64 = 64 * 1024 * 1024;

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
    /// The name of its file, without folders.
    file: &'a str,
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

/// Makes records of a table.
pub fn import(source: &Source, into: &Directory<'_>) -> Imported {
    let mut done = Imported::default();
    let sheet = sheet::read(source, &rule::IMPORT, &mut done.problems);
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
    let mut runners = Runners::of(into.site);
    let organisations = runners.read(&sheet, &columns, &mut done.problems);
    let file = source.path.rsplit(['/', '\\']).next().unwrap_or_default();
    let faults = faults.unwrap_or_default();
    let (areas, categories) = (areas(into.site), categories(into.site));
    let table = Table { file, sheet, columns, into, areas, categories, organisations, faults };
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

impl Directory<'_> {
    /// The file of a record.
    fn path(&self, id: &str) -> String {
        format!("{}{id}.yaml", self.folder)
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
        if table.sheet.rows.iter().all(|row| row.cells[*at].text.trim().is_empty()) {
            continue;
        }
        let message = format!(
            "“{}” is not a column that is known; it is kept under `extra:`",
            table.name(*at)
        );
        let hint = "only staff see it, in the table of a staff build; write a name that `plainsite explain import` lists if readers should";
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
    let mut used: BTreeSet<String> = BTreeSet::new();
    for (row, made) in table.sheet.rows.iter().zip(made) {
        let made = match made {
            Ok(made) => made,
            Err(found) => {
                done.problems.push(found);
                done.without += 1;
                continue;
            }
        };
        if let Some(before) = known.get(&made.id) {
            done.problems.push(twice(table, row, *before, &made.id));
            done.without += 1;
            continue;
        }
        known.insert(made.id.clone(), row.number);
        match made.fate {
            Fate::Same => done.same += 1,
            Fate::Left(message, hint) => {
                let at = table.columns.at("name", 1).unwrap_or(0);
                let message = format!("row {}: {message}", row.number);
                let found = Diagnostic::warning(&rule::IMPORT, row.cells[at].span, message);
                done.problems.push(found.hint(hint));
                done.left += 1;
            }
            Fate::Write => {
                done.problems.extend(made.problems);
                done.records += 1;
                done.drafts += usize::from(made.is_draft);
                done.unread += made.unread;
                made.missing.iter().for_each(|name| *missing.entry(name).or_default() += 1);
                if let Some((at, span)) = made.whole_address {
                    added.entry(at).or_insert((span, 0)).1 += 1;
                }
                used.extend(made.organisation);
                done.files.insert(table.into.path(&made.id), made.text);
            }
        }
    }
    say_of_columns(table, &missing, &added, done);
    runners.write(table.into, &used, done);
}

/// Says that two rows have one id.
fn twice(table: &Table<'_>, row: &sheet::Row, before: usize, id: &str) -> Diagnostic {
    let at = table.columns.at("id", 1).filter(|at| !row.cells[*at].text.trim().is_empty());
    let (at, what) = match at {
        Some(at) => (at, "id"),
        None => (table.columns.at("name", 1).unwrap_or(0), "name"),
    };
    let message = format!(
        "row {}: the {what} “{id}” is in row {before} as well, so no record was made of this row",
        row.number
    );
    let hint = match what {
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
            _ => {
                format!("there is no column “{name}”, which a record needs, so {}", drafts(*number))
            }
        };
        let hint = "add the column to the table, or write the line in each record";
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
    // What is about the whole table comes before what is about single rows.
    done.problems.splice(0..0, said);
}

/// The organisations of the site and of the table.
#[derive(Debug)]
struct Runners {
    /// By id, with their name.
    known: BTreeMap<String, String>,
    /// The ids by what is left of names when only letters and digits count.
    by_name: BTreeMap<String, String>,
    /// The new ones, in the order of the table.
    new: Vec<String>,
    /// How many were compared with all others.
    compared: usize,
}

/// The most organisations that are looked at for slips: each is compared with all.
const MOST_COMPARED: usize = 100;

impl Runners {
    fn of(site: &Site) -> Self {
        let all = site.data.organisations.iter();
        let known: BTreeMap<String, String> =
            all.map(|(id, own)| (id.clone(), own.name.clone())).collect();
        let by_name = known.iter().rev().map(|(id, name)| (slug(name), id.clone())).collect();
        Self { known, by_name, new: Vec::new(), compared: 0 }
    }

    /// Who runs the service of each row.
    fn read(
        &mut self,
        sheet: &Sheet,
        columns: &Columns,
        problems: &mut Vec<Diagnostic>,
    ) -> Vec<Option<Result<String, CellFault>>> {
        let (id, name) = (columns.at("organisation", 1), columns.at("organisation name", 1));
        let Some(place) = id.or(name) else { return vec![None; sheet.rows.len()] };
        let text = |row: &sheet::Row, at: Option<usize>| {
            let text = at.map_or("", |at| row.cells[at].text.trim());
            let text = unsafe_again(text).trim().to_owned();
            if !columns.is_own && cells::is_nothing(&text) { String::new() } else { text }
        };
        let read = |row: &sheet::Row| {
            let (id, name) = (text(row, id), text(row, name));
            if id.is_empty() && name.is_empty() {
                return None;
            }
            let found = self.one(&id, &name);
            if let Ok((id, Some(like))) = &found {
                let message =
                    format!("“{}” is new, and nearly “{like}”, which is there", self.known[id]);
                let found = Diagnostic::warning(&rule::IMPORT, row.cells[place].span, message);
                problems.push(found.hint("write the same name if it is the same organisation"));
            }
            Some(found.map(|(id, _)| id))
        };
        sheet.rows.iter().map(read).collect()
    }

    /// The id of an organisation that a row names by its id, its name or both, and one
    /// that is nearly called the same.
    fn one(&mut self, id: &str, name: &str) -> Result<(String, Option<String>), CellFault> {
        let said = if id.is_empty() { name } else { id };
        if said.contains('\u{fffd}') || name.contains('\u{fffd}') {
            return Err(fault(said, "has a letter that cannot be read", "type it again"));
        }
        if self.known.contains_key(id) {
            return Ok((id.to_owned(), None));
        }
        // An id with a name is that of an export, and stays as it is.
        let is_id = |c: char| c.is_alphanumeric() || "-_.".contains(c);
        let own = !id.is_empty() && !name.is_empty() && id.chars().all(is_id);
        let short = slug(said);
        if let Some(known) = self.by_name.get(&short).filter(|_| !own) {
            return Ok((known.clone(), None));
        }
        let new = if own { id.to_owned() } else { short.clone() };
        if self.known.contains_key(&new) {
            return Ok((new, None));
        }
        if new.is_empty() || new.len() > 200 {
            return Err(fault(said, "cannot be the name of an organisation", "write its name"));
        }
        let name = if name.is_empty() { id } else { name };
        let like = if own { None } else { self.like(name) };
        self.by_name.entry(short).or_insert_with(|| new.clone());
        self.by_name.entry(slug(name)).or_insert_with(|| new.clone());
        self.known.insert(new.clone(), name.to_owned());
        self.new.push(new.clone());
        Ok((new, like))
    }

    /// A name that is nearly the same, while there are few.
    fn like(&mut self, name: &str) -> Option<String> {
        self.compared += 1;
        let all = self.known.values().take(10 * MOST_COMPARED).map(String::as_str);
        let found = if self.compared > MOST_COMPARED { None } else { like(name, all) };
        // The 1st Scouts are not the 2nd Scouts.
        let letters = |text: &str| text.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
        let is_slip = |found: &&str| slips(name, found) <= 2 && letters(name) != letters(found);
        found.filter(is_slip).map(str::to_owned)
    }

    /// Adds the new ones that records name to `organisations.yaml`.
    fn write(&self, into: &Directory<'_>, used: &BTreeSet<String>, done: &mut Imported) {
        let new: Vec<&String> = self.new.iter().filter(|id| used.contains(*id)).collect();
        if new.is_empty() {
            return;
        }
        let path = format!("{}_data/organisations.yaml", into.site.folder);
        let mut text = match into.sources.get(&path) {
            Some(source) => source.text.to_string(),
            None => {
                "# Who runs the services in the directory. One edit here changes every entry.\n"
                    .into()
            }
        };
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        for id in &new {
            let name = self.known.get(*id).map_or("", String::as_str);
            text += &format!("{id}:\n  name: {}\n", yaml(name, YamlPlace::Line));
        }
        done.organisations = new.len();
        done.files.insert(path, text);
    }
}
