//! Files in the place of somebody's, together: records, lists of what is known.

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

use super::beside::own_beside;
use crate::{diagnostic::Error, output::Files};

/// Finds out whether a file can be put in the place of `path`, before much depends on it.
///
/// # Errors
///
/// [`Error::Write`] with why not.
pub fn may_change(path: &Path) -> Result<(), Error> {
    if path.is_dir() {
        let why = std::io::Error::other("a folder has that name");
        return Err(Error::Write(path.to_owned(), why));
    }
    let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    let beside = own_beside(&path.with_file_name(name));
    let tried = folder.and_then(|()| fs::File::create(&beside)).map(|_| ());
    let _ = fs::remove_file(&beside);
    tried.map_err(|why| Error::Write(path.to_owned(), why))
}

/// Writes `files` into `folder`, by path below it, in the place of those that are there.
/// Folders that are missing are made.
///
/// Everything is written beside its place first. Then each file changes places in one
/// step: a run that is killed leaves it as it was, or whole.
///
/// # Errors
///
/// [`Error::Write`] with the path at fault. When the disk was full, nothing has changed.
pub fn change(files: &Files, folder: &Path) -> Result<(), Error> {
    let mut new: Vec<(PathBuf, PathBuf)> = Vec::with_capacity(files.len());
    let written = files.iter().try_for_each(|(path, bytes)| {
        let path = folder.join(path);
        let mut name = OsString::from(".");
        name.push(path.file_name().unwrap_or_default());
        let beside = own_beside(&path.with_file_name(name));
        let put = path.parent().map_or(Ok(()), fs::create_dir_all);
        let put = put.and_then(|()| fs::write(&beside, bytes.as_slice()));
        new.push((beside, path.clone()));
        put.map_err(|why| Error::Write(path, why))
    });
    let moved = written.and_then(|()| {
        new.iter().try_for_each(|(new, path)| {
            fs::rename(new, path).map_err(|why| Error::Write(path.clone(), why))
        })
    });
    if moved.is_err() {
        new.iter().for_each(|(new, _)| _ = fs::remove_file(new));
    }
    moved
}

/// Removes files of somebody's that have another place now, and the folders that are empty
/// without them. `paths` are below `folder`.
///
/// # Errors
///
/// [`Error::Write`] with the first that cannot be removed.
pub fn take_away<'a>(paths: impl Iterator<Item = &'a str>, folder: &Path) -> Result<(), Error> {
    for path in paths {
        let file = folder.join(path);
        fs::remove_file(&file).map_err(|why| Error::Write(file.clone(), why))?;
        let above = Path::new(path).ancestors().skip(1);
        // A folder with anything in it stays.
        let inside = above.take_while(|above| above.components().count() > 1);
        for above in inside {
            if fs::remove_dir(folder.join(above)).is_err() {
                break;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{super::files, *};

    #[test]
    fn files_change_all_together() {
        let root = tempfile::tempdir().expect("a folder");
        fs::write(root.path().join("a"), "old").expect("a file");
        change(&files(&[("a", "A"), ("b/c", "C")]), root.path()).expect("written");
        assert_eq!(fs::read_to_string(root.path().join("a")).expect("a file"), "A");
        assert!(root.path().join("b/c").exists());
        // A file and a folder cannot have the same name.
        assert!(change(&files(&[("a", "new"), ("b/c/d", "D")]), root.path()).is_err());
        assert_eq!(fs::read_to_string(root.path().join("a")).expect("a file"), "A");
        assert_eq!(fs::read_dir(root.path()).expect("a folder").count(), 2, "nothing is left");
    }
}
