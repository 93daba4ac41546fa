//! The ledger, `content/_ledger.yaml`: every address that was ever published, and the ids on
//! its page. A link in an email or on a leaflet is known to nobody else.
//!
//! It is read with the site ([`Ledger::read`]). [`keep()`] sets it beside the site as it is now:
//! what a page was called before leads on by itself, a heading that was reworded keeps its old
//! id, and what would be lost stops the build with the line to add. When a site is published,
//! [`next()`] is what the ledger says from then on.
//!
//! One sorted line is one address, and no build takes a line away. So two people can add pages
//! at the same time: what both wrote is kept, whatever a program that joins files made of it.

use std::collections::{BTreeMap, BTreeSet};

pub use self::{
    keep::{Kept, keep, page_ids},
    line::quoted,
    next::next,
    take_over::{TakenOver, take_over},
};
use crate::text::{Date, Source};

mod accept;
mod keep;
mod line;
mod next;
mod read;
mod take_over;

/// Every address that was published.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    /// The file, also when there is none yet.
    pub source: Source,
    /// What is known of each address.
    pub entries: BTreeMap<String, Entry>,
    /// How many addresses the file has.
    pub before: usize,
    /// What was odd in the file and did no harm, for people.
    pub notes: Vec<String>,
}

/// What is known of an address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// When it was first published.
    pub first: Option<Date>,
    /// The file that its page was written in, below the folder of the pages. Empty for what
    /// nobody wrote: lists of the directory, files that outputs make.
    pub file: String,
    /// The ids on its page that links can name, from top to bottom.
    pub ids: Vec<String>,
    /// Ids that headings had before, each with the one that the heading has now.
    pub was: BTreeMap<String, String>,
    /// Those of `ids` that only staff ever had.
    pub staff_ids: BTreeSet<String>,
    /// Where it leads, when no page is there.
    pub to: String,
    /// Whether it is for staff alone.
    pub staff: bool,
    /// Since when it may be gone.
    pub gone: Option<Date>,
    /// Where its line begins in the file.
    pub at: usize,
}

impl Entry {
    /// Adds what another line knows of the same address.
    fn join(&mut self, other: Self) {
        self.first = self.first.into_iter().chain(other.first).min();
        self.gone = self.gone.or(other.gone);
        self.staff &= other.staff;
        // What one of them says that everyone has, everyone has.
        let open =
            |entry: &Self, id: &String| entry.ids.contains(id) && !entry.staff_ids.contains(id);
        let all: BTreeSet<String> = self.staff_ids.union(&other.staff_ids).cloned().collect();
        let all = all.into_iter().filter(|id| !open(self, id) && !open(&other, id));
        self.staff_ids = all.collect();
        for (own, other) in [(&mut self.file, other.file), (&mut self.to, other.to)] {
            if !other.is_empty() {
                *own = other;
            }
        }
        let new: Vec<String> = other.ids.into_iter().filter(|id| !self.ids.contains(id)).collect();
        self.ids.extend(new);
        self.was.extend(other.was);
        // Where one of two people gave a heading new words, it has them.
        let was = &self.was;
        self.ids.retain(|id| !was.contains_key(id));
    }
}

impl Ledger {
    /// How many addresses it has that its file does not have.
    pub fn added(&self) -> usize {
        self.entries.len().saturating_sub(self.before)
    }

    /// The file, as it is written.
    pub fn text(&self) -> String {
        let mut text = HEAD.to_owned();
        for (address, entry) in &self.entries {
            line::write(address, entry, &mut text);
        }
        text
    }
}

/// What stands for the file of an address that a site before this one had.
pub const OLD_SITE: &str = "(old site)";

/// What stands above the lines.
const HEAD: &str = "\
# Every address that was published here, so that no link to it is ever lost. Plainsite writes
# this file. Keep it with the site (in Git: commit it), and change nothing in it by hand:
# `plainsite links` shows what is in it, and changes it.
";
