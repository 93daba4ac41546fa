//! What is known of links to other sites: `_data/outside-links.yaml`, which
//! `plainsite links --check-external` writes.

use crate::{
    parse::{Fields, names},
    text::Date,
};

names! {
    /// How a link to another site is.
    OutsideState {
        /// It leads where it should.
        Ok = "ok",
        /// It leads on, for good, to another address.
        Moved = "moved",
        /// A person should look: it may be good.
        Caution = "caution",
        /// It leads nowhere.
        Broken = "broken",
        /// It leads to somebody else by now, or to somebody who cannot be told from others.
        Danger = "danger",
    }
}

/// What is known of a link to another site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutsideLink {
    /// How it is.
    pub state: OutsideState,
    /// When somebody last looked.
    pub checked: Date,
    /// Why, in a few words; empty when nothing is wrong.
    pub why: String,
    /// What to write instead, or empty.
    pub now: String,
}

/// Reads the file: addresses, each with what is known of it.
pub(super) fn read(fields: &mut Fields<'_>) -> Vec<(String, OutsideLink)> {
    let state = |name: &str| OutsideState::ALL.iter().copied().find(|state| state.name() == name);
    fields.each_named(|address, part| {
        let (what, hint) = ("a state of a link", "write ok, moved, caution, broken or danger");
        let state = part.convert("state", state, what, hint);
        let checked = part.date("checked");
        let (why, now) = (part.words_of("why"), part.words_of("now"));
        let (state, checked) = (state?.value, checked?.value);
        Some((address.value, OutsideLink { state, checked, why, now }))
    })
}
