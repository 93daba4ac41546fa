//! The site as it is written now, of which each page is made when somebody asks for it.
//!
//! A save is answered here first: the file is read again in its place, or the site is joined
//! anew, and the whole site is checked and made after that, by somebody else.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::{
    Opened, check,
    diagnostic::{Finding, Report},
    finish::Finisher,
    kept::{Kept, Key},
    link,
    memory::Memory,
    model::{Reread, Site},
    output::{self, Bytes, Files},
    parse::{self, allow::allowances},
    text::Source,
    view::{Assets, Viewer},
};

/// The site as it is written now.
#[derive(Debug)]
pub(super) struct Front {
    opened: Opened,
    assets: Assets,
    finisher: Option<Arc<Finisher>>,
    /// What pages use.
    beside: Files,
    /// What was asked for since the last change, by path below the published folder.
    made: BTreeMap<String, Option<Arc<[u8]>>>,
    /// What keeps its last good form.
    held: Held,
    /// Whether a build of the same follows, which shows what only a build knows.
    is_built: bool,
}

/// A page as somebody saw it, before a build could say whether it is good.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    /// Where it is below the published folder.
    pub(super) path: String,
    pub(super) html: Bytes,
    /// Of all that was in its file.
    pub(super) text: Key,
    /// After how many saves it was made.
    pub(super) saves: u64,
}

/// The pages that are not shown as they are written, because something is wrong in them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Held {
    /// The files of single pages.
    pub(super) files: BTreeSet<String>,
    /// Whether it is in what all pages are made from.
    pub(super) all: bool,
}

impl Held {
    /// By the files in which errors are. `is_page` tells whether a file is that of one page.
    pub(super) fn of<'a>(
        files: impl IntoIterator<Item = &'a str>,
        is_page: impl Fn(&str) -> bool,
    ) -> Self {
        let mut held = Self::default();
        for file in files {
            if is_page(file) {
                held.files.insert(file.to_owned());
            } else {
                held.all = true;
            }
        }
        held
    }

    pub(super) fn is_empty(&self) -> bool {
        self.files.is_empty() && !self.all
    }

    fn has(&self, file: &str) -> bool {
        self.all || self.files.contains(file)
    }
}

impl Front {
    pub(super) fn new(opened: Opened, memory: &Memory) -> Self {
        let world = opened.world();
        let assets = output::assets(world.config, world.theme, world.portable);
        let viewer = Viewer::new(world, &assets);
        let shared = viewer.shared();
        let known = &memory.finishers;
        let finisher =
            Finisher::kept(world.theme, shared, world.config, world.portable, known).ok();
        let is_page = |file: &str| world.site.by_path.contains_key(file);
        let errors = opened.examined.report.files_with_errors();
        let held = Held::of(errors.iter().map(|file| &**file), is_page);
        let beside = output::beside_pages(&world);
        Self { opened, assets, finisher, beside, made: BTreeMap::new(), held, is_built: true }
    }

    /// One that no build follows: each page is shown, right or wrong.
    pub(super) fn alone(opened: Opened, memory: &Memory) -> Self {
        Self { held: Held::default(), is_built: false, ..Self::new(opened, memory) }
    }

    /// What was made of it since the last change, which was the last of so many `saves`.
    pub(super) fn seen(&self, saves: u64) -> Vec<Seen> {
        let site = self.site();
        let seen = |(path, made): (&String, &Option<Arc<[u8]>>)| {
            let html = Bytes::Shared(made.clone()?);
            let page = &site.pages[*site.by_url.get(&*address_of(path))?];
            let text = Key::of([page.source().text.as_bytes()]);
            Some(Seen { path: path.clone(), html, text, saves })
        };
        self.made.iter().filter_map(seen).collect()
    }

    /// Whether it was read with these words in their file.
    pub(super) fn has(&self, source: &Source) -> bool {
        self.opened.texts.get(&source.path) == Some(&source.text)
    }

    /// Reads files again in their place. False when more depends on what changed in them, and
    /// the site must be joined anew.
    pub(super) fn reread(&mut self, sources: &[Source]) -> bool {
        self.made.clear();
        let texts = sources.iter().map(|one| (Arc::clone(&one.path), Arc::clone(&one.text)));
        self.opened.texts.extend(texts);
        let is_done = sources.iter().all(|source| self.reread_one(source));
        // What fits into its place may still be wrong.
        is_done && !self.held.all
    }

    fn reread_one(&mut self, source: &Source) -> bool {
        let Some(read) = self.read_in_place(source) else { return false };
        let Some(report) = read else { return true };
        let is_wrong = report.files_with_errors().contains(&source.path);
        let path = source.path.to_string();
        match is_wrong {
            true => _ = self.held.files.insert(path),
            false => _ = self.held.files.remove(&path),
        }
        true
    }

    /// Reads a file again in its place, and says of a page what is wrong in it. None when more
    /// depends on what changed.
    fn read_in_place(&mut self, source: &Source) -> Option<Option<Report>> {
        let Opened { settings, examined, options, .. } = &mut self.opened;
        let config = &settings.config;
        let site = &mut examined.site;
        if source.path.ends_with(".yaml") {
            return site.reread_data(source, config).then_some(None);
        }
        let mut documents = parse::parse_all(source.clone(), options.staff, options.today);
        let document = documents.pop().filter(|_| documents.is_empty())?;
        let document = Arc::new(document);
        let allowed = allowances(&document);
        let read = site.reread(document, config)?;
        link::rejoin(site, &read, config, &examined.paths);
        let Reread::Page(id, problems) = read else { return Some(None) };
        let mut report = examined.report.without_findings();
        report.allow(source, allowed);
        report.add(source, problems);
        let world = self.opened.world();
        check::page(&world, &world.site.pages[id], &mut report);
        Some(Some(report))
    }

    /// Tries words out in the place of a page's. None when more depends on what changed.
    pub(super) fn try_in_place(&mut self, source: &Source) -> Option<Vec<Finding>> {
        if source.path.ends_with(".yaml") {
            return None;
        }
        self.made.clear();
        let report = self.read_in_place(source)??;
        Some(of_file(report, &source.path))
    }

    /// What is found in a file by itself, when the site was read with it.
    pub(super) fn found_in(&self, path: &str) -> Vec<Finding> {
        let mut report = self.opened.examined.report.clone();
        let world = self.opened.world();
        let pages = world.site.pages.iter().filter(|page| !page.made);
        for page in pages.filter(|page| &*page.source().path == path) {
            check::page(&world, page, &mut report);
        }
        of_file(report, path)
    }

    /// The site that it shows.
    pub(super) fn site(&self) -> &Site {
        &self.opened.examined.site
    }

    /// What checks found in a file: whether its page keeps its last good form.
    pub(super) fn hold(&mut self, held: Held) {
        self.held = held;
    }

    pub(super) fn held(&self) -> &Held {
        &self.held
    }

    /// The page at a path below the published folder, as it is written now. None when there
    /// is none, or when it keeps its last good form.
    pub(super) fn page(&mut self, path: &str) -> Option<Arc<[u8]>> {
        if let Some(made) = self.made.get(path) {
            return made.clone();
        }
        let made = self.make(path);
        self.made.insert(path.to_owned(), made.clone());
        made
    }

    /// What pages use, at a path below the published folder.
    pub(super) fn beside(&self, path: &str) -> Option<Bytes> {
        self.beside.get(path).cloned().or_else(|| {
            // A page that was just made may show pictures that no build has published yet.
            let examined = &self.opened.examined;
            let mut made = examined.pictures.made(&examined.site.files);
            made.find(|(made, _)| made == path).map(|(_, one)| Bytes::Own(one.bytes.clone()))
        })
    }

    fn make(&self, path: &str) -> Option<Arc<[u8]>> {
        let world = self.opened.world();
        let id = *world.site.by_url.get(&*address_of(path))?;
        let page = &world.site.pages[id];
        // A statement says what the audit of all pages found.
        if page.statement && self.is_built || self.held.has(&page.source().path) {
            return None;
        }
        let viewer = Viewer::new(world, &self.assets);
        let (page, faults) =
            self.finisher.as_ref()?.finish(viewer.view(id, None), &Kept::nothing());
        page.filter(|_| faults.is_empty()).map(|page| Arc::clone(&page.html))
    }

    /// The tags of the languages that the site is written in, the main one first.
    pub(super) fn languages(&self) -> &[String] {
        &self.opened.settings.config.languages
    }

    /// The address of the page that a file is, or of the first of many: `/manage/records/`.
    pub(super) fn address_of(&self, file: &str) -> Option<String> {
        let pages = self.site().pages.iter().filter(|page| !page.made);
        let mut own = pages.filter(|page| &*page.source().path == file);
        own.next().map(|page| page.url.to_string())
    }

    /// Whether each page that was asked for is what `now` gives for its path. `before` is what
    /// was shown in place of those that it did not make.
    pub(super) fn agrees<'a>(
        &self,
        before: impl Fn(&str) -> Option<&'a [u8]>,
        now: impl Fn(&str) -> Option<&'a [u8]>,
    ) -> bool {
        let same = |(path, made): (&String, &Option<Arc<[u8]>>)| {
            let given = made.as_deref().or_else(|| before(path));
            given == now(path)
        };
        self.made.iter().all(same)
    }
}

/// The address of the page at a path below the published folder.
pub(super) fn address_of(path: &str) -> String {
    format!("/{}", path.strip_suffix("index.html").unwrap_or(path))
}

/// What a report says of one file.
fn of_file(report: Report, path: &str) -> Vec<Finding> {
    let mut found = report.findings();
    found.retain(|finding| &*finding.file == path);
    found
}
