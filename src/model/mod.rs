//! Typed pages, records and data: what the words mean for the site.
//!
//! [`assemble`] turns documents into a [`Site`]: it gives each page its
//! address, language and kind, reads its front matter and the records in it,
//! and makes the pages that nobody wrote (lists of the directory, a guide on
//! one page, the A to Z). It leaves out what is not to be published on this
//! day, and says why. It does not look at links; that is `link`'s.
//!
//! The only file that names imagesize, which reads how large a picture is.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use rayon::prelude::*;

pub use self::{
    again::Reread,
    data::{
        Area, Contact, Data, District, Email, Fact, Notice, Organisation, PhoneLine, Preferred,
        SearchTest, Term,
    },
    elsewhere::Hold,
    forms::{Form, Purpose},
    front::{Audience, Change, Front, Stage, Status},
    kind::{Kind, KindName, services},
    paths::{ATTACHMENTS, PAGES, Paths},
    record::{Answer, Buy, RecordData, Symbol},
    redirects::{can_lead_on, is_file, normal, redirect_pages, redirects},
    schedule::Upcoming,
    snippets::{DEEPEST, Overgrown, Why},
    url::{Url, url_of},
};
use crate::{
    config::{Accessibility, Config},
    diagnostic::{Diagnostic, Report},
    load::File,
    parse::{
        Block, Document, Placed,
        turn::Turn,
        values::{Filled, Tongue, Values},
    },
    rule,
    text::{
        Date, Languages, Source,
        address::{folder_of, name_of},
        brackets::{left_over, literal_names, plain_name},
        slug,
    },
};

mod again;
pub mod asks;
pub mod data;
mod elsewhere;
mod forms;
pub mod front;
pub mod kind;
mod made;
pub mod opening;
mod paths;
pub mod reach;
pub mod record;
mod redirects;
mod schedule;
pub mod schema;
mod snippets;
pub mod spoken;
pub mod statement;
pub mod table;
mod tables;
pub mod url;
pub mod value;

/// The place of a page in [`Site::pages`].
pub type PageId = usize;

/// A whole site.
#[derive(Debug, Default)]
pub struct Site {
    /// The folder of the pages below the root, with a `/` at its end, or
    /// nothing when they lie beside `site.toml`.
    pub folder: &'static str,
    /// What the theme says in each language, and how dates are read.
    pub languages: Languages,
    /// All pages that this build publishes, by address.
    pub pages: Vec<Page>,
    /// Contacts, facts, glossary and the other data files.
    pub data: Data,
    /// The same in the other languages of the site, where anything is written in them.
    pub translated: BTreeMap<String, Data>,
    /// Snippets by id.
    pub snippets: BTreeMap<String, Text>,
    /// The pages and snippets that would become too long if snippets were put into them, by
    /// path.
    pub overgrown: BTreeMap<String, Overgrown>,
    /// What stands in double brackets that are to be seen: `\((name))`.
    pub literal: BTreeSet<String>,
    /// Pictures and attachments.
    pub files: Vec<Attachment>,
    /// The entries of the directory.
    pub services: services::Services,
    /// The pages by address.
    pub by_url: HashMap<Url, PageId>,
    /// The pages by path below the root: `content/index.md`.
    pub by_path: HashMap<String, PageId>,
    /// The first page of each kind, by language.
    pub by_kind: BTreeMap<KindName, BTreeMap<String, PageId>>,
    /// Files by path below the root.
    pub file_by_path: HashMap<String, usize>,
    /// Files by address.
    pub file_by_url: HashMap<String, usize>,
    /// The pages that are not published: drafts, those of another day and, in a public
    /// build, pages for staff. By path and by address; links to them are told apart from
    /// links to nothing.
    pub unpublished: BTreeMap<String, &'static str>,
    /// The pages that their front matter keeps from being published on this day, drafts among
    /// them.
    pub left_out: Vec<LeftOut>,
    /// Links on pages and in boxes that are not published, with the path of
    /// their file.
    pub hidden_links: Vec<(String, String)>,
    /// The pages that say the same as a file, by its place in [`Site::files`]: each with the
    /// place of the file in its [`Front::forms`]. Filled in by `link`.
    pub same_as: BTreeMap<usize, Vec<(PageId, usize)>>,
    /// Files that only such links lead to; they are not published. Filled in by
    /// `link`.
    pub withheld: BTreeSet<usize>,
    /// What names in double brackets stand for, in the main language.
    words: HashMap<String, String>,
    /// The same in the languages in which anything is written.
    translated_words: BTreeMap<String, HashMap<String, String>>,
    /// The day for which it is.
    pub today: Option<Date>,
    /// What the data files say from later days on, by day.
    pub later: Vec<(Date, BTreeMap<String, Data>)>,
    /// What was published before and is not there by itself any more. Filled in by `ledger`.
    pub old: Old,
    /// The kind that each folder gives to its pages.
    sections: BTreeMap<String, KindName>,
}

/// What was published before, and is kept.
#[derive(Debug, Default)]
pub struct Old {
    /// Addresses that lead on, each with where to.
    pub addresses: BTreeMap<String, String>,
    /// Files that are published a second time where they were, each with the path where they
    /// are now.
    pub copies: BTreeMap<String, String>,
    /// The addresses of pictures and attachments that were published.
    pub files: BTreeSet<String>,
}

/// Which pages are part of a site.
#[derive(Debug, Clone, Copy)]
pub struct Edition {
    /// Whether pages for staff are.
    pub staff: bool,
    /// Whether drafts are, and pages of a later day, for those who write them.
    pub drafts: bool,
    /// The day.
    pub today: Date,
}

/// A page that is not published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Its file.
    pub file: String,
    /// Where it would be published.
    pub url: String,
    /// What it is: `a draft`.
    pub why: &'static str,
    /// The day from which it will be, and the line on which that stands.
    pub from: Option<(Date, usize)>,
}

/// Words with places and links: a page or a snippet.
#[derive(Debug)]
pub struct Text {
    /// The file, taken apart.
    pub document: Arc<Document>,
    /// The records in it, by where their fence starts.
    pub records: BTreeMap<usize, RecordData>,
    /// The words with double brackets that are not Markdown: at the top, in records, in
    /// what pictures show.
    pub filled: Vec<Filled>,
    /// What changes on a day, at its top and in its text.
    pub turns: Vec<Turn>,
    /// Where each of its links leads. Filled in by `link`.
    pub targets: Vec<Target>,
    /// The file of each of its pictures. Filled in by `link`.
    pub pictures: Vec<Target>,
    /// Where the links outside the text lead: in front matter and in records,
    /// by where they are written. Filled in by `link`.
    pub named: BTreeMap<usize, (Placed<String>, Target)>,
}

/// A page.
#[derive(Debug)]
pub struct Page {
    /// Its words.
    pub text: Text,
    /// Its address below the root.
    pub url: Url,
    /// Its language: `en`.
    pub language: String,
    /// What is the same for all its translations: `manage/records`.
    pub key: String,
    /// What is at the top of every page.
    pub front: Front,
    /// Who it is for.
    pub audience: Audience,
    /// What sort of page it is.
    pub kind: Kind,
    /// What it is called. Never empty.
    pub title: String,
    /// Whether nobody wrote it.
    pub made: bool,
    /// Whether the parts of an accessibility statement that the law asks for stand on it.
    pub statement: bool,
    /// Ids that its headings had before, each with the one that is there now. Filled in by
    /// `ledger`.
    pub old_ids: BTreeMap<String, String>,
    /// Its short address below the root, `/go/records/`, or empty. That of a translation with
    /// the same name is `/cy/go/records/`.
    pub short: String,
    /// Its relations to other pages. Filled in by `link`.
    pub relations: Relations,
}

/// How a page stands to others. All are places in [`Site::pages`].
#[derive(Debug, Default)]
pub struct Relations {
    /// What the page is about, in a sentence, with its values filled in; or empty.
    pub summary: String,
    /// The pages above, from the home page down.
    pub above: Vec<PageId>,
    /// The pages that its list shows.
    pub children: Vec<PageId>,
    /// The parts of the guide that it is.
    pub parts: Vec<PageId>,
    /// The guide that it is a part of.
    pub guide: Option<PageId>,
    /// The same page in all languages, itself included.
    pub translations: Vec<PageId>,
    /// The steps that it helps with: the step by step, and the number of the step
    /// from 0.
    pub steps: Vec<(PageId, usize)>,
    /// Its easy-read version.
    pub easy_read: Option<PageId>,
    /// The page that it is the easy-read version of.
    pub full_version: Option<PageId>,
    /// What to read next.
    pub related: Vec<PageId>,
    /// What to read instead.
    pub replaced_by: Option<PageId>,
    /// The landing page of its stage.
    pub stage_page: Option<PageId>,
    /// The links of a home page.
    pub start_here: Vec<Target>,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A page of the site, and a heading on it.
    Page(PageId, Option<String>),
    /// A picture or attachment: its place in [`Site::files`].
    File(usize),
    /// A file that an output makes, by its address: `/data/services.csv`.
    Made(String),
    /// Another site, an email address or a phone number.
    External,
    /// Nothing, for a reason.
    Missing(Missing),
}

/// What a link asks of a search or a filter in vain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What was asked: `payrol`.
    pub wrong: String,
    /// The nearest that there is.
    pub close: Option<String>,
    /// All that there is.
    pub known: Vec<String>,
}

/// Why a link leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Missing {
    /// No such page or file. The nearest that there is.
    Unknown(Option<String>),
    /// The page is there, the heading is not. The nearest that there is.
    Heading(Option<String>),
    /// The page is there, and its search or filter does not have this choice.
    Choice(Choice),
    /// The page is not published, for the reason given: it is a draft, for staff, held back,
    /// not for this day, or about someone whose consent has ended.
    Unpublished(&'static str),
    /// It leads out of the folder of the site.
    Outside,
    /// It has no address.
    Empty,
    /// It is no address that opens for everyone: a program, a file on someone’s machine.
    Refused,
}

/// A picture or an attachment.
#[derive(Debug, Clone)]
pub struct Attachment {
    /// The file.
    pub file: File,
    /// Its address below the root.
    pub url: String,
    /// Width and height in pixels, for pictures whose size is known.
    pub size: Option<(usize, usize)>,
    /// How many pages it has, where its bytes leave no doubt.
    pub pages: Option<usize>,
}

impl Site {
    /// Everything that someone wrote and that is a part of it.
    pub fn sources(&self) -> impl Iterator<Item = &Source> {
        let pages = self.pages.iter().filter(|page| !page.made).map(|page| page.source());
        let snippets = self.snippets.values().map(|text| &text.document.source);
        pages.chain(snippets).chain(self.data.sources.values())
    }

    /// Who looks after a page: an id of a contact. A directory entry that names nobody is looked
    /// after with the directory it is in.
    pub fn owner_of<'a>(&'a self, page: &'a Page) -> Option<&'a Placed<String>> {
        let above = page.relations.above.iter().rev().map(|&id| &self.pages[id]);
        let above = above.filter(|_| page.kind.service().is_some());
        let above = above.filter_map(|page| page.front.owner.as_ref());
        page.front.owner.as_ref().into_iter().chain(above).next()
    }

    /// What the data files say in a language.
    pub fn data_in(&self, language: &str) -> &Data {
        self.translated.get(language).unwrap_or(&self.data)
    }

    /// What a page says of a file as its own form, of which there may be one in the same
    /// language and others.
    pub fn form_of(&self, file: usize, language: &str) -> Option<(PageId, &Form)> {
        let all = self.same_as.get(&file)?;
        let own = all.iter().find(|(id, _)| self.pages[*id].language == language);
        let (id, at) = own.or(all.first())?;
        Some((*id, self.pages[*id].front.forms.get(*at)?))
    }

    /// The picture that the publisher is known by, if the settings name one that is there.
    pub fn logo(&self, config: &Config) -> Option<&Attachment> {
        let wanted = self.inner(config.logo.trim().trim_start_matches('/'));
        let is_logo = |file: &&Attachment| self.inner(&file.file.path) == wanted;
        self.files.iter().filter(|file| file.is_picture()).find(is_logo)
    }

    /// The first page of a kind in each language that has one.
    pub fn each(&self, kind: KindName) -> impl Iterator<Item = PageId> + '_ {
        self.by_kind.get(&kind).into_iter().flatten().map(|(_, &id)| id)
    }

    /// A path below the root as a path below the folder of the pages.
    pub fn inner<'a>(&self, path: &'a str) -> &'a str {
        path.strip_prefix(self.folder).unwrap_or(path)
    }

    /// Whether a name in a data file is that of someone whose consent has ended.
    pub fn has_left(&self, name: &str) -> bool {
        let place = name.split('#').next().unwrap_or_default().trim();
        let path = format!("{}{}", self.folder, place.trim_start_matches('/'));
        let why = self.unpublished.get(&path).or_else(|| self.unpublished.get(place));
        why == Some(&CONSENT_ENDED)
    }

    /// The page that a data file names by its file, below the folder of the
    /// pages, or by its address; and the id after `#`.
    pub fn page_named<'a>(&self, name: &'a str) -> Option<(PageId, Option<&'a str>)> {
        let (place, id) = match name.split_once('#') {
            Some((place, id)) => (place, Some(id)),
            None => (name, None),
        };
        let place = place.trim();
        let path = format!("{}{}", self.folder, place.trim_start_matches('/'));
        let page = self.by_path.get(&path).or_else(|| self.by_url.get(place))?;
        Some((*page, id))
    }

    /// Makes everything findable.
    fn find_everything(&mut self) {
        for (id, page) in self.pages.iter().enumerate() {
            // Of two pages at one address the first keeps it; a check reports both.
            self.by_url.entry(page.url.clone()).or_insert(id);
            let of_kind = self.by_kind.entry(page.kind.entry).or_default();
            of_kind.entry(page.language.clone()).or_insert(id);
            if !page.made {
                self.by_path.insert(page.path(), id);
            }
        }
        self.services = services::Services::of(&self.pages, &self.data.areas);
        for (at, file) in self.files.iter().enumerate() {
            self.file_by_path.insert(file.file.path.to_string(), at);
            self.file_by_url.insert(file.url.clone(), at);
        }
    }

    /// Whether snippets are put into a page or a snippet.
    pub fn may_grow(&self, text: &Text) -> bool {
        self.overgrown.is_empty() || !self.overgrown.contains_key(&*text.document.source.path)
    }

    /// The page at an address.
    pub fn at(&self, url: &str) -> Option<&Page> {
        self.by_url.get(url).map(|&id| &self.pages[id])
    }

    /// The first page of a kind in a language, or in any.
    pub fn of_kind(&self, kind: KindName, language: &str) -> Option<PageId> {
        let all = self.by_kind.get(&kind)?;
        all.get(language).or_else(|| all.values().min()).copied()
    }
}

impl Page {
    /// The file that it was written in.
    pub fn source(&self) -> &Source {
        &self.text.document.source
    }

    /// What links name: the path of its file, or of the file that it would have
    /// if the others in the file were not there.
    pub fn path(&self) -> String {
        let path = &self.source().path;
        if !self.text.document.one_of_many {
            return path.to_string();
        }
        let folder = folder_of(path);
        let name = name_of(&self.key);
        format!("{folder}/{name}.yaml")
    }

    /// What keeps it from being published, or kept it or will on some day. The day on which
    /// it was first published is one: until then it is not there.
    fn holds(&self) -> impl Iterator<Item = Placed<Hold>> + '_ {
        let dates = self.front.date.iter().chain(self.kind.part().published());
        let from = |day: &Placed<Date>| Placed { value: Hold::From(day.value), span: day.span };
        self.front.holds.iter().cloned().chain(dates.map(from))
    }

    /// Ends it after its last day.
    fn end(&mut self, today: Date) {
        let is_over = self.front.until.as_ref().is_some_and(|until| until.value < today);
        if is_over && self.front.status == Status::Published {
            self.front.status = Status::Ended;
        }
    }

    /// Whether it is for staff.
    pub fn for_staff(&self) -> bool {
        self.audience == Audience::Staff
    }

    /// Whether readers are to find it in search, lists and the site map.
    pub fn is_listed(&self) -> bool {
        self.front.status == Status::Published
            && self.kind.entry.is_listed
            && !self.kind.part().is_later_part()
    }

    /// Whether a copy in Markdown stands beside it, where the settings ask for copies: pages
    /// that somebody wrote for the public and that hold.
    pub fn is_copied(&self) -> bool {
        self.is_listed() && !self.made && !self.for_staff() && self.url.as_str().ends_with('/')
    }

    /// Whether it is in the exports of the directory: an entry that can be relied on, or
    /// one that has ended.
    pub fn is_exported(&self) -> bool {
        let Some(service) = self.kind.service() else { return false };
        match self.front.status {
            Status::Withdrawn => false,
            // A person who has stopped is nobody's entry any more.
            Status::Ended => service.profile.is_none(),
            _ => true,
        }
    }

    /// Everything a link can name after `#`, apart from what the theme adds.
    pub fn anchors(&self) -> impl Iterator<Item = &str> {
        let headings = self.text.document.headings.iter();
        let headings = headings.flat_map(|heading| {
            std::iter::once(&heading.id).chain(&heading.more_ids).map(String::as_str)
        });
        let old = self.old_ids.keys().map(String::as_str);
        let parts = statement::IDS.into_iter().filter(|_| self.statement);
        let records = self.text.records.values().flat_map(RecordData::anchors);
        headings.chain(old).chain(parts).chain(records)
    }
}

/// Puts a site together from its documents and files.
///
/// What is wrong with front matter, records and data files goes into `report`.
/// `languages` say what is written on pages that nobody wrote, and how dates are read.
/// Nobody whose consent ended before the day of the `edition` is a part of the site.
pub fn assemble(
    documents: Vec<Arc<Document>>,
    files: Vec<File>,
    config: &Config,
    languages: Languages,
    edition: Edition,
    report: &mut Report,
) -> Site {
    let Edition { staff, today, .. } = edition;
    let inside = documents.iter().any(|document| document.source.path.starts_with(CONTENT));
    let folder = if inside { CONTENT } else { "" };
    let mut site = Site { folder, today: Some(today), ..Site::default() };
    let mut last = "";
    for document in &documents {
        // Of the records in one file each has the whole file.
        let path = &*document.source.path;
        if std::mem::replace(&mut last, path) != path {
            site.literal.extend(literal_names(&document.source.text));
        }
    }
    let months = Some(languages.months());
    let all = &config.languages;
    let tongue = Tongue { wanted: config.language(), all };
    let is_data = |source: &&Source| {
        source.path.strip_prefix(folder).is_some_and(|inner| inner.starts_with("_data/"))
    };
    let sources: Vec<Source> =
        documents.iter().map(|document| &document.source).filter(is_data).cloned().collect();
    let sources: Vec<&Source> = sources.iter().collect();
    let words = words(&sources, folder, tongue, Some(today), config, report);
    let values = Values {
        words: Some(&words),
        contact: Some(&config.contact),
        tongue: Some(tongue),
        blanks: &[],
        months,
        today: Some(today),
    };
    let translated = translated(&sources, &mut site, values, config);
    let mut written = sort(documents, values, &mut site, report);
    let turns = site.data.turns.values().flatten();
    let mut later = Vec::new();
    for day in later_days(turns, today) {
        let mut then = BTreeMap::new();
        for wanted in
            [config.language()].into_iter().chain(site.translated.keys().map(|own| &**own))
        {
            let tongue = Tongue { wanted, all };
            let words = self::words(&sources, folder, tongue, Some(day), config, report);
            let (words, tongue, today) = (Some(&words), Some(tongue), Some(day));
            let values = Values { words, tongue, today, ..values };
            let mut data = Data::default();
            for source in &sources {
                data::read(name_of(&source.path), source, values, &mut data, report);
            }
            then.insert(wanted.to_owned(), data);
        }
        later.push((day, then));
    }
    site.later = later;
    in_their_languages(&mut written, config);
    let sections = kind::sections(&written);
    let stems = url::stems(written.iter().map(|(_, document)| site.inner(&document.source.path)));
    let read = |(inner, document): (String, Arc<Document>)| {
        let path = document.source.path.clone();
        let language = language_of(&inner, &document, config);
        let wanted =
            all.iter().find(|known| **known == language).map_or(config.language(), |own| own);
        let words = translated.get(wanted).unwrap_or(&words);
        let values = Values { words: Some(words), tongue: Some(Tongue { wanted, all }), ..values };
        let (page, mut problems) = read_page(
            &inner,
            Arc::clone(&document),
            values,
            site.data_in(wanted),
            config,
            &sections,
        );
        // What is wrong with values of a later day is told today.
        for day in later_days(&page.text.turns, today) {
            let values = Values { today: Some(day), ..values };
            let document = Arc::clone(&document);
            let (_, then) =
                read_page(&inner, document, values, site.data_in(wanted), config, &sections);
            let new = then.into_iter().filter(|found| !problems.contains(found));
            problems.extend(new.collect::<Vec<_>>());
        }
        // Only its own front matter says more clearly what language a page is in.
        if page.front.language.is_none() {
            problems.extend(url::stray_language(site.inner(&path), config, &stems));
        }
        (page, problems)
    };
    let mut pages = Vec::new();
    for (page, problems) in written.into_par_iter().map(read).collect::<Vec<_>>() {
        report.add(page.source(), problems);
        pages.push(page);
    }
    consents(&pages, today, report);
    holds(&pages, today, report);
    let hidden = hide(&mut pages, edition, &mut site);
    let made = made::pages(&pages, &site.data, config, &languages, staff);
    name_short(&mut pages, config.language());
    site.overgrown = snippets::overgrown(&site.snippets, &pages);
    site.pages = pages;
    site.pages.extend(made);
    site.pages.sort_by(|a, b| {
        (&a.url, a.made, &a.source().path).cmp(&(&b.url, b.made, &b.source().path))
    });
    for page in &site.pages {
        let document = &page.text.document;
        let links = document.hidden_links.iter();
        site.hidden_links
            .extend(links.map(|link| (document.source.path.to_string(), link.clone())));
    }
    let is_shown = |file: &File| {
        let inner = site.inner(&file.path);
        let is_private = inner.split('/').any(|part| part.starts_with('_'));
        !is_private && !hidden.iter().any(|folder| inner.starts_with(folder))
    };
    let files: Vec<File> = files.into_iter().filter(is_shown).collect();
    site.files = files.into_par_iter().map(Attachment::new).collect();
    site.find_everything();
    Site { languages, words, translated_words: translated, sections, ..site }
}

/// Gives each page its short address. Of several languages of one page with the same name, the
/// main one has it as it is, and each other one below its own folder, as its pages are.
fn name_short(pages: &mut [Page], main: &str) {
    let name = |page: &Page| page.front.short.as_ref().map(|short| short.value.clone());
    let of_main = pages.iter().filter(|page| page.language == main);
    let of_main: BTreeSet<(String, String)> =
        of_main.filter_map(|page| Some((page.key.clone(), name(page)?))).collect();
    for page in pages {
        let Some(short) = name(page) else { continue };
        let language = format!("/{}", page.language);
        let is_other = page.language != main && page.url.as_str().starts_with(&language);
        let same = is_other && of_main.contains(&(page.key.clone(), short.clone()));
        page.short = format!("{}/go/{short}/", if same { &language } else { "" });
    }
}

/// The days after `today` on which something changes, in order.
fn later_days<'a>(turns: impl IntoIterator<Item = &'a Turn>, today: Date) -> BTreeSet<Date> {
    turns.into_iter().map(|turn| turn.day).filter(|day| *day > today).collect()
}

/// Reads a record on its own, as a page of a folder whose pages are services, and says
/// what is wrong with it. Nothing is asked of the site round it.
pub fn record(source: Source, config: &Config, languages: &Languages) -> (Page, Vec<Diagnostic>) {
    let inner = source.path.strip_prefix(CONTENT).unwrap_or(&source.path).to_owned();
    let folder = folder_of(&inner).to_owned();
    let sections = BTreeMap::from([(folder, &kind::SERVICE as KindName)]);
    let today = Date::today();
    let document = Arc::new(crate::parse::parse(source, true, today));
    let (months, today) = (Some(languages.months()), Some(today));
    let values = Values { months, today, ..Values::default() };
    read_page(&inner, document, values, &Data::default(), config, &sections)
}

/// The folder of the pages, when there is one beside `site.toml`.
const CONTENT: &str = "content/";

/// Reads the data files in each other language in which anything is written, and gives back
/// what names in double brackets stand for there. What is wrong was told in the main language.
fn translated(
    files: &[&Source],
    site: &mut Site,
    values: Values<'_>,
    config: &Config,
) -> BTreeMap<String, HashMap<String, String>> {
    let mut all = BTreeMap::new();
    for language in config.languages.iter().skip(1) {
        if !files.iter().any(|source| is_written_in(&source.text, language)) {
            continue;
        }
        let tongue = Tongue { wanted: language, all: &config.languages };
        let words = words(files, site.folder, tongue, values.today, config, &mut Report::default());
        let values = Values { words: Some(&words), tongue: Some(tongue), ..values };
        let mut data = Data::default();
        for source in files {
            let name = name_of(&source.path);
            data::read(name, source, values, &mut data, &mut Report::default());
        }
        all.insert(language.clone(), words);
        site.translated.insert(language.clone(), data);
    }
    all
}

/// Whether words stand in a file in a language: `{en: Money team, cy: Tîm arian}`.
fn is_written_in(text: &str, language: &str) -> bool {
    let name = format!("{language}:");
    text.match_indices(&name).any(|(at, _)| {
        text[..at].ends_with([' ', '{', ',', '\n', '\t'])
            && text[at + name.len()..].starts_with([' ', '\n'])
    })
}

/// The language of a page: that in the name of its file, or what it says itself.
fn language_of(inner: &str, document: &Document, config: &Config) -> String {
    let own = document.fields().text("language").map(|own| own.value);
    own.unwrap_or_else(|| url::FilePlace::of(inner, config).language)
}

/// Adds the pages of records in which words stand in other languages, as if each had a file of
/// its own beside it.
fn in_their_languages(written: &mut Vec<(String, Arc<Document>)>, config: &Config) {
    let names: BTreeSet<String> = written.iter().map(|(inner, _)| inner.clone()).collect();
    let mut others = Vec::new();
    for (inner, document) in written.iter() {
        let Some(stem) = inner.strip_suffix(".yaml") else { continue };
        let text = document.source.at(document.front);
        for language in config.languages.iter().skip(1) {
            let own = format!("{stem}.{language}.yaml");
            let is_main = url::FilePlace::of(inner, config).language == config.language();
            if is_main && is_written_in(text, language) && !names.contains(&own) {
                others.push((own, document.clone()));
            }
        }
    }
    written.extend(others);
}

/// What names in double brackets stand for.
fn words(
    files: &[&Source],
    folder: &str,
    tongue: Tongue<'_>,
    today: Option<Date>,
    config: &Config,
    report: &mut Report,
) -> HashMap<String, String> {
    // What is wrong with the files themselves is told when they are read for good.
    let mut typed = Data::default();
    for source in files {
        let inner = source.path.strip_prefix(folder).unwrap_or(&source.path);
        let name = inner.strip_prefix("_data/");
        if let Some(name) = name.filter(|name| data::NAMED.contains(name)) {
            let values = Values { tongue: Some(tongue), today, ..Values::default() };
            data::read(name, source, values, &mut typed, &mut Report::default());
        }
    }
    let (words, problems) = value::words(&typed, config);
    for (file, problem) in problems {
        if let Some(source) = typed.sources.get(file) {
            report.add(source, [problem]);
        }
    }
    words
}

/// Reads data files and snippets into `site`, and gives back the pages with
/// their paths below the folder of the pages.
fn sort(
    documents: Vec<Arc<Document>>,
    values: Values<'_>,
    site: &mut Site,
    report: &mut Report,
) -> Vec<(String, Arc<Document>)> {
    let mut pages = Vec::new();
    for document in documents {
        let inner = site.inner(&document.source.path).to_owned();
        let name = name_of(&inner);
        if let Some(name) = inner.strip_prefix("_data/") {
            data::read(name, &document.source, values, &mut site.data, report);
        } else if let Some(name) = inner.strip_prefix("_snippets/") {
            report.add(&document.source, document.problems.iter().cloned());
            report.add(&document.source, snippet_front(&document));
            let id = name.trim_end_matches(".md").to_owned();
            // Whom `contact` means, the page says that uses it.
            let values = Values { contact: None, ..values };
            let mut problems = Vec::new();
            let text = Text::new(document, values, &mut problems);
            report.add(&text.document.source, problems);
            site.snippets.insert(id, text);
        } else {
            let is_index = name.starts_with("_index.");
            let is_private =
                inner.split('/').any(|part| part.starts_with('_') && !(is_index && part == name));
            if !is_private && inner != "README.md" {
                pages.push((inner_of(inner, &document), document));
            }
        }
    }
    pages
}

/// The path that gives a page its address: that of its file, with the `id` of a
/// record, or the name of one of many in a file, in the place of the file's name.
fn inner_of(inner: String, document: &Document) -> String {
    let is_record = inner.ends_with(".yaml") || inner.ends_with(".yml");
    if !is_record {
        return inner;
    }
    let mut fields = document.fields();
    let id = fields.text("id").map(|id| id.value);
    let name = || fields.text("name").or_else(|| fields.text("title")).map(|name| name.value);
    let id = if document.one_of_many { id.or_else(name) } else { id };
    let Some(id) = id.filter(|id| !slug(id).is_empty()) else { return inner };
    let folder = folder_of(&inner);
    format!("{folder}/{}.yaml", slug(&id))
}

/// What is wrong with front matter in a snippet: there is none, and one that
/// says who it is for would be passed over.
fn snippet_front(document: &Document) -> Vec<Diagnostic> {
    let mut fields = document.fields();
    let own = fields.place("audience").or_else(|| fields.place("status"));
    let (held, unread) = elsewhere::holds(&mut fields);
    let held = || held.first().map(|hold| hold.span).or(unread.first().map(|found| found.span));
    let Some(place) = own.or_else(held) else { return fields.finish() };
    let message = "a snippet is part of every page that uses it";
    let found = Diagnostic::error(&rule::FRONT_MATTER, place, message);
    vec![found.hint("take this line out, and put what is for staff in a box: `> [!STAFF]`")]
}

/// Why a page is not published that somebody is still writing.
pub const DRAFT: &str = "a draft";

/// Why a page about a person is not published any more. What leads to it may stay: the
/// rest of the site must not wait for an editor, or the person would stay on the web.
pub const CONSENT_ENDED: &str = "about someone whose consent has ended";

/// Whether a page that is not published for this reason was meant to go on that day.
pub fn ends_by_itself(reason: &str) -> bool {
    reason == CONSENT_ENDED || reason == elsewhere::OVER
}

/// Says whose consent has ended.
fn consents(pages: &[Page], today: Date, report: &mut Report) {
    for page in pages.iter().filter(|page| page.front.status == Status::Published) {
        let Some(last) = page.kind.service().and_then(|service| service.consent.as_ref()) else {
            continue;
        };
        if last.value < today {
            let message = "their consent has ended, so this entry is not published";
            let found = Diagnostic::warning(&rule::CONSENT, last.span, message);
            let hint = "take the entry out, or ask them again and write the new day";
            report.add(page.source(), [found.hint(hint)]);
        }
    }
}

/// Says which pages are not published, or will not be, for what is said of them in the
/// words of another program or for a day to come.
fn holds(pages: &[Page], today: Date, report: &mut Report) {
    for page in pages.iter().filter(|page| page.front.status != Status::Draft) {
        let first = page.holds().find(|hold| hold.value.reason(today).is_some());
        if let Some(hold) = first.or_else(|| page.front.holds.first().cloned()) {
            let typed = page.source().at(hold.span);
            report.add(page.source(), [elsewhere::said(&hold, typed, today)]);
        }
    }
}

/// Takes out drafts, pages that are not public for another reason or not on this day,
/// people whose consent has ended and, unless `staff`, pages for staff, and notes in
/// `site` what they were. The pages of a folder are for staff when its own page is and
/// they do not say otherwise; so are its pictures and attachments.
///
/// Returns the folders that are hidden whole.
fn hide(pages: &mut Vec<Page>, edition: Edition, site: &mut Site) -> Vec<String> {
    let Edition { staff, drafts, today } = edition;
    let is_index = |page: &Page| {
        let name = name_of(&page.source().path).to_lowercase();
        name.starts_with("index.") || name.starts_with("_index.")
    };
    let for_staff = |page: &&Page| {
        page.front.audience == Some(Audience::Staff) && is_index(page) && !page.key.is_empty()
    };
    let own_folder = |page: &Page| folder_of(&page.source().path).to_owned() + "/";
    let folders: Vec<String> = pages.iter().filter(for_staff).map(own_folder).collect();
    for page in pages.iter_mut() {
        let in_folder =
            folders.iter().any(|folder| page.source().path.starts_with(folder.as_str()));
        let otherwise = if in_folder { Audience::Staff } else { Audience::Public };
        page.audience = page.front.audience.unwrap_or(otherwise);
    }
    pages.retain(|page| {
        let consent = page.kind.service().and_then(|service| service.consent.as_ref());
        let held = page.holds().find_map(|hold| hold.value.reason(today));
        let is_later = held == Some(elsewhere::NOT_YET);
        let is_draft = page.front.status == Status::Draft || is_later;
        let reason = match (page.front.status, page.for_staff()) {
            (Status::Draft, _) => DRAFT,
            _ if held.is_some() => held.unwrap_or_default(),
            (_, true) if !staff => "for staff",
            _ if consent.is_some_and(|last| last.value < today) => CONSENT_ENDED,
            _ => return true,
        };
        if reason == DRAFT || held.is_some() {
            let file = page.source().path.to_string();
            let from = page.holds().find_map(|hold| match hold.value {
                Hold::From(day) => Some((day, page.source().position(hold.span.start).line)),
                _ => None,
            });
            site.left_out.push(LeftOut { file, url: page.url.to_string(), why: reason, from });
        }
        if drafts && is_draft && (staff || !page.for_staff()) {
            return true;
        }
        site.unpublished.insert(page.path(), reason);
        site.unpublished.insert(page.url.to_string(), reason);
        let document = &page.text.document;
        let links = document.links.iter().map(|link| &link.destination);
        let all = links.chain(document.images.iter().map(|image| &image.destination));
        site.hidden_links.extend(all.map(|link| (document.source.path.to_string(), link.clone())));
        false
    });
    let inner = |folder: &String| site.inner(folder).to_owned();
    if staff { Vec::new() } else { folders.iter().map(inner).collect() }
}

impl Attachment {
    fn new(file: File) -> Self {
        let inner = file.path.strip_prefix("content/").unwrap_or(&file.path);
        let parts = inner.split('/').map(|part| match part.rsplit_once('.') {
            Some((stem, extension)) => format!("{}.{}", url::safe(stem), url::safe(extension)),
            None => url::safe(part),
        });
        let url = format!("/{}", parts.collect::<Vec<_>>().join("/"));
        let size =
            if url.ends_with(".svg") { svg_size(&file.bytes) } else { image_size(&file.bytes) };
        let pages = forms::pages_of_pdf(&file.bytes).filter(|_| url.ends_with(".pdf"));
        Self { file, url, size, pages }
    }

    /// The end of its name, in small letters: `pdf`.
    pub fn extension(&self) -> &str {
        self.url.rsplit_once('.').map_or("", |(_, extension)| extension)
    }

    /// Whether it is a document, which not everybody can open or read.
    pub fn is_document(&self) -> bool {
        DOCUMENTS.contains(&self.extension())
    }

    /// Whether it is a picture that pages can show.
    pub fn is_picture(&self) -> bool {
        self.size.is_some() || self.url.ends_with(".svg")
    }

    /// Its name in capitals and its size, as a link says them: `PDF, 120 kB`.
    pub fn label(&self) -> String {
        self.label_of(self.file.bytes.len())
    }

    /// The same of another size, as much of it as is sent.
    pub fn label_of(&self, bytes: usize) -> String {
        let extension = self.url.rsplit('.').next().unwrap_or_default().to_uppercase();
        let size = match bytes {
            0..1_000 => format!("{bytes} bytes"),
            1_000..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
            _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
        };
        format!("{extension}, {size}")
    }
}

/// What documents of words are called. A table of numbers is one in a file too.
const DOCUMENTS: &[&str] = &["pdf", "doc", "docx", "odt", "rtf", "ppt", "pptx", "odp", "pages"];

/// Width and height of a picture, from its first bytes.
fn image_size(bytes: &[u8]) -> Option<(usize, usize)> {
    imagesize::blob_size(bytes).ok().map(|size| (size.width, size.height))
}

/// Width and height of an SVG picture, from its `width` and `height` or its
/// `viewBox`.
fn svg_size(bytes: &[u8]) -> Option<(usize, usize)> {
    let text = std::str::from_utf8(bytes.get(..bytes.len().min(4096))?).ok()?;
    let tag = &text[text.find("<svg")?..];
    let tag = &tag[..tag.find('>')?];
    let attribute = |name: &str| {
        let value = &tag[tag.find(&format!(" {name}=\""))? + name.len() + 3..];
        value.split('"').next()
    };
    let number =
        |text: &str| text.trim_end_matches("px").parse::<f64>().ok().map(|n| n.round() as usize);
    let sides = attribute("width").and_then(number).zip(attribute("height").and_then(number));
    sides.or_else(|| {
        let mut box_ = attribute("viewBox")?.split_whitespace().skip(2);
        box_.next().and_then(number).zip(box_.next().and_then(number))
    })
}

impl Text {
    /// The words of a document, with the records in it read.
    pub fn new(
        document: impl Into<Arc<Document>>,
        values: Values<'_>,
        problems: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut document: Arc<Document> = document.into();
        let mut records = BTreeMap::new();
        let mut found = record::Found { values, ..record::Found::default() };
        for block in &document.blocks {
            if let Block::Record(record) = block {
                let data = record::read(record, &document.source, &mut found);
                records.insert(record.span.start, data);
            }
        }
        problems.append(&mut found.problems);
        let mut filled = found.filled;
        // Of a document that is shared only one is made anew whose words have values in them.
        for at in 0..document.headings.len() {
            let words = values.plain(&document.headings[at].content);
            if words != document.headings[at].text {
                Arc::make_mut(&mut document).headings[at].text = words;
            }
        }
        for at in 0..document.images.len() {
            let image = &document.images[at];
            let (words, span) = (values.plain(&image.content), image.span);
            if image.alt.contains("((") || left_over(&image.alt, |_| false).is_some() {
                filled.push(Filled { span, typed: image.alt.clone(), words: words.clone() });
            }
            if words != image.alt {
                Arc::make_mut(&mut document).images[at].alt = words;
            }
        }
        let turns = document.turns.clone();
        Self {
            document,
            records,
            filled,
            turns,
            targets: Vec::new(),
            pictures: Vec::new(),
            named: BTreeMap::new(),
        }
    }
}

fn read_page(
    inner: &str,
    document: Arc<Document>,
    values: Values<'_>,
    data: &Data,
    config: &Config,
    sections: &BTreeMap<String, KindName>,
) -> (Page, Vec<Diagnostic>) {
    let mut problems = document.problems.clone();
    let place = url::FilePlace::of(inner, config);
    let read = |values: Values<'_>| {
        let mut fields = document.fields_with(values);
        let mut front = Front::read(&mut fields);
        let kind = Kind::read(&mut fields, place.folder(), place.is_index, sections);
        let (held, unread) = elsewhere::holds(&mut fields);
        front.holds.extend(held);
        unread.into_iter().for_each(|problem| fields.report(problem));
        let is_title_misspelt = fields.is_misspelt("title");
        (front, kind, fields.take_filled(), fields.take_turns(), is_title_misspelt, fields.finish())
    };
    let (mut contact, mut blanks) = (None, Vec::new());
    let own = if document.one_of_many { document.front } else { document.all() };
    if document.source.at(own).contains("((") {
        // Whom `contact` means, and what the blanks are, stands at the top as well.
        let (front, kind, ..) = read(Values { words: None, contact: None, blanks: &[], ..values });
        contact = value::contact_of(&front, &kind, data, config).map(|(id, _)| id.to_owned());
        let fields = kind.sheet().map_or(&[][..], |sheet| &sheet.fields);
        blanks.extend(fields.iter().map(|field| plain_name(&field.name.value)));
    }
    let values = Values { contact: contact.as_deref(), blanks: &blanks, ..values };
    let (front, kind, filled, turns, is_title_misspelt, wrong) = read(values);
    problems.extend(wrong);
    let heading = document.headings.iter().find(|heading| heading.level == 1);
    let named = match kind.service() {
        Some(_) => kind.part().title(),
        None => front.title.as_ref().map(|title| title.value.clone()),
    };
    let from_heading =
        || heading.map(|heading| values.plain(&heading.content)).filter(|text| !text.is_empty());
    let title = named.or_else(from_heading).unwrap_or_else(|| {
        // A title that could not be read has been complained about.
        let is_lost = is_title_misspelt || document.names.is_broken;
        let fields = document.fields();
        let place_of = |name| fields.place(name).filter(|place| fields.at(*place) == name);
        let empty = place_of("title").or_else(|| place_of("name"));
        let (place_of_title, message) = match empty {
            Some(place) => (place, "the title of this page is empty"),
            None => (fields.start(), "this page has no title"),
        };
        let is_there = fields.has("title") || fields.has("name");
        if !is_lost && (empty.is_some() || !is_there) {
            let found = Diagnostic::error(&rule::FRONT_MATTER, place_of_title, message);
            problems.push(found.hint("add a line at the top: `title: What the page is called`"));
        }
        place.readable_name()
    });
    let language = front
        .language
        .as_ref()
        .filter(|own| config.languages.contains(&own.value))
        .map_or(place.language.clone(), |own| own.value.clone());
    let unknown = front.language.as_ref().filter(|own| !config.languages.contains(&own.value));
    if let Some(own) = unknown {
        let message = format!("“{}” is not a language of this site", own.value);
        let hint = format!(
            "write one of {}, or add it to `languages` in site.toml",
            config.languages.join(", ")
        );
        problems.push(Diagnostic::error(&rule::FRONT_MATTER, own.span, message).hint(hint));
    }
    let mut text = Text::new(document, values, &mut problems);
    text.filled.extend(filled);
    text.turns.extend(turns);
    let is_shown = config.accessibility.as_ref().is_some_and(Accessibility::is_shown);
    let statement = is_shown && kind.is(&kind::ACCESSIBILITY);
    let mut page = Page {
        text,
        url: place.url,
        language,
        key: place.key,
        front,
        audience: Audience::Public,
        kind,
        title,
        made: false,
        statement,
        old_ids: Default::default(),
        short: String::new(),
        relations: Relations::default(),
    };
    if let Some(today) = values.today {
        page.end(today);
    }
    (page, problems)
}
