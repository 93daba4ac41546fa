//! Whether what is published is what a build made: file by file, by the manifest that the build
//! left with it.

use std::{collections::BTreeSet, fs, path::Path};

use rayon::prelude::*;

use super::{
    http::{Ask, Client},
    manifest_of,
    place::few,
};
use crate::{
    config::hosts::is_for_hosts,
    diagnostic::Error,
    manifest::{Entry, Manifest, NAME, Newer},
    text::address::{decoded, encoded_path},
};

/// What is not as a build made it, and how much was looked at.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// How many files there should be, and how large they are together.
    pub files: usize,
    /// In bytes.
    pub bytes: u64,
    /// What differs, by path.
    pub different: Vec<(String, Difference)>,
}

/// What is the matter with a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// It is not there, and what there is instead.
    Missing(String),
    /// It has other bytes.
    Changed(String),
    /// It is there, and no build made it.
    Extra,
}

/// How many pages are asked for at one time.
const AT_ONCE: usize = 4;

/// The largest manifest that is read, in bytes. 100,000 files take 14 MB.
const LARGEST_MANIFEST: u64 = 64 * 1024 * 1024;

/// Compares a folder with its manifest.
///
/// # Errors
///
/// [`Error::Usage`] when no build made the folder, and [`Error::Read`] when it cannot be read.
pub fn folder(folder: &Path) -> Result<Verified, Error> {
    let manifest = manifest_of(folder)?;
    let known = manifest.files.iter().map(|(path, entry)| (path, *entry));
    let earlier = manifest.earlier.iter().map(|(path, earlier)| (path, earlier.entry));
    let all: Vec<(&String, Entry)> = known.chain(earlier).collect();
    let mut different: Vec<(String, Difference)> = all
        .par_iter()
        .filter_map(|(path, entry)| {
            let place = folder.join(path);
            // A link may lead anywhere.
            let is_file = fs::symlink_metadata(&place).is_ok_and(|data| data.is_file());
            let what = match fs::read(&place) {
                Ok(_) if !is_file => Difference::Changed("it is a link".into()),
                Ok(bytes) => changed(*entry, Entry::of(&bytes))?,
                Err(why) if why.kind() == std::io::ErrorKind::NotFound => {
                    Difference::Missing("nothing is there".into())
                }
                Err(why) => Difference::Missing(format!("it cannot be read: {why}")),
            };
            Some(((*path).clone(), what))
        })
        .collect();
    let mut extra = Vec::new();
    walk(folder, &manifest, &mut extra)?;
    different.extend(extra.into_iter().map(|path| (path, Difference::Extra)));
    let moving = manifest.moving.iter().filter(|path| folder.join(path).exists());
    let unknown = "it was being replaced when a run broke off";
    different.extend(moving.map(|path| (path.clone(), Difference::Changed(unknown.into()))));
    different.sort();
    Ok(Verified { files: all.len(), bytes: size(&manifest), different })
}

/// The manifest of a folder that is as the build left it.
///
/// # Errors
///
/// [`Error::Usage`] with what is not.
pub(super) fn as_made(dir: &Path) -> Result<Manifest, Error> {
    let manifest = manifest_of(dir)?;
    let found = folder(dir)?;
    let Some((path, what)) = found.different.first() else { return Ok(manifest) };
    let more = match found.different.len() {
        1 => String::new(),
        more => format!(", and {} more are different", more - 1),
    };
    Err(Error::Usage(format!(
        "{} is not as the build left it: {path} {what}{more}; build again, or see all with \
         plainsite verify {}",
        dir.display(),
        dir.display()
    )))
}

/// Compares what a host sends with the manifest of a folder, or with the one that is there.
///
/// # Errors
///
/// [`Error::Usage`] when the host cannot be reached, or no manifest is there.
pub fn address(base: &str, from: Option<&Path>) -> Result<Verified, Error> {
    let base = format!("{}/", base.trim_end_matches('/'));
    let client = Client::new();
    let gone = |why: String| Error::Usage(format!("{base} could not be reached: {why}"));
    let manifest = match from {
        Some(folder) => manifest_of(folder)?,
        None => {
            let address = format!("{base}{NAME}");
            let answer = client.ask(&address, Ask::Get(LARGEST_MANIFEST)).map_err(gone)?;
            let text = String::from_utf8_lossy(&answer.bytes);
            match Manifest::parse(&text) {
                Ok(Some(manifest)) if answer.status == 200 && !manifest.files.is_empty() => {
                    manifest
                }
                Err(Newer) => {
                    return Err(Error::Usage(format!(
                        "{base} was published by a later version of plainsite; use that one"
                    )));
                }
                _ => {
                    return Err(Error::Usage(format!(
                        "no list of files is at {address} (it answered {}); some hosts do not send \
                         what begins with a dot: compare with the folder that was published, \
                         --from public",
                        answer.status
                    )));
                }
            }
        }
    };
    let all: Vec<(&String, Entry)> = manifest
        .files
        .iter()
        .filter(|(path, _)| !is_for_hosts(path) && !path.starts_with('.'))
        .map(|(path, entry)| (path, *entry))
        .collect();
    let looked = few(&all, AT_ONCE, |(path, entry)| {
        // As readers ask for it: many hosts lead from the one to the other.
        let asked = path.strip_suffix("index.html");
        let asked = asked.filter(|folder| folder.is_empty() || folder.ends_with('/'));
        let address = format!("{base}{}", encoded_path(asked.unwrap_or(path)));
        let ask = |address: &str| client.ask(address, Ask::Get(entry.size + 1)).map_err(gone);
        let mut answer = ask(&address)?;
        // A host that knows old addresses leads on in the place of the page that does. That page
        // is asked for itself; one that is no `index.html` has no other address.
        let leads_on = answer.leads_to.as_ref().is_some_and(|to| is_here(to, &base, &manifest));
        if asked.is_some() && answer.leads_to.is_some() {
            let page = ask(&format!("{base}{}", encoded_path(path)))?;
            answer = if page.status == 200 { page } else { answer };
        } else if leads_on {
            return Ok(None);
        }
        let what = match (answer.status, answer.leads_to) {
            (200, _) => changed(*entry, Entry::of(&answer.bytes)),
            (status, Some(to)) => {
                Some(Difference::Missing(format!("the host leads on to {to} ({status})")))
            }
            (status, None) => Some(Difference::Missing(format!("the host answers {status}"))),
        };
        Ok(what.map(|what| ((*path).clone(), what)))
    });
    let different = looked?.into_iter().flatten().collect();
    Ok(Verified { files: all.len(), bytes: size(&manifest), different })
}

/// Whether an address is that of a page or a file of the site at `base`.
fn is_here(to: &str, base: &str, manifest: &Manifest) -> bool {
    let path = match base.split_once("://").and_then(|(_, rest)| rest.split_once('/')) {
        Some((_, folder)) if to.starts_with('/') => {
            to.strip_prefix('/').and_then(|to| to.strip_prefix(folder))
        }
        _ => to.strip_prefix(base),
    };
    let path = path.map(|path| decoded(path.split(['?', '#']).next().unwrap_or_default()));
    path.is_some_and(|path| {
        let page = format!("{}index.html", path);
        manifest.files.contains_key(&*path) || manifest.files.contains_key(&page)
    })
}

fn size(manifest: &Manifest) -> u64 {
    manifest.files.values().map(|entry| entry.size).sum()
}

fn changed(wanted: Entry, found: Entry) -> Option<Difference> {
    if wanted == found {
        return None;
    }
    let how = match wanted.size {
        size if size == found.size => "it has other bytes, as many as it should".to_owned(),
        size if found.size > size => format!("it has more than its {size} bytes"),
        size => format!("it has {} of its {size} bytes", found.size),
    };
    Some(Difference::Changed(how))
}

/// What is in a folder and in no list. A folder of others stands for all in it.
fn walk(folder: &Path, manifest: &Manifest, extra: &mut Vec<String>) -> Result<(), Error> {
    let failed = |why| Error::Read(folder.to_owned(), why);
    let known: BTreeSet<&str> = manifest.ours().map(String::as_str).collect();
    let mut open = vec![String::new()];
    while let Some(inside) = open.pop() {
        for entry in fs::read_dir(folder.join(&inside)).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let path =
                if inside.is_empty() { name.into_owned() } else { format!("{inside}/{name}") };
            let is_folder = entry.file_type().map_err(failed)?.is_dir();
            if path == NAME || manifest.kept.contains(&path) || known.contains(path.as_str()) {
                continue;
            }
            let start = format!("{path}/");
            let after = known.range(start.as_str()..).next();
            let kept = manifest.kept.range(start.clone()..).next();
            let is_above = after.is_some_and(|known| known.starts_with(&start))
                || kept.is_some_and(|kept| kept.starts_with(&start));
            if is_folder && is_above {
                open.push(path);
            } else if !is_folder || fs::read_dir(entry.path()).is_ok_and(|mut d| d.next().is_some())
            {
                extra.push(path);
            }
        }
    }
    Ok(())
}

impl std::fmt::Display for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Missing(how) => write!(f, "is missing: {how}"),
            Self::Changed(how) => write!(f, "has changed: {how}"),
            Self::Extra => f.write_str("is extra: no build made it"),
        }
    }
}
