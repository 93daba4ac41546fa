//! What can be written at the top of a page of each kind, in each data file and in the lists
//! inside pages, as the readers know it: for forms, and as a JSON Schema for editors of other
//! programs.

use serde_json::{Value, json};

use super::{data, front::Front, kind::KindName, record};
use crate::parse::{
    Fence,
    asked::{Asked, Shape},
    learn::asked_by,
};

/// The names that a page of a kind can have, each list in the order in which it is read.
#[derive(Debug)]
pub struct KindFields {
    /// Those of its own.
    pub own: Vec<Asked>,
    /// Those that all pages can have.
    pub common: Vec<Asked>,
}

/// What can stand at the top of a page of a kind.
pub fn of_kind(kind: KindName) -> KindFields {
    let own = asked_by(|fields| kind.learn(fields));
    let mut common = asked_by(|fields| _ = Front::read(fields));
    common.retain(|asked| !own.iter().any(|known| known.name == asked.name));
    KindFields { own, common }
}

/// The heading of the manual below which the names are that all pages have.
pub const COMMON: &str = "The facts at the top";

/// What can stand in a data file, by how it is written.
#[derive(Debug)]
pub enum DataFields {
    /// A record under each id.
    Records(Vec<Asked>),
    /// A list of things. One that is words alone says its first field.
    List(Vec<Asked>),
    /// A name with a value for each thing, which are its first field and the others. A value
    /// that is no names with values says the second field.
    Names(Vec<Asked>),
    /// Names with values, once.
    Once(Vec<Asked>),
}

/// The heading of the manual below which data files are.
pub const DATA: &str = "Data files";

/// What can stand in a data file; none where it is not known.
pub fn of_data(file: &str) -> Option<DataFields> {
    let learned = || asked_by(|fields| data::learn(file, fields));
    let one = |name: &str, shape, example: &str| Asked {
        name: name.to_owned(),
        shapes: vec![shape],
        is_needed: true,
        example: example.to_owned(),
    };
    let pair = |name, value| Some(DataFields::Names(vec![name, value]));
    match file {
        "areas.yaml" => Some(DataFields::List(learned())),
        "redirects.yaml" => pair(
            one("old address", Shape::Words, "/finance/returns/"),
            one("leads to", Shape::Words, "/manage/records/"),
        ),
        "search-tests.yaml" => pair(
            one("what people type", Shape::Words, "recipts how long to keep"),
            one("must find", Shape::List, "manage/records.md"),
        ),
        "postcodes.yaml" => pair(
            one("how they begin", Shape::Words, "LN1"),
            one("where they lie", Shape::Words, "53.24, -0.56"),
        ),
        "bank-holidays.yaml" => pair(
            one("day", Shape::Day, "5 June 2029"),
            one("name", Shape::Words, "A day for the King"),
        ),
        "vocabulary.yaml" => {
            let term = one("our word", Shape::Words, "day centre");
            Some(DataFields::Names(std::iter::once(term).chain(learned()).collect()))
        }
        "contacts.yaml" | "organisations.yaml" | "facts.yaml" | "glossary.yaml"
        | "letterhead.yaml" | "notices.yaml" => Some(DataFields::Records(learned())),
        _ => data::is_known(file).then(|| DataFields::Once(learned())),
    }
}

/// The fences that hold a list of things with several fields each.
pub const LISTS: [Fence; 2] = [Fence::Buy, Fence::Symbols];

/// The heading of the manual below which such a fence is.
pub fn part_of_list(fence: Fence) -> &'static str {
    if fence == Fence::Buy { "Answers to “Can I buy…?”" } else { "Pictures with words" }
}

/// What can be said of each thing in the list of a fence.
pub fn of_list(fence: Fence) -> Vec<Asked> {
    asked_by(|fields| record::learn(fence, fields))
}

/// The manual for editors, whose tables say what each name is for.
const MANUAL: &str = include_str!("../../content/README.md");

/// What the manual says of a name, as Markdown, below the heading `part`; none where no table
/// there has it.
pub fn about(name: &str, part: &str) -> Option<&'static str> {
    let is_own = |line: &&str| line.trim_start_matches('#').trim_start() == part;
    let mut lines = MANUAL.lines().skip_while(|line| !(line.starts_with("##") && is_own(line)));
    // A part ends where another of its rank begins, or of a higher one.
    let rank = lines.next()?.split(' ').next()?;
    let is_end =
        |line: &&str| line.split_once(' ').is_some_and(|(marks, _)| marks == "##" || marks == rank);
    let mut rows = lines.take_while(|line| !is_end(line));
    rows.find_map(|line| {
        let (names, about) = line.strip_prefix("| `")?.trim_end_matches(" |").split_once(" | ")?;
        // One row may be about several names, each in marks of code; one with more cells is
        // no row of names.
        let is_own = names.split('`').step_by(2).any(|known| known == name);
        (is_own && !about.contains(" | ")).then_some(about)
    })
}

/// A JSON Schema of a record with these names: lists of them, each with the heading of the
/// manual below which they are explained.
pub fn json(title: &str, about_it: &str, parts: &[(&[Asked], &str)]) -> Value {
    headed(map_schema(parts), title, about_it)
}

/// The same of a data file.
pub fn json_of_data(file: &str, fields: &DataFields) -> Value {
    let of = |asked: &[Asked]| map_schema(&[(asked, DATA)]);
    let own = match fields {
        DataFields::Records(asked) => {
            json!({ "type": "object", "additionalProperties": of(asked) })
        }
        DataFields::List(asked) => list_schema(of(asked), true),
        DataFields::Names(asked) => {
            let first = value_schema(&asked[1], DATA);
            let value = match &asked[1..] {
                [_] => first,
                more => json!({ "anyOf": [first, of(more)] }),
            };
            json!({ "type": "object", "additionalProperties": value })
        }
        DataFields::Once(asked) => of(asked),
    };
    headed(own, file, "What stands in this data file.")
}

/// The same of the list in a fence.
pub fn json_of_list(fence: Fence) -> Value {
    let list = list_schema(map_schema(&[(&of_list(fence), part_of_list(fence))]), false);
    headed(list, fence.name(), "What stands in a fence of this name.")
}

/// In the dialect of 2020-12.
fn headed(mut schema: Value, title: &str, about_it: &str) -> Value {
    let own = schema.as_object_mut().expect("it was made as one");
    own.insert("$schema".into(), "https://json-schema.org/draft/2020-12/schema".into());
    own.insert("title".into(), title.into());
    own.insert("description".into(), about_it.into());
    schema
}

fn list_schema(item: Value, or_words: bool) -> Value {
    let item = if or_words { json!({ "anyOf": [{ "type": "string" }, item] }) } else { item };
    json!({ "type": "array", "items": item })
}

fn value_schema(asked: &Asked, near: &str) -> Value {
    match &asked.shapes[..] {
        [shape] => shape_schema(shape, near),
        shapes => {
            let all: Vec<Value> = shapes.iter().map(|shape| shape_schema(shape, near)).collect();
            json!({ "anyOf": all })
        }
    }
}

fn map_schema(parts: &[(&[Asked], &str)]) -> Value {
    let one = |(asked, near): (&Asked, &str)| {
        let mut schema = value_schema(asked, near);
        let own = schema.as_object_mut().expect("each is one");
        if let Some(about) = about(&asked.name, near) {
            own.insert("description".into(), about.into());
        }
        if !asked.example.is_empty() {
            own.insert("examples".into(), json!([asked.example]));
        }
        (asked.name.clone(), schema)
    };
    // What must be there may depend on the rest of the record, which the checks say better.
    let properties: serde_json::Map<String, Value> = parts
        .iter()
        .flat_map(|(fields, near)| fields.iter().map(|asked| (asked, *near)))
        .map(one)
        .collect();
    json!({ "type": "object", "properties": properties })
}

fn shape_schema(shape: &Shape, near: &str) -> Value {
    match shape {
        // A number is words as well: `short: 2027`.
        Shape::Words => json!({ "type": ["string", "number"] }),
        Shape::Day => json!({ "type": "string" }),
        Shape::YesNo => json!({ "enum": ["yes", "no", true, false] }),
        Shape::Number => json!({ "type": "integer" }),
        Shape::OneOf(all) => json!({ "enum": all }),
        Shape::List => json!({
            "anyOf": [
                { "type": ["string", "number"] },
                { "type": "array", "items": { "type": ["string", "number"] } },
            ],
        }),
        Shape::Map(inner) => map_schema(&[(inner, near)]),
        Shape::Maps(inner) => list_schema(map_schema(&[(inner, near)]), false),
        Shape::Data => json!({ "type": "object" }),
    }
}
