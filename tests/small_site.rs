//! Sites of a few files, made up for one test.

use std::fs;

use plainsite::{Built, Date, Options, build};
use tempfile::TempDir;

/// A home page.
pub(crate) const HOME: (&str, &str) = ("content/index.md", "---\ntitle: Home\n---\n\nHello.\n");

/// A site with the given files.
pub(crate) fn site(files: &[(&str, &str)]) -> TempDir {
    let root = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    root
}

/// The same, built.
pub(crate) fn built(files: &[(&str, &str)]) -> Built {
    let today = Date::parse("2026-11-28").expect("a day");
    let options = Options { today, staff: false, portable: false };
    build(site(files).path(), options).expect("it builds")
}
