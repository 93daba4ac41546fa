//! Sites of a few files, made up for one test.

use std::fs;

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
