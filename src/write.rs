//! Writing to disk: nothing is there by half.
//!
//! Each way to write is a file of its own:
//!
//! - `site` publishes a site in the place of the one before it: as a whole (`exchange`), or
//!   where that cannot be file by file (`in_place`), and nothing that is somebody else's is
//!   lost (`before`);
//! - `fresh` makes a folder that was not there;
//! - `edit` writes a file that somebody works on, where nobody else did meanwhile;
//! - `add` puts new files among those of somebody, and `change` puts them in the place of
//!   others;
//! - `search` puts a search into a folder of somebody's pages.
//!
//! They share the lock that keeps two runs apart (`lock`), names that no other run has
//! (`beside`), and what is here. Nothing else writes to disk.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::Path,
};

pub use self::{
    add::add,
    before::would_lose,
    change::{change, may_change, take_away},
    edit::{Edited, edit},
    fresh::Folder,
    in_place::is_read_first,
    search::refresh,
    site::{Changes, Published, Terms, Way, compare, publish, published},
};
use crate::{
    diagnostic::Error,
    manifest::{FOR_PEOPLE, NAME},
};

mod add;
mod before;
mod beside;
mod change;
mod compress;
mod edit;
mod exchange;
mod fresh;
mod in_place;
mod lock;
mod search;
mod site;

/// In a folder of ours: says that it may be replaced.
const MARK: &str = NAME;

/// What it says where nothing more is known.
const MARK_TEXT: &str = FOR_PEOPLE;

/// The files that are about to be published, by path.
type All<'a> = BTreeMap<&'a str, &'a [u8]>;

/// For messages: what could not be written, from why.
fn failed(path: &Path) -> impl Fn(io::Error) -> Error + use<> {
    let path = path.to_owned();
    move |why| Error::Write(path.clone(), why)
}

/// Whether a file has these bytes.
fn is_same(path: &Path, bytes: &[u8]) -> bool {
    let same_size = fs::symlink_metadata(path)
        .is_ok_and(|data| data.is_file() && data.len() == bytes.len() as u64);
    same_size && fs::read(path).is_ok_and(|before| before == bytes)
}

/// Makes the folders that `paths` below `root` are in.
fn make_folders<'a>(paths: impl Iterator<Item = &'a str>, root: &Path) -> Result<(), Error> {
    let folders: BTreeSet<&Path> = paths.filter_map(|path| Path::new(path).parent()).collect();
    folders.into_iter().try_for_each(|folder| {
        let folder = root.join(folder);
        fs::create_dir_all(&folder).map_err(failed(&folder))
    })
}

/// For tests: files, by path.
#[cfg(test)]
fn files(list: &[(&str, &str)]) -> crate::output::Files {
    list.iter()
        .map(|(path, text)| ((*path).to_owned(), crate::output::Bytes::from((*text).to_owned())))
        .collect()
}
