//! A site in the place of the one before it: everything at once, or nothing.
//!
//! A run that fails or is killed leaves the old site as it was. Where folders cannot change
//! places, files do. What somebody else put into the published folder is never removed: it is
//! carried over when the settings name it, and otherwise nothing is published.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use rayon::prelude::*;

use super::{
    All, MARK,
    before::Before,
    beside::{above, sweep_beside},
    compress::compressed,
    exchange::exchanged,
    failed,
    in_place::in_place,
    is_same,
    lock::Lock,
};
use crate::{
    config::{Encoding, hosts::is_for_hosts},
    diagnostic::Error,
    manifest::{Entry, Manifest, Stay},
    output::{Files, named_by_content, search},
};

/// On what terms a site is published.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'a> {
    /// What others put into the folder and that stays, by path below it, with `/`.
    pub keep: &'a [String],
    /// How long files of earlier builds stay.
    pub stay: Stay,
    /// The compressed forms that are made of texts.
    pub compress: &'a [Encoding],
    /// The time, in seconds since 1970.
    pub now: u64,
}

/// A site that has been published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// The size of its files, in bytes.
    pub size: u64,
    /// How the new site took the place of the old one.
    pub way: Way,
    /// What is different.
    pub changes: Changes,
}

/// What is different from the site before, as addresses from the root: pages, pictures,
/// attachments. The style sheet, the scripts and the index of the search are left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// There was nothing at these.
    pub came: Vec<String>,
    /// There is something else at these.
    pub changed: Vec<String>,
    /// There is nothing at these any more.
    pub went: Vec<String>,
    /// Whether anything at all is different, also what is left out here.
    pub any: bool,
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
/// A file that is named by its content and is no longer part of the site stays for a while, for
/// readers who have a page of the old site open ([`Terms::stay`]).
///
/// What is in `target` and was made by no run of ours, such as `.git` or `CNAME`, stays when
/// [`Terms::keep`] names it or a folder that it is in.
///
/// When nothing has changed, nothing is written.
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
pub fn publish(files: &Files, target: &Path, terms: Terms<'_>) -> Result<Published, Error> {
    // A link to the published folder stays one: what it leads to is replaced.
    let target = &target.canonicalize().unwrap_or_else(|_| target.to_owned());
    let above = above(target);
    fs::create_dir_all(above).map_err(failed(above))?;
    let _alone = Lock::wait(above)?;
    // Two machines that share this folder may not share the one above it.
    let _also = if target.is_dir() { Some(Lock::wait(target)?) } else { None };
    sweep_beside(target);
    sweep_beside(&target.join(MARK));
    let mut all = all(files);
    let size = all.values().map(|bytes| bytes.len() as u64).sum();
    let small = compressed(&all, terms.compress, target)?;
    all.extend(small.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())));
    let (before, manifest, changes) = plan(&all, target, terms)?;
    if !changes.any {
        return Ok(Published { size, way: Way::Exchanged, changes });
    }
    let way = match is_fixed(target, above, &before) {
        Some(why) => Err(why),
        None => exchanged(&all, &manifest, target, &before)?,
    };
    let way = match way {
        Ok(()) => Way::Exchanged,
        Err(why) => {
            in_place(&all, &manifest, target, &before)?;
            Way::InPlace(why)
        }
    };
    Ok(Published { size, way, changes })
}

/// What [`publish`] would change; nothing is written.
///
/// # Errors
///
/// As [`publish`], as far as it can be known.
pub fn compare(files: &Files, target: &Path, terms: Terms<'_>) -> Result<Changes, Error> {
    plan(&all(files), target, terms).map(|(_, _, changes)| changes)
}

/// The manifest of a published folder; an empty one where there is none.
///
/// # Errors
///
/// [`Error::Usage`] when a later version of the program wrote it, and [`Error::Write`] when it
/// cannot be read.
pub fn published(target: &Path) -> Result<Manifest, Error> {
    let keep = Vec::new();
    Before::look(target, &keep).map(|before| before.manifest)
}

fn all(files: &Files) -> All<'_> {
    files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect()
}

/// What is there, what will be, and what is different.
fn plan(
    all: &All<'_>,
    target: &Path,
    terms: Terms<'_>,
) -> Result<(Before, Manifest, Changes), Error> {
    let before = Before::look(target, terms.keep)?;
    before.refuse_to_lose(all, target, terms.keep)?;
    let manifest = followed(&before, all, target, terms);
    let changes = changes(&before, &manifest, all, target);
    Ok((before, manifest, changes))
}

/// The manifest of the site that takes the place of the one before.
fn followed(before: &Before, all: &All<'_>, target: &Path, terms: Terms<'_>) -> Manifest {
    let known: Vec<(String, Entry)> =
        all.par_iter().map(|(path, bytes)| ((*path).to_owned(), Entry::of(bytes))).collect();
    let ours: BTreeSet<&str> = before.ours.iter().map(String::as_str).collect();
    let look = |path: &str| {
        let bytes = ours.contains(path).then(|| fs::read(target.join(path)).ok())??;
        Some(Entry::of(&bytes))
    };
    let files: BTreeMap<String, Entry> = known.into_iter().collect();
    let next = before.manifest.followed_by(files, terms.stay, terms.now, look);
    Manifest { kept: before.kept.iter().cloned().collect(), ..next }
}

/// What is different from what is in the folder.
fn changes(before: &Before, manifest: &Manifest, all: &All<'_>, target: &Path) -> Changes {
    let others: Vec<&str> = all
        .par_iter()
        .filter(|(path, bytes)| !is_same(&target.join(path), bytes))
        .map(|(path, _)| *path)
        .collect();
    let was = |path: &str| {
        before.ours.binary_search_by(|own| own.as_str().cmp(path)).is_ok()
            && !before.manifest.earlier.contains_key(path)
    };
    let (changed, came): (Vec<&str>, Vec<&str>) = others.iter().partition(|path| was(path));
    let went = before.ours.iter().map(String::as_str);
    let went: Vec<&str> = went.filter(|path| was(path) && !all.contains_key(path)).collect();
    let stays_as_it_was = before.marked
        && before.manifest.files == manifest.files
        && before.manifest.earlier.keys().eq(manifest.earlier.keys())
        && before.manifest.kept == manifest.kept
        && before.manifest.moving.is_empty();
    let any = !others.is_empty() || !went.is_empty() || !stays_as_it_was;
    Changes::new(&came, &changed, &went, any)
}

impl Changes {
    /// What is different, from the files that came, have changed and went.
    pub fn new(came: &[&str], changed: &[&str], went: &[&str], any: bool) -> Self {
        Self { came: addresses(came), changed: addresses(changed), went: addresses(went), any }
    }
}

/// The addresses of files, but of those that pages and the search ask for themselves.
fn addresses(paths: &[&str]) -> Vec<String> {
    let own = |path: &&&str| {
        let is_of_search = path.starts_with(search::FOLDER) && !path.ends_with(".html");
        let is_small = [".gz", ".br"].iter().any(|end| path.ends_with(end));
        named_by_content(path).is_none() && !is_of_search && !is_small && !is_for_hosts(path)
    };
    let address = |path: &&str| match path.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => format!("/{folder}"),
        _ => format!("/{path}"),
    };
    let mut all: Vec<String> = paths.iter().filter(own).map(address).collect();
    all.sort();
    all
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

    /// For sites of one build: nothing is kept of earlier ones, and the time is no matter.
    fn terms(keep: &[String]) -> Terms<'_> {
        Terms { keep, stay: Stay::USUAL, compress: &[], now: 1_795_986_000 }
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
        let done = publish(&first, &target, terms(&[])).expect("published");
        assert_eq!((done.size, done.way), (2, Way::Exchanged));
        publish(&files(&[("a/index.html", "A"), ("c.html", "C")]), &target, terms(&[]))
            .expect("published");
        assert_eq!(names(&target), [".plainsite", "a", "c.html"]);
        assert_eq!(names(&root.path().join("out")), ["public"]);
    }

    #[test]
    fn a_folder_of_somebody_else_is_left_alone() {
        let root = tempfile::tempdir().expect("a folder");
        fs::write(root.path().join("thesis.doc"), "years of work").expect("a file");
        let refused = publish(&files(&[("index.html", "x")]), root.path(), terms(&[]));
        assert!(matches!(refused, Err(Error::Usage(_))));
        assert!(root.path().join("thesis.doc").exists());
    }

    #[test]
    fn a_folder_beside_it_is_left_alone() {
        let root = tempfile::tempdir().expect("a folder");
        fs::create_dir(root.path().join("site.new")).expect("a folder");
        fs::write(root.path().join("site.new/thesis.doc"), "years of work").expect("a file");
        publish(&files(&[("index.html", "x")]), &root.path().join("site"), terms(&[]))
            .expect("published");
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
        publish(&files(&[("index.html", "x")]), &root.path().join("site"), terms(&[]))
            .expect("published");
        assert_eq!(names(root.path()), ["site"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_the_folder_stays_one() {
        let root = tempfile::tempdir().expect("a folder");
        fs::create_dir(root.path().join("www")).expect("a folder");
        std::os::unix::fs::symlink("www", root.path().join("public")).expect("a link");
        let one = files(&[("index.html", "x")]);
        publish(&one, &root.path().join("public"), terms(&[])).expect("published");
        assert!(root.path().join("www/index.html").exists());
    }

    #[cfg(unix)]
    #[test]
    fn what_did_not_change_is_linked() {
        use std::os::unix::fs::MetadataExt as _;
        let root = tempfile::tempdir().expect("a folder");
        let target = root.path().join("public");
        publish(&files(&[("a", "A"), ("b", "B")]), &target, terms(&[])).expect("published");
        let before = fs::metadata(target.join("a")).expect("a file").ino();
        publish(&files(&[("a", "A"), ("b", "C")]), &target, terms(&[])).expect("published");
        assert_eq!(fs::metadata(target.join("a")).expect("a file").ino(), before);
        assert_eq!(fs::read_to_string(target.join("b")).expect("a file"), "C");
    }

    #[test]
    fn a_failed_run_leaves_the_site() {
        let root = tempfile::tempdir().expect("a folder");
        let target = root.path().join("public");
        publish(&files(&[("a", "A")]), &target, terms(&[])).expect("published");
        // A file and a folder cannot have the same name.
        let refused = publish(&files(&[("b", "B"), ("b/c", "C")]), &target, terms(&[]));
        assert!(matches!(refused, Err(Error::Write(..))));
        assert_eq!(fs::read_to_string(target.join("a")).expect("a file"), "A");
        assert_eq!(names(root.path()), ["public"]);
    }

    /// A published site in which somebody put what belongs to the host.
    fn with_others() -> (tempfile::TempDir, PathBuf) {
        let root = tempfile::tempdir().expect("a folder");
        let target = root.path().join("public");
        publish(&files(&[("index.html", "old"), ("a/index.html", "A")]), &target, terms(&[]))
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
        let Err(Error::Usage(why)) = publish(&new, &target, terms(&[])) else {
            panic!("published")
        };
        assert!(why.contains(".git, .well-known, a/google1.html"), "{why}");
        assert!(why.contains("keep = [\".git\", \".well-known\", \"a/google1.html\"]"), "{why}");
        let Err(Error::Usage(why)) = publish(&new, &target, terms(&keep(&KEEP[1..]))) else {
            panic!("published")
        };
        assert!(why.contains("would delete: .git;"), "{why}");
        let one =
            publish(&new, &target, terms(&keep(&[".git", ".well-known/acme/other", KEEP[2]])));
        let Err(Error::Usage(why)) = one else { panic!("published") };
        assert!(why.contains("would delete: .well-known/acme/token;"), "{why}");
        assert_eq!(fs::read_to_string(target.join("index.html")).expect("a file"), "old");
        assert!(target.join(".git/HEAD").exists());
    }

    #[test]
    fn what_the_settings_name_is_carried_over() {
        let (root, target) = with_others();
        for round in ["new", "newer"] {
            publish(&files(&[("index.html", round)]), &target, terms(&keep(&KEEP)))
                .expect("published");
            assert_eq!(fs::read_to_string(target.join("index.html")).expect("a file"), round);
            for path in [".git/objects/1", ".git/HEAD", ".well-known/acme/token", "a/google1.html"]
            {
                assert_eq!(fs::read_to_string(target.join(path)).expect("a file"), "theirs");
            }
            assert!(target.join(".git/empty").is_dir() && !target.join("a/index.html").exists());
        }
        assert_eq!(names(root.path()), ["public"]);
        let both = publish(&files(&[("a/google1.html", "ours")]), &target, terms(&keep(&KEEP)));
        assert!(matches!(both, Err(Error::Usage(why)) if why.contains("a/google1.html")));
    }

    #[test]
    fn a_first_build_goes_beside_what_is_kept() {
        let root = tempfile::tempdir().expect("a folder");
        let target = root.path().join("public");
        fs::create_dir_all(target.join(".git")).expect("a folder");
        fs::write(target.join("CNAME"), "a.example").expect("a file");
        let new = files(&[("index.html", "new")]);
        assert!(publish(&new, &target, terms(&keep(&[".git"]))).is_err());
        publish(&new, &target, terms(&keep(&[".git", "CNAME"]))).expect("published");
        assert_eq!(names(&target), [".git", ".plainsite", "CNAME", "index.html"]);
    }

    #[test]
    fn in_place_what_others_put_there_is_not_touched_and_what_is_gone_goes_last() {
        let (_root, target) = with_others();
        // A file takes the place of a folder, and a folder that of a file.
        publish(
            &files(&[("a/index.html", "A"), ("b", "B"), ("c/d/e", "E"), ("index.html", "old")]),
            &target,
            terms(&keep(&KEEP)),
        )
        .expect("published");
        let new = files(&[("b/x", "X"), ("c/d", "D"), ("index.html", "new")]);
        let before = Before::look(&target, &keep(&KEEP)).expect("looked");
        let all: All<'_> = new.iter().map(|(p, bytes)| (p.as_str(), bytes.as_slice())).collect();
        let manifest = followed(&before, &all, &target, terms(&keep(&KEEP)));
        in_place(&all, &manifest, &target, &before).expect("written");
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

    /// The first versions wrote the names of files alone, and the very first not even those.
    #[test]
    fn what_earlier_versions_published_is_ours_and_open_pages_keep_their_style() {
        for list in ["", "\nassets/style.0123abcd.css\nindex.html\n"] {
            let root = tempfile::tempdir().expect("a folder");
            let target = root.path().join("public");
            let style = "assets/style.0123abcd.css";
            publish(&files(&[(style, "S"), ("index.html", "old")]), &target, terms(&[]))
                .expect("published");
            fs::write(target.join(MARK), format!("{MARK_TEXT}{list}")).expect("a file");
            let new = files(&[("assets/style.4567abcd.css", "T"), ("index.html", "new")]);
            publish(&new, &target, terms(&[])).expect("published");
            let after = published(&target).expect("read");
            assert_eq!(after.earlier.keys().collect::<Vec<_>>(), [style]);
            assert_eq!(after.files.len(), 2);
            assert!(target.join(style).is_file());
            let again = publish(&new, &target, terms(&[])).expect("published");
            assert!(!again.changes.any);
        }
    }

    #[test]
    fn what_a_later_version_published_is_left_alone() {
        let root = tempfile::tempdir().expect("a folder");
        fs::write(root.path().join(MARK), format!("{MARK_TEXT}\nplainsite-manifest 2\n"))
            .expect("a file");
        let refused = publish(&files(&[("index.html", "x")]), root.path(), terms(&[]));
        assert!(matches!(refused, Err(Error::Usage(why)) if why.contains("later version")));
        assert_eq!(names(root.path()), [MARK]);
    }

    #[test]
    fn names_with_line_ends_are_known_again() {
        let root = tempfile::tempdir().expect("a folder");
        let target = root.path().join("public");
        let odd = files(&[("a\nb\\c", "x"), ("index.html", "x")]);
        publish(&odd, &target, terms(&[])).expect("published");
        publish(&odd, &target, terms(&[])).expect("published again");
    }
}
