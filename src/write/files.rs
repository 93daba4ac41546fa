//! Files among those of somebody: starters, records, lists of what is known.

use std::{
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
};

use super::own_beside;
use crate::{diagnostic::Error, output::Files};

/// Adds `files` to `folder`, by path below it. Folders that are missing are made.
///
/// # Errors
///
/// [`Error::Usage`] when one of the files is there already, and
/// [`Error::Write`] when one cannot be written. Then none of them was added.
pub fn add(files: &Files, folder: &Path) -> Result<(), Error> {
    for (done, (path, bytes)) in files.iter().enumerate() {
        let path = folder.join(path);
        if let Err(why) = create(&path, bytes.as_slice()) {
            // They were not there before, so nothing of anybody's is lost.
            files.keys().take(done).for_each(|path| _ = fs::remove_file(folder.join(path)));
            if why.kind() == io::ErrorKind::AlreadyExists && path.is_file() {
                let message = format!("{} is there already, and was left as it is", path.display());
                return Err(Error::Usage(message));
            }
            return Err(Error::Write(path, why));
        }
    }
    Ok(())
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

fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = fs::File::create_new(path)?;
    io::Write::write_all(&mut file, bytes).inspect_err(|_| _ = fs::remove_file(path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::Bytes;

    fn files(list: &[(&str, &str)]) -> Files {
        list.iter()
            .map(|(path, text)| ((*path).to_owned(), Bytes::from((*text).to_owned())))
            .collect()
    }

    #[test]
    fn nothing_is_written_over() {
        let root = tempfile::tempdir().expect("a folder");
        fs::write(root.path().join("b"), "mine").expect("a file");
        let refused = add(&files(&[("a", "A"), ("b", "B"), ("c", "C")]), root.path());
        assert!(matches!(refused, Err(Error::Usage(_))));
        assert_eq!(fs::read_to_string(root.path().join("b")).expect("a file"), "mine");
        assert!(!root.path().join("a").exists() && !root.path().join("c").exists());
        add(&files(&[("d/e", "E")]), root.path()).expect("added");
        assert!(root.path().join("d/e").exists());
    }

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
