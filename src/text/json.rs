//! Records for other programs, which leave out what nobody has said.

use serde_json::{Map, Value};

/// Adds a value to a record, unless nothing is in it.
pub fn put(record: &mut Map<String, Value>, name: &str, value: Value) {
    let is_empty = match &value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    };
    if !is_empty {
        record.insert(name.to_owned(), value);
    }
}
