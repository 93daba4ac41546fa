//! Hashes instead of words, where a file is asked whether it has them.

/// How many different names there are of phrases. Of a few hundred in a family, one that nobody
/// wrote is hit once in a thousand times, and may move a page a place.
pub(super) const NAMES: u32 = 1 << 18;

/// How many there are of queries that have pages of their own: a few in each file.
pub(super) const QUERIES: u32 = 1 << 24;

/// FNV-1a over code units.
pub(super) fn hash(units: impl Iterator<Item = u16>) -> u32 {
    units.fold(0x811c_9dc5, |hash, unit| (hash ^ u32::from(unit)).wrapping_mul(0x0100_0193))
}

/// What a phrase goes by in the line of its first family: the names of those that follow, with
/// spaces between them.
pub(super) fn phrase(rest: &str) -> u32 {
    hash(rest.encode_utf16()) % NAMES
}

/// The key of a query: its words, with `=` between them.
pub(super) fn query(words: &str) -> String {
    format!("={:x}", hash(words.encode_utf16()) % QUERIES)
}
