//! What readers of front matter and of records ask for, learned by letting them read nothing.
//!
//! A reader asks [`Fields`] for each name that it knows. Here it is asked of no file: every
//! name is noted with the shape of its value, and an answer that means “nothing there” is
//! given. So forms and a JSON Schema know what the readers know, and no second list of names
//! can fall behind them.

use super::{
    asked::{Asked, Learning, add},
    front_matter::Fields,
};
use crate::text::{Source, Span};

/// What a reader asks for, in the order in which it asks.
pub fn asked_by(read: impl Fn(&mut Fields<'_>)) -> Vec<Asked> {
    let nothing = Source::new("", "");
    let mut all = Vec::new();
    for as_maps in [false, true] {
        let mut fields = Fields::read(&nothing, Span::default());
        fields.learn(Learning { as_maps, under: String::new(), asked: Vec::new() });
        read(&mut fields);
        let learned = fields.learned().map(|learned| learned.asked).unwrap_or_default();
        learned.into_iter().for_each(|asked| add(&mut all, asked));
    }
    all
}
