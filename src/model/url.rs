//! Addresses, and where a file's page is.

use std::{borrow::Borrow, collections::BTreeSet, fmt};

use super::spoken::SPOKEN_LANGUAGES;
use crate::{
    config::Config,
    diagnostic::Diagnostic,
    parse::language::code_of,
    rule,
    text::{
        Span,
        address::{name_of, stem_of},
        slug,
        wording::capital,
    },
};

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

    /// The address of a file below this one: `/404.html`.
    pub fn file(&self, name: &str) -> Self {
        Self(format!("{}{name}", self.0))
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

/// How the names of files end that programs other than a browser open, or that a browser
/// shows as they are. A page of HTML with such a name would be a broken file.
#[rustfmt::skip] // a list of words reads better in lines
const NO_PAGES: &[&str] = &[
    "pdf", "doc", "docx", "odt", "rtf", "xls", "xlsx", "ods", "csv", "ppt", "pptx", "odp", "zip",
    "txt", "json", "xml", "vcf", "ics", "epub", "mp3", "mp4", "m4a", "ogg", "wav", "webm", "mov",
    "png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "bmp", "tif", "tiff",
];

impl Url {
    /// Whether a page that leads on can stand at this address. Where a document was, only the
    /// host can lead on.
    pub fn can_be_page(&self) -> bool {
        let end = self.0.rsplit('/').next().and_then(|name| name.rsplit_once('.'));
        end.is_none_or(|(_, end)| !NO_PAGES.iter().any(|other| end.eq_ignore_ascii_case(other)))
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
pub(super) struct FilePlace {
    pub(super) url: Url,
    pub(super) language: String,
    /// The same for all translations of a page: `manage/records`.
    pub(super) key: String,
    pub(super) is_index: bool,
    folder: String,
    name: String,
}

impl FilePlace {
    /// The place of a file at `inner`, a path below `content/`.
    pub(super) fn of(inner: &str, config: &Config) -> Self {
        let (folder, file) = inner.rsplit_once('/').unwrap_or(("", inner));
        let stem = stem_of(file);
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
        let name = if self.is_index { name_of(&self.folder) } else { &self.name };
        let name = name.replace(['-', '_'], " ");
        if name.is_empty() { "Home".into() } else { capital(&name) }
    }
}

/// The address of the page of a file at `inner`, a path below the folder of the pages.
pub fn url_of(inner: &str, config: &Config) -> Url {
    FilePlace::of(inner, config).url
}

/// The paths of pages below `content/`, without how they end, in small letters.
pub(super) fn stems<'a>(paths: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    let stem = |path: &str| stem_of(path).to_lowercase();
    paths.into_iter().map(stem).collect()
}

/// What is wrong when the name of a file says that its page is in another language, and
/// the site would take it for a page in its main one. `others` are the [`stems`] of all.
pub(super) fn stray_language(
    path: &str,
    config: &Config,
    others: &BTreeSet<String>,
) -> Option<Diagnostic> {
    let (folder, file) = path.rsplit_once('/').map_or(("", path), |(folder, file)| (folder, file));
    let (stem, end) = file.rsplit_once('.')?;
    let in_folder =
        |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    let is_there = |path: &str| others.contains(&path.to_lowercase());
    let is_own = |tag: &str| config.languages.iter().any(|known| known == tag);
    if stem.rsplit_once('.').is_some_and(|(_, tag)| is_own(tag)) {
        return None;
    }
    let after_dot = || {
        let (name, tag) = stem.rsplit_once('.')?;
        let code = code_of(tag).or_else(|| named(tag))?;
        let first = tag.split(['-', '_']).next().unwrap_or_default();
        // Of the thousands of rarer languages many have a code that is a word: “old”.
        let is_sure = code.len() == 2 && code_of(first).is_some() || clear(tag).is_some();
        let is_word = RARE_WORDS.contains(&first.to_lowercase().as_str());
        (first.len() == 2 || !is_word && (is_sure || is_there(&in_folder(name))))
            .then(|| (tag, code, in_folder(name)))
    };
    let after_hyphen = || {
        let marks = stem.match_indices(['-', '_']).map(|(at, _)| at);
        marks.filter(|&at| at > 0).find_map(|at| {
            let (name, tag) = (&stem[..at], &stem[at + 1..]);
            let code = clear(tag)?;
            is_there(&in_folder(name)).then(|| (tag, code, in_folder(name)))
        })
    };
    let as_folder = || {
        let (tag, rest) = path.split_once('/')?;
        let rest = stem_of(rest);
        let code = clear(tag)?;
        is_there(rest).then(|| (tag, code, rest.to_owned()))
    };
    let (tag, code, name) = after_dot().or_else(after_hyphen).or_else(as_folder)?;
    let main = config.language();
    let known = config.languages.iter().find(|known| {
        known.eq_ignore_ascii_case(&code) || code_of(known).is_some_and(|known| known == code)
    });
    let (message, hint) = match known {
        Some(own) if own == main => (
            format!("“{tag}” in the name of this file is not read as its language"),
            format!("rename it: `{name}.{end}`, or take “{tag}” out of its name"),
        ),
        Some(own) => (
            format!(
                "“{tag}” in the name of this file is not read as its language, so the page would \
                 be published in “{main}”"
            ),
            format!("rename it: `{name}.{own}.{end}`"),
        ),
        None => {
            let all = config.languages.iter().map(|known| format!("\"{known}\", "));
            let all: String = all.collect();
            let rename = match tag == code && stem.ends_with(&format!(".{tag}")) {
                true => String::new(),
                false => format!(" and rename the file `{name}.{code}.{end}`"),
            };
            let plain = in_folder(&slug(stem));
            (
                format!(
                    "“{tag}” in the name of this file is a language that the site does not have, \
                     so the page would be published in “{main}”"
                ),
                format!(
                    "write `languages = [{all}\"{code}\"]` in site.toml{rename}; if it is no \
                     language, rename the file: `{plain}.{end}`"
                ),
            )
        }
    };
    Some(Diagnostic::error(&rule::LANGUAGE, Span::default(), message).hint(hint))
}

/// Codes of three letters that are also words, or parts of dates, in the names of files.
const RARE_WORDS: &[&str] = &[
    "all", "and", "bad", "big", "box", "car", "day", "due", "fee", "fin", "for", "get", "her",
    "how", "ice", "its", "job", "key", "lad", "law", "let", "log", "man", "map", "mar", "may",
    "men", "mon", "new", "nor", "not", "now", "old", "one", "our", "out", "own", "pan", "pay",
    "per", "rag", "red", "run", "sad", "set", "sum", "sun", "tax", "ten", "the", "tip", "ton",
    "top", "two", "use", "war", "way", "who", "why", "you",
];

/// Codes that are words, or that people who write about care use for something else.
const COMMON_WORDS: &[&str] = &["am", "he", "hi", "it", "pa", "so", "ti", "uk"];

/// The language that a part of a name stands for beyond doubt: one that people in Britain
/// speak, by its code or its name, and no word.
fn clear(tag: &str) -> Option<String> {
    let word = tag.to_lowercase();
    let code = named(&word).or_else(|| code_of(&word))?;
    let is_spoken = SPOKEN_LANGUAGES.iter().any(|(_, known)| *known == code);
    (is_spoken && !COMMON_WORDS.contains(&word.as_str())).then_some(code)
}

/// The code of a language by its name in English, or in Welsh for Welsh.
fn named(word: &str) -> Option<String> {
    let word = if word.eq_ignore_ascii_case("cymraeg") { "welsh" } else { word };
    let found = SPOKEN_LANGUAGES.iter().find(|(name, _)| name.eq_ignore_ascii_case(word));
    found.map(|(_, code)| (*code).to_owned()).filter(|code| !code.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_in_names_are_found() {
        let config = |languages: &[&str]| Config {
            languages: languages.iter().map(|tag| (*tag).to_owned()).collect(),
            ..Config::default()
        };
        let others = stems(["index.md", "x.md", "deep/x.md", "guide.md", "opt.md", "contract.md"]);
        let hint = |path: &str, languages: &[&str]| {
            stray_language(path, &config(languages), &others).and_then(|found| found.hint)
        };
        for path in [
            "x.cy.md",
            "alone.cy.md",
            "index.cy.md",
            "x.CY.md",
            "x.wel.md",
            "x.cym.yaml",
            "x.cy-GB.md",
            "deep/x.cy_GB.md",
            "x-cy.md",
            "x_cy.md",
            "deep/x-CY.md",
            "x-welsh.md",
            "x.cymraeg.md",
            "alone.welsh.md",
            "cy/x.md",
            "cy/deep/x.md",
        ] {
            let said = hint(path, &["en"]).unwrap_or_default();
            assert!(said.contains("`languages = [\"en\", \"cy\"]`"), "{path}: {said}");
        }
        for path in ["x.pl.md", "x.zh-Hans.md", "x.bfi.md", "x.sco.md", "x.ur.md"] {
            assert!(hint(path, &["en", "cy"]).is_some(), "{path}");
        }
        let renamed = "rename it: `x.cy.md`";
        for path in ["x.CY.md", "x.wel.md", "x-cy.md", "x_cy.md", "x.cy-GB.md", "cy/x.md"] {
            assert_eq!(hint(path, &["en", "cy"]).as_deref(), Some(renamed), "{path}");
        }
        for path in [
            "x.cy.md",
            "guide.v2.md",
            "2.1.md",
            "x.2026.md",
            "x.old.md",
            "x.may.md",
            "guide-final.md",
            "alone-cy.md",
            "opt-in.md",
            "contract-pa.md",
            "it/x.md",
            "manage/x.md",
            "cy/alone.md",
            "x.easy-read.md",
        ] {
            assert_eq!(hint(path, &["en", "cy"]), None, "{path}");
        }
    }

    #[test]
    fn files_have_addresses_that_can_be_read_out() {
        let config = Config { languages: vec!["en".into(), "cy".into()], ..Config::default() };
        let url = |inner: &str| FilePlace::of(inner, &config).url.to_string();
        assert_eq!(url("index.md"), "/");
        assert_eq!(url("_index.md"), "/");
        assert_eq!(url("manage/records.md"), "/manage/records/");
        assert_eq!(url("manage/records.cy.md"), "/cy/manage/records/");
        assert_eq!(url("manage/index.cy.md"), "/cy/manage/");
        assert_eq!(url("My Page “1” 😀.md"), "/my-page-1/");
        assert_eq!(url("a/..md"), "/a/page/");
        assert_eq!(url("v1.2.md"), "/v1.2/");
        assert_eq!(Url::of(["a"]).output(), "a/index.html");
        assert_eq!(Url::of([]).file("404.html").output(), "404.html");
    }
}
