//! Pages that have another address than before: a file was renamed, or its title changed.
//! Made from memory: no disk, no clock.

use std::collections::BTreeMap;

use crate::kept::Key;

/// Where a page was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) file: String,
    pub(super) title: String,
    /// Of all that is in the file.
    pub(super) text: Key,
    /// Whether the page was made of another.
    pub(super) is_made: bool,
}

/// A page that has another address than before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Moved {
    /// Where it was: `/records/`.
    pub(super) from: String,
    /// Where it is.
    pub(super) to: String,
    /// The file that it is written in.
    pub(super) file: String,
}

impl Moved {
    /// What to write in its file, so that links to the old address go on.
    pub(super) fn line(&self) -> String {
        format!("also at: {}", self.from)
    }

    pub(super) fn sentence(&self) -> String {
        let Self { from, to, file } = self;
        let line = self.line();
        format!(
            "{from} is now at {to}. Links that people have kept lead to nothing. To keep them \
             alive, add this line at the top of {file}: {line}"
        )
    }
}

/// The pages that have moved since the preview began: those `before`, and those that are new
/// among `now` and were among `then`.
///
/// A page is known again by its file, by every word of its file, or by its title; where two
/// could be meant, neither is named.
pub(super) fn moved(
    before: &[Moved],
    then: &BTreeMap<String, Written>,
    now: &BTreeMap<String, Written>,
    is_there: impl Fn(&str) -> bool,
) -> Vec<Moved> {
    let written = |all: &BTreeMap<String, Written>, other: &BTreeMap<String, Written>| {
        let own = all.iter().filter(|(to, page)| !page.is_made && !other.contains_key(*to));
        own.map(|(to, page)| (to.clone(), page.clone())).collect::<Vec<_>>()
    };
    let (gone, mut come) = (written(then, now), written(now, then));
    let signs: [fn(&Written, &Written) -> bool; 3] =
        [|a, b| a.file == b.file, |a, b| a.text == b.text, |a, b| a.title == b.title];
    let mut all: Vec<Moved> = before.to_vec();
    let mut gone: Vec<_> = gone.iter().filter(|(from, _)| !is_there(from)).collect();
    // Who takes a whole branch away has other things to see to.
    if gone.len() <= MOST {
        for is_same in signs {
            gone.retain(|(from, page)| {
                let mut same = (0..come.len()).filter(|&at| is_same(page, &come[at].1));
                let (Some(at), None) = (same.next(), same.next()) else { return true };
                let (to, new) = come.swap_remove(at);
                for earlier in all.iter_mut().filter(|earlier| earlier.to == *from) {
                    (earlier.to, earlier.file) = (to.clone(), new.file.clone());
                }
                all.push(Moved { from: from.clone(), to, file: new.file });
                false
            });
        }
    }
    all.retain(|moved| !is_there(&moved.from) && now.contains_key(&moved.to));
    all
}

/// The most pages that can go at once and be looked for.
const MOST: usize = 200;

#[cfg(test)]
mod tests {
    use super::*;

    fn pages(all: &[(&str, &str, &str, &str)]) -> BTreeMap<String, Written> {
        let page = |&(address, file, title, text): &(&str, &str, &str, &str)| {
            let (file, title) = (file.to_owned(), title.to_owned());
            let text = Key::of([text.as_bytes()]);
            (address.to_owned(), Written { file, title, text, is_made: false })
        };
        all.iter().map(page).collect()
    }

    fn found(then: &[(&str, &str, &str, &str)], now: &[(&str, &str, &str, &str)]) -> Vec<String> {
        let now = pages(now);
        let all = moved(&[], &pages(then), &now, |address| now.contains_key(address));
        all.into_iter().map(|one| format!("{} {} {}", one.from, one.to, one.file)).collect()
    }

    #[test]
    fn a_page_is_known_again() {
        let old = [("/a/", "a.md", "A", "words")];
        assert_eq!(found(&old, &[("/b/", "b.md", "B", "words")]), ["/a/ /b/ b.md"]);
        assert_eq!(found(&old, &[("/b/", "b.md", "A", "other")]), ["/a/ /b/ b.md"]);
        assert_eq!(found(&old, &[("/b/", "a.md", "B", "other")]), ["/a/ /b/ a.md"]);
        assert!(found(&old, &[("/b/", "b.md", "B", "other")]).is_empty());
        let two = [("/b/", "b.md", "A", "x"), ("/c/", "c.md", "A", "y")];
        assert!(found(&old, &two).is_empty(), "it could be either");
    }

    #[test]
    fn what_moves_twice_leads_to_where_it_is() {
        let (a, b, c) = (
            pages(&[("/a/", "a.md", "A", "w")]),
            pages(&[("/b/", "b.md", "A", "w")]),
            pages(&[("/c/", "c.md", "A", "w")]),
        );
        let once = moved(&[], &a, &b, |address| b.contains_key(address));
        let twice = moved(&once, &b, &c, |address| c.contains_key(address));
        let ways: Vec<_> = twice.iter().map(|one| (&*one.from, &*one.to)).collect();
        assert_eq!(ways, [("/a/", "/c/"), ("/b/", "/c/")]);
        let back = moved(&twice, &c, &a, |address| a.contains_key(address));
        let ways: Vec<_> = back.iter().map(|one| (&*one.from, &*one.to)).collect();
        assert_eq!(ways, [("/b/", "/a/"), ("/c/", "/a/")]);
        assert!(moved(&once, &b, &b, |_| true).is_empty(), "the old address was added");
    }
}
