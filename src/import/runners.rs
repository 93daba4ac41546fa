//! Who runs the services of a table: the organisations that the site knows, and the new
//! ones, which are added to `organisations.yaml`.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Directory, Imported,
    cells::{self, CellFault, fault, like},
    columns::Columns,
    open_referral::Lender,
    record::map,
    yaml::{LONGEST, YamlPlace, quoted, yaml},
};
use crate::{
    diagnostic::Diagnostic,
    model::{Site, table::unsafe_again},
    parse::sheet::{self, Sheet},
    rule,
    text::{name::slips, slug},
};

/// The organisations of the site and of the table.
#[derive(Debug)]
pub(super) struct Runners {
    /// By id, with their name.
    known: BTreeMap<String, String>,
    /// The ids by what is left of names when only letters and digits count.
    by_name: BTreeMap<String, String>,
    /// The new ones, in the order of the table.
    new: Vec<String>,
    /// How many were compared with all others.
    compared: usize,
    /// What new ones say of themselves, by id.
    lenders: BTreeMap<String, Lender>,
}

/// The most organisations that are looked at for slips: each is compared with all.
const MOST_COMPARED: usize = 100;

impl Runners {
    pub(super) fn of(site: &Site) -> Self {
        let all = site.data.organisations.iter();
        let known: BTreeMap<String, String> =
            all.map(|(id, own)| (id.clone(), own.name.clone())).collect();
        let by_name = known.iter().rev().map(|(id, name)| (slug(name), id.clone())).collect();
        Self { known, by_name, new: Vec::new(), compared: 0, lenders: BTreeMap::new() }
    }

    /// Who runs the service of each row.
    pub(super) fn read(
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
    pub(super) fn write(&self, into: &Directory<'_>, used: &BTreeSet<String>, done: &mut Imported) {
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
            text += &self.lenders.get(*id).map(said).unwrap_or_default();
        }
        done.organisations = new.len();
        done.files.insert(path, text);
    }

    /// Notes what an organisation says of itself: the first time it does.
    pub(super) fn lend(&mut self, id: &str, lender: Lender) {
        self.lenders.entry(id.to_owned()).or_insert(lender);
    }
}

/// The lines of an organisation after its name. What cannot be read is a note among them.
fn said(lender: &Lender) -> String {
    let mut out = String::new();
    let refuse = |name: &str, fault: &CellFault| {
        format!("  # {name}: {}; {}\n", fault.message, fault.hint).replace('\r', " ")
    };
    if !lender.about.is_empty() && quoted(&lender.about, YamlPlace::Line).len() <= LONGEST {
        out += &format!("  about: {}\n", yaml(&lender.about, YamlPlace::Line));
    }
    if !lender.web.is_empty() {
        out += &match cells::web(&lender.web) {
            Ok((web, _)) => format!("  web: {}\n", yaml(&web, YamlPlace::Line)),
            Err(fault) => refuse("web", &fault),
        };
    }
    let (mut phones, mut notes) = (String::new(), String::new());
    for (number, label) in &lender.phones {
        match cells::phones(number) {
            Ok(read) => {
                for (number, own) in read {
                    let label = if label.is_empty() { own } else { label.clone() };
                    let label = Some(label).filter(|label| !label.is_empty());
                    let item = map(&[("label", &label), ("number", &Some(number))]);
                    phones += &format!("    - {item}\n");
                }
            }
            Err(fault) => notes += &refuse("phones", &fault),
        }
    }
    if !phones.is_empty() {
        out += &format!("  phones:\n{phones}");
    }
    if !lender.email.is_empty() {
        match cells::emails(&lender.email) {
            Ok(all) => {
                out += "  emails:\n";
                for address in all {
                    out += &format!("    - {}\n", map(&[("address", &Some(address))]));
                }
            }
            Err(fault) => notes += &refuse("emails", &fault),
        }
    }
    out + &notes
}
