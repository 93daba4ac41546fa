//! How a site is, page by page, for those who look after it: who owns what, what is due, what
//! was found, how it reads, and what leads where. [`report`] makes a value of a site that was
//! built; `page` and `table` show it.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    diagnostic::Finding,
    html::{Token, tokens},
    model::{
        LeftOut, Page, Site, Status,
        data::OutsideState,
        kind::{A_TO_Z, A_TO_Z_LETTER, HOME, SEARCH},
    },
    output::Files,
    outside,
    parse::{plain, walk::Run},
    rule::Severity,
    text::{
        Date,
        address::{folder_of, follow},
        reading::Reading,
    },
    world::World,
};

pub use self::{page::page, table::table};

mod page;
mod table;

/// How a site is.
#[derive(Debug)]
pub struct SiteReport {
    /// What the site is called.
    pub title: String,
    /// The day.
    pub today: Date,
    /// Its languages, the main one first.
    pub languages: Vec<String>,
    /// Each page that somebody wrote, by address.
    pub pages: Vec<PageReport>,
    /// What was found that is of no one page: in data files, settings, templates.
    pub elsewhere: Found,
    /// The pages that are not published.
    pub left_out: Vec<LeftOut>,
    /// Links to other sites that were not as they should be when somebody last looked.
    pub dead: Vec<DeadLink>,
}

/// How a page is.
#[derive(Debug)]
pub struct PageReport {
    /// What it is called.
    pub title: String,
    /// Its address below the root.
    pub address: String,
    /// The same on the web, or empty where nobody said where the site is.
    pub link: String,
    /// Its file.
    pub file: String,
    /// Its language.
    pub language: String,
    /// What its owner is called, or empty.
    pub owner: String,
    /// How it reads; nothing for a page in a language of which nothing is known, or without
    /// sentences.
    pub reading: Option<Measure>,
    /// What was found in it.
    pub found: Found,
    /// When somebody last read all of it.
    pub checked: Option<Date>,
    /// Whether somebody is to read it again.
    pub turn: Turn,
    /// How many other pages lead to it, in their main part.
    pub links_in: usize,
    /// To how many other pages and sites it leads.
    pub links_out: usize,
    /// How its versions in the other languages of the site are; empty for a page that is one.
    pub versions: Vec<(String, Version)>,
    /// Whether readers find it in lists and the search, and no page leads to it.
    pub is_orphan: bool,
}

/// How hard a page is to read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measure {
    /// How many words a sentence has on average.
    pub mean: f64,
    /// How many of 100 words are familiar.
    pub familiar: usize,
}

/// How much was found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Found {
    /// How many errors.
    pub errors: usize,
    /// How many warnings.
    pub warnings: usize,
    /// How many pieces of advice.
    pub advice: usize,
}

impl Found {
    fn add(&mut self, severity: Severity) {
        match severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Advice => self.advice += 1,
        }
    }
}

/// When a page is to be read again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// It was, on this day.
    Overdue(Date),
    /// Within the next month.
    Soon(Date),
    /// Later.
    Later(Date),
    /// Nobody said so.
    Never,
    /// It counts no more.
    Over,
}

/// How many days are soon, as for `plainsite review`.
const SOON: u32 = 30;

impl Turn {
    fn of(page: &Page, today: Date) -> Self {
        match page.front.check_again.as_ref().map(|due| due.value) {
            _ if page.front.status != Status::Published => Self::Over,
            None => Self::Never,
            Some(due) if due < today => Self::Overdue(due),
            Some(due) if due <= today.plus_days(SOON) => Self::Soon(due),
            Some(due) => Self::Later(due),
        }
    }

    /// The day.
    pub fn day(self) -> Option<Date> {
        match self {
            Self::Overdue(day) | Self::Soon(day) | Self::Later(day) => Some(day),
            Self::Never | Self::Over => None,
        }
    }

    /// What it is, in words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Overdue(_) => "overdue",
            Self::Soon(_) => "due in 30 days",
            Self::Later(_) => "due later",
            Self::Never => "no day",
            Self::Over => "not in force",
        }
    }
}

/// How a version in another language stands to its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// There is none.
    Missing,
    /// The page was read or changed on a later day than it.
    Older,
    /// One of them has no day.
    NoDay,
    /// It is not older.
    Good,
}

impl Version {
    fn of(page: &Page, version: Option<&Page>) -> Self {
        let day = |page: &Page| {
            let changed = page.front.changes.iter().map(|change| change.date);
            changed.chain(page.front.checked.as_ref().map(|day| day.value)).max()
        };
        let Some(version) = version else { return Self::Missing };
        match (day(page), day(version)) {
            (Some(page), Some(version)) if version < page => Self::Older,
            (Some(_), Some(_)) => Self::Good,
            _ => Self::NoDay,
        }
    }

    /// What it is, in a word or two.
    pub fn name(self) -> &'static str {
        match self {
            Self::Missing => "none",
            Self::Older => "older",
            Self::NoDay => "no day to tell",
            Self::Good => "not older",
        }
    }
}

/// A link to another site that was not as it should be.
#[derive(Debug)]
pub struct DeadLink {
    /// The address.
    pub address: String,
    /// What it is like.
    pub state: OutsideState,
    /// Why, or empty.
    pub why: String,
    /// What to write instead, or empty.
    pub now: String,
    /// When somebody looked.
    pub checked: Date,
    /// Where it stands: files and lines.
    pub places: Vec<outside::Place>,
}

/// How a site is of which these files were made, and of which this was found.
pub fn report(world: &World<'_>, files: &Files, findings: &[Finding]) -> SiteReport {
    let World { site, config, today, .. } = *world;
    let (found, elsewhere) = found(site, findings);
    let links = Links::of(site, files);
    let written = site.pages.iter().enumerate().filter(|(_, page)| !page.made);
    let pages = written.map(|(id, page)| {
        let path = page.url.output();
        let address = page.url.to_string();
        let others = config.languages.iter().filter(|language| **language != page.language);
        let is_main = page.language == config.language() && page.kind.service().is_none();
        let others = others.filter(|_| is_main).map(|language| {
            let versions = page.relations.translations.iter().map(|&id| &site.pages[id]);
            let version = versions.into_iter().find(|version| version.language == *language);
            (language.clone(), Version::of(page, version))
        });
        let links_in = links.to.get(&path).map_or(0, BTreeSet::len);
        PageReport {
            title: page.title.clone(),
            link: match config.base.trim_end_matches('/') {
                "" => String::new(),
                base => format!("{base}{address}"),
            },
            address,
            file: page.source().path.to_string(),
            language: page.language.clone(),
            owner: site.owner_of(page).map_or_else(String::new, |id| {
                let contact = site.data.contacts.get(&id.value);
                contact.map_or_else(|| id.value.clone(), |contact| contact.name.clone())
            }),
            reading: measure(page),
            found: found.get(&id).copied().unwrap_or_default(),
            checked: page.front.checked.as_ref().map(|day| day.value),
            turn: Turn::of(page, today),
            links_in,
            links_out: links.from.get(&path).map_or(0, BTreeSet::len),
            versions: others.collect(),
            // A translation is reached from its page.
            is_orphan: links_in == 0
                && page.is_listed()
                && !page.kind.is(&HOME)
                && !is_translated(site, page, config.language()),
        }
    });
    SiteReport {
        title: config.title.clone(),
        today,
        languages: config.languages.clone(),
        pages: pages.collect(),
        elsewhere,
        left_out: site.left_out.clone(),
        dead: dead(site, &config.base),
    }
}

/// Whether a page is the translation of one in the main language.
fn is_translated(site: &Site, page: &Page, main: &str) -> bool {
    let versions = page.relations.translations.iter().map(|&id| &site.pages[id]);
    page.language != main && versions.into_iter().any(|version| version.language == main)
}

/// What `plainsite explain --reading` counts. Only English words are known.
fn measure(page: &Page) -> Option<Measure> {
    if !page.language.starts_with("en") {
        return None;
    }
    let runs = page.text.document.runs().into_iter();
    let paragraphs = runs.filter(|(run, _)| *run == Run::Paragraph).map(|(_, words)| plain(words));
    let paragraphs: Vec<String> = paragraphs.collect();
    let reading = Reading::of(paragraphs.iter().map(String::as_str));
    let measure = Measure { mean: reading.mean(), familiar: reading.familiar_share() };
    (reading.words > 0).then_some(measure)
}

/// What was found, by page, and what is of no one page.
fn found(site: &Site, findings: &[Finding]) -> (BTreeMap<usize, Found>, Found) {
    // A list of records is one file and many pages: each goes to where the next begins.
    let mut places: BTreeMap<&str, Vec<(usize, usize)>> = BTreeMap::new();
    for (id, page) in site.pages.iter().enumerate().filter(|(_, page)| !page.made) {
        let source = page.source();
        let start = source.position(page.text.document.front.start).line;
        places.entry(&source.path).or_default().push((start, id));
    }
    places.values_mut().for_each(|pages| pages.sort_unstable());
    let (mut by_page, mut elsewhere) = (BTreeMap::<usize, Found>::new(), Found::default());
    for finding in findings {
        let pages = places.get(&*finding.file);
        let own = pages.and_then(|pages| {
            let before = pages.iter().rev().find(|(line, _)| *line <= finding.start.line);
            before.or(pages.first())
        });
        match own {
            Some((_, id)) => by_page.entry(*id).or_default().add(finding.severity),
            None => elsewhere.add(finding.severity),
        }
    }
    (by_page, elsewhere)
}

/// What leads where in the main parts of the finished pages, by their files.
#[derive(Default)]
struct Links {
    /// The pages that lead to a page.
    to: BTreeMap<String, BTreeSet<String>>,
    /// Where a page leads: other pages, and addresses of other sites.
    from: BTreeMap<String, BTreeSet<String>>,
}

impl Links {
    fn of(site: &Site, files: &Files) -> Self {
        let mut links = Self::default();
        // The A to Z has every page, and nobody is sent to one from there or from what is not there.
        let lists = [&A_TO_Z, &A_TO_Z_LETTER, &SEARCH];
        let lists = site.pages.iter().filter(|page| lists.iter().any(|kind| page.kind.is(kind)));
        let lists: BTreeSet<String> = lists.map(|page| page.url.output()).collect();
        let pages = files.iter().filter(|(path, _)| path.ends_with(".html"));
        let pages = pages.filter(|(path, _)| !lists.contains(*path) && !path.ends_with("404.html"));
        for (path, bytes) in pages {
            let html = String::from_utf8_lossy(bytes.as_slice());
            let mut is_inside = false;
            for token in tokens(&html) {
                match token {
                    Token::Open { name: "main", .. } => is_inside = true,
                    Token::Close { name: "main", .. } => is_inside = false,
                    // The same page in another language is no other page.
                    Token::Open { name: "a", attributes, .. }
                        if is_inside && attributes.get("hreflang").is_none() =>
                    {
                        let Some(href) = attributes.get("href") else { continue };
                        let href = crate::html::decode(href);
                        if href.starts_with("http://") || href.starts_with("https://") {
                            links.from.entry(path.clone()).or_default().insert(href.into_owned());
                        } else if let Some(to) = page_at(path, &href).filter(|to| to != path)
                            && files.contains_key(&to)
                        {
                            links.to.entry(to.clone()).or_default().insert(path.clone());
                            links.from.entry(path.clone()).or_default().insert(to);
                        }
                    }
                    _ => {}
                }
            }
        }
        links
    }
}

/// The file of the page that a link within the site leads to.
fn page_at(from: &str, href: &str) -> Option<String> {
    let path = href.split(['#', '?']).next().unwrap_or_default();
    if path.is_empty() || path.contains(':') || path.starts_with("//") {
        return None;
    }
    let mut folder: Vec<&str> = Vec::new();
    if !path.starts_with('/') {
        follow(&mut folder, folder_of(from), 0);
    }
    follow(&mut folder, path, 0);
    let is_folder = path.ends_with('/') || matches!(path.rsplit('/').next(), Some("." | ".."));
    if is_folder {
        folder.push("index.html");
    }
    let to = folder.join("/");
    to.ends_with(".html").then_some(to)
}

/// The links to other sites that are known not to be as they should, with where they stand.
fn dead(site: &Site, base: &str) -> Vec<DeadLink> {
    let known = &site.data.outside_links;
    // The list of states is no place for links.
    let sources = site.sources().filter(|source| !source.path.ends_with("outside-links.yaml"));
    let all = outside::all(sources, base).into_iter().filter_map(|(address, places)| {
        let link = known.get(&address).filter(|link| link.state != OutsideState::Ok)?;
        Some(DeadLink {
            state: link.state,
            why: link.why.clone(),
            now: link.now.clone(),
            checked: link.checked,
            places: places.into_iter().collect(),
            address,
        })
    });
    all.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_names_the_file_of_its_page() {
        let at = |from, href| page_at(from, href).unwrap_or_default();
        assert_eq!(at("a/b/index.html", "../c/#part"), "a/c/index.html");
        assert_eq!(at("a/b/index.html", "../"), "a/index.html");
        assert_eq!(at("index.html", "a/"), "a/index.html");
        assert_eq!(at("a/index.html", "/b/?q=1"), "b/index.html");
        assert_eq!(at("a/index.html", ".."), "index.html");
        for href in ["#part", "mailto:a@b.example", "tel:999", "//b.example/", "a.pdf"] {
            assert_eq!(at("index.html", href), "", "{href}");
        }
    }
}
