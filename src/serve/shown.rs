//! The site as the preview shows it now, of the last builds. Made from memory: no disk, no
//! network, no clock.

use std::sync::Arc;

use crate::{
    Built,
    diagnostic::{self, Error, Finding},
    output::{Bytes, Files},
};

/// The site as it is shown now. Each build makes a new one.
#[derive(Debug)]
pub(super) struct Shown {
    /// Which build this is, counted from 1.
    pub(super) number: u64,
    /// Which site the files are; another one is loaded by open pages.
    pub(super) site: String,
    /// The files of the last build without errors.
    good: Arc<Files>,
    /// The files of the last build. Pages that `good` does not have yet come
    /// from here.
    last: Arc<Files>,
    /// What was found by the last build.
    pub(super) findings: Vec<Finding>,
    /// Why the last build could not be made at all.
    pub(super) failure: Option<String>,
    /// How many pages the last build has.
    pub(super) pages: usize,
    /// The path under which the site is published, which its 404 page names.
    pub(super) base_path: String,
}

impl Shown {
    /// The first build of a run of the preview. With errors or without, it is
    /// the best there is.
    pub(super) fn new(run: u128, built: Built, base_path: String) -> Self {
        let files = Arc::new(built.files);
        Self {
            number: 1,
            site: format!("{run}-1"),
            good: Arc::clone(&files),
            last: files,
            findings: diagnostic::join(built.findings),
            failure: None,
            pages: built.pages,
            base_path,
        }
    }

    /// What is shown after another build.
    pub(super) fn then(&self, built: Built) -> Self {
        let is_good = !built.has_errors();
        let last = Arc::new(built.files);
        let good = if is_good { Arc::clone(&last) } else { Arc::clone(&self.good) };
        let same = same(&self.good, &good) && same(&self.last, &last);
        Self {
            good,
            last,
            findings: diagnostic::join(built.findings),
            failure: None,
            pages: built.pages,
            ..self.next(!same)
        }
    }

    /// What is shown after a build that could not be made.
    pub(super) fn then_failed(&self, error: &Error) -> Self {
        Self { findings: Vec::new(), failure: Some(error.to_string()), ..self.next(false) }
    }

    fn next(&self, is_new: bool) -> Self {
        let number = self.number + 1;
        let run = self.site.split('-').next().unwrap_or_default();
        Self {
            number,
            site: if is_new { format!("{run}-{number}") } else { self.site.clone() },
            good: Arc::clone(&self.good),
            last: Arc::clone(&self.last),
            findings: Vec::new(),
            failure: None,
            pages: self.pages,
            base_path: self.base_path.clone(),
        }
    }

    /// Whether what is shown is older than what is written.
    pub(super) fn is_old(&self) -> bool {
        self.failure.is_some() || !Arc::ptr_eq(&self.good, &self.last)
    }

    /// `2 errors and 1 warning.`
    pub(super) fn count(&self) -> String {
        if self.findings.is_empty() {
            return "Nothing to mend.".into();
        }
        format!("{}.", diagnostic::count(&self.findings))
    }

    /// How the last build went, in words.
    pub(super) fn sentence(&self) -> String {
        let old = if self.is_old() { " The pages shown are from before." } else { "" };
        match &self.failure {
            Some(why) => format!("The site could not be built: {why}.{old}"),
            None => format!("Built again. {}{old}", self.count()),
        }
    }

    /// The file at a path below the root of the site.
    pub(super) fn file(&self, path: &str) -> Option<&Bytes> {
        self.good.get(path).or_else(|| self.last.get(path))
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
            let Some(bytes) = self.file(&format!("{folder}index.html")) else { continue };
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

fn same(one: &Arc<Files>, other: &Arc<Files>) -> bool {
    let same_bytes = |(a, b): ((&String, &Bytes), (&String, &Bytes))| {
        a.0 == b.0 && a.1.as_slice() == b.1.as_slice()
    };
    Arc::ptr_eq(one, other)
        || one.len() == other.len() && one.iter().zip(other.iter()).all(same_bytes)
}
