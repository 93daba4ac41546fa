//! The fields of a form for names and values, with what the manual says of each.

use std::fmt::Write as _;

use super::text;
use crate::{
    desk::record::{Value, shape_of, shown},
    model::schema,
    parse::asked::{Asked, Shape},
};

/// What fields can be filled with.
#[derive(Debug, Default)]
pub struct Choices {
    /// The contacts: their ids and names.
    pub contacts: Vec<(String, String)>,
    /// What a box of words may be filled with, by their names: each with what it is.
    pub listed: Vec<(&'static str, Vec<(String, String)>)>,
}

/// The pages of the site by their files.
pub const FILES: &str = "files";
/// The same by their addresses.
pub const ADDRESSES: &str = "addresses";
/// The places of the site.
pub const PLACES: &str = "places";

/// The names whose boxes offer what is there, without asking for it.
const LISTED: [(&str, &str); 4] =
    [("best", FILES), ("test", FILES), ("leads to", ADDRESSES), ("within", PLACES)];

/// The lists that boxes in `out` offer.
pub fn listed(out: &mut String, choices: &Choices) {
    for (name, all) in &choices.listed {
        if !out.contains(&format!(" list=\"{name}\"")) {
            continue;
        }
        _ = writeln!(out, "<datalist id=\"{name}\">");
        for (value, label) in all {
            _ = writeln!(out, "<option value=\"{}\">{}</option>", text(value), text(label));
        }
        out.push_str("</datalist>\n");
    }
}

/// The names whose value is the id of a contact.
const OF_CONTACTS: [&str; 5] = ["owner", "deputy", "contact", "to", "from"];

/// The names whose value is more than a line, for most people.
const LONG: [&str; 13] = [
    "description",
    "why",
    "on offer",
    "cannot do",
    "who for",
    "how to access",
    "hours note",
    "staff note",
    "what for",
    "text",
    "meaning",
    "before",
    "about",
];

/// A name with its value, for a form.
#[derive(Debug, Clone, Copy)]
pub struct FieldOf<'a> {
    /// What is known of the name.
    pub asked: &'a Asked,
    /// What stands there.
    pub value: &'a Value,
    /// The heading of the manual below which it is explained.
    pub part: &'a str,
}

/// Writes fields: those that are filled in or needed, or that `first` names, and the others
/// folded away. `prefix` begins their names.
pub fn fields(
    out: &mut String,
    all: &[FieldOf<'_>],
    first: &[&str],
    prefix: &str,
    choices: &Choices,
) {
    let is_first = |field: &&FieldOf<'_>| {
        field.asked.is_needed
            || *field.value != Value::None
            || first.contains(&field.asked.name.as_str())
    };
    let mut shown: Vec<&FieldOf<'_>> = all.iter().filter(is_first).collect();
    let place = |field: &&FieldOf<'_>| {
        first.iter().position(|name| *name == field.asked.name).unwrap_or(first.len())
    };
    shown.sort_by_key(place);
    shown.iter().for_each(|field| one(out, field, prefix, choices));
    // What only other programs call a name is no field of its own.
    let is_usual = |field: &&FieldOf<'_>| {
        !matches!(field.asked.name.as_str(), "draft" | "show to" | "extra")
            && field.asked.shapes != [Shape::Data]
    };
    let mut rest = all.iter().filter(|field| !is_first(field)).filter(is_usual).peekable();
    if rest.peek().is_none() {
        return;
    }
    out.push_str("<details class=\"more\"><summary>More that can be said</summary>\n");
    rest.for_each(|field| one(out, field, prefix, choices));
    out.push_str("</details>\n");
}

fn one(out: &mut String, field: &FieldOf<'_>, prefix: &str, choices: &Choices) {
    let FieldOf { asked, value, part } = *field;
    let name = format!("{prefix}/{}", asked.name);
    let label = label(&asked.name);
    let shape = shape_of(asked, value);
    let is_typed = matches!(value, Value::Typed(_));
    match shape {
        Shape::Map(inner) if !is_typed => {
            let own = match value {
                Value::Map(own) => own.as_slice(),
                _ => &[],
            };
            _ = writeln!(
                out,
                "<fieldset id=\"{}\" tabindex=\"-1\"><legend>{label}</legend>{}",
                id_of(&name),
                hint(asked, part, "")
            );
            map(out, inner, own, &name, choices);
            out.push_str("</fieldset>\n");
            return;
        }
        Shape::Maps(inner) if !is_typed => {
            let own = match value {
                Value::Maps(own) => own.as_slice(),
                _ => &[],
            };
            maps(out, &label, asked, part, inner, own, &name, choices);
            return;
        }
        _ => {}
    }
    if let Value::Typed(typed) = value {
        _ = writeln!(
            out,
            "<div class=\"field\" id=\"{}\" tabindex=\"-1\"><p><strong>{label}</strong></p><pre>{}</pre>\
             <p class=\"hint\">This is written in a way that no field can hold. It stays as it is; \
             change it in the text of the file.</p></div>",
            id_of(&name),
            text(typed)
        );
        return;
    }
    let id = id_of(&name);
    let about = hint(asked, part, &id);
    let described =
        if about.is_empty() { String::new() } else { format!(" aria-describedby=\"{id}-hint\"") };
    let own = shown(value, shape);
    _ = writeln!(out, "<div class=\"field\"><label for=\"{id}\">{label}</label>{about}");
    let start = format!("id=\"{id}\" name=\"{}\"{described}", text(&name));
    match shape {
        Shape::OneOf(all) => {
            let all = all.iter().map(|one| (*one).to_owned());
            select(out, &start, all.map(|one| (one.clone(), one)), &own);
        }
        Shape::YesNo => {
            let all = ["yes", "no"].map(|one| (one.to_owned(), one.to_owned()));
            select(out, &start, all.into_iter(), &own);
        }
        Shape::List => {
            let rows = (own.lines().count() + 1).clamp(2, 8);
            _ = writeln!(out, "<textarea {start} rows=\"{rows}\">\n{}</textarea>", text(&own));
        }
        // Of a record inside, `from` and `to` are something else.
        _ if prefix == "facts"
            && OF_CONTACTS.contains(&asked.name.as_str())
            && is_contact(&own, choices) =>
        {
            let all = choices.contacts.iter();
            select(out, &start, all.map(|(id, name)| (id.clone(), name.clone())), &own);
        }
        _ if own.contains('\n') || own.len() > 70 || LONG.contains(&asked.name.as_str()) => {
            let rows = (own.lines().count() + own.len() / 70 + 1).clamp(2, 10);
            _ = writeln!(out, "<textarea {start} rows=\"{rows}\">\n{}</textarea>", text(&own));
        }
        _ => {
            let list = LISTED.iter().find(|(name, _)| *name == asked.name);
            let list = list.map_or_else(String::new, |(_, list)| format!(" list=\"{list}\""));
            _ = writeln!(
                out,
                "<input {start} value=\"{}\"{list} autocomplete=\"off\">",
                text(&own)
            );
        }
    }
    out.push_str("</div>\n");
}

/// Whether a list of contacts can hold the value.
fn is_contact(own: &str, choices: &Choices) -> bool {
    !choices.contacts.is_empty()
        && (own.is_empty() || choices.contacts.iter().any(|(id, _)| id == own))
}

fn select(out: &mut String, start: &str, all: impl Iterator<Item = (String, String)>, own: &str) {
    _ = write!(out, "<select {start}><option value=\"\">Not said</option>");
    let mut is_known = own.is_empty();
    for (value, words) in all {
        let is_own = value.eq_ignore_ascii_case(own);
        is_known |= is_own;
        let selected = if is_own { " selected" } else { "" };
        // What stands in the file is sent back as it is.
        let value = if is_own { own } else { value.as_str() };
        _ = write!(out, "<option value=\"{}\"{selected}>{}</option>", text(value), text(&words));
    }
    if !is_known {
        _ = write!(out, "<option value=\"{0}\" selected>{0}</option>", text(own));
    }
    out.push_str("</select>\n");
}

fn map(out: &mut String, inner: &[Asked], own: &[(String, Value)], name: &str, choices: &Choices) {
    let value = |asked: &Asked| {
        own.iter().find(|(known, _)| *known == asked.name).map_or(&Value::None, |(_, value)| value)
    };
    let all: Vec<FieldOf<'_>> =
        inner.iter().map(|asked| FieldOf { asked, value: value(asked), part: "" }).collect();
    // What is new shows all that most people fill in.
    let is_new = own.iter().all(|(_, value)| *value == Value::None);
    let first: Vec<&str> = match is_new || inner.len() <= 4 {
        true => inner.iter().take(4).map(|asked| asked.name.as_str()).collect(),
        false => Vec::new(),
    };
    fields(out, &all, &first, name, choices);
}

#[expect(clippy::too_many_arguments, reason = "what a list shows, and where it is sent")]
fn maps(
    out: &mut String,
    label: &str,
    asked: &Asked,
    part: &str,
    inner: &[Asked],
    own: &[Vec<(String, Value)>],
    name: &str,
    choices: &Choices,
) {
    _ = writeln!(
        out,
        "<fieldset class=\"list\" id=\"{}\" tabindex=\"-1\"><legend>{label}</legend>{}",
        id_of(name),
        hint(asked, part, "")
    );
    for (number, item) in own.iter().enumerate() {
        let name = format!("{name}/{number}");
        let title = item.iter().find_map(|(_, value)| match value {
            Value::Words(words) => Some(words.as_str()),
            _ => None,
        });
        let title = title.map(|words| format!(": {}", text(words))).unwrap_or_default();
        _ = writeln!(out, "<fieldset class=\"item\"><legend>{}{title}</legend>", number + 1);
        map(out, inner, item, &name, choices);
        let remove = id_of(&format!("{name}/remove"));
        _ = writeln!(
            out,
            "<p class=\"remove\"><input type=\"checkbox\" id=\"{remove}\" name=\"{}\" value=\"yes\"> \
             <label for=\"{remove}\">Take this one out</label></p></fieldset>",
            text(&format!("{name}/remove"))
        );
    }
    let more = if own.is_empty() { "Add one" } else { "Add another" };
    _ = writeln!(
        out,
        "<details class=\"more\"><summary>{more}<span class=\"quiet\">: {label}</span></summary>"
    );
    map(out, inner, &[], &format!("{name}/{}", own.len()), choices);
    out.push_str("</details></fieldset>\n");
}

/// A name as a label: `Check again`.
fn label(name: &str) -> String {
    text(&capital(name))
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|first| first.to_uppercase().collect::<String>());
    format!("{}{}", first.unwrap_or_default(), letters.as_str())
}

/// A field by its labels from the outside in: `Phones, 1, number`.
pub fn label_of(way: &[String]) -> String {
    let part = |(at, name): (usize, &String)| match name.parse::<usize>() {
        Ok(number) => (number + 1).to_string(),
        Err(_) if at == 0 => capital(name),
        Err(_) => name.clone(),
    };
    way.iter().enumerate().map(part).collect::<Vec<_>>().join(", ")
}

/// What the manual says of a name, as a hint; with an id it can be named.
fn hint(asked: &Asked, part: &str, id: &str) -> String {
    let about = Some(part).filter(|part| !part.is_empty());
    let about = about.and_then(|part| schema::about(&asked.name, part));
    let mut words = about.map(plain).unwrap_or_default();
    if words.is_empty() && !asked.example.is_empty() {
        words = format!("For example: {}", text(asked.example.trim_matches('"')));
    }
    if asked.shapes.contains(&Shape::List) {
        if !words.is_empty() {
            words.push_str(". ");
        }
        words.push_str("One on each line");
    }
    if words.is_empty() {
        return String::new();
    }
    let id = if id.is_empty() { String::new() } else { format!(" id=\"{id}-hint\"") };
    format!("<p class=\"hint\"{id}>{words}</p>")
}

/// What the manual says, as HTML: its marks of code stay, its links are words.
fn plain(markdown: &str) -> String {
    let mut out = String::new();
    let bare = markdown.replace(" (see below)", "");
    for (at, part) in bare.split('`').enumerate() {
        let part = text(part);
        match at % 2 {
            0 => out.push_str(&without_links(&part)),
            _ => _ = write!(out, "<code>{part}</code>"),
        }
    }
    out
}

/// `[Files](#files)` as `Files`.
fn without_links(words: &str) -> String {
    let mut out = String::new();
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('[') {
        let parts = after.split_once("](").and_then(|(name, end)| {
            let (_, end) = end.split_once(')')?;
            Some((name, end))
        });
        let Some((name, end)) = parts else { break };
        out.push_str(before);
        out.push_str(name);
        rest = end;
    }
    out + rest
}

/// An id that a name of a field can have.
pub fn id_of(name: &str) -> String {
    let safe = name.chars().map(|c| if c.is_alphanumeric() { c } else { '-' });
    safe.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hints_are_words() {
        assert_eq!(
            plain("see [Files](#files), or `a <b>`"),
            "see Files, or <code>a &lt;b&gt;</code>"
        );
        assert_eq!(plain("[not a link"), "[not a link");
    }
}
