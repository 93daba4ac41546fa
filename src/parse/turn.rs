//! Something that changes by itself on a day, because an editor wrote so.

use crate::text::{Date, Span};

/// Something that changes on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// The first day on which it is otherwise.
    pub day: Date,
    /// Where the day was written.
    pub span: Span,
    /// The record that it is about, or empty: `receipt limit`.
    pub of: String,
    /// What happens.
    pub what: Change,
}

/// What happens on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Names are given other values: each, and its new value as typed.
    Values(Vec<(String, String)>),
    /// Words of a page come: the first of them.
    Comes(String),
    /// Words of a page go: the first of them.
    Goes(String),
}
