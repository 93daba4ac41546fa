//! Content types: what is special about each sort of page, one folder each.
//!
//! A folder holds the [`KindEntry`] of its kind with its row in the manual, the struct of its
//! own front matter with what that leads to and what its template sees of it ([`Own`]), the
//! pages that are made of it, and the file that `plainsite new` begins with. A kind that is
//! only made has no starter. To add one, write `kind/your_kind/`, and name it in [`KINDS`], or
//! in [`MADE`]. A kind whose template sees other pages, such as a list of all, is shown in
//! `view/own.rs`.
//!
//! `make` makes a page of another, for several kinds; `services` has the entries of the
//! directory, for all that lists them.

use std::{any::Any, cmp::Ordering, collections::BTreeMap, fmt, sync::Arc};

pub use self::{
    a_to_z::{A_TO_Z, A_TO_Z_LETTER, is_entry, letter},
    accessibility::ACCESSIBILITY,
    booklet::{BOOKLET, BOOKLET_MAKER, Booklet},
    can_i_buy::CAN_I_BUY,
    checklist::CHECKLIST,
    complaints::COMPLAINTS,
    contact::CONTACT,
    directory::{
        Category, DIRECTORY, DIRECTORY_LIST, DIRECTORY_PRINT, Directory, DirectoryList,
        DirectoryPart, PublicTerm,
    },
    easy_read::{EASY_READ, EasyRead},
    faq::FAQ,
    flow::{
        FLOW, FLOW_PRINT, FLOW_STEP, Flow, FlowStep, Outcome, Question, QuestionType, Rule, Turn,
        Urgency,
    },
    glossary::GLOSSARY,
    guidance::GUIDANCE,
    guide::{GUIDE, GUIDE_PRINT},
    home::{HOME, Home, Start},
    letter::{
        DECISION_LETTER, EMAIL, Field, FieldType, Form, LETTER, LETTER_PRINT, Letter, TEXT_MESSAGE,
        WORKSHEET,
    },
    look_up::{LOOK_UP, LookUp},
    not_found::NOT_FOUND,
    privacy::PRIVACY,
    publication::{PUBLICATION, Publication},
    search::SEARCH,
    section::{SECTION, Section},
    service::{Closed, Place, Profile, SERVICE, Service, Way, language},
    short_links::SHORT_LINKS,
    step_by_step::{Join, STEP_BY_STEP, Step, StepByStep},
    team::TEAM,
    updates::{UPDATES, Updates},
};
use serde_json::Value;

use super::{Data, Page, front::one_of};
use crate::{
    config::Config,
    parse::{Document, Fields, Placed, walk::Run},
    text::{Date, Language},
};

pub(super) mod a_to_z;
mod accessibility;
mod booklet;
mod can_i_buy;
mod checklist;
mod complaints;
mod contact;
mod directory;
mod easy_read;
mod faq;
mod flow;
mod glossary;
mod guidance;
mod guide;
mod home;
mod letter;
mod look_up;
pub(super) mod make;
mod not_found;
mod privacy;
mod publication;
mod search;
mod section;
mod service;
pub mod services;
mod short_links;
mod step_by_step;
mod team;
mod updates;

/// The kinds that editors write.
pub static KINDS: &[KindName] = &[
    &HOME,
    &SECTION,
    &GUIDANCE,
    &GUIDE,
    &STEP_BY_STEP,
    &EASY_READ,
    &LETTER,
    &DECISION_LETTER,
    &TEXT_MESSAGE,
    &EMAIL,
    &WORKSHEET,
    &SERVICE,
    &DIRECTORY,
    &CAN_I_BUY,
    &FLOW,
    &LOOK_UP,
    &BOOKLET,
    &CHECKLIST,
    &FAQ,
    &TEAM,
    &GLOSSARY,
    &UPDATES,
    &PUBLICATION,
    &SEARCH,
    &PRIVACY,
    &ACCESSIBILITY,
    &COMPLAINTS,
    &CONTACT,
];

/// The kinds that are made and never written.
pub static MADE: &[KindName] = &[
    &DIRECTORY_LIST,
    &DIRECTORY_PRINT,
    &FLOW_STEP,
    &FLOW_PRINT,
    &BOOKLET_MAKER,
    &SHORT_LINKS,
    &GUIDE_PRINT,
    &LETTER_PRINT,
    &A_TO_Z,
    &A_TO_Z_LETTER,
    &NOT_FOUND,
];

/// What other rooms must know of a kind.
pub struct KindEntry {
    /// As editors write it: `easy read`.
    pub name: &'static str,
    /// What it is, in a sentence.
    pub about: &'static str,
    /// The names of its own, for the manual of editors; or empty.
    pub names: &'static str,
    /// Its template, in the folder `templates` of a theme.
    pub template: &'static str,
    /// What `plainsite new` begins with; none for a kind that is made.
    pub starter: Option<&'static str>,
    /// Whether its file is a record, without text.
    pub is_record: bool,
    /// Whether it stands for its folder, as its `index.md`.
    pub is_index: bool,
    /// Whether it is in the menu when it is below the home page.
    pub is_in_menu: bool,
    /// Whether it can be a part of a booklet: it is words, not a tool.
    pub fits_a_booklet: bool,
    /// Whether it is words to read from top to bottom, which can be read aloud.
    pub is_prose: bool,
    /// Whether readers are to find it in lists and in the site map.
    pub is_listed: bool,
    /// Whether readers are to find it in the search.
    pub is_searched: bool,
    /// The script of a theme that its pages are better with: `look-up-page`; or empty.
    pub script: &'static str,
    /// What begins the words of a theme that stand on its pages for those that begin with
    /// `letter_`: `sheet_`; or empty.
    pub words: &'static str,
    /// Reads what only this kind has.
    read: fn(&mut Fields<'_>) -> Box<dyn Own>,
}

/// A kind. There is one entry of each, so that two can be compared.
pub type KindName = &'static KindEntry;

impl KindEntry {
    const fn made(name: &'static str, about: &'static str, template: &'static str) -> Self {
        Self {
            name,
            about,
            names: "",
            template,
            starter: None,
            is_record: false,
            is_index: false,
            is_in_menu: false,
            fits_a_booklet: false,
            is_prose: false,
            is_listed: true,
            is_searched: true,
            script: "",
            words: "",
            read: |_| Box::new(()),
        }
    }

    /// One that editors write, and what they begin with. It looks as guidance does.
    const fn written(name: &'static str, about: &'static str, starter: &'static str) -> Self {
        Self { starter: Some(starter), ..Self::made(name, about, "guidance.html") }
    }

    /// The heading of the manual below which its own names are: `Letters`; or empty.
    pub fn manual(&self) -> &'static str {
        self.names.strip_prefix("see ").unwrap_or_default()
    }

    const fn shown_by(self, template: &'static str) -> Self {
        Self { template, ..self }
    }

    const fn names(self, names: &'static str) -> Self {
        Self { names, ..self }
    }

    const fn script(self, script: &'static str) -> Self {
        Self { script, ..self }
    }

    const fn worded(self, words: &'static str) -> Self {
        Self { words, ..self }
    }

    const fn read(self, read: fn(&mut Fields<'_>) -> Box<dyn Own>) -> Self {
        Self { read, ..self }
    }

    const fn record(self) -> Self {
        Self { is_record: true, ..self }
    }

    const fn index(self) -> Self {
        Self { is_index: true, ..self }
    }

    const fn in_menu(self) -> Self {
        Self { is_in_menu: true, ..self }
    }

    /// Reads what only this kind has, of fields that tell what they were asked for.
    pub(super) fn learn(&self, fields: &mut Fields<'_>) {
        _ = (self.read)(fields);
    }

    const fn fits_a_booklet(self) -> Self {
        Self { fits_a_booklet: true, ..self }
    }

    const fn prose(self) -> Self {
        Self { is_prose: true, ..self }
    }

    const fn unlisted(self) -> Self {
        Self { is_listed: false, ..self }
    }

    const fn unsearched(self) -> Self {
        Self { is_searched: false, ..self }
    }
}

impl fmt::Debug for KindEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl PartialEq for KindEntry {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for KindEntry {}

impl PartialOrd for KindEntry {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for KindEntry {
    fn cmp(&self, other: &Self) -> Ordering {
        self.name.cmp(other.name)
    }
}

/// What only pages of one kind have, and what follows from it.
pub trait Own: Any + fmt::Debug + Send + Sync {
    /// The title, where it is not a name that all pages have.
    fn title(&self) -> Option<String> {
        None
    }

    /// The topics of the pages that it lists, each with a sentence.
    fn topics(&self) -> &[(Placed<String>, String)] {
        &[]
    }

    /// The day on which it was first published, if it says so.
    fn published(&self) -> Option<&Placed<Date>> {
        None
    }

    /// Where its own names lead.
    fn links(&self) -> Vec<&Placed<String>> {
        Vec::new()
    }

    /// The contacts that it names, and what for: `is who to ask`.
    fn contacts(&self) -> Vec<(&Placed<String>, &'static str)> {
        Vec::new()
    }

    /// The sentences and headings of its own that readers see, for the checks that read words.
    /// What tells people how to fill something in is none of them: it holds examples.
    fn words(&self) -> Vec<(Run, &Placed<String>)> {
        Vec::new()
    }

    /// The words of its own that only staff see.
    fn notes(&self) -> Vec<&Placed<String>> {
        Vec::new()
    }

    /// Whether readers get to it from a page before it alone.
    fn is_later_part(&self) -> bool {
        false
    }

    /// What its template sees beyond what all pages show, by name: `page.steps`.
    fn shown(&self, _seen: &dyn Seen) -> Shown {
        Shown::new()
    }

    /// The pages that are made of one.
    fn made(&self, _page: &Page, _written: &Written<'_>) -> Vec<Page> {
        Vec::new()
    }
}

impl Own for () {}

/// What a template sees of one kind alone, by name.
pub type Shown = serde_json::Map<String, Value>;

/// What a kind may ask about the site, to say what its template sees.
pub trait Seen {
    /// Words with the values in them put in.
    fn filled(&self, words: &str) -> String;
    /// A day in words.
    fn day(&self, day: Date) -> String;
    /// The page or the address that one of its [links](Own::links) leads to: `title`, `url`,
    /// `description`.
    fn link(&self, link: &Placed<String>) -> Option<Value>;
    /// A contact, as `records/contact.html` shows it.
    fn contact(&self, id: &str) -> Option<Value>;
    /// Words of the theme, by name.
    fn word(&self, name: &str) -> &str;
}

/// What pages are made of.
#[derive(Debug, Clone, Copy)]
pub struct Written<'a> {
    /// The pages that someone wrote.
    pub pages: &'a [Page],
    /// What many pages use.
    pub data: &'a Data,
    /// What is asked of the site.
    pub config: &'a Config,
    /// The words of the language of the page.
    pub words: &'a Language,
}

/// The kind of a page and what only pages of it have.
#[derive(Debug)]
pub struct Kind {
    /// The kind.
    pub entry: KindName,
    own: Box<dyn Own>,
}

impl Kind {
    /// A kind that has nothing of its own.
    pub fn plain(entry: KindName) -> Self {
        Self::of(entry, ())
    }

    /// A kind with what it has of its own.
    pub fn of(entry: KindName, own: impl Own) -> Self {
        Self { entry, own: Box::new(own) }
    }

    /// Reads the kind of a page and the names that only this kind has.
    pub(super) fn read(
        fields: &mut Fields<'_>,
        folder: &str,
        is_index: bool,
        sections: &BTreeMap<String, KindName>,
    ) -> Self {
        let own = one_of(fields, "kind", KINDS, |kind| kind.name);
        let entry = own.unwrap_or_else(|| match (is_index, folder) {
            (true, "") => &HOME,
            (true, _) => &SECTION,
            _ => sections.get(folder).copied().unwrap_or(&GUIDANCE),
        });
        Self { entry, own: (entry.read)(fields) }
    }

    /// Whether it is of this kind.
    pub fn is(&self, entry: &KindEntry) -> bool {
        self.entry == entry
    }

    /// What only pages of its kind have, when that is a `T`.
    pub fn own<T: Own>(&self) -> Option<&T> {
        let own: &dyn Any = &*self.own;
        own.downcast_ref()
    }

    /// What follows from what only pages of its kind have.
    pub fn part(&self) -> &dyn Own {
        &*self.own
    }

    /// The letter that it is.
    pub fn letter(&self) -> Option<&Letter> {
        self.sheet().filter(|_| !self.is(&WORKSHEET))
    }

    /// The letter or the worksheet that it is: what people fill in on the page.
    pub fn sheet(&self) -> Option<&Letter> {
        self.own()
    }

    /// What the letter that it is becomes.
    pub fn form(&self) -> Form {
        match self.entry {
            entry if *entry == TEXT_MESSAGE => Form::Text,
            entry if *entry == EMAIL => Form::Email,
            _ => Form::Paper,
        }
    }

    /// The directory entry that it is.
    pub fn service(&self) -> Option<&Service> {
        self.own()
    }
}

/// The kind with a name, as editors write it.
fn named(name: &str) -> Option<KindName> {
    KINDS.iter().copied().find(|kind| kind.name.eq_ignore_ascii_case(name.trim()))
}

/// The kind that each folder gives to its pages: `kind of pages: service`.
pub(super) fn sections(written: &[(String, Arc<Document>)]) -> BTreeMap<String, KindName> {
    let mut sections = BTreeMap::new();
    for (inner, document) in written {
        let (folder, file) = inner.rsplit_once('/').unwrap_or(("", inner));
        if file.starts_with("index.") || file.starts_with("_index.") {
            let kind = document.fields().text("kind of pages");
            if let Some(kind) = kind.and_then(|kind| named(&kind.value)) {
                sections.insert(folder.to_owned(), kind);
            }
        }
    }
    sections
}

/// Reads `kind of pages`, which [`sections`] has already used.
fn kind_of_pages(fields: &mut Fields<'_>) {
    one_of(fields, "kind of pages", KINDS, |kind| kind.name);
}
