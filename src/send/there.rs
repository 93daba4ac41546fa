//! A site sent to a place, in the order that readers do not notice. The only file that names md5,
//! which is what S3 says of a file: so what arrived before the network went away is known again.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use md5::{Digest as _, Md5};

use super::{
    Sent,
    place::{Place, There},
};
use crate::{
    diagnostic::Error,
    manifest::{Entry, Manifest, NAME, Newer},
    write::{Changes, Terms, is_read_first, would_lose},
};

/// What stands between here and there.
struct Plan {
    before: Manifest,
    next: Manifest,
    /// What pages ask for, and then the pages.
    first: Vec<String>,
    last: Vec<String>,
    gone: Vec<String>,
    changes: Changes,
}

/// Sends the files of `manifest`, which are in `from`.
pub(super) fn send(
    from: &Path,
    manifest: &Manifest,
    place: &dyn Place,
    terms: Terms<'_>,
    dry_run: bool,
) -> Result<Sent, Error> {
    let plan = plan(from, manifest, place, terms)?;
    let size = |path: &String| manifest.files.get(path).map_or(0, |entry| entry.size);
    let all: Vec<&str> = plan.first.iter().chain(&plan.last).map(String::as_str).collect();
    let sent = Sent {
        files: all.len(),
        bytes: plan.first.iter().chain(&plan.last).map(size).sum(),
        removed: plan.gone.len(),
        changes: plan.changes,
        in_place: None,
    };
    if dry_run || !sent.changes.any {
        return Ok(sent);
    }
    put_manifest(place, &plan.before.until(&plan.next))?;
    let (first, last) = all.split_at(plan.first.len());
    for some in [first, last] {
        if !some.is_empty() {
            place.put(from, some)?;
        }
    }
    let wrong = if all.is_empty() { Vec::new() } else { place.different(from, &all)? };
    if let Some(first) = wrong.first() {
        return Err(Error::Usage(format!(
            "{first} is at {} and is not what was sent{}; nothing was removed there; send again, \
             and if it stays so, something there changes files",
            place.name(),
            match wrong.len() {
                1 => String::new(),
                more => format!(", and so are {} others", more - 1),
            }
        )));
    }
    if !plan.gone.is_empty() {
        place.remove(&plan.gone.iter().map(String::as_str).collect::<Vec<_>>())?;
    }
    put_manifest(place, &plan.next)?;
    Ok(sent)
}

fn plan(
    from: &Path,
    manifest: &Manifest,
    place: &dyn Place,
    terms: Terms<'_>,
) -> Result<Plan, Error> {
    let mut listed = place.list()?;
    let before = match listed.remove(NAME) {
        None => Manifest::default(),
        Some(_) => {
            let text = place.read(NAME)?;
            match Manifest::parse(&String::from_utf8_lossy(&text)) {
                Ok(known) => known.unwrap_or_default(),
                Err(Newer) => {
                    return Err(Error::Usage(format!(
                        "what is at {} was sent by a later version of plainsite; use that one",
                        place.name()
                    )));
                }
            }
        }
    };
    let kept = kept(&listed, &before, manifest, place, terms.keep)?;
    // What pages ask for and nobody knows the hash of is looked at.
    let mut read: BTreeMap<String, Entry> = BTreeMap::new();
    for path in before.moving.iter().filter(|path| listed.contains_key(*path)) {
        if !manifest.files.contains_key(path) && crate::output::named_by_content(path).is_some() {
            read.insert(path.clone(), Entry::of(&place.read(path)?));
        }
    }
    let look = |path: &str| {
        let known = before.files.get(path).or_else(|| read.get(path));
        let known = known.or_else(|| before.earlier.get(path).map(|earlier| &earlier.entry));
        known
            .copied()
            .filter(|entry| listed.get(path).is_some_and(|there| there.size == entry.size))
    };
    let mut next = before.followed_by(manifest.files.clone(), terms.stay, terms.now, look);
    next.kept = kept;
    let mut sent = Vec::new();
    for (path, entry) in &manifest.files {
        let there = listed.get(path);
        let is_known = before.files.get(path) == Some(entry);
        if there.is_none_or(|there| there.size != entry.size)
            || !is_known && !has_bytes(there, &from.join(path))
        {
            sent.push(path.clone());
        }
    }
    let gone: Vec<String> = before
        .ours()
        .filter(|path| {
            listed.contains_key(*path)
                && !next.files.contains_key(*path)
                && !next.earlier.contains_key(*path)
        })
        .cloned()
        .collect();
    let was = |path: &str| before.files.contains_key(path) || before.moving.contains(path);
    let (changed, came): (Vec<&str>, Vec<&str>) =
        sent.iter().map(String::as_str).partition(|path| was(path) && listed.contains_key(*path));
    let went: Vec<&str> = gone.iter().map(String::as_str).filter(|path| was(path)).collect();
    let any = !sent.is_empty() || !gone.is_empty() || !is_settled(&before, &next);
    let changes = Changes::new(&came, &changed, &went, any);
    let (last, first) = sent.into_iter().partition(|path| is_read_first(path));
    Ok(Plan { before, next, first, last, gone, changes })
}

/// Whether the manifest there says what is to be said. That a file stays for one more build is
/// nothing new.
fn is_settled(before: &Manifest, next: &Manifest) -> bool {
    before.files == next.files
        && before.earlier.keys().eq(next.earlier.keys())
        && before.kept == next.kept
        && before.moving.is_empty()
}

/// What is there and is somebody else's; all of it must be named.
fn kept(
    listed: &BTreeMap<String, There>,
    before: &Manifest,
    manifest: &Manifest,
    place: &dyn Place,
    keep: &[String],
) -> Result<BTreeSet<String>, Error> {
    let ours: BTreeSet<&String> = before.ours().collect();
    let keep: Vec<&str> = keep.iter().map(|name| name.trim_end_matches('/')).collect();
    let named = |path: &str| {
        let is_in = |name: &&&str| {
            path.strip_prefix(**name).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        keep.iter().find(is_in).map(|name| (*name).to_owned())
    };
    let mut kept = BTreeSet::new();
    let mut others = Vec::new();
    for path in listed.keys().filter(|path| !ours.contains(path)) {
        match named(path) {
            Some(name) if manifest.files.contains_key(path) => {
                return Err(Error::Usage(format!(
                    "{path} at {} is to be kept ({name}), and the site has a file of that name; \
                     rename one of them, or keep it no more",
                    place.name()
                )));
            }
            Some(name) => _ = kept.insert(name),
            None => {
                let name = whole(path, &ours);
                if others.last() != Some(&name) {
                    others.push(name);
                }
            }
        }
    }
    if others.is_empty() {
        return Ok(kept);
    }
    Err(Error::Usage(would_lose(&place.name(), &others, &[])))
}

/// The name of what somebody put there: that of a whole folder when nothing of ours is in it.
fn whole(path: &str, ours: &BTreeSet<&String>) -> String {
    let is_theirs = |folder: &&str| {
        let start = format!("{folder}/");
        !ours.range(start.clone()..).next().is_some_and(|own| own.starts_with(&start))
    };
    let folders = path.match_indices('/').map(|(at, _)| &path[..at]);
    folders.into_iter().find(is_theirs).unwrap_or(path).to_owned()
}

/// Whether a file there has the bytes of the one here, as far as the place says what it has.
fn has_bytes(there: Option<&There>, here: &Path) -> bool {
    let Some(md5) = there.and_then(|there| there.md5) else { return false };
    fs::read(here).is_ok_and(|bytes| <[u8; 16]>::from(Md5::digest(&bytes)) == md5)
}

/// Puts a manifest there, by way of a folder that is gone afterwards.
fn put_manifest(place: &dyn Place, manifest: &Manifest) -> Result<(), Error> {
    let folder = Scratch::new()?;
    let path = folder.0.join(NAME);
    fs::write(&path, manifest.text()).map_err(|why| Error::Write(path, why))?;
    place.put(&folder.0, &[NAME])
}

/// An empty folder of this run.
pub(super) struct Scratch(pub(super) PathBuf);

impl Scratch {
    pub(super) fn new() -> Result<Self, Error> {
        let above = std::env::temp_dir();
        let mut number = 0;
        loop {
            let folder = above.join(format!("plainsite-{}-{number}", std::process::id()));
            match fs::create_dir(&folder) {
                Ok(()) => return Ok(Self(folder)),
                Err(why) if why.kind() == std::io::ErrorKind::AlreadyExists && number < 1000 => {
                    number += 1;
                }
                Err(why) => return Err(Error::Write(folder, why)),
            }
        }
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
