//! Files of earlier builds that stay, so that no page that somebody has open asks for what is
//! gone: a page that was fetched before a build asks afterwards for the style sheet, the scripts
//! and the parts of the search index that it names.
//!
//! Only files whose name says what is in them stay: nothing else can take their place, and no
//! page leads to them. Parts of the index hold words of pages, and a search asks for them within
//! minutes; so they go after a day, and at once when a page has gone, which may have been taken
//! down for a reason: what it said must not be there any more.

use std::collections::BTreeMap;

use super::{Earlier, Entry, Manifest};
use crate::output::{NamedByContent, named_by_content};

/// How long files of earlier builds stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stay {
    /// The most days.
    pub days: u32,
    /// The most builds; but each stays for a day, however many builds there are.
    pub builds: u32,
}

impl Stay {
    /// When nobody says otherwise. A tab that is open for a month is rare, and twenty times
    /// the style sheet and the scripts of a site are 2 MB.
    pub const USUAL: Self = Self { days: 30, builds: 20 };
}

/// How long a file stays at least, in seconds: a day, for pages that are open over night on a
/// site that is built every few minutes.
const ALWAYS: u64 = DAY;

const DAY: u64 = 24 * 60 * 60;

impl Manifest {
    /// The manifest of a site that takes the place of the one that this is of. `look` says what
    /// is known of a file that is still there.
    #[must_use]
    pub fn followed_by(
        &self,
        files: BTreeMap<String, Entry>,
        stay: Stay,
        now: u64,
        look: impl Fn(&str) -> Option<Entry>,
    ) -> Self {
        let left = self.files.keys().chain(&self.moving);
        let left = left.filter_map(|path| {
            let entry = named_by_content(path).and_then(|_| look(path))?;
            Some((path, Earlier { entry, left: now, builds: 0 }))
        });
        let older = self.earlier.iter().map(|(path, earlier)| {
            (path, Earlier { builds: earlier.builds.saturating_add(1), ..*earlier })
        });
        let mut before = self.files.keys().chain(&self.moving);
        let has_lost = before.any(|path| path.ends_with(".html") && !files.contains_key(path));
        let earlier = older.chain(left).filter(|(path, earlier)| {
            let holds_words = named_by_content(path) == Some(NamedByContent::IndexPart);
            let is_in_the_way = files.contains_key(*path) || has_lost && holds_words;
            !is_in_the_way && stays(path, *earlier, stay, now) && look(path).is_some()
        });
        let earlier = earlier.map(|(path, earlier)| (path.clone(), earlier)).collect();
        Self { files, earlier, ..Self::default() }
    }
}

fn stays(path: &str, earlier: Earlier, stay: Stay, now: u64) -> bool {
    // A clock that was set back makes nothing old.
    let age = now.saturating_sub(earlier.left);
    let days = match named_by_content(path) {
        Some(NamedByContent::Asset) => stay.days,
        Some(NamedByContent::IndexPart) => stay.days.min(1),
        None => 0,
    };
    stay.builds > 0 && age < u64::from(days) * DAY && (earlier.builds < stay.builds || age < ALWAYS)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLE: &str = "assets/style.0123abcd.css";
    const PART: &str = "search/parts/words-3.0123456789abcdef.json";

    fn files(paths: &[&str]) -> BTreeMap<String, Entry> {
        paths.iter().map(|path| ((*path).to_owned(), Entry::of(path.as_bytes()))).collect()
    }

    fn there(path: &str) -> Option<Entry> {
        Some(Entry::of(path.as_bytes()))
    }

    fn stayed(manifest: &Manifest) -> Vec<&str> {
        manifest.earlier.keys().map(String::as_str).collect()
    }

    #[test]
    fn only_what_is_named_by_its_content_stays() {
        let report = "a/report.0123abcd.pdf";
        let first =
            Manifest { files: files(&[STYLE, PART, report, "index.html"]), ..<_>::default() };
        let next = first.followed_by(files(&["index.html"]), Stay::USUAL, 5, there);
        assert_eq!(stayed(&next), [STYLE, PART]);
        let gone = first.followed_by(files(&["index.html"]), Stay::USUAL, 5, |_| None);
        assert_eq!(stayed(&gone), [""; 0]);
        let back = next.followed_by(files(&[STYLE, "index.html"]), Stay::USUAL, 6, there);
        assert_eq!(stayed(&back), [PART]);
    }

    #[test]
    fn words_of_a_page_that_has_gone_do_not_stay() {
        let first = files(&[STYLE, PART, "a/index.html", "index.html"]);
        let first = Manifest { files: first, ..Manifest::default() };
        let second =
            first.followed_by(files(&["a/index.html", "index.html"]), Stay::USUAL, 0, there);
        assert_eq!(stayed(&second), [STYLE, PART]);
        let third = second.followed_by(files(&["index.html"]), Stay::USUAL, 0, there);
        assert_eq!(stayed(&third), [STYLE]);
        let both = first.followed_by(files(&["index.html"]), Stay::USUAL, 0, there);
        assert_eq!(stayed(&both), [STYLE]);
    }

    #[test]
    fn a_file_goes_by_age_or_by_builds_and_never_within_a_day() {
        let first = Manifest { files: files(&[STYLE, PART]), ..Manifest::default() };
        let after = |builds: u32, seconds: u64| {
            let mut manifest = first.clone();
            for build in 0..=builds {
                let now = if build == builds { seconds } else { 0 };
                manifest = manifest.followed_by(files(&[]), Stay::USUAL, now, there);
            }
            stayed(&manifest).join(" ")
        };
        let both = format!("{STYLE} {PART}");
        assert_eq!(after(200, DAY - 1), both);
        assert_eq!(after(19, DAY), STYLE, "parts of the index go after a day");
        assert_eq!(after(20, DAY), "");
        assert_eq!(after(1, 30 * DAY - 1), STYLE);
        assert_eq!(after(1, 30 * DAY), "");
        for none in [Stay { days: 0, builds: 20 }, Stay { days: 30, builds: 0 }] {
            assert_eq!(stayed(&first.followed_by(files(&[]), none, 0, there)), [""; 0]);
        }
    }
}
