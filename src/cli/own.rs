//! What a published folder must not be: the site itself, or something that it is made of.

use std::path::{Path, PathBuf};

use crate::diagnostic::Error;

/// What a site is made of, by path below its folder.
const PARTS: [&str; 5] = ["content", "themes", "site.toml", ".git", ".plainsite"];

/// Refuses to publish into the sources of a site, or over them: also through links, and under
/// names in other capitals where the disk takes them for the same.
pub(super) fn refuse(root: &Path, out: &Path, flag: &str) -> Result<(), Error> {
    let (own, place) = (real(root), real(out));
    let is_above = own.ancestors().any(|above| is_same(above, &place));
    let part = PARTS.iter().find(|part| {
        let part = own.join(part);
        place.ancestors().any(|above| is_same(above, &part))
    });
    let what = match part {
        _ if is_above => "the site itself".to_owned(),
        Some(part) => format!("what the site is made of ({part})"),
        None => return Ok(()),
    };
    let message = format!("{} holds {what}; give another folder with {flag}", place.display());
    Err(Error::Usage(message))
}

/// Whether two paths lead to one file or folder. What is not there is known by its name.
fn is_same(one: &Path, other: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        if let (Ok(one), Ok(other)) = (one.metadata(), other.metadata()) {
            return (one.dev(), one.ino()) == (other.dev(), other.ino());
        }
    }
    one == other
}

/// A path without links and `..`, also when its last parts are not there yet.
pub(super) fn real(path: &Path) -> PathBuf {
    if let Ok(real) = path.canonicalize() {
        return real;
    }
    match (path.parent(), path.file_name()) {
        (Some(parent), Some(name)) if parent.as_os_str().is_empty() => {
            real(Path::new(".")).join(name)
        }
        (Some(parent), Some(name)) => real(parent).join(name),
        // `..` at the end of what is not there: its parts above say where it leads.
        (Some(parent), None) => real(parent).parent().map_or_else(PathBuf::new, Path::to_owned),
        _ => path.to_owned(),
    }
}
