//! New files among those of somebody: starters.

use std::{fs, io, path::Path};

use crate::{diagnostic::Error, output::Files};

/// Adds `files` to `folder`, by path below it. Folders that are missing are made.
///
/// # Errors
///
/// [`Error::Usage`] when one of the files is there already, and
/// [`Error::Write`] when one cannot be written. Then none of them was added.
pub fn add(files: &Files, folder: &Path) -> Result<(), Error> {
    for (done, (path, bytes)) in files.iter().enumerate() {
        let path = folder.join(path);
        if let Err(why) = create(&path, bytes.as_slice()) {
            // They were not there before, so nothing of anybody's is lost.
            files.keys().take(done).for_each(|path| _ = fs::remove_file(folder.join(path)));
            if why.kind() == io::ErrorKind::AlreadyExists && path.is_file() {
                let message = format!("{} is there already, and was left as it is", path.display());
                return Err(Error::Usage(message));
            }
            return Err(Error::Write(path, why));
        }
    }
    Ok(())
}

fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = fs::File::create_new(path)?;
    io::Write::write_all(&mut file, bytes).inspect_err(|_| _ = fs::remove_file(path))
}

#[cfg(test)]
mod tests {
    use super::{super::files, *};

    #[test]
    fn nothing_is_written_over() {
        let root = tempfile::tempdir().expect("a folder");
        fs::write(root.path().join("b"), "mine").expect("a file");
        let refused = add(&files(&[("a", "A"), ("b", "B"), ("c", "C")]), root.path());
        assert!(matches!(refused, Err(Error::Usage(_))));
        assert_eq!(fs::read_to_string(root.path().join("b")).expect("a file"), "mine");
        assert!(!root.path().join("a").exists() && !root.path().join("c").exists());
        add(&files(&[("d/e", "E")]), root.path()).expect("added");
        assert!(root.path().join("d/e").exists());
    }
}
