//! Names and values of a file, read for a form, and put back where they stand.
//!
//! A form shows what the readers of the site ask for ([`Asked`]). What it cannot show stays as
//! it is: only values that somebody changed are written, each in its own place, so comments,
//! the order of the names and everything unknown stay in the file.

use std::collections::BTreeMap;

use crate::{
    changed::changes,
    import::yaml::{YamlPlace, lines, yaml},
    parse::{
        Fields, Placed,
        asked::{Asked, Shape},
    },
    rule::Severity,
    text::{Date, Source, Span},
};

/// A value as a form shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing is written.
    None,
    /// Words.
    Words(String),
    /// A list of words.
    List(Vec<String>),
    /// Names with values.
    Map(Vec<(String, Value)>),
    /// A list of those.
    Maps(Vec<Vec<(String, Value)>>),
    /// Something that no field can hold; it is shown as it was typed.
    Typed(String),
}

/// What a form sent, by name. The first of several fields with one name counts.
#[derive(Debug, Default, Clone)]
pub struct Sent(BTreeMap<String, String>);

impl Sent {
    /// The words of a field.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// Other words in the place of those of a field.
    pub fn put(&mut self, name: &str, words: String) {
        self.0.insert(name.to_owned(), words);
    }

    fn has_below(&self, name: &str) -> bool {
        self.below(name).next().is_some()
    }

    /// The names of the fields below one, without it: `0/number` of `phones/0/number`.
    fn below(&self, name: &str) -> impl Iterator<Item = &str> {
        let start = format!("{name}/");
        let all = self.0.range(start.clone()..).map(|(known, _)| known.as_str());
        all.map_while(move |known| known.strip_prefix(&start))
    }
}

impl Extend<(String, String)> for Sent {
    fn extend<T: IntoIterator<Item = (String, String)>>(&mut self, all: T) {
        for (name, words) in all {
            self.0.entry(name).or_insert(words);
        }
    }
}

impl FromIterator<(String, String)> for Sent {
    fn from_iter<T: IntoIterator<Item = (String, String)>>(all: T) -> Self {
        let mut sent = Self::default();
        sent.extend(all);
        sent
    }
}

/// Reads the values of names.
pub fn read(source: &Source, span: Span, asked: &[Asked]) -> Vec<(String, Value)> {
    let mut fields = Fields::read(source, span);
    values(&mut fields, asked)
}

/// The ids of the records of a file whose names are ids, each with where its record stands.
pub fn ids(source: &Source, span: Span) -> Vec<(String, Span)> {
    let mut fields = Fields::read(source, span);
    fields.every().into_iter().map(|(name, value)| (name.value, value)).collect()
}

/// The names, from the outside in, that lead to the field in which byte `at` of the text stands:
/// `phones`, `0`, `number`. None where no field is asked for there.
pub fn way_to(source: &Source, span: Span, asked: &[Asked], at: usize) -> Option<Vec<String>> {
    way_in(&mut Fields::read(source, span), asked, at)
}

pub(super) fn way_in(fields: &mut Fields<'_>, asked: &[Asked], at: usize) -> Option<Vec<String>> {
    let all = fields.every();
    let is_there = |(name, place): &&(Placed<String>, Span)| {
        name.span.start <= at && at <= place.end.max(name.span.end)
    };
    let (name, place) = all.iter().find(is_there)?;
    let asked = asked.iter().find(|asked| asked.name == name.value)?;
    let value = value(fields, *place, asked);
    let deeper = match (&value, shape_of(asked, &value)) {
        (Value::Map(_), Shape::Map(inner)) => way_in(&mut fields.part(*place), inner, at),
        (Value::Maps(_), Shape::Maps(inner)) => {
            let items = fields.part(*place).maps_in(*place);
            items.into_iter().enumerate().find_map(|(number, (item, mut part))| {
                let is_there = item.start <= at && at <= item.end;
                let mut way = match is_there && alone(&part, item, inner).is_some() {
                    true => vec![inner[0].name.clone()],
                    false => way_in(&mut part, inner, at)?,
                };
                way.insert(0, number.to_string());
                Some(way)
            })
        }
        _ => None,
    };
    Some(std::iter::once(name.value.clone()).chain(deeper.into_iter().flatten()).collect())
}

pub(super) fn values(fields: &mut Fields<'_>, asked: &[Asked]) -> Vec<(String, Value)> {
    let entries = fields.every();
    let value = |asked: &Asked| {
        let entry = entries.iter().find(|(name, _)| name.value == asked.name);
        let value = entry.map_or(Value::None, |(_, span)| value(fields, *span, asked));
        (asked.name.clone(), value)
    };
    asked.iter().map(value).collect()
}

/// The shape of `asked` that a value has, as it stands there.
pub fn shape_of<'a>(asked: &'a Asked, value: &Value) -> &'a Shape {
    let fits = |shape: &&Shape| match value {
        Value::Map(_) => matches!(shape, Shape::Map(_)),
        Value::Maps(_) => matches!(shape, Shape::Maps(_)),
        Value::List(_) => matches!(shape, Shape::List),
        Value::Words(_) => !matches!(shape, Shape::Map(_) | Shape::Maps(_)),
        _ => true,
    };
    asked.shapes.iter().find(fits).unwrap_or(&asked.shapes[0])
}

pub(super) fn value(fields: &Fields<'_>, span: Span, asked: &Asked) -> Value {
    let all = fields.at(span);
    let typed = all[begins(all)..].trim().to_owned();
    if typed.is_empty() {
        return Value::None;
    }
    let first = typed.lines().next().unwrap_or_default();
    // Words may have a colon in them when they stand in quotes, or fold over lines.
    let is_named = |line: &str| {
        !line.starts_with(['"', '\'', '|', '>']) && (line.contains(": ") || line.ends_with(':'))
    };
    let is_list = typed.starts_with("- ");
    let is_map = typed.starts_with('{') || !is_list && is_named(first);
    let is_maps = typed.starts_with("[{")
        || is_list && {
            let item = first[2..].trim_start();
            item.starts_with('{') || is_named(item)
        };
    for shape in &asked.shapes {
        match shape {
            Shape::Maps(inner) if is_maps => {
                if let Some(all) = items(fields, span, inner) {
                    return Value::Maps(all.into_iter().map(|(_, values)| values).collect());
                }
            }
            Shape::Map(inner) if is_map => {
                return Value::Map(values(&mut fields.part(span), inner));
            }
            Shape::List if !is_map && !is_maps => {
                if let Some((_, all)) = list(fields, span) {
                    return Value::List(all);
                }
            }
            Shape::Data | Shape::Map(_) | Shape::Maps(_) | Shape::List => {}
            _ if !is_map && !typed.starts_with(['[', '-']) => {
                let words = fields.part(span).list_in(span);
                if let [words] = &words[..] {
                    return Value::Words(words.value.clone());
                }
            }
            _ => {}
        }
    }
    Value::Typed(typed)
}

/// The items of a list of words and their words; none where one of them is not read, or where a
/// remark stands between brackets.
fn list(fields: &Fields<'_>, span: Span) -> Option<(Vec<Span>, Vec<String>)> {
    let mut reader = fields.part(Span::new(span.start, span.start));
    let places = reader.items(span);
    let all: Vec<String> = reader.list_in(span).into_iter().map(|item| item.value).collect();
    (all.len() == places.len() && is_read(reader, span)).then_some((places, all))
}

/// The items of a list of names with values, each with where it stands; none where one of them
/// is neither that nor words, which are its first value.
pub(super) fn items(fields: &Fields<'_>, span: Span, inner: &[Asked]) -> Option<Vec<Item>> {
    let mut reader = fields.part(Span::new(span.start, span.start));
    let one = |(place, part)| Some((place, item(part, place, inner)?));
    let all = reader.maps_in(span).into_iter().map(one).collect::<Option<_>>()?;
    is_read(reader, span).then_some(all)
}

/// Where an item of a list stands, and its values.
pub(super) type Item = (Span, Vec<(String, Value)>);

fn item(mut part: Fields<'_>, place: Span, inner: &[Asked]) -> Option<Vec<(String, Value)>> {
    let Some(words) = alone(&part, place, inner) else {
        let is_map = !part.every().is_empty();
        return is_map.then(|| values(&mut part, inner));
    };
    let mut words = Some(Value::Words(words));
    let value = |asked: &Asked| (asked.name.clone(), words.take().unwrap_or(Value::None));
    Some(inner.iter().map(value).collect())
}

/// Whether a reader found nothing wrong in a list, which it alone has read.
fn is_read(reader: Fields<'_>, span: Span) -> bool {
    let typed = reader.at(span).trim();
    let has_remark = typed.starts_with('[')
        && typed.lines().rev().skip(1).any(|line| format!(" {line}").contains(" #"));
    !has_remark && reader.finish().iter().all(|found| found.severity != Severity::Error)
}

/// The words of a value as its field shows them.
pub fn shown(value: &Value, shape: &Shape) -> String {
    match value {
        Value::Words(words) if *shape == Shape::YesNo => match words.to_lowercase().as_str() {
            "true" | "on" | "y" | "yes" => "yes".to_owned(),
            "false" | "off" | "n" | "no" => "no".to_owned(),
            _ => words.clone(),
        },
        Value::Words(words) => words.clone(),
        Value::List(all) => all.join("\n"),
        _ => String::new(),
    }
}

/// Whether a form sent a value back as it showed it, or not at all.
pub(super) fn is_as_shown(sent: &Sent, key: &str, asked: &Asked, old: &Value) -> bool {
    let shape = shape_of(asked, old);
    match (shape, old) {
        (_, Value::Typed(_)) => true,
        (Shape::Map(inner), Value::Map(own)) => are_as_shown(sent, key, inner, own),
        (Shape::Maps(inner), Value::Maps(own)) => {
            own.iter().enumerate().all(|(number, own)| {
                let key = format!("{key}/{number}");
                sent.get(&format!("{key}/remove")).is_none() && are_as_shown(sent, &key, inner, own)
            }) && sent_map(sent, &format!("{key}/{}", own.len()), inner).is_empty()
        }
        (Shape::Map(_) | Shape::Maps(_), _) => {
            sent_value(sent, key, shape).is_none_or(|new| new == Value::None)
        }
        _ => sent
            .get(key)
            .is_none_or(|words| of_field(words, shape) == of_field(&shown(old, shape), shape)),
    }
}

/// The same of names with values.
pub(super) fn are_as_shown(
    sent: &Sent,
    key: &str,
    asked: &[Asked],
    old: &[(String, Value)],
) -> bool {
    let mut pairs = asked.iter().zip(old);
    pairs.all(|(asked, (name, old))| is_as_shown(sent, &format!("{key}/{name}"), asked, old))
}

/// The text in `span` with what a form sent put in. The names of its fields begin with
/// `prefix`: `facts/phones/0/number`.
pub fn edited(source: &Source, span: Span, asked: &[Asked], sent: &Sent, prefix: &str) -> String {
    let mut changes = Vec::new();
    let mut fields = Fields::read(source, span);
    change(source, span, &mut fields, asked, sent, prefix, &mut changes);
    with_changes(source, span, changes)
}

/// The text in `span` with each change in its place.
pub(super) fn with_changes(
    source: &Source,
    span: Span,
    mut changes: Vec<(Span, String)>,
) -> String {
    changes.sort_by_key(|(place, _)| (place.start, place.end));
    let mut text = source.at(span).to_owned();
    for (place, with) in changes.into_iter().rev() {
        text.replace_range(place.start - span.start..place.end - span.start, &with);
    }
    text
}

/// Gathers what changes in the map in `span`. Each value is written in its own place, in the
/// way that its map is written: on lines, or between brackets.
pub(super) fn change(
    source: &Source,
    span: Span,
    fields: &mut Fields<'_>,
    asked: &[Asked],
    sent: &Sent,
    prefix: &str,
    changes: &mut Vec<(Span, String)>,
) {
    let entries = fields.every();
    let indent = entries.first().map_or(0, |(name, _)| column(source, name.span.start));
    let is_in_brackets = source.at(span)[begins(source.at(span))..].starts_with('{');
    let mut added: Vec<(String, Value)> = Vec::new();
    for asked in asked {
        let key = format!("{prefix}/{}", asked.name);
        let entry = entries.iter().position(|(name, _)| name.value == asked.name);
        let old = entry.map_or(Value::None, |at| value(fields, entries[at].1, asked));
        if is_as_shown(sent, &key, asked, &old) {
            continue;
        }
        let shape = shape_of(asked, &old);
        let place = entry.map(|at| trimmed(source, entries[at].1));
        match (place, shape, &old) {
            (Some(place), Shape::Map(inner), Value::Map(_)) => {
                let mut part = fields.part(place);
                // Who empties every field of it means to take it out, if that is all it holds.
                if sent_map(sent, &key, inner).is_empty() && holds_only(&mut part, inner) {
                    changes.push(without(source, &entries, entry.unwrap_or(0), span));
                } else {
                    change(source, place, &mut part, inner, sent, &key, changes);
                }
                continue;
            }
            (Some(place), Shape::Maps(inner), Value::Maps(_)) => {
                match change_items(source, place, fields, inner, sent, &key) {
                    (more, false) => changes.extend(more),
                    (_, true) => changes.push(without(source, &entries, entry.unwrap_or(0), span)),
                }
                continue;
            }
            _ => {}
        }
        let Some(new) = sent_value(sent, &key, shape) else { continue };
        let new = parted(with_days(new, asked), &old, asked);
        match entry {
            Some(at) if new == Value::None => changes.push(without(source, &entries, at, span)),
            Some(at) if is_in_brackets => {
                let text = in_brackets_of(&new);
                let place = trimmed(source, entries[at].1);
                let space = if source.text[..place.start].ends_with(':') { " " } else { "" };
                changes.push((place, format!("{space}{text}")));
            }
            Some(at) => changes.push(replaced(source, entries[at].1, &new, indent)),
            None if new == Value::None => {}
            None => added.push((asked.name.clone(), new)),
        }
    }
    if added.is_empty() {
        return;
    }
    if is_in_brackets {
        let new = in_brackets(&added);
        let inner = &new[1..new.len() - 1];
        match entries.last() {
            Some((_, value)) => {
                let end = trimmed(source, *value).end.max(value.start);
                changes.push((Span::new(end, end), format!(", {inner}")));
            }
            None => {
                let at = span.start + begins(source.at(span)) + 1;
                changes.push((Span::new(at, at), inner.to_owned()));
            }
        }
        return;
    }
    let added: String =
        added.iter().map(|(name, new)| format!("{}\n", named(name, new, indent))).collect();
    let end = entries.last().map_or(span.end, |(_, value)| value.end);
    let text = &source.text[..end];
    let begins = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    // A new name is a line below the last; where a line ends there already, it ends after it.
    let ends = source.text[end..].starts_with(['\n', '\r']);
    let added = if ends || indent > 0 { added.trim_end_matches('\n') } else { &added };
    changes.push((Span::new(end, end), format!("{begins}{added}")));
}

/// What changes in a list of maps, and whether nothing is left of it.
pub(super) fn change_items(
    source: &Source,
    place: Span,
    fields: &Fields<'_>,
    inner: &[Asked],
    sent: &Sent,
    key: &str,
) -> (Vec<(Span, String)>, bool) {
    let mut changes = Vec::new();
    let Some(items) = items(fields, place, inner) else { return (changes, false) };
    let is_in_brackets = source.at(place).starts_with('[');
    let mut left = items.len();
    for (number, (item, old)) in items.iter().enumerate() {
        let (item, key) = (*item, format!("{key}/{number}"));
        let is_asked = sent.get(&format!("{key}/remove")).is_some();
        if !is_asked && are_as_shown(sent, &key, inner, old) {
            continue;
        }
        let mut part = fields.part(item);
        let is_alone = alone(&part, item, inner).is_some();
        let new = sent_map(sent, &key, inner);
        let is_emptied = new.is_empty() && (is_alone || holds_only(&mut part, inner));
        if !(is_asked || is_emptied) {
            match is_alone {
                true => changes.push(more_than(source, item, &new, inner, is_in_brackets)),
                false => change(source, item, &mut part, inner, sent, &key, &mut changes),
            }
            continue;
        }
        left -= 1;
        let (next, before) = (items.get(number + 1), number.checked_sub(1));
        changes.push((
            match (is_in_brackets, next, before) {
                (false, ..) => {
                    let start = dash_line(source, item.start, column(source, place.start));
                    Span::new(start, next_line(source, item.end))
                }
                (true, Some((next, _)), _) => Span::new(item.start, next.start),
                (true, None, Some(before)) => Span::new(items[before].0.end, item.end),
                (true, None, None) => item,
            },
            String::new(),
        ));
    }
    let new = sent_map(sent, &format!("{key}/{}", items.len()), inner);
    if new.is_empty() {
        return (changes, left == 0);
    }
    changes.push(match (is_in_brackets, items.last()) {
        (true, Some((last, _))) => {
            let comma = if left == 0 { "" } else { ", " };
            (Span::new(last.end, last.end), format!("{comma}{}", in_brackets(&new)))
        }
        (true, None) => (Span::new(place.start + 1, place.start + 1), in_brackets(&new)),
        (false, _) => {
            let dash = column(source, place.start);
            let text = format!("\n{}{}", " ".repeat(dash), item_lines(&new, dash));
            (Span::new(place.end, place.end), text)
        }
    });
    (changes, false)
}

/// The words of an item that says the first of its fields alone.
pub(super) fn alone(fields: &Fields<'_>, item: Span, inner: &[Asked]) -> Option<String> {
    let shapes = vec![Shape::Map(inner.to_vec()), Shape::Words];
    match value(fields, item, &Asked { shapes, ..inner[0].clone() }) {
        Value::Words(words) => Some(words),
        _ => None,
    }
}

/// What changes in an item that was words alone: other words, or names with values.
fn more_than(
    source: &Source,
    item: Span,
    new: &[(String, Value)],
    inner: &[Asked],
    is_in_brackets: bool,
) -> (Span, String) {
    let place = if is_in_brackets { YamlPlace::Brackets } else { YamlPlace::Line };
    let text = match new {
        [(name, Value::Words(new))] if *name == inner[0].name => yaml(new, place),
        new if is_in_brackets => in_brackets(new),
        new => lines_of(new, column(source, item.start)),
    };
    (item, with_remark(text, remark(source, item)))
}

/// The remark behind a value: ` # by phone`.
fn remark(source: &Source, place: Span) -> &str {
    let typed = source.at(place);
    let from = match typed.chars().next() {
        Some('[') => {
            let items = Fields::read(source, Span::new(place.start, place.start)).items(place);
            let last = items.last().map_or(0, |last| last.end - place.start);
            last + typed[last..].find(']').map_or(0, |at| at + 1)
        }
        Some(quote @ ('"' | '\'')) => typed[1..].find(quote).map_or(typed.len(), |at| at + 2),
        _ => 0,
    };
    let line = if typed.starts_with(['|', '>']) { typed.lines().next() } else { None };
    let typed = line.unwrap_or(typed);
    let found = typed[from..].find(" #").map(|at| &typed[from + at..]);
    found.filter(|remark| !remark.contains('\n')).unwrap_or_default()
}

/// A value with a remark behind its first line.
fn with_remark(text: String, remark: &str) -> String {
    let (first, rest) = text.split_at(text.find('\n').unwrap_or(text.len()));
    format!("{first}{remark}{rest}")
}

/// Whether a map holds something, and nothing that a form does not show.
pub(super) fn holds_only(part: &mut Fields<'_>, inner: &[Asked]) -> bool {
    let entries = part.every();
    let is_known = |name: &str| inner.iter().any(|asked| asked.name == name);
    let old = values(part, inner);
    !entries.is_empty()
        && entries.iter().all(|(name, _)| is_known(&name.value))
        && old.iter().all(|(_, value)| !matches!(value, Value::Typed(_)))
}

/// A value as a form sent it; none when it has no field for it.
pub(super) fn sent_value(sent: &Sent, key: &str, shape: &Shape) -> Option<Value> {
    match shape {
        Shape::Map(inner) => {
            if !sent.has_below(key) {
                return None;
            }
            let map = sent_map(sent, key, inner);
            let all = |asked: &Asked| {
                let found = map.iter().find(|(name, _)| *name == asked.name);
                (asked.name.clone(), found.map_or(Value::None, |(_, value)| value.clone()))
            };
            Some(if map.is_empty() {
                Value::None
            } else {
                Value::Map(inner.iter().map(all).collect())
            })
        }
        Shape::Maps(inner) => {
            if !sent.has_below(key) {
                return None;
            }
            let numbers =
                sent.below(key).filter_map(|rest| rest.split('/').next()?.parse::<usize>().ok());
            let mut numbers: Vec<usize> = numbers.collect();
            numbers.sort_unstable();
            numbers.dedup();
            let items = numbers.into_iter().filter_map(|number| {
                let key = format!("{key}/{number}");
                let is_kept = sent.get(&format!("{key}/remove")).is_none();
                let map = if is_kept { sent_map(sent, &key, inner) } else { Vec::new() };
                let all = |asked: &Asked| {
                    let found = map.iter().find(|(name, _)| *name == asked.name);
                    (asked.name.clone(), found.map_or(Value::None, |(_, value)| value.clone()))
                };
                (!map.is_empty()).then(|| inner.iter().map(all).collect())
            });
            let items: Vec<Vec<(String, Value)>> = items.collect();
            Some(if items.is_empty() { Value::None } else { Value::Maps(items) })
        }
        Shape::Data => None,
        _ => Some(of_field(sent.get(key)?, shape)),
    }
}

/// The value that the words of a field are.
fn of_field(words: &str, shape: &Shape) -> Value {
    let words = words.replace("\r\n", "\n");
    if *shape == Shape::List {
        let items = words.lines().map(str::trim).filter(|line| !line.is_empty());
        let items: Vec<String> = items.map(str::to_owned).collect();
        return if items.is_empty() { Value::None } else { Value::List(items) };
    }
    let words = words.trim();
    if words.is_empty() { Value::None } else { Value::Words(words.to_owned()) }
}

/// The names with values that a form sent for a map, without those that are empty.
fn sent_map(sent: &Sent, key: &str, inner: &[Asked]) -> Vec<(String, Value)> {
    let one = |asked: &Asked| {
        let key = format!("{key}/{}", asked.name);
        // What is in a map of a form is sent in the shape that the form had for it.
        let mut shapes = asked.shapes.iter();
        let value = with_days(shapes.find_map(|shape| sent_value(sent, &key, shape))?, asked);
        let value = parted(value, &Value::None, asked);
        (value != Value::None).then(|| (asked.name.clone(), value))
    };
    inner.iter().filter_map(one).collect()
}

/// The names whose value may be a day, among other things.
const MAYBE_DAYS: [&str; 2] = ["check again", "source date"];

/// A day that somebody typed, as files have it. What is no day stays, and is found there.
pub(super) fn with_days(value: Value, asked: &Asked) -> Value {
    let is_day = asked.shapes.contains(&Shape::Day) || MAYBE_DAYS.contains(&asked.name.as_str());
    match value {
        Value::Words(words) if is_day && Date::parse(&words).is_none() => {
            Value::Words(Date::typed(&words).map_or(words, Date::in_english))
        }
        other => other,
    }
}

/// The names of lists in whose items no comma stands.
const WITHOUT_COMMAS: [&str; 2] = ["words", "also called"];

/// Words that somebody typed with commas between them, where each is one of a list. What stood
/// there before stays as it was.
pub(super) fn parted(new: Value, old: &Value, asked: &Asked) -> Value {
    let Value::List(all) = new else { return new };
    if !WITHOUT_COMMAS.contains(&asked.name.as_str()) {
        return Value::List(all);
    }
    let known = if let Value::List(known) = old { known.as_slice() } else { &[] };
    let parts = |item: String| match known.contains(&item) {
        true => vec![item],
        false => item.split(',').map(|part| part.trim().to_owned()).collect(),
    };
    Value::List(all.into_iter().flat_map(parts).filter(|item| !item.is_empty()).collect())
}

/// `name: value`, with the lines that belong to it further in.
pub(super) fn named(name: &str, value: &Value, indent: usize) -> String {
    let space = " ".repeat(indent);
    format!("{space}{}", named_here(name, value, indent))
}

fn named_here(name: &str, value: &Value, indent: usize) -> String {
    match value {
        Value::Words(_) => format!("{name}: {}", plain(value, indent)),
        _ => format!("{name}:{}", plain(value, indent)),
    }
}

/// A value after its name and colon.
fn plain(value: &Value, indent: usize) -> String {
    let inner = indent + 2;
    let space = " ".repeat(inner);
    match value {
        Value::Words(words) => {
            let text = lines(words);
            // Lines of their own are as far in as the names around them ask.
            let deeper = " ".repeat(indent);
            let text = text.replace('\n', &format!("\n{deeper}"));
            text.replace(&format!("\n{deeper}\n"), "\n\n")
        }
        Value::List(all) => {
            all.iter().map(|item| format!("\n{space}- {}", yaml(item, YamlPlace::Line))).collect()
        }
        Value::Map(all) => {
            held(all).map(|(name, value)| format!("\n{}", named(name, value, inner))).collect()
        }
        Value::Maps(all) => {
            all.iter().map(|one| format!("\n{space}{}", item_lines(one, inner))).collect()
        }
        Value::Typed(typed) => format!(" {typed}"),
        Value::None => String::new(),
    }
}

/// `- name: value` and the lines below it, for a dash that is so far in.
pub(super) fn item_lines(map: &[(String, Value)], dash: usize) -> String {
    format!("- {}", lines_of(map, dash + 2))
}

/// `name: value` and the lines below it, for a first one that is so far in.
fn lines_of(map: &[(String, Value)], indent: usize) -> String {
    let one_line = |value: &Value| match value {
        Value::List(_) => Value::Typed(in_brackets_of(value)),
        other => other.clone(),
    };
    let all = held(map).map(|(name, value)| named_here(name, &one_line(value), indent));
    all.collect::<Vec<_>>().join(&format!("\n{}", " ".repeat(indent)))
}

fn held(map: &[(String, Value)]) -> impl Iterator<Item = &(String, Value)> {
    map.iter().filter(|(_, value)| *value != Value::None)
}

/// A value between brackets.
pub(super) fn in_brackets_of(value: &Value) -> String {
    let words = |words: &str| yaml(words, YamlPlace::Brackets);
    let list = |all: Vec<String>| format!("[{}]", all.join(", "));
    match value {
        Value::Words(own) => words(own),
        Value::List(all) => list(all.iter().map(|item| words(item)).collect()),
        Value::Map(inner) => in_brackets(inner),
        Value::Maps(all) => list(all.iter().map(|inner| in_brackets(inner)).collect()),
        Value::Typed(typed) => typed.clone(),
        Value::None => String::new(),
    }
}

/// `{name: value, name: value}`
fn in_brackets(map: &[(String, Value)]) -> String {
    let one = |(name, value): &(String, Value)| format!("{name}: {}", in_brackets_of(value));
    format!("{{{}}}", held(map).map(one).collect::<Vec<_>>().join(", "))
}

/// A new value in the place of the one after a colon, in the way that one was written.
pub(super) fn replaced(source: &Source, old: Span, new: &Value, indent: usize) -> (Span, String) {
    let place = trimmed(source, old);
    let typed = source.at(place);
    if typed.is_empty() {
        return (Span::new(place.start, place.start), after_colon(source, place, new, indent));
    }
    let line = line_start(source, place.start);
    let text = match new {
        Value::Words(_) => plain(new, indent),
        Value::List(_) if typed.starts_with('[') => in_brackets_of(new),
        Value::Map(_) if typed.starts_with('{') => in_brackets_of(new),
        Value::Maps(_) if typed.starts_with('[') => in_brackets_of(new),
        Value::List(all) if line > old.start && typed.starts_with('-') => {
            let lines = Span::new(line, place.end);
            return (lines, list_lines(source, lines, all));
        }
        Value::Typed(typed) => typed.clone(),
        // Lines of their own begin behind the colon, and behind remarks there.
        _ => {
            let above = source.at(Span::new(old.start, place.start)).trim_end();
            let text = with_remark(plain(new, indent), remark(source, place));
            return (Span::new(old.start, place.end), format!("{above}{text}"));
        }
    };
    (place, with_remark(text, remark(source, place)))
}

/// A list on lines of its own, in whole lines, with other words in it. What stays keeps its
/// lines.
fn list_lines(source: &Source, lines: Span, new: &[String]) -> String {
    let nothing = Fields::read(source, Span::new(lines.start, lines.start));
    let Some((items, old)) = list(&nothing, lines) else { return source.at(lines).to_owned() };
    let old: Vec<&str> = old.iter().map(String::as_str).collect();
    let words: Vec<&str> = new.iter().map(String::as_str).collect();
    let dash = column(source, trimmed(source, lines).start);
    let end = |item: &Span| next_line(source, item.end).min(lines.end);
    let mut all = Vec::new();
    for change in changes(&old, &words) {
        let (were, are) = (&items[change.old.clone()], &words[change.new]);
        let written = |words: &str| yaml(words, YamlPlace::Line);
        for (item, words) in were.iter().zip(are) {
            all.push((*item, with_remark(written(words), remark(source, *item))));
        }
        for gone in were.iter().skip(are.len()) {
            let start = dash_line(source, gone.start, dash);
            all.push((Span::new(start, end(gone)), String::new()));
        }
        let added = are.iter().skip(were.len());
        let added: String =
            added.map(|words| format!("{}- {}\n", " ".repeat(dash), written(words))).collect();
        let at = change.old.end.checked_sub(1).map_or(lines.start, |last| end(&items[last]));
        let begins = if at == lines.end { "\n" } else { "" };
        if !added.is_empty() {
            all.push((Span::new(at, at), format!("{begins}{added}")));
        }
    }
    with_changes(source, lines, all).trim_end_matches('\n').to_owned()
}

fn after_colon(source: &Source, place: Span, new: &Value, indent: usize) -> String {
    let space = if source.text[..place.start].ends_with(' ') { "" } else { " " };
    match new {
        Value::Words(_) => format!("{space}{}", plain(new, indent)),
        _ => plain(new, indent),
    }
}

/// What takes an entry out of a map.
pub(super) fn without(
    source: &Source,
    entries: &[(crate::parse::Placed<String>, Span)],
    at: usize,
    map: Span,
) -> (Span, String) {
    let (name, value) = &entries[at];
    if source.at(map).trim_start().starts_with('{') {
        let next = entries.get(at + 1).map(|(next, _)| Span::new(name.span.start, next.span.start));
        let before = at.checked_sub(1).map(|before| Span::new(entries[before].1.end, value.end));
        let all = Span::new(name.span.start, value.end);
        return (next.or(before).unwrap_or(all), String::new());
    }
    let line = line_start(source, name.span.start);
    let begins_line = source.text[line..name.span.start].trim().is_empty();
    let end = next_line(source, value.end);
    match begins_line {
        true => (Span::new(line, end), String::new()),
        // The first name stands behind the dash of its item.
        false => {
            let next = entries.get(at + 1).map_or(value.end, |(next, _)| next.span.start);
            (Span::new(name.span.start, next), String::new())
        }
    }
}

/// A value without the space around it, and without remarks above its first line.
pub(super) fn trimmed(source: &Source, span: Span) -> Span {
    let text = source.at(span);
    let start = span.start + begins(text);
    let end = span.start + text.trim_end().len();
    Span::new(start.min(end.max(span.start)), end.max(span.start))
}

/// Where a value begins, behind space and remarks.
fn begins(text: &str) -> usize {
    let mut start = text.len() - text.trim_start().len();
    while text[start..].starts_with("# ") || text[start..].starts_with("#\n") {
        let Some(line) = text[start..].find('\n') else { return text.len() };
        let rest = &text[start + line..];
        start = text.len() - rest.trim_start().len();
    }
    start
}

fn line_start(source: &Source, at: usize) -> usize {
    source.text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

/// Where the line begins on which the dash of an item stands, which is so far in.
fn dash_line(source: &Source, item: usize, column: usize) -> usize {
    let own = line_start(source, item);
    let mut line = own;
    loop {
        let words = source.text[line..].lines().next().unwrap_or_default();
        match line.checked_sub(1) {
            _ if words.get(column..).is_some_and(|rest| rest.starts_with('-')) => return line,
            Some(before) => line = line_start(source, before),
            None => return own,
        }
    }
}

fn next_line(source: &Source, at: usize) -> usize {
    source.text[at..].find('\n').map_or(source.text.len(), |newline| at + newline + 1)
}

fn column(source: &Source, at: usize) -> usize {
    at - line_start(source, at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{kind, schema};

    fn form(text: &str, kind: kind::KindName, sent: &[(&str, &str)]) -> String {
        let source = Source::new("content/a.yaml", text);
        let schema::KindFields { own, common } = schema::of_kind(kind);
        let asked: Vec<Asked> = own.into_iter().chain(common).collect();
        let sent = sent.iter().map(|(name, value)| (format!("f/{name}"), (*value).to_owned()));
        let whole = Span::new(0, source.text.len());
        edited(&source, whole, &asked, &sent.collect(), "f")
    }

    const SERVICE: &str = "\
# Checked by phone.
name: Rowan House   # the charity
kind: service
areas: [Exampleton, \"Upper, Lower\"]
phones:
  - label: Office
    number: 0306 999 0100
    # not on Mondays
    odd: kept
  - {label: Home, number: 0306 999 0101}
ages: {from: 18}
own thing: stays
on offer: >
  Free advice
  about debt.
";

    #[test]
    fn what_nobody_changed_stays_to_the_byte() {
        let sent = [
            ("name", "Rowan House"),
            ("areas", "Exampleton\r\nUpper, Lower"),
            ("phones/0/label", "Office"),
            ("phones/0/number", "0306 999 0100"),
            ("phones/1/label", "Home"),
            ("phones/1/number", "0306 999 0101"),
            ("phones/2/number", ""),
            ("ages/from", "18"),
            ("ages/to", ""),
            ("on offer", "Free advice about debt."),
            ("web", ""),
        ];
        assert_eq!(form(SERVICE, &kind::SERVICE, &sent), SERVICE);
    }

    #[test]
    fn what_stands_there_in_another_way_stays_too() {
        let text = "name: \" A \u{a0}\"\nareas: [ a,b , \"\" , c]\non offer: |2\n    Deep.\n  Less.\n\
                    phones:\n  - label: \"\"\n  - {number: 0306 999 0100} # r\nages: {from: }\n";
        let sent = [
            ("name", "A"),
            ("areas", "a\r\nb\r\n\r\nc"),
            ("on offer", "  Deep.\r\nLess."),
            ("phones/0/label", ""),
            ("phones/0/number", ""),
            ("phones/1/number", "0306 999 0100"),
            ("phones/2/number", ""),
            ("ages/from", ""),
            ("ages/to", ""),
        ];
        assert_eq!(form(text, &kind::SERVICE, &sent), text);
    }

    #[test]
    fn words_alone_among_names_are_shown_and_kept() {
        let start = "phones:\n  - label: Office\n    number: 0306 999 0100\n";
        let more = |text: &str, label: &str, number: &str| {
            let sent = [
                ("phones/0/label", "Office"),
                ("phones/0/number", "0306 999 0100"),
                ("phones/1/label", label),
                ("phones/1/number", number),
            ];
            form(text, &kind::SERVICE, &sent)
        };
        let (old, new) = ("0306 999 0101", "label: Home\n    number: 0306 999 0101");
        let text = format!("{start}  - 0306 999 0101\n");
        let source = Source::new("", text.as_str());
        let asked = schema::of_kind(&kind::SERVICE).own;
        let all = read(&source, Span::new(0, text.len()), &asked);
        let shown = format!("{:?}", all.iter().find(|(name, _)| name == "phones"));
        assert!(shown.contains("(\"label\", Words(\"0306 999 0101\"))"), "{shown}");
        assert_eq!(more(&text, old, ""), text);
        assert_eq!(more(&text, "", ""), start, "who empties it takes it out");
        assert_eq!(more(&text, "Home", old), text.replace(old, new));
        let text = format!("{start}  -\n   0306 999 0101\n");
        let is_in_line = new.replace("    ", "   ");
        assert_eq!(more(&text, "Home", old), text.replace(old, &is_in_line));
        let text = "phones: [{label: Office, number: 0306 999 0100},\n 0306 999 0101]\n".to_owned();
        let new = "{label: Home, number: 0306 999 0101}";
        assert_eq!(more(&text, "Home", old), text.replace(old, new));
        assert_eq!(more(&text, "a, b", ""), text.replace(old, "\"a, b\""));
        // What is neither words nor names is not touched.
        for odd in ["  - *y\n", "  - [a, b]\n", "  – 0306 999 0101\n"] {
            let text = format!("{start}{odd}");
            assert_eq!(more(&text, "Home", old), text);
        }
        for odd in ["areas: [a, *b]\n", "areas: [a, b\n", "areas: [a, # r\n b]\n"] {
            assert_eq!(form(odd, &kind::SERVICE, &[("areas", "c")]), odd);
        }
    }

    #[test]
    fn each_change_is_in_its_own_place() {
        let change = |sent: &[(&str, &str)]| form(SERVICE, &kind::SERVICE, sent);
        let line = |text: &str, line: &str| assert!(text.lines().any(|own| own == line), "{text}");
        line(&change(&[("name", "Rowan: House")]), "name: \"Rowan: House\" # the charity");
        line(&change(&[("areas", "Exampleton\nHill")]), "areas: [Exampleton, Hill]");
        let phones = change(&[("phones/0/number", "0306 999 0109"), ("phones/0/label", "Office")]);
        line(&phones, "    number: 0306 999 0109");
        line(&phones, "    # not on Mondays");
        line(&phones, "    odd: kept");
        let one = change(&[("phones/1/number", "0306 999 0102"), ("phones/1/label", "Home")]);
        line(&one, "  - {label: Home, number: 0306 999 0102}");
        let gone = change(&[("phones/1/label", "Home"), ("phones/1/remove", "yes")]);
        assert!(!gone.contains("Home") && gone.contains("odd: kept\nages:"), "{gone}");
        let more = change(&[("phones/2/label", "Night"), ("phones/2/number", "0306 999 0103")]);
        line(&more, "  - label: Night");
        line(&more, "    number: 0306 999 0103");
        line(&change(&[("ages/from", "18"), ("ages/to", "65")]), "ages: {from: 18, to: 65}");
        let areas = "areas:\n  - A # a\n  # below\n  - B\n  - C # c\n";
        let listed = |words: &str| form(areas, &kind::SERVICE, &[("areas", words)]);
        assert_eq!(listed("A\nD\nC"), areas.replace("B", "D"));
        assert_eq!(listed("B\nC"), areas.replace("  - A # a\n", ""));
        assert_eq!(listed("A\nB"), areas.replace("  - C # c\n", ""));
        let more = areas.replace("  - A", "  - Z\n  - A").replace("# c\n", "# c\n  - D\n");
        assert_eq!(listed("Z\nA\nB\nC\nD"), more);
        let one = form("areas: A # a\n", &kind::SERVICE, &[("areas", "A\nB")]);
        assert_eq!(one, "areas: # a\n  - A\n  - B\n");
        let odd = "name: A # one # two\nages: {to: 65, odd: x, from: 18} # why\nphones: [{label: A, number: 0306 999 0100, odd: x}]\n";
        let change_odd = |sent: &[(&str, &str)]| form(odd, &kind::SERVICE, sent);
        assert_eq!(change_odd(&[("name", "B")]), odd.replace("name: A", "name: B"));
        assert_eq!(change_odd(&[("ages/from", "21"), ("ages/to", "65")]), odd.replace("18", "21"));
        let phones = [
            ("phones/0/label", "A"),
            ("phones/0/number", "0306 999 0101"),
            ("phones/0/note", "By day"),
        ];
        let new = odd.replace("0100, odd: x}", "0101, odd: x, note: By day}");
        assert_eq!(change_odd(&phones), new);
        let more = [("phones/1/label", "B"), ("phones/1/number", "0306 999 0102")];
        assert_eq!(change_odd(&more), odd.replace("x}]", "x}, {label: B, number: 0306 999 0102}]"));

        line(&change(&[("web", "https://rowan.example")]), "web: https://rowan.example");
        let emails = change(&[("emails/0/address", "help@rowan.example")]);
        assert!(emails.ends_with("\nemails:\n  - address: help@rowan.example\n"), "{emails}");
        assert!(!change(&[("ages/from", ""), ("ages/to", "")]).contains("ages"));
        let emptied = change(&[("phones/0/label", ""), ("phones/0/number", "")]);
        assert!(emptied.contains("odd: kept"), "what no field shows is not taken away: {emptied}");
        let emptied = change(&[("phones/1/label", ""), ("phones/1/number", "")]);
        assert!(!emptied.contains("0101"), "{emptied}");
        assert!(!change(&[("on offer", "")]).contains("debt"));
        line(&change(&[("on offer", "Advice.\n\nAnd help.")]), "  And help.");
    }

    #[test]
    fn remarks_above_the_first_of_a_list_stay() {
        let text = "title: A\nquestions:\n\n  # Who it is for\n  - id: one\n    ask: Who?\n";
        let sent = [("questions/0/id", "one"), ("questions/0/ask", "Whom?")];
        let new = form(text, &kind::FLOW, &sent);
        assert_eq!(new, text.replace("Who?", "Whom?"));
    }

    #[test]
    fn what_was_written_is_read_back() {
        let asked = schema::of_kind(&kind::FLOW).own;
        let text = "title: A\nquestions:\n  - id: one\n    ask: Are you 18?\n    answers:\n      - {answer: \"Yes\", go to: two}\n";
        let sent = Sent::from_iter(
            [
                ("f/questions/0/answers/0/answer", "Yes"),
                ("f/questions/0/answers/0/go to", "two"),
                ("f/questions/0/answers/1/answer", "No: never"),
                ("f/questions/0/answers/1/go to", "three"),
                ("f/questions/0/ask", "Are you 18 or over?"),
                ("f/questions/0/id", "one"),
                ("f/questions/1/id", "two"),
                ("f/questions/1/ask", "Where?"),
                ("f/questions/1/answers/0/answer", "Here"),
                ("f/questions/1/answers/0/go to", "three"),
            ]
            .map(|(name, value)| (name.to_owned(), value.to_owned())),
        );
        let source = Source::new("content/a.yaml", text);
        let new = edited(&source, Span::new(0, text.len()), &asked, &sent, "f");
        assert_eq!(
            new,
            "title: A\nquestions:\n  - id: one\n    ask: Are you 18 or over?\n    answers:\n      - {answer: \"Yes\", go to: two}\n      - answer: \"No: never\"\n        go to: three\n  - id: two\n    ask: Where?\n    answers:\n      - answer: Here\n        go to: three\n"
        );
        let again = Source::new("content/a.yaml", new.as_str());
        let same = edited(&again, Span::new(0, new.len()), &asked, &sent, "f");
        assert_eq!(same, new, "what is sent again changes nothing");
    }
}
