//! Content types: what is special about each sort of page, one file each.
//!
//! To add one: write `kind/your_kind.rs` with a struct for its front matter,
//! add it to [`KindName`] and [`Kind`], and the compiler lists what is left.

use std::collections::BTreeMap;

pub use self::{
    booklet::Booklet,
    directory::{Category, Directory, DirectoryList},
    easy_read::EasyRead,
    flow::{Flow, FlowStep, Outcome, Question, QuestionType, Rule, Turn},
    home::{Home, Start},
    letter::{Field, FieldType, Letter},
    look_up::LookUp,
    publication::Publication,
    section::Section,
    service::{Closed, LANGUAGES, Place, Profile, Service, Way, language},
    step_by_step::{Join, Step, StepByStep},
    updates::Updates,
};
use super::front::names;
use crate::parse::{Document, Fields};

mod booklet;
mod directory;
mod easy_read;
mod flow;
mod home;
mod letter;
mod look_up;
mod publication;
mod section;
mod service;
mod step_by_step;
mod updates;

names! {
    /// The content types, as editors write them.
    KindName {
        /// The home page.
        Home = "home",
        /// A page that lists others.
        Section = "section",
        /// An ordinary page.
        Guidance = "guidance",
        /// Several pages that are read in order.
        Guide = "guide",
        /// Steps in order.
        StepByStep = "step by step",
        /// Short words beside pictures.
        EasyRead = "easy read",
        /// A letter to fill in.
        Letter = "letter",
        /// A letter that tells someone a decision.
        DecisionLetter = "decision letter",
        /// Something to fill in and keep.
        Worksheet = "worksheet",
        /// A directory entry.
        Service = "service",
        /// The directory.
        Directory = "directory",
        /// Things people ask whether they may buy.
        CanIBuy = "can I buy",
        /// Questions that lead to an answer.
        Flow = "flow",
        /// The team for a postcode.
        LookUp = "look-up",
        /// Pages chosen for someone, as one document.
        Booklet = "booklet",
        /// A list to print and tick.
        Checklist = "checklist",
        /// Questions, one to a heading.
        Faq = "faq",
        /// What a team does.
        Team = "team",
        /// Words and their meanings.
        Glossary = "glossary",
        /// What changed on the site.
        Updates = "updates",
        /// A report or plan.
        Publication = "publication",
        /// The search page.
        Search = "search",
        /// What is known about people, and who sees it.
        Privacy = "privacy",
        /// The accessibility statement.
        Accessibility = "accessibility",
        /// How to complain.
        Complaints = "complaints",
        /// Who to contact.
        Contact = "contact",
        /// A list of directory entries. Made, not written.
        DirectoryList = "directory list",
        /// The whole directory on one page. Made, not written.
        DirectoryPrint = "directory print",
        /// A question or an outcome of a flow. Made, not written.
        FlowStep = "flow step",
        /// A flow on one page. Made, not written.
        FlowPrint = "flow print",
        /// Where people choose pages for a booklet. Made, not written.
        BookletMaker = "booklet maker",
        /// Every short link, for staff. Made, not written.
        ShortLinks = "short links",
        /// A guide on one page. Made, not written.
        GuidePrint = "guide print",
        /// A letter to print and write on.
        LetterPrint = "letter print",
        /// Every page by its first letter. Made, not written.
        AToZ = "a to z",
        /// What is shown when a page is not there. Made, not written.
        NotFound = "not found",
    }
}

impl KindName {
    /// Whether editors can ask for it.
    pub fn is_written(self) -> bool {
        self < Self::DirectoryList
    }
}

/// A content type and what is special about this page of it.
#[derive(Debug)]
#[expect(missing_docs, reason = "said at the same name in KindName")]
pub enum Kind {
    Home(Home),
    Section(Section),
    Guidance,
    Guide,
    StepByStep(StepByStep),
    EasyRead(EasyRead),
    Letter(Letter),
    DecisionLetter(Letter),
    Worksheet(Letter),
    Service(Box<Service>),
    Directory(Directory),
    CanIBuy,
    Flow(Flow),
    LookUp(LookUp),
    Booklet(Booklet),
    Checklist,
    Faq,
    Team,
    Glossary,
    Updates(Updates),
    Publication(Publication),
    Search,
    Privacy,
    Accessibility,
    Complaints,
    Contact,
    DirectoryList(DirectoryList),
    /// A part of the directory on one page: the number of the part, from 0.
    DirectoryPrint(usize),
    FlowStep(FlowStep),
    FlowPrint,
    BookletMaker,
    ShortLinks,
    GuidePrint,
    /// A letter to print and write on.
    LetterPrint,
    AToZ,
    NotFound,
}

impl Kind {
    /// Reads the kind of a page and the names that only this kind has.
    pub(super) fn read(
        fields: &mut Fields<'_>,
        folder: &str,
        is_index: bool,
        sections: &BTreeMap<String, KindName>,
    ) -> Self {
        let written: Vec<KindName> =
            KindName::ALL.iter().copied().filter(|kind| kind.is_written()).collect();
        let own = super::front::one_of(fields, "kind", &written, KindName::name);
        let name = own.unwrap_or_else(|| match (is_index, folder) {
            (true, "") => KindName::Home,
            (true, _) => KindName::Section,
            _ => sections.get(folder).copied().unwrap_or(KindName::Guidance),
        });
        match name {
            KindName::Home => Self::Home(Home::read(fields)),
            KindName::Section => Self::Section(Section::read(fields)),
            KindName::Guide => Self::Guide,
            KindName::StepByStep => Self::StepByStep(StepByStep::read(fields)),
            KindName::EasyRead => Self::EasyRead(EasyRead::read(fields)),
            KindName::Letter => Self::Letter(Letter::read(fields)),
            KindName::DecisionLetter => Self::DecisionLetter(Letter::read(fields)),
            KindName::Worksheet => Self::Worksheet(Letter::read(fields)),
            KindName::Service => Self::Service(Box::new(Service::read(fields))),
            KindName::Directory => Self::Directory(Directory::read(fields)),
            KindName::CanIBuy => Self::CanIBuy,
            KindName::Flow => Self::Flow(Flow::read(fields)),
            KindName::LookUp => Self::LookUp(LookUp::read(fields)),
            KindName::Booklet => Self::Booklet(Booklet::read(fields)),
            KindName::Checklist => Self::Checklist,
            KindName::Faq => Self::Faq,
            KindName::Team => Self::Team,
            KindName::Glossary => Self::Glossary,
            KindName::Updates => Self::Updates(Updates::read(fields)),
            KindName::Publication => Self::Publication(Publication::read(fields)),
            KindName::Search => Self::Search,
            KindName::Privacy => Self::Privacy,
            KindName::Accessibility => Self::Accessibility,
            KindName::Complaints => Self::Complaints,
            KindName::Contact => Self::Contact,
            KindName::Guidance
            | KindName::DirectoryList
            | KindName::DirectoryPrint
            | KindName::FlowStep
            | KindName::FlowPrint
            | KindName::BookletMaker
            | KindName::ShortLinks
            | KindName::GuidePrint
            | KindName::LetterPrint
            | KindName::AToZ
            | KindName::NotFound => Self::Guidance,
        }
    }

    /// Its name.
    pub fn name(&self) -> KindName {
        match self {
            Self::Home(_) => KindName::Home,
            Self::Section(_) => KindName::Section,
            Self::Guidance => KindName::Guidance,
            Self::Guide => KindName::Guide,
            Self::StepByStep(_) => KindName::StepByStep,
            Self::EasyRead(_) => KindName::EasyRead,
            Self::Letter(_) => KindName::Letter,
            Self::DecisionLetter(_) => KindName::DecisionLetter,
            Self::Worksheet(_) => KindName::Worksheet,
            Self::Service(_) => KindName::Service,
            Self::Directory(_) => KindName::Directory,
            Self::CanIBuy => KindName::CanIBuy,
            Self::Flow(_) => KindName::Flow,
            Self::LookUp(_) => KindName::LookUp,
            Self::Booklet(_) => KindName::Booklet,
            Self::Checklist => KindName::Checklist,
            Self::Faq => KindName::Faq,
            Self::Team => KindName::Team,
            Self::Glossary => KindName::Glossary,
            Self::Updates(_) => KindName::Updates,
            Self::Publication(_) => KindName::Publication,
            Self::Search => KindName::Search,
            Self::Privacy => KindName::Privacy,
            Self::Accessibility => KindName::Accessibility,
            Self::Complaints => KindName::Complaints,
            Self::Contact => KindName::Contact,
            Self::DirectoryList(_) => KindName::DirectoryList,
            Self::DirectoryPrint(_) => KindName::DirectoryPrint,
            Self::FlowStep(_) => KindName::FlowStep,
            Self::FlowPrint => KindName::FlowPrint,
            Self::BookletMaker => KindName::BookletMaker,
            Self::ShortLinks => KindName::ShortLinks,
            Self::GuidePrint => KindName::GuidePrint,
            Self::LetterPrint => KindName::LetterPrint,
            Self::AToZ => KindName::AToZ,
            Self::NotFound => KindName::NotFound,
        }
    }

    /// The letter that it is.
    pub fn letter(&self) -> Option<&Letter> {
        match self {
            Self::Letter(letter) | Self::DecisionLetter(letter) => Some(letter),
            _ => None,
        }
    }

    /// The letter or the worksheet that it is: what people fill in on the page.
    pub fn sheet(&self) -> Option<&Letter> {
        if let Self::Worksheet(sheet) = self { Some(sheet) } else { self.letter() }
    }

    /// The directory entry that it is.
    pub fn service(&self) -> Option<&Service> {
        if let Self::Service(service) = self { Some(service) } else { None }
    }
}

/// The kind that each folder gives to its pages: `kind of pages: service`.
pub(super) fn sections(written: &[(String, Document)]) -> BTreeMap<String, KindName> {
    let mut sections = BTreeMap::new();
    for (inner, document) in written {
        let (folder, file) = inner.rsplit_once('/').unwrap_or(("", inner));
        if file.starts_with("index.") || file.starts_with("_index.") {
            let kind = document.fields().text("kind of pages");
            let kind = kind.and_then(|kind| {
                KindName::ALL
                    .iter()
                    .copied()
                    .find(|known| known.name().eq_ignore_ascii_case(kind.value.trim()))
            });
            if let Some(kind) = kind.filter(|kind| kind.is_written()) {
                sections.insert(folder.to_owned(), kind);
            }
        }
    }
    sections
}

/// Reads `kind of pages`, which [`sections`] has already used.
fn kind_of_pages(fields: &mut Fields<'_>) {
    let written: Vec<KindName> =
        KindName::ALL.iter().copied().filter(|kind| kind.is_written()).collect();
    super::front::one_of(fields, "kind of pages", &written, KindName::name);
}
