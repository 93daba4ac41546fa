//! A file that somebody works on: it is written only where it still is what they began from.

use std::{
    fs,
    io::{self, Write as _},
    path::Path,
};

use super::{beside::own_beside, lock::Lock};
use crate::diagnostic::Error;

/// What came of writing a file.
#[derive(Debug, PartialEq, Eq)]
pub enum Edited {
    /// It is written.
    Done,
    /// Something else is there now, or nothing; it is left as it is.
    Other(Option<Vec<u8>>),
}

/// Puts `new` in the place of the file at `path`, where that still has the bytes `before`, or is
/// not there where these are none. Folders that are missing are made.
///
/// It is written beside its place, and changes places in one step. Two runs that write at once
/// come one after the other, so that the second sees what the first wrote.
///
/// # Errors
///
/// [`Error::Write`] with why not; the file is then as it was.
pub fn edit(path: &Path, before: Option<&[u8]>, new: &[u8]) -> Result<Edited, Error> {
    let failed = |why: io::Error| Error::Write(path.to_owned(), why);
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(failed)?;
    let _only_this_run = Lock::wait(folder)?;
    let now = match fs::read(path) {
        Ok(now) => Some(now),
        Err(why) if why.kind() == io::ErrorKind::NotFound => None,
        Err(why) => return Err(Error::Read(path.to_owned(), why)),
    };
    if now.as_deref() != before {
        return Ok(Edited::Other(now));
    }
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    let beside = own_beside(&path.with_file_name(name));
    let write = || {
        let mut file = fs::File::create(&beside)?;
        file.write_all(new)?;
        // Whoever is told that it is saved may pull the plug.
        file.sync_all()?;
        if let Ok(data) = fs::metadata(path) {
            _ = fs::set_permissions(&beside, data.permissions());
        }
        fs::rename(&beside, path)
    };
    let written = write();
    if written.is_err() {
        _ = fs::remove_file(&beside);
    }
    written.map(|()| Edited::Done).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_else_wrote_stays() {
        let root = tempfile::tempdir().expect("a folder");
        let path = root.path().join("a/records.md");
        assert_eq!(edit(&path, None, b"one").expect("it can be written"), Edited::Done);
        assert_eq!(edit(&path, Some(b"one"), b"two").expect("it can be written"), Edited::Done);
        let other = Edited::Other(Some(b"two".to_vec()));
        assert_eq!(edit(&path, Some(b"one"), b"three").expect("no fault"), other);
        assert_eq!(edit(&path, None, b"three").expect("no fault"), other);
        assert_eq!(fs::read(&path).expect("it is there"), b"two");
        fs::remove_file(&path).expect("it is there");
        assert_eq!(edit(&path, Some(b"two"), b"four").expect("no fault"), Edited::Other(None));
        assert_eq!(fs::read_dir(root.path().join("a")).expect("a folder").count(), 0);
    }
}
