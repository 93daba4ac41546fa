//! Who agreed to which words: `_data/agreed.yaml`, which `plainsite agree` writes.

use std::collections::BTreeMap;

use crate::{
    parse::{Fields, Placed},
    text::Date,
};

/// What somebody agreed to.
#[derive(Debug, Clone, Default)]
pub struct Agreed {
    /// Who: a name, or an id of a contact.
    pub by: Placed<String>,
    /// On which day.
    pub date: Option<Date>,
    /// Each file, with the hash of its words as they were then.
    pub words: BTreeMap<String, Placed<String>>,
}

/// Reads the file.
pub(super) fn read(fields: &mut Fields<'_>) -> Agreed {
    let by = fields.said("by");
    let date = fields.date("date").map(|day| day.value);
    let mut words = BTreeMap::new();
    if let Some(mut part) = fields.map("words") {
        for (file, hash) in part.every_list() {
            let hash = hash.into_iter().map(|hash| hash.value).next().unwrap_or_default();
            words.insert(file.value, Placed { value: hash, span: file.span });
        }
        fields.absorb(part);
    }
    Agreed { by, date, words }
}
