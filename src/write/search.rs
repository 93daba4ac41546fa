//! A search in a folder of somebody's pages.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use super::{MARK, MARK_TEXT, beside::own_beside, failed, lock::Lock};
use crate::{diagnostic::Error, index, output::Files};

/// What is in a page to search with that we made, and in no other.
const OWN_PAGE: &str = "content=\"plainsite index\"";

/// Puts a search into a folder of somebody's pages, at `inside` below it, next to
/// what else is there. Readers never meet half of it: what the index names is
/// there before `index.json` names it, and the parts of an older index go last.
/// Somebody's own page to search with stays.
///
/// # Errors
///
/// [`Error::Usage`] when a file of somebody's is in the way, and [`Error::Write`]
/// when one cannot be written. What was there works still.
pub fn refresh(files: &Files, folder: &Path, inside: &str) -> Result<u64, Error> {
    let place = folder.join(inside);
    let mark = place.join(MARK);
    let is_ours = mark.is_file() || folder.join(MARK).is_file();
    let in_the_way = files
        .keys()
        .map(|path| folder.join(path))
        .find(|path| !is_ours && !path.ends_with("index.html") && !is_part(path) && path.exists());
    if let Some(path) = in_the_way {
        let message = format!(
            "{} was not made by plainsite, and was left as it is; move it away, then index again",
            path.display()
        );
        return Err(Error::Usage(message));
    }
    let parts = place.join(index::FOLDER);
    fs::create_dir_all(&parts).map_err(failed(&parts))?;
    let _alone = Lock::wait(&place)?;
    fs::write(&mark, MARK_TEXT).map_err(failed(&mark))?;
    let is_entry = |path: &str| path.ends_with("/index.json") || path.ends_with("/index.js");
    for last in [false, true] {
        for (path, bytes) in files.iter().filter(|(path, _)| is_entry(path) == last) {
            let path = folder.join(path);
            let is_same = |data: fs::Metadata| data.len() == bytes.as_slice().len() as u64;
            let is_theirs = path.ends_with("index.html")
                && fs::read(&path)
                    .is_ok_and(|page| !String::from_utf8_lossy(&page).contains(OWN_PAGE));
            // What is in a part is in its name.
            if is_theirs || is_part(&path) && path.metadata().is_ok_and(is_same) {
                continue;
            }
            let new = own_beside(&path);
            let put = fs::write(&new, bytes.as_slice()).and_then(|()| fs::rename(&new, &path));
            put.inspect_err(|_| _ = fs::remove_file(&new)).map_err(failed(&path))?;
        }
    }
    let kept: BTreeSet<PathBuf> = files.keys().map(|path| folder.join(path)).collect();
    // Parts of an index were in its own folder before they had one.
    let entries = [&place, &parts].map(|folder| fs::read_dir(folder).map_err(failed(folder)));
    for entry in entries.into_iter().collect::<Result<Vec<_>, _>>()?.into_iter().flatten().flatten()
    {
        let path = entry.path();
        let is_old =
            is_part(&path) || ["index.json", "index.js"].iter().any(|name| path.ends_with(name));
        if is_old && !kept.contains(&path) {
            // That it cannot be removed harms nobody: nothing names it.
            let _ = fs::remove_file(path);
        }
    }
    Ok(files.values().map(|bytes| bytes.as_slice().len() as u64).sum())
}

fn is_part(path: &Path) -> bool {
    path.file_name().is_some_and(|name| index::is_part(&name.to_string_lossy()))
}
