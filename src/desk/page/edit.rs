//! A page on which a file is worked on: the facts at its top as a form, its words as they are,
//! what is found in them, and the page as it will be.

use std::{collections::HashSet, fmt::Write as _};

use super::{
    Notice,
    drawing::drawing,
    fields::{Choices, FieldOf, fields, id_of, label_of},
    framed, hidden, text, value,
};
use crate::{
    desk::{
        files::Sheet,
        found::{FieldName, FormFields, Found, in_form},
        reads::{Costly, Reads},
        record::{self, Value},
    },
    import::notes::{Note, Notes},
    model::{
        kind::{GUIDANCE, KindName},
        schema::{COMMON, KindFields, of_data, of_kind},
    },
    parse::{self, asked::Asked},
    rule::Severity,
    text::{Source, Span, slug, wording::listed},
};

/// A file in the parts in which it is worked on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// The names and values at its top, or the whole of a record.
    pub facts: String,
    /// The words below; none for a record.
    pub words: Option<String>,
    /// What stands around the facts: the lines of `---`, as they were typed; or nothing.
    pub around: (String, String),
}

impl Parts {
    /// Takes a file apart, where its reader does.
    pub fn of(path: &str, file: &str) -> Self {
        if is_record(path) {
            return Self { facts: file.to_owned(), words: None, around: Default::default() };
        }
        let (front, body) = parse::parts(&Source::new(path, file));
        Self {
            facts: file[front.start..front.end].to_owned(),
            words: Some(file[body.start..].to_owned()),
            around: (file[..front.start].to_owned(), file[front.end..body.start].to_owned()),
        }
    }

    /// Puts it together again.
    pub fn whole(&self) -> String {
        let Self { facts, words, around: (open, close) } = self;
        let Some(words) = words else { return facts.clone() };
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

    /// Where the words begin in the whole.
    pub fn begins(&self) -> usize {
        self.whole().len() - self.words.as_ref().map_or(0, String::len)
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
    /// None: it is worked on as text.
    Text,
}

/// The data files whose names are ids, with a record each.
const BY_ID: [&str; 6] = [
    "contacts.yaml",
    "organisations.yaml",
    "facts.yaml",
    "glossary.yaml",
    "letterhead.yaml",
    "notices.yaml",
];

impl FormOf {
    /// The form of a file, which is a page of this `kind`, if it is one.
    pub fn of(path: &str, kind: Option<KindName>) -> Self {
        let name = crate::text::address::name_of(path);
        if path.contains("_data/") {
            return match BY_ID.contains(&name) {
                true => of_data(name).map_or(Self::Text, Self::Data),
                false => Self::Text,
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
        if !matches!(self, Self::Data(_)) {
            return true;
        }
        let source = Source::new(path, facts);
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
            Self::Text => facts.to_owned(),
        }
    }
}

/// Tells which field of a form something in the facts is in.
#[derive(Debug)]
pub struct FieldPlaces<'a> {
    form: &'a FormOf,
    source: Source,
    /// The records of a data file and their ids, in order.
    records: Vec<(String, Span)>,
}

impl<'a> FieldPlaces<'a> {
    /// For these facts of a file.
    pub fn of(form: &'a FormOf, path: &str, facts: &str) -> Self {
        let source = Source::new(path, facts);
        let records = match form {
            FormOf::Data(_) => record::ids(&source, Span::new(0, facts.len())),
            FormOf::Page(..) | FormOf::Text => Vec::new(),
        };
        Self { form, source, records }
    }

    /// The field for a name, in the record in which byte `at` of the facts stands.
    pub fn named(&self, name: &str, at: usize) -> Option<FieldName> {
        let is_it = |asked: &Asked| asked.name == name;
        let (path, of) = match self.form {
            FormOf::Page(KindFields { own, common }, _) => {
                own.iter().chain(common).any(is_it).then(|| (FACTS.to_owned(), String::new()))?
            }
            FormOf::Data(asked) => {
                let after = self.records.partition_point(|(_, place)| place.start <= at);
                let (id, _) = self.records.get(after.checked_sub(1)?)?;
                let path = format!("{FACTS}/{id}");
                asked.iter().any(is_it).then(|| (path, format!(" of {id}")))?
            }
            FormOf::Text => return None,
        };
        let label = label_of(&[name.to_owned()]);
        Some(FieldName {
            id: id_of(&format!("{path}/{name}")), label: format!("“{label}”{of}")
        })
    }

    /// The field in which byte `at` of the facts stands.
    pub fn at(&self, at: usize) -> Option<FieldName> {
        let Self { form, source, records } = self;
        let (record, way) = match form {
            FormOf::Page(KindFields { own, common }, _) => {
                let whole = Span::new(0, source.text.len());
                let way = record::way_to(source, whole, own, at);
                (None, way.or_else(|| record::way_to(source, whole, common, at))?)
            }
            FormOf::Data(asked) => {
                let after = records.partition_point(|(_, place)| place.start <= at);
                let (id, place) = records.get(after.checked_sub(1)?)?;
                (Some(id.as_str()), record::way_to(source, *place, asked, at)?)
            }
            FormOf::Text => return None,
        };
        let name = [FACTS].into_iter().chain(record);
        let name: Vec<&str> = name.chain(way.iter().map(String::as_str)).collect();
        let of = record.map(|id| format!(" of {id}")).unwrap_or_default();
        Some(FieldName {
            id: id_of(&name.join("/")), label: format!("“{}”{of}", label_of(&way))
        })
    }
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
}

/// A record that a form adds to a data file, under an id made of its name.
fn new_record(asked: &[Asked], sent: &record::Sent, facts: &str) -> String {
    let prefix = format!("{FACTS}/+");
    let empty = Source::new("", "");
    let record = record::edited(&empty, Span::default(), asked, sent, &prefix);
    let id = slug(sent.get("new id").unwrap_or_default());
    let known = record::ids(&Source::new("", facts), Span::new(0, facts.len()));
    let is_taken = |id: &str| known.iter().any(|(known, _)| known == id);
    // Another of the same name is no change of the first.
    let id = (1..).map(|number| if number == 1 { id.clone() } else { format!("{id}-{number}") });
    let id = id.into_iter().find(|id| !is_taken(id)).unwrap_or_default();
    if record.trim().is_empty() || id.is_empty() {
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
    /// The file as text, whatever form it has.
    pub as_text: bool,
    /// What is found in it.
    pub found: &'a [Found],
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
}

/// The page.
pub fn edit(editing: &Editing<'_>) -> String {
    let Editing { title, sheet, parts, form, as_text, found, notice, .. } = editing;
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
    _ = writeln!(out, "<form id=\"edit\" method=\"post\" action=\"save\" autocomplete=\"off\">");
    hidden(&mut out, "file", &sheet.path);
    hidden(&mut out, "version", &sheet.version);
    // Enter in a field saves; no other button comes before this one.
    out.push_str("<button class=\"quiet\" tabindex=\"-1\" aria-hidden=\"true\">Save</button>\n");
    if *as_text || matches!(form, FormOf::Text) {
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
        if let FormOf::Page(..) = form {
            import_notes(&mut out, editing);
        }
        facts(&mut out, editing);
        if let Some(words) = &parts.words {
            words_box(&mut out, "The text", words);
        }
    }
    _ = writeln!(
        out,
        "<p class=\"buttons save\"><button>Save</button>\n\
         <button formaction=\"look\" class=\"second\">Look, without saving</button></p>"
    );
    findings(&mut out, found);
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
                let prefix = format!("{FACTS}/{id}");
                let is_wrong = wrong.contains(&beginning(&id));
                _ = writeln!(
                    out,
                    "<details class=\"facts\" data-item{}><summary>{} <span class=\"note\">{}</span></summary>",
                    if is_wrong { " open" } else { "" },
                    text(&id),
                    text(name.unwrap_or_default())
                );
                data_fields(out, asked, &values, &prefix, choices);
                let remove = format!("remove-{}", text(&id).replace(' ', "-"));
                _ = writeln!(
                    out,
                    "<p class=\"remove\"><input type=\"checkbox\" id=\"{remove}\" name=\"{0}\" value=\"yes\"> \
                     <label for=\"{remove}\">Take {1} out</label></p></details>",
                    text(&format!("{prefix}/remove")),
                    text(&id)
                );
            }
            out.push_str("<details class=\"facts\"><summary>Add another</summary>\n");
            out.push_str(
                "<div class=\"field\"><label for=\"new-id\">What pages call it</label>\
                 <p class=\"hint\" id=\"new-id-hint\">A short name that stays: <code>money-team</code></p>\
                 <input id=\"new-id\" name=\"new id\" aria-describedby=\"new-id-hint\" autocomplete=\"off\"></div>\n",
            );
            let none: Vec<(String, Value)> =
                asked.iter().map(|asked| (asked.name.clone(), Value::None)).collect();
            data_fields(out, asked, &none, &format!("{FACTS}/+"), choices);
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

fn data_fields(
    out: &mut String,
    asked: &[Asked],
    values: &[(String, Value)],
    prefix: &str,
    choices: &Choices,
) {
    let all: Vec<FieldOf<'_>> = asked
        .iter()
        .zip(values)
        .map(|(asked, (_, value))| FieldOf { asked, value, part: "Data files" })
        .collect();
    let first: Vec<&str> = asked.iter().take(5).map(|asked| asked.name.as_str()).collect();
    fields(out, &all, &first, prefix, choices);
}

/// What was found, with what can be put there.
fn findings(out: &mut String, found: &[Found]) {
    _ = writeln!(
        out,
        "<section id=\"found\" aria-labelledby=\"found-name\"><h2 id=\"found-name\">{}</h2>",
        says(found)
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
            (None, None) => "in the facts at the top".to_owned(),
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

/// `2 things to look at`
pub fn says(found: &[Found]) -> String {
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
    match all.is_empty() {
        true => "Nothing to mend".into(),
        false => listed(&all, " and "),
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
    let Editing { sheet, form, as_text, states, .. } = editing;
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
    match (as_text, form) {
        (_, FormOf::Text) => {}
        (false, _) => {
            _ = writeln!(
                out,
                "<li><a href=\"edit?file={file}&amp;text=yes\">The whole file as text</a></li>"
            )
        }
        (true, _) => {
            _ = writeln!(out, "<li><a href=\"edit?file={file}\">The facts as fields</a></li>")
        }
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
            let parts = Parts::of("content/a.md", file);
            assert_eq!(parts.whole(), file);
            assert_eq!(&file[parts.begins()..], parts.words.as_deref().unwrap_or_default());
        }
        let record = Parts::of("content/a.yaml", "---\nname: A\n");
        assert_eq!((record.whole().as_str(), record.words), ("---\nname: A\n", None));
        let mut new = Parts::of("content/a.md", "# A\n");
        new.facts = "title: B\n".into();
        assert_eq!(new.whole(), "---\ntitle: B\n---\n# A\n");
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
