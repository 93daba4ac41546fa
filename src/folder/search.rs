//! A search for a folder of HTML that another program made: `plainsite index`.
//!
//! The pages are left as they are. What is added goes into `search/` below the
//! folder: the index, the engine, and a page to search with, unless there is a
//! page there already.

use std::{collections::BTreeMap, path::Path};

use super::encoding::decode;
use crate::{
    diagnostic::{Diagnostic, Error, Finding, Report},
    html::outline::outline,
    index,
    load::{self, Theme},
    output::{Bytes, Files, search::FOLDER},
    parse::words::speeches,
    rule,
    text::{Source, Span, address::encoded_path},
};

/// The page to search with, its style, and what it says.
const PAGE: &str = include_str!("index.html");
const STYLE: &str = include_str!("search.css");

/// A search for a folder.
#[derive(Debug)]
pub struct Searchable {
    /// The files to add, by path below the folder.
    pub files: Files,
    /// What could not be read, and which pages have nothing to find.
    pub findings: Vec<Finding>,
    /// How many pages can be found.
    pub pages: usize,
}

/// Reads the pages of a folder and makes an index of them.
///
/// Pages that ask not to be found, that lead elsewhere at once, or that are shown
/// for addresses that are not there are left out.
///
/// # Errors
///
/// When the folder is not there, or has no pages.
pub fn search(folder: &Path, portable: bool) -> Result<Searchable, Error> {
    let read = load::html(folder, |(path, bytes)| {
        let (found, problems) = match bytes {
            Ok(bytes) => page(&path, &bytes),
            Err(problem) => (None, vec![problem]),
        };
        (path, found, problems)
    })?;
    if read.is_empty() {
        return Err(Error::Usage(format!("there is no page of HTML in {}", folder.display())));
    }
    let mut report = Report::default();
    let mut pages = Vec::new();
    for (path, found, problems) in read {
        report.add(&Source::new(path, ""), problems);
        pages.extend(found);
    }
    take_site_name_off(&mut pages);
    let theme = Theme::embedded();
    let speech = speeches(&theme, &mut report);
    let files = index::build(&pages, &index::Vocabulary { speech, ..index::Vocabulary::default() });
    let files = if portable { index::portable(files) } else { files };
    let mut files: Files = files
        .into_iter()
        .map(|(name, bytes)| (FOLDER.to_owned() + &name, Bytes::Own(bytes)))
        .collect();
    let script = theme.files.get("search-page.js").cloned().unwrap_or_default();
    let engine = if portable { "<script src=\"search.js\" defer></script>\n" } else { "" };
    let add = [
        ("index.html", PAGE.replace("<!-- engine -->\n", engine)),
        ("search.css", STYLE.to_owned()),
        ("search-page.js", script),
    ];
    files.extend(add.map(|(name, text)| (FOLDER.to_owned() + name, Bytes::from(text))));
    Ok(Searchable { files, findings: report.findings(), pages: pages.len() })
}

fn page(path: &str, bytes: &[u8]) -> (Option<index::Page>, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let mut warn = |message: &str, hint: &str| {
        problems.push(Diagnostic::warning(&rule::FILE, Span::default(), message).hint(hint));
    };
    let (text, _) = decode(bytes);
    if text.contains(char::REPLACEMENT_CHARACTER) {
        warn("some letters of this page cannot be read", "save it as UTF-8");
    }
    let outline = outline(&text);
    if outline.is_hidden || path == "404.html" {
        return (None, problems);
    }
    let is_empty = outline.sections.iter().all(|s| s.text.is_empty() && s.heading.is_empty());
    if outline.title.is_empty() && is_empty {
        warn("there are no words on this page", "nothing to do, if that is as it should be");
        return (None, problems);
    }
    let title = if outline.title.is_empty() { path.to_owned() } else { outline.title };
    let sections = outline.sections.into_iter().map(|section| index::Section {
        id: section.id,
        heading: section.heading,
        text: section.text,
        words: Vec::new(),
    });
    let mut page = index::Page {
        url: address(path),
        title,
        description: outline.description,
        language: outline.language,
        ..index::Page::default()
    };
    sections.for_each(|section| page.add(section));
    (Some(page), problems)
}

/// What stands between the name of a page and that of its site.
const BETWEEN: &[&str] = &[" - ", " | ", " – ", " — ", " · ", " :: "];

/// Takes off what most titles end with: readers of results know which site they
/// are on.
fn take_site_name_off(pages: &mut [index::Page]) {
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for page in pages.iter() {
        *names.entry(site_name(&page.title)).or_default() += 1;
    }
    let most = names.into_iter().max_by_key(|(_, pages)| *pages);
    let Some((name, _)) =
        most.filter(|(name, count)| !name.is_empty() && count * 2 > pages.len() && *count > 1)
    else {
        return;
    };
    let name = name.to_owned();
    for page in pages {
        if let Some(own) = page.title.strip_suffix(&name) {
            page.title = own.trim_end().to_owned();
        }
    }
}

/// The end of a title from the last sign that may stand before the name of a
/// site.
fn site_name(title: &str) -> &str {
    let at = BETWEEN.iter().filter_map(|between| title.rfind(between)).max();
    at.map_or("", |at| &title[at..])
}

/// `a/index.html` is at `/a/`.
fn address(path: &str) -> String {
    let path = match path.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
        _ => path,
    };
    format!("/{}", encoded_path(path))
}
