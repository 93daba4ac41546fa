//! Words of English that stemming gets wrong.

use std::{collections::HashMap, sync::LazyLock};

/// What stemming gets wrong, a line for each family. Forms that it does not know follow the
/// word they are of: "buy bought". A line that begins with `=` has words that it takes for
/// forms of another and that mean something else: "careful" is no care, and a university is
/// not universal.
pub(super) const ALL: &str = include_str!("families.txt");

/// What gives the stem of a word that stemming gets wrong.
pub(super) enum Family {
    /// It is a form of another word.
    Of(&'static str),
    /// This is its stem.
    Own(&'static str),
}

/// The family of a word that stemming gets wrong.
pub(super) fn family(word: &str) -> Option<Family> {
    static FAMILY: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
        let lines = ALL.lines().filter_map(|line| Some((line.split(' ').next()?, line)));
        lines
            .flat_map(|(first, line)| line.split(' ').map(move |word| (bare(word), first)))
            .collect()
    });
    let first = *FAMILY.get(word)?;
    Some(if first.starts_with('=') { Family::Own(bare(first)) } else { Family::Of(first) })
}

pub(super) fn bare(word: &str) -> &str {
    word.trim_start_matches('=')
}
