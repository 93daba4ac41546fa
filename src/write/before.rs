//! What is in a published folder before it is written to: ours, and what belongs to others.
//! The manifest in it says which files are ours.

use std::{collections::HashSet, fs, io, path::Path};

use super::{All, MARK, failed};
use crate::{
    diagnostic::Error,
    manifest::{Manifest, Newer},
};

/// What is in a published folder.
#[derive(Debug, Default)]
pub(super) struct Before {
    /// The files that a run of ours made, by path below the folder, sorted.
    pub(super) ours: Vec<String>,
    /// What somebody else put there and the settings name. A folder stands for all in it.
    pub(super) kept: Vec<String>,
    /// What somebody else put there and nothing names, the first few.
    pub(super) others: Vec<String>,
    /// Whether a run of ours made the folder.
    pub(super) marked: bool,
    /// What that run wrote down.
    pub(super) manifest: Manifest,
}

/// The most names that a message gives.
const MOST_NAMED: usize = 5;

impl Before {
    pub(super) fn look(target: &Path, keep: &[String]) -> Result<Self, Error> {
        match fs::symlink_metadata(target) {
            Ok(data) if data.is_dir() => {}
            Ok(_) => {
                let message =
                    format!("{} is a file, and no folder; name another place", target.display());
                return Err(Error::Usage(message));
            }
            Err(why) if why.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(why) => return Err(failed(target)(why)),
        }
        let mark = match fs::read_to_string(target.join(MARK)) {
            Ok(mark) => Some(mark),
            Err(why) if why.kind() == io::ErrorKind::NotFound => None,
            Err(why) => return Err(failed(&target.join(MARK))(why)),
        };
        // Of what the first runs made nothing is known but that no name began with a dot.
        let manifest = match mark.as_deref().map_or(Ok(Some(Manifest::default())), Manifest::parse)
        {
            Ok(manifest) => manifest,
            Err(Newer) => return Err(Error::Usage(newer(target))),
        };
        let list: Option<HashSet<&str>> =
            manifest.as_ref().map(|manifest| manifest.ours().map(String::as_str).collect());
        let keep: Vec<&str> = keep.iter().map(|path| path.trim_end_matches('/')).collect();
        let known = Known { folders: folders(list.iter().flatten().chain(&keep)), list, keep };
        let mut before = Self { marked: mark.is_some(), ..Self::default() };
        walk(target, "", &known, &mut before)?;
        before.ours.sort();
        before.manifest = manifest.unwrap_or_else(|| Manifest {
            moving: before.ours.iter().cloned().collect(),
            ..Manifest::default()
        });
        Ok(before)
    }

    /// Refuses when something of somebody's would be lost.
    pub(super) fn refuse_to_lose(
        &self,
        files: &All<'_>,
        target: &Path,
        keep: &[String],
    ) -> Result<(), Error> {
        let folder = target.display();
        if !self.others.is_empty() && !self.marked && self.kept.is_empty() {
            return Err(Error::Usage(format!(
                "the folder {folder} holds files that plainsite did not make; name an empty \
                 folder, or empty it"
            )));
        }
        if !self.others.is_empty() {
            return Err(Error::Usage(would_lose(&folder.to_string(), &self.others, keep)));
        }
        let both = self.kept.iter().find(|kept| files.contains_key(kept.as_str()));
        if let Some(both) = both {
            return Err(Error::Usage(format!(
                "{both} in {folder} is to be kept, and the site has a file of that name; rename \
                 one of them, or take it out of `keep` in site.toml"
            )));
        }
        Ok(())
    }
}

/// What is known of the names in a published folder.
struct Known<'a> {
    /// The files that the last run made, if it said so.
    list: Option<HashSet<&'a str>>,
    /// What is to be kept.
    keep: Vec<&'a str>,
    /// The folders that these are in.
    folders: HashSet<String>,
}

/// All folders above some paths.
fn folders<'a>(paths: impl Iterator<Item = &'a &'a str>) -> HashSet<String> {
    let mut folders = HashSet::new();
    for path in paths {
        let mut path = *path;
        while let Some((above, _)) = path.rsplit_once('/') {
            if !folders.insert(above.to_owned()) {
                break;
            }
            path = above;
        }
    }
    folders
}

fn walk(folder: &Path, inside: &str, known: &Known<'_>, before: &mut Before) -> Result<(), Error> {
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let mut entries = entries.map_err(failed(folder))?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let path = if inside.is_empty() { name.into_owned() } else { format!("{inside}/{name}") };
        if path == MARK {
            continue;
        }
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        let is_kept = known.keep.contains(&path.as_str());
        let is_ours = match &known.list {
            _ if is_folder && known.folders.contains(&path) => true,
            Some(list) => !is_folder && list.contains(path.as_str()),
            None => !inside.is_empty() || !path.starts_with('.') && path != "CNAME",
        };
        if is_kept {
            before.kept.push(path);
        } else if is_folder && is_ours {
            walk(&entry.path(), &path, known, before)?;
        } else if is_ours {
            before.ours.push(path);
        } else if before.others.len() <= MOST_NAMED {
            before.others.push(path);
        }
    }
    Ok(())
}

/// For messages: somebody else's files are at a place and would be deleted.
pub fn would_lose(place: &str, others: &[String], keep: &[String]) -> String {
    let names = &others[..others.len().min(MOST_NAMED)];
    let more = if others.len() > MOST_NAMED { " and more" } else { "" };
    let all: Vec<String> = keep.iter().chain(names).map(|name| format!("\"{name}\"")).collect();
    let flags: Vec<String> = names.iter().map(|name| format!("--keep {name}")).collect();
    format!(
        "{place} holds what plainsite did not make and would delete: {}{more}; move it away, or \
         keep it with {}, or with these lines in site.toml:\n\n[publish]\nkeep = [{}]\n",
        names.join(", "),
        flags.join(" "),
        all.join(", ")
    )
}

/// For messages: what is in the folder was made by a later version.
pub(super) fn newer(target: &Path) -> String {
    format!(
        "{} was written by a later version of plainsite; publish with that one, or into another \
         folder",
        target.display()
    )
}
