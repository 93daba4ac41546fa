//! A folder that was not there: letters to many people.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{
    MARK, MARK_TEXT,
    beside::{above, new_beside, remove, sweep_beside},
    failed,
    lock::Lock,
};
use crate::diagnostic::Error;

/// A folder that is written a file at a time and is there all at once, or not at
/// all. Dropped before [`Folder::finish`], it leaves nothing.
#[derive(Debug)]
pub struct Folder {
    new: PathBuf,
    target: PathBuf,
    /// Tells other runs that somebody is at work in `new`.
    _at_work: Lock,
}

impl Folder {
    /// Begins a folder at `target`. Missing folders above it are made.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`] when there is something at `target`, and
    /// [`Error::Write`] when nothing can be written beside it.
    pub fn begin(target: &Path) -> Result<Self, Error> {
        // A link to an empty folder stays one: what it leads to is replaced.
        let target = &target.canonicalize().unwrap_or_else(|_| target.to_owned());
        let here = std::env::current_dir().is_ok_and(|here| here == *target);
        let is_free = !here
            && match fs::read_dir(target) {
                Ok(mut inside) => inside.next().is_none(),
                Err(why) => why.kind() == io::ErrorKind::NotFound,
            };
        if !is_free {
            let message = format!(
                "{} is there already and is not empty; name a new folder with --out",
                target.display()
            );
            return Err(Error::Usage(message));
        }
        let above = above(target);
        fs::create_dir_all(above).map_err(failed(above))?;
        // Only until this run has a folder of its own: letters to thousands take a while.
        let _alone = Lock::wait(above)?;
        sweep_beside(target);
        let (new, at_work) = new_beside(target).map_err(failed(target))?;
        // Letters are about people: only who writes them may read them.
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let own = fs::Permissions::from_mode(0o700);
            fs::set_permissions(&new, own).map_err(failed(&new))?;
        }
        let folder = Self { new, target: target.to_owned(), _at_work: at_work };
        // So that the next run knows what a killed one left.
        folder.put(MARK, MARK_TEXT.as_bytes())?;
        Ok(folder)
    }

    /// Writes a file.
    ///
    /// # Errors
    ///
    /// [`Error::Write`] with its path.
    pub fn put(&self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        let path = self.new.join(name);
        fs::write(&path, bytes).map_err(failed(&path))
    }

    /// Puts the folder in its place.
    ///
    /// # Errors
    ///
    /// [`Error::Write`] when that cannot be done. Then there is no folder.
    pub fn finish(self) -> Result<(), Error> {
        let _ = fs::remove_file(self.new.join(MARK));
        // An empty folder may be in the way on some systems.
        let _ = fs::remove_dir(&self.target);
        fs::rename(&self.new, &self.target).map_err(failed(&self.target))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = remove(&self.new);
    }
}
