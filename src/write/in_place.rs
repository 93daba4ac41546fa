//! A site whose files change one by one, in a folder that cannot be moved, in an order that
//! readers do not notice: first what pages need, then the pages, and last what is gone.

use std::{fs, path::Path};

use rayon::prelude::*;

use super::{
    All, MARK, MARK_TEXT,
    before::Before,
    beside::{new_beside, remove},
    failed, is_same, make_folders,
};
use crate::{diagnostic::Error, manifest::Manifest};

/// Writes a site into a folder that cannot be moved.
pub(super) fn in_place(
    files: &All<'_>,
    manifest: &Manifest,
    target: &Path,
    before: &Before,
) -> Result<(), Error> {
    let changed: All<'_> = files
        .par_iter()
        .filter(|(path, bytes)| !is_same(&target.join(path), bytes))
        .map(|(path, bytes)| (*path, *bytes))
        .collect();
    let (new, _at_work) = new_beside(&target.join(MARK)).map_err(failed(target))?;
    let done = move_in(&changed, manifest, target, &new, before);
    let _ = remove(&new);
    done
}

fn move_in(
    changed: &All<'_>,
    manifest: &Manifest,
    target: &Path,
    new: &Path,
    before: &Before,
) -> Result<(), Error> {
    let own = new.join(MARK);
    fs::write(&own, MARK_TEXT).map_err(failed(&own))?;
    let replace = |manifest: &Manifest| {
        let written = new.join(".mark");
        fs::write(&written, manifest.text()).map_err(failed(&written))?;
        fs::rename(&written, target.join(MARK)).map_err(failed(target))
    };
    make_folders(changed.keys().copied(), new)?;
    changed.par_iter().try_for_each(|(path, bytes)| {
        let path = new.join(path);
        fs::write(&path, bytes).map_err(failed(&path))
    })?;
    // From here on it is only moving. The manifest says what is ours, old and new, so that the
    // next run can finish what a killed one began.
    replace(&before.manifest.until(manifest))?;
    let stays =
        |path: &String| manifest.files.contains_key(path) || manifest.earlier.contains_key(path);
    let gone: Vec<&String> = before.ours.iter().filter(|path| !stays(path)).collect();
    for last in [false, true] {
        for path in changed.keys().filter(|path| is_read_first(path) == last) {
            let place = target.join(path);
            make_way(&place, target, &gone)?;
            fs::rename(new.join(path), &place).map_err(failed(&place))?;
        }
    }
    for path in gone {
        let path = target.join(path);
        // It may have been in the way of a folder, or be gone for other reasons.
        let _ = fs::remove_file(&path);
        empty_up(path.parent(), target);
    }
    replace(manifest)
}

/// Whether a reader's program begins with this file, and then asks for others.
pub fn is_read_first(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.ends_with(".html")
        || matches!(name, "index.json" | "index.js" | "feed.xml" | "robots.txt")
        || name.starts_with("sitemap") && name.ends_with(".xml")
}

/// Makes the folder for a file, and takes away what we had in its place: a file where now a
/// folder must be, or a folder where a file must be.
fn make_way(place: &Path, target: &Path, gone: &[&String]) -> Result<(), Error> {
    let above: Vec<&Path> =
        place.ancestors().skip(1).take_while(|above| *above != target).collect();
    for above in above.into_iter().rev() {
        let is_ours = || gone.iter().any(|path| target.join(path) == *above);
        if above.symlink_metadata().is_ok_and(|data| !data.is_dir()) && is_ours() {
            fs::remove_file(above).map_err(failed(above))?;
        }
    }
    if place.symlink_metadata().is_ok_and(|data| data.is_dir()) {
        for path in gone.iter().map(|path| target.join(path)).filter(|p| p.starts_with(place)) {
            fs::remove_file(&path).map_err(failed(&path))?;
            empty_up(path.parent(), target);
        }
    }
    let folder = place.parent().unwrap_or(target);
    fs::create_dir_all(folder).map_err(failed(folder))
}

/// Removes folders with nothing in them, from `folder` up to `target`, which stays.
fn empty_up(folder: Option<&Path>, target: &Path) {
    let above = folder.into_iter().flat_map(Path::ancestors);
    for folder in above.take_while(|folder| *folder != target && folder.starts_with(target)) {
        if fs::remove_dir(folder).is_err() {
            return;
        }
    }
}
