//! What one run of the program remembers for the next, in `.plainsite/cache` of a site.
//!
//! It may be deleted at any time, and nothing depends on it: what cannot be read, or was
//! written by another build of the program, or does not have the hash that it should have, is
//! passed over, and where nothing can be written nothing is remembered. A file takes its place
//! whole, so that two runs at once spoil nothing; the last one is read. Git leaves the folder
//! alone, by a file of its own. The only file that names postcard.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{self, BufWriter, Write as _},
    path::{Path, PathBuf},
    sync::Arc,
    time::UNIX_EPOCH,
};

use rayon::prelude::*;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::Memory;
use crate::{
    audit::{Audit, Seen, Tally},
    finish::{Polished, SourcePlace},
    html::outline::Outline,
    kept::{Kept, Key},
    picture::Look,
    proof::Looked,
};

/// The most that is written, in bytes. 10,000 pages take 220 MB.
const MOST: u64 = 4 << 30;

/// How many things are made ready to be written at one time.
const FEW: usize = 256;

/// What is remembered of a site from run to run.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    /// Which build of the program this is; none when that is not known.
    program: Option<String>,
}

/// How the last build of a site ended.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Last<T> {
    /// The hash of all that it was made from.
    pub key: u128,
    /// The hash of what was in the published folder afterwards.
    pub published: u128,
    /// What it said.
    pub said: T,
}

#[derive(Serialize, Deserialize)]
struct SavedPage<'a> {
    html: &'a str,
    places: Vec<(u32, SourcePlace)>,
    files: BTreeSet<String>,
}

#[derive(Serialize)]
struct LookedAt<'a> {
    tallies: &'a [Tally],
    seen: &'a Seen,
    outline: &'a Outline,
    asked: &'a BTreeMap<String, bool>,
}

#[derive(Deserialize)]
struct SavedLook {
    tallies: Vec<Tally>,
    seen: Seen,
    outline: Outline,
    asked: BTreeMap<String, bool>,
}

/// What a thing in a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum Sort {
    Look,
    Page,
    Picture,
}

/// One thing in the file, still as bytes.
struct Entry<'a> {
    sort: u8,
    key: Key,
    bytes: &'a [u8],
}

impl Cache {
    /// That of the site in `root`.
    pub fn of(root: &Path) -> Self {
        Self { folder: root.join(".plainsite/cache"), program: program() }
    }

    /// What is remembered.
    pub fn read(&self) -> Memory {
        let memory = Memory {
            polished: Kept::new(),
            looked: Kept::new(),
            pictures: self.pictures(),
            ..Memory::none()
        };
        let bytes = self.bytes("pages").unwrap_or_default();
        entries(&bytes).into_par_iter().for_each(|entry| {
            if entry.sort == Sort::Page as u8 {
                let page = postcard::from_bytes::<SavedPage<'_>>(entry.bytes).ok();
                let polished = page.map(|SavedPage { html, places, files }| Polished {
                    html: html.as_bytes().into(),
                    places,
                    files,
                });
                polished
                    .into_iter()
                    .for_each(|page| memory.polished.put(entry.key, Arc::new(page)));
            } else if let Ok(look) = postcard::from_bytes::<SavedLook>(entry.bytes) {
                let SavedLook { tallies, seen, outline, asked } = look;
                let audit = Audit { marks: Vec::new(), tallies, seen };
                memory.looked.put(entry.key, Arc::new(Looked { audit, outline, asked }));
            }
        });
        memory.sweep();
        memory
    }

    /// What was made of pictures.
    pub fn pictures(&self) -> Arc<Kept<Look>> {
        let pictures = Kept::new();
        let bytes = self.bytes("pictures").unwrap_or_default();
        for entry in entries(&bytes).iter().filter(|entry| entry.sort == Sort::Picture as u8) {
            if let Ok(look) = postcard::from_bytes::<Look>(entry.bytes) {
                pictures.put(entry.key, Arc::new(look));
            }
        }
        Arc::new(pictures)
    }

    /// Keeps what the last build needed.
    pub fn write(&self, memory: &Memory) {
        let page = |(key, page): &(Key, Arc<Polished>)| {
            let html = std::str::from_utf8(&page.html).ok()?;
            let page = SavedPage { html, places: page.places.clone(), files: page.files.clone() };
            Some(entry(Sort::Page, *key, &postcard::to_stdvec(&page).ok()?))
        };
        let look = |(key, looked): &(Key, Arc<Looked>)| {
            let Looked { audit: Audit { marks, tallies, seen }, outline, asked } = &**looked;
            // What was found in a page is looked for again, until nothing is.
            let look = marks.is_empty().then_some(LookedAt { tallies, seen, outline, asked })?;
            Some(entry(Sort::Look, *key, &postcard::to_stdvec(&look).ok()?))
        };
        self.put("pages", |file| {
            let mut written = 0;
            let mut put = |entries: Vec<Vec<u8>>| {
                written += entries.iter().map(|entry| entry.len() as u64).sum::<u64>();
                if written > MOST {
                    return Err(io::ErrorKind::FileTooLarge.into());
                }
                entries.iter().try_for_each(|entry| file.write_all(entry))
            };
            // A few at a time, so that there are never two of all.
            for some in memory.polished.list_used().chunks(FEW) {
                put(some.par_iter().filter_map(page).collect())?;
            }
            for some in memory.looked.list_used().chunks(FEW) {
                put(some.par_iter().filter_map(look).collect())?;
            }
            Ok(())
        });
        self.write_pictures(memory);
    }

    /// Keeps the pictures in a file of their own: they are large, and seldom change.
    fn write_pictures(&self, memory: &Memory) {
        let is_there = self.folder.join("pictures").exists();
        let all = memory.pictures.list_used();
        if memory.pictures.is_as_before() && (is_there || all.is_empty()) {
            return;
        }
        self.put("pictures", |file| {
            let mut written = 0;
            for (key, look) in &all {
                let Ok(bytes) = postcard::to_stdvec(&**look) else { continue };
                written += bytes.len() as u64;
                if written > MOST {
                    return Err(io::ErrorKind::FileTooLarge.into());
                }
                file.write_all(&entry(Sort::Picture, *key, &bytes))?;
            }
            Ok(())
        });
    }

    /// How the last build ended.
    pub fn last<T: DeserializeOwned>(&self) -> Option<Last<T>> {
        let bytes = self.bytes("last")?;
        let (hash, rest) = bytes.split_first_chunk::<16>()?;
        let is_whole = Key::of([rest]).bytes() == *hash;
        if is_whole { postcard::from_bytes(rest).ok() } else { None }
    }

    /// Keeps how this build ended.
    pub fn write_last<T: Serialize>(&self, last: &Last<T>) {
        let Ok(bytes) = postcard::to_stdvec(last) else { return };
        self.put("last", |file| {
            file.write_all(&Key::of([bytes.as_slice()]).bytes())?;
            file.write_all(&bytes)
        });
    }

    /// What is in a file that this build of the program wrote.
    fn bytes(&self, name: &str) -> Option<Vec<u8>> {
        let mut bytes = fs::read(self.folder.join(name)).ok()?;
        let first = format!("{}\n", self.program.as_ref()?);
        bytes.starts_with(first.as_bytes()).then(|| bytes.split_off(first.len()))
    }

    /// Writes a file beside its place and puts it there, or does nothing.
    fn put(&self, name: &str, fill: impl FnOnce(&mut BufWriter<fs::File>) -> io::Result<()>) {
        let Some(program) = &self.program else { return };
        let new = self.folder.join(format!("{name}.{}.new", std::process::id()));
        let write = || -> io::Result<()> {
            fs::create_dir_all(&self.folder)?;
            if let Some(above) = self.folder.parent() {
                let ignored = above.join(".gitignore");
                if !ignored.exists() {
                    fs::write(
                        ignored,
                        "# Made by plainsite, to be quicker. Delete it as you like.\n*\n",
                    )?;
                }
            }
            let mut file = BufWriter::new(fs::File::create(&new)?);
            file.write_all(format!("{program}\n").as_bytes())?;
            fill(&mut file)?;
            file.into_inner()?;
            fs::rename(&new, self.folder.join(name))
        };
        if write().is_err() {
            _ = fs::remove_file(new);
        }
    }
}

/// The hash of what lies in a folder: the names of the files, how long they are and when they
/// were written.
pub fn state(folder: &Path) -> Option<u128> {
    fn walk(folder: &Path, found: &mut Vec<Vec<u8>>) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let data = entry.metadata()?;
            if data.is_dir() {
                walk(&entry.path(), found)?;
            } else {
                let written = data.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default();
                let path = entry.path().to_string_lossy().into_owned();
                found.push(format!("{path}\0{}\0{}", data.len(), written.as_nanos()).into_bytes());
            }
        }
        Ok(())
    }
    let mut found = Vec::new();
    walk(folder, &mut found).ok()?;
    found.sort();
    Some(Key::of(found.iter().map(Vec::as_slice)).0)
}

/// A thing as it stands in a file.
fn entry(sort: Sort, key: Key, bytes: &[u8]) -> Vec<u8> {
    let hash = Key::of([bytes]).bytes();
    let length = (bytes.len() as u64).to_le_bytes();
    [&[sort as u8], key.bytes().as_slice(), &length, &hash, bytes].concat()
}

/// The things in a file, as far as they are whole.
fn entries(bytes: &[u8]) -> Vec<Entry<'_>> {
    let mut found = Vec::new();
    let mut rest = bytes;
    while let Some((&sort, after)) = rest.split_first()
        && let Some((key, after)) = after.split_first_chunk::<16>()
        && let Some((length, after)) = after.split_first_chunk::<8>()
        && let Some((hash, after)) = after.split_first_chunk::<16>()
        && let Ok(length) = usize::try_from(u64::from_le_bytes(*length))
        && let Some((bytes, after)) = after.split_at_checked(length)
    {
        rest = after;
        if Key::of([bytes]).bytes() == *hash {
            let key = Key(u128::from_le_bytes(*key));
            found.push(Entry { sort, key, bytes });
        }
    }
    found
}

/// Which build of the program runs: what another one remembers may be made otherwise.
fn program() -> Option<String> {
    let data = fs::metadata(std::env::current_exe().ok()?).ok()?;
    let written = data.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    let version = env!("CARGO_PKG_VERSION");
    Some(format!("plainsite {version} {} {}", data.len(), written.as_nanos()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn memory() -> Memory {
        let memory = Memory::new();
        let places = vec![(1, SourcePlace::File("content/a.md".into(), 7))];
        let html = Arc::from("<p>é</p>".as_bytes());
        let page = Polished { html, places, files: BTreeSet::from(["/a.png".to_owned()]) };
        memory.polished.put(Key(1), Arc::new(page));
        let outline = Outline { title: "A".into(), ..Outline::default() };
        let asked = BTreeMap::from([("b/index.html".to_owned(), false)]);
        let looked = Looked { audit: Audit::default(), outline, asked };
        memory.looked.put(Key(2), Arc::new(looked));
        memory.pictures.put(Key(3), Arc::new(Look::Huge(9)));
        memory
    }

    #[test]
    fn what_is_remembered_comes_back() {
        let root = tempfile::tempdir().expect("a folder");
        let cache = Cache::of(root.path());
        cache.write(&memory());
        let read = cache.read();
        assert_eq!(read.polished.find(Key(1)), memory().polished.find(Key(1)));
        let looked = read.looked.find(Key(2)).expect("it is there");
        assert_eq!(looked.outline.title, "A");
        assert!(!looked.asked["b/index.html"]);
        assert_eq!(read.pictures.find(Key(3)).as_deref(), Some(&Look::Huge(9)));
        let ignored = root.path().join(".plainsite/.gitignore");
        assert!(fs::read_to_string(ignored).expect("a file").ends_with("*\n"));
    }

    #[test]
    fn what_is_damaged_is_passed_over() {
        let root = tempfile::tempdir().expect("a folder");
        let cache = Cache::of(root.path());
        cache.write(&memory());
        let path = root.path().join(".plainsite/cache/pages");
        let whole = fs::read(&path).expect("a file");
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x40;
            fs::write(&path, &damaged).expect("written");
            let read = cache.read();
            let same = |found: Option<Arc<Polished>>| {
                found.is_none() || found == memory().polished.find(Key(1))
            };
            assert!(same(read.polished.find(Key(1))), "byte {at}");
            fs::write(&path, &whole[..at]).expect("written");
            _ = cache.read();
        }
        let other = Cache { program: Some("another build".into()), ..Cache::of(root.path()) };
        fs::write(&path, &whole).expect("written");
        assert!(other.read().polished.find(Key(1)).is_none(), "another build wrote it");
    }

    #[test]
    fn the_end_of_a_build_comes_back_or_is_forgotten() {
        let root = tempfile::tempdir().expect("a folder");
        let cache = Cache::of(root.path());
        let last = Last { key: 1, published: 2, said: vec!["a".to_owned()] };
        cache.write_last(&last);
        assert_eq!(cache.last(), Some(last));
        let path = root.path().join(".plainsite/cache/last");
        let mut bytes = fs::read(&path).expect("a file");
        *bytes.last_mut().expect("a byte") ^= 1;
        fs::write(&path, bytes).expect("written");
        assert_eq!(cache.last::<Vec<String>>(), None);
    }
}
