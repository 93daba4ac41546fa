//! What is made beside its place before it takes it: names that no other run has, and what
//! runs that were killed left under them.

use std::{
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
};

use super::{MARK, lock::Lock};

/// Makes a folder beside `target` whose name no other run has, `public.412.new`, and keeps
/// others out of it.
pub(super) fn new_beside(target: &Path) -> io::Result<(PathBuf, Lock)> {
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
pub(super) fn own_beside(target: &Path) -> PathBuf {
    beside(target, &format!(".{}.new", std::process::id()))
}

/// Removes what runs that were killed left beside `target`. Only for who holds the [`Lock`]
/// on the folder above, under which runs make and lock their own.
pub(super) fn sweep_beside(target: &Path) {
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
pub(super) fn above(target: &Path) -> &Path {
    match target.parent() {
        Some(above) if !above.as_os_str().is_empty() => above,
        _ => Path::new("."),
    }
}

pub(super) fn beside(target: &Path, end: &str) -> PathBuf {
    let mut name = target.file_name().map_or_else(|| OsString::from("public"), OsString::from);
    name.push(end);
    target.with_file_name(name)
}

/// Removes a folder of ours. Its mark goes last, so that a run which is killed meanwhile
/// leaves nothing that looks like somebody else's.
pub(super) fn remove(folder: &Path) -> io::Result<()> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_runs_have_one_name() {
        let root = tempfile::tempdir().expect("a folder");
        let target = root.path().join("public");
        let first = new_beside(&target).expect("made");
        assert_ne!(first.0, new_beside(&target).expect("made").0);
    }
}
