//! What was made before, kept by a hash of all that it was made of.
//!
//! Nothing here guesses what depends on what: a thing is used again only when the whole of
//! what it was made of is the same. `xxhash_rust` makes the hash, of 128 bits: that two
//! inputs share one is a chance of one in 2¹²⁸ for each pair.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use xxhash_rust::xxh3::Xxh3Default;

/// A hash of all that something is made of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub u128);

impl Key {
    /// The hash of some parts, each with its length, so that no two lists of parts are one.
    pub fn of<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut hash = Xxh3Default::new();
        for part in parts {
            hash.update(&(part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        Self(hash.digest128())
    }

    /// Its bytes, to be a part of another.
    pub fn bytes(self) -> [u8; 16] {
        self.0.to_le_bytes()
    }
}

/// Things that were made before.
#[derive(Debug)]
pub struct Kept<T> {
    all: Mutex<HashMap<Key, Entry<T>>>,
    keeps: bool,
}

#[derive(Debug)]
struct Entry<T> {
    value: Arc<T>,
    /// Whether it was asked for since the last [`Kept::sweep`].
    is_used: bool,
    /// Whether it was made since.
    is_new: bool,
}

impl<T> Kept<T> {
    /// Nothing yet.
    pub fn new() -> Self {
        Self { all: Mutex::default(), keeps: true }
    }

    /// Nothing, now and ever: for a program that makes everything once and ends.
    pub fn nothing() -> Self {
        Self { keeps: false, ..Self::new() }
    }

    /// What was made of the same before, if it still `holds`, or what is made now.
    pub fn get(&self, key: Key, holds: impl Fn(&T) -> bool, make: impl FnOnce() -> T) -> Arc<T> {
        if !self.keeps {
            return Arc::new(make());
        }
        if let Some(value) = self.find(key).filter(|value| holds(value)) {
            return value;
        }
        let value = Arc::new(make());
        self.put(key, Arc::clone(&value));
        value
    }

    /// What was made of the same before.
    pub fn find(&self, key: Key) -> Option<Arc<T>> {
        let mut all = self.all();
        let entry = all.get_mut(&key)?;
        entry.is_used = true;
        Some(Arc::clone(&entry.value))
    }

    /// Keeps what was made.
    pub fn put(&self, key: Key, value: Arc<T>) {
        if self.keeps {
            self.all().insert(key, Entry { value, is_used: true, is_new: true });
        }
    }

    /// Lets go of what nobody asked for since this was called before, so that no more is kept
    /// than what one build needs, and what is made meanwhile.
    pub fn sweep(&self) {
        let mut all = self.all();
        all.retain(|_, entry| {
            entry.is_new = false;
            std::mem::take(&mut entry.is_used)
        });
    }

    /// Whether all of it was asked for since [`Kept::sweep`] was called, and nothing else.
    pub fn is_as_before(&self) -> bool {
        self.all().values().all(|entry| entry.is_used && !entry.is_new)
    }

    /// What was asked for since [`Kept::sweep`] was called, in the order of the keys.
    pub fn list_used(&self) -> Vec<(Key, Arc<T>)> {
        let all = self.all();
        let used = all.iter().filter(|(_, entry)| entry.is_used);
        let mut list: Vec<_> = used.map(|(key, entry)| (*key, Arc::clone(&entry.value))).collect();
        list.sort_by_key(|(key, _)| *key);
        list
    }

    fn all(&self) -> MutexGuard<'_, HashMap<Key, Entry<T>>> {
        // What a thread held that panicked is whole: an entry goes in at once.
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_of_the_same_is_made_once() {
        let kept = Kept::new();
        let key = Key::of([b"a".as_slice(), b"bc"]);
        assert_ne!(key, Key::of([b"ab".as_slice(), b"c"]), "parts run into each other");
        assert_eq!(*kept.get(key, |_| true, || 1), 1);
        assert_eq!(*kept.get(key, |_| true, || 2), 1);
        assert_eq!(*kept.get(key, |_| false, || 3), 3, "what no longer holds is made again");
        kept.sweep();
        assert_eq!(*kept.get(key, |_| true, || 4), 3);
        kept.sweep();
        kept.sweep();
        assert_eq!(*kept.get(key, |_| true, || 5), 5, "what nobody needed was let go");
        let nothing = Kept::nothing();
        assert_eq!(*nothing.get(key, |_| true, || 1), 1);
        assert_eq!(*nothing.get(key, |_| true, || 2), 2);
    }
}
