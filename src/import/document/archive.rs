//! The parts of a document: Word's and OpenDocument's files are ZIP archives.
//!
//! What an archive says of its sizes is not believed. Each part is read up to a limit, and all
//! of them together up to another, so that a small file which unpacks to a large one (a zip
//! bomb) costs no more than any other. The only file that names the library for such archives,
//! which is called `unzip` here.

use std::{
    cell::Cell,
    collections::BTreeMap,
    io::{Cursor, Read as _},
};

/// The most that is read of one part, and of all parts of a document, in bytes.
const LARGEST_PART: u64 = 96 * 1024 * 1024;
const LARGEST_WHOLE: u64 = 384 * 1024 * 1024;

/// The most parts that an archive may have.
const MOST_PARTS: usize = 20_000;

/// An archive.
#[derive(Debug)]
pub(in crate::import) struct Archive<'a> {
    bytes: &'a [u8],
    /// Where each part is, by its name.
    names: BTreeMap<String, usize>,
    left: Cell<u64>,
}

/// Why a part cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::import) enum Fault {
    /// It is not there.
    Missing,
    /// It is damaged, or packed in a way that these files are not.
    Damaged,
    /// It, or all of them together, unpack to more than is read.
    TooLarge,
    /// It takes a password.
    Locked,
}

impl<'a> Archive<'a> {
    pub(in crate::import) fn open(bytes: &'a [u8]) -> Result<Self, Fault> {
        let archive = unzip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| Fault::Damaged)?;
        if archive.len() > MOST_PARTS {
            return Err(Fault::TooLarge);
        }
        let number = |name: &str| archive.index_for_name(name);
        let names = archive.file_names().flatten();
        let names = names.filter_map(|name| Some((name.to_string(), number(&name)?)));
        Ok(Self { bytes, names: names.collect(), left: Cell::new(LARGEST_WHOLE) })
    }

    /// The names of its parts, sorted.
    pub(in crate::import) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str)
    }

    /// Whether there is such a part.
    pub(in crate::import) fn has(&self, name: &str) -> bool {
        self.names.contains_key(name)
    }

    /// The bytes of a part.
    pub(in crate::import) fn read(&self, name: &str) -> Result<Vec<u8>, Fault> {
        let number = *self.names.get(name).ok_or(Fault::Missing)?;
        let mut archive =
            unzip::ZipArchive::new(Cursor::new(self.bytes)).map_err(|_| Fault::Damaged)?;
        let part = archive.by_index(number);
        let part = part.map_err(|why| match why {
            unzip::result::ZipError::UnsupportedArchive(
                unzip::result::ZipError::PASSWORD_REQUIRED,
            ) => Fault::Locked,
            _ => Fault::Damaged,
        })?;
        let most = LARGEST_PART.min(self.left.get());
        let mut bytes = Vec::new();
        part.take(most + 1).read_to_end(&mut bytes).map_err(|_| Fault::Damaged)?;
        let length = bytes.len() as u64;
        if length > most {
            return Err(Fault::TooLarge);
        }
        self.left.set(self.left.get() - length);
        Ok(bytes)
    }
}
