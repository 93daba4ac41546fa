//! The site as the preview shows it now, of the last builds. Made from memory: no disk, no
//! network, no clock.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
};

use super::{
    front::{Front, Held, Seen, address_of},
    moved::{Moved, Written, moved},
};
use crate::{
    Built,
    diagnostic::{self, Error, Finding},
    model::LeftOut,
    output::{self, Bytes, Files},
};

/// The site as it is shown now. Each save makes a new one, and each build.
#[derive(Debug)]
pub(super) struct Shown {
    /// Which one it is, counted from 1.
    pub(super) number: u64,
    /// Which site the files are; another one is loaded by open pages.
    pub(super) site: String,
    /// The files of the last build; of pages with errors those from when they last had none.
    good: Arc<Files>,
    /// The pages that were seen since the last build began, in order.
    since: Arc<[Seen]>,
    /// The files of the last build. Pages that `good` does not have yet come
    /// from here.
    last: Arc<Files>,
    /// See [`Self::search_index`].
    search: OnceLock<BTreeMap<String, Vec<u8>>>,
    /// The site as it is written now, until a build is as new.
    front: Option<Arc<Mutex<Front>>>,
    /// What was found by the last build.
    pub(super) findings: Vec<Finding>,
    /// Why the last build could not be made at all.
    pub(super) failure: Option<String>,
    /// Whether there was a build at all.
    pub(super) is_built: bool,
    /// Whether pages are shown as they were before an error.
    has_held: bool,
    /// Where each page was written, by its address.
    sources: Arc<BTreeMap<String, Written>>,
    /// The pages that have another address than when the preview began.
    pub(super) moved: Arc<Vec<Moved>>,
    /// The pages that are not published.
    pub(super) left_out: Arc<Vec<LeftOut>>,
    /// The path under which the site is published, which its 404 page names.
    pub(super) base_path: String,
    /// Whether pages can be written too, so that each leads to the desk.
    pub(super) is_written: bool,
}

/// A build, and what the site says of its pages.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) built: Built,
    /// After how many saves the files were read.
    pub(super) saves: u64,
    /// Where each page was written, by its address.
    pub(super) sources: BTreeMap<String, Written>,
    /// What keeps its last good form, and where that is published.
    pub(super) held: Held,
    pub(super) held_paths: BTreeSet<String>,
}

impl Shown {
    /// Whether the last build is as new as the files.
    pub(super) fn is_new(&self) -> bool {
        self.front.is_none()
    }

    /// What is shown before the first build of a run: pages as they are asked for.
    pub(super) fn opening(
        run: u128,
        front: &Arc<Mutex<Front>>,
        base_path: String,
        is_written: bool,
    ) -> Self {
        let front = Some(Arc::clone(front));
        Self { front, is_written, ..Self::nothing(run, base_path) }
    }

    pub(super) fn nothing(run: u128, base_path: String) -> Self {
        let nothing: Arc<Files> = Arc::default();
        Self {
            number: 1,
            site: format!("{run}-1"),
            good: Arc::clone(&nothing),
            since: Arc::default(),
            last: nothing,
            search: OnceLock::new(),
            front: None,
            findings: Vec::new(),
            failure: None,
            is_built: false,
            has_held: false,
            sources: Arc::default(),
            moved: Arc::default(),
            left_out: Arc::default(),
            base_path,
            is_written: false,
        }
    }

    /// What is shown right after a file was saved: pages as they are written now.
    ///
    /// What was `seen` of it before that was good, and stays for pages that are wrong now.
    pub(super) fn at_once(&self, front: &Arc<Mutex<Front>>, held: &Held, seen: Vec<Seen>) -> Self {
        let since = self.since.iter().cloned().chain(seen).collect();
        let (findings, front) = (self.findings.clone(), Some(Arc::clone(front)));
        Self { since, front, findings, has_held: !held.is_empty(), ..self.next(true) }
    }

    /// What is shown after another build. `front` is what was shown over the last, if it was.
    ///
    /// With a `newer` one something was saved meanwhile.
    pub(super) fn then(
        &self,
        made: Made,
        front: Option<&Front>,
        newer: Option<Arc<Mutex<Front>>>,
    ) -> Self {
        let Made { built, saves, sources, held, held_paths } = made;
        let last = shared(built.files);
        let mut since = self.since.to_vec();
        since.extend(front.filter(|_| newer.is_none()).iter().flat_map(|front| front.seen(saves)));
        // What is wrong now may have been good after the last build, with other words.
        let is_wrong = |seen: &Seen| {
            sources.get(&address_of(&seen.path)).is_some_and(|page| page.text == seen.text)
        };
        let last_good = |path: &String| {
            let mut seen = since.iter().rev().filter(|seen| seen.path == *path);
            let seen = seen.find(|seen| !is_wrong(seen)).map(|seen| seen.html.clone());
            Some((path.clone(), seen.or_else(|| self.good.get(path).cloned())?))
        };
        let kept: Vec<_> = held_paths.iter().filter_map(last_good).collect();
        let mut good = if held.all { Arc::clone(&self.good) } else { Arc::clone(&last) };
        let older = if held.all {
            let before = since.iter().filter(|seen| seen.saves < saves);
            before.map(|seen| (seen.path.clone(), seen.html.clone())).collect()
        } else {
            kept.clone()
        };
        if !older.is_empty() {
            Arc::make_mut(&mut good).extend(older);
        }
        since.retain(|seen| seen.saves > saves);
        let is_there = |address: &str| {
            let inner = address.trim_start_matches('/');
            last.contains_key(&format!("{inner}index.html"))
                || built.left_out.iter().any(|page| page.url == address)
        };
        let moved = moved(&self.moved, &self.sources, &sources, is_there);
        let is_known = moved == *self.moved;
        // Of a page that never was good there is no older form to show.
        let has_held = self.is_built && (held.all || !kept.is_empty());
        // Advice is shown where somebody writes.
        let told = built.findings.into_iter().filter(Finding::counts).collect();
        let next = Self {
            good,
            since: since.into(),
            last,
            front: newer,
            findings: diagnostic::join(told),
            failure: None,
            is_built: true,
            has_held,
            sources: Arc::new(sources),
            moved: Arc::new(moved),
            left_out: Arc::new(built.left_out),
            ..self.next(true)
        };
        // Pages that were made since the last save are open; others are loaded again anyway.
        let is_same = match front {
            Some(front) => front.agrees(|path| self.bytes(path), |path| next.bytes(path)),
            None => same(&self.good, &next.good) && same(&self.last, &next.last),
        };
        let site = if is_same && is_known { self.site.clone() } else { next.site };
        Self { site, ..next }
    }

    /// What is shown after a build that could not be made.
    pub(super) fn then_failed(&self, error: &Error) -> Self {
        let (failure, front) = (Some(error.to_string()), self.front.clone());
        Self { findings: Vec::new(), failure, front, ..self.next(false) }
    }

    fn next(&self, is_new: bool) -> Self {
        let number = self.number + 1;
        let run = self.site.split('-').next().unwrap_or_default();
        Self {
            number,
            site: if is_new { format!("{run}-{number}") } else { self.site.clone() },
            good: Arc::clone(&self.good),
            since: Arc::clone(&self.since),
            last: Arc::clone(&self.last),
            search: OnceLock::new(),
            front: None,
            findings: Vec::new(),
            failure: None,
            has_held: self.has_held,
            is_built: self.is_built,
            sources: Arc::clone(&self.sources),
            moved: Arc::clone(&self.moved),
            left_out: Arc::clone(&self.left_out),
            base_path: self.base_path.clone(),
            is_written: self.is_written,
        }
    }

    /// Whether the site is shown as it is written now, over the last build.
    pub(super) fn has_front(&self) -> bool {
        self.front.is_some()
    }

    /// Whether some of what is shown is older than what is written.
    pub(super) fn is_old(&self) -> bool {
        self.failure.is_some() || self.has_held
    }

    /// `2 errors and 1 warning.`
    pub(super) fn count(&self) -> String {
        if self.findings.is_empty() {
            return "Nothing to mend.".into();
        }
        format!("{}.", diagnostic::count(&self.findings))
    }

    /// How the last build went, in words.
    pub(super) fn sentence(&self, before: &Self) -> String {
        let old = if self.is_old() { " The pages shown are from before." } else { "" };
        match &self.failure {
            Some(why) => format!("The site could not be built: {why}.{old}"),
            None if !before.is_built => format!("All pages are checked. {}", self.count()),
            None => format!("Built again. {}{old}", self.count()),
        }
    }

    /// The file that the page at an address was written in.
    pub(super) fn source_of(&self, address: &str) -> Option<&str> {
        let draft = || self.left_out.iter().find(|page| page.url == address);
        let source = self.sources.get(address).map(|written| written.file.as_str());
        source.or_else(|| draft().map(|page| page.file.as_str()))
    }

    /// Where the page went that was at an address.
    pub(super) fn moved(&self, address: &str) -> Option<&Moved> {
        let is_here =
            |moved: &&Moved| moved.from.trim_end_matches('/') == address.trim_end_matches('/');
        self.moved.iter().find(is_here)
    }

    /// The file at a path below the root of the site.
    pub(super) fn file(&self, path: &str) -> Option<Bytes> {
        let now = self.front.as_ref().filter(|_| path.ends_with(".html"));
        let now = now.and_then(|front| lock(front).page(path));
        now.map(Bytes::Shared).or_else(|| self.built(path).cloned()).or_else(|| {
            let front = self.front.as_ref().filter(|_| !self.is_built);
            front.and_then(|front| lock(front).beside(path))
        })
    }

    /// The same of the last builds.
    fn built(&self, path: &str) -> Option<&Bytes> {
        let seen = self.since.iter().rev().find(|seen| seen.path == path);
        let built = || self.good.get(path).or_else(|| self.last.get(path));
        seen.map(|seen| &seen.html).or_else(built)
    }

    fn bytes(&self, path: &str) -> Option<&[u8]> {
        self.built(path).map(Bytes::as_slice)
    }

    /// Every page of the last builds, by path.
    pub(super) fn pages(&self) -> impl Iterator<Item = (&str, &Bytes)> {
        let all = self.last.keys().filter(|path| path.ends_with(".html"));
        all.filter_map(|path| Some((path.as_str(), self.built(path)?)))
    }

    /// The search of the last build, from when somebody first looks for something.
    pub(super) fn search_index(&self) -> &BTreeMap<String, Vec<u8>> {
        self.search.get_or_init(|| output::search::index(&self.last))
    }

    /// The address and title of every page, by address.
    pub(super) fn titles(&self) -> Vec<(String, String)> {
        let mut titles: Vec<(String, String)> = Vec::new();
        let paths = self.good.keys().chain(self.last.keys());
        let mut folders: Vec<&str> =
            paths.filter_map(|path| path.strip_suffix("index.html")).collect();
        folders.sort_unstable();
        folders.dedup();
        for folder in folders {
            let Some(bytes) = self.built(&format!("{folder}index.html")) else { continue };
            let html = String::from_utf8_lossy(bytes.as_slice());
            if html.contains("http-equiv=\"refresh\"") {
                continue; // It only leads elsewhere.
            }
            let title =
                html.split_once("<title>").and_then(|(_, rest)| rest.split_once("</title>"));
            let title = title.map_or(folder, |(title, _)| title);
            titles.push((format!("/{folder}"), title.to_owned()));
        }
        titles
    }
}

/// Files that are cheap to have twice.
fn shared(files: Files) -> Arc<Files> {
    let share = |bytes| match bytes {
        Bytes::Own(bytes) => Bytes::Shared(bytes.into()),
        Bytes::Shared(bytes) => Bytes::Shared(bytes),
    };
    Arc::new(files.into_iter().map(|(path, bytes)| (path, share(bytes))).collect())
}

/// The front, also when somebody panicked who had it: it is changed in whole steps.
pub(super) fn lock(front: &Mutex<Front>) -> MutexGuard<'_, Front> {
    front.lock().unwrap_or_else(PoisonError::into_inner)
}

fn same(one: &Arc<Files>, other: &Arc<Files>) -> bool {
    let same_bytes = |(a, b): ((&String, &Bytes), (&String, &Bytes))| {
        a.0 == b.0 && a.1.as_slice() == b.1.as_slice()
    };
    Arc::ptr_eq(one, other)
        || one.len() == other.len() && one.iter().zip(other.iter()).all(same_bytes)
}
