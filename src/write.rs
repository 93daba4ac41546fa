//! Publishing: everything at once, or nothing.
//!
//! The new site is made beside the old one, then the two change places. A run
//! that fails or is killed leaves the old site as it was. Starter files are
//! added beside what is there. The only file that names rustix;
//! nothing else writes to disk.

use std::{
    collections::{BTreeMap, BTreeSet},
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
};

use rayon::prelude::*;

use crate::{
    diagnostic::Error,
    output::{Bytes, Files},
};

/// In the folder of a published site: says that it may be replaced.
const MARK: &str = crate::load::PUBLISHED;

const MARK_TEXT: &str =
    "This folder is made by plainsite. It is replaced whole each time: change nothing here.\n";

/// Replaces the published site with `files`, all at once.
///
/// `files` maps a path below `target`, such as `letters/review/index.html`, to
/// the bytes of that file. A file that is in `target` now and not in `files`
/// is gone afterwards. Missing parent folders of `target` are made.
///
/// The new site is written beside `target` as `<target>.new`. A file that has
/// not changed is linked, not written again. Then the two folders are
/// exchanged in one step where the system can do that, and otherwise in two
/// renames, between which `target` is missing for a moment.
///
/// Returns the size of the new site in bytes.
///
/// # Errors
///
/// [`Error::Usage`] when `target` is a folder that plainsite did not make.
/// [`Error::Write`] with the path at fault, when the disk is full or `target`
/// may not be written to. `target` is then as it was before.
pub fn publish(files: &BTreeMap<String, Bytes>, target: &Path) -> Result<u64, Error> {
    // A link to the published folder stays one: what it leads to is replaced.
    let target = &target.canonicalize().unwrap_or_else(|_| target.to_owned());
    let new = beside(target, ".new");
    for folder in [target, &new, &beside(target, ".old")] {
        may_replace(folder)?;
    }
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |why| Error::Write(path, why)
    };
    remove(&new).map_err(failed(&new))?;
    let folders: BTreeSet<PathBuf> = files
        .keys()
        .filter_map(|path| Path::new(path).parent())
        .map(|folder| new.join(folder))
        .collect();
    fs::create_dir_all(&new).map_err(failed(&new))?;
    // The mark comes first, so that the next run knows what a killed one left.
    let mark = new.join(MARK);
    fs::write(&mark, MARK_TEXT).map_err(failed(&mark))?;
    for folder in &folders {
        fs::create_dir_all(folder).map_err(failed(folder))?;
    }
    let written = files.par_iter().try_for_each(|(path, bytes)| {
        let (old, path) = (target.join(path), new.join(path));
        put(&path, &old, bytes.as_slice()).map_err(failed(&path))
    });
    let swapped = written.and_then(|()| exchange(&new, target).map_err(failed(target)));
    // After the exchange the old site is in the place of the new one. That it
    // cannot be removed harms nobody: the next run tries again.
    let _ = remove(&new);
    swapped?;
    Ok(files.values().map(|bytes| bytes.as_slice().len() as u64).sum())
}

/// A folder that is written a file at a time and is there all at once, or not at
/// all. Dropped before [`Folder::finish`], it leaves nothing.
#[derive(Debug)]
pub struct Folder {
    new: PathBuf,
    target: PathBuf,
}

impl Folder {
    /// Begins a folder at `target`. Missing folders above it are made.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`] when there is something at `target`, and
    /// [`Error::Write`] when nothing can be written beside it.
    pub fn begin(target: &Path) -> Result<Self, Error> {
        // A link to an empty folder stays one: what it leads to is replaced.
        let target = &target.canonicalize().unwrap_or_else(|_| target.to_owned());
        let here = std::env::current_dir().is_ok_and(|here| here == *target);
        let is_free = !here
            && match fs::read_dir(target) {
                Ok(mut inside) => inside.next().is_none(),
                Err(why) => why.kind() == io::ErrorKind::NotFound,
            };
        if !is_free {
            let message = format!(
                "{} is there already and is not empty; name a new folder with --out",
                target.display()
            );
            return Err(Error::Usage(message));
        }
        let new = beside(target, ".new");
        may_replace(&new)?;
        remove(&new).map_err(|why| Error::Write(new.clone(), why))?;
        fs::create_dir_all(&new).map_err(|why| Error::Write(new.clone(), why))?;
        // Letters are about people: only who writes them may read them.
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let own = fs::Permissions::from_mode(0o700);
            fs::set_permissions(&new, own).map_err(|why| Error::Write(new.clone(), why))?;
        }
        let folder = Self { new, target: target.to_owned() };
        // So that the next run knows what a killed one left.
        folder.put(MARK, MARK_TEXT.as_bytes())?;
        Ok(folder)
    }

    /// Writes a file.
    ///
    /// # Errors
    ///
    /// [`Error::Write`] with its path.
    pub fn put(&self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        let path = self.new.join(name);
        fs::write(&path, bytes).map_err(|why| Error::Write(path, why))
    }

    /// Puts the folder in its place.
    ///
    /// # Errors
    ///
    /// [`Error::Write`] when that cannot be done. Then there is no folder.
    pub fn finish(self) -> Result<(), Error> {
        let _ = fs::remove_file(self.new.join(MARK));
        // An empty folder may be in the way on some systems.
        let _ = fs::remove_dir(&self.target);
        fs::rename(&self.new, &self.target).map_err(|why| Error::Write(self.target.clone(), why))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = remove(&self.new);
    }
}

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
        let beside = beside(&path.with_file_name(name), ".new");
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
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |why| Error::Write(path, why)
    };
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
    fs::create_dir_all(&place).map_err(failed(&place))?;
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
            let new = beside(&path, ".new");
            let put = fs::write(&new, bytes.as_slice()).and_then(|()| fs::rename(&new, &path));
            put.inspect_err(|_| _ = fs::remove_file(&new)).map_err(failed(&path))?;
        }
    }
    let kept: BTreeSet<PathBuf> = files.keys().map(|path| folder.join(path)).collect();
    for entry in fs::read_dir(&place).map_err(failed(&place))?.flatten() {
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
    path.file_name().is_some_and(|name| is_index_part(&name.to_string_lossy()))
}

/// Whether a file is a part of a search index: `words-3.0123456789abcdef.json`.
fn is_index_part(name: &str) -> bool {
    let mut parts = name.split('.');
    let (kind, hash, end) = (parts.next(), parts.next(), parts.next());
    let kind = kind.and_then(|kind| kind.split('-').next()).unwrap_or_default();
    ["english", "labels", "pages", "places", "spelling", "words"].contains(&kind)
        && hash.is_some_and(|hash| hash.len() == 16 && hash.bytes().all(|b| b.is_ascii_hexdigit()))
        && matches!(end, Some("json" | "js"))
        && parts.next().is_none()
}

fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = fs::File::create_new(path)?;
    io::Write::write_all(&mut file, bytes).inspect_err(|_| _ = fs::remove_file(path))
}

/// Refuses a folder that holds somebody's files.
fn may_replace(target: &Path) -> Result<(), Error> {
    let mut inside = match fs::read_dir(target) {
        Ok(inside) => inside,
        Err(why) if why.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(why) => return Err(Error::Write(target.to_owned(), why)),
    };
    if inside.next().is_none() || target.join(MARK).is_file() {
        return Ok(());
    }
    Err(Error::Usage(format!(
        "the folder {} holds files that plainsite did not make; give an empty one with --out, or empty it",
        target.display()
    )))
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

/// Makes the file at `path`: a link to `old` when that has the same bytes.
fn put(path: &Path, old: &Path, bytes: &[u8]) -> io::Result<()> {
    let same_size = fs::symlink_metadata(old)
        .is_ok_and(|data| data.is_file() && data.len() == bytes.len() as u64);
    if same_size
        && fs::read(old).is_ok_and(|before| before == bytes)
        && fs::hard_link(old, path).is_ok()
    {
        return Ok(());
    }
    fs::write(path, bytes)
}

/// Makes two folders change places, or the first take the place of nothing.
fn exchange(new: &Path, target: &Path) -> io::Result<()> {
    if !target.exists() {
        return fs::rename(new, target);
    }
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        if renameat_with(CWD, new, CWD, target, RenameFlags::EXCHANGE).is_ok() {
            return Ok(());
        }
    }
    let old = beside(target, ".old");
    remove(&old)?;
    fs::rename(target, &old)?;
    if let Err(why) = fs::rename(new, target) {
        fs::rename(&old, target)?;
        return Err(why);
    }
    let _ = remove(&old);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(list: &[(&str, &str)]) -> BTreeMap<String, Bytes> {
        list.iter()
            .map(|(path, text)| ((*path).to_owned(), Bytes::from((*text).to_owned())))
            .collect()
    }

    #[test]
    fn a_site_is_replaced_whole() {
        let root = tempfile::tempdir().expect("a folder");
        let target = root.path().join("out/public");
        let size =
            publish(&files(&[("a/index.html", "A"), ("b.html", "B")]), &target).expect("published");
        assert_eq!(size, 2);
        publish(&files(&[("a/index.html", "A"), ("c.html", "C")]), &target).expect("published");
        assert!(!target.join("b.html").exists() && target.join("c.html").exists());
        assert!(!root.path().join("out/public.new").exists());
    }

    #[test]
    fn a_folder_of_somebody_else_is_left_alone() {
        let root = tempfile::tempdir().expect("a folder");
        fs::write(root.path().join("thesis.doc"), "years of work").expect("a file");
        let refused = publish(&files(&[("index.html", "x")]), root.path());
        assert!(matches!(refused, Err(Error::Usage(_))));
        assert!(root.path().join("thesis.doc").exists());
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

    #[test]
    fn a_folder_beside_it_is_left_alone() {
        let root = tempfile::tempdir().expect("a folder");
        fs::create_dir(root.path().join("site.new")).expect("a folder");
        fs::write(root.path().join("site.new/thesis.doc"), "years of work").expect("a file");
        assert!(publish(&files(&[("index.html", "x")]), &root.path().join("site")).is_err());
        assert!(root.path().join("site.new/thesis.doc").exists());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_the_folder_stays_one() {
        let root = tempfile::tempdir().expect("a folder");
        fs::create_dir(root.path().join("www")).expect("a folder");
        std::os::unix::fs::symlink("www", root.path().join("public")).expect("a link");
        publish(&files(&[("index.html", "x")]), &root.path().join("public")).expect("published");
        assert!(root.path().join("www/index.html").exists());
    }

    #[cfg(unix)]
    #[test]
    fn what_did_not_change_is_linked() {
        use std::os::unix::fs::MetadataExt as _;
        let root = tempfile::tempdir().expect("a folder");
        let target = root.path().join("public");
        publish(&files(&[("a", "A"), ("b", "B")]), &target).expect("published");
        let before = fs::metadata(target.join("a")).expect("a file").ino();
        publish(&files(&[("a", "A"), ("b", "C")]), &target).expect("published");
        assert_eq!(fs::metadata(target.join("a")).expect("a file").ino(), before);
        assert_eq!(fs::read_to_string(target.join("b")).expect("a file"), "C");
    }

    #[test]
    fn a_failed_run_leaves_the_site() {
        let root = tempfile::tempdir().expect("a folder");
        let target = root.path().join("public");
        publish(&files(&[("a", "A")]), &target).expect("published");
        // A file and a folder cannot have the same name.
        let refused = publish(&files(&[("b", "B"), ("b/c", "C")]), &target);
        assert!(matches!(refused, Err(Error::Write(..))));
        assert_eq!(fs::read_to_string(target.join("a")).expect("a file"), "A");
    }
}
