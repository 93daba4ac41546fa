//! Addresses, and where a file's page is.

use std::{borrow::Borrow, fmt};

use crate::{config::Config, parse::slug};

/// An address below the root of the site: `/manage/records/`. It begins and
/// ends with `/`, or ends with the name of a file: `/404.html`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Url(String);

impl Url {
    /// The address made of `parts`, with a `/` after each.
    pub fn of<'a>(parts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut text = String::from("/");
        for part in parts.into_iter().filter(|part| !part.is_empty()) {
            text.push_str(part);
            text.push('/');
        }
        Self(text)
    }

    /// The address of a file: `/404.html`.
    pub fn file(name: &str) -> Self {
        Self(format!("/{name}"))
    }

    /// The address that `text` is; it begins with `/`.
    pub(crate) fn from_root(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// A page below this one.
    pub fn join(&self, part: &str) -> Self {
        Self(format!("{}{part}/", self.0))
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file that is published for it, below the output folder.
    pub fn output(&self) -> String {
        let path = self.0.trim_start_matches('/');
        if path.is_empty() || path.ends_with('/') {
            format!("{path}index.html")
        } else {
            path.to_owned()
        }
    }
}

impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Borrow<str> for Url {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// A part of an address that can be read out: small letters, digits, hyphens.
pub(crate) fn safe(part: &str) -> String {
    let good =
        |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_' | '.');
    if !part.is_empty() && part.chars().all(good) && !part.starts_with('.') {
        return part.to_owned();
    }
    match slug(part) {
        empty if empty.is_empty() => "page".into(),
        name => name,
    }
}

/// Where a file stands and what that says about its page.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) url: Url,
    pub(super) language: String,
    /// The same for all translations of a page: `manage/records`.
    pub(super) key: String,
    pub(super) is_index: bool,
    folder: String,
    name: String,
}

impl Place {
    /// The place of a file at `inner`, a path below `content/`.
    pub(super) fn of(inner: &str, config: &Config) -> Self {
        let (folder, file) = inner.rsplit_once('/').unwrap_or(("", inner));
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let (name, language) = match stem.rsplit_once('.') {
            Some((name, language)) if config.languages.iter().any(|known| known == language) => {
                (name, language)
            }
            _ => (stem, config.language()),
        };
        let is_index = matches!(name.to_lowercase().as_str(), "index" | "_index");
        let folders: Vec<String> =
            folder.split('/').filter(|part| !part.is_empty()).map(safe).collect();
        let own = if is_index { String::new() } else { safe(name) };
        let prefix = if language == config.language() { "" } else { language };
        let parts = folders.iter().map(String::as_str).chain([own.as_str()]);
        let url = Url::of(std::iter::once(prefix).chain(parts.clone()));
        let key = parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/");
        Self {
            url,
            language: language.to_owned(),
            key,
            is_index,
            folder: folder.to_owned(),
            name: name.to_owned(),
        }
    }

    /// The folder below `content/`, as written.
    pub(super) fn folder(&self) -> &str {
        &self.folder
    }

    /// The name of the file as a title, for a page that has none.
    pub(super) fn readable_name(&self) -> String {
        let name =
            if self.is_index { self.folder.rsplit('/').next().unwrap_or("") } else { &self.name };
        let name = name.replace(['-', '_'], " ");
        let mut letters = name.chars();
        match letters.next() {
            Some(first) => first.to_uppercase().chain(letters).collect(),
            None => "Home".into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_have_addresses_that_can_be_read_out() {
        let config = Config { languages: vec!["en".into(), "cy".into()], ..Config::default() };
        let url = |inner: &str| Place::of(inner, &config).url.to_string();
        assert_eq!(url("index.md"), "/");
        assert_eq!(url("_index.md"), "/");
        assert_eq!(url("manage/records.md"), "/manage/records/");
        assert_eq!(url("manage/records.cy.md"), "/cy/manage/records/");
        assert_eq!(url("manage/index.cy.md"), "/cy/manage/");
        assert_eq!(url("My Page “1” 😀.md"), "/my-page-1/");
        assert_eq!(url("a/..md"), "/a/page/");
        assert_eq!(url("v1.2.md"), "/v1.2/");
        assert_eq!(Url::of(["a"]).output(), "a/index.html");
        assert_eq!(Url::file("404.html").output(), "404.html");
    }
}
