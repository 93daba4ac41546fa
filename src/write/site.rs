//! A site in the place of the one before it: everything at once, or nothing.
//!
//! The new site is made beside the old one, then the two change places. A run that fails or
//! is killed leaves the old site as it was. Where folders cannot change places, files do, one
//! by one, in an order that readers do not notice. What somebody else put into the published
//! folder is never removed: it is carried over when the settings name it, and otherwise
//! nothing is published. The only file that names rustix.

use std::{
    collections::{BTreeSet, HashSet},
    fs, io,
    path::Path,
};

use rayon::prelude::*;

use super::{
    Lock, MARK, MARK_TEXT, above, beside, failed, is_same, new_beside, remove, sweep_beside,
};
use crate::{
    diagnostic::Error,
    output::{Bytes, Files},
};

/// A site that has been published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// The size of its files, in bytes.
    pub size: u64,
    /// How the new site took the place of the old one.
    pub way: Way,
}

/// How a new site took the place of the old one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// All at once.
    Exchanged,
    /// File by file, and why: `it is a mount point`.
    InPlace(String),
}

/// Replaces the published site with `files`, all at once.
///
/// `files` maps a path below `target`, such as `letters/review/index.html`, to the bytes of
/// that file. A file that an earlier run made and that is not in `files` is gone afterwards.
/// Missing parent folders of `target` are made.
///
/// What is in `target` and was made by no run of ours, such as `.git` or `CNAME`, stays when
/// `keep` names it or a folder that it is in: paths below `target`, with `/`.
///
/// The new site is written beside `target`, under a name of this run. A file that has not
/// changed is linked, not written again. Then the two folders are exchanged in one step where
/// the system can do that, and otherwise in two renames, between which `target` is missing for
/// a moment. Two runs into one folder take turns.
///
/// A folder that cannot be moved (a mount point, one from the lower layer of a container's
/// disk, one in a folder that may not be written to) is written to in place. All new files
/// are made inside it first. Then each takes its place in one step: first what pages need,
/// then the pages; what is no longer part of the site goes last. So no page ever asks for what is not
/// there, though a reader may see a new page beside an old one for a moment.
///
/// # Errors
///
/// [`Error::Usage`] when `target` is a folder that plainsite did not make, when it holds what
/// somebody else put there and `keep` does not name, or while another run does not end.
/// [`Error::Write`] with the path at fault, when the disk is full or `target` may not be
/// written to. `target` is then as it was before; in place, a site that could be written whole
/// but not moved whole is finished by the next run.
pub fn publish(files: &Files, target: &Path, keep: &[String]) -> Result<Published, Error> {
    // A link to the published folder stays one: what it leads to is replaced.
    let target = &target.canonicalize().unwrap_or_else(|_| target.to_owned());
    let above = above(target);
    fs::create_dir_all(above).map_err(failed(above))?;
    let _alone = Lock::wait(above)?;
    // Two machines that share this folder may not share the one above it.
    let _also = if target.is_dir() { Some(Lock::wait(target)?) } else { None };
    sweep_beside(target);
    sweep_beside(&target.join(MARK));
    let before = Before::look(target, keep)?;
    before.refuse_to_lose(files, target, keep)?;
    let size = files.values().map(|bytes| bytes.as_slice().len() as u64).sum();
    let way = match is_fixed(target, above, &before) {
        Some(why) => Err(why),
        None => exchanged(files, target, &before)?,
    };
    let way = match way {
        Ok(()) => Way::Exchanged,
        Err(why) => {
            in_place(files, target, &before)?;
            Way::InPlace(why)
        }
    };
    Ok(Published { size, way })
}

/// What is in a published folder.
#[derive(Debug, Default)]
struct Before {
    /// The files that a run of ours made, by path below the folder.
    ours: Vec<String>,
    /// What somebody else put there and the settings name. A folder stands for all in it.
    kept: Vec<String>,
    /// What somebody else put there and nothing names, the first few.
    others: Vec<String>,
    /// Whether a run of ours made the folder.
    marked: bool,
}

/// The most names that a message gives.
const MOST_NAMED: usize = 5;

impl Before {
    fn look(target: &Path, keep: &[String]) -> Result<Self, Error> {
        match fs::symlink_metadata(target) {
            Ok(data) if data.is_dir() => {}
            Ok(_) => {
                let message =
                    format!("{} is not a folder; give another with --out", target.display());
                return Err(Error::Usage(message));
            }
            Err(why) if why.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(why) => return Err(failed(target)(why)),
        }
        let mark = match fs::read_to_string(target.join(MARK)) {
            Ok(mark) => Some(mark),
            Err(why) if why.kind() == io::ErrorKind::NotFound => None,
            Err(why) => return Err(failed(&target.join(MARK))(why)),
        };
        let list: Option<HashSet<&str>> = match &mark {
            None => Some(HashSet::new()),
            // The first runs wrote no list. Of what they made nothing is known but that no
            // name began with a dot.
            Some(mark) => mark.split_once("\n\n").map(|(_, list)| list.lines().collect()),
        };
        let keep: Vec<&str> = keep.iter().map(|path| path.trim_end_matches('/')).collect();
        let known = Known { folders: folders(list.iter().flatten().chain(&keep)), list, keep };
        let mut before = Self { marked: mark.is_some(), ..Self::default() };
        walk(target, "", &known, &mut before)?;
        Ok(before)
    }

    /// Refuses when something of somebody's would be lost.
    fn refuse_to_lose(&self, files: &Files, target: &Path, keep: &[String]) -> Result<(), Error> {
        let folder = target.display();
        if !self.others.is_empty() && !self.marked && self.kept.is_empty() {
            return Err(Error::Usage(format!(
                "the folder {folder} holds files that plainsite did not make; give an empty one \
                 with --out, or empty it"
            )));
        }
        if !self.others.is_empty() {
            let mut names = self.others.clone();
            names.truncate(MOST_NAMED);
            let more = if self.others.len() > MOST_NAMED { " and more" } else { "" };
            let all: Vec<String> =
                keep.iter().chain(&names).map(|name| format!("\"{name}\"")).collect();
            return Err(Error::Usage(format!(
                "{folder} holds what plainsite did not make and would delete: {}{more}; move it \
                 away, or keep it with these lines in site.toml:\n\n[publish]\nkeep = [{}]\n",
                names.join(", "),
                all.join(", ")
            )));
        }
        let both = self.kept.iter().find(|kept| files.contains_key(*kept));
        if let Some(both) = both {
            return Err(Error::Usage(format!(
                "{both} in {folder} is to be kept, and the site has a file of that name; rename \
                 one of them, or take it out of `keep` in site.toml"
            )));
        }
        Ok(())
    }
}

/// What is known of the names in a published folder.
struct Known<'a> {
    /// The files that the last run made, if it said so.
    list: Option<HashSet<&'a str>>,
    /// What is to be kept.
    keep: Vec<&'a str>,
    /// The folders that these are in.
    folders: HashSet<String>,
}

/// All folders above some paths.
fn folders<'a>(paths: impl Iterator<Item = &'a &'a str>) -> HashSet<String> {
    let mut folders = HashSet::new();
    for path in paths {
        let mut path = *path;
        while let Some((above, _)) = path.rsplit_once('/') {
            if !folders.insert(above.to_owned()) {
                break;
            }
            path = above;
        }
    }
    folders
}

fn walk(folder: &Path, inside: &str, known: &Known<'_>, before: &mut Before) -> Result<(), Error> {
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let mut entries = entries.map_err(failed(folder))?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let path = if inside.is_empty() { name.into_owned() } else { format!("{inside}/{name}") };
        if path == MARK {
            continue;
        }
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        let is_kept = known.keep.contains(&path.as_str());
        let is_ours = match &known.list {
            _ if is_folder && known.folders.contains(&path) => true,
            Some(list) => !is_folder && list.contains(one_line(&path).as_ref()),
            None => !inside.is_empty() || !path.starts_with('.') && path != "CNAME",
        };
        if is_kept {
            before.kept.push(path);
        } else if is_folder && is_ours {
            walk(&entry.path(), &path, known, before)?;
        } else if is_ours {
            before.ours.push(path);
        } else if before.others.len() <= MOST_NAMED {
            before.others.push(path);
        }
    }
    Ok(())
}

/// The mark of a site: what made it, and which files it made.
fn mark<'a>(paths: impl Iterator<Item = &'a String>) -> String {
    let mut text = format!("{MARK_TEXT}\n");
    for path in paths {
        text.push_str(&one_line(path));
        text.push('\n');
    }
    text
}

/// A path as it stands in the mark.
fn one_line(path: &str) -> std::borrow::Cow<'_, str> {
    if path.contains(['\n', '\r', '\\']) {
        path.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r").into()
    } else {
        path.into()
    }
}

/// Why a folder can be moved nowhere, when that can be told beforehand.
#[cfg(unix)]
fn is_fixed(target: &Path, above: &Path, before: &Before) -> Option<String> {
    use std::os::unix::fs::MetadataExt as _;
    let disk = |path: &Path| fs::symlink_metadata(path).map(|data| data.dev()).ok();
    let own = disk(target)?;
    if disk(above) != Some(own) {
        return Some("it is a mount point".into());
    }
    let mounted = before.kept.iter().find(|kept| disk(&target.join(kept)) != Some(own));
    mounted.map(|kept| format!("{kept} in it is a mount point"))
}

#[cfg(not(unix))]
fn is_fixed(_: &Path, _: &Path, _: &Before) -> Option<String> {
    None
}

/// Why the machine lets no folder be made or moved here, as opposed to why it cannot write.
fn held(why: &io::Error) -> Option<String> {
    use io::ErrorKind as Kind;
    Some(match why.kind() {
        Kind::PermissionDenied => "the folder above it may not be written to".into(),
        Kind::ReadOnlyFilesystem => "the folder above it is read-only".into(),
        Kind::ResourceBusy => "it is in use as a whole".into(),
        Kind::CrossesDevices => "it is in a layer below the disk of this container".into(),
        _ => return None,
    })
}

/// Makes the new site beside the old one and exchanges the two; or says why that cannot be.
fn exchanged(files: &Files, target: &Path, before: &Before) -> Result<Result<(), String>, Error> {
    let (new, _at_work) = match new_beside(target) {
        Ok(made) => made,
        Err(why) if target.is_dir() && held(&why).is_some() => {
            return Ok(Err(held(&why).unwrap_or_default()));
        }
        Err(why) => return Err(failed(&beside(target, ".new"))(why)),
    };
    let written = write_beside(files, &new, target).and_then(|()| {
        let mut kept = before.kept.iter();
        kept.try_for_each(|path| carry(&target.join(path), &new.join(path)))
    });
    let swapped = written.and_then(|()| match exchange(&new, target) {
        Ok(()) => Ok(Ok(())),
        Err(why) if target.is_dir() => held(&why).map(Err).ok_or(why).map_err(failed(target)),
        Err(why) => Err(failed(target)(why)),
    });
    if let Ok(Ok(())) = swapped {
        // The old site is in the place of the new one now. What came into a folder that is
        // kept while this ran is there still.
        let mut kept = before.kept.iter();
        kept.try_for_each(|path| carry(&new.join(path), &target.join(path)))?;
    }
    // That it cannot be removed harms nobody: the next run tries again.
    let _ = remove(&new);
    swapped
}

fn write_beside(files: &Files, new: &Path, target: &Path) -> Result<(), Error> {
    // The mark comes first, so that the next run knows what a killed one left.
    let own = new.join(MARK);
    fs::write(&own, mark(files.keys())).map_err(failed(&own))?;
    make_folders(files.keys(), new)?;
    files.par_iter().try_for_each(|(path, bytes)| {
        let (old, path) = (target.join(path), new.join(path));
        put(&path, &old, bytes.as_slice()).map_err(failed(&path))
    })
}

fn make_folders<'a>(paths: impl Iterator<Item = &'a String>, root: &Path) -> Result<(), Error> {
    let folders: BTreeSet<&Path> = paths.filter_map(|path| Path::new(path).parent()).collect();
    folders.into_iter().try_for_each(|folder| {
        let folder = root.join(folder);
        fs::create_dir_all(&folder).map_err(failed(&folder))
    })
}

/// Makes the file at `path`: a link to `old` when that has the same bytes.
fn put(path: &Path, old: &Path, bytes: &[u8]) -> io::Result<()> {
    if is_same(old, bytes) && fs::hard_link(old, path).is_ok() {
        return Ok(());
    }
    fs::write(path, bytes)
}

/// Has somebody's file or folder at `to` as it is at `from`. What is there already stays.
fn carry(from: &Path, to: &Path) -> Result<(), Error> {
    let Ok(data) = fs::symlink_metadata(from) else { return Ok(()) };
    if let Some(above) = to.parent() {
        fs::create_dir_all(above).map_err(failed(above))?;
    }
    if data.is_dir() {
        fs::create_dir_all(to).map_err(failed(to))?;
        for entry in fs::read_dir(from).map_err(failed(from))? {
            let entry = entry.map_err(failed(from))?;
            carry(&entry.path(), &to.join(entry.file_name()))?;
        }
        return fs::set_permissions(to, data.permissions()).map_err(failed(to));
    }
    if fs::symlink_metadata(to).is_ok() || fs::hard_link(from, to).is_ok() {
        return Ok(());
    }
    #[cfg(unix)]
    if data.is_symlink() {
        let leads_to = fs::read_link(from).map_err(failed(from))?;
        return std::os::unix::fs::symlink(leads_to, to).map_err(failed(to));
    }
    fs::copy(from, to).map(|_| ()).map_err(failed(to))
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
    let old = new.with_extension("old");
    remove(&old)?;
    fs::rename(target, &old)?;
    if let Err(why) = fs::rename(new, target) {
        fs::rename(&old, target)?;
        return Err(why);
    }
    // Where it would be after an exchange.
    fs::rename(&old, new)
}

/// Writes a site into a folder that cannot be moved.
fn in_place(files: &Files, target: &Path, before: &Before) -> Result<(), Error> {
    let changed: Vec<(&String, &Bytes)> = files
        .par_iter()
        .filter(|(path, bytes)| !is_same(&target.join(path), bytes.as_slice()))
        .collect();
    let (new, _at_work) = new_beside(&target.join(MARK)).map_err(failed(target))?;
    let done = move_in(files, &changed, target, &new, before);
    let _ = remove(&new);
    done
}

fn move_in(
    files: &Files,
    changed: &[(&String, &Bytes)],
    target: &Path,
    new: &Path,
    before: &Before,
) -> Result<(), Error> {
    let own = new.join(MARK);
    fs::write(&own, MARK_TEXT).map_err(failed(&own))?;
    let replace = |text: String| {
        let written = new.join(".mark");
        fs::write(&written, text).map_err(failed(&written))?;
        fs::rename(&written, target.join(MARK)).map_err(failed(target))
    };
    make_folders(changed.iter().map(|(path, _)| *path), new)?;
    changed.par_iter().try_for_each(|(path, bytes)| {
        let path = new.join(path);
        fs::write(&path, bytes.as_slice()).map_err(failed(&path))
    })?;
    // From here on it is only moving. The mark says what is ours, old and new, so that the
    // next run can finish what a killed one began.
    let both: BTreeSet<&String> = before.ours.iter().chain(files.keys()).collect();
    replace(mark(both.into_iter()))?;
    let gone: Vec<&String> = before.ours.iter().filter(|path| !files.contains_key(*path)).collect();
    for last in [false, true] {
        for (path, _) in changed.iter().filter(|(path, _)| is_read_first(path) == last) {
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
    replace(mark(files.keys()))
}

/// Whether a reader's program begins with this file, and then asks for others.
fn is_read_first(path: &str) -> bool {
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

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn files(list: &[(&str, &str)]) -> Files {
        list.iter()
            .map(|(path, text)| ((*path).to_owned(), Bytes::from((*text).to_owned())))
            .collect()
    }

    fn names(folder: &Path) -> Vec<String> {
        let inside = fs::read_dir(folder).expect("a folder");
        let names = inside.map(|entry| entry.expect("readable").file_name());
        let mut names: Vec<String> =
            names.map(|name| name.to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_site_is_replaced_whole() {
        let root = tempfile::tempdir().expect("a folder");
        let target = root.path().join("out/public");
        let first = files(&[("a/index.html", "A"), ("b.html", "B")]);
        let done = publish(&first, &target, &[]).expect("published");
        assert_eq!(done, Published { size: 2, way: Way::Exchanged });
        publish(&files(&[("a/index.html", "A"), ("c.html", "C")]), &target, &[])
            .expect("published");
        assert_eq!(names(&target), [".plainsite", "a", "c.html"]);
        assert_eq!(names(&root.path().join("out")), ["public"]);
    }

    #[test]
    fn a_folder_of_somebody_else_is_left_alone() {
        let root = tempfile::tempdir().expect("a folder");
        fs::write(root.path().join("thesis.doc"), "years of work").expect("a file");
        let refused = publish(&files(&[("index.html", "x")]), root.path(), &[]);
        assert!(matches!(refused, Err(Error::Usage(_))));
        assert!(root.path().join("thesis.doc").exists());
    }

    #[test]
    fn a_folder_beside_it_is_left_alone() {
        let root = tempfile::tempdir().expect("a folder");
        fs::create_dir(root.path().join("site.new")).expect("a folder");
        fs::write(root.path().join("site.new/thesis.doc"), "years of work").expect("a file");
        publish(&files(&[("index.html", "x")]), &root.path().join("site"), &[]).expect("published");
        assert!(root.path().join("site.new/thesis.doc").exists());
    }

    #[test]
    fn what_a_killed_run_left_is_removed() {
        let root = tempfile::tempdir().expect("a folder");
        for left in ["site.1.new", "site.new", "site.2-1.old"] {
            let folder = root.path().join(left);
            fs::create_dir(&folder).expect("a folder");
            fs::write(folder.join(MARK), MARK_TEXT).expect("a file");
            fs::write(folder.join("half.html"), "<p>").expect("a file");
        }
        publish(&files(&[("index.html", "x")]), &root.path().join("site"), &[]).expect("published");
        assert_eq!(names(root.path()), ["site"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_the_folder_stays_one() {
        let root = tempfile::tempdir().expect("a folder");
        fs::create_dir(root.path().join("www")).expect("a folder");
        std::os::unix::fs::symlink("www", root.path().join("public")).expect("a link");
        let one = files(&[("index.html", "x")]);
        publish(&one, &root.path().join("public"), &[]).expect("published");
        assert!(root.path().join("www/index.html").exists());
    }

    #[cfg(unix)]
    #[test]
    fn what_did_not_change_is_linked() {
        use std::os::unix::fs::MetadataExt as _;
        let root = tempfile::tempdir().expect("a folder");
        let target = root.path().join("public");
        publish(&files(&[("a", "A"), ("b", "B")]), &target, &[]).expect("published");
        let before = fs::metadata(target.join("a")).expect("a file").ino();
        publish(&files(&[("a", "A"), ("b", "C")]), &target, &[]).expect("published");
        assert_eq!(fs::metadata(target.join("a")).expect("a file").ino(), before);
        assert_eq!(fs::read_to_string(target.join("b")).expect("a file"), "C");
    }

    #[test]
    fn a_failed_run_leaves_the_site() {
        let root = tempfile::tempdir().expect("a folder");
        let target = root.path().join("public");
        publish(&files(&[("a", "A")]), &target, &[]).expect("published");
        // A file and a folder cannot have the same name.
        let refused = publish(&files(&[("b", "B"), ("b/c", "C")]), &target, &[]);
        assert!(matches!(refused, Err(Error::Write(..))));
        assert_eq!(fs::read_to_string(target.join("a")).expect("a file"), "A");
        assert_eq!(names(root.path()), ["public"]);
    }

    /// A published site in which somebody put what belongs to the host.
    fn with_others() -> (tempfile::TempDir, PathBuf) {
        let root = tempfile::tempdir().expect("a folder");
        let target = root.path().join("public");
        publish(&files(&[("index.html", "old"), ("a/index.html", "A")]), &target, &[])
            .expect("published");
        for path in [".git/objects/1", ".git/HEAD", ".well-known/acme/token", "a/google1.html"] {
            let path = target.join(path);
            fs::create_dir_all(path.parent().expect("below the target")).expect("a folder");
            fs::write(path, "theirs").expect("a file");
        }
        fs::create_dir(target.join(".git/empty")).expect("a folder");
        (root, target)
    }

    const KEEP: [&str; 3] = [".git", ".well-known/", "a/google1.html"];

    fn keep(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn what_others_put_there_is_never_removed_without_a_word() {
        let (_root, target) = with_others();
        let new = files(&[("index.html", "new")]);
        let Err(Error::Usage(why)) = publish(&new, &target, &[]) else { panic!("published") };
        assert!(why.contains(".git, .well-known, a/google1.html"), "{why}");
        assert!(why.contains("keep = [\".git\", \".well-known\", \"a/google1.html\"]"), "{why}");
        let Err(Error::Usage(why)) = publish(&new, &target, &keep(&KEEP[1..])) else {
            panic!("published")
        };
        assert!(why.contains("would delete: .git;"), "{why}");
        let one = publish(&new, &target, &keep(&[".git", ".well-known/acme/other", KEEP[2]]));
        let Err(Error::Usage(why)) = one else { panic!("published") };
        assert!(why.contains("would delete: .well-known/acme/token;"), "{why}");
        assert_eq!(fs::read_to_string(target.join("index.html")).expect("a file"), "old");
        assert!(target.join(".git/HEAD").exists());
    }

    #[test]
    fn what_the_settings_name_is_carried_over() {
        let (root, target) = with_others();
        for round in ["new", "newer"] {
            publish(&files(&[("index.html", round)]), &target, &keep(&KEEP)).expect("published");
            assert_eq!(fs::read_to_string(target.join("index.html")).expect("a file"), round);
            for path in [".git/objects/1", ".git/HEAD", ".well-known/acme/token", "a/google1.html"]
            {
                assert_eq!(fs::read_to_string(target.join(path)).expect("a file"), "theirs");
            }
            assert!(target.join(".git/empty").is_dir() && !target.join("a/index.html").exists());
        }
        assert_eq!(names(root.path()), ["public"]);
        let both = publish(&files(&[("a/google1.html", "ours")]), &target, &keep(&KEEP));
        assert!(matches!(both, Err(Error::Usage(why)) if why.contains("a/google1.html")));
    }

    #[test]
    fn a_first_build_goes_beside_what_is_kept() {
        let root = tempfile::tempdir().expect("a folder");
        let target = root.path().join("public");
        fs::create_dir_all(target.join(".git")).expect("a folder");
        fs::write(target.join("CNAME"), "a.example").expect("a file");
        let new = files(&[("index.html", "new")]);
        assert!(publish(&new, &target, &keep(&[".git"])).is_err());
        publish(&new, &target, &keep(&[".git", "CNAME"])).expect("published");
        assert_eq!(names(&target), [".git", ".plainsite", "CNAME", "index.html"]);
    }

    #[test]
    fn in_place_what_others_put_there_is_not_touched_and_what_is_gone_goes_last() {
        let (_root, target) = with_others();
        // A file takes the place of a folder, and a folder that of a file.
        publish(
            &files(&[("a/index.html", "A"), ("b", "B"), ("c/d/e", "E"), ("index.html", "old")]),
            &target,
            &keep(&KEEP),
        )
        .expect("published");
        let new = files(&[("b/x", "X"), ("c/d", "D"), ("index.html", "new")]);
        let before = Before::look(&target, &keep(&KEEP)).expect("looked");
        in_place(&new, &target, &before).expect("written");
        assert_eq!(
            names(&target),
            [".git", ".plainsite", ".well-known", "a", "b", "c", "index.html"]
        );
        assert_eq!(names(&target.join("a")), ["google1.html"]);
        assert_eq!(fs::read_to_string(target.join("c/d")).expect("a file"), "D");
        assert_eq!(fs::read_to_string(target.join("b/x")).expect("a file"), "X");
        let after = Before::look(&target, &keep(&KEEP)).expect("looked");
        assert_eq!(after.ours, ["b/x", "c/d", "index.html"]);
        assert_eq!(after.others, Vec::<String>::new());
    }

    #[test]
    fn names_with_line_ends_are_known_again() {
        let root = tempfile::tempdir().expect("a folder");
        let target = root.path().join("public");
        let odd = files(&[("a\nb\\c", "x"), ("index.html", "x")]);
        publish(&odd, &target, &[]).expect("published");
        publish(&odd, &target, &[]).expect("published again");
    }
}
