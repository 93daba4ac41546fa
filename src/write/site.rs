//! A site in the place of the one before it: everything at once, or nothing.
//!
//! A run that fails or is killed leaves the old site as it was. Where folders cannot change
//! places, files do. What somebody else put into the published folder is never removed: it is
//! carried over when the settings name it, and otherwise nothing is published.

use std::{fs, path::Path};

use rayon::prelude::*;

use super::{
    MARK,
    before::Before,
    beside::{above, sweep_beside},
    exchange::exchanged,
    failed,
    in_place::in_place,
    is_same,
    lock::Lock,
};
use crate::{diagnostic::Error, output::Files};

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
    if is_as_it_was(files, target, &before) {
        return Ok(Published { size, way: Way::Exchanged });
    }
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

/// Whether the published site is the same, file by file.
fn is_as_it_was(files: &Files, target: &Path, before: &Before) -> bool {
    before.marked
        && before.ours.len() == files.len()
        && before.ours.iter().all(|path| files.contains_key(path))
        && files.par_iter().all(|(path, bytes)| is_same(&target.join(path), bytes.as_slice()))
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

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::{
        super::{MARK_TEXT, files},
        *,
    };

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
