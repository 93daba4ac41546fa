//! `facts.yaml`: amounts, limits and periods, each with its source and dates.

use std::collections::BTreeMap;

use crate::{
    parse::{Fields, Placed},
    text::{Date, Span},
};

/// A fact.
#[derive(Debug, Clone)]
pub struct Fact {
    /// Where its name stands.
    pub span: Span,
    /// What is put into the text: `£10`.
    pub value: String,
    /// What it was before, where that stands in the file.
    pub before: Vec<String>,
    /// From when it holds.
    pub from: Option<Placed<Date>>,
    /// The last day on which it holds.
    pub until: Option<Placed<Date>>,
}

/// Reads every fact.
pub(super) fn read(all: &mut Fields<'_>) -> BTreeMap<String, Fact> {
    let facts = all.each_named(|name, fields| {
        let value = fields.needed("value", "£10");
        // What it means and where it comes from is for those who look after it.
        fields.words_of("means");
        fields.say_seams();
        let first = fields.date("from");
        let from = fields.since().or(first);
        let until = fields.date("until");
        fields.needed("source", "Direct payments policy, section 4");
        let value = value?.value;
        let before = fields.replaced("value");
        Some((name.value, Fact { span: name.span, value, before, from, until }))
    });
    facts.into_iter().collect()
}
