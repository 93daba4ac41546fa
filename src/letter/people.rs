//! The people that letters are written to: a table as spreadsheet programs save it,
//! or JSON.

use std::{collections::BTreeSet, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::{Value, value::RawValue};

pub use crate::parse::sheet::{Cell, MOST_COLUMNS, Row, Sheet as People, decode};
use crate::{
    diagnostic::Diagnostic,
    parse::sheet,
    rule,
    text::{Source, Span},
};

/// Reads a table, as [`sheet::read`] does.
pub fn csv(source: &Source, problems: &mut Vec<Diagnostic>) -> People {
    sheet::read(source, &rule::LETTER_DATA, problems)
}

/// Reads a list of people: `[{"full name": "Sam Example", …}, …]`. Numbers and yes
/// and no may be written as such; a list becomes lines.
pub fn json(source: &Source, problems: &mut Vec<Diagnostic>) -> People {
    let mut people = People::default();
    let list: Vec<&RawValue> = match serde_json::from_str(&source.text) {
        Ok(list) => list,
        Err(why) => {
            let line = source.text.split_inclusive('\n').take(why.line().saturating_sub(1));
            let at = line.map(str::len).sum::<usize>() + why.column().saturating_sub(1);
            let mut at = at.min(source.text.len());
            while !source.text.is_char_boundary(at) {
                at -= 1;
            }
            let message = format!("this is not a list of letters in JSON: {why}");
            let hint = "write it like this: [{\"full name\": \"Sam Example\"}]";
            problems
                .push(Diagnostic::error(&rule::LETTER_DATA, Span::new(at, at), message).hint(hint));
            return people;
        }
    };
    for (at, raw) in list.into_iter().enumerate() {
        // A raw value is a part of the text that it was read from.
        let start = raw.get().as_ptr().addr() - source.text.as_ptr().addr();
        let span = Span::new(start, start + raw.get().len());
        let Ok(Pairs(values)) = serde_json::from_str(raw.get()) else {
            let message = format!("letter {} is not a list of names and values", at + 1);
            let hint = "write it like this: {\"full name\": \"Sam Example\"}";
            problems.push(Diagnostic::error(&rule::LETTER_DATA, span, message).hint(hint));
            continue;
        };
        let mut cells = vec![Cell { text: String::new(), span }; people.columns.len()];
        let mut own: BTreeSet<String> = BTreeSet::new();
        for (name, value) in values {
            let at = at + 1;
            if !own.insert(name.clone()) {
                let message = format!("letter {at}: “{name}” is there twice");
                let hint = "take one of them out";
                problems.push(Diagnostic::error(&rule::LETTER_DATA, span, message).hint(hint));
            }
            let Some(value) = words(value.get()) else {
                let message = format!("letter {at}: “{name}” is not words, a number, or yes or no");
                let hint = "write it in quotes: \"like this\"; several lines as a list of them";
                problems.push(Diagnostic::error(&rule::LETTER_DATA, span, message).hint(hint));
                continue;
            };
            if people.columns.len() > MOST_COLUMNS {
                let message = format!("there are over {MOST_COLUMNS} different names in this file");
                let hint = "name only fields of the letter";
                problems.push(Diagnostic::error(&rule::LETTER_DATA, span, message).hint(hint));
                return people;
            }
            let known = people.columns.iter().position(|column| column.text == name);
            let column = known.unwrap_or_else(|| {
                people.columns.push(Cell { text: name, span });
                cells.push(Cell { text: String::new(), span });
                people.columns.len() - 1
            });
            cells[column].text = value;
        }
        people.rows.push(Row { number: at + 1, cells, span });
    }
    for row in &mut people.rows {
        row.cells.resize(people.columns.len(), Cell { text: String::new(), span: row.span });
    }
    people
}

/// What a value says, with the digits of a number as they were written. Nothing for
/// values that hold others, but for a list of words, which are lines.
fn words(raw: &str) -> Option<String> {
    match serde_json::from_str(raw).ok()? {
        Value::Null => Some(String::new()),
        Value::String(text) => Some(text),
        Value::Bool(_) | Value::Number(_) => Some(raw.trim().to_owned()),
        Value::Array(list) => {
            let lines = list.iter().map(|line| line.as_str().map(str::to_owned));
            lines.collect::<Option<Vec<_>>>().map(|lines| lines.join("\n"))
        }
        Value::Object(_) => None,
    }
}

/// The names and values of an object, in order, also those that are there twice.
struct Pairs(Vec<(String, Box<RawValue>)>);

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Pairs;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("names and values")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        from.deserialize_map(Reader)
    }
}
