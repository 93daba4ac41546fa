//! What many rooms need to read and to write: the ground floor, which uses no other room.

pub use self::{
    bank_holidays::{BankHolidays, Nation},
    date::{Date, Interval},
    language::{Language, Languages},
    name::{composed, did_you_mean, nearest, shorten, slug},
    source::{Source, Span},
};

pub mod address;
pub mod amount;
pub mod bank_holidays;
pub mod brackets;
pub mod date;
pub mod degrees;
pub mod fitted;
pub mod hard_words;
pub mod json;
pub mod language;
pub mod media;
pub mod name;
pub mod reading;
pub mod rows;
pub mod script;
pub mod sentences;
pub mod source;
pub mod speech;
pub mod unseen;
pub mod wording;
