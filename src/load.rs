//! `content/` and `themes/` into memory. After this nothing is read from disk
//! until the finished site is written. Folders of HTML of others are read here too.
//!
//! Every file is read once, and bounded: see [`LONGEST_TEXT`] and
//! [`LARGEST_FILE`]. Symbolic links are followed to a file inside, never to a
//! folder and never out. The default theme is inside the program; a theme
//! folder on disk lies over it file by file. The only file that names walkdir and include_dir.

use std::{
    collections::{BTreeMap, HashSet},
    path::{Path, PathBuf},
    sync::Arc,
    time::SystemTime,
};

use include_dir::{Dir, include_dir};
use rayon::prelude::*;
use walkdir::WalkDir;

use crate::{
    diagnostic::{Diagnostic, Error},
    html::is_forbidden,
    kept::Key,
    rule,
    text::{Source, Span, address::name_of, unseen::first_unseen},
};

/// The longest file of text that is read, in bytes. A book has about 1 MB.
pub const LONGEST_TEXT: u64 = 4 * 1024 * 1024;

/// The longest ledger of addresses, in bytes: that of half a million.
pub const LONGEST_LEDGER: u64 = 64 * 1024 * 1024;

/// The name of the ledger, in the folder of the pages.
pub const LEDGER: &str = "_ledger.yaml";

/// The largest picture or attachment that is published, in bytes. On a phone
/// with 400 kbit/s it takes seven minutes.
pub const LARGEST_FILE: u64 = 20 * 1024 * 1024;

static DEFAULT_THEME: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/plain");

/// Everything that a site is made from.
#[derive(Debug, Default)]
pub struct Loaded {
    /// Pages, records, snippets and data files, by path below the root.
    pub sources: Vec<Source>,
    /// Pictures and attachments, by path below the root.
    pub files: Vec<File>,
    /// Every address that was published, as it was written down; empty when none was.
    pub ledger: Source,
    /// The theme.
    pub theme: Theme,
    /// What could not be read, with a source that names the file.
    pub problems: Vec<(Source, Diagnostic)>,
}

impl Loaded {
    /// The hash of all that was read.
    pub fn key(&self) -> Key {
        let theme = &self.theme;
        let counts = [self.sources.len(), self.files.len(), theme.files.len(), theme.own.len()];
        let rest = format!("{counts:?} {:?}", self.problems);
        let ledger = [self.ledger.path.as_bytes(), self.ledger.text.as_bytes()];
        let sources = self.sources.iter().flat_map(|s| [s.path.as_bytes(), s.text.as_bytes()]);
        let files = self.files.iter().flat_map(|file| [file.path.as_bytes(), &*file.bytes]);
        let of_theme = theme.files.iter().chain(&theme.own);
        let of_theme = of_theme.flat_map(|(path, text)| [path.as_bytes(), text.as_bytes()]);
        Key::of(sources.chain(files).chain(of_theme).chain(ledger).chain([rest.as_bytes()]))
    }
}

/// A picture or an attachment.
#[derive(Debug, Clone)]
pub struct File {
    /// Path below the root, with `/` between folders.
    pub path: Arc<str>,
    /// What is in it.
    pub bytes: Arc<[u8]>,
}

/// Templates, style and words, by path below the folder of the theme.
#[derive(Debug, Clone, Default)]
pub struct Theme {
    /// Text by path: `templates/base.html`, `style.css`.
    pub files: BTreeMap<String, String>,
    /// The files that came from the site and not from the program, with their
    /// path below the root.
    pub own: BTreeMap<String, String>,
}

impl Theme {
    /// The theme that is inside the program.
    pub fn embedded() -> Self {
        let mut theme = Self::default();
        add_embedded(&DEFAULT_THEME, &mut theme.files);
        theme
    }

    /// The name of a file of the theme for messages: its path below the root,
    /// or its path in the default theme.
    pub fn name_of<'a>(&'a self, file: &'a str) -> &'a str {
        self.own.get(file).map_or(file, String::as_str)
    }
}

/// The library of drawings, which is inside the program.
static DRAWINGS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/starters/pictures");

/// The files of the library of drawings, in order: `bus.svg` with its text.
pub fn drawings() -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut files: Vec<_> = DRAWINGS.files().collect();
    files.sort_by_key(|file| file.path());
    files.into_iter().filter_map(|file| Some((file.path().to_str()?, file.contents_utf8()?)))
}

/// A file of the theme that is inside the program: `words/en.yaml`.
pub fn built_in(path: &str) -> Option<&'static str> {
    DEFAULT_THEME.get_file(path)?.contents_utf8()
}

fn add_embedded(dir: &Dir<'_>, files: &mut BTreeMap<String, String>) {
    for file in dir.files() {
        if let (Some(path), Some(text)) = (file.path().to_str(), file.contents_utf8()) {
            files.insert(path.replace('\\', "/"), text.to_owned());
        }
    }
    dir.dirs().for_each(|dir| add_embedded(dir, files));
}

/// Reads the content and the theme `theme` of the site in `root`. When there is
/// no folder `content`, the pages are those of `root` itself.
///
/// # Errors
///
/// [`Error::Usage`] when `root` is not a folder, or not that of a site.
pub fn load(root: &Path, theme: &str) -> Result<Loaded, Error> {
    Shelf::default().load(root, theme)
}

/// The files of a site as they were read, so that only those are read again that changed.
#[derive(Debug, Default, Clone)]
pub struct Shelf {
    /// By path below the root, each as it was when it was read.
    files: BTreeMap<String, (Stamp, Read)>,
    /// What is read in place of files, or where there is none.
    instead: BTreeMap<String, Source>,
}

impl Shelf {
    /// Reads one file again, by its path below the root.
    pub fn again(&mut self, root: &Path, path: &str) -> Again {
        let before = self.files.get(path).cloned();
        self.forget(path);
        let Some((_, Read::Text(_, None))) = before else { return Again::More };
        let disk = root.join(path);
        if !std::fs::symlink_metadata(&disk).is_ok_and(|data| data.is_file()) {
            return Again::More;
        }
        let (stamp, read) = (stamp(&disk), read(path, &disk));
        self.files.insert(path.to_owned(), (stamp, read.clone()));
        match read {
            Read::Text(source, None) => Again::Words(source),
            _ => Again::More,
        }
    }

    /// Forgets a file, or all in a folder, so that it is read again. `path` is below the root.
    fn forget(&mut self, path: &str) {
        self.files.remove(path);
        let inside = format!("{path}/");
        let is_inside = |(file, _): &(&String, &(Stamp, Read))| file.starts_with(&inside);
        let all = self.files.range(inside.clone()..).take_while(is_inside);
        let all: Vec<String> = all.map(|(file, _)| file.clone()).collect();
        all.iter().for_each(|file| _ = self.files.remove(file));
    }

    /// The same files, with other words in place of one: for words that nobody has saved yet.
    pub fn with(&self, source: Source) -> Self {
        let mut other = self.clone();
        other.instead.insert(source.path.to_string(), source);
        other
    }

    /// Forgets everything.
    pub fn forget_all(&mut self) {
        *self = Self::default();
    }

    /// As [`load`], reading only what is not here.
    ///
    /// # Errors
    ///
    /// As of [`load`].
    pub fn load(&mut self, root: &Path, theme: &str) -> Result<Loaded, Error> {
        let content = root.join("content");
        if !is_site(root) {
            return Err(no_site(root));
        }
        let (folder, inside) =
            if content.is_dir() { (content, true) } else { (root.to_owned(), false) };
        let mut found = Found::default();
        walk(&folder, root, inside, &mut found);
        found.paths.sort();
        let names: HashSet<&str> = found.paths.iter().map(|(path, _)| path.as_str()).collect();
        let mut before = std::mem::take(&mut self.files);
        let known = found.paths.iter().map(|(path, disk)| (path, disk, before.remove(path)));
        let known: Vec<_> = known.collect();
        let read_one = |(path, disk, before): (&String, &PathBuf, Option<(Stamp, Read)>)| {
            let stamp = stamp(disk);
            let before = before.filter(|(before, _)| *before == stamp && stamp.is_some());
            (path.clone(), before.unwrap_or_else(|| (stamp, read(path, disk))))
        };
        self.files = known.into_par_iter().map(read_one).collect();
        for (path, source) in &self.instead {
            let words = Read::Text(source.clone(), unseen(&source.text));
            self.files.insert(path.clone(), (None, words));
        }
        let mut loaded = Loaded { problems: found.problems, ..Loaded::default() };
        let ledger = format!("{}{LEDGER}", if inside { "content/" } else { "" });
        loaded.ledger = Source::new(ledger.as_str(), "");
        for (path, (_, read)) in &self.files {
            if *path == ledger
                && let Read::Text(source, None) = read
            {
                loaded.ledger = source.clone();
                continue;
            }
            if let Some(original) = original(path, &names) {
                loaded.problems.push((Source::new(path.as_str(), ""), copied(&original)));
                continue;
            }
            match read {
                Read::Text(source, problem) => {
                    loaded.problems.extend(problem.clone().map(|found| (source.clone(), found)));
                    loaded.sources.push(source.clone());
                }
                Read::File(file) => loaded.files.push(file.clone()),
                Read::Not(source, problem) => {
                    loaded.problems.push((source.clone(), problem.clone()));
                }
            }
        }
        loaded.theme = load_theme(root, theme, &mut loaded.problems);
        Ok(loaded)
    }
}

/// What came of reading a file again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Again {
    /// These are its words now.
    Words(Source),
    /// It came, or is gone, or is no text that can be read, or was none.
    More,
}

/// What tells that a file is no longer what was read: its length, and when it was written.
type Stamp = Option<(u64, SystemTime)>;

fn stamp(disk: &Path) -> Stamp {
    let data = std::fs::metadata(disk).ok()?;
    Some((data.len(), data.modified().ok()?))
}

/// Whether a folder is that of a site: it has settings or pages in their place.
fn is_site(folder: &Path) -> bool {
    folder.join("site.toml").is_file() || folder.join("content").is_dir()
}

/// Says that no site is in a folder, and where the nearest one is: people start programs in
/// the folder of the file that they are working on.
pub(crate) fn no_site(root: &Path) -> Error {
    if !root.is_dir() {
        let message =
            format!("there is no folder {}; give the folder of a site with --root", root.display());
        return Error::Usage(message);
    }
    let here = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    let above = here.ancestors().enumerate().skip(1).find(|(_, folder)| is_site(folder));
    let hint = match above {
        Some((steps, _)) if root == Path::new(".") => {
            format!("it is above this folder: add --root {}", vec![".."; steps].join("/"))
        }
        Some((_, folder)) => format!("it is above: write --root {}", folder.display()),
        None => "give the folder of one with --root, or make one with `plainsite init my-site`"
            .to_owned(),
    };
    Error::Usage(format!(
        "no site is in {}: it has no site.toml and no folder content; {hint}",
        if root == Path::new(".") { "this folder".into() } else { root.display().to_string() }
    ))
}

/// A page of HTML as somebody made it, by its path below its folder, or what
/// keeps it from being read.
pub type Html = (String, Result<Vec<u8>, Diagnostic>);

/// Reads the pages of a folder that any program made, and keeps what `each`
/// makes of them. Links that lead out of the folder, and files over
/// [`LARGEST_FILE`], are not followed or read.
///
/// # Errors
///
/// When the folder is not there.
pub fn html<T: Send>(folder: &Path, each: impl Fn(Html) -> T + Sync) -> Result<Vec<T>, Error> {
    let mut found = published(folder)?;
    let is_page = |path: &str| {
        let (_, end) = path.rsplit_once('.').unwrap_or_default();
        ["html", "htm", "xhtml"].iter().any(|known| end.eq_ignore_ascii_case(known))
    };
    found.paths.retain(|(path, _)| is_page(path));
    found.paths.sort();
    let not_read =
        found.problems.into_iter().map(|(source, problem)| (source.path.to_string(), Err(problem)));
    let mut made: Vec<T> = not_read.map(&each).collect();
    made.par_extend(found.paths.into_par_iter().map(|found| each(read_html(found))));
    Ok(made)
}

/// Reads one page of a folder.
pub fn html_file(folder: &Path, name: String) -> Html {
    let disk = folder.join(&name);
    read_html((name, disk))
}

/// What is in a folder that any program made.
fn published(folder: &Path) -> Result<Found, Error> {
    if !folder.is_dir() {
        let message = format!("there is no folder {}; name a folder of HTML", folder.display());
        return Err(Error::Usage(message));
    }
    let mut found = Found::default();
    walk(folder, folder, true, &mut found);
    Ok(found)
}

/// A folder of HTML that any program made, and what is in it.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    /// The files in it, by path below it. Those over [`LARGEST_FILE`] are there too.
    pub files: HashSet<String>,
}

impl Folder {
    /// Lists a folder.
    ///
    /// # Errors
    ///
    /// When the folder is not there.
    pub fn list(root: &Path) -> Result<Self, Error> {
        let files = published(root)?.paths.into_iter().map(|(path, _)| path).collect();
        Ok(Self { root: root.to_owned(), files })
    }

    /// The bytes of a file that was listed; none when it is too large or cannot be read.
    pub fn read(&self, path: &str) -> Option<Vec<u8>> {
        let disk = self.files.contains(path).then(|| self.root.join(path))?;
        let is_large = disk.metadata().is_ok_and(|data| data.len() > LARGEST_FILE);
        if is_large { None } else { std::fs::read(disk).ok() }
    }
}

fn read_html((path, disk): (String, PathBuf)) -> Html {
    let problem = |message: String, hint: &str| {
        Diagnostic::warning(&rule::FILE, Span::default(), message).hint(hint)
    };
    let is_large = disk.metadata().is_ok_and(|data| data.len() > LARGEST_FILE);
    let read = if is_large {
        let limit = LARGEST_FILE / 1024 / 1024;
        Err(problem(format!("this page is over {limit} MB, and was left out"), "split it"))
    } else {
        std::fs::read(&disk).map_err(|why| {
            problem(format!("this page cannot be read: {why}"), "look at its rights")
        })
    };
    (path, read)
}

#[derive(Default)]
struct Found {
    /// Path below the root, and where it is on disk.
    paths: Vec<(String, PathBuf)>,
    problems: Vec<(Source, Diagnostic)>,
}

impl Found {
    fn problem(&mut self, path: String, message: String, hint: &str) {
        let found = Diagnostic::error(&rule::FILE, Span::default(), message).hint(hint);
        self.problems.push((Source::new(path, ""), found));
    }
}

/// Folders that are never content when the pages are beside them.
pub(crate) const NOT_CONTENT: &[&str] =
    &["public", "public.new", "themes", "target", "node_modules"];

/// A file of this name marks a folder that was made by publishing a site.
pub const PUBLISHED: &str = ".plainsite";

fn walk(folder: &Path, root: &Path, inside: bool, found: &mut Found) {
    let real_root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    let wanted = |entry: &walkdir::DirEntry| {
        let name = entry.file_name().to_string_lossy();
        let hidden = name.starts_with('.') || name.ends_with('~') || is_left_by_system(&name);
        let beside = !inside && entry.depth() == 1 && NOT_CONTENT.contains(&name.as_ref());
        let is_published = entry.depth() > 0
            && entry.file_type().is_dir()
            && entry.path().join(PUBLISHED).is_file();
        entry.depth() == 0 || !hidden && !beside && !is_published
    };
    for entry in
        WalkDir::new(folder).max_depth(64).sort_by_file_name().into_iter().filter_entry(wanted)
    {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().map_or_else(String::new, |path| below(root, path).0);
                let message = format!("this could not be read: {error}");
                found.problem(path, message, "check that you may open it");
                continue;
            }
        };
        let (path, is_text) = below(root, entry.path());
        let kind = entry.file_type();
        if !is_text {
            let message = "the name of this file has characters that cannot be read";
            found.problem(path, message.into(), "rename it with small letters and hyphens");
        } else if kind.is_symlink() {
            let target =
                entry.path().canonicalize().ok().filter(|target| target.starts_with(&real_root));
            match target {
                Some(target) if target.is_file() => found.paths.push((path, target)),
                Some(_) => {
                    found.problem(path, "this is a link to a folder".into(), "copy the folder here")
                }
                None => found.problem(
                    path,
                    "this is a link to something outside the site".into(),
                    "copy the file here",
                ),
            }
        } else if kind.is_file() && (inside || is_content(&path)) {
            found.paths.push((path, entry.path().to_owned()));
        } else if !kind.is_dir() && !kind.is_file() {
            found.problem(path, "this is not a file".into(), "take it out of the folder");
        }
    }
}

/// Whether a file is one that Windows or Word puts beside others, and takes away by itself.
fn is_left_by_system(name: &str) -> bool {
    name.starts_with("~$")
        || ["Thumbs.db", "desktop.ini"].iter().any(|left| name.eq_ignore_ascii_case(left))
}

/// Whether a file beside `site.toml` belongs to the pages.
fn is_content(path: &str) -> bool {
    !matches!(path, "site.toml" | "README.md" | "Cargo.toml" | "Cargo.lock")
}

/// A path below the root, with `/`; false when it is not text.
fn below(root: &Path, path: &Path) -> (String, bool) {
    let path = path.strip_prefix(root).unwrap_or(path);
    let text = path.to_string_lossy();
    let text = if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() };
    (text, path.to_str().is_some())
}

#[derive(Debug, Clone)]
enum Read {
    Text(Source, Option<Diagnostic>),
    File(File),
    Not(Source, Diagnostic),
}

/// How the names of pages, records and data files end.
const TEXT: &[&str] = &[".md", ".markdown", ".yaml", ".yml"];

/// The page that a file is a copy of, by its name: `fees - Copy.md`, `fees (1).md`,
/// `fees (conflicted copy).md` beside `fees.md`.
fn original(path: &str, names: &HashSet<&str>) -> Option<String> {
    let (stem, end) = TEXT.iter().find_map(|end| Some((path.strip_suffix(end)?, end)))?;
    let lower = stem.to_ascii_lowercase();
    let is_number = |inner: &str| inner.bytes().all(|b| b.is_ascii_digit());
    let in_brackets = || {
        let (before, inner) = lower.strip_suffix(')')?.rsplit_once('(')?;
        let is_copy = is_number(inner) || inner.contains("copy") || inner.contains("conflict");
        is_copy.then_some(before.len())
    };
    let named = || [" - copy", "-copy", " copy"].iter().find_map(|end| lower.strip_suffix(end));
    let length = in_brackets().or_else(|| named().map(str::len))?;
    let original = format!("{}{end}", stem[..length].trim_end());
    names.contains(original.as_str()).then_some(original)
}

fn copied(original: &str) -> Diagnostic {
    let name = name_of(original);
    let message = format!("this looks like a copy of {name}, and would be a page of its own");
    Diagnostic::error(&rule::FILE, Span::default(), message).hint(format!(
        "put what is new into {name}, and delete this file; or give it a name of its own"
    ))
}

/// How the names of files end that programs leave behind.
const COPIES: &[&str] = &[".orig", ".rej", ".bak", ".tmp", ".swp", ".old"];

fn read(path: &str, disk: &Path) -> Read {
    let name = name_of(path).to_lowercase();
    let is_text = TEXT.iter().any(|end| name.ends_with(end));
    let most = match is_text {
        _ if matches!(path, "content/_ledger.yaml" | LEDGER) => LONGEST_LEDGER,
        true => LONGEST_TEXT,
        false => LARGEST_FILE,
    };
    let refuse = |message: String, hint: &str| {
        let found = Diagnostic::error(&rule::FILE, Span::default(), message).hint(hint);
        Read::Not(Source::new(path, ""), found)
    };
    let is_copy = COPIES.iter().any(|end| name.ends_with(end))
        || TEXT.iter().any(|end| name.contains(&format!("{end}.")));
    if is_copy && !is_text {
        let message = "this looks like an old copy of a page, and would be published as it is";
        return refuse(message.into(), "delete it, or move it out of the folder");
    }
    let size = std::fs::metadata(disk).map_or(0, |data| data.len());
    if size > most {
        let message = format!("this file has {} MB, and {} MB is the most", size >> 20, most >> 20);
        return refuse(
            message,
            if is_text { "split it into several pages" } else { "make it smaller" },
        );
    }
    let bytes = match std::fs::read(disk) {
        Ok(bytes) => bytes,
        Err(why) => {
            return refuse(
                format!("this file could not be read: {why}"),
                "check that you may open it",
            );
        }
    };
    if !is_text {
        return Read::File(File { path: path.into(), bytes: bytes.into() });
    }
    match String::from_utf8(bytes) {
        Ok(text) => {
            let problem = unseen(&text);
            Read::Text(Source::new(path, text), problem)
        }
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let span = Span::new(at, (at + '\u{fffd}'.len_utf8()).min(text.len()));
            let message = "this file is not saved as UTF-8, so letters are lost";
            let found = Diagnostic::error(&rule::FILE, span, message)
                .hint("save it again, and choose UTF-8 as its encoding");
            Read::Text(Source::new(path, text), Some(found))
        }
    }
}

/// A character that no page can hold or that nobody sees, which programs leave in text that is
/// pasted. It is left out of every page, so it is named once a file.
fn unseen(text: &str) -> Option<Diagnostic> {
    let forbidden = text.char_indices().find(|(_, c)| is_forbidden(*c));
    let (at, c) = forbidden.or_else(|| first_unseen(text))?;
    let span = Span::new(at, at + c.len_utf8());
    let message = format!("a character that nobody sees stands here (U+{:04X})", u32::from(c));
    let hint = "delete it: put the cursor behind it, press Backspace, and see that no letter goes";
    Some(Diagnostic::warning(&rule::FILE, span, message).hint(hint))
}

fn load_theme(root: &Path, name: &str, problems: &mut Vec<(Source, Diagnostic)>) -> Theme {
    let mut theme = Theme::embedded();
    let mut refuse = |path: String, message: String, hint: &str| {
        problems.push((
            Source::new(path, ""),
            Diagnostic::error(&rule::THEME, Span::default(), message).hint(hint),
        ));
    };
    let is_name = !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\']);
    let folder = root.join("themes").join(if is_name { name } else { "plain" });
    if !folder.is_dir() || !is_name {
        if name != "plain" {
            let message = format!("there is no theme “{name}”");
            refuse(
                "site.toml".into(),
                message,
                "make the folder in themes/, or write `name = \"plain\"`",
            );
        }
        return theme;
    }
    for entry in WalkDir::new(&folder).max_depth(8).sort_by_file_name().into_iter().flatten() {
        if !entry.file_type().is_file() {
            continue;
        }
        let (path, _) = below(root, entry.path());
        let (inner, _) = below(&folder, entry.path());
        let size = entry.metadata().map_or(0, |data| data.len());
        match std::fs::read_to_string(entry.path()) {
            Ok(text) if size <= LONGEST_TEXT => {
                theme.own.insert(inner.clone(), path);
                theme.files.insert(inner, text);
            }
            _ => refuse(
                path,
                "this file of the theme is not text".into(),
                "put pictures in content/",
            ),
        }
    }
    theme
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_out_of_the_site_is_refused() {
        let root = tempfile::tempdir().expect("a folder");
        let content = root.path().join("content");
        std::fs::create_dir(&content).expect("a folder");
        std::fs::write(content.join("index.md"), "# Hello\n").expect("a file");
        std::fs::write(content.join("bad.md"), b"caf\xe9").expect("a file");
        #[cfg(unix)]
        std::os::unix::fs::symlink("/etc/hostname", content.join("a.md")).expect("a link");
        #[cfg(unix)]
        std::os::unix::fs::symlink(&content, content.join("loop")).expect("a link");
        let loaded = load(root.path(), "plain").expect("it is a folder");
        assert_eq!(loaded.sources.len(), 2);
        let said: Vec<_> = loaded.problems.iter().map(|(source, _)| &*source.path).collect();
        assert_eq!(said, ["content/a.md", "content/loop", "content/bad.md"]);
    }
}
