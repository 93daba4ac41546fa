//! The manifest of a published folder: what a run of ours put there, so that the next one knows
//! what is its own, what has changed, and what a reader may still ask for.
//!
//! It is the file `.plainsite` in the folder, in lines that other programs can read. The first
//! says to people what the folder is; after an empty line come the version and then a line a
//! file, sorted by path:
//!
//! ```text
//! This folder is made by plainsite. It is replaced whole each time: change nothing here.
//!
//! plainsite-manifest 1
//! file 2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae 3 a/index.html
//! earlier 2c26b46b…e7ae 3 1795986000 4 assets/style.0123abcd.css
//! kept .git
//! moving b/index.html
//! ```
//!
//! - `file`: a file of the site, with its SHA-256, its size in bytes and its path. SHA-256 is
//!   what `sha256sum` and hosts know too.
//! - `earlier`: a file of an earlier build that stays for readers of older pages. Between size
//!   and path stand the time at which it left the site, in seconds since 1970, and how many
//!   builds were published since.
//! - `kept`: what somebody else put there and the settings name.
//! - `moving`: a file of ours that was being replaced. None is there once a run has ended.
//!
//! In paths a backslash is `\\` and the ends of lines are `\n` and `\r`. The files of a site
//! give the same lines every time; `earlier` depends on what was published before. The first
//! versions of the program wrote only paths there, or nothing.
//!
//! The only file that names sha2.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    fmt::{self, Write as _},
};

use sha2::{Digest as _, Sha256};

pub use self::earlier::Stay;
use crate::load::PUBLISHED;

mod earlier;

/// Its name in the folder.
pub const NAME: &str = PUBLISHED;

/// What stands above it, for people.
pub const FOR_PEOPLE: &str =
    "This folder is made by plainsite. It is replaced whole each time: change nothing here.\n";

/// What the version of the format begins with, and which one this is.
const VERSION: &str = "plainsite-manifest ";
const OURS: &str = "1";

/// What a run of ours put into a folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manifest {
    /// The files of the site.
    pub files: BTreeMap<String, Entry>,
    /// Files of earlier builds that stay for readers of older pages.
    pub earlier: BTreeMap<String, Earlier>,
    /// What somebody else put there and the settings name.
    pub kept: BTreeSet<String>,
    /// Files of ours of which nothing else is known: they were being replaced, or a version
    /// of the program that knew no hashes wrote them.
    pub moving: BTreeSet<String>,
}

/// What is known of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// In bytes.
    pub size: u64,
    /// Of its bytes.
    pub hash: Hash,
}

/// A file of an earlier build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Earlier {
    /// What is known of it.
    pub entry: Entry,
    /// When it left the site, in seconds since 1970.
    pub left: u64,
    /// How many builds were published since.
    pub builds: u32,
}

/// A SHA-256.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Hash(pub [u8; 32]);

/// The manifest was written by a later version of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Newer;

impl Entry {
    /// What is known of a file with these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self { size: bytes.len() as u64, hash: Hash(Sha256::digest(bytes).into()) }
    }
}

impl Hash {
    fn parse(text: &str) -> Option<Self> {
        let digits = text.as_bytes();
        if digits.len() != 64 || !digits.iter().all(u8::is_ascii_hexdigit) {
            return None;
        }
        let mut hash = [0; 32];
        for (byte, at) in hash.iter_mut().zip((0..).step_by(2)) {
            *byte = u8::from_str_radix(text.get(at..at + 2)?, 16).ok()?;
        }
        Some(Self(hash))
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Manifest {
    /// Reads one. None when it says nothing of the files, as that of the first versions. A
    /// line that cannot be read is passed over: its file is then somebody else’s.
    ///
    /// # Errors
    ///
    /// [`Newer`] when a later version of the program wrote it.
    pub fn parse(text: &str) -> Result<Option<Self>, Newer> {
        let Some((_, list)) = text.split_once("\n\n") else { return Ok(None) };
        let mut manifest = Self::default();
        let (first, lines) = list.split_once('\n').unwrap_or((list, ""));
        match first.strip_prefix(VERSION) {
            Some(OURS) => lines.lines().for_each(|line| _ = manifest.add(line)),
            Some(_) => return Err(Newer),
            None => manifest.moving.extend(list.lines().map(from_line)),
        }
        Ok(Some(manifest))
    }

    fn add(&mut self, line: &str) -> Option<()> {
        let (sort, rest) = line.split_once(' ')?;
        match sort {
            "kept" => _ = self.kept.insert(from_line(rest)),
            "moving" => _ = self.moving.insert(from_line(rest)),
            "file" | "earlier" => {
                let (hash, rest) = rest.split_once(' ')?;
                let (size, rest) = rest.split_once(' ')?;
                let entry = Entry { size: size.parse().ok()?, hash: Hash::parse(hash)? };
                if sort == "file" {
                    self.files.insert(from_line(rest), entry);
                } else {
                    let (left, rest) = rest.split_once(' ')?;
                    let (builds, path) = rest.split_once(' ')?;
                    let (left, builds) = (left.parse().ok()?, builds.parse().ok()?);
                    self.earlier.insert(from_line(path), Earlier { entry, left, builds });
                }
            }
            _ => return None,
        }
        Some(())
    }

    /// As it is written.
    pub fn text(&self) -> String {
        let mut text = format!("{FOR_PEOPLE}\n{VERSION}{OURS}\n");
        for (path, Entry { size, hash }) in &self.files {
            let _ = writeln!(text, "file {hash} {size} {}", one_line(path));
        }
        for (path, Earlier { entry: Entry { size, hash }, left, builds }) in &self.earlier {
            let _ = writeln!(text, "earlier {hash} {size} {left} {builds} {}", one_line(path));
        }
        for path in &self.kept {
            let _ = writeln!(text, "kept {}", one_line(path));
        }
        for path in &self.moving {
            let _ = writeln!(text, "moving {}", one_line(path));
        }
        text
    }

    /// Every file of ours.
    pub fn ours(&self) -> impl Iterator<Item = &String> {
        self.files.keys().chain(self.earlier.keys()).chain(&self.moving)
    }

    /// What a run writes before it replaces the files of `self` by those of `new`: all of
    /// them are ours, and nothing is said of those that differ.
    #[must_use]
    pub fn until(&self, new: &Self) -> Self {
        let mut between = new.clone();
        between.files.retain(|path, entry| self.files.get(path) == Some(entry));
        let all = self.ours().chain(new.ours());
        let known = |path: &&String| {
            !between.files.contains_key(*path) && !between.earlier.contains_key(*path)
        };
        between.moving = all.filter(known).cloned().collect();
        between
    }
}

/// A path as it stands in a line.
fn one_line(path: &str) -> Cow<'_, str> {
    if path.contains(['\n', '\r', '\\']) {
        path.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r").into()
    } else {
        path.into()
    }
}

/// A path that stood in a line.
fn from_line(line: &str) -> String {
    let mut path = String::with_capacity(line.len());
    let mut rest = line.chars();
    while let Some(c) = rest.next() {
        path.push(match c {
            '\\' => match rest.next() {
                Some('n') => '\n',
                Some('r') => '\r',
                Some(other) => other,
                None => '\\',
            },
            c => c,
        });
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let entry = Entry::of(b"foo");
        let manifest = Manifest {
            files: [("a b/index.html".into(), entry), ("a\nb\\n\r".into(), Entry::of(b""))].into(),
            earlier: [("assets/a.css".into(), Earlier { entry, left: 1_795_986_000, builds: 4 })]
                .into(),
            kept: [".git".into()].into(),
            moving: ["c".into()].into(),
        };
        assert_eq!(Manifest::parse(&manifest.text()), Ok(Some(manifest.clone())));
        let line = "file 2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae 3 \
                    a b/index.html\n";
        assert!(manifest.text().contains(line), "{}", manifest.text());
    }

    #[test]
    fn what_other_versions_wrote_is_known_for_what_it_is() {
        assert_eq!(Manifest::parse(FOR_PEOPLE), Ok(None));
        let list = Manifest::parse(&format!("{FOR_PEOPLE}\na/index.html\nb\\\\c\n"));
        let moving = ["a/index.html".to_owned(), "b\\c".to_owned()].into();
        assert_eq!(list, Ok(Some(Manifest { moving, ..Manifest::default() })));
        assert_eq!(Manifest::parse(&format!("{FOR_PEOPLE}\n{VERSION}2\nfile x\n")), Err(Newer));
    }

    #[test]
    fn a_line_that_cannot_be_read_names_no_file() {
        let hash = "é".repeat(32);
        for line in ["file", "file x 3 a", "file 00 3 a", &format!("file {hash} 3 a"), "earlier a"]
        {
            let text = format!("{FOR_PEOPLE}\n{VERSION}{OURS}\n{line}\n");
            assert_eq!(Manifest::parse(&text), Ok(Some(Manifest::default())), "{line}");
        }
    }

    #[test]
    fn until_a_file_has_been_replaced_nothing_is_said_of_it() {
        let (old, new) = (Entry::of(b"old"), Entry::of(b"new"));
        let files = |list: &[(&str, Entry)]| -> Manifest {
            let files = list.iter().map(|(path, entry)| ((*path).to_owned(), *entry)).collect();
            Manifest { files, ..Manifest::default() }
        };
        let before = files(&[("gone", old), ("other", old), ("same", old)]);
        let between = before.until(&files(&[("come", new), ("other", new), ("same", old)]));
        assert_eq!(between.files.keys().collect::<Vec<_>>(), ["same"]);
        assert_eq!(between.moving.iter().collect::<Vec<_>>(), ["come", "gone", "other"]);
    }
}
