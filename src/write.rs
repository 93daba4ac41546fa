//! Writing to disk: nothing is there by half.
//!
//! Each way to write is a file of its own: a site that takes the place of the one before
//! it, a folder that was not there, files among those of somebody, and a search in a folder
//! of somebody's pages. What they share is here: the mark that says what may be replaced,
//! the lock that keeps two runs apart, and names that no other run has. Nothing else writes
//! to disk.

use std::{
    ffi::OsString,
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

pub use self::{
    files::{add, change},
    fresh::Folder,
    search::refresh,
    site::{Published, Way, publish},
};
use crate::{diagnostic::Error, load::PUBLISHED};

mod files;
mod fresh;
mod search;
mod site;

/// In a folder of ours: says that it may be replaced.
const MARK: &str = PUBLISHED;

const MARK_TEXT: &str =
    "This folder is made by plainsite. It is replaced whole each time: change nothing here.\n";

/// For messages: what could not be written, from why.
fn failed(path: &Path) -> impl Fn(io::Error) -> Error + use<> {
    let path = path.to_owned();
    move |why| Error::Write(path.clone(), why)
}

/// How long a run waits for another that writes to the same place. A site of 10,000 pages
/// takes some seconds on a slow disk.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// Keeps other runs out of a folder until it is dropped. An advisory lock (`flock`) on the
/// folder itself, so that no file has to be made for it and none is left.
#[derive(Debug)]
struct Lock {
    /// None where folders cannot be locked, as on some network disks. Then only the names
    /// of [`new_beside`] keep runs apart.
    held: Option<File>,
}

/// Another run is in the folder.
#[derive(Debug)]
struct Taken;

impl Lock {
    /// Waits until no other run is in `folder`, which must be there.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`] when the other run takes longer than [`LONGEST_WAIT`].
    fn wait(folder: &Path) -> Result<Self, Error> {
        Self::wait_for(folder, LONGEST_WAIT)
    }

    fn wait_for(folder: &Path, longest: Duration) -> Result<Self, Error> {
        let start = Instant::now();
        loop {
            match Self::try_now(folder) {
                Ok(lock) => return Ok(lock),
                Err(Taken) if start.elapsed() < longest => {
                    std::thread::sleep(Duration::from_millis(20));
                }
                Err(Taken) => {
                    return Err(Error::Usage(format!(
                        "another run of plainsite is writing in {}; wait until it has ended, \
                         then start this one again",
                        folder.display()
                    )));
                }
            }
        }
    }

    fn try_now(folder: &Path) -> Result<Self, Taken> {
        let Ok(file) = File::open(folder) else { return Ok(Self { held: None }) };
        match file.try_lock() {
            Ok(()) => Ok(Self { held: Some(file) }),
            Err(TryLockError::Error(_)) => Ok(Self { held: None }),
            Err(TryLockError::WouldBlock) => Err(Taken),
        }
    }
}

/// Makes a folder beside `target` whose name no other run has, `public.412.new`, and keeps
/// others out of it.
fn new_beside(target: &Path) -> io::Result<(PathBuf, Lock)> {
    let process = std::process::id();
    let mut number = 0;
    loop {
        let new = match number {
            0 => beside(target, &format!(".{process}.new")),
            _ => beside(target, &format!(".{process}-{number}.new")),
        };
        match fs::create_dir(&new) {
            Err(why) if why.kind() == io::ErrorKind::AlreadyExists && number < 1000 => number += 1,
            made => {
                made?;
                let held = Lock::try_now(&new).map_err(|_| io::ErrorKind::ResourceBusy)?;
                return Ok((new, held));
            }
        }
    }
}

/// A name for a file of this run that is about to take the place of `target`.
fn own_beside(target: &Path) -> PathBuf {
    beside(target, &format!(".{}.new", std::process::id()))
}

/// Removes what runs that were killed left beside `target`. Only for who holds the [`Lock`]
/// on the folder above, under which runs make and lock their own.
fn sweep_beside(target: &Path) {
    let name = beside(target, ".").file_name().map(OsString::from).unwrap_or_default();
    let name = name.to_string_lossy();
    for entry in fs::read_dir(above(target)).into_iter().flatten().flatten() {
        let own = entry.file_name();
        let own = own.to_string_lossy();
        let rest = own.strip_prefix(&*name);
        let is_left = rest.is_some_and(|rest| {
            rest == "new" || rest == "old" || rest.ends_with(".new") || rest.ends_with(".old")
        });
        // Its run is still at work, or may be where nothing can be locked.
        let is_dead = || matches!(Lock::try_now(&entry.path()), Ok(Lock { held: Some(_) }));
        if !is_left || !is_dead() {
            continue;
        }
        // That it cannot be removed harms nobody: the next run tries again.
        if entry.path().join(MARK).is_file() {
            let _ = remove(&entry.path());
        } else {
            // A run that was killed before it could mark it. Only an empty one goes.
            let _ = fs::remove_dir(entry.path());
        }
    }
}

/// The folder that something is in: for `public` the one where this runs.
fn above(target: &Path) -> &Path {
    match target.parent() {
        Some(above) if !above.as_os_str().is_empty() => above,
        _ => Path::new("."),
    }
}

fn beside(target: &Path, end: &str) -> PathBuf {
    let mut name = target.file_name().map_or_else(|| OsString::from("public"), OsString::from);
    name.push(end);
    target.with_file_name(name)
}

/// Removes a folder of ours. Its mark goes last, so that a run which is killed meanwhile
/// leaves nothing that looks like somebody else's.
fn remove(folder: &Path) -> io::Result<()> {
    let inside = match fs::read_dir(folder) {
        Err(why) if why.kind() == io::ErrorKind::NotFound => return Ok(()),
        inside => inside?,
    };
    for entry in inside {
        let entry = entry?;
        match entry.file_type()? {
            kind if kind.is_dir() => fs::remove_dir_all(entry.path())?,
            _ if entry.file_name() == MARK => {}
            _ => fs::remove_file(entry.path())?,
        }
    }
    fs::remove_dir_all(folder)
}

/// Whether a file has these bytes.
fn is_same(path: &Path, bytes: &[u8]) -> bool {
    let same_size = fs::symlink_metadata(path)
        .is_ok_and(|data| data.is_file() && data.len() == bytes.len() as u64);
    same_size && fs::read(path).is_ok_and(|before| before == bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_run_waits_and_then_says_why_it_cannot_go_on() {
        let root = tempfile::tempdir().expect("a folder");
        let first = Lock::wait(root.path()).expect("nobody is there");
        let short = Duration::from_millis(50);
        let second = Lock::wait_for(root.path(), short);
        assert!(matches!(second, Err(Error::Usage(why)) if why.contains("another run")));
        drop(first);
        Lock::wait_for(root.path(), short).expect("nobody is there any more");
    }

    #[test]
    fn no_two_runs_have_one_name() {
        let root = tempfile::tempdir().expect("a folder");
        let target = root.path().join("public");
        let first = new_beside(&target).expect("made");
        assert_ne!(first.0, new_beside(&target).expect("made").0);
    }
}
