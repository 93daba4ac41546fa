//! The lock that keeps two runs apart.

use std::{
    fs::{File, TryLockError},
    path::Path,
    time::{Duration, Instant},
};

use crate::diagnostic::Error;

/// How long a run waits for another that writes to the same place. A site of 10,000 pages
/// takes some seconds on a slow disk.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// Keeps other runs out of a folder until it is dropped. An advisory lock (`flock`) on the
/// folder itself, so that no file has to be made for it and none is left.
#[derive(Debug)]
pub(super) struct Lock {
    /// None where folders cannot be locked, as on some network disks. Then only the names
    /// of [`new_beside`] keep runs apart.
    pub(super) held: Option<File>,
}

/// Another run is in the folder.
#[derive(Debug)]
pub(super) struct Taken;

impl Lock {
    /// Waits until no other run is in `folder`, which must be there.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`] when the other run takes longer than [`LONGEST_WAIT`].
    pub(super) fn wait(folder: &Path) -> Result<Self, Error> {
        Self::wait_for(folder, LONGEST_WAIT)
    }

    fn wait_for(folder: &Path, longest: Duration) -> Result<Self, Error> {
        let start = Instant::now();
        loop {
            match Self::try_now(folder) {
                Ok(lock) => return Ok(lock),
                Err(Taken) if start.elapsed() < longest => {
                    std::thread::sleep(Duration::from_millis(20));
                }
                Err(Taken) => {
                    return Err(Error::Usage(format!(
                        "another run of plainsite is writing in {}; wait until it has ended, \
                         then start this one again",
                        folder.display()
                    )));
                }
            }
        }
    }

    pub(super) fn try_now(folder: &Path) -> Result<Self, Taken> {
        let Ok(file) = File::open(folder) else { return Ok(Self { held: None }) };
        match file.try_lock() {
            Ok(()) => Ok(Self { held: Some(file) }),
            Err(TryLockError::Error(_)) => Ok(Self { held: None }),
            Err(TryLockError::WouldBlock) => Err(Taken),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_run_waits_and_then_says_why_it_cannot_go_on() {
        let root = tempfile::tempdir().expect("a folder");
        let first = Lock::wait(root.path()).expect("nobody is there");
        let short = Duration::from_millis(50);
        let second = Lock::wait_for(root.path(), short);
        assert!(matches!(second, Err(Error::Usage(why)) if why.contains("another run")));
        drop(first);
        Lock::wait_for(root.path(), short).expect("nobody is there any more");
    }
}
