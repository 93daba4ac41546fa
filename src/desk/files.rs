//! The files of a site as somebody works on them: read, written, and as they were before.
//!
//! Nothing is written but below the folder of the pages, the settings, and `.plainsite/desk`,
//! which is no part of the site: there are the last states of each file, and words that were
//! typed and not saved yet.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
    time::{SystemTime, UNIX_EPOCH},
};

use crate::{
    diagnostic::Error,
    kept::Key,
    load::{LARGEST_FILE, LEDGER, LONGEST_TEXT},
    text::address::bad_name,
    write::{Edited, edit},
};

/// How many texts are kept that somebody began to work on.
const MOST_BEGUN: usize = 200;

/// How many earlier states of a file are kept.
pub const MOST_STATES: usize = 50;

const STATES: &str = ".plainsite/desk/states";
const DOCUMENT: &str = ".plainsite/desk/document";
const BEGUN: &str = ".plainsite/desk/begun";
const UNSAVED: &str = ".plainsite/desk/unsaved";

/// The endings of files that are words.
const WORDS: [&str; 4] = [".md", ".markdown", ".yaml", ".yml"];

/// Tells one keeping of words from the next, since two can be at once.
static KEPT: AtomicU64 = AtomicU64::new(0);

/// A folder of a site.
#[derive(Debug, Clone)]
pub struct DeskFiles {
    root: PathBuf,
}

/// A file of words as it was when somebody began to work on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Its path below the root: `content/manage/records.md`.
    pub path: String,
    /// Its words, with `\n` at the end of each line.
    pub words: String,
    /// Tells these words from others; empty for a file that is not there yet.
    pub version: String,
}

/// What came of saving.
#[derive(Debug)]
pub enum Saved {
    /// It is saved, and this is what is there now.
    Done(Sheet),
    /// Somebody else has changed it meanwhile, to this. Nothing was written.
    Changed(Sheet),
    /// Somebody else has taken it away. Nothing was written.
    Gone,
}

/// An earlier state of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// When something else took its place, in milliseconds since 1970, in UTC.
    pub until: u64,
    /// Its words.
    pub words: String,
}

/// Words that were typed and not saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsaved {
    /// The version that they began from.
    pub version: String,
    /// The words.
    pub words: String,
}

/// Why something cannot be done, as a sentence for the person who wanted it.
pub type Refusal = String;

impl DeskFiles {
    /// The files of the site in `root`.
    pub fn new(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }

    /// The folder of the site.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folder of the pages below the root: `content/`, or nothing when they are in the
    /// root itself.
    pub fn content(&self) -> &'static str {
        if self.root.join("content").is_dir() { "content/" } else { "" }
    }

    /// Where a file of words is that may be worked on.
    ///
    /// # Errors
    ///
    /// Why not.
    pub fn place(&self, path: &str) -> Result<PathBuf, Refusal> {
        let is_words = WORDS.iter().any(|end| path.to_ascii_lowercase().ends_with(end));
        if path.to_ascii_lowercase().ends_with(LEDGER) {
            return Err("The list of addresses is written by the program alone.".into());
        }
        if path == "site.toml" {
            let disk = self.root.join(path);
            return match disk.symlink_metadata().is_ok_and(|data| data.is_symlink()) {
                true => {
                    Err("site.toml is a link to another file, which is not changed here.".into())
                }
                false => Ok(disk),
            };
        }
        if !is_words {
            return Err(format!("“{path}” is not a file of words: its name ends in .md or .yaml."));
        }
        self.inside(path)
    }

    /// Where a file is below the folder of the pages, whatever is in it.
    fn inside(&self, path: &str) -> Result<PathBuf, Refusal> {
        let inner = path.strip_prefix(self.content());
        let is_plain = |part: &str| {
            !part.is_empty()
                && !part.starts_with('.')
                && !part.contains(['\\', ':', '\0', '<', '>', '|', '?', '*', '"'])
                && !part.ends_with([' ', '.'])
                && !part.chars().any(char::is_control)
        };
        let Some(inner) = inner.filter(|inner| inner.split('/').all(is_plain)) else {
            return Err(format!("“{path}” is not in the folder of the pages."));
        };
        if let Some(why) = bad_name(path) {
            return Err(format!("“{path}” is no name that every computer can keep: {why}."));
        }
        let disk = self.root.join(path);
        // A folder may be a link that leads elsewhere, and a link is not what it leads to.
        let there = disk.ancestors().find(|above| above.symlink_metadata().is_ok());
        let real = there.and_then(|there| there.canonicalize().ok());
        let own = self.root.join(self.content()).canonicalize().ok();
        let is_link = disk.symlink_metadata().is_ok_and(|data| data.is_symlink());
        match real.zip(own) {
            Some((real, own)) if real.starts_with(&own) && !inner.is_empty() && !is_link => {
                Ok(disk)
            }
            _ => Err(format!("“{path}” is not in the folder of the pages.")),
        }
    }

    /// Reads a file of words; none when it is not there.
    ///
    /// # Errors
    ///
    /// Why it cannot be worked on.
    pub fn read(&self, path: &str) -> Result<Option<Sheet>, Refusal> {
        let disk = self.place(path)?;
        let Some(bytes) = self.bytes(&disk)? else { return Ok(None) };
        sheet(path, &bytes).map(Some)
    }

    fn bytes(&self, disk: &Path) -> Result<Option<Vec<u8>>, Refusal> {
        match fs::metadata(disk) {
            Ok(data) if data.len() > LONGEST_TEXT => {
                Err(format!("This file is over {} MB, and is not opened.", LONGEST_TEXT >> 20))
            }
            Ok(data) if !data.is_file() => Err("This is a folder, and not a file.".into()),
            _ => match fs::read(disk) {
                Ok(bytes) => Ok(Some(bytes)),
                Err(why) if why.kind() == io::ErrorKind::NotFound => Ok(None),
                Err(why) => Err(format!("This file cannot be read: {why}.")),
            },
        }
    }

    /// Saves words in a file, where it still is the version that they began from. What was
    /// there is kept as a state.
    ///
    /// # Errors
    ///
    /// Why it cannot be written; it is then as it was.
    pub fn save(&self, path: &str, version: &str, words: &str) -> Result<Saved, Refusal> {
        let disk = self.place(path)?;
        let before = self.bytes(&disk)?;
        let other = |now: Option<Vec<u8>>| match now {
            Some(now) => sheet(path, &now).map(Saved::Changed),
            None => Ok(Saved::Gone),
        };
        let is_known = before.as_deref().map(version_of).unwrap_or_default() == version;
        if !is_known {
            return other(before);
        }
        let new = as_written(words, before.as_deref());
        if new.len() as u64 > LONGEST_TEXT {
            return Err(format!("A file may have {} MB at most.", LONGEST_TEXT >> 20));
        }
        if before.as_deref() != Some(&new[..]) {
            if let Some(before) = &before {
                self.keep_state(path, before)?;
            }
            match edit(&disk, before.as_deref(), &new).map_err(|error| not_saved(&error))? {
                Edited::Done => {}
                Edited::Other(now) => return other(now),
            }
        }
        self.forget_unsaved(path);
        sheet(path, &new).map(Saved::Done)
    }

    /// Keeps a file of words as it is now as a state, before another program writes over it.
    ///
    /// # Errors
    ///
    /// Why it cannot be kept.
    pub fn keep(&self, path: &str) -> Result<(), Refusal> {
        let Ok(disk) = self.place(path) else { return Ok(()) };
        match self.bytes(&disk)? {
            Some(bytes) => self.keep_state(path, &bytes),
            None => Ok(()),
        }
    }

    /// Keeps words that somebody typed and does not save as a state.
    ///
    /// # Errors
    ///
    /// Why they cannot be kept.
    pub fn keep_words(&self, path: &str, words: &str) -> Result<(), Refusal> {
        self.place(path)?;
        self.keep_state(path, &as_written(words, None))
    }

    /// Keeps a document that somebody sent until they have chosen what becomes of it, and gives
    /// back what it is called here. Only the last one is kept.
    ///
    /// # Errors
    ///
    /// Why not.
    pub fn keep_document(&self, bytes: &[u8]) -> Result<String, Refusal> {
        let folder = self.root.join(DOCUMENT);
        let failed = |why: io::Error| format!("The document cannot be kept ({why}).");
        self.ignore().map_err(failed)?;
        _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).map_err(failed)?;
        let name = version_of(bytes);
        fs::write(folder.join(&name), bytes).map_err(failed)?;
        Ok(name)
    }

    /// The document that was kept under a name.
    pub fn document(&self, name: &str) -> Option<Vec<u8>> {
        let is_ours = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !is_ours {
            return None;
        }
        fs::read(self.root.join(DOCUMENT).join(name)).ok()
    }

    /// Adds a picture or another file that pages use, under a name that nothing has yet, which
    /// it gives back: `content/manage/pictures/card-2.png`.
    ///
    /// # Errors
    ///
    /// Why not.
    pub fn add(&self, path: &str, bytes: &[u8]) -> Result<String, Refusal> {
        if bytes.len() as u64 > LARGEST_FILE {
            return Err(format!("A file may have {} MB at most.", LARGEST_FILE >> 20));
        }
        let (stem, end) = path.rsplit_once('.').unwrap_or((path, ""));
        for number in 1..1000 {
            let name = match number {
                1 => path.to_owned(),
                _ => format!("{stem}-{number}.{end}"),
            };
            let disk = self.inside(&name)?;
            match edit(&disk, None, bytes).map_err(|error| not_saved(&error))? {
                Edited::Done => return Ok(name),
                // It is there already.
                Edited::Other(Some(same)) if same == bytes => return Ok(name),
                Edited::Other(_) => {}
            }
        }
        Err(format!("There are too many files that are called “{path}”."))
    }

    /// Takes a file away, and keeps it as a state.
    ///
    /// # Errors
    ///
    /// Why not.
    pub fn take_away(&self, path: &str, version: &str) -> Result<Saved, Refusal> {
        let disk = self.place(path)?;
        let Some(before) = self.bytes(&disk)? else { return Ok(Saved::Gone) };
        if version_of(&before) != version {
            return sheet(path, &before).map(Saved::Changed);
        }
        self.keep_state(path, &before)?;
        fs::remove_file(&disk).map_err(|why| format!("This file cannot be taken away: {why}."))?;
        self.forget_unsaved(path);
        Ok(Saved::Done(Sheet {
            path: path.to_owned(),
            words: String::new(),
            version: String::new(),
        }))
    }

    /// The earlier states of a file, the newest first.
    pub fn states(&self, path: &str) -> Vec<State> {
        if self.place(path).is_err() {
            return Vec::new();
        }
        let folder = self.root.join(STATES).join(path);
        let mut all: Vec<State> = times(&folder)
            .into_iter()
            .filter_map(|until| {
                let bytes = fs::read(folder.join(until.to_string())).ok()?;
                Some(State { until, words: sheet(path, &bytes).ok()?.words })
            })
            .collect();
        all.reverse();
        all
    }

    /// The files that were taken away and have earlier states, in order.
    pub fn taken_away(&self) -> Vec<String> {
        let top = self.root.join(STATES);
        let mut found = Vec::new();
        let mut folders = vec![top.clone()];
        while let Some(folder) = folders.pop() {
            let path = folder.strip_prefix(&top).unwrap_or(&folder);
            let path = path.to_string_lossy().replace('\\', "/");
            if !times(&folder).is_empty() && !self.root.join(&path).exists() {
                found.push(path);
            }
            let inside = fs::read_dir(&folder).into_iter().flatten().flatten();
            folders.extend(inside.map(|entry| entry.path()).filter(|path| path.is_dir()));
        }
        found.sort();
        found
    }

    fn keep_state(&self, path: &str, bytes: &[u8]) -> Result<(), Refusal> {
        let folder = self.root.join(STATES).join(path);
        let known = times(&folder);
        let failed = |why: io::Error| {
            format!("Nothing was saved: how it was before cannot be kept ({why}).")
        };
        self.ignore().map_err(failed)?;
        fs::create_dir_all(&folder).map_err(failed)?;
        if let Some(last) = known.last()
            && fs::read(folder.join(last.to_string())).is_ok_and(|last| last == bytes)
        {
            return Ok(());
        }
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let now = u64::try_from(now.as_millis()).unwrap_or(u64::MAX);
        // Two in one moment come after each other.
        let until = known.last().map_or(now, |last| now.max(last + 1));
        fs::write(folder.join(until.to_string()), bytes).map_err(failed)?;
        let too_many = (known.len() + 1).saturating_sub(MOST_STATES);
        known.iter().take(too_many).for_each(|old| {
            _ = fs::remove_file(folder.join(old.to_string()));
        });
        Ok(())
    }

    /// Says to Git that what is kept here is no part of the site.
    fn ignore(&self) -> io::Result<()> {
        let folder = self.root.join(".plainsite");
        fs::create_dir_all(&folder)?;
        let ignored = folder.join(".gitignore");
        match ignored.exists() {
            true => Ok(()),
            false => fs::write(ignored, "# Made by plainsite. No part of the site.\n*\n"),
        }
    }

    /// Keeps the words that somebody begins with, so that it is known later who changed what. A
    /// disk without room for them costs no more than that.
    pub fn begin(&self, sheet: &Sheet) {
        let folder = self.root.join(BEGUN);
        let file = folder.join(&sheet.version);
        if self.ignore().and_then(|()| fs::create_dir_all(&folder)).is_err() {
            return;
        }
        _ = fs::write(&file, &sheet.words);
        let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
        let time =
            |entry: fs::DirEntry| Some((entry.metadata().ok()?.modified().ok()?, entry.path()));
        let mut all: Vec<_> = entries.filter_map(time).collect();
        all.sort();
        let too_many = all.len().saturating_sub(MOST_BEGUN);
        all.iter().take(too_many).for_each(|(_, old)| _ = fs::remove_file(old));
    }

    /// The words of a version that somebody began with.
    pub fn begun(&self, version: &str) -> Option<String> {
        let is_ours = !version.is_empty() && version.bytes().all(|b| b.is_ascii_alphanumeric());
        is_ours.then(|| fs::read_to_string(self.root.join(BEGUN).join(version)).ok()).flatten()
    }

    /// Keeps words that were typed and not saved yet, so that nothing is lost.
    ///
    /// # Errors
    ///
    /// Why not.
    pub fn keep_unsaved(&self, path: &str, version: &str, words: &str) -> Result<(), Refusal> {
        self.place(path)?;
        let disk = self.root.join(UNSAVED).join(path);
        let failed = |why: io::Error| format!("What you type cannot be kept ({why}): save it.");
        self.ignore().map_err(failed)?;
        fs::create_dir_all(disk.parent().unwrap_or(&self.root)).map_err(failed)?;
        let number = KEPT.fetch_add(1, Ordering::Relaxed);
        let beside = disk.with_extension(format!("{}-{number}.new", std::process::id()));
        fs::write(&beside, format!("{version}\n{}", lines(words))).map_err(failed)?;
        fs::rename(&beside, &disk).map_err(failed)
    }

    /// The words of a file that were typed and not saved.
    pub fn unsaved(&self, path: &str) -> Option<Unsaved> {
        self.place(path).ok()?;
        let text = fs::read_to_string(self.root.join(UNSAVED).join(path)).ok()?;
        let (version, words) = text.split_once('\n')?;
        Some(Unsaved { version: version.to_owned(), words: words.to_owned() })
    }

    /// Forgets them.
    pub fn forget_unsaved(&self, path: &str) {
        if self.place(path).is_ok() {
            _ = fs::remove_file(self.root.join(UNSAVED).join(path));
        }
    }
}

/// When states of a file were replaced, the oldest first.
fn times(folder: &Path) -> Vec<u64> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let files = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()));
    let mut all: Vec<u64> =
        files.filter_map(|entry| entry.file_name().to_str()?.parse().ok()).collect();
    all.sort_unstable();
    all
}

fn not_saved(error: &Error) -> Refusal {
    format!("It could not be saved: {error}. What you wrote is still here.")
}

/// Tells a file from another version of it.
fn version_of(bytes: &[u8]) -> String {
    Key::of([bytes]).bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn sheet(path: &str, bytes: &[u8]) -> Result<Sheet, Refusal> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Err("This file is not saved as UTF-8, so its letters cannot be told. Save it so \
                    in the program that made it."
            .into());
    };
    let words = lines(text.trim_start_matches('\u{feff}'));
    Ok(Sheet { path: path.to_owned(), words, version: version_of(bytes) })
}

/// Words with `\n` at the end of each line, as forms send them with more.
fn lines(words: &str) -> String {
    words.replace("\r\n", "\n").replace('\r', "\n")
}

/// Words as bytes of a file: with the line ends and the mark that it had.
fn as_written(words: &str, before: Option<&[u8]>) -> Vec<u8> {
    let before = before.unwrap_or_default();
    let mut words = lines(words);
    if !words.is_empty() && !words.ends_with('\n') {
        words.push('\n');
    }
    if before.windows(2).any(|pair| pair == b"\r\n") {
        words = words.replace('\n', "\r\n");
    }
    let mark: &[u8] = "\u{feff}".as_bytes();
    let mut bytes = if before.starts_with(mark) { mark.to_vec() } else { Vec::new() };
    bytes.extend_from_slice(words.as_bytes());
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> (tempfile::TempDir, DeskFiles) {
        let root = tempfile::tempdir().expect("a folder");
        fs::create_dir_all(root.path().join("content/manage")).expect("a folder");
        let files = DeskFiles::new(root.path());
        (root, files)
    }

    #[test]
    fn nothing_is_written_elsewhere() {
        let (root, files) = site();
        let outside = [
            "content/../site.md",
            "/etc/a.md",
            "content//a.md",
            "content/.git/a.md",
            "public/a.md",
            "content/a\\..\\b.md",
            "content/_ledger.yaml",
            "content/a.html",
            "themes/a.md",
            "content/c:/a.md",
            "content/a.md\0",
            "content/",
            "",
            "content/x./a.md",
            "content/COM1.md",
            "content/_Ledger.yaml",
        ];
        for path in outside {
            assert!(files.save(path, "", "words").is_err(), "{path}");
        }
        let elsewhere = tempfile::tempdir().expect("a folder");
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(elsewhere.path(), root.path().join("content/away"))
                .expect("a link");
            std::os::unix::fs::symlink(root.path(), root.path().join("content/up"))
                .expect("a link");
            assert!(files.save("content/up/a.md", "", "words").is_err());
            assert!(files.save("content/away/a.md", "", "words").is_err());
            assert!(files.save("content/away/b/a.md", "", "words").is_err());
        }
        assert_eq!(fs::read_dir(elsewhere.path()).expect("a folder").count(), 0);
    }

    #[test]
    fn each_save_keeps_what_was_there_and_the_way_it_was_written() {
        let (root, files) = site();
        let path = "content/manage/records.md";
        let disk = root.path().join(path);
        fs::write(&disk, "\u{feff}# One\r\n\r\nTwo\r\n").expect("it can be written");
        let mut sheet = files.read(path).expect("no fault").expect("it is there");
        assert_eq!(sheet.words, "# One\n\nTwo\n");
        for number in 0..60 {
            let words = format!("# One\r\n\r\nTwo {number}");
            let Ok(Saved::Done(now)) = files.save(path, &sheet.version, &words) else {
                panic!("it is saved");
            };
            sheet = now;
        }
        let text = fs::read_to_string(&disk).expect("it is there");
        assert_eq!(text, "\u{feff}# One\r\n\r\nTwo 59\r\n");
        let states = files.states(path);
        assert_eq!(states.len(), MOST_STATES);
        assert_eq!(states[0].words, "# One\n\nTwo 58\n");
        // The same again is no change.
        assert!(matches!(files.save(path, &sheet.version, &sheet.words), Ok(Saved::Done(_))));
        assert_eq!(files.states(path)[0].words, "# One\n\nTwo 58\n");
    }

    #[test]
    fn what_others_did_meanwhile_is_never_written_over() {
        let (root, files) = site();
        let path = "content/records.md";
        let Ok(Saved::Done(mine)) = files.save(path, "", "Mine") else { panic!("it is saved") };
        assert!(matches!(files.save(path, "", "Other"), Ok(Saved::Changed(_))));
        fs::write(root.path().join(path), "Theirs\n").expect("it can be written");
        match files.save(path, &mine.version, "Mine again") {
            Ok(Saved::Changed(theirs)) => assert_eq!(theirs.words, "Theirs\n"),
            other => panic!("{other:?}"),
        }
        fs::remove_file(root.path().join(path)).expect("it is there");
        assert!(matches!(files.save(path, &mine.version, "Mine again"), Ok(Saved::Gone)));
        assert!(files.taken_away().is_empty(), "nothing was kept of it");
    }

    #[test]
    fn words_that_were_not_saved_are_there_later() {
        let (_root, files) = site();
        let path = "content/records.md";
        files.keep_unsaved(path, "", "Half a\r\nsentence").expect("it can be kept");
        let kept = files.unsaved(path).expect("it is there");
        assert_eq!((kept.version.as_str(), kept.words.as_str()), ("", "Half a\nsentence"));
        assert!(matches!(files.save(path, "", "Half a sentence."), Ok(Saved::Done(_))));
        assert_eq!(files.unsaved(path), None);
    }

    #[test]
    fn a_picture_never_takes_the_place_of_another() {
        let (_root, files) = site();
        let path = "content/manage/pictures/card.png";
        assert_eq!(files.add(path, b"one").expect("it is added"), path);
        assert_eq!(files.add(path, b"one").expect("it is there"), path);
        let second = files.add(path, b"two").expect("it is added");
        assert_eq!(second, "content/manage/pictures/card-2.png");
    }
}
