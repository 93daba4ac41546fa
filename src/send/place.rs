//! What a place must be able to do, so that a site can be sent there.

use std::{
    collections::BTreeMap,
    path::Path,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use crate::diagnostic::Error;

/// Somewhere beyond this machine.
pub(super) trait Place {
    /// Its name for people.
    fn name(&self) -> String;

    /// Every file there, by path. Nothing when the place itself is not there yet and will be
    /// made.
    fn list(&self) -> Result<BTreeMap<String, There>, Error>;

    /// The bytes of a file there.
    fn read(&self, path: &str) -> Result<Vec<u8>, Error>;

    /// Puts these files below `from` there, in any order, each whole or not at all.
    fn put(&self, from: &Path, paths: &[&str]) -> Result<(), Error>;

    /// Those of these files that there are not what they are below `from`.
    fn different(&self, from: &Path, paths: &[&str]) -> Result<Vec<String>, Error>;

    /// Removes these files.
    fn remove(&self, paths: &[&str]) -> Result<(), Error>;
}

/// A file there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct There {
    /// In bytes.
    pub(super) size: u64,
    /// The MD5 of its bytes, where the place says so.
    pub(super) md5: Option<[u8; 16]>,
}

/// Does something with each, a few at a time and not more than `most`; with the first thing
/// that goes wrong no more is begun. Results are in the order of `all`.
pub(super) fn few<T: Sync, R: Send>(
    all: &[T],
    most: usize,
    work: impl Fn(&T) -> Result<R, Error> + Sync,
) -> Result<Vec<R>, Error> {
    let next = AtomicUsize::new(0);
    let done: Mutex<BTreeMap<usize, Result<R, Error>>> = Mutex::default();
    let work = || {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(one) = all.get(at) else { return };
            let result = work(one);
            if result.is_err() {
                next.store(all.len(), Ordering::Relaxed);
            }
            done.lock().unwrap_or_else(PoisonError::into_inner).insert(at, result);
        }
    };
    std::thread::scope(|scope| {
        // As many as the machine gives; this one works too.
        for _ in 1..most.min(all.len()) {
            if std::thread::Builder::new().spawn_scoped(scope, work).is_err() {
                break;
            }
        }
        work();
    });
    done.into_inner().unwrap_or_else(PoisonError::into_inner).into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_and_the_first_fault_ends_it() {
        let all: Vec<usize> = (0..200).collect();
        let done = few(&all, 4, |number| Ok(number * 2)).expect("nothing is wrong");
        assert_eq!(done, all.iter().map(|number| number * 2).collect::<Vec<_>>());
        let begun = AtomicUsize::new(0);
        let wrong = few(&all, 1, |number| {
            begun.fetch_add(1, Ordering::Relaxed);
            if *number == 7 { Err(Error::Usage("seven".into())) } else { Ok(()) }
        });
        assert!(matches!(wrong, Err(Error::Usage(why)) if why == "seven"));
        assert_eq!(begun.into_inner(), 8);
    }
}
