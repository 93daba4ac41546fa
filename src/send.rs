//! Sending a published folder somewhere: to another folder, over rsync, to S3 and what speaks
//! like it.
//!
//! What is sent is a folder that a build made and that is as the build left it (`verify`). Where
//! it goes there is a manifest too, after the first time; so only what differs is sent. The
//! order is one that no reader notices: what pages ask for, then the pages, and last what is
//! gone is removed. Files that pages of an earlier day ask for stay there as long as they stay
//! in a published folder. What somebody else put there is refused or left, as in a build.
//!
//! A run that breaks off leaves a manifest that says what was on its way; the next run sends
//! the rest. In the end what was sent is read back.
//!
//! - `place` is what any place must be able to do, and `rsync` and `s3` are two of them;
//! - `there` does the work on them, in order;
//! - a folder takes the whole at once, as in a build ([`write::publish`]);
//! - `http` asks for pages, and `verify` compares them, or a folder, with a manifest.

mod http;
mod place;
mod rsync;
mod s3;
mod there;
pub mod verify;

use std::{fs, io, path::Path, path::PathBuf};

use crate::{
    diagnostic::Error,
    manifest::{Manifest, NAME},
    output::{Bytes, Files},
    write::{self, Changes, Terms, Way},
};

/// Where to send it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// A folder of this machine.
    Folder(PathBuf),
    /// Another machine, as rsync names it: `user@host:path`, `rsync://host/path`.
    Rsync(String),
    /// A bucket of S3, and what all names in it begin with: empty, or with `/` at the end.
    S3(String, String),
}

/// What was sent, or would be.
#[derive(Debug, Default)]
pub struct Sent {
    /// How many files, and how many bytes.
    pub files: usize,
    /// The size of them.
    pub bytes: u64,
    /// How many files were removed.
    pub removed: usize,
    /// What is different for readers.
    pub changes: Changes,
    /// Why the folder could not be replaced as a whole.
    pub in_place: Option<String>,
}

impl Destination {
    /// Reads one as people write it.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`] with what to write.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let wrong = |what: &str| Err(Error::Usage(format!("--to {text} {what}")));
        if let Some(rest) = text.strip_prefix("s3://") {
            let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
            let prefix = prefix.trim_matches('/');
            if bucket.is_empty() || prefix.split('/').any(|part| matches!(part, "." | "..")) {
                return wrong("names no bucket; write s3://bucket or s3://bucket/folder");
            }
            let end = if prefix.is_empty() { "" } else { "/" };
            return Ok(Self::S3(bucket.to_owned(), format!("{prefix}{end}")));
        }
        if text.starts_with("rsync://") {
            return Ok(Self::Rsync(text.to_owned()));
        }
        if let Some((scheme, _)) = text.split_once("://") {
            return wrong(&format!(
                "begins with {scheme}://, which is not known; write a folder, user@host:path, \
                 rsync://host/path or s3://bucket/folder"
            ));
        }
        let before = text.split('/').next().unwrap_or_default();
        // One letter before a colon is a disk of Windows.
        match before.split_once(':') {
            Some((host, _)) if host.len() > 1 && !host.starts_with('-') => {
                Ok(Self::Rsync(text.to_owned()))
            }
            _ if text.is_empty() => {
                wrong("is empty; write a folder, user@host:path or s3://bucket")
            }
            _ => Ok(Self::Folder(PathBuf::from(text))),
        }
    }
}

/// Sends the site in `from`, or says what would be sent.
///
/// # Errors
///
/// [`Error::Usage`] when `from` is not as a build made it, when there are files of somebody
/// else where it would go, or it cannot be reached. What could be sent is there then, readers
/// find the old site or the new one page by page, and the next run goes on.
pub fn send(from: &Path, to: &Destination, terms: Terms<'_>, dry_run: bool) -> Result<Sent, Error> {
    let manifest = verify::as_made(from)?;
    match to {
        Destination::Folder(folder) => to_folder(from, &manifest, folder, terms, dry_run),
        Destination::Rsync(place) => {
            there::send(from, &manifest, &rsync::Rsync::new(place)?, terms, dry_run)
        }
        Destination::S3(bucket, prefix) => {
            there::send(from, &manifest, &s3::S3::new(bucket, prefix)?, terms, dry_run)
        }
    }
}

fn to_folder(
    from: &Path,
    manifest: &Manifest,
    folder: &Path,
    terms: Terms<'_>,
    dry_run: bool,
) -> Result<Sent, Error> {
    let read = |path: &String| {
        let place = from.join(path);
        let bytes = fs::read(&place).map_err(|why| Error::Read(place, why))?;
        Ok((path.clone(), Bytes::Own(bytes)))
    };
    let files: Files = manifest.files.keys().map(read).collect::<Result<_, Error>>()?;
    // The compressed forms are among the files already.
    let terms = Terms { compress: &[], ..terms };
    let before = write::published(folder)?;
    let (changes, in_place) = if dry_run {
        (write::compare(&files, folder, terms)?, None)
    } else {
        let done = write::publish(&files, folder, terms)?;
        let why = match done.way {
            Way::Exchanged => None,
            Way::InPlace(why) => Some(why),
        };
        (done.changes, why)
    };
    let is_new = |path: &&String| before.files.get(*path) != manifest.files.get(*path);
    let sent: Vec<&String> = manifest.files.keys().filter(is_new).collect();
    let removed = if dry_run {
        before.files.keys().filter(|path| !manifest.files.contains_key(*path)).count()
    } else {
        let after = verify::as_made(folder)?;
        before.ours().filter(|path| !after.ours().any(|own| own == *path)).count()
    };
    let bytes = sent.iter().filter_map(|path| Some(manifest.files.get(*path)?.size)).sum();
    Ok(Sent { files: sent.len(), bytes, removed, changes, in_place })
}

/// The manifest of a folder.
fn manifest_of(folder: &Path) -> Result<Manifest, Error> {
    let path = folder.join(NAME);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(why) if why.kind() == io::ErrorKind::NotFound => {
            return Err(Error::Usage(format!(
                "{} holds no site that plainsite made: there is no {NAME} in it; run plainsite \
                 build first, or name the folder that it built",
                folder.display()
            )));
        }
        Err(why) => return Err(Error::Read(path, why)),
    };
    match Manifest::parse(&text) {
        Ok(Some(manifest)) if !manifest.files.is_empty() => Ok(manifest),
        Ok(_) => Err(Error::Usage(format!(
            "{} says nothing of the files beside it: it was made by an earlier version of \
             plainsite, or is damaged; run plainsite build again",
            path.display()
        ))),
        Err(crate::manifest::Newer) => Err(Error::Usage(format!(
            "{} was written by a later version of plainsite; use that one",
            path.display()
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_destination_is_read_as_people_write_it() {
        let read = |text| Destination::parse(text).expect("it is one");
        for folder in ["public", "/srv/www", "./a:b", "C:\\www", "C:/www"] {
            assert_eq!(read(folder), Destination::Folder(folder.into()), "{folder}");
        }
        for place in ["me@host:www", "host:/srv/www", "rsync://host/site"] {
            assert_eq!(read(place), Destination::Rsync(place.into()), "{place}");
        }
        assert_eq!(read("s3://b"), Destination::S3("b".into(), String::new()));
        assert_eq!(read("s3://b/"), Destination::S3("b".into(), String::new()));
        assert_eq!(read("s3://b/a/c/"), Destination::S3("b".into(), "a/c/".into()));
        for wrong in ["", "s3://", "s3:///a", "s3://b/../c", "ftp://host/www", "https://host/"] {
            assert!(matches!(Destination::parse(wrong), Err(Error::Usage(_))), "{wrong}");
        }
    }
}
