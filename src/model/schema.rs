//! What can be written at the top of a page of each kind and in each data file, as the readers
//! know it: for forms, and as a JSON Schema for editors of other programs.

use serde_json::{Value, json};

use super::{data, front::Front, kind::KindName};
use crate::parse::{
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

/// The names that a record of a data file can have; none where the file is no list of records,
/// or is not known.
pub fn of_data(file: &str) -> Option<Vec<Asked>> {
    data::is_known(file).then(|| asked_by(|fields| data::learn(file, fields)))
}

/// The manual for editors, whose tables say what each name is for.
const MANUAL: &str = include_str!("../../content/README.md");

/// What the manual says of a name, as Markdown, below the heading `part`; none where no table
/// there has it.
pub fn about(name: &str, part: &str) -> Option<&'static str> {
    let heading = format!("## {part}");
    let inside = MANUAL.lines().skip_while(|line| *line != heading).skip(1);
    let mut rows = inside.take_while(|line| !line.starts_with("## "));
    rows.find_map(|line| {
        let (names, about) = line.strip_prefix("| `")?.trim_end_matches(" |").split_once(" | ")?;
        // One row may be about several names, each in marks of code; one with more cells is
        // no row of names.
        let is_own = names.split('`').step_by(2).any(|known| known == name);
        (is_own && !about.contains(" | ")).then_some(about)
    })
}

/// A JSON Schema of a record with these names, in the dialect of 2020-12: lists of them, each
/// with the heading of the manual below which they are explained.
pub fn json(title: &str, about_it: &str, parts: &[(&[Asked], &str)]) -> Value {
    let mut schema = map_schema(parts);
    let own = schema.as_object_mut().expect("it was made as one");
    own.insert("$schema".into(), "https://json-schema.org/draft/2020-12/schema".into());
    own.insert("title".into(), title.into());
    own.insert("description".into(), about_it.into());
    schema
}

fn map_schema(parts: &[(&[Asked], &str)]) -> Value {
    let one = |(asked, near): (&Asked, &str)| {
        let mut schema = match &asked.shapes[..] {
            [shape] => shape_schema(shape, near),
            shapes => {
                let all: Vec<Value> =
                    shapes.iter().map(|shape| shape_schema(shape, near)).collect();
                json!({ "anyOf": all })
            }
        };
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
        Shape::Maps(inner) => json!({ "type": "array", "items": map_schema(&[(inner, near)]) }),
        Shape::Data => json!({ "type": "object" }),
    }
}
