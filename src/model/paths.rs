//! What is published at which path, said before anything is made.
//!
//! Each output declares its paths here. Whoever must know them reads this one list: links
//! may lead to a file that an output makes, and nothing may take its place.

use std::collections::{BTreeMap, BTreeSet};

/// What the output of pages and redirects is called.
pub const PAGES: &str = "a page";

/// What the output of pictures and attachments is called.
pub const ATTACHMENTS: &str = "a picture or attachment";

/// The paths of all outputs, below the published folder, and whose each is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paths {
    files: BTreeMap<String, BTreeSet<&'static str>>,
    /// What stands before and behind `*`.
    patterns: Vec<(String, String, &'static str)>,
}

impl Paths {
    /// Adds a path of the output that is called `whose`.
    ///
    /// `data/services.csv` is a file. `search/*.json` is every file of that folder whose name
    /// ends so: the output does not know their names yet. `assets/` is a folder with all that
    /// is below it.
    pub fn add(&mut self, path: impl Into<String>, whose: &'static str) {
        let path = path.into();
        match path.split_once('*') {
            Some((start, end)) => self.patterns.push((start.into(), end.into(), whose)),
            None => _ = self.files.entry(path).or_default().insert(whose),
        }
    }

    /// The files whose names are known, in order.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Whether an output may make this very file. An attachment that nothing leads to is
    /// declared, and stays at home.
    pub fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// Another output than `own` that a file at `path` would be in the way of: one that
    /// makes the same file, a folder of that name, or a file with the name of its folder, which
    /// `own` may not make either.
    pub fn taken(&self, path: &str, own: &str) -> Option<&'static str> {
        let below = format!("{path}/");
        let inside = self.files.range(below.clone()..).next();
        let inside = inside.filter(|(other, _)| other.starts_with(&below));
        let all = self.claims(path).chain(inside.into_iter().flat_map(|(_, names)| names).copied());
        let above = path.match_indices('/').filter_map(|(end, _)| self.files.get(&path[..end]));
        all.filter(|whose| *whose != own).chain(above.flatten().copied()).next()
    }

    /// The outputs that make a file at a path.
    pub(crate) fn claims(&self, path: &str) -> impl Iterator<Item = &'static str> {
        let folders = path.match_indices('/').map(|(end, _)| &path[..=end]);
        let named = folders.chain([path]).filter_map(|path| self.files.get(path));
        let fits = move |(start, end, whose): &(String, String, &'static str)| {
            let inner = path.strip_prefix(start.as_str())?.strip_suffix(end.as_str())?;
            (!inner.contains('/')).then_some(*whose)
        };
        named.flatten().copied().chain(self.patterns.iter().filter_map(fits))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken() {
        let mut paths = Paths::default();
        paths.add("index.html", "pages");
        paths.add("employ/index.html", "pages");
        paths.add("data/services.csv", "the directory");
        paths.add("search/*.json", "the search");
        paths.add("assets/", "the theme");
        paths.add("employ/index.html", "letters");
        for (path, whose) in [
            ("data/services.csv", Some("the directory")),
            ("data", Some("the directory")),
            ("data/services.csv/x.pdf", Some("the directory")),
            ("data/other.csv", None),
            ("search/words-1.12ab.json", Some("the search")),
            ("search/words.pdf", None),
            ("search/more/words.json", None),
            ("assets/a/b.png", Some("the theme")),
            ("assets.png", None),
            ("index.html", None),
            ("index.html/more/index.html", Some("pages")),
            ("employ/index.html", Some("letters")),
        ] {
            assert_eq!(paths.taken(path, "pages"), whose, "{path}");
        }
        assert!(paths.has("index.html") && !paths.has("search/words.json"));
        assert!(paths.claims("search/words.json").eq(["the search"]));
        assert_eq!(paths.files().count(), 4);
    }
}
