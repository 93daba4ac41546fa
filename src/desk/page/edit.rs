//! A page on which a file is worked on: the facts at its top as a form, its words as they are,
//! what is found in them, and the page as it will be.

use std::{collections::HashSet, fmt::Write as _};

use super::{
    Notice,
    drawing::drawing,
    fields::{Choices, FieldOf, fields, id_of, label_of, listed as listed_choices},
    framed, hidden, text, value,
};
use crate::{
    desk::{
        files::Sheet,
        found::{FieldName, FormFields, Found, in_form},
        items::{Item, Items},
        reads::{Costly, Reads},
        record::{self, Sent, Value},
    },
    import::notes::{Note, Notes},
    model::{
        kind::{GUIDANCE, KindName},
        schema::{COMMON, DATA, DataFields, KindFields, LISTS, of_data, of_kind},
    },
    parse::{self, Fence, asked::Asked},
    rule::Severity,
    text::{
        Date, Source, Span, slug,
        wording::{counted, listed},
    },
};

/// What is shown of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum View {
    /// Its facts as fields, and its words.
    Fields,
    /// All of it as text.
    Text,
    /// A list in its words as fields: by its number, or by `+` and the name of its fence, which
    /// is put at the end where there is none.
    List(String),
}

impl View {
    /// The one that is asked for.
    pub fn of(asked: &Sent) -> Self {
        match asked.get("list").filter(|list| !list.is_empty()) {
            Some(list) => Self::List(list.to_owned()),
            None if asked.get("text").or(asked.get("as text")).is_some() => Self::Text,
            None => Self::Fields,
        }
    }

    /// What asks for it, in an address.
    pub fn in_address(&self) -> String {
        match self {
            Self::Fields => String::new(),
            Self::Text => "&text=yes".to_owned(),
            Self::List(list) => format!("&list={}", value(list)),
        }
    }
}

/// The lists in the words of a page that a form can show: the fence of each, and where what is
/// in it stands.
pub fn lists(source: &Source) -> Vec<(Fence, Span)> {
    let all = parse::records(source, Date::today()).into_iter();
    let list = all.filter(|record| LISTS.contains(&record.fence)).filter_map(|record| {
        // From behind the line that opens the fence up to the one that ends it, if one does.
        let whole = source.at(record.span).trim_end();
        let open = whole.find('\n')? + 1;
        let close = open.max(whole.rfind('\n')? + 1);
        let ends = whole[close..].trim_start().starts_with(['`', '~']);
        ends.then(|| (record.fence, Span::new(open, close).shifted(record.span.start)))
    });
    list.collect()
}

/// A file in the parts in which it is worked on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// The names and values at its top, or the whole of a record.
    pub facts: String,
    /// The words below; none for a record.
    pub words: Option<String>,
    /// What stands around the facts: the lines of `---`, as they were typed; or nothing. Around
    /// a list it is the rest of the file, and below one that is new there is nothing.
    pub around: (String, String),
    /// The fence of the list that the facts are.
    pub list: Option<Fence>,
}

impl Parts {
    /// Takes a file apart, where its reader does.
    pub fn of(path: &str, file: &str, view: &View) -> Self {
        if is_record(path) {
            let facts = file.to_owned();
            return Self { facts, words: None, around: Default::default(), list: None };
        }
        let source = Source::new(path, file);
        if let View::List(wanted) = view
            && let Some(list) = Self::of_list(&source, wanted)
        {
            return list;
        }
        let (front, body) = parse::parts(&source);
        Self {
            facts: file[front.start..front.end].to_owned(),
            words: Some(file[body.start..].to_owned()),
            around: (file[..front.start].to_owned(), file[front.end..body.start].to_owned()),
            list: None,
        }
    }

    fn of_list(source: &Source, wanted: &str) -> Option<Self> {
        let file = &*source.text;
        let all = lists(source);
        let new = wanted.strip_prefix('+').and_then(Fence::named);
        let found = match new {
            Some(new) => all.into_iter().rfind(|(fence, _)| *fence == new),
            None => all.into_iter().nth(wanted.parse().ok()?),
        };
        let (facts, around, list) = match (found, new) {
            (Some((fence, place)), _) => {
                let around = (file[..place.start].to_owned(), file[place.end..].to_owned());
                (source.at(place).to_owned(), around, fence)
            }
            (None, Some(fence)) => (String::new(), (file.to_owned(), String::new()), fence),
            (None, None) => return None,
        };
        Some(Self { facts, words: None, around, list: Some(list) })
    }

    /// Puts it together again.
    pub fn whole(&self) -> String {
        let Self { facts, words, around: (open, close), list } = self;
        if let Some(list) = list {
            let end = if facts.is_empty() || facts.ends_with('\n') { "" } else { "\n" };
            let (is_new, is_empty) = (close.is_empty(), facts.trim().is_empty());
            if is_new && is_empty {
                return open.clone();
            }
            if is_new {
                let gap = gap_below(open);
                return format!("{open}{gap}```{}\n{facts}{end}```\n", list.name());
            }
            if !is_empty {
                return format!("{open}{facts}{end}{close}");
            }
            // A list of nothing takes its fence with it.
            let before = open.trim_end_matches('\n').rsplit_once('\n').map_or("", |(all, _)| all);
            let after = close.split_once('\n').map_or("", |(_, all)| all);
            let before = format!("{}\n", before.trim_end_matches('\n'));
            let is_apart = after.lines().next().is_none_or(|line| line.trim().is_empty());
            let gap = if is_apart { "" } else { "\n" };
            return format!("{before}{gap}{after}");
        }
        let Some(words) = words else { return format!("{open}{facts}{close}") };
        if open.trim().is_empty() && close.is_empty() {
            if facts.trim().is_empty() {
                return format!("{open}{words}");
            }
            let end = if facts.ends_with('\n') { "" } else { "\n" };
            return format!("---\n{facts}{end}---\n{words}");
        }
        let end =
            if facts.is_empty() || facts.ends_with('\n') || close.is_empty() { "" } else { "\n" };
        // Behind lines that nothing ended the words need one of their own.
        let gap =
            if close.ends_with('\n') || close.is_empty() || words.is_empty() { "" } else { "\n" };
        format!("{open}{facts}{end}{close}{gap}{words}")
    }

    /// Where the words begin in the file of which these are the parts; at its end where no box
    /// has them.
    pub fn begins(&self, file: &str) -> usize {
        file.len() - self.words.as_ref().map_or(0, String::len)
    }

    /// Whether the list that these are the parts of is one in the whole of them.
    pub fn is_list_in(&self, path: &str, whole: &str, view: &View) -> bool {
        let again = Self::of(path, whole, view);
        self.facts.trim().is_empty()
            || (again.list, again.facts.trim_end()) == (self.list, self.facts.trim_end())
    }
}

/// What makes a line below some words a part of its own.
fn gap_below(words: &str) -> &'static str {
    match words {
        "" => "",
        words if words.ends_with("\n\n") => "",
        words if words.ends_with('\n') => "\n",
        _ => "\n\n",
    }
}

/// Whether a file is a record, without words below.
pub fn is_record(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    lower.ends_with(".yaml") || lower.ends_with(".yml") || lower.ends_with(".toml")
}

/// What the fields of a file are.
#[derive(Debug)]
pub enum FormOf {
    /// Those of a page of a kind: its own and the common ones.
    Page(KindFields, KindName),
    /// Those of each record of a data file.
    Data(Vec<Asked>),
    /// Those of each of the things in a row.
    Items(Items),
    /// None: it is worked on as text.
    Text,
}

impl FormOf {
    /// The form of a file, which is a page of this `kind`, if it is one.
    pub fn of(path: &str, kind: Option<KindName>) -> Self {
        let name = crate::text::address::name_of(path);
        if path.contains("_data/") {
            return match of_data(name) {
                Some(DataFields::Records(asked)) => Self::Data(asked),
                _ => Items::of_data(name).map_or(Self::Text, Self::Items),
            };
        }
        if path.contains("_snippets/") || path == "site.toml" || kind.is_none() && is_record(path) {
            return Self::Text;
        }
        let kind = kind.unwrap_or(&GUIDANCE);
        Self::Page(of_kind(kind), kind)
    }

    /// Whether its fields can hold what a file says: not where two records have one id.
    pub fn fits(&self, path: &str, facts: &str) -> bool {
        let source = Source::new(path, facts);
        match self {
            Self::Items(items) => return items.fits(&source, Span::new(0, facts.len())),
            Self::Page(..) | Self::Text => return true,
            Self::Data(_) => {}
        }
        let ids = record::ids(&source, Span::new(0, facts.len()));
        let mut names: Vec<&str> = ids.iter().map(|(id, _)| id.as_str()).collect();
        names.sort_unstable();
        let is_block = !facts.trim_start().starts_with('{');
        is_block && names.windows(2).all(|pair| pair[0] != pair[1])
    }

    /// The facts with what a form sent put in.
    pub fn edited(&self, path: &str, facts: &str, sent: &record::Sent) -> String {
        let source = Source::new(path, facts);
        let whole = Span::new(0, facts.len());
        match self {
            Self::Page(KindFields { own, common }, _) => {
                let all: Vec<Asked> = own.iter().chain(common).cloned().collect();
                let mut new = record::edited(&source, whole, &all, sent, FACTS);
                if sent.get(NOTES_OUT).is_some()
                    && let Some(Notes { place, .. }) = Notes::of(&new)
                {
                    new.replace_range(place.start..place.end, "");
                }
                new
            }
            Self::Data(asked) => {
                let mut out = facts.to_owned();
                for (id, place) in record::ids(&source, whole).into_iter().rev() {
                    let prefix = format!("{FACTS}/{id}");
                    if sent.get(&format!("{prefix}/remove")).is_some() {
                        let line = facts[..place.start].rfind('\n').map_or(0, |at| at + 1);
                        let end = facts[place.end..]
                            .find('\n')
                            .map_or(facts.len(), |at| place.end + at + 1);
                        out.replace_range(line..end, "");
                        continue;
                    }
                    let new = record::edited(&source, place, asked, sent, &prefix);
                    out.replace_range(place.start..place.end, &new);
                }
                out + &new_record(asked, sent, facts)
            }
            Self::Items(items) => items.edited(&source, whole, sent, FACTS),
            Self::Text => facts.to_owned(),
        }
    }
}

/// Tells which field of a form something in the facts is in.
#[derive(Debug)]
pub struct FieldPlaces<'a> {
    form: &'a FormOf,
    source: Source,
    /// The records of a data file or the things in a row, in order: what the names of their
    /// fields have, what they are called, and where they stand.
    records: Vec<(String, String, Span)>,
}

impl<'a> FieldPlaces<'a> {
    /// For these facts of a file.
    pub fn of(form: &'a FormOf, path: &str, facts: &str) -> Self {
        let source = Source::new(path, facts);
        let whole = Span::new(0, facts.len());
        let records = match form {
            FormOf::Data(_) => {
                let all = record::ids(&source, whole).into_iter();
                all.map(|(id, place)| (id.clone(), id, place)).collect()
            }
            FormOf::Items(items) => {
                let all = items.read(&source, whole).into_iter().enumerate();
                let one = |(number, item): (usize, Item)| {
                    let title = item.title().map(|title| format!("“{title}”"));
                    let title = title.unwrap_or_else(|| (number + 1).to_string());
                    (number.to_string(), title, item.place)
                };
                all.map(one).collect()
            }
            FormOf::Page(..) | FormOf::Text => Vec::new(),
        };
        Self { form, source, records }
    }

    /// The record or the thing in which byte `at` of the facts stands.
    fn record(&self, at: usize) -> Option<&(String, String, Span)> {
        let after = self.records.partition_point(|(.., place)| place.start <= at);
        self.records.get(after.checked_sub(1)?)
    }

    /// The field for a name, in the record in which byte `at` of the facts stands.
    pub fn named(&self, name: &str, at: usize) -> Option<FieldName> {
        let is_it = |asked: &Asked| asked.name == name;
        let is_known = match self.form {
            FormOf::Page(KindFields { own, common }, _) => own.iter().chain(common).any(is_it),
            FormOf::Data(asked) => asked.iter().any(is_it),
            FormOf::Items(items) => items.asked.iter().any(is_it),
            FormOf::Text => false,
        };
        let record = match self.form {
            FormOf::Page(..) => None,
            _ => Some(self.record(at)?),
        };
        is_known.then(|| field(record, &[name.to_owned()]))
    }

    /// The field in which byte `at` of the facts stands.
    pub fn at(&self, at: usize) -> Option<FieldName> {
        let source = &self.source;
        if let FormOf::Page(KindFields { own, common }, _) = self.form {
            let whole = Span::new(0, source.text.len());
            let way = record::way_to(source, whole, own, at);
            let way = way.or_else(|| record::way_to(source, whole, common, at))?;
            return Some(field(None, &way));
        }
        let record = self.record(at)?;
        let way = match self.form {
            FormOf::Data(asked) => record::way_to(source, record.2, asked, at)?,
            FormOf::Items(items) => items.way_to(source, record.2, at)?,
            FormOf::Page(..) | FormOf::Text => return None,
        };
        Some(field(Some(record), &way))
    }
}

/// The field to which a way leads, in a record.
fn field(record: Option<&(String, String, Span)>, way: &[String]) -> FieldName {
    let of = record.map(|(_, title, _)| format!(" of {title}")).unwrap_or_default();
    let names = [FACTS].into_iter().chain(record.map(|(name, ..)| name.as_str()));
    let names: Vec<&str> = names.chain(way.iter().map(String::as_str)).collect();
    FieldName { id: id_of(&names.join("/")), label: format!("“{}”{of}", label_of(way)) }
}

/// Where a form and its file are the same: the facts begin at a byte of the file.
#[derive(Debug)]
pub struct FieldsOfFile<'a> {
    /// Where its fields are.
    pub places: FieldPlaces<'a>,
    /// Where the facts begin.
    pub begins: usize,
    /// Whether the file is shown as a form, and not as text.
    pub is_form: bool,
}

impl FormFields for FieldsOfFile<'_> {
    fn at(&self, byte: usize) -> Option<FieldName> {
        self.places.at(byte.checked_sub(self.begins)?)
    }

    fn named(&self, name: &str, byte: usize) -> Option<FieldName> {
        let at = byte.saturating_sub(self.begins);
        self.is_form.then(|| self.places.named(name, at)).flatten()
    }

    fn place(&self) -> &'static str {
        match self.places.form {
            FormOf::Data(_) | FormOf::Items(_) => "in this list",
            FormOf::Page(..) | FormOf::Text => "in the facts at the top",
        }
    }
}

/// A record that a form adds to a data file, under an id made of its name.
fn new_record(asked: &[Asked], sent: &record::Sent, facts: &str) -> String {
    let prefix = format!("{FACTS}/+");
    let empty = Source::new("", "");
    let record = record::edited(&empty, Span::default(), asked, sent, &prefix);
    let id = slug(sent.get("new id").unwrap_or_default());
    // What was filled in is kept, whatever pages are to call it.
    let names = || asked.iter().filter_map(|asked| sent.get(&format!("{prefix}/{}", asked.name)));
    let id = if id.is_empty() { names().map(slug).find(|id| !id.is_empty()) } else { Some(id) };
    let id = id.unwrap_or_else(|| "new".to_owned());
    let known = record::ids(&Source::new("", facts), Span::new(0, facts.len()));
    let is_taken = |id: &str| known.iter().any(|(known, _)| known == id);
    // Another of the same name is no change of the first.
    let id = (1..).map(|number| if number == 1 { id.clone() } else { format!("{id}-{number}") });
    let id = id.into_iter().find(|id| !is_taken(id)).unwrap_or_default();
    if record.trim().is_empty() {
        return String::new();
    }
    let before = if facts.is_empty() || facts.ends_with('\n') { "" } else { "\n" };
    let lines = record
        .lines()
        .map(|line| if line.is_empty() { String::new() } else { format!("  {line}") });
    format!("{before}{id}:\n{}\n", lines.collect::<Vec<_>>().join("\n"))
}

/// The name of the field that takes the notes of an import out.
const NOTES_OUT: &str = "take notes out";

/// What an import wrote at the top of the file, above the fields.
fn import_notes(out: &mut String, editing: &Editing<'_>) {
    let Editing { sheet, parts, form, .. } = editing;
    let Some(notes) = Notes::of(&parts.facts) else { return };
    let places = FieldPlaces::of(form, &sheet.path, &parts.facts);
    let heading = match notes.is_of_table() {
        true => "What the spreadsheet had and no field took",
        false => "What the document had and did not come along",
    };
    _ = writeln!(
        out,
        "<section class=\"notes\" aria-labelledby=\"notes-name\"><h2 id=\"notes-name\">{heading}</h2>\n\
         <p>From {}. Put what is right into the fields. These lines stay in the file until you \
         take them out; readers do not see them.</p>",
        text(&notes.from)
    );
    if !notes.all.is_empty() {
        out.push_str("<ul>\n");
    }
    for Note { what, had, said } in &notes.all {
        let (said, _) = in_form(said, &|name| places.named(name, 0));
        let had = if had.is_empty() { String::new() } else { format!(" {}", text(had)) };
        let what = match what.is_empty() {
            true => String::new(),
            false => format!(
                "<strong>{}:</strong>{had}<br>",
                text(&label_of(std::slice::from_ref(what)))
            ),
        };
        _ = writeln!(out, "<li>{what}{}</li>", text(&said));
    }
    if !notes.all.is_empty() {
        out.push_str("</ul>\n");
    }
    _ = writeln!(
        out,
        "<p class=\"remove\"><input type=\"checkbox\" id=\"notes-out\" name=\"{NOTES_OUT}\" value=\"yes\"> \
         <label for=\"notes-out\">All of this is done: take it out. To publish, choose “Not said” \
         under Status as well</label></p></section>"
    );
}

/// What begins the names of the fields for facts.
const FACTS: &str = "facts";

/// All that the page shows.
#[derive(Debug)]
pub struct Editing<'a> {
    /// What it is called.
    pub title: &'a str,
    /// The file as it was read, with the version that is saved.
    pub sheet: &'a Sheet,
    /// What is in the fields now.
    pub parts: &'a Parts,
    /// What can be filled in.
    pub form: &'a FormOf,
    /// What is shown of it.
    pub view: &'a View,
    /// What is found in it.
    pub found: &'a [Found],
    /// How many more are found in what is not shown.
    pub elsewhere: usize,
    /// How its words read, in the file, from the byte at which the box with the words begins.
    pub reads: Option<(Reads, &'a str, usize)>,
    /// Where the page is, as it will be; none where there is none.
    pub seen: Option<String>,
    /// What fields can be filled with.
    pub choices: &'a Choices,
    /// What was just done.
    pub notice: Option<Notice>,
    /// How many earlier states there are.
    pub states: usize,
    /// Whether what is in the fields is not saved.
    pub is_unsaved: bool,
    /// The languages in which it is not written yet: their tags and names.
    pub languages: Vec<(String, String)>,
    /// The lists that it may begin.
    pub new_lists: Vec<Fence>,
}

/// The page.
pub fn edit(editing: &Editing<'_>) -> String {
    let Editing { title, sheet, parts, form, view, notice, .. } = editing;
    let file = value(&sheet.path);
    let mut out = String::new();
    let mut flow = String::new();
    let unsaved = if editing.is_unsaved { "" } else { " hidden" };
    _ = writeln!(
        out,
        "<p class=\"about\"><code>{}</code> <span id=\"unsaved\"{unsaved}>Not saved yet</span></p>",
        text(&sheet.path)
    );
    out.push_str("<div class=\"sides\">\n<div class=\"writing\">\n");
    let is_text = **view == View::Text || matches!(form, FormOf::Text);
    if !is_text {
        sieve(&mut out, editing);
    }
    _ = writeln!(out, "<form id=\"edit\" method=\"post\" action=\"save\" autocomplete=\"off\">");
    hidden(&mut out, "file", &sheet.path);
    hidden(&mut out, "version", &sheet.version);
    // Enter in a field saves; no other button comes before this one.
    out.push_str("<button class=\"quiet\" tabindex=\"-1\" aria-hidden=\"true\">Save</button>\n");
    if is_text {
        hidden(&mut out, "as text", "yes");
        words_box(&mut out, "The whole file, as text", &parts.whole());
    } else {
        // A line end at its start would be lost in a form, so the facts go in quotes of the form.
        hidden(&mut out, "facts", &parts.facts);
        // What the fields mean is known also when the file was taken away meanwhile.
        if let FormOf::Page(_, kind) = form {
            hidden(&mut out, "kind", kind.name);
        }
        hidden(&mut out, "open", &parts.around.0);
        hidden(&mut out, "close", &parts.around.1);
        if let (View::List(list), Some(fence)) = (view, parts.list) {
            hidden(&mut out, "list", list);
            hidden(&mut out, "fence", fence.name());
        }
        if let FormOf::Page(..) = form {
            import_notes(&mut out, editing);
        }
        if parts.words.is_some() {
            as_fields(&mut out, &Source::new(sheet.path.as_str(), parts.whole()));
        }
        facts(&mut out, editing);
        if let Some(words) = &parts.words {
            words_box(&mut out, "The text", words);
        }
    }
    let back = match parts.list {
        Some(_) => {
            "\n<button formaction=\"look\" name=\"to\" value=\"\" class=\"second\">To the text</button>"
        }
        None => "",
    };
    _ = writeln!(
        out,
        "<p class=\"buttons save\"><button>Save</button>\n\
         <button formaction=\"look\" class=\"second\">Look, without saving</button>{back}\n\
         <a id=\"how-many\" href=\"#found\"{}>{}</a></p>",
        if editing.found.is_empty() { " hidden" } else { "" },
        counted(editing.found.len(), "thing found", "things found")
    );
    listed_choices(&mut out, editing.choices);
    findings(&mut out, editing);
    how_it_reads(&mut out, editing.reads.as_ref());
    out.push_str("</form>\n");
    more(&mut out, editing, &file);
    out.push_str("</div>\n");
    if let (FormOf::Page(fields, _), None) = (form, &parts.words) {
        let source = Source::new(sheet.path.as_str(), parts.facts.as_str());
        let whole = Span::new(0, parts.facts.len());
        flow = drawing(&record::read(&source, whole, &fields.own));
    }
    if let Some(seen) = &editing.seen {
        _ = writeln!(
            out,
            "<section class=\"seen\" aria-labelledby=\"seen-name\"><h2 id=\"seen-name\">The page as it will be</h2>\n\
             <iframe id=\"seen\" src=\"{}\" title=\"The page as it will be\"></iframe></section>",
            text(seen)
        );
    }
    out.push_str("</div>\n");
    out.push_str(&flow);
    framed(title, notice.as_ref(), &out)
}

/// The box that finds one of many, for the script.
fn sieve(out: &mut String, editing: &Editing<'_>) {
    if let FormOf::Data(_) | FormOf::Items(_) = editing.form {
        out.push_str(
            "<p id=\"sieve\" hidden><label for=\"filter\">Show only what has these words</label>\n\
             <input id=\"filter\" type=\"search\" autocomplete=\"off\" spellcheck=\"false\"></p>\n",
        );
    }
}

/// What leads to each list in the words as fields.
fn as_fields(out: &mut String, source: &Source) {
    for (number, (fence, place)) in lists(source).into_iter().enumerate() {
        let items = Items::of_list(fence);
        if !items.fits(source, place) {
            continue;
        }
        let all = items.read(source, place);
        let first = all.first().and_then(|item| item.title()).unwrap_or_default();
        let more = match all.len() {
            0 | 1 => String::new(),
            count => format!(", and {} more", count - 1),
        };
        let noun = items.noun;
        _ = writeln!(
            out,
            "<p><button class=\"second\" formaction=\"look\" name=\"to\" value=\"{number}\">\
             {} as fields<span class=\"quiet\">: {}{more}</span></button></p>",
            counted(all.len(), noun, &format!("{noun}s")),
            text(first)
        );
    }
}

fn words_box(out: &mut String, label: &str, words: &str) {
    let rows = (words.lines().count() + words.len() / 90 + 3).clamp(12, 40);
    _ = writeln!(
        out,
        "<div class=\"field words\"><label for=\"words\">{label}</label>\n\
         <div id=\"tools\" role=\"toolbar\" aria-label=\"Write\" aria-controls=\"words\" hidden></div>\n\
         <textarea id=\"words\" name=\"words\" rows=\"{rows}\" spellcheck=\"true\">\n{}</textarea></div>",
        text(words)
    );
}

/// The facts as fields.
fn facts(out: &mut String, editing: &Editing<'_>) {
    let Editing { sheet, parts, form, found, choices, .. } = editing;
    let source = Source::new(sheet.path.as_str(), parts.facts.as_str());
    let whole = Span::new(0, parts.facts.len());
    match form {
        FormOf::Page(KindFields { own, common }, kind) => {
            let part = kind.manual();
            let own_values = record::read(&source, whole, own);
            let common_values = record::read(&source, whole, common);
            let with = |asked: &[Asked], values: Vec<(String, Value)>, part| -> Vec<Row> {
                let pairs = asked.iter().cloned().zip(values);
                pairs.map(|(asked, (_, value))| (asked, value, part)).collect()
            };
            let mut all = with(own, own_values, part);
            let mut common = with(common, common_values, COMMON);
            let is_record = parts.words.is_none();
            if is_record {
                // What a record says comes first, with its title.
                let has_name = all.iter().any(|(asked, ..)| asked.name == "name");
                let is_title = |(asked, ..): &mut Row| {
                    matches!(asked.name.as_str(), "title" | "description") && !has_name
                };
                all.extend(common.extract_if(.., is_title));
                block(out, "What it says", true, &all, &["title", "name", "description"], choices);
                all = Vec::new();
            }
            all.extend(common);
            let first = ["title", "description", "owner", "checked", "check again", "status"];
            let first = if is_record { &first[2..] } else { &first };
            let is_open = found.iter().any(|found| found.line.is_none());
            block(out, "Facts about this page", is_open, &all, first, choices);
        }
        FormOf::Data(asked) => {
            let ids: Vec<_> = record::ids(&source, whole).into_iter().collect();
            let beginning = |id: &str| id_of(&format!("{FACTS}/{id}/"));
            // “money-team” begins as “money” does: the longest is meant.
            let wrong: HashSet<String> = found
                .iter()
                .filter_map(|one| {
                    let field = one.field.as_ref()?;
                    let begins = ids.iter().map(|(id, _)| beginning(id));
                    begins.filter(|begins| field.id.starts_with(begins)).max_by_key(String::len)
                })
                .collect();
            for (id, place) in ids {
                let values = record::read(&source, place, asked);
                let name = values.iter().find_map(|(_, value)| match value {
                    Value::Words(words) => Some(words.as_str()),
                    _ => None,
                });
                let one = Folded {
                    title: &id,
                    note: name.unwrap_or_default(),
                    prefix: format!("{FACTS}/{id}"),
                    out: &format!("Take {id} out"),
                    is_open: wrong.contains(&beginning(&id)),
                };
                folded(out, &one, asked, &values, DATA, choices);
            }
            out.push_str("<details class=\"facts\"><summary>Add another</summary>\n");
            out.push_str(
                "<div class=\"field\"><label for=\"new-id\">What pages call it</label>\
                 <p class=\"hint\" id=\"new-id-hint\">A short name that stays: <code>money-team</code></p>\
                 <input id=\"new-id\" name=\"new id\" aria-describedby=\"new-id-hint\" autocomplete=\"off\"></div>\n",
            );
            let none = nothing(asked);
            data_fields(out, asked, &none, &format!("{FACTS}/+"), DATA, choices);
            out.push_str("</details>\n");
        }
        FormOf::Items(items) => {
            let Items { asked, noun, part, .. } = items;
            let all = items.read(&source, whole);
            let start = format!("{FACTS}-");
            let wrong = found.iter().filter_map(|one| {
                let (number, _) = one.field.as_ref()?.id.strip_prefix(&start)?.split_once('-')?;
                number.parse::<usize>().ok()
            });
            let wrong: HashSet<usize> = wrong.collect();
            if parts.list.is_some() {
                let counted = counted(all.len(), noun, &format!("{noun}s"));
                _ = writeln!(out, "<h2>{counted} in this page</h2>");
            }
            for (number, item) in all.iter().enumerate() {
                let mut words = item.values.iter().filter_map(|(_, value)| match value {
                    Value::Words(words) => Some(words.as_str()),
                    Value::List(all) => all.first().map(String::as_str),
                    _ => None,
                });
                let one = Folded {
                    title: words.next().unwrap_or("Without words"),
                    note: words.next().unwrap_or_default(),
                    prefix: format!("{FACTS}/{number}"),
                    out: &format!("Take this {noun} out"),
                    is_open: wrong.contains(&number),
                };
                folded(out, &one, asked, &item.values, part, choices);
            }
            let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
            let open = if all.is_empty() { " open" } else { "" };
            _ = writeln!(
                out,
                "<details class=\"facts\"{open}><summary>Add {article} {noun}</summary>"
            );
            let prefix = format!("{FACTS}/{}", all.len());
            data_fields(out, asked, &nothing(asked), &prefix, part, choices);
            out.push_str("</details>\n");
        }
        FormOf::Text => {}
    }
}

/// A name with its value, and the heading of the manual below which it is explained.
type Row = (Asked, Value, &'static str);

/// A block of fields that can be folded away.
fn block(
    out: &mut String,
    heading: &str,
    is_open: bool,
    all: &[Row],
    first: &[&str],
    choices: &Choices,
) {
    let open = if is_open { " open" } else { "" };
    _ = writeln!(out, "<details class=\"facts\"{open}><summary>{heading}</summary>");
    let all: Vec<FieldOf<'_>> =
        all.iter().map(|(asked, value, part)| FieldOf { asked, value, part }).collect();
    fields(out, &all, first, FACTS, choices);
    out.push_str("</details>\n");
}

/// One of many, folded.
struct Folded<'a> {
    title: &'a str,
    note: &'a str,
    prefix: String,
    /// What the box says that takes it out.
    out: &'a str,
    is_open: bool,
}

fn folded(
    out: &mut String,
    one: &Folded<'_>,
    asked: &[Asked],
    values: &[(String, Value)],
    part: &str,
    choices: &Choices,
) {
    let open = if one.is_open { " open" } else { "" };
    _ = writeln!(
        out,
        "<details class=\"facts\" data-item{open}><summary>{} <span class=\"note\">{}</span></summary>",
        text(one.title),
        text(one.note)
    );
    data_fields(out, asked, values, &one.prefix, part, choices);
    let name = format!("{}/remove", one.prefix);
    let id = id_of(&name);
    _ = writeln!(
        out,
        "<p class=\"remove\"><input type=\"checkbox\" id=\"{id}\" name=\"{}\" value=\"yes\"> \
         <label for=\"{id}\">{}</label></p></details>",
        text(&name),
        text(one.out)
    );
}

fn nothing(asked: &[Asked]) -> Vec<(String, Value)> {
    asked.iter().map(|asked| (asked.name.clone(), Value::None)).collect()
}

fn data_fields(
    out: &mut String,
    asked: &[Asked],
    values: &[(String, Value)],
    prefix: &str,
    part: &str,
    choices: &Choices,
) {
    let all: Vec<FieldOf<'_>> = asked
        .iter()
        .zip(values)
        .map(|(asked, (_, value))| FieldOf { asked, value, part })
        .collect();
    let first: Vec<&str> = asked.iter().take(5).map(|asked| asked.name.as_str()).collect();
    fields(out, &all, &first, prefix, choices);
}

/// What was found, with what can be put there.
fn findings(out: &mut String, editing: &Editing<'_>) {
    let Editing { found, elsewhere, .. } = editing;
    _ = writeln!(
        out,
        "<section id=\"found\" aria-labelledby=\"found-name\"><h2 id=\"found-name\">{}</h2>",
        says(found, *elsewhere)
    );
    if !found.is_empty() {
        out.push_str("<ol>\n");
    }
    for (number, one) in found.iter().enumerate() {
        let (class, sort) = (one.severity, one.label());
        let place = match (one.line, &one.field) {
            (Some(line), _) => format!("line {line}"),
            (None, Some(FieldName { id, label })) => {
                format!("<a href=\"#{id}\">in {}</a>", text(label))
            }
            (None, None) => one.place.to_owned(),
        };
        _ = writeln!(
            out,
            "<li class=\"{class}\"><p><strong>{sort}</strong>, {place}: {}</p>",
            text(&one.message)
        );
        let [before, at, after] = &one.words;
        if !(before.is_empty() && at.is_empty() && after.is_empty()) {
            _ = writeln!(
                out,
                "<p class=\"line\">{}<mark>{}</mark>{}</p>",
                text(before),
                text(at),
                text(after)
            );
        }
        if !one.hint.is_empty() {
            _ = writeln!(out, "<p>What to do: {}</p>", text(&one.hint));
        }
        if let (Some(with), Some(change)) = (&one.with, one.change()) {
            _ = writeln!(
                out,
                "<p><button class=\"second\" formaction=\"look\" name=\"use\" value=\"{}\">Use “{}”\
                 <span class=\"quiet\"> in place of “{}”, {}</span></button></p>",
                text(&change),
                text(with),
                text(at),
                number + 1
            );
        }
        _ = writeln!(out, "<p><a href=\"/_plainsite/explain/{0}\">Why: {0}</a></p></li>", one.code);
    }
    if !found.is_empty() {
        out.push_str("</ol>\n");
    }
    out.push_str("</section>\n");
}

/// How the words read, folded: it is advice. Where there are none yet, the script fills it.
fn how_it_reads(out: &mut String, reads: Option<&(Reads, &str, usize)>) {
    let hidden = if reads.is_none() { " hidden" } else { "" };
    let says = reads.map_or("", |(reads, ..)| reads.says.as_str());
    _ = writeln!(
        out,
        "<details id=\"reads\" class=\"more\"{hidden}><summary>How it reads: <span>{}</span></summary>",
        text(says)
    );
    out.push_str("<p>A word is familiar when it is short or used each day. Numbers know nothing of what is said.</p>\n");
    if let Some((Reads { costly, .. }, file, begins)) =
        reads.filter(|(reads, ..)| !reads.costly.is_empty())
    {
        out.push_str("<p>These sentences cost a reader most:</p>\n<ol>\n");
        for one in costly {
            let Costly { cost, sentence, .. } = one;
            let line =
                one.line(file, *begins).map_or_else(String::new, |line| format!("line {line}, "));
            _ = writeln!(out, "<li>{line}{cost}: {}</li>", text(sentence));
        }
        out.push_str("</ol>\n");
    }
    out.push_str("</details>\n");
}

/// `2 things to look at`, and how many there are in what is not shown.
pub fn says(found: &[Found], elsewhere: usize) -> String {
    let count = |severity| found.iter().filter(|one| one.severity == severity).count();
    let thing = |count: usize, words: &str| match count {
        0 => None,
        1 => Some(format!("1 thing {words}")),
        count => Some(format!("{count} things {words}")),
    };
    let first = match count(Severity::Error) {
        0 => thing(count(Severity::Warning), "to look at"),
        errors => thing(errors, "to mend before it can be published"),
    };
    let rest = match (count(Severity::Error), count(Severity::Warning)) {
        (0, _) | (_, 0) => None,
        (_, rest) => Some(format!("{rest} to look at")),
    };
    let advice = match count(Severity::Advice) {
        0 => None,
        1 => Some("1 piece of advice".to_owned()),
        count => Some(format!("{count} pieces of advice")),
    };
    let all: Vec<String> = [first, rest, advice].into_iter().flatten().collect();
    let own = match all.is_empty() {
        true => "Nothing to mend".into(),
        false => listed(&all, " and "),
    };
    match elsewhere {
        0 => own,
        count => format!("{own} here, {count} in the rest of the page"),
    }
}

/// What else can be done with the file.
fn more(out: &mut String, editing: &Editing<'_>, file: &str) {
    let mut all = String::new();
    ways(&mut all, editing, file);
    if !all.is_empty() {
        _ = writeln!(
            out,
            "<section class=\"also\" aria-labelledby=\"also-name\"><h2 id=\"also-name\">Also</h2>\n\
             <ul>\n{all}</ul></section>"
        );
    }
}

fn ways(out: &mut String, editing: &Editing<'_>, file: &str) {
    let Editing { sheet, form, view, states, .. } = editing;
    if *states > 0 {
        let count = if *states == 1 {
            "1 earlier state".to_owned()
        } else {
            format!("{states} earlier states")
        };
        _ = writeln!(
            out,
            "<li><a href=\"states?file={file}\">{count}: look, or go back to one</a></li>"
        );
    }
    if editing.is_unsaved {
        _ = writeln!(out, "<li><form method=\"post\" action=\"forget\">");
        hidden(out, "file", &sheet.path);
        out.push_str("<button class=\"second\">Forget what is not saved</button></form></li>\n");
    }
    match (view, form) {
        (_, FormOf::Text) => {}
        (View::Fields | View::List(_), _) => {
            _ = writeln!(
                out,
                "<li><a href=\"edit?file={file}&amp;text=yes\">The whole file as text</a></li>"
            )
        }
        (View::Text, _) => {
            _ = writeln!(out, "<li><a href=\"edit?file={file}\">The facts as fields</a></li>")
        }
    }
    for fence in &editing.new_lists {
        let what = match fence {
            Fence::Buy => "Begin a list of answers to “Can I buy…?”",
            _ => "Begin a list of pictures with their words",
        };
        _ = writeln!(
            out,
            "<li><button form=\"edit\" formaction=\"look\" name=\"to\" value=\"+{}\" class=\"second\">{what}</button></li>",
            fence.name()
        );
    }
    if sheet.path.ends_with(".md") && matches!(form, FormOf::Page(..)) {
        _ = writeln!(
            out,
            "<li><details class=\"more\"><summary>A picture</summary>\n\
            <form method=\"post\" enctype=\"multipart/form-data\" action=\"picture\">"
        );
        hidden(out, "file", &sheet.path);
        out.push_str(
            "<div class=\"field\"><label for=\"picture\">The picture</label>\
             <p class=\"hint\" id=\"picture-hint\">A file that ends in .jpg, .png, .webp or .svg</p>\
             <input type=\"file\" id=\"picture\" name=\"picture\" accept=\"image/*\" aria-describedby=\"picture-hint\" required></div>\n\
             <div class=\"field\"><label for=\"alt\">What it shows, for people who do not see it</label>\
             <input id=\"alt\" name=\"alt\" required autocomplete=\"off\"></div>\n\
             <p class=\"buttons\"><button class=\"second\">Put it at the end of the text</button></p></form></details></li>\n",
        );
    }
    if matches!(form, FormOf::Page(..)) {
        _ = writeln!(
            out,
            "<li><details class=\"more\"><summary>Move it, or take it away</summary>\n\
            <form method=\"post\" action=\"rename\">"
        );
        hidden(out, "file", &sheet.path);
        _ = writeln!(
            out,
            "<div class=\"field\"><label for=\"to\">Its place and name</label>\
             <p class=\"hint\" id=\"to-hint\">Links to it are mended, and its old address leads to the new one.</p>\
             <input id=\"to\" name=\"to\" value=\"{}\" aria-describedby=\"to-hint\" required autocomplete=\"off\"></div>\n\
             <p class=\"buttons\"><button class=\"second\">Move it</button></p></form>\n\
             <form method=\"post\" action=\"remove\">",
            text(&sheet.path)
        );
        hidden(out, "file", &sheet.path);
        hidden(out, "version", &sheet.version);
        out.push_str(
            "<p>A page that people have the address of is better withdrawn: set its status to \
             <code>withdrawn</code>. What is taken away can be brought back from its earlier states.</p>\n\
             <p class=\"buttons\"><button class=\"second\">Take it away</button></p></form></details></li>\n",
        );
    }
    for (language, name) in &editing.languages {
        _ = writeln!(out, "<li><form method=\"post\" action=\"translate\">");
        hidden(out, "file", &sheet.path);
        hidden(out, "language", language);
        _ = writeln!(
            out,
            "<p class=\"buttons\"><button class=\"second\">Write it in {}</button></p></form></li>",
            text(name)
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_make_the_whole() {
        for file in [
            "# A\n\nB\n",
            "---\ntitle: A\n---\nB\n",
            "---\n---\nB\n",
            "---\ntitle: A\n",
            "",
            "---\ntitle: A\n# a remark\n\n---\n\n---\nB",
            "---\ntitle: A\n---",
            "---\ntitle: A\n...\nB\n",
            "\n---\ntitle: A\n---\nB\n",
            "---\ntitle: A\n\nB\n",
            "--- \ntitle: A\n---\n",
        ] {
            let parts = Parts::of("content/a.md", file, &View::Fields);
            assert_eq!(parts.whole(), file);
            assert_eq!(&file[parts.begins(file)..], parts.words.as_deref().unwrap_or_default());
        }
        let record = Parts::of("content/a.yaml", "---\nname: A\n", &View::Fields);
        assert_eq!((record.whole().as_str(), record.words), ("---\nname: A\n", None));
        let mut new = Parts::of("content/a.md", "# A\n", &View::Fields);
        new.facts = "title: B\n".into();
        assert_eq!(new.whole(), "---\ntitle: B\n---\n# A\n");
    }

    #[test]
    fn a_list_goes_without_the_words_around_it() {
        let list = "```buy\n- item: A\n```\n";
        for (file, without) in [
            (format!("Words.\n\n{list}---\n"), "Words.\n\n---\n"),
            (format!("Words.\n{list}Next line."), "Words.\n\nNext line."),
            (format!("Words.\n\n{list}\nNext."), "Words.\n\nNext."),
            (format!("Words.  \n\n{list}"), "Words.  \n"),
        ] {
            let mut parts = Parts::of("content/a.md", &file, &View::List("0".into()));
            assert_eq!(parts.whole(), file);
            parts.facts.clear();
            assert_eq!(parts.whole(), without);
        }
        for file in ["Words.  \n\n\n\n", "Words.\u{a0}\u{a0}\n", "Words.", ""] {
            let mut parts = Parts::of("content/a.md", file, &View::List("+buy".into()));
            assert_eq!(parts.whole(), file, "nothing was added");
            parts.facts = "- item: A\n".into();
            let new = parts.whole();
            assert!(new.starts_with(file) && new.ends_with(list), "{new}");
            let again = Parts::of("content/a.md", &new, &View::List("+buy".into()));
            assert_eq!((again.facts, again.list), (parts.facts, Some(Fence::Buy)), "{new}");
        }
        // What no line ends is no list to be worked on.
        let open = Source::new("", "```buy\n- item: A\n- item: B\n");
        assert_eq!(lists(&open), []);
    }

    #[test]
    fn what_is_found_in_the_facts_is_said_of_its_field() {
        let said = |path: &str, kind: Option<KindName>, facts: &str, at: &str| {
            let form = FormOf::of(path, kind);
            let place = facts.find(at).expect("it is there");
            let name = FieldPlaces::of(&form, path, facts).at(place)?;
            Some(format!("{} {}", name.id, name.label))
        };
        let page = |at: &str| {
            let facts = "title: A\n# a remark\nchecked: someday\nunheard: of\n";
            said("content/a.md", None, facts, at)
        };
        assert_eq!(page("someday").as_deref(), Some("facts-checked “Checked”"));
        assert_eq!(page("title").as_deref(), Some("facts-title “Title”"));
        assert_eq!(page("unheard"), None, "there is no field of this name");
        let facts = "money-team:\n  name: Money team\n  phones:\n    - number: 1\n    - number: x2\n\
                     help-team:\n  name: Help team\n";
        let data = |at: &str| said("content/_data/contacts.yaml", None, facts, at);
        assert_eq!(
            data("x2").as_deref(),
            Some("facts-money-team-phones-1-number “Phones, 2, number” of money-team")
        );
        assert_eq!(data("Help team").as_deref(), Some("facts-help-team-name “Name” of help-team"));
        assert_eq!(data("money-team"), None, "it is before every record");
    }

    #[test]
    fn records_of_a_data_file_are_changed_added_and_taken_out() {
        let form = FormOf::of("content/_data/contacts.yaml", None);
        let facts = "# Teams\nmoney-team:\n  name: Money team\n  phones:\n    - number: 0306 999 0100\nhelp-team:\n  name: Help team\n";
        let sent = |all: &[(&str, &str)]| {
            all.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect::<record::Sent>()
        };
        let edited =
            |all: &[(&str, &str)]| form.edited("content/_data/contacts.yaml", facts, &sent(all));
        assert_eq!(edited(&[("facts/money-team/name", "Money team")]), facts);
        let other =
            edited(&[("facts/money-team/name", "Cash team"), ("facts/help-team/name", "Advice")]);
        assert_eq!(other, facts.replace("Money team", "Cash team").replace("Help team", "Advice"));
        let more = edited(&[
            ("new id", "night-team"),
            ("facts/+/name", "Night team"),
            ("facts/+/phones/0/number", "0306 999 0101"),
        ]);
        assert_eq!(
            more,
            format!(
                "{facts}night-team:\n  name: Night team\n  phones:\n    - number: 0306 999 0101\n"
            )
        );
        let gone = edited(&[("facts/money-team/remove", "yes")]);
        assert_eq!(gone, "# Teams\nhelp-team:\n  name: Help team\n");
    }
}
